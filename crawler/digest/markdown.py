"""A digest as Markdown (CommonMark; deletions as ~~…~~), for notes, wikis and chat.

Every text from a page is escaped: it can make no markup, link, mention, HTML or template of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.digest import words
from crawler.digest.arrange import Address, Item, item, sections
from crawler.digest.editions import Edition, Note, told_with
from crawler.digest.passages import Run
from crawler.digest.text import closing
from crawler.digest.visible import address, line
from crawler.values import Digest, Op

_MOST_IN_FULL = 100  # events told in full; the rest as one line each
_MARKS = {Op.KEEP: "", Op.DELETE: "~~", Op.INSERT: "**"}
_SPECIAL = re.compile(r"[\\`*_\[\]{}|~$@#!^]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BLOCK_START = re.compile(r"([-+=:]|[0-9]{1,9}(?=[.)]))")
_OPEN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "'": "%27", "*": "%2A", "[": "%5B", "]": "%5D"})


def markdown(digest: Digest) -> str:
    """The whole digest; ends with its coverage and a line feed."""
    blocks = [
        f"# {escape(words.subject(digest))}",
        f"{escape(line(digest.name, 60))} · {words.period(digest)}",
    ]
    in_full = {event.id for event in sorted(digest.events, key=lambda e: -e.weight)[:_MOST_IN_FULL]}
    others = told_with(digest.events)
    for section in sections(digest):
        blocks.append(f"## {section.heading} ({words.number(len(section.events))})")
        for event in section.events:
            told = item(event, others.get(event.id, ()))
            if event.id in in_full:
                blocks += _full(told)
            else:
                also = "".join(f"; {_edition(edition)}" for edition in told.editions)
                blocks.append(f"- {_linked(told.title, told.address)} — {told.label}{also}")
    if not digest.events and not digest.baselines:
        blocks.append("Nothing new.")
    blocks += ["---", *map(escape, closing(digest))]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """`text` (one line) as literal Markdown text, also at the start of a line."""
    literal = _SPECIAL.sub(r"\\\g<0>", text.translate(_ENTITIES))
    start = _BLOCK_START.match(literal)
    if not start:
        return literal
    mark = start[0]
    if mark.isdigit():  # "1." would begin a list
        return f"{mark}\\{literal[len(mark) :]}"
    return f"\\{literal}"


def _linked(text: str, address: Address | None) -> str:
    return (
        f"[{escape(text)}]({address.link.translate(_OPEN_ADDRESS)})"
        if address and address.link
        else escape(text)
    )


def _full(told: Item) -> Iterator[str]:
    yield f"### {_linked(told.title, told.address)}"
    if told.title_before:
        yield f"Title before: {escape(told.title_before)}"
    about = (
        f"**{told.label}**",
        f"{told.weight} weight",
        told.site,
        told.language,
        told.dateline,
        *told.facts,
    )
    yield " · ".join(about[:1] + tuple(escape(said) for said in about[1:] if said))
    if told.reasons:
        yield f"Why: {escape(told.reasons)}"
    if told.figures:
        yield "\n".join(_figures(told))
    yield from map(_note, told.notes)
    if told.summary:
        yield escape(told.summary)
    for passage in told.redline.passages:
        yield "> " + "".join(map(_marked, passage)).strip()
    if told.redline.left_out:
        yield f"and {words.count(told.redline.left_out, 'more changed passage')}"
    if told.old_address and told.address:
        old, new = told.old_address, told.address
        yield f"{_linked(old.text, old)} → {_linked(new.text, new)}"
    for edition in told.editions:
        yield " · ".join((_edition(edition), *map(_note, edition.notes)))


def _edition(edition: Edition) -> str:
    """Another language of the same release: a badge and its linked headline."""
    where = Address(text=edition.text, link=edition.link)
    return f"**{escape(edition.language)}** ({edition.label}): {_linked(edition.title, where)}"


def _note(note: Note) -> str:
    places = ", ".join(_linked(url, Address(text=url, link=address(url))) for url in note.addresses)
    return f"{escape(note.said)} {places}".rstrip()


def _figures(told: Item) -> Iterator[str]:
    for figure in told.figures:
        what = f"{escape(figure.what)}: " if figure.what else ""
        step = f" ({figure.step})" if figure.step else ""
        yield f"- {what}{escape(figure.before)} → **{escape(figure.after)}**{step}"
    if told.more_figures:
        yield f"- and {words.count(told.more_figures, 'more figure')}"


def _marked(run: Run) -> str:
    mark = _MARKS[run.op]
    return f"{mark}{escape(run.text)}{mark}{' ' if run.gap else ''}"
