"""Reads RSS, Atom and RDF feeds.

Does not keep what entries contain: only addresses, titles, times and languages are taken.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from crawler.discover.moments import w3c
from crawler.discover.sitemap import MOST_ENTRIES
from crawler.discover.xml import Document, children, forget, text_of
from crawler.urls import absolute
from crawler.values import Found, SourceKind, SourceRead

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_PUBLISHED = ("pubdate", "published", "issued", "created", "date")  # "date" is Dublin Core's
_CHANGED = ("updated", "modified")


def read_feed(body: bytes, *, url: str) -> SourceRead:
    """The entries of a feed in its order; `trouble` where it is not what it should be."""
    found: dict[str, Found] = {}
    language: str | None = None
    trouble: str | None = "it ends early"
    entries = 0
    document = Document(body)
    for name, element in document.closed():
        if name in ("item", "entry"):
            entries += 1
            if entries > MOST_ENTRIES:
                trouble = f"more than {MOST_ENTRIES:,} entries; the rest was not read"
                break
            entry = _entry(element, url, language)
            if entry is not None:
                found.setdefault(entry.url, entry)
            forget(element)
        elif name == "language" and language is None:
            language = text_of(element) or None
        elif name in ("rss", "feed", "rdf"):
            trouble = None
    return SourceRead(kind=SourceKind.FEED, found=tuple(found.values()), trouble=trouble or document.trouble)


def _entry(element: etree._Element, url: str, language: str | None) -> Found | None:
    texts: dict[str, str] = {}
    for name, child in children(element):
        texts.setdefault(name, text_of(child))
    written, holder = _link(element)
    address = absolute(written, _base(holder, url)) if written else None
    if address is None:
        return None
    return Found(
        url=address,
        title=_plain(texts.get("title", "")) or None,
        lastmod=_first_moment(texts, _CHANGED),
        published=_first_moment(texts, _PUBLISHED),
        language=_language(element) or texts.get("language") or language,
    )


def _base(element: etree._Element, url: str) -> str:
    """What addresses in `element` start from: xml:base (W3C XML Base), as far as it is an address, in the
    feed at `url`."""
    base = element.base
    return (absolute(base, url) if base else None) or url


def _link(element: etree._Element) -> tuple[str, etree._Element]:
    """The entry's page: Atom's alternate link, RSS's link, or a guid or rdf:about that is an address; and
    the element that says it."""
    links = [child for name, child in children(element) if name == "link"]
    for relation in ("alternate", None):
        for link in links:
            if link.get("rel") == relation and (written := link.get("href") or text_of(link)):
                return written, link
    for name, child in children(element):
        if name in ("guid", "id") and child.get("isPermaLink", "true").lower() != "false":
            written = text_of(child)
            if written.startswith(("http://", "https://")):
                return written, child
    return element.get(_ABOUT) or "", element


def _language(element: etree._Element) -> str | None:
    at: etree._Element | None = element
    while at is not None:
        language = at.get(_LANGUAGE)
        if language:
            return language
        at = at.getparent()
    return None


def _plain(title: str) -> str:
    """A title without the markup that many feeds escape into it."""
    if "&" in title:
        title = html.unescape(title)
    return " ".join(_TAG.sub(" ", title).split()) if "<" in title else title


def _first_moment(texts: dict[str, str], names: tuple[str, ...]) -> datetime | None:
    return next((moment for name in names if (moment := _moment(texts.get(name, ""))) is not None), None)


def _moment(text: str) -> datetime | None:
    """RFC 3339 as in Atom, or RFC 822 as in RSS."""
    if not text or len(text) > 80:
        return None
    moment = w3c(text)
    if moment is not None:
        return moment
    try:
        parsed = parsedate_to_datetime(text)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):  # what it is known to raise on garbage
        return None
