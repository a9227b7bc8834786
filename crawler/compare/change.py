"""Compares two readings of one release: what kind of change it is, its redline, figures, edits and weight.

Both readings are made by today's rules. Whether a page is there at all is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, zip_longest

from crawler.compare import edits, names, quotes, uncased
from crawler.compare.alignment import Run
from crawler.compare.corrections import lines, notice
from crawler.compare.figures import Reader, figures_of, numbered, only_rewritten, restated
from crawler.compare.names import Capitals
from crawler.compare.redline import Alignment, Row, align, edited, segments
from crawler.compare.same import body_text, told
from crawler.compare.weight import Differences, weigh
from crawler.compare.wording import Wording, corrected
from crawler.compare.words import Words
from crawler.text import fold
from crawler.values import Article, Change, Dated, Edit, EditKind, Figure, Kind
from crawler.weights import DEFAULT, Weights

# Hebrew to Myanmar, Khmer, kana to Hangul
_UNCASED = re.compile(r"[\u0590-\u109f\u1780-\u17ff\u3040-\ud7ff]")
_NOTHING = Alignment(rows=(), reordered=False)


def compare(
    before: Article, after: Article, *, claimed: bool | None = None, weights: Weights = DEFAULT
) -> Change | None:
    """What a reader would see differ, or None. Never raises.

    Facts, weightiest first, in the order of `Kind`: WITHDRAWN where a passage was taken out and nothing
    stands in its place, RETITLED where the headline differs, CHANGED where subtitle, body, contact
    block, links or attachments do, REDATED where the published day does. One event tells all of them
    under the first. The redline is of the subtitle and the body, each empty where it stayed. `claimed`:
    whether the site's own lists say that the page changed; None where they say nothing of its days.
    """
    folded = cache(fold)
    language = after.language or before.language
    title = _row(before.title, after.title)
    if title is not None and only_rewritten(before.title, after.title, language):
        title = None
    text_before, text_after = told(before, folded), told(after, folded)
    redated = _redated(before.published, after.published)
    linked = (*edits.links(before, after), *edits.documents(before, after))
    text = text_before != text_after and not only_rewritten(text_before, text_after, language)
    told_of_text = text and not (redated and _only_dateline(before, after, text_before, text_after))
    if title is None and not told_of_text and not linked and not redated:
        return None
    body = text and body_text(before, folded) != body_text(after, folded)
    alignment = align(before.body, after.body, folded) if body else _NOTHING
    subtitle = _subtitle(before, after, text_before, text_after) if text else None
    found = _found(
        _Pair(
            before=before,
            after=after,
            told_before=text_before,
            told_after=text_after,
            language=language,
            folded=folded,
        ),
        title=title,
        subtitle=subtitle,
        body=alignment if told_of_text else _NOTHING,  # a new date in the dateline is told as REDATED
        linked=linked,
        redated=redated,
        text=text,
    )
    held = {
        Kind.WITHDRAWN: found.body.taken_out > 0,
        Kind.RETITLED: title is not None,
        Kind.CHANGED: told_of_text or bool(linked),
        Kind.REDATED: redated,
    }
    facts = tuple(kind for kind, holds in held.items() if holds)
    weight, reasons = weigh(found, weights)
    return Change(
        kind=facts[0],
        facts=facts,
        redline=segments([*([subtitle] if subtitle else []), *alignment.rows]),
        figures=found.figures,
        weight=weight,
        reasons=reasons,
        title_before=before.title if title is not None else None,
        published_before=str(before.published) if redated else None,
        edits=found.edits,
        correction=found.correction,
        silent=(text or title is not None) and _silent(before.modified, after.modified, claimed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two readings, and their whole texts, folded."""

    before: Article
    after: Article
    told_before: str
    told_after: str
    language: str | None
    folded: Callable[[str], str]


def _found(
    pair: _Pair,
    *,
    title: Row | None,
    subtitle: Row | None,
    body: Alignment,
    linked: tuple[Edit, ...],
    redated: bool,
    text: bool,
) -> Differences:
    """Everything that weighs, from the rows that differ."""
    rows = [row for row in (title, subtitle, *body.rows) if row is not None]
    read = Reader(pair.language)
    sides = numbered(rows, pair.language)
    values = figures_of(sides, read)
    if redated:
        values = tuple(figure for figure in values if not _of_datelines(pair.before, pair.after, figure))
    figured = frozenset(Words(" ".join([f"{f.before_text} {f.after_text}" for f in values])).keys)
    again = restated(sides, read)
    of_title, of_subtitle, of_body = (
        Wording(part, pair.told_before, pair.told_after, figured, again)
        for part in ([title] if title else [], [subtitle] if subtitle else [], body.rows)
    )
    contacts = (
        tuple(edits.contacts(pair.before, pair.after, pair.told_before, pair.told_after)) if text else ()
    )
    in_text = _in_text(pair, (of_title, of_subtitle, of_body), body.rows)
    return Differences(
        body=of_body,
        length=pair.told_after.count(" ") + 1,
        reordered=body.reordered,
        title=(title, of_title) if title else None,
        subtitle=(subtitle, of_subtitle) if subtitle else None,
        figures=values,
        edits=_most((*in_text, *linked, *contacts)),
        contact=bool(contacts) or of_body.contact,
        correction=notice(pair.before, pair.after, pair.folded) if text or title else None,
        redated=redated,
    )


