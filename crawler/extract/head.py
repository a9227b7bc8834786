"""What a page's markup says of itself: <title>, <meta>, JSON-LD, rel=canonical, hreflang.

Claims only: which of them hold is weighed where the fields are made. Nothing in here is content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.extract.blocks import Page
from crawler.text import tidy, words
from crawler.urls import absolute, canonical, language_prefix, target
from crawler.values import Link

_ARTICLE_TYPES = words(
    "article newsarticle reportagenewsarticle analysisnewsarticle blogposting report socialmediaposting"
    " liveblogposting specialannouncement"
)
_MAX_JSON = 500_000
_MAX_LANGUAGES = 300
_LONGEST_NAME = 24  # "Português do Brasil (pt)"


@dataclass(slots=True)
class Head:
    """The claims of one page."""

    title: str = ""  # <title>, whole
    base: str = ""  # what relative addresses start from
    lang: str = ""
    direction: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)  # by lower-case name or property
    article: dict[str, Any] = field(default_factory=dict)  # the JSON-LD object of the article
    canonical: str | None = None
    translations: tuple[Link, ...] = ()

    def meta(self, *names: str) -> str:
        """The first non-empty meta of the first of `names` that has one."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")


def _json_objects(value: Any) -> list[dict[str, Any]]:
    """The objects a JSON-LD document describes as its own: itself, its list, its @graph."""
    if isinstance(value, list):
        return [found for item in value[:50] for found in _json_objects(item)]
    if not isinstance(value, dict):
        return []
    graph = value.get("@graph")
    return (
        [value, *(item for item in graph[:200] if isinstance(item, dict))]
        if isinstance(graph, list)
        else [value]
    )


def _types(thing: dict[str, Any]) -> set[str]:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {str(name).lower() for name in kinds}


def _json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first object of an article's type that has a date or a headline; else a web page's with a date."""
    pages: dict[str, Any] = {}
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text() or ""
        if not text.strip() or len(text) > _MAX_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _json_objects(value):
            kinds = _types(thing)
            if not _ARTICLE_TYPES.isdisjoint(kinds) and (thing.get("datePublished") or thing.get("headline")):
                return thing
            if "webpage" in kinds and thing.get("datePublished"):
                pages = pages or thing
    return pages


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = tidy((attributes.get("content") or "")[:5000])
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := attributes.get(key):
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _translations(
    page: Page, tree: LexborHTMLParser, base: str, here: list[str], lang: str
) -> tuple[Link, ...]:
    """Other language editions: <link hreflang> and language links of the page, each address once.

    A link in the page counts where its text is as short as a language's name: Drupal gives hreflang to
    links to other releases too.
    Left out: this page, x-default, and links to a language's front page (what switchers offer where
    there is no translation).
    """
    claims: list[tuple[str, str, str]] = []
    for node in tree.css('link[rel~="alternate"][hreflang]'):
        attributes = node.attributes
        claims.append((attributes.get("hreflang") or "", attributes.get("href") or "", ""))
    claims += [
        (anchor.hreflang, anchor.href, anchor.text)
        for anchor in page.anchors
        if len(anchor.text) <= _LONGEST_NAME and anchor.hreflang.lower() != lang
    ]
    own = {canonical(address, base) for address in here}
    found: dict[str, Link] = {}
    for language, href, text in claims[:_MAX_LANGUAGES]:
        url = absolute(href, base) if href else None
        language = language.strip().lower()
        if url is None or language in ("", "x-default") or url in found or canonical(url, base) in own:
            continue
        prefix = language_prefix(url)
        if target(url).strip("/") in ("", prefix or ""):
            continue
        found[url] = Link(url=url, text=tidy(text), language=language)
    return tuple(found.values())


def read(page: Page, url: str) -> Head:
    """The head of `page`, which was read from `url`."""
    tree = page.tree
    if tree is None:
        return Head(base=url)
    head = Head(metas=_metas(tree), article=_json_ld(tree))
    if (node := tree.css_first("base[href]")) is not None:
        head.base = absolute(node.attributes.get("href") or "", url) or url
    else:
        head.base = url
    if (node := tree.css_first("head title, title")) is not None:
        head.title = tidy(node.text() or "")
    if (node := tree.css_first("html")) is not None:
        head.lang = (node.attributes.get("lang") or node.attributes.get("xml:lang") or "").strip().lower()
        head.direction = (node.attributes.get("dir") or "").strip().lower()
    if (node := tree.css_first('link[rel~="canonical"][href]')) is not None:
        head.canonical = absolute(node.attributes.get("href") or "", head.base)
    here = [url, *([head.canonical] if head.canonical else [])]
    head.translations = _translations(page, tree, head.base, here, head.lang)
    return head
