"""Weighs a happening from 0 to 100 by what it changes, not by how long it is, and says why in words.

It finds no differences itself: rows and figures come in. Below 40 is low, from 70 high.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.compare.numbers import quantities
from crawler.values import Article, Edit, EditKind, Figure, Kind
from crawler.weights import DEFAULT, Weights

if TYPE_CHECKING:  # what compares is loaded where something changed: most pages show what they showed
    from crawler.compare.redline import Row
    from crawler.compare.wording import Wording

_FIGURES_NAMED = 5
_NAMED = 3
_FAR, _NEAR = 0.5, 0.02  # shares of the larger number: a figure that doubled, one that is put right
_FEW = 50  # changed words up to which a text is edited, not rewritten
_SHARE = 10  # every further finding adds a tenth of its own weight
_WORDING_MORE = 20  # points that many reworded words add to a few


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What `compare` found, as far as it weighs. `title`, `subtitle`: None where they did not change."""

    body: Wording
    length: int  # words of the text after
    reordered: bool = False
    title: tuple[Row, Wording] | None = None
    subtitle: tuple[Row, Wording] | None = None
    figures: tuple[Figure, ...] = ()
    edits: tuple[Edit, ...] = ()
    contact: bool = False
    correction: str | None = None
    redated: bool = False


_BY_KIND = {
    Kind.NEW: "a new release",
    Kind.TRANSLATION: "another language edition",
    Kind.REMOVED: "the page is gone",
    Kind.RESTORED: "the page is back",
    Kind.REVERTED: "an earlier text stands again",
    Kind.MOVED: "the address changed",
}


def weight_of(kind: Kind, article: Article | None, weights: Weights = DEFAULT) -> tuple[int, tuple[str, ...]]:
    """Weight and reasons of what happened to a release as a whole; of other kinds, none. A new release
    weighs more where its headline or opening has figures."""
    reason = _BY_KIND.get(kind, "")
    points = int(getattr(weights, kind.value)) if reason else 0
    reasons = [reason] if reason else []
    if kind is Kind.NEW and article is not None:
        opening = f"{article.title}. {article.summary[:1000]}"
        found = [q for q in quantities(opening, article.language) if q.unit != "date" and not q.spelled]
        if found:
            points = min(100, points + weights.new_figures)
            reasons.append(f"gives figures: {found[0].text} {found[0].what}".rstrip())
    return points, tuple(reasons)


def weigh(found: Differences, weights: Weights = DEFAULT) -> tuple[int, tuple[str, ...]]:
    """(weight, reasons): the weightiest finding, and a tenth of each further one; reasons in that order."""
    findings = sorted(_findings(found, weights), key=lambda finding: -finding[0])
    findings = findings or [(weights.marks, _form(found))]
    points = findings[0][0] + sum(finding[0] for finding in findings[1:]) // _SHARE
    return min(100, points), tuple(reason for _, reason in findings)


def _form(found: Differences) -> str:
    """What differs where nothing was found that weighs."""
    lines = [part[1] for part in (found.title, found.subtitle) if part]
    rewritten = any(wording.rewritten for wording in (found.body, *lines))
    return "a number is written otherwise" if rewritten else "spacing"


def _findings(found: Differences, weights: Weights) -> Iterator[tuple[int, str]]:
    yield from _figures(found.figures, weights)
    yield from _line(found.title, "headline", weights.headline, weights)
    yield from _line(found.subtitle, "subtitle", weights.subtitle, weights)
    lines = [part[1] for part in (found.title, found.subtitle) if part]
    if any(wording.negated for wording in (found.body, *lines)):
        yield weights.negation, "a negation came or went"
    yield from _words(found.body, found.length, weights)
    if found.reordered or found.body.moved:
        yield weights.reordered, "text moved within the release"
    if found.redated:
        yield weights.redated, "the published date changed"
    if found.correction:
        yield weights.correction, "a correction notice was added"
    yield from _edits(found.edits, weights)
    if found.contact:
        yield weights.contact, "contact details changed"


