"""What a page's markup says of itself: <title>, <meta>, JSON-LD, microdata, rel=canonical, hreflang.

Claims only: which of them hold is weighed where the fields are made. Nothing in here is content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborNode

from crawler.extract import jsonld
from crawler.extract.blocks import Page
from crawler.extract.language import LANGUAGE_NAMES, tag
from crawler.text import fold, tidy
from crawler.urls import absolute, canonical, language_prefix, same_site, target
from crawler.values import Link

# A walk over the tree is what css() costs, whatever it looks for: one list, one walk. Where a selector names
# no element, each attribute of the page is looked at, which costs more than all the rest.
_WANTED = 'meta,title,base,html,link[rel~="canonical" i],script[type^="application/ld+json" i]'
_DETAILS = (
    'meta,body,link[rel~="canonical" i],link[rel~="shortlink" i],link[hreflang],'
    "a[hreflang][href],a[lang][href],li[hreflang]>a[href],li[lang]>a[href],[data-history-node-id],"
    'script[data-drupal-selector="drupal-settings-json"],'
    '[itemprop^="date" i],[property$="datePublished"],[property$="dateModified"]'
)
_KEYS = ("name", "property", "itemprop", "http-equiv")  # of what a <meta> says
_MARKS = ("datepublished", "datemodified")
_LONGEST_CLASS = 2_000
_LONGEST_MARK = 200  # characters of what microdata calls a value
_MAX_CONTENT = 5_000  # characters of one <meta>
_MAX_METAS = 1_000
_MAX_LANGUAGES = 300
_LONGEST_NAME = 24  # "Português do Brasil (pt)"
_WORD = re.compile(r"[^\W\d_]+")
# How Drupal shows a page's node: its address and short link, a class of the body (7), its settings (8 on).
_NODE_PATH = re.compile(r"(?:/[a-z]{2}(?:-[a-z]{2,4})?)?/node/([0-9]{1,9})/?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_NODE_CLASS = re.compile(r"(?<![\w-])page-node-(\d{1,9})(?![\w-])", re.ASCII)
_NODE_SETTING = re.compile(r'"currentPath"\s{0,4}:\s{0,4}"node\\{0,2}/([0-9]{1,9})"')
_SETTINGS = 200_000  # characters of the settings that are looked at


@dataclass
class Head:
    """The claims of one page."""

    page: Page
    url: str  # what the page was read from
    title: str = ""  # <title>, whole
    base: str = ""  # what relative addresses start from
    lang: str = ""
    direction: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)  # by lower-case name or property, as written
    things: list[dict[str, Any]] = field(default_factory=list)  # what JSON-LD describes as the page's own
    article: dict[str, Any] = field(default_factory=dict)  # the one of them that is the article
    canonicals: list[str] = field(default_factory=list)  # as written
    canonical: str | None = None

    @cached_property
    def _details(self) -> _Details:
        details = _Details(self)
        for node in self.page.tree.css(_DETAILS) if self.page.tree is not None else ():
            details.take(node)
        return details

    @property
    def marked(self) -> dict[str, list[str]]:
        """Microdata and RDFa: datepublished, …"""
        return self._details.marked

    @cached_property
    def translations(self) -> tuple[Link, ...]:
        """Other language editions."""
        return _translations(self._details.alternates, self.base, self.here)

    @cached_property
    def node(self) -> str | None:
        """The number of the release on its site."""
        return _node(self._details, self)

    @property
    def here(self) -> list[str]:
        """The page's own addresses."""
        return [self.url, *([self.canonical] if self.canonical else [])]

    def meta(self, *names: str) -> str:
        """The first non-empty meta of the first of `names` that has one."""
        return next(
            (clean for name in names for value in self.metas.get(name, ()) if (clean := tidy(value))), ""
        )


