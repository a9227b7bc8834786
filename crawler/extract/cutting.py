"""Cuts out of a page what a CSS selector matches, and hands the page on as UTF-8. It does not read it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from crawler.bounds import MAX_BYTES, html_only, too_much
from crawler.extract.decode import utf8

CONTENT_TYPE = "text/html; charset=utf-8"  # of what `without` gives
_WHOLE = {"html", "head", "body"}  # without these there is no page


def is_selector(text: str) -> bool:
    """Whether `text` is a CSS selector that the parser knows. Never raises."""
    try:
        LexborHTMLParser("<p></p>").css(text)
    except SelectolaxError:
        return False
    return True


def without(body: bytes, selector: str, *, content_type: str | None = None) -> bytes | None:
    """The page without what the selector matches; None for a page that is not to be parsed."""
    if len(body) > MAX_BYTES:
        return None
    markup = html_only(utf8(body, content_type))
    if too_much(markup):
        return None
    tree = LexborHTMLParser(markup, scripting=True)
    matched = {node.mem_id: node for node in tree.css(selector) if node.tag not in _WHOLE}
    for node in [node for node in matched.values() if not _inside(node, matched)]:
        node.decompose()
    return (tree.html or "").encode()


def _inside(node: LexborNode, matched: dict[int, LexborNode]) -> bool:
    """Whether the node goes with another one that is matched."""
    outer = node.parent
    while outer is not None:
        if outer.mem_id in matched:
            return True
        outer = outer.parent
    return False
