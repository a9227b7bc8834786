"""Reads what the simulated site serves, as a person would who knows its markup.

Tests nothing; it must not be used to judge an extraction.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.demo import SOURCES, Site

BODIES = (
    "div.narrow-content div.field--type-text-with-summary",
    "#block-system-main div.field-item",
    "div[data-history-node-id] div.field--name-field-text",
    "div.node--type-blog-list div.field--name-field-contents",
)
BASE = "https://iom.example"


def page(site: Site, path: str, now: datetime) -> LexborHTMLParser:
    return LexborHTMLParser(site.answer(path, now=now).body.decode())


def text(node: LexborNode) -> str:
    """Words with single spaces; narrow no-break spaces are kept, for they are part of numbers."""
    return " ".join(node.text().replace("\u00a0", " ").split(" ")).replace("\n", " ").strip()


def headline(tree: LexborHTMLParser) -> str:
    headings = tree.css("h1")
    assert len(headings) == 1
    return text(headings[0])


def body(tree: LexborHTMLParser) -> list[str]:
    """Paragraphs, headings, items, quotes and rows of the body, contact block included."""
    found = [node for selector in BODIES for node in tree.css(selector)]
    assert len(found) == 1
    units = found[0].css("p, h2, h3, li, tr")
    rows = [
        " | ".join(text(cell) for cell in unit.css("th, td")) if unit.tag == "tr" else text(unit)
        for unit in units
    ]
    return [row for row in rows if row]


def listed(site: Site, now: datetime) -> list[tuple[str, str, str]]:
    """(path, title, date) of every card of the listing, following its pager."""
    source, cards, query = SOURCES[0].partition("?")[0], [], "?" + SOURCES[0].partition("?")[2]
    while query:
        tree = page(site, source + query, now)
        for card in tree.css("div.article-detail"):
            parent = card.parent
            assert parent is not None
            link, title, date = (
                parent.css_first("a[href]"),
                card.css_first("h5.title"),
                card.css_first("div.date"),
            )
            assert link is not None
            assert title is not None
            assert date is not None
            assert card.css_first("div.tag") is not None
            cards.append((str(link.attributes["href"]), text(title), text(date)))
        following = tree.css_first("a[rel=next]")
        query = str(following.attributes["href"]) if following is not None else ""
        query = query if query.startswith("?") else ""
    return cards


def in_sitemap(site: Site, now: datetime) -> dict[str, str | None]:
    """Path → lastmod of every address of the sitemap, following its index."""
    found: dict[str, str | None] = {}
    for child in _locations(site.answer("/sitemap.xml", now=now).body):
        path = child[0].removeprefix(BASE)
        found |= {
            url.removeprefix(BASE): lastmod for url, lastmod in _locations(site.answer(path, now=now).body)
        }
    return found


def _locations(xml: bytes) -> list[tuple[str, str | None]]:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [
        (str(entry.findtext(f"{space}loc")), entry.findtext(f"{space}lastmod"))
        for entry in ElementTree.fromstring(xml)
    ]


def in_feed(site: Site, now: datetime) -> list[tuple[str, str, datetime]]:
    """(path, title, date) of the items."""
    root = ElementTree.fromstring(site.answer("/rss.xml", now=now).body)
    return [
        (
            str(item.findtext("link")).removeprefix(BASE),
            str(item.findtext("title")),
            parsedate_to_datetime(str(item.findtext("pubDate"))),
        )
        for item in root.iter("item")
    ]