class _Reading:
    """What the elements of a head say that finding the text needs."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.base = ""
        self.scripts: list[str] = []
        self.room = _MAX_METAS

    def take(self, node: LexborNode) -> None:
        name, attributes = node.tag, node.attributes
        if name == "meta":
            self._meta(attributes)
        elif name == "script":
            if not attributes.get("data-drupal-selector"):
                self.scripts.append(node.text() or "")
        elif name == "title":
            self.head.title = self.head.title or tidy(node.text() or "")
        elif name == "link":
            if "canonical" in (attributes.get("rel") or "").lower().split():
                self.head.canonicals.append(attributes.get("href") or "")
        elif name == "base":
            self.base = self.base or attributes.get("href") or ""
        else:  # <html>
            self.head.lang = (attributes.get("lang") or attributes.get("xml:lang") or "").strip().lower()
            self.head.direction = (attributes.get("dir") or "").strip().lower()

    def _meta(self, attributes: dict[str, str | None]) -> None:
        content = (attributes.get("content") or "")[:_MAX_CONTENT]
        if not content or self.room <= 0:
            return
        self.room -= 1
        for key in _KEYS:
            if name := attributes.get(key):
                self.head.metas.setdefault(name.strip().lower(), []).append(content)


class _Details:
    """What elements anywhere on the page say that fields alone need."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.marked: dict[str, list[str]] = {}
        self.alternates: list[tuple[str, str, str]] = []  # language, address, text
        self.short: list[str] = []  # rel=shortlink
        self.nodes: list[str] = []  # what the page says of its node, once a witness
        self.shown: dict[str, bool] = {}  # nodes drawn on the page; whether in full
        self.room = _MAX_METAS

    def take(self, node: LexborNode) -> None:
        name, attributes = node.tag, node.attributes
        if name == "meta":
            self._meta(attributes)
        elif name == "script":
            self.nodes += _NODE_SETTING.findall((node.text() or "")[:_SETTINGS])[:1]
        elif name == "link":
            self._link(attributes)
        elif name == "a":
            self._switch(attributes, node)
        elif name == "body":
            self.nodes += _NODE_CLASS.findall((attributes.get("class") or "")[:_LONGEST_CLASS])[:1]
        elif number := attributes.get("data-history-node-id"):
            full = "view-mode-full" in (attributes.get("class") or "")
            self.shown[number] = full or self.shown.get(number, False)
        else:  # an element of the text, marked up as a date
            names = f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}"
            value = attributes.get("content") or attributes.get("datetime") or node.text() or ""
            self._mark(names[:_LONGEST_MARK], value)

    def _meta(self, attributes: dict[str, str | None]) -> None:
        content = (attributes.get("content") or "")[:_MAX_CONTENT]
        if not content or self.room <= 0:
            return
        self.room -= 1
        for key in _KEYS[1:]:
            if (name := attributes.get(key)) and (name := name.strip().lower()).endswith(_MARKS):
                self._mark(name, content)

    def _mark(self, names: str, value: str) -> None:
        """Note a value that bears the names of dates, each with or without its vocabulary's."""
        for name in names.lower().split():
            for mark in _MARKS:
                if name.endswith(mark):
                    self.marked.setdefault(mark, []).append(value[:200])

    def _link(self, attributes: dict[str, str | None]) -> None:
        rel, href = (attributes.get("rel") or "").lower().split(), attributes.get("href") or ""
        if "alternate" in rel:
            self.alternates.append((attributes.get("hreflang") or "", href, ""))
        if "shortlink" in rel:
            self.short.append(href)

    def _switch(self, attributes: dict[str, str | None], node: LexborNode) -> None:
        """A link named as a language is, to another language than the page's, as switchers have them.
        Drupal gives hreflang to links to other releases too, and those may be short."""
        around = node.parent.attributes if node.parent is not None else {}
        claims = (
            attributes.get("hreflang"),
            around.get("hreflang"),
            attributes.get("lang"),
            around.get("lang"),
        )
        language, text = next(filter(None, claims), ""), tidy(node.text() or "")
        if len(text) <= _LONGEST_NAME and language.lower() != self.head.lang and _names(text, language):
            self.alternates.append((language, attributes.get("href") or "", text))


def _names(text: str, language: str) -> bool:
    """Whether `text` names a language, this one where it is a tag."""
    name = fold(text).casefold()
    if name == language.lower() or name == language.partition("-")[0].lower():
        return True
    return bool(LANGUAGE_NAMES & set(_WORD.findall(name)))


def _node(details: _Details, head: Head) -> str | None:
    """The number of the release on its site, where all that the page says of it agrees."""
    said = set(details.nodes)
    for href in (head.url, *head.canonicals[:20], *details.short[:20]):
        address = absolute(href, head.base)
        if address and (found := _NODE_PATH.fullmatch(target(address).partition("?")[0])):
            said.add(found[1])
    full = [number for number, is_full in details.shown.items() if is_full]
    drawn = full if len(full) == 1 else list(details.shown)
    if len(drawn) == 1 and _NUMBER.fullmatch(drawn[0]):
        said.add(drawn[0])
    return said.pop() if len(said) == 1 else None


def _canonical(hrefs: Sequence[str], base: str, url: str) -> str | None:
    """The address the page claims; of several the first on its own site, else none of them."""
    claimed = list(dict.fromkeys(found for href in hrefs[:20] if href and (found := absolute(href, base))))
    if len(claimed) < 2:
        return claimed[0] if claimed else None
    return next((found for found in claimed if same_site(found, url)), None)


def _translations(claims: list[tuple[str, str, str]], base: str, here: list[str]) -> tuple[Link, ...]:
    """Other language editions among (language, address, text), each address once.

    Left out: this page, x-default, what is no language tag, and links to a language's front page (what
    switchers offer where there is no translation).
    """
    if not claims:
        return ()
    own = {canonical(address, base) for address in here}
    found: dict[str, Link] = {}
    for name, href, text in claims[:_MAX_LANGUAGES]:
        language = tag(name)
        url = absolute(href, base) if language and href else None
        if language is None or url is None or url in found or canonical(url, base) in own:
            continue
        prefix = language_prefix(url)
        if target(url).strip("/") in ("", prefix or ""):
            continue
        found[url] = Link(url=url, text=tidy(text), language=language)
    return tuple(found.values())


def read(page: Page, url: str) -> Head:
    """The head of `page`, which was read from `url`."""
    head = Head(page, url, base=url)
    if page.tree is None:
        return head
    reading = _Reading(head)
    for node in page.tree.css(_WANTED):
        reading.take(node)
    if reading.base:
        head.base = absolute(reading.base, url) or url
    head.canonical = _canonical(head.canonicals, head.base, url)
    if reading.scripts:
        addresses = {each.partition("#")[0].partition("?")[0].rstrip("/") for each in head.here}
        titles = {fold(title).casefold() for title in (head.title, head.meta("og:title")) if title}
        head.things = jsonld.read(reading.scripts)
        head.article = jsonld.article(head.things, addresses, titles)
    return head
