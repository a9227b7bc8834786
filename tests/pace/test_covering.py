"""Less is read than usual when clearly fewer of the pages stand as read; usual is what stood for long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.pace import is_less, usual

DAY = 24.0


def test_a_better_share_is_usual_at_once_and_a_worse_one_slowly() -> None:
    assert usual(None, 0.4, 1000.0) == 0.4
    assert usual(0.4, 0.9, 0.0) == 0.9
    assert usual(0.9, 0.5, 0.0) == 0.9
    assert abs(usual(0.9, 0.5, 14 * DAY) - 0.7) < 1e-9
    assert abs(usual(0.9, 0.5, 140 * DAY) - 0.5) < 0.001


def test_a_tenth_of_the_pages_is_clearly_less_and_a_few_pages_are_not() -> None:
    assert is_less(1.0, read=90, pages=100)
    assert not is_less(1.0, read=91, pages=100)
    assert not is_less(0.9, read=81, pages=100)
    assert not is_less(1.0, read=6, pages=10)  # four pages
    assert is_less(1.0, read=5, pages=10)
    assert not is_less(None, read=0, pages=100)
    assert not is_less(1.0, read=0, pages=0)


def test_what_lasts_ends_well_above_where_it_began() -> None:
    assert is_less(1.0, read=93, pages=100, lasting=True)
    assert not is_less(1.0, read=96, pages=100, lasting=True)


@given(st.none() | st.floats(0, 1), st.floats(0, 1), st.floats(-100, 1e6))
def test_the_usual_share_is_one_and_between_the_two(before: float | None, share: float, hours: float) -> None:
    found = usual(before, share, hours)
    known = share if before is None else before
    assert min(known, share) - 1e-9 <= found <= max(known, share) + 1e-9
