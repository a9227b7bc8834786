"""A digest as HTML that survives Outlook and Gmail: tables, inline styles; a mail of under 100 kB, or whole.

The weightiest events are told in full, the rest as lines; in a mail what does not fit is counted.
Jinja escapes every value; what a page says never becomes template source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from crawler.digest import interpret, tongue, words
from crawler.digest.arrange import Group, Item, Section, in_full, item, sections
from crawler.digest.editions import leads, told_with
from crawler.digest.essence import essence, subject
from crawler.digest.tongue import label, say, says
from crawler.digest.visible import line
from crawler.values import Digest

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# Bytes of UTF-8. Gmail cuts a message off at 102 kB and hides the rest, coverage included.
_FULL_BYTES = 56_000
_LINE_BYTES = 20_000
_CLOSING_BYTES = 9_000
_NO_END = 2**60


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A section drawn: its rows, then the number of events left out."""

    heading: str
    total: str
    rows: tuple[Markup, ...]
    left_out: int


def html(digest: Digest) -> tuple[str, str]:
    """The digest as one HTML document of less than 100,000 bytes, for a mail; and as a whole one, which is
    "" where the first leaves nothing out."""
    mail, is_whole = _document(digest, bounded=True)
    return mail, "" if is_whole else _document(digest, bounded=False)[0]


def _document(digest: Digest, *, bounded: bool) -> tuple[str, bool]:
    """The document, and whether it is whole."""
    closing, unsaid = _closing(digest, bounded=bounded)
    shown = _sections(digest, bounded=bounded)
    drawn = (
        _environment()
        .get_template("letter.html")
        .render(
            subject=subject(digest),
            essence=essence(digest),
            name=line(digest.name, 60),
            period=words.period(digest),
            lateness=words.lateness(digest),
            preview=" · ".join(line(interpret.title(event), 60) for event in digest.events[:3]),
            sections=shown,
            nothing=not digest.events and not digest.baselines,
            baselines=[
                *(line(words.undelivered(letter), 600) for letter in digest.undelivered[:3]),
                *(line(words.baseline(begun), 400) for begun in digest.baselines[:10]),
            ],
            coverage=closing,
            past=digest.past,
            unsaid=unsaid,
            coming=words.coming(digest),
        )
    )
    return drawn, not unsaid and not any(section.left_out for section in shown)


def fragment(told: Item) -> str:
    """One event as a small piece of HTML without layout or styles, for a feed's content."""
    drawn = _environment().get_template("entry.html").render(item=told)
    if tongue.direction() == "ltr":
        return drawn
    return (
        f'<div lang="{tongue.language()}" dir="rtl">\n{drawn}</div>\n'  # a reader's own frame runs otherwise
    )


def _sections(digest: Digest, *, bounded: bool) -> list[Drawn]:
    arranged = sections(digest)
    rows = _drawn(digest, arranged, bounded=bounded)
    shown = []
    for section in arranged:
        found = [[rows[event.id] for event in group.events if event.id in rows] for group in section.groups]
        drawn = [
            row
            for group, inside in zip(section.groups, found, strict=True)
            for row in ([_heading(group), *inside] if inside and group.heading else inside)
        ]
        left_out = len(section.events) - sum(map(len, found))
        total = words.number(len(section.events))
        shown.append(Drawn(heading=section.heading, total=total, rows=tuple(drawn), left_out=left_out))
    return shown


def _drawn(digest: Digest, arranged: tuple[Section, ...], *, bounded: bool) -> dict[str, Markup]:
    """By event id: the weightiest drawn in full, others as a line, while there is room."""
    full_row, line_row = (_environment().get_template(name) for name in ("item.html", "line.html"))
    headed = {event.id: group for section in arranged for group in section.groups for event in group.events}
    full, begun = in_full(digest), set[int]()
    rows: dict[str, Markup] = {}
    room, line_room = (_FULL_BYTES, _LINE_BYTES) if bounded else (_NO_END, _NO_END)
    others = told_with(digest.events)
    for event in sorted(leads(digest.events), key=lambda event: -event.weight):
        if event.id in rows:
            continue
        told, group = item(event, others.get(event.id, ())), headed[event.id]
        heading = 0 if id(group) in begun or not group.heading else _size(_heading(group))
        if event.id in full and room > 0:
            row = _markup(full_row.render(item=told))
            room -= _size(row) + heading
            if room > 0:
                rows[event.id] = row
                begun.add(id(group))
                continue
        if line_room > 0:
            row = _markup(line_row.render(item=told))
            line_room -= _size(row) + heading
            if line_room > 0:
                rows[event.id] = row
                begun.add(id(group))
    return rows


def _heading(group: Group) -> Markup:
    return _markup(_environment().get_template("group.html").render(heading=group.heading))


def _closing(digest: Digest, *, bounded: bool) -> tuple[list[str], int]:
    """The coverage sentences that fit, and how many sites' do not."""
    said: list[str] = [total] if (total := words.total(digest)) else []
    room, unsaid = _CLOSING_BYTES if bounded else _NO_END, len(digest.coverage)
    for site in digest.coverage:
        sentence = line(words.coverage(site, digest.until, most=4), 1_200)
        room -= 5 * len(sentence.encode())  # an escaped character takes up to 5 bytes
        if room < 0 and said:
            break
        said.append(sentence)
        unsaid -= 1
    return said, unsaid


def _size(drawn: str) -> int:
    return len(drawn.encode())


def _markup(drawn: str) -> Markup:
    """What our own template drew, every value in it escaped already."""
    from markupsafe import Markup

    return Markup(drawn)  # noqa: S704 - drawn by a template of this package under autoescape


@cache
def _environment() -> Environment:
    """Jinja over the templates shipped with this package. Loaded on first use: most commands draw no HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crawler.digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"label": label, "say": say, "says": says, "speech": tongue}
    return environment
