"""What each block of a page is: headline, subtitle, body, caption, contact, date, label, or furniture.

It decides by form and place, and says why; the values of the fields are read by others.
"""

from __future__ import annotations

import re

from crawler.extract import closing, content, datelines, dates, labels, layouts, recurring, region, titles
from crawler.extract.blocks import Box, Page, Run
from crawler.extract.head import Head
from crawler.extract.plain import menu_marks
from crawler.extract.reading import LEAD, Reading
from crawler.extract.template import Template
from crawler.extract.volatile import LONGEST, is_volatile
from crawler.text import fold, words

__all__ = ["Reading", "read"]

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
_CREDIT_BEGINS = frozenset("PpFfIiİıCcVvصات©(")
_LEFT_OVER = re.compile(
    r"\[(?:block|view|views|node|field|media|video|embed|file|image)\s?[:=\]]|\[\[\{|\{\{|<!--"
)
_TODAY_WORDS = words("today clock weather currentdate")  # boxes that say what day it is
_BEFORE = 8  # blocks before the headline in which labels and dates stand
_CLOSE = 6  # blocks after it in which a date stands, where no box says what is the article
_AFTER = 12  # blocks after the headline in which its summary may stand
_TEXT_FIGURES = words("blockquote pre td th li body main article section")
_SHORT = 40  # characters: less before a colon is a label
_SUMMARIES = frozenset(["named excerpt", "named teaser"])  # of other pages, or of this one
_TAGS = frozenset(["named tags", "named taglist"])  # topics, or what kind of release it is
_LEAD_TAGS = words("p h2 h3 h4 div")
_LEAD = 60  # characters: a shorter line under the headline is a subtitle


def _named(run: Run, vocabulary: frozenset[str]) -> bool:
    """Whether the run, its box or the box around that is named by a word of `vocabulary`."""
    box = run.box
    return not (
        vocabulary.isdisjoint(box.words)
        and vocabulary.isdisjoint(run.names)
        and (box.parent is None or vocabulary.isdisjoint(box.parent.words))
    )


def _shows_today(run: Run) -> bool:
    """Whether `run` or a box around it, inside <article> or <main>, is named as a calendar or clock."""
    box: Box | None = run.box
    names = run.names
    while box is not None and box.tag not in ("article", "main", "body"):
        names |= box.words
        box = box.parent
    return not _TODAY_WORDS.isdisjoint(names)


