"""Reads the quantities of a text as values: counts, percentages, money, dates; in en, fr, es, pt and ar.

It compares nothing, and reads no telephone numbers, times of day, file symbols or addresses as quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain

from crawler.compare.counting import number_words, shares
from crawler.compare.joining import composed, ranges
from crawler.compare.lexicon import (
    CODES,
    CURRENCY_WORDS,
    LANGUAGES,
    LONG_SCALE,
    MONTHS,
    PER_CENT,
    SCALES,
    SHORT_FORMS,
    SIGNS,
    bare,
)
from crawler.compare.quantity import RAISED, Quantity

_DIGITS = 15  # a longer row of digits is a code, not a count
_MOST = 2_000  # quantities read in one paragraph; a table dumped into one line has more


def quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    """All quantities of `text`, in order. An unknown `language` reads numbers the English way and
    no number words."""
    known = language if language in LANGUAGES else ""
    pattern = _pattern(known)
    found: list[Quantity] = []
    end = 0
    for start in _places(text, known):
        if start < end or (match := pattern.match(text, start)) is None:
            continue
        end = match.end()
        if quantity := _read(match, known):
            end = quantity.end
            found.append(quantity)
            if len(found) == _MOST:
                break
    return tuple(ranges(text, composed(text, found, known)))


# ── patterns ────────────────────────────────────────────────────────────────────────────────────
# Every repetition is bounded or possessive: no input makes them go back over what they have read.

_BLANK = r"[ \u00a0\u2007\u2009\u202f]"
_NUMBER = rf"(?:\d{{1,3}}(?:(?:{_BLANK}|['’])\d{{3}}(?!\d))++(?:[.,٫]\d++)?+|\d++(?:[.,٫٬،·]\d++)*+[½¼¾]?)"
_START = r"(?<!\d)(?<![^\W\u0600-\u06ff])(?<![^\W\d_][-‐‑/])(?<![#@])(?<!\d[.,٫٬،/:])"
_SKIP = (
    r"\+\s?\(?\d[\d\s().-]{5,24}+"  # a telephone number
    rf"|0\d{{1,4}}(?:(?:{_BLANK}|-)\d{{2,4}}){{2,5}}(?!\d)"  # one as it is dialled in its country
    r"|(?<![\d:])\d{1,2}(?::|[ \u00a0]?h[ \u00a0]?)\d{2}(?!\d)"  # a time of day
    rf"|\d{{1,2}}{_BLANK}?[ap](?:m\b|\.{_BLANK}?m\.)"  # another
    r"|(?<=\[)\d{1,3}(?=\])"  # a reference to a note
    r"|(?:https?://|www\.)\S++"
)

_END = rf"(?![^\W{RAISED}])"

# The whole pattern is tried only where one of these stands: most words begin no quantity.
# It begins with a class: what begins with an alternation is searched three times as long.
_SIGNED = re.compile(r"[\d$€£¥₹₦₺₴+](?:(?<=\d)\d++)?+")
_MARKED = re.compile(r"[\d$€£¥₹₦₺₴%٪]")
_LETTERS = re.compile(r"[^\W\d]+")
# For texts of ASCII: `str.translate` is several times as quick as a search.
_SHAPED = {code: "0" if chr(code).isdecimal() else " " for code in range(128)}
_BLANKED = {code: " " for code in range(128) if not (chr(code).isalpha() or chr(code) == "_")}


_LEADS = ("a ", "half a ")  # these begin too many phrases to be looked for themselves


def _places(text: str, language: str) -> list[int]:
    """Where a quantity may begin: at digits and signs, and at the words that can begin one."""
    places: list[int] = []
    for start in _signed(text):
        if text[start] == "$":  # C$, R$
            while start and text[start - 1].isalpha():
                start -= 1
        places.append(start)
    plain = _lowered(text)
    starters = _starters(language).intersection(_words(plain))
    if not starters:
        return places
    for word in starters:
        at = plain.find(word)
        while at >= 0:
            if not (at and plain[at - 1].isalpha()):
                places += [at, *(at - len(lead) for lead in _LEADS if plain.endswith(lead, 0, at))]
            at = plain.find(word, at + len(word))
    return sorted(places)


def _signed(text: str) -> Iterator[int]:
    """Where rows of digits begin, and where signs stand."""
    if text.isascii() and not ("$" in text or "+" in text):
        shape = text.translate(_SHAPED) + " "
        at = shape.find("0")
        while at >= 0:
            yield at
            at = shape.find("0", shape.find(" ", at))
    else:
        yield from (signed.start() for signed in _SIGNED.finditer(text))


@cache
def _wording(language: str) -> frozenset[str]:
    """All words, in lower case, that a quantity may be written with."""
    phrases = [*_scales(language), *SHORT_FORMS, *PER_CENT, *CODES, *SIGNS, *CURRENCY_WORDS]
    phrases += [*number_words(language), *chain.from_iterable(shares(language))]
    words = _starters(language).union(*(_LETTERS.findall(phrase.lower()) for phrase in phrases))
    return words - {"a", "and", "et", "y", "e"}


def telling(words: Iterable[str], language: str | None) -> bool:
    """Whether any of these words may be part of a quantity: edits that touch none change no figure."""
    known = _wording(language if language in LANGUAGES else "")
    joined = " ".join(words).lower()
    return _MARKED.search(joined) is not None or not known.isdisjoint(_words(joined))


def _lowered(text: str) -> str:
    """`text` in lower case, sign for sign: İ has none of one sign."""
    plain = text.lower()
    if len(plain) == len(text):
        return plain
    return "".join([low if len(low := sign.lower()) == 1 else sign for sign in text])


def _words(plain: str) -> list[str]:
    """The rows of letters of a text in lower case."""
    return plain.translate(_BLANKED).split() if plain.isascii() else _LETTERS.findall(plain)


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first, for blanks of any form; behind a look at the first sign, as most
    places have none of these. "" without words."""
    ordered = sorted(set(words), key=len, reverse=True)
    firsts = "".join(sorted({re.escape(word[0]) for word in ordered}))
    either = "|".join(re.escape(word).replace(r"\ ", _BLANK) for word in ordered)
    return f"(?=[{firsts}])(?:{either})" if ordered else ""


