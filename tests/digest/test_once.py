"""A passage of a site, told once in a letter: with the site, not with each of its pages again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.digest import Format, letter, render
from crawler.digest.once import once
from crawler.values import Edit, EditKind, Event, Kind
from tests.digest.samples import UNTIL, digest, event, redline

NOTICE = "This release was made possible by the European Union."
ADDED = redline(("insert", NOTICE), paragraph=2)
SITE = event(Kind.BOILERPLATE, path="/", title="The same passage came on 9 pages of www.iom.int", weight=40,
             redline=redline(("insert", NOTICE)))  # fmt: skip
NAME = Edit(kind=EditKind.NAME, before=None, after="European Union")
OWN = Edit(kind=EditKind.NAME, before=None, after="Búzi")
PAGE = event(
    Kind.CHANGED,
    path="/news/own",
    weight=60,
    redline=(*redline(("keep", "The road to "), ("insert", "Búzi "), ("keep", "is open.")), *ADDED),
    edits=(NAME, OWN),
    reasons=("a passage was added", "1 word changed"),
)


@pytest.mark.parametrize("format_", [Format.TEXT, Format.HTML, Format.MARKDOWN])
def test_a_passage_of_the_site_is_shown_once(format_: Format) -> None:
    shown = " ".join(render(digest(PAGE, SITE), format_).replace("\n  | ", " ").split())
    assert shown.count(NOTICE) == 1
    assert "Búzi" in shown
    assert "a passage was added" not in shown
    assert "1 word changed" in shown
    assert shown.count("Name added") == 1


def test_a_letter_shows_it_once_too() -> None:
    told = letter(digest(PAGE, SITE), created_at=UNTIL, message_id="<a@b>")
    assert " ".join(told.text.split()).count("Name added") == 1
    assert told.html.count("Name added") == 1


@pytest.mark.parametrize(
    "others",
    [
        (),
        (replace(SITE, site="lab"),),
        (replace(SITE, redline=redline(("insert", "Another notice."))),),
        (replace(SITE, kind=Kind.CHANGED),),
    ],
)
def test_what_no_event_of_the_site_shows_stays(others: tuple[Event, ...]) -> None:
    assert once(digest(PAGE, *others)).events == (PAGE, *others)


def test_where_the_site_has_but_a_line_the_page_shows_it() -> None:
    told = digest(PAGE, SITE, most_in_full=1)
    assert once(told).events == told.events


def test_what_else_the_page_says_of_it_stays() -> None:
    more = redline(("insert", "The European Union pays."), paragraph=3)
    twice = replace(PAGE, redline=(*PAGE.redline, *more), reasons=("2 passages were added",))
    shown, _ = once(digest(twice, SITE)).events
    assert shown.edits == (NAME, OWN)
    assert shown.reasons == ("2 passages were added",)
    link = Edit(kind=EditKind.LINK, before=None, after="https://a.example/fund", detail="fund")
    site = replace(SITE, redline=redline(("insert", link.after or "")))
    page, _ = once(digest(replace(PAGE, edits=(link,), reasons=("links changed", "spacing")), site)).events
    assert (page.edits, page.reasons) == ((), ("spacing",))
    assert page.redline == PAGE.redline
