"""Why a box is furniture: its tag, its role, its name, its being hidden; and when such a word excuses itself.

It knows no site and no language (class names are English everywhere), and measures no text: that is done
before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.text import words

if TYPE_CHECKING:
    from crawler.extract.blocks import Box, Page

# The words sites build class names of, for boxes that are no article. English is the language of class names.
_NAMES = words(
    "ad addthis addtoany ads adsense advert advertisement adverts affiliate author authors banner banners"
    " bio bookmark breadcrumb breadcrumbs byline comment commentlist commentlisting comments consent cookie"
    " cookies copyright cta disclaimer disclosure disqus excerpt excerpts factbox feedback flyout footer"
    " footnotes gdpr infobox latest lightbox login masthead megamenu menu menus modal mostread nav navbar"
    " navigation newsletter newsletters onetrust outbrain overlay pager pagination paginator paywall poll"
    " popular popup promo promos promotion rating reactions readmore recirc recirculation recommend"
    " recommendations recommended related respond share sharer shares sharethis sharing sidebar signin"
    " signup skip social socials sponsor sponsored submenu subscribe subscription survey switcher taboola"
    " taglist tags teaser teasers toolbar tooltip trending tweet upsell widget widgets"
)
_ROLES = words(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar alert"
)
_TAGS = words("nav footer aside dialog menu form")
SUSPECT = _TAGS | {"header"}  # tags that alone may make furniture
_NEUTRAL = words("body main article html")
# Names that are never given to anything else, however much of a page they take.
_PLAIN = frozenset(
    f"named {name}"
    for name in words("comment comments commentlist disqus related cookie cookies consent onetrust gdpr")
) | {"<footer>", "<nav>"}

_SHORT = frozenset(["ad"])  # a name that is found where names are made up
# What people say to each other is the text of a page that holds no other: a thread.
_THREADS = frozenset(f"named {name}" for name in words("comment comments commentlist"))

BY_NAME = ("named", "<form")  # how the reasons begin that hold for no box with the headline in it
_WHOLE = 0.5  # boxes with this share of the page's prose are not furniture, whatever their name
_LITTLE = 0.65  # ... where what is left is less than this share of theirs
_NOTHING = 250.0  # less prose than this, in characters, is no article

# Things of few words: a box of such a name with much prose is what the name tells of, as the text of a
# newsletter. Menus, banners and feeds are left out: they can be long and yet no article.
_BRIEF = frozenset(
    f"named {name}"
    for name in words("byline cta newsletter newsletters signup subscribe subscription toolbar tooltip")
)
_BRIEF_PROSE = 3000.0  # characters that no such thing has
_BRIEF_SHARE = 0.25  # ... and so much of what is left

_HASH = re.compile(r"(?<![a-zA-Z0-9])(?=[a-f]{0,60}[0-9])[0-9a-f]{6,60}(?![a-zA-Z0-9])")
_TRAITS = words("has with without and no not")
_TRAIT = re.compile(rf"(?<![a-zA-Z])(?:{'|'.join(sorted(_TRAITS))})[-_]\S{{1,200}}")
_DIGIT = re.compile("[0-9]")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_PART = re.compile(r"[\s_-]+")
_MINTED = 3  # a name of so many words that are shorter than that on average is made by a tool
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_OPENERS = frozenset({"aria-expanded", "aria-controls"})
_OPENER = "[aria-expanded], [aria-controls]"
_STREAMED = re.compile(r"S:[0-9a-f]{1,6}")


def _minted(words: list[str]) -> bool:
    return len(words) >= _MINTED and sum(map(len, words)) < _MINTED * len(words)


def named(label: str, parts: frozenset[str]) -> str:
    """The word of a box's classes and id (`label`, made of `parts`) that names furniture.

    A number in hexadecimal has no words in it ("ad6ed79d"), nor has what a tool makes up ("vpWAad", "pk pl
    ad"); and what a box has is not what it is ("has-background-overlay", "with-sidebar").
    """
    if _NAMES.isdisjoint(parts):
        return ""
    names = _HASH.sub(" ", _UUID.sub(" ", label)) if _DIGIT.search(label) else label
    if not _TRAITS.isdisjoint(parts):
        names = _TRAIT.sub(" ", names)
    each = [word for name in _PART.split(names) if not _minted(made := _WORD.findall(name)) for word in made]
    found = _NAMES.intersection(map(str.lower, each))
    if found <= _SHORT and _minted([word for word in label.split() if len(word) < _MINTED]):
        return ""
    return "named " + min(found) if found else ""


def _inside_article(box: Box) -> bool:
    parent = box.parent
    while parent is not None:
        if parent.tag in ("article", "main", "section"):
            return True
        parent = parent.parent
    return False


def _streamed(box: Box) -> bool:
    """Whether a hidden box is a part that React sends late: a script puts it where it belongs.
    (react-dom, ReactFizzConfigDOM: `<div hidden id="S:…">`, the same number behind "B:" in its place.)"""
    return box.tag == "div" and any(map(_STREAMED.fullmatch, box.label.split()))


def _unfolds(box: Box) -> bool:
    """Whether a hidden box is opened by what stands right before it: an accordion's panel in the text.
    (ARIA Authoring Practices, "Accordion" and "Disclosure": a button with aria-expanded or aria-controls.)"""
    if box.node is None:
        return False
    node = box.node.prev
    while node is not None and node.tag in ("-text", "-comment"):
        node = node.prev
    if node is None:
        return False
    return not _OPENERS.isdisjoint(node.attributes) or node.css_first(_OPENER) is not None


def _unhidden(box: Box) -> bool:
    """Whether a box that is marked as hidden, or lies in one, is yet there to be read."""
    while box.parent is not None and box.parent.around.hidden:
        if _streamed(box):
            return True
        box = box.parent
    return _streamed(box) or _unfolds(box)


def reason(box: Box) -> str:
    """Why `box` alone looks like furniture; "" where it does not."""
    tag = box.tag
    if box.around.hidden and not _unhidden(box):
        return "hidden"
    if tag in _TAGS:
        return f"<{tag}>"
    if box.role and box.role in _ROLES:
        return f"role={box.role}"
    if tag in _NEUTRAL:
        return ""
    if box.named:
        return box.named
    return "<header>" if tag == "header" and not _inside_article(box) else ""


def tops(page: Page) -> list[Box]:
    """The outermost boxes that are furniture and hold prose."""
    return [
        box
        for box in page.boxes
        if box.furniture and box.mass and not (box.parent is not None and box.parent.furniture)
    ]


def excused(page: Page, said: str) -> str:
    """The reason that takes away most of the page's prose: there the word means something else (a page
    builder calls every box "widget"), or the page is shown by a script that unhides it. "" if none does.

    `said` is what the page's own metadata give as the article's text: where it is, hidden text may be it.
    """
    taken: dict[str, float] = {}
    large: dict[str, float] = {}  # the largest box of things of few words
    for box in tops(page):
        reason, mass = box.furniture, box.mass
        taken[reason] = taken.get(reason, 0.0) + mass
        if mass >= _BRIEF_PROSE and reason in _BRIEF:
            large[reason] = max(large.get(reason, 0.0), mass)
    left = page.root.mass - sum(taken.values())
    for reason, mass in large.items():
        if mass >= _BRIEF_SHARE * left:
            return reason
    doubtful = {reason: mass for reason, mass in taken.items() if reason not in _PLAIN}
    amount = left + sum(doubtful.values())
    for reason in sorted(doubtful, key=lambda reason: -doubtful[reason]):
        mass = doubtful[reason]
        if mass <= _WHOLE * amount:
            break
        if left < _NOTHING or (left < mass * _LITTLE and (reason != "hidden" or said)):
            return reason
    threads = [reason for reason in taken if reason in _THREADS and taken[reason] >= _NOTHING]
    return max(threads, key=lambda reason: taken[reason]) if threads and left < _NOTHING else ""
