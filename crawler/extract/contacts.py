"""The contact block of a release: which passages it is made of, and the people and offices in it.

It judges by form (an e-mail address, a telephone number, an opening such as "For more information"); it
checks no number or address against the world.
"""

from __future__ import annotations

import re

from crawler.extract import people
from crawler.extract.people import reachable as reachable
from crawler.text import fold, words
from crawler.values import Contact

_OPENING = people.any_of(
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
# The first three letters of those of them that may be in ASCII: most passages begin otherwise.
_BEGINNINGS = words("for med pre con ple pou dem rel veu ser par fav ent fue wei kon ans per") | {"to "}
_MARKS = "*•-– \"'[("
# What makes an opening a contact: without one of these, "For more information, visit …" is only a pointer.
_REACHES = re.compile(
    r"contact|e-?mail|courriel|correo|\btel\b|tél|teléfono|telefone|phone|mobile|móvil|portable|kontakt|"
    r"اتصال|تواصل|الهاتف|هاتف|البريد",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^.{0,90}?(?:contact(?:er|ar a|ar|o con|ez|ato com|e)?|cont[aá]ct[ae](?:nos)?|contate|écrire à|"
    r"dirigirse a|comunicarse con|an|:"
    r"|الاتصال(?: ب| مع)?|التواصل مع)(?::|\s|(?<=ب))",
    re.IGNORECASE,
)
_LONG = 260  # a passage longer than this without an address is prose
_SHORT = 110
_CARD_WORDS = 18


def opens(text: str) -> bool:
    """Whether `text` begins as a contact block does."""
    begins = text[:120]
    if begins[:1] in _MARKS:
        begins = begins.lstrip(_MARKS)
    first = begins[:3]
    if first.isascii() and first.lower() not in _BEGINNINGS:
        return False
    return _OPENING.match(fold(begins).lower()) is not None


def start(texts: list[str], separators: set[int]) -> tuple[int, int] | None:
    """Where the contact block lies among the passages `texts`: [first, end), or None.

    `separators` holds the indices of passages that a line of asterisks or a rule stands before.
    """
    openings = {
        index
        for index, text in enumerate(texts)
        if index and (index in separators or (len(text) <= 2 * _LONG and opens(text)))
    }
    for index, end, reached in _blocks(texts, openings) if openings else ():
        if not (end < len(texts) and end == index + 1 and _is_pointer(texts[index])) and reached:
            return index, end
    # No opening: the last lines, where they are cards.
    first = len(texts)
    while first > 1 and (_card(texts[first - 1]) or _name_line(texts, first - 1)):
        first -= 1
    return (first, len(texts)) if first < len(texts) else None


def _is_pointer(text: str) -> bool:
    """Whether a passage that opens like a contact is a sentence of the text: "For more, see the annex, or
    write to …"."""
    return text[-1] in ".!?؟。" and not _REACHES.search(fold(text)) and not _card(text)


def _card(text: str) -> bool:
    """Whether `text` is a name with its addresses, not a sentence that mentions one."""
    if not reachable(text):
        return False
    rest = people.without_data(text)
    return len(rest.split()) <= _CARD_WORDS and (text[-1] not in ".!?؟۔。" or "," in rest or ":" in rest)


def _blocks(texts: list[str], openings: set[int]) -> list[tuple[int, int, bool]]:
    """(first, end, whether it says how to reach somebody) of the blocks that begin at `openings`: as far as
    the last line that says so before the text is prose again. One pass for all: there may be thousands."""
    found: list[tuple[int, int, bool]] = []
    last = address = -1  # before the next prose: the last line that says how, the last with an address
    for index in range(len(texts) - 1, min(openings) - 1, -1):
        text = texts[index]
        has_address, contactish = reachable(text), _contactish(text)
        if not contactish and index not in openings:
            last = address = -1
            continue
        says_how = has_address or _REACHES.search(fold(text)) is not None
        opening = index in openings and opens(text)
        if index in openings and (contactish or opening):
            reached = has_address or address > index or (opening and (says_how or last > index))
            found.append((index, max(index, last) + 1, reached))
        if not contactish:
            last = address = -1
            continue
        last = index if says_how and last < 0 else last
        address = index if has_address and address < 0 else address
    return found[::-1]


def _contactish(text: str) -> bool:
    if reachable(text):
        return len(text) <= 2 * _LONG
    return len(text) <= _SHORT and text[-1:] not in ".!?؟。…"


def _name_line(texts: list[str], index: int) -> bool:
    """Whether a short line names the person whose card follows."""
    following = texts[index + 1 : index + 3]
    return any(map(_card, following)) and len(texts[index]) <= 60 and texts[index][-1] not in ".!?؟۔。"


def parse(lines: list[str]) -> tuple[Contact, ...]:
    """The people and offices named in the lines of a contact block, in order."""
    return people.read([_without_introduction(line) for line in lines])


def _without_introduction(line: str) -> str:
    if not opens(line):
        return line
    match = _INTRODUCTION.match(line)
    return line[match.end() :] if match else ("" if not reachable(line) else line)
