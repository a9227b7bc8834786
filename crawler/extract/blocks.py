"""HTML → a page of blocks: runs of text in reading order, each in its tree of boxes, and what the head says.

It judges nothing: which blocks are the article is decided elsewhere. What a reader cannot see by the markup
alone (scripts, templates, hidden elements) is left out or marked hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract import cloaked
from crawler.text import tidy, words

_INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s"
    " samp small span strike strong sub sup time tt u var wbr"
)
_SKIPPED = words(
    "script style template noscript svg math iframe object embed canvas audio video map select textarea input"
    " button datalist progress meter head title link meta base col colgroup -comment noframes"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN_CLASSES = words(
    "visually-hidden visuallyhidden sr-only element-invisible screen-reader-text screen-reader-only hidden"
    " assistive-text a11y-hidden u-hidden-visually visually-hidden-focusable"
)
_UNSEEN_STYLE = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_BREAK = "\n"


@lru_cache(maxsize=4096)
def _class_words(names: str) -> frozenset[str]:
    """The words that class and id names are made of: "blockRelated-news_2" → block, related, news, 2."""
    return frozenset(word.lower() for word in _WORD.findall(names[:500]))


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element: a node of the page's tree, with what its blocks inherit from it."""

    tag: str
    parent: Box | None
    names: frozenset[str] = frozenset()  # its classes and its id, lower case
    words: frozenset[str] = frozenset()  # the words these are made of
    role: str = ""
    itemprop: str = ""
    key: int = 0  # selectolax's identity of the node
    hidden: bool = False
    level: int = 0  # inside a heading: 1-6
    depth: int = 0  # inside lists: how many
    quoted: bool = False
    captioned: bool = False
    row: Box | None = None
    cell: Box | None = None
    mass: float = 0.0  # how much prose it holds
    furniture: str = ""  # why it is no part of an article; empty: it may be

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


@dataclass(slots=True, eq=False)
class Anchor:
    """A link as the page has it."""

    href: str
    text: str
    hreflang: str = ""
    media: str = ""  # its type attribute: "application/pdf; length=1234"


@dataclass(slots=True, eq=False)
class Run:
    """A run of text without a block boundary inside."""

    text: str
    box: Box
    lines: tuple[str, ...]  # as <br> parts them
    linked: int = 0  # characters inside links
    anchors: tuple[Anchor, ...] = ()
    times: tuple[str, ...] = ()  # datetime attributes of <time> inside
    names: frozenset[str] = frozenset()  # words of the classes of inline elements inside
    place: int = 0  # its number on the page
    prose: float = 0.0  # how much running text it holds, as `content.weigh` finds

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text) if self.text else 0.0


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
    anchors: list[tuple[Anchor, Box]] = field(default_factory=list)  # links with hreflang, anywhere
    tree: LexborHTMLParser | None = None  # None: plain text

    @property
    def root(self) -> Box:
        return self.boxes[0]


def _attribute(attributes: dict[str, str | None], name: str) -> str:
    return attributes.get(name) or ""


def _unseen(tag: str, attributes: dict[str, str | None]) -> bool:
    if tag in ("body", "html", "main"):
        return False  # a dialog over the page marks what lies below as hidden
    if "hidden" in attributes:
        # Tab panels and "until-found" sections are there to be opened.
        return _attribute(attributes, "role") != "tabpanel" and attributes["hidden"] != "until-found"
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if style and _UNSEEN_STYLE.search(style):
        return True
    classes = attributes.get("class")
    return bool(classes) and not _UNSEEN_CLASSES.isdisjoint((classes or "").split())


