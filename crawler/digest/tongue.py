"""The language a digest speaks: its own words through gettext catalogues, numbers and names of days by habit.

Translates nothing that a page says. The catalogues in `locale/` are made of these modules' English words.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "fr", "es", "ar")
_RIGHT_TO_LEFT: Final = {"ar"}
# How thousands are set apart, and the decimal mark; in Arabic as in English: IOM's Arabic pages do so.
_NUMBERS: Final = {"fr": ("\u202f", ","), "es": (".", ",")}
_FIRST_OF_A_MONTH: Final = {"fr": "1er"}
_speaking: ContextVar[str] = ContextVar("the language that is spoken", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, all words of ours are in that language; English for one that there is no catalogue of."""
    token = _speaking.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _speaking.reset(token)


def language() -> str:
    return _speaking.get()


def direction() -> str:
    return "rtl" if language() in _RIGHT_TO_LEFT else "ltr"


def say(message: str, **values: object) -> str:
    """`message` in the language, with the values in its {places}."""
    said = _catalogue(language()).gettext(message)
    return said.format(**values) if values else said


def says(one: str, several: str, n: int, **values: object) -> str:
    """The form of a message that goes with the number `n`; {n} stands for it, as it is written."""
    return _catalogue(language()).ngettext(one, several, n).format(n=number(n), **values)


def number(value: float) -> str:
    """A number with its thousands apart, to at most six digits or two decimals."""
    if value == int(value):
        written = f"{int(value):,}"
    else:
        written = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"
    apart, decimal = _NUMBERS.get(language(), (",", "."))
    return "".join(apart if char == "," else decimal if char == "." else char for char in written)


def day_of_month(day: int) -> str:
    """The number of a day in a date: in French the first is "1er"."""
    return _FIRST_OF_A_MONTH.get(language(), "1") if day == 1 else str(day)


def label(words: str) -> str:
    """`words` with the colon that what they name stands behind: in French a space goes before it."""
    return say("{label}:", label=words)


def noted(message: str) -> str:
    """Marks words for the catalogues, which are said later."""
    return message


def counted(one: str, several: str) -> tuple[str, str]:
    """Marks the two forms of words that are said later with a number."""
    return one, several


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    place = files("crawler.digest").joinpath("locale", language, "LC_MESSAGES", "iomwatch.mo")
    with place.open("rb") as file:
        return gettext.GNUTranslations(file)
