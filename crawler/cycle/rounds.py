"""A whole round: the lock, a look that can be stopped, then the letters. Cron and demo run this."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from crawler.config import Config, SiteConfig
from crawler.cycle.alerts import alert_due
from crawler.cycle.composing import compose_due
from crawler.cycle.letters import Told, deliver_due
from crawler.cycle.look import Looked, look
from crawler.cycle.tools import Progress, Tools
from crawler.fetch import Fetcher, FetchSettings
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did, for a person and for the exit status."""

    looked: Looked
    told: Told | None  # None: nothing was told, for a signal came
    letters: int

    @property
    def needs_a_person(self) -> bool:
        return any(site.needs_a_person for site in self.looked.sites) or bool(
            self.told and self.told.troubles
        )


def fetch_settings(config: Config) -> FetchSettings:
    return FetchSettings(
        user_agent=config.fetch.user_agent,
        min_delay=config.fetch.min_delay,
        timeout=config.fetch.timeout,
        allow_private=config.fetch.allow_private,
        proxy=config.fetch.proxy,
        ca_bundle=str(config.root / config.fetch.ca_bundle) if config.fetch.ca_bundle else "",
        hosts=config.hosts(),
    )


def run_round(
    config: Config,
    store: Store,
    *,
    sites: tuple[SiteConfig, ...],
    clock: Callable[[], datetime],
    progress: Progress,
    everything: bool = False,
    max_seconds: float | None = None,
    tell: bool = True,
) -> Round:
    """One round under the store's lock. Raises StoreBusyError when another run holds it.

    SIGTERM and SIGINT end it cleanly: what was read stays, letters wait for the next run.
    """
    with store.lock():
        looked, signalled = asyncio.run(
            _look(config, store, sites, clock, progress, everything=everything, max_seconds=max_seconds)
        )
        if signalled or not tell:
            return Round(looked=looked, told=None, letters=0)
        letters = compose_due(store, config, clock(), whole=looked.whole)
        told = deliver_due(store, config, clock())
        if alert_due(store, config, clock()):
            after = deliver_due(store, config, clock())
            told = Told(sent=told.sent + after.sent, troubles=after.troubles)
        return Round(looked=looked, told=told, letters=letters)


async def _look(
    config: Config,
    store: Store,
    sites: tuple[SiteConfig, ...],
    clock: Callable[[], datetime],
    progress: Progress,
    *,
    everything: bool,
    max_seconds: float | None,
) -> tuple[Looked, bool]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    limit = loop.call_later(max_seconds, stop.set) if max_seconds is not None else None
    try:
        with _signals(loop, stop) as received:
            async with Fetcher(fetch_settings(config)) as fetcher:
                tools = Tools(
                    store=store,
                    fetcher=fetcher,
                    clock=clock,
                    progress=progress,
                    stop=stop,
                    weights=config.weighed(),
                )
                looked = await look(tools, config, sites, everything=everything)
            return looked, bool(received)
    finally:
        if limit is not None:
            limit.cancel()


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> Iterator[list[signal.Signals]]:
    """SIGTERM and SIGINT set `stop`; what came is in the list."""
    received: list[signal.Signals] = []

    def on(number: signal.Signals) -> None:
        received.append(number)
        stop.set()

    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        loop.add_signal_handler(number, on, number)
    try:
        yield received
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
