"""`iomwatch verify`: is the store sound, and what can be mended."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from crawler.cli.common import config_of, json_option, open_store, print_json
from crawler.config import Config
from crawler.cycle.verifying import Mended, faults, repair
from crawler.errors import UsageError
from crawler.terminal import printable
from crawler.values import plain
from storage.backup import copy_beside, unpack_backup
from storage.rows import FaultRow
from storage.store import Store


@click.command("verify", epilog="Example: iomwatch verify --read-data")
@click.option("--read-data", is_flag=True, help="Read and hash every stored body too.")
@click.option("--repair", "mend", is_flag=True, help="Copy the store, then mend what can be mended.")
@click.option(
    "--from",
    "backup",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --repair: a backup to take lost bodies from.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, read_data: bool, mend: bool, backup: Path | None, as_json: bool) -> None:
    """Check the database, every reference, the ledger against versions, the outbox against the ledger.

    --repair reads every body too. It copies the store beside itself first, deletes nothing, and may be
    interrupted: lost bodies are taken from a backup (--from) or asked for at their address, and given up only
    where neither has them. Exit status 1: something is wrong, or was given up.
    """
    if backup is not None and not mend:
        raise UsageError("--from goes with --repair")
    config = config_of(ctx)
    with open_store(config) as store:
        if mend:
            done, found = _mended(store, config, backup)
        else:
            done = []
            with store.read() as session:
                found = faults(session, read_data=read_data)
    if as_json:
        print_json({"faults": plain(found), "mended": plain(done)})
    else:
        _say(found, done, read_data=read_data or mend)
    wrong = any(not fault.settled for fault in found) or not all(each.whole for each in done)
    sys.exit(1 if wrong else 0)


def _mended(store: Store, config: Config, backup: Path | None) -> tuple[list[Mended], list[FaultRow]]:
    with store.lock(), _unpacked(backup) as other:
        with store.read() as session:
            found = faults(session, read_data=True)
        if all(fault.settled for fault in found) and other is None:
            return [], found
        now = datetime.now(UTC)
        copy = copy_beside(config.store_url(), now)
        words = f"copied to {copy}" if copy else "not copied first: a PostgreSQL store is copied by pg_dump"
        click.echo(words, err=True)
        done = repair(store, config, lambda: datetime.now(UTC), other)
        with store.read() as session:
            return done, faults(session, read_data=True)


@contextmanager
def _unpacked(backup: Path | None) -> Iterator[Store | None]:
    if backup is None:
        yield None
        return
    with TemporaryDirectory(prefix="iomwatch-backup-") as folder:
        path = Path(folder) / "backup.db"
        unpack_backup(backup, path)
        with Store.open(f"sqlite:///{path}", create=True) as store:
            yield store


def _say(found: list[FaultRow], done: list[Mended], *, read_data: bool) -> None:
    for each in done:
        click.echo(printable(f"{'mended ' if each.whole else 'GIVEN UP'} {each.about}: {each.words}"))
    for fault in found:
        mark = "given up" if fault.settled else "PROBLEM"
        click.echo(printable(f"{mark} {fault.kind} {fault.about}: {fault.words}"))
    count = sum(not fault.settled for fault in found)
    if count:
        hint = "" if done else "; `iomwatch verify --repair` mends what can be mended"
        click.echo(f"{count} {'thing is' if count == 1 else 'things are'} wrong{hint}")
    else:
        click.echo(
            "sound" + (": every body was read" if read_data else "; bodies were not read: --read-data")
        )
