"""Dates as people write them in releases: English, French, Spanish, Portuguese, Arabic, German and more.

It reads no clock: "yesterday" and "2 hours ago" are no dates. Day before month where digits leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

# A line a month; "_" is a blank. First en fr es pt de it tr, Arabic (common, Levantine, Maghrebi, Tunisian).
# Indented, and read only where a year follows, since some are words of other languages ("des", "sie"):
# nl sv da no fi pl cs sk hu ro ca ru uk bg el he id ms sw fa hi bn ur th, as Unicode's CLDR has them.
_MONTHS = """
january jan janvier janv enero ene janeiro januar jänner gennaio gen ocak يناير كانون_الثاني جانفي
 januari januari tammikuuta tammikuu stycznia styczeń sty ledna leden januára január ianuarie ian gener
 января янв січня січ януари ιανουαρίου ιανουάριος ιαν בינואר ינואר januari ژانویه जनवरी জানুয়ারী
 জানুয়ারি
 جنوری มกราคม ม.ค
february feb février fevrier févr febrero fevereiro fev februar febbraio şubat فبراير شباط فيفري
 februari helmikuuta helmikuu lutego luty lut února únor februára február februarie febrer febr
 февраля фев лютого лют февруари φεβρουαρίου φεβρουάριος φεβ בפברואר פברואר pebruari فوریه फ़रवरी फरवरी
 ফেব্রুয়ারী
 ফেব্রুয়ারি فروری กุมภาพันธ์ ก.พ
march mar mars marzo março marco märz maerz mart مارس آذار اذار
 maart mrt maaliskuuta maaliskuu marca marzec března březen marec március márc martie març
 марта мар березня бер март μαρτίου μάρτιος μαρ במרץ מרץ במרס maret mac machi मार्च মার্চ مارچ มีนาคม
 มี.ค
april apr avril avr abril abr aprile nisan أبريل ابريل إبريل نيسان أفريل
 huhtikuuta huhtikuu kwietnia kwiecień kwi dubna duben apríla apríl április ápr aprilie
 апреля апр квітня кві април απριλίου απρίλιος απρ באפריל אפריל aprili آوریل अप्रैल এপ্রিল اپریل เมษายน
 เม.ย
may mai mayo maio maggio mag mayıs مايو أيار ايار ماي
 mei maj toukokuuta toukokuu maja května květen mája máj május máj maig
 мая май травня тра μαΐου μάιος μαΐ במאי מאי mei mei mea مه मई মে مئی พฤษภาคม พ.ค
june jun juin junio junho juni giugno giu haziran يونيو يونيه حزيران جوان
 kesäkuuta kesäkuu czerwca czerwiec cze června červen júna jún június iunie iun juny
 июня июн червня чер юни ιουνίου ιούνιος ιουν ביוני יוני ژوئن जून জুন جون มิถุนายน มิ.ย
july jul juillet juil julio julho juli luglio lug temmuz يوليو يوليه تموز جويلية
 heinäkuuta heinäkuu lipca lipiec lip července červenec júla júl július iulie iul juliol
 июля июл липня лип юли ιουλίου ιούλιος ιουλ ביולי יולי julai ژوئیه जुलाई জুলাই جولائی กรกฎาคม ก.ค
august aug août aout agosto ago ağustos أغسطس اغسطس آب أوت
 augusti augustus elokuuta elokuu sierpnia sierpień sie srpna srpen augusta augusztus aug agost
 августа авг серпня сер август αυγούστου αύγουστος αυγ באוגוסט אוגוסט agustus ogos agosti اوت अगस्त
 আগস্ট اگست สิงหาคม ส.ค
september sept sep septembre septiembre setiembre set setembro settembre eylül سبتمبر أيلول ايلول شتنبر
 syyskuuta syyskuu września wrzesień wrz září septembra szeptember szept septembrie setembre
 сентября сен сент вересня вер септември σεπτεμβρίου σεπτέμβριος σεπ בספטמבר ספטמבר septemba سپتامبر
 सितंबर
 সেপ্টেম্বর ستمبر กันยายน ก.ย
