"""What each block of a page is: headline, subtitle, body, caption, contact, date, label, or furniture.

It decides by form and place, and says why; the values of the fields are read by others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extract import contacts, content, datelines, dates, labels, layouts, recurring, titles
from crawler.extract.blocks import Box, Page, Run
from crawler.extract.head import Head
from crawler.extract.plain import menu_marks
from crawler.extract.template import Template
from crawler.text import fold, words

_CAPTION_WORDS = words("caption captions credit credits copyright photographer legend figcaption")
_BYLINE_WORDS = words("byline author authors contributor contributors autor auteur")
_SUBTITLE_WORDS = words(
    "subtitle subheadline subheading standfirst deck dek subhead chapo strapline sottotitolo"
)
_CREDIT = re.compile(
    r"(?:photo(?:graph)?s?|foto|fotografía|image|imagen|picture|crédit|credit|créditos|صورة|الصورة|تصوير|video)"
    r"(?: credit| by| de| par| ©|s)?\s?[:©/]|©|\(c\) ",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"\[(?:block|view|views|node|field|media|video|embed|file|image)\s?[:=\]]|\[\[\{|\{\{|<!--"
)
_TODAY_WORDS = words("today clock weather currentdate")  # boxes that say what day it is
_BEFORE = 8  # blocks before the headline in which labels and dates stand
_CLOSE = 6  # blocks after it in which a date stands, where no box says what is the article
_AFTER = 12  # blocks after the body in which a contact block may stand
_TEXT_FIGURES = words("blockquote pre td th li body main article section")
_LEAST = 250.0  # less prose than this is no article
_MUCH = 0.25  # a <main> with this share of the region's prose holds the article
_MOST = 0.5  # an <article> with this share of the region's prose is the article
_SEVERAL = 0.2  # articles beside the headline's with this share of its prose are other articles
_UNDER, _TEASER = 3, 200
_LEAD_TAGS = words("p h2 h3 h4 div")
_LEAD = 60  # characters: a shorter line under the headline is a subtitle
_NEARLY_EMPTY = 0.12  # a layout's box with less than this share of the prose elsewhere is not believed


@dataclass(slots=True)
class Reading:
    """A page with a role for each of its runs."""

    page: Page
    head: Head
    title: str = ""
    headline: int | None = None  # the run that shows the title
    layout: str | None = None
    region: tuple[Box, ...] = ()
    disagreement: str = ""  # the site's other pages have their article elsewhere, in words
    roles: list[tuple[str, str]] = field(default_factory=list)  # (role, why) by run

    def runs(self, *roles: str) -> list[Run]:
        return [run for run, (role, _) in zip(self.page.runs, self.roles, strict=True) if role in roles]


def _region(page: Page) -> tuple[str | None, tuple[Box, ...]]:
    """The layout that fits and the boxes of the article's text."""
    dense = content.densest(page)
    fit = layouts.fitting(page)
    if fit is None:
        return None, (dense,)
    layout, boxes = fit
    mass = sum(box.mass for box in boxes)
    if mass < _NEARLY_EMPTY * dense.mass:
        return None, (dense,)
    if not layout.exact:
        boxes = tuple(content.densest(page, box) for box in boxes)
    return layout.name, boxes


def _own(page: Page, region: tuple[Box, ...], headline: Box) -> tuple[Box, ...]:
    """The region, or within it the <main> around the headline, or of several articles the one it heads."""
    holder: Box | None = headline
    while holder is not None and holder.tag not in ("article", "main"):
        holder = holder.parent
    if holder is None or holder.mass < _LEAST or len(region) != 1 or holder is region[0]:
        return region
    if not holder.within(region[0]):
        return region
    if holder.mass >= (_MUCH if holder.tag == "main" else _MOST) * region[0].mass:
        return (content.densest(page, holder),)
    others = sum(
        box.mass
        for box in page.boxes
        if box.tag == "article" and box.mass and not box.furniture and not holder.within(box)
        if not box.within(holder) and box.within(region[0])
    )
    return (content.densest(page, holder),) if others > _SEVERAL * holder.mass else region


