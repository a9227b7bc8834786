"""Notices are told by whole headlines; short, brief and foreign releases are still releases."""

from __future__ import annotations

import pytest

from crawler.extract import extract

URL = "https://www.iom.int/news/x"
TEXT = "<p>Teams gave out blankets and stoves in the five villages above the river, where snow had cut the"
TEXT += " only road for nine days.</p><p>The next convoy leaves as soon as the pass is open again.</p>"
DATE = '<meta property="article:published_time" content="2026-03-02">'


def shown(title: str, text: str = TEXT, head: str = "") -> bytes:
    return (
        f"<html lang=en><head><title>{title} | Agency</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><main><h1>{title}</h1><div>{text}</div></main></body></html>"
    ).encode()


@pytest.mark.parametrize(
    "title",
    [
        "IOM Assists 404 Stranded Migrants to Return Home from Libya",
        "IOM Trains Road Maintenance Crews in Haiti",
        "Peace Maintenance Mission Helps Migrants",
        "Access Denied: Migrants Cut off from Aid",
        "Forbidden Journeys: A Report",
        "Please Wait: Refugees Hold on at the Border",
        "Just a Moment of Peace in Sarajevo",
        "Security Check Points Reopen",
        "Sorry: A Word That Came Late",
        "Home Not Found: Families Without Papers",
    ],
)
def test_a_word_in_the_headline_of_a_short_undated_release_does_not_refuse_it(title: str) -> None:
    found = extract(shown(title), url=URL)
    assert found.article is not None, found.unreadable


@pytest.mark.parametrize("head", ["", DATE])
@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("404", "a page that says"),
        ("404 error", "a "),
        ("Error 404 - Page not found", "a "),
        ("404: Not Found", "a page that says"),
        ("The page you're looking for could not be found", "a page that says"),
        ("This page doesn't exist", "a page that says"),
        ("The site is currently under maintenance", "a maintenance notice"),
        ("Down for scheduled maintenance", "a maintenance notice"),
        ("Just a moment...", "a challenge page"),
        ("Attention Required! - Cloudflare", "a challenge page"),
        ("Checking your browser before accessing www.iom.int.", "a challenge page"),
        ("Access Denied - www.iom.int", "a challenge page"),
        ("Un instant…", "a challenge page"),
    ],
)
def test_a_headline_that_is_a_notice_as_a_whole_refuses_dated_or_not(
    title: str, reason: str, head: str
) -> None:
    found = extract(shown(title, head=head), url=URL)
    assert found.article is None
    assert (found.unreadable or "").startswith(reason)


def test_a_gatekeepers_script_under_a_challenge_refuses_even_a_long_dated_page() -> None:
    script = "<script>window._cf_chl_opt={}</script>"
    found = extract(shown("Just a moment...", TEXT * 12, DATE + script), url=URL)
    assert found.unreadable == "a challenge page (Cloudflare)"
    assert extract(shown("Blankets for the valley", TEXT, DATE + script), url=URL).article is not None


def test_a_note_before_the_text_decides_neither_language_nor_dateline() -> None:
    spanish = (
        "<p>* Information available only in Spanish</p><p>Bogotá, 4 de mayo de 2021 – Los equipos repartieron"
        " mantas y estufas en los cinco pueblos que están río arriba, donde la nieve había cortado el único"
        " camino durante nueve días.</p>"
    )
    article = extract(shown("Mantas para el valle", spanish), url=URL).article
    assert article is not None
    assert article.language == "es"
    assert article.dateline is not None
    assert article.dateline.places == ("Bogotá",)


def test_a_statement_of_one_short_sentence_in_its_layout_is_an_article() -> None:
    field = '<div class="narrow-content"><div class="field--type-text-with-summary">{}</div></div>'
    article = extract(shown("On the attack", field.format("<p>I am appalled.</p>")), url=URL).article
    assert article is not None
    assert [passage.text for passage in article.body] == ["I am appalled."]
    for nothing in (
        "<p>Loading…</p>",
        "<p><a href='/a.pdf'>The text</a></p>",
        "<h3>More</h3>",
        "<p>* * *</p>",
    ):
        assert extract(shown("On the attack", field.format(nothing)), url=URL).article is None


@pytest.mark.parametrize(
    "body", ["<p>One more line of the long list.</p>" * 5_001, "<p>" + "a word, " * 130_000]
)
def test_an_article_too_long_to_compare_is_unreadable(body: str) -> None:
    found = extract(shown("The list", body), url=URL)
    assert found.article is None
    assert (found.unreadable or "").startswith("too long: ")
