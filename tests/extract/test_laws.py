"""Laws of reading a page: never raises, idempotent on its own output, blind to the order of attributes."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

import html
import random
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.values import Article, PassageKind
from tests.extract.noisy import reordered
from tests.extract.pages import AR, EN, ES, FR, LAYOUTS, RELEASES, Release, page

ROOT = "https://www.iom.int/news/x"
QUICK = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

RAW = re.compile(r"<(?:plaintext|xmp|listing|textarea|title|style|script|iframe|no\w+)", re.IGNORECASE)
TAGS = [
    "div",
    "p",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "figure",
    "figcaption",
    "img",
    "br",
    "hr",
    "nav",
    "main",
    "article",
    "section",
    "aside",
    "header",
    "footer",
    "form",
    "details",
    "summary",
    "template",
    "script",
    "style",
    "title",
    "svg",
    "math",
    "select",
    "option",
    "time",
    "iframe",
    "noscript",
    "plaintext",
    "textarea",
    "frameset",
    "body",
    "html",
    "head",
    "base",
    "meta",
    "x-tag",
    "!--",
    "![CDATA[",
    "?xml",
]
NAMES = [
    "id",
    "class",
    "href",
    "src",
    "role",
    "hidden",
    "style",
    "lang",
    "dir",
    "datetime",
    "content",
    "name",
    "itemprop",
    "type",
    "hreflang",
    "aria-hidden",
]
VALUES = (
    "", "menu", "article-body", "main", "true", "display:none", "http://[", "//", "ar", "rtl", "9999-99-99", "noscript",
    "mailto:a@b.cd", "/a.pdf", "javascript:x", "data:,x", "/cdn-cgi/l/email-protection#54", "application/pdf; length=9",
    "date", "article:published_time", "\x00", "\ud800", "é" * 40,
)  # fmt: skip
TEXTS = (
    "A sentence of some length, which ends here, after a comma. ", "Geneva, 3 May 2020 – ", "***", "\u202e\u200f\ufeff",
    "For more information, please contact Jane Doe, +41 22 717 91 11, a@b.org", "&amp;", "&#0;", "&#x110000;", "&nbsp",
    "&notanentity;", "<", ">", "]]>", "-->", "[block:x]", "الهجرة ", "移民。", "\x0b\x0c\r", "2,4 Mo", "Ã©â€™", "\n",
)  # fmt: skip
ATTRIBUTE = st.builds(
    lambda name, mark, value: f" {name}={mark}{value}{mark}",
    st.sampled_from(NAMES),
    st.sampled_from(["", '"', "'"]),
    st.sampled_from(VALUES),
)
START = st.builds(
    lambda tag, given, end: f"<{tag}{''.join(given)}{end}",
    st.sampled_from(TAGS),
    st.lists(ATTRIBUTE, max_size=4),
    st.sampled_from([">", ">", ">", "/>", "", " <"]),
)
END = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
SOUP = st.lists(START | START | END | st.sampled_from(TEXTS) | st.text(max_size=12), max_size=60).map("".join)
CONTENT_TYPES = st.sampled_from(
    [
        None,
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=gb18030",
        "text/plain",
        "x",
        "\n;;charset=",
    ]
)


@QUICK
@given(SOUP, CONTENT_TYPES, st.sampled_from([ROOT, "", "http://[", "data:x"]))
def test_no_soup_of_tags_makes_it_raise(soup: str, content_type: str | None, url: str) -> None:
    found = extract(soup.encode("utf-8", "surrogatepass"), url=url, content_type=content_type, explain=True)
    assert (found.article is None) == bool(found.unreadable)


@QUICK
@given(
    st.binary(max_size=2000) | st.text(max_size=900).map(lambda text: text.encode("utf-16", "surrogatepass")),
    CONTENT_TYPES,
)
def test_no_bytes_make_it_raise(body: bytes, content_type: str | None) -> None:
    found = extract(body, url=ROOT, content_type=content_type, explain=True)
    assert (found.article is None) == bool(found.unreadable)


@QUICK
@given(SOUP, st.integers(0, 99))
def test_the_order_of_attributes_says_nothing(soup: str, seed: int) -> None:
    assume(not RAW.search(soup))  # what looks like tags there is text, in the order a reader sees
    first = reordered(soup, random.Random(0)).encode("utf-8", "replace")
    second = reordered(soup, random.Random(seed)).encode("utf-8", "replace")
    assert extract(first, url=ROOT, content_type="text/html").article == (
        extract(second, url=ROOT, content_type="text/html").article
    )


def as_html(article: Article) -> bytes:
    """The article alone, in the plainest markup."""
    marks = {PassageKind.HEADING: "h2", PassageKind.QUOTE: "blockquote", PassageKind.ITEM: "li"}
    pieces = [f"<h1>{html.escape(article.title)}</h1>"]
    for passage in article.body:
        tag = marks.get(passage.kind, "p")
        text = f"<{tag}>{html.escape(passage.text)}</{tag}>"
        pieces.append(f"<ul>{text}</ul>" if tag == "li" else text)
    pieces += [f"<p>{html.escape(line)}</p>" for line in article.contact_text]
    return f"<!DOCTYPE html><meta charset=utf-8><article>{''.join(pieces)}</article>".encode()


def as_text(article: Article) -> bytes:
    lines = [article.title, *(passage.text for passage in article.body), *article.contact_text]
    return "\n\n".join(lines).encode()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.lang)
def test_reading_what_was_read_gives_the_same(release: Release, layout: str) -> None:
    first = extract(page(release, layout), url=ROOT).article
    assert first is not None
    for rendered, kind in (
        (as_html(first), "text/html; charset=utf-8"),
        (as_text(first), "text/plain; charset=utf-8"),
    ):
        again = extract(rendered, url=ROOT, content_type=kind).article
        assert again is not None
        assert (again.title, again.text, again.contact_text) == (first.title, first.text, first.contact_text)
        assert (again.dateline, again.contacts) == (first.dateline, first.contacts)


SENTENCES = st.sampled_from([text for release in (EN, FR, ES, AR) for text in release.paragraphs])


@QUICK
@given(st.lists(SENTENCES, min_size=1, max_size=8, unique=True), st.sampled_from(RELEASES))
def test_any_paragraphs_read_again_are_the_same(paragraphs: list[str], release: Release) -> None:
    markup = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    first = extract(f"<main><h1>{release.title}</h1>{markup}</main>".encode(), url=ROOT).article
    assert first is not None
    assert [passage.text for passage in first.body] == [" ".join(text.split()) for text in paragraphs]
    for rendered in (as_html(first), as_text(first)):
        again = extract(rendered, url=ROOT).article
        assert again is not None
        assert again.text == first.text
