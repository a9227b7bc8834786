"""Letters and their outbox: frozen when composed, one row a recipient, delivered from these rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import ConditionRow, EventRow, OutboxRow, SubscriptionRow
from storage.schema import baseline, condition, event, letter, outbox, subscription, told

WAITING, UNSURE, SENT, FAILED, DROPPED = "waiting", "unsure", "sent", "failed", "dropped"
UNDELIVERED = (WAITING, UNSURE, FAILED)
STATES = (*UNDELIVERED, SENT, DROPPED)


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

    def advance(
        self,
        digest: str,
        *,
        after_seq: int,
        after_baseline: int | None = None,
        told_until: datetime | None = None,
    ) -> None:
        """Go on after these; `told_until` where a letter was written."""
        values: dict[str, Any] = {"after_seq": after_seq}
        if after_baseline is not None:
            values["after_baseline"] = after_baseline
        if told_until is not None:
            values["told_until"] = told_until
        self._connection.execute(subscription.update().where(subscription.c.digest == digest), values)

    def reach(self, digest: str, slot: str | None) -> None:
        """How far the slots of a digest's schedule have come."""
        self._connection.execute(subscription.update().where(subscription.c.digest == digest), {"slot": slot})

    def periods(self, digest: str, keys: Sequence[str]) -> frozenset[str]:
        """Those of the periods that a letter was written for."""
        if not keys:
            return frozenset()
        query = sa.select(letter.c.period).where(
            letter.c.digest == digest, letter.c.period.between(min(keys), max(keys))
        )
        return frozenset(self._connection.execute(query).scalars()).intersection(keys)

    def post(
        self, values: dict[str, Any], recipients: Sequence[str], events: Mapping[int, dict[str, Any]]
    ) -> None:
        """Freeze a letter, mark its events as told (each with what it tells otherwise than is stored), and
        put it into the outbox for each recipient."""
        letter_id = self._connection.execute(letter.insert().returning(letter.c.id), values).scalar_one()
        if events:
            self._connection.execute(
                told.insert(),
                [
                    {
                        "digest": values["digest"],
                        "event_seq": seq,
                        "letter_id": letter_id,
                        "said": said or None,
                    }
                    for seq, said in events.items()
                ],
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

    def outbox(
        self,
        *,
        due: datetime | None = None,
        never_after: datetime | None = None,
        states: Sequence[str] = UNDELIVERED,
        ids: Sequence[int] = (),
    ) -> list[OutboxRow]:
        """What is not delivered yet, oldest first; with `due`, what may be tried by then, and what is put off
        until after `never_after`, which no wait reaches: the clock was ahead.

        `ids` asks for these rows, whatever their state.
        """
        columns = [
            outbox.c[name] if name in outbox.c else letter.c[name] for name in OutboxRow.__dataclass_fields__
        ]
        query = sa.select(*columns).join(letter, letter.c.id == outbox.c.letter_id).order_by(outbox.c.id)
        if ids:
            query = query.where(outbox.c.id.in_(ids))
        elif due is not None:
            now = outbox.c.next_at <= due
            if never_after is not None:
                now |= outbox.c.next_at > never_after
            query = query.where(outbox.c.state.in_([WAITING, UNSURE]), now)
        else:
            query = query.where(outbox.c.state.in_(states))
        return [OutboxRow(**row._mapping) for row in self._connection.execute(query)]

    def events(self, letter_id: int) -> list[EventRow]:
        """The events that a letter tells, as it tells them, weightiest first."""
        frozen = [
            event.c[name] for name in EventRow.__dataclass_fields__ if name not in ("page_url", "homes")
        ]
        query = (
            sa.select(*frozen, told.c.said)
            .join(told, told.c.event_seq == event.c.seq)
            .where(told.c.letter_id == letter_id)
            .order_by(event.c.weight.desc(), event.c.seq)
        )
        found = []
        for row in self._connection.execute(query):
            values = dict(row._mapping)
            values["payload"] |= values.pop("said") or {}
            found.append(EventRow(**values))
        return found

    def mark(self, outbox_id: int, **values: Any) -> None:
        self._connection.execute(outbox.update().where(outbox.c.id == outbox_id), values)

    def row_for(self, letter_id: int, recipient: str, now: datetime) -> int:
        """A letter's row for this recipient, made where it has none: it has one a recipient, ever."""
        query = sa.select(outbox.c.id).where(outbox.c.letter_id == letter_id, outbox.c.recipient == recipient)
        found: int | None = self._connection.execute(query).scalar()
        if found is not None:
            return found
        new = {"letter_id": letter_id, "recipient": recipient, "state": WAITING, "next_at": now}
        return int(self._connection.execute(outbox.insert().returning(outbox.c.id), new).scalar_one())

    # ── what needs the operator ─────────────────────────────────────────────────────────────────

    def conditions(self, *, kind: str | None = None, lasting: bool = True) -> list[ConditionRow]:
        """Those that last, or all that ever were, oldest first."""
        query = sa.select(condition).order_by(condition.c.id)
        if kind is not None:
            query = query.where(condition.c.kind == kind)
        if lasting:
            query = query.where(condition.c.ended_at.is_(None))
        return [ConditionRow(**row._mapping) for row in self._connection.execute(query)]

    def begin(self, *, kind: str, about: str, words: str, now: datetime, ended: datetime | None) -> None:
        values = {"kind": kind, "about": about, "words": words, "began_at": now, "ended_at": ended}
        self._connection.execute(condition.insert(), values)

    def end(self, condition_id: int, now: datetime) -> None:
        self._connection.execute(condition.update().where(condition.c.id == condition_id), {"ended_at": now})
