"""A site falls silent when its silence is too long for its own habit to be chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.pace import silent_since

T0 = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def every(gap: timedelta, count: int) -> list[datetime]:
    return [T0 + number * gap for number in range(count)]


def test_a_daily_publisher_is_silent_after_a_week_and_not_after_a_weekend() -> None:
    found = every(DAY, 30)
    assert silent_since(found, found[-1] + 2 * DAY) is None
    assert silent_since(found, found[-1] + 8 * DAY) == found[-1]


def test_who_publishes_many_times_a_day_has_a_long_weekend() -> None:
    found = every(DAY / 4, 40)
    assert silent_since(found, found[-1] + 2.9 * DAY) is None
    assert silent_since(found, found[-1] + 3.1 * DAY) == found[-1]


def test_who_publishes_weekly_is_silent_after_two_months() -> None:
    found = every(6 * DAY, 40)
    assert silent_since(found, found[-1] + 30 * DAY) is None
    assert silent_since(found, found[-1] + 43 * DAY) == found[-1]


def test_a_few_releases_and_those_found_at_once_are_no_habit() -> None:
    assert silent_since([], T0) is None
    assert silent_since(every(DAY, 9), T0 + 300 * DAY) is None
    assert silent_since([T0] * 50, T0 + 300 * DAY) is None


@given(st.lists(st.integers(0, 10_000), max_size=60).map(sorted), st.integers(-100, 20_000))
def test_it_never_raises_and_names_the_last_release(hours: list[int], now: int) -> None:
    found = [T0 + timedelta(hours=each) for each in hours]
    assert silent_since(found, T0 + timedelta(hours=now)) in (None, found[-1] if found else None)
