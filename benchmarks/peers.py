"""The extractors that are measured beside each other, each as a function from a page to text, title and day.

It measures nothing. A peer is imported when it is asked for; none is needed to run the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.corpora import Page

Reader = Callable[[Page], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an extractor says of a page; None for what it does not say."""

    text: str | None = None
    title: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    name: str
    reader: Callable[[], Reader]  # imports what is needed; raises ImportError where it is not there
    answer: Callable[[Any], Answer]  # what the reader gave, in our words; its time is not counted


def _text(given: str | None) -> Answer:
    return Answer(text=given or "")


# ── ours ────────────────────────────────────────────────────────────────────────────────────────


def _ours_text() -> Reader:
    from crawler.extract import text

    return lambda page: text(page.body, url=page.url, content_type="text/html; charset=utf-8")


def _ours_fields() -> Reader:
    from crawler.extract import extract

    return lambda page: extract(page.body, url=page.url, content_type="text/html; charset=utf-8")


def _ours_answer(reading: Any) -> Answer:
    article = reading.article
    if article is None:
        return Answer(text="")
    day = article.published.day.isoformat() if article.published else None
    return Answer(text=article.text, title=article.title, day=day)


# ── peers ───────────────────────────────────────────────────────────────────────────────────────


# Readers' comments are in no gold, and trafilatura gives them unless told otherwise.


def _trafilatura(**options: bool) -> Callable[[], Reader]:
    def reader() -> Reader:
        from trafilatura import extract

        return lambda page: extract(page.html, include_comments=False, **options)

    return reader


def _trafilatura_meta() -> Reader:
    from trafilatura import bare_extraction

    return lambda page: bare_extraction(page.html, url=page.url, include_comments=False, with_metadata=True)


def _trafilatura_answer(document: Any) -> Answer:
    return (
        Answer(text=document.text or "", title=document.title, day=document.date)
        if document
        else Answer(text="")
    )


def _readability() -> Reader:
    from readability import Document

    def read(page: Page) -> tuple[str, str]:
        document = Document(page.html)
        return document.summary(html_partial=True), document.short_title()

    return read


def _readability_answer(given: tuple[str, str]) -> Answer:
    from lxml import html

    summary, title = given
    tree = html.fromstring(summary) if summary.strip() else None
    return Answer(text="" if tree is None else "\n".join(map(str, tree.itertext())), title=title)


def _resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: extract_plain_text(page.html, main_content=True, alt_texts=False)


def _newspaper() -> Reader:
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False

    def read(page: Page) -> Any:
        article = Article(page.url, config=config)
        article.download(input_html=page.html)
        article.parse()
        return article

    return read


def _newspaper_answer(article: Any) -> Answer:
    day = article.publish_date.date().isoformat() if article.publish_date else None
    return Answer(text=article.text, title=article.title, day=day)


def _lexbor() -> Reader:
    from selectolax.lexbor import LexborHTMLParser

    return lambda page: LexborHTMLParser(page.body)


BASE = "trafilatura"
EXTRACTORS = (
    Extractor(name="iomwatch, text alone", reader=_ours_text, answer=_text),
    Extractor(name="iomwatch, all fields", reader=_ours_fields, answer=_ours_answer),
    Extractor(name=BASE, reader=_trafilatura(), answer=_text),
    Extractor(name="trafilatura fast", reader=_trafilatura(fast=True), answer=_text),
    Extractor(name="trafilatura precision", reader=_trafilatura(favor_precision=True), answer=_text),
    Extractor(name="trafilatura with metadata", reader=_trafilatura_meta, answer=_trafilatura_answer),
    Extractor(name="readability-lxml", reader=_readability, answer=_readability_answer),
    Extractor(name="resiliparse", reader=_resiliparse, answer=_text),
    Extractor(name="newspaper4k", reader=_newspaper, answer=_newspaper_answer),
    Extractor(name="lexbor, parsing alone", reader=_lexbor, answer=lambda _: Answer()),
)
