"""Weighs a happening from 0 to 100 by what it changes, not by how long it is, and says why in words.

It finds no differences itself: rows and figures come in. Below 40 is low, from 70 high.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.compare.numbers import quantities
from crawler.compare.redline import Row, Words
from crawler.compare.wording import Wording
from crawler.values import Article, Figure, Kind

_FIGURES_NAMED = 5
_FEW = 50  # changed words up to which a text is edited, not rewritten
_SHARE = 10  # every further finding adds a tenth of its own weight

# What each finding weighs alone. Facts (figures, what was said, what was taken out) are high, wording is
# medium, form is low.
_TAKEN_OUT, _QUOTED, _HEADLINE, _DATE, _REWRITTEN, _NEGATED = 78, 72, 72, 70, 66, 64
_FIGURE, _FIGURE_FAR, _FIGURE_NEAR, _FIGURE_GONE, _FIGURE_COME = 76, 84, 71, 60, 50
_ADDED, _NUMBER, _SUBTITLE, _REDATED, _DOCUMENT, _WORDING = 52, 50, 46, 48, 45, 40
_WORDING_MORE = 20
_HEADLINE_FORM, _MOVED, _CONTACT, _LINK, _CORRECTED, _MARKS = 25, 20, 20, 15, 15, 10

_BY_KIND = {
    Kind.NEW: (55, "a new release"),
    Kind.TRANSLATION: (35, "another language edition"),
    Kind.REMOVED: (88, "the page is gone"),
    Kind.RESTORED: (72, "the page is back"),
    Kind.REVERTED: (45, "an earlier text stands again"),
    Kind.MOVED: (25, "the address changed"),
}

DOCUMENT_REPLACED = (62, "a document was replaced under its address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What `compare` found, as far as it weighs. Rows are None where the field did not change."""

    told_before: str  # the whole text, folded
    told_after: str
    rows: tuple[Row, ...] = ()  # of the body
    reordered: bool = False
    title: Row | None = None
    subtitle: Row | None = None
    figures: tuple[Figure, ...] = ()
    restated: frozenset[str] = frozenset()  # words of numbers written otherwise, worth the same
    contact: bool = False
    links: bool = False
    documents_added: int = 0
    documents_removed: int = 0
    redated: bool = False


def weight_of(kind: Kind, article: Article | None) -> tuple[int, tuple[str, ...]]:
    """Weight and reasons of what happened to a release as a whole; of other kinds, none. A new release
    weighs more where its headline or opening has figures."""
    points, reason = _BY_KIND.get(kind, (0, ""))
    reasons = [reason] if reason else []
    if kind is Kind.NEW and article is not None:
        opening = f"{article.title}. {article.summary[:1000]}"
        found = [q for q in quantities(opening, article.language) if q.unit != "date" and not q.spelled]
        if found:
            points += 10
            reasons.append(f"gives figures: {found[0].text} {found[0].what}".rstrip())
    return points, tuple(reasons)


def weigh(found: Differences) -> tuple[int, tuple[str, ...]]:
    """(weight, reasons): the weightiest finding, and a tenth of each further one; reasons in that order."""
    findings = sorted(_findings(found), key=lambda finding: -finding[0]) or [(_MARKS, "spacing")]
    points = findings[0][0] + sum(finding[0] for finding in findings[1:]) // _SHARE
    return min(100, points), tuple(reason for _, reason in findings)


def _findings(found: Differences) -> Iterator[tuple[int, str]]:
    yield from _figures(found.figures)
    for row, name, points in ((found.title, "headline", _HEADLINE), (found.subtitle, "subtitle", _SUBTITLE)):
        if row is None:
            continue
        if row.before is None or row.after is None:
            yield points, f"{name} was {'added' if row.before is None else 'taken out'}"
        elif _wording((row,), found).form_only:
            yield _HEADLINE_FORM, f"{name} corrected"
        else:
            yield points, f"{name} changed"
    wording = _wording(found.rows, found)
    yield from _words(wording, len(found.told_after.split()))
    if found.reordered or wording.moved:
        yield _MOVED, "text moved within the release"
    if found.redated:
        yield _REDATED, "the published date changed"
    if found.documents_removed:
        yield _DOCUMENT, _many(found.documents_removed, "document was taken out", "documents were taken out")
    if found.documents_added:
        yield _DOCUMENT, _many(found.documents_added, "document was added", "documents were added")
    if found.contact:
        yield _CONTACT, "contact details changed"
    if found.links:
        yield _LINK, "links changed"


def _wording(rows: Sequence[Row], found: Differences) -> Wording:
    figured = Words(" ".join([f"{figure.before_text} {figure.after_text}" for figure in found.figures]))
    return Wording(rows, found.told_before, found.told_after, frozenset(figured.keys), found.restated)


def _words(wording: Wording, length: int) -> Iterator[tuple[int, str]]:
    """Findings in the wording of a body of `length` words."""
    if wording.taken_out:
        yield _TAKEN_OUT, _many(wording.taken_out, "passage was taken out", "passages were taken out")
    if wording.quoted:
        yield _QUOTED, "a quote changed"
    if wording.negated:
        yield _NEGATED, "a negation came or went"
    if wording.added:
        yield _ADDED, _many(wording.added, "passage was added", "passages were added")
    if wording.number:
        yield _NUMBER, "a number in the text changed"
    if wording.words > _FEW and 2 * wording.words > length:
        yield _REWRITTEN, "largely rewritten"
    elif wording.words:
        points = _WORDING + min(_WORDING_MORE, wording.words // 4)
        yield points, f"{_count(wording.words)} changed"
    if wording.corrected:
        yield _CORRECTED, f"{_count(wording.corrected)} corrected"
    if wording.marks:
        yield _MARKS, "punctuation"


def _count(words: int) -> str:
    return "1 word" if words == 1 else f"{words} words"


def _many(count: int, one: str, more: str) -> str:
    return f"a {one}" if count == 1 else f"{count} {more}"


# ── figures ─────────────────────────────────────────────────────────────────────────────────────


def _figures(figures: Sequence[Figure]) -> Iterator[tuple[int, str]]:
    weighed = sorted(((_figure_weight(figure), figure) for figure in figures), key=lambda pair: -pair[0])
    for points, figure in weighed[:_FIGURES_NAMED]:
        yield points, _figure_words(figure)
    if more := len(weighed[_FIGURES_NAMED:]):
        yield weighed[_FIGURES_NAMED][0], _many(more, "further figure changed", "further figures changed")


def _figure_weight(figure: Figure) -> int:
    before, after = figure.before, figure.after
    if before is None:
        return _FIGURE_COME
    if after is None:
        return _FIGURE_GONE
    if isinstance(before, str) or isinstance(after, str):
        return _DATE
    larger = max(abs(before), abs(after))
    change = abs(before - after) / larger if larger else 0.0
    if change >= 0.5 or before == after:  # the same number of another currency is another sum
        return _FIGURE_FAR
    return _FIGURE if change >= 0.02 else _FIGURE_NEAR


def _figure_words(figure: Figure) -> str:
    noun = "date" if figure.unit == "date" else "figure"
    what = f"{figure.what} " if figure.what else ""
    if figure.before is None:
        return f"a {noun} was added: {what}{figure.after_text}"
    if figure.after is None:
        return f"a {noun} was taken out: {what}{figure.before_text}"
    return f"a {noun} changed: {what}{figure.before_text} → {figure.after_text}"
