"""Where known kinds of pages keep their article, as data: a strong witness, never a condition.

It measures nothing: a layout that fits but holds next to no text is overruled by the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.extract.blocks import Box, Page
from crawler.text import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A kind of page: `body` selects the boxes of the article's text. `exact`: they hold nothing else;
    otherwise the article is somewhere inside. `seen`: the first and the last day it was known to hold on
    the organisation's sites; None: the platform's or the web's practice, not seen there."""

    name: str
    body: str
    exact: bool = True
    seen: tuple[date, date] | None = None

    @property
    def fixture(self) -> str:
        """The name of a page that it fits, among the tests."""
        return f"{self.name.replace(' ', '-')}.html"


_SEEN = (date(2026, 11, 24), date(2026, 11, 24))  # gathered that day, from scrapers that are at work

# The first that fits wins. Drupal's field names are the platform's, seen on the organisation's sites. How
# long one goes on to fit is learned: what fails on known pages is in `iomwatch status`.
LAYOUTS = (
    Layout(name="press release", body="div.narrow-content div.field--type-text-with-summary", seen=_SEEN),
    Layout(name="blog", body="div.node--type-blog-list div.field--name-field-contents", seen=_SEEN),
    Layout(name="drupal body", body="article div.field--name-body, main div.field--name-body"),
    Layout(name="story", body="div[data-history-node-id]", exact=False, seen=_SEEN),
    Layout(name="drupal 7", body="#block-system-main div.field-name-body"),
    Layout(name="drupal 7 page", body="#block-system-main", exact=False, seen=_SEEN),
    Layout(name="article body", body='[itemprop="articleBody"]', exact=False),
)


def is_exact(name: str | None) -> bool:
    """Whether the boxes of the layout called `name` hold the article's text and nothing else."""
    return any(layout.exact for layout in LAYOUTS if layout.name == name)


# A selector costs far more than a look at the boxes: pages that bear none of these names have no layout.
_NAMES = words(
    "field--type-text-with-summary field--name-field-contents field--name-body block-system-main"
    " field-name-body"
)
_WORDS = words("field system")  # each of those names has one of these


def _may_fit(page: Page) -> bool:
    """Whether a box of the page bears what a layout looks for."""
    return any(
        box.entry or box.itemprop == "articlebody" or not _NAMES.isdisjoint(box.names)
        for box in page.boxes
        if box.entry or box.itemprop or not _WORDS.isdisjoint(box.words)
    )


def fitting(page: Page) -> tuple[Layout, tuple[Box, ...]] | None:
    """The first layout that fits, and the boxes of its body in page order, outermost alone.

    Boxes that are furniture (a related item's teaser) do not count; `content.weigh` has run.
    """
    if page.tree is None or not _may_fit(page):
        return None
    by_key = {box.key: box for box in page.boxes}
    return _first(page, by_key, brief=False) or _first(page, by_key, brief=True)


def _with_words(page: Page) -> set[int]:
    """The boxes that hold a line of words of their own, however short: no heading, no link."""
    holding: set[int] = set()
    for run in page.runs:
        box: Box | None = run.box
        if run.box.level or run.link_share > 0.5 or not any(map(str.isalpha, run.text)):
            continue
        while box is not None and id(box) not in holding:
            holding.add(id(box))
            box = box.parent
    return holding


def _first(page: Page, by_key: dict[int, Box], *, brief: bool) -> tuple[Layout, tuple[Box, ...]] | None:
    """The first layout that fits; with `brief` an exact one, whose boxes need hold no prose, only words."""
    if page.tree is None:
        return None
    holding = _with_words(page) if brief else set()
    for layout in LAYOUTS:
        if brief and not layout.exact:
            continue
        boxes: list[Box] = []
        for node in page.tree.css(layout.body):
            box = by_key.get(node.mem_id)
            if box is None or box.furniture or any(box.within(outer) for outer in boxes):
                continue
            if not box.mass and id(box) not in holding:
                continue
            boxes.append(box)
        if boxes:
            return layout, tuple(boxes)
    return None
