"""Where known kinds of pages keep their article, as data: a strong witness, never a condition.

It measures nothing: a layout that fits but holds next to no text is overruled by the content.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extract.blocks import Box, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A kind of page: `body` selects the boxes of the article's text. `exact`: they hold nothing else;
    otherwise the article is somewhere inside."""

    name: str
    body: str
    exact: bool = True


# The first that fits wins. Drupal's field names are the platform's, seen on the organisation's sites.
LAYOUTS = (
    Layout(name="press release", body="div.narrow-content div.field--type-text-with-summary"),
    Layout(name="blog", body="div.node--type-blog-list div.field--name-field-contents"),
    Layout(name="drupal body", body="article div.field--name-body, main div.field--name-body"),
    Layout(name="story", body="div[data-history-node-id]", exact=False),
    Layout(name="drupal 7", body="#block-system-main div.field-name-body"),
    Layout(name="drupal 7 page", body="#block-system-main", exact=False),
    Layout(name="article body", body='[itemprop="articleBody"]', exact=False),
)


def fitting(page: Page) -> tuple[Layout, tuple[Box, ...]] | None:
    """The first layout that fits, and the boxes of its body in page order, outermost alone.

    Boxes that are furniture (a related item's teaser) do not count; `content.weigh` has run.
    """
    if page.tree is None:
        return None
    by_key = {box.key: box for box in page.boxes}
    for layout in LAYOUTS:
        boxes: list[Box] = []
        for node in page.tree.css(layout.body):
            box = by_key.get(node.mem_id)
            if box is None or box.furniture or not box.mass or any(box.within(outer) for outer in boxes):
                continue
            boxes.append(box)
        if boxes:
            return layout, tuple(boxes)
    return None
