"""What pacing learned: rates by age of each class of page, and each site's price, purse and tally."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import HazardRow, SitePaceRow
from storage.schema import attachment, hazard, listed, page, site, site_pace, source

_SITE = [site_pace.c[name] for name in SitePaceRow.__dataclass_fields__]
_HAZARD = [hazard.c[name] for name in HazardRow.__dataclass_fields__]


class Pacing:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hazards(self) -> list[HazardRow]:
        return [HazardRow(**row._mapping) for row in self._connection.execute(sa.select(*_HAZARD))]

    def add_to_hazards(self, rows: Iterable[HazardRow]) -> None:
        """Add these edits and hours to what is there."""
        for row in rows:
            same = (hazard.c.kind == row.kind) & (hazard.c.bin == row.bin)
            added = self._connection.execute(
                hazard.update()
                .where(same)
                .values(found=hazard.c.found + row.found, watched=hazard.c.watched + row.watched)
            )
            if not added.rowcount:
                values = {name: getattr(row, name) for name in HazardRow.__dataclass_fields__}
                self._connection.execute(hazard.insert(), values)

    def of_site(self, site_id: int) -> SitePaceRow | None:
        found = self._connection.execute(sa.select(*_SITE).where(site_pace.c.site_id == site_id)).first()
        return SitePaceRow(**found._mapping) if found else None

    def keep_site(self, row: SitePaceRow) -> None:
        self._connection.execute(site_pace.delete().where(site_pace.c.site_id == row.site_id))
        values = {name: getattr(row, name) for name in SitePaceRow.__dataclass_fields__}
        self._connection.execute(site_pace.insert(), values)

    def pages(self, site_id: int) -> int:
        """How many pages of a site are watched."""
        known = sa.select(sa.func.count()).where(page.c.site_id == site_id)
        left_out = known.where(page.c.left_out_since.is_not(None))  # each by an index alone
        counts = [int(self._connection.execute(query).scalar_one()) for query in (known, left_out)]
        return counts[0] - counts[1]

    def found(self, site_id: int, *, most: int) -> list[datetime]:
        """When the site's newest releases were found, in order; those that were there at first left out."""
        query = (
            sa.select(page.c.since)
            .where(page.c.site_id == site_id, page.c.baseline_id.is_(None), page.c.version_id.is_not(None))
            .where(page.c.left_out_since.is_(None))
            .order_by(page.c.id.desc())
            .limit(most)
        )
        return sorted(self._connection.execute(query).scalars())

    def signals(self, page_ids: list[int]) -> list[tuple[int, int, datetime]]:
        """(page, source, since when the source names it as it does now) of these pages."""
        query = sa.select(listed.c.page_id, listed.c.source_id, listed.c.seen_at).where(
            listed.c.page_id.in_(page_ids)
        )
        return [(row.page_id, row.source_id, row.seen_at) for row in self._connection.execute(query)]

    def asked_tomorrow(self, site_id: int, now: datetime) -> bool:
        """Whether any page of the site was asked at a time to come."""
        ahead = sa.select(page.c.id).where(page.c.site_id == site_id, page.c.asked_at > now)
        ahead = ahead.where(page.c.left_out_since.is_(None)).limit(1)
        return self._connection.execute(ahead).first() is not None

    def forget_tomorrow(self, site_id: int, now: datetime) -> None:
        """The clock was ahead: what was asked at times to come is due now, and what has been so since a time
        to come has been so since now."""
        ours = page.c.site_id == site_id
        pages = sa.select(page.c.id).where(ours)
        self._connection.execute(page.update().where(ours, page.c.asked_at > now), {"due_at": now})
        self._connection.execute(
            attachment.update().where(attachment.c.page_id.in_(pages), attachment.c.asked_at > now),
            {"due_at": now},
        )
        self._connection.execute(source.update().where(source.c.site_id == site_id), {"due_at": None})
        for table, own, names in (
            (page, ours, ("missing_since", "trouble_since", "unlisted_since")),
            (source, source.c.site_id == site_id, ("trouble_since",)),
            (site, site.c.id == site_id, ("refused_since", "blocked_since")),
        ):
            for name in names:
                self._connection.execute(table.update().where(own, table.c[name] > now), {name: now})
