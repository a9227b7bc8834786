"""What a box is called that is no part of an article by its nature: its tag, its role, its class names.

It reads no text: whether a name means what it says is judged where the page's prose is weighed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.text import words

if TYPE_CHECKING:
    from crawler.extract.blocks import Box

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
SUSPECT = _FURNITURE_TAGS | {"header"}  # tags that alone may make furniture


def by_nature(box: Box) -> str:
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
