"""Pages: found, asked, read; their other addresses, twins, versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import PageRow, StateCount, TroubleRow, VersionRow
from storage.schema import alias, alternate, attachment, listed, page, trait, version, visit

_PAGE = [page.c[name] for name in PageRow.__dataclass_fields__]
_WATCHED = page.c.left_out_since.is_(None)
_VERSION = [version.c[name] for name in VersionRow.__dataclass_fields__]
_CHUNK = 500  # values in one IN (…)

# What each visit asks is built once: to build a statement costs several times what it costs to run it.
_BY_ID = sa.select(*_PAGE).where(page.c.id == sa.bindparam("wanted"))
# By the text's index: a site's index on its pages, which SQLite would walk, is hidden from it.
_SAYING = sa.and_(
    version.c.text_fingerprint == sa.bindparam("text"),
    page.c.site_id + 0 == sa.bindparam("site"),
    page.c.id != sa.bindparam("page"),
)
_TODAY = sa.and_(page.c.id == version.c.page_id, page.c.version_id == version.c.id)
_TWIN = sa.select(*_PAGE).join(version, _TODAY).where(_SAYING).order_by(page.c.id).limit(1)
_IN_TROUBLE = sa.select(page.c.id).where(
    page.c.site_id == sa.bindparam("site"),
    page.c.trouble == sa.bindparam("trouble"),
    page.c.trouble.is_not(None),
    page.c.id != sa.bindparam("page"),
)
_TROUBLED = (
    sa.select(page.c.id)
    .where(
        page.c.site_id == sa.bindparam("site"),
        page.c.trouble.is_not(None),
        page.c.id != sa.bindparam("page"),
    )
    .limit(1)
)
_CARRYING = sa.select(page.c.id).join(version, _TODAY).where(_SAYING)
_STANDING = sa.select(
    sa.func.coalesce(
        sa.func.sum(sa.case(((page.c.state == "read") & page.c.trouble.is_(None), 1), else_=0)), 0
    ),
    sa.func.count(),
).where(page.c.site_id == sa.bindparam("site"), page.c.state.not_in(("listed", "removed")), _WATCHED)
_VERSION_BY_ID = sa.select(*_VERSION).where(version.c.id == sa.bindparam("wanted"))
_ADD_VERSION = version.insert().returning(version.c.id)
_CLAIMS = sa.select(listed.c.seen_at).where(
    listed.c.page_id == sa.bindparam("page"), listed.c.lastmod.is_not(None)
)


@cache
def _update(names: tuple[str, ...]) -> sa.Update:
    """Sets these columns of a page."""
    return (
        page.update()
        .where(page.c.id == sa.bindparam("wanted"))
        .values({name: sa.bindparam(name) for name in names})
    )


class Pages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ── addresses ───────────────────────────────────────────────────────────────────────────────

    def ids(self, site_id: int, urls: Iterable[str]) -> dict[str, int]:
        """Which of these addresses are known, alias or not: address → page."""
        known: dict[str, int] = {}
        rest = iter(urls)
        while chunk := list(islice(rest, _CHUNK)):
            for table, key in ((page, page.c.id), (alias, alias.c.page_id)):
                query = sa.select(table.c.url, key).where(table.c.site_id == site_id, table.c.url.in_(chunk))
                known.update((row[0], row[1]) for row in self._connection.execute(query))
        return known

    def addresses(self, site_id: int) -> Iterator[str]:
        """All addresses of a site's pages, aliases included, one after the other."""
        for table in (page, alias):
            query = sa.select(table.c.url).where(table.c.site_id == site_id)
            yield from self._connection.execute(query.execution_options(yield_per=1_000)).scalars()

    def add(self, site_id: int, url: str, **values: Any) -> int:
        row = {"site_id": site_id, "url": url, "state": "listed", **values}
        return int(self._connection.execute(page.insert().returning(page.c.id), row).scalar_one())

    def add_alias(self, site_id: int, url: str, page_id: int) -> None:
        """Another address of a page. A page that stands under it is not touched."""
        known = self.ids(site_id, [url])
        if url not in known:
            self._connection.execute(alias.insert(), {"site_id": site_id, "url": url, "page_id": page_id})

    def rename(self, row: PageRow, url: str) -> None:
        """Give a page a new address; the old one becomes an alias."""
        self._connection.execute(alias.delete().where(alias.c.site_id == row.site_id, alias.c.url == url))
        self.update(row.id, url=url)
        self.add_alias(row.site_id, row.url, row.id)

    def absorb(self, gone: PageRow, into: PageRow) -> None:
        """Fold a page that was never read into another; its address becomes an alias of it, and what
        watched it watches that one."""
        ours = sa.select(listed.c.source_id).where(listed.c.page_id == into.id)
        self._connection.execute(
            listed.delete().where(listed.c.page_id == gone.id, listed.c.source_id.in_(ours))
        )
        for table, column in ((listed, "page_id"), (visit, "page_id"), (alias, "page_id")):
            self._connection.execute(table.update().where(table.c[column] == gone.id), {column: into.id})
        for table in (alternate, attachment, trait):
            self._connection.execute(table.delete().where(table.c.page_id == gone.id))
        self._connection.execute(page.delete().where(page.c.id == gone.id))
        self.add_alias(gone.site_id, gone.url, into.id)
        if into.left_out_since is not None and gone.left_out_since is None:
            self.update(into.id, left_out_since=None, due_at=gone.due_at)

    def aliases(self, page_id: int) -> list[str]:
        return list(
            self._connection.execute(sa.select(alias.c.url).where(alias.c.page_id == page_id)).scalars()
        )

    def forget(self, row: PageRow) -> None:
        """Drop a page that was never read and that no source names."""
        for table in (listed, visit, alias, alternate, attachment, trait):
            self._connection.execute(table.delete().where(table.c.page_id == row.id))
        self._connection.execute(page.delete().where(page.c.id == row.id))

    # ── what sources say ────────────────────────────────────────────────────────────────────────

    def lastmods(self, source_id: int) -> dict[int, datetime | None]:
        query = sa.select(listed.c.page_id, listed.c.lastmod).where(listed.c.source_id == source_id)
        return {row.page_id: row.lastmod for row in self._connection.execute(query)}

    def claimed_since(self, page_id: int, since: datetime) -> bool | None:
        """Whether a source gave the page another lastmod after `since`; None where none gives any."""
        named = list(self._connection.execute(_CLAIMS, {"page": page_id}).scalars())
        return any(moment > since for moment in named) if named else None

    def list_by(self, source_id: int, pages: dict[int, datetime | None], now: datetime) -> None:
        """The source names these pages from now on, or claims another lastmod of them."""
        rows = [
            {"page_id": page_id, "source_id": source_id, "seen_at": now, "lastmod": lastmod}
            for page_id, lastmod in pages.items()
        ]
        self.unlist(source_id, list(pages))
        if rows:
            self._connection.execute(listed.insert(), rows)

    def unlist(self, source_id: int, pages: Sequence[int]) -> None:
        """The source names these pages no more."""
        rest = iter(pages)
        while chunk := list(islice(rest, _CHUNK)):
            self._connection.execute(
                listed.delete().where(listed.c.source_id == source_id, listed.c.page_id.in_(chunk))
            )

    def due_now(self, pages: Iterable[int], now: datetime) -> None:
        rest = iter(pages)
        while chunk := list(islice(rest, _CHUNK)):
            self._connection.execute(
                page.update().where(page.c.id.in_(chunk), page.c.due_at > now), {"due_at": now}
            )

    # ── what the configuration watches ──────────────────────────────────────────────────────────

    def places(self, site_id: int) -> Iterator[tuple[int, str, bool]]:
        """A site's pages, one after the other: (page, address, whether it is left out)."""
        query = sa.select(page.c.id, page.c.url, page.c.left_out_since).where(page.c.site_id == site_id)
        for row in self._connection.execute(query.execution_options(yield_per=1_000)):
            yield row.id, row.url, row.left_out_since is not None

    def other_places(self, site_id: int) -> Iterator[tuple[int, str]]:
        """The other addresses of a site's pages, one after the other: (page, address)."""
        query = sa.select(alias.c.page_id, alias.c.url).where(alias.c.site_id == site_id)
        for row in self._connection.execute(query.execution_options(yield_per=1_000)):
            yield row.page_id, row.url

    def leave_out(self, pages: Iterable[int], now: datetime) -> None:
        """Watch these no more. What sources said of them is forgotten, what was read is not."""
        values = {"left_out_since": now, "unlisted_since": None, "unlisted_told_at": None}
        rest = iter(pages)
        while chunk := list(islice(rest, _CHUNK)):
            self._connection.execute(listed.delete().where(listed.c.page_id.in_(chunk)))
            self._connection.execute(page.update().where(page.c.id.in_(chunk)), values)

    def take_in(self, pages: Iterable[int], now: datetime) -> None:
        """Watch these again, from now on."""
        rest = iter(pages)
        while chunk := list(islice(rest, _CHUNK)):
            values = {"left_out_since": None, "due_at": now}
            self._connection.execute(page.update().where(page.c.id.in_(chunk)), values)

    def left_out(self, site_id: int) -> int:
        """How many pages of the site are known and not watched."""
        query = sa.select(sa.func.count()).where(
            page.c.site_id == site_id, page.c.left_out_since.is_not(None)
        )
        return int(self._connection.execute(query).scalar_one())

    # ── pages ───────────────────────────────────────────────────────────────────────────────────

    def get(self, page_id: int) -> PageRow | None:
        row = self._connection.execute(_BY_ID, {"wanted": page_id}).first()
        return PageRow(**row._mapping) if row else None

    def get_many(self, page_ids: Sequence[int]) -> list[PageRow]:
        """These pages, in this order; those that are no more are left out."""
        query = sa.select(*_PAGE).where(page.c.id.in_(page_ids))
        found = {row.id: PageRow(**row._mapping) for row in self._connection.execute(query)}
        return [found[page_id] for page_id in page_ids if page_id in found]

    def find(self, site_id: int, url: str) -> PageRow | None:
        """The page of an address, alias or not."""
        page_id = self.ids(site_id, [url]).get(url)
        return self.get(page_id) if page_id is not None else None

    def due(self, site_id: int, now: datetime | None, *, news_first: bool = False) -> list[tuple[int, str]]:
        """Pages and addresses to look at, in order: read ones (the longest unasked first), then unread ones,
        news before the baseline; with `news_first` the news before all. `now` None: all of them."""
        query = sa.select(page.c.id, page.c.url).where(page.c.site_id == site_id, _WATCHED)
        if now is not None:
            query = query.where(page.c.due_at <= now)
        news = page.c.version_id.is_(None) & page.c.baseline_id.is_(None)
        query = query.order_by(
            sa.case((page.c.version_id.is_not(None), 1), (news, 0 if news_first else 2), else_=3),
            sa.case((page.c.asked_at.is_(None), 0), else_=1),
            page.c.asked_at,
            page.c.id,
        )
        return [(row.id, row.url) for row in self._connection.execute(query)]

    def controls(self, site_id: int, skip: set[int], most: int) -> list[PageRow]:
        """Pages that were read lately and not yet asked in this round, to see whether the site is alive."""
        query = (
            sa.select(*_PAGE)
            .where(page.c.site_id == site_id, page.c.state == "read", _WATCHED)
            .order_by(page.c.asked_at, page.c.id)
            .limit(most + len(skip))
        )
        found = (PageRow(**row._mapping) for row in self._connection.execute(query))
        return [row for row in found if row.id not in skip][:most]

    def missing(self, site_id: int, until: datetime) -> list[PageRow]:
        """Pages that were first missed by then, and are missing still."""
        query = sa.select(*_PAGE).where(
            page.c.site_id == site_id, page.c.state == "missing", page.c.missing_since <= until, _WATCHED
        )
        return [PageRow(**row._mapping) for row in self._connection.execute(query.order_by(page.c.id))]

    def update(self, page_id: int, **values: Any) -> None:
        self._connection.execute(_update(tuple(values)), {"wanted": page_id, **values})

    def next_due(self, site_id: int) -> datetime | None:
        query = sa.select(sa.func.min(page.c.due_at)).where(page.c.site_id == site_id, _WATCHED)
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def read_since(self, site_id: int, since: datetime) -> list[int]:
        """Pages of the site that were read at this time or later."""
        query = sa.select(page.c.id).where(page.c.site_id == site_id, page.c.read_at >= since)
        return list(self._connection.execute(query).scalars())

    def last_read(self, site_id: int, before: datetime) -> datetime | None:
        """When any page of the site was read last before that time."""
        query = sa.select(sa.func.max(page.c.read_at)).where(
            page.c.site_id == site_id, page.c.read_at < before
        )
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def refused_since(self, site_id: int, since: datetime) -> int:
        """How many pages of the site are refused, since that time or later."""
        query = sa.select(sa.func.count()).where(
            page.c.site_id == site_id, page.c.state == "blocked", page.c.trouble_since >= since, _WATCHED
        )
        return int(self._connection.execute(query).scalar_one())

    def states(self, site_id: int) -> list[StateCount]:
        query = (
            sa.select(
                page.c.state,
                sa.func.count().label("pages"),
                sa.func.sum(sa.case((page.c.trouble.is_(None), 0), else_=1)).label("unasked"),
                sa.func.min(page.c.trouble_since).label("trouble_since"),
            )
            .where(page.c.site_id == site_id, _WATCHED)
            .group_by(page.c.state)
        )
        return [StateCount(**row._mapping) for row in self._connection.execute(query)]

    def standing(self, site_id: int) -> tuple[int, int]:
        """How many pages of the site stand as they were read, of how many that were asked and not removed."""
        read, asked = self._connection.execute(_STANDING, {"site": site_id}).one()
        return int(read), int(asked)

    def troubles(self, site_id: int) -> list[TroubleRow]:
        query = (
            sa.select(
                page.c.trouble.label("detail"),
                sa.func.count().label("pages"),
                sa.func.min(page.c.trouble_since).label("since"),
                sa.func.min(page.c.url).label("example"),
            )
            .where(page.c.site_id == site_id, page.c.trouble.is_not(None))
            .where(page.c.state != "removed", _WATCHED)
            .group_by(page.c.trouble)
            .order_by(sa.desc("pages"), page.c.trouble)
        )
        return [TroubleRow(**row._mapping) for row in self._connection.execute(query)]

    # ── twins ─────────────────────────────────────────────────────────────────────────────────────

    def twin(self, row: PageRow, text_fingerprint: str) -> PageRow | None:
        """Another page of the site whose text today is this."""
        wanted = {"text": text_fingerprint, "site": row.site_id, "page": row.id}
        found = self._connection.execute(_TWIN, wanted).first()
        return PageRow(**found._mapping) if found else None

    def titled(self, row: PageRow, title: str, most: int) -> list[PageRow]:
        """Other pages of the site that were read last under this headline; the newest first."""
        query = (
            sa.select(*_PAGE)
            .where(
                page.c.site_id == row.site_id,
                page.c.id != row.id,
                page.c.title == title,
                page.c.version_id.is_not(None),
            )
            .order_by(page.c.id.desc())
            .limit(most)
        )
        return [PageRow(**found._mapping) for found in self._connection.execute(query)]

    def in_trouble(self, row: PageRow) -> bool:
        """Whether any other page of the site is in trouble."""
        return self._connection.execute(_TROUBLED, {"site": row.site_id, "page": row.id}).first() is not None

    def sharing(self, row: PageRow, text_fingerprint: str, trouble: str) -> int:
        """How many other pages of the site carry this text today, or are in this trouble."""
        wanted = {"site": row.site_id, "page": row.id}
        carrying = self._connection.execute(_CARRYING, {**wanted, "text": text_fingerprint}).scalars()
        troubled = self._connection.execute(_IN_TROUBLE, {**wanted, "trouble": trouble}).scalars()
        return len({*carrying, *troubled})

    # ── versions ────────────────────────────────────────────────────────────────────────────────

    def version(self, version_id: int) -> VersionRow:
        row = self._connection.execute(_VERSION_BY_ID, {"wanted": version_id}).one()
        return VersionRow(**row._mapping)

    def versions(self, page_id: int) -> list[VersionRow]:
        query = sa.select(*_VERSION).where(version.c.page_id == page_id).order_by(version.c.number)
        return [VersionRow(**row._mapping) for row in self._connection.execute(query)]

    def add_version(self, page_id: int, **values: Any) -> int:
        row = {"page_id": page_id, **values}
        return int(self._connection.execute(_ADD_VERSION, row).scalar_one())

    def restate_version(self, version_id: int, fingerprint: str, text_fingerprint: str) -> None:
        """The same text read by newer rules has another fingerprint: keep that one."""
        self._connection.execute(
            version.update().where(version.c.id == version_id),
            {"fingerprint": fingerprint, "text_fingerprint": text_fingerprint},
        )
