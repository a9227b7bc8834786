"""From a page with roles to the article's fields: passages, dates, language, contacts, links, images.

Which block is what has been decided before; here values are read, and of several claims one is chosen.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from crawler.extract import attachments as documents
from crawler.extract import contacts, datelines, dates, labels
from crawler.extract.blocks import Box, Run
from crawler.extract.language import detect, direction
from crawler.extract.roles import Reading
from crawler.text import tidy
from crawler.urls import absolute
from crawler.values import Article, Dated, Link, Passage, PassageKind

# Drupal's files directory carries a number of the site's installation; it changes without the file.
_INSTALLATION = re.compile(r"(/sites/g/files/[a-z]+)\d+(?=/)", re.IGNORECASE)
_MOMENTS = 5
_NOTE = 300  # characters: a note before the text has no more
_SCRAP = 60  # characters: a first line shorter than this may be in another language than the text
_ENOUGH = 120  # characters by which a language is told
_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "pubdate",
    "publish-date",
    "publication_date",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)


def _kind(run: Run) -> tuple[PassageKind, int]:
    box = run.box
    if box.level:
        return PassageKind.HEADING, box.level
    if box.quoted:
        return PassageKind.QUOTE, 0
    return (PassageKind.ITEM, box.depth) if box.depth else (PassageKind.PARAGRAPH, 0)


def _tabular(cells: list[tuple[Box | None, list[Run]]]) -> bool:
    """Whether a row's cells hold values: a table used to lay a page out has long texts in them."""
    return len(cells) > 1 and all(
        len(runs) <= 4 and sum(len(run.text) for run in runs) <= 400 for _, runs in cells
    )


def passages(runs: list[Run]) -> tuple[Passage, ...]:
    """The body's passages in reading order; a row of a table is one passage."""
    found: list[Passage] = []
    for row, members in groupby(runs, key=lambda run: run.box.row):
        group = list(members)
        if row is not None:
            cells = [(cell, list(inside)) for cell, inside in groupby(group, key=lambda run: run.box.cell)]
            if _tabular(cells):
                text = " | ".join(" ".join(run.text for run in inside) for _, inside in cells)
                found.append(Passage(kind=PassageKind.ROW, text=text))
                continue
        for run in group:
            kind, level = _kind(run)
            found.append(Passage(kind=kind, text=run.text, level=level))
    return tuple(found)


def _dated(text: object, source: str) -> Dated | None:
    moment = dates.moment(text) if isinstance(text, str) else None
    return Dated(day=moment[0], source=source, at=moment[1]) if moment else None


def _published(reading: Reading, dateline_day: Dated | None) -> Dated | None:
    """When the release came out, by the best witness. Never a date of some other box."""
    head = reading.head
    claims = (
        _dated(head.article.get("datePublished"), "JSON-LD"),
        _dated(head.meta(*_PUBLISHED_METAS), "meta"),
    )
    return next(filter(None, claims), None) or _visible(reading, changed=False) or dateline_day


def _modified(reading: Reading) -> Dated | None:
    head = reading.head
    return (
        _dated(head.article.get("dateModified"), "JSON-LD")
        or _dated(
            head.meta("article:modified_time", "dcterms.modified", "og:updated_time", "datemodified"), "meta"
        )
        or _visible(reading, changed=True)
    )


def _visible(reading: Reading, *, changed: bool) -> Dated | None:
    """A date line beside the headline, its <time> where it has one."""
    for run in reading.runs("date"):
        line = dates.date_line(run.text)
        if line is None or line.changed is not changed:
            continue
        for moment in run.times[:_MOMENTS]:
            if (found := _dated(moment, "time")) is not None:
                return found
        return Dated(day=line.day, source="visible date")
    return None


def _authors(reading: Reading) -> tuple[str, ...]:
    names: list[str] = []
    stated: Any = reading.head.article.get("author")
    for author in stated if isinstance(stated, list) else [stated]:
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str) and "://" not in name:
            names.append(tidy(name[:200]))
    if not names:
        name = reading.head.meta("author", "article:author", "dcterms.creator")
        names = [name] if "://" not in name else []
    return tuple(dict.fromkeys(name for name in names if name))


