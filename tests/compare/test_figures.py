from __future__ import annotations

import pytest

from crawler.compare.figures import figures
from crawler.compare.redline import align
from crawler.values import Figure
from tests.compare.releases import BODY, passages


def changed(before: str, after: str, language: str = "en") -> list[tuple[str, object, object, str]]:
    rows = align(passages(before), passages(after)).rows
    return [(f.what, f.before, f.after, f.unit) for f in figures(rows, language=language)]


@pytest.mark.parametrize(
    ("before", "after", "language", "expected"),
    [
        (
            "Some 12,400 displaced people came",
            "Some 21,400 displaced people came",
            "en",
            ("displaced people", 12400, 21400, ""),
        ),
        ("three people died there", "four people died there", "en", ("people", 3, 4, "")),
        (
            "an appeal for USD 8.5 million now",
            "an appeal for USD 9 million now",
            "en",
            ("", 8_500_000, 9_000_000, "USD"),
        ),
        ("worth 8 million euros", "worth 8 billion euros", "en", ("", 8_000_000, 8_000_000_000, "EUR")),
        ("worth USD 8 million", "worth EUR 8 million", "en", ("", 8_000_000, 8_000_000, "EUR")),
        ("40 per cent of women said so", "45% of women said so", "en", ("women", 40, 45, "%")),
        (
            "la réunion du 3 novembre à Lima",
            "la réunion du 4 novembre à Lima",
            "fr",
            ("", "--11-03", "--11-04", "date"),
        ),
        ("since 2015 the office", "since 2016 the office", "en", ("", "2015", "2016", "date")),
        ("quelque 12 400 personnes", "quelque 12 500 personnes", "fr", ("personnes", 12400, 12500, "")),
        ("unas 12.400 personas", "unas 12.500 personas", "es", ("personas", 12400, 12500, "")),
        ("نزح ١٢٬٤٠٠ شخص في بورنو", "نزح ٢١٬٤٠٠ شخص في بورنو", "ar", ("شخص", 12400, 21400, "")),
        ("Tesso | 120 | -12%", "Tesso | 120 | +12%", "en", ("Tesso", -12, 12, "%")),
        ("عاد %45 من الأسر", "عاد %54 من الأسر", "ar", ("الأسر", 45, 54, "%")),
        ("بين يناير ومارس 2024 هنا", "بين يناير وأبريل 2024 هنا", "ar", ("", "2024-03", "2024-04", "date")),
        ("deux mille cinq cents enfants", "deux mille six cents enfants", "fr", ("enfants", 2500, 2600, "")),
        ("نزح 12 ألفا و400 شخص", "نزح 12 ألفا و600 شخص", "ar", ("شخص", 12_400, 12_600, "")),
        (
            "About 12,400 people were on the move by night",
            "More than 21,400 persons were on the move by night",
            "en",
            ("persons", 12400, 21400, ""),
        ),
    ],
)
def test_a_value_that_changed_is_a_figure(
    before: str, after: str, language: str, expected: tuple[object, ...]
) -> None:
    assert changed(before, after, language) == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Some 12,400 people came", "Some 12 400 people came"),
        ("Some 12,400 people came", "Some 12.400 people came"),
        ("Some 1.4 million people came", "Some 1,400,000 people came"),
        ("five people came here", "5 people came here"),
        ("two thousand five hundred people came", "2,500 people came"),
        ("the hall was full [1] by noon", "the hall was full [2] by noon"),
        ("it begins at 3 p.m. in the hall", "it begins at 5 p.m. in the hall"),
        ("40 per cent of them came", "40% of them came"),
        ("USD 8.5 million was given", "US$ 8.5M was given"),
        ("on 3 November in Lima", "on 3 November 2016 in Lima"),
        ("12 men and 15 women came by boat", "15 women and 12 men came by boat"),
        ("300 in Chad, 12,400 people in Sudan came", "12,400 people in Sudan, 300 in Chad came"),
        ("a man lived in the house", "one man lived in the house"),
    ],
)
def test_a_number_written_otherwise_or_elsewhere_is_no_figure(before: str, after: str) -> None:
    assert changed(before, after) == []


def test_each_number_is_paired_with_its_own() -> None:
    assert changed(
        "12 people in Gaza and 15 trucks in Rafah waited", "15 people in Gaza and 18 trucks in Rafah waited"
    ) == [("people", 12, 15, ""), ("trucks", 15, 18, "")]
    assert changed("rose from 12 to 15 people", "rose from 15 to 18 people") == [
        ("people", 12, 15, ""),
        ("people", 15, 18, ""),
    ]


def test_a_number_that_came_or_went_in_a_sentence_that_stayed_has_one_side() -> None:
    plain, counted = "The boats took people to the far shore", "The boats took 120 people to the far shore"
    assert changed(plain, counted) == [("people", None, 120, "")]
    assert changed(counted, plain) == [("people", 120, None, "")]


def test_whole_paragraphs_that_came_or_went_bring_no_figures() -> None:
    rows = align(passages(*BODY), passages(*BODY[:2])).rows
    assert figures(rows, language="en") == ()
    rows = align(passages(*BODY[:2]), passages(*BODY)).rows
    assert figures(rows, language="en") == ()


def test_a_figure_shows_both_sides_as_written() -> None:
    rows = align(passages("Some 8,5 millions d’euros ici"), passages("Some 9 millions d’euros ici")).rows
    assert figures(rows, language="fr") == (
        Figure(
            what="ici",
            before=8_500_000,
            after=9_000_000,
            unit="EUR",
            before_text="8,5 millions d’euros",
            after_text="9 millions d’euros",
        ),
    )


def test_the_same_figure_said_twice_is_told_once() -> None:
    before = "Some 12,400 people came. Of the 12,400 displaced people were children."
    assert changed(before, before.replace("12,400", "21,400")) == [("people", 12400, 21400, "")]
    before = "Some 12 boats came. Some 12 trucks left."
    assert [what for what, *_ in changed(before, before.replace("12", "13"))] == ["boats", "trucks"]
