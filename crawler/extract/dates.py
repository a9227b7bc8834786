"""Dates as people write them in releases: English, French, Spanish, Portuguese, Arabic, German and more.

It reads no clock: "yesterday" and "2 hours ago" are no dates. Day before month where digits leave it open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

# One line a month: en fr es pt de it tr, then Arabic: common, Levantine, Maghrebi, Tunisian/Algerian.
_MONTHS = """
january jan janvier janv enero ene janeiro januar jänner gennaio gen ocak يناير كانون_الثاني جانفي
february feb février fevrier févr febrero fevereiro fev februar febbraio şubat فبراير شباط فيفري
march mar mars marzo março marco märz maerz mart مارس آذار اذار
april apr avril avr abril abr aprile nisan أبريل ابريل إبريل نيسان أفريل
may mai mayo maio maggio mag mayıs مايو أيار ايار ماي
june jun juin junio junho juni giugno giu haziran يونيو يونيه حزيران جوان
july jul juillet juil julio julho juli luglio lug temmuz يوليو يوليه تموز جويلية
august aug août aout agosto ago ağustos أغسطس اغسطس آب أوت
september sept sep septembre septiembre setiembre set setembro settembre eylül سبتمبر أيلول ايلول شتنبر
october oct octobre octubre outubro out oktober okt ottobre ott ekim أكتوبر اكتوبر تشرين_الأول
november nov novembre noviembre novembro kasım نوفمبر تشرين_الثاني نونبر
december dec décembre decembre déc diciembre dic dezembro dez dezember aralık ديسمبر كانون_الأول دجنبر
"""
_NUMBER_OF = {
    name.replace("_", " "): number
    for number, line in enumerate(_MONTHS.split("\n")[1:13], start=1)
    for name in line.split()
}
_NAMES = "|".join(re.escape(name) for name in sorted(_NUMBER_OF, key=len, reverse=True))
# An Arabic double name ("تشرين الثاني/نوفمبر") counts by its first half.
_MONTH = rf"(?P<month>{_NAMES})(?![^\W\d_])\.?(?:\s?/\s?(?:{_NAMES})(?![^\W\d_]))?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"
_YEAR = r"(?P<year>(?:19|20|١٩|٢٠)\d\d)(?!\d)"
_OF = r"(?:de\s|del\s|of\s|من\s)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"{_DAY}\s?{_OF}{_MONTH},?(?:\s{_OF}{_YEAR})?",
        rf"(?<![^\W\d_]){_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?(?:\s{_YEAR})?",
        rf"(?<![\d/.])(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<number>\d{{1,2}})(?P=mark){_YEAR}",
    )
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:hH.]\d\d(?::\d\d)?(?!\d)")
_CHANGED = re.compile(
    r"updat|modifi|revis|mis à jour|mise à jour|actualiz|atualiz|aktualis|geändert|aggiornat|güncel|تحديث",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date found in a text: where it stands, and its value where a year is given and the day exists."""

    start: int
    end: int
    value: date | None


def _value(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    if not groups["year"]:
        return None
    year, day = int(groups["year"]), int(groups["day"])
    month = int(groups["number"]) if groups.get("number") else _NUMBER_OF[groups["month"].lower()]
    if month > 12 >= day:
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find(text: str) -> Written | None:
    """The first date in `text` (the longest, where two begin together)."""
    best: Written | None = None
    for form in _FORMS:
        match = form.search(text)
        if match and (best is None or (match.start(), -match.end()) < (best.start, -best.end)):
            best = Written(match.start(), match.end(), _value(match))
    return best


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that says a date and hardly more: "Published 27 Nov 2023, 10:00"."""

    day: date
    changed: bool  # it says when the page was changed
    labelled: bool  # it says what the date is of


def date_line(text: str) -> DateLine | None:
    """`text` as a date line; None where it says more than a date, or none that is whole."""
    if len(text) > 70 or (found := find(text)) is None or found.value is None:
        return None
    rest = _CLOCK.sub(" ", text[: found.start] + " " + text[found.end :])
    names = _LETTERS.findall(rest)
    if len(names) > 4 or any(letter.isdigit() for letter in rest):
        return None
    return DateLine(found.value, bool(_CHANGED.search(rest)), bool(names))


def moment(text: str) -> tuple[date, datetime | None] | None:
    """A machine's date: ISO 8601, RFC 9110, or words; with the time in UTC where a zone is given.

    The day is the day as written, in the writer's zone.
    """
    text = text.strip()[:80]
    if match := _ISO.match(text):
        return _iso(match)
    if (found := find(text)) and found.value:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return found.value, None
        return found.value, at.astimezone(UTC) if at.tzinfo else None
    return None


def _iso(match: re.Match[str]) -> tuple[date, datetime | None] | None:
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        written = date(int(year), int(month), int(day))
        if not zone or not hour:
            return written, None
        zone = "+00:00" if zone in "Zz" else zone
        clock = f"{written.isoformat()}T{hour}:{minute}:{second or '00'}{zone}"
        return written, datetime.fromisoformat(clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
