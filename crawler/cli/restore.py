"""`iomwatch restore`: a backup in the store's place."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli.common import config_of
from crawler.terminal import printable
from storage.backup import restore


@click.command("restore", epilog="Example: iomwatch restore /var/backups/iomwatch.backup --overwrite")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Also where a store stands: it is set aside, not deleted.")
@click.pass_context
def command(ctx: click.Context, source: Path, overwrite: bool) -> None:
    """Check FILE from end to end and put it in the store's place, in one step.

    What happened since the backup is not in it: the next round finds it again, and tells again what was told
    since. A damaged, cut or foreign file is refused and changes nothing. Exit status 1: restored, and the
    store that was backed up had faults.
    """
    done = restore(source, config_of(ctx).store_url(), datetime.now(UTC), overwrite=overwrite)
    click.echo(f"restored {done.path}")
    if done.aside is not None:
        click.echo(f"the store that stood there is now {done.aside}")
    for fault in done.faults:
        click.echo(printable(f"PROBLEM {fault.kind} {fault.about}: {fault.words}"), err=True)
    sys.exit(1 if done.faults else 0)
