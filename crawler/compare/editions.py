"""Two editions of one release, in two languages, laid side by side; figures on which they disagree.

It translates nothing: passages are paired by their order, their lengths, and the figures and names they
share. Whether the two are editions of one release is not decided here. What is not sure is not claimed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.compare.lexicon import bare
from crawler.compare.numbers import quantities
from crawler.compare.quantity import Quantity
from crawler.text import words
from crawler.values import Article, Figure, Passage, PassageKind

MOST = 120  # passages of each edition that are laid side by side
_GAP = -0.4  # a passage without a partner
_JOIN = -0.3  # two passages that are one in the other language
_FAR = 0.5  # |log| of how far two lengths may be from the texts' own ratio to be one passage
_SMALL = 10  # a plain number below is too often a count of something else
_ROUNDED = 0.1  # a figure rounded in the other language is within so much of it

# A word with a capital that does not begin a sentence: a name, in languages that use capitals so.
# It begins with a class, since what begins with a look behind is searched twice as long.
_NAME = re.compile(r"[^\W\d_a-z](?:(?<=[\w,;’'(/] \w)|(?<=[/’'(-]\w))\w{3,24}")
# Of the organization, of every release: these tell none apart.
_OURS = words(
    "international internationale internacional organization organisation organizacion migration migrations"
    " migraciones migracoes nations united unies unidas naciones headquarters spokesperson email"
)
# A length, weight or area given in the other language's units is no disagreement.
_CONVERSIONS = (1.609, 0.3048, 2.2046, 0.4047, 2.471, 1.8, 3.785, 2.59)


def names(text: str) -> frozenset[str]:
    """Words with a capital inside sentences, without accents, in lower case."""
    found = (match[0] for match in _NAME.finditer(text))
    return frozenset(bare(word) for word in found if word[0].isupper() and not word.isupper()) - _OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A passage as it can be told in another language."""

    text: str
    kind: PassageKind
    quantities: tuple[Quantity, ...]
    names: frozenset[str]

    @property
    def figures(self) -> frozenset[object]:
        return frozenset(quantity.value for quantity in self.quantities if telling(quantity))

    @property
    def marks(self) -> frozenset[object]:
        return self.names | self.figures


def units(article: Article) -> tuple[Unit, ...]:
    return tuple(_unit(passage, article.language) for passage in article.body[:MOST])


def _unit(passage: Passage, language: str | None) -> Unit:
    text = passage.text
    found = quantities(text, language)
    return Unit(text=text, kind=passage.kind, quantities=found, names=names(text))


def telling(quantity: Quantity) -> bool:
    """Whether a quantity tells a text apart: no day, no number word, no small count."""
    value = quantity.value
    if isinstance(value, str) or quantity.spelled:
        return False
    return quantity.unit != "" or value >= _SMALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Units of two editions, side by side; each pair (first, second) is one passage in both."""

    pairs: tuple[tuple[int, int], ...]
    ratio: float  # how much longer the second text is
    whole: bool  # every passage has its partner, of the same kind

    def off(self, one: Unit, other: Unit) -> float:
        """How far two lengths are from the texts' ratio, as |log|."""
        return abs(math.log((len(other.text) + 8) / (len(one.text) + 8) / self.ratio))


def side_by_side(first: Sequence[Unit], second: Sequence[Unit]) -> Pairing:
    """The best alignment in order (W. A. Gale and K. W. Church, 1993), helped by shared figures and names."""
    ratio = (sum(len(u.text) for u in second) + 8) / (sum(len(u.text) for u in first) + 8)
    empty = Pairing(pairs=(), ratio=ratio, whole=False)
    rows, columns = len(first), len(second)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            choices = [
                (best[i - a][j - b] + _worth(first[i - a : i], second[j - b : j], empty), (a, b))
                for a, b in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
                if i >= a and j >= b
            ]
            if choices:
                best[i][j], step[i][j] = max(choices)
    pairs: list[tuple[int, int]] = []
    i, j, whole = rows, columns, rows == columns
    while i or j:
        a, b = step[i][j]
        i, j = i - a, j - b
        if (a, b) == (1, 1):
            pairs.append((i, j))
            whole = whole and first[i].kind is second[j].kind
        else:
            whole = False
    return Pairing(pairs=tuple(reversed(pairs)), ratio=ratio, whole=whole)


def _worth(first: Sequence[Unit], second: Sequence[Unit], lengths: Pairing) -> float:
    if not first or not second:
        return _GAP
    one, other = _joined(first), _joined(second)
    shared = len(one.marks & other.marks) / max(1, min(len(one.marks), len(other.marks)))
    form = 1.0 - min(2.0, 2 * lengths.off(one, other)) + (0.3 if one.kind is other.kind else -0.3)
    return form + 2 * shared + (_JOIN if len(first) + len(second) > 2 else 0.0)


def _joined(some: Sequence[Unit]) -> Unit:
    if len(some) == 1:
        return some[0]
    return Unit(
        text=" ".join(unit.text for unit in some),
        kind=some[0].kind,
        quantities=tuple(quantity for unit in some for quantity in unit.quantities),
        names=frozenset().union(*(unit.names for unit in some)),
    )


# ── disagreements ───────────────────────────────────────────────────────────────────────────────


