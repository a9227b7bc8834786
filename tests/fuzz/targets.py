"""What strangers' bytes reach first, a function for each kind: none may raise, and each says what holds.

Knows no fuzzer: `test_fuzz.py` drives these with Hypothesis, `by_hand.py` with coverage as the guide.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC

from crawler import compare, urls
from crawler.compare.figures import evened
from crawler.compare.numbers import quantities
from crawler.config import parse
from crawler.discover import read_source
from crawler.discover.moments import visible, w3c
from crawler.discover.traps import pattern, suspect
from crawler.errors import ConfigError
from crawler.extract import Template, dates, extract, jsonld
from crawler.fetch.robots import read_robots
from crawler.values import SourceKind

BASE = "https://www.iom.int/news/a-release"
LANGUAGES = ("en", "fr", "es", "ar", "pt", "zh", None)


def text_of(data: bytes) -> str:
    """Any text, lone surrogates included."""
    return data.decode("utf-8", "surrogatepass") if _is_lenient(data) else data.decode("latin-1")


def _is_lenient(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def url(data: bytes) -> None:
    text = text_of(data)
    found = urls.absolute(text, BASE)
    if found is not None:
        assert urls.absolute(found, found) == found
        assert found.startswith(("http://", "https://"))
        assert urls.origin(found)
        assert urls.target(found).startswith("/")
        pattern(found)
        suspect(found)
    one = urls.canonical(text, BASE)
    assert urls.canonical(one, BASE) == one
    urls.same_site(text, BASE)
    urls.language_prefix(text)
    urls.path_matches("/news/**", text)
    urls.path_matches("/*a*/" + text[:40], BASE)


def robots(data: bytes) -> None:
    found = read_robots(data, url="https://www.iom.int/robots.txt", token="iomwatch", source="robots.txt")
    assert found.crawl_delay is None or 0 < found.crawl_delay < float("inf")
    found.refusal(BASE)
    asked = urls.absolute(text_of(data[:60]), BASE)  # as every address is, before it is asked for
    if asked is not None:
        found.refusal(asked)


def _source(data: bytes) -> None:
    read = read_source(data, url="https://www.iom.int/sitemap.xml")
    assert read.kind is not SourceKind.UNKNOWN or read.trouble
    for found in read.found:
        assert urls.absolute(found.url, found.url) == found.url
        for moment in (found.lastmod, found.published):
            assert moment is None or moment.tzinfo is UTC
    for address in read.documents:
        assert urls.absolute(address, address) == address


def sitemap(data: bytes) -> None:
    _source(data)
    _source(b"<urlset><url><loc>" + data)
    _source(b"<sitemapindex><sitemap>" + data + b"</sitemap></sitemapindex>")


def feed(data: bytes) -> None:
    _source(b"<rss><channel><item>" + data + b"</item></channel></rss>")
    _source(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + data)


def listing(data: bytes) -> None:
    _source(b"<!doctype html><html><body>" + data)
    _source(b"<html><a href='" + data + b"'>x</a><li class=pager__item--next><a href='" + data)


def html(data: bytes) -> None:
    for body in (data, b"<html><body><article><h1>A Headline</h1><p>" + data):
        found = extract(body, url=BASE, content_type="text/html", template=Template())
        assert found.article is not None or found.unreadable
        if found.article is not None:
            found.article.text.encode("utf-8")  # no lone surrogate reaches the store
            compare.compare(found.article, found.article)


def plain(data: bytes) -> None:
    found = extract(data, url=BASE, content_type="text/plain")
    assert found.article is not None or found.unreadable


def json_ld(data: bytes) -> None:
    jsonld.read([text_of(data)])
    jsonld.read(['{"@type": "NewsArticle", "headline": ' + text_of(data)])
    page = (
        b'<html><head><script type="application/ld+json">' + data + b"</script><body><h1>T</h1><p>Text here."
    )
    extract(page, url=BASE)
    meta = b'<meta property="article:published_time" content="' + data.replace(b'"', b"") + b'">'
    extract(b"<html><head>" + meta + b"<body><h1>T</h1><p>Text of some words here.", url=BASE)


def date(data: bytes) -> None:
    text = text_of(data)
    dates.find(text)
    dates.date_line(text)
    dates.says_changed(text)
    dates.stamps(text)
    dates.moment(text)
    for moment in (w3c(text), visible(text)):
        assert moment is None or moment.tzinfo is UTC


def figures(data: bytes) -> None:
    text = text_of(data)
    for language in LANGUAGES:
        for found in quantities(text, language):
            assert 0 <= found.start < found.end <= len(text)
        evened(text, language)


def config(data: bytes) -> None:
    text = text_of(data)
    for written in (
        text,
        f'[[site]]\nname = "x"\nbase_url = "https://x.org"\nsources = ["/s"]\ninclude = ["/n/**"]\n{text}',
        f"[fetch]\nmin_delay = {text}",
        f'[[digest]]\nname = "d"\nto = [{text}]',
        f'[pace]\nsources = "{text}"',
    ):
        with contextlib.suppress(ConfigError):
            parse(written, environment={})


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (url, robots, sitemap, feed, listing, html, plain, json_ld, date, figures, config)
}
