"""The contact block of a release: which passages it is made of, and the people and offices in it.

It judges by form (an e-mail address, a telephone number, an opening such as "For more information"); it
checks no number or address against the world.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.text import fold
from crawler.values import Contact

EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# A number as written: "+41 22 717 9111", "+ (54) 11 5219 2033", "(0) 22 …"; at most 40 characters.
_PHONE = re.compile(
    r"(?<![\w@])(?:\+|00)[ ]?\(?\d[\d ().\-/]{5,30}\d|(?<![\w@+])\(?\d[\d ().\-/]{6,30}\d(?![\w@])"
)
_INTERNATIONAL = re.compile(r"(?<![\w@])(?:\+ ?\(?|00)\d[\d ().\-/]{5,30}\d")
_DIGITS = re.compile(r"\d")


def _any_of(*patterns: str, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", re.IGNORECASE)


_OPENING = _any_of(
    r"for (?:more|further|additional|any) (?:info|details|question|quer|enquir|inquir)",
    r"for media (?:enquir|inquir|quer|info)",
    r"for (?:more |further )?(?:press|media)\b",
    r"(?:media|press) (?:contacts?|enquir|inquir|quer)",
    r"contacts?\b|please contact|to arrange (?:an )?interview",
    r"pour (?:plus|davantage|de plus|toutes?|tout)(?: amples)?(?: d'| de )?(?:info|rens|détail|question)",
    r"pour toute demande",
    r"(?:contacts?|demandes?|relations?) (?:presse|médias?)|veuillez contacter|service (?:de )?presse",
    r"para (?:más|mas|mayor|mayores|obtener más|mais|obter mais) (?:info|detal)",
    r"contactos?\b|contatos?\b|contáctenos|favor (?:de )?contactar|póngase en contacto|entre em contato",
    r"(?:für|fuer) (?:weitere|mehr|nähere|rückfragen|presseanfragen)|weitere informationen",
    r"(?:presse|medien)?kontakte?\b|ansprechpartner",
    r"per (?:ulteriori|maggiori|altre) info",
    r"(?:و?ل|من أجل )?(?:لل?مزيد|المزيد|لمزيد) من المعلومات|لمعلومات أكثر|للاستفسار|للتواصل",
    r"لل?اتصال|جهات? الاتصال|يرجى (?:الاتصال|التواصل)",
)
# What makes an opening a contact: without one of these, "For more information, visit …" is only a pointer.
_REACHES = re.compile(
    r"contact|e-?mail|courriel|correo|\btel\b|tél|teléfono|telefone|phone|mobile|móvil|portable|kontakt|"
    r"اتصال|تواصل|الهاتف|هاتف|البريد",
    re.IGNORECASE,
)
_LABEL = _any_of(
    r"tel(?:ephone|éfono|efone|efon)?|tél(?:éphone)?|phone|mobile|mob|cell|celular|móvil|portable|fax",
    r"teléfono (?:móvil|celular|fijo)|whatsapp|e-?mails?|courriel|mél",
    r"correo(?: electrónico)?|correio(?: eletrônico)?",
    r"(?:رقم )?(?:الهاتف|هاتف|الجوال|جوال|موبايل)|(?:البريد|بريد)(?: الإلكتروني| الالكتروني| إلكتروني)?",
    before=r"(?<!\w)",
    after=r"(?!\w)\.?",
)
_BARE_LABEL = _any_of("office", "direct", "mail", "at", "on", "number", "num", "media", "contacts?", "press")
_INTRODUCTION = re.compile(
    r"^.{0,90}?(?:contact(?:er|ar|o con|ez|ato com)?|écrire à|dirigirse a|comunicarse con|an|:"
    r"|الاتصال(?: ب| مع)?|التواصل مع)(?::|\s|(?<=ب))",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:IOM|OIM|HQ|headquarters|office|bureau|oficina|escritório|mission|misión|missão|büro|regional|siège|sede"
    r"|unit)\b|مكتب|المنظمة|البعثة",
    re.IGNORECASE,
)
_PLACED = re.compile(r"^(?i:in|en|à|au|aux|im|em|في)\s(?=[^\Wa-z\d_])")
_NEXT_PERSON = re.compile(r"^(?:or|and|ou|et|o|y|e|oder|und|أو|و)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"[,;|•·،\n]|:\s|\s[-–—]\s|(?<=[^\W\d_])\. (?=[A-Z])")
_AT_OFFICE = re.compile(
    r"\s(?:at|from|in|of|de|à|en|del|da|bei|في|من)\s(?=.{0,20}(?:IOM|OIM|HQ|المنظمة|مكتب))|\s\(",
    re.IGNORECASE,
)
_LONG = 260  # a passage longer than this without an address is prose
_SHORT = 110
_CARD_WORDS = 18


def reachable(text: str) -> bool:
    """Whether `text` holds an e-mail address or an international telephone number."""
    return ("@" in text and EMAIL.search(text) is not None) or _INTERNATIONAL.search(text) is not None


def opens(text: str) -> bool:
    """Whether `text` begins as a contact block does."""
    return _OPENING.match(fold(text[:120]).lstrip("*•-– \"'[(").lower()) is not None


def start(texts: list[str], separators: set[int]) -> tuple[int, int] | None:
    """Where the contact block lies among the passages `texts`: [first, end), or None.

    `separators` holds the indices of passages that a line of asterisks or a rule stands before.
    """
    for index, text in enumerate(texts):
        if not (opens(text) and len(text) <= 2 * _LONG) and index not in separators:
            continue
        end = _end(texts, index)
        block = texts[index:end]
        if index == 0 or not block:
            continue
        if any(map(reachable, block)) or (opens(text) and any(_REACHES.search(fold(line)) for line in block)):
            return index, end
    # No opening: the last lines, where they are cards.
    first = len(texts)
    while first > 1 and (_card(texts[first - 1]) or _name_line(texts, first - 1)):
        first -= 1
    return (first, len(texts)) if first < len(texts) else None


def _card(text: str) -> bool:
    """Whether `text` is a name with its addresses, not a sentence that mentions one."""
    if not reachable(text):
        return False
    rest = _PHONE.sub(" ", EMAIL.sub(" ", text))
    return len(rest.split()) <= _CARD_WORDS and (text[-1] not in ".!?؟۔。" or "," in rest or ":" in rest)


def _end(texts: list[str], first: int) -> int:
    """The end of a block that begins at `first`: before the first passage that is prose again."""
    end = first
    while end < len(texts) and (_contactish(texts[end]) or (end == first and opens(texts[end]))):
        end += 1
    # Short lines after the last address belong to what follows.
    while end > first + 1 and not reachable(texts[end - 1]) and not _REACHES.search(fold(texts[end - 1])):
        end -= 1
    return end


def _contactish(text: str) -> bool:
    if reachable(text):
        return len(text) <= 2 * _LONG
    return len(text) <= _SHORT and text[-1:] not in ".!?؟。…"


def _name_line(texts: list[str], index: int) -> bool:
    """Whether a short line names the person whose card follows."""
    following = texts[index + 1 : index + 3]
    return any(map(_card, following)) and len(texts[index]) <= 60 and texts[index][-1] not in ".!?؟۔。"


@lru_cache(maxsize=512)
def e164(number: str) -> str:
    """`number` in E.164 form where it is a possible international number, else as written."""
    # The library's tables take a while to load, and most pages have no number.
    import phonenumbers

    digits = "".join(re.findall(r"[+\d]", number.replace("(0)", "")))
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    if not digits.startswith("+"):
        return number.strip()
    try:
        parsed = phonenumbers.parse(digits, None)
    except phonenumbers.NumberParseException:
        return number.strip()
    if not phonenumbers.is_possible_number(parsed):
        return number.strip()
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


class _Person:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.phones: list[str] = []
        self.emails: list[str] = []

    def contact(self) -> Contact | None:
        if not (self.phones or self.emails or len(self.words) > 1):
            return None
        offices = [text for text in self.words if _OFFICE.search(text) or _PLACED.match(text)]
        others = [text for text in self.words if text not in offices]
        return Contact(
            name=others[0] if others else None,
            role=others[1] if len(others) > 1 else None,
            office=_PLACED.sub("", offices[0]) if offices else None,
            phones=tuple(self.phones),
            emails=tuple(self.emails),
        )


def parse(lines: list[str]) -> tuple[Contact, ...]:
    """The people and offices named in the lines of a contact block, in order."""
    people: list[_Person] = [_Person()]
    for line in lines:
        parted = EMAIL.sub(lambda match: match.group() + "\n", _without_introduction(line))
        for part in _SPLIT.split(parted):
            _take(part, people)
    return tuple(contact for person in people if (contact := person.contact()))


def _without_introduction(line: str) -> str:
    if not opens(line):
        return line
    match = _INTRODUCTION.match(line)
    return line[match.end() :] if match else ("" if not reachable(line) else line)


def _take(part: str, people: list[_Person]) -> None:
    emails = EMAIL.findall(part)
    phones = [] if emails and not _INTERNATIONAL.search(part) else _PHONE.findall(EMAIL.sub(" ", part))
    phones = [phone for phone in phones if len(_DIGITS.findall(phone)) >= 7]
    rest = EMAIL.sub(" ", part)
    for phone in phones:
        rest = rest.replace(phone, " ")
    rest = _LABEL.sub(" ", rest)
    rest = " ".join(rest.split()).strip(" .:()[]*-–—/ـ")
    begins = _NEXT_PERSON.match(rest)
    rest = _NEXT_PERSON.sub("", rest)
    person = people[-1]
    if len(rest) > 1 and any(letter.isalpha() for letter in rest) and not _BARE_LABEL.fullmatch(rest):
        if person.phones or person.emails or (begins and person.words):
            person = _Person()
            people.append(person)
        pieces = _AT_OFFICE.split(rest, maxsplit=1)
        if len(pieces) > 1 and _OFFICE.search(pieces[0]):
            pieces = [rest]
        person.words += [name for piece in pieces if (name := piece.strip(" ()"))]
    person.phones += [e164(phone) for phone in phones]
    person.emails += [email.rstrip(".-") for email in emails]
