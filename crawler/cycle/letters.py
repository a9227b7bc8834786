"""Letters reach their recipients, each attempt and its end a transaction of its own.

Composes nothing: it works from the stored rows alone, so that a run may be killed anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.config import Config
from crawler.cycle.events import event_of
from crawler.cycle.outcome import Told
from crawler.recipients import shown
from crawler.values import Delivered, Delivery, Letter, Undelivered
from storage.letters import FAILED, SENT, UNSURE, WAITING
from storage.rows import OutboxRow
from storage.store import Session, Store

if TYPE_CHECKING:
    from crawler.deliver import Channels

FIRST_WAIT = timedelta(minutes=5)  # doubled at each attempt
LONGEST_WAIT = timedelta(days=1)
GIVE_UP = timedelta(days=7)  # after which, and after so many attempts, a person must act
LEAST_ATTEMPTS = 10


def channels_of(config: Config) -> Channels:
    from crawler.deliver import Channels, SmtpSettings, WebhookSettings

    ca_bundle = config.root / config.fetch.ca_bundle if config.fetch.ca_bundle else None
    return Channels(
        root=config.root,
        smtp=SmtpSettings(
            host=config.smtp.host,
            port=config.smtp.port,
            security=config.smtp.security,
            user=config.smtp.user,
            password=config.smtp.password,
            from_=config.smtp.from_,
            timeout=config.smtp.timeout,
            ca_bundle=ca_bundle,
            unsubscribe=config.smtp.unsubscribe,
        ),
        webhook=WebhookSettings(
            secret=config.webhook.secret,
            user_agent=config.fetch.user_agent,
            timeout=config.webhook.timeout,
            allow_private=config.webhook.allow_private,
            proxy=config.fetch.proxy,
            ca_bundle=str(ca_bundle or ""),
        ),
    )


def deliver_due(store: Store, config: Config, now: datetime) -> Told:
    """Try each recipient whose turn it is, and mark what came of it. One that fails holds up no other;
    in a digest's quiet hours none of its recipients is tried."""
    quiet = {digest.name for digest in config.digest if digest.plan.is_quiet(now)}
    with store.read() as session:
        due = [
            row
            for row in session.letters.outbox(due=now, never_after=now + LONGEST_WAIT)
            if row.digest not in quiet and row.recipient in config.takers(row.digest)
        ]
    sent = _deliver(store, config, due, now) if due else 0
    with store.read() as session:
        left = session.letters.outbox()
    troubles = [
        _trouble(row)
        for row in left
        if row.recipient in config.takers(row.digest) and (row.attempts or row.digest not in quiet)
    ]
    return Told(sent=sent, troubles=(*troubles, *(group.words for group in stranded(left, config))))


def _deliver(store: Store, config: Config, due: list[OutboxRow], now: datetime) -> int:
    """Try these; how many were sent."""
    from crawler.deliver import deliver

    channels, sent = channels_of(config), 0
    for row in due:
        with store.read() as session:
            frozen = letter_of(session, row)
        delivery = deliver(frozen, config.filled(row.recipient), channels)
        with store.write() as session:
            session.letters.mark(row.id, **_marked(row, delivery, now))
        sent += delivery.outcome is Delivered.SENT
    return sent


def letter_of(session: Session, row: OutboxRow) -> Letter:
    """The letter as it was frozen, with its events."""
    return Letter(
        digest=row.digest,
        message_id=row.message_id,
        created_at=row.created_at,
        subject=row.subject,
        text=row.text,
        html=row.html,
        page=row.page,
        language=row.language,
        events=tuple(event_of(told) for told in session.letters.events(row.letter_id)),
    )


def undelivered(session: Session, digest: str) -> tuple[Undelivered, ...]:
    """The digest's letters that are no longer tried, oldest first: its next letter says so."""
    return tuple(
        Undelivered(
            digest=row.digest,
            recipient=shown(row.recipient),
            subject=row.subject,
            composed_at=row.created_at,
            detail=row.detail,
        )
        for row in session.letters.outbox(states=(FAILED,))
        if row.digest == digest
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """Letters of a digest that wait for a recipient which the configuration names no more."""

    digest: str
    recipient: str  # as it may be shown
    ids: tuple[int, ...]

    @property
    def words(self) -> str:
        count = "1 letter" if len(self.ids) == 1 else f"{len(self.ids)} letters"
        them, ids = "it" if len(self.ids) == 1 else "them", " ".join(map(str, self.ids))
        return (
            f"{count} of {self.digest} to {self.recipient}, which is no longer in the configuration: "
            f"`iomwatch outbox retry {ids} --to RECIPIENT` hands {them} on to one that is, "
            f"`iomwatch outbox drop {ids}` lets {them} go"
        )


def stranded(undelivered: Sequence[OutboxRow], config: Config) -> tuple[Stranded, ...]:
    """Of these rows those whose recipients left the configuration, by digest and recipient."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row in undelivered:
        if row.recipient not in config.takers(row.digest):
            groups.setdefault((row.digest, row.recipient), []).append(row.id)
    return tuple(
        Stranded(digest=digest, recipient=shown(recipient), ids=tuple(ids))
        for (digest, recipient), ids in groups.items()
    )


def tried(attempts: int) -> str:
    return f"tried {attempts} time{'' if attempts == 1 else 's'}"


def _trouble(row: OutboxRow) -> str:
    words = f'letter "{row.subject}" to {shown(row.recipient)}: {row.state}, {tried(row.attempts)}'
    words += f": {row.detail}"
    if row.state == FAILED:
        words += f"; no longer tried: `iomwatch outbox retry {row.id}` or `outbox drop {row.id}` settles it"
    return words


def _marked(row: OutboxRow, delivery: Delivery, now: datetime) -> dict[str, object]:
    attempts = row.attempts + 1
    values: dict[str, object] = {"attempts": attempts, "detail": delivery.detail}
    if delivery.outcome is Delivered.SENT:
        return values | {"state": SENT, "sent_at": now}
    given_up = attempts >= LEAST_ATTEMPTS and now - row.created_at >= GIVE_UP
    if delivery.outcome is Delivered.NEVER or given_up:
        return values | {"state": FAILED}
    wait = min(FIRST_WAIT * 2 ** min(row.attempts, 20), LONGEST_WAIT)
    if delivery.retry_after is not None:
        wait = min(max(wait, timedelta(seconds=delivery.retry_after)), LONGEST_WAIT)
    state = UNSURE if delivery.outcome is Delivered.UNSURE else WAITING
    return values | {"state": state, "next_at": now + wait}
