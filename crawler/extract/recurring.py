"""What the site's template says of a page: which of its texts recur, and where its article should be.

It learns nothing (`template` does) and never takes a whole article: a text published at several addresses
recurs too.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.extract import content, datelines, layouts
from crawler.extract.blocks import Box, Page, Run
from crawler.extract.reading import Reading
from crawler.extract.template import RECURS, Template, fingerprint, place, places, prints
from crawler.text import words
from crawler.values import Marks

_FLOW = words("p blockquote li dt dd tr td th caption pre h1 h2 h3 h4 h5 h6 body main article html text")
_LABEL = 80  # characters; a text under that is a label, one over it prose
_LINKED = 0.3  # share of links above which a standing passage is no prose of the article
_SHARE = 1 / 3  # of the site's other pages: texts that recur on fewer are taken out of no article
_REMAINS = 400.0  # prose that is an article still, however much of the page was boilerplate
_TEASER = 350.0
_NOTHING = 250.0
_JUMP = 2.0  # times as much text
_MOST_BOXES = 20_000  # of a page; one with more is no article


def known_texts(page: Page, template: Template) -> dict[int, int]:
    """The runs whose text recurs on other pages: place → how many of these."""
    if template.pages < RECURS or len(page.boxes) > _MOST_BOXES:
        return {}
    counts = {run.place: template.others(fingerprint(run.text)) for run in page.runs if not run.lump}
    return {where: count for where, count in counts.items() if count >= RECURS}


def on_pages(count: int, template: Template) -> str:
    return f"on {count} of the {template.pages} other pages read of this site"


# ── boxes of the site's own ─────────────────────────────────────────────────────────────────────


class _Sums:
    """What each box holds: text that recurs, text and prose that do not, links."""

    def __init__(self, page: Page, known: Mapping[int, int]) -> None:
        self.known = dict.fromkeys(map(id, page.boxes), 0.0)
        self.fresh = self.known.copy()
        self.prose = self.known.copy()
        self.links = self.known.copy()
        self.longest = self.known.copy()
        self.heads = dict.fromkeys(map(id, page.boxes), False)  # holds a main headline of its own
        self.cells = dict.fromkeys(map(id, page.boxes), 0)  # of a table, that say what no other page does
        self.first: dict[int, Run] = {}
        for run in page.runs:
            self._add(run, recurs=run.place in known)
        for box in reversed(page.boxes):
            if box.parent is not None:
                self._lift(box, box.parent)

    def _add(self, run: Run, *, recurs: bool) -> None:
        box = id(run.box)
        (self.known if recurs else self.fresh)[box] += len(run.text)
        self.first.setdefault(box, run)
        self.links[box] += run.link_share > 0.7
        if recurs:
            return
        self.cells[box] += run.box.tag in ("td", "th") and not run.link_share
        self.prose[box] += run.prose
        self.longest[box] = max(self.longest[box], run.prose)
        self.heads[box] = self.heads[box] or run.box.level == 1

    def _lift(self, box: Box, parent: Box) -> None:
        inner, outer = id(box), id(parent)
        for sums in (self.known, self.fresh, self.prose, self.links):
            sums[outer] += sums[inner]
        self.cells[outer] += self.cells[inner]
        self.longest[outer] = max(self.longest[outer], self.longest[inner])
        self.heads[outer] = self.heads[outer] or self.heads[inner]
        if inner in self.first:
            first = self.first.get(outer)
            if first is None or self.first[inner].place < first.place:
                self.first[outer] = self.first[inner]


def _is_sites_own(box: Box, sums: _Sums, known: Mapping[int, int], whole: float) -> bool:
    """Whether all that a box says is said on other pages; or whether it opens with a label that is, and
    goes on with links and short texts: teasers by turns. A table is none where
    a cell is this page's alone: labels recur from release to release, figures do not."""
    key = id(box)
    if not sums.known[key] or sums.heads[key] or sums.cells[key]:
        return False
    if not sums.prose[key] and sums.known[key] >= sums.fresh[key]:
        return True
    first = sums.first[key]
    return (
        first.place in known
        and len(first.text) < _LABEL
        and sums.links[key] >= 2
        and sums.longest[key] < _TEASER
        and sums.prose[key] < whole / 2
    )


def furnish(page: Page, known: Mapping[int, int], template: Template) -> None:
    """Mark the boxes that are the site's own as furniture. `content.weigh` has run.

    A paragraph among paragraphs is no box of its own; nor is a division used as one.
    """
    if not known:
        return
    sums = _Sums(page, known)
    kept = _guarded(page, sums, template)
    outer = {id(box.parent) for box in page.boxes}
    leaves = [box for box in page.boxes if id(box) not in outer and not box.furniture]
    passages = {(id(box.parent), box.tag, box.label) for box in leaves if sums.prose[id(box)]}
    chosen: list[Box] = []
    inside: set[int] = set()  # the chosen, and what is in them
    for box in page.boxes:  # parents come before their children
        if id(box.parent) in inside:
            inside.add(id(box))
        elif box.parent is not None and not box.furniture and box.tag not in _FLOW and id(box) not in kept:
            is_passage = id(box) not in outer and (id(box.parent), box.tag, box.label) in passages
            if not is_passage and _is_sites_own(box, sums, known, sums.prose[id(page.root)]):
                chosen.append(box)
                inside.add(id(box))
    taken = sum(box.mass for box in chosen)
    if page.root.mass - taken < min(_NOTHING, taken):
        return  # a page that says nothing of its own: a copy of others
    for box in chosen:
        _take_out(box, sums, known, template)
    for box in page.boxes:
        if box.parent is not None and box.parent.furniture and not box.furniture:
            box.furniture, box.mass = box.parent.furniture, 0.0


