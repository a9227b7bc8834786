"""From a page with roles to the article's fields: passages, dates, language, contacts, links, images.

Which block is what has been decided before; here values are read, and of several claims one is chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from crawler.extract import attachments as documents
from crawler.extract import authors, contacts, datelines, labels, published
from crawler.extract.blocks import Box, Run
from crawler.extract.language import detect, direction
from crawler.extract.reading import Reading
from crawler.urls import absolute, target
from crawler.values import Article, Dated, Link, Passage, PassageKind

# Drupal's files directory carries a number of the site's installation; it changes without the file.
_INSTALLATION = re.compile(r"(/sites/g/files/[a-z]+)\d+(?=/)", re.IGNORECASE)
_NOTE = 300  # characters: a note before the text has no more
_SCRAP = 60  # characters: a first line shorter than this may be in another language than the text
_ENOUGH = 120  # characters by which a language is told


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


def _pieces(runs: list[Run]) -> Iterator[tuple[str, Run | None]]:
    """The texts of the body in reading order, each with its run; a row of a table is one text, with none."""
    for row, members in groupby(runs, key=lambda run: run.box.around.row):
        if row is not None:
            group = list(members)
            cells = [(cell, list(inside)) for cell, inside in groupby(group, key=lambda run: run.box.cell)]
            if _tabular(cells):
                yield " | ".join(" ".join(run.text for run in inside) for _, inside in cells), None
                continue
            members = iter(group)
        for run in members:
            yield run.text, run


def passages(runs: list[Run]) -> tuple[Passage, ...]:
    """The body's passages in reading order."""
    found: list[Passage] = []
    for text, run in _pieces(runs):
        kind, level = _kind(run) if run is not None else (PassageKind.ROW, 0)
        found.append(Passage(kind=kind, text=text, level=level))
    return tuple(found)


def text(runs: list[Run]) -> str:
    """The text of the body whose passages `passages` gives."""
    return "\n\n".join(text for text, _ in _pieces(runs))


def _anchors(runs: list[Run]) -> Iterator[tuple[Run, int]]:
    """The links of the given runs, each once: a run, and the number of a link in it. One may go on over
    thousands of runs."""
    met: set[int] = set()
    for run in runs:
        for number, anchor in enumerate(run.anchors):
            if id(anchor) not in met:
                met.add(id(anchor))
                yield run, number


def _links(reading: Reading, found: Iterable[tuple[Run, int]]) -> tuple[list[Link], list[Link]]:
    """(links, attachments) of what `_anchors` gives, each address once, in order."""
    links: dict[str, Link] = {}
    attachments: dict[str, Link] = {}
    for run, number in found:
        anchor = run.anchors[number]
        if anchor.href.lstrip().startswith("#") or (url := absolute(anchor.href, reading.head.base)) is None:
            continue
        if not documents.leads_to_document(anchor):
            links.setdefault(url, Link(url=url, text=anchor.text))
        elif url not in attachments:
            following = next(iter(reading.page.runs[run.place + 1 : run.place + 2]), None)
            size = documents.stated_size(run, number, following)
            attachments[url] = Link(url=url, text=anchor.text, size=size)
    return list(links.values()), list(attachments.values())


def _attached(reading: Reading) -> list[Link]:
    """Attachments beside the body: after the headline, no furniture."""
    start = reading.headline if reading.headline is not None else -1
    runs = [run for run in reading.page.runs[start + 1 :] if run.anchors and not run.box.furniture]
    found = (each for each in _anchors(runs) if documents.leads_to_document(each[0].anchors[each[1]]))
    return _links(reading, found)[1]


def image_path(src: str, base: str) -> str | None:
    """The path of an image: no host, no query (itok, h), no number of the installation."""
    url = absolute(src, base)
    return _INSTALLATION.sub(r"\1", target(url).partition("?")[0]) if url else None


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


def _by_role(reading: Reading) -> defaultdict[str, list[Run]]:
    """The page's runs by their role."""
    found: defaultdict[str, list[Run]] = defaultdict(list)
    for run, (role, _) in zip(reading.page.runs, reading.roles, strict=True):
        found[role].append(run)
    return found


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
    runs = _by_role(reading)
    body = runs["body"]
    whole = "\n".join(run.text for run in body)
    opening = _opening(body)
    dateline = datelines.read(opening.text) if not opening.box.level else None
    day = Dated(day=dateline.date, source="dateline") if dateline and dateline.date else None
    came_out, changed = published.read(reading, url, day)
    label = [labels.read(run.listed) for run in runs["type"]]
    contact_lines = [line for run in runs["contact"] for line in run.lines]
    links, attachments = _links(reading, _anchors(body))
    return Article(
        title=reading.title,
        subtitle=next((run.text for run in runs["subtitle"]), None),
        dateline=dateline,
        published=came_out,
        modified=changed,
        language=detect(_spoken(body), reading.title, lang=head.lang, url=url),
        direction=direction(whole, head.direction),
        type=next((each[0] for each in label if each and each[0]), None),
        scope=next((each[1] for each in label if each and each[1]), None),
        body=passages(body),
        contact_text=tuple(contact_lines),
        contacts=contacts.parse(contact_lines),
        authors=authors.read(reading),
        links=tuple(links),
        attachments=tuple({link.url: link for link in (*_attached(reading), *attachments)}.values()),
        captions=tuple(dict.fromkeys(run.text for run in runs["caption"])),
        images=_images(reading, body),
        translations=head.translations,
        canonical=head.canonical,
        node=head.node,
    )
