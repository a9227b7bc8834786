"""The three scripted days of the simulated site: what happens, when, and what a watcher should tell.

Serves nothing. The script is the truth: `world` makes the site follow it, the tests hold the product to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from crawler.demo import texts_en, texts_en_older, texts_es_ar, texts_fr, texts_later
from crawler.demo.release import Release
from crawler.values import Kind, utc

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday
DAYS = 3
HOURS = (6, 9, 12, 15, 18)  # of the rounds of each day, UTC
STANDING: tuple[Release, ...] = (
    *texts_en.RELEASES,
    *texts_en_older.RELEASES,
    *texts_fr.RELEASES,
    *texts_es_ar.RELEASES,
)


class Trouble(StrEnum):
    """Ways in which the site fails to show a page. None of them says anything of a release."""

    OUTAGE = "outage"  # 503 on every address
    CHALLENGE = "challenge"  # 200, a page for browsers only, said in a header
    CHALLENGE_UNSAID = "challenge unsaid"  # the same, with no header to tell it by
    MAINTENANCE = "maintenance"  # 200 and one page for all that Drupal serves


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the script: an event of a release (`kind`), or a time of trouble (`trouble`)."""

    at: datetime
    kind: Kind | None = None  # None: no event, only a gap in the coverage
    path: str = ""  # of the page, afterwards; "" for the whole site
    title: str = ""  # afterwards
    language: str = "en"
    note: str = ""
    old_path: str | None = None  # of a move
    title_before: str | None = None  # of a retitling
    published: datetime | None = None  # of a redating: the date afterwards
    published_before: datetime | None = None
    swaps: tuple[tuple[str, str], ...] = ()  # words before, words after
    figures: tuple[tuple[float, float], ...] = ()  # values before and after
    status: int | None = None  # of a removal
    release: Release | None = None  # of a publication or a translation
    trouble: Trouble | None = None
    until: datetime | None = None  # end of a trouble


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return START.replace(hour=hour, minute=minute) + timedelta(days=day - 1)


def _of(release: Release, at: datetime, kind: Kind, note: str) -> Happening:
    """What happens to a whole release, as it stands."""
    return Happening(
        at=at,
        kind=kind,
        path=release.path,
        title=release.headline,
        language=release.language,
        note=note,
        release=release if kind in (Kind.NEW, Kind.TRANSLATION) else None,
        status={Kind.REMOVED: 404}.get(kind),
    )


def _edit(
    release: Release,
    at: datetime,
    swap: tuple[str, str],
    note: str,
    *,
    figures: tuple[tuple[float, float], ...] = (),
) -> Happening:
    return Happening(
        at=at,
        kind=Kind.CHANGED,
        path=release.path,
        title=release.headline,
        language=release.language,
        note=note,
        swaps=(swap,),
        figures=figures,
    )


_DAY_1 = (
    _of(texts_later.CORRIDOR_EN, _at(1, 7, 40), Kind.NEW, "an English release"),
    _edit(
        texts_en.SCHOOLS_EN,
        _at(1, 8, 20),
        (
            "The agreement enters into force once the councils of all eleven cities have ratified it.",
            "The agreement applies provisionally from the day of signature, and councils "
            "have until the autumn "
            "to ratify it.",
        ),
        "an edit that changes when an agreement applies; its French and Spanish editions stay as they were",
    ),
    _edit(
        texts_en.LOWER_SHIRE,
        _at(1, 10, 15),
        ("displaced 12,400 people", "displaced 21,400 people"),
        "a figure whose digits had been swapped",
        figures=((12400, 21400),),
    ),
    _of(texts_later.COASTAL_DESK_ES, _at(1, 11, 30), Kind.TRANSLATION, "Spanish joins an English release"),
    Happening(
        at=_at(1, 13, 50),
        kind=Kind.REDATED,
        path=texts_en.WATER_SPEECH.path,
        title=texts_en.WATER_SPEECH.headline,
        published=texts_en.WATER_SPEECH.published - timedelta(days=1),
        published_before=texts_en.WATER_SPEECH.published,
        note="a speech was given a day earlier than its page said",
    ),
    Happening(
        at=_at(1, 16, 45),
        path=texts_es_ar.DARIEN_RADIO.path,
        title=texts_es_ar.DARIEN_RADIO.headline,
        language="es",
        trouble=Trouble.CHALLENGE,
        until=_at(2, 7, 30),
        note="a challenge instead of a release, over two rounds",
    ),
    Happening(
        at=_at(1, 16, 45),
        path=texts_en.BORDER_STATEMENT.path,
        title=texts_en.BORDER_STATEMENT.headline,
        trouble=Trouble.CHALLENGE_UNSAID,
        until=_at(2, 7, 30),
        note="the same, without a header to tell it by",
    ),
)

