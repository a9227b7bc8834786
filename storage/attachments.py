"""The documents that releases offer today, each with what was learned of its file.

The files themselves are not kept, their hashes are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import AttachmentRow
from storage.schema import attachment, page

_ATTACHMENT = [attachment.c[name] for name in AttachmentRow.__dataclass_fields__]
_OFFERED = sa.select(attachment.c.url).where(attachment.c.page_id == sa.bindparam("page"))


class Attachments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, page_id: int, urls: Iterable[str], now: datetime) -> None:
        """A page offers these documents, and no others. What is known of a file stays known."""
        wanted = dict.fromkeys(urls)
        known = set(self._connection.execute(_OFFERED, {"page": page_id}).scalars())
        for url in known - wanted.keys():
            self._connection.execute(
                attachment.delete().where(attachment.c.page_id == page_id, attachment.c.url == url)
            )
        rows = [{"page_id": page_id, "url": url, "due_at": now} for url in wanted if url not in known]
        if rows:
            self._connection.execute(attachment.insert(), rows)

    def due(self, site_id: int, now: datetime, *, most: int) -> list[AttachmentRow]:
        """Documents to look at, the longest due first, then those of the newest pages."""
        query = (
            sa.select(*_ATTACHMENT)
            .join(page, page.c.id == attachment.c.page_id)
            .where(page.c.state == "read", page.c.left_out_since.is_(None), attachment.c.due_at <= now)
            .where(page.c.site_id + 0 == site_id)  # so that SQLite does not walk all pages of the site for it
            .where(attachment.c.hash.is_(None) | (attachment.c.hash != ""))
            .order_by(attachment.c.due_at, attachment.c.page_id.desc(), attachment.c.url)
            .limit(most)
        )
        return [AttachmentRow(**row._mapping) for row in self._connection.execute(query)]

    def holds(self, page_ids: Collection[int], digest: str) -> bool:
        """Whether one of these pages offers the file with this hash."""
        query = sa.select(attachment.c.url).where(
            attachment.c.page_id.in_(page_ids), attachment.c.hash == digest
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def update(self, row: AttachmentRow, **values: Any) -> None:
        self._connection.execute(
            attachment.update().where(attachment.c.page_id == row.page_id, attachment.c.url == row.url),
            values,
        )
