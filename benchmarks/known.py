"""A ledger grown to a size: pages that were read long ago and are not due, put straight into the store.

It is for measuring alone: the rows are as a round would have left them, and no round made them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_PAGE = """
    INSERT INTO page (site_id, url, state, since, language, published, title, etag, due_at, asked_at, read_at,
                      version_id, learned)
    VALUES (1, ?, 'read', ?, 'en', '2024-01-01', ?, '"e"', '2099-01-01 00:00:00.000000', ?, ?, ?,
            '[0.0, 0.0, 0.0, 0.0, 0.0]')
"""
_VERSION = """
    INSERT INTO version (id, page_id, number, visit_id, hash, content_type, url, seen_at, status, title,
                         fingerprint, text_fingerprint)
    VALUES (?, ?, 1, ?, ?, 'text/html', ?, ?, 200, ?, ?, ?)
"""
_LONG_AGO = "2024-01-01 06:00:00.000000"


def make_known(path: Path, base: str, pages: int) -> None:
    """Grow the ledger of a store that has one site to so many pages, each with a version."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA synchronous=OFF")
        known = database.execute("SELECT COUNT(*), MAX(id) FROM page").fetchone()
        newest = database.execute("SELECT MAX(id) FROM version").fetchone()[0]
        visit, body = database.execute("SELECT MAX(visit_id), MAX(hash) FROM version").fetchone()

        def rows() -> Iterator[tuple[int, str]]:
            for number in range(1, pages - known[0] + 1):
                yield number, f"{base}/news/known-{number}"

        database.executemany(
            _PAGE,
            (
                (url, _LONG_AGO, f"Known {number}", _LONG_AGO, _LONG_AGO, newest + number)
                for number, url in rows()
            ),
        )
        database.executemany(
            _VERSION,
            (
                (
                    *(newest + number, known[1] + number, visit, body, url, _LONG_AGO, f"Known {number}"),
                    *(f"f{number}", f"t{number}"),
                )
                for number, url in rows()
            ),
        )
    database.close()


def make_due(path: Path, pages: int) -> None:
    """The first so many pages and all sources are due."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE page SET due_at = ? WHERE id <= ?", (_LONG_AGO, pages))
        database.execute("UPDATE source SET due_at = NULL")
    database.close()
