"""What a page consists of: runs of text in reading order, each in its tree of boxes.

It reads no markup (`walk` does) and judges no text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.text import tidy

_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(slots=True, eq=False)
class Around:
    """What blocks inherit from the elements around them."""

    hidden: bool = False
    level: int = 0  # inside a heading: 1-6
    depth: int = 0  # inside lists: how many
    quoted: bool = False
    captioned: bool = False
    row: Box | None = None
    cell: Box | None = None


class Met(NamedTuple):
    """Where a walk met a box: how many runs and pictures stood before it, and the link around it."""

    run: int
    picture: int
    link: Anchor | None


class Box:
    """A block-level element: a node of the page's tree."""

    # Most boxes keep most of these, so they are the class's: making a box is the dearest step of a walk.
    label = ""  # its classes and its id
    words: frozenset[str] = _NOTHING  # the words these are made of, lower case
    named = ""  # the one of them that names furniture, as a reason
    role = ""
    itemprop = ""
    entry = False  # Drupal numbers what it shows (data-history-node-id)
    mass = 0.0  # how much prose it holds
    furniture = ""  # why it is no part of an article; empty: it may be
    met: Met | None = None  # of the outermost furniture: where

    def __init__(self, tag: str, parent: Box | None, around: Around, node: LexborNode | None = None) -> None:
        self.tag = tag
        self.parent = parent
        self.around = around
        self.node = node  # None: plain text

    @property
    def key(self) -> int:
        """The identity of the node, as other ways through the tree find it."""
        return self.node.mem_id if self.node is not None else 0

    @property
    def names(self) -> frozenset[str]:
        """Its classes and its id, in lower case."""
        return frozenset(self.label.lower().split())

    @property
    def hidden(self) -> bool:
        return self.around.hidden

    @property
    def level(self) -> int:
        return self.around.level

    @property
    def depth(self) -> int:
        return self.around.depth

    @property
    def quoted(self) -> bool:
        return self.around.quoted

    @property
    def captioned(self) -> bool:
        return self.around.captioned

    @property
    def row(self) -> Box | None:
        return self.around.row

    @property
    def cell(self) -> Box | None:
        return self.around.cell

    def path(self) -> str:
        tags: list[str] = []
        box: Box | None = self
        while box is not None:
            tags.append(box.tag)
            box = box.parent
        return ">".join(reversed(tags))

    def within(self, other: Box) -> bool:
        box: Box | None = self
        while box is not None:
            if box is other:
                return True
            box = box.parent
        return False


class Anchor:
    """A link as the page has it."""

    __slots__ = ("href", "media", "pieces")

    def __init__(self, href: str, media: str = "") -> None:
        self.href = href
        self.media = media  # its type attribute: "application/pdf; length=1234"
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        return tidy("".join(self.pieces))


class Run:
    """A run of text without a block boundary inside."""

    # As with boxes: most runs keep these.
    linked = 0  # characters inside links
    anchors: tuple[Anchor, ...] = ()
    times: tuple[str, ...] = ()  # datetime attributes of <time> inside
    names: frozenset[str] = _NOTHING  # words of the classes of inline elements inside
    lump = False  # all the text of a furnishing
    place = 0  # its number on the page
    prose = 0.0  # how much running text it holds, as `content.weigh` finds

    def __init__(self, text: str, box: Box, lines: tuple[str, ...]) -> None:
        self.text = text
        self.box = box
        self.lines = lines  # as <br> parts them

    @property
    def listed(self) -> str:
        """The text; a lump's with a line for each thing that lies right in its box."""
        return self.text

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text) if self.text else 0.0


class Lump(Run):
    """All the text of a furnishing as one run: a text of the page a line, made tidy when it is asked for."""

    lump = True

    def __init__(self, pieces: list[str], box: Box) -> None:
        self.pieces = pieces
        self.box = box

    @cached_property
    def lines(self) -> tuple[str, ...]:  # type: ignore[override] # computed, where others are given it
        return tuple(text for piece in self.pieces if (text := tidy(piece)))

    @cached_property
    def text(self) -> str:  # type: ignore[override]
        return " ".join(self.lines)

    @property
    def listed(self) -> str:
        inside = self.box.node.iter(include_text=True) if self.box.node is not None else ()
        return "\n".join(text for node in inside if (text := tidy(node.text())))


@dataclass(slots=True, eq=False)
class Picture:
    src: str
    box: Box
    after: int  # the number of runs before it


@dataclass(slots=True, eq=False)
class Page:
    """A page, walked once."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)  # parents before children
    pictures: list[Picture] = field(default_factory=list)
    tree: LexborHTMLParser | None = None  # None: plain text
    too_deep: bool = False  # the walk stopped

    @property
    def root(self) -> Box:
        return self.boxes[0]