_DAY_2 = (
    _of(texts_later.CORRIDOR_FR, _at(2, 7, 10), Kind.TRANSLATION, "French joins a release of the day before"),
    _of(texts_en.FERRY_RETURN, _at(2, 8, 5), Kind.REMOVED, "404; it returns the day after"),
    _of(texts_later.PEARL_DIVERS_FR, _at(2, 10, 20), Kind.NEW, "a French release"),
    _edit(
        texts_fr.TANGANYIKA,
        _at(2, 10, 40),
        ("quelque 12\u202f400 personnes", "quelque 14\u202f200 personnes"),
        "a figure written with a narrow no-break space",
        figures=((12400, 14200),),
    ),
    Happening(
        at=_at(2, 12, 30),
        kind=Kind.MOVED,
        path="/news/solar-wells-calm-cattle-corridor-eastern-chad",
        old_path=texts_en.WELLS.path,
        title=texts_en.WELLS.headline,
        note="301 to a new address, the same text",
    ),
    Happening(
        at=_at(2, 13, 40),
        trouble=Trouble.OUTAGE,
        until=_at(2, 16, 30),
        note="503 on every address, robots.txt included; one round falls into it",
    ),
)

_DAY_3 = (
    Happening(
        at=_at(3, 4, 30),
        trouble=Trouble.MAINTENANCE,
        until=_at(3, 6, 40),
        note="a maintenance page with 200; afterwards all pages are rendered afresh, from other file folders",
    ),
    Happening(
        at=_at(3, 7, 30),
        kind=Kind.RETITLED,
        path=texts_en.NURSES.path,
        title="For Each Nurse Recruited Abroad, One Trained at Home: Accra and Hamburg Begin a Pilot",
        title_before=texts_en.NURSES.headline,
        note="another headline, the same text at the same address",
    ),
    _of(texts_en.FERRY_RETURN, _at(3, 8, 10), Kind.RESTORED, "the release removed the day before is back"),
    Happening(
        at=_at(3, 8, 30),
        kind=Kind.REMOVED,
        path=texts_en_older.HARBOUR_LIGHTS.path,
        title=texts_en_older.HARBOUR_LIGHTS.headline,
        status=410,
        note="410, for good",
    ),
    _of(texts_later.ADEN_AR, _at(3, 10, 30), Kind.NEW, "an Arabic release"),
    _of(texts_later.RANGERS_STATEMENT, _at(3, 13, 20), Kind.NEW, "a statement of two sentences"),
    _edit(
        texts_es_ar.COAST_AR,
        _at(3, 16, 10),
        (
            "وتأمل البلدية في افتتاح مركز مماثل في ميناء درنة قبل نهاية العام.",
            "وأعلنت البلدية أن مركزاً مماثلاً سيفتح أبوابه في ميناء درنة مطلع الصيف.",
        ),
        "an edit of an Arabic release: a hope has become an announcement",
    ),
)

TIMELINE: tuple[Happening, ...] = (*_DAY_1, *_DAY_2, *_DAY_3)


def rounds(days: int = DAYS) -> tuple[datetime, ...]:
    """When rounds run, the first being the baseline. After DAYS nothing happens but noise."""
    return tuple(_at(day, hour) for day in range(1, days + 1) for hour in HOURS)


ROUNDS = rounds()


def expected(day: int) -> tuple[Happening, ...]:
    """The events that the rounds of `day` (from 1) should tell, in the order in which they happen."""
    first, last = _at(day, HOURS[0]), _at(day, HOURS[-1])
    if day > 1:
        first = _at(day - 1, HOURS[-1])
    return tuple(line for line in TIMELINE if line.kind is not None and first < line.at <= last)


def troubles(now: datetime) -> tuple[Happening, ...]:
    """The troubles that the site is in at `now`."""
    moment = utc(now)
    return tuple(line for line in TIMELINE if line.until is not None and line.at <= moment < line.until)
