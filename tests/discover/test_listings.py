"""Listings: cards, their titles and dates, and the way to the next page."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from crawler.discover import read_source
from crawler.values import Found, SourceKind, SourceRead

URL = "https://www.iom.int/search?type[0]=press_release&created=All&page=1"


def read(html: str, url: str = URL) -> SourceRead:
    return read_source(html.encode(), url=url, content_type="text/html; charset=utf-8")


def titles(html: str) -> dict[str, str | None]:
    return {found.url.removeprefix("https://www.iom.int"): found.title for found in read(html).found}


def card(path: str, title: str, date: str, kind: str = "News") -> str:
    return f"""<div class="col"><div class="card"><a href="{path}"><img src="/x.jpg?itok=1" alt=""></a>
      <div class="article-detail"><div class="tag">{kind}</div>
      <a href="{path}"><h5 class="title">{title}</h5></a><div class="date">{date}</div>
      <a href="{path}">Read more about this and everything that belongs to it</a>
      </div></div></div>"""


PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Search</title></head><body>
<nav><a href="/who-we-are">Who we are</a><a href="#main">Skip</a><a href="mailto:x@iom.int">Mail</a></nav>
<main><div class="row">{card("/news/boats", "Boats capsize off the coast", "27 Nov 2023")}
{card("/fr/news/abris", "Des abris pour l’hiver", "3 décembre 2023", "Communiqué")}</div>
<ul class="pager">
<li class="pager__item"><a href="?type[0]=press_release&amp;created=All&amp;page=0">1</a></li>
<li class="pager__item pager__item--next">
<a href="?type[0]=press_release&amp;created=All&amp;page=2" title="Go to next page" rel="next">Next</a>
</li></ul></main>
<footer><a href="/contact" hreflang="en">Contact</a></footer></body></html>"""


def test_cards_give_title_and_date() -> None:
    found = {entry.url: entry for entry in read(PAGE).found}
    assert found["https://www.iom.int/news/boats"] == Found(
        url="https://www.iom.int/news/boats",
        title="Boats capsize off the coast",
        published=datetime(2023, 11, 27, tzinfo=UTC),
    )
    assert found["https://www.iom.int/fr/news/abris"] == Found(
        url="https://www.iom.int/fr/news/abris",
        title="Des abris pour l’hiver",
        published=datetime(2023, 12, 3, tzinfo=UTC),
    )
    assert found["https://www.iom.int/contact"].language == "en"
    assert found["https://www.iom.int/who-we-are"].published is None
    assert not any(url.endswith("#main") for url in found)


def test_a_heading_outside_a_card_is_nobodys_title() -> None:
    html = (
        "<main><h1>All news</h1><div><a href='/a'>First story</a><a href='/b'>Second story</a></div></main>"
    )
    assert titles(html) == {"/a": "First story", "/b": "Second story"}


def test_the_longest_text_is_kept_where_there_is_no_heading() -> None:
    first = "<p><a href='/a'>More</a> <a href='/b'>x</a></p>"
    html = f"{first}<p><a href='/a'>A long title of a story</a><a href='/b'>y</a></p>"
    assert titles(html)["/a"] == "A long title of a story"


def test_a_link_around_its_heading() -> None:
    html = (
        "<ul><li><a href='/a'><h3>Title</h3><p>A teaser of many words</p></a></li><li><a href='/b'>B</a></ul>"
    )
    assert titles(html)["/a"] == "Title"


def test_a_time_element_says_more_than_its_text() -> None:
    shown = "<time datetime='2024-01-02T03:04:05+01:00'>2 hours ago</time>"
    html = f"<div><a href='/a'>A</a>{shown}</div><a href='/b'>b</a>"
    assert read(html).found[0].published == datetime(2024, 1, 2, 2, 4, 5, tzinfo=UTC)


def test_base_is_obeyed() -> None:
    html = "<html><head><base href='/fr/'></head><body><a href='news/x'>x</a></body></html>"
    assert read(html).found[0].url == "https://www.iom.int/fr/news/x"


def test_the_next_page_keeps_its_query() -> None:
    assert read(PAGE).next_page == "https://www.iom.int/search?type[0]=press_release&created=All&page=2"


LISTING = "https://sudan.iom.int/press-releases"