def _is_caption(run: Run) -> bool:
    if run.box.around.captioned or _in_figure(run.box):
        return True
    length = len(run.text)
    return length <= 600 and (
        _named(run, _CAPTION_WORDS)
        or (length <= 200 and run.text[0] in _CREDIT_BEGINS and _CREDIT.match(run.text) is not None)
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
    if not run.linked or run.link_share <= 0.7:
        return False
    return not (run.box.tag == "p" and len(run.text) >= 40 and run.text[-1] in ".!?؟。")


class _Reader:
    """Gives each run its role, in page order."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.runs = reading.page.runs
        self.inside = self._mark_inside()
        self.first = next((run.place for run in self.runs if self.inside[run.place]), len(self.runs))
        self.menus = menu_marks(["" if run.lump else run.text for run in self.runs])
        self.body = ("body", f"in the {reading.layout or 'densest part of the page'}")
        self.title = ""
        self.fence: int | None = None  # the headline, where what stands before it is no article
        self.holders: list[Box] = []  # <article> or <main> around the headline, and around the region
        self.begun = False  # a passage of the body has been met
        self.announced = False  # the passage before ends in a colon
        self.led = False  # a passage between headline and body has been met

    def _mark_inside(self) -> list[bool]:
        """Whether each run lies in the region."""
        inner = set(self.reading.region)
        for box in self.reading.page.boxes:  # parents come before their children
            if box.parent in inner:
                inner.add(box)
        return [run.box in inner for run in self.runs]

    def set_headline(self) -> None:
        """Take up the reading's title and headline."""
        self.title = fold(self.reading.title).casefold()
        self.fence = self._fence()
        self.holders = self.reading.holders()

    def _fence(self) -> int | None:
        """The headline's place, unless much of the region's prose stands before it: less of it will do in
        paragraphs, which menus seldom have."""
        headline = self.reading.headline
        if headline is None:
            return None
        inside = [run for run in self.runs if run.prose and self.inside[run.place]]
        whole = sum(run.prose for run in inside)
        before = sum(run.prose for run in inside if run.place < headline)
        written = sum(run.prose for run in inside if run.place < headline and run.box.tag == "p")
        return headline if before <= 0.3 * whole and written <= 0.15 * whole else None

    def role(self, run: Run) -> tuple[str, str]:
        place, box = run.place, run.box
        if place == self.reading.headline:
            return "title", "the headline"
        if box.furniture and not self._is_summary(run):
            if self._is_tag(run):
                return "type", "a label over the headline"
            hidden = box.furniture == "hidden"
            return ("hidden", "by its markup") if hidden else ("boilerplate", box.furniture)
        if place in self.menus and not (box.cell is not None and self.inside[place]):
            return "menu", "a label said twice, as menus leave it"
        text = run.text
        if not (text[0].isalnum() or any(map(str.isalnum, text))):
            return "separator", "no letter in it"
        if ("[" in text or "{" in text or "<" in text) and _LEFT_OVER.search(text):
            return "left-over", "a placeholder of the site's software"
        if len(self.title) <= 2 * len(text) <= 4 * len(self.title) and fold(text).casefold() == self.title:
            return "title", "the title again"
        headline = self.fence
        if headline is not None and place < headline:
            return self._before_headline(run, headline)
        if len(text) <= LONGEST and not box.around.level and box.around.cell is None and is_volatile(text):
            return "boilerplate", "the site's own count or clock"
        if self.inside[place]:
            return self._in_region(run)
        if headline is not None and headline < place < self.first:
            return self._under_headline(run)
        return "boilerplate", "outside the article"

    def _is_summary(self, run: Run) -> bool:
        """Whether a passage named a teaser stands under the headline: there it is this article's own."""
        headline = self.fence
        return (
            run.box.furniture in _SUMMARIES
            and headline is not None
            and headline < run.place < headline + _AFTER
            and not self.begun
            and run.prose > 0
            and not run.linked
        )

    def _is_tag(self, run: Run) -> bool:
        """Whether what is named tags is the release's own label, over its headline: topics stand under it."""
        headline = self.fence
        return (
            run.box.furniture in _TAGS
            and headline is not None
            and 0 < headline - run.place <= _BEFORE
            and self._beside(run, headline)
            and labels.is_label(run.listed)
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
        if headline - run.place <= _BEFORE and self._beside(run, headline):
            if label := self._label(run):
                return label
            if run.box.captioned:
                return "caption", "a caption over the headline"
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
            return "body", LEAD
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
            if self.announced and run.box.depth and not run.box.level:
                return "body", "links that the text announces"
            return "links", "nothing but links"
        if run.box.level == 0 or content.size(run.text) > 120:
            self.begun = True
        self.announced = self.begun and run.text[-1] in ":：" and len(run.text) >= _SHORT and not run.linked
        return self.body


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


def read(page: Page, head: Head, template: Template | None = None) -> Reading:
    """Weigh the page's parts, find its article, and give each run a role; `template` is what the site's
    other pages know."""
    template = template or Template()
    said = head.article.get("articleBody")
    content.weigh(page, said if isinstance(said, str) else "")
    known = recurring.known_texts(page, template)
    recurring.furnish(page, known, template)
    layout, boxes = region.choose(page)
    if layout is None:
        boxes = region.only(page, boxes)
    disagreement = ""
    if not layouts.is_exact(layout):
        boxes, disagreement = recurring.pin(page, boxes, template)
    reading = Reading(page, head, layout=layout, region=boxes, disagreement=disagreement)
    reader = _Reader(reading)
    first = next((run.place for run in page.runs if run.prose and reader.inside[run.place]), 0)
    reading.title, reading.headline = titles.choose(page, head, first)
    if layout is None and reading.headline is not None:
        own = region.own(page, boxes, page.runs[reading.headline].box)
        if own != boxes:
            reading.region = own
            reader = _Reader(reading)
    reader.set_headline()
    reading.roles = [reader.role(run) for run in page.runs]
    closing.contact(reading)
    recurring.sort_out(reading, known, template)
    closing.close(reading)
    return reading
