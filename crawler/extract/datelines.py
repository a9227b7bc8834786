"""The dateline: the place and date a release opens with ("Cairo, 4 May 2020 – …").

It names no places from a list: a dateline is told by its form. Prose with an early dash is none; where an
undated opening can be read either way, it is taken for prose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from crawler.extract import dates, labels
from crawler.text import words
from crawler.values import Dateline

_REACH = 130  # a dateline ends within so many characters
# A dash with blanks on both sides or only after it; a long dash may stand without any, or be doubled.
_DASH = re.compile(r"\s?(?:[–—―−]{1,2}|--|-(?=\s))-?\s*+")
# A dash inside a sentence: these come in pairs, so an odd number says that one was met before.
_INSERTION = re.compile(r"\s(?:[-–—―−]|--)\s|[—―]++")
_SENTENCE = re.compile(r"[.!?؟。]\s|[。！？]")
_FULL_STOP = re.compile(r"\)?\s?(?P<stop>[.:])\s++")  # after a whole date: "Lima, 15 de julio de 2016. La …"
_LINK_WORDS = words(
    "and et y e und de del della di da do dos das du des la le les el los las l d of the in en al ad bin upon"
    " sur am im wa es und i и nell dell à"
)
# Small-lettered words of countries' names: "République démocratique du Congo".
_EPITHETS = words(
    "démocratique centrafricaine dominicaine équatoriale saoudite tchèque arabe arabes unis unies occidental"
    " occidentale oriental orientale latine centrale australe populaire fédérale équatorienne"
)
# Words that open a sentence or name a part of a release, never a place.
_OPENERS = words(
    "on since from until till before after by between during for at as amid ahead despite while when"
    " with into"
    " depuis dès après avant pendant durant entre selon malgré lors jusqu au aux"
    " desde hasta tras antes después durante según pese entre ante"
    " após até segundo apesar em no na nos nas aos"
    " seit ab vor nach bis am im zum beim während trotz"
    " с до после в во на по за от к"
    " منذ بعد قبل في من حتى خلال على عند عام بين"
    " yesterday today tomorrow tonight hier aujourd demain ayer hoy mañana ontem hoje amanhã gestern"
    " heute morgen"
    " вчера сегодня أمس اليوم غدا"
    " background context note notes summary introduction correction photo photos breaking live about question"
    " answer editor updated published posted last key how why what who where learn read by"
    " publié actualisé publicado actualizado aktualisiert veröffentlicht contexte contexto hintergrund"
    " résumé resumen resumo zusammenfassung correctif corrección nota"
    " antecedentes foto fotos"
)
_WEEKDAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi"
    " samedi dimanche"
    " lunes martes miércoles jueves viernes sábado domingo montag dienstag mittwoch donnerstag freitag"
    " samstag"
    " sonntag lunedì martedì mercoledì giovedì venerdì sabato domenica الاثنين الإثنين الثلاثاء الأربعاء"
    " الخميس"
    " الجمعة السبت الأحد"
)
_OCCASIONS = words(
    "day week month year decade anniversary journée semaine année día semana año dia ano tag jahr"
)
_AGENCIES = words(
    "iom oim un onu nu unhcr acnur hcr unicef who oms wfp pam pma undp pnud unfpa fao ilo oit icrc cicr ifrc"
    " ocha unesco unrwa nato eu ue ngo ong мом оон المنظمة منظمة وكالة"
)
_PRESS = words("ap afp reuters dpa efe ansa xinhua tass")  # agencies that sign after the place: "(AP)"
_AGENCY_NOTE = re.compile(
    r"\s?[(/]\s?(?:{})\s?\)?$".format("|".join(sorted(_AGENCIES | _PRESS))), re.IGNORECASE
)
# What goes on with a sentence in scripts without capitals: Arabic relative pronouns, "and", "that is".
_GOES_ON = re.compile(
    r"(?:الذي|التي|الذين|اللواتي|اللاتي|اللذين|أي|أو|بل|لا|مثل|بما|ثم|كما|وهي|وهو|وهم|وهن|وهما)\b"
)
_FUNCTION_WORDS = re.compile(r"[的和与及了是在被把はがをにでと]|\sو\w{3}")  # Chinese, Japanese; Arabic "and"
_NAME = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*+\.?")
_JOINED = re.compile(r"[,،(–—-]")  # what parts place and date on a line of their own
_INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_]\.[^\W\d_]\.$")  # "Washington D.C."
_PLACE_TEXT = re.compile(r"[\w\s'’.,،/()&\-]+")
_MAX_WORDS, _MAX_PLACES, _MAX_NAMES = 9, 5, 4  # of one place's names, link words are not counted
_CASELESS = 30  # characters: where letters have no case, a longer opening is a sentence


def _bare(text: str) -> str:
    """`text` without combining marks (Arabic vowels, Indic signs), which are no letters to a pattern."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "M")


def _capital(name: str) -> bool:
    """Whether `name` begins with a capital, or its last part does: "al-Hasakah", "d’Ivoire"."""
    last = re.split(r"['’\-]", name)[-1]
    return name[0].isupper() or last[:1].isupper()


