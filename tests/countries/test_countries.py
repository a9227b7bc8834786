"""Which countries a text names."""

from __future__ import annotations

import pytest

from crawler import countries


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sudan: cholera reaches the camps", ["SD"]),
        ("Niger, Nigeria’s northern neighbour", ["NE", "NG"]),
        ("From South Sudan to Chad, and back to South Sudan", ["SS", "TD"]),
        ("Papua New Guinea", ["PG"]),
        ("Guinée-Bissau", ["GW"]),
        ("Argentine : les villes d’accueil", ["AR"]),
        ("les côtes d’Égypte, de l’Algérie", ["EG", "DZ"]),
        ("République démocratique du Congo", ["CD"]),
        ("Haití y República Dominicana", ["HT", "DO"]),
        ("الوضع في السودان ومصر", ["SD", "EG"]),
        ("دعم للسودان", ["SD"]),
        ("Geneva", []),
        ("It is us", []),
        ("", []),
    ],
)
def test_countries_are_found_as_whole_words(text: str, named: list[str]) -> None:
    assert list(countries.named_in(text)) == named


def test_a_country_is_written_by_code_or_name() -> None:
    assert [countries.code(written) for written in ("EG", "eg", "Egypt", "Égypte", "egipto", "مصر")] == [
        "EG"
    ] * 6
    assert countries.code("Atlantis") is None
    assert countries.code("") is None


def test_names_in_four_languages() -> None:
    assert [countries.name("EG", language) for language in countries.LANGUAGES] == [
        "Egypt", "Égypte", "Egipto", "مصر",
    ]  # fmt: skip
    assert countries.name("QQ") == "QQ"


def test_every_name_leads_to_a_country() -> None:
    for code in ("AF", "CD", "CI", "MM", "PS", "SY", "TR", "US", "XK"):
        for language in countries.LANGUAGES:
            assert countries.code(countries.name(code, language)) == code
