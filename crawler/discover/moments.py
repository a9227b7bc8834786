"""Reads the dates that sources write: W3C datetimes, and the visible dates of listings.

Does not guess: what is not clearly a date is None. A date without a time is midnight UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_YEAR_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_VISIBLE = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:er|º|\.)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?([12][0-9]{3})(?![0-9])"
)
_MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.?\s+([0-9]{1,2}),?\s+([12][0-9]{3})(?![0-9])")
_MONTHS = (  # beginnings of month names: English, French, Spanish, Portuguese, German, Italian
    ("jan", "ene", "gen", "jän"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "out", "okt", "ott"),
    ("nov",),
    ("dec", "déc", "dic", "dez"),
)


def w3c(text: str) -> datetime | None:
    """A W3C datetime (https://www.w3.org/TR/NOTE-datetime), in UTC; a missing zone is taken as UTC."""
    text = text.strip()
    short = _YEAR_MONTH.fullmatch(text)
    if short is not None:
        return _day(int(short[1]), int(short[2] or 1), 1)
    if len(text) > 40 or not text.isascii():
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter for a zone that leads out of the calendar
        return None


def visible(text: str) -> datetime | None:
    """A date as a listing shows it, the month in words: "27 Nov 2023", "3 de mayo de 2024", "May 3, 2024"."""
    text = text[:200]
    match = _VISIBLE.search(text)
    if match is not None:
        return _named(match[1], match[2], match[3])
    match = _MONTH_FIRST.search(text)
    return _named(match[2], match[1], match[3]) if match is not None else w3c(text)


def _named(day: str, month: str, year: str) -> datetime | None:
    word = month.lower()
    for number, beginnings in reversed(
        tuple(enumerate(_MONTHS, start=1))
    ):  # "juil" before "jui", "mai" kept apart
        if word.startswith(beginnings):
            return _day(int(year), number, int(day))
    return None


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
