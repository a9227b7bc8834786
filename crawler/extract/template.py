"""What a site's pages have in common, learned from them: texts that recur, the article's region, its layout.

It judges no page (`recurring` does, with what is known here) and stores nothing (`pack` gives the bytes).
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b

from crawler.extract.blocks import Box, Page
from crawler.text import fold
from crawler.values import Article, Marks

MOST_PAGES = 500  # pages a template is learned from: those learned last
MOST_TEXTS = 50_000  # and different texts it knows
MOST_MARKS = 400  # texts of one page, around its article and inside it each
RECURS = 2  # other pages that carry a text before it counts as recurring
PINNED = 3  # other pages with the article in one region, before that region is pinned
_FEW_AROUND = 5  # texts around the articles, below which nothing can be said of a stranger
_STRANGE = 0.1  # share of them that a page of the site has at least
_LABEL = 60  # letters up to which digits do not count: menus count things, releases too
_REMEMBERED = 1000  # characters of a text whose fingerprint is kept at hand
_NO_LETTERS = re.compile(r"[\W\d_]+")
_NO_WORDS = re.compile(r"[\W_]+")
_ASCII = {
    pattern: dict.fromkeys(code for code in range(128) if pattern.match(chr(code)))
    for pattern in (_NO_LETTERS, _NO_WORDS)
}
_HEADER = struct.Struct(">HHQ")


def fingerprint(text: str) -> int:
    """64 bits of a text as a reader sees it; 0 where it has no letters. The digits of a label are left out
    ("News (12)"); those of a sentence are what a release may come to correct."""
    return _remembered(text) if len(text) <= _REMEMBERED else _fingerprint(text)


@lru_cache(maxsize=4096)  # what recurs is met on each page, and all else twice: to read and to learn
def _remembered(text: str) -> int:
    return _fingerprint(text)


def _fingerprint(text: str) -> int:
    folded = fold(text)
    bare = _without(_NO_LETTERS, folded)
    if len(bare) > _LABEL:
        bare = _without(_NO_WORDS, folded)
    return _hash(bare.casefold()) if bare else 0


def _without(pattern: re.Pattern[str], text: str) -> str:
    """`text` without what a pattern finds; ASCII by a table, in a tenth of the time."""
    return text.translate(_ASCII[pattern]) if text.isascii() else pattern.sub("", text)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=16_384)
def _step(outer: int, tag: str, label: str) -> int:
    """A box's place by that of the box around it. A name with a digit in it is a number or a token made
    for one page; what lasts is a word."""
    names = frozenset(label.lower().split())
    lasting = sorted(name for name in names if name.replace("-", "").replace("_", "").isalpha())
    return _hash(f"{outer} {tag} {' '.join(lasting)}")


def place(box: Box) -> int:
    """64 bits of where a box stands: the tags above it with their lasting class names; 0 for the root."""
    steps: list[Box] = []
    inner = box
    while inner.parent is not None:
        steps.append(inner)
        inner = inner.parent
    found = 0
    for inner in reversed(steps):
        found = _step(found, inner.tag, inner.label)
    return found


def places(page: Page) -> dict[int, int]:
    """The place of each box, by its id(); the same as `place` gives, in one pass."""
    found: dict[int, int] = {}
    for box in page.boxes:  # parents come before their children
        outer = box.parent
        found[id(box)] = 0 if outer is None else _step(found[id(outer)], box.tag, box.label)
    return found


def pack(marks: Marks) -> bytes:
    """`marks` without the layout, to be stored."""
    numbers = (*marks.around, *marks.inside)
    return _HEADER.pack(len(marks.around), len(marks.inside), marks.region) + struct.pack(
        f">{len(numbers)}Q", *numbers
    )


def unpack(data: bytes, layout: str | None) -> Marks:
    """What `pack` was given."""
    around, inside, region = _HEADER.unpack_from(data)
    numbers = struct.unpack_from(f">{around + inside}Q", data, _HEADER.size)
    return Marks(around=numbers[:around], inside=numbers[around:], region=region, layout=layout)


def prints(texts: Iterable[str]) -> tuple[int, ...]:
    """The fingerprints of texts, each once, in order; of a long page the first."""
    found: dict[int, None] = {}
    for text in texts:
        if len(found) == MOST_MARKS:
            break
        if number := fingerprint(text):
            found[number] = None
    return tuple(found)


def stands_elsewhere(before: Article, now: Article, marks: Marks) -> bool:
    """Whether most of what an article said is no part of it `now`, and stands around it on the page."""
    kept = {fold(passage.text) for passage in now.body}
    around = frozenset(marks.around)
    texts = [passage.text for passage in before.body]
    left = (text for text in texts if fold(text) not in kept and fingerprint(text) in around)
    return 2 * sum(map(len, left)) > sum(map(len, texts))


class Learned:
    """What the pages of a site in one language, read last, have in common.

    A page counts once, as it was read last: to learn it anew takes back what it told before. So what
    the site drops is forgotten as its pages are read again.
    """

    def __init__(self, pages: Iterable[tuple[int, Marks]] = ()) -> None:
        self.pages: dict[int, Marks] = {}  # the longest unread first
        self.texts: Counter[int] = Counter()  # fingerprint → pages that carry it, anywhere
        self.around: Counter[int] = Counter()  # and those that carry it around their article
        self.carried = 0  # the sum of these counts where a text recurs: how often a page met a known one
        self.regions: Counter[int] = Counter()
        self.layouts: Counter[str | None] = Counter()
        for key, marks in pages:
            self.learn(key, marks)

    def learn(self, key: int, marks: Marks) -> list[int]:
        """Count a page as it is now. Returns the pages that are forgotten for it."""
        if key in self.pages:
            self._count(self.pages.pop(key), -1)
        self.pages[key] = marks
        self._count(marks, 1)
        forgotten: list[int] = []
        while len(self.pages) > MOST_PAGES or (len(self.texts) > MOST_TEXTS and len(self.pages) > 1):
            oldest = next(iter(self.pages))
            self._count(self.pages.pop(oldest), -1)
            forgotten.append(oldest)
        return forgotten

    def _count(self, marks: Marks, step: int) -> None:
        for number in set(marks.around):
            before = self.around[number]
            after = before + step
            self.carried += after * (after >= RECURS) - before * (before >= RECURS)
        for counts, numbers in (
            (self.texts, {*marks.around, *marks.inside}),
            (self.around, set(marks.around)),
            (self.regions, {marks.region} - {0}),
        ):
            for number in numbers:
                counts[number] += step
                if not counts[number]:
                    del counts[number]
        self.layouts[marks.layout] += step

    def without(self, key: int | None) -> Template:
        """The template as the page `key` meets it: what the other pages know."""
        own = self.pages.get(key) if key is not None else None
        told = frozenset((*own.around, *own.inside)) if own is not None else frozenset()
        return Template(learned=self, own=own, told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What is known of a site when one of its pages is read: the page's own earlier copy does not count."""

    learned: Learned = field(default_factory=Learned)
    own: Marks | None = None
    told: frozenset[int] = frozenset()  # the texts of that copy
    decided: Mapping[int, bool] = field(
        default_factory=dict
    )  # texts that recur, and whether to leave them out

    @property
    def pages(self) -> int:
        """How many other pages are known."""
        return len(self.learned.pages) - (self.own is not None)

    def others(self, number: int) -> int:
        """How many other pages carry a text."""
        return self.learned.texts.get(number, 0) - (number in self.told)

    def as_in(self, recurring: Iterable[tuple[int, bool]]) -> Template:
        """The template for another copy of a page: what recurs goes from both, or from none. Where a text
        stands on the page decides that, and an edit beside it must not."""
        return replace(self, decided=dict(recurring))

    def pinned(self) -> tuple[int, int] | None:
        """The region that holds the article on most of the other pages, and on how many."""
        regions = self.learned.regions.copy()
        if self.own is not None:
            regions[self.own.region] -= 1
        number, count = max(regions.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return (number, count) if count >= PINNED and 2 * count > self.pages else None

    def is_strange(self, marks: Marks) -> bool:
        """Whether a page carries next to nothing of what surrounds the site's articles, its own among
        them: a challenge, a maintenance page. What one page of a known site carries is no measure."""
        known = self.learned
        few = len(known.pages) <= RECURS
        usual = (known.around.total() if few else known.carried) / max(len(known.pages), 1)
        if usual < _FEW_AROUND:
            return False
        least = 1 if few else RECURS
        texts = {*marks.around, *marks.inside}
        return sum(known.around.get(text, 0) >= least for text in texts) < usual * _STRANGE

    def unfitted(self, layout: str | None) -> str:
        """That no layout fits, though one did on this page before or does on most of the others; or ""."""
        if layout is not None:
            return ""
        if self.own is not None and self.own.layout is not None:
            return f'no layout fits; the layout "{self.own.layout}" did before'
        layouts = self.learned.layouts
        name, count = max(
            ((name, count) for name, count in layouts.items() if name is not None),
            key=lambda item: (item[1], item[0]),
            default=("", 0),
        )
        if count < PINNED or 2 * count <= self.pages:
            return ""
        return f'no layout fits; the layout "{name}" does on {count} of the {self.pages} other pages'
