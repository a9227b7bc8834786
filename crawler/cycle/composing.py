"""Events become letters: what a digest has not told yet is frozen into one, with its outbox rows.

`compose_due` freezes a letter with its events marked told; delivering it is letters.py's.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from crawler.config import Config, DigestConfig, SiteConfig
from crawler.cycle.coverage import coverage_of
from crawler.cycle.events import event_of
from crawler.cycle.letters import undelivered
from crawler.digest import letter
from crawler.values import Baseline, Digest, Event, iso
from storage.rows import BaselineRow, EventRow, SubscriptionRow
from storage.store import Session, Store


def sites_of(config: Config, digest: DigestConfig) -> tuple[SiteConfig, ...]:
    """The sites a digest is about; none named means all."""
    return tuple(site for site in config.site if not digest.sites or site.name in digest.sites)


def digest_of(
    session: Session,
    *,
    name: str,
    rows: list[EventRow],
    sites: tuple[SiteConfig, ...],
    since: datetime | None,
    until: datetime,
    baselines: list[BaselineRow],
) -> Digest:
    """The digest of these events: weightiest first, with the coverage of its sites as it stands."""
    events = sorted((event_of(row) for row in rows), key=_weightiest)
    return Digest(
        name=name,
        since=since,
        until=until,
        events=tuple(events),
        coverage=tuple(coverage_of(session, site) for site in sites),
        baselines=tuple(
            Baseline(site=row.site, since=row.since, found=row.found, read=row.read, source=row.source)
            for row in baselines
        ),
        undelivered=undelivered(session, name),
    )


def _weightiest(event: Event) -> tuple[int, datetime, str]:
    return -event.weight, event.seen_at, event.id


def compose_due(store: Store, config: Config, now: datetime, *, whole: bool) -> int:
    """Write the letters that are due: one for each digest with something untold. Returns how many.

    `whole`: the round reached all that was due; before, a baseline is not complete and waits.
    """
    written = 0
    for digest in config.digest:
        with store.write() as session:
            written += _compose(session, config, digest, now, whole=whole)
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """What a digest has not told yet."""

    subscription: SubscriptionRow
    rows: list[EventRow]
    baselines: list[BaselineRow]

    def __bool__(self) -> bool:
        return bool(self.rows or self.baselines)


def untold(session: Session, config: Config, digest: DigestConfig, now: datetime) -> Untold:
    """The events and baselines a digest has still to tell."""
    subscription = session.letters.subscription(digest.name) or SubscriptionRow(
        digest=digest.name, since=now, after_seq=0, after_baseline=0, told_until=now
    )
    names = [site.name for site in sites_of(config, digest)]
    rows = session.ledger.events(
        after_seq=subscription.after_seq,
        sites=names,
        languages=[language.partition("-")[0] for language in digest.languages],
    )
    baselines = [
        row for row in session.sources.baselines(after=subscription.after_baseline) if row.site in names
    ]
    return Untold(subscription=subscription, rows=rows, baselines=baselines)


def _compose(session: Session, config: Config, digest: DigestConfig, now: datetime, *, whole: bool) -> bool:
    news = untold(session, config, digest, now)
    baselines = news.baselines if whole else []
    if not news.rows and not baselines:
        return False
    content = digest_of(
        session,
        name=digest.name,
        rows=news.rows,
        sites=sites_of(config, digest),
        since=news.subscription.told_until,
        until=now,
        baselines=baselines,
    )
    frozen = letter(
        content, created_at=now, message_id=_message_id(config, digest, news.rows, baselines, now)
    )
    session.letters.post(
        {
            "digest": digest.name,
            "message_id": frozen.message_id,
            "created_at": now,
            "subject": frozen.subject,
            "text": frozen.text,
            "html": frozen.html,
        },
        digest.to,
        [row.seq for row in news.rows],
    )
    session.letters.advance(
        digest.name,
        after_seq=session.ledger.last_seq(),
        after_baseline=max([news.subscription.after_baseline, *(row.id for row in baselines)]),
        now=now,
    )
    return True


def _message_id(
    config: Config, digest: DigestConfig, rows: list[EventRow], baselines: list[BaselineRow], now: datetime
) -> str:
    parts = [digest.name, iso(now), *(row.id for row in rows), *(f"baseline {row.id}" for row in baselines)]
    return message_id(config, parts)


def message_id(config: Config, parts: list[str]) -> str:
    """Made once, with the letter, and the same at each attempt (RFC 5322, 3.6.4)."""
    local = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    _, _, domain = config.smtp.from_.rstrip(">").rpartition("@")
    return f"<{local}@{domain.strip() or 'localhost'}>"
