"""A clock that is set forward or back a year: no letter twice, and no silence once it is right again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.demo import Answer
from tests.cycle.watch import HOUR, T0, Watch, release, three, watching

DAY = timedelta(days=1)
YEAR = timedelta(days=365)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with watching(tmp_path, three()) as watch:
        watch.run(T0, tell=True)
        yield watch


def edit(watch: Watch, path: str, figure: str) -> None:
    title = {"bridge": "Bridge Reopens", "school": "School Opens Its Doors"}[path]
    watch.put(f"/news/{path}", release(title).replace("12,400", figure))


def told(watch: Watch) -> list[str]:
    """The items of all letters after the baseline's."""
    lines = [
        line
        for path in sorted((watch.folder / "digests").glob("2*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return sorted(line for line in lines if line.startswith("* "))


def look(watch: Watch, at: datetime, days: int = 1) -> None:
    """Rounds as cron calls them, two a day."""
    for half in range(2 * days):
        watch.run(at + half * DAY / 2, everything=False, tell=True)


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["ahead", "behind"])
def test_nothing_is_told_twice_and_nothing_is_missed(watch: Watch, jump: timedelta) -> None:
    edit(watch, "bridge", "21,400")
    watch.run(T0 + HOUR, tell=True)
    look(watch, T0 + jump + 2 * HOUR)  # a wrong clock; nothing happened
    look(watch, T0 + 2 * DAY)
    assert told(watch) == ["* Bridge Reopens"]
    edit(watch, "school", "31,400")
    look(watch, T0 + 3 * DAY, days=4)
    assert told(watch) == ["* Bridge Reopens", "* School Opens Its Doors"]
    assert [kind for kind, _ in watch.kinds()] == ["changed", "changed"]


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["ahead", "behind"])
def test_an_edit_that_the_wrong_clock_saw_is_told_once(watch: Watch, jump: timedelta) -> None:
    edit(watch, "bridge", "21,400")
    watch.run(T0 + jump, tell=True)
    look(watch, T0 + DAY, days=2)
    assert told(watch) == ["* Bridge Reopens"]


def test_a_round_that_was_killed_while_the_clock_was_ahead_puts_nothing_off(watch: Watch) -> None:
    """It asked pages, and did not come to keep what else it learned."""
    with watch.store.read() as session:
        purse = session.pacing.of_site(1)
        assert purse is not None
    watch.run(T0 + YEAR)
    with watch.store.write() as session:
        session.pacing.keep_site(purse)
    edit(watch, "school", "31,400")
    look(watch, T0 + DAY)
    assert told(watch) == ["* School Opens Its Doors"]


def test_a_removal_waits_its_time_though_the_absence_was_first_seen_in_times_to_come(watch: Watch) -> None:
    watch.put("/news/clinic", None)
    watch.run(T0 + YEAR)
    assert watch.state("/news/clinic")[0] == "missing"
    watch.run(T0 + 2 * HOUR, tell=True)
    watch.run(T0 + 2.5 * HOUR, tell=True)
    assert watch.kinds() == []  # half an hour is no time
    look(watch, T0 + DAY, days=3)
    assert watch.kinds() == [("removed", "/news/clinic")]
    assert told(watch) == ["* Clinic Reaches the Hills"]


def test_a_host_that_asked_for_a_pause_in_times_to_come_is_asked_again(watch: Watch) -> None:
    pages = dict(watch.pages)
    for path in pages:
        watch.put(path, Answer(status=503, headers={"retry-after": "3600"}))
    watch.run(T0 + YEAR)
    watch.pages.update(pages)
    edit(watch, "bridge", "21,400")
    look(watch, T0 + DAY)
    assert told(watch) == ["* Bridge Reopens"]


def test_a_site_that_was_blocked_in_times_to_come_is_told_as_blocked_now(watch: Watch) -> None:
    for path in list(watch.pages):
        watch.put(path, Answer(status=403))
    watch.run(T0 + YEAR)
    look(watch, T0 + DAY, days=3)
    assert [kind for kind, _ in watch.kinds()] == ["blocked"]


def test_a_letter_that_was_put_off_into_times_to_come_is_tried_now(tmp_path: Path) -> None:
    extra = '[[digest]]\nname = "daily"\nto = ["file:desk/"]'
    with watching(tmp_path, three(), extra=extra) as watch:
        watch.run(T0, tell=True)
        edit(watch, "bridge", "21,400")
        desk = tmp_path / "desk"
        desk.rename(tmp_path / "away")
        desk.write_text("a file in the folder's place")
        watch.run(T0 + YEAR, tell=True)
        desk.unlink()
        (tmp_path / "away").rename(desk)
        watch.run(T0 + DAY, tell=True)
        letters = [path.read_text(encoding="utf-8") for path in desk.glob("2*.txt")]
        assert sum("21,400" in letter for letter in letters) == 1
        with watch.store.read() as session:
            assert session.letters.outbox() == []
