"""Says what stands beside a passage that came or went: whether it was replaced, merged, split or only left.

It does not look for passages that moved further; `wording` seeks them in the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crawler.compare.redline import Row
from crawler.values import PassageKind

_ABSORBED = 0.5  # share of a passage's words that its neighbours take up when it is merged with them
_ROOM = 0.25  # share of its length that must stand in its place for it to be replaced
_LEAST = {PassageKind.ROW: 2, PassageKind.ITEM: 3, PassageKind.QUOTE: 3}
_LEAST_WORDS = 5


def lettered(keys: list[str]) -> list[str]:
    """Words and numbers, without marks."""
    if all(map(str.isalnum, keys)):
        return keys
    return [key for key in keys if key.isalnum() or (len(key) > 1 and any(map(str.isalnum, key)))]


def weighty(kind: PassageKind, words: Sequence[str]) -> bool:
    """Whether so many words are a passage. A heading is none: what stood under it is."""
    return kind is not PassageKind.HEADING and len(words) >= _LEAST.get(kind, _LEAST_WORDS)


@dataclass(eq=False)
class Gap:
    """Rows of one side in a row, and the rows of both sides around them."""

    gone: list[Row] = field(default_factory=list)
    come: list[Row] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)

    @cached_property
    def taken(self) -> Counter[str]:
        """The words of the passages that went here."""
        return _words(row.words_before.keys for row in self.gone if row.words_before)

    @cached_property
    def given(self) -> Counter[str]:
        """The words of the passages that came here."""
        return _words(row.words_after.keys for row in self.come if row.words_after)

    @cached_property
    def taken_beside(self) -> Counter[str]:
        """The words that went from the paragraphs around."""
        return _words(_edits(row, gone=True) for row in self.beside)

    @cached_property
    def given_beside(self) -> Counter[str]:
        """The words that came into the paragraphs around."""
        return _words(_edits(row, gone=False) for row in self.beside)

    def replaced(self, lengths: Sequence[int], room: int) -> int:
        """How many passages of these lengths, in words, are replaced by passages of `room` words in all."""
        count = 0
        for length in lengths:
            if room <= 0 or room < _ROOM * length:
                break
            room -= length
            count += 1
        return count


def gaps(rows: Sequence[Row]) -> tuple[list[Gap], list[tuple[Gap, ...]]]:
    """The gaps of an alignment, and for each row those beside it."""
    found: list[Gap] = []
    beside: list[tuple[Gap, ...]] = [() for _ in rows]
    last, gap = -1, None  # the last row of both sides
    for at, row in enumerate(rows):
        if row.before is None or row.after is None:
            if gap is None:
                gap = Gap()
                found.append(gap)
                if last >= 0:
                    gap.beside.append(rows[last])
                    beside[last] += (gap,)
            (gap.come if row.before is None else gap.gone).append(row)
            continue
        if gap is not None:
            gap.beside.append(row)
            beside[at] = (gap,)
        last, gap = at, None
    return found, beside


def absorbed(words: Sequence[str], into: Counter[str]) -> bool:
    """Whether most of these words are among those."""
    return bool(words and into) and (Counter(words) & into).total() >= _ABSORBED * len(words)


def _words(sources: Iterable[Iterable[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for keys in sources:
        found.update(lettered(list(keys)))
    return found


def _edits(row: Row, *, gone: bool) -> list[str]:
    """The words of an edited row that its edits took or gave."""
    words = row.words_before if gone else row.words_after
    if words is None:
        return []
    spans = ((run.b0, run.b1) if gone else (run.a0, run.a1) for run in row.runs if not run.same)
    return [key for start, end in spans for key in words.keys[start:end]]
