"""Aligns two sequences of keys: which runs are the same in both, which took whose place.

It knows nothing of words, figures or paragraphs; the callers say what a key stands for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

# Indel's table holds len(before) × len(after) bits: 25 million are 3 MB and 7 ms, and grow together.
_CELLS = 25_000_000


Keys = Sequence[Hashable]
Stops = frozenset[Hashable]


class Run(NamedTuple):
    """before[b0:b1] became after[a0:a1]; `same` when both hold the same keys. Never empty on both sides."""

    same: bool
    b0: int
    b1: int
    a0: int
    a1: int


def runs(before: Keys, after: Keys, ends: Stops = frozenset()) -> list[Run]:
    """A shortest edit from `before` to `after`; same and changed runs alternate and cover both.

    `ends` are the keys that close a sentence. Where the sequences are too long to be aligned key by key
    they are aligned sentence by sentence first, and a stretch that is still too long is one changed run.
    """
    if len(before) * len(after) <= _CELLS:
        joined = _plain(before, after, 0, 0)
    else:
        joined = list(_joined(_pieces(before, after, ends)))
    return _slid(joined, before, after, ends) if ends else joined


def stretches(before: Keys, after: Keys) -> list[int]:
    """How many keys in a row are kept, for each kept run: what `runs` finds, where the rest is not asked."""
    return [block.size for block in Indel.editops(before, after).as_matching_blocks()]


def _pieces(b: Keys, a: Keys, stops: Stops) -> Iterator[Run]:
    """The runs in order, not yet joined, of what is too long for the plain way."""
    b_ends, a_ends = _sentences(b, stops), _sentences(a, stops)
    if len(b_ends) * len(a_ends) > 4 * _CELLS:
        yield Run(False, 0, len(b), 0, len(a))
        return
    sentences = [
        [tuple(keys[start:end]) for start, end in zip([0, *bounds[:-1]], bounds, strict=True)]
        for keys, bounds in ((b, b_ends), (a, a_ends))
    ]
    for run in _joined(_plain(sentences[0], sentences[1], 0, 0)):
        b0, b1 = _bound(b_ends, run.b0), _bound(b_ends, run.b1)
        a0, a1 = _bound(a_ends, run.a0), _bound(a_ends, run.a1)
        if run.same or (b1 - b0) * (a1 - a0) > _CELLS:
            yield Run(run.same, b0, b1, a0, a1)
        else:
            yield from _plain(b[b0:b1], a[a0:a1], b0, a0)


def _plain(b: Keys, a: Keys, b_offset: int, a_offset: int) -> list[Run]:
    found: list[tuple[bool, int, int, int, int]] = []
    b_end, a_end = b_offset, a_offset
    for block in Indel.editops(b, a).as_matching_blocks():  # the last is empty, and stands at the end
        b_start, a_start, size = block.a + b_offset, block.b + a_offset, block.size
        if b_start > b_end or a_start > a_end:
            found.append((False, b_end, b_start, a_end, a_start))
        b_end, a_end = b_start + size, a_start + size
        if size:
            found.append((True, b_start, b_end, a_start, a_end))
    return list(map(Run._make, found))


def _sentences(keys: Keys, stops: Stops) -> list[int]:
    """Where each sentence ends; the last end is the length."""
    found = [index + 1 for index, key in enumerate(keys) if key in stops]
    return found if found and found[-1] == len(keys) else [*found, len(keys)]


def _bound(ends: list[int], index: int) -> int:
    return ends[index - 1] if index else 0


def _joined(pieces: Iterable[Run]) -> Iterator[Run]:
    """Without empty runs, and neighbours of one sort made one."""
    last: Run | None = None
    for run in pieces:
        if run.b0 == run.b1 and run.a0 == run.a1:
            continue
        if last is not None and last.same == run.same:
            last = Run(run.same, last.b0, run.b1, last.a0, run.a1)
        else:
            if last is not None:
                yield last
            last = run
    if last is not None:
        yield last


def _slid(found: list[Run], b: Keys, a: Keys, stops: Stops) -> list[Run]:
    """The same edit, each pure insertion or deletion moved to where it is a whole sentence if it can be.

    "A b. [N m.] C d." and "A b[. N m]. C d." are equally short; a reader wants the first.
    """
    pure = [at for at, run in enumerate(found, 1) if (run.b0 == run.b1 or run.a0 == run.a1)]
    if not pure:
        return found
    slid = False
    found = [Run(True, 0, 0, 0, 0), *found, Run(True, len(b), len(b), len(a), len(a))]
    for at in pure:
        run = found[at]
        left, right = found[at - 1], found[at + 1]
        keys, start, end = (a, run.a0, run.a1) if run.b0 == run.b1 else (b, run.b0, run.b1)
        shift = _shift(keys, start, end, stops, -(left.b1 - left.b0), right.b1 - right.b0)
        if shift:
            slid = True
            found[at - 1] = Run(True, left.b0, left.b1 + shift, left.a0, left.a1 + shift)
            found[at] = Run(False, *(bound + shift for bound in run[1:]))
            found[at + 1] = Run(True, right.b0 + shift, right.b1, right.a0 + shift, right.a1)
    return list(_joined(found)) if slid else found[1:-1]


def _shift(keys: Keys, start: int, end: int, stops: Stops, least: int, most: int) -> int:
    """How far keys[start:end] can slide over equal keys to follow and to end with a sentence's end: 0
    where it does or never will."""
    for step, bound in ((1, most), (-1, least)):
        shift = 0
        while not _whole(keys, start + shift, end + shift, stops):
            enters, leaves = (
                (start + shift, end + shift) if step > 0 else (end + shift - 1, start + shift - 1)
            )
            if shift == bound or keys[enters] != keys[leaves]:
                break
            shift += step
        else:
            return shift
    return 0


def _whole(keys: Keys, start: int, end: int, stops: Stops) -> bool:
    return (start == 0 or keys[start - 1] in stops) and keys[end - 1] in stops
