"""Letters and their outbox: frozen when composed, one row a recipient, delivered from these rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import OutboxRow, SubscriptionRow
from storage.schema import baseline, event, letter, outbox, subscription, told

WAITING, UNSURE, SENT, FAILED, DROPPED = "waiting", "unsure", "sent", "failed", "dropped"


class Letters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subscription(self, digest: str) -> SubscriptionRow | None:
        row = self._connection.execute(sa.select(subscription).where(subscription.c.digest == digest)).first()
        return SubscriptionRow(**row._mapping) if row else None

    def subscribe(self, digest: str, now: datetime) -> None:
        """A digest begins with what happens from here on; what was told to others is not news to it."""
        if self.subscription(digest) is None:
            row = {"digest": digest, "since": now, "told_until": now}
            for name, column in (("after_seq", event.c.seq), ("after_baseline", baseline.c.id)):
                row[name] = self._connection.execute(sa.select(sa.func.max(column))).scalar() or 0
            self._connection.execute(subscription.insert(), row)

    def advance(self, digest: str, *, after_seq: int, after_baseline: int, now: datetime) -> None:
        self._connection.execute(
            subscription.update().where(subscription.c.digest == digest),
            {"after_seq": after_seq, "after_baseline": after_baseline, "told_until": now},
        )

    def post(self, values: dict[str, Any], recipients: Sequence[str], events: Sequence[int]) -> None:
        """Freeze a letter, mark its events as told, and put it into the outbox for each recipient."""
        letter_id = self._connection.execute(letter.insert().returning(letter.c.id), values).scalar_one()
        if events:
            self._connection.execute(
                told.insert(),
                [{"digest": values["digest"], "event_seq": seq, "letter_id": letter_id} for seq in events],
            )
        self._connection.execute(
            outbox.insert(),
            [
                {
                    "letter_id": letter_id,
                    "recipient": recipient,
                    "state": WAITING,
                    "next_at": values["created_at"],
                }
                for recipient in recipients
            ],
        )

    def outbox(self, *, due: datetime | None = None) -> list[OutboxRow]:
        """What is not delivered yet, oldest first; with `due`, what may be tried by then."""
        columns = [
            outbox.c[name] if name in outbox.c else letter.c[name] for name in OutboxRow.__dataclass_fields__
        ]
        query = (
            sa.select(*columns)
            .join(letter, letter.c.id == outbox.c.letter_id)
            .where(outbox.c.state.in_([WAITING, UNSURE] if due else [WAITING, UNSURE, FAILED]))
            .order_by(outbox.c.id)
        )
        if due is not None:
            query = query.where(outbox.c.next_at <= due)
        return [OutboxRow(**row._mapping) for row in self._connection.execute(query)]

    def mark(self, outbox_id: int, **values: Any) -> None:
        self._connection.execute(outbox.update().where(outbox.c.id == outbox_id), values)
