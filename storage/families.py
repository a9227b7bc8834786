"""Editions and homes of releases: what pages name each other, share a number, a text, or rare traits."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import PageRow
from storage.schema import alias, alternate, page, trait, version

_PAGE = [page.c[name] for name in PageRow.__dataclass_fields__]
_GONE = ("missing", "removed")
_RELEASE = sa.func.coalesce(page.c.family, page.c.home, page.c.id)


class Families:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _pages(self, query: sa.Select[tuple[object, ...]]) -> list[PageRow]:
        return [PageRow(**row._mapping) for row in self._connection.execute(query.order_by(page.c.id))]

    # ── editions ────────────────────────────────────────────────────────────────────────────────

    def keep_alternates(self, page_id: int, urls: dict[str, str | None]) -> bool:
        """The translations a page names, by address. Whether they are others than before."""
        query = sa.select(alternate.c.url, alternate.c.language).where(alternate.c.page_id == page_id)
        if {row.url: row.language for row in self._connection.execute(query)} == urls:
            return False
        self._connection.execute(alternate.delete().where(alternate.c.page_id == page_id))
        rows = [{"page_id": page_id, "url": url, "language": language} for url, language in urls.items()]
        if rows:
            self._connection.execute(alternate.insert(), rows)
        return True

    def named(self, row: PageRow, urls: Collection[str]) -> list[PageRow]:
        """Pages read in another language that this one names as translations, or that name it."""
        naming = (
            sa.select(alternate.c.page_id)
            .join(page, page.c.id == alternate.c.page_id)
            .where(alternate.c.url == row.url, page.c.site_id == row.site_id)
        )
        known = [
            sa.select(table.c[key]).where(table.c.site_id == row.site_id, table.c.url.in_(urls))
            for table, key in ((page, "id"), (alias, "page_id"))
        ]
        ids = {found for query in (naming, *known) for found in self._connection.execute(query).scalars()}
        return self._pages(
            sa.select(*_PAGE).where(page.c.id.in_(ids - {row.id}), page.c.version_id.is_not(None))
        )

    def names(self, one: int, url: str) -> bool:
        """Whether a page names this address as a translation."""
        query = sa.select(alternate.c.url).where(alternate.c.page_id == one, alternate.c.url == url)
        return self._connection.execute(query).first() is not None

    def others_naming(self, row: PageRow, url: str, language: str) -> int:
        """How many other pages of the site, in this language, name the address as their translation."""
        query = (
            sa.select(sa.func.count())
            .select_from(alternate.join(page, page.c.id == alternate.c.page_id))
            .where(
                alternate.c.url == url,
                page.c.site_id == row.site_id,
                page.c.id != row.id,
                page.c.language == language,
            )
        )
        return int(self._connection.execute(query).scalar_one())

    def numbered(self, row: PageRow, node: str) -> list[PageRow]:
        """Pages of the site with the same number of its own, read."""
        return self._pages(
            sa.select(*_PAGE).where(
                page.c.site_id == row.site_id,
                page.c.node == node,
                page.c.id != row.id,
                page.c.version_id.is_not(None),
            )
        )

    def editions(self, family: int) -> list[PageRow]:
        """The pages of a family, each language once; a page that stands alone is a family of its own."""
        return self._pages(
            sa.select(*_PAGE).where((page.c.family == family) | (page.c.id == family), page.c.home.is_(None))
        )

    def join(self, family: int, other: int) -> None:
        """`other` and its editions belong to `family` from now on."""
        for members in (page.c.id.in_((family, other)), page.c.family == other):
            self._connection.execute(page.update().where(members), {"family": family})

    # ── traits ──────────────────────────────────────────────────────────────────────────────────

    def keep_traits(self, page_id: int, values: Iterable[int]) -> None:
        self._connection.execute(trait.delete().where(trait.c.page_id == page_id))
        rows = [{"page_id": page_id, "value": value} for value in sorted(set(values))]
        if rows:
            self._connection.execute(trait.insert(), rows)

    def carriers(self, row: PageRow, values: Collection[int], most: int) -> dict[int, int]:
        """How many other releases carry each trait: up to `most` pages exactly, beyond as many pages."""
        query = (
            sa.select(trait.c.value, sa.func.count().label("pages"))
            .where(trait.c.value.in_(values), trait.c.page_id != row.id)
            .group_by(trait.c.value)
        )
        pages = {found.value: int(found.pages) for found in self._connection.execute(query)}
        rare = [value for value, count in pages.items() if count <= most]
        exact = (
            sa.select(trait.c.value, sa.func.count(sa.distinct(_RELEASE)).label("releases"))
            .join(page, page.c.id == trait.c.page_id)
            .where(trait.c.value.in_(rare), page.c.id != row.id)
            .group_by(trait.c.value)
        )
        releases = (
            {found.value: int(found.releases) for found in self._connection.execute(exact)} if rare else {}
        )
        return pages | releases

    def sharing(self, row: PageRow, values: Collection[int]) -> list[tuple[int, int]]:
        """(trait, page) of the other pages in another language that carry these traits, copies left out."""
        query = (
            sa.select(trait.c.value, trait.c.page_id)
            .join(page, page.c.id == trait.c.page_id)
            .where(
                trait.c.value.in_(values),
                page.c.id != row.id,
                page.c.home.is_(None),
                page.c.version_id.is_not(None),
                page.c.state.not_in(_GONE),
            )
            .order_by(trait.c.page_id)
        )
        return [(found.value, found.page_id) for found in self._connection.execute(query)]

    # ── homes ───────────────────────────────────────────────────────────────────────────────────

    def first_home(self, row: PageRow, text_fingerprint: str) -> PageRow | None:
        """The first page, of whatever site, whose text today is this and that is not gone."""
        query = (
            sa.select(*_PAGE)
            .join(version, version.c.id == page.c.version_id)
            .where(
                version.c.text_fingerprint == text_fingerprint,
                page.c.id != row.id,
                page.c.state.not_in(_GONE),
            )
        )
        return next(iter(self._pages(query.limit(1))), None)

    def other_homes(self, row: PageRow) -> list[PageRow]:
        """The other addresses of the release of a page, gone or not."""
        first = row.home or row.id
        return self._pages(
            sa.select(*_PAGE).where((page.c.home == first) | (page.c.id == first), page.c.id != row.id)
        )
