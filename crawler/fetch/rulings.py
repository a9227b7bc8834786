"""Which robots.txt rules hold for an address: those of its scheme, host and port, read once a day.

Does not make requests itself, and decides nothing about rules: it is given the way to ask, and says which
answers a later run may use instead of asking again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from crawler.fetch.exchange import Answer
from crawler.fetch.politeness import DAY
from crawler.fetch.robots import MOST, Robots, judge_robots
from crawler.urls import absolute, host, origin
from crawler.values import Fetched, RobotsMemory

MOST_HOPS = 5
_LASTING = frozenset({Fetched.OK, Fetched.GONE})  # the rest is asked about anew by each run
TROUBLE_HOLDS = 600.0  # seconds that a refused or broken robots.txt is believed in one run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruling:
    robots: Robots
    until: float  # the loop's time


class Rulings:
    """The rules of all hosts of a run. `ask` makes one request, whatever its host asks of a crawler."""

    def __init__(self, token: str, ask: Callable[[str], Awaitable[Answer]]) -> None:
        self._token = token
        self._ask = ask
        self._known: dict[str, _Ruling] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._earlier: dict[str, RobotsMemory] = {}
        self._news: list[RobotsMemory] = []

    def remember(self, memories: Iterable[RobotsMemory]) -> None:
        """Answers that an earlier run read. One from the future is not believed."""
        self._earlier |= {kept.origin: kept for kept in memories if 0 <= kept.age < DAY}

    def learned(self) -> tuple[RobotsMemory, ...]:
        """Answers that a later run may use, and that were not handed out yet."""
        news, self._news = tuple(self._news), []
        return news

    async def of(self, url: str) -> tuple[Robots, bool]:
        """The rules for an absolute address, and whether they are new in this run."""
        site = origin(url)
        async with self._turns[site]:
            known = self._known.get(site)
            if known is not None and known.until > _now():
                return known.robots, False
            robots, age = self._recalled(site) or (await self._read(site), 0.0)
            if robots.outcome is not Fetched.RESTING:  # not asked yet: the next page may ask
                holds = DAY - age if robots.closed is None else TROUBLE_HOLDS
                self._known[site] = _Ruling(robots=robots, until=_now() + holds)
            return robots, True

    def _recalled(self, site: str) -> tuple[Robots, float] | None:
        kept = self._earlier.pop(site, None)
        if kept is None:
            return None
        outcome = Fetched.OK if kept.status == 200 else Fetched.GONE
        answer = Answer(outcome=outcome, status=kept.status, body=kept.body)
        return self._judged(answer, site, kept.url, moved=False), kept.age

    async def _read(self, site: str) -> Robots:
        """Redirects are followed to any host, as RFC 9309, 2.3.1.2 wants, and behind the same guard;
        after too many of them the file counts as unavailable, which allows everything."""
        url = f"{site}/robots.txt"
        seen = [url]
        while True:
            answer = await self._ask(url)
            if not answer.redirects:
                if answer.outcome in _LASTING:
                    self._news.append(_memory(site, url, answer))
                return self._judged(answer, site, url, moved=len(seen) > 1)
            following = absolute(answer.location or "", url)
            if following is None or following in seen or len(seen) > MOST_HOPS:
                return Robots(source=_source(site), token=self._token)
            seen.append(following)
            url = following

    def _judged(self, answer: Answer, site: str, url: str, *, moved: bool) -> Robots:
        return judge_robots(answer, url=url, token=self._token, source=_source(site), moved=moved)


def _memory(site: str, url: str, answer: Answer) -> RobotsMemory:
    return RobotsMemory(origin=site, url=url, status=answer.status or 0, body=answer.body[:MOST], age=0.0)


def _source(site: str) -> str:
    return f"robots.txt of {host(site)}"


def _now() -> float:
    return asyncio.get_running_loop().time()
