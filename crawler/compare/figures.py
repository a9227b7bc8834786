"""Tells which quantities changed between the two sides of aligned paragraphs, compared as values.

A number written otherwise but worth the same is no figure; paragraphs that came or went whole have none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from crawler.compare.lexicon import BRIDGES
from crawler.compare.numbers import quantities, telling
from crawler.compare.quantity import Quantity
from crawler.values import Figure

if TYPE_CHECKING:
    from crawler.compare.redline import Row

_NEAR = 8  # tokens: a change no longer than this on either side is one place, whatever the words are
_SHORT = 3  # tokens: a number and its noun
_MANY = 40  # quantities in one change that are paired; a rewritten table has more
_CONTEXT = 80  # characters around the places that differ, in which a number is written out
_MILLION = 10**6
_OF = re.compile(r"\s(?:(?:de|of)\s|d['’])")
_LINKS = BRIDGES | {"a", "and", "et", "y", "e"}  # words inside a quantity that tell none
_WORD = re.compile(r"\w+")
_BLANKED = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_EITHER = re.compile(r"\d{1,3}([.,])\d{3}")  # thousands or decimals, as the language has it

_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")  # Arabic-Indic digits, Persian ones


class Reader:
    """Reads quantities as a language writes them, and remembers what it has read of each text."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self._read: dict[str, tuple[Quantity, ...]] = {}

    def __call__(self, text: str) -> tuple[Quantity, ...]:
        if text not in self._read:
            self._read[text] = quantities(text, self.language)
        return self._read[text]


Sides = Sequence[tuple[str, str]]


def figures(rows: Iterable[Row], *, language: str | None) -> tuple[Figure, ...]:
    """The figures that differ in edited rows, in reading order, each once.

    `before` or `after` is None where a number came or went inside a sentence that otherwise stayed.
    `language` (BCP 47 primary subtag) says how decimals and number words are written.
    """
    return figures_of(numbered(rows, language), Reader(language))


def figures_of(sides: Sides, read: Reader) -> tuple[Figure, ...]:
    """The same, of rows that `numbered` chose."""
    told: dict[tuple[object, ...], list[str]] = {}  # the nouns that one pair of values was told of
    found: list[Figure] = []
    for before, after in sides:
        for figure in _of_pair(before, after, read):
            nouns = told.setdefault((figure.before, figure.after, figure.unit), [])
            if not any(_share_noun(figure.what, noun) for noun in nouns):
                nouns.append(figure.what)
                found.append(figure)
    return tuple(found)


def numbered(rows: Iterable[Row], language: str | None) -> Sides:
    """Both sides of the rows whose edits touch a word that a number may be written with."""
    found: list[tuple[str, str]] = []
    for row in rows:
        if row.before is None or row.after is None or row.words_before is None or row.words_after is None:
            continue
        b, a = row.words_before.keys, row.words_after.keys
        edits = (chain(b[run.b0 : run.b1], a[run.a0 : run.a1]) for run in row.runs if not run.same)
        touched = list(chain.from_iterable(edits))
        if telling(touched, language) or "-" in touched:  # it may be a minus
            found.append((row.before, row.after))
    return found


def only_rewritten(before: str, after: str, language: str | None) -> bool:
    """Whether two texts differ in nothing but how their numbers are written."""
    start = _common(before, after)
    if not any(_may_count((_word_at(text, start),), language) for text in (before, after)):
        return False
    end = _common(before[start:][::-1], after[start:][::-1])
    start = max(0, start - _CONTEXT)
    end = max(0, end - _CONTEXT)
    b, a = before[start : len(before) - end], after[start : len(after) - end]
    differing = set(b.split()) ^ set(a.split())
    if not differing and len(b) > 4 * _CONTEXT:  # the same words in another order
        return False
    if not _may_count(differing, language):
        return False
    return evened(b, language) == evened(a, language)


def _may_count(words: Iterable[str], language: str | None) -> bool:
    """Whether all of these words may be part of a quantity."""
    return all(telling((word,), language) or _LINKS.issuperset(_WORD.findall(word.lower())) for word in words)


def _word_at(text: str, at: int) -> str:
    """What stands between the blanks around `at`."""
    end = text.find(" ", at)
    return text[text.rfind(" ", 0, at) + 1 : end if end >= 0 else len(text)]


