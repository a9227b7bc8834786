"""What happens to a site as a whole: refused or read again, in another design, listed no more.

It asks nothing and keeps nothing. What is the same on several pages is `standing`'s.

    kind         begins when
    blocked      two rounds at least APART, and each between them that could say anything, found most of what
                 was asked for refused or unreadable
    recovered    most of it is read again, after `blocked` was told
    redesigned   LEAST pages came in another template, and they are most of the pages read since the first of
                 them did
    unlisted     a release that answers is named by no source that names everything and did name it, on two
                 reads of the sources `removal_after` apart
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.compare.verdict import Verdict
from crawler.values import Kind, Marks

APART = timedelta(hours=1)  # between two rounds that find the same trouble
LEAST = 3  # pages that speak for their site; fewer speak with its sources alone
ALIKE = 0.5  # share of the texts around an article that one template keeps from visit to visit
LATELY = timedelta(days=14)  # pages re-read within it are one redesign

# What a site's event says of itself; what it weighs stands in `weight.Weights`, under its kind.
REASONS = {
    Kind.BLOCKED: "most of the site cannot be read: silence is no evidence",
    Kind.RECOVERED: "the site is read again",
    Kind.REDESIGNED: "another template",
    Kind.BOILERPLATE: "the same passage on several pages",
    Kind.UNLISTED: "still there, and named by no sitemap or listing any more that named it",
}


# ── refused ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one page, or one source, answered in a round."""

    url: str
    verdict: Verdict | None  # None: it could not be asked, for its host rests
    reason: str = ""
    status: int | None = None
    hash: str | None = None
    doubted: bool = False  # it showed a text that is believed when it stays
    trouble_since: datetime | None = None  # it was in trouble, or missing, before this look: since then

    @property
    def read(self) -> bool:
        return self.verdict in {Verdict.SAME, Verdict.ARTICLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """What a round found of a site: whether it refuses (None: too little was asked to say), and how."""

    refuses: bool | None
    asked: int = 0
    refused: tuple[Sight, ...] = ()

    @property
    def reason(self) -> str:
        """Why most of it could not be read, in words."""
        asked = [sight for sight in self.refused if sight.verdict is not None] or self.refused
        found = Counter(sight.reason for sight in asked)
        return max(found, key=lambda reason: (found[reason], reason), default="")


def refusals(pages: Sequence[Sight], sources: Sequence[Sight], *, since: datetime, waiting: int) -> Refusals:
    """What the answers of one round say of the site.

    `since` is when the spell began that may be going on, or the round itself. What was in trouble before
    speaks for itself alone, and is left out; so does a page with a new text of its own, in doubt. `waiting`
    pages were refused in the spell and not read since: while there are any, a few answers do not say that
    the site is read again.
    """
    shown = Counter(sight.reason for sight in pages if sight.doubted)
    counted = [
        sight
        for sight in pages
        if sight.read or (_fresh(sight, since) and (not sight.doubted or shown[sight.reason] > 1))
    ]
    answered = any(sight.read for sight in (*pages, *sources))
    refused = [sight for sight in counted if not sight.read and (_shut(sight) or not answered)]
    read = sum(sight.read for sight in counted)
    if len(counted) >= LEAST:
        most = 2 * len(refused) > len(counted)
        return Refusals(refuses=most if most or read else None, asked=len(counted), refused=tuple(refused))
    named = [sight for sight in sources if sight.read or _fresh(sight, since)]
    both = [*refused, *(sight for sight in named if not sight.read)]
    asked = len(counted) + len(named)
    refuses = None
    if len(both) > 1 and 2 * len(both) > asked and (refused or not counted):
        refuses = True
    elif asked and not waiting and 2 * len(both) <= asked and (read or not counted):
        refuses = False
    return Refusals(refuses=refuses, asked=asked, refused=tuple(both))


def _fresh(sight: Sight, since: datetime) -> bool:
    return sight.trouble_since is None or sight.trouble_since >= since


def _shut(sight: Sight) -> bool:
    """Whether it was refused. Pages that are not there are no refusal while anything at all is read."""
    return sight.verdict is not Verdict.MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Whether a site is to be had: since when its rounds are refused, and since when that is told."""

    refused_since: datetime | None
    blocked_since: datetime | None


def next_condition(now: Condition, refuses: bool | None, *, began: datetime) -> tuple[Condition, Kind | None]:
    """A site's condition after a round that began then, and what is told of it."""
    if refuses is None:
        return now, None
    if not refuses:
        told = Kind.RECOVERED if now.blocked_since is not None else None
        return Condition(refused_since=None, blocked_since=None), told
    since = now.refused_since or began
    if now.blocked_since is None and began - since >= APART:
        return Condition(refused_since=since, blocked_since=since), Kind.BLOCKED
    return Condition(refused_since=since, blocked_since=now.blocked_since), None


# ── redesigned ──────────────────────────────────────────────────────────────────────────────────


def another_template(before: Marks, after: Marks) -> bool:
    """Whether a page came in another template than at its last reading: its article in another place,
    found by another layout, or most of what surrounds it replaced. Links of the day are no template."""
    if before.region and after.region and before.region != after.region:
        return True
    if before.layout is not None and after.layout is not None and before.layout != after.layout:
        return True
    ours, theirs = set(before.around), set(after.around)
    return len(ours & theirs) < ALIKE * min(len(ours), len(theirs))


def is_redesign(*, restyled: int, others: int) -> bool:
    """Whether pages that came in another template, beside those read since that did not, are a redesign."""
    return restyled >= LEAST and restyled > others


# ── unlisted ────────────────────────────────────────────────────────────────────────────────────


def left_behind(published: str | None, named: Collection[str]) -> bool:
    """Whether a page that a source names no more has only left its window: all that it still names is
    younger. `named` are the dates (ISO 8601) of what it names."""
    return published is not None and bool(named) and published[:10] < min(day[:10] for day in named)


def believed(*, dropped: int, named: int) -> bool:
    """Whether the pages that no source names any more are news: sources that name less than they dropped
    have lost them themselves."""
    return 0 < dropped <= named
