"""All that was seen, in its order, so that a ledger can be built again in another store.

It hands out what pages were known and what each visit answered; what it meant is the crawler's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import PastVisit, VisitRow
from storage.schema import baseline, page, round_, site, visit

_VISIT = [visit.c[name] for name in VisitRow.__dataclass_fields__]
_CHUNK = 500
_OUTLINE = {
    "site": (site, ("id", "name", "since")),
    "baseline": (baseline, ("id", "site_id", "since", "source")),
    "round": (round_, ("id", "started_at", "ended_at")),
    "page": (page, ("id", "site_id", "since", "baseline_id")),
}
Outline = dict[str, list[dict[str, Any]]]


class History:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def outline(self) -> Outline:
        """Sites, baselines, rounds and pages, as they were before anything was read."""
        return {
            name: [
                dict(row._mapping)
                for row in self._connection.execute(
                    sa.select(*(table.c[column] for column in columns)).order_by(table.c.id)
                )
            ]
            for name, (table, columns) in _OUTLINE.items()
        }

    def plant(self, outline: Outline) -> None:
        """Begin an empty store with an outline. A page has no address before its first visit."""
        for name, (table, _) in _OUTLINE.items():
            rows = outline[name]
            if name == "page":
                rows = [
                    {**row, "url": f"page {row['id']}", "state": "listed", "due_at": row["since"]}
                    for row in rows
                ]
            if rows:
                self._connection.execute(table.insert(), rows)

    def visits(self) -> Iterator[PastVisit]:
        """Every visit, in the order of the rounds."""
        after = 0
        while True:
            query = (
                sa.select(visit.c.id, page.c.site_id, visit.c.page_id, visit.c.round_id, *_VISIT)
                .join(page, page.c.id == visit.c.page_id)
                .where(visit.c.id > after)
                .order_by(visit.c.id)
                .limit(_CHUNK)
            )
            rows = self._connection.execute(query).all()
            if not rows:
                return
            for row in rows:
                yield PastVisit(
                    id=row.id,
                    site_id=row.site_id,
                    page_id=row.page_id,
                    round_id=row.round_id,
                    visit=VisitRow(**{name: row._mapping[name] for name in VisitRow.__dataclass_fields__}),
                )
            after = rows[-1].id
