"""The program as its users run it: a process, its output, its exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]  # this tree is what is tried, whatever is installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    status: int
    out: str
    err: str


# What root leaves off to be refused what others are.
BOUND = "-dac_override,-dac_read_search,-fowner"


def bound() -> tuple[str, ...]:
    """The start of a command that permissions bind. Skips the test where root cannot be bound."""
    if os.geteuid():
        return ()
    words = ("setpriv", f"--bounding-set={BOUND}", f"--inh-caps={BOUND}")
    if shutil.which("setpriv") is None or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("root cannot be bound by permissions here")
    return words


def iomwatch(
    *arguments: str, folder: Path, stdin: bytes = b"", before: tuple[str, ...] = (), **environment: str
) -> Done:
    """Run `iomwatch ARGUMENTS` in a folder; `before` is the start of the command, as `bound` gives it."""
    done = subprocess.run(
        [*before, sys.executable, "-W", "error", "-m", "crawler.cli", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return Done(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
