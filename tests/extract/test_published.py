"""When a release came out, when it was changed, and who wrote it: which of several witnesses is believed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import extract, published
from crawler.values import Article

TEXT = "<p>" + "The valley road was opened again on Monday after a year of repairs. " * 5 + "</p>"
LEAD = "After a year of repairs the only road into the valley is open to lorries once more, the mayor said."
URL = "https://www.example.org/news/x"
SHELL = "<main><div><h1>Valley road opened</h1>{}</div>" + TEXT + "</main>"
LD = '<script type="application/ld+json">{{"@type":"NewsArticle",{}}}</script>'
META = '<meta property="article:published_time" content="{}">'


def article(head: str, beside: str = "", url: str = URL) -> Article:
    markup = (
        f"<html lang=en><head><title>Valley road opened</title>{head}</head>{SHELL.format(beside)}</html>"
    )
    found = extract(markup.encode(), url=url, content_type="text/html").article
    assert found is not None
    return found


def dated(day: str, changed: str = "") -> str:
    more = f',"dateModified":"{changed}"' if changed else ""
    return LD.format(f'"datePublished":"{day}"{more}')


@pytest.mark.parametrize(
    ("head", "beside", "url", "expected"),
    [
        (dated("2024-05-03"), "", URL, "2024-05-03 JSON-LD"),
        (dated("2024-05-03") + META.format("2024-05-05"), "", URL, "2024-05-03 JSON-LD"),
        ("", '<p itemprop="datePublished" content="2024-05-03">Friday</p>', URL, "2024-05-03 microdata"),
        ("", '<time itemprop="datePublished" datetime="2024-05-03">x</time>', URL, "2024-05-03 microdata"),
        ("", "<p>By A. Writer · 3 May 2024 · 5 min read</p>", URL, "2024-05-03 visible date"),
        ("", "<p><time datetime=2024-05-03T10:00>today</time></p>", URL, "2024-05-03 time"),
        ("", '<p><a href="/archive">3 May 2024</a></p>', URL, "2024-05-03 visible date"),
        ("", "", "https://example.org/2024/05/03/x", "2024-05-03 URL"),
        # In a byline of links, and beside a line that only sounds like a change.
        (
            "",
            '<p class=byline><a href="/a">3 May 2024</a> by <a href="/w">Ann Lee in News</a></p>',
            URL,
            "2024-05-03 visible date",
        ),
        (
            "",
            "<p>Edited by A. Lee</p><p>Published on 3 May 2024</p>",
            URL,
            "2024-05-03 visible date",
        ),
        ("", "<p class=updated>3 May 2024 Updated on: 5 May 2024</p>", URL, "2024-05-03 visible date"),
        # A machine's field that nobody filled in, or that cannot be.
        (dated("1970-01-01") + META.format("2024-05-03"), "", URL, "2024-05-03 meta"),
        (dated("0001-01-01T00:00:00Z"), "<p>3 May 2024</p>", URL, "2024-05-03 visible date"),
        (dated("2031-01-01", "2024-05-04"), "<p>3 May 2024</p>", URL, "2024-05-03 visible date"),
        # A site that moved, and gave all its texts the day of that.
        (dated("2024-05-03"), "<p>Published 7 June 2016</p>", URL, "2016-06-07 visible date"),
        (dated("2024-05-03"), "<p>Updated 7 June 2016</p>", URL, "2024-05-03 JSON-LD"),
        (dated("2024-05-03"), "<p>7 June 2025</p>", URL, "2024-05-03 JSON-LD"),
        (dated("2024-05-03"), "<p>05/03/2024</p>", URL, "2024-05-03 JSON-LD"),
        (dated("2024-05-03"), "<p>7 June 2016</p>", "https://e.org/2024/05/03/x", "2024-05-03 JSON-LD"),
        # The machine's zone is not the site's.
        (dated("2024-05-04T02:00:00Z"), "", "https://example.org/2024/05/03/x", "2024-05-03 JSON-LD"),
        (dated("2024-05-14"), "", "https://example.org/2024/05/03/x", "2024-05-14 JSON-LD"),
    ],
)
def test_the_best_witness_that_does_not_lie_is_believed(
    head: str, beside: str, url: str, expected: str
) -> None:
    found = article(head, beside, url).published
    assert found is not None
    assert f"{found.day} {found.source}" == expected


def test_the_day_stands_under_a_lead() -> None:
    above = f"<h1>Valley road opened</h1><p>{LEAD}</p><p>By A. Writer</p><p>3 May 2024 · 5 min read</p>"
    markup = (
        f"<title>Valley road opened</title><main><header>{above}</header><section>{TEXT * 3}</section></main>"
    )
    found = extract(markup.encode(), url=URL, content_type="text/html").article
    assert found is not None
    assert found.published is not None
    assert (found.published.day, found.published.source) == (date(2024, 5, 3), "visible date")


@pytest.mark.parametrize(
    "beside",
    [
        "",
        "<p>On 3 May 2024 the road was closed by a flood of the river</p>",
        '<p itemprop="datePublished" content="2024-05-03">x</p>'
        '<p itemprop="datePublished" content="2023-01-01">y</p>',
        "<p>Last updated: 3 May 2024</p>",
        "<p>Last updated</p><p>3 May 2024</p>",
        '<div class="today">3 May 2024</div>',
        '<p><a href="/y">3 May 2024: Another road was opened in the hills</a></p>',
    ],
)
def test_what_is_not_the_day_of_publication_is_not_taken_for_it(beside: str) -> None:
    assert article("", beside).published is None


@pytest.mark.parametrize(
    ("head", "beside", "source"),
    [
        (dated("2024-05-01", "2024-05-03"), "", "JSON-LD"),
        ('<meta property="article:modified_time" content="2024-05-03">', "", "meta"),
        ('<meta itemprop="dateModified" content="2024-05-03">', "", "meta"),
        ("", '<time itemprop="dateModified" datetime="2024-05-03">x</time>', "microdata"),
        ("", "<p>1 May 2024 – updated 3 May 2024</p>", "visible date"),
        ("", "<p>Last updated:</p><p>3 May 2024</p>", "visible date"),
    ],
)
def test_the_day_of_the_last_change(head: str, beside: str, source: str) -> None:
    found = article(head, beside).modified
    assert found is not None
    assert (found.day, found.source) == (date(2024, 5, 3), source)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/05/03/x", date(2024, 5, 3)),
        ("/2024/5/03", date(2024, 5, 3)),
        ("/a/2024-05-03-x", date(2024, 5, 3)),
        ("/n1/2024/0503/c1", None),
        ("/20240503/x", date(2024, 5, 3)),
        ("/2024/13/03/x", None),
        ("/1985/05/03/x", None),
        ("/2024/05/x", None),
        ("/202405031/x", None),
    ],
)
def test_a_date_in_an_address(path: str, day: date | None) -> None:
    assert published.in_path(f"https://example.org{path}") == day


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_claim_makes_it_raise(claim: str, shown: str) -> None:
    claim = claim.replace('"', "").replace("<", "")
    extract(f"{META.format(claim)}{SHELL.format(shown)}".encode("utf-8", "replace"), url=URL)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Ann Bell"', ("Ann Bell",)),
        ('"By Ann Bell"', ("Ann Bell",)),
        ('"Ann Bell and Cy Dunn"', ("Ann Bell", "Cy Dunn")),
        ('["Ann Bell", {"@type":"Person","name":"Cy Dunn"}, null, 5]', ("Ann Bell", "Cy Dunn")),
        ('{"@list":[{"name":"Ann Bell"}]}', ("Ann Bell",)),
        ('{"@type":"Organization","name":"Valley Post"}', ("Valley Post",)),
        ('[{"@type":"Organization","name":"Post"},{"@type":"Person","name":"Ann Bell"}]', ("Ann Bell",)),
        ('"https://example.org/ann"', ()),
        ('"ann@example.org"', ()),
        ('{"@id":"#nobody"}', ()),
    ],
)
def test_authors_as_json_ld_names_them(author: str, names: tuple[str, ...]) -> None:
    assert article(LD.format(f'"headline":"x","author":{author}')).authors == names


def test_authors_by_reference() -> None:
    graph = '[{"@type":"Article","headline":"x","author":[{"@id":"#a"}]},{"@id":"#a","name":"Ann Bell"}]'
    script = f'<script type="application/ld+json">{{"@graph":{graph}}}</script>'
    assert article(script).authors == ("Ann Bell",)


@pytest.mark.parametrize(
    ("head", "beside", "names"),
    [
        ('<meta name="author" content="Ann Bell"><meta name="author" content="Cy Dunn">', "",
         ("Ann Bell", "Cy Dunn")),
        ('<meta name="author" content="https://example.org/ann">', "<p>By Cy Dunn</p>", ("Cy Dunn",)),
        ('<meta name="author" content="Post"><meta property="og:site_name" content="Post">',
         "<p>By Cy Dunn</p>", ("Cy Dunn",)),
        ('<meta name="author" content="Post"><meta property="og:site_name" content="Post">', "", ("Post",)),
        ("", "<p>By Ann Bell and Cy Dunn | 3 May 2024</p>", ("Ann Bell", "Cy Dunn")),
        ("", '<p class="byline">Ann Bell · 3 May 2024</p>', ("Ann Bell",)),
        ("", "<p>Von Ann Bell, Cy Dunn</p>", ("Ann Bell", "Cy Dunn")),
        ("", "<p>Bystanders saw it</p>", ()),
    ],
)  # fmt: skip
def test_authors_of_metas_and_bylines(head: str, beside: str, names: tuple[str, ...]) -> None:
    assert article(head, beside).authors == names
