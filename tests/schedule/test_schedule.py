"""Schedules: how they are written, and that each slot is told once, whatever the clocks do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.schedule import (
    Plan,
    Quiet,
    Schedule,
    Slot,
    due,
    is_late,
    next_ready,
    quiet_hours,
    reached,
    schedule,
)

BERLIN = ZoneInfo("Europe/Berlin")  # forward on 29 March 2026, back on 25 October 2026
CAIRO = ZoneInfo("Africa/Cairo")
HOUR = timedelta(hours=1)
ZONES = ("UTC", "Europe/Berlin", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu")
SCHEDULES = ("daily 07:30", "weekdays 07:30", "mon,thu 08:00", "hourly", "daily 02:30", "daily 00:00,23:59")
QUIET = (None, "22:00-07:00", "01:00-04:00", "07:00-08:00", "00:00-23:59")


def plan(written: str, zone: str = "UTC", quiet: str | None = None) -> Plan:
    hours = quiet_hours(quiet) if quiet else None
    return Plan(schedule=schedule(written), zone=ZoneInfo(zone), quiet=hours)


@pytest.mark.parametrize(
    ("written", "days", "times"),
    [
        ("weekdays 07:30", {0, 1, 2, 3, 4}, (time(7, 30),)),
        ("Daily  07:30", set(range(7)), (time(7, 30),)),
        ("mon,thu 08:00", {0, 3}, (time(8),)),
        ("sun, mon 23:59", {6, 0}, (time(23, 59),)),
        ("weekends 16:00,09:00", {5, 6}, (time(9), time(16))),
        ("hourly", set(range(7)), tuple(time(hour) for hour in range(24))),
        ("at once", set(range(7)), ()),
    ],
)
def test_schedules_as_they_are_written(written: str, days: set[int], times: tuple[time, ...]) -> None:
    assert schedule(written) == Schedule(days=frozenset(days), times=times)


@pytest.mark.parametrize("written", ["30 7 * * 1-5", "*/15 * * * *", "0 9 1 * mon", "@daily", "0 30 7 * * 1"])
def test_a_cron_expression_is_refused_with_what_to_write_instead(written: str) -> None:
    """Its weekday numbers mean one day in cron and the next in APScheduler: names mean one thing."""
    with pytest.raises(ValueError, match=r'cron expressions are not taken .* "weekdays 07:30"'):
        schedule(written)


@pytest.mark.parametrize(
    "written",
    ["", "daily", "07:30", "daily 7:30", "daily 24:00", "noon", "mon;thu 08:00", "daily 07:30,", "at"],
)
def test_what_is_no_schedule_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="weekdays 07:30"):
        schedule(written)


@pytest.mark.parametrize("written", ["", "22:00", "22:00-22:00", "22-7", "25:00-07:00"])
def test_what_are_no_quiet_hours_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="22:00-07:00"):
        quiet_hours(written)


def test_quiet_hours_may_span_midnight() -> None:
    night = Quiet(start=time(22), end=time(7))
    assert [night.holds(time(hour)) for hour in (21, 22, 0, 6, 7)] == [False, True, True, True, False]
    noon = Quiet(start=time(12), end=time(14))
    assert [noon.holds(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def walk(told: Plan, start: datetime, step: timedelta, steps: int) -> list[tuple[Slot, ...]]:
    """What is due when the clock runs evenly from `start` on."""
    last, batches = reached(told, None, start), []
    for n in range(1, steps + 1):
        now = start + n * step
        batches.append(due(told, last, now))
        last = reached(told, last, now)
    return batches


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.parametrize("at", ["01:30", "02:00", "02:30", "03:00"])
def test_on_the_nights_the_clocks_change_it_is_due_once(night: date, at: str) -> None:
    start = datetime.combine(night, time(0), tzinfo=BERLIN).astimezone(UTC) - 2 * HOUR
    batches = walk(plan(f"daily {at}", "Europe/Berlin"), start, timedelta(minutes=10), 8 * 6)
    assert [slot.key for batch in batches for slot in batch] == [f"{night} {at}"]


def test_a_skipped_hour_is_told_with_its_neighbour() -> None:
    start = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    batches = [b for b in walk(plan("hourly", "Europe/Berlin"), start, timedelta(minutes=30), 4) if b]
    assert [[slot.key[-5:] for slot in batch] for batch in batches] == [["02:00", "03:00"], ["04:00"]]


def test_a_slot_in_quiet_hours_waits_for_their_end() -> None:
    quiet = plan("daily 06:00", "Africa/Cairo", "22:00-07:00")
    slot = Slot(day=date(2026, 3, 4), at=time(6))
    last = Slot(day=date(2026, 3, 3), at=time(6))
    at = datetime(2026, 3, 4, 6, tzinfo=CAIRO)
    assert due(quiet, last, at) == ()
    assert due(quiet, last, at + timedelta(minutes=59)) == ()
    assert due(quiet, last, at + HOUR) == (slot,)
    assert quiet.ready(slot) == at + HOUR
    assert not is_late(quiet, slot, at + 2 * HOUR)
    assert is_late(quiet, slot, at + 2 * HOUR + timedelta(seconds=1))


def test_missed_slots_are_due_together() -> None:
    told = plan("weekdays 07:30")
    last = Slot(day=date(2026, 3, 4), at=time(7, 30))  # a Wednesday
    slots = due(told, last, datetime(2026, 3, 10, 9, tzinfo=UTC))
    assert [slot.day.day for slot in slots] == [5, 6, 9, 10]


def test_the_next_slot_is_told_with_quiet_hours_counted_in() -> None:
    now = datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert next_ready(plan("weekdays 07:30"), now) == datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
    assert next_ready(plan("daily 23:00", quiet="22:00-07:00"), now) == datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert next_ready(Plan(), now) is None


def test_a_slot_reads_back_from_its_key() -> None:
    slot = Slot(day=date(2026, 3, 4), at=time(7, 30))
    assert slot.key == "2026-03-04 07:30"
    assert Slot.of(slot.key) == slot


plans = st.builds(plan, st.sampled_from(SCHEDULES), st.sampled_from(ZONES), st.sampled_from(QUIET))
starts = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
steps = st.lists(st.integers(1, 5_000), min_size=1, max_size=60)


@settings(deadline=None)
@given(plans, starts, steps)
def test_while_the_clock_runs_every_slot_is_due_exactly_once(
    told: Plan, start: datetime, minutes: list[int]
) -> None:
    first = last = reached(told, None, start)
    assert first is not None
    now, found = start, list[Slot]()
    for step in minutes:
        now += timedelta(minutes=step)
        batch = due(told, last, now)
        assert not batch or not told.is_quiet(now)
        assert all(told.ready(slot) <= now for slot in batch if not _ambiguous(told, now))
        found += batch
        last = reached(told, last, now)
        assert last is not None
    while told.is_quiet(now):  # at the end of the quiet hours comes what fell into them
        now += timedelta(minutes=1)
    found += due(told, last, now)
    between = replace(told, quiet=None)
    assert found == list(due(between, first, now))
    assert len(set(found)) == len(found)


def _ambiguous(told: Plan, now: datetime) -> bool:
    """Whether the clocks change that day: quiet hours may then end twice."""
    local = now.astimezone(told.zone)
    return (local + timedelta(days=1)).utcoffset() != (local - timedelta(days=1)).utcoffset()


YEAR = 366 * 24 * 60
leaps = st.lists(
    st.one_of(st.integers(1, 5_000), st.sampled_from([-YEAR, YEAR, -60, -1, 0, -1_440])), max_size=40
)


@settings(deadline=None)
@given(plans, starts, leaps)
def test_whatever_the_clock_does_a_slot_is_sent_at_most_once_and_no_event_is_lost(
    told: Plan, start: datetime, minutes: list[int]
) -> None:
    """The store's part is played here: it keeps how far the digest came, and the key of each letter."""
    last, now = reached(told, None, start), start
    keys, waiting, letters = set[str](), list[int](), list[tuple[int, ...]]()
    events = 0

    def run() -> None:
        nonlocal last, waiting
        fresh = [slot for slot in due(told, last, now) if slot.key not in keys]
        last = reached(told, last, now)
        if fresh:
            assert fresh[-1].key not in keys
            keys.add(fresh[-1].key)
            letters.append(tuple(waiting))
            waiting = []

    for step in minutes:
        now += timedelta(minutes=step)
        waiting.append(events)
        events += 1
        run()
    for _ in range(20):  # the clock is set right, beyond all that was told, and runs on for some days
        now = max(now, datetime(2028, 6, 1, 12, tzinfo=UTC) + timedelta(minutes=max(0, sum(minutes))))
        now += timedelta(hours=13)
        while told.is_quiet(now):
            now += timedelta(minutes=1)
        run()
    assert sorted(event for letter in letters for event in letter) == list(range(events))
    assert waiting == []
