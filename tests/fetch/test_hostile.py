"""The hostile network: what servers do wrong, each ended in time and as its own value.

A request ends by its deadline and one second; memory stays flat; nothing of it becomes a version. The whole
runs with `make faults`; a sample of it with every run.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.progress import Silence
from crawler.config import Config, parse
from crawler.cycle.look import look
from crawler.cycle.rounds import fetch_settings
from crawler.cycle.tools import Tools
from crawler.cycle.watched import Watched
from crawler.fetch import Fetcher
from crawler.fetch.body import Limits
from crawler.fetch.exchange import Answer, Exchange
from crawler.fetch.robots import MOST
from crawler.values import Fetched
from storage.store import Session, Store
from tests.fetch.asking import settings
from tests.fetch.misbehaving import ALL, HUGE, LYING, MALFORMED, PAGE, SLOW, Behaviour
from tests.fetch.server import Script, Server, answer

DEADLINE = 0.6
MEGABYTE = 1_000  # kB, as the system counts
SAMPLE = frozenset(
    {
        "shorter than its length",
        "a length of 5,000 digits",
        "a chunk closed by other bytes",
        "gzip in chunks in gzip",
        "a reset in the body",
        "HTTP/0.9",
        "5,000 early hints",
        "early hints without end",
        "silent after the head",
        "a head that drips",
        "gzip that drips",
        "endless chunks",
        "a bomb of many members",
        "a bomb in a bomb",
        "half a sitemap",
        "half a PDF",
    }
)
QUICK = frozenset({"shorter than its length", "a reset in the body", "a bomb in a bomb", "half a PDF"})


def cases(behaviours: tuple[Behaviour, ...]) -> list[Any]:
    return [
        pytest.param(
            behaviour, id=behaviour.name, marks=() if behaviour.name in SAMPLE else pytest.mark.faults
        )
        for behaviour in behaviours
    ]


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def ask(script: Script, limits: Limits) -> tuple[Answer, float]:
    """One request: its answer, and how long it took."""

    async def play() -> tuple[Answer, float]:
        async with Server({"/a": script}) as server, Exchange(settings(timeout=DEADLINE)) as exchange:
            start = time.monotonic()
            got = await exchange.ask(server.url("/a"), [], limits)
            return got, time.monotonic() - start

    return asyncio.run(play())


@pytest.mark.parametrize("behaviour", cases(ALL))
def test_a_request_ends_in_time_and_as_its_own_value(behaviour: Behaviour) -> None:
    before = peak()
    got, took = ask(behaviour.script, Limits(most=2_000_000))
    assert got.outcome in behaviour.ends, got.detail
    assert got.detail or got.outcome is Fetched.OK
    assert PAGE.startswith(got.body)  # one says less than it sends: what it says is the body
    assert took < DEADLINE + 1
    assert peak() - before < 100 * MEGABYTE


@pytest.mark.parametrize("behaviour", cases(ALL))
def test_robots_txt_is_no_way_round(behaviour: Behaviour) -> None:
    """What came of it is read, and no more than its 500 KiB."""
    got, took = ask(behaviour.script, Limits(most=MOST, lenient=True))
    assert len(got.body) <= MOST
    assert took < DEADLINE + 1


def test_the_matrix_is_as_large_as_is_said() -> None:
    """docs/RELIABILITY.md has these figures."""
    assert [len(part) for part in (MALFORMED, SLOW, HUGE, LYING)] == [41, 11, 18, 9]
    assert len({behaviour.name for behaviour in ALL}) == len(ALL)


# ── a whole round ───────────────────────────────────────────────────────────────────────────────

RELEASE = (
    b"<!doctype html><html lang=en><head><title>Aid reaches Gedaref</title></head><body><main><article>"
    b"<h1>Aid reaches Gedaref</h1>" + b"<p>IOM delivered shelter kits to 1,200 families.</p>" * 12
    + b"</article></main></body></html>"
)  # fmt: skip
LISTING = (
    b"<!doctype html><html><body><a href=/news/bad>Bad news</a><a href=/news/good>Good</a></body></html>"
)
GOOD: dict[str, Script | list[Script]] = {
    "/list": answer(body=LISTING),
    "/news/good": answer(body=RELEASE),
}
PLACES: dict[str, Callable[[Script], dict[str, Script | list[Script]]]] = {
    "page": lambda script: {**GOOD, "/news/bad": script},
    "behind a redirect": lambda script: {
        **GOOD,
        "/news/bad": answer("301 Moved", b"", "Location: /news/there"),
        "/news/there": script,
    },
    "source": lambda script: {**GOOD, "/list": script},
    "robots.txt": lambda script: {**GOOD, "/robots.txt": script},
}


PATIENCE = 10.0  # seconds: many sites share a loop here, and the machine
AT_ONCE = 12  # sites of a round
NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)


def config_of(servers: list[Server], folder: Path) -> Config:
    sites = "".join(
        f"""
