"""A digest as a feed of its own, Atom 1.0 (RFC 4287) or JSON Feed 1.1: one entry an event.

Names no address of its own: it is a file until somebody serves it. Feeds of many letters are `feeds.py`'s.
"""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree as ET

from crawler.digest import tongue
from crawler.digest.essence import essence
from crawler.digest.feeds import ATOM, TAG, add, add_entry, event_item, json_feed
from crawler.digest.text import closing
from crawler.digest.visible import line
from crawler.values import Digest, iso


def atom(digest: Digest) -> str:
    """The Atom feed as an XML document, in the order of `digest.events`."""
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": tongue.language()})
    add(feed, "id", f"{TAG}digest:{quote(digest.name.encode('utf-8', 'replace'), safe='') or '-'}")
    add(feed, "title", _title(digest))
    add(feed, "subtitle", _description(digest))
    add(feed, "updated", iso(max((event.seen_at for event in digest.events), default=digest.until)))
    add(add(feed, "author"), "name", "iomwatch")
    add(feed, "generator", "iomwatch")
    for event in digest.events:
        add_entry(feed, event_item(event))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def json_feed_of(digest: Digest) -> str:
    """The JSON Feed, in the order of `digest.events`."""
    items = [event_item(event) for event in digest.events]
    return json_feed(items, _title(digest), description=_description(digest), language=tongue.language())


def _title(digest: Digest) -> str:
    return f"iomwatch: {line(digest.name, 60)}"


def _description(digest: Digest) -> str:
    return line(" ".join((essence(digest) + ".", *closing(digest))), 2_000)