october oct octobre octubre outubro out oktober okt ottobre ott ekim أكتوبر اكتوبر تشرين_الأول
 lokakuuta lokakuu października październik paź října říjen októbra október octombrie
 октября окт жовтня жов октомври οκτωβρίου οκτώβριος οκτ באוקטובר אוקטובר oktoba اکتبر अक्टूबर अक्तूबर
 অক্টোবর اکتوبر
 ตุลาคม ต.ค
november nov novembre noviembre novembro kasım نوفمبر تشرين_الثاني نونبر
 marraskuuta marraskuu listopada listopad lis listopadu novembra noiembrie noi
 ноября ноя нояб листопада лис ноември νοεμβρίου νοέμβριος νοε בנובמבר נובמבר nopember novemba نوامبر
 नवंबर নভেম্বর
 نومبر พฤศจิกายน พ.ย
december dec décembre decembre déc diciembre dic dezembro dez dezember aralık ديسمبر كانون_الأول دجنبر
 des desember joulukuuta joulukuu grudnia grudzień gru prosince prosinec decembra decembrie desembre
 декабря дек грудня гру декември δεκεμβρίου δεκέμβριος δεκ בדצמבר דצמבר disember desemba دسامبر दिसंबर
 ডিসেম্বর
 دسمبر ธันวาคม ธ.ค
"""


def _read_table() -> tuple[dict[str, int], dict[str, int]]:
    """(the names that need no year, the names that do), each with its month's number."""
    common: dict[str, int] = {}
    other: dict[str, int] = {}
    number = 0
    for line in _MONTHS.strip().split("\n"):
        number += not line.startswith(" ")
        for name in line.split():
            (other if line.startswith(" ") else common)[name.replace("_", " ")] = number
    return common, other


def _either(names: Iterable[str]) -> str:
    """An alternation, longest first; by first letters, of which all but one are passed over at once."""
    after: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        after.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in after.items())


_COMMON, _OTHER = _read_table()
_NUMBER_OF = _OTHER | _COMMON
_NAMES = _either(_COMMON)
# An Arabic double name ("تشرين الثاني/نوفمبر") counts by its first half.
_MONTH = rf"(?P<month>{_NAMES})(?![^\W\d_])\.?(?:\s?/\s?(?:{_NAMES})(?![^\W\d_]))?"
_ANY_MONTH = rf"(?P<month>{_either(_NUMBER_OF)})(?![^\W\d_])\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"
# Digits of any script; the Buddhist era (543 years on) is what Thai dates are in.
_YEAR = r"(?P<year>(?:[1١۱१১][9٩۹९৯]|[2٢۲२২][0٠۰०০]|25)\d\d)(?!\d)"
_OF = r"(?:de\s|del\s|d['’]|of\s|من\s)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}\s?{_OF}{_MONTH},?(?:\s{_OF}{_YEAR})?",
        rf"(?<![^\W\d_]){_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?(?:\s{_YEAR})?",
    )
)


@cache
def _forms_of_a_year() -> tuple[re.Pattern[str], ...]:
    """Those that no date without a year has."""
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
            rf"(?<![\d/.])(?P<day>\d{{1,2}})(?P<mark>[/.-])\s?(?P<number>\d{{1,2}})(?P=mark)\s?{_YEAR}",
            r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<number>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
            rf"(?<!\d){_YEAR}(?P<mark>[./]\s?)(?P<number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
            rf"{_DAY}\s?{_OF}{_ANY_MONTH},?\s{_OF}{_YEAR}",
            rf"(?<!\d){_YEAR}\.?\s{_ANY_MONTH}\s(?P<day>\d{{1,2}})(?!\d)\.?",
            rf"(?<!\d)(?P<day>\d{{1,2}})\stháng\s(?P<number>\d{{1,2}}),?\s(?:năm\s)?{_YEAR}",
        )
    )


