"""The letter's own words in French, Spanish and Arabic: complete, compiled, and in every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from string import Formatter

import pytest
from babel.messages.catalog import Message
from selectolax.lexbor import LexborHTMLParser

from crawler.digest import Format, letter, render, subject, tongue
from crawler.digest.tongue import LANGUAGES, speaking
from crawler.values import Edit, EditKind, Kind
from tests.digest import catalogues
from tests.digest.referee import faults, one, unprintable
from tests.digest.samples import ARABIC, BEGINNING, FRENCH, REALISTIC, UNTIL, covered, digest, event

OTHERS = [language for language in LANGUAGES if language != "en"]


def forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return tuple(said) if isinstance(said, list | tuple) else (said,)


def sources(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_says_all_that_the_modules_say_and_nothing_else(language: str) -> None:
    """Where this fails: `make words`, then translate what is empty, then `make words` again."""
    said = {sources(message) for message in catalogues.extracted() if message.id}
    known = {sources(message): message for message in catalogues.shipped(language) if message.id}
    assert said - known.keys() == set()
    assert known.keys() - said == set()
    for source, message in known.items():
        assert not message.fuzzy, source
        assert all(form.strip() or source[0].isspace() for form in forms(message)), source
        wanted = places(source[0]) | places(source[-1])
        assert all(places(form) <= wanted for form in forms(message)), source
        assert wanted - {"n"} <= places(forms(message)[-1]), source
        assert all("n" in places(form) for form in forms(message) if "n" in wanted), source


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_is_shipped_is_what_the_catalogue_compiles_to(language: str) -> None:
    assert catalogues.place(language, "mo").read_bytes() == catalogues.compiled(language)
    po = catalogues.place(language, "po").read_text(encoding="utf-8")
    assert po == catalogues.written(catalogues.shipped(language))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "OIM\u00a0: 1 nouveauté, 1 chiffre modifié, 1 supprimé, 1 retitré, 1 déplacé, 1 traduction"),
        (
            "es",
            "OIM: 1 novedad, 1 cifra modificada, 1 eliminado, 1 con otro título, 1 trasladado, 1 traducción",
        ),
        (
            "ar",
            "المنظمة الدولية للهجرة: جديد: 1، أرقام معدّلة: 1، محذوف: 1، تغيّر عنوانه: 1، منقول: 1، ترجمات: 1",
        ),
    ],
)
def test_the_subject_in_each_language(language: str, said: str) -> None:
    told = letter(replace(REALISTIC, language=language), created_at=UNTIL, message_id="<a@b>")
    assert told.subject == said
    assert told.language == language
    assert subject(REALISTIC).startswith("IOM: ")  # nothing lasts beyond the letter


@pytest.mark.parametrize(
    ("language", "numbers", "day"),
    [
        ("en", ["12,400", "0.5", "1,234,567.25"], "3 March 2026"),
        ("fr", ["12\u202f400", "0,5", "1\u202f234\u202f567,25"], "3 mars 2026"),
        ("es", ["12.400", "0,5", "1.234.567,25"], "3 de marzo de 2026"),
        ("ar", ["12,400", "0.5", "1,234,567.25"], "3 آذار/مارس 2026"),
    ],
)
def test_numbers_and_days_by_habit(language: str, numbers: list[str], day: str) -> None:
    from crawler.digest import words

    with speaking(language):
        assert [tongue.number(value) for value in (12_400, 0.5, 1_234_567.25)] == numbers
        assert words.day("2026-03-03") == day


@pytest.mark.parametrize("format_", list(Format))
def test_in_french_the_first_is_1er_and_a_colon_stands_apart(format_: Format) -> None:
    edits = (Edit(kind=EditKind.QUOTE, before="We will", after="We hope"),)
    told = event(Kind.CHANGED, published="2026-03-01", edits=edits, correction="An earlier version")
    said = render(replace(digest(told), language="fr"), format_)
    if format_ is not Format.JSON:  # which has what happened, not how it is told
        assert "Citation modifiée\u00a0:" in said.replace("\\u00e9", "é").replace("\\u00a0", "\u00a0")
    if format_ not in (Format.JSON, Format.CSV):
        assert "1er mars 2026" in said
    if format_ in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        assert "La page dit\u00a0:" in said


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_of_ours_is_left_in_a_letter(language: str) -> None:
    shown = replace(
        digest(
            *(event(kind, title="T", dateline=None, path=f"/news/{n}") for n, kind in enumerate(Kind)),
            coverage=(covered(missing=2, waiting=3, blocked=6, blocked_since=UNTIL), covered(site="egypt")),
        ),
        language=language, late_since=UNTIL, missed=2,
        next_check=UNTIL + timedelta(hours=1), next_letter=UNTIL,
        baselines=BEGINNING.baselines, most_in_full=8,
    )  # fmt: skip
    for format_ in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        told = render(shown, format_)
        if format_ is Format.HTML:
            assert faults(told) == []
            told = one(LexborHTMLParser(told), "body").text()
        else:
            assert not unprintable(told)
        for word in (
            "published",
            "seen",
            "weight",
            "Read",
            "known",
            "letter",
            "Watching",
            "March",
            "Next",
            " of ",
        ):
            assert word not in told, (format_, word)


def test_an_arabic_letter_runs_from_right_to_left_and_marks_what_does_not() -> None:
    tree = LexborHTMLParser(render(replace(REALISTIC, language="ar"), Format.HTML))
    root = one(tree, "html").attributes
    assert (root["lang"], root["dir"]) == ("ar", "rtl")
    titles = {h.text(strip=True): h.attributes for h in tree.css("h3")}
    assert (titles[FRENCH.title]["lang"], titles[FRENCH.title]["dir"]) == ("fr", "ltr")
    assert "dir" not in titles[ARABIC.title]
    assert "lang" not in titles[ARABIC.title]


def test_a_language_without_a_catalogue_is_english() -> None:
    with speaking("tlh"):
        assert tongue.say("Nothing new.") == "Nothing new."
        assert tongue.direction() == "ltr"
