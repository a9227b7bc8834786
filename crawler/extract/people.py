"""The people and offices in the lines of a contact block: name, role, office, telephones, e-mail addresses.

It judges by form and order; it checks no number or address against the world, and finds no block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from crawler.values import Contact

EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# A number as written: "+41 22 717 9111", "+ (54) 11 5219 2033", "(0) 22 …"; at most 40 characters. In
# text from right to left the plus may have been typed last.
INTERNATIONAL = re.compile(r"(?<![\w@])(?:\+ ?\(?|00|٠٠)\d[\d ().\-/]{5,30}\d")
_PLUS_LAST = re.compile(r"(?<![\w@+])\d[\d ]{7,30}\d\+")
_NATIONAL = re.compile(r"(?<![\w@+])\(?\d[\d ().\-/]{6,30}\d(?![\w@])")
_DATUM = re.compile(
    rf"(?P<email>{EMAIL.pattern})|(?P<phone>{INTERNATIONAL.pattern}|{_PLUS_LAST.pattern}|{_NATIONAL.pattern})",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d")  # dates, years
_DIGITS = re.compile(r"\d")
# An address written so that robots do not see it: "name [at] example [dot] org", "name at example dot org".
_AT = re.compile(r"[\[({<]\s?(?:at|arroba|chez|@)\s?[\])}>]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[\[({<]\s?(?:dot|punto|ponto|point|\.)\s?[\])}>]\s?", re.IGNORECASE)
_SPELT = re.compile(r"(?<![\w.+-])([\w.+-]{1,64}) at ((?:[\w-]{1,63} dot ){1,4}[\w-]{2,63})(?!\w)")


def any_of(*patterns: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A pattern that matches one of several, in capitals too."""
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", re.IGNORECASE)


