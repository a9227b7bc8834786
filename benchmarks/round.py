"""A whole round against its floor and beside other monitors: CPU and peak memory of the whole process, the
server not counted.

python -m benchmarks.round [--pages 500,5000] [--known 1000000] [--monitors FOLDER] [--repeats 3]

Absolute times mean little on a shared machine: read the ratios, each to a floor of the same minutes. Of
what can be repeated the cheapest repeat counts.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.known import make_due, make_known
from benchmarks.monitors import MONITORS, arguments

ROOT = Path(__file__).parents[1]
SIZE = 60_000  # bytes of a page
VISITED = 500  # pages of a round in the ledgers
CONFIG = """
[fetch]
user_agent = "iomwatch/0.1 (+bench@localhost.invalid)"
min_delay = 0.0
allow_private = ["127.0.0.1"]
[pace]
requests_per_day = 1000000
[[site]]
name = "bench"
base_url = "{base}"
sources = ["/sitemap.xml"]
include = ["/news/**"]
[[digest]]
name = "bench"
to = ["file:digests/"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    cpu: float  # seconds, user and system
    peak: float  # MB, resident

    def __lt__(self, other: Cost) -> bool:
        return self.cpu < other.cpu


def cost_of(command: list[str], *, folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Cost:
    """What a command cost as a whole process. Raises CalledProcessError when it fails."""
    installed = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if environment else None,
        env={**installed, **(environment or {})},  # compiled once, as pip compiles what it installs
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss / 1000)


@contextmanager
def served(count: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.serve", str(count), str(SIZE)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip(), server
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def ours(config: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "crawler.cli", "--config", str(config), "run", "--quiet", *options]


def configured(folder: Path, base: str) -> Path:
    config = folder / "config.toml"
    config.write_text(CONFIG.format(base=base), encoding="utf-8")
    return config


def row(name: str, low: Cost, high: Cost, bar: float | None = None) -> None:
    ratio = high.cpu / low.cpu
    verdict = "" if bar is None else f"<= {bar:g}  {'met' if ratio <= bar else 'MISSED'}"
    print(
        f"{name:<34}{low.cpu:>9.2f}{high.cpu:>9.2f}{ratio:>7.2f}{low.peak:>7.0f}{high.peak:>7.0f}  {verdict}",
        flush=True,
    )


def heading(title: str) -> None:
    print(f"\n{title}\n{'':<34}{'floor s':>9}{'ours s':>9}{'ratio':>7}{'MB':>7}{'MB':>7}  bar", flush=True)


# ── the parts ───────────────────────────────────────────────────────────────────────────────────


def start_up(repeats: int) -> None:
    heading("Start-up")
    with tempfile.TemporaryDirectory() as name, served(5) as (base, _):
        config = configured(Path(name), base)
        cost_of(ours(config))
        bare = min(cost_of([sys.executable, "-c", "import httpx, sqlite3"]) for _ in range(2 * repeats))
        idle = min(cost_of(ours(config)) for _ in range(2 * repeats))
    row("a run with nothing due", bare, idle, 3)


def rounds(count: int, repeats: int) -> float:
    """The rounds over so many pages; the peak of one in which nothing changed."""
    heading(f"{count} pages of {SIZE} bytes")
    with tempfile.TemporaryDirectory() as name, served(count) as (base, server):
        folder = Path(name)
        config = configured(folder, base)
        floor = [sys.executable, "-m", "benchmarks.floor", base, str(count), f"{name}/floor.db"]
        row("first read", cost_of(floor), cost_of(ours(config)), 4)
        low, high = [], []
        for _ in range(repeats):
            low.append(cost_of(floor))
            high.append(cost_of(ours(config, "--all")))
        row("nothing changed", min(low), min(high), 2 if count <= VISITED else 1.5)
        server.send_signal(signal.SIGHUP)
        time.sleep(1)
        row("1 % changed", cost_of(floor), cost_of(ours(config, "--all")))
    return max(cost.peak for cost in high)


def ledgers(known: int, repeats: int) -> None:
    """A round that visits as many pages of a small ledger, and of a large one."""
    title = f"{VISITED} of {known:,} known pages, beside {VISITED} of 5,000 (in place of the floor)"
    heading(title)
    costs: list[Cost] = []
    for size in (5_000, known):
        with tempfile.TemporaryDirectory() as name, served(VISITED) as (base, _):
            config = configured(Path(name), base)
            cost_of(ours(config))
            make_known(Path(name) / "iomwatch.db", base, size)
            tried = []
            for _ in range(repeats):
                make_due(Path(name) / "iomwatch.db", VISITED)
                tried.append(cost_of(ours(config)))
            costs.append(min(tried))
    row("a round", costs[0], costs[1], 1.2)


def beside(environments: Path, count: int) -> None:
    print(f"\nOther monitors, {count} pages of {SIZE} bytes, without looking for news")
    print(f"{'':<20}{'first read, ms a page':>24}{'nothing changed, ms':>22}{'MB':>7}")
    with served(count) as (base, _):
        urls = [f"{base}/news/{number}" for number in range(count)]
        for monitor in MONITORS:
            if why := monitor.installed(environments):
                print(f"{monitor.package:<20}  not installed: {why}")
                continue
            with tempfile.TemporaryDirectory() as name:
                monitor.prepare(Path(name), urls)
                first, again = (
                    cost_of(
                        arguments(monitor.command(environments, first=first), urls),
                        folder=Path(name),
                        environment={**dict(monitor.environment), "HOME": name},
                    )
                    for first in (True, False)
                )
            each = [1000 * cost.cpu / count for cost in (first, again)]
            print(f"{monitor.package:<20}{each[0]:>24.1f}{each[1]:>22.1f}{again.peak:>7.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", default="500,5000")
    parser.add_argument("--known", type=int, default=1_000_000, help="0: leave the ledgers out")
    parser.add_argument("--monitors", type=Path, help="where their environments are, or are made")
    parser.add_argument("--repeats", type=int, default=3)
    chosen = parser.parse_args()
    start_up(chosen.repeats)
    peaks = {int(count): rounds(int(count), chosen.repeats) for count in chosen.pages.split(",") if count}
    if {500, 5000} <= peaks.keys():
        print(
            f"\npeak, nothing changed: {peaks[500]:.0f} MB at 500 pages (bar 80), "
            f"{peaks[5000] - peaks[500]:+.0f} MB at 5,000 (bar +20)"
        )
    if chosen.known:
        ledgers(chosen.known, chosen.repeats)
    if chosen.monitors is not None:
        beside(chosen.monitors, VISITED)


if __name__ == "__main__":
    main()