def _holder(box: Box | None) -> Box | None:
    """The innermost <article> or <main> around `box`."""
    while box is not None and box.tag not in ("article", "main") and box.role != "main":
        box = box.parent
    return box


def _named(run: Run, vocabulary: frozenset[str]) -> bool:
    box = run.box
    near = [box.words, run.names, *([box.parent.words] if box.parent else [])]
    return any(not vocabulary.isdisjoint(each) for each in near)


def _shows_today(run: Run) -> bool:
    """Whether `run` or a box around it, inside <article> or <main>, is named as a calendar or clock."""
    box: Box | None = run.box
    names = run.names
    while box is not None and box.tag not in ("article", "main", "body"):
        names |= box.words
        box = box.parent
    return not _TODAY_WORDS.isdisjoint(names)


def _is_caption(run: Run) -> bool:
    if run.box.captioned or _in_figure(run.box):
        return True
    short = len(run.text) <= 300
    return short and (
        _named(run, _CAPTION_WORDS) or (_CREDIT.match(run.text) is not None and len(run.text) <= 200)
    )


def _in_figure(box: Box) -> bool:
    """Whether a line stands in a <figure> that shows something else than text, a table or a quotation."""
    outer: Box | None = box
    for _ in range(4):
        if outer is None or outer.tag in _TEXT_FIGURES:
            return False
        if outer.tag == "figure":
            return True
        outer = outer.parent
    return False


def _link_only(run: Run) -> bool:
    if run.link_share <= 0.7:
        return False
    return not (run.box.tag == "p" and len(run.text) >= 40 and run.text[-1] in ".!?؟。")


