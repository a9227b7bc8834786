"""Tell: events become letters, letters reach their recipients. Each step is its own transaction.

`compose_due` freezes a letter with its events marked told; `deliver_due` works from the outbox alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.config import Config, DigestConfig, SiteConfig
from crawler.cycle.coverage import coverage_of
from crawler.cycle.events import event_of
from crawler.cycle.ignoring import Sifted, rules_of, sift
from crawler.deliver import SmtpSettings, deliver
from crawler.digest import letter
from crawler.values import Baseline, Delivered, Digest, Event, Letter, iso
from storage.letters import DROPPED, FAILED, SENT, UNSURE, WAITING
from storage.rows import BaselineRow, EventRow, OutboxRow, SubscriptionRow
from storage.store import Session, Store

FIRST_WAIT = timedelta(minutes=5)  # doubled at each attempt
LONGEST_WAIT = timedelta(days=1)
GIVE_UP = timedelta(days=7)  # after which, and after so many attempts, a person must act
LEAST_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the outbox in a run: recipients by state, and why some were not reached."""

    sent: int
    troubles: tuple[str, ...]


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
) -> Digest:
    """The digest of these events: weightiest first, with the coverage of its sites as it stands."""
    events = sorted((event_of(row) for row in sifted.told), key=_weightiest)
    return Digest(
        name=name,
        since=since,
        until=until,
        events=tuple(events),
        coverage=tuple(
            replace(coverage_of(session, site), hidden=sifted.hidden_of(site.name)) for site in sites
        ),
        baselines=tuple(
            Baseline(site=row.site, since=row.since, found=row.found, read=row.read, source=row.source)
            for row in baselines
        ),
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
    sifted: Sifted
    baselines: list[BaselineRow]

    @property
    def rows(self) -> list[EventRow]:
        return self.sifted.told

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
        alone=True,
        sites=names,
        languages=[language.partition("-")[0] for language in digest.languages],
    )
    baselines = [
        row for row in session.sources.baselines(after=subscription.after_baseline) if row.site in names
    ]
    sifted = sift(session, rules_of(config), rows)
    return Untold(subscription=subscription, sifted=sifted, baselines=baselines)


def _compose(session: Session, config: Config, digest: DigestConfig, now: datetime, *, whole: bool) -> bool:
    news = untold(session, config, digest, now)
    baselines = news.baselines if whole else []
    if not news.rows and not baselines:
        return False  # what is hidden waits to be counted in the next letter
    content = digest_of(
        session,
        name=digest.name,
        sifted=news.sifted,
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
    """Made once, with the letter, and the same at each attempt (RFC 5322, 3.6.4)."""
    parts = [digest.name, iso(now), *(row.id for row in rows), *(f"baseline {row.id}" for row in baselines)]
    local = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    _, _, domain = config.smtp.from_.rstrip(">").rpartition("@")
    return f"<{local}@{domain.strip() or 'localhost'}>"


def smtp_settings(config: Config) -> SmtpSettings:
    return SmtpSettings(
        host=config.smtp.host,
        port=config.smtp.port,
        security=config.smtp.security,
        user=config.smtp.user,
        password=config.smtp.password,
        from_=config.smtp.from_,
        ca_bundle=config.root / config.fetch.ca_bundle if config.fetch.ca_bundle else None,
    )


def deliver_due(store: Store, config: Config, now: datetime) -> Told:
    """Try each recipient whose turn it is, and mark what came of it. One that fails holds up no other."""
    smtp = smtp_settings(config)
    wanted = {(digest.name, recipient) for digest in config.digest for recipient in digest.to}
    with store.read() as session:
        due = session.letters.outbox(due=now)
    sent = 0
    for row in due:
        if (row.digest, row.recipient) not in wanted:  # taken out of the configuration meanwhile
            with store.write() as session:
                session.letters.mark(row.id, state=DROPPED, detail="no longer in the configuration")
            continue
        frozen = Letter(
            digest=row.digest,
            message_id=row.message_id,
            created_at=row.created_at,
            subject=row.subject,
            text=row.text,
            html=row.html,
        )
        delivery = deliver(frozen, row.recipient, smtp=smtp, root=config.root)
        with store.write() as session:
            session.letters.mark(row.id, **_marked(row, delivery.outcome, delivery.detail, now))
        sent += delivery.outcome is Delivered.SENT
    with store.read() as session:
        left = session.letters.outbox()
    troubles = tuple(_trouble(row) for row in left if (row.digest, row.recipient) in wanted)
    return Told(sent=sent, troubles=troubles)


def _trouble(row: OutboxRow) -> str:
    words = (
        f"letter {row.subject!r} to {row.recipient}: {row.state}, tried {row.attempts} times: {row.detail}"
    )
    if row.state == FAILED:
        words += f"; no longer tried: take the recipient out of the digest {row.digest!r} to settle it"
    return words


def _marked(row: OutboxRow, outcome: Delivered, detail: str, now: datetime) -> dict[str, object]:
    attempts = row.attempts + 1
    values: dict[str, object] = {"attempts": attempts, "detail": detail}
    if outcome is Delivered.SENT:
        return values | {"state": SENT, "sent_at": now}
    given_up = attempts >= LEAST_ATTEMPTS and now - row.created_at >= GIVE_UP
    if outcome is Delivered.NEVER or given_up:
        return values | {"state": FAILED}
    wait = min(FIRST_WAIT * 2 ** min(row.attempts, 20), LONGEST_WAIT)
    state = UNSURE if outcome is Delivered.UNSURE else WAITING
    return values | {"state": state, "next_at": now + wait}
