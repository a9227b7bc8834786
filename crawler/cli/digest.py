"""`iomwatch digest`: what a digest of a period says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli import FULL
from crawler.cli.common import MOMENT, config_of, open_store
from crawler.cycle.composing import as_told, digest_of
from crawler.cycle.ignoring import rules_of, sift
from crawler.digest import Format, render
from crawler.errors import UsageError


@click.command("digest", epilog="Example: iomwatch digest --since 2026-03-01 --format html --out digest.html")
@click.option("--since", type=MOMENT, help="From this time on; from the beginning when left out.")
@click.option("--until", type=MOMENT, help="Before this time; until now when left out.")
@click.option(
    "--format",
    "as_format",
    type=click.Choice([form.value for form in Format]),
    default=Format.TEXT.value,
    show_default=True,
)
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write to this file."
)
@click.pass_context
def command(
    ctx: click.Context, since: datetime | None, until: datetime | None, as_format: str, out: Path | None
) -> None:
    """What a digest of that period says, over all sites. Delivers nothing and marks nothing as told."""
    if since is not None and until is not None and since >= until:
        raise UsageError("--since must be before --until")
    config, now = config_of(ctx), datetime.now(UTC)
    past = until is not None and until < now
    with open_store(config) as store, store.read() as session:
        rows = session.ledger.events(since=since, until=until, alone=True)
        baselines = [
            row
            for row in session.sources.baselines()
            if (since is None or row.since >= since) and (until is None or row.since < until)
        ]
        sifted = sift(session, rules_of(config), rows)
        digest = digest_of(
            session,
            name="digest",
            sifted=as_told(session, config, sifted),
            sites=config.site,
            since=since,
            until=until or now,
            baselines=baselines,
            past=past,
        )
    if past and sifted.hidden:  # a digest of today says so with its coverage
        hidden = len(sifted.hidden)
        click.echo(f"iomwatch: {hidden} of the period's events hidden by your rules", err=True)
    text = render(digest, Format(as_format))
    if out is None:
        click.echo(text.rstrip("\n"))
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        if error.errno in FULL:
            raise
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from None