@cache
def _months(language: str) -> dict[str, int]:
    """Spelling → 1-12. An English month keeps its capital ("3 may" is no date); the others are written
    in any case, with or without accents."""
    spellings = {
        form.replace("_", " "): number
        for number, forms in enumerate(MONTHS.get(language, MONTHS["en"]), 1)
        for form in forms.split(" ")
    }
    if language in ("fr", "es", "pt"):
        spellings |= {bare(form): number for form, number in spellings.items()}
        spellings |= {form.title(): number for form, number in spellings.items()}
    if language == "ar":
        spellings |= {f"و{form}": number for form, number in spellings.items()}  # "and", written to it
    return spellings | {form.upper(): number for form, number in spellings.items()}


@cache
def _scales(language: str) -> dict[str, int]:
    hundreds = {"fr": {"cent": 100, "cents": 100, **LONG_SCALE}, "en": {"hundred": 100, "dozen": 12}}
    return SCALES | hundreds.get(language, {})


@cache
def _starters(language: str) -> frozenset[str]:
    """The first words, in lower case, with which a quantity can begin that begins with a word."""
    spelled = chain(number_words(language), *shares(language))
    words = (word.removeprefix("half ").removeprefix("a ") for word in spelled)
    phrases = [*_months(language), *words, *CODES, "US", "http", "https", "www"]
    return frozenset(re.split(r"[\W_]", phrase.lower())[0] for phrase in phrases)


