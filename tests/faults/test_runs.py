"""Two runs at once: one works, the other leaves with 75. An older store is migrated whole or not at all."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig

import storage
from crawler.demo import Answer
from storage.mark import APPLICATION_ID, HEAD
from storage.store import Store
from tests.cycle.watch import Watch
from tests.faults.rounds import Order, copy, count_calls, run, run_traced, start, state_of
from tests.faults.sites import small as small_site

FIRST = "0001"


@pytest.mark.parametrize("pairs", [1, pytest.param(100, marks=pytest.mark.faults)])
def test_of_two_runs_one_works_and_the_other_leaves(
    processes: ForkServerContext, tmp_path: Path, pairs: int
) -> None:
    """The one that works is held up by a page until the other has left."""
    left = threading.Event()
    with small_site(tmp_path / "start") as watch:
        page = watch.pages["/news/road"]

        def held_up(path: str, headers: Mapping[str, str]) -> Answer:
            left.wait(60)
            return Answer(body=page.encode())

        left.set()
        watch.put("/news/road", held_up)
        undisturbed = copy(watch, tmp_path / "undisturbed")
        watch.asked()
        assert run(processes, Order(folder=undisturbed)).status == 0
        requests = sorted(exchange.path for exchange in watch.asked())
        truth, draw = state_of(undisturbed), random.Random(7)
        for pair in range(pairs):
            left.clear()
            folder = copy(watch, tmp_path / f"pair-{pair}")
            runs = [start(processes, Order(folder=folder)) for _ in range(2)]
            for running in runs:
                running.go()
                runs[0].process.join(draw.uniform(0, 0.05))
            while all(running.process.is_alive() for running in runs):
                runs[1].process.join(0.01)
            left.set()
            statuses = sorted(running.end().status for running in runs)
            assert statuses == [0, 75], pair
            assert state_of(folder) == truth
            assert sorted(exchange.path for exchange in watch.asked()) == requests, "asked twice"
            shutil.rmtree(folder)


def test_a_lock_that_a_killed_run_left_frees_itself(
    processes: ForkServerContext, small: Watch, folder: Path
) -> None:
    copy(small, folder)
    small.asked()
    running = start(processes, Order(folder=folder))
    running.go()
    while running.process.is_alive() and not small.server.log:  # it asks, so it holds the lock
        running.process.join(0.005)
    running.process.kill()
    assert running.end().status == -9
    assert (folder / "iomwatch.db.lock").exists()
    assert run(processes, Order(folder=folder)).status == 0


# ── migrations ──────────────────────────────────────────────────────────────────────────────────


def of_release(folder: Path, revision: str) -> Path:
    """A store as an older release left it."""
    folder.mkdir()
    path = folder / "iomwatch.db"
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql("INSERT INTO site (name, since) VALUES ('iom', '2026-03-02 06:00:00')")
    engine.dispose()
    return path


def schema_of(path: Path) -> tuple[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        tables = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master ORDER BY name")]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT name FROM site").fetchall() == [("iom",)]
    connection.close()
    return revision, tables


def killed_in_migration(
    processes: ForkServerContext, stages: tuple[Path, Path], folder: Path, what: str, call: str
) -> bool:
    """Kill the opening of an old store: it is as it was or as it should be, and opens the next time."""
    old, new = stages
    shutil.copytree(old.parent, folder)
    ended = run_traced(processes, Order(folder=folder, only_open=True), call, what)
    path = folder / "iomwatch.db"
    assert schema_of(path) in (schema_of(old), schema_of(new)), what
    assert run(processes, Order(folder=folder, only_open=True)).status == 0
    assert schema_of(path) == schema_of(new)
    shutil.rmtree(folder)
    return ended.hit


@pytest.fixture
def stages(tmp_path: Path) -> tuple[Path, Path]:
    """A store of the first release, and the same as it is opened undisturbed."""
    old = of_release(tmp_path / "old", FIRST)
    shutil.copytree(old.parent, tmp_path / "new")
    new = tmp_path / "new" / "iomwatch.db"
    with Store.open(f"sqlite:///{new}"):
        pass
    assert (schema_of(old)[0], schema_of(new)[0]) == (FIRST, HEAD)
    return old, new


def test_a_migration_that_is_killed_is_absent_or_whole(
    traced: ForkServerContext, stages: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copytree(stages[0].parent, tmp_path / "count")
    made = count_calls(traced, Order(folder=tmp_path / "count", only_open=True), ["pwrite64", "fdatasync"])
    what = f"signal=KILL:when={made['pwrite64'] // 2}"
    assert killed_in_migration(traced, stages, tmp_path / "point", what, "pwrite64")


@pytest.mark.faults
@pytest.mark.parametrize("what", ["signal=KILL:when={}", "error=ENOSPC:when={}", "error=EIO:when={}+"])
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "ftruncate", "unlink"])
def test_a_migration_is_absent_or_whole_whatever_happens(
    call: str,
    what: str,
    traced: ForkServerContext,
    stages: tuple[Path, Path],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    number = 1
    while killed_in_migration(traced, stages, tmp_path / "point", what.format(number), call):
        number += 1
    assert number > 1, f"a migration without {call}"
    record_property(f"{what} at {call}", number - 1)


def test_a_store_of_every_release_opens(stages: tuple[Path, Path], tmp_path: Path) -> None:
    for number in range(2, int(HEAD)):
        path = of_release(tmp_path / str(number), f"{number:04}")
        with Store.open(f"sqlite:///{path}"):
            pass
        assert schema_of(path) == schema_of(stages[1]), number
