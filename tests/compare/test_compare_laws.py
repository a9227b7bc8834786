"""Laws of comparing that hold for any two readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.compare import compare
from crawler.values import Article, EditKind, Kind
from tests.compare.releases import BODY, articles, release, texts

Noise = Callable[[str], str]
NOISE: tuple[Noise, ...] = (
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\u2009"),
    lambda text: text.replace("“", '"').replace("”", '"'),
    lambda text: text.replace("“", "« ").replace("”", " »"),
    lambda text: text.replace("–", "—"),
    lambda text: text.replace("ment", "\u00admen\u200bt"),
    lambda text: text.replace("fi", "ﬁ"),
    lambda text: text.replace("12,400", "12\u202f400"),
    lambda text: text.replace("12,400", "12.4 thousand"),
    lambda text: text.replace("USD 8.5 million", "US$ 8.5M"),
    lambda text: text.replace("three districts", "3 districts"),
    lambda text: text.replace("3 May 2024", "May 3, 2024"),
)


@settings(max_examples=150, deadline=None)
@given(articles, articles, st.sampled_from(["en", "fr", "es", "ar", None]))
def test_whether_something_happened_does_not_depend_on_the_direction(
    one: Article, other: Article, language: str | None
) -> None:
    one, other = replace(one, language=language), replace(other, language=language)
    assert (compare(one, other) is None) == (compare(other, one) is None)


@settings(max_examples=150, deadline=None)
@given(articles, articles)
def test_edits_name_what_differs_and_facts_agree_with_them(one: Article, other: Article) -> None:
    change = compare(one, other)
    if change is not None:
        assert all(edit.before != edit.after for edit in change.edits)
        assert all(edit.before or edit.after for edit in change.edits)
        beside = {EditKind.LINK, EditKind.DOCUMENT}
        assert Kind.CHANGED in change.facts or not any(edit.kind in beside for edit in change.edits)
        assert Kind.WITHDRAWN not in change.facts or Kind.CHANGED in change.facts


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(range(len(NOISE))), min_size=1, unique=True), st.data())
def test_noise_of_form_is_nothing(chosen: list[int], data: st.DataObject) -> None:
    body = list(BODY)
    for number in chosen:
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = NOISE[number](body[at])
    assert compare(release(), release(*body)) is None


@settings(max_examples=100, deadline=None)
@given(texts, st.sampled_from(["\u00a0", "\u202f", "  ", "\t", "\n"]))
def test_any_white_space_is_as_good_as_another(text: str, space: str) -> None:
    assert compare(release(text), release(text.replace(" ", space))) is None


GROUPED = (",", " ", "\u202f", "\u00a0", "’")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(GROUPED), st.sampled_from(GROUPED))
def test_a_number_is_told_when_its_value_differs(first: int, second: int, one: str, other: str) -> None:
    assume(not 1900 <= first <= 2100)  # a year is a date
    assume(not 1900 <= second <= 2100)
    said = "In the district {} people were counted over the last week of the month."
    before, after = (
        release(said.format(f"{number:,}".replace(",", mark)))
        for number, mark in ((first, one), (second, other))
    )
    change = compare(before, after)
    found = [] if change is None else [(figure.before, figure.after) for figure in change.figures]
    assert found == ([] if first == second else [(first, second)])
    assert (change is None) == (first == second)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "12,400 people", "12.4 thousand people"),
        ("en", "USD 8.5 million", "8.5 million US dollars"),
        ("en", "12 per cent of them", "12% of them"),
        ("en", "twelve people", "12 people"),
        ("en", "a million people", "1,000,000 people"),
        ("en", "people on 3 May 2024", "people on May 3, 2024"),
        ("fr", "1,4 million de personnes", "1 400 000 personnes"),
        ("fr", "8,5 millions de dollars", "8,5 millions d’USD"),
        ("fr", "douze personnes", "12 personnes"),
        ("fr", "vingt et un bateaux", "21 bateaux"),
        ("es", "1,4 millones de personas", "1.400.000 personas"),
        ("es", "12 por ciento de ellos", "12 % de ellos"),
        ("es", "doscientas personas", "200 personas"),
        ("ar", "١٢٬٤٠٠ شخص", "12,400 شخص"),
        ("ar", "12 في المئة منهم", "١٢٪ منهم"),
        ("ar", "مليوني شخص", "2 مليون شخص"),
        ("ar", "خمسة أشخاص", "5 أشخاص"),
        ("ar", "ألفي شخص", "2000 شخص"),
    ],
)
def test_a_number_written_in_another_way_is_no_change(language: str, before: str, after: str) -> None:
    one, other = (release(f"({text})", language=language) for text in (before, after))
    assert compare(one, other) is None


@pytest.mark.parametrize(
    ("language", "before", "after", "expected"),
    [
        ("en", "twelve people", "13 people", (12, 13)),
        ("en", "half a million people", "a million people", (500_000, 1_000_000)),
        ("en", "12 per cent of them", "12 of them", (12, 12)),
        ("en", "two dozen people", "three dozen people", (24, 36)),
        ("fr", "une dizaine de personnes", "une vingtaine de personnes", (10, 20)),
        ("fr", "vingt et un bateaux", "vingt-deux bateaux", (21, 22)),
        ("fr", "soixante-dix bateaux", "soixante-quinze bateaux", (70, 75)),
        ("es", "un millón de personas", "dos millones de personas", (1_000_000, 2_000_000)),
        ("es", "treinta y dos personas", "treinta y tres personas", (32, 33)),
        ("ar", "مليون شخص", "مليوني شخص", (1_000_000, 2_000_000)),
        ("ar", "ثلاثمئة شخص", "أربعمئة شخص", (300, 400)),
        ("ar", "واحد وعشرون شخصا", "خمسة وعشرون شخصا", (21, 25)),
    ],
)
def test_a_number_of_another_value_is_a_figure_in_any_writing(
    language: str, before: str, after: str, expected: tuple[int, int]
) -> None:
    said = "({}) – 2019"
    change = compare(*(release(said.format(text), language=language) for text in (before, after)))
    assert change is not None
    assert [(figure.before, figure.after) for figure in change.figures] == [expected]
