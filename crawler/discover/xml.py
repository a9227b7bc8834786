"""Reads XML as sites write it: bare ampersands, HTML's entities, wrong encodings, cut in the middle.

Does not resolve entities or load anything, and closes nothing by itself: an element that the document
left open is never given out, for what it holds may be cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from crawler.discover.charset import decoded

_PIECE = 65_536  # characters parsed at once
_DECLARED = re.compile(rb"""<\?xml[^<>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_-]{1,40})""")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,200}\?>")
_AMPERSAND = re.compile(
    r"&(?:#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));|([A-Za-z][A-Za-z0-9]{1,31};))?", re.IGNORECASE
)
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Document:
    """One XML document, read once, element by element."""

    def __init__(self, body: bytes) -> None:
        declared = _DECLARED.search(body[:200])
        text = decoded(body, declared[1].decode("ascii") if declared else "")
        self._text = _mended(_NOT_XML.sub(" ", _DECLARATION.sub("", text, count=1)))
        self._parser = etree.XMLPullParser(
            events=("end",),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )

    def closed(self) -> Iterator[tuple[str, etree._Element]]:
        """Elements with their local names, in the order of their end tags."""
        for start in range(0, len(self._text), _PIECE):
            self._parser.feed(self._text[start : start + _PIECE].encode("utf-8"))
            for _, element in self._parser.read_events():
                if element is None or isinstance(element, tuple):
                    continue  # what events that were not asked for would give
                yield name_of(element), element

    @property
    def trouble(self) -> str | None:
        """The first thing that was wrong with what has been read."""
        errors = self._parser.error_log
        return f"line {errors[0].line}: {errors[0].message[:120]}" if len(errors) else None


def name_of(element: etree._Element) -> str:
    """The name without its namespace, which is often wrong; for a comment something that is no name."""
    return str(element.tag).rpartition("}")[2].lower()


def text_of(element: etree._Element) -> str:
    """All text inside, in one line."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def forget(element: etree._Element) -> None:
    """Frees an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _mended(text: str) -> str:
    """`text` with each ampersand outside CDATA made one that XML allows."""
    pieces = []
    at = 0
    while (start := text.find("<![CDATA[", at)) != -1:
        end = text.find("]]>", start)
        end = len(text) if end == -1 else end
        pieces += [_AMPERSAND.sub(_reference, text[at:start]), text[start:end]]
        at = end
    pieces.append(_AMPERSAND.sub(_reference, text[at:]))
    return "".join(pieces)


def _reference(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match[1], match[2], match[3]
    if name:
        if name in _XML_NAMES:
            return match[0]
        meant = html5.get(name)
        return f"&amp;{name}" if meant is None else meant.replace("&", "&amp;").replace("<", "&lt;")
    if not (hexadecimal or decimal):
        return "&amp;"
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    readable = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return match[0] if readable or 0x10000 <= number <= 0x10FFFF else "\ufffd"
