"""What visits teach: rates by age, factors of sites and pages, and which pages live on."""

from __future__ import annotations

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from crawler.pace.hazard import (
    BINS,
    EDGES,
    LIVING,
    PRIOR,
    SHARE_LIVING,
    Hazard,
    History,
    Lesson,
    Tally,
    learn,
    rate,
    spans,
    taught,
)

AGES = st.floats(0, 50_000)


def test_without_any_visit_the_prior_is_believed() -> None:
    found = rate(Hazard(), Tally(), History())
    for age, prior in zip((0.0, *EDGES), PRIOR, strict=True):
        assert math.isclose(found.at(age), prior + SHARE_LIVING * LIVING)


@given(AGES, AGES)
def test_spans_are_the_whole_stretch_in_order(one: float, other: float) -> None:
    start, end = sorted((one, other))
    parts = list(spans(start, end))
    assert math.isclose(sum(hours for _, hours in parts), end - start, abs_tol=1e-6)
    assert [number for number, _ in parts] == sorted({number for number, _ in parts})
    assert all(0 <= number < BINS and hours >= 0 for number, hours in parts)


def watched(
    hazard: Hazard, *, each: float, visits: int, gap: float, seed: int
) -> tuple[History, list[Lesson]]:
    """The visits, `gap` hours apart, to a page a year old with `each` edits an hour."""
    chance, history, lessons = random.Random(seed), History(), list[Lesson]()
    for number in range(visits):
        changed = chance.random() < -math.expm1(-each * gap)
        start = 8760 + number * gap
        history, lesson = learn(hazard, Tally(), history, start=start, end=start + gap, changed=changed)
        lessons.append(lesson)
    return history, lessons


def test_a_page_that_is_edited_every_week_is_known_as_living_and_a_quiet_one_is_not() -> None:
    hazard = Hazard()
    living, _ = watched(hazard, each=1 / 168, visits=60, gap=48.0, seed=1)
    quiet, _ = watched(hazard, each=0.0, visits=60, gap=48.0, seed=1)
    assert living.share > 0.95
    assert quiet.share < SHARE_LIVING / 10
    assert 0.5 / 168 < rate(hazard, Tally(), living).at(20_000) < 2 / 168
    assert rate(hazard, Tally(), quiet).at(20_000) < 2 * PRIOR[-1]


def test_the_table_comes_to_what_happens() -> None:
    hazard = Hazard()
    for _ in range(30):
        lessons = []
        for page in range(40):
            chance = random.Random(page)
            history = History()
            for start, end in ((0.0, 1.0), (1.0, 3.0), (3.0, 6.0)):  # ten times as often as assumed
                changed = chance.random() < -math.expm1(-0.3 * (end - start))
                history, lesson = learn(hazard, Tally(), history, start=start, end=end, changed=changed)
                lessons.append(lesson)
        hazard = taught(hazard, lessons)
    assert all(0.1 < each < 0.9 for each in hazard.rates[:3])
    assert hazard.rates[4:] == Hazard().rates[4:]  # nothing was seen of older pages


@given(
    st.lists(st.tuples(st.floats(-10, 20_000), st.floats(0, 20_000), st.booleans()), max_size=30),
)
def test_any_visits_leave_numbers_that_can_be_reckoned_with(visits: list[tuple[float, float, bool]]) -> None:
    hazard, site, history = Hazard(), Tally(), History()
    for start, hours, changed in visits:
        history, lesson = learn(hazard, site, history, start=start, end=start + hours, changed=changed)
        site = site + lesson.site
        hazard = taught(hazard, [lesson])
        found = rate(hazard, site, history)
        assert all(math.isfinite(found.at(age)) and found.at(age) > 0 for age in (0.0, 10.0, 1e5))
        assert 0 < history.share < 1
