"""When a release came out and when it was changed: the witnesses of the page, weighed.

It reads no clock, no Last-Modified, and no date of another box, of a comment or of a page's header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crawler.extract import dates, jsonld
from crawler.extract.blocks import Box, Run
from crawler.extract.reading import LEAD, Reading
from crawler.values import Dated

_PUBLISHED_METAS = (
    "article:published_time",
    "article:published",
    "article:published:time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "published-date",
    "publication-date",
    "publication_date",
    "citation_publication_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "article:modified",
    "article:modified:time",
    "og:article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "datemodified",
    "last-modified",
    "lastmod",
)
_IN_PATH = re.compile(r"/((?:19|20)\d\d)([/-]?)(\d\d?)\2(\d\d)(?=[/_.-]|$)")
_FIRST_DAY = date(1991, 1, 1)  # no page is older than the web; the epoch and year 1 are empty fields
_A_DAY, _A_YEAR = timedelta(days=1), timedelta(days=366)
_BEFORE, _AFTER = 8, 14  # blocks before and after the headline among which its date stands
_CLOSE = 6  # blocks after it, where no box says what is the article
_LEVELS = 4
_LABEL = 40  # characters of a label that stands alone before its date: "Last updated:"
_TODAY = frozenset(["today", "clock", "weather", "currentdate"])
_CHANGED = frozenset(["updated", "modified", "lastmod", "lastupdated"])
_MOMENTS = 5
_DIGIT = re.compile(r"\d")


def _dated(text: str, source: str) -> Dated | None:
    """A machine's claim; None where it is no date, or one that no page can have."""
    moment = dates.moment(text) if text else None
    if moment is None or moment[0] < _FIRST_DAY:
        return None
    return Dated(day=moment[0], source=source, at=moment[1])


def _marked(values: list[str]) -> Dated | None:
    """What microdata says, where all of it says one day: other texts of the page may be marked up too."""
    found = [claim for value in values[:20] if (claim := _dated(value, "microdata"))]
    return found[0] if len({claim.day for claim in found}) == 1 else None


def in_path(url: str) -> date | None:
    """The day in the path of an address: /2024/05/03/…, /2024-05-03-…, /20240503/…"""
    match = _IN_PATH.search(url.partition("#")[0].partition("?")[0][:500])
    try:
        found = date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None
    return found if found and found >= _FIRST_DAY else None


def _named(run: Run, vocabulary: frozenset[str], levels: int) -> bool:
    """Whether `run`, or a box around it as far as <article> or <main>, is named so."""
    if not run.names.isdisjoint(vocabulary):
        return True
    box: Box | None = run.box
    for _ in range(levels):
        if box is None or box.tag in ("article", "main", "body"):
            return False
        if not box.words.isdisjoint(vocabulary):
            return True
        box = box.parent
    return False


def _near(one: Box, other: Box) -> bool:
    """Whether both lie in one box a few levels up that is not the whole page."""
    box: Box | None = one
    for _ in range(_LEVELS):
        box = box.parent if box is not None else None
        if box is None or box.parent is None:
            return False
        if other.within(box):
            return True
    return False


def _bare(text: str) -> bool:
    """Whether `text` is a date and nothing else: blogs link it to the archive of that day."""
    line = dates.date_line(text)
    return line is not None and not line.labelled


def _around_headline(reading: Reading, headline: int) -> list[int]:
    """The places of runs that may say its date: after it, as far as the text begins (a lead does not begin
    it), then before it."""
    runs, roles = reading.page.runs, reading.roles
    text = (
        at
        for at in range(headline + 1, len(runs))
        if roles[at][0] == "body" and roles[at][1] != LEAD and runs[at].prose
    )
    end = min(next(text, len(runs)), headline + _AFTER)
    return [
        *range(headline + 1, min(len(runs), end + 1)),
        *range(headline - 1, max(-1, headline - 1 - _BEFORE), -1),
    ]


def _beside_headline(reading: Reading) -> Iterator[tuple[Run, bool]]:
    """(a run that may say the date of the headline beside it, whether that date must bear a label).

    A page's header shows what day it is today. So: inside the headline's <article> or <main>, or under
    the headline in a box near it, or close under it where neither is marked; above it with a label.
    """
    runs, headline = reading.page.runs, reading.headline
    if headline is None:
        return
    holders, box = reading.holders(), runs[headline].box
    for place in _around_headline(reading, headline):
        run = runs[place]
        if not (run.times or _DIGIT.search(run.text)):
            continue
        byline = reading.roles[place][0] == "byline" or _bare(run.text) or run.times
        linked = run.link_share >= 0.5 and not (byline and headline < place)
        if run.box.hidden or run.box.row or linked or _named(run, _TODAY, 50):
            continue
        close = place > headline and not holders and place - headline <= _CLOSE
        if close or any(run.box.within(holder) for holder in holders):
            yield run, False
        elif _near(box, run.box):
            yield run, place < headline


