"""Says whether two releases in two languages are editions of one, where no site says so. Pure.

Wrong pairing is worse than none: every veto wins, and what is left must be told by two sorts of evidence.
It asks for no page and knows no store: how many releases carry a trait is given.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from posixpath import basename

from crawler import urls
from crawler.compare.editions import names, shape, telling, units
from crawler.compare.numbers import quantities
from crawler.compare.quantity import Quantity
from crawler.values import Article

DAYS = 10  # that may lie between the days of two editions
POINTS = 3.5  # from which on two releases are editions of one
SORTS = 2  # of evidence, at least
MARGIN = 0.75  # the next best candidate in that language has at most this share of the points
LEAST = 0.5  # points of shared traits from which on a candidate is read at all
COMMON = 40  # a trait that more releases carry tells nothing

_COVERED = 0.6  # share of both texts, and of what figures stand in, that must stand side by side
_LONGER, _SHORTER = 2.0, 0.45  # lengths of two editions of one release, at most and at least
_SOON = 2  # days within which a figure may differ: an edition that was not corrected; later it is a report
_AGREEING = 0.6  # share of the telling figures of the one that says fewer which the other says too
_FEW = 3  # passages by which a shape is told
_EVEN = 0.3  # spread of lengths at which a shape tells nothing
_SHAPE = 2.0  # points of a perfect one
_SPECIFIC = 3  # digits, zeros at the end left out, from which on a figure is as telling as one can be
_MOST_NAMES = 40

_DIGITS = re.compile(r"[^0-9]")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")


class Sort(StrEnum):
    FIGURE = "figures"
    NAME = "names"
    CONTACT = "contacts"
    IMAGE = "images"
    DOCUMENT = "documents"
    LINK = "links"
    SHAPE = "the order and length of paragraphs"


# Points of one trait that no third release carries, and the most that one sort can bring.
_WEIGHTS = {
    Sort.FIGURE: (1.2, 3.0),
    Sort.NAME: (0.7, 2.5),
    Sort.CONTACT: (1.0, 1.5),
    Sort.IMAGE: (2.0, 2.5),
    Sort.DOCUMENT: (2.0, 2.5),
    Sort.LINK: (1.0, 2.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One thing that a release says in whatever language."""

    sort: Sort
    value: str

    @property
    def weight(self) -> float:
        """Points where no third release carries it. A round figure is anybody's: it counts by its digits."""
        most = _WEIGHTS[self.sort][0]
        if self.sort is not Sort.FIGURE:
            return most
        digits = len(_DIGITS.sub("", self.value).strip("0"))
        return most * min(digits, _SPECIFIC) / _SPECIFIC

    @property
    def hash(self) -> int:
        """64 bits, signed: what a store keeps."""
        digest = hashlib.blake2b(f"{self.sort}\x1f{self.value}".encode("utf-8", "backslashreplace"))
        return int.from_bytes(digest.digest()[:8], signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much speaks for two releases being one, in points by sort; `against` is a veto in words."""

    points: float
    sorts: tuple[Sort, ...]
    against: str = ""

    @property
    def pairs(self) -> bool:
        return not self.against and self.points >= POINTS and len(self.sorts) >= SORTS


def traits(article: Article) -> frozenset[Trait]:
    """What tells the release apart in any language."""
    found = {Trait(sort=Sort.FIGURE, value=_value(q)) for q in _figures(article)}
    known = sorted(frozenset().union(*(names(passage.text) for passage in article.body)))
    found |= {Trait(sort=Sort.NAME, value=name) for name in known[:_MOST_NAMES]}
    for contact in article.contacts:
        found |= {Trait(sort=Sort.CONTACT, value=each) for each in (*contact.phones, *contact.emails)}
    for line in article.contact_text:
        found |= {Trait(sort=Sort.CONTACT, value=each.lower()) for each in _EMAIL.findall(line)}
    found |= {Trait(sort=Sort.IMAGE, value=path) for path in article.images}
    found |= {Trait(sort=Sort.DOCUMENT, value=_file(link.url)) for link in article.attachments}
    found |= {Trait(sort=Sort.LINK, value=_place(link.url)) for link in article.links}
    return frozenset(trait for trait in found if trait.value)


def promise(
    mine: Mapping[int, Trait], carriers: Mapping[int, int], shared: Iterable[tuple[int, int]]
) -> list[int]:
    """Pages that share traits (by hash) and may be editions, best first; `shared`: (trait, page). Only to
    choose which are worth reading."""
    points: defaultdict[int, float] = defaultdict(float)
    for value, page in shared:
        points[page] += mine[value].weight / max(1, carriers.get(value, 1))
    return sorted((page for page in points if points[page] >= LEAST), key=lambda page: (-points[page], page))


def likeness(one: Article, other: Article, carriers: Mapping[int, int]) -> Likeness:
    """How much speaks for two articles being editions of one release. `carriers`: how many other releases
    than `one` carry a trait (by hash); 1 where only `other` does."""
    against = _veto(one, other)
    if against:
        return Likeness(points=0.0, sorts=(), against=against)
    first, second = units(one), units(other)
    found = shape(first, second)
    if min(found.covered, found.anchored) < _COVERED or not _SHORTER <= found.ratio <= _LONGER:
        return Likeness(points=0.0, sorts=(), against="their texts are not built alike")
    by_sort: defaultdict[Sort, float] = defaultdict(float)
    for trait in traits(one) & traits(other):
        by_sort[trait.sort] += trait.weight / max(1, carriers.get(trait.hash, 1))
    points = {sort: min(points, _WEIGHTS[sort][1]) for sort, points in by_sort.items()}
    if found.passages >= _FEW:
        even = max(0.0, 1 - found.spread / _EVEN) * found.covered * min(1.0, found.passages / 6)
        points[Sort.SHAPE] = _SHAPE * even
    telling_sorts = tuple(sort for sort, share in points.items() if share >= LEAST)
    return Likeness(points=sum(points.values()), sorts=telling_sorts)


def chosen(found: Sequence[tuple[int, str | None, Likeness]]) -> int | None:
    """Of candidates (page, language, likeness) the one that is an edition; None where none is, or where two
    of one language could be it."""
    paired = sorted((each for each in found if each[2].pairs), key=lambda each: -each[2].points)
    if not paired:
        return None
    page, language, best = paired[0]
    rivals = [each[2].points for each in paired[1:] if each[1] == language]
    return None if rivals and rivals[0] > MARGIN * best.points else page


def joinable(one: Sequence[str | None], other: Sequence[str | None]) -> bool:
    """Whether two families may be one: no language stands in both, and none is unknown."""
    return None not in one and None not in other and set(one).isdisjoint(other)


def _veto(one: Article, other: Article) -> str:
    if one.language is None or other.language is None or one.language == other.language:
        return "they are in one language"
    if one.published is None or other.published is None:
        return "one of them has no date"
    if abs((one.published.day - other.published.day).days) > DAYS:
        return f"more than {DAYS} days lie between them"
    if not _titles_agree(one, other):
        return "their headlines name different figures or months"
    mine, theirs = ({_value(q) for q in _figures(each)} for each in (one, other))
    apart = abs((one.published.day - other.published.day).days)
    if len(mine & theirs) < (_AGREEING if apart <= _SOON else 1.0) * min(len(mine), len(theirs)):
        return "their figures differ"
    return ""


def _titles_agree(one: Article, other: Article) -> bool:
    """Whether what both headlines number is the same: reports of two months or two numbers are two."""
    mine, theirs = (
        {str(q.value) for q in quantities(each.title, each.language) if not q.spelled}
        for each in (one, other)
    )
    return not mine or not theirs or bool(mine & theirs)


def _figures(article: Article) -> list[Quantity]:
    return [
        quantity
        for passage in article.body
        for quantity in quantities(passage.text, article.language)
        if telling(quantity)
    ]


def _value(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"


def _file(url: str) -> str:
    return basename(urls.target(url).partition("?")[0]).lower() if "://" in url else ""


def _place(url: str) -> str:
    """A link's target without scheme, query and language: one page's editions are one place."""
    if "://" not in url:
        return url
    path = urls.target(url).partition("?")[0].rstrip("/")
    prefix = urls.language_prefix(url)
    path = path[len(prefix) + 1 :] if prefix else path
    return f"{urls.bare(urls.host(url))}{path}" if path else ""
