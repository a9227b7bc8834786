"""What a drawn digest may hold, judged by an HTML parser: our own elements, and links to the web alone."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "p",
    "h1", "h2", "h3", "span", "strong", "a", "del", "ins", "br", "ul", "li", "blockquote",
}  # fmt: skip
_ATTRIBUTES = {
    "lang", "dir", "charset", "name", "content", "class", "style", "role", "width", "height", "align",
    "border", "cellpadding", "cellspacing", "bgcolor", "href",
}  # fmt: skip


def faults(markup: str) -> list[str]:
    """What stands in `markup` that no template of ours wrote."""
    found: list[str] = []
    for node in LexborHTMLParser(markup).css("*"):
        if node.tag not in _ELEMENTS:
            found.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            if name not in _ATTRIBUTES:
                found.append(f"{node.tag} {name}=")
            if name == "href" and not (value or "").startswith(("http://", "https://")):
                found.append(f"href={value}")
    return found


def one(markup: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first node that `selector` finds; there must be one."""
    node = markup.css_first(selector)
    assert node is not None, selector
    return node


def unprintable(text: str) -> set[str]:
    """The characters of `text` that a terminal or a reader's eye would be fooled by."""
    return {
        char
        for char in text
        if (char < " " and char != "\n") or "\x7f" <= char <= "\x9f"
        or char in "\u2028\u2029\ufeff\u061c\u200e\u200f"
        or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" or "\ud800" <= char <= "\udfff"
    }  # fmt: skip
