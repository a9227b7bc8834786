"""Which part of a page is its article, judged by its nature: prose, links, position, what boxes are named.

It knows no site and no language, and reads no field: a title or a date is found by others.
"""

from __future__ import annotations

import re

from crawler.extract.blocks import Box, Page, Run
from crawler.text import words

# The words sites build class names of, for boxes that are no article. English is the language of class names.
_FURNITURE_WORDS = words(
    "ad addthis addtoany ads adsense advert advertisement adverts banner banners bookmark breadcrumb"
    " breadcrumbs comment commentlist commentlisting comments consent cookie cookies copyright cta"
    " disqus feedback flyout footer gdpr latest lightbox login masthead megamenu menu menus modal"
    " mostread nav navbar navigation newsletter newsletters onetrust outbrain overlay pager pagination"
    " paginator paywall poll popular popup promo promos promoted promotion rating reactions readmore"
    " recirc recirculation recommend recommendations recommended related respond share sharer shares"
    " sharethis sharing sidebar signin signup skip social socials sponsor sponsored submenu subscribe"
    " subscription survey switcher taboola taglist tags teaser teasers toolbar trending upsell widget"
    " widgets"
)
_FURNITURE_ROLES = words(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar tablist toolbar alert"
)
_FURNITURE_TAGS = words("nav footer aside dialog menu")

_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u2e80-\ud7ff]")
_DOMINANT = 0.75  # a box with this share of its parent's prose is looked into
_WHOLE = 0.5  # boxes with this share of the page's prose are not furniture, whatever their name
_FEW = 3  # so many <h1> are one headline; more are a list of them
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


def _by_nature(box: Box) -> str:
    """Why `box` alone looks like furniture; "" where it does not."""
    if box.hidden:
        return "hidden"
    if box.tag in _FURNITURE_TAGS:
        return f"<{box.tag}>"
    if box.role in _FURNITURE_ROLES:
        return f"role={box.role}"
    if box.tag in ("body", "main", "article", "html"):
        return ""
    if not _FURNITURE_WORDS.isdisjoint(box.words):
        return "named " + min(_FURNITURE_WORDS & box.words)
    if box.tag == "header" and not _inside_article(box):
        return "<header>"
    return ""


def _inside_article(box: Box) -> bool:
    parent = box.parent
    while parent is not None:
        if parent.tag in ("article", "main", "section"):
            return True
        parent = parent.parent
    return False


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


def _misnamed(page: Page, reasons: dict[int, str]) -> set[str]:
    """Reasons that would take away half of the page's prose: there the word means something else
    (a page builder calls every box "widget"), or the page is shown by a script that unhides it."""
    taken: dict[str, float] = {}
    for box in page.boxes:
        if (reason := reasons.get(id(box))) and (box.parent is None or id(box.parent) not in reasons):
            taken[reason] = taken.get(reason, 0.0) + box.mass
    total = page.root.mass
    left = total - sum(taken.values())
    return {
        reason
        for reason, mass in taken.items()
        if mass > _WHOLE * total
        and reason not in _PLAIN_NAMES
        and (left < _NOTHING or (left < mass * 0.25 and reason != "hidden"))
    }


def _around_headline(page: Page) -> set[int]:
    """Boxes that hold a main headline or the page's main part: no furniture, whatever they are named."""
    heads = [run.box for run in page.runs if run.box.level == 1 and not run.box.hidden]
    around: set[int] = set()
    for box in [*(heads if len(heads) <= _FEW else ()), *(box for box in page.boxes if box.tag == "main")]:
        inner: Box | None = box
        while inner is not None and id(inner) not in around:
            around.add(id(inner))
            inner = inner.parent
    return around


def weigh(page: Page) -> None:
    """Set each run's prose, each box's furniture (why it is no article) and mass (furniture left out)."""
    for run in page.runs:
        run.prose = prose(run)
    _spread(page, all_of_it=True)
    around = _around_headline(page)
    reasons = {
        id(box): reason
        for box in page.boxes
        if (reason := _by_nature(box)) and (id(box) not in around or reason[0] != "n")
    }
    misnamed = _misnamed(page, reasons)
    for box in page.boxes:
        reason = reasons.get(id(box), "")
        box.furniture = (box.parent.furniture if box.parent else "") or ("" if reason in misnamed else reason)
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
