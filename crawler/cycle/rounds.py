"""A whole round: the lock, a look that can be stopped, then the letters. Cron and demo run this."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from crawler import urls
from crawler.config import Config, SiteConfig
from crawler.cycle.alerts import alert_due
from crawler.cycle.apart import HEAVY, Reader
from crawler.cycle.composing import compose_due
from crawler.cycle.letters import deliver_due
from crawler.cycle.look import look
from crawler.cycle.outcome import Looked, Round, Told
from crawler.cycle.tools import Progress, Tools
from crawler.cycle.watched import Watched
from crawler.fetch import Credential, Fetcher, FetchSettings
from storage.store import Store

CRASHES = 2  # rounds in a row that did not end, after which all is read apart: a page may have ended them


class Switch:
    """Ends a round from another thread. Turned off once, it stays off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._off = False
        self._hear: Callable[[], object] | None = None

    @property
    def off(self) -> bool:
        return self._off

    def turn_off(self) -> None:
        with self._lock:
            self._off = True
            if self._hear is not None:
                self._hear()

    @contextmanager
    def heard_by(self, hear: Callable[[], object]) -> Iterator[None]:
        """While it lasts, `hear` is called when the switch is turned off; at once where it is off already."""
        with self._lock:
            self._hear = hear
            if self._off:
                hear()
        try:
            yield
        finally:
            with self._lock:
                self._hear = None


def fetch_settings(config: Config) -> FetchSettings:
    return FetchSettings(
        user_agent=config.fetch.user_agent,
        min_delay=config.fetch.min_delay,
        timeout=config.fetch.timeout,
        allow_private=config.fetch.allow_private,
        proxy=config.fetch.proxy,
        ca_bundle=str(config.root / config.fetch.ca_bundle) if config.fetch.ca_bundle else "",
        hosts=config.hosts(),
        host_budget=config.fetch.host_budget.total_seconds(),
        credentials=tuple(
            Credential(
                origin=urls.origin(known.origin), user=known.user, password=known.password, token=known.token
            )
            for known in config.credentials
        ),
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
    switch: Switch | None = None,
) -> Round:
    """One round under the store's lock. Raises StoreBusyError when another run holds it.

    `max_seconds` end the looking, as the configuration's `run_budget` does otherwise: what was read is told,
    and the next run goes on. The switch ends all of it cleanly: what was read stays, letters wait for the
    next run. Without one, SIGTERM and SIGINT do.
    """
    with store.lock():
        looked, signalled = asyncio.run(
            _look(
                config,
                store,
                sites,
                clock,
                progress,
                everything=everything,
                max_seconds=max_seconds,
                switch=switch or Switch(),
                signals=switch is None,
            )
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
    switch: Switch,
    signals: bool,
) -> tuple[Looked, bool]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    with store.read() as session:
        crashing = session.unended_rounds() >= CRASHES
    most = config.fetch.run_budget.total_seconds() if max_seconds is None else max_seconds
    limit = loop.call_later(most, stop.set)
    try:
        with (
            switch.heard_by(lambda: loop.call_soon_threadsafe(stop.set)),
            _signals(loop, switch, on=signals),
            Reader(heavy=0 if crashing else HEAVY) as reader,
        ):
            async with Fetcher(fetch_settings(config)) as fetcher:
                tools = Tools(
                    store=store,
                    fetcher=fetcher,
                    clock=clock,
                    progress=progress,
                    watched=Watched(sites=config.site),
                    reader=reader,
                    stop=stop,
                    weights=config.weighed(),
                )
                looked = await look(tools, config, sites, everything=everything)
            return looked, switch.off
    finally:
        limit.cancel()


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, switch: Switch, *, on: bool) -> Iterator[None]:
    """SIGTERM and SIGINT turn the switch off."""
    numbers = (signal.SIGTERM, signal.SIGINT) if on else ()
    for number in numbers:
        loop.add_signal_handler(number, switch.turn_off)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
