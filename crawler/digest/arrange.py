"""A digest arranged for reading: sections, and items with every field cleaned and put into words.

Draws nothing; a format needs only to escape what is here. Addresses in `link` are safe to link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler import countries
from crawler.choice import countries_of
from crawler.digest import editions, edits, interpret, passages, tongue, words
from crawler.digest.tongue import noted, say
from crawler.digest.visible import address, language_tag, line, opening
from crawler.values import Digest, Event, Kind

_MOST_FIGURES = 12
_MOST_REASONS = 3
_MOST_PAGES = 5  # of a site's event

_NEW: Final = noted("New")
# Section headings, in order, with what each holds (as `words.counted_as` names it).
_SECTIONS: Final = (
    (noted("Figures changed"), {"figure"}),
    (noted("Removed and withdrawn"), {"removed", "withdrawn"}),
    (_NEW, {"new"}),
    (noted("Changed"), {"changed", "restored", "reverted"}),
    (noted("Moved, retitled, redated"), {"moved", "retitled", "redated"}),
    (noted("Translations"), {"translation"}),
    (noted("The sites themselves"), {"redesigned", "boilerplate", "blocked", "recovered", "unlisted"}),
)
_TONES: Final = {"figure": "figure", "removed": "removed", "withdrawn": "removed", "new": "new",
                 "blocked": "removed", "translation": "translation"}  # fmt: skip
_OPENING_SHOWN: Final = {
    Kind.NEW, Kind.TRANSLATION, Kind.REMOVED, Kind.RESTORED, Kind.REDESIGNED, Kind.BOILERPLATE,
    Kind.BLOCKED, Kind.RECOVERED, Kind.UNLISTED,
}  # fmt: skip
_UNCHANGED: Final = noted("unchanged until at least {moment}")
# How the last sight before an event is told; "" where it says nothing.
_EARLIER: Final = {
    Kind.NEW: "", Kind.TRANSLATION: "", Kind.UNLISTED: "",
    Kind.REDESIGNED: noted("in the old one until at least {moment}"),
    Kind.BOILERPLATE: noted("not so until at least {moment}"),
    Kind.BLOCKED: noted("last read {moment}"),
    Kind.RECOVERED: noted("blocked since {moment}"),
    Kind.REMOVED: noted("last there {moment}"),
    Kind.RESTORED: noted("still gone {moment}"),
    Kind.MOVED: noted("at its old address until at least {moment}"),
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
    weight: str  # "high weight"
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
    back_to: str  # of a reverted release: "back to the text of …"
    earlier: str  # "unchanged until at least …"
    reasons: str
    summary: str
    figures: tuple[FigureLine, ...]
    more_figures: int
    edits: tuple[edits.EditLine, ...]
    more_edits: int
    correction: str  # the page's own notice
    silent: str
    redline: passages.Shown
    address: Address | None  # today's
    old_address: Address | None  # of a moved release
    pages: tuple[Address, ...]  # of a site's event: the pages it is about
    more_pages: int
    notes: tuple[editions.Note, ...]  # what other editions and homes say
    editions: tuple[editions.Edition, ...]  # other languages, told with it

    @property
    def facts(self) -> tuple[str, ...]:
        """Where and when, in words, in reading order."""
        dated = say("published {day}", day=self.published) if self.published else ""
        if self.published_before:
            after = self.published or say("no date")
            dated = say("published {before} → {after}", before=self.published_before, after=after)
        seen = say("seen {moment}", moment=self.seen)
        return tuple(fact for fact in (dated, seen, self.back_to, self.earlier) if fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Events of one country, or of one site where no country is named. Without a heading: just events."""

    heading: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    groups: tuple[Group, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for group in self.groups for event in group.events)


def sections(digest: Digest) -> tuple[Section, ...]:
    """The digest's events under their headings, weightiest first; no section is empty."""
    ordered = sorted(editions.leads(digest.events), key=lambda event: -event.weight)
    shown = []
    for heading, kinds in _SECTIONS:
        found = tuple(event for event in ordered if words.counted_as(event) in kinds)
        if found:
            groups = _by_country(found) if heading == _NEW else (Group(heading="", events=found),)
            shown.append(Section(heading=say(heading), groups=groups))
    return tuple(shown)


def in_full(digest: Digest) -> frozenset[str]:
    """The events told in full: the weightiest, as many as the reader wants."""
    ordered = sorted(editions.leads(digest.events), key=lambda event: -event.weight)
    return frozenset(event.id for event in ordered[: digest.most_in_full])


