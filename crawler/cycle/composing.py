"""Events become letters: when a digest is due, what it has not told yet is frozen into one letter.

Each digest is one transaction: letter, outbox rows, events marked as told. Delivers nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import schedule
from crawler.choice import Keywords
from crawler.config import Config, DigestConfig, SiteConfig
from crawler.cycle.coverage import coverage_of
from crawler.cycle.events import event_of
from crawler.cycle.ignoring import Sifted, rules_of, sift
from crawler.cycle.letters import undelivered
from crawler.cycle.watched import Watched
from crawler.schedule import Slot
from crawler.values import Baseline, Digest, Event, Letter, iso
from storage.rows import BaselineRow, EventRow, SubscriptionRow
from storage.store import Session, Store


def sites_of(config: Config, digest: DigestConfig) -> tuple[SiteConfig, ...]:
    """The sites a digest is about; none named means all."""
    return tuple(site for site in config.site if not digest.sites or site.name in digest.sites)


def digest_of(
    session: Session,
    *,
    name: str,
    sifted: Sifted,
    sites: tuple[SiteConfig, ...],
    since: datetime | None,
    until: datetime,
    baselines: list[BaselineRow],
    past: bool = False,
) -> Digest:
    """The digest of these events, as `as_told` has them: weightiest first, with the coverage of its sites as
    it stands. Of a `past` period it claims no coverage, which is known of today alone, and nothing that comes
    next."""
    events = sorted((event_of(row) for row in sifted.told), key=_weightiest)
    return Digest(
        name=name,
        since=since,
        until=until,
        events=tuple(events),
        coverage=tuple(
            replace(coverage_of(session, site), hidden=sifted.hidden_of(site.name))
            for site in (() if past else sites)
        ),
        next_check=None if past else _next_check(session, sites),
        baselines=tuple(
            Baseline(site=row.site, since=row.since, found=row.found, read=row.read, source=row.source)
            for row in baselines
        ),
        undelivered=undelivered(session, name),
        past=past,
    )


def as_told(session: Session, config: Config, sifted: Sifted) -> Sifted:
    """The events with what they say of other pages as far as it holds by now."""
    from crawler.cycle.telling import Telling

    telling = Telling(session=session, watched=Watched(sites=config.site))
    return replace(sifted, told=[telling.told(row) for row in sifted.told])


def _next_check(session: Session, sites: tuple[SiteConfig, ...]) -> datetime | None:
    """When the first known page of the sites is due to be looked at."""
    rows = [row for site in sites if (row := session.sources.site(site.name))]
    return min((due for row in rows if (due := session.pages.next_due(row.id))), default=None)


def _weightiest(event: Event) -> tuple[int, datetime, str]:
    return -event.weight, event.seen_at, event.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A digest's turn to be told: its period, and how it comes to be told now."""

    period: str | None = None  # the slot's key; None: at once
    late_since: datetime | None = None
    missed: int = 0  # earlier slots whose letters were missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """What a digest has not told yet."""

    subscription: SubscriptionRow
    sifted: Sifted
    baselines: list[BaselineRow]

    @property
    def rows(self) -> list[EventRow]:
        return self.sifted.told


def compose_due(store: Store, config: Config, now: datetime, *, whole: bool) -> int:
    """Write the letters that are due. Returns how many.

    `whole`: the round reached all that was due; before, a baseline is not complete and waits.
    """
    written = 0
    for digest in config.digest:
        with store.write() as session:
            turn = _turn(session, digest, now)
            if turn is not None:
                written += _compose(session, config, digest, now, turn, whole=whole)
    return written


def _turn(session: Session, digest: DigestConfig, now: datetime) -> Turn | None:
    """Whether the digest's turn has come. Notes how far its slots have, so that each comes once."""
    plan, row = digest.plan, session.letters.subscription(digest.name)
    reached = row.slot if row else None
    if plan.schedule.at_once:
        if reached is not None:
            session.letters.reach(digest.name, None)
        return None if plan.is_quiet(now) else Turn()
    last = Slot.of(reached) if reached else None
    came = schedule.due(plan, last, now)
    told = session.letters.periods(digest.name, [slot.key for slot in came])
    fresh = [slot for slot in came if slot.key not in told]
    newest = schedule.reached(plan, last, now)
    if newest is not None and newest != last:
        session.letters.reach(digest.name, newest.key)
    if not fresh:
        return None
    late = schedule.is_late(plan, fresh[-1], now)
    return Turn(
        period=fresh[-1].key,
        late_since=plan.ready(fresh[-1]) if late else None,
        missed=len({plan.ready(slot) for slot in fresh}) - 1,  # quiet hours gather slots: none is missed
    )


