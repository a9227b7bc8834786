"""Sources are believed as far as they were right."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from crawler.pace.signals import Trust


def after(
    *, signal: bool, changed: bool, visits: int, hours: float = 24.0, trust: Trust | None = None
) -> Trust:
    trust = trust or Trust()
    for _ in range(visits):
        trust = trust.learned(signal=signal, changed=changed, hours=hours)
    return trust


def test_nothing_is_left_to_a_source_that_was_never_tried() -> None:
    assert Trust().recall == 0
    assert Trust().verdict is None


def test_a_true_signal_outweighs_weeks_of_waiting() -> None:
    good = after(signal=False, changed=False, visits=500, trust=after(signal=True, changed=True, visits=30))
    assert good.recall > 0.9
    assert good.relied(240.0) > 0.8
    assert good.tells(1e-4) > 1e-4 * 24 * 7
    assert good.verdict is None


def test_one_that_always_changes_is_worth_nothing_and_is_noticed() -> None:
    always = after(signal=True, changed=False, visits=400)
    assert always.tells(1e-4) < 1e-4 * 24
    assert "dates change though" in (always.verdict or "")
    for _ in range(10):  # a page that is edited finds its date changed, like every other
        always = always.learned(signal=True, changed=True, hours=24.0)
    assert always.recall > 0.8
    assert always.relied(240.0) < 0.1


def test_one_that_never_changes_is_noticed() -> None:
    never = after(signal=False, changed=True, visits=30)
    assert never.recall == 0
    assert "do not change though" in (never.verdict or "")


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0, 1e4)), max_size=40), st.floats(1e-9, 10))
def test_no_history_gives_more_than_certainty(visits: list[tuple[bool, bool, float]], rate: float) -> None:
    trust = Trust()
    for signal, changed, hours in visits:
        trust = trust.learned(signal=signal, changed=changed, hours=hours)
    assert 0 <= trust.recall < 1
    assert trust.false_rate > 0
    assert 0 <= trust.tells(rate) < math.inf
