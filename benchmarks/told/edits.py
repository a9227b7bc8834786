"""Edits of a release, each with what should be told of it: kind, figures, edits named, weight.

It edits facts and texts, never a page; `rounds` puts them on a site.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from benchmarks.told.texts import WORDS, Facts, Text, text
from crawler.values import EditKind, Kind

LOW = 40  # a weight below this is low (docs/EVENTS.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A release before and after, and what should be told."""

    name: str
    before: Text
    after: Text
    kind: Kind
    facts: frozenset[Kind] = frozenset()  # that the event must hold besides
    figures: frozenset[tuple[object, object]] = frozenset()  # (before, after); exactly these
    edit: EditKind | None = None  # that the event must name
    low: bool = False
    high: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A release to be edited."""

    facts: Facts
    language: str
    path: str
    chance: random.Random

    def text(self, facts: Facts | None = None, *, dated: bool = True) -> Text:
        return text(facts or self.facts, language=self.language, path=self.path, dated=dated)

    def other(self, what: str, *taken: str) -> str:
        """Another word of the pool for a slot."""
        return self.chance.choice(
            [word for word in WORDS[self.language][what].split("|") if word not in taken]
        )


def _edit(subject: Subject, name: str, after: Facts | Text, kind: Kind, **expected: object) -> Edit:
    changed = after if isinstance(after, Text) else subject.text(after)
    return Edit(name=name, before=subject.text(), after=changed, kind=kind, **expected)  # type: ignore[arg-type]  # by name


def headline(subject: Subject) -> Edit:
    title = WORDS[subject.language]["retitled"].format(place=subject.facts.place)
    after = replace(subject.text(), headline=title)
    return _edit(subject, "headline rewritten", after, Kind.RETITLED)


def headline_typo(subject: Subject) -> Edit:
    before = subject.text()
    place = subject.facts.place
    wrong = replace(before, headline=before.headline.replace(place, _misspelt(place), 1))
    return Edit(name="typo in the headline", before=wrong, after=before, kind=Kind.RETITLED, low=True)


def _misspelt(word: str) -> str:
    """The word with two letters inside it swapped, where they differ."""
    at = next(n for n in range(1, len(word) - 1) if word[n] != word[n + 1] and word[n : n + 2].isalpha())
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def figure_in_prose(subject: Subject) -> Edit:
    people = subject.facts.people + subject.chance.randrange(1_000, 9_000, 200)
    figures = frozenset({(subject.facts.people, people)})
    after = replace(subject.facts, people=people)
    return _edit(subject, "figure in prose", after, Kind.CHANGED, figures=figures, high=True)


def two_figures(subject: Subject) -> Edit:
    facts = subject.facts
    after = replace(facts, families=facts.families + 37, share=facts.share + 4)
    figures = frozenset({(facts.families, after.families), (facts.share, after.share)})
    return _edit(subject, "two figures", after, Kind.CHANGED, figures=figures, high=True)


def figure_of_money(subject: Subject) -> Edit:
    before = subject.facts.money
    after = f"{int(before[0]) + 3}.{before[2]}"
    figures = frozenset({(round(float(before) * 1e6), round(float(after) * 1e6))})
    facts = replace(subject.facts, money=after)
    return _edit(subject, "figure of money", facts, Kind.CHANGED, figures=figures, high=True)


def figure_in_table(subject: Subject) -> Edit:
    wells = subject.facts.wells + 11
    figures = frozenset({(subject.facts.wells, wells)})
    return _edit(
        subject, "figure in a table", replace(subject.facts, wells=wells), Kind.CHANGED, figures=figures
    )


def figure_in_headline(subject: Subject) -> Edit:
    count = subject.facts.headline_figure + 110
    figures = frozenset({(subject.facts.headline_figure, count)})
    after = replace(subject.facts, headline_figure=count)
    return _edit(subject, "figure in the headline", after, Kind.RETITLED, figures=figures, high=True)


def date_in_dateline(subject: Subject) -> Edit:
    """The page's own date stays: the text says another day than before."""
    facts = replace(subject.facts, day=subject.facts.day + timedelta(days=3))
    after = replace(subject.text(facts), published=subject.facts.day)
    days = (subject.facts.day.isoformat(), facts.day.isoformat())
    return _edit(subject, "date in the dateline", after, Kind.CHANGED, figures=frozenset({days}))


def redated(subject: Subject) -> Edit:
    """No other date than the dateline's: the release is another day's."""
    facts = replace(subject.facts, day=subject.facts.day + timedelta(days=3))
    before, after = subject.text(dated=False), subject.text(facts, dated=False)
    return Edit(name="dateline alone dates it", before=before, after=after, kind=Kind.REDATED)


def published(subject: Subject) -> Edit:
    before = subject.text()
    assert before.published is not None
    after = replace(before, published=before.published - timedelta(days=2))
    return _edit(subject, "date of publication", after, Kind.REDATED)


