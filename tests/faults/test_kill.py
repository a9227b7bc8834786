"""kill -9 at every step of a round: after the next run nothing is lost and nothing told twice."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.cycle.watch import Watch
from tests.faults import sites
from tests.faults.rounds import CALLS, Order, State, copy, run, run_traced, settle, start, state_of

SAMPLE = {"pwrite64": 0.5, "rename": 0.5, "sendto": 0.7}
RANDOM = 300


def killed_at(
    processes: ForkServerContext, small: Watch, truth: State, folder: Path, call: str, number: int
) -> bool:
    """Kill a round as it makes a system call for the n-th time, and run again: is it as undisturbed? Returns
    False where the round ended before."""
    copy(small, folder)
    ended = run_traced(processes, Order(folder=folder), call, f"signal=KILL:when={number}")
    if not ended.hit:
        assert ended.status == 0
    assert settle(processes, folder) == truth, f"{call} {number}"
    shutil.rmtree(folder)
    return ended.hit


@pytest.mark.faults
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_call(
    call: str,
    traced: ForkServerContext,
    small: Watch,
    truth: State,
    folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    number = 1
    while killed_at(traced, small, truth, folder, call, number):
        number += 1
    assert number > 1, f"a round without {call}"
    record_property(f"kills at {call}", number - 1)


def test_killed_at_some_calls(
    traced: ForkServerContext, small: Watch, truth: State, made: Mapping[str, int], folder: Path
) -> None:
    for call, share in SAMPLE.items():
        number = max(1, round(share * made[call]))
        assert killed_at(traced, small, truth, folder, call, number), f"{call} {number}"


# ── at any moment ───────────────────────────────────────────────────────────────────────────────

KINDS = ["changed", "moved", "new", "removed", "retitled", "translation"]
SITE_KINDS = ["boilerplate", "changed", "redesigned", "unlisted"]


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    with sites.eventful(tmp_path_factory.mktemp("eventful") / "start") as watch:
        yield watch


@pytest.fixture(scope="module")
def site_wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    with sites.site_wide(tmp_path_factory.mktemp("wide") / "start") as watch:
        yield watch


def killed_anywhere(
    watch: Watch, processes: ForkServerContext, folder: Path, *, points: int
) -> tuple[State, int]:
    """Kill a round at so many moments, and run again each time; what an undisturbed one leaves, and how many
    were killed before they ended."""
    undisturbed = copy(watch, folder / "undisturbed")
    watch.asked()
    assert run(processes, Order(folder=undisturbed)).status == 0
    requests, truth = len(watch.asked()), state_of(undisturbed)
    draw = random.Random(2026)
    killed = 0
    for point in range(points):
        place = copy(watch, folder / f"point-{point}")
        running = start(processes, Order(folder=place))
        running.go()
        after = draw.randint(0, requests + 3)  # beyond the last request lie the letters
        deadline = time.monotonic() + 30
        while len(watch.server.log) < min(after, requests) and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(draw.uniform(0, 0.03 if after < requests else 0.15))
        running.process.kill()
        killed += running.end().status == -9
        assert settle(processes, place) == truth, f"point {point}, after {after} requests"
        shutil.rmtree(place)
        watch.asked()
    return truth, killed


@pytest.mark.parametrize("points", [2, pytest.param(RANDOM, marks=pytest.mark.faults)])
def test_killed_at_any_moment_the_next_run_makes_it_whole(
    eventful: Watch,
    processes: ForkServerContext,
    tmp_path: Path,
    points: int,
    record_property: Callable[[str, object], None],
) -> None:
    truth, killed = killed_anywhere(eventful, processes, tmp_path, points=points)
    assert sorted(kind for _, kind in truth.events) == KINDS
    assert len(truth.told) == 6
    kin = [(family, home) for *_, family, home in truth.pages]
    assert sum(family is not None for family, _ in kin) == 2
    assert sum(home is not None for _, home in kin) == 1
    assert killed >= points // 2
    record_property("random kills", killed)


@pytest.mark.parametrize("points", [1, pytest.param(RANDOM // 10, marks=pytest.mark.faults)])
def test_what_happens_to_the_site_is_told_once_though_the_round_was_killed(
    site_wide: Watch, processes: ForkServerContext, tmp_path: Path, points: int
) -> None:
    truth, killed = killed_anywhere(site_wide, processes, tmp_path, points=points)
    kinds = [kind for _, kind in truth.events]
    assert sorted(set(kinds)) == SITE_KINDS
    assert [kinds.count(kind) for kind in ("boilerplate", "redesigned", "unlisted")] == [1, 1, 1]
    assert len(truth.told) == 3
    assert killed >= points // 2
