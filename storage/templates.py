"""What pages tell of their sites' templates: one row a page, replaced as the page is read anew.

What is in the marks is the crawler's; here they are bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import LayoutCount, TemplateRow
from storage.schema import template


@cache
def _update(names: tuple[str, ...]) -> sa.Update:
    """Sets these columns of what a page tells; built once."""
    known = template.c.page_id == sa.bindparam("wanted")
    return template.update().where(known).values({name: sa.bindparam(name) for name in names})


_INSERT = template.insert()
_FORGET = template.delete().where(template.c.page_id == sa.bindparam("page"))


class Templates:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_site(self, site_id: int, language: str) -> list[TemplateRow]:
        """What the pages of a site in one language tell, the one learned first first."""
        columns = [template.c[name] for name in TemplateRow.__dataclass_fields__]
        query = (
            sa.select(*columns)
            .where(template.c.site_id == site_id, template.c.language == language)
            .order_by(template.c.seen_at, template.c.page_id)
        )
        return [TemplateRow(**row._mapping) for row in self._connection.execute(query)]

    def keep(self, row: TemplateRow, *, site_id: int, language: str, now: datetime) -> None:
        """What a page tells from now on."""
        values = {"site_id": site_id, "language": language, "marks": row.marks, "seen_at": now}
        values |= {"layout": row.layout} | ({"fitted": row.layout} if row.layout else {})
        known = {"wanted": row.page_id, **values}
        if not self._connection.execute(_update(tuple(values)), known).rowcount:
            self._connection.execute(_INSERT, {"page_id": row.page_id, **values})

    def restyle(self, page_id: int, now: datetime, *, explained: bool) -> None:
        """A page came in another template; `explained` by a redesign that was told before."""
        values = {"restyled_at": now} | ({} if explained else {"redesigned_at": now})
        self._connection.execute(template.update().where(template.c.page_id == page_id), values)

    def restyled(self, site_id: int, since: datetime) -> dict[int, datetime]:
        """Pages that came in another template since then, and when."""
        query = sa.select(template.c.page_id, template.c.restyled_at).where(
            template.c.site_id == site_id, template.c.restyled_at >= since
        )
        return {row.page_id: row.restyled_at for row in self._connection.execute(query)}

    def redesigned(self, site_id: int, after: datetime) -> list[tuple[int, datetime]]:
        """Those after that time that no redesign explains, the first of them first."""
        query = (
            sa.select(template.c.page_id, template.c.redesigned_at)
            .where(template.c.site_id == site_id, template.c.redesigned_at > after)
            .order_by(template.c.redesigned_at, template.c.page_id)
        )
        return [(row.page_id, row.redesigned_at) for row in self._connection.execute(query)]

    def forget(self, page_ids: Sequence[int]) -> None:
        if page_ids:
            self._connection.execute(_FORGET, [{"page": page_id} for page_id in page_ids])

    def layouts(self, site_id: int) -> list[LayoutCount]:
        """How many pages of a site each layout fits, or fitted."""
        query = (
            sa.select(
                template.c.layout,
                template.c.fitted,
                sa.func.count().label("pages"),
                sa.func.min(template.c.seen_at).label("since"),
            )
            .where(template.c.site_id == site_id)
            .group_by(template.c.layout, template.c.fitted)
            .order_by(sa.desc("pages"), template.c.fitted)
        )
        return [LayoutCount(**row._mapping) for row in self._connection.execute(query)]

    def newest_layouts(self, site_id: int, most: int) -> list[str | None]:
        """The layouts of the pages that became as they are last; None where none fits."""
        query = (
            sa.select(template.c.layout)
            .where(template.c.site_id == site_id)
            .order_by(template.c.seen_at.desc(), template.c.page_id.desc())
            .limit(most)
        )
        return list(self._connection.execute(query).scalars())
