"""`iomwatch daemon`: rounds for as long as the process lives, as cron would call them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from crawler.cli.common import DURATION, config_of
from crawler.cli.logs import Log, logged
from crawler.config import Config, load
from crawler.cycle.alive import told_outside
from crawler.cycle.metrics import endpoint
from crawler.cycle.rounds import Switch, run_round
from crawler.errors import ConfigError, UsageError
from crawler.timetable import Work, serve
from storage.errors import StoreBusyError, StoreFullError
from storage.store import Store


@click.command("daemon", epilog="Example: iomwatch daemon --every 5m --log json")
@click.option(
    "--every",
    type=DURATION,
    default="5m",
    show_default=True,
    help="Time between two rounds; each does what is due.",
)
@click.option("--log", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, every: timedelta, form: str) -> None:
    """Run rounds until SIGTERM, each as `iomwatch run` does, under the same lock.

    SIGHUP takes up a changed configuration; one with mistakes is refused, said, and the old one kept.
    """
    daemon = Daemon(path=ctx.obj, config=config_of(ctx), log=logged(form))
    if not daemon.config.site:
        raise UsageError(f"{ctx.obj}: no [[site]] is configured; `iomwatch init` shows how")
    work = Work(tick=daemon.tick, stop=daemon.switch.turn_off, reload=daemon.reload)
    with endpoint(lambda: daemon.config):
        serve(work, every=every)


class Daemon:
    """What a tick works with: the configuration that holds, and the switch that ends it."""

    def __init__(
        self, *, path: Path, config: Config, log: Log, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.path, self.config, self.log = path, config, log
        self.clock = clock or (lambda: datetime.now(UTC))
        self.switch = Switch()

    def tick(self) -> None:
        """One round. A store that is busy or full is said, and tried again at the next tick."""
        config = self.config
        try:
            with Store.open(config.store_url(), create=True) as store:
                done = run_round(
                    config, store, sites=config.site, clock=self.clock, progress=self.log, switch=self.switch
                )
        except (StoreBusyError, StoreFullError) as error:
            self.log.said("round", "not run", why=str(error))
            return
        self.log.round(done)
        for failure in told_outside(config, done):
            self.log.said("outside", failure)

    def reload(self) -> None:
        """Take up the configuration as it stands in the file, if it is valid."""
        try:
            self.config = load(self.path)
        except ConfigError as error:
            self.log.said("configuration", "not reloaded: the old one holds", why=str(error))
            return
        self.log.said("configuration", "reloaded")
