"""`iomwatch events`: the ledger."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import click

from crawler.cli.common import MOMENT, config_of, json_option, open_store, print_json_line, sites_named
from crawler.cycle.events import as_json as event_json
from crawler.cycle.evidence import with_evidence
from crawler.cycle.watched import Watched
from crawler.terminal import printable
from crawler.values import Kind
from storage.errors import NoStoreError


@click.command("events", epilog="Example: iomwatch events --since 2026-03-01 --kind changed --json")
@click.option("--since", type=MOMENT, help="Seen at this time or later.")
@click.option("--until", type=MOMENT, help="Seen before this time.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    help="Only of this kind, or with it among the facts; may be repeated.",
)
@click.option("--site", "names", multiple=True, metavar="NAME", help="Only this site; may be repeated.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    since: datetime | None,
    until: datetime | None,
    kinds: tuple[str, ...],
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """The ledger: what happened, in the order it was seen; everything when unbounded.

    With --json, one object a line.
    """
    config = config_of(ctx)
    sites_named(config, names)
    try:
        store = open_store(config)
    except NoStoreError as error:
        click.echo(f"iomwatch: {error}", err=True)
        return
    with store, store.read() as session:
        rows = session.ledger.events(since=since, until=until, sites=names)
        if kinds:
            rows = [row for row in rows if not {row.kind, *row.payload["facts"]}.isdisjoint(kinds)]
        if as_json:
            from crawler.cycle.telling import Telling

            telling = Telling(session=session, watched=Watched(sites=config.site))
            found = [with_evidence(session, telling.told(row)) for row in rows]
        else:
            found = [event_json(row) for row in rows]
    for data in found:
        if as_json:
            print_json_line(data)
        else:
            click.echo(_line(data))
    if not rows and not as_json:
        click.echo("no events", file=sys.stderr)


def _line(data: dict[str, Any]) -> str:
    words = f"{data['seen_at']}  {data['weight']:>3}  {data['kind']:<11}  {data['site']}"
    words += f"  [{data['language'] or '?'}]  {data['title']}  {data['canonical_url'] or ''}"
    for figure in data["figures"]:
        words += f"  · {figure['what']} {figure['before_text']} → {figure['after_text']}"
    return printable(words)