def quote(subject: Subject) -> Edit:
    after = replace(subject.facts, quote=subject.other("quotes", subject.facts.quote))
    return _edit(subject, "quote", after, Kind.CHANGED, edit=EditKind.QUOTE, high=True)


def name(subject: Subject) -> Edit:
    facts = subject.facts
    other = subject.other("names", facts.head_of_office, facts.councillor, facts.press)
    return _edit(subject, "name", replace(facts, councillor=other), Kind.CHANGED, edit=EditKind.NAME)


def withdrawn(subject: Subject) -> Edit:
    before = subject.text()
    at = subject.chance.randrange(2, len(before.paragraphs) - 2)
    after = replace(before, paragraphs=before.paragraphs[:at] + before.paragraphs[at + 1 :])
    return _edit(subject, "passage withdrawn", after, Kind.WITHDRAWN, high=True)


def added(subject: Subject) -> Edit:
    before = subject.text()
    extra = WORDS[subject.language]["rewritten"]
    after = replace(before, paragraphs=(*before.paragraphs[:4], extra, *before.paragraphs[4:]))
    return _edit(subject, "passage added", after, Kind.CHANGED)


def rewritten(subject: Subject) -> Edit:
    before = subject.text()
    new = WORDS[subject.language]["rewritten"]
    after = replace(before, paragraphs=(*before.paragraphs[:4], new, *before.paragraphs[5:]))
    return _edit(subject, "paragraph rewritten", after, Kind.CHANGED)


def swapped(subject: Subject) -> Edit:
    before = subject.text()
    one, two = before.paragraphs[4], before.paragraphs[5]
    after = replace(before, paragraphs=(*before.paragraphs[:4], two, one, *before.paragraphs[6:]))
    return _edit(subject, "paragraphs swapped", after, Kind.CHANGED, low=True)


def typo(subject: Subject) -> Edit:
    before = subject.text()
    words = before.paragraphs[5].split()
    at = max(range(len(words)), key=lambda n: len(words[n]))
    words[at] = _misspelt(words[at])
    wrong = replace(before, paragraphs=(*before.paragraphs[:5], " ".join(words), *before.paragraphs[6:]))
    return Edit(name="typo", before=wrong, after=before, kind=Kind.CHANGED, low=True)


def punctuation(subject: Subject) -> Edit:
    before = subject.text()
    comma = "،" if subject.language == "ar" else ","
    words = before.paragraphs[5].split(" ")
    words[2] = words[2].rstrip(comma) + ("" if words[2].endswith(comma) else comma)
    after = replace(before, paragraphs=(*before.paragraphs[:5], " ".join(words), *before.paragraphs[6:]))
    return _edit(subject, "punctuation", after, Kind.CHANGED, low=True)


def contact(subject: Subject) -> Edit:
    facts = subject.facts
    other = subject.other("names", facts.head_of_office, facts.councillor, facts.press)
    after = replace(facts, press=other, phone="+41 22 798 61 50")
    return _edit(subject, "contact", after, Kind.CHANGED, edit=EditKind.CONTACT, low=True)


def link(subject: Subject) -> Edit:
    after = replace(subject.facts, link=subject.facts.link + "-v2")
    return _edit(subject, "link", after, Kind.CHANGED, edit=EditKind.LINK, low=True)


def document(subject: Subject) -> Edit:
    after = replace(subject.facts, document=subject.facts.document.replace(".pdf", "-rev1.pdf"))
    return _edit(subject, "document replaced", after, Kind.CHANGED, edit=EditKind.DOCUMENT)


def several(subject: Subject) -> Edit:
    """Headline, figure and contact in one visit: one event."""
    people = subject.facts.people + 4_000
    facts = replace(subject.facts, people=people, phone="+41 22 798 61 51")
    title = WORDS[subject.language]["retitled"].format(place=subject.facts.place)
    figures = frozenset({(subject.facts.people, people)})
    return _edit(
        subject,
        "headline, figure and contact at once",
        replace(subject.text(facts), headline=title),
        Kind.RETITLED,
        facts=frozenset({Kind.CHANGED}),
        figures=figures,
        edit=EditKind.CONTACT,
        high=True,
    )


def figure_and_withdrawal(subject: Subject) -> Edit:
    before = subject.text()
    facts = replace(subject.facts, families=subject.facts.families + 5)
    after = subject.text(facts)
    after = replace(after, paragraphs=after.paragraphs[:5] + after.paragraphs[6:])
    assert len(after.paragraphs) == len(before.paragraphs) - 1
    return _edit(
        subject,
        "figure changed, passage withdrawn",
        after,
        Kind.WITHDRAWN,
        facts=frozenset({Kind.CHANGED}),
        figures=frozenset({(subject.facts.families, facts.families)}),
        high=True,
    )


EDITS: tuple[Callable[[Subject], Edit], ...] = (
    *(headline, headline_typo, figure_in_prose, two_figures, figure_of_money, figure_in_table),
    *(figure_in_headline, date_in_dateline, redated, published, quote, name, withdrawn, added, rewritten),
    *(swapped, typo, punctuation, contact, link, document, several, figure_and_withdrawal),
)
