"""HTML → a page of blocks, in one walk over the tree.

It judges no text: which blocks are the article is decided elsewhere. What a reader cannot see by the markup
alone (scripts, templates, hidden elements) is left out or marked hidden; a box that is furniture by its
nature is one run.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from crawler.bounds import MAX_DEPTH, MOST_TEXT
from crawler.extract import cloaked
from crawler.extract.blocks import Anchor, Around, Box, Lump, Met, Page, Picture, Run
from crawler.extract.furniture import BY_NAME, SUSPECT, named, reason
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
_LISTS = words("ul ol dl")
# Elements that change what their blocks inherit.
_MARKED = _LISTS | _HEADINGS.keys() | words("blockquote figcaption table tr td th")
_UNSEEN_CLASSES = words(
    "visually-hidden visuallyhidden sr-only element-invisible screen-reader-text screen-reader-only hidden"
    " assistive-text w-condition-invisible a11y-hidden u-hidden-visually visually-hidden-focusable"
)
_UNSEEN_STYLE = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)
_CONCEALING = words("hidden visuallyhidden invisible sr reader assistive")  # a word of each of those
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_CONDITION = re.compile(
    r"\[[^\[\]]{1,200}\]"
)  # "[&_figcaption]:text-xs" tells of others (Tailwind's variants)
_LOWER = re.compile(r"[a-z]+")
_BREAK: Final = "\0"  # a line break among texts: no text of a parsed page holds this
_FEW = 3  # so many <h1> are one headline; more are a list of them
_PARAGRAPH = 80  # characters: a line that long, with a stop at its end, is no line of an address
_FULL_STOPS = frozenset("。！？")  # of scripts that say twice as much in a character
_STOPS = frozenset('.!?…。！？؟۔।:"”»')
_LONGEST_NAMES = 500  # characters of class and id names that are looked at
_LONGEST_LABEL = 2_000  # of them that are kept: tables of what was met hold thousands, beyond the page
_NOTHING: Final[frozenset[str]] = frozenset()
_HIDING = words("hidden style aria-hidden")  # attributes that may hide an element
_TELLING = _HIDING | words("role itemprop data-history-node-id")  # ... or say what it is


@lru_cache(maxsize=16384)
def _naming(names: str) -> tuple[frozenset[str], str, bool]:
    """The words that class and id names are made of ("blockRelated-news_2" → block, related, news), the one
    that names furniture, and whether one of the names hides its element."""
    names = names[:_LONGEST_NAMES]
    if "[" in names:
        names = _CONDITION.sub(" ", names)
    found = _LOWER.findall(names) if names.islower() else map(str.lower, _WORD.findall(names))
    each = frozenset(found)
    concealed = not _CONCEALING.isdisjoint(each) and not _UNSEEN_CLASSES.isdisjoint(names.split())
    return each, named(names, each), concealed


def _conceals(attributes: dict[str, str | None]) -> bool:
    """Whether attributes other than class hide their element."""
    if "hidden" in attributes:
        # Tab panels and "until-found" sections are there to be opened.
        return attributes.get("role") != "tabpanel" and attributes["hidden"] != "until-found"
    if "style" in attributes and _UNSEEN_STYLE.search(attributes["style"] or ""):
        return True
    return attributes.get("aria-hidden") == "true"


def _inherited(tag: str, box: Box, before: Around, *, hidden: bool) -> Around:
    """What the blocks of `box`, an element inside `before`, inherit."""
    return Around(
        hidden,
        _HEADINGS.get(tag, before.level),
        before.depth + (tag in _LISTS),
        before.quoted or tag == "blockquote",
        before.captioned or tag == "figcaption",
        box if tag == "tr" else None if tag == "table" else before.row,
        box if tag in ("td", "th") else None if tag == "table" else before.cell,
    )


def _box(tag: str, parent: Box, node: LexborNode) -> Box:
    """The box of a block element."""
    around = parent.around
    box = Box(tag, parent, around, node)
    attributes = node.attributes
    if not attributes and tag not in _MARKED:
        return box
    hidden = around.hidden
    if attributes:
        plain = 0  # attributes that hide nothing
        if label := attributes.get("class"):
            plain = 1
        if identity := attributes.get("id"):
            label = f"{label} {identity}" if label else identity
            plain += 1
        concealed = False
        if label:
            box.label = label = label[:_LONGEST_LABEL]
            box.words, box.named, concealed = _naming(label)
        if plain < len(attributes) and not _TELLING.isdisjoint(attributes):
            if role := attributes.get("role"):
                box.role = role.strip().lower()
            if itemprop := attributes.get("itemprop"):
                box.itemprop = itemprop.strip().lower()
            if "data-history-node-id" in attributes:
                box.entry = True
            concealed = concealed or _conceals(attributes)
        if concealed and tag != "main":  # a dialog over the page marks what lies below as hidden
            hidden = True
    if tag in _MARKED or hidden is not around.hidden:
        box.around = _inherited(tag, box, around, hidden=hidden)
    return box


_Line = tuple[str, list[tuple[int, Anchor]]]  # its text, and which pieces of it lie in which link


def _is_paragraph(line: str) -> bool:
    return line[-1] in _STOPS and len(line) * (1 + (line[-1] in _FULL_STOPS)) >= _PARAGRAPH


class Walk:
    """One pass over the tree, collecting runs."""

    def __init__(self, page: Page, spared: frozenset[str] = _NOTHING) -> None:
        self.page = page
        self.spared = spared  # reasons for furniture that do not count
        main = page.tree.css("h1,main") if page.tree is not None else []
        heads, mains = ([node for node in main if node.tag == tag] for tag in ("h1", "main"))
        self.around = _around(heads)  # nodes with a main headline in them
        # Nodes that no name makes furniture of.
        self.heading = (self.around if len(heads) <= _FEW else set()) | _around(mains)
        self.pieces: list[str] = []  # texts, and _BREAK
        self.owners: list[tuple[int, Anchor]] = []  # which pieces lie in which link
        self.times: list[str] = []
        self.names: frozenset[str] = _NOTHING
        self.broken = False  # a line break is among the pieces

    def is_lump(self, box: Box, node: LexborNode, link: Anchor | None) -> bool:
        """Whether `box`, met inside `link`, is furniture and was read as one run."""
        if outer := box.parent.furniture if box.parent else "":
            box.furniture = outer
            return False
        why = reason(box)
        if not why or why in self.spared:
            return False
        if why.startswith(BY_NAME) and node.mem_id in self.heading:
            return False
        box.furniture = why
        box.met = Met(len(self.page.runs), len(self.page.pictures), link)
        if node.mem_id in self.around:
            return False
        _lump(node, box, self.page)
        return True

    def preformatted(self, text: str) -> None:
        """Take up text whose line breaks a reader sees."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.pieces.append(_BREAK)
                self.broken = True
            self.pieces.append(line)

    def flush(self, box: Box) -> None:
        """End the run being collected; an empty line (<br><br>) ends one too."""
        pieces = self.pieces
        if self.broken:
            self._flush_lines(box)
            self.broken = False
        elif text := tidy((pieces[0] if len(pieces) == 1 else "".join(pieces))[:MOST_TEXT]):
            self._emit(text, box, (text,), self.owners)
        pieces.clear()
        self.owners.clear()
        self.times.clear()
        self.names = _NOTHING

    def _flush_lines(self, box: Box) -> None:
        owned = dict(self.owners)
        lines: list[_Line] = []
        line: list[str] = []
        owners: list[tuple[int, Anchor]] = []
        for index, piece in enumerate([*self.pieces, _BREAK, _BREAK]):
            if piece != _BREAK:
                line.append(piece)
                if index in owned:
                    owners.append((index, owned[index]))
                continue
            if text := tidy("".join(line)[:MOST_TEXT]):
                lines.append((text, owners))
            elif lines:
                self._emit_lines(lines, box)
                lines = []
            line, owners = [], []

    def _emit_lines(self, lines: list[_Line], box: Box) -> None:
        """Lines between empty ones: one run, unless each is a paragraph of its own."""
        if len(lines) > 1 and all(_is_paragraph(text) for text, _ in lines):
            for text, owners in lines:
                self._emit(text, box, (text,), owners)
            return
        texts = [text for text, _ in lines]
        self._emit(" ".join(texts), box, tuple(texts), [owner for _, owners in lines for owner in owners])

    def _emit(self, text: str, box: Box, lines: tuple[str, ...], owners: list[tuple[int, Anchor]]) -> None:
        run = Run(text, box, lines)
        if owners:
            anchors = dict.fromkeys([anchor for _, anchor in owners])
            for index, anchor in owners:
                piece = self.pieces[index]
                anchor.pieces.append(piece)
                if self.broken and self.pieces[index + 1 : index + 2] == [_BREAK]:
                    anchor.pieces.append(" ")
                run.linked += len(" ".join(piece.split()))
            run.anchors = tuple(anchors)
            for anchor in anchors:
                anchor.pieces.append(" ")
        if self.times:
            run.times = tuple(self.times)
        if self.names:
            run.names = self.names
        run.place = len(self.page.runs)
        self.page.runs.append(run)


