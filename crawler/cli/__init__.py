"""The command line: which commands there are, and how a failure speaks to the person at the terminal.

Each command lives in a module of its own and is imported when it is called, so that `--help` is quick.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from pathlib import Path

import click

from crawler.errors import IomwatchError
from storage.errors import StoreError

BUG = 70  # EX_SOFTWARE
TRY_LATER = 75  # EX_TEMPFAIL
FULL = {errno.ENOSPC, errno.EDQUOT}
FAILING = {  # what the system refuses for now, and what to do
    **dict.fromkeys(FULL, "free the disk"),
    **dict.fromkeys((errno.EIO, errno.EROFS), "mend the disk"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "allow more open files"),
    errno.EFBIG: "allow larger files",
    errno.ENOMEM: "give it more memory",
}
COMMANDS = {
    "run": "One round: look at what is due, then tell.",
    "daemon": "Rounds for as long as it lives, as cron would call them.",
    "events": "The ledger: what happened, with its evidence.",
    "digest": "What a digest of a period says; delivers nothing.",
    "show": "A release: its fields, versions, redline, stored body.",
    "extract": "Separate one page into article and boilerplate.",
    "status": "Per site: known, read, blocked, missing, next due.",
    "metrics": "The watch in Prometheus' text format.",
    "ignore": "The rules for what is not told, and what they would have hidden.",
    "outbox": "Letters on their way: list, show, retry, drop.",
    "replay": "Build the ledger again from what is stored, and compare.",
    "verify": "Is the store sound? With --repair, mend what can be mended.",
    "backup": "The store as one file, while runs go on.",
    "restore": "Put a backup in the store's place.",
    "check": "Validate configuration, store, sources and channels.",
    "demo": "Watch the bundled simulated site over its scripted days.",
    "init": "Write a commented config.toml to start from.",
}


class Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"crawler.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  iomwatch init                      write config.toml
  iomwatch check                     is all well set up?
  iomwatch run                       one round; this is what cron calls
  iomwatch events --since 2026-03-01 --kind removed --json
  iomwatch extract page.html --explain

\b
Shell completion (bash; zsh and fish alike):
  eval "$(_IOMWATCH_COMPLETE=bash_source iomwatch)"

\b
Exit status: 0 done; 1 done, but something needs a person; 2 usage, configuration or a permission;
70 a bug; 75 another run is at work, or the disk is full or fails: try later.""",
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The configuration to use.",
)
@click.version_option(package_name="iomwatch", message="iomwatch %(version)s")
@click.pass_context
def cli(ctx: click.Context, config_path: Path) -> None:
    """Watch what the International Organization for Migration publishes, and what it changes afterwards."""
    ctx.obj = config_path


def main() -> None:
    """The program: runs a command and turns a failure into words and an exit status."""
    _encode(sys.stdout)
    try:
        cli(prog_name="iomwatch")
    except (IomwatchError, StoreError) as error:
        _say(*(f"iomwatch: {line}" for line in str(error).splitlines()))
        sys.exit(error.exit_status)
    except Exception as error:  # noqa: BLE001 - the last door: a bug is shown with its cause, and has its own status
        if isinstance(error, OSError) and error.errno in FAILING:
            where = f"{error.filename}: " if error.filename else ""
            _say(f"iomwatch: {where}{error.strerror}; {FAILING[error.errno]}, then run again")
            sys.exit(TRY_LATER)
        import traceback

        _say(
            traceback.format_exc().rstrip(),
            "iomwatch: this is a bug; what was stored before is safe. Please report it.",
        )
        sys.exit(BUG)


def _encode(out: object) -> None:
    """What is piped is UTF-8 in any locale, as JSON must be; a terminal shows "?" for what it lacks."""
    if isinstance(out, io.TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="replace")
        else:
            out.reconfigure(encoding="utf-8", errors=out.errors)


def _say(*lines: str) -> None:
    """To the terminal, if it can be: the exit status speaks in any case."""
    try:
        for line in lines:
            click.echo(line, err=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what is left in the buffer may not fail once more
