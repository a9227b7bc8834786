"""Which events a digest takes."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.choice import Choice, Keywords, countries_of, types_of
from crawler.values import Edit, EditKind, Kind
from tests.digest.samples import ARABIC, FIGURES, FRENCH, event, figure, redline


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["cholera"], "A Cholera outbreak", True),
        (["cholera"], "a cholera-like illness", True),
        (["men"], "women and children", False),
        (["displaced people"], "12,400 displaced  people", True),
        (["C++"], "in C++ and C", True),
        (["réfugiés"], "LES RÉFUGIÉS", True),
        (["réfugié"], "les réfugiés", False),
        (["الهجرة"], "المنظمة الدولية للهجرة", False),
        (["للهجرة"], "المُنظَّمة الدّوليّة لِلهِجرة", True),
        (["हिन्द"], "हिन्दी में", False),  # a vowel sign belongs to the word
        (["हिन्दी"], "यह हिन्दी में है", True),
        (["移民"], "国際移民機関", True),
        (["ผู้อพยพ"], "องค์การผู้อพยพระหว่างประเทศ", True),
        (["straße"], "STRASSE", True),
        (["cholera", "-football"], "cholera at the football ground", False),
        (["-football"], "a cholera ward", True),
        (["-football"], "football", False),
        ([], "anything", True),
    ],
)
def test_keywords_are_whole_words_in_any_script(words: list[str], text: str, found: bool) -> None:
    assert Keywords(tuple(words)).match(text) is found


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        ({}, True),
        ({"languages": ("en", "fr")}, True),
        ({"languages": ("fr",)}, False),
        ({"kinds": ("changed",)}, True),
        ({"kinds": ("figure",)}, True),
        ({"kinds": ("new", "removed")}, False),
        ({"min_weight": 88}, True),
        ({"min_weight": 89}, False),
        ({"types": ("news",)}, True),
        ({"types": ("statements",)}, False),
        ({"countries": ("MZ",)}, False),
        ({"keywords": Keywords(("sofala",))}, True),
        ({"keywords": Keywords(("5,150",))}, True),
        ({"keywords": Keywords(("búzi",))}, True),
        ({"keywords": Keywords(("elsewhere",))}, False),
    ],
)
def test_a_change_is_taken_by_what_it_is(choice: dict[str, Any], taken: bool) -> None:
    assert Choice(**choice).takes(FIGURES) is taken


def test_the_whole_release_is_searched_where_it_is_at_hand() -> None:
    choice = Choice(keywords=Keywords(("midwives",)))
    assert not choice.takes(event())
    assert choice.takes(event(), text="Further down, midwives are named.")


def test_words_that_went_are_found_too() -> None:
    told = event(
        Kind.CHANGED,
        redline=redline(("keep", "They need "), ("delete", "shelter"), ("insert", "water")),
        edits=(Edit(kind=EditKind.NAME, before="Amina Yusuf", after=None),),
        figures=(figure("tents", 5, 6),),
        title_before="Old Headline",
    )
    for word in ("shelter", "water", "amina yusuf", "tents", "old headline"):
        assert Choice(keywords=Keywords((word,))).takes(told), word
    assert not Choice(keywords=Keywords(("shelterwater",))).takes(told)


def test_an_unknown_language_is_told() -> None:
    assert Choice(languages=("fr",)).takes(event(language=None))
    assert Choice(languages=("pt-BR",)).takes(event(language="pt"))


def test_what_happens_to_a_site_is_told_to_all_who_want_its_kind() -> None:
    shut = event(Kind.BLOCKED, url=None, canonical_url=None, title="", language=None, weight=60)
    narrow = Choice(languages=("fr",), countries=("EG",), types=("news",), keywords=Keywords(("cholera",)))
    assert narrow.takes(shut)
    assert not Choice(kinds=("new",)).takes(shut)
    assert not Choice(min_weight=61).takes(shut)


def test_countries_come_from_site_dateline_headline_and_opening() -> None:
    assert countries_of(FRENCH) == ("AR",)
    assert countries_of(event(site="egypt", title="On the Border of Sudan")) == ("EG", "SD")
    assert countries_of(event(dateline="Port-au-Prince, Haiti")) == ("HT",)
    assert countries_of(ARABIC) == ()


def test_types_come_from_the_address_and_the_label() -> None:
    assert types_of(FRENCH) == ("news",)
    assert types_of(event(path="/statements/x", type="Communiqué")) == ("statements", "communiqué")
    assert types_of(event(canonical_url="https://brazil.iom.int/pt-br/news/x")) == ("news",)