class _Reader:
    """Gives each run its role, in page order."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.runs = reading.page.runs
        self.inside = self._mark_inside()
        self.first = next((run.place for run in self.runs if self.inside[run.place]), len(self.runs))
        self.menus = menu_marks([run.text for run in self.runs])
        self.title = ""
        self.fence: int | None = None  # the headline, where what stands before it is no article
        self.holders: list[Box] = []  # <article> or <main> around the headline, and around the region
        self.begun = False  # a passage of the body has been met
        self.led = False  # a passage between headline and body has been met

    def _mark_inside(self) -> list[bool]:
        """Whether each run lies in the region."""
        region = {id(box) for box in self.reading.region}
        known: dict[int, bool] = {}
        for box in self.reading.page.boxes:  # parents come before their children
            known[id(box)] = id(box) in region or (
                box.parent is not None and known.get(id(box.parent), False)
            )
        return [known.get(id(run.box), False) for run in self.runs]

    def set_headline(self) -> None:
        """Take up the reading's title and headline."""
        self.title = fold(self.reading.title).casefold()
        self.fence = self._fence()
        headline = self.reading.headline
        starts = [*self.reading.region[:1], *([] if headline is None else [self.runs[headline].box])]
        self.holders = [holder for box in starts if (holder := _holder(box)) is not None]

    def _fence(self) -> int | None:
        """The headline's place, unless most of the region's prose stands before it."""
        headline = self.reading.headline
        if headline is None:
            return None
        masses = [(run.place, run.prose) for run in self.runs if self.inside[run.place]]
        before = sum(mass for place, mass in masses if place < headline)
        return headline if before <= 0.3 * sum(mass for _, mass in masses) else None

    def role(self, run: Run) -> tuple[str, str]:
        if run.place == self.reading.headline:
            return "title", "the headline"
        if run.box.furniture and not self._is_summary(run):
            hidden = run.box.furniture == "hidden"
            return ("hidden", "by its markup") if hidden else ("boilerplate", run.box.furniture)
        if run.place in self.menus:
            return "menu", "a label said twice, as menus leave it"
        if not any(map(str.isalnum, run.text)):
            return "separator", "no letter in it"
        if _LEFT_OVER.search(run.text):
            return "left-over", "a placeholder of the site's software"
        if len(run.text) <= 2 * len(self.title) and fold(run.text).casefold() == self.title:
            return "title", "the title again"
        headline = self.fence
        if headline is not None and run.place < headline:
            return self._before_headline(run, headline)
        if self.inside[run.place]:
            return self._in_region(run)
        if headline is not None and headline < run.place < self.first:
            return self._under_headline(run)
        return "boilerplate", "outside the article"

    def _is_summary(self, run: Run) -> bool:
        """Whether a passage named a teaser stands under the headline: there it is this article's own."""
        headline = self.fence
        return (
            run.box.furniture == "named teaser"
            and headline is not None
            and headline < run.place < min(self.first, headline + _AFTER)
            and run.prose > 0
            and not run.linked
        )

    def _label(self, run: Run) -> tuple[str, str] | None:
        if labels.is_label(run.text):
            return "type", "a label beside the headline"
        found = dates.date_line(run.text)
        if found is not None and run.link_share < 0.5:
            if not self._is_releases_own(run):
                return "boilerplate", "a date that is not the release's"
            return "date", "a line that says a date"
        if _named(run, _BYLINE_WORDS) and len(run.text) <= 120:
            return "byline", "named as a byline"
        return None

    def _is_releases_own(self, run: Run) -> bool:
        """Whether a date at `run` can be the release's: inside its <article> or <main>, or beside and under
        its headline; where neither is marked, only close under it. Page headers show today's date."""
        if self.reading.page.tree is None:
            return True  # plain text has no boxes
        if _shows_today(run):
            return False
        if any(run.box.within(holder) for holder in self.holders):
            return True
        headline = self.reading.headline
        if headline is None or run.place < headline:
            return False
        beside = self.runs[headline].box.parent
        if beside is not None and beside.parent is not None and run.box.within(beside):
            return True
        return not self.holders and run.place - headline <= _CLOSE

    def _before_headline(self, run: Run, headline: int) -> tuple[str, str]:
        if headline - run.place <= _BEFORE and self._beside(run, headline) and (label := self._label(run)):
            return label
        return "boilerplate", "before the headline"

    def _beside(self, run: Run, headline: int) -> bool:
        """Whether `run` shares a near box with the headline (three levels up at most)."""
        box: Box | None = self.runs[headline].box
        for _ in range(4):
            box = box.parent if box is not None else None
            if box is None or box.tag in ("body", "text"):
                return False
            if run.box.within(box):
                return True
        return False

    def _under_headline(self, run: Run) -> tuple[str, str]:
        if _is_caption(run):
            return "caption", "a caption or credit"
        if label := self._label(run):
            return label
        if _link_only(run):
            return "links", "nothing but links"
        first, self.led = not self.led, True
        if _is_lead(run, first=first):
            return "body", "a paragraph between headline and body"
        if run.prose or run.box.level in (2, 3) or _named(run, _SUBTITLE_WORDS):
            return "subtitle", "between headline and body"
        self.led = not first
        return "boilerplate", "between headline and body"

    def _in_region(self, run: Run) -> tuple[str, str]:
        if _is_caption(run):
            return "caption", "a caption or credit"
        if not self.begun:
            label = self._label(run)
            if label is not None and not (label[0] == "date" and _is_dateline(run.text)):
                return label
            if _named(run, _SUBTITLE_WORDS) and len(run.text) <= 300:
                return "subtitle", "named as a subtitle"
        if _link_only(run):
            return "links", "nothing but links"
        if run.box.level == 0 or content.size(run.text) > 120:
            self.begun = True
        return "body", f"in the {self.reading.layout or 'densest part of the page'}"


def _is_lead(run: Run, *, first: bool) -> bool:
    """Whether a passage under the headline belongs to the text, and is no mere subtitle: one sentence or more
    in a paragraph, or in a heading that is none; the first may lack its full stop, others may lack a <p>."""
    tag = run.box.tag
    if tag not in _LEAD_TAGS or (tag == "div" and first) or run.link_share > 0.3:
        return False
    length = content.size(run.text)
    return length >= _LEAD and (run.text[-1] in content.ENDS or (first and length >= 2 * _LEAD))


def _is_dateline(text: str) -> bool:
    """Whether a line with a date is a dateline of its own ("Cairo, 5 May 2023"): it names a place."""
    dateline = datelines.read(text)
    return dateline is not None and dateline.places != ()