@pytest.mark.parametrize(
    ("here", "html", "following"),
    [
        (LISTING, "<link rel='next' href='?page=1'>", f"{LISTING}?page=1"),
        (LISTING, "<a rel='nofollow next' href='?page=1'>2</a>", f"{LISTING}?page=1"),
        (
            LISTING,
            "<ul><li class='pager-next'><a href='/press-releases?page=1'>suivant</a></li></ul>",
            f"{LISTING}?page=1",
        ),
        (LISTING, "<a title='Go to next page' href='?page=1'>›</a>", f"{LISTING}?page=1"),
        (
            LISTING,
            "<nav class=pager><a title='Aller à la page suivante' href='?page=1'>›</a></nav>",
            f"{LISTING}?page=1",
        ),
        (LISTING, "<li class=pager__item--next><a href='?page=0%2C1'>›</a></li>", f"{LISTING}?page=0%2C1"),
        (f"{LISTING}/page/2", "<a class=next href='/press-releases/page/3'>›</a>", f"{LISTING}/page/3"),
        (f"{LISTING}?page=3", "<a rel=next href='?page=3'>›</a>", None),
        (f"{LISTING}?page=3", "<a rel=next href='?page=2'>›</a>", None),
        (f"{LISTING}?page=3", "<a rel=next href='/press-releases'>›</a>", None),
        (LISTING, "<a rel=next href='#'>›</a>", None),
        (LISTING, "<a rel=next href=''>›</a>", None),
        (LISTING, "<a rel=next href='https://elsewhere.example/press-releases?page=1'>›</a>", None),
        (LISTING, "<a title='What next for the displaced' href='/news/what-next'>What next</a>", None),
        (LISTING, "<a class=next href='/news/carousel'>›</a>", None),
        (
            LISTING,
            "<a class=next href='#c'>›</a><li class=pager__item--next><a href='?page=1'>›</a></li>",
            f"{LISTING}?page=1",
        ),
        (f"{LISTING}?page=99", "<li class='pager__item--previous'><a href='?page=98'>‹</a></li>", None),
    ],
)
def test_the_next_page(here: str, html: str, following: str | None) -> None:
    assert read(f"<html><body>{html}</body></html>", here).next_page == following


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<a href='/é'>Réfugiés</a>".encode("cp1252"), "text/html; charset=ISO-8859-1"),
        ("<a href='/é'>Réfugiés</a>".encode("cp1252"), None),
        ("<meta charset='windows-1252'><a href='/é'>Réfugiés</a>".encode("cp1252"), "text/html"),
        ("<a href='/é'>Réfugiés</a>".encode(), "text/html; charset=nonsense"),
        ("<a href='/é'>Réfugiés</a>".encode("utf-16"), None),
    ],
)
def test_charsets(body: bytes, content_type: str | None) -> None:
    found = read_source(body, url=URL, content_type=content_type).found
    assert [(entry.url, entry.title) for entry in found] == [("https://www.iom.int/%C3%A9", "Réfugiés")]


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000 + b"<a href=/x>x</a>",
        b"<p " + b" ".join(b"a%d" % number for number in range(50_000)) + b"><a href=/x>x</a>",
        b"<p " + b"".join(b' a%d="<>"' % number for number in range(50_000)) + b"><a href=/x>x</a>",
        b"<!-- x --><p>" + b"<b>" * 10_000 + b"<p>" * 10_000,
        b"<a href='/x" * 100_000,
        b"<div><h5 class=title>T</h5>" * 1_000 + b"<a href=/x>x</a>" * 1_000,
    ],
    ids=["deep", "attributes", "quoted", "formatting", "quotes", "cards"],
)
def test_hostile_pages_are_read_or_refused_quickly(body: bytes) -> None:
    start = time.process_time()
    assert read_source(body, url=URL).kind is SourceKind.LISTING
    assert time.process_time() - start < 3


def test_long_lists_and_long_scripts_are_not_taken_for_tangles() -> None:
    items = "".join(f"<li><a href='/{number}'>Story {number}</a>" for number in range(3_000))
    html = f"<script>{'<div>' * 5_000}</script><!-- {'<div>' * 5_000} --><ul>{items}</ul>"
    page = read(html)
    assert page.trouble is None
    assert len(page.found) == 3_000


def test_attributes_without_end_on_many_tags_are_not_read() -> None:
    page = read("<p a b c d e f g h i j k l m n o p q r s t u v w x y z>" * 20_000 + "<a href='/x'>Story</a>")
    assert page.found == ()
    assert "attributes" in (page.trouble or "")
