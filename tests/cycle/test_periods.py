"""Digests by schedule: each period once, late and missed ones merged, nothing in quiet hours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from tests.cycle.watch import HOUR, T0, Watch, release, watching

DAY = timedelta(days=1)  # T0 is a Monday, 06:00 UTC
KEYS = 'name = "desk"\nto = ["file:desk/"]\n'


@contextmanager
def desk(folder: Path, *keys: str) -> Iterator[Watch]:
    """A watch of two pages whose digest has these keys; its baseline is told at T0 or in the first letter."""
    pages = {"/news/bridge": release("Bridge Reopens"), "/news/school": release("School Opens Its Doors")}
    extra = "[[digest]]\n" + KEYS + "\n".join(keys)
    with watching(folder, pages, extra=extra) as watch:
        watch.run(T0, tell=True)
        yield watch


def letters(watch: Watch) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((watch.folder / "desk").glob("2*.txt"))]


def change(watch: Watch, figure: str) -> None:
    page = release("Bridge Reopens").replace("12,400", figure)
    watch.put("/news/bridge", page)


def test_a_letter_waits_for_its_slot(tmp_path: Path) -> None:
    with desk(tmp_path, 'schedule = "weekdays 07:30"') as watch:
        assert letters(watch) == []
        change(watch, "13,500")
        watch.run(T0 + HOUR, tell=True)
        assert letters(watch) == []
        watch.run(T0 + 2 * HOUR, tell=True)  # 08:00
        assert len(letters(watch)) == 1
        assert "13,500" in letters(watch)[0]
        assert "were already there" in letters(watch)[0]
        assert "Next letter: 3 March 2026, 07:30 UTC." in letters(watch)[0]
        assert "Late" not in letters(watch)[0]
        change(watch, "14,600")
        watch.run(T0 + 3 * HOUR, tell=True)
        watch.run(T0 + DAY, tell=True)
        assert len(letters(watch)) == 1
        watch.run(T0 + DAY + 2 * HOUR, tell=True)
        assert len(letters(watch)) == 2


def test_missed_periods_are_one_letter_and_it_says_that_it_is_late(tmp_path: Path) -> None:
    with desk(tmp_path, 'schedule = "daily 07:30"', 'empty = "send"') as watch:
        watch.run(T0 + 2 * HOUR, tell=True)
        change(watch, "13,500")
        watch.run(T0 + 3 * DAY + 12 * HOUR, tell=True)
        watch.run(T0 + 3 * DAY + 13 * HOUR, tell=True)
        assert len(letters(watch)) == 2
        late = " ".join(letters(watch)[1].split())
        assert late.startswith("IOM (late): 1 figure changed")
        assert "Late: this letter was due 5 March 2026, 07:30 UTC." in late
        assert "It stands for 2 earlier letters too, which were missed." in late


def test_a_clock_set_back_sends_nothing_twice_and_loses_nothing(tmp_path: Path) -> None:
    with desk(tmp_path, 'schedule = "daily 07:30"') as watch:
        times = [
            2 * HOUR,
            366 * DAY,
            DAY + HOUR,
            2 * DAY + 2 * HOUR,
            2 * HOUR,
            DAY + 2 * HOUR,
            3 * DAY + 2 * HOUR,
        ]
        for number, time in enumerate(times):
            change(watch, f"{20 + number},000")
            watch.run(T0 + time, tell=True)
        with watch.store.read() as session:
            told = session.letters.periods(
                "desk", ["2026-03-01 07:30", "2026-03-02 07:30", "2026-03-03 07:30"]
            )
        assert "2026-03-02 07:30" in told
        everything = "\n".join(letters(watch))
        for number in range(1, len(times)):
            assert everything.count(f"→ {20 + number},000") == 1, number


def test_the_night_the_clocks_go_back_has_one_letter(tmp_path: Path) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    with desk(tmp_path, 'schedule = "daily 02:30"', 'timezone = "Europe/Berlin"', 'empty = "send"') as watch:
        start = datetime(2026, 10, 25, 0, 0, tzinfo=berlin)
        watch.run(start, tell=True)
        before = len(letters(watch))
        for quarters in range(1, 6 * 4):
            watch.run(start + timedelta(minutes=15 * quarters), tell=True)
        assert len(letters(watch)) == before + 1


def test_each_period_is_stored_once(tmp_path: Path) -> None:
    with desk(tmp_path, 'schedule = "daily 07:30"', 'empty = "send"') as watch:
        watch.run(T0 + 2 * HOUR, tell=True)
        values = {"digest": "desk", "created_at": T0, "subject": "", "text": "", "html": ""}
        with pytest.raises(IntegrityError), watch.store.write() as session:
            session.letters.post({**values, "message_id": "<x@y>", "period": "2026-03-02 07:30"}, [], {})


def test_nothing_is_sent_in_quiet_hours_and_all_at_their_end(tmp_path: Path) -> None:
    with desk(tmp_path, 'quiet_hours = "22:00-07:00"', 'timezone = "Africa/Cairo"') as watch:
        assert len(letters(watch)) == 1  # the baseline: 06:00 UTC is 08:00 in Cairo
        for hours, figure in ((15, "13,500"), (18, "14,600"), (22, "15,700")):
            change(watch, figure)
            watch.run(T0 + hours * HOUR, tell=True)
            assert len(letters(watch)) == 1
        watch.run(T0 + 23 * HOUR, tell=True)
        assert len(letters(watch)) == 2
        assert all(figure in letters(watch)[1] for figure in ("13,500", "14,600", "15,700"))


def test_an_empty_period_is_told_where_that_is_wanted(tmp_path: Path) -> None:
    with desk(tmp_path, 'schedule = "daily 07:30"', 'empty = "send"') as watch:
        for days in range(3):
            watch.run(T0 + days * DAY + 2 * HOUR, tell=True)
        assert len(letters(watch)) == 3
        assert letters(watch)[2].startswith("IOM: nothing new\n")
        assert "Read 2 of 2 known pages of test." in letters(watch)[2]


def test_an_empty_period_is_passed_over_where_not(tmp_path: Path) -> None:
    with desk(tmp_path, 'schedule = "daily 07:30"') as watch:
        for days in range(3):
            watch.run(T0 + days * DAY + 2 * HOUR, tell=True)
        change(watch, "13,500")
        watch.run(T0 + 3 * DAY + 2 * HOUR, tell=True)
        assert len(letters(watch)) == 2
        assert "2 March 2026, 08:00 UTC to 5 March 2026, 08:00 UTC" in letters(watch)[1]
        assert "missed" not in letters(watch)[1]


def test_keywords_are_sought_in_the_whole_release(tmp_path: Path) -> None:
    with desk(tmp_path, 'keywords = ["midwives", "-football"]', 'sites = ["test"]') as watch:
        quiet = ["The camp grows.", "Work goes on in the hills, and the road is open.", "Officials came."]
        watch.put("/news/camp", release("Camp Grows", *quiet))
        watch.put("/news/ward", release("Ward Opens", *quiet[:2], "Twelve Midwives work there by night."))
        watch.put("/news/field", release("Field Opens", *quiet[:2], "Midwives play football there."))
        watch.name("/news/bridge", "/news/school", "/news/camp", "/news/ward", "/news/field")
        watch.run(T0 + HOUR, tell=True)
        told = letters(watch)[-1]
        assert "Ward Opens" in told
        assert "Camp Grows" not in told
        assert "Field Opens" not in told
        watch.run(T0 + 2 * HOUR, tell=True)
        assert letters(watch)[-1] == told


def test_what_a_digest_does_not_want_is_not_weighed_again(tmp_path: Path) -> None:
    with desk(tmp_path, "min_weight = 100") as watch:
        change(watch, "13,500")
        watch.run(T0 + HOUR, tell=True)
        with watch.store.read() as session:
            row = session.letters.subscription("desk")
            assert row is not None
            assert row.after_seq == session.ledger.last_seq() > 0
        assert len(letters(watch)) == 1


def test_a_letter_is_in_the_digests_language(tmp_path: Path) -> None:
    with desk(tmp_path, 'language = "fr"') as watch:
        change(watch, "13,500")
        watch.run(T0 + HOUR, tell=True)
        assert letters(watch)[-1].startswith("OIM\u00a0: 1 chiffre modifié\n")
        assert "Prochaine vérification" in letters(watch)[-1]