def _take_out(box: Box, sums: _Sums, known: Mapping[int, int], template: Template) -> None:
    count = known.get(sums.first[id(box)].place, RECURS)
    box.furniture = on_pages(count, template)
    mass, outer = box.mass, box.parent
    while outer is not None:
        outer.mass -= mass
        outer = outer.parent
    box.mass = 0.0


def _guarded(page: Page, sums: _Sums, template: Template) -> set[int]:
    """The boxes where the article should be, those around them and inside them, if all they hold recurs:
    the release stands at other addresses too."""
    pinned = template.pinned()
    regions = _at(page, pinned[0]) if pinned else []
    if any(sums.prose[id(region)] >= 0.1 * region.mass for region in regions):
        return set()
    guarded = set(map(id, regions))
    for box in page.boxes:
        if id(box.parent) in guarded:
            guarded.add(id(box))
    for region in regions:
        outer = region.parent
        while outer is not None and id(outer) not in guarded:
            guarded.add(id(outer))
            outer = outer.parent
    return guarded


# ── the pinned region ───────────────────────────────────────────────────────────────────────────


def _at(page: Page, number: int) -> list[Box]:
    """The boxes at a place that hold prose."""
    where = places(page)
    return [box for box in page.boxes if where[id(box)] == number and box.mass and not box.furniture]


def pin(page: Page, region: tuple[Box, ...], template: Template) -> tuple[tuple[Box, ...], str]:
    """The region the article is read from, given the content's choice; and, where the site's other pages
    have it elsewhere and that would be much more or much less text, the disagreement in words."""
    pinned = template.pinned()
    if pinned is None or len(region) != 1 or len(page.boxes) > _MOST_BOXES or place(region[0]) == pinned[0]:
        return region, ""
    box = max(_at(page, pinned[0]), key=lambda box: box.mass, default=None)
    if box is None:
        return region, ""
    ours, theirs = region[0].mass, box.mass
    if max(ours, theirs) <= _JUMP * min(ours, theirs):
        return (box,), ""
    words = f"{theirs:.0f} characters of prose where {pinned[1]} other pages have their article"
    return region, f"{words}, {ours:.0f} where the text is densest"


# ── passages that recur ─────────────────────────────────────────────────────────────────────────


def sort_out(reading: Reading, known: Mapping[int, int], template: Template) -> None:
    """Drop the body's passages that recur on many pages, unless they stand inside the article: long
    prose, a quotation or a heading among passages of its own. What is kept is marked."""
    if not known:
        return
    often = {where: count for where, count in known.items() if count >= _SHARE * template.pages}
    _subtitles(reading, often, template)
    body = reading.runs("body")
    dropped = set() if layouts.is_exact(reading.layout) else _droppable(body, often)
    sizes = [(run.place in dropped, content.size(run.text)) for run in body]
    if sum(size for gone, size in sizes if not gone) < min(
        _REMAINS, sum(size for gone, size in sizes if gone)
    ):
        dropped = set()
    for run in body:
        if run.place in often:
            said, text = on_pages(often[run.place], template), fingerprint(run.text)
            gone = template.decided.get(text, run.place in dropped)
            reading.recurring[text] = gone
            reading.roles[run.place] = ("boilerplate", said) if gone else ("body", f"recurring, {said}")


def _subtitles(reading: Reading, often: Mapping[int, int], template: Template) -> None:
    for run in reading.runs("subtitle"):
        if run.place in often:
            reading.roles[run.place] = ("boilerplate", on_pages(often[run.place], template))


def _droppable(body: list[Run], often: Mapping[int, int]) -> set[int]:
    """The places of the passages that recur and are no part of what stands around them."""
    # Labels recur from release to release, figures do not; and a row without its label says nothing.
    tables = {_table(run) for run in body if not fingerprint(run.text)} - {0}
    own = [
        index
        for index, run in enumerate(body)
        if (run.place not in often and run.prose) or _table(run) in tables
    ]
    if not own:
        return set()
    dropped: set[int] = set()
    for index, run in enumerate(body):
        if run.place not in often or _is_place(run) or _table(run) in tables:
            continue
        inside = own[0] < index < own[-1]
        beside = inside and all(body[near].place not in often for near in (index - 1, index + 1))
        prose = run.prose >= _LABEL and run.link_share <= _LINKED
        if not (inside and (prose or run.box.quoted)) and not (beside and _is_part(run)):
            dropped.add(run.place)
    return dropped


def _table(run: Run) -> int:
    """Which table a cell stands in; 0 for none."""
    if run.box.row is None or run.box.tag not in ("td", "th") or run.link_share > _LINKED:
        return 0
    outer = run.box.row.parent
    while outer is not None and outer.tag != "table":
        outer = outer.parent
    return id(outer) if outer is not None else 0


def _is_part(run: Run) -> bool:
    """Whether a short text can be a part of the passages around it: a heading, an item, a row."""
    return bool(run.box.level or run.box.depth or run.box.row) and run.link_share <= _LINKED


def _is_place(run: Run) -> bool:
    """Whether a line is a dateline's place, which many releases share."""
    dateline = datelines.read(run.text) if len(run.text) < _LABEL else None
    return dateline is not None and dateline.places != ()


def marks(reading: Reading, *, readable: bool) -> Marks:
    """What a page tells of its site's template."""
    outside = reading.runs("boilerplate", "menu", "links")
    around = [text for run in outside for text in (run.lines if run.lump else (run.text,))]
    inside = [run.text for run in reading.runs("body", "title", "subtitle", "caption", "contact")]
    region = reading.region[0] if readable and len(reading.region) == 1 else None
    return Marks(
        around=prints(around),
        inside=prints(inside),
        region=place(region) if region is not None and region.parent is not None else 0,
        layout=reading.layout,
    )
