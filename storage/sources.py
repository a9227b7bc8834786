"""Sites, their sources, the sources' last documents, and the baselines of what was there already."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bodies import pack, unpack
from storage.errors import DamagedError
from storage.rows import BaselineRow, DocumentRow, SiteRow, SourceRow
from storage.schema import baseline, crowd, document, listed, page, site, source

_SOURCE = [source.c[name] for name in SourceRow.__dataclass_fields__]
_BASELINE_SINCE = sa.select(baseline.c.since).where(baseline.c.id == sa.bindparam("wanted"))


class Sources:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sites(self) -> list[SiteRow]:
        rows = self._connection.execute(sa.select(site).order_by(site.c.id))
        return [SiteRow(**row._mapping) for row in rows]

    def site(self, name: str) -> SiteRow | None:
        row = self._connection.execute(sa.select(site).where(site.c.name == name)).first()
        return SiteRow(**row._mapping) if row else None

    def add_site(self, name: str, now: datetime) -> SiteRow:
        new = self._connection.execute(site.insert().returning(site.c.id), {"name": name, "since": now})
        return SiteRow(
            id=new.scalar_one(),
            name=name,
            since=now,
            refused_since=None,
            blocked_since=None,
            redesigned_at=None,
            scope=None,
        )

    def update_site(self, site_id: int, **values: Any) -> None:
        self._connection.execute(site.update().where(site.c.id == site_id), values)

    def of_site(self, site_id: int) -> list[SourceRow]:
        rows = self._connection.execute(
            sa.select(*_SOURCE).where(source.c.site_id == site_id).order_by(source.c.id)
        )
        return [SourceRow(**row._mapping) for row in rows]

    def add(self, site_id: int, url: str, baseline_id: int) -> None:
        self._connection.execute(
            source.insert(), {"site_id": site_id, "url": url, "baseline_id": baseline_id, "unread": []}
        )

    def update(self, source_id: int, **values: Any) -> None:
        self._connection.execute(source.update().where(source.c.id == source_id), values)

    def drop(self, source_id: int) -> None:
        """Forget a source that the configuration no longer names; its pages stay."""
        for table in (listed, document, crowd):
            self._connection.execute(table.delete().where(table.c.source_id == source_id))
        self._connection.execute(source.delete().where(source.c.id == source_id))

    def document(self, source_id: int, url: str) -> DocumentRow | None:
        """The last answer of one of a source's documents; None where it is damaged, and to be read anew."""
        columns = [document.c[name] for name in DocumentRow.__dataclass_fields__]
        query = sa.select(*columns).where(document.c.source_id == source_id, document.c.url == url)
        row = self._connection.execute(query).first()
        try:
            return DocumentRow(**{**row._mapping, "body": unpack(row.body)}) if row else None
        except DamagedError:
            return None

    def keep_document(self, source_id: int, row: DocumentRow, now: datetime) -> None:
        self._connection.execute(
            document.delete().where(document.c.source_id == source_id, document.c.url == row.url)
        )
        values = {name: getattr(row, name) for name in DocumentRow.__dataclass_fields__}
        self._connection.execute(
            document.insert(), {**values, "body": pack(row.body), "source_id": source_id, "read_at": now}
        )

    def forget_documents(self, source_id: int, *, keep: Collection[str]) -> None:
        """Drop the documents that the source no longer has."""
        urls = self._connection.execute(
            sa.select(document.c.url).where(document.c.source_id == source_id)
        ).scalars()
        for url in [url for url in urls if url not in keep]:
            self._connection.execute(
                document.delete().where(document.c.source_id == source_id, document.c.url == url)
            )

    # ── baselines ───────────────────────────────────────────────────────────────────────────────

    def add_baseline(self, site_id: int, now: datetime, what: str | None) -> int:
        return int(
            self._connection.execute(
                baseline.insert().returning(baseline.c.id),
                {"site_id": site_id, "since": now, "source": what},
            ).scalar_one()
        )

    def baseline_of(self, site_id: int, now: datetime, what: str) -> int:
        """The baseline that began now for that reason, made where it is the first page of it."""
        query = sa.select(baseline.c.id).where(
            baseline.c.site_id == site_id, baseline.c.since == now, baseline.c.source == what
        )
        found: int | None = self._connection.execute(query).scalar()
        return found or self.add_baseline(site_id, now, what)

    def baseline_since(self, baseline_id: int) -> datetime:
        since: datetime = self._connection.execute(_BASELINE_SINCE, {"wanted": baseline_id}).scalar_one()
        return since

    def baselines(self, *, after: int = 0) -> list[BaselineRow]:
        """Baselines with what they found; those that found nothing are left out."""
        unread = sa.func.sum(sa.case((page.c.version_id.is_(None), 0), else_=1))
        query = (
            sa.select(
                baseline.c.id,
                site.c.name.label("site"),
                baseline.c.since,
                baseline.c.source,
                sa.func.count(page.c.id).label("found"),
                unread.label("read"),
            )
            .join(site, site.c.id == baseline.c.site_id)
            .join(page, page.c.baseline_id == baseline.c.id)
            .where(baseline.c.id > after)
            .group_by(baseline.c.id, site.c.name, baseline.c.since, baseline.c.source)
            .order_by(baseline.c.id)
        )
        return [BaselineRow(**row._mapping) for row in self._connection.execute(query)]

    # ── who knows what ──────────────────────────────────────────────────────────────────────────

    def unnamed(self, site_id: int, source_id: int) -> int:
        """How many pages of the site other sources name and this one does not."""
        here = sa.select(listed.c.page_id).where(listed.c.source_id == source_id)
        query = (
            sa.select(sa.func.count(sa.distinct(listed.c.page_id)))
            .join(page, page.c.id == listed.c.page_id)
            .where(page.c.site_id == site_id, page.c.state != "removed", listed.c.page_id.not_in(here))
        )
        return int(self._connection.execute(query).scalar_one())

    def named(self, source_id: int) -> int:
        """How many pages the source names."""
        query = sa.select(sa.func.count()).select_from(listed).where(listed.c.source_id == source_id)
        return int(self._connection.execute(query).scalar_one())
