"""Sites made of a corpus: the frame of one of its pages around the articles of others, to measure a template.

A page's own article goes, paragraph by paragraph, and another one's comes in its place; all that stands
around it and among it stays: menus, cards, calls to subscribe. It tunes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.corpora import Overlap, Page, Score, overlap, pages, score
from crawler.extract import Learned, Template, extract
from crawler.values import Extraction

LEARNED = 10  # pages of a site before the ones that are measured
MEASURED = 3
_PARAGRAPH = 60  # characters: a shorter text may stand anywhere
_LEAST = 4  # paragraphs under one element, and nearly all of the text: else no frame is known
_NEARLY = 0.8
_FIGURES = re.compile(r"[\W_]+")
_HERE = "here-stands-the-article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """How pages of sites are read alone, and with what ten others of their site taught."""

    hosts: int
    alone: Score
    taught: Score

    @property
    def left(self) -> float:
        """The share of the errors (1 - F1) that a template leaves."""
        return (1 - self.taught.f1) / ((1 - self.alone.f1) or 1e-9)


def _key(text: str) -> str:
    return _FIGURES.sub("", text).casefold()


def _frame(page: Page) -> str | None:
    """The page's markup with `_HERE` for its article; None where its paragraphs do not stand together."""
    tree, gold = LexborHTMLParser(page.body), _key(page.gold)
    for script in tree.css('script[type="application/ld+json"]'):
        script.decompose()  # it tells of the article that goes
    own: dict[int, list[LexborNode]] = {}
    for node in tree.css("p"):
        text = node.text()
        if len(text) >= _PARAGRAPH and _key(text) in gold and node.parent is not None:
            own.setdefault(node.parent.mem_id, []).append(node)
    paragraphs = max(own.values(), key=len, default=[])
    said = sum(len(_key(node.text())) for node in paragraphs)
    if len(paragraphs) < _LEAST or said < _NEARLY * len(gold) or (box := paragraphs[0].parent) is None:
        return None
    paragraphs[0].insert_before(_HERE)
    for node in list(box.iter()):
        if (key := _key(node.text())) and key in gold:
            node.decompose()
    return tree.html


def _filled(frame: str, host: Page, article: Page) -> Page:
    """The article in a frame, under its own title."""
    text = "".join(f"<p>{escape(line)}</p>" for line in article.gold.split("\n") if line.strip())
    markup = frame.replace(_HERE, text, 1)
    if host.title and article.title:
        for old, new in ((host.title, article.title), (escape(host.title), escape(article.title))):
            markup = markup.replace(old, new)
    return Page(
        id=f"{host.id}/{article.id}",
        url=host.url,
        html=markup,
        body=markup.encode("utf-8", "replace"),
        gold=article.gold,
        title=article.title,
        day=None,
    )


def sites(file: Path, count: int, every: int = 1) -> Iterator[list[Page]]:
    """About `count` sites of `LEARNED` + `MEASURED` pages, spread over each `every`-th page of a corpus."""
    articles: list[Page] = []  # without their markup: a corpus has gigabytes of it
    framed: list[str] = []
    for page in pages(file, every):
        if page.gold:
            articles.append(replace(page, html="", body=b""))
            framed += [page.id] if _frame(page) else []
    chosen = set(framed[:: max(1, len(framed) // count)])
    size, begin = LEARNED + MEASURED, 0
    for host in pages(file, every):
        if host.id in chosen and (frame := _frame(host)):
            begin += size
            others = (articles[(begin + at) % len(articles)] for at in range(len(articles)))
            fit = (other for other in others if other.id != host.id)
            yield [_filled(frame, host, article) for article in islice(fit, size)]


def _read(page: Page, template: Template | None = None) -> Extraction:
    return extract(page.body, url=page.url, content_type="text/html; charset=utf-8", template=template)


def _overlap(found: Extraction, page: Page) -> Overlap:
    return overlap(found.article.text if found.article else "", page.gold)


def measured(file: Path, count: int, every: int = 1) -> Both:
    """How the pages after the first ten of each site are read."""
    alone: list[Overlap] = []
    taught: list[Overlap] = []
    hosts = 0
    for site in sites(file, count, every):
        learned = Learned()
        for key, page in enumerate(site):
            found = _read(page, learned.without(key))
            if found.marks is not None:
                learned.learn(key, found.marks)
            if key >= LEARNED:
                alone.append(_overlap(_read(page), page))
                taught.append(_overlap(found, page))
        hosts += 1
    return Both(hosts=hosts, alone=score(alone), taught=score(taught))
