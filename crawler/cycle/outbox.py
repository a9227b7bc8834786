"""Letters reach their recipients: each attempt is a step of its own, from the outbox alone.

Composes nothing (that is letters.py) and speaks to no server (that is `crawler/deliver`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.config import Config
from crawler.deliver import SmtpSettings, deliver
from crawler.values import Delivered, Letter
from storage.letters import DROPPED, FAILED, SENT, UNSURE, WAITING
from storage.rows import OutboxRow
from storage.store import Store

FIRST_WAIT = timedelta(minutes=5)  # doubled at each attempt
LONGEST_WAIT = timedelta(days=1)
GIVE_UP = timedelta(days=7)  # after which, and after so many attempts, a person must act
LEAST_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the outbox in a run: recipients by state, and why some were not reached."""

    sent: int
    troubles: tuple[str, ...]


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
    """Try each recipient whose turn it is, and mark what came of it. One that fails holds up no other;
    in a digest's quiet hours none of its recipients is tried."""
    smtp = smtp_settings(config)
    quiet = {digest.name for digest in config.digest if digest.plan.is_quiet(now)}
    wanted = {(digest.name, recipient) for digest in config.digest for recipient in digest.to}
    with store.read() as session:
        due = [row for row in session.letters.outbox(due=now) if row.digest not in quiet]
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
            page=row.page,
            language=row.language,
        )
        delivery = deliver(frozen, row.recipient, smtp=smtp, root=config.root)
        with store.write() as session:
            session.letters.mark(row.id, **_marked(row, delivery.outcome, delivery.detail, now))
        sent += delivery.outcome is Delivered.SENT
    with store.read() as session:
        left = session.letters.outbox()
    troubles = tuple(
        _trouble(row)
        for row in left
        if (row.digest, row.recipient) in wanted and (row.attempts or row.digest not in quiet)
    )
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
