"""What a round learned of hosts, for the next: pauses, trouble, robots.txt.

Does not decide when a host may be asked.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bodies import pack, unpack
from storage.errors import DamagedError
from storage.rows import HostRow, RobotsRow
from storage.schema import host, robots

_HOST = [host.c[name] for name in HostRow.__dataclass_fields__]
_ROBOTS = [robots.c[name] for name in RobotsRow.__dataclass_fields__]


class Hosts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[HostRow]:
        rows = self._connection.execute(sa.select(*_HOST).order_by(host.c.name))
        return [HostRow(**row._mapping) for row in rows]

    def keep(self, name: str, *, paused_until: datetime, reason: str, rests: int, now: datetime) -> None:
        """What is so now; trouble that goes on keeps its beginning."""
        begun = sa.select(host.c.trouble_since).where(host.c.name == name)
        since: datetime | None = self._connection.execute(begun).scalar()
        values = {"name": name, "paused_until": paused_until, "reason": reason, "rests": rests}
        self._connection.execute(host.delete().where(host.c.name == name))
        self._connection.execute(host.insert(), values | {"trouble_since": (since or now) if rests else None})

    def robots(self) -> list[RobotsRow]:
        """What was read of robots.txt; damaged ones are left out, and read anew."""
        rows = self._connection.execute(sa.select(*_ROBOTS).order_by(robots.c.origin))
        found = []
        for row in rows:
            try:
                found.append(RobotsRow(**{**row._mapping, "body": unpack(row.body)}))
            except DamagedError:
                continue
        return found

    def keep_robots(self, row: RobotsRow) -> None:
        self._connection.execute(robots.delete().where(robots.c.origin == row.origin))
        values = {name: getattr(row, name) for name in RobotsRow.__dataclass_fields__}
        self._connection.execute(robots.insert(), values | {"body": pack(row.body)})
