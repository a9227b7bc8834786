"""An event with all it rests on: what both sides answered, headers and all, and the event it is part of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crawler.cycle.events import as_json
from storage.rows import EventRow
from storage.store import Session


def with_evidence(session: Session, row: EventRow) -> dict[str, Any]:
    """The event as JSON data: the stored form, with the headers of both sides' answers and `part_of`."""
    data = as_json(row)
    page_id = row.page_id
    if page_id is None and data.get("pages"):  # of a site's event: the answer of its first page since then
        first = session.pages.find(row.site_id, data["pages"][0])
        page_id = first.id if first is not None else None
    data["evidence"] = {
        side: known and {**known, "headers": _headers(session, page_id, known["time"], row)}
        for side, known in data["evidence"].items()
    }
    data["part_of"] = session.ledger.id_of(row.part_of) if row.part_of is not None else None
    return data


def _headers(session: Session, page_id: int | None, time: str, row: EventRow) -> list[list[str]]:
    if page_id is None:
        return []
    at = datetime.fromisoformat(time)
    return session.ledger.headers(page_id, at, later=row.page_id is None)
