"""What a round works with: store, fetcher, reader, clock, the wish to stop, the progress shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from crawler.cycle.apart import Reader
from crawler.cycle.watched import Watched
from crawler.weights import Weights
from storage.store import Store

if TYPE_CHECKING:
    from crawler.extract import Learned
    from crawler.fetch import Fetcher


class Progress(Protocol):
    """Is told what is being done; shows it as it likes."""

    def expect(self, site: str, pages: int) -> None:
        """So many more pages will be looked at."""

    def step(self, site: str, url: str, what: str) -> None:
        """One page was looked at, with what came of it."""

    def note(self, site: str, words: str) -> None:
        """Something a person may want to read in a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    store: Store
    fetcher: Fetcher
    clock: Callable[[], datetime]  # aware UTC; the clock of everything stored
    progress: Progress
    watched: Watched  # the whole configuration's sites
    reader: Reader = field(default_factory=Reader)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    weights: Weights = field(default_factory=Weights)  # what each finding weighs
    templates: dict[tuple[int, str], Learned] = field(default_factory=dict)  # by site and language
