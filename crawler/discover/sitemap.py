"""Reads sitemaps and sitemap indexes, also broken ones: cut short, in a wrong namespace, with news tags.

Does not follow an index: its documents are named, the caller fetches them.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from crawler.discover.moments import w3c
from crawler.discover.xml import Document, children, forget, name_of, text_of
from crawler.urls import absolute
from crawler.values import Found, SourceKind, SourceRead

MOST_ENTRIES = 50_000  # of a document, by the sitemap protocol


def read_sitemap(body: bytes, *, url: str) -> SourceRead:
    """A <urlset> or <sitemapindex>. `trouble` says where the document is not what it should be."""
    reader = _Reader(url)
    document = Document(body)
    for name, element in document.closed():
        if not reader.take(name, element):
            break
    trouble = reader.trouble or document.trouble
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
        self.trouble: str | None = "it ends early"  # until the root is closed
        self._url = url
        self._entries = 0

    def take(self, name: str, element: etree._Element) -> bool:
        """One closed element; False when there were too many entries."""
        if name in ("urlset", "sitemapindex"):
            self.trouble = None
            if name == "sitemapindex":
                self.kind = SourceKind.SITEMAP_INDEX
        elif name in ("url", "sitemap"):
            self._entries += 1
            if self._entries > MOST_ENTRIES:
                self.trouble = f"more than {MOST_ENTRIES:,} entries; the rest was not read"
                return False
            if name == "sitemap":
                self.kind = SourceKind.SITEMAP_INDEX
                self._document(element)
            else:
                self._page(element)
            forget(element)
        return True

    def _document(self, element: etree._Element) -> None:
        """Some indexes write the address straight into <sitemap>."""
        location = next((text_of(child) for name, child in children(element) if name == "loc"), "")
        address = self._address(location or (element.text or "").strip())
        if address is not None and address != self._url:
            self.documents[address] = None

    def _page(self, element: etree._Element) -> None:
        location, lastmod = "", ""
        news: dict[str, str] = {}
        alternates: list[tuple[str, str]] = []
        for name, child in children(element):
            if name == "loc":
                location = text_of(child)
            elif name == "lastmod":
                lastmod = text_of(child)
            elif name == "news":
                news = {name_of(inner): text_of(inner) for inner in child.iterdescendants("*")}
            elif name == "link" and child.get("rel") == "alternate":
                alternates.append((child.get("href") or "", child.get("hreflang") or ""))
        address = self._address(location)
        if address is None:
            return
        self._add(
            Found(
                url=address,
                title=news.get("title") or None,
                lastmod=w3c(lastmod),
                published=w3c(news.get("publication_date", "")),
                language=news.get("language") or None,
            )
        )
        for href, language in alternates:
            other = self._address(href)
            if other is not None and language and len(self.found) < 2 * MOST_ENTRIES:
                self._add(Found(url=other, language=None if language.lower() == "x-default" else language))

    def _address(self, written: str) -> str | None:
        return absolute(written, self._url) if written else None

    def _add(self, new: Found) -> None:
        """What is said of one address in several places is put together; what came first stands."""
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