def disagreements(article: Article, other: Article) -> tuple[Figure, ...]:
    """Figures on which `article` differs from `other`, its edition in another language: `before` is the
    other's. Both state one figure in one passage, where all else that they count agrees."""
    first, second = units(other), units(article)
    pairing = side_by_side(first, second)
    theirs, ours = _values(first), _values(second)
    found = []
    for i, j in pairing.pairs:
        pair = _differing(first[i].quantities, second[j].quantities)
        if pair is None or not _sure(first[i], second[j], pairing):
            continue
        one, mine = pair
        if one.value not in ours and mine.value not in theirs and not _same_measure(one.value, mine.value):
            found.append(_figure(one, mine))
    return tuple(found)


def still_says(
    figures: Iterable[Figure], before: Article, after: Article, other: Article
) -> tuple[Figure, ...]:
    """Of the figures that changed in an edition, those of which `other` still says the earlier value, once,
    as the edition did: `before` is the other's."""
    theirs, was, now = (list(_read(units(each))) for each in (other, before, after))
    found = []
    for figure in figures:
        if not isinstance(figure.before, int | float) or not isinstance(figure.after, int | float):
            continue
        held = [q for q in theirs if q.value == figure.before and q.unit == figure.unit and telling(q)]
        had = [q for q in was if q.value == figure.before and q.unit == figure.unit]
        told = any(q.value == figure.after for q in theirs) or any(q.value == figure.before for q in now)
        if len(held) == len(had) == 1 and not told:
            mine = next((q for q in now if q.value == figure.after), None)
            if mine is not None:
                found.append(_figure(held[0], mine))
    return tuple(found)


def _read(some: Sequence[Unit]) -> Iterator[Quantity]:
    for unit in some:
        yield from unit.quantities


def _values(some: Sequence[Unit]) -> frozenset[object]:
    return frozenset(quantity.value for quantity in _read(some))


def _differing(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one quantity of each side that the other has not, where there is one of each and both are of a
    sort; None where more differs, so that nobody can say which stands for which."""
    left, right = _unmatched(first, second), _unmatched(second, first)
    if len(left) != 1 or len(right) != 1:
        return None
    one, other = left[0], right[0]
    if one.unit != other.unit or not (telling(one) and telling(other)):
        return None
    return one, other


def _unmatched(some: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    """Without their like among `others`. Days and the number words for one and two (articles) are left
    out: languages write them where others do not."""
    there = Counter(quantity.value for quantity in others)
    left = []
    for quantity in some:
        if there[quantity.value]:
            there[quantity.value] -= 1
        elif not isinstance(quantity.value, str) and not (quantity.spelled and quantity.value < 3):
            left.append(quantity)
    return left


def _sure(one: Unit, other: Unit, pairing: Pairing) -> bool:
    """Whether two passages are one beyond doubt: of one length, and tied by a figure or name that both
    have, or standing in a text whose every passage has its partner."""
    if pairing.off(one, other) > _FAR:
        return False
    return pairing.whole or bool(one.marks & other.marks)


def _same_measure(one: float | int | str, other: float | int | str) -> bool:
    """Whether two values may well be one: rounded, read at another scale, or in another unit of measure."""
    if isinstance(one, str) or isinstance(other, str):
        return True
    low, high = sorted((abs(one), abs(other)))
    if low == 0:
        return False
    ratio = high / low
    tens = math.log10(ratio)
    if tens > 0.9 and abs(tens - round(tens)) < 1e-9:
        return True
    if any(abs(ratio / factor - 1) < 0.03 or abs(ratio * factor - 1) < 0.03 for factor in _CONVERSIONS):
        return True
    return ratio - 1 < _ROUNDED and (_rounds(low, high) or _rounds(high, low))


def _rounds(fine: float, coarse: float) -> bool:
    """Whether `coarse` is `fine` rounded or cut to fewer digits."""
    if coarse != int(coarse):
        return False
    size = 10
    while coarse % size == 0:
        if coarse in (round(fine / size) * size, int(fine // size) * size, -int(-fine // size) * size):
            return True
        size *= 10
    return False


def _figure(theirs: Quantity, mine: Quantity) -> Figure:
    return Figure(
        what=mine.what or theirs.what,
        before=theirs.value,
        after=mine.value,
        unit=mine.unit,
        before_text=theirs.text,
        after_text=mine.text,
    )


# ── shape ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How far two texts are built alike, whatever their languages."""

    covered: float  # share of both texts whose passages have a partner of a fitting length
    anchored: float  # share of the passages with figures whose partner has one of them; 1 without any
    spread: float  # how much the lengths of partners vary about the texts' ratio
    passages: int  # partners
    ratio: float  # how much longer the second text is


def shape(first: Sequence[Unit], second: Sequence[Unit]) -> Shape:
    pairing = side_by_side(first, second)
    fitting = [(i, j) for i, j in pairing.pairs if pairing.off(first[i], second[j]) <= _FAR]
    long = sum(len(u.text) for u in (*first, *second)) or 1
    covered = sum(len(first[i].text) + len(second[j].text) for i, j in fitting) / long
    offs = [pairing.off(first[i], second[j]) ** 2 for i, j in fitting]
    spread = math.sqrt(sum(offs) / len(offs)) if offs else 1.0
    figured = sum(bool(unit.figures) for unit in (*first, *second))
    tied = 2 * sum(bool(first[i].figures & second[j].figures) for i, j in pairing.pairs)
    return Shape(
        covered=covered,
        anchored=tied / figured if figured else 1.0,
        spread=spread,
        passages=len(fitting),
        ratio=pairing.ratio,
    )
