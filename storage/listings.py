"""Pages that sources dropped: named by none any more, to be counted again, named again.

Which sources name everything is the crawler's to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import PageRow
from storage.schema import listed, page, source

_PAGE = [page.c[name] for name in PageRow.__dataclass_fields__]
_CHUNK = 500  # values in one IN (…)


class Listings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def published(self, page_ids: Iterable[int]) -> dict[int, str]:
        """When these pages say that they were published; those that do not are left out."""
        found: dict[int, str] = {}
        rest = iter(page_ids)
        while chunk := list(islice(rest, _CHUNK)):
            query = sa.select(page.c.id, page.c.published).where(
                page.c.id.in_(chunk), page.c.published.is_not(None)
            )
            found.update((row.id, row.published) for row in self._connection.execute(query))
        return found

    def dropped(self, page_ids: Sequence[int], kinds: Collection[str], now: datetime) -> None:
        """A source of these kinds names these pages no more: those that no other does become due."""
        rest = iter(page_ids)
        while chunk := list(islice(rest, _CHUNK)):
            self._connection.execute(
                page.update().where(
                    page.c.id.in_(chunk),
                    page.c.id.not_in(self._named(kinds)),
                    page.c.version_id.is_not(None),
                    page.c.unlisted_since.is_(None),
                ),
                {"unlisted_since": now, "due_at": now},
            )

    def recount(self, page_ids: Sequence[int], kind: str, now: datetime) -> None:
        """Sources of this kind that name any of these pages are to be read to their end."""
        rest = iter(page_ids)
        while chunk := list(islice(rest, _CHUNK)):
            naming = sa.select(listed.c.source_id).where(listed.c.page_id.in_(chunk))
            self._connection.execute(
                source.update().where(
                    source.c.id.in_(naming), source.c.kind == kind, source.c.recount_since.is_(None)
                ),
                {"recount_since": now},
            )

    def relist(self, site_id: int, kinds: Collection[str]) -> None:
        """Pages that are named again are not unlisted, and would be told of anew."""
        self._connection.execute(
            page.update().where(
                page.c.site_id == site_id,
                page.c.unlisted_since.is_not(None),
                page.c.id.in_(self._named(kinds)),
            ),
            {"unlisted_since": None, "unlisted_told_at": None},
        )

    def unlisted(self, site_id: int, until: datetime) -> list[PageRow]:
        """Pages that were named by then for the last time, and are not told of."""
        query = (
            sa.select(*_PAGE)
            .where(
                page.c.site_id == site_id,
                page.c.unlisted_since <= until,
                page.c.unlisted_told_at.is_(None),
                page.c.state == "read",
            )
            .order_by(page.c.id)
        )
        return [PageRow(**row._mapping) for row in self._connection.execute(query)]

    def named(self, site_id: int, kinds: Collection[str]) -> int:
        """How many pages of the site its sources of these kinds name."""
        query = (  # from what is listed: a site knows many more pages than its sources name today
            sa.select(sa.func.count(sa.distinct(listed.c.page_id)))
            .join(source, source.c.id == listed.c.source_id)
            .where(source.c.site_id == site_id, source.c.kind.in_(kinds))
        )
        return int(self._connection.execute(query).scalar_one())

    def _named(self, kinds: Collection[str]) -> sa.Select[tuple[int]]:
        return (
            sa.select(listed.c.page_id)
            .join(source, source.c.id == listed.c.source_id)
            .where(source.c.kind.in_(kinds))
        )