_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_BUDDHIST, _ERA = 2500, 543
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:hH.]\d\d(?::\d\d)?(?!\d)")
_CHANGED = re.compile(
    r"updat|modifi|revis|mis à jour|mise à jour|actualiz|atualiz|aktualis|geändert|aggiornat|güncel|changed"
    r"|edited|gewijzigd|bijgewerkt|uppdat|oppdat|opdat|päivit|обновл|оновл|تحديث|更新|수정",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(
    r"publi|post|creat|issued|releas|written|veröff|erstellt|erschienen|\bstand\b|\bvom\b|نشر"
    r"|发布|опубл|дата",
    re.IGNORECASE,
)
# What parts the particulars under a headline: a bullet or a bar, or a dash between blanks.
_APART = re.compile(r"\s?[|•·∙⋅・►／]\s?|\s[–—-]\s|\s//?\s")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d\d)(?![\d.])")
_LONGEST_LINE = 160
_MAX_PARTS = 12
_BARE, _LABELLED = 5, 9  # words that may stand around a date
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
# "Fri Apr 28 19:20:36 CEST 2023", as Unix and Java print dates.
_CTIME = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) [\d:]{8}(?: [A-Z]{2,5})? (\d{4})$")


@dataclass(frozen=True, slots=True)
class Written:
    """A date found in a text: where it stands, and its value where a year is given and the day exists."""

    start: int
    end: int
    value: date | None


def _month(name: str) -> int:
    """The number of a month; 0 for what only looks like its name ("auguſt": re finds it, case ignored)."""
    return _NUMBER_OF.get(name.lower().replace("i\u0307", "i"), 0)


def _value(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    if not groups["year"]:
        return None
    year, day = int(groups["year"]), int(groups["day"])
    if year >= _BUDDHIST:
        year -= _ERA
    month = int(groups["number"]) if groups.get("number") else _month(groups["month"])
    if month > 12 >= day:
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find(text: str) -> Written | None:
    """The first date in `text` (the longest, where two begin together)."""
    best: Written | None = None
    if not _DIGIT.search(text):
        return None
    for form in (*_FORMS, *(_forms_of_a_year() if _FOUR_DIGITS.search(text) else ())):
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


def says_changed(text: str) -> bool:
    """Whether `text` says that something was changed: "Last updated"."""
    return _CHANGED.search(text) is not None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date set apart in a line of other particulars: "By A. Writer · 27 Nov 2023 · 5 min read"."""

    day: date
    changed: bool  # it says when the page was changed
    labelled: bool = False  # it says when the page came out


def stamps(text: str) -> list[Stamp]:
    """The dates that stand apart in a line under a headline, in order; none of a sentence."""
    found: list[Stamp] = []
    for part in _APART.split(text)[:_MAX_PARTS] if len(text) <= _LONGEST_LINE else []:
        rest, days = part, 0
        while days < 3 and (written := find(rest)) is not None and written.value is not None:
            before, rest = rest[: written.start], rest[written.end :]
            label = len(_LETTERS.findall(_CLOCK.sub(" ", before))) + len(
                _LETTERS.findall(_CLOCK.sub(" ", rest))
            )
            if label > (_LABELLED if _SAYS_WHEN.search(before) else _BARE):
                break
            found.append(Stamp(written.value, says_changed(before), bool(_SAYS_WHEN.search(before))))
            days += 1
        if not days and (short := _SHORT_YEAR.search(part)) and len(_LETTERS.findall(part)) <= _BARE:
            found += _short(short)
    return found


def _short(match: re.Match[str]) -> list[Stamp]:
    """ "25.04.24", as German sites stamp their texts."""
    try:
        return [Stamp(date(2000 + int(match[3]), int(match[2]), int(match[1])), changed=False)]
    except ValueError:
        return []


def moment(text: str) -> tuple[date, datetime | None] | None:
    """A machine's date: ISO 8601, RFC 9110, or words; with the time in UTC where a zone is given.

    The day is the day as written, in the writer's zone.
    """
    text = text.strip()[:80]
    if match := _ISO.match(text):
        return _iso(match)
    text = _CTIME.sub(r"\2 \1 \3", text)
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
