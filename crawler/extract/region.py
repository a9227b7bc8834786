"""The boxes of the article's text: a known layout's, else the densest; of several, the headline's own.

It gives no run a role: what stands in the region may still be a caption, a label or a teaser.
"""

from __future__ import annotations

from crawler.extract import content, layouts
from crawler.extract.blocks import Box, Page

_NEARLY_EMPTY = 0.12  # a layout's box with less than this share of the prose elsewhere is not believed
_LEAST = 250.0  # less prose than this is no article
_MUCH = 0.25  # a <main> with this share of the region's prose holds the article
_MOST = 0.5  # an <article> with this share of the region's prose is the article
_SEVERAL = 0.2  # articles beside the headline's with this share of its prose are other articles


def choose(page: Page) -> tuple[str | None, tuple[Box, ...]]:
    """The layout that fits and the boxes of the article's text."""
    dense = content.densest(page)
    fit = layouts.fitting(page)
    if fit is None:
        return None, (dense,)
    layout, boxes = fit
    mass = sum(box.mass for box in boxes)
    if mass < _NEARLY_EMPTY * dense.mass:
        return None, (dense,)
    if not layout.exact:
        boxes = tuple(content.densest(page, box) for box in boxes)
    return layout.name, boxes


def only(page: Page, region: tuple[Box, ...]) -> tuple[Box, ...]:
    """The region, or the one <article> in it that holds half of its prose."""
    outer = region[0]
    if len(region) != 1 or outer.tag == "article":
        return region
    articles = [
        box
        for box in page.boxes
        if box.tag == "article" and box.mass and not box.furniture and box.within(outer)
    ]
    if len(articles) == 1 and articles[0].mass >= _MOST * outer.mass:
        return (content.densest(page, articles[0]),)
    return region


def own(page: Page, region: tuple[Box, ...], headline: Box) -> tuple[Box, ...]:
    """The region, or within it the <main> around the headline, or of several articles the one it heads."""
    holder: Box | None = headline
    while holder is not None and holder.tag not in ("article", "main"):
        holder = holder.parent
    if holder is None or holder.mass < _LEAST or len(region) != 1 or holder is region[0]:
        return region
    if not holder.within(region[0]):
        return region
    if holder.mass >= (_MUCH if holder.tag == "main" else _MOST) * region[0].mass:
        return (content.densest(page, holder),)
    others = sum(
        box.mass
        for box in page.boxes
        if box.tag == "article" and box.mass and not box.furniture and not holder.within(box)
        if not box.within(holder) and box.within(region[0])
    )
    return (content.densest(page, holder),) if others > _SEVERAL * holder.mass else region
