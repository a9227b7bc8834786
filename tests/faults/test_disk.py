"""Disks that are full, fail, or may not be written; descriptors that run out: a clean stop, and nothing lost.

Each fault comes once and for ever. A run that meets it ends with a status and a named cause; what was stored
can be read, no letter tells what is not stored, and the next run makes the ledger as it would have been.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from storage.errors import StoreFullError
from tests.cycle.watch import Watch
from tests.faults.rounds import CALLS, Ended, Order, State, check_left, copy, run, run_traced, settle

SAMPLE = [
    ("pwrite64", "ENOSPC", 0.3, ""),
    ("fdatasync", "EIO", 0.5, "+"),
    ("write", "ENOSPC", 0.5, "+"),
]
KB = 1_024
SIZES = range(64 * KB, 4_096 * KB + 1, 64 * KB)
SOME_SIZES = (64 * KB, 448 * KB)
CLEAN = {0, 1, 75}  # done; done, but a letter waits or a site did not answer; try later


def judge(ended: Ended) -> None:
    assert ended.status in CLEAN, ended
    assert "Traceback" not in ended.words
    if ended.status == 75 and ended.words:  # what cannot be written to the terminal either is not said
        assert ended.words.startswith("iomwatch: ")
        assert "free or mend the disk" in ended.words or "then run again" in ended.words


def starved_at(
    processes: ForkServerContext,
    small: Watch,
    truth: State,
    folder: Path,
    call: str,
    what: str,
) -> bool:
    """Spoil a system call of a round, and run again: is it as undisturbed? False where nothing was spoilt."""
    copy(small, folder)
    ended = run_traced(processes, Order(folder=folder), call, what)
    judge(ended)
    check_left(folder)
    assert settle(processes, folder) == truth, f"{call} {what}"
    shutil.rmtree(folder)
    return ended.hit


@pytest.mark.faults
@pytest.mark.parametrize("lasting", ["", "+"], ids=["once", "for-ever"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", CALLS)
def test_every_call_fails(
    call: str,
    error: str,
    lasting: str,
    traced: ForkServerContext,
    small: Watch,
    truth: State,
    folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    number = 1
    while starved_at(traced, small, truth, folder, call, f"error={error}:when={number}{lasting}"):
        number += 1
    assert number > 1, f"a round without {call}"
    record_property(f"{error} at {call}{lasting}", number - 1)


def test_some_calls_fail(
    traced: ForkServerContext, small: Watch, truth: State, made: Mapping[str, int], folder: Path
) -> None:
    for call, error, share, lasting in SAMPLE:
        number = max(1, round(share * made[call]))
        what = f"error={error}:when={number}{lasting}"
        assert starved_at(traced, small, truth, folder, call, what), f"{call} {what}"


# ── full ────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[None]:
    """A small disk of its own under the folder. Skips the test where none may be mounted."""
    folder.mkdir(parents=True)
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remounted(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def filled(processes: ForkServerContext, small: Watch, truth: State, folder: Path, size: int) -> int:
    """A round on a disk of that size, then one on a larger disk; the status of the first."""
    with mounted(folder, size):
        try:
            shutil.copytree(small.folder, folder, dirs_exist_ok=True)
        except shutil.Error:  # not even the store of before has room: it begins anew
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copy(small.folder / "config.toml", folder)
        begun = (folder / "iomwatch.db").exists()
        ended = run(processes, Order(folder=folder))
        judge(ended)
        if begun:
            with suppress(StoreFullError):  # to be read, it may need 32 kB beside it: then it says so
                check_left(folder)
        remounted(folder, "size=32m")
        if begun:
            check_left(folder)
        again = settle(processes, folder)
        assert again == truth or (not begun and again.events == ()), size
    return ended.status


@pytest.mark.parametrize("sizes", [SOME_SIZES, pytest.param(SIZES, marks=pytest.mark.faults)])
def test_a_full_disk(
    sizes: range,
    processes: ForkServerContext,
    small: Watch,
    truth: State,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    if os.geteuid():
        pytest.skip("mounting a small disk takes root")
    statuses = [filled(processes, small, truth, tmp_path / str(size), size) for size in sizes]
    assert statuses[0] == 75
    if sizes is SIZES:
        assert statuses[-1] == 0
        record_property("status by size", statuses)


@pytest.mark.parametrize("sizes", [SOME_SIZES[1:2], pytest.param(SIZES, marks=pytest.mark.faults)])
def test_files_that_may_not_grow(
    sizes: range, processes: ForkServerContext, small: Watch, truth: State, tmp_path: Path
) -> None:
    """The stand-in for a full disk where nobody may mount one: a limit on the size of files."""
    for size in sizes:
        folder = copy(small, tmp_path / str(size))
        ended = run(processes, Order(folder=folder, file_size=size))
        judge(ended)
        check_left(folder)
        assert settle(processes, folder) == truth, size
        shutil.rmtree(folder)


# ── not to be written, no descriptors ───────────────────────────────────────────────────────────


def test_a_disk_that_may_not_be_written(
    processes: ForkServerContext, small: Watch, truth: State, tmp_path: Path
) -> None:
    if os.geteuid():
        pytest.skip("mounting a disk takes root")
    folder = tmp_path / "read-only"
    with mounted(folder, 8_192 * KB):
        shutil.copytree(small.folder, folder, dirs_exist_ok=True)
        remounted(folder, "ro")
        refused(processes, folder)
        remounted(folder, "rw")
        assert settle(processes, folder) == truth


def refused(processes: ForkServerContext, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ended = run(processes, Order(folder=folder))
    assert ended.status == 75
    assert str(folder) in ended.words
    judge(ended)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("limits", [(13,), pytest.param(range(8, 40), marks=pytest.mark.faults)])
def test_descriptors_that_run_out(
    limits: range, processes: ForkServerContext, small: Watch, truth: State, tmp_path: Path
) -> None:
    for limit in limits:
        folder = copy(small, tmp_path / str(limit))
        ended = run(processes, Order(folder=folder, files=limit))
        judge(ended)
        check_left(folder)
        assert settle(processes, folder) == truth, limit
        shutil.rmtree(folder)
