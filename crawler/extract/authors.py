"""Who wrote a release: what JSON-LD and the metas claim, else the line under the headline that says "By …".

It knows no names: a name is told from a sentence by its length and its form.
"""

from __future__ import annotations

import re
from typing import Any

from crawler.extract import dates
from crawler.extract.head import Head
from crawler.extract.reading import Reading
from crawler.text import fold, tidy, words

_METAS = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "dcterms.creator",
    "dc.creator",
    "byl",
)
_LONGEST = 80  # characters of a name
_MOST = 20
_MOST_WORDS = 7
_LINE = 160  # characters of a byline
_BYLINES = words("byline author authors auteur autor")
_ORGANISATIONS = words("organization newsmediaorganization corporation governmentorganization ngo")
# What a byline begins with, in the languages the program reads.
_BY = re.compile(
    r"(?:(?:written|reported|posted|published|story|words|article|text)\s)?by\b|(?:ein beitrag )?von\b|par\b"
    r"|por\b|per\b|di\b|de\b|door\b|av\b|af\b|text\b|texte\b|texto\b|testo\b|auth?ors?\b"
    r"|aut[eo]ur?e?s?\b|autor[ae]?s?\b|redaktion\b|автор\b|текст\b|بقلم|كتب|كتبت|作者|記者|记者|文／",
    re.IGNORECASE,
)
_MARK = re.compile(r"^[\s:：.|/·•–—-]++")
_APART = re.compile(
    r"\s?[|•·∙;]\s?|\s/\s|,\s|\s(?:and|und|et|y|e|en|og|och|i|ja|és|и|та|و)\s|\s&\s", re.IGNORECASE
)
_BARS = re.compile(r"\s[|•·∙–—-]\s")


def _clean(name: str) -> str:
    """A name as it is written, without what leads it in; "" where it can be none."""
    name = tidy(name[:300])
    if (match := _BY.match(name)) and (name[match.end() : match.end() + 1] or " ") in " :：":
        name = name[match.end() :]
    name = _MARK.sub("", name).strip(" ,;|·•")
    impossible = "://" in name or "@" in name or name.startswith(("www.", "/", "{", "#", "("))
    if impossible or not name or len(name) > _LONGEST or not any(map(str.isalpha, name)):
        return ""
    return name


def _things(value: Any, head: Head) -> list[Any]:
    """The authors a JSON-LD value names: strings and objects, references (@id) looked up on the page."""
    found: list[Any] = []
    for item in (value if isinstance(value, list) else [value])[:_MOST]:
        if isinstance(item, dict) and "@list" in item:
            found += _things(item["@list"], head)
        elif isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
            found += [thing for thing in head.things if thing.get("@id") == item["@id"] and "name" in thing][
                :1
            ]
        else:
            found.append(item)
    return found


def _is_organisation(thing: Any) -> bool:
    kind = thing.get("@type") if isinstance(thing, dict) else None
    return isinstance(kind, str) and kind.lower() in _ORGANISATIONS


def _stated(head: Head) -> list[str]:
    """What JSON-LD says: its persons, where it names any beside organisations."""
    things = _things(head.article.get("author"), head) or _things(head.article.get("creator"), head)
    persons = [thing for thing in things if not _is_organisation(thing)]
    names: list[str] = []
    for thing in persons or things:
        name = thing.get("name") if isinstance(thing, dict) else thing
        names += [each for each in (name if isinstance(name, list) else [name]) if isinstance(each, str)]
    return names


def _persons(names: str) -> list[str]:
    """A claim that lists several persons, parted: each part has the form of a full name."""
    parts = _APART.split(tidy(names[:300]))
    full = all(2 <= len(part.split()) <= 4 and part[:1].isupper() for part in parts)
    return parts if len(parts) > 1 and full else [names]


def _split(line: str) -> list[str]:
    """The names in a byline: "By A. Writer and B. Reader | 3 May 2024"."""
    start = next((part for part in _BARS.split(line) if dates.find(part) is None), "")
    written = dates.find(line)
    if not start and written is not None:
        start = line[: written.start]
    return [
        name
        for part in _APART.split(start)[:_MOST]
        if (name := _clean(part)) and len(name.split()) <= _MOST_WORDS
    ]


def _byline(reading: Reading) -> list[str]:
    """What a line beside the headline says that begins with "By", or that is named as a byline."""
    headline = reading.headline
    if headline is None:
        return []
    for place in range(max(0, headline - 3), min(len(reading.page.runs), headline + 9)):
        run, role = reading.page.runs[place], reading.roles[place][0]
        sentence = len(run.text) > _LINE or (run.prose and run.text[-1] in ".!?…。؟")
        if sentence or run.box.hidden or role in ("title", "caption", "links"):
            continue
        named = role == "byline" or not (run.box.words | run.names).isdisjoint(_BYLINES)
        led_in = _BY.match(run.text) and run.text[:1].isupper()
        if (named or led_in) and (names := _split(run.text)):
            return names
    return []


def read(reading: Reading) -> tuple[str, ...]:
    """The authors, each once, in order."""
    head = reading.head
    claims = (_stated(head), *(head.metas.get(name, []) for name in _METAS))
    site = fold(head.meta("og:site_name")).casefold()
    house: list[str] = []
    for names in claims:
        clean = [name for each in names[:_MOST] for part in _persons(each) if (name := _clean(part))]
        if any(fold(name).casefold() != site for name in clean):
            return tuple(dict.fromkeys(clean))
        house = house or clean
    return tuple(dict.fromkeys(_byline(reading) or house))