def _in_text(pair: _Pair, wordings: tuple[Wording, ...], rows: tuple[Row, ...]) -> Iterator[Edit]:
    """Quotes, names and contacts that stand in the text; at most `edits.MOST` of each."""
    touched = [pairing for wording in wordings for pairing in wording.touched]
    contacts = [row for wording in wordings for row in wording.contacts]
    alone = [row for row in rows if row.before is None or row.after is None]
    spoken = chain(
        chain.from_iterable(quotes.changed(row, runs) for row, runs in touched),
        chain.from_iterable(
            quotes.one_sided(row, pair.told_after if row.after is None else pair.told_before) for row in alone
        ),
    )
    yield from islice(spoken, edits.MOST)
    details = set(map(id, contacts))
    named = _names(pair, touched, [row for row in alone if id(row) not in details])
    yield from islice(named, edits.MOST)
    for row in contacts[: edits.MOST]:
        yield Edit(kind=EditKind.CONTACT, before=row.before, after=row.after)


def _names(pair: _Pair, touched: list[tuple[Row, list[Run]]], alone: list[Row]) -> Iterator[Edit]:
    """Names that changed, each once: of the dateline, of edited rows, of those that came or went."""
    before, after = (list(map(pair.folded, lines(page))) for page in (pair.before, pair.after))
    capitals = Capitals(before, after, pair.language)
    given = _given(pair)
    found = chain(
        _places(pair),
        chain.from_iterable(
            names.changed(row, runs, capitals)
            if _cased(row)
            else chain(uncased.said(row, runs), uncased.given(row, given))
            for row, runs in touched
        ),
        chain.from_iterable(names.one_sided(row, capitals) for row in alone),
    )
    told_of: set[tuple[str | None, str | None]] = set()
    for edit in found:
        if (edit.before, edit.after) not in told_of:
            told_of.add((edit.before, edit.after))
            yield edit


def _cased(row: Row) -> bool:
    """Whether a row is in a script with capitals."""
    text = f"{row.before}{row.after}"
    return text.isascii() or _UNCASED.search(text) is None


def _given(pair: _Pair) -> list[str]:
    """The names, folded, that either page gives as such."""
    pages = (pair.before, pair.after)
    people = [contact.name or "" for page in pages for contact in page.contacts]
    authors = [author for page in pages for author in page.authors]
    return list(filter(None, dict.fromkeys(map(fold, (*people, *authors)))))


def _places(pair: _Pair) -> Iterator[Edit]:
    """Places of the dateline that changed, but for a letter put right; the one name that a script without
    capitals shows."""
    if pair.before.dateline is None or pair.after.dateline is None:
        return
    was, now = pair.before.dateline.places, pair.after.dateline.places
    known = set(map(fold, was)) & set(map(fold, now))
    gone, come = ([place for place in side if fold(place) not in known] for side in (was, now))
    for old, new in zip_longest(gone, come):
        if not (old and new and corrected(old, new, pair.told_before, pair.told_after)):
            yield Edit(kind=EditKind.NAME, before=old, after=new)


def _most(found: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """At most `edits.MOST` of each kind, in the order of `EditKind`."""
    return tuple(
        edit for kind in EditKind for edit in islice((e for e in found if e.kind is kind), edits.MOST)
    )


def _silent(before: Dated | None, after: Dated | None, claimed: bool | None) -> bool:
    """Whether a day of change was claimed, by the page itself or by the site's lists, and none moved."""
    own = None if after is None else before is None or (before.day, before.at) != (after.day, after.at)
    known = [moved for moved in (own, claimed) if moved is not None]
    return bool(known) and not any(known)


def _row(before: str, after: str) -> Row | None:
    """The row of a field that both readings have and that differs. A field that one reading lacks was
    not found on the page or stands elsewhere on it; where its words are gone, the text tells it."""
    if not fold(before) or not fold(after):
        return None
    row = edited(before, after)
    return None if row.same else row


def _subtitle(before: Article, after: Article, text_before: str, text_after: str) -> Row | None:
    first, second = before.subtitle or "", after.subtitle or ""
    if fold(first) and not fold(second) and fold(first) not in text_after:
        return Row(before=first, after=None)
    if fold(second) and not fold(first) and fold(second) not in text_before:
        return Row(before=None, after=second)
    return _row(first, second)


def _redated(before: Dated | None, after: Dated | None) -> bool:
    """Whether the release now claims another day of publication. A date that appears or is lost is no
    claim withdrawn, and two sources of one page may always have named different days."""
    return (
        before is not None and after is not None and before.source == after.source and before.day != after.day
    )


def _of_datelines(before: Article, after: Article, figure: Figure) -> bool:
    """Whether a date that changed is the dateline's, which is told as REDATED."""
    days = [
        line.date.isoformat() if line and line.date else None for line in (before.dateline, after.dateline)
    ]
    return figure.unit == "date" and None not in days and [figure.before, figure.after] == days


def _only_dateline(before: Article, after: Article, text_before: str, text_after: str) -> bool:
    """Whether the texts differ in the dateline alone: then a new date is the whole story."""
    if before.dateline is None or after.dateline is None:
        return False
    if before.dateline.places != after.dateline.places:
        return False
    first, second = fold(before.dateline.text), fold(after.dateline.text)
    return text_before.replace(first, "", 1) == text_after.replace(second, "", 1)
