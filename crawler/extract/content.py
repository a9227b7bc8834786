"""Which part of a page is its article, judged by its nature: prose, links, position, what boxes are named.

It knows no site and no language, and reads no field: a title or a date is found by others.
"""

from __future__ import annotations

import re

from crawler.extract.blocks import Box, Page, Run

_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u2e80-\ud7ff]")
_DOMINANT = 0.75  # a box with this share of its parent's prose is looked into
_WHOLE = 0.5  # boxes with this share of the page's prose are not furniture, whatever their name
_LONG_LINE = 80  # characters: a line of prose, in what is read as one
_NOTHING = 250.0  # less prose than this, in characters, is no article
# Names that are never given to anything else, however much of a page they take.
_PLAIN_NAMES = frozenset(
    [
        "<footer>",
        "<nav>",
        "named comment",
        "named comments",
        "named commentlist",
        "named disqus",
        "named related",
    ]
)


def size(text: str) -> int:
    """Characters, those of scripts without spaces counted double: what a reader would call length."""
    return len(text) if text.isascii() or not _DENSE.search(text) else len(text) + len(_DENSE.findall(text))


def prose(run: Run) -> float:
    """How much running text a run holds: its length less its links; labels and headings weigh little."""
    length = size(run.text) - 1.5 * run.linked
    if length < 25 or run.box.level:
        return 0.0
    return length if length >= 80 or run.text[-1:] in '.!?…。！？؟۔।։"”»' else length * 0.3


def _spread(page: Page, *, all_of_it: bool) -> None:
    """Set each box's mass: the prose of its runs (without furniture, unless `all_of_it`)."""
    for box in page.boxes:
        box.mass = 0.0
    for run in page.runs:
        if all_of_it or not run.box.furniture:
            run.box.mass += run.prose
    for box in reversed(page.boxes):
        if box.parent is not None:
            box.parent.mass += box.mass


def _amount(lines: tuple[str, ...]) -> float:
    """The prose of a furnishing read as one: its long lines."""
    return float(sum(len(line) for line in lines if len(line) >= _LONG_LINE))


def _misnamed(page: Page) -> frozenset[str]:
    """Reasons that would take away half of the page's prose: there the word means something else
    (a page builder calls every box "widget"), or the page is shown by a script that unhides it."""
    taken: dict[str, float] = {}
    for box in page.boxes:
        if (reason := box.furniture) and (box.parent is None or not box.parent.furniture):
            taken[reason] = taken.get(reason, 0.0) + box.mass
    total = page.root.mass
    left = total - sum(taken.values())
    claims = {reason: mass for reason, mass in taken.items() if reason not in _PLAIN_NAMES}
    most = max(claims, key=lambda reason: (claims[reason], reason), default="")
    if left < _NOTHING and most and claims[most] > max(_NOTHING, 3 * left):
        return frozenset([most])
    return frozenset(
        reason
        for reason, mass in claims.items()
        if mass > _WHOLE * total and left < mass / 3 and reason != "hidden"
    )


def _weigh_runs(page: Page) -> None:
    for run in page.runs:
        run.prose = _amount(run.lines) if run.lump else prose(run)
    _spread(page, all_of_it=True)


def weigh(page: Page) -> None:
    """Set each run's prose, each box's furniture (why it is no article) and mass (furniture left out)."""
    spared: frozenset[str] = frozenset()
    _weigh_runs(page)
    while misnamed := _misnamed(page) - spared:
        spared |= misnamed
        page.walk(spared)
        _weigh_runs(page)
    _spread(page, all_of_it=False)


def densest(page: Page, start: Box | None = None) -> Box:
    """The smallest box that still holds most of the prose of `start` (the page). `weigh` has run."""
    children: dict[int, list[Box]] = {}
    for box in page.boxes:
        if box.parent is not None and box.mass and not box.furniture:
            children.setdefault(id(box.parent), []).append(box)
    current = start or page.root
    while inner := children.get(id(current)):
        best = max(inner, key=lambda box: box.mass)
        if best.mass < _DOMINANT * current.mass or best.tag in ("p", "li", "tr", "td", "blockquote"):
            break
        current = best
    return current