def _alike(one: date, other: date) -> bool:
    """Whether two witnesses mean the same day: in two zones, or with day and month in another order."""
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return swapped or abs(one - other) <= _A_DAY


def _said(reading: Reading, run: Run) -> Iterator[tuple[Dated, bool, bool]]:
    """(date, whether it is that of a change, whether it bears a label) of each date in `run`."""
    found = dates.stamps(run.text)
    before = reading.page.runs[run.place - 1].text if run.place else ""
    label = before if len(before) <= _LABEL else ""
    changed = _named(run, _CHANGED, 1) or dates.says_changed(label)
    moments = [claim for moment in run.times[:_MOMENTS] if (claim := _dated(moment, "time"))]
    stated = any(stamp.changed for stamp in found) or any(stamp.labelled for stamp in found[:1])
    for place, stamp in enumerate(found):
        claim = Dated(day=stamp.day, source="visible date")
        same = next((each for each in moments if _alike(each.day, stamp.day)), None)
        yield same or claim, stamp.changed or (changed and place == 0 and not stated), stamp.labelled
    leads = len(run.text) <= _LABEL or ((first := dates.find(run.text[:_LABEL])) and first.start == 0)
    if not found and moments and leads:
        yield moments[0], changed or dates.says_changed(run.text), False


def _shown(reading: Reading) -> list[tuple[Dated, bool]]:
    """(date, whether it is that of a change) of what a reader sees beside the headline, in order of trust."""
    dated = reading.runs("date")
    beside = [pair for pair in _beside_headline(reading) if pair[0] not in dated]
    return [
        (claim, is_change)
        for run, needs_label in [*((run, False) for run in dated), *beside]
        for claim, is_change, labelled in _said(reading, run)
        if labelled or is_change or not needs_label
    ]


def _in_title(reading: Reading) -> Dated | None:
    """A date after the last bar of <title>: "Headline | Site | 28.04.2023"."""
    line = dates.date_line(reading.head.title.rpartition(" | ")[2]) if " | " in reading.head.title else None
    return Dated(day=line.day, source="title") if line and not line.labelled else None


def _modified(reading: Reading, shown: list[tuple[Dated, bool]]) -> Dated | None:
    head = reading.head
    return (
        _dated(jsonld.text(head.article.get("dateModified")), "JSON-LD")
        or _dated(head.meta(*_MODIFIED_METAS), "meta")
        or _marked(head.marked.get("datemodified", []))
        or next((claim for claim, is_change in shown if is_change), None)
    )


def _machines(reading: Reading) -> list[Dated]:
    """What the markup claims, the most trusted first."""
    head = reading.head
    claims = (
        _dated(jsonld.text(head.article.get("datePublished")), "JSON-LD"),
        _dated(head.meta(*_PUBLISHED_METAS), "meta"),
        _marked(head.marked.get("datepublished", [])),
    )
    return [claim for claim in claims if claim]


def _overruled(best: Dated, shown: Dated, changed: Dated | None) -> bool:
    """Whether the date beside the headline is the older one: a site that moved to new software stamps all its
    texts with that day, while a header's "today" is never older than the text under it."""
    if shown.day > best.day or _alike(shown.day, best.day):
        return False
    return changed is None or not _alike(shown.day, changed.day)


def read(reading: Reading, url: str, dateline: Dated | None) -> tuple[Dated | None, Dated | None]:
    """When the release came out and when it was changed, each by the best witness not caught lying."""
    seen = _shown(reading)
    changed = _modified(reading, seen)
    shown = next((claim for claim, is_change in seen if not is_change), None)
    path = in_path(url)
    claims = _machines(reading)
    # Nothing is published a year after its last change.
    sane = (claim for claim in claims if changed is None or claim.day - changed.day <= _A_YEAR)
    best = next(sane, None)
    if best is None:
        stated = shown or dateline or _in_title(reading) or (Dated(day=path, source="URL") if path else None)
        return stated or next(iter(claims), None), changed
    if path and abs(best.day - path) == _A_DAY:
        # The machine counts days in another zone than the site; the address keeps the site's.
        best = Dated(day=path, source=best.source, at=best.at)
    if shown and path != best.day and _overruled(best, shown, changed):
        best = shown
    return best, changed
