"""Addresses that a site makes without end: what its sources' last readings left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import CrowdRow
from storage.schema import crowd


class Crowds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_source(self, source_id: int) -> list[CrowdRow]:
        """The largest first."""
        columns = [crowd.c[name] for name in CrowdRow.__dataclass_fields__]
        query = sa.select(*columns).where(crowd.c.source_id == source_id)
        rows = self._connection.execute(query.order_by(crowd.c.refused.desc(), crowd.c.pattern))
        return [CrowdRow(**row._mapping) for row in rows]

    def replace(self, source_id: int, crowds: Iterable[tuple[str, int, str]], now: datetime) -> None:
        """What a source's reading left out: (pattern, how many, an example). Since when stays."""
        since = {row.pattern: row.since for row in self.of_source(source_id)}
        rows = [
            {
                "source_id": source_id,
                "pattern": pattern,
                "refused": refused,
                "example": example,
                "since": since.get(pattern, now),
            }
            for pattern, refused, example in crowds
        ]
        if since:
            self._connection.execute(crowd.delete().where(crowd.c.source_id == source_id))
        if rows:
            self._connection.execute(crowd.insert(), rows)