def _common(before: str, after: str) -> int:
    """How many signs the two begin with in common."""
    low, high = 0, min(len(before), len(after))
    while low < high:
        middle = (low + high + 1) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def evened(text: str, language: str | None) -> str:
    """`text` with each quantity written by its value, so that a number written otherwise makes no
    difference ("12.4 thousand", "12,400", "five", "5"). For comparison only."""
    pieces: list[str] = []
    at = 0
    for quantity in quantities(text, language):
        if (worth := _worth(quantity, language)) is not None and quantity.start >= at:
            pieces += [text[at : quantity.start], f"{worth[0]} {worth[1]}".rstrip()]
            at = quantity.end
            large = not isinstance(worth[0], str) and worth[0] >= _MILLION
            if large and (of := _OF.match(text, at)):  # "2 millions de", "2 000 000"
                pieces.append(" ")
                at = of.end()
    return "".join([*pieces, text[at:]]).translate(_LATIN)


def restated(sides: Sides, read: Reader) -> frozenset[str]:
    """The words of quantities that both sides of a row have, written otherwise."""
    found: set[str] = set()
    for before, after in sides:
        was, now = _written(before, read), _written(after, read)
        for worth in was.keys() & now.keys():
            if was[worth] != now[worth]:
                found |= was[worth] ^ now[worth]
    from crawler.compare.words import Words  # loaded where something changed, as in `compare`

    return frozenset(key for text in found for key in Words(text).keys)


def _written(text: str, read: Reader) -> dict[tuple[float | int | str, str], set[str]]:
    """Worth → how it is written in `text`."""
    ways: dict[tuple[float | int | str, str], set[str]] = {}
    for quantity in read(text):
        if (worth := _worth(quantity, read.language)) is not None:
            ways.setdefault(worth, set()).add(quantity.text)
    return ways


def _worth(quantity: Quantity, language: str | None) -> tuple[float | int | str, str] | None:
    """Value and unit; None for "one", which is also an article, and for a number with the language's
    decimal sign that was taken for thousands: "1.250" in English may be either."""
    if isinstance(quantity.value, str):
        return (int(quantity.value), "") if quantity.value.isdecimal() else (quantity.value, "date")
    point = "," if language in ("fr", "es", "pt") else "."
    either = _EITHER.search(quantity.text) if quantity.scale == 1 else None
    article = quantity.spelled and quantity.value == 1
    if article or (either and either[1] == point and quantity.value >= 1000):
        return None
    return quantity.value, quantity.unit


def _of_pair(before: str, after: str, read: Reader) -> Iterator[Figure]:
    from crawler.compare.alignment import runs  # loaded where something changed, as in `compare`

    was, now = read(before), read(after)
    if list(map(_key, was)) == list(map(_key, now)):
        return
    (b, places_before), (a, places_after) = _tokens(before, was), _tokens(after, now)
    lost: list[Quantity] = []
    gained: list[Quantity] = []
    kept = 0
    for run in runs(b, a):
        if run.same:
            kept += run.b1 - run.b0
            continue
        gone = was[bisect_left(places_before, run.b0) : bisect_left(places_before, run.b1)]
        come = now[bisect_left(places_after, run.a0) : bisect_left(places_after, run.a1)]
        if not (gone or come):
            continue
        size = max(run.b1 - run.b0, run.a1 - run.a0)
        near, short = size <= _NEAR, size <= _SHORT
        pairs = _pairs(gone, come, near=near or (len(was) == len(now) == 1), short=short)
        for first, second in pairs:
            if not _equal(first, second):
                yield _figure(first, second)
        if near:
            lost += _others(gone, [first for first, _ in pairs])
            gained += _others(come, [second for _, second in pairs])
    if (lost or gained) and 2 * kept >= max(len(b), len(a)):
        yield from _one_sided(lost, gained, was, now)


def _others(found: Sequence[Quantity], paired: Sequence[Quantity]) -> list[Quantity]:
    return [quantity for quantity in found if quantity not in paired]


def _one_sided(
    lost: list[Quantity], gained: list[Quantity], was: Sequence[Quantity], now: Sequence[Quantity]
) -> Iterator[Figure]:
    """Numbers that only one side has; those that merely moved within the paragraph, and number words
    (an article in many languages), are left out."""
    had, has = _values(was), _values(now)
    for quantity in lost:
        if not quantity.spelled and has[quantity.value] < had[quantity.value]:
            yield _figure(quantity, None)
    for quantity in gained:
        if not quantity.spelled and had[quantity.value] < has[quantity.value]:
            yield _figure(None, quantity)


