"""Finds what stands in quotation marks, in any style of them, and which of it an edit changed.

It knows no language and no speaker; a block quote is a quotation without marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from crawler.compare.alignment import Run
from crawler.compare.redline import Row
from crawler.compare.words import Words
from crawler.text import fold
from crawler.values import Edit, EditKind, PassageKind

SPOKEN = 3  # words: fewer in quotation marks are a term or a title
_ALIKE = 0.3  # share of words by which one quotation is another, edited
_OPENING, _CLOSING = frozenset("“‘«‹"), frozenset("”’»›")
_OPENERS = frozenset("([{-:")  # after these a mark opens, though no space stands between

Span = tuple[int, int]  # tokens, the marks left out


def quotations(words: Words) -> list[Span]:
    """Quotations in reading order. Folded marks all look alike, so that it is the space around a mark
    that tells whether it opens or closes; one that is not closed lasts to the end, as in a quote of
    several paragraphs."""
    if not words.marked:
        return []
    found: list[Span] = []
    start, depth, mark = -1, 0, ""
    for at, key in enumerate(words.keys):
        if key not in ('"', "'") or (mark == '"' and key != mark):
            continue
        opens, closes = _opens(words, at), _closes(words, at)
        if not (opens or closes):  # where no spaces are set, the sign itself says it
            opens, closes = words.texts[at] in _OPENING, words.texts[at] in _CLOSING
        if start < 0:
            if opens and (key == '"' or not closes):
                start, depth, mark = at + 1, 1, key
        elif key == '"' and mark == "'":  # an apostrophe was taken for a quotation
            start, mark = at + 1, key
        elif opens and not closes:
            depth += 1
        elif closes:
            depth -= 1
            if not depth:
                found.append((start, at))
                start, mark = -1, ""
    if start >= 0 and mark == '"':
        found.append((start, len(words.keys)))
    return [(start, end) for start, end in found if start < end]


def _opens(words: Words, at: int) -> bool:
    if at + 1 == len(words.keys) or words.spaced[at + 1]:
        return False
    return at == 0 or words.spaced[at] or words.keys[at - 1] in _OPENERS or _unspaced(words, at)


def _closes(words: Words, at: int) -> bool:
    if at == 0 or words.spaced[at]:
        return False
    last = at + 1 == len(words.keys)
    return last or words.spaced[at + 1] or not words.keys[at + 1][0].isalnum() or _unspaced(words, at)


def _unspaced(words: Words, at: int) -> bool:
    """Whether a mark stands between two letters: in a script without spaces, after an Arabic prefix."""
    around = words.keys[at - 1 : at] + words.keys[at + 1 : at + 2]
    return words.keys[at] == '"' and len(around) == 2 and all(key[0].isalnum() for key in around)


def quoted(row: Row, words: Words) -> list[Span]:
    """The quotations of one side of a row."""
    found = quotations(words)
    return found or ([(0, len(words.keys))] if row.kind is PassageKind.QUOTE and words.keys else [])


def changed(row: Row, runs: Sequence[Run]) -> Iterator[Edit]:
    """The quotations of an edited row that these of its runs touch, before and after."""
    if row.words_before is None or row.words_after is None:
        return
    b, a = row.words_before, row.words_after
    was, now = quoted(row, b), quoted(row, a)
    if not was and not now:
        return
    lost, gained = _differing(b, was, a, now)
    for before, after in _pairs(b, lost, a, gained):
        if any(meet([before], run.b0, run.b1) or meet([after], run.a0, run.a1) for run in runs):
            yield Edit(kind=EditKind.QUOTE, before=_written(b, before), after=_written(a, after))


def one_sided(row: Row, elsewhere: str) -> Iterator[Edit]:
    """The quotations of a row that came or went, but for those that stand `elsewhere` in the other text."""
    words = row.words_before or row.words_after
    for span in quoted(row, words) if words is not None else ():
        text = _written(words, span)
        if text and fold(text) not in elsewhere:
            gone = row.after is None
            yield Edit(kind=EditKind.QUOTE, before=text if gone else None, after=None if gone else text)


def _differing(b: Words, before: list[Span], a: Words, after: list[Span]) -> tuple[list[Span], list[Span]]:
    was, now = ([words.keys[start:end] for start, end in spans] for words, spans in ((b, before), (a, after)))
    lost = [span for span, keys in zip(before, was, strict=True) if keys not in now]
    return lost, [span for span, keys in zip(after, now, strict=True) if keys not in was]


def _pairs(
    b: Words, lost: list[Span], a: Words, gained: list[Span]
) -> Iterator[tuple[Span | None, Span | None]]:
    """Who took whose place: in order where both sides have as many, else by the words they keep."""
    if len(lost) == len(gained):
        yield from zip(lost, gained, strict=True)
        return
    left = list(gained)
    for before in lost:
        keys = b.keys[slice(*before)]
        shares = [Indel.normalized_similarity(keys, a.keys[slice(*after)]) for after in left]
        best = max(range(len(left)), key=shares.__getitem__, default=None)
        yield before, left.pop(best) if best is not None and shares[best] >= _ALIKE else None
    for after in left:
        yield None, after


def meet(spans: Sequence[Span | None], start: int, end: int) -> bool:
    """Whether tokens from `start` up to `end`, or the place before `start`, lie inside one of them."""
    if start == end:
        return any(span[0] < start < span[1] for span in spans if span)
    return any(start < span[1] and end > span[0] for span in spans if span)


def _written(words: Words | None, span: Span | None) -> str | None:
    if words is None or span is None:
        return None
    return words.written(*span).strip()
