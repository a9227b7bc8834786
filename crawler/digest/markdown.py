"""A digest as Markdown (CommonMark; deletions as ~~…~~), for notes, wikis and chat.

Every text from a page is escaped: it can make no markup, link, mention, HTML or template of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.digest import words
from crawler.digest.arrange import Address, Item, in_full, item, sections
from crawler.digest.editions import Edition, Note, told_with
from crawler.digest.essence import subject
from crawler.digest.passages import Run
from crawler.digest.text import closing
from crawler.digest.tongue import label, say, says
from crawler.digest.visible import address, line
from crawler.values import Digest, Op

_MARKS = {Op.KEEP: "", Op.DELETE: "~~", Op.INSERT: "**"}
_SPECIAL = re.compile(r"[\\`*_\[\]{}|~$@#!^]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BLOCK_START = re.compile(r"([-+=:]|[0-9]{1,9}(?=[.)]))")
_OPEN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "'": "%27", "*": "%2A", "[": "%5B", "]": "%5D"})


def markdown(digest: Digest) -> str:
    """The whole digest; ends with its coverage and a line feed."""
    blocks = [
        f"# {escape(subject(digest))}",
        f"{escape(line(digest.name, 60))} · {words.period(digest)}",
    ]
    if late := words.lateness(digest):
        blocks.append(escape(late))
    full, others = in_full(digest), told_with(digest.events)
    for section in sections(digest):
        blocks.append(f"## {section.heading} ({words.number(len(section.events))})")
        for group in section.groups:
            if group.heading:
                blocks.append(f"**{escape(group.heading)}**")
            for event in group.events:
                told = item(event, others.get(event.id, ()))
                blocks += _full(told) if event.id in full else _brief(told)
    if not digest.events and not digest.baselines:
        blocks.append(say("Nothing new."))
    if ends := closing(digest):
        blocks += ["---", *map(escape, ends)]
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


def _brief(told: Item) -> Iterator[str]:
    also = "".join(f"; {_edition(edition)}" for edition in told.editions)
    yield f"- {_linked(told.title, told.address)} — {told.label}{also}"


def _full(told: Item) -> Iterator[str]:
    yield f"### {_linked(told.title, told.address)}"
    if told.title_before:
        yield say("Title before: {title}", title=escape(told.title_before))
    about = (
        f"**{told.label}**",
        told.weight,
        told.site,
        told.language,
        told.dateline,
        *told.facts,
    )
    yield " · ".join(about[:1] + tuple(escape(said) for said in about[1:] if said))
    if told.reasons:
        yield say("Why: {reasons}", reasons=escape(told.reasons))
    yield from _facts(told)
    if told.summary:
        yield escape(told.summary)
    for passage in told.redline.passages:
        yield "> " + "".join(map(_marked, passage)).strip()
    if told.redline.left_out:
        yield says("and {n} more changed passage", "and {n} more changed passages", told.redline.left_out)
    if told.old_address and told.address:
        old, new = told.old_address, told.address
        yield f"{_linked(old.text, old)} → {_linked(new.text, new)}"
    if told.pages:
        yield "\n".join(_pages(told))
    for edition in told.editions:
        yield " · ".join((_edition(edition), *map(_note, edition.notes)))


def _facts(told: Item) -> Iterator[str]:
    """What happened inside the release, and what is said of it elsewhere."""
    if told.figures:
        yield "\n".join(_figures(told))
    if told.edits:
        yield "\n".join(_edits(told))
    if told.correction:
        yield f"{label(say('The page says'))} {escape(told.correction)}"
    if told.silent:
        yield escape(told.silent)
    yield from map(_note, told.notes)


def _edition(edition: Edition) -> str:
    """Another language of the same release: a badge and its linked headline."""
    where = Address(text=edition.text, link=edition.link)
    return f"{label(f'**{escape(edition.language)}** ({edition.label})')} {_linked(edition.title, where)}"


def _note(note: Note) -> str:
    places = ", ".join(_linked(url, Address(text=url, link=address(url))) for url in note.addresses)
    return f"{escape(note.said)} {places}".rstrip()


def _figures(told: Item) -> Iterator[str]:
    for figure in told.figures:
        what = f"{escape(figure.what)}: " if figure.what else ""
        step = f" ({figure.step})" if figure.step else ""
        yield f"- {what}{escape(figure.before)} → **{escape(figure.after)}**{step}"
    if told.more_figures:
        yield "- " + says("and {n} more figure", "and {n} more figures", told.more_figures)


def _pages(told: Item) -> Iterator[str]:
    for page in told.pages:
        yield f"- {_linked(page.text, page)}"
    if told.more_pages:
        yield "- " + says("and {n} more page", "and {n} more pages", told.more_pages)


def _edits(told: Item) -> Iterator[str]:
    for edit in told.edits:
        before = f"~~{escape(edit.before)}~~" if edit.before else ""
        after = f"**{escape(edit.after)}**" if edit.after else ""
        detail = f"({escape(edit.detail)})" if edit.detail else ""
        yield f"- {label(escape(edit.label))} {' '.join(filter(None, (before, after, detail)))}"
    if told.more_edits:
        yield "- " + says("and {n} more edit", "and {n} more edits", told.more_edits)


def _marked(run: Run) -> str:
    mark = _MARKS[run.op]
    return f"{mark}{escape(run.text)}{mark}{' ' if run.gap else ''}"