def _is_place(text: str) -> bool:
    """Whether `text` can be a place's name: each word with a capital, where the script has them."""
    text = _bare(text)
    if not text or not _PLACE_TEXT.fullmatch(text) or any(letter.isdigit() for letter in text):
        return False
    names = _NAME.findall(text)
    if not names or sum(name.lower() not in _LINK_WORDS for name in names) > _MAX_NAMES:
        return False
    for position, name in enumerate(names):
        word = name.rstrip(".").lower()
        cased = name.upper() != name.lower()
        if re.split(r"['’]", word)[-1] in _AGENCIES or word in _OCCASIONS or (cased and len(name) == 1):
            return False
        if cased and not _capital(name) and (position == 0 or word not in _LINK_WORDS | _EPITHETS):
            return False
    first = re.split(r"['’]", names[0].rstrip(".").lower())[0]
    return first not in _OPENERS and not (len(names) == 1 and first in _LINK_WORDS)


def _stripped(text: str) -> str:
    """`text` without the marks that part it from what follows; initials keep their point."""
    text = text.rstrip(" ,،(-–—")
    return text if _INITIALS.search(text) else text.rstrip(" ,،(-–—.")


def _places(text: str) -> tuple[str, ...] | None:
    """The places of "City1/City2, Country"; None where it is no such list."""
    text = _stripped(text).lstrip(" ,،")
    places = tuple(part.strip() for part in re.split(r"[/,،]", text))
    if len(_NAME.findall(text)) > _MAX_WORDS or len(places) > _MAX_PLACES or not all(map(_is_place, places)):
        return None
    return places


def _parts(text: str) -> tuple[tuple[str, ...], dates.Written | None] | None:
    """Places and date of a whole dateline; None where `text` is none."""
    text = _AGENCY_NOTE.sub("", text)
    found = dates.find(text)
    if found is None:
        places = _places(text)
        if places is None or labels.is_label(text) or places[0].lower() in _WEEKDAYS:
            return None
        return places, None
    before, after = _stripped(text[: found.start]), text[found.end :].strip(" .,()،")
    if not before:
        places = _places(after) if after else ()
        return None if places is None else (places, found)
    head, _, article = before.rpartition(" ")
    if head.endswith((",", "،")) and article.lower() in _LINK_WORDS:
        before = head  # "Genève, le 16 octobre"
    places = _places(before)
    if not places or (after and after.lower() not in _AGENCIES):
        return None
    names = places[-1].split()
    if names[-1].lower() in _WEEKDAYS:
        places = (*places[:-1], " ".join(names[:-1])) if len(names) > 1 else places[:-1]
    return places, found


def _begins_sentence(text: str) -> bool:
    """Whether `text` can begin a release: not in small letters, as the rest of a sentence would."""
    first = text.lstrip("\"'“”„«»‘’¿¡([ \u00a0")[:1]
    return bool(first) and not first.islower()


def _inserted(text: str) -> bool:
    """Whether the dash before `text` opened an insertion that a second one in this sentence ends."""
    end = _SENTENCE.search(text)
    sentence = text[: end.start()] if end else text
    return len(_INSERTION.findall(sentence[: 2 * _REACH])) % 2 == 1


def _accept(prefix: str, rest: str) -> bool:
    parts = _parts(prefix)
    if parts is None:
        return False
    if parts[1] is not None:
        return True
    if rest and (not _begins_sentence(rest) or _inserted(rest)):
        return False
    if prefix.upper() == prefix.lower():
        unlike = _FUNCTION_WORDS.search(prefix) or _GOES_ON.match(rest)
        return len(prefix) <= _CASELESS and len(prefix.split()) <= 4 and not unlike
    return True


def _openings(paragraph: str) -> Iterator[tuple[str, str]]:
    """(what may be the dateline, what follows it), shortest first."""
    head = paragraph[:_REACH]
    for match in _DASH.finditer(head):
        yield head[: match.start()], paragraph[match.end() :]
    found = dates.find(head)
    if found and found.value and (stop := _FULL_STOP.match(paragraph, found.end)):
        prefix, rest = paragraph[: stop.start("stop")], paragraph[stop.end() :]
        if "," in prefix or "،" in prefix or "(" in prefix:
            yield prefix, rest if _begins_sentence(rest) else ""


def read(paragraph: str) -> Dateline | None:
    """The dateline that `paragraph`, the first of a body, opens with or consists of; else None."""
    best = ""
    # The longest opening wins: "طرابلس - 17 مارس 2022" holds a dash of its own.
    for prefix, rest in _openings(paragraph):
        if prefix and (not best or dates.find(prefix)) and _accept(prefix, rest):
            best = prefix
    alone = len(paragraph) <= 80 and _JOINED.search(paragraph) and dates.find(paragraph) and _parts(paragraph)
    if alone and not (best and dates.find(best)):
        best = paragraph
    parts = _parts(best) if best else None
    if parts is None:
        return None
    places, found = parts
    text = best.rstrip(" ,،")
    text = text if _INITIALS.search(text) else text.rstrip(" .")
    return Dateline(text=text, places=places, date=found.value if found else None)
