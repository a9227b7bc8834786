"""Releases by the hundred in four languages, with the truth of which are one: for measuring the pairing.

Serves nothing and draws no page. One seed, one set of releases. Among them stand near-twins that are not
one: reports of two months or two weeks, two releases of one office on one day, two texts on one event.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from crawler.demo.release import Release
from crawler.demo.texts_editions import (
    CONTACT,
    LANGUAGES,
    PARTNERS,
    PEOPLE,
    PLACES,
    QUOTES,
    REPORT,
    SENTENCES,
    THEMES,
)

_START = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
_SEPARATORS = {"en": ",", "fr": "\u202f", "es": ".", "ar": ","}
_MONTHS = {
    "en": ("September", "October", "November", "December"),
    "fr": ("septembre", "octobre", "novembre", "décembre"),
    "es": ("septiembre", "octubre", "noviembre", "diciembre"),
    "ar": ("أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
}


class Linked(StrEnum):
    """How the site shows that editions are one."""

    HREFLANG = "hreflang and switcher"
    NODE = "node alone"
    NOT = "content alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One page, and the truth of it."""

    release: Release
    family: int  # the same for the editions of one release, and for no others
    linked: Linked
    group: str  # what the release stands for in the measurement
    figure: int  # the first it states; a tenth of the translations state another one
    home: bool = False  # also on the second host


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What a release says, before it is said in a language."""

    theme: str
    sentences: tuple[int, ...]
    quote: int
    figures: tuple[int, int, int, int]
    place: int
    person: int
    contact: int
    partner: int
    day: datetime
    month: int | None = None  # of a report


def editions(*, seed: int = 1, families: int = 100) -> tuple[Edition, ...]:
    """About `families` releases in one to four languages, and near-twins beside every fifth of them."""
    choice = random.Random(seed)  # noqa: S311 - a simulation, no secret
    found: list[Edition] = []
    for number in range(families):
        content = _content(choice, choice.randrange(120))
        linked = (Linked.NOT, Linked.NOT, Linked.HREFLANG, Linked.NODE)[number % 4]
        languages = choice.sample(LANGUAGES, choice.choice((1, 2, 2, 3, 4)))
        found += _family(choice, content, languages, linked, "releases", len(found), home=number % 6 == 0)
        if number % 5 == 0:
            kind = (_monthly, _weekly, _same_office, _same_event)[number // 5 % 4]
            for group, twin, spoken in kind(choice):
                found += _family(choice, twin, spoken, Linked.NOT, group, len(found))
    return tuple(found)


def _content(choice: random.Random, day: int) -> _Content:
    return _Content(
        theme=choice.choice(list(THEMES)),
        sentences=tuple(choice.sample(range(len(SENTENCES)), choice.randint(3, 8))),
        quote=choice.randrange(len(QUOTES)),
        figures=(
            choice.randrange(1_000, 90_000, choice.choice((1, 10, 100))),
            choice.randrange(110, 900),
            choice.randrange(101, 990),
            choice.randrange(12, 97),
        ),
        place=choice.randrange(len(PLACES)),
        person=choice.randrange(len(PEOPLE)),
        contact=choice.randrange(len(PEOPLE)),
        partner=choice.randrange(len(PARTNERS)),
        day=_START + timedelta(days=day, minutes=choice.randrange(500)),
    )


def _family(
    choice: random.Random,
    content: _Content,
    languages: Sequence[str],
    linked: Linked,
    group: str,
    family: int,
    *,
    home: bool = False,
) -> Iterator[Edition]:
    for at, language in enumerate(languages):
        later = timedelta(days=choice.choice((0, 0, 0, 1, 2, 5)) if at else 0)
        node = 200_000 + 10 * family + (at if linked is Linked.NOT else 0)
        said = content
        if at > 0 and group == "releases" and choice.random() < 0.1:
            said = replace(content, figures=(_mistaken(content.figures[0]), *content.figures[1:]))
        release = _said(choice, said, language, node, content.day + later, translated=at > 0)
        yield Edition(
            release=release,
            family=family,
            linked=linked,
            group=group,
            figure=said.figures[0],
            home=home and at == 0,
        )


def _mistaken(figure: int) -> int:
    """The figure with two digits swapped, as typists do; where that is no other, one digit wrong."""
    digits = str(figure)
    swapped = int(digits[1] + digits[0] + digits[2:]) if digits[1] != "0" else figure
    return swapped if swapped != figure else figure + 10 ** (len(digits) - 1)


# ── near-twins ──────────────────────────────────────────────────────────────────────────────────

_Twins = Iterator[tuple[str, _Content, Sequence[str]]]


def _monthly(choice: random.Random) -> _Twins:
    """Reports of one office month by month, not all of them in both languages."""
    first = _content(choice, 2)
    for month in range(4):
        languages = (("en",), ("en", "fr"), ("fr",), ("en", "es"))[month]
        yield (
            "monthly reports",
            replace(_nudged(choice, first, month), month=month, day=first.day + timedelta(days=30 * month)),
            languages,
        )


def _weekly(choice: random.Random) -> _Twins:
    """Updates of one office a week apart: alike in all but their figures, by turns in one language."""
    first = _content(choice, 60)
    for week, languages in enumerate((("en",), ("fr",), ("en", "fr"), ("es",))):
        yield (
            "weekly updates",
            replace(_nudged(choice, first, week), day=first.day + timedelta(days=7 * week)),
            languages,
        )


def _nudged(choice: random.Random, content: _Content, number: int) -> _Content:
    """The same report with figures alike; a share that stays, as they often do."""
    n, m, k, p = content.figures
    grown = 100 + choice.randint(1, 6) * number
    return replace(content, figures=(n * grown // 100, m * grown // 100, k + 7 * number, p))


def _same_office(choice: random.Random) -> _Twins:
    """Two releases of one office and place on one day, each in a language of its own."""
    first, second = _content(choice, 30), _content(choice, 30)
    yield "one office, one day", first, ("en",)
    themes = [theme for theme in THEMES if theme != first.theme]
    yield (
        "one office, one day",
        replace(second, theme=choice.choice(themes), place=first.place, contact=first.contact, day=first.day),
        ("fr",),
    )


def _same_event(choice: random.Random) -> _Twins:
    """A release and another text on the same event: same figures, people, picture; other paragraphs."""
    first = _content(choice, 90)
    rest = tuple(at for at in range(len(SENTENCES)) if at not in first.sentences)
    yield "one event, two texts", first, ("en",)
    yield (
        "one event, two texts",
        replace(first, sentences=rest[: len(rest) // 2 + 1], quote=1 - first.quote, day=first.day),
        ("es",),
    )


# ── in a language ───────────────────────────────────────────────────────────────────────────────


def _said(
    choice: random.Random, content: _Content, language: str, node: int, at: datetime, *, translated: bool
) -> Release:
    script = language == "ar"
    n, m, k, p = content.figures
    words = {
        "n": _number(n, language),
        "m": _number(m, language),
        "k": _number(k, language),
        "p": str(p),
        "place": PLACES[content.place][script],
        "person": PEOPLE[content.person][script],
        "partner": PARTNERS[content.partner][script],
    }
    headline, opening = (text.format(**words) for text in THEMES[content.theme][language])
    if content.month is not None:
        month = _MONTHS[language][content.month]
        headline = REPORT[language].format(place=words["place"], month=month, year=2025)
    paragraphs = [SENTENCES[number][language].format(**words) for number in content.sentences]
    paragraphs.insert(len(paragraphs) // 2, QUOTES[content.quote][language].format(**words))
    if translated and len(paragraphs) > 4 and choice.random() < 0.2:  # translators join paragraphs,
        paragraphs[2:4] = [" ".join(paragraphs[2:4])]
    if translated and len(paragraphs) > 5 and choice.random() < 0.1:  # and leave some out
        del paragraphs[-1]
    person = PEOPLE[content.contact]
    email = f"{person[0][0]}{person[0].split()[1]}@iom.example".lower()
    phone = f"+41 22 555 {10 + content.contact:02d} {40 + content.contact:02d}"
    contact = CONTACT[language].format(person=person[script], phone=phone, email=email)
    return Release(
        node=node,
        path=f"{'' if language == 'en' else '/' + language}/news/release-{node}-{language}",
        language=language,
        headline=headline,
        published=at,
        caption="2025" if choice.random() < 0.5 else None,
        structured=choice.choice(("meta", "json-ld", "both")),
        text="\n\n".join([f"{words['place']} – {opening}", *paragraphs, "***", f"@ {contact}"]),
    )


def _number(value: int, language: str) -> str:
    return f"{value:,}".replace(",", _SEPARATORS[language])