def _picture(attributes: dict[str, str | None], box: Box, page: Page) -> None:
    for name in ("src", "data-src", "data-original", "data-lazy-src"):
        src = attributes.get(name)
        if src and not src.startswith("data:"):
            page.pictures.append(Picture(src, box, len(page.runs)))
            return


def read_html(markup: bytes) -> Page:
    """The page of an HTML document in UTF-8. `markup` has passed `bounds.too_much`."""
    tree = LexborHTMLParser(markup, scripting=True, options=LexborDocumentOptions.WO_EVENTS)
    root = Box("body", None, Around(), tree.body)
    page = Page(tree=tree, boxes=[root])
    fill(Walk(page), root)
    return page


def _around(nodes: list[LexborNode]) -> set[int]:
    """The identities of nodes and of all that lie around them."""
    found: set[int] = set()
    for node in nodes:
        outer: LexborNode | None = node
        while outer is not None and outer.mem_id not in found:
            found.add(outer.mem_id)
            outer = outer.parent
    return found


def _lump(node: LexborNode, box: Box, page: Page) -> None:
    """All text inside `box` as one run."""
    pieces: list[str] = []
    silent = False
    for each in node.traverse(include_text=True, skip_empty=True):
        tag = each.tag
        if tag != "-text":
            silent = tag in _SKIPPED
        elif silent:
            silent = False
        else:
            pieces.append((each.text_content or "")[:MOST_TEXT])
    if pieces:
        run = Lump(pieces, box)
        run.place = len(page.runs)
        page.runs.append(run)


