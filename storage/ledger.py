"""Visits and events: what was seen, and what it meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import EventRow, VisitRow
from storage.schema import event, page, site, visit

_EVENT = [
    page.c.url.label(name) if name == "page_url" else event.c[name]
    for name in EventRow.__dataclass_fields__
    if name != "homes"
]
_CHUNK = 500  # values in one IN (…)
_VISIT = [visit.c[name] for name in VisitRow.__dataclass_fields__]
_ADD_VISIT = visit.insert().returning(visit.c.id)


class Ledger:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_visit(self, page_id: int, round_id: int, row: VisitRow) -> int:
        values = {name: getattr(row, name) for name in VisitRow.__dataclass_fields__}
        values |= {"page_id": page_id, "round_id": round_id}
        return int(self._connection.execute(_ADD_VISIT, values).scalar_one())

    def visits(self, page_id: int, *, most: int) -> list[VisitRow]:
        """A page's latest visits, newest first."""
        query = sa.select(*_VISIT).where(visit.c.page_id == page_id).order_by(visit.c.id.desc()).limit(most)
        return [VisitRow(**row._mapping) for row in self._connection.execute(query)]

    def headers(self, page_id: int, at: datetime, *, later: bool) -> list[list[str]]:
        """The headers that a page answered with then; with `later`, at its first visit since."""
        second = visit.c.at >= at if later else visit.c.at.between(at, at + timedelta(seconds=1))
        query = (
            sa.select(visit.c.headers)
            .where(visit.c.page_id == page_id, second)
            .order_by(visit.c.at, visit.c.id)
            .limit(1)
        )
        found: list[list[str]] | None = self._connection.execute(query).scalar()
        return found or []

    def id_of(self, seq: int) -> str | None:
        """The id of the event with this number."""
        found: str | None = self._connection.execute(sa.select(event.c.id).where(event.c.seq == seq)).scalar()
        return found

    def last_visit(self, page_id: int, verdict: str) -> datetime | None:
        """When a page was last seen to be so."""
        query = sa.select(sa.func.max(visit.c.at)).where(
            visit.c.page_id == page_id, visit.c.verdict == verdict
        )
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def add_event(self, **values: Any) -> int:
        """Returns the event's number in the ledger."""
        return int(self._connection.execute(event.insert().returning(event.c.seq), values).scalar_one())

    def parts(self, of: int) -> list[EventRow]:
        """The events that are part of another one."""
        query = (
            sa.select(*_EVENT)
            .outerjoin(page, page.c.id == event.c.page_id)
            .where(event.c.part_of == of)
            .order_by(event.c.seq)
        )
        return [EventRow(**row._mapping) for row in self._connection.execute(query)]

    def make_part(self, seqs: Sequence[int], of: int) -> None:
        """These events are told by another one, of the site, and not on their own."""
        self._connection.execute(event.update().where(event.c.seq.in_(seqs)), {"part_of": of})

    def events(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kinds: Sequence[str] = (),
        sites: Sequence[str] = (),
        languages: Sequence[str] = (),
        page_id: int | None = None,
        after_seq: int = 0,
        alone: bool = False,
        most: int | None = None,
    ) -> list[EventRow]:
        """The ledger in its order. `since` is included, `until` is not; empty means any.

        An event of unknown language is in every selection of languages: better told than lost. `alone`
        leaves out what another event tells.
        """
        query = (
            sa.select(*_EVENT)
            .outerjoin(page, page.c.id == event.c.page_id)
            .where(event.c.seq > after_seq)
            .order_by(event.c.seq)
        )
        if since is not None:
            query = query.where(event.c.seen_at >= since)
        if until is not None:
            query = query.where(event.c.seen_at < until)
        if kinds:
            query = query.where(event.c.kind.in_(kinds))
        if sites:
            query = query.join(site, site.c.id == event.c.site_id).where(site.c.name.in_(sites))
        if languages:
            query = query.where(event.c.language.in_(languages) | event.c.language.is_(None))
        if page_id is not None:
            query = query.where(event.c.page_id == page_id)
        if alone:
            query = query.where(event.c.part_of.is_(None))
        if most is not None:
            query = query.limit(most)
        rows = self._connection.execute(query).all()
        homes = self._homes([row.page_id for row in rows if row.page_id is not None])
        return [EventRow(**row._mapping, homes=tuple(homes.get(row.page_id, ()))) for row in rows]

    def _homes(self, page_ids: Sequence[int]) -> dict[int, list[str]]:
        """Other addresses that carry the text of these pages, by page."""
        found: dict[int, list[str]] = {}
        distinct = sorted(set(page_ids))
        for start in range(0, len(distinct), _CHUNK):
            query = (
                sa.select(page.c.home, page.c.url)
                .where(
                    page.c.home.in_(distinct[start : start + _CHUNK]), page.c.state.in_(("read", "blocked"))
                )
                .order_by(page.c.id)
            )
            for row in self._connection.execute(query):
                found.setdefault(row.home, []).append(row.url)
        return found

    def last_seq(self) -> int:
        return int(self._connection.execute(sa.select(sa.func.max(event.c.seq))).scalar() or 0)
