"""A digest arranged for reading: sections, and items with every field cleaned and put into words.

Draws nothing; a format needs only to escape what is here. Addresses in `link` are safe to link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crawler.digest import passages, words
from crawler.digest.visible import address, language_tag, line, opening
from crawler.values import Digest, Event, Kind

_MOST_FIGURES = 12
_MOST_REASONS = 3
_MOST_PAGES = 5  # of a site's event

# Section headings, in order, with what each holds (as `words.counted_as` names it).
_SECTIONS: Final = (
    ("Figures changed", {"figure"}),
    ("Removed and withdrawn", {"removed", "withdrawn"}),
    ("New", {"new"}),
    ("Changed", {"changed", "restored", "reverted"}),
    ("Moved, retitled, redated", {"moved", "retitled", "redated"}),
    ("Translations", {"translation"}),
    ("The sites themselves", {"redesigned", "boilerplate", "blocked", "recovered", "unlisted"}),
)
_TONES: Final = {"figure": "figure", "removed": "removed", "withdrawn": "removed", "new": "new",
                 "blocked": "removed", "translation": "translation"}  # fmt: skip
_OPENING_SHOWN: Final = {
    Kind.NEW, Kind.TRANSLATION, Kind.REMOVED, Kind.RESTORED, Kind.REDESIGNED, Kind.BOILERPLATE,
    Kind.BLOCKED, Kind.RECOVERED, Kind.UNLISTED,
}  # fmt: skip
# How the last sight before an event is told; "" where it says nothing.
_EARLIER: Final = {
    Kind.NEW: "", Kind.TRANSLATION: "", Kind.REDESIGNED: "in the old one until at least",
    Kind.BOILERPLATE: "not so until at least", Kind.BLOCKED: "last read", Kind.RECOVERED: "blocked since",
    Kind.UNLISTED: "", Kind.REMOVED: "last there", Kind.RESTORED: "still gone",
    Kind.MOVED: "at its old address until at least",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    what: str
    before: str
    after: str
    step: str  # "+73 %", or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address to show; `link` is None where it must not be followed."""

    text: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event in words. Texts are clean single lines; "" where there is nothing to say."""

    id: str
    label: str  # "new", "figures changed"
    tone: str  # figure, removed, new, translation, change: which colour it takes
    weight: str
    title: str
    title_before: str
    site: str
    language: str
    lang: str | None  # for a lang attribute
    rtl: bool
    dateline: str
    published: str
    published_before: str
    seen: str
    earlier: str  # "unchanged until at least …"
    reasons: str
    summary: str
    figures: tuple[FigureLine, ...]
    more_figures: int
    redline: passages.Shown
    address: Address | None  # today's
    old_address: Address | None  # of a moved release
    pages: tuple[Address, ...]  # of a site's event: the pages it is about
    more_pages: int

    @property
    def facts(self) -> tuple[str, ...]:
        """Where and when, in words, in reading order."""
        dated = f"published {self.published}" if self.published else ""
        if self.published_before:
            dated = f"published {self.published_before} → {self.published or 'no date'}"
        return tuple(fact for fact in (dated, f"seen {self.seen}", self.earlier) if fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    events: tuple[Event, ...]


def sections(digest: Digest) -> tuple[Section, ...]:
    """The digest's events under their headings, weightiest first; no section is empty."""
    ordered = sorted(digest.events, key=lambda event: -event.weight)
    found = (
        Section(heading=heading, events=tuple(e for e in ordered if words.counted_as(e) in kinds))
        for heading, kinds in _SECTIONS
    )
    return tuple(section for section in found if section.events)


def item(event: Event) -> Item:
    """One event, ready to be drawn."""
    counted = words.counted_as(event)
    today = _address(event.canonical_url or event.url)
    moved = Kind.MOVED in event.facts or event.kind is Kind.MOVED
    old = _address(event.url) if moved and event.url != event.canonical_url else None
    figures = tuple(
        FigureLine(what=w, before=b, after=a, step=s) for w, b, a, s in map(words.figure, event.figures)
    )
    title = line(event.title)
    pages = [page for page in event.pages if page != event.canonical_url]
    return Item(
        id=event.id,
        label=words.label(event),
        tone=_TONES.get(counted, "change"),
        weight=words.weight(event.weight),
        title=title or (today.text if today else line(event.site, 60)) or "Untitled",
        title_before=line(event.title_before) if event.title_before != event.title else "",
        site=line(event.site, 60),
        language=words.language(event.language),
        lang=language_tag(event.language),
        rtl=event.direction == "rtl",
        dateline=line(event.dateline, 120),
        published=words.day(event.published),
        published_before=words.day(event.published_before),
        seen=words.moment(event.seen_at),
        earlier=_earlier(event),
        reasons=_reasons(event),
        summary=opening(event.summary) if event.kind in _OPENING_SHOWN else "",
        figures=figures[:_MOST_FIGURES],
        more_figures=max(0, len(figures) - _MOST_FIGURES),
        redline=passages.shown(event.redline),
        address=today,
        old_address=old,
        pages=tuple(filter(None, map(_address, pages[:_MOST_PAGES]))),
        more_pages=max(0, len(pages) - _MOST_PAGES),
    )


def _address(url: str | None) -> Address | None:
    if not url:
        return None
    link = address(url)
    return Address(text=link or line(url, 200), link=link)


def _earlier(event: Event) -> str:
    before, said = event.between[0], _EARLIER.get(event.kind, "unchanged until at least")
    return f"{said} {words.moment(before)}" if before and said else ""


def _reasons(event: Event) -> str:
    """Why it weighs what it weighs, without what the item shows anyway."""
    if event.kind in (Kind.NEW, Kind.TRANSLATION, Kind.REDESIGNED, Kind.RECOVERED):
        return ""
    shown_anyway: tuple[str, ...] = ("figure",) if event.figures else ()
    if event.title_before:
        shown_anyway += ("headline", "title")
    told = (line(reason, 140) for reason in event.reasons)
    unseen = [said for said in told if said and not any(word in said.lower() for word in shown_anyway)]
    return "; ".join(unseen[:_MOST_REASONS])