_LABEL = any_of(
    r"tel(?:ephone|éfono|efone|efon)?|tél(?:éphone)?|phone|mobile|mob|cell|celular|móvil|portable|fax",
    r"teléfono (?:móvil|celular|fijo)|whatsapp|e-?mails?|courriel|mél|ext(?:ension)?\.? ?\d{1,6}",
    r"correo(?: electrónico)?|correio(?: eletrônico)?|телефон|тел|факс|эл\. почта",
    r"(?:رقم )?(?:الهاتف|هاتف|الجوال|جوال|موبايل)|(?:البريد|بريد)(?: الإلكتروني| الالكتروني| إلكتروني)?",
    before=r"(?<!\w)",
    after=r"(?!\w)\.?",
)
_BARE_LABEL = any_of(
    "office|direct|mail|at|on|number|num|media|press|or|and|ou|et|o|y|e|oder|und|أو|و|via|by",
    "name|nom|nombre|nome|title|titre|cargo|position|role|fonction|function|الاسم|المنصب",
    r"[\w'’ ]{0,20}cont(?:act|acto|ato)s?(?: details| information| person)?",
)
_OFFICE_WORDS = (
    r"IOM|OIM|HQ|headquarters|office|bureau|oficina|escritório|mission|misión|missão|büro|siège|sede|unit"
)
_OFFICE = re.compile(rf"\b(?:{_OFFICE_WORDS}|regional)\b|مكتب|المنظمة|البعثة", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:spokes(?:person|man|woman)|officer|head|chief|director|coordinator|manager|assistant|specialist"
    r"|advis[eo]r|consultant|porte-parole|chargée?|responsable|direct(?:eur|rice)|coordinat(?:eur|rice)"
    r"|conseill(?:er|ère)|vocer[oa]|portavoz|oficial|directora?|coordinadora?|jef[ea]|asesora?|assessora?"
    r"|coordenadora?|diretora?|(?:presse)?sprecher(?:in)?|leiter(?:in)?)\b|متحدث|مسؤول|مدير|رئيس|منسق",
    re.IGNORECASE,
)
_BEGINS_OFFICE = re.compile(rf"(?:the )?(?:{_OFFICE_WORDS})\b(?! spokes)|مكتب|المنظمة", re.IGNORECASE)
_PLACED = re.compile(r"^(?i:in|en|à|au|aux|im|em|في)\s(?=[^\Wa-z\d_])")
_IN_PLACE = re.compile(r"\s(?:in|en|à|em|في)\s(?=[^\Wa-z\d_])")
_NEXT_PERSON = re.compile(r"^(?:or|and|ou|et|o|y|e|oder|und|أو|و)\s+", re.IGNORECASE)
_TITLES = "".join(
    rf"(?<!\b{title})"
    for title in ["Dr", "Mr", "Ms", "Mrs", "Mme", "Sr", "Sra", "Dra", "Prof", "Amb", "St", "Hon"]
)
_SPLIT = re.compile(rf"[,;|•·،\n]|:\s|:$|\s[-–—]\s|(?<=[^\W\d_][^\W\d_]){_TITLES}\. (?=[A-Z])")
_AT_OFFICE = re.compile(
    r"\s(?:at|from|in|of(?! (?:mission|office|unit)\b)|de|du|à|au|aux|en|del|da|do|na|no|bei|im|في|من)\s"
    rf"(?=(?:[\w'’]{{1,12}} |l['’])?(?:(?:{_OFFICE_WORDS})\b|المنظمة|مكتب))|\s\(",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|la|el|o|l['’])\s?(?=[A-Z])")
_POSSESSIVE = re.compile(r"^(?:IOM|OIM)['’]s\s(?=[A-Z])")


def revealed(text: str) -> str:
    """`text` with e-mail addresses that were spelt out made plain: "name [at] iom.int" → "name@iom.int"."""
    if " dot " in text and " at " in text:
        text = _SPELT.sub(lambda match: f"{match[1]}@{match[2].replace(' dot ', '.')}", text)
    if not _AT.search(text):
        return text
    return _DOT.sub(".", _AT.sub("@", text).replace(" @", "@"))


def reachable(text: str) -> bool:
    """Whether `text` holds an e-mail address or an international telephone number."""
    text = revealed(text)
    if "@" in text and EMAIL.search(text):
        return True
    if "+" in text and _PLUS_LAST.search(text):
        return True
    return ("+" in text or "00" in text or "٠٠" in text) and INTERNATIONAL.search(text) is not None


def without_data(text: str) -> str:
    """`text` without its addresses and numbers."""
    return _DATUM.sub(" ", revealed(text))


@lru_cache(maxsize=512)
def e164(number: str, country: int | None = None) -> str:
    """`number` in E.164 form where it is a possible international number, or with the calling code
    `country` a valid national one; else as written."""
    # The library's tables take a while to load, and most pages have no number.
    import phonenumbers

    for digits in _spellings(number):
        region = phonenumbers.region_code_for_country_code(country) if country else None
        try:
            parsed = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        certain = digits.startswith("+") and not number.endswith("+")
        if (phonenumbers.is_possible_number if certain else phonenumbers.is_valid_number)(parsed):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return number.strip()


def _spellings(number: str) -> Iterator[str]:
    """What the digits of `number` may stand for, likeliest first."""
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in number)
    plain = plain.replace("(0)", "")
    for text in (plain, plain.partition("/")[0]):  # "+254 20 422 1000/1001"
        digits = "".join(re.findall(r"[+\d]", text))
        if digits.endswith("+"):
            yield "+" + digits[:-1]
            yield "+" + "".join(re.findall(r"\d+", text)[::-1])  # its groups from right to left
        else:
            yield "+" + digits[2:] if digits.startswith("00") else digits


def _country(phones: list[str]) -> int | None:
    """The calling code of the first number in E.164 form."""
    import phonenumbers

    number = next((phone for phone in phones if phone.startswith("+") and phone[1:].isdigit()), None)
    return phonenumbers.parse(number, None).country_code if number else None


class _Person:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.phones: list[str] = []
        self.emails: list[str] = []

    @property
    def reached(self) -> bool:
        return bool(self.phones or self.emails)

    def contact(self) -> Contact | None:
        if not (self.reached or len(self.words) > 1):
            return None  # a lone word
        roles = [text for text in self.words[1:] if _ROLE.search(text) and not _BEGINS_OFFICE.match(text)]
        rest = [text for text in self.words if text not in roles]
        offices = [text for text in rest if _OFFICE.search(text) or _PLACED.match(text)]
        names = [text for text in rest if text not in offices]
        if not (names or offices or self.reached):
            return None  # roles of nobody
        role = roles[0] if roles else names[1] if len(names) > 1 else None
        phones = [e164(phone) for phone in self.phones]
        if any(phone[0] != "+" for phone in phones) and (country := _country(phones)):
            phones = [e164(phone, country) for phone in phones]
        return Contact(
            name=names[0] if names else None,
            role=role,
            office=_ARTICLE.sub("", _PLACED.sub("", offices[0])) if offices else None,
            phones=tuple(dict.fromkeys(phones)),
            emails=tuple(dict.fromkeys(self.emails)),
        )


def read(lines: list[str]) -> tuple[Contact, ...]:
    """The people and offices named in `lines`, in order."""
    people: list[_Person] = [_Person()]
    for line in lines:
        for kind, text in _data(revealed(line)):
            if kind == "text":
                for part in _SPLIT.split(text):
                    _name(part, people)
            elif kind == "email":
                people[-1].emails.append(text.rstrip(".-"))
            elif len(_DIGITS.findall(text)) >= 7 and not _NO_PHONE.fullmatch(text.lstrip("(")):
                people[-1].phones.append(text)
    return tuple(contact for person in people if (contact := person.contact()))


def _data(line: str) -> Iterator[tuple[str, str]]:
    """The line's addresses, numbers, and the texts between them, each with its kind."""
    at = 0
    for match in _DATUM.finditer(line):
        yield "text", line[at : match.start()]
        yield ("email" if match["email"] else "phone"), match.group()
        at = match.end()
    yield "text", line[at:]


def _name(part: str, people: list[_Person]) -> None:
    """Take up the words `part`: of the person at hand, or of the next where that one's data are said."""
    rest = " ".join(_LABEL.sub(" ", part).split()).strip(" .:()[]*-–—/ـ<>")
    begins = _NEXT_PERSON.match(rest)
    rest = _POSSESSIVE.sub("", _NEXT_PERSON.sub("", rest))
    if len(rest) < 2 or not any(map(str.isalpha, rest)) or _BARE_LABEL.fullmatch(rest):
        return
    person = people[-1]
    if person.reached or (begins and person.words):
        person = _Person()
        people.append(person)
    pieces = [rest]
    if not _BEGINS_OFFICE.match(rest):
        pieces = _AT_OFFICE.split(rest, maxsplit=1)
        if len(pieces) == 1 and not _PLACED.match(rest):
            pieces = _IN_PLACE.split(rest, maxsplit=1)
            pieces[1:] = [f"in {place}" for place in pieces[1:]]
    person.words += [name for piece in pieces if (name := piece.strip(" ()."))]