def _by_country(events: tuple[Event, ...]) -> tuple[Group, ...]:
    """In the order of their weightiest; one group alone needs no heading."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        country = next(iter(countries_of(event)), None)
        place = countries.name(country, tongue.language()) if country else line(event.site, 60)
        groups.setdefault(place, []).append(event)
    if len(groups) == 1:
        return (Group(heading="", events=events),)
    return tuple(Group(heading=place, events=tuple(found)) for place, found in groups.items())


def item(event: Event, others: Sequence[Event] = ()) -> Item:
    """One event, ready to be drawn, in the language that is spoken; `others` are the events told with it
    (`editions.told_with`)."""
    return _item(_Same(event), tuple(map(_Same, others)), tongue.language())


class _Same:
    """An event by identity: to hash all that it holds would cost what drawing it does."""

    __slots__ = ("event",)

    def __init__(self, event: Event) -> None:
        self.event = event

    def __hash__(self) -> int:
        return id(self.event)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.event is self.event


@lru_cache(maxsize=2_048)  # a letter draws each event in several formats
def _item(same: _Same, others: tuple[_Same, ...], language: str) -> Item:  # noqa: ARG001 - the language is part of the key
    event = same.event
    counted = words.counted_as(event)
    today = _address(event.canonical_url or event.url)
    moved = Kind.MOVED in event.facts or event.kind is Kind.MOVED
    old = _address(event.url) if moved and event.url != event.canonical_url else None
    figures = tuple(
        FigureLine(what=w, before=b, after=a, step=s) for w, b, a, s in map(words.figure, event.figures)
    )
    title = line(interpret.title(event))
    pages = [page for page in event.pages if page != event.canonical_url]
    told = edits.lines(event)
    return Item(
        id=event.id,
        label=words.label(event),
        tone=_TONES.get(counted, "change"),
        weight=words.weight(event.weight),
        title=title or (today.text if today else line(event.site, 60)) or say("Untitled"),
        title_before=line(event.title_before) if event.title_before != event.title else "",
        site=line(event.site, 60),
        language=words.language(event.language),
        lang=language_tag(event.language),
        rtl=event.direction == "rtl",
        dateline=line(event.dateline, 120),
        published=words.day(event.published),
        published_before=words.day(event.published_before),
        seen=words.moment(event.seen_at),
        back_to=_back_to(event),
        earlier=_earlier(event),
        reasons=_reasons(event),
        summary=opening(interpret.summary(event)) if event.kind in _OPENING_SHOWN else "",
        figures=figures[:_MOST_FIGURES],
        more_figures=max(0, len(figures) - _MOST_FIGURES),
        edits=told[: edits.MOST],
        more_edits=max(0, len(told) - edits.MOST),
        correction=line(event.correction, 400),
        silent=edits.silence(event),
        redline=passages.shown(event.redline),
        address=today,
        old_address=old,
        pages=tuple(filter(None, map(_address, pages[:_MOST_PAGES]))),
        more_pages=max(0, len(pages) - _MOST_PAGES),
        notes=editions.notes(event),
        editions=tuple(editions.edition(other.event, event) for other in others),
    )


def _address(url: str | None) -> Address | None:
    if not url:
        return None
    link = address(url)
    return Address(text=link or line(url, 200), link=link)


def _back_to(event: Event) -> str:
    if event.back_to is None:
        return ""
    return say("back to the text of {moment}", moment=words.moment(event.back_to.time))


def _earlier(event: Event) -> str:
    before, said = event.between[0], _EARLIER.get(event.kind, _UNCHANGED)
    return say(said, moment=words.moment(before)) if before and said else ""


def _reasons(event: Event) -> str:
    """Why it weighs what it weighs, without what the item shows anyway."""
    if event.kind in (Kind.NEW, Kind.TRANSLATION, Kind.REDESIGNED, Kind.RECOVERED):
        return ""
    shown_anyway: tuple[str, ...] = ("figure",) if event.figures else ()
    shown_anyway += edits.shown_anyway(event)
    if event.title_before:
        shown_anyway += ("headline", "title")
    if event.still_at:
        shown_anyway += ("still as it was at", "still there at")
    told = (line(reason, 140) for reason in event.reasons)
    unseen = [said for said in told if said and not any(word in said.lower() for word in shown_anyway)]
    return say("; ").join(interpret.reason(told) for told in unseen[:_MOST_REASONS])
