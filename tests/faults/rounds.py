"""Rounds in processes of their own, to be killed and starved: what they left, and what it should have been.

A process is forked from one that has all imported, waits at a gate until it is traced, and runs the program's
own `main`, so that exit status and words are those that cron sees.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from crawler.cycle.events import as_json
from crawler.cycle.verifying import faults
from crawler.values import iso
from storage.letters import STATES
from storage.store import Store
from tests.cycle.watch import HOUR, T0, Watch

NOW = T0 + 2 * HOUR
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "connect", "sendto", "ftruncate", "unlink")
_ANYBODY = -1
_PR_SET_PTRACER = 0x59616D61  # Linux, security/yama: who may trace a process
STRACE = shutil.which("strace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a process is to do: a round, as cron calls it, or merely to open (and migrate) the store."""

    folder: Path
    now: datetime = NOW
    only_open: bool = False
    file_size: int | None = None  # the system's limits (setrlimit)
    files: int | None = None

    @property
    def errors(self) -> Path:
        """Beside the folder: its disk may be full."""
        return self.folder.with_name(f"{self.folder.name}.err")


def play(order: Order, gate: Connection) -> None:
    """One run of the program, from the moment the gate opens."""
    import resource

    from crawler.cli import main

    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
    os.dup2(os.open(order.errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    gate.recv()
    for kind, limit in ((resource.RLIMIT_FSIZE, order.file_size), (resource.RLIMIT_NOFILE, order.files)):
        if limit is not None:
            resource.setrlimit(kind, (limit, limit))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if order.only_open:
        with Store.open(f"sqlite:///{order.folder}/iomwatch.db", create=True):
            return
    config = f"{order.folder}/config.toml"
    sys.argv = ["iomwatch", "--config", config, "run", "--all", "--quiet", "--now", iso(order.now)]
    main()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended; -9: killed."""

    status: int
    words: str  # on standard error
    hit: bool = False  # whether the tracer did what it was to do


@dataclass(slots=True, kw_only=True)
class Running:
    """A run that was started, and waits at its gate."""

    process: BaseProcess
    gate: Connection
    order: Order

    def go(self) -> None:
        self.gate.send(None)

    def end(self) -> Ended:
        self.process.join(120)
        self.gate.close()
        assert self.process.exitcode is not None, "a run that does not end"
        words = self.order.errors.read_text(encoding="utf-8", errors="replace")
        return Ended(status=self.process.exitcode, words=words)


def start(processes: ForkServerContext, order: Order) -> Running:
    ours, theirs = processes.Pipe()
    order.errors.touch()  # it may be killed before it writes
    process = processes.Process(target=play, args=(order, theirs))
    process.start()
    theirs.close()
    return Running(process=process, gate=ours, order=order)


def run(processes: ForkServerContext, order: Order) -> Ended:
    running = start(processes, order)
    running.go()
    return running.end()


def settle(processes: ForkServerContext, folder: Path) -> State:
    """Run again as cron does, an hour later too where a letter waits, and say what there is then."""
    again = run(processes, Order(folder=folder))
    assert again.status in (0, 1), again
    if again.status:
        again = run(processes, Order(folder=folder, now=NOW + HOUR))
    assert again.status == 0, again
    return state_of(folder)


def run_traced(processes: ForkServerContext, order: Order, call: str, what: str) -> Ended:
    """A run of which strace spoils a system call: `what` is "signal=KILL:when=3", "error=EIO:when=3+"…"""
    running = start(processes, order)
    log = order.folder.with_name(f"{order.folder.name}.strace")
    with _strace(running.process.pid or 0, log, f"trace={call}", f"inject={call}:{what}"):
        running.go()
        ended = running.end()
    said = log.read_text(encoding="utf-8", errors="replace")
    hit = ended.status == -signal.SIGKILL if "signal=KILL" in what else "(INJECTED)" in said
    return Ended(status=ended.status, words=ended.words, hit=hit)


def count_calls(processes: ForkServerContext, order: Order, calls: Sequence[str]) -> dict[str, int]:
    """How often a run makes each of these system calls, in its busiest thread."""
    running = start(processes, order)
    log = order.folder.with_name(f"{order.folder.name}.strace")
    with _strace(running.process.pid or 0, log, f"trace={','.join(calls)}"):
        running.go()
        assert running.end().status == 0
    said = log.read_text(encoding="utf-8", errors="replace")
    made = Counter(re.findall(r"^(\d+) +(\w+)\(", said, re.MULTILINE))
    return {call: max((n for (_, name), n in made.items() if name == call), default=0) for call in calls}


@contextmanager
def _strace(pid: int, log: Path, *expressions: str) -> Iterator[None]:
    assert STRACE is not None
    options = [option for expression in expressions for option in ("-e", expression)]
    tracer = subprocess.Popen(
        [STRACE, "-f", "-o", str(log), *options, "-p", str(pid)],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    try:
        first = tracer.stderr.readline()
        if "attached" not in first:
            raise PermissionError(f"strace may not trace here: {first.strip()}")
        yield
    finally:
        try:
            tracer.wait(20)
        except subprocess.TimeoutExpired:
            tracer.kill()
            tracer.wait()
        tracer.stderr.close()


def may_trace(processes: ForkServerContext) -> str | None:
    """Why nothing can be traced on this machine; None where it can."""
    if STRACE is None:
        return "needs strace"
    process = processes.Process(target=_wait)
    process.start()
    try:
        with _strace(process.pid or 0, Path(os.devnull), "trace=none"):
            process.kill()
            process.join(20)
    except PermissionError as error:
        process.kill()
        process.join(20)
        return str(error)
    return None


def _wait() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
    time.sleep(20)


# ── what a run left ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that must be the same whatever happened on the way."""

    events: tuple[tuple[str, str], ...]  # id, kind
    pages: tuple[tuple[object, ...], ...]
    versions: tuple[tuple[str, ...], ...]  # bodies of each page's versions
    told: tuple[str, ...]  # the items of all letters in the folder, as many times as they stand there


def state_of(folder: Path) -> State:
    """The state of a folder's store, which must be sound and have delivered its letters."""
    with Store.open(f"sqlite:///{folder}/iomwatch.db") as store, store.read() as session:
        assert faults(session, read_data=True) == []
        assert session.letters.outbox() == []
        rows = [as_json(row) for row in session.ledger.events()]
        pages = session.pages.get_many([page_id for page_id, _ in session.pages.due(1, None)])
        versions = [tuple(version.hash for version in session.pages.versions(page.id)) for page in pages]
    return State(
        events=tuple(sorted((row["id"], row["kind"]) for row in rows)),
        pages=tuple(sorted((page.url, page.state, page.title, page.family, page.home) for page in pages)),
        versions=tuple(sorted(versions)),
        told=items(folder),
    )


def items(folder: Path) -> tuple[str, ...]:
    lines = [
        line
        for path in (folder / "digests").glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return tuple(sorted(line for line in lines if line.startswith("* ")))


def check_left(folder: Path) -> None:
    """What a failed run left is sound and can be read, and no letter tells what is not stored."""
    with Store.open(f"sqlite:///{folder}/iomwatch.db") as store, store.read() as session:
        assert faults(session, read_data=True) == []
        letters = session.letters.outbox(states=STATES)
    stored = {line for row in letters for line in row.text.splitlines()}
    assert set(items(folder)) <= stored


def copy(watch: Watch, folder: Path) -> Path:
    shutil.copytree(watch.folder, folder)
    return folder
