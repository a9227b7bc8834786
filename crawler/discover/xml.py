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
_NUMBER = re.compile(r"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")
_AMPERSAND = re.compile(r"&(?!#[xX]?[0-9A-Fa-f]{1,7};)([A-Za-z][A-Za-z0-9]{1,31};)?")
_VOID = re.compile(r"<(br|hr|img|input|wbr)\b([^<>]{0,2000})(?<!/)>", re.IGNORECASE)
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")


class Document:
    """One XML document, read once, element by element."""

    def __init__(self, body: bytes) -> None:
        declared = _DECLARED.search(body[:200])
        name = declared[1].decode("ascii").lower() if declared else ""
        # A declaration that is read byte by byte is in no UTF-16, as programs say that print into a string.
        text = decoded(body, "" if name.startswith("utf-16") else name)
        text = _NOT_XML.sub(" ", without_declaration(text))
        self._text = _mended(_NUMBER.sub(_readable, text))
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


def without_declaration(text: str) -> str:
    """`text` without the <?xml …?> it begins with, which names an encoding it no longer has."""
    return text[text.find("?>") + 2 :] if text.startswith("<?xml") and "?>" in text[:400] else text


def name_of(element: etree._Element) -> str:
    """The name without its namespace, which is often wrong."""
    return str(element.tag).rpartition("}")[2].lower()


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The elements right inside, with their names; no comments and the like."""
    return ((name_of(child), child) for child in element.iterchildren("*"))


def text_of(element: etree._Element) -> str:
    """All text inside, in one line."""
    return " ".join("".join(str(piece) for piece in element.itertext("*")).split())


def forget(element: etree._Element) -> None:
    """Frees an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _mended(text: str) -> str:
    """`text` with what people write in feeds outside CDATA, bare ampersands and <br>, made XML."""
    pieces = []
    at = 0
    while (start := text.find("<![CDATA[", at)) != -1:
        end = text.find("]]>", start)
        end = len(text) if end == -1 else end
        pieces += [_markup(text[at:start]), text[start:end]]
        at = end
    pieces.append(_markup(text[at:]))
    return "".join(pieces)


def _markup(text: str) -> str:
    return _VOID.sub(r"<\1\2/>", _AMPERSAND.sub(_reference, text))


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if not name:
        return "&amp;"
    if name in _XML_NAMES:
        return match[0]
    meant = html5.get(name)
    return f"&amp;{name}" if meant is None else meant.replace("&", "&amp;").replace("<", "&lt;")


def _readable(match: re.Match[str]) -> str:
    """A numeric reference, or U+FFFD for one to no character: the parser would make broken text of it."""
    digits = (match[1] or match[2]).lstrip("0")
    number = int(digits or "0", 16 if match[1] else 10) if len(digits) < 8 else -1
    inside = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return f"&#{number};" if inside or 0x10000 <= number <= 0x10FFFF else "\ufffd"
