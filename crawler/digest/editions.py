"""What a digest says of a release's family and homes: editions told as one item, figures that disagree.

Escapes nothing and draws nothing. An event that is told with another one is named there, never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crawler.digest import words
from crawler.digest.tongue import counted, noted, say, says
from crawler.digest.visible import address, language_tag, line
from crawler.values import Disagreement, Event, Kind

_MOST_ADDRESSES = 5
_MOST_DISAGREEMENTS = 6
_STILL_SAYS: Final = noted("{language} still says {theirs}, this edition {ours}")
_SAYS: Final = noted("{language} says {theirs}, this edition {ours}")
_SAID: Final = noted("{language} said {theirs} when last read on {moment}, this edition says {ours}")
_STOOD: Final = noted("The earlier text stood, when last read on {moment}, at")
_WAS_THERE: Final = noted("There, when last read on {moment}, at")
_MORE_FIGURES: Final = counted(
    "And {n} more figure on which editions differ", "And {n} more figures on which editions differ"
)
_ANNOUNCED = (Kind.NEW, Kind.TRANSLATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A sentence about the release elsewhere, and the addresses it is about."""

    said: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Another language's event of the same release, as a line of the item it is told with."""

    id: str
    label: str
    language: str
    title: str
    lang: str | None
    rtl: bool
    text: str  # its address, to show
    link: str | None  # the same, to follow; None where it must not be
    notes: tuple[Note, ...]


def told_with(events: Iterable[Event]) -> Mapping[str, tuple[Event, ...]]:
    """Event (by id) → those that are told in its item: a translation with the release it is of, and the
    same correction in another language."""
    ordered = sorted(events, key=lambda event: (-event.weight, event.seen_at, event.id))
    leads: defaultdict[str, list[Event]] = defaultdict(list)  # by the address of each edition and home
    found: dict[str, tuple[Event, ...]] = {}
    for event in ordered:
        places = tuple(filter(None, (event.canonical_url or event.url, *event.editions, *event.homes)))
        candidates = (lead for url in places for lead in leads[url])
        lead = next((lead for lead in candidates if _one_story(lead, event)), None)
        if lead is not None:
            found[lead.id] = (*found.get(lead.id, ()), event)
        elif event.editions or event.kind in _ANNOUNCED:
            for url in places:
                leads[url].append(event)
    return found


def leads(events: Iterable[Event]) -> list[Event]:
    """The events that have an item of their own, in their order."""
    every = list(events)
    folded = {event.id for others in told_with(every).values() for event in others}
    return [event for event in every if event.id not in folded]


def _one_story(lead: Event, event: Event) -> bool:
    if lead.language == event.language:
        return False
    if event.kind is Kind.TRANSLATION:
        return lead.kind in _ANNOUNCED
    pairs = [{(figure.before, figure.after) for figure in each.figures} for each in (lead, event)]
    return lead.kind is event.kind and bool(pairs[0]) and pairs[0] == pairs[1]


def edition(event: Event, lead: Event) -> Edition:
    """`event` as it is told with `lead`, without what is said there of the same edition."""
    said = [(each.url, each.figure.before, each.figure.after) for each in lead.disagreements]
    left = [
        each for each in event.disagreements if (each.url, each.figure.before, each.figure.after) not in said
    ]
    url = event.canonical_url or event.url
    link = address(url)
    shown = link or line(url, 200)
    return Edition(
        id=event.id,
        label=words.label(event),
        language=words.language(event.language) or say("another language"),
        title=line(event.title) or shown or say("Untitled"),
        lang=language_tag(event.language),
        rtl=event.direction == "rtl",
        text=shown,
        link=link,
        notes=notes(replace(event, disagreements=tuple(left))),
    )


def notes(event: Event) -> tuple[Note, ...]:
    """What other editions and homes say, in words."""
    said = [Note(said=_disagreement(event, each)) for each in event.disagreements[:_MOST_DISAGREEMENTS]]
    more = len(event.disagreements) - _MOST_DISAGREEMENTS
    if more > 0:
        one, several = _MORE_FIGURES
        said.append(Note(said=says(one, several, more)))
    read, removed = _last_read(event), event.kind is Kind.REMOVED
    at: defaultdict[str, list[str]] = defaultdict(list)
    for url in event.still_at:
        if url in read:
            at[say(_WAS_THERE if removed else _STOOD, moment=read[url])].append(url)
        else:
            at[say("Still there at") if removed else say("The earlier text still stands at")].append(url)
    for url in event.homes:
        if url not in event.still_at:
            at[say("Also at")].append(url)
    return (*said, *(_at(text, urls) for text, urls in at.items()))


def _last_read(event: Event) -> dict[str, str]:
    return {each.url: words.moment(each.at) for each in event.last_read}


def _disagreement(event: Event, found: Disagreement) -> str:
    """ "French still says 12 400, this edition 21,400"."""
    _, theirs, ours, _ = words.figure(found.figure)
    language = words.language(found.language) or say("another edition")
    changed = any(figure.before == found.figure.before for figure in event.figures)
    said = _STILL_SAYS if changed else _SAYS
    read = _last_read(event).get(found.url)
    if read:
        told = say(_SAID, language=language, theirs=theirs, ours=ours, moment=read)
    else:
        told = say(said, language=language, theirs=theirs, ours=ours)
    return told[:1].upper() + told[1:]


def _at(text: str, urls: Sequence[str]) -> Note:
    shown = tuple(filter(None, (address(url) or line(url, 200) for url in urls[:_MOST_ADDRESSES])))
    more = len(urls) - len(shown)
    if more > 0:
        text = say(
            "{text} ({hidden})", text=text, hidden=says("{n} more not shown", "{n} more not shown", more)
        )
    return Note(said=text, addresses=shown)
