"""Addresses without end: what they have in common, what leads in circles, and how many are taken."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.traps import ALL, Budget, Intake, pattern, suspect

SITE = "https://www.iom.int"
FREE = Budget(addresses=1_000, alike=1_000, queries=1_000)


@pytest.mark.parametrize(
    ("path", "common"),
    [
        ("/news/iom-helps-flood-victims", "/news/iom-helps-flood-victims"),
        ("/node/123456", "/node/0"),
        ("/calendar/2031/05/", "/calendar/0/0/"),
        ("/news/item-17b", "/news/item-0b"),
        ("/news/550e8400-e29b-41d4-a716-446655440000", "/news/*"),
        ("/news/a;jsessionid=0AAB6C8DE415F2CD", "/news/a;jsessionid=*"),
        ("/news?page=99999", "/news?page=*"),
        ("/news/a?sid=77ab&close=true&=", "/news/a?=*&close=*&sid=*"),
        ("/news/%D8%A7%D9%84%D9%87%D8%AC%D8%B1%D8%A9", "/news/الهجرة"),
        ("/news/%D9%A1%D9%A2", "/news/0"),
    ],
)
def test_what_addresses_have_in_common(path: str, common: str) -> None:
    assert pattern(SITE + path) == common


@pytest.mark.parametrize(
    "path",
    [
        "/news/a" + "/a" * 2,
        "/news/en/news/en/news/en/x",
        "/news" + "/images/css" * 3,
        "/news////x",
        "/news" + "".join(f"/{number}a" for number in range(21)),
        "/news/" + "x" * 2_000,
    ],
)
def test_what_leads_in_circles(path: str) -> None:
    assert suspect(SITE + path)


@pytest.mark.parametrize(
    "path", ["/", "/news/a/a/b", "/12/12/12/a", "/news//x", "/a/b/a/b/c", "/en/news/en/news/x"]
)
def test_what_does_not(path: str) -> None:
    assert suspect(SITE + path) is None


@given(st.lists(st.sampled_from("abc"), max_size=20))
def test_a_repeated_stretch_is_found_wherever_it_stands(segments: list[str]) -> None:
    def thrice(period: int, at: int) -> bool:
        stretch = segments[at : at + period]
        return stretch * 3 == segments[at : at + 3 * period]

    there = any(thrice(period, at) for period in range(1, 7) for at in range(len(segments) - 3 * period + 1))
    assert (suspect(f"{SITE}/{'/'.join(segments)}") is not None) == there


def taken(intake: Intake, *paths: str) -> list[str]:
    return [path for path in paths if intake.takes(SITE + path)]


def test_known_addresses_count() -> None:
    known = [f"{SITE}/node/{number}" for number in range(8)]
    intake = Intake(budget=Budget(addresses=1_000, alike=10, queries=2), known=known)
    assert len(taken(intake, *(f"/node/{number}" for number in range(8, 100)))) == 2
    assert taken(intake, "/news/a", "/news/b?x=1", "/news/b?x=2", "/news/b?x=3") == [
        "/news/a",
        "/news/b?x=1",
        "/news/b?x=2",
    ]
    assert [(crowd.pattern, crowd.refused, crowd.example) for crowd in intake.crowds] == [
        ("/node/0", 90, f"{SITE}/node/10"),
        ("/news/b?x=*", 1, f"{SITE}/news/b?x=3"),
    ]


def test_a_site_has_a_budget_of_all_its_addresses() -> None:
    intake = Intake(budget=Budget(addresses=5, alike=10, queries=10), known=[f"{SITE}/news/a"])
    words = ["".join(letters) for letters in zip("abcdefgh", "hgfedcba", strict=True)]
    assert len(taken(intake, *(f"/news/{word}" for word in words))) == 4
    assert [(crowd.pattern, crowd.refused) for crowd in intake.crowds] == [(ALL, 4)]


def test_circles_are_never_taken() -> None:
    intake = Intake(budget=FREE, known=())
    assert taken(intake, "/news/a/a/a/b", "/news/a/b") == ["/news/a/b"]
    assert [crowd.pattern for crowd in intake.crowds] == ["repeats its path 3 times"]


def test_memory_is_bounded_by_the_budget() -> None:
    budget = Budget(addresses=2_000, alike=1, queries=1)
    intake = Intake(budget=budget, known=())
    letters = str.maketrans("0123456789", "abcdefghij")
    tracemalloc.start()
    try:
        for number in range(10_000):
            intake.takes(f"{SITE}/news/{str(number).translate(letters)}/{'x' * 500}/{number % 7}")
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
    assert intake.refused == 8_000
    assert len(intake.crowds) <= 101
