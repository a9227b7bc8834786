"""`iomwatch backup`: the store as one file."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli.common import config_of
from storage.backup import back_up


@click.command("backup", epilog="Example: iomwatch backup /var/backups/iomwatch.backup")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, target: Path) -> None:
    """Write the whole store, as it stands at one moment, into FILE, while runs go on.

    FILE appears whole or not at all, and takes the place of an earlier backup only. It is not encrypted. The
    configuration and the letters in folders are not part of it. A PostgreSQL store is backed up by pg_dump.
    """
    size = back_up(config_of(ctx).store_url(), target)
    click.echo(f"wrote {target}: {size:,} bytes")
