"""What the fault tests share: a server of forked processes, and whether they may be traced here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.cycle.watch import Watch
from tests.faults import sites
from tests.faults.rounds import CALLS, Order, State, copy, count_calls, may_trace, run, state_of
from tests.processes import forkserver


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    return forkserver()


@pytest.fixture(scope="session")
def traced(processes: ForkServerContext) -> ForkServerContext:
    """The same, where strace may trace them."""
    why_not = may_trace(processes)
    if why_not is not None:
        pytest.skip(why_not)
    return processes


@pytest.fixture(scope="package")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """Three pages with something to tell."""
    with sites.small(tmp_path_factory.mktemp("small") / "start") as watch:
        yield watch


@pytest.fixture(scope="package")
def truth(small: Watch, processes: ForkServerContext) -> State:
    """What an undisturbed round leaves."""
    folder = copy(small, small.folder.with_name("undisturbed"))
    assert run(processes, Order(folder=folder)).status == 0
    state = state_of(folder)
    assert sorted(kind for _, kind in state.events) == ["changed", "new", "retitled"]
    assert len(state.told) == 3
    return state


@pytest.fixture(scope="package")
def made(small: Watch, traced: ForkServerContext) -> Mapping[str, int]:
    """How often such a round makes each system call."""
    return count_calls(traced, Order(folder=copy(small, small.folder.with_name("counted"))), CALLS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "point"
