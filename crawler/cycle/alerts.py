"""What needs the operator: told once when it begins and once when it ends, apart from the readers' letters.

Compares what is so now with the conditions stored, and writes those and the letter in one transaction.
Delivers nothing: the letter goes through the same outbox as every other.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from crawler import urls
from crawler.config import Config, SiteConfig
from crawler.consistency import ALERTS
from crawler.cycle.composing import message_id
from crawler.cycle.coverage import coverage_of, crowds_of, drop_of, layouts_of, silence_of
from crawler.cycle.letters import stranded
from crawler.recipients import shown
from crawler.values import Kind, iso
from storage.letters import FAILED
from storage.rows import ConditionRow
from storage.store import Session, Store

SILENT_AFTER: Final = timedelta(days=1)  # that a source does not answer as one
UNDELIVERED_AFTER: Final = timedelta(hours=6)  # that a letter is still tried
RESTS_BEFORE_TOLD: Final = 3  # that a host is left alone, in a row: some twenty minutes of trouble
RECENT: Final = timedelta(days=7)  # a redesign: what is older when alerts begin is no news
LEAST_SHARE, LEAST_FREE = 0.05, 2_000_000_000  # of the disk, and bytes: nearly full below both
ROOM_AGAIN = 1.5  # times as much, so that it does not begin and end by turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something that needs the operator now. `about` tells two of a kind apart, and stays the same."""

    kind: str
    about: str
    words: str
    passing: bool = False  # it happened: there is no end to wait for


_Told = TypeVar("_Told", Condition, ConditionRow)


def alert_due(store: Store, config: Config, now: datetime) -> bool:
    """Write the operator's letter where something began or ended. Returns whether one was written."""
    if not config.alerts.to:
        return False
    free = _disk(config)
    with store.write() as session:
        lasting = session.letters.conditions()
        known = {(row.kind, row.about): row for row in lasting}
        conditions = [*_of_sites(session, config, now), *_of_letters(session, config, now)]
        conditions += _of_hosts(session, config)
        conditions += _of_disk(free, full=any(row.kind == "disk" for row in lasting))
        found = {(condition.kind, condition.about): condition for condition in conditions}
        begun = _weightiest(condition for key, condition in found.items() if key not in known)
        ended = _weightiest(row for key, row in known.items() if key not in found)
        if begun or ended:
            _tell(session, config, begun, ended, now)
        return bool(begun or ended)


def _of_sites(session: Session, config: Config, now: datetime) -> list[Condition]:
    conditions = []
    for site in config.site:
        conditions += _of_site(session, site, now)
    told = {row.about for row in session.letters.conditions(kind=Kind.REDESIGNED.value, lasting=False)}
    return [condition for condition in conditions if not (condition.passing and condition.about in told)]


def _of_site(session: Session, site: SiteConfig, now: datetime) -> list[Condition]:
    row, found = session.sources.site(site.name), list[Condition]()
    if row is None:
        return found
    coverage = coverage_of(session, site)
    if row.blocked_since or coverage.blocked * 2 > coverage.known:
        words = f"{site.name}: {coverage.blocked} of {coverage.known} known pages are blocked"
        words += f", {coverage.missing} missing" if coverage.missing else ""
        words += "".join(f"; {trouble.rstrip('.')}" for trouble in coverage.troubles[:2])
        found.append(Condition(kind=Kind.BLOCKED.value, about=site.name, words=words))
    if row.redesigned_at and now - row.redesigned_at <= RECENT:
        words = f"{site.name}: most pages have another template since {iso(row.redesigned_at)}"
        about = f"{site.name} {iso(row.redesigned_at)}"
        found.append(Condition(kind=Kind.REDESIGNED.value, about=about, words=words, passing=True))
    layouts = layouts_of(session, site)
    if layouts:
        words = f"{site.name}: {'; '.join(layouts)}"
        found.append(Condition(kind="layout", about=site.name, words=words))
    lasting = any(told.about == site.name for told in session.letters.conditions(kind="coverage"))
    if less := drop_of(session, row.id, lasting=lasting):
        found.append(Condition(kind="coverage", about=site.name, words=f"{site.name}: {less}"))
    if silence := silence_of(session, row.id):
        found.append(Condition(kind="silent", about=site.name, words=f"{site.name}: {silence}"))
    if crowds := crowds_of(session, row.id):
        words = f"{site.name}: {'; '.join(crowds)}; max_addresses, max_alike and max_queries set the bounds"
        found.append(Condition(kind="trap", about=site.name, words=words))
    for source in session.sources.of_site(row.id):
        since = source.trouble_since
        if source.trouble and since and now - since >= SILENT_AFTER:
            words = f"{site.name}: {source.url} does not answer since {iso(since)}: {source.trouble}"
            found.append(Condition(kind="source", about=source.url, words=words))
    return found


