"""The program as its users run it: a process, its output, its exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]  # this tree is what is tried, whatever is installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    status: int
    out: str
    err: str


def iomwatch(*arguments: str, folder: Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run `iomwatch ARGUMENTS` in a folder."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "crawler.cli", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return Done(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
