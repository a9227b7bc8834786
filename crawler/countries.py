"""Countries by ISO 3166 code: their names in English, French, Spanish, Arabic, and which ones a text names.

It knows no towns and no nationalities, and decides nothing about a release.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

LANGUAGES: Final = ("en", "fr", "es", "ar")
_ARTICLES: Final = re.compile(
    "[\u064b-\u0652\u0640]"
)  # Arabic vowel signs and the stroke that stretches words
_WORD: Final = re.compile(r"[\w'.]+")
# Written together with the Arabic word that follows: and, in, for, so.
_JOINED: Final = ("و", "ب", "ل", "ف")


def name(code: str, language: str = "en") -> str:
    """The country's name in one of `LANGUAGES`; the code itself where it is not known."""
    row = _rows().get(code)
    return row[LANGUAGES.index(language)] if row else code


def code(written: str) -> str | None:
    """The code of a country that is written as its code or by one of its names; None for anything else."""
    if written.upper() in _rows() and len(written) == 2:
        return written.upper()
    return _names().get(tuple(_words(written)))


@lru_cache(maxsize=4_096)
def named_in(text: str) -> tuple[str, ...]:
    """The codes of the countries that `text` names as whole words, in its order, each once."""
    names, longest = _names(), _longest()
    words = _words(text)
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for length in range(min(longest.get(_bare(words[at]), 0), len(words) - at), 0, -1):
            country = names.get((_bare(words[at]), *words[at + 1 : at + length]))
            if country is not None:
                found[country] = None
                at += length
                break
        else:
            at += 1
    return tuple(found)


def _bare(word: str) -> str:
    """An Arabic word without the particle that is written together with it, where that makes a name."""
    starts = _longest()
    if word in starts or word[:1] not in _JOINED:
        return word
    rest = f"ال{word[2:]}" if word.startswith("لل") else word[1:]
    return rest if rest in starts else word


def _words(text: str) -> list[str]:
    """The words of `text` as they are compared: without case, accents and Arabic vowel signs."""
    folded = unicodedata.normalize("NFKD", _ARTICLES.sub("", text.replace("’", "'"))).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    found = (word.strip("'.") for word in _WORD.findall(bare))
    return [word.removesuffix("'s").removeprefix("d'").removeprefix("l'") for word in found if word]


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    from importlib.resources import files  # as dear to load as all the rest here

    lines = files("crawler").joinpath("countries.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[0]: tuple(row[1:]) for row in cells}


@cache
def _names() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for country, row in _rows().items():
        for written in (*row[:4], *(row[4].split("|") if len(row) > 4 else ())):
            found.setdefault(tuple(_words(written)), country)
    return found


@cache
def _longest() -> dict[str, int]:
    """By the first word of a name: of how many words the longest such name is."""
    found: dict[str, int] = {}
    for words in _names():
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found