def _values(found: Sequence[Quantity]) -> Counter[float | int | str]:
    return Counter(quantity.value for quantity in found)


_HERE = " Q "  # a quantity among words in lower case


def _tokens(text: str, found: Sequence[Quantity]) -> tuple[list[Hashable], list[int]]:
    """Words in lower case, each quantity one token by its worth; and which token each quantity is."""
    starts = (quantity.start for quantity in found)
    ends = (quantity.end for quantity in found)
    between = zip(chain((0,), ends), chain(starts, (len(text),)), strict=True)
    joined = _HERE.join([text[start:end].lower() for start, end in between])
    keys: list[Hashable] = []
    keys += joined.translate(_BLANKED).split() if joined.isascii() else _WORD.findall(joined)
    places: list[int] = []
    for quantity in found:
        places.append(keys.index("Q", places[-1] + 1 if places else 0))
        keys[places[-1]] = _key(quantity)
    return keys, places


def _key(quantity: Quantity) -> tuple[float | int | str, str]:
    return quantity.value, quantity.unit


def _pairs(
    gone: Sequence[Quantity], come: Sequence[Quantity], *, near: bool, short: bool
) -> list[tuple[Quantity, Quantity]]:
    """Who took whose place: the same noun first; then, in a small change or where both sides have as
    many, the same sort of quantity in order."""
    left, right = list(gone[:_MANY]), list(come[:_MANY])
    if not left or not right:
        return []
    nouns = {side: side.what for side in (*left, *right)}
    pairs: list[tuple[Quantity, Quantity]] = []
    for same_noun in (True, False):
        if not same_noun and not near and len(left) != len(right):
            break
        for first in tuple(left):
            for second in right:
                if not same_noun and not short and _article(first, second):
                    continue
                if _comparable(first, second) and (
                    not same_noun
                    or (nouns[first] and nouns[second] and _share_noun(nouns[first], nouns[second]))
                ):
                    left.remove(first)
                    right.remove(second)
                    pairs.append((first, second))
                    break
    return pairs


def _article(first: Quantity, second: Quantity) -> bool:
    """Whether a "one" may be no number but an article, where much more than the number is other words."""
    return any(side.spelled and side.value == 1 for side in (first, second))


def _share_noun(first: str, second: str) -> bool:
    """Whether two numbers count the same, as far as the words after them say; "" may be anything."""
    words = set(_WORD.findall(first.lower()))
    return not first or not second or not words.isdisjoint(_WORD.findall(second.lower()))


def _comparable(first: Quantity, second: Quantity) -> bool:
    """Same unit; two currencies; or a unit that one side leaves out. A bare year may be a count."""
    if first.unit == second.unit or (len(first.unit) == len(second.unit) == 3):
        return True
    if "date" in (first.unit, second.unit):
        return _count(first) is not None and _count(second) is not None
    return "" in (first.unit, second.unit)


def _count(quantity: Quantity) -> float | int | None:
    """The number, also of what was taken for a year; None for a date and for what has a unit."""
    if isinstance(quantity.value, str):
        return int(quantity.value) if quantity.value.isdecimal() else None
    return quantity.value if quantity.unit == "" else None


def _equal(first: Quantity, second: Quantity) -> bool:
    """Whether both say the same; a day is the same day where one side leaves the year out."""
    if first.unit == second.unit == "date":
        short, long = sorted((str(first.value), str(second.value)), key=len)
        return short == long or (short.startswith("--") and long[4:] == short[1:])
    if "date" in (first.unit, second.unit):
        return _count(first) == _count(second)
    if first.unit != second.unit and (
        len(first.unit) == len(second.unit) == 3 or "%" in (first.unit, second.unit)
    ):
        return False
    return first.value == second.value


def _figure(before: Quantity | None, after: Quantity | None) -> Figure:
    values = [None if side is None else side.value for side in (before, after)]
    unit = next((side.unit for side in (after, before) if side is not None and side.unit), "")
    if before and after and unit == "date" and before.unit != after.unit:
        values, unit = [_count(before), _count(after)], ""
    what = next((side.what for side in (after, before) if side is not None and side.what), "")
    return Figure(
        what=what,
        before=values[0],
        after=values[1],
        unit=unit,
        before_text=before.text if before else "",
        after_text=after.text if after else "",
    )
