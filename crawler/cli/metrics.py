"""`iomwatch metrics`: what Prometheus is told, as text."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli import FULL
from crawler.cli.common import config_of, open_store
from crawler.errors import UsageError


@click.command("metrics", epilog="Example: iomwatch metrics --out /var/lib/node_exporter/iomwatch.prom")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Into a file, whole or not at all."
)
@click.pass_context
def command(ctx: click.Context, out: Path | None) -> None:
    """The watch in Prometheus' text format. Names and units: docs/METRICS.md."""
    from prometheus_client import generate_latest

    from crawler.cycle.metrics import registry, write_metrics

    config = config_of(ctx)
    with open_store(config):  # a store that is not there is said here; a scrape of it would be empty
        pass
    if out is None:
        click.echo(generate_latest(registry(lambda: config)).decode(), nl=False)
        return
    try:
        write_metrics(out, config)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from None