def _dates(language: str) -> str:
    month = _any(_months(language))
    year = r"(?P<{}>\d{{4}})(?!\d)"
    forms = [
        r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)",
        r"(?P<day_n>\d{1,2})(?P<mark>[/.])(?P<month_n>\d{1,2})(?P=mark)" + year.format("year_n"),
        r"(?P<day_s>\d{2})/(?P<month_s>\d{2})(?![/\d])",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.?[º°]|\.)?{_BLANK}{{1,2}}(?:(?:of|de){_BLANK}|d['’])?"
        rf"(?P<month>{month})(?!\w)\.?(?:{_BLANK}?/{_BLANK}?(?:{month})(?!\w))?"
        rf"(?:[,،]?{_BLANK}(?:(?:de|del){_BLANK})?{year.format('year')})?",
        rf"(?<!\w)(?P<month_y>{month})(?!\w)\.?(?:{_BLANK}?/{_BLANK}?(?:{month})(?!\w))?"
        rf"{_BLANK}(?:(?:de|del){_BLANK})?{year.format('year_y')}",
    ]
    if language in ("en", ""):
        forms.append(
            rf"(?<!\w)(?P<month_us>{month})\.?{_BLANK}(?P<day_us>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
            rf"(?:,?{_BLANK}{year.format('year_us')})?"
        )
    return "|".join(forms)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    signs, codes, words = _any(SIGNS), _any(CODES), _any(number_words(language))
    number = rf"{_START}(?:(?:(?P<sign>{signs})|(?P<code>{codes})\$?){_BLANK}?)?(?P<number>{_NUMBER})"
    if words:
        number = rf"(?:{number}|(?<![\w-])(?P<word>(?i:{words}))(?![\w-]))"
    scale = rf"(?i:{_any(_scales(language))}){_END}"
    size = (
        rf"(?:(?P<gap>{_BLANK})?(?P<short>{_any(SHORT_FORMS)})(?![^\W_])"
        rf"|{_BLANK}?(?P<scale>{scale})(?:{_BLANK}(?P<scale_2>{scale}))?"
        rf"|(?![^\W_{RAISED}]|[/:]\d|\.[ºª]))"
    )
    unit = (
        rf"(?:{_BLANK}?(?P<percent>(?i:{_any(PER_CENT)})){_END}"
        rf"|{_BLANK}?(?:(?:of|de|من){_BLANK}|d['’])?"
        rf"(?:(?P<sign_after>{signs})|(?:(?P<code_after>{codes})|(?P<money>(?i:{_any(CURRENCY_WORDS)}))){_END}))?"
    )
    share = rf"(?<![\w-])(?:{_share(language)})|" if words else ""
    return re.compile(rf"(?P<skip>{_SKIP})|{_START}(?:{_dates(language)})|{share}{number}{size}{unit}")


_OF_EVERY = {"en": "in|out of|in every", "fr": "sur", "es": "de cada", "pt": "em cada"}
_MEASURES = {
    "en": "of an?|of the (?:year|century)",
    "fr": "d['’]heures?|de (?:siècle|finale)",
    "es": "de (?:hora|siglo|final)",
    "pt": "de (?:hora|século|final)",
}
_TIMES = (
    "seconds?|minutes?|hours?|days?|weeks?|months?|years?|jours?|heures?|semaines?|mois|ans|días?|horas?|semanas?"
    "|meses|años?|dias?|anos?"
)


def _share(language: str) -> str:
    """A part of a whole in words: "two thirds", "a third of", "one in five"."""
    several, single = shares(language)
    if not several:
        return r"(?!)"
    few = _any(word for word, value in number_words(language).items() if value in range(1, 10))
    many = _any(word for word, value in number_words(language).items() if value in (*range(3, 11), 20, 100))
    blank = _BLANK
    return (
        rf"(?P<share>(?i:{_any(several)})|(?i:{_any(single)})(?={blank}(?:of|de|des|du|da|do|d['’])))(?![\w-])"
        rf"(?!{blank}(?:{_MEASURES[language]})(?!\w))"
        rf"|(?P<few>\d|(?i:{few})){blank}(?:{_OF_EVERY[language]}){blank}(?P<many>(?i:{many})|[3-9]|10|20|100)(?![\w-])"
        rf"(?!{blank}(?i:{_TIMES})(?!\w))"
    )


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def _read(match: re.Match[str], language: str) -> Quantity | None:
    """The quantity of one match, or None for what only looks like one."""
    part = match.groupdict()
    if part["skip"]:
        return None
    if part.get("share") or part.get("few"):
        return _part(part, match, language)
    if not part["number"] and not part.get("word"):
        day = _date(part, language)
        return _dated(day, match) if day else None
    unit = _unit(part)
    money = len(unit) == 3
    size = 1
    if part["short"]:
        if not money and part["short"] not in ("mn", "bn") and (part["gap"] or part["short"] == "m"):
            return None  # "5 m" is a length
        size = SHORT_FORMS[part["short"]]
    for name in ("scale", "scale_2"):
        if part[name]:
            size *= _scales(language)[part[name].lower()]
    written = part["number"]
    if written is None:
        number: Decimal | None = Decimal(number_words(language)[" ".join(part["word"].lower().split())])
    else:
        number = _number(written, language, scaled=size > 1 or unit == "%")
        if unit == "" and size == 1 and len(written) == 4 and number is not None and 1900 <= number <= 2100:
            return _dated(str(number), match)
    if number is None:
        return None
    number *= size
    start = match.start()
    if match.string[start - 1 : start] in _SET_BEFORE:  # none before the first sign
        start, unit, number = _signs_before(match.string, start, unit, number, language)
    whole = int(number)
    return Quantity(
        value=whole if whole == number else float(number),
        unit=unit,
        start=start,
        end=match.end(),
        source=match.string,
        scale=size,
        spelled=written is None,
    )


def _signs_before(
    text: str, start: int, unit: str, number: Decimal, language: str
) -> tuple[int, str, Decimal]:
    """The sign of per cent that Arabic may set first, and a minus before per cent that is no dash."""
    sign, ahead = text[start - 1 : start], text[max(0, start - 4) : max(0, start - 1)]
    if sign in ("%", "٪"):
        if language == "ar" and not unit and not ahead[-1:].isdecimal():
            return start - 1, "%", number
    elif sign and unit == "%" and ahead[-1:] in _AHEAD and not ahead.rstrip()[-1:].isdecimal():
        return start - 1, unit, -number
    return start, unit, number


def _part(part: dict[str, str | None], match: re.Match[str], language: str) -> Quantity:
    """A part of a whole, as per cent; of "five in three boats" the first number alone."""
    start, end = match.span()
    if share := part.get("share"):
        several, single = shares(language)
        value, unit = (several | single)[" ".join(share.lower().split())], "%"
    else:
        few, many = part["few"] or "", part["many"] or ""
        value, whole = (
            int(each) if each.isdecimal() else number_words(language)[each.lower()] for each in (few, many)
        )
        unit = "%" if value < whole else ""
        if unit:
            value = round(100 * value / whole, 1)
        else:
            end = match.end("few")
    spelled = not match.string[start].isdecimal()
    return Quantity(value=value, unit=unit, start=start, end=end, source=match.string, spelled=spelled)


def _dated(day: str, match: re.Match[str]) -> Quantity:
    return Quantity(
        value=day, unit="date", start=match.start(), end=match.end(), source=match.string, noun=""
    )


def _unit(part: dict[str, str | None]) -> str:
    if part["percent"]:
        return "%"
    if sign := part["sign"] or part["sign_after"]:
        return SIGNS[sign.replace("\u00a0", " ")]
    if code := part["code"] or part["code_after"]:
        return code
    if money := part["money"]:
        return _MONEY[bare(" ".join(money.split()))]
    return ""


_SET_BEFORE = frozenset("%٪-−–")
_AHEAD = (" ", "\u00a0", "(", "")  # what stands before a minus
_MONEY = {bare(words): code for words, code in CURRENCY_WORDS.items()}


_THREES = re.compile(r"\d{1,3}(?:,\d{3})++").fullmatch
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def _number(written: str, language: str, *, scaled: bool) -> Decimal | None:
    """The value of digits with separators. A point or comma before exactly three digits groups
    thousands ("12.400", "12,400") unless a scale or per cent follows and it is the language's decimal
    sign ("1.250 million"); None for what is no number ("3.1.2")."""
    plain = written.replace(",", "")
    if (
        plain.isdecimal()
        and len(plain) <= _DIGITS
        and ("," not in written or (not scaled and _THREES(written)))
    ):
        return Decimal(plain)  # most are written so
    if written[-1] in _FRACTIONS:
        whole = _number(written[:-1], language, scaled=True)
        return None if whole is None else whole + _FRACTIONS[written[-1]]
    digits = "".join([str(int(sign)) if sign.isdecimal() else sign for sign in written])
    bare_digits = re.sub(rf"{_BLANK}|['’٬]", "", digits).replace("٫", "·").replace("،", ",")
    grouped = len(bare_digits) < len(digits)
    parts = re.split(r"[.,·]", bare_digits)
    marks = [sign for sign in bare_digits if not sign.isdecimal()]
    if sum(map(len, parts)) > _DIGITS:
        return None
    if not marks:
        return Decimal(bare_digits)
    point = "," if language in ("fr", "es", "pt") else "."
    single = len(marks) == 1
    groups = not grouped and _groups(parts) and len(set(marks)) == 1 and marks[0] != "·"
    if groups and not (single and scaled and marks[0] == point):
        return Decimal("".join(parts))
    if single or (marks[-1] not in marks[:-1] and len(set(marks)) == 2 and _groups(parts[:-1])):
        return Decimal("".join(parts[:-1]) + "." + parts[-1])
    return None


def _groups(parts: list[str]) -> bool:
    """Whether thousands are grouped so: 1-3 digits, then threes (or twos before the last, as in India)."""
    first, *others = parts
    return (
        1 <= len(first) <= 3
        and not first.startswith("0")
        and all(2 <= len(part) <= 3 for part in others)
        and len(others[-1:][0] if others else "000") == 3
    )


def _date(part: dict[str, str | None], language: str) -> str | None:
    """ISO 8601, as far as the text says it; None for what is no day of the calendar."""
    if part["iso"]:
        return _calendar(*map(int, part["iso"].split("-")))
    if part["month_y"]:
        return f"{int(part['year_y'] or 0):04d}-{_months(language)[_plain(part['month_y'])]:02d}"
    for suffix in ("_n", "_s", "", "_us"):
        if day := part.get("day" + suffix):
            month = part["month" + suffix] or ""
            number = int(month) if month.isdecimal() else _months(language)[_plain(month)]
            year = part.get("year" + suffix)
            return _calendar(int(year) if year else None, number, int(day))
    return None


def _plain(words: str) -> str:
    return " ".join(words.split())


def _calendar(year: int | None, month: int, day: int) -> str | None:
    try:
        found = date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return found.isoformat() if year is not None else f"--{month:02d}-{day:02d}"
