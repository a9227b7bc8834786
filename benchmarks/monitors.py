"""The change monitors a round is measured beside, each in an environment of its own.

It measures nothing. What cannot be installed here is said, and left out.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """One of them. Its commands run in a folder of their own."""

    package: str
    prepare: Callable[[Path, list[str]], None]  # writes what it needs into a folder of its own
    first: tuple[str, ...]  # the command's arguments, in that folder
    again: tuple[str, ...] = ()  # those of later rounds, where they differ
    program: str = ""  # where it is not called as its package
    environment: tuple[tuple[str, str], ...] = ()

    def installed(self, environments: Path) -> str:
        """Installs it where it is not yet. Says why where that fails; "" where it is there."""
        home = environments / self.package
        if not (home / "bin" / (self.program or self.package)).exists():
            made = subprocess.run(
                [sys.executable, "-m", "venv", str(home)], capture_output=True, text=True, check=False
            )
            pip = [str(home / "bin" / "pip"), "install", "--quiet", self.package]
            done = (
                made if made.returncode else subprocess.run(pip, capture_output=True, text=True, check=False)
            )
            if done.returncode:
                lines = done.stderr.strip().splitlines()
                return lines[-1][:100] if lines else f"pip ended with {done.returncode}"
        return ""

    def command(self, environments: Path, *, first: bool) -> tuple[str, ...]:
        program = environments / self.package / "bin" / (self.program or self.package)
        return (str(program.absolute()), *(self.first if first or not self.again else self.again))


def _urlwatch(folder: Path, urls: list[str]) -> None:
    jobs = "\n---\n".join(f"url: {url}\nfilter:\n  - html2text: re" for url in urls)
    (folder / "urls.yaml").write_text(jobs, encoding="utf-8")
    quiet = "display: {}\nreport:\n  stdout:\n    enabled: false\n"
    (folder / "config.yaml").write_text(quiet, encoding="utf-8")
    (folder / "hooks.py").write_text("", encoding="utf-8")


def _webchanges(folder: Path, urls: list[str]) -> None:
    jobs = "\n---\n".join(f"url: {url}\nfilter:\n  - html2text" for url in urls)
    (folder / "jobs.yaml").write_text(jobs, encoding="utf-8")
    quiet = "display: {}\nreport:\n  stdout:\n    enabled: false\n"
    (folder / "config.yaml").write_text(quiet, encoding="utf-8")
    (folder / "hooks.py").write_text("", encoding="utf-8")


def _changedetection(folder: Path, urls: list[str]) -> None:
    (folder / "store").mkdir()
    (folder / "urls.txt").write_text("\n".join(urls), encoding="utf-8")


_BATCH = ("-d", "store", "-C", "-b", "-l", "ERROR", "-p", "0")
MONITORS = (
    Monitor(
        package="urlwatch",
        prepare=_urlwatch,
        first=(
            "--urls",
            "urls.yaml",
            "--config",
            "config.yaml",
            "--hooks",
            "hooks.py",
            "--cache",
            "cache.db",
        ),
    ),
    Monitor(
        package="webchanges",
        prepare=_webchanges,
        first=(
            *("--jobs", "jobs.yaml", "--config", "config.yaml", "--hooks", "hooks.py"),
            *("--database", "snapshots.db"),
        ),
    ),
    Monitor(
        package="changedetection.io",
        prepare=_changedetection,
        first=(*_BATCH, "@urls"),  # each address is an argument of its own: see `arguments`
        again=(*_BATCH, "-r", "all"),
        environment=(("ALLOW_IANA_RESTRICTED_ADDRESSES", "true"), ("FETCH_WORKERS", "2")),
    ),
)


def arguments(command: tuple[str, ...], urls: list[str]) -> list[str]:
    """The command with its addresses in."""
    spread = [part for url in urls for part in ("-u", url)]
    return [part for word in command for part in (spread if word == "@urls" else [word])]