def fill(walk: Walk, box: Box, link: Anchor | None = None) -> None:  # noqa: C901 - a call a node would cost too much
    """Fill the page with what lies in `box`, in document order, without recursion. What is furniture by its
    nature becomes one run, unless its reason is spared or a headline lies in it."""
    page, pieces, owners = walk.page, walk.pieces, walk.owners
    boxes = page.boxes
    # What to do when the children of an element are done: its next sibling, the box and link around it.
    pending: list[tuple[LexborNode | None, Box, Anchor | None]] = []
    box.furniture = ""
    node: LexborNode | None = box.node.first_child if box.node is not None else None
    while True:
        if node is None:
            if not pending:
                break
            node, outer, link = pending.pop()
            if outer is not box:
                if pieces:
                    walk.flush(box)
                box = outer
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if box.tag == "pre" and "\n" in text:
                walk.preformatted(text)
            elif pieces or not text.isspace():
                if link is not None:
                    owners.append((len(pieces), link))
                pieces.append(text)
        elif tag in _INLINE:
            if (child := node.first_child) is not None:
                attributes = node.attributes
                inner = _enter_inline(walk, tag, attributes, link) if attributes else link
                if inner is not _UNSEEN and tag == "sup" and (raised := _raised(node)):
                    pieces.append(raised)
                elif inner is not _UNSEEN:
                    pending.append((node.next, box, link))
                    node, link = child, inner
                    continue
        elif tag == "br":
            pieces.append(_BREAK)
            walk.broken = True
        elif tag == "img":
            _picture(node.attributes, box, page)
        elif tag not in _SKIPPED and (child := node.first_child) is not None:
            if pieces:
                walk.flush(box)
            if len(pending) > MAX_DEPTH:
                page.too_deep = True
                return
            inside = _box(tag, box, node)
            boxes.append(inside)
            if not (
                (inside.named or inside.role or tag in SUSPECT or box.furniture or inside.around.hidden)
                and walk.is_lump(inside, node, link)
            ):
                pending.append((node.next, box, link))
                node, box = child, inside
                continue
        node = node.next
    walk.flush(box)


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _raised(node: LexborNode) -> str:
    """The digits of a superscript as they look: set plainly, those of a note or a power would be read with
    the number before them. "" of any other, and of a link to another page."""
    text = node.text(deep=True).strip()
    if not (text.isascii() and text.isdecimal()) or node.css_first('a[href]:not([href^="#"])') is not None:
        return ""
    return text.translate(_RAISED)


_UNSEEN: Final = Anchor("")  # in place of a link: the element is hidden


def _enter_inline(
    walk: Walk, tag: str, attributes: dict[str, str | None], link: Anchor | None
) -> Anchor | None:
    """The link that the text of an inline element lies in; `_UNSEEN` where it is hidden."""
    if (tag == "a" or "data-cfemail" in attributes) and (address := cloaked.address(attributes)):
        walk.pieces.append(address)
        return _UNSEEN
    if names := attributes.get("class"):
        inner, _, concealed = _naming(names[:_LONGEST_LABEL])
        if concealed:
            return _UNSEEN
        walk.names |= inner
    if not _HIDING.isdisjoint(attributes) and _conceals(attributes):
        return _UNSEEN
    if attributes.get("role") == "tooltip":  # shown to who points at it
        return _UNSEEN
    if tag == "a":
        if href := attributes.get("href"):
            link = Anchor(href, attributes.get("type") or "")
    elif tag == "time" and (moment := attributes.get("datetime")):
        walk.times.append(moment)
    return link