def untold(session: Session, config: Config, digest: DigestConfig, now: datetime) -> Untold:
    """The events and baselines a digest has still to tell."""
    subscription = session.letters.subscription(digest.name) or SubscriptionRow(
        digest=digest.name, since=now, after_seq=0, after_baseline=0, told_until=now
    )
    names = [site.name for site in sites_of(config, digest)]
    rows = session.ledger.events(after_seq=subscription.after_seq, alone=True, sites=names)
    baselines = [
        row for row in session.sources.baselines(after=subscription.after_baseline) if row.site in names
    ]
    wanted = _wanted(session, digest)
    sifted = sift(session, rules_of(config), [row for row in rows if wanted(row)])
    return Untold(subscription=subscription, sifted=sifted, baselines=baselines)


def _wanted(session: Session, digest: DigestConfig) -> Callable[[EventRow], bool]:
    """Whether a digest takes an event. The whole release is read again only where its words decide."""
    choice = digest.choice
    but_words = replace(choice, keywords=Keywords())

    def takes(row: EventRow) -> bool:
        event = event_of(row)
        if not choice.keywords or not but_words.takes(event):
            return but_words.takes(event)
        return choice.takes(event, text=_release_text(session, row))

    return takes


def _release_text(session: Session, row: EventRow) -> str:
    """The release of an event as it was last read; nothing where it never was."""
    page = session.pages.get(row.page_id) if row.page_id is not None else None
    if page is None or page.version_id is None:
        return ""
    from crawler.cycle.looks import reread
    from crawler.extract import Template

    article = reread(session, session.pages.version(page.version_id), Template())
    return article.text if article else ""


def _compose(
    session: Session, config: Config, digest: DigestConfig, now: datetime, turn: Turn, *, whole: bool
) -> bool:
    news = untold(session, config, digest, now)
    baselines = news.baselines if whole else []
    last_seq = session.ledger.last_seq()
    if not news.rows and not baselines and digest.empty == "skip":
        # what it does not want is not weighed again; what is hidden waits to be counted in the next letter
        if last_seq > news.subscription.after_seq and not news.sifted.hidden:
            session.letters.advance(digest.name, after_seq=last_seq)
        return False
    from crawler.digest import letter

    sifted = as_told(session, config, news.sifted)
    content = replace(
        digest_of(
            session,
            name=digest.name,
            sifted=sifted,
            sites=sites_of(config, digest),
            since=news.subscription.told_until,
            until=now,
            baselines=baselines,
        ),
        language=digest.language,
        most_in_full=digest.max_items,
        late_since=turn.late_since,
        missed=turn.missed,
        next_letter=schedule.next_ready(digest.plan, now),
    )
    message_id = _message_id(config, digest, turn, news.rows, baselines, now)
    frozen = letter(content, created_at=now, message_id=message_id)
    said = {
        row.seq: {name: value for name, value in told.payload.items() if value != row.payload.get(name)}
        for row, told in zip(news.rows, sifted.told, strict=True)
    }
    session.letters.post(_values(frozen, turn), digest.to, said)
    session.letters.advance(
        digest.name,
        after_seq=last_seq,
        after_baseline=max([news.subscription.after_baseline, *(row.id for row in baselines)]),
        told_until=now,
    )
    return True


def _values(frozen: Letter, turn: Turn) -> dict[str, object]:
    return {
        "digest": frozen.digest,
        "message_id": frozen.message_id,
        "created_at": frozen.created_at,
        "subject": frozen.subject,
        "text": frozen.text,
        "html": frozen.html,
        "page": frozen.page,
        "language": frozen.language,
        "period": turn.period,
    }


def _message_id(
    config: Config,
    digest: DigestConfig,
    turn: Turn,
    rows: list[EventRow],
    baselines: list[BaselineRow],
    now: datetime,
) -> str:
    parts = [digest.name, turn.period or "", iso(now)]
    parts += [row.id for row in rows] + [f"baseline {row.id}" for row in baselines]
    return message_id(config, parts)


def message_id(config: Config, parts: list[str]) -> str:
    """Made once, with the letter, and the same at each attempt (RFC 5322, 3.6.4)."""
    local = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    _, _, domain = config.smtp.from_.rstrip(">").rpartition("@")
    return f"<{local}@{domain.strip() or 'localhost'}>"
