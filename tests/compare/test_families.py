"""Editions are paired by what they say, near-twins never; figures that disagree are named, no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.compare.editions import disagreements, side_by_side, still_says, units
from crawler.compare.families import Likeness, Sort, Trait, chosen, joinable, likeness, traits
from crawler.values import Article, Contact, Dated, Figure, Link, Passage, PassageKind
from tests.compare.releases import EN, FR


def edition(
    language: str, *paragraphs: str, day: date = date(2026, 2, 28), title: str = "", **given: object
) -> Article:
    values: dict[str, object] = {
        "title": title or f"A release in {language}",
        "language": language,
        "published": Dated(day=day, source="meta"),
        "body": tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in paragraphs),
        **given,
    }
    return Article(**values)  # type: ignore[arg-type]  # each test gives what fits


ENGLISH, FRENCH = edition("en", *EN), edition("fr", *FR)


def test_two_editions_are_one_release() -> None:
    found = likeness(FRENCH, ENGLISH, {})
    assert found.pairs, found
    assert {Sort.FIGURE, Sort.NAME, Sort.SHAPE} <= set(found.sorts)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (edition("en", *FR), "one language"),
        (edition("fr", *FR, day=date(2026, 3, 15)), "days"),
        (replace(FRENCH, published=None), "no date"),
        (edition("fr", *FR, title="Rapport de situation no 12"), "headlines"),
        (edition("fr", *FR, title="Rapport de situation, mars 2026"), "headlines"),
        # next week's report: the same paragraphs, another figure
        (edition("fr", FR[0].replace("12 400", "13 900"), *FR[1:], day=date(2026, 3, 7)), "figures"),
        # a story on the same event: its people and figures, other paragraphs
        (edition("fr", FR[1], FR[0], FR[3] * 3), "built"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_near_twins_are_not_one(other: Article, why: str) -> None:
    numbered = replace(ENGLISH, title="Situation Report No. 11, February 2026")
    found = likeness(other, numbered, {})
    assert not found.pairs
    assert why in found.against


def test_an_edition_that_was_not_corrected_is_still_an_edition() -> None:
    assert likeness(edition("fr", FR[0].replace("12 400", "21 400"), *FR[1:]), ENGLISH, {}).pairs


def test_what_many_releases_carry_tells_nothing() -> None:
    everywhere = {trait.hash: 50 for trait in traits(ENGLISH)}
    assert not likeness(FRENCH, ENGLISH, everywhere).pairs


def test_one_sort_of_evidence_is_not_enough() -> None:
    one = edition(
        "en", "Words.", contacts=(Contact(emails=("a@x.org", "b@x.org"), phones=("+41225550148",)),)
    )
    assert not likeness(replace(one, language="fr"), one, {}).pairs


def test_traits_are_the_same_in_every_language() -> None:
    def of(language: str, text: str, url: str) -> set[Trait]:
        links = (Link(url=url, text="x"),)
        return set(traits(edition(language, text, links=links, images=("/sites/g/files/tmzbdl/x.jpg",))))

    english = of("en", "It costs USD 1.5 million in the Shire.", "https://www.iom.int/news/x?utm_source=a")
    french = of("fr", "Le coût est de 1,5 million USD dans le Shire.", "http://iom.int/fr/news/x")
    arabic = of("ar", "الكلفة 1.5 مليون دولار", "https://www.iom.int/ar/news/x/")
    assert english == french
    assert english - arabic == {Trait(sort=Sort.NAME, value="shire")}
    assert all(-(2**63) <= trait.hash < 2**63 for trait in english)


def test_of_two_candidates_alike_none_is_chosen() -> None:
    sure = Likeness(points=5.0, sorts=(Sort.FIGURE, Sort.SHAPE))
    near = replace(sure, points=4.5)
    far = replace(sure, points=3.6)
    assert chosen([(1, "en", sure), (2, "en", near)]) is None
    assert chosen([(1, "en", far), (2, "en", sure)]) == 2
    assert chosen([(1, "en", sure), (2, "fr", near)]) == 1
    assert chosen([(1, "en", replace(sure, sorts=(Sort.SHAPE,)))]) is None


def test_no_language_joins_twice() -> None:
    assert joinable(["en", "fr"], ["es"])
    assert not joinable(["en", "fr"], ["es", "fr"])
    assert not joinable([None], ["es"])


# ── disagreements ───────────────────────────────────────────────────────────────────────────────


def swapped(texts: tuple[str, ...], *swaps: tuple[str, str]) -> Article:
    for before, after in swaps:
        texts = tuple(text.replace(before, after) for text in texts)
    return edition("fr", *texts)


def test_editions_that_agree_have_nothing_to_say() -> None:
    assert disagreements(FRENCH, ENGLISH) == ()
    assert disagreements(ENGLISH, FRENCH) == ()


def test_a_figure_that_differs_is_named_in_both_writings() -> None:
    french = swapped(FR, ("12 400", "14 200"))
    (figure,) = disagreements(french, ENGLISH)
    assert (figure.before, figure.after) == (12400, 14200)
    assert (figure.before_text, figure.after_text) == ("12,400", "14 200")


@pytest.mark.parametrize(
    "swap",
    [
        ("12 400", "12,4 mille"),  # another way to write it
        ("12 400", "12 000"),  # rounded
        ("12 400", "124 000"),  # perhaps read at another scale
        ("1 500 ménages", "2 414 ménages"),  # miles and kilometres
        ("64 %", "deux tiers"),  # in words
        ("12 400 personnes", "12 900 personnes, dont 3 100 enfants,"),  # two for one
        ("12 400 personnes", "1 500 personnes"),  # the text has it elsewhere
        ("12 400 personnes depuis mardi", "des milliers de personnes depuis mardi"),
    ],
    ids=lambda swap: swap[1],
)
def test_what_is_not_sure_is_not_claimed(swap: tuple[str, str]) -> None:
    assert disagreements(swapped(FR, swap), ENGLISH) == ()


def test_a_passage_that_only_one_edition_has_is_no_disagreement() -> None:
    longer = edition(
        "fr", *FR[:2], "Par ailleurs, 340 élèves ont repris les cours dans la capitale.", *FR[2:]
    )
    assert disagreements(longer, ENGLISH) == ()
    pairs = side_by_side(units(ENGLISH), units(longer)).pairs
    assert pairs == ((0, 0), (1, 1), (2, 3), (3, 4))


def test_after_a_correction_the_edition_that_was_not_corrected_is_named() -> None:
    corrected = edition("en", EN[0].replace("12,400", "21,400"), *EN[1:])
    change = Figure(what="people", before=12400, after=21400, unit="")
    (figure,) = still_says([change], ENGLISH, corrected, FRENCH)
    assert (figure.before_text, figure.after_text) == ("12 400", "21,400")
    followed = swapped(FR, ("12 400", "21 400"))
    assert still_says([change], ENGLISH, corrected, followed) == ()


def test_comparing_two_long_editions_takes_bounded_time() -> None:
    long = tuple(text for _ in range(200) for text in EN)
    assert disagreements(edition("fr", *long), edition("en", *long)) == ()