def _links(reading: Reading, runs: list[Run]) -> tuple[list[Link], list[Link]]:
    """(links, attachments) of the given runs, each address once, in order."""
    links: dict[str, Link] = {}
    attachments: dict[str, Link] = {}
    for run in runs:
        for anchor in run.anchors:
            if anchor.href.lstrip().startswith("#"):
                continue
            url = absolute(anchor.href, reading.head.base)
            if url is None:
                continue
            if documents.leads_to_document(url, anchor):
                following = next(iter(reading.page.runs[run.place + 1 : run.place + 2]), None)
                size = documents.stated_size(anchor, run, following)
                attachments.setdefault(url, Link(url=url, text=anchor.text, size=size))
            else:
                links.setdefault(url, Link(url=url, text=anchor.text))
    return list(links.values()), list(attachments.values())


def _attached(reading: Reading) -> list[Run]:
    """Runs beside the body that may hold its attachments: after the headline, no furniture."""
    start = reading.headline if reading.headline is not None else -1
    return [run for run in reading.page.runs if run.place > start and not run.box.furniture and run.anchors]


def image_path(src: str, base: str) -> str | None:
    """The path of an image: no host, no query (itok, h), no number of the installation."""
    url = absolute(src, base)
    return _INSTALLATION.sub(r"\1", urlsplit(url).path) if url else None


def _images(reading: Reading, body: list[Run]) -> tuple[str, ...]:
    """Images between headline and the end of the body that are part of the article."""
    start = reading.headline if reading.headline is not None else body[0].place
    end = body[-1].place + 1
    found = (
        image_path(picture.src, reading.head.base)
        for picture in reading.page.pictures
        if start < picture.after <= end and not picture.box.furniture
    )
    return tuple(dict.fromkeys(path for path in found if path))


def _is_note(run: Run) -> bool:
    return run.text.lstrip().startswith("*") and len(run.text) < _NOTE


def _opening(body: list[Run]) -> Run:
    """The first passage that is no note to the reader ("* Available in Spanish only")."""
    return next((run for run in body if not _is_note(run)), body[0])


def _spoken(body: list[Run]) -> str:
    """The text the language is told by: without leading notes and scraps, where enough is left."""
    start = next((at for at, run in enumerate(body) if not (_is_note(run) or len(run.text) < _SCRAP)), 0)
    rest = "\n".join(run.text for run in body[start:])
    return rest if len(rest) >= _ENOUGH else "\n".join(run.text for run in body)


def article(reading: Reading, url: str) -> Article:
    """The article of a page whose body is not empty."""
    head = reading.head
    body = reading.runs("body")
    text = "\n".join(run.text for run in body)
    opening = _opening(body)
    dateline = datelines.read(opening.text) if not opening.box.level else None
    day = Dated(day=dateline.date, source="dateline") if dateline and dateline.date else None
    label = [labels.read(run.text) for run in reading.runs("type")]
    contact_lines = [line for run in reading.runs("contact") for line in run.lines]
    links, attachments = _links(reading, body)
    subtitle = next((run.text for run in reading.runs("subtitle")), None)
    return Article(
        title=reading.title,
        subtitle=subtitle,
        dateline=dateline,
        published=_published(reading, day),
        modified=_modified(reading),
        language=detect(_spoken(body), reading.title, lang=head.lang, url=url),
        direction=direction(text, head.direction),
        type=next((each[0] for each in label if each and each[0]), None),
        scope=next((each[1] for each in label if each and each[1]), None),
        body=passages(body),
        contact_text=tuple(contact_lines),
        contacts=contacts.parse(contact_lines),
        authors=_authors(reading),
        links=tuple(links),
        attachments=tuple(attachments or _links(reading, _attached(reading))[1]),
        captions=tuple(dict.fromkeys(run.text for run in reading.runs("caption"))),
        images=_images(reading, body),
        translations=head.translations,
        canonical=head.canonical,
    )
