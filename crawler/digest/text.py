"""A digest as plain text in 80 columns: the mail's text part, and what a terminal shows.

Safe for a terminal: no control characters, no direction overrides; text from right to left stands on
lines of its own, so that nothing of ours is reordered. Longer digests lose detail, never an event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from crawler.digest import words
from crawler.digest.arrange import Item, Section, in_full, item, sections
from crawler.digest.columns import WIDTH, width, wrap
from crawler.digest.editions import Edition, Note, told_with
from crawler.digest.edits import EditLine
from crawler.digest.essence import subject
from crawler.digest.passages import Run
from crawler.digest.tongue import label, say, says
from crawler.digest.visible import address, clip, line
from crawler.values import Digest, Event, Op

_MARKS = {Op.KEEP: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}


def text(digest: Digest) -> str:
    """The whole digest; ends with its coverage and a line feed."""
    lines = [*wrap(subject(digest)), *wrap(f"{line(digest.name, 60)} · {words.period(digest)}")]
    if late := words.lateness(digest):
        lines += wrap(late)
    full, others = in_full(digest), told_with(digest.events)
    for section in sections(digest):
        lines += _section(section, full, others)
    if not digest.events and not digest.baselines:
        lines += ["", say("Nothing new.")]
    if ends := closing(digest):
        lines += ["", "-" * WIDTH]
    for said in ends:
        lines += wrap(said)
    return "\n".join(lines) + "\n"


def closing(digest: Digest) -> tuple[str, ...]:
    """What ends every format: the baselines, the coverage, then what comes next."""
    covered = tuple(words.coverage(site, digest.until) for site in digest.coverage)
    nothing = () if digest.past else (say("No site was read for this digest."),)
    said = (
        *map(words.baseline, digest.baselines),
        words.total(digest),
        *(covered or nothing),
        *map(words.undelivered, digest.undelivered[:5]),
        words.coming(digest),
    )
    return tuple(filter(None, said))


def _section(
    section: Section, full: Collection[str], others: Mapping[str, tuple[Event, ...]]
) -> Iterator[str]:
    heading = f"{section.heading} ({words.number(len(section.events))})".upper()
    yield from ("", heading, "=" * width(heading))
    for group in section.groups:
        if group.heading:
            yield from ("", group.heading, "-" * width(group.heading))
        for event in group.events:
            yield ""
            told = item(event, others.get(event.id, ()))
            yield from _full(told) if event.id in full else _brief(told)


def _brief(told: Item) -> list[str]:
    where = told.address.text if told.address else told.site
    lines = [*wrap(clip(told.title, 160), first="* ", rest="  "), f"  {told.label} · {where}"]
    return [*lines, *(line for edition in told.editions for line in _edition(edition))]


def _full(told: Item) -> Iterator[str]:
    yield from wrap(told.title, first="* ", rest="  ")
    if told.title_before:
        yield from _indented(say("before: {title}", title=told.title_before))
    kinds = (told.label, told.weight, told.site, told.language)
    yield from _indented(" · ".join(filter(None, kinds)))
    if told.dateline:
        yield from _indented(told.dateline)
    yield from _indented(" · ".join(told.facts))
    if told.reasons:
        yield from _indented(say("why: {reasons}", reasons=told.reasons))
    yield from _figures(told)
    yield from _edits(told)
    yield from _notes(told.notes)
    if told.summary:
        yield ""
        yield from _indented(told.summary)
    yield from _redline(told)
    if told.address:
        yield ""
        if told.old_address:  # an address is never broken: it must survive a click and a copy
            yield f"  {told.old_address.text}"
            yield f"  → {told.address.text}"
        else:
            yield f"  {told.address.text}"
    for page in told.pages:
        yield f"  - {page.text}"
    if told.more_pages:
        yield "  " + says("and {n} more page", "and {n} more pages", told.more_pages)
    for edition in told.editions:
        yield ""
        yield from _edition(edition)


def _edition(edition: Edition) -> Iterator[str]:
    """Another language of the same release: a badge, then its headline on lines of its own."""
    yield f"  [{label(edition.language)} {edition.label}]"
    yield from _indented(edition.title)
    if edition.text:
        yield f"  {edition.text}"
    yield from _notes(edition.notes)


def _notes(notes: Iterable[Note]) -> Iterator[str]:
    for note in notes:
        yield from _indented(note.said)
        yield from (f"    {address}" for address in note.addresses)


def _figures(told: Item) -> Iterator[str]:
    if told.figures:
        yield ""
    for figure in told.figures:
        what = f"{figure.what}: " if figure.what else ""
        step = f" ({figure.step})" if figure.step else ""
        yield from _indented(f"{what}{figure.before} → {figure.after}{step}")
    if told.more_figures:
        yield "  " + says("and {n} more figure", "and {n} more figures", told.more_figures)


def _edits(told: Item) -> Iterator[str]:
    if told.edits or told.correction or told.silent:
        yield ""
    for edit in told.edits:
        detail = f"({edit.detail})" if edit.detail else ""
        if address(edit.before) or address(edit.after):
            yield from _addresses(edit, detail)
            continue
        pieces = [f"[-{edit.before}-]" if edit.before else "", f"{{+{edit.after}+}}" if edit.after else ""]
        yield from _labelled(edit.label, list(filter(None, (*pieces, detail))), apart=told.rtl)
    if told.more_edits:
        yield "  " + says("and {n} more edit", "and {n} more edits", told.more_edits)
    if told.correction:
        yield from _labelled(say("The page says"), [told.correction], apart=told.rtl)
    if told.silent:
        yield from _indented(told.silent)


def _addresses(edit: EditLine, detail: str) -> Iterator[str]:
    """An edit of addresses, each on a line of its own with nothing behind it: it is to be clicked."""
    yield from _indented(f"{label(edit.label)} {detail}".rstrip(" "))
    for mark, where in (("-", edit.before), ("+", edit.after)):
        if where:
            yield f"  {mark} {where}"


def _labelled(words: str, said: list[str], *, apart: bool) -> Iterator[str]:
    """`said` behind its label, or on lines of its own where it is read from right to left."""
    if not apart:
        yield from _indented(f"{label(words)} {' '.join(said)}")
        return
    yield f"  {label(words)}"
    for piece in said:
        yield from _indented(piece)


def _redline(told: Item) -> Iterator[str]:
    for passage in told.redline.passages:
        yield ""
        yield from wrap(_marked(passage), first="  | ", rest="  | ")
    if told.redline.left_out:
        yield "  " + says(
            "and {n} more changed passage", "and {n} more changed passages", told.redline.left_out
        )


def _marked(passage: Iterable[Run]) -> str:
    """The passage on one line: deletions as [-…-], insertions as {+…+}."""
    pieces = ((*_MARKS[run.op], run) for run in passage)
    return "".join(
        f"{before}{run.text}{after}{' ' if run.gap else ''}" for before, after, run in pieces
    ).strip()


def _indented(said: str) -> list[str]:
    return wrap(said, first="  ", rest="  ")
