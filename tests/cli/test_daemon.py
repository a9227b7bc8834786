"""The daemon as a service manager runs it: a process, its signals, what it says and when it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.demo import INCLUDE, SOURCES, START, Server
from crawler.timetable import Work, serve
from storage.store import Store
from tests.cli.command import iomwatch

JSON = ("--log", "json")
PATIENCE = 60.0  # seconds; the machine may be busy
CONFIG = """\
[store]
url = "sqlite:///watch.db"
[fetch]
user_agent = "iomwatch/0.1 (+test@example.org)"
min_delay = {delay}
allow_private = ["127.0.0.1"]
[[site]]
name = "demo"
base_url = "{base}"
sources = {sources}
include = {include}
[[digest]]
name = "daily"
to = ["file:digests/"]
"""


class Running:
    """A daemon, and the records it wrote so far."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process, self.log = process, log

    def records(self) -> list[dict[str, object]]:
        lines = self.log.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def wait_for(self, subject: str, *, count: int = 1, words: str = "") -> list[dict[str, object]]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = [r for r in self.records() if r["subject"] == subject and words in str(r["words"])]
            if len(found) >= count:
                return found
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        raise AssertionError(f"no {count} × {subject!r}: {self.log.read_text()}")

    def end(self) -> tuple[int, float]:
        """Ask it to end: its exit status, and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE), time.monotonic() - begun


@contextmanager
def daemon(folder: Path, *options: str, **environment: str) -> Iterator[Running]:
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "crawler.cli", "daemon", *JSON, *options],
            cwd=folder,
            stderr=out,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        )
    try:
        yield Running(process, log)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def site() -> Iterator[Server]:
    with Server(now=START) as server:
        yield server


def configure(folder: Path, server: Server, *, delay: float = 0.0) -> Path:
    path = folder / "config.toml"
    sources, include = (json.dumps(list(each)) for each in (SOURCES, INCLUDE))
    path.write_text(CONFIG.format(base=server.base_url, sources=sources, include=include, delay=delay))
    return path


def test_it_ticks_reloads_and_ends_on_request(tmp_path: Path, site: Server) -> None:
    config = configure(tmp_path, site)
    with daemon(tmp_path, "--every", "1s") as running:
        first, second, *_ = running.wait_for("round", count=2)
        assert first["words"] == second["words"] == "whole"
        assert first["read"] == first["asked"] != 0
        assert second["events"] == 0
        good = config.read_text()
        config.write_text(good + "\n[nonsense]\n")
        running.process.send_signal(signal.SIGHUP)
        (refused,) = running.wait_for("configuration", words="the old one holds")
        assert "nonsense" in str(refused["why"])
        config.write_text(good)
        running.process.send_signal(signal.SIGHUP)
        running.wait_for("configuration", words="reloaded", count=2)
        running.wait_for("round", count=3)
        status, seconds = running.end()
    assert status == 0
    assert seconds < 10


def test_a_round_under_way_is_ended_and_what_it_read_is_kept(tmp_path: Path, site: Server) -> None:
    configure(tmp_path, site, delay=0.5)
    with daemon(tmp_path, "--every", "1h") as running:
        running.wait_for("demo", words="pages to look at")
        time.sleep(1.5)
        status, seconds = running.end()
    assert status == 0
    assert seconds < 10
    with Store.open(f"sqlite:///{tmp_path}/watch.db") as store, store.read() as session:
        last = session.last_round()
        assert last is not None
        assert last.ended_at is not None
        assert last.asked > 0


def test_while_another_run_holds_the_store_it_says_so_and_goes_on(tmp_path: Path, site: Server) -> None:
    configure(tmp_path, site)
    with Store.open(f"sqlite:///{tmp_path}/watch.db", create=True) as store:
        with store.lock(), daemon(tmp_path, "--every", "1s") as running:
            (said, *_) = running.wait_for("round", words="not run")
            assert "another run" in str(said["why"])
        with daemon(tmp_path, "--every", "1s") as running:
            running.wait_for("round", words="whole")
            assert running.end()[0] == 0


def test_the_service_manager_is_told(tmp_path: Path, site: Server) -> None:
    configure(tmp_path, site)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "1000000"}
        with daemon(tmp_path, "--every", "1h", **environment) as running:
            heard = [manager.recv(100).decode() for _ in range(4)]
            running.wait_for("round")
            assert running.end()[0] == 0
            manager.settimeout(0.1)
            while "STOPPING=1" not in heard:
                heard.append(manager.recv(100).decode())
    assert heard.count("READY=1") == 1
    assert heard.count("WATCHDOG=1") >= 3
    assert heard[-1] == "STOPPING=1"


def test_a_mistake_in_the_configuration_is_said_before_it_starts(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[nonsense]\n")
    with daemon(tmp_path) as running:
        assert running.process.wait(timeout=PATIENCE) == 2
        assert "nonsense" in running.log.read_text()


def test_a_store_that_is_none_is_said_as_run_says_it(tmp_path: Path, site: Server) -> None:
    configure(tmp_path, site)
    store = tmp_path / "watch.db"
    with closing(sqlite3.connect(store)) as other:
        other.execute("CREATE TABLE note (words TEXT)")
    foreign = store.read_bytes()
    for content in (foreign, b"no database, but a letter to a friend\n" * 50):
        store.write_bytes(content)
        told = iomwatch("run", folder=tmp_path)
        with daemon(tmp_path) as running:
            assert running.process.wait(timeout=PATIENCE) == told.status == 2
            assert running.log.read_text() == told.err
        assert store.read_bytes() == content


def idle() -> None:
    pass


def test_a_bug_in_a_tick_ends_it_with_its_cause() -> None:
    def tick() -> None:
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError, match="a bug") as caught:
        serve(Work(tick=tick, stop=idle, reload=idle), every=timedelta(hours=1))
    assert caught.traceback[-1].name == "tick"


def test_a_bug_that_shows_while_it_ends_is_told_too() -> None:
    begun, stopped = threading.Event(), threading.Event()

    def tick() -> None:
        begun.set()
        stopped.wait(PATIENCE)
        raise ZeroDivisionError("late")

    def ask_to_end() -> None:
        begun.wait(PATIENCE)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=ask_to_end).start()
    with pytest.raises(ZeroDivisionError, match="late"):
        serve(Work(tick=tick, stop=stopped.set, reload=idle), every=timedelta(hours=1))
