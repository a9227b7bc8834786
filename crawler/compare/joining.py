"""Joins numbers that are parts of one ("two thousand five hundred"), and lends what is said only once
("5 to 10 million") to the other number.

It reads no text but what stands between two quantities.
"""

from __future__ import annotations

from crawler.compare.lexicon import LISTS, RANGES
from crawler.compare.quantity import HYPHENS, Quantity

_AND = {"en": "and", "fr": "et", "es": "y", "pt": "e", "ar": "و"}
_JOINT = 5  # signs between two parts
_THOUSANDS = (10**12, 10**9, 10**6, 10**3)


def composed(text: str, found: list[Quantity], language: str) -> list[Quantity]:
    """Numbers of several parts: "two thousand five hundred", "1 million 200 mille", "12 ألفا و400"."""
    joined: list[Quantity] = []
    end = -_JOINT - 1
    begun: tuple[int, int, int] | None = None  # whole thousands, what is below, the power of the last
    for quantity in found:
        if quantity.start - end <= _JOINT and _goes_on(text, joined[-1], quantity, language):
            total, group, least = begun or _added(0, *_parts(joined[-1]))
            count, power = _parts(quantity)
            fits = group == 0 or (group >= 100 and count < _zeros(group))
            if count and fits and (least == 0 or (group + count) * power < least):
                begun = _added(total, group + count, power, least)
                joined[-1] = quantity._replace(value=sum(begun[:2]), start=joined[-1].start)
                end = quantity.end
                continue
        joined.append(quantity)
        end, begun = quantity.end, None
    return joined


def _added(total: int, count: int, power: int, least: int = 0) -> tuple[int, int, int]:
    return (total + count * power, 0, power) if power > 1 else (total, count, least)


def _large(quantity: Quantity) -> bool:
    return quantity.spelled or quantity.scale >= _THOUSANDS[-1]


def _parts(quantity: Quantity) -> tuple[int, int]:
    """How many of which power of a thousand; 0 of what is no whole number."""
    value = quantity.value
    if not isinstance(value, int) or not value:
        return 0, 1
    power = next((power for power in _THOUSANDS if value % power == 0), 1)
    return value // power, power


def _zeros(number: int) -> int:
    """The greatest power of ten that divides a number: what is less can be added to its words."""
    power = 1
    while number % (10 * power) == 0:
        power *= 10
    return power


def _goes_on(text: str, here: Quantity, following: Quantity, language: str) -> bool:
    """Whether `following` may be a further part of the number `here`, as far as their form says it."""
    if not _large(here) or here.unit or following.unit == "date":
        return False
    between = text[here.end : following.start].strip()
    if text[following.end : following.end + 1] in HYPHENS:  # "two thousand 20-litre jars"
        return False
    if here.spelled == following.spelled and not between:
        return True
    return between == _AND.get(language) and (language == "ar" or (here.spelled and following.spelled))


def ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In "3 and 4 November" the 3 is a day as well; in "5 to 10 million" the 5 are millions; in
    "USD 5-10 million" both are dollars."""
    for at in range(len(found) - 2, -1, -1):
        here, following = found[at], found[at + 1]
        between = text[here.end : following.start].strip().lower()
        plain = here.unit == "" and isinstance(here.value, int | float)
        if plain and between in LISTS and following.unit == "date" and str(following.value)[-3:-2] == "-":
            day = here.value
            if isinstance(day, int) and 1 <= day <= 31 and len(str(following.value)) >= 7:
                found[at] = here._replace(value=f"{str(following.value)[:-2]}{day:02d}", unit="date", noun="")
        elif between in RANGES and following.unit != "date" and here.unit != "date":
            found[at] = _drawn(here, following)
            if following.unit == "":
                found[at + 1] = following._replace(unit=here.unit)
    return found


def _drawn(here: Quantity, following: Quantity) -> Quantity:
    """`here` with the scale, unit and noun that are said only once, after the second number."""
    value = here.value
    if here.scale == 1 < following.scale and isinstance(value, int | float) and value < 1000:
        value *= following.scale
    return here._replace(value=value, unit=here.unit or following.unit, noun=here.what or following.what)
