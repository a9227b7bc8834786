"""Letters as the entries of a feed: Atom 1.0 (RFC 4287) and JSON Feed 1.1 of the same items.

Each event is an entry of its own, so that a changed release is a new one to every reader; a letter without
events is one entry. Knows no address of its own: links to itself are relative, to whatever serves the folder.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from crawler.digest.arrange import item
from crawler.digest.html import fragment
from crawler.digest.tongue import label, speaking
from crawler.digest.visible import line
from crawler.values import Event, Letter, iso

Item = dict[str, Any]  # a JSON Feed item

ATOM: Final = "http://www.w3.org/2005/Atom"
_JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
# RFC 4151 wants an authority that is ours; a name that nobody can own (RFC 2606) is nobody else's.
TAG: Final = "tag:iomwatch.invalid,2026:"
_STRAY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def feed_items(letter: Letter) -> list[Item]:
    """The letter's entries in its language, weightiest first."""
    if letter.events:
        with speaking(letter.language):
            return [
                {**event_item(event), "language": letter.language}
                for event in sorted(letter.events, key=lambda event: -event.weight)
            ]
    return [
        {
            "id": f"{TAG}letter:{quote(letter.message_id.strip('<>'), safe='@')}",
            "title": line(letter.subject, 400),
            "content_text": _xml(letter.text),
            "date_published": iso(letter.created_at),
            "tags": [line(letter.digest, 60)],
            "language": letter.language,
        }
    ]


def json_feed(items: list[Item], title: str, **more: str) -> str:
    """The items as a JSON Feed 1.1, in their order; `more` are keys of the feed itself."""
    feed = {
        "version": _JSON_FEED,
        "title": title,
        **more,
        "authors": [{"name": "iomwatch"}],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=True, indent=1) + "\n"


def atom_feed(items: list[Item], title: str, *, updated: str) -> str:
    """The items as an Atom feed, in their order. `updated` (RFC 3339) is said of a feed without any."""
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    add(feed, "id", f"{TAG}feed")
    add(feed, "title", title)
    add(feed, "updated", max((item["date_published"] for item in items), default=updated))
    ET.SubElement(feed, "link", {"rel": "self", "href": "atom.xml"})
    ET.SubElement(feed, "link", {"rel": "alternate", "href": "index.html"})
    add(add(feed, "author"), "name", "iomwatch")
    add(feed, "generator", "iomwatch")
    for item_ in items:
        add_entry(feed, item_)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def event_item(event: Event) -> Item:
    """An event as an item: what changes later is another event, under another id."""
    told = item(event)
    found: Item = {
        "id": f"{TAG}event:{quote(event.id.encode('utf-8', 'replace'), safe='') or '-'}",
        "title": f"{label(told.label[:1].upper() + told.label[1:])} {told.title}",
        "content_html": _xml(fragment(told)),
        "date_published": iso(event.seen_at),
        "tags": [event.kind.value, told.site],
    }
    if told.address and told.address.link:
        found["url"] = _uri(told.address.link)
    return found


def add_entry(feed: ET.Element, found: Item) -> None:
    """An item as an Atom entry; `updated` is when it was seen: an event never changes."""
    entry = add(feed, "entry")
    if "language" in found:
        entry.set("xml:lang", found["language"])
    add(entry, "id", found["id"])
    add(entry, "title", found["title"])
    add(entry, "updated", found["date_published"])
    if "url" in found:
        ET.SubElement(entry, "link", {"rel": "alternate", "href": found["url"]})
    for tag in found["tags"]:
        ET.SubElement(entry, "category", {"term": tag})
    if "content_html" in found:
        add(entry, "content", found["content_html"]).set("type", "html")
    else:
        add(entry, "content", found["content_text"]).set("type", "text")


def add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    """A new child of `parent`."""
    child = ET.SubElement(parent, name)
    child.text = text
    return child


def _xml(text: str) -> str:
    """`text` without what XML 1.0 cannot hold (2.2): control characters, lone surrogates."""
    return "".join(
        character
        for character in text
        if character in "\t\n" or " " <= character <= "\ud7ff" or "\ue000" <= character <= "\ufffd"
        or character >= "\U00010000"
    )  # fmt: skip


def _uri(link: str) -> str:
    """`link` in the letters of RFC 3986: browsers take brackets in a path, schemas of feeds do not."""
    start = link.index("//") + 2
    end = next((at for at in range(start, len(link)) if link[at] in "/?#"), len(link))
    path, hash_, fragment = _STRAY.sub("%25", link[end:]).partition("#")
    rest = path + hash_ + fragment.replace("#", "%23")
    return link[:end] + quote(rest, safe="/?#:@!$&'()*+,;=~%")