class _Walk:
    """One pass over the tree, collecting runs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pieces: list[str] = []
        self.owners: list[Anchor | None] = []  # the link each piece lies in
        self.times: list[str] = []
        self.names: set[str] = set()
        self.link: Anchor | None = None

    def text(self, text: str) -> None:
        if text.isspace():
            if not self.pieces:
                return  # between two blocks
            text = " "
        self.pieces.append(text.replace("\n", " "))
        self.owners.append(self.link)

    def line_break(self) -> None:
        self.pieces.append(_BREAK)
        self.owners.append(None)

    def flush(self, box: Box) -> None:
        """End the run being collected; an empty line (<br><br>) ends one too."""
        if not self.pieces:
            return
        lines: list[str] = []
        line: list[str] = []
        run_owners: list[tuple[Anchor, str]] = []
        for piece, owner in zip([*self.pieces, _BREAK, _BREAK], [*self.owners, None, None], strict=True):
            if piece is not _BREAK:
                line.append(piece)
                if owner is not None:
                    run_owners.append((owner, piece))
                continue
            if run_owners:
                run_owners.append((run_owners[-1][0], " "))
            if text := tidy("".join(line)):
                lines.append(text)
            elif lines:
                self._emit(box, lines, run_owners)
                lines, run_owners = [], []
            line = []
        self.pieces, self.owners, self.times, self.names = [], [], [], set()

    def _emit(self, box: Box, lines: list[str], owners: list[tuple[Anchor, str]]) -> None:
        anchors: list[Anchor] = []
        linked = 0
        for _, group in groupby(owners, key=lambda owner: id(owner[0])):
            pieces = list(group)
            anchor, text = pieces[0][0], tidy("".join(piece for _, piece in pieces))
            linked += len(text)
            anchor.text = tidy(f"{anchor.text} {text}")
            anchors.append(anchor)
        run = Run(" ".join(lines), box, tuple(lines), linked, tuple(anchors), tuple(self.times))
        run.names = frozenset(self.names)
        run.place = len(self.page.runs)
        self.page.runs.append(run)


def _box(tag: str, parent: Box, attributes: dict[str, str | None], node: LexborNode) -> Box:
    classes, identity = _attribute(attributes, "class"), _attribute(attributes, "id")
    box = Box(tag, parent, key=node.mem_id)
    if classes or identity:
        both = f"{classes} {identity}"
        box.names = frozenset(both.lower().split())
        box.words = _class_words(both)
    box.role = _attribute(attributes, "role").strip().lower()
    box.itemprop = _attribute(attributes, "itemprop").strip().lower()
    box.hidden = parent.hidden or _unseen(tag, attributes)
    box.level = _HEADINGS.get(tag, parent.level)
    box.depth = parent.depth + (tag in ("ul", "ol", "dl"))
    box.quoted = parent.quoted or tag == "blockquote"
    box.captioned = parent.captioned or tag == "figcaption"
    box.row = box if tag == "tr" else None if tag == "table" else parent.row
    box.cell = box if tag in ("td", "th") else None if tag == "table" else parent.cell
    return box


def _picture(attributes: dict[str, str | None], box: Box, walk: _Walk) -> None:
    for name in ("src", "data-src", "data-original", "data-lazy-src"):
        src = _attribute(attributes, name)
        if src and not src.startswith("data:"):
            walk.page.pictures.append(Picture(src, box, len(walk.page.runs)))
            return


def read_html(markup: bytes) -> Page:
    """The page of an HTML document in UTF-8. `markup` has passed `bounds.too_much`."""
    tree = LexborHTMLParser(markup, scripting=True)
    body = tree.body
    page = Page(tree=tree)
    if body is None:
        page.boxes.append(Box("body", None))
        return page
    box = Box("body", None, key=body.mem_id)
    page.boxes.append(box)
    walk = _Walk(page)
    # What to do when the children of an element are done: its next sibling, the box and link around it.
    pending: list[tuple[LexborNode | None, Box, Anchor | None, bool]] = []
    node: LexborNode | None = body.first_child
    while True:
        if node is None:
            if not pending:
                break
            node, outer, link, is_block = pending.pop()
            if is_block:
                walk.flush(box)
            box, walk.link = outer, link
            continue
        tag = node.tag or ""
        following = node.next
        if tag == "-text":
            walk.text(node.text_content or "")
        elif tag == "br":
            walk.line_break()
        elif tag == "img" or (tag not in _SKIPPED and node.first_child is not None):
            attributes = node.attributes
            if tag == "img":
                _picture(attributes, box, walk)
            elif tag in _INLINE:
                around = walk.link
                if _enter_inline(walk, tag, attributes, box):
                    pending.append((following, box, around, False))
                    following = node.first_child
            else:
                walk.flush(box)
                pending.append((following, box, walk.link, True))
                box = _box(tag, box, attributes, node)
                page.boxes.append(box)
                following = node.first_child
        node = following
    walk.flush(box)
    return page


def _enter_inline(walk: _Walk, tag: str, attributes: dict[str, str | None], box: Box) -> bool:
    """Take up an inline element; whether what is inside it is to be read."""
    if address := cloaked.address(attributes):
        walk.text(address)
        return False
    if _unseen(tag, attributes):
        return False
    if tag == "a" and (href := _attribute(attributes, "href")):
        walk.link = Anchor(href, "", _attribute(attributes, "hreflang"), _attribute(attributes, "type"))
        if walk.link.hreflang:
            walk.page.anchors.append((walk.link, box))
    elif tag == "time" and (moment := _attribute(attributes, "datetime")):
        walk.times.append(moment)
    if names := attributes.get("class"):
        walk.names |= _class_words(names)
    return True
