from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compare.numbers import quantities
from tests.compare.releases import texts


def read(text: str, language: str | None = "en") -> list[tuple[object, str, str]]:
    return [(q.value, q.unit, q.what) for q in quantities(text, language)]


@pytest.mark.parametrize(
    "written",
    [
        "12,400",
        "12 400",
        "12.400",
        "12\u202f400",
        "12\u00a0400",
        "12’400",
        "12'400",
        "١٢٬٤٠٠",
        "12400",
        "١٢٤٠٠",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", None, "ru"])
def test_thousands_are_the_same_number_however_grouped(written: str, language: str | None) -> None:
    assert [value for value, _, _ in read(f"({written})", language)] == [12400]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("12,400 displaced people in Borno", "en", (12400, "", "displaced people")),
        ("12,400 of the displaced people", "en", (12400, "", "displaced people")),
        ("Displaced people: 12,400", "en", (12400, "", "Displaced people")),
        ("Sudan | 12,400", "en", (12400, "", "Sudan")),
        ("1.4 million people", "en", (1_400_000, "", "people")),
        ("USD 8.5M", "en", (8_500_000, "USD", "")),
        ("US$ 8.5 million appeal", "en", (8_500_000, "USD", "appeal")),
        ("$8.7 billion", "en", (8_700_000_000, "USD", "")),
        ("EUR 12.5 million", "en", (12_500_000, "EUR", "")),
        ("40 per cent", "en", (40, "%", "")),
        ("3.125 per cent", "en", (3.125, "%", "")),
        ("1.250 million", "en", (1_250_000, "", "")),
        ("two million children", "en", (2_000_000, "", "children")),
        ("twenty-five boats", "en", (25, "", "boats")),
        ("Two thirds of the families", "en", (66.7, "%", "families")),
        ("a third of the boats", "en", (33.3, "%", "boats")),
        ("One in five children", "en", (20.0, "%", "children")),
        ("9 out of 10 men", "en", (90.0, "%", "men")),
        ("deux tiers des femmes", "fr", (66.7, "%", "femmes")),
        ("tres cuartos de las mujeres", "es", (75.0, "%", "mujeres")),
        ("um terço das famílias", "pt", (33.3, "%", "famílias")),
        ("quelque 12 400 personnes déplacées", "fr", (12400, "", "personnes déplacées")),
        ("8,5 millions d’euros", "fr", (8_500_000, "EUR", "")),
        ("1,25 milliard de dollars", "fr", (1_250_000_000, "USD", "")),
        ("12,5 pour cent des femmes", "fr", (12.5, "%", "femmes")),
        ("deux cents enfants", "fr", (200, "", "enfants")),
        ("dix-sept bateaux", "fr", (17, "", "bateaux")),
        ("12.400 personas desplazadas", "es", (12400, "", "personas desplazadas")),
        ("1.250 millones de dólares", "es", (1_250_000_000, "USD", "")),
        ("tres mil millones", "es", (3_000_000_000, "", "")),
        ("7,3 % de los niños", "es", (7.3, "%", "niños")),
        ("R$ 1,5 milhão", "pt", (1_500_000, "BRL", "")),
        ("dezesseis crianças", "pt", (16, "", "crianças")),
        ("٢٫٥ مليون دولار أمريكي", "ar", (2_500_000, "USD", "")),
        ("و400 طفل", "ar", (400, "", "طفل")),
        ("40 في المئة", "ar", (40, "%", "")),
        ("40 في المائه", "ar", (40, "%", "")),
        ("0.125 of them", "en", (0.125, "", "")),
        ("a 25-year-old man", "en", (25, "", "year-old man")),
        ("an average of -12% there", "en", (-12, "%", "")),
        ("fewer –12% in all", "en", (-12, "%", "")),
        ("عاد %45 من الأسر", "ar", (45, "%", "الأسر")),
        ("10 amps", "en", (10, "", "amps")),
        ("12,400¹ people", "en", (12400, "", "people")),
        ("45 per cent² of them", "en", (45, "%", "")),
        ("8.5 million¹² people", "en", (8_500_000, "", "people")),
        ("5 euros³ a day", "en", (5, "EUR", "")),
        ("١٢،٤٠٠ شخص", "ar", (12400, "", "شخص")),
        ("٣،٥ مليون شخص", "ar", (3_500_000, "", "شخص")),
    ],
)
def test_a_quantity_is_read_with_its_unit_and_what_it_counts(
    text: str, language: str, expected: tuple[object, str, str]
) -> None:
    assert read(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("on 3 November 2016", "en", "2016-11-03"),
        ("on November 3, 2016", "en", "2016-11-03"),
        ("on 3 November", "en", "--11-03"),
        ("in November 2016", "en", "2016-11"),
        ("in 2016", "en", "2016"),
        ("2016-11-03", "en", "2016-11-03"),
        ("03/11/2016", "fr", "2016-11-03"),
        ("(09/04)", "es", "--04-09"),
        ("le 1er décembre 2016", "fr", "2016-12-01"),
        ("el 1.º de mayo", "es", "--05-01"),
        ("le 3 aout 2016", "fr", "2016-08-03"),
        ("15 de julio de 2016", "es", "2016-07-15"),
        ("3 de março de 2020", "pt", "2020-03-03"),
        ("3 تشرين الثاني/نوفمبر 2016", "ar", "2016-11-03"),
        ("١٥ يوليو ٢٠١٦", "ar", "2016-07-15"),
    ],
)
def test_a_date_is_read_as_far_as_it_goes(text: str, language: str, day: str) -> None:
    assert read(text, language) == [(day, "date", "")]


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19",
        "A4",
        "S/2021/345",
        "open 24/7",
        "at 10:30",
        "à 10h30",
        "+41 22 717 91 11",
        "call 0800 123 456",
        "call 044-717-91-11",
        "https://www.iom.int/news/2016/12",
        "the 16th session",
        "version 3.1.2",
        "on the 5m line",
        "99999999999999999999999999",
        "a three-year plan",
        "at 3 p.m.",
        "until 11pm",
        "as stated above [12]",
        "la 3.ª edición",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert read(text, "en") == []


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("five thousand six hundred men", "en", [5600]),
        ("three hundred and twenty-five thousand four hundred men", "en", [325_400]),
        ("one million two hundred thousand men", "en", [1_200_000]),
        ("two hundred and fifty per cent", "en", [250]),
        ("deux mille cinq cents enfants", "fr", [2500]),
        ("1 million 200 000 personnes", "fr", [1_200_000]),
        ("mil doscientas cincuenta personas", "es", [1250]),
        ("doscientas cincuenta mil personas", "es", [250_000]),
        ("2 millones 500 mil dólares", "es", [2_500_000]),
        ("cento e vinte pessoas", "pt", [120]),
        ("duas mil e quinhentas pessoas", "pt", [2500]),
        ("ثلاثة آلاف وخمسمئة شخص", "ar", [3500]),
        ("12 ألفا و400 شخص", "ar", [12_400]),
        ("مليون و200 ألف شخص", "ar", [1_200_000]),
        # beside each other, and two numbers all the same
        ("ten and five men", "en", [10, 5]),
        ("two hundred and three hundred men", "en", [200, 300]),
        ("two million and 500 men", "en", [2_000_000, 500]),
        ("two thousand 200-litre tanks", "en", [2000, 200]),
        ("3 millions de dollars 500 tentes", "fr", [3_000_000, 500]),
        ("in two thousand 2016", "en", [2000, "2016"]),
    ],
)
def test_the_parts_of_one_number_are_one(text: str, language: str, values: list[object]) -> None:
    assert [value for value, _, _ in read(text, language)] == values


