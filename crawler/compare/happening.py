"""What one look at a release is told as: the kind, from where the page stood and what the texts say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.compare.weight import weight_of
from crawler.values import Article, Change, Evidence, Kind, PageState
from crawler.weights import DEFAULT, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a release stood before the look."""

    state: PageState
    read_before: bool
    baseline: datetime | None  # since when it counts as there already
    family: bool  # another edition of it is known
    moved: bool  # its address changed, its text did not
    copy: bool = False  # its text is told already, of another address
    translated: bool = False  # it carried another edition's text until now
    back_to: Evidence | None = None  # the earlier version that stands again
    now: datetime | None = None  # a date later than this proves nothing


def happening(
    standing: Standing, article: Article, change: Change | None, weights: Weights = DEFAULT
) -> Change | None:
    """The one thing to tell of a look that showed an article; None when nothing is news."""
    if not standing.read_before:
        if standing.copy:
            return None
        there_already = standing.baseline is not None and standing.state is not PageState.MISSING
        if there_already and not published_after(article, standing.baseline, standing.now):
            return None
        return _announced(Kind.TRANSLATION if standing.family else Kind.NEW, article, None, weights)
    if standing.translated:
        return _announced(Kind.TRANSLATION, article, None, weights)
    if standing.moved:
        return _announced(Kind.MOVED, article, change, weights)
    if standing.state is PageState.REMOVED:
        return _announced(Kind.RESTORED, article, change, weights)
    if change is not None and standing.back_to is not None:
        return replace(_announced(Kind.REVERTED, article, change, weights), back_to=standing.back_to)
    return change


def gone(article: Article | None, weights: Weights = DEFAULT) -> Change:
    """A removal, which has no text of its own."""
    return _announced(Kind.REMOVED, article, None, weights)


def published_after(article: Article, since: datetime | None, now: datetime | None) -> bool:
    """Whether a release says of itself that it is younger than the watch over its site, not of the future."""
    published = article.published
    if published is None or since is None:
        return False
    if now is not None and (published.at > now if published.at else published.day > now.date()):
        return False
    return published.at > since if published.at else published.day > since.date()


def _announced(kind: Kind, article: Article | None, change: Change | None, weights: Weights) -> Change:
    """`kind` with the facts of the texts besides; a move from which a passage is missing is a withdrawal."""
    weight, reasons = weight_of(kind, article, weights)
    if change is None:
        return Change(kind=kind, facts=(kind,), weight=weight, reasons=reasons)
    facts = (kind, *(fact for fact in change.facts if fact is not kind))
    if kind is Kind.MOVED:
        facts = tuple(sorted(facts, key=list(Kind).index))
    return replace(
        change,
        kind=facts[0],
        facts=facts,
        weight=max(weight, change.weight),
        reasons=(*reasons, *change.reasons),
    )
