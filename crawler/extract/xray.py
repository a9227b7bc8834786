"""A page under X-ray: its text in order as one HTML document, what was kept and what was dropped, and why.

It decides nothing about the page, and trusts nothing of it: Jinja escapes every value, no address becomes a
link, and the document's policy lets no script run and nothing be loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from crawler.terminal import printable
from crawler.values import Article, Block, Extraction, Link

if TYPE_CHECKING:
    from jinja2 import Environment

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")  # the form of a BCP 47 tag
_BODY = "body"
_SHORT = 48  # characters: shorter texts that were dropped stand side by side
_OPEN = 20  # texts of a dropped stretch that stand open; twice as many are not folded
_SHOWN = 12  # links of a field that are named; the rest is counted
_VERDICTS = {
    "body": ("Body", "the article's text, compared from visit to visit"),
    "field": ("Field", "kept, but not in the body: headline, date, caption, contacts"),
    "dropped": ("Dropped", "menus, teasers, banners: what lies around the article"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block, or one of the texts of furniture that is one block, as it is drawn."""

    text: str
    path: str
    look: str  # "heading", "cell", "item", "quote", "short" or "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring blocks with one verdict."""

    verdict: str  # "body", "field" or "dropped"
    label: str
    role: str
    why: str
    blocks: int
    pieces: tuple[Piece, ...]
    folded: tuple[Piece, ...]  # those that show when asked for: the rest of a long menu
    size: int  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of the legend."""

    verdict: str
    label: str
    meaning: str
    blocks: int
    share: int  # percent of the page's text


def draw(reading: Extraction, *, source: str) -> str:
    """The X-ray page of an extraction made with `explain`; `source` names the page it was."""
    article = reading.article
    stretches = tuple(_stretches(reading.blocks))
    return (
        _environment()
        .get_template("xray.html")
        .render(
            source=_shown(source),
            title=_shown(article.title if article else "") or "No article",
            direction=article.direction if article else "auto",
            language=_language(article),
            unreadable=_shown(reading.unreadable or ""),
            fields=tuple(_fields(reading)),
            stretches=stretches,
            legend=_legend(stretches),
        )
    )


def _shown(text: str) -> str:
    """`text` that HTML can hold and that cannot reorder our own words."""
    return printable(text).encode("utf-8", "replace").decode()


def _language(article: Article | None) -> str | None:
    language = article.language if article else None
    return language if language and _LANGUAGE.fullmatch(language) else None


def _verdict(block: Block) -> str:
    if not block.kept:
        return "dropped"
    return "body" if block.role == _BODY else "field"


def _stretches(blocks: tuple[Block, ...]) -> Iterator[Stretch]:
    for (verdict, role, why), group in groupby(blocks, key=lambda b: (_verdict(b), b.role, b.why)):
        members = tuple(group)
        pieces = tuple(_piece(text, block, verdict) for block in members for text in block.text.split("\n"))
        cut = _OPEN if verdict == "dropped" and len(pieces) > 2 * _OPEN else len(pieces)
        yield Stretch(
            verdict=verdict,
            label=_VERDICTS[verdict][0],
            role=_shown(role),
            why=_shown(why),
            blocks=len(members),
            pieces=pieces[:cut],
            folded=pieces[cut:],
            size=sum(len(piece.text) for piece in pieces),
        )


def _piece(text: str, block: Block, verdict: str) -> Piece:
    tags = block.tag.split(">")
    if verdict == "dropped" and len(text) < _SHORT:
        look = "short"
    elif tags[-1] in ("h1", "h2", "h3", "h4", "h5", "h6"):
        look = "heading"
    elif "td" in tags[-3:] or "th" in tags[-3:]:
        look = "cell"
    elif "li" in tags[-3:]:
        look = "item"
    elif "blockquote" in tags[-3:]:
        look = "quote"
    else:
        look = "text"
    return Piece(text=_shown(text), path=_shown(" › ".join(tags)), look=look)


def _legend(stretches: tuple[Stretch, ...]) -> tuple[Mark, ...]:
    blocks, sizes = Counter[str](), Counter[str]()
    for stretch in stretches:
        blocks[stretch.verdict] += stretch.blocks
        sizes[stretch.verdict] += stretch.size
    whole = sizes.total() or 1
    return tuple(
        Mark(
            verdict=verdict,
            label=label,
            meaning=meaning,
            blocks=blocks[verdict],
            share=round(100 * sizes[verdict] / whole),
        )
        for verdict, (label, meaning) in _VERDICTS.items()
    )


def _fields(reading: Extraction) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The article's fields that have a value: a name, and lines to show."""
    article = reading.article
    if article is None:
        return
    scopes = [part for part in (article.type, article.scope) if part]
    dates = {"Published": article.published, "Modified": article.modified}
    contacts = [
        ", ".join(part for part in (c.name, c.role, c.office, *c.phones, *c.emails) if part)
        for c in article.contacts
    ]
    rows: list[tuple[str, list[str]]] = [
        ("Headline", [article.title]),
        ("Subtitle", [article.subtitle or ""]),
        ("Dateline", [article.dateline.text if article.dateline else ""]),
        *((name, [f"{dated} · from {dated.source}"] if dated else []) for name, dated in dates.items()),
        ("Language", [f"{article.language or 'not known'}, {article.direction}"]),
        ("Type", [" · ".join(scopes)]),
        ("Authors", [", ".join(article.authors)]),
        ("Body", [f"{len(article.body):,} passages, {len(article.text):,} characters"]),
        ("Contacts", contacts),
        ("Attachments", _links(article.attachments)),
        ("Captions", list(article.captions)),
        ("Images", list(article.images)),
        ("Translations", _links(article.translations)),
        ("Address", [article.canonical or ""]),
        ("Layout", [reading.layout or "none that is known"]),
        ("Notes", list(reading.notes)),
    ]
    for name, values in rows:
        lines = tuple(_shown(value) for value in values if value)
        if lines:
            more = (f"and {len(lines) - _SHOWN:,} more",) if len(lines) > _SHOWN else ()
            yield name, lines[:_SHOWN] + more


def _links(links: tuple[Link, ...]) -> list[str]:
    return [" · ".join(part for part in (link.language, link.text, link.url) if part) for link in links]


@cache
def _environment() -> Environment:
    """Jinja over this package's template. Loaded on first use: most extractions draw no HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("crawler.extract"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