def test_ranges_and_lists_share_what_is_said_once() -> None:
    assert read("les 3 et 4 novembre", "fr") == [("--11-03", "date", ""), ("--11-04", "date", "")]
    assert read("5 to 10 million children") == [(5_000_000, "", "children"), (10_000_000, "", "children")]
    assert read("USD 5–10 million") == [(5_000_000, "USD", ""), (10_000_000, "USD", "")]
    assert read("10 -15%") == [(10, "%", ""), (15, "%", "")]
    assert read("10-15%") == [(10, "%", ""), (15, "%", "")]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(texts, st.text("0123456789.,'’ \u00a0$€%/-:MKmay", max_size=40)),
    st.sampled_from(["en", "fr", "ar", None]),
)
def test_any_text_is_read_and_quantities_stand_where_they_say(text: str, language: str | None) -> None:
    end = 0
    for quantity in quantities(text, language):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        end = quantity.end


@given(st.integers(0, 10**12))
def test_a_count_is_read_back_from_every_grouping(number: int) -> None:
    if 1900 <= number <= 2100:
        return  # a bare year
    for mark in (",", ".", " ", "\u202f", "’"):
        assert read(f"({number:,})".replace(",", mark)) == [(number, "", "")]


@pytest.mark.parametrize(
    ("text", "value"), [("خمسة قوارب", 5), ("ثلاث نساء", 3), ("خمسة عشر قاربا", 15), ("عشرين أسرة", 20)]
)
def test_arabic_number_words_are_read(text: str, value: int) -> None:
    assert [quantity.value for quantity in quantities(f"عثر الطاقم على {text}", "ar")] == [value]
