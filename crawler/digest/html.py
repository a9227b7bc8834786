"""A digest as an HTML mail that survives Outlook and Gmail: tables, inline styles, under 100 kB.

The weightiest events are told in full, the rest as lines, and what does not fit is counted.
Jinja escapes every value; what a page says never becomes template source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from crawler.digest import words
from crawler.digest.arrange import Item, item, sections
from crawler.digest.editions import leads, told_with
from crawler.digest.visible import line
from crawler.values import Digest

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# Bytes of UTF-8. Gmail cuts a message off at 102 kB and hides the rest, coverage included.
_FULL_BYTES = 56_000
_LINE_BYTES = 20_000
_CLOSING_BYTES = 9_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A section drawn: its items in full, then one line each, then the number left out."""

    heading: str
    total: str
    full: tuple[Markup, ...]
    lines: tuple[Markup, ...]
    left_out: str


def html(digest: Digest) -> str:
    """The whole digest as one HTML document of less than 100,000 bytes."""
    closing, unsaid = _closing(digest)
    return (
        _environment()
        .get_template("letter.html")
        .render(
            subject=words.subject(digest),
            essence=words.essence(digest),
            name=line(digest.name, 60),
            period=words.period(digest),
            preview=" · ".join(line(event.title, 60) for event in digest.events[:3]),
            sections=_sections(digest),
            nothing=not digest.events and not digest.baselines,
            baselines=[line(words.baseline(begun), 400) for begun in digest.baselines[:10]],
            coverage=closing,
            unsaid=unsaid,
        )
    )


def fragment(told: Item) -> str:
    """One event as a small piece of HTML without layout or styles, for a feed's content."""
    return _environment().get_template("entry.html").render(item=told)


def _sections(digest: Digest) -> list[Drawn]:
    full, lines = _drawn(digest)
    shown = []
    for section in sections(digest):
        ids = [event.id for event in section.events]
        in_full = tuple(full[i] for i in ids if i in full)
        as_lines = tuple(lines[i] for i in ids if i in lines)
        left_out = len(ids) - len(in_full) - len(as_lines)
        shown.append(
            Drawn(
                heading=section.heading,
                total=words.number(len(ids)),
                full=in_full,
                lines=as_lines,
                left_out=words.number(left_out) if left_out else "",
            )
        )
    return shown


def _drawn(digest: Digest) -> tuple[dict[str, Markup], dict[str, Markup]]:
    """By event id: what is drawn in full and what as a line, the weightiest first while there is room."""
    in_full, as_line = (_environment().get_template(name) for name in ("item.html", "line.html"))
    full: dict[str, Markup] = {}
    lines: dict[str, Markup] = {}
    room, line_room = _FULL_BYTES, _LINE_BYTES
    others = told_with(digest.events)
    for event in sorted(leads(digest.events), key=lambda event: -event.weight):
        if event.id in full or event.id in lines:
            continue
        told = item(event, others.get(event.id, ()))
        if room > 0 and not lines:
            drawn = _markup(in_full.render(item=told))
            room -= _size(drawn)
            if room > 0:
                full[event.id] = drawn
                continue
        if line_room > 0:
            drawn = _markup(as_line.render(item=told))
            line_room -= _size(drawn)
            if line_room > 0:
                lines[event.id] = drawn
    return full, lines


def _closing(digest: Digest) -> tuple[list[str], str]:
    """The coverage sentences that fit, and how many sites' do not."""
    said: list[str] = []
    room = _CLOSING_BYTES
    for site in digest.coverage:
        sentence = line(words.coverage(site, digest.until, most=4), 1_200)
        room -= 5 * len(sentence.encode())  # an escaped character takes up to 5 bytes
        if room < 0 and said:
            break
        said.append(sentence)
    unsaid = len(digest.coverage) - len(said)
    return said, words.number(unsaid) if unsaid else ""


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

    return Environment(
        loader=PackageLoader("crawler.digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
