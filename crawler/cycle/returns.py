"""A page that shows an earlier version again: a revert, or two caches that answer by turns.

It compares no texts: versions are known by their fingerprints.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from crawler import compare
from crawler.compare.verdict import Judgement, Verdict
from crawler.cycle.looks import Look
from crawler.values import Kind
from storage.rows import VersionRow
from storage.store import Session

FLAPPING = timedelta(days=1)  # a text that is back sooner is asked for once more before it is told
SETTLED = timedelta(days=90)  # after a revert was told, the next one must have stood for FLAPPING


def returning(session: Session, look: Look) -> Look:
    """The look with the earlier version that it shows again, and held back where it may be a cache's.

    At most one revert of a page is told while its texts alternate: a further return within SETTLED is
    believed when the page showed nothing else for FLAPPING.
    """
    back_to = earlier_version(session, look)
    if back_to is None or look.version is None:
        return look
    found = replace(look, back_to=back_to)
    told = session.ledger.events(
        page_id=look.page.id, kinds=(Kind.REVERTED.value,), since=look.at - SETTLED, most=1
    )
    if told:
        return found if _stood(look, back_to) else replace(found, judgement=_by_turns(back_to))
    return replace(found, doubtful=look.at - look.version.seen_at < FLAPPING)


def confirmed(look: Look, again: Look) -> Look:
    """A doubtful look, after the page was asked once more: believed when it shows the same text again."""
    one, other = look.article, again.article
    if look.back_to is None or one is None:
        return look
    if other is not None and compare.fingerprint(one) == compare.fingerprint(other):
        return replace(look, doubtful=False)
    return replace(look, judgement=_by_turns(look.back_to), doubtful=False)


def earlier_version(session: Session, look: Look) -> VersionRow | None:
    """The newest earlier version of the page that the look shows, and its version today is not."""
    article, version = look.article, look.version
    if article is None or version is None:
        return None
    shown = compare.fingerprint(article)
    if shown == version.fingerprint:
        return None
    versions = session.pages.versions(look.page.id)
    return next((v for v in reversed(versions) if v.fingerprint == shown and v.id != version.id), None)


def _stood(look: Look, back_to: VersionRow) -> bool:
    since: datetime | None = look.page.trouble_since
    held = look.page.trouble == _by_turns(back_to).reason
    return held and since is not None and look.at - since >= FLAPPING


def _by_turns(back_to: VersionRow) -> Judgement:
    reason = f"shows two texts by turns: version {back_to.number} stands again ({back_to.fingerprint[:8]})"
    return Judgement(verdict=Verdict.BLOCKED, reason=reason, again=True)
