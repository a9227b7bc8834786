"""A glance at an SQLite store: whether anything waits there, asked with the standard library alone.

Most rounds of a cron that calls every few minutes find nothing to do, and loading SQLAlchemy is most of what
such a round costs. It writes nothing but that round; of any trouble it says only that it cannot tell.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import StoreError
from storage.mark import APPLICATION_ID, HEAD

_PATIENCE = 1.0  # seconds for another program's transaction


class Glance:
    """One transaction on a store of today's schema."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def is_ours(self) -> bool:
        """Whether the store is of today's schema, and its last round came to its end."""
        if self._one("PRAGMA application_id") != APPLICATION_ID:
            return False
        ended = "SELECT ended_at IS NOT NULL FROM round ORDER BY id DESC LIMIT 1"
        return self._one("SELECT version_num FROM alembic_version") == HEAD and bool(self._one(ended))

    def site(self, name: str, scope: Sequence[object], now: datetime) -> int | None:
        """The site's row; None where it has none, was looked at by a clock that went ahead, or another
        `scope` decided which of its pages are watched."""
        query = "SELECT id, scope FROM site JOIN site_pace ON site_id = id WHERE name = ? AND filled_at <= ?"
        row = self._connection.execute(query, [name, _text(now)]).fetchone()
        return int(row[0]) if row and row[1] and json.loads(row[1]) == scope else None

    def sources_rest(self, site_id: int, urls: Collection[str], now: datetime) -> bool:
        """Whether the site has these sources, all read to their end, in no trouble, and none due."""
        at_rest = """
            SELECT url FROM source WHERE site_id = ? AND due_at > ? AND read_at <= ?
            AND unread = '[]' AND recount_since IS NULL AND trouble IS NULL
        """
        known = {
            row[0] for row in self._connection.execute("SELECT url FROM source WHERE site_id = ?", [site_id])
        }
        resting = {row[0] for row in self._connection.execute(at_rest, [site_id, _text(now), _text(now)])}
        return known == resting == set(urls)

    def read_lately(self, since: datetime) -> bool:
        """Whether any source was read since then."""
        return bool(self._one("SELECT 1 FROM source WHERE read_at >= ? LIMIT 1", _text(since)))

    def pages_rest(self, site_id: int, now: datetime, *, unlisted: datetime, attachments: bool) -> bool:
        """Whether no page is due, none waits to be told as listed no more since `unlisted`, and no
        attachment is due."""
        for query, moment in (
            ("SELECT 1 FROM page WHERE site_id = ? AND due_at <= ? AND left_out_since IS NULL LIMIT 1", now),
            # asked by a clock that was ahead
            ("SELECT 1 FROM page WHERE site_id = ? AND asked_at > ? AND left_out_since IS NULL LIMIT 1", now),
            (
                """
                SELECT 1 FROM page WHERE site_id = ? AND unlisted_since <= ? AND unlisted_told_at IS NULL
                AND state = 'read' LIMIT 1
                """,
                unlisted,
            ),
        ):
            if self._one(query, site_id, _text(moment)):
                return False
        due = """
            SELECT 1 FROM attachment JOIN page ON page.id = page_id
            WHERE +site_id = ? AND attachment.due_at <= ? AND state = 'read' AND left_out_since IS NULL
            AND (hash IS NULL OR hash != '') LIMIT 1
        """
        return not (attachments and self._one(due, site_id, _text(now)))

    def knows(self, site_id: int, url: str) -> bool:
        """Whether a page of the site has this address."""
        query = "SELECT 1 FROM {} WHERE site_id = ? AND url = ?"
        return any(self._one(query.format(table), site_id, url) for table in ("page", "alias"))

    def outbox_rests(self) -> bool:
        """Whether no letter is undelivered."""
        return not self._one("SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'dropped') LIMIT 1")

    def subscription(self, digest: str, sites: Sequence[str]) -> tuple[str | None, bool] | None:
        """How far the digest's slots have come, and whether anything may be untold; None: it is new."""
        query = f"""
            SELECT slot, after_seq < COALESCE((SELECT MAX(seq) FROM event), 0) OR EXISTS (
                SELECT 1 FROM baseline JOIN site ON site.id = baseline.site_id
                JOIN page ON baseline_id = baseline.id
                WHERE baseline.id > after_baseline AND name IN ({", ".join("?" * len(sites))})
            ) FROM subscription WHERE digest = ?
        """  # noqa: S608 - question marks alone are put in
        row = self._connection.execute(query, [*sites, digest]).fetchone()
        return (row[0], bool(row[1])) if row else None

    def add_round(self, now: datetime) -> int:
        """A round that began and ended now, and asked for nothing."""
        query = "INSERT INTO round (started_at, ended_at) VALUES (?, ?)"
        return int(self._connection.execute(query, [_text(now), _text(now)]).lastrowid or 0)

    def _one(self, query: str, *values: object) -> int | str | None:
        row = self._connection.execute(query, values).fetchone()
        return row[0] if row else None


@contextmanager
def glance(path: Path) -> Iterator[Glance]:
    """A glance at the store of that file, kept where the block ends. Raises StoreError for any
    trouble."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    try:
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        yield Glance(connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    finally:
        connection.close()


def _text(moment: datetime) -> str:
    """A moment as SQLAlchemy keeps it in SQLite: UTC, without a zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
