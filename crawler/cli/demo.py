"""`iomwatch demo`: the bundled simulated site, watched over its scripted days."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from crawler.cli.progress import Silence
from crawler.config import Config, DigestConfig, FetchConfig, SiteConfig, StoreConfig
from crawler.cycle.rounds import run_round
from crawler.demo import DAYS, INCLUDE, ROUNDS, SOURCES, START, Server
from storage.store import Store

RULER = "═" * 80


@click.command("demo", epilog="Example: iomwatch demo --days 1")
@click.option("--days", type=click.IntRange(1, DAYS), default=DAYS, show_default=True, help="Scripted days.")
def command(days: int) -> None:
    """Serve the bundled simulated site on loopback and watch it over its scripted days.

    Prints each day's digest, and where the HTML of the last one lies. Days pass in seconds.
    """
    folder = Path(tempfile.mkdtemp(prefix="iomwatch-demo-"))
    with (
        Server(now=START) as server,
        Store.open(config_for(server, folder).store_url(), create=True) as store,
    ):
        config = config_for(server, folder)
        for day in range(1, days + 1):
            moments = [moment for moment in ROUNDS if (moment.date() - START.date()).days == day - 1]
            click.echo(f"{RULER}\nDay {day}: {moments[0]:%A %d %B %Y}, {len(moments)} rounds\n{RULER}")
            for moment in moments:
                server.now = moment
                run_round(
                    config,
                    store,
                    sites=config.site,
                    clock=_at(moment),
                    progress=Silence(),
                    everything=True,
                    tell=moment == moments[-1],
                )
    letters = sorted((folder / "digests").glob("*-demo-*.html"))
    click.echo(RULER)
    click.echo(f"The last digest as HTML: {letters[-1]}" if letters else f"No digest was written in {folder}")


def config_for(server: Server, folder: Path) -> Config:
    """The configuration that watches the simulated site, with everything stored in `folder`."""
    return Config(
        root=folder,
        store=StoreConfig(url="sqlite:///demo.db"),
        fetch=FetchConfig(
            user_agent="iomwatch/0.1 (+demo@localhost.invalid)", min_delay=0.0, allow_private=("127.0.0.1",)
        ),
        site=(SiteConfig(name="demo", base_url=server.base_url, sources=SOURCES, include=INCLUDE),),
        digest=(DigestConfig(name="demo", to=("stdout:", "file:digests/")),),
    )


def _at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment
