"""Events between their value and their stored form. The stored form is what `events --json` prints."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from datetime import datetime
from typing import Any

from crawler.values import (
    Disagreement,
    Edit,
    EditKind,
    Event,
    Evidence,
    Figure,
    Kind,
    Op,
    Reading,
    Segment,
    iso,
    plain,
)
from storage.rows import EventRow

_FIELDS = frozenset(field.name for field in fields(Event))


def event_id(site: str, canonical_url: str, before: Evidence | None, after: Evidence | None) -> str:
    """Stable when the ledger is built again: of site, address and evidence, not of what we make of it."""
    sides = [f"{side.hash}|{side.status}|{iso(side.time)}" if side else "" for side in (before, after)]
    return hashlib.sha256("\n".join([site, canonical_url, *sides]).encode()).hexdigest()[:24]


def payload(event: Event) -> dict[str, Any]:
    """The event as JSON data: the keys of the command line's contract first, then what letters need."""
    data: dict[str, Any] = plain(event)
    data["evidence"] = {"before": data.pop("before"), "after": data.pop("after")}
    first = ("id", "kind", "url", "canonical_url", "site", "language", "title", "published", "seen_at")
    return {key: data[key] for key in first} | data


def event_of(row: EventRow) -> Event:
    """The event of a stored row, its canonical address being today's."""
    return event_from(as_json(row))


def event_from(stored: dict[str, Any]) -> Event:
    """The event of its stored form; what was added to that for show is left out."""
    data = {key: value for key, value in stored.items() if key in _FIELDS}
    evidence = stored["evidence"]
    return Event(
        **{
            **data,
            "kind": Kind(data["kind"]),
            "facts": tuple(Kind(fact) for fact in data["facts"]),
            "seen_at": _time(data["seen_at"]),
            "between": tuple(_time(side) for side in data["between"]),
            "figures": tuple(Figure(**figure) for figure in data["figures"]),
            "redline": tuple(
                Segment(op=Op(segment["op"]), text=segment["text"], paragraph=segment["paragraph"])
                for segment in data["redline"]
            ),
            "reasons": tuple(data["reasons"]),
            "before": _evidence(evidence["before"]),
            "after": _evidence(evidence["after"]),
            "edits": tuple(
                Edit(**{**edit, "kind": EditKind(edit["kind"])}) for edit in data.get("edits", ())
            ),
            "back_to": _evidence(data.get("back_to")),
            "disagreements": tuple(
                Disagreement(**{**item, "figure": Figure(**item["figure"])})
                for item in data.get("disagreements", ())
            ),
            "homes": tuple(data.get("homes", ())),
            "still_at": tuple(data.get("still_at", ())),
            "editions": tuple(data.get("editions", ())),
            "last_read": tuple(
                Reading(url=item["url"], at=datetime.fromisoformat(item["at"]))
                for item in data.get("last_read", ())
            ),
            "pages": tuple(data.get("pages", ())),
        }
    )


def as_json(row: EventRow) -> dict[str, Any]:
    """The stored form with today's canonical address; of what was announced, with the homes found since."""
    today = row.page_url if row.page_url and row.kind != Kind.MOVED else row.payload["canonical_url"]
    data = {**row.payload, "canonical_url": today}
    if row.homes and row.kind in (Kind.NEW, Kind.TRANSLATION):
        data["homes"] = list(dict.fromkeys((*data.get("homes", ()), *row.homes)))
    return data


def _evidence(data: dict[str, Any] | None) -> Evidence | None:
    if data is None:
        return None
    return Evidence(hash=data["hash"], status=data["status"], time=datetime.fromisoformat(data["time"]))


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