def _of_hosts(session: Session, config: Config) -> list[Condition]:
    watched = {urls.bare(name) for name in config.hosts()}
    return [
        Condition(
            kind="host",
            about=row.name,
            words=f"{row.name} {row.reason.rstrip('.')}; since {iso(row.trouble_since)}",
        )
        for row in session.hosts.all()
        if row.trouble_since and row.rests >= RESTS_BEFORE_TOLD and urls.bare(row.name) in watched
    ]


def _of_letters(session: Session, config: Config, now: datetime) -> list[Condition]:
    """By recipient, not by letter: one that cannot be reached is told once, however many letters wait."""
    found, rows = dict[str, Condition](), session.letters.outbox()
    lasting = {row.about for row in session.letters.conditions(kind="undelivered")}
    for row in rows:
        late = row.attempts > 0 and now - row.created_at >= UNDELIVERED_AFTER
        where = shown(row.recipient)
        about = f"{row.digest} to {where}"
        told = row.recipient in config.takers(row.digest) or about in lasting
        if told and (row.state == FAILED or late):
            words = f"letters of {row.digest} do not reach {where}: {row.state}, {row.detail}"
            found.setdefault(about, Condition(kind="undelivered", about=about, words=words))
    lost = [
        Condition(kind="stranded", about=f"{group.digest} to {group.recipient}", words=group.words)
        for group in stranded(rows, config)
    ]
    return [*found.values(), *lost]


def _disk(config: Config) -> tuple[int, int]:
    """(free, total) bytes where the store is, or the configuration where it is on another machine."""
    path = config.store_url().removeprefix("sqlite:///").rpartition("/")[0]
    local = config.store_url().startswith("sqlite:///")
    usage = shutil.disk_usage(path if local and path else config.root)
    return usage.free, usage.total


def _of_disk(disk: tuple[int, int], *, full: bool) -> list[Condition]:
    free, total = disk
    times = ROOM_AGAIN if full else 1.0
    if free >= LEAST_FREE * times or free >= total * LEAST_SHARE * times:
        return []
    words = f"the store's disk is nearly full: {free / 1e9:.1f} GB of {total / 1e9:.1f} GB are free"
    return [Condition(kind="disk", about="store", words=words)]


def _tell(
    session: Session, config: Config, begun: list[Condition], ended: list[ConditionRow], now: datetime
) -> None:
    for condition in begun:
        session.letters.begin(
            kind=condition.kind,
            about=condition.about,
            words=condition.words,
            now=now,
            ended=now if condition.passing else None,
        )
    for row in ended:
        session.letters.end(row.id, now)
    from crawler.digest import notice

    subject = _subject(begun, ended)
    sections = {
        "Began": [condition.words for condition in begun],
        "Ended": [f"{_ENDED[row.kind]}: {row.about} (since {iso(row.began_at)})" for row in ended],
        "": ["`iomwatch status` shows how everything stands."],
    }
    text, html = notice(subject, {heading: said for heading, said in sections.items() if said})
    parts = [f"{condition.kind} {condition.about}" for condition in begun]
    parts += [f"ended {row.id}" for row in ended]
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
    values = {
        "digest": ALERTS,
        "message_id": message_id(config, [ALERTS, iso(now), digest]),
        "created_at": now,
        "subject": subject,
        "text": text,
        "html": html,
    }
    session.letters.post(values, config.alerts.to, {})


# The weightiest first: what stops everything, what a site or a reader loses, what only grows worse.
_BEGAN: Final = {
    "disk": "disk nearly full",
    "undelivered": "letters undelivered",
    "stranded": "letters without a recipient",
    "blocked": "blocked",
    "host": "a host does not answer",
    "source": "a source does not answer",
    "silent": "fell silent",
    "layout": "a layout fails",
    "coverage": "less is read",
    "trap": "addresses without end",
    "redesigned": "redesigned",
}
_RANK: Final = list(_BEGAN)
_ENDED: Final = {
    "blocked": "recovered",
    "redesigned": "redesigned",
    "layout": "its layouts fit again",
    "source": "the source answers again",
    "host": "the host answers again",
    "silent": "publishes again",
    "coverage": "as much is read as usual",
    "trap": "no addresses without end any more",
    "undelivered": "letters are delivered again",
    "stranded": "no letters without a recipient any more",
    "disk": "the disk has room again",
}


def _weightiest(conditions: Iterable[_Told]) -> list[_Told]:
    """In the order of their weight, those of a kind as they came."""
    return sorted(conditions, key=lambda condition: _RANK.index(condition.kind))


def _subject(begun: list[Condition], ended: list[ConditionRow]) -> str:
    said = [f"{_BEGAN[condition.kind]}: {condition.about}" for condition in begun]
    said += [f"{_ENDED[row.kind]}: {row.about}" for row in ended]
    more = f" and {len(said) - 1} more" if len(said) > 1 else ""
    return f"iomwatch: {said[0]}{more}"