[[site]]
name = "site-{number}"
base_url = "{server.url("/")}"
sources = ["/list"]
include = ["/news/**"]
"""
        for number, server in enumerate(servers)
    )
    fetch = f'[fetch]\nmin_delay = 0\ntimeout = {PATIENCE}\nallow_private = ["127.0.0.1"]\n'
    return parse(fetch + sites, root=folder)


def stored_after_a_round(
    folder: Path, behaviours: tuple[Behaviour, ...], place: str
) -> list[dict[str, bytes]]:
    """A round over one site for each behaviour: by path, the bodies that are versions now."""

    async def play(store: Store) -> list[dict[str, bytes]]:
        async with AsyncExitStack() as stack:
            scripts = [PLACES[place](behaviour.script) for behaviour in behaviours]
            servers = [await stack.enter_async_context(Server(script)) for script in scripts]
            config = config_of(servers, folder)
            fetcher = await stack.enter_async_context(Fetcher(fetch_settings(config)))
            tools = Tools(
                store=store,
                fetcher=fetcher,
                clock=lambda: NOW,
                progress=Silence(),
                watched=Watched(sites=config.site),
            )
            await look(tools, config, config.site, everything=True)
            with store.read() as session:
                return [versions(session, site.name, site.base_url) for site in config.site]

    with Store.open(f"sqlite:///{folder}/iomwatch.db", create=True) as store:
        return asyncio.run(play(store))


def versions(session: Session, site: str, base: str) -> dict[str, bytes]:
    row = session.sources.site(site)
    assert row is not None
    found = {path: session.pages.find(row.id, f"{base}{path}") for path in ("news/bad", "news/good")}
    return {
        path: session.bodies.get(session.pages.version(page.version_id).hash)
        for path, page in found.items()
        if page is not None and page.version_id is not None
    }


@pytest.mark.parametrize(
    ("place", "whole"),
    [
        pytest.param(
            place, whole, id=f"{place}, {'all' if whole else 'some'}",
            marks=pytest.mark.faults if whole else (),
        )
        for place in PLACES
        for whole in (False, True)
        if whole or place == "page"
    ],
)  # fmt: skip
def test_nothing_of_it_becomes_a_version(place: str, whole: bool, tmp_path: Path) -> None:
    behaviours = ALL if whole else tuple(each for each in ALL if each.name in QUICK)
    before = peak()
    stored: list[dict[str, bytes]] = []
    for start in range(0, len(behaviours), AT_ONCE):
        folder = tmp_path / str(start)
        folder.mkdir()
        stored += stored_after_a_round(folder, behaviours[start : start + AT_ONCE], place)
    for behaviour, bodies in zip(behaviours, stored, strict=True):
        assert set(bodies.values()) <= {RELEASE, PAGE}, behaviour.name
        if place in ("page", "behind a redirect"):
            assert bodies["news/good"] == RELEASE, behaviour.name  # the others go on
        if Fetched.OK not in behaviour.ends:
            assert "news/bad" not in bodies, behaviour.name
    assert peak() - before < 200 * MEGABYTE
