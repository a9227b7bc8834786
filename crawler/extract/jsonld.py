"""JSON-LD: what the scripts of a page say of its article, read however broken they are, in bounded time.

It believes nothing and reads no date: values are handed on as written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from crawler.text import fold, words

Thing = dict[str, Any]

_ARTICLES = words(
    "article newsarticle reportagenewsarticle analysisnewsarticle askpublicnewsarticle opinionnewsarticle"
    " backgroundnewsarticle reviewnewsarticle advertisercontentarticle satiricalarticle scholarlyarticle"
    " medicalscholarlyarticle techarticle blogposting report socialmediaposting liveblogposting"
    " specialannouncement discussionforumposting"
)
_PAGES = words("webpage itempage medicalwebpage collectionpage faqpage qapage aboutpage creativework")
# Where a page's own things stand; lists of other pages (itemListElement, hasPart, …) are left alone.
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "article")
_MAX_CHARACTERS = 1_000_000  # of all scripts of a page
_MAX_THINGS = 500
_MAX_DEPTH = 6
_LONGEST = 400  # characters of a headline
_MAX_DOCUMENTS = 50  # written one after the other in one script

# What is no JSON in a script that means to be: comments, and commas before a closing bracket. Strings are
# matched only to be left alone. What is never closed runs to the end, so that the search stays linear.
_NOISE = re.compile(
    r"""("(?:[^"\\]++|\\.)*+"?)|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|//[^\n]*+|,(?=\s*+[}\]])""", re.DOTALL
)
_WRAPPED = re.compile(r"//\s?<!\[CDATA\[|<!\[CDATA\[|//\s?\]\]>|\]\]>|<!--|-->")
# Of a script beyond repair: the values of these names, where all places agree.
_STATED = re.compile(r'"(datePublished|dateModified|headline)"\s{0,9}:\s{0,9}"([^"\\]{1,400}+)"')


def _documents(text: str) -> Iterator[Any]:
    """The JSON values that stand one after the other in `text`. Raises ValueError at what is none."""
    decoder = json.JSONDecoder(strict=False)
    at, length = 0, len(text)
    for _ in range(_MAX_DOCUMENTS):
        while at < length and text[at] in " \t\r\n,;\ufeff":
            at += 1
        if at >= length:
            return
        value, at = decoder.raw_decode(text, at)
        yield value


def _repaired(text: str) -> str:
    text = _WRAPPED.sub(" ", text)
    if "&quot;" in text[:400] or "&#34;" in text[:400]:
        text = unescape(text)
    return _NOISE.sub(lambda match: match[1] or " ", text)


def _remains(text: str) -> list[Any]:
    """What a script beyond repair says of one article, as if it were one."""
    stated: dict[str, set[str]] = {}
    for name, value in _STATED.findall(text):
        stated.setdefault(name, set()).add(value)
    thing = {name: values.pop() for name, values in stated.items() if len(values) == 1}
    return [{"@type": "Article", **thing}] if "datePublished" in thing else []


def parse(text: str) -> list[Any]:
    """The values in one script, repaired where it needs that. Never raises."""
    for candidate in (str.strip, _repaired):
        try:
            return list(_documents(candidate(text)))
        except (ValueError, RecursionError):
            continue
    return _remains(text)


def _things(value: Any, found: list[Thing], depth: int = 0) -> None:
    """Add the objects that `value` describes as the page's own to `found`."""
    if len(found) >= _MAX_THINGS or depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:_MAX_THINGS]:
            _things(item, found, depth + 1)
    elif isinstance(value, dict):
        found.append(value)
        for name in _INSIDE:
            if isinstance(inside := value.get(name), (dict, list)):
                _things(inside, found, depth + 1)


def read(scripts: list[str]) -> list[Thing]:
    """The objects that the scripts of a page describe as its own, in order."""
    found: list[Thing] = []
    left = _MAX_CHARACTERS
    for script in scripts:
        if len(script) <= left and "{" in script:
            left -= len(script)
            _things(parse(script), found)
    return found


def text(value: Any) -> str:
    """A value as text: a string, the first of a list, or what a {"@value": …} holds; else ""."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else ""


def kinds(thing: Thing) -> set[str]:
    """The types of a thing, in lower case and without their vocabulary's address."""
    stated = thing.get("@type")
    return {
        name.rpartition("/")[2].rpartition(":")[2].lower()
        for name in (stated if isinstance(stated, list) else [stated])[:20]
        if isinstance(name, str)
    }


def _addresses(thing: Thing) -> Iterator[str]:
    page = thing.get("mainEntityOfPage")
    for value in (thing.get("url"), thing.get("@id"), page.get("@id") if isinstance(page, dict) else page):
        if isinstance(value, str):
            yield value.partition("#")[0].partition("?")[0].rstrip("/")


def article(things: list[Thing], addresses: set[str], titles: set[str]) -> Thing:
    """The thing that is the page's article; {} where there is none.

    Of several the one with the page's address or its title, and with a date; else the first. `addresses`
    have neither query nor slash at their end, `titles` are folded. A page with a date comes last.
    """

    def weight(thing: Thing) -> int:
        types = kinds(thing)
        is_article = not _ARTICLES.isdisjoint(types)
        if not is_article and _PAGES.isdisjoint(types):
            return 0
        dated, headline = text(thing.get("datePublished")), text(thing.get("headline") or thing.get("name"))
        of_page = (
            not addresses.isdisjoint(_addresses(thing)) or fold(headline[:_LONGEST]).casefold() in titles
        )
        if is_article:
            return 8 + 4 * of_page + 2 * bool(dated) + bool(headline) if dated or headline else 0
        return 1 + of_page if dated else 0

    best = max(things, key=weight, default={})
    return best if best and weight(best) else {}
