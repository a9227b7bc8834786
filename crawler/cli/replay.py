"""`iomwatch replay`: the ledger built again from what is stored, and compared."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from crawler.cli.common import config_of, json_option, open_store, print_json
from crawler.cli.progress import Silence
from crawler.cycle.replay import replay_ledger
from crawler.terminal import printable
from crawler.values import plain
from storage.store import Store


@click.command("replay", epilog="Example: iomwatch replay --json")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Build the ledger again from all stored visits and bodies, by today's rules, in a scratch database.

    Says "same ledger", or lists the differences. The store is only read. Exit status 1: they differ.
    """
    config = config_of(ctx)
    with (
        open_store(config) as store,
        TemporaryDirectory(prefix="iomwatch-replay-") as folder,
        Store.open(f"sqlite:///{Path(folder) / 'scratch.db'}", create=True) as scratch,
    ):
        found = replay_ledger(store, scratch, config, Silence())
    if as_json:
        print_json(plain(found))
    else:
        for name in found.left_out:
            click.echo(f"{name}: left out, for the configuration does not name it any more")
        for difference in found.differences:
            words = f"{difference.id}  {difference.kind:<11}  {difference.title}  {difference.url or ''}"
            click.echo(printable(f"{words}\n  {difference.what}"))
        count = len(found.differences)
        words = "same ledger" if not count else "1 difference" if count == 1 else f"{count} differences"
        words += f": {found.compared} {'event' if found.compared == 1 else 'events'} derived again"
        if found.taken_over:
            why = "they rest on sources, documents or pages asked no more"
            words += f", {found.taken_over} taken over as told: {why}"
        click.echo(words)
    sys.exit(1 if found.differences else 0)
