"""Editions and homes of releases: what pages name each other, share a number, a text, or rare traits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import PageRow
from storage.schema import alias, alternate, page, trait, version

_PAGE = [page.c[name] for name in PageRow.__dataclass_fields__]
_GONE = ("missing", "removed")
# No copy. Told so that SQLite does not walk the index on `home`: most pages have none.
_ITSELF = sa.func.coalesce(page.c.home, 0) == 0
_MOST_NAMING = 500  # pages that name one address; no translation has as many originals
_RELEASE = sa.func.coalesce(page.c.family, page.c.home, page.c.id)

# What each visit asks, built once.
_ALTERNATES = sa.select(alternate.c.url, alternate.c.language).where(
    alternate.c.page_id == sa.bindparam("page")
)
_NAMING = sa.select(alternate.c.page_id).where(alternate.c.url == sa.bindparam("url")).limit(_MOST_NAMING)
_SAME_TEXT = sa.select(version.c.id, version.c.page_id).where(
    version.c.text_fingerprint == sa.bindparam("text"), version.c.page_id != sa.bindparam("page")
)
_FORGET_TRAITS = trait.delete().where(trait.c.page_id == sa.bindparam("page"))
_ADD_TRAITS = trait.insert()


class Families:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _pages(self, query: sa.Select[tuple[object, ...]]) -> list[PageRow]:
        return [PageRow(**row._mapping) for row in self._connection.execute(query.order_by(page.c.id))]

    # ── editions ────────────────────────────────────────────────────────────────────────────────

    def keep_alternates(self, page_id: int, urls: dict[str, str | None]) -> bool:
        """The translations a page names, by address. Whether they are others than before."""
        known = self._connection.execute(_ALTERNATES, {"page": page_id})
        if {row.url: row.language for row in known} == urls:
            return False
        self._connection.execute(alternate.delete().where(alternate.c.page_id == page_id))
        rows = [{"page_id": page_id, "url": url, "language": language} for url, language in urls.items()]
        if rows:
            self._connection.execute(alternate.insert(), rows)
        return True

    def named(self, row: PageRow, urls: Collection[str]) -> list[PageRow]:
        """Pages of the site that this one names as translations, or that name it; read."""
        known = [
            sa.select(table.c[key]).where(table.c.site_id == row.site_id, table.c.url.in_(urls))
            for table, key in ((page, "id"), (alias, "page_id"))
            if urls
        ]
        found = (self._connection.execute(query).scalars() for query in known)
        ids = {*self._naming(row.url), *chain.from_iterable(found)} - {row.id}
        return self._of(row.site_id, ids)

    def _naming(self, url: str) -> list[int]:
        """Pages that name this address as a translation."""
        return list(self._connection.execute(_NAMING, {"url": url}).scalars())

    def _of(self, site_id: int, ids: Collection[int]) -> list[PageRow]:
        """Those of these pages that are of the site, and read."""
        if not ids:
            return []
        found = self._pages(sa.select(*_PAGE).where(page.c.id.in_(ids)))
        return [each for each in found if each.site_id == site_id and each.version_id is not None]

    def names(self, one: int, url: str) -> bool:
        """Whether a page names this address as a translation."""
        query = sa.select(alternate.c.url).where(alternate.c.page_id == one, alternate.c.url == url)
        return self._connection.execute(query).first() is not None

    def others_naming(self, row: PageRow, url: str, language: str) -> int:
        """How many other pages of the site, in this language, name the address as their translation."""
        found = self._of(row.site_id, self._naming(url))
        return sum(each.language == language and each.id != row.id for each in found)

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
            sa.select(*_PAGE).where((page.c.family == family) | (page.c.id == family), _ITSELF)
        )

    def join(self, family: int, other: int) -> None:
        """`other` and its editions belong to `family` from now on."""
        for members in (page.c.id.in_((family, other)), page.c.family == other):
            self._connection.execute(page.update().where(members), {"family": family})

    # ── traits ──────────────────────────────────────────────────────────────────────────────────

    def keep_traits(self, page_id: int, values: Iterable[int]) -> None:
        self._connection.execute(_FORGET_TRAITS, {"page": page_id})
        rows = [{"page_id": page_id, "value": value} for value in sorted(set(values))]
        if rows:
            self._connection.execute(_ADD_TRAITS, rows)

    def carriers(
        self, row: PageRow, values: Collection[int], most: int, *, but: Collection[int] = ()
    ) -> dict[int, int]:
        """How many other releases carry each trait: up to `most` pages exactly, beyond as many pages. Those
        of the sites `but` do not count."""
        query = (
            sa.select(trait.c.value, sa.func.count().label("pages"))
            .where(trait.c.value.in_(values), trait.c.page_id != row.id)
            .group_by(trait.c.value)
        )
        if but:
            query = query.join(page, page.c.id == trait.c.page_id).where(page.c.site_id.not_in(but))
        pages = {found.value: int(found.pages) for found in self._connection.execute(query)}
        rare = [value for value, count in pages.items() if count <= most]
        exact = (
            sa.select(trait.c.value, sa.func.count(sa.distinct(_RELEASE)).label("releases"))
            .join(page, page.c.id == trait.c.page_id)
            .where(trait.c.value.in_(rare), page.c.id != row.id, page.c.site_id.not_in(but))
            .group_by(trait.c.value)
        )
        releases = (
            {found.value: int(found.releases) for found in self._connection.execute(exact)} if rare else {}
        )
        return pages | releases

    def sharing(
        self, row: PageRow, values: Collection[int], *, but: Collection[int] = ()
    ) -> list[tuple[int, int]]:
        """(trait, page) of the other pages that carry these traits, copies and the sites `but` left out."""
        query = (
            sa.select(trait.c.value, trait.c.page_id)
            .join(page, page.c.id == trait.c.page_id)
            .where(
                trait.c.value.in_(values),
                page.c.id != row.id,
                page.c.site_id.not_in(but),
                _ITSELF,
                page.c.version_id.is_not(None),
                page.c.state.not_in(_GONE),
            )
        )
        return sorted((found.value, found.page_id) for found in self._connection.execute(query))

    # ── homes ───────────────────────────────────────────────────────────────────────────────────

    def with_text(self, row: PageRow, text_fingerprint: str) -> list[PageRow]:
        """The pages, of whatever site, whose text today is this and that are not gone, oldest first."""
        told = self._connection.execute(_SAME_TEXT, {"text": text_fingerprint, "page": row.id})
        versions = {found.id: found.page_id for found in told}
        if not versions:
            return []
        found = self._pages(sa.select(*_PAGE).where(page.c.id.in_(set(versions.values()))))
        return [each for each in found if each.version_id in versions and each.state not in _GONE]

    def other_homes(self, row: PageRow) -> list[PageRow]:
        """The other addresses of the release of a page, gone or not."""
        first = row.home or row.id
        return self._pages(
            sa.select(*_PAGE).where((page.c.home == first) | (page.c.id == first), page.c.id != row.id)
        )
