"""The dateline: the place and date a release opens with ("Cairo, 4 May 2020 – …").

It names no places from a list: a dateline is told by its form. Prose with an early dash is none.
"""

from __future__ import annotations

import re

from crawler.extract import dates
from crawler.text import words
from crawler.values import Dateline

_REACH = 130  # a dateline ends within so many characters
# A dash with blanks on both sides or only after it; a long dash may stand without any.
_DASH = re.compile(r"\s*+(?:[–—―−]|--|-(?=\s))-?\s*+")
_LINK_WORDS = words(
    "and et y e und de del della di da do dos das du des la le les el los las l d of the in en al ad bin upon"
    " sur am im wa es"
)
_NAME = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?")
_JOINED = re.compile(r"[,،(–—-]")  # what parts place and date on a line of their own
_INITIALS = re.compile(r"\.[^\W\d_]\.$")  # "Washington D.C."
_PLACE_TEXT = re.compile(r"[\w\s'’.,،/()&\-]+")
_AGENCIES = frozenset(["iom", "oim", "un", "onu", "unhcr", "who", "q"])
_MAX_WORDS = 9


def _is_place(text: str) -> bool:
    """Whether `text` can be a place's name: each word with a capital, where the script has them."""
    if not text or not _PLACE_TEXT.fullmatch(text) or any(letter.isdigit() for letter in text):
        return False
    names = _NAME.findall(text)
    if not names or len(names) > 6:
        return False
    for position, name in enumerate(names):
        bare = name.rstrip(".").lower()
        if bare in _AGENCIES:
            return False
        cased = name.upper() != name.lower()
        lower = cased and not any(letter.isupper() for letter in re.split(r"['’\-]", name)[-1][:1] + name[:1])
        if lower and (position == 0 or bare not in _LINK_WORDS):
            return False
    return not (len(names) == 1 and names[0].lower() in _LINK_WORDS)


def _places(text: str) -> tuple[str, ...] | None:
    """The places of "City1/City2, Country"; None where it is no such list."""
    text = text.strip(" ,،")
    places = tuple(part.strip() for part in re.split(r"[/,،]", text))
    if len(_NAME.findall(text)) > _MAX_WORDS or len(places) > 5 or not all(map(_is_place, places)):
        return None
    return places


def _parts(text: str) -> tuple[tuple[str, ...], dates.Written | None] | None:
    """Places and date of a whole dateline; None where `text` is none."""
    found = dates.find(text)
    if found is None:
        places = _places(text)
        return (places, None) if places else None
    after = text[found.end :].strip(" .,()،")
    if after and after.lower() not in _AGENCIES:
        return None
    before = text[: found.start].rstrip(" ,،(-–—.")
    if not before:
        return (), found
    places = _places(before)
    if not places:
        return None
    if len(places) > 1 and text[len(before) : found.start] == " ":
        places = places[:-1]  # a weekday: "Geneva, Tuesday 3 May"
    return places, found


def _begins_sentence(text: str) -> bool:
    """Whether `text` can begin a release: not in small letters, as the rest of a sentence would."""
    first = text.lstrip("\"'“”„«»‘’¿¡([ \u00a0")[:1]
    return bool(first) and not first.islower()


def _parenthesis(text: str) -> bool:
    """Whether a second dash follows soon: then the first opened an insertion."""
    return re.search(r"\s[-–—]\s", text[:100]) is not None


def _caseless(text: str) -> bool:
    return text.upper() == text.lower()


def _accept(prefix: str, rest: str) -> bool:
    parts = _parts(prefix)
    if parts is None or (rest and parts[1] is None and not _begins_sentence(rest)):
        return False
    if parts[1] is None and _caseless(prefix):
        return len(prefix.split()) <= 4 and not _parenthesis(rest)
    return True


def read(paragraph: str) -> Dateline | None:
    """The dateline that `paragraph`, the first of a body, opens with or consists of; else None."""
    head = paragraph[:_REACH]
    best = ""
    # The longest opening wins: "طرابلس - 17 مارس 2022" holds a dash of its own.
    for match in _DASH.finditer(head):
        prefix, rest = head[: match.start()], paragraph[match.end() :]
        if prefix and (not best or dates.find(prefix)) and _accept(prefix, rest):
            best = prefix
    alone = len(paragraph) <= 80 and _JOINED.search(paragraph) and dates.find(paragraph) and _parts(paragraph)
    if alone and not (best and dates.find(best)):
        best = paragraph
    if not best:
        return None
    parts = _parts(best)
    assert parts is not None
    places, found = parts
    text = best.rstrip(" ,،")
    if not _INITIALS.search(text):
        text = text.rstrip(" .")
    return Dateline(text=text, places=places, date=found.value if found else None)
