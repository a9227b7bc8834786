"""What a release of the simulated site is made of, and how its small markup is read.

Draws no page and holds no text: the texts are in `texts_*`, the HTML in `article`.

The markup of `Release.text`, by blocks with a blank line between: `## heading`, `### sub-heading`,
`- item` lines, `1. item` lines (continued on lines set in), `> quote`, `| cell | cell |` lines (the
first is the head of the table), `~` before a block whose line ends are kept (a migrated left-over),
`***` alone, `@ ` before a line of the contact block, `[block:` before a left-over of the former
site. Inside a block `**strong**` and `[words](address)`; the address `files:NAME` is an attachment's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Layout = Literal["current", "seven", "story", "blog"]
Structured = Literal["json-ld", "meta", "both", "none", "broken"]  # broken: JSON-LD that does not parse
PieceKind = Literal["paragraph", "heading", "item", "quote", "row", "leftover", "stars", "contact"]

_FRENCH = tuple((sign, sign.replace(" ", "\u00a0")) for sign in (" :", " ;", " ?", " !", " »", "« "))
_INLINE = re.compile(r"\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One visible unit of a release, in reading order."""

    kind: PieceKind
    lines: tuple[str, ...]  # one, but for a kept line end; the cells of a row
    level: int = 0  # of a heading: 2 or 3
    ordered: bool = False  # of an item
    head: bool = False  # of a row

    @property
    def text(self) -> str:
        """The words as a reader sees them, without markup; cells joined by " | "."""
        return (" | " if self.kind == "row" else " ").join(plain(line) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One language edition of a release, as the site's editors hold it."""

    node: int  # shared by the editions that the site links with one another
    path: str
    headline: str
    published: datetime
    text: str
    language: str = "en"
    type: Literal["news", "statement", "speech", "story", "blog"] = "news"
    scope: Literal["global", "local"] = "global"
    subtitle: str | None = None
    caption: str | None = None
    attachment: tuple[str, str] | None = None  # label, file name
    layout: Layout = "current"
    structured: Structured = "meta"
    cached: bool = True  # False: the site cannot cache it and sends no validators
    title_repeated: bool = False  # as the first line of the body
    modified: datetime | None = None  # last edit; None: never since it was published

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Body and contact block, in reading order."""
        return tuple(_pieces(self.text))

    @property
    def body(self) -> tuple[str, ...]:
        """The words of the body, a unit each: the truth an extraction is measured by."""
        return tuple(
            piece.text for piece in self.pieces if piece.kind not in ("leftover", "stars", "contact")
        )

    @property
    def contact(self) -> tuple[str, ...]:
        """The lines of the contact block."""
        return tuple(piece.text for piece in self.pieces if piece.kind == "contact")

    @property
    def lastmod(self) -> datetime:
        return self.modified or self.published


def prose(text: str) -> str:
    """Markup as it is typed, wrapped at the margin, with one line for what is one line to a reader."""
    return "\n\n".join(_unwrapped(block.strip()) for block in text.strip().split("\n\n"))


def french(text: str) -> str:
    """`prose` with the no-break spaces that French puts inside its quotes and before its high signs."""
    for loose, tight in _FRENCH:
        text = text.replace(loose, tight)
    return prose(text)


def _unwrapped(block: str) -> str:
    if block.startswith(("- ", "1. ")):
        return block.replace("\n  ", " ")
    return block if block.startswith(("~", "|")) else block.replace("\n", " ")


def inline(text: str) -> Iterator[tuple[str, str | None]]:
    """Runs of (words, mark); mark is None, "strong" or the address of a link."""
    position = 0
    for found in _INLINE.finditer(text):
        if found.start() > position:
            yield text[position : found.start()], None
        yield (found[1], "strong") if found[1] else (found[2], found[3])
        position = found.end()
    if position < len(text):
        yield text[position:], None


def plain(text: str) -> str:
    return "".join(words for words, _ in inline(text))


def _pieces(text: str) -> Iterator[Piece]:
    for block in text.split("\n\n"):
        if block == "***":
            yield Piece(kind="stars", lines=(block,))
        elif block.startswith("[block:"):
            yield Piece(kind="leftover", lines=(block,))
        elif block.startswith("#"):
            marks, _, words = block.partition(" ")
            yield Piece(kind="heading", lines=(words,), level=len(marks))
        elif block.startswith("> "):
            yield Piece(kind="quote", lines=(block[2:],))
        elif block.startswith("@ "):
            yield Piece(kind="contact", lines=(block[2:],))
        elif block.startswith("~"):
            yield Piece(kind="paragraph", lines=tuple(block[1:].split("\n")))
        elif block.startswith(("- ", "1. ", "|")):
            yield from _rows(block.split("\n"))
        else:
            yield Piece(kind="paragraph", lines=(block,))


def _rows(lines: list[str]) -> Iterator[Piece]:
    """The items of a list, or the rows of a table."""
    for number, line in enumerate(lines):
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
            yield Piece(kind="row", lines=cells, head=number == 0)
        else:
            mark, _, words = line.partition(" ")
            yield Piece(kind="item", lines=(words,), ordered=mark != "-")
