"""The title of a page: what a reader sees, without a kicker, a subtitle or the site's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract

TEXT = "<p>" + "The valley road was opened again on Monday after a year of repairs. " * 4 + "</p>"
URL = "https://www.example.org/news/x"


def title(body: str, head: str = "") -> str:
    markup = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    article = extract(markup.encode(), url=URL, content_type="text/html").article
    assert article is not None
    return article.title


OG = '<meta property="og:title" content="{}">'
SITE = '<meta property="og:site_name" content="The Valley Post">'
HEADLINE = "Valley road opened after a year"
POST = '<meta property="og:site_name" content="Post">'
NAMED = f'<meta property="og:site_name" content="{HEADLINE}">'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Valley road opened after a year | The Valley Post</title>", "<h1>{}</h1>"),
        ("<title>The Valley Post | Valley road opened after a year</title>" + SITE, "<h1>{}</h1>"),
        ("<title>The Valley Post - Valley road opened after a year</title>" + SITE, "<h2>{}</h2>"),
        ("<title>Valley road opened after a year — Example</title>", "<p>x</p>"),
        ("<title>Valley road opened after a year</title>", "<h1>The Valley Post</h1><h2>{}</h2>"),
        ("<title>Roads | Valley road opened after a year | Post</title>", "<h1>News</h1><h1>{}</h1>"),
        (OG.format(HEADLINE), "<h1><span>Infrastructure</span> <span>{}</span></h1>"),
        (OG.format(HEADLINE), "<h1>{} | The Valley Post</h1>"),
        (OG.format(HEADLINE), "<h1>{} – Engineers see no more danger</h1>"),
        (OG.format(HEADLINE) + SITE, "<h1>The Valley Post</h1><div>{}</div>"),
        (OG.format("Valley road opened after &amp;#97; year"), "<p>x</p>"),
        ("<title>Post</title>", "<h1>{}</h1>"),
        (OG.format("A road, seen by the search engines"), "<h1>{}</h1>"),
        (OG.format("Fresh: Valley road opened"), "<h1>Sport</h1><h1>Weather</h1><h1>{}</h1><h1>By</h1>"),
        (OG.format("Road") + '<meta name="twitter:title" content="' + HEADLINE + '">', "<h3>{}</h3>"),
        (OG.format("After a year: opened, the valley road"), "<h1>{}</h1><h2>After a year: opened</h2>"),
        ("<title>Post | example.org - Valley road opened after a year</title>" + POST, "<h2>{}</h2>"),
        ("<title>Valley road opened after a year - Example</title>" + NAMED, "<h1>{}</h1><h2>Repairs</h2>"),
        (OG.format("A valley road opened again"), f"<h2>{{}}</h2>{TEXT}<h2>Repairs</h2>"),
    ],
)
def test_the_title_is_the_headline_alone(head: str, body: str) -> None:
    assert title(f"<main>{body.format(HEADLINE)}{TEXT}</main>", head) == HEADLINE


def test_a_kicker_in_a_block_of_its_own_is_put_before_the_headline_where_the_head_says_so() -> None:
    head = OG.format("After the long flood: Valley road opened after a year")
    body = f"<main><h1>After the long flood</h1><h2>{HEADLINE}</h2>{TEXT}</main>"
    assert title(body, head) == "After the long flood: Valley road opened after a year"


def test_a_headline_that_says_more_than_a_cut_claim_stands() -> None:
    full = "Valley road opened after a year of repairs on both banks"
    assert (
        title(f"<main><h1>{full}</h1>{TEXT}</main>", OG.format("Valley road opened after a year of")) == full
    )


def test_a_kicker_in_a_block_above_the_headline_is_put_before_it_where_the_head_says_so() -> None:
    body = f"<main><div>Roads</div><h1>{HEADLINE}</h1>{TEXT}</main>"
    assert title(body, OG.format(f"Roads: {HEADLINE}")) == f"Roads: {HEADLINE}"


def test_words_that_a_kicker_and_the_headline_run_together_are_parted_as_the_head_parts_them() -> None:
    body = f"<main><h1><span>After the flood</span><span>{HEADLINE}</span></h1>{TEXT}</main>"
    assert title(body, OG.format(f"After the flood: {HEADLINE}")) == f"After the flood: {HEADLINE}"


def test_a_main_heading_for_search_engines_yields_to_the_headline_below_it() -> None:
    head = "<title>Valley road: all you need to know</title>" + OG.format(HEADLINE)
    path = "<li>Home</li><li>Roads</li><li><h1>Valley road: all you need to know</h1></li>"
    assert title(f"<main><ul>{path}</ul><h2>{HEADLINE}</h2>{TEXT}</main>", head) == HEADLINE


def test_a_section_below_the_headline_is_no_title() -> None:
    head = f"<title>{HEADLINE}</title>" + OG.format("A road, seen by the search engines")
    assert title(f"<main><h1>{HEADLINE}</h1><h2>What the engineers say</h2>{TEXT}</main>", head) == HEADLINE


def test_a_page_header_with_prose_in_it_may_bear_the_headline() -> None:
    head = OG.format("A road, seen by the search engines")
    body = f"<header><h1>{HEADLINE}</h1>{{}}</header><main>{TEXT * 9}</main>"
    assert title(body.format(TEXT), head) == HEADLINE
    assert title(body.format("Menu"), head) == "A road, seen by the search engines"


def test_the_headline_of_an_article_that_a_script_shows_is_read() -> None:
    body = f"<main><p>Please wait.</p><div hidden><h1>{HEADLINE}</h1>{TEXT}</div></main>"
    assert title(body, OG.format("A road, seen by the search engines")) == HEADLINE


@given(st.lists(st.sampled_from(["<h1>", "</h1>", "Valley road", " | ", " – ", ": ", "Post", "«", "İ", "…"])))
def test_no_title_makes_it_raise(pieces: list[str]) -> None:
    text = "".join(pieces)
    head = f"<title>{text}</title>{OG.format(text)}{SITE}"
    extract(f"<head>{head}</head><body>{text}{TEXT}</body>".encode(), url=URL)
