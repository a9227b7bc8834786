"""What came, went or changed alike on several pages at once: a happening of the site, not of its pages.

It reads what page events tell (redline, edits); articles are compared in `change`.

A piece is a paragraph that came, went or was replaced, or a link, a document or a contact that did. It is the
site's where at least LEAST pages show it within WITHIN, and they are most of the pages that changed since the
first of them. Pages of one headline count once: they are copies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from crawler.text import fold
from crawler.values import Edit, EditKind, Event, Figure, Kind, Op, Segment

LEAST = 3
WITHIN = timedelta(days=1)
KNOWN = timedelta(days=90)  # for which a page that shows a passage told already is part of that event

_OF_TEXT = {Kind.CHANGED, Kind.WITHDRAWN, Kind.REVERTED}
_BESIDE = {EditKind.LINK, EditKind.DOCUMENT, EditKind.CONTACT}
# what reasons tell that no redline shows; where it is no edit either, only the same words are the same
_UNSHOWN = ("link", "contact", "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that differs, folded; "" where it was not there."""

    before: str
    after: str
    unshown: bool = False  # known by a reason's words alone

    @property
    def backwards(self) -> Piece:
        return Piece(before=self.after, after=self.before, unshown=self.unshown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A page's event, as far as it matters here."""

    seq: int
    event: Event
    pieces: Mapping[Piece, tuple[Segment, ...]]  # each with how it is shown
    whole: bool  # its pieces are all there is to it

    @property
    def page(self) -> str:
        return self.event.canonical_url or self.event.url or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A happening of the site: what is alike, the pages, and the events that hold nothing else."""

    what: str  # came, went or changed
    redline: tuple[Segment, ...]
    figures: tuple[Figure, ...]  # where they are all in it
    reasons: tuple[str, ...]  # of its parts, that no redline shows
    pages: tuple[str, ...]
    language: str | None  # of the pages' events, where it is one
    first: Event
    parts: tuple[int, ...]  # their numbers in the ledger


def altered(seq: int, event: Event) -> Altered:
    """What an event tells, in pieces."""
    found = dict(passages(event.redline))
    beside = [edit for edit in event.edits if edit.kind in _BESIDE]
    for edit in beside:
        found[Piece(before=fold(edit.before or ""), after=fold(edit.after or ""))] = _shown(edit)
    edited = {edit.kind.value for edit in beside}
    for reason in event.reasons:
        if any(word in reason and word not in edited for word in _UNSHOWN):
            found[_unshown(reason)] = ()
    whole = set(event.facts) <= _OF_TEXT and event.title_before is None and event.published_before is None
    return Altered(seq=seq, event=event, pieces=found, whole=whole and bool(found))


def passages(redline: Iterable[Segment]) -> Iterator[tuple[Piece, tuple[Segment, ...]]]:
    """The changed paragraphs of a redline, each with its segments."""
    for _, group in groupby(redline, key=lambda segment: segment.paragraph):
        row = tuple(group)
        before = "".join(segment.text for segment in row if segment.op is not Op.INSERT)
        after = "".join(segment.text for segment in row if segment.op is not Op.DELETE)
        if any(segment.op is not Op.KEEP for segment in row):
            yield Piece(before=fold(before), after=fold(after)), row


def _shown(edit: Edit) -> tuple[Segment, ...]:
    sides = ((Op.DELETE, edit.before), (Op.INSERT, edit.after))
    return tuple(Segment(op=op, text=text, paragraph=0) for op, text in sides if text)


def _unshown(reason: str) -> Piece:
    return Piece(before="", after=reason, unshown=True)


def suspected(found: Sequence[Altered], known: Container[Piece], since: datetime) -> bool:
    """Whether a few more pages are worth asking: some show the same since then, and one more settles it."""
    anew = {piece for one in found if one.event.seen_at >= since for piece in one.pieces}
    return any(
        len(titles) == LEAST - 1 and piece in anew and piece not in known
        for piece, titles in _titles(found).items()
    )


def standing(
    found: Sequence[Altered],
    carriers: Mapping[Piece, frozenset[str]],
    known: frozenset[Piece],
    least: int = LEAST,
) -> Standing | None:
    """What is alike on several pages among the events of WITHIN; None where nothing is.

    `carriers` are further pages that came to carry a passage meanwhile, and are no event: what recurs is
    no part of an article. `known` was told of the site before; `least` pages make it the site's.
    """
    shared = [
        piece
        for piece, titles in _titles(found).items()
        if piece not in known and _is_shared(piece, found, titles, carriers.get(piece, frozenset()), least)
    ]
    if not shared:
        return None
    having = [one for one in found if any(piece in one.pieces for piece in shared)]
    first = min(having, key=lambda one: (one.event.seen_at, one.seq))
    rows = [next(one.pieces[piece] for one in having if piece in one.pieces) for piece in shared]
    alike = {*shared, *known, *_same_reasons(having)}
    more = (carriers.get(piece, frozenset()) for piece in shared)
    parts = [one for one in having if one.whole and set(one.pieces) <= alike]
    languages = {one.event.language for one in having}
    return Standing(
        what=_what(shared),
        redline=tuple(
            Segment(op=segment.op, text=segment.text, paragraph=at)
            for at, row in enumerate(rows)
            for segment in row
        ),
        figures=parts[0].event.figures if parts else (),
        reasons=tuple(sorted(piece.after for piece in alike if piece.unshown)),
        pages=tuple(sorted({one.page for one in having}.union(*more))),
        language=languages.pop() if len(languages) == 1 else None,
        first=first.event,
        parts=tuple(one.seq for one in parts),
    )


def _what(shared: Sequence[Piece]) -> str:
    if not any(piece.before for piece in shared):
        return "came"
    return "changed" if any(piece.after for piece in shared) else "went"


def _titles(found: Sequence[Altered]) -> dict[Piece, set[str]]:
    titles: dict[Piece, set[str]] = {}
    for one in found:
        for piece in one.pieces:
            if not piece.unshown:
                titles.setdefault(piece, set()).add(fold(one.event.title))
    return titles


def _is_shared(
    piece: Piece, found: Sequence[Altered], titles: set[str], carriers: frozenset[str], least: int
) -> bool:
    having = [one for one in found if piece in one.pieces]
    since = min(one.event.seen_at for one in having)
    more = len(carriers - {one.page for one in having})
    changed = {fold(one.event.title) for one in found if one.event.seen_at >= since}
    return len(titles) + more >= least and 2 * (len(titles) + more) > len(changed) + more


def _same_reasons(having: Sequence[Altered]) -> set[Piece]:
    counts = Counter(piece for one in having for piece in one.pieces if piece.unshown)
    return {piece for piece, count in counts.items() if 2 * count > len(having)}


def part_of(one: Altered, told: Sequence[tuple[int, frozenset[Piece]]]) -> int | None:
    """The site's event, of those told within KNOWN (newest first), that a page's event says no more than.

    Where a passage came and went again, the newest event that knows it decides.
    """
    for seq, pieces in told:
        if one.whole and set(one.pieces) <= pieces:
            return seq
        if any(piece in pieces or piece.backwards in pieces for piece in one.pieces):
            return None
    return None


def known(found: Sequence[Altered], told: Sequence[tuple[int, frozenset[Piece]]]) -> frozenset[Piece]:
    """What of these events the newest of the site's events that know it tells too."""
    result = set()
    for piece in {piece for one in found for piece in one.pieces}:
        newest = next((pieces for _, pieces in told if piece in pieces or piece.backwards in pieces), None)
        if newest is not None and piece in newest:
            result.add(piece)
    return frozenset(result)


def pieces_of(event: Event) -> frozenset[Piece]:
    """What a site's event tells."""
    shown = {piece for piece, _ in passages(event.redline)}
    return frozenset(shown | {_unshown(reason) for reason in event.reasons})
