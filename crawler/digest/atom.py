"""A digest as an Atom 1.0 feed (RFC 4287): one entry an event, so a changed release is a new entry.

Names no address of its own: it is a file until somebody serves it.
"""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree as ET

from crawler.digest import words
from crawler.digest.arrange import item
from crawler.digest.html import fragment
from crawler.digest.text import closing
from crawler.digest.visible import line
from crawler.values import Digest, Event, iso

_ATOM = "http://www.w3.org/2005/Atom"
# RFC 4151 wants an authority that is ours; a name that nobody can own (RFC 2606) is nobody else's.
_TAG = "tag:iomwatch.invalid,2026:"


def atom(digest: Digest) -> str:
    """The feed as an XML document, in the order of `digest.events`."""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", f"{_TAG}digest:{_quoted(digest.name)}")
    _add(feed, "title", f"iomwatch: {line(digest.name, 60)}")
    _add(feed, "subtitle", line(" ".join((words.essence(digest) + ".", *closing(digest))), 2_000))
    _add(feed, "updated", iso(max((event.seen_at for event in digest.events), default=digest.until)))
    _add(_add(feed, "author"), "name", "iomwatch")
    _add(feed, "generator", "iomwatch")
    for event in digest.events:
        _entry(feed, event)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(feed: ET.Element, event: Event) -> None:
    told = item(event)
    entry = _add(feed, "entry")
    _add(entry, "id", f"{_TAG}event:{_quoted(event.id)}")
    _add(entry, "title", f"{told.label[:1].upper()}{told.label[1:]}: {told.title}")
    _add(entry, "updated", iso(event.seen_at))
    if told.address and told.address.link:
        ET.SubElement(entry, "link", {"rel": "alternate", "href": told.address.link})
    ET.SubElement(entry, "category", {"term": event.kind.value})
    ET.SubElement(entry, "category", {"term": told.site, "label": f"site {told.site}"})
    _add(entry, "content", fragment(told)).set("type", "html")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = text
    return child


def _quoted(text: str) -> str:
    """`text` as it may stand in a tag URI."""
    return quote(text.encode("utf-8", "replace"), safe="") or "-"
