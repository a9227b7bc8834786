"""A passage that a letter tells of a site is not shown again with each page that carries it.

The events themselves stay as they are; this is what the letter makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from crawler.digest import edits
from crawler.digest.arrange import in_full
from crawler.text import fold
from crawler.values import Digest, Edit, EditKind, Event, Kind, Op, Segment

_Sides = tuple[str, str]  # of a paragraph, folded; "" where it was not there
_IN_TEXT = {EditKind.NAME, EditKind.QUOTE}


def once(digest: Digest) -> Digest:
    """The digest to be drawn: pages without the paragraphs and edits that an event of their site shows."""
    full = in_full(digest)
    told: dict[str, set[_Sides]] = {}
    for event in digest.events:
        if event.kind is Kind.BOILERPLATE and event.id in full:
            told.setdefault(event.site, set()).update(sides for sides, _ in _paragraphs(event.redline))
    if not told:
        return digest
    events = tuple(
        event if event.kind is Kind.BOILERPLATE else _without(event, told.get(event.site, set()))
        for event in digest.events
    )
    return replace(digest, events=events)


def _paragraphs(redline: Iterable[Segment]) -> list[tuple[_Sides, tuple[Segment, ...]]]:
    rows = [tuple(group) for _, group in groupby(redline, key=lambda segment: segment.paragraph)]
    return [(_sides(row), row) for row in rows]


def _sides(row: Iterable[Segment]) -> _Sides:
    segments = tuple(row)
    before, after = (
        "".join(segment.text for segment in segments if segment.op is not other)
        for other in (Op.INSERT, Op.DELETE)
    )
    return fold(before), fold(after)


def _without(event: Event, told: set[_Sides]) -> Event:
    rows = _paragraphs(event.redline)
    hidden = [sides for sides, row in rows if sides in told and any(s.op is not Op.KEEP for s in row)]
    left = [(sides, row) for sides, row in rows if sides not in hidden]
    shown = tuple(
        edit for edit in event.edits if not _is_told(edit, told, hidden, [sides for sides, _ in left])
    )
    if not hidden and len(shown) == len(event.edits):
        return event
    words, counted = edits.shown_anyway(event), _counted(hidden)
    return replace(
        event,
        redline=tuple(segment for _, row in left for segment in row),
        edits=shown,
        reasons=tuple(
            reason
            for reason in event.reasons
            if reason not in counted and not any(word in reason.lower() for word in words)
        ),
    )


def _is_told(edit: Edit, told: set[_Sides], hidden: list[_Sides], left: list[_Sides]) -> bool:
    """Whether the edit is one of the site's, or stands in its paragraphs and nowhere else on the page."""
    sides = fold(edit.before or ""), fold(edit.after or "")
    if edit.kind not in _IN_TEXT:
        return sides in told

    def within(rows: list[_Sides], side: int) -> bool:
        return any(sides[side] in row[side] for row in rows)

    return all(within(hidden, side) and not within(left, side) for side in (0, 1) if sides[side])


def _counted(hidden: list[_Sides]) -> list[str]:
    """The reasons that count the hidden paragraphs and no other."""
    done = ["added" if not before else "replaced" if after else "taken out" for before, after in hidden]
    return [
        f"{f'{count} passages were' if count > 1 else 'a passage was'} {what}"
        for what in ("added", "replaced", "taken out")
        if (count := done.count(what))
    ]
