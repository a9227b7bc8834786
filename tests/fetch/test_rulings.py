"""How long an answer for robots.txt holds, by a clock that the test sets."""

from __future__ import annotations

import asyncio

import pytest

from crawler.fetch.exchange import Answer
from crawler.fetch.rulings import Rulings
from crawler.values import Fetched, RobotsMemory

SITE = "https://www.iom.int"
CLOSED = b"User-agent: *\nDisallow: /"


class Loop(asyncio.SelectorEventLoop):
    """A loop whose clock can be set forward."""

    ahead = 0.0

    def time(self) -> float:
        return super().time() + self.ahead


def asked_at(answer: Answer, hours: list[float], kept: RobotsMemory | None = None) -> list[bool]:
    """At each of these hours: whether the file was asked for again."""
    times = 0

    async def ask(url: str) -> Answer:
        nonlocal times
        times += 1
        return answer

    async def play() -> list[bool]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Loop)
        rulings = Rulings("iomwatch", ask)
        rulings.remember([kept] if kept else [])
        found = []
        for hour in hours:
            loop.ahead, before = hour * 3_600, times
            await rulings.of(f"{SITE}/news/x")
            found.append(times > before)
        return found

    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(play())


OK = Answer(outcome=Fetched.OK, status=200, body=CLOSED)
GONE = Answer(outcome=Fetched.GONE, status=404)
BROKEN = Answer(outcome=Fetched.SERVER_ERROR, status=500)
REFUSED = Answer(outcome=Fetched.REFUSED, status=403)
RESTING = Answer(outcome=Fetched.RESTING)


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (OK, [True, False, False, True]),
        (GONE, [True, False, False, True]),
        (BROKEN, [True, False, True, True]),
        (REFUSED, [True, False, True, True]),
        (RESTING, [True, True, True, True]),
    ],
)
def test_in_a_run_that_lasts(answer: Answer, again: list[bool]) -> None:
    assert asked_at(answer, [0, 0.1, 23, 25]) == again


@pytest.mark.parametrize(
    ("age", "again"),  # hours since it was read; whether it is asked for now, in 3 hours, in 23
    [
        (0, [False, False, False]),
        (22, [False, True, False]),
        (24, [True, False, False]),
        (-1, [True, False, False]),
    ],
)
def test_what_an_earlier_run_read_goes_on_ageing(age: float, again: list[bool]) -> None:
    kept = RobotsMemory(origin=SITE, url=f"{SITE}/robots.txt", status=200, body=CLOSED, age=age * 3_600)
    assert asked_at(OK, [0, 3, 23], kept) == again
