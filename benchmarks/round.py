"""A whole round against its floor: CPU and peak memory of the whole process, the server not counted.

python benchmarks/round.py [PAGES] [BYTES]; both default to 500 pages of 60 kB. Absolute times mean little
on a shared machine: read the ratios.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONFIG = """
[fetch]
user_agent = "iomwatch/0.1 (+bench@localhost.invalid)"
min_delay = 0.0
allow_private = ["127.0.0.1"]
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


def cost_of(*arguments: str) -> Cost:
    """What a command cost as a whole process. Raises CalledProcessError when it fails."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Cost(cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss / 1000)


def main() -> None:
    count = sys.argv[1] if len(sys.argv) > 1 else "500"
    size = sys.argv[2] if len(sys.argv) > 2 else "60000"
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.serve", count, size], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        base = server.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder) / "config.toml"
            config.write_text(CONFIG.format(base=base), encoding="utf-8")
            floor = ("-m", "benchmarks.floor", base, count, f"{folder}/floor.db")
            ours = ("-m", "crawler.cli", "--config", str(config), "run", "--quiet")
            rows = [
                ("first read", cost_of(*floor), cost_of(*ours)),
                ("nothing changed", cost_of(*floor), cost_of(*ours, "--all")),
            ]
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
    print(f"{count} pages of {size} bytes\n")
    print(f"{'':<18}{'floor CPU s':>12}{'ours CPU s':>12}{'ratio':>8}{'floor MB':>10}{'ours MB':>10}")
    for name, low, high in rows:
        print(
            f"{name:<18}{low.cpu:>12.2f}{high.cpu:>12.2f}{high.cpu / low.cpu:>8.2f}"
            f"{low.peak:>10.0f}{high.peak:>10.0f}"
        )


if __name__ == "__main__":
    main()
