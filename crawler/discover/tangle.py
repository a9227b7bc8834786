"""Finds pages that would keep an HTML parser busy for minutes: very deep, or with very many attributes.

Does not parse: it walks over the tags once, in linear time, and counts.
"""

from __future__ import annotations

import re

DEEPEST = 2_000
MOST_ATTRIBUTES = 1_000  # on one tag
MOST_ATTRIBUTES_IN_ALL = 200_000
_TAG = re.compile(rb"<(?:(/?)([a-z][^\s/>]*+)|!--)")
_ATTRIBUTE = re.compile(
    rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)?"""
)
_RAW = frozenset({b"script", b"style", b"textarea", b"title", b"noscript", b"iframe", b"xmp"})
_NO_DEPTH = frozenset(  # void elements, and those whose end tag is often left out
    b"area base br col embed hr img input link meta param source track wbr "
    b"li p td th tr dt dd option thead tbody tfoot colgroup rt rp".split()
)


def tangled(html: bytes) -> str | None:
    """What is excessive about `html`, in words, or None."""
    html = html.lower()
    at = depth = in_all = 0
    while (match := _TAG.search(html, at)) is not None:
        at = match.end()
        if match[2] is None:
            at = _behind(html, b"-->", at)
            continue
        closing, name = match[1], match[2]
        attributes = 0
        while (attribute := _ATTRIBUTE.match(html, at)) is not None:
            at = attribute.end()
            attributes += 1
            if attributes > MOST_ATTRIBUTES:
                return f"a tag with more than {MOST_ATTRIBUTES:,} attributes"
        in_all += attributes
        if in_all > MOST_ATTRIBUTES_IN_ALL:
            return f"more than {MOST_ATTRIBUTES_IN_ALL:,} attributes"
        if name in _RAW and not closing:
            at = _behind(html, b"</" + name, at)
        elif name not in _NO_DEPTH:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > DEEPEST:
                return f"more than {DEEPEST:,} elements inside each other"
    return None


def _behind(html: bytes, mark: bytes, at: int) -> int:
    end = html.find(mark, at)
    return len(html) if end == -1 else end + len(mark)