def _beside_region(reading: Reading) -> set[int]:
    """Places of the runs right after the body that a contact block may stand in: in the boxes around the
    region (two levels, not beyond <article> or <main>), before anything that is furniture or a link."""
    last = max((run.place for run in reading.runs("body")), default=None)
    holder = reading.region[-1] if reading.region else None
    for _ in range(2):
        if holder is not None and holder.parent is not None and holder.tag not in ("article", "main", "body"):
            holder = holder.parent
    if last is None or holder is None or holder.tag in ("body", "text"):
        return set()
    places: set[int] = set()
    for run in reading.page.runs[last + 1 : last + 1 + _AFTER]:
        role = reading.roles[run.place][0]
        if run.box.furniture or role in ("links", "menu") or not run.box.within(holder):
            break
        if role == "boilerplate":
            places.add(run.place)
    return places


def _contact(reading: Reading) -> None:
    """Turn the trailing contact passages of the body (and right after it) into contacts."""
    places: list[int] = []
    separators: set[int] = set()
    after_rule = False
    beside = _beside_region(reading)
    for run, (role, _) in zip(reading.page.runs, reading.roles, strict=True):
        if role == "separator":
            after_rule = True
        elif role in ("body", "links") or run.place in beside:
            if after_rule:
                separators.add(len(places))
            after_rule = False
            places.append(run.place)
    texts = [reading.page.runs[place].text for place in places]
    span = contacts.start(texts, separators)
    if span is None:
        return
    for place in places[span[0] : span[1]]:
        reading.roles[place] = ("contact", "the contact block")


def _teasers(reading: Reading) -> None:
    """Drop teasers of other pages after the article: at least two links on lines of their own, each with
    a short text, a label or a date under it."""
    inside = [
        run for run in reading.page.runs if reading.roles[run.place][0] in ("body", "links", "type", "date")
    ]
    cut = len(inside)
    links = pending = 0
    for index in range(len(inside) - 1, 0, -1):
        run = inside[index]
        if reading.roles[run.place][0] == "links" and len(run.text) > 12:
            links, pending, cut = links + 1, 0, index
        elif pending >= _UNDER or content.size(run.text) > _TEASER:
            break
        else:
            pending += 1
    if links < 2 or not any(reading.roles[run.place][0] == "body" for run in inside[cut:]):
        return
    while cut > 1 and (labels.is_label(inside[cut - 1].text) or dates.date_line(inside[cut - 1].text)):
        cut -= 1
    for run in inside[cut:]:
        if reading.roles[run.place][0] == "body":
            reading.roles[run.place] = ("boilerplate", "a teaser of another page")


def _trim(reading: Reading) -> None:
    """Drop headings at the end of the body: they head something that is no article."""
    for run in reversed(reading.runs("body")):
        if not run.box.level:
            return
        reading.roles[run.place] = ("boilerplate", "a heading with nothing under it")


def _more_subtitles(reading: Reading) -> None:
    """One passage between headline and body is a subtitle; a second is not."""
    for run in reading.runs("subtitle")[1:]:
        reading.roles[run.place] = ("boilerplate", "between headline and body")


def read(page: Page, head: Head, template: Template | None = None) -> Reading:
    """Weigh the page's parts, find its article, and give each run a role; `template` is what the site's
    other pages know."""
    template = template or Template()
    said = head.article.get("articleBody")
    content.weigh(page, said if isinstance(said, str) else "")
    known = recurring.known_texts(page, template)
    recurring.furnish(page, known, template)
    layout, region = _region(page)
    disagreement = ""
    if not layouts.is_exact(layout):
        region, disagreement = recurring.pin(page, region, template)
    reading = Reading(page, head, layout=layout, region=region, disagreement=disagreement)
    reader = _Reader(reading)
    first = next((run.place for run in page.runs if run.prose and reader.inside[run.place]), 0)
    reading.title, reading.headline = titles.choose(page, head, first)
    if layout is None and reading.headline is not None:
        own = _own(page, region, page.runs[reading.headline].box)
        if own != region:
            reading.region = own
            reader = _Reader(reading)
    reader.set_headline()
    reading.roles = [reader.role(run) for run in page.runs]
    _contact(reading)
    recurring.sort_out(reading, known, template)
    _teasers(reading)
    _trim(reading)
    _more_subtitles(reading)
    return reading
