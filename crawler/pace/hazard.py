"""How likely a page is edited at its age: a hazard by age, learned from what visits saw, and what is peculiar
to a page.

It sets no times (`looking` does) and reads no clock: times are hours, ages count from publication.

A release is edited at a rate that falls with its age; a few pages ("living": situation reports, standing
pages) are edited at a steady rate for ever. Which of them a page is shows only by its visits, and a visit
shows only whether there was an edit since the last one: interval-censored counts. The estimate is the
expectation step of EM (Dempster, Laird and Rubin 1977) over Poisson rates in bins, taken visit by visit,
with Gamma priors: for an interval with L edits expected, one that shows a change holds L / (1 - e^-L) of
them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

EDGES: Final = (1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0, 192.0, 384.0, 768.0, 2160.0, 8760.0)  # ages, hours
BINS: Final = len(EDGES) + 1
# Edits an hour before anything is known: half an edit a release in all, most in the first two days.
PRIOR: Final = (0.03, 0.03, 0.025, 0.015, 0.01, 0.005, 2e-3, 8e-4, 4e-4, 2e-4, 5e-5, 2e-5, 1e-5)
LIVING: Final = 0.004  # edits an hour of a living page, before anything is known
SHARE_LIVING: Final = 0.02  # of pages

_SURE = 2.0  # edits by which a bin's prior counts
_SURE_LIVING = 5.0
_SITE = 4.0  # edits by which sites are taken for alike
_PAGE = 1.5  # edits by which pages are
_ONE = 1.0  # edits by which living pages are
_ODDS = 12.0  # the logarithm of the odds is kept within this: no page is beyond a change of mind
_LEAST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Edits found, and expected before it was known: their quotient is a factor on the rate."""

    found: float = 0.0
    expected: float = 0.0

    def factor(self, sure: float) -> float:
        return (sure + self.found) / (sure + self.expected)

    def __add__(self, other: Tally) -> Tally:
        return Tally(found=self.found + other.found, expected=self.expected + other.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the visits to one page taught of it; the default is a page without any."""

    tally: Tally = Tally()  # as a release; expected by its site's rate
    odds: float = math.log(SHARE_LIVING / (1 - SHARE_LIVING))  # that it is a living page: their logarithm
    living: Tally = Tally()  # as a living page; "expected" is hours

    @property
    def share(self) -> float:
        """The probability that the page is a living one."""
        return 1 / (1 + math.exp(-self.odds))


@dataclass(frozen=True, kw_only=True)
class Hazard:
    """Edits found and hours watched, by age, of one class of page over all sites; each hour counts by the
    factors of its page and site."""

    found: tuple[float, ...] = (0.0,) * BINS
    watched: tuple[float, ...] = (0.0,) * BINS
    living: Tally = Tally()  # "expected" is hours

    @cached_property
    def rates(self) -> tuple[float, ...]:
        """Edits an hour of a common release, by bin of age."""
        return tuple(
            (found + _SURE) / (watched + _SURE / prior)
            for found, watched, prior in zip(self.found, self.watched, PRIOR, strict=True)
        )

    @cached_property
    def living_rate(self) -> float:
        """Edits an hour of a common living page."""
        return (self.living.found + _SURE_LIVING) / (self.living.expected + _SURE_LIVING / LIVING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What one visit adds to its class's hazard and to its site's tally."""

    spans: tuple[tuple[int, float, float], ...]  # (bin, hours watched, edits found)
    living: Tally
    site: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Edits an hour expected of one page: by its age as a release, and steadily as a living page."""

    by_age: tuple[float, ...]
    factor: float
    steady: float

    def at(self, age: float) -> float:
        return self.by_age[bisect_right(EDGES, age)] * self.factor + self.steady


def rate(hazard: Hazard, site: Tally, history: History) -> Rate:
    """The rate of a page of that class, site and history."""
    factor = site.factor(_SITE) * history.tally.factor(_PAGE)
    return Rate(by_age=hazard.rates, factor=factor, steady=history.share * _steady(hazard, history))


def _steady(hazard: Hazard, history: History) -> float:
    """Edits an hour of a page, if it is a living one."""
    return (_ONE + history.living.found) / (_ONE / hazard.living_rate + history.living.expected)


def spans(start: float, end: float) -> Iterator[tuple[int, float]]:
    """The bins of age between two ages, with the hours spent in each."""
    number = bisect_right(EDGES, start)
    while start < end:
        stop = min(end, EDGES[number]) if number < len(EDGES) else end
        yield number, stop - start
        start, number = stop, number + 1


def learn(
    hazard: Hazard, site: Tally, history: History, *, start: float, end: float, changed: bool
) -> tuple[History, Lesson]:
    """What a visit teaches that found a page `changed`, or not, between two of its ages, in hours.

    A page before its publication (a negative age) is as old as at it.
    """
    start, end = max(0.0, start), max(0.0, end)
    by_bin = tuple(spans(start, end))
    common = [hazard.rates[number] * hours for number, hours in by_bin]
    base, hours = sum(common), end - start
    ours, own = site.factor(_SITE), history.tally.factor(_PAGE)
    as_release = base * ours * own
    steady = _steady(hazard, history)
    as_living = as_release + steady * hours
    odds = _clamped(history.odds + _weight_of_evidence(as_release, as_living, changed=changed))
    share = replace(history, odds=odds).share
    aged = living = 0.0
    if changed and as_living > _LEAST:
        in_living = 1 / -math.expm1(-as_living)  # of each edit expected, so many happened
        living = share * steady * hours * in_living
        if as_release > _LEAST:
            aged = as_release * ((1 - share) / -math.expm1(-as_release) + share * in_living)
    found = [aged * part / base if base else 0.0 for part in common]
    after = History(
        tally=history.tally + Tally(found=aged, expected=base * ours),
        odds=odds,
        living=history.living + Tally(found=living, expected=share * hours),
    )
    lesson = Lesson(
        spans=tuple(
            (number, part * ours * own, count) for (number, part), count in zip(by_bin, found, strict=True)
        ),
        living=Tally(found=living, expected=share * hours),
        site=Tally(found=aged, expected=base * own),
    )
    return after, lesson


def _weight_of_evidence(as_release: float, as_living: float, *, changed: bool) -> float:
    """The logarithm of how much likelier a living page shows this than a release."""
    if not changed:
        return as_release - as_living
    return math.log(max(_LEAST, -math.expm1(-as_living))) - math.log(max(_LEAST, -math.expm1(-as_release)))


def _clamped(odds: float) -> float:
    return max(-_ODDS, min(_ODDS, odds))


def taught(hazard: Hazard, lessons: Sequence[Lesson]) -> Hazard:
    """The hazard of a class, these lessons learned."""
    found, watched = list(hazard.found), list(hazard.watched)
    living = hazard.living
    for lesson in lessons:
        for number, hours, edits in lesson.spans:
            watched[number] += hours
            found[number] += edits
        living = living + lesson.living
    return Hazard(found=tuple(found), watched=tuple(watched), living=living)
