"""What hosts asked for and how they fare, carried from round to round: pauses, trouble, robots.txt.

Asks nothing and judges nothing: the fetcher does, in seconds; the store keeps moments.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.cycle.tools import Tools
from crawler.values import HostMemory, RobotsMemory
from storage.rows import RobotsRow
from storage.store import Session

LONGEST_NAME = 255  # characters; no name in DNS is longer (RFC 1035), and no such host is ever reached
LONGEST = timedelta(days=1)  # that any pause lasts: one that reaches further was set by a clock gone wrong


def remember_hosts(tools: Tools, session: Session, now: datetime) -> None:
    """Tell the fetcher what earlier rounds learned."""
    tools.fetcher.remember(
        (
            HostMemory(
                name=row.name,
                paused_for=_seconds(row.paused_until - now),
                reason=row.reason,
                rests=row.rests,
            )
            for row in session.hosts.all()
        ),
        (
            RobotsMemory(
                origin=row.origin,
                url=row.url,
                status=row.status,
                body=row.body,
                age=(now - row.read_at).total_seconds(),
            )
            for row in session.hosts.robots()
        ),
    )


def _seconds(pause: timedelta) -> float:
    return pause.total_seconds() if timedelta() < pause <= LONGEST else 0.0


def keep_hosts(tools: Tools) -> None:
    """Write what the fetcher learned since the last time, so that later rounds know it, also after a kill."""
    hosts, robots = tools.fetcher.learned()
    if not hosts and not robots:
        return
    now = tools.clock()
    with tools.store.write(durable=False) as session:
        for known in hosts:
            if len(known.name) > LONGEST_NAME:
                continue
            until = now + timedelta(seconds=known.paused_for)
            session.hosts.keep(
                known.name, paused_until=until, reason=known.reason, rests=known.rests, now=now
            )
        for kept in robots:
            session.hosts.keep_robots(
                RobotsRow(origin=kept.origin, url=kept.url, status=kept.status, body=kept.body, read_at=now)
            )
