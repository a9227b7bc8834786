"""Reads sitemaps and sitemap indexes, also broken ones: cut short, in a wrong namespace, with news tags.

Does not resolve entities or load anything. Only entries that were closed are believed: the address in an
entry that was cut off may be cut off too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from crawler.discover.moments import w3c
from crawler.urls import absolute
from crawler.values import Found, SourceKind, SourceRead

MOST_ENTRIES = 50_000  # of a document, by the sitemap protocol
_PIECE = 65_536


def read_sitemap(body: bytes, *, url: str) -> SourceRead:
    """A <urlset> or <sitemapindex>. `trouble` says where the document is not what it should be."""
    reader = _Reader(url)
    trouble = None
    try:
        for element in _closed(body):
            if not reader.take(element):
                trouble = f"more than {MOST_ENTRIES:,} entries; the rest was not read"
                break
    except etree.XMLSyntaxError as error:
        trouble = f"not XML throughout ({error.msg})"
    if trouble is None and not reader.whole:
        trouble = "it ends early"
    return SourceRead(
        kind=reader.kind,
        found=tuple(reader.found.values()),
        documents=tuple(reader.documents),
        trouble=trouble,
    )


class _Reader:
    def __init__(self, url: str) -> None:
        self.kind = SourceKind.SITEMAP
        self.found: dict[str, Found] = {}
        self.documents: dict[str, None] = {}
        self.whole = False
        self._url = url
        self._entries = 0

    def take(self, element: etree._Element) -> bool:
        """One closed element; False when there were too many entries."""
        name = _name(element)
        if name in ("urlset", "sitemapindex"):
            self.whole = True
            if name == "sitemapindex":
                self.kind = SourceKind.SITEMAP_INDEX
        elif name in ("url", "sitemap"):
            self._entries += 1
            if self._entries > MOST_ENTRIES:
                return False
            if name == "sitemap":
                self.kind = SourceKind.SITEMAP_INDEX
                self._document(element)
            else:
                self._page(element)
            _forget(element)
        return True

    def _document(self, element: etree._Element) -> None:
        location = _location(element)
        address = absolute(location, self._url) if location else None
        if address is not None and address != self._url:
            self.documents[address] = None

    def _page(self, element: etree._Element) -> None:
        location = _location(element)
        address = absolute(location, self._url) if location else None
        if address is None:
            return
        fields = {name: _text(child) for name, child in _children(element) if name == "lastmod"}
        news = {
            name: _text(child)
            for child in element.iterchildren()
            if _name(child) == "news"
            for name, child in _children(child, deep=True)
        }
        self._add(
            Found(
                url=address,
                title=" ".join(news.get("title", "").split()) or None,
                lastmod=w3c(fields.get("lastmod", "")),
                published=w3c(news.get("publication_date", "")),
                language=news.get("language") or None,
            )
        )
        for name, child in _children(element):
            language = child.get("hreflang")
            if name == "link" and language and child.get("rel") == "alternate":
                self._alternate(child.get("href") or "", language)

    def _alternate(self, href: str, language: str) -> None:
        address = absolute(href, self._url)
        if address is not None and len(self.found) < 2 * MOST_ENTRIES:
            self._add(Found(url=address, language=None if language.lower() == "x-default" else language))

    def _add(self, new: Found) -> None:
        old = self.found.get(new.url)
        if old is not None:
            new = replace(
                old,
                title=old.title or new.title,
                lastmod=old.lastmod or new.lastmod,
                published=old.published or new.published,
                language=old.language or new.language,
            )
        self.found[new.url] = new


def _closed(body: bytes) -> Iterator[etree._Element]:
    """Elements in the order of their end tags. Nothing is asked of the parser after the last byte: at its
    end it would close by itself what the document left open."""
    parser = etree.XMLPullParser(
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for start in range(0, len(body), _PIECE):
        parser.feed(body[start : start + _PIECE])
        for _, element in parser.read_events():
            if isinstance(element, tuple) or element is None:
                continue  # namespace events, which were not asked for
            yield element


def _forget(element: etree._Element) -> None:
    """Frees an entry and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _location(entry: etree._Element) -> str:
    """The entry's <loc>; some indexes write the address straight into <sitemap>."""
    for name, child in _children(entry):
        if name == "loc":
            return _text(child)
    return _text(entry)


def _children(element: etree._Element, *, deep: bool = False) -> Iterable[tuple[str, etree._Element]]:
    below = element.iterdescendants() if deep else element.iterchildren()
    return ((_name(child), child) for child in below)


def _name(element: etree._Element) -> str:
    """The name without its namespace, which is often wrong; for a comment something that is no name."""
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()
