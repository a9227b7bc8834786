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
    begins = text[:120].lstrip(_MARKS)
    first = begins[:3]
    if first.isascii() and first.lower() not in _BEGINNINGS:
        return False
    return _OPENING.match(fold(begins).lower()) is not None


def start(texts: list[str], separators: set[int]) -> tuple[int, int] | None:
    """Where the contact block lies among the passages `texts`: [first, end), or None.

    `separators` holds the indices of passages that a line of asterisks or a rule stands before.
    """
    for index, text in enumerate(texts):
        if not (len(text) <= 2 * _LONG and opens(text)) and index not in separators:
            continue
        end = _end(texts, index)
        block = texts[index:end]
        if index == 0 or not block:
            continue
        if end < len(texts) and len(block) == 1 and _is_pointer(block[0]):
            continue
        if any(map(reachable, block)) or (opens(text) and any(_REACHES.search(fold(line)) for line in block)):
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


def parse(lines: list[str]) -> tuple[Contact, ...]:
    """The people and offices named in the lines of a contact block, in order."""
    return people.read([_without_introduction(line) for line in lines])


def _without_introduction(line: str) -> str:
    if not opens(line):
        return line
    match = _INTRODUCTION.match(line)
    return line[match.end() :] if match else ("" if not reachable(line) else line)