def _line(
    changed: tuple[Row, Wording] | None, name: str, points: int, weights: Weights
) -> Iterator[tuple[int, str]]:
    if changed is None:
        return
    row, wording = changed
    if row.before is None or row.after is None:
        yield points, f"{name} was {'added' if row.before is None else 'taken out'}"
    elif wording.form_only:
        yield weights.headline_form, f"{name} corrected"
    else:
        yield points, f"{name} changed"


def _edits(edits: Sequence[Edit], weights: Weights) -> Iterator[tuple[int, str]]:
    names = [edit for edit in edits if edit.kind is EditKind.NAME and edit.before and edit.after]
    if names:
        told = ", ".join([f"{edit.before} → {edit.after}" for edit in names[:_NAMED]])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield weights.name, f"{'a name' if len(names) == 1 else 'names'} changed: {told}{more}"
    documents = [edit for edit in edits if edit.kind is EditKind.DOCUMENT]
    gone, come = ([e for e in documents if getattr(e, side) is None] for side in ("after", "before"))
    if replaced := len(documents) - len(gone) - len(come):
        yield weights.document_replaced, _many(replaced, "document was replaced", "documents were replaced")
    if gone:
        yield weights.document, _many(len(gone), "document was taken out", "documents were taken out")
    if come:
        yield weights.document, _many(len(come), "document was added", "documents were added")
    if any(edit.kind is EditKind.LINK for edit in edits):
        yield weights.link, "links changed"


def _words(wording: Wording, length: int, weights: Weights) -> Iterator[tuple[int, str]]:
    """Findings in the wording of a body of `length` words."""
    if wording.taken_out:
        yield weights.withdrawn, _many(wording.taken_out, "passage was taken out", "passages were taken out")
    if wording.quoted:
        yield weights.quote, "a quote changed"
    if wording.replaced:
        yield weights.replaced, _many(wording.replaced, "passage was replaced", "passages were replaced")
    if wording.added:
        yield weights.added, _many(wording.added, "passage was added", "passages were added")
    if wording.number:
        yield weights.number, "a number in the text changed"
    if wording.words > _FEW and 2 * wording.words > length:
        yield weights.rewritten, "largely rewritten"
    elif wording.words:
        points = weights.wording + min(_WORDING_MORE, wording.words // 4)
        yield min(100, points), f"{_count(wording.words)} changed"
    if wording.corrected:
        yield weights.corrected, f"{_count(wording.corrected)} corrected"
    if wording.marks:
        yield weights.marks, "punctuation"


def _count(words: int) -> str:
    return "1 word" if words == 1 else f"{words} words"


def _many(count: int, one: str, more: str) -> str:
    return f"a {one}" if count == 1 else f"{count} {more}"


# ── figures ─────────────────────────────────────────────────────────────────────────────────────


def _figures(figures: Sequence[Figure], weights: Weights) -> Iterator[tuple[int, str]]:
    weighed = sorted(((_figure(figure, weights), figure) for figure in figures), key=lambda pair: -pair[0])
    for points, figure in weighed[:_FIGURES_NAMED]:
        yield points, _figure_words(figure)
    if more := len(weighed[_FIGURES_NAMED:]):
        yield weighed[_FIGURES_NAMED][0], _many(more, "further figure changed", "further figures changed")


def _figure(figure: Figure, weights: Weights) -> int:
    before, after = figure.before, figure.after
    if before is None:
        return weights.figure_come
    if after is None:
        return weights.figure_gone
    if isinstance(before, str) or isinstance(after, str):
        return weights.date
    larger = max(abs(before), abs(after))
    change = abs(before - after) / larger if larger else 0.0
    if change >= _FAR or before == after:  # the same number of another currency is another sum
        return weights.figure_far
    return weights.figure if change >= _NEAR else weights.figure_near


def _figure_words(figure: Figure) -> str:
    noun = "date" if figure.unit == "date" else "figure"
    what = f"{figure.what} " if figure.what else ""
    if figure.before is None:
        return f"a {noun} was added: {what}{figure.after_text}"
    if figure.after is None:
        return f"a {noun} was taken out: {what}{figure.before_text}"
    return f"a {noun} changed: {what}{figure.before_text} → {figure.after_text}"
