"""Which part of a page is its article, judged by its nature: prose, links, position, what boxes are named.

It knows no site and no language, and reads no field: a title or a date is found by others.
"""

from __future__ import annotations

import re

from crawler.extract import furniture
from crawler.extract.blocks import Box, Lump, Page, Run
from crawler.extract.unfold import unfold
from crawler.text import words

_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u2e80-\ud7ff]++")
_DOMINANT = 0.75  # a box with this share of its parent's prose is looked into
_PASSAGES = words("p li blockquote ul ol dl")  # boxes that are a part of a text, or less
_SHORTEST = 25  # characters: less is a label
_SENTENCE = 80  # characters: so much is a sentence, whatever it ends in
_LONG_LINE = 80  # characters: a line of prose, in what is read as one
_ROUNDS = 4  # boxes named so stand in boxes named so: what excuses one may uncover another
ENDS = frozenset('.!?…。！？؟۔।։"”»')


def size(text: str) -> int:
    """Characters, those of scripts without spaces counted double: what a reader would call length."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _DENSE.findall(text)))


def prose(run: Run) -> float:
    """How much running text a run holds: its length less its links; labels and headings weigh little."""
    text = run.text
    length: float = len(text)
    if 2 * length < _SHORTEST or run.box.around.level:
        return 0.0
    if not text.isascii():
        length = size(text)
    length -= 1.5 * run.linked
    if length < _SHORTEST:
        return 0.0
    return length if length >= _SENTENCE or text[-1] in ENDS else length * 0.3


def _gather(page: Page) -> None:
    """Set each run's prose and each box's mass, furniture and all."""
    for run in page.runs:
        if amount := run.prose or (_amount(run.pieces) if isinstance(run, Lump) else prose(run)):
            run.prose = amount
            run.box.mass += amount
    for box in reversed(page.boxes):
        if box.mass and box.parent is not None:
            box.parent.mass += box.mass


def _amount(pieces: list[str]) -> float:
    """The prose of a furnishing read as one: its long texts."""
    sizes = [len(" ".join(piece.split())) for piece in pieces if len(piece) >= _LONG_LINE]
    return float(sum([size for size in sizes if size >= _LONG_LINE]))


def weigh(page: Page, said: str = "") -> None:
    """Set each run's prose, each box's furniture (why it is no article) and mass (furniture left out).

    `said`: what the page's own metadata give as the article's text.
    """
    spared: frozenset[str] = frozenset()
    _gather(page)
    while page.tree is not None and len(spared) < _ROUNDS and (excused := furniture.excused(page, said)):
        spared |= {excused}
        unfold(page, spared)
        for box in page.boxes:
            box.mass = 0.0
        _gather(page)
    for top in furniture.tops(page):
        outer = top.parent
        while outer is not None:
            outer.mass = left if (left := outer.mass - top.mass) >= 1 else 0.0  # no remainder of rounding
            outer = outer.parent


def densest(page: Page, start: Box | None = None) -> Box:
    """The smallest box that still holds most of the prose of `start` (the page). `weigh` has run."""
    current = start or page.root
    least = _DOMINANT * current.mass
    for box in page.boxes:  # parents come before their children
        if box.parent is current and box.mass >= least and not box.furniture and box.mass > 0:
            if box.tag in _PASSAGES:
                break
            current, least = box, _DOMINANT * box.mass
    return current
