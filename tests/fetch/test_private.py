"""No address that a stranger writes leads inside, however it is spelled and wherever it is written.

changedetection.io CVE-2026-27696, GHSA-gwph-fp79-379w, GHSA-rph4-96w6-q594, GHSA-56fq-63vj-9992; miniflux
GHSA-xwh2-742g-w3wp; CVE-2024-4032, CVE-2021-29921, CVE-2023-24329; Scrapy GHSA-23j4-mw76-5v7h. Each
connection that the process opens is seen by an audit hook; servers listen where some spellings lead.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from crawler import urls
from crawler.cli.progress import Silence
from crawler.config import parse
from crawler.cycle.look import look
from crawler.cycle.rounds import fetch_settings
from crawler.cycle.tools import Tools
from crawler.cycle.watched import Watched
from crawler.deliver import Channels, WebhookSettings, deliver
from crawler.fetch import Fetcher
from crawler.values import Delivered, Fetched, Letter, Request
from storage.store import Store
from tests.fetch.asking import settings
from tests.fetch.server import PAGE, Script, Server, answer
from tests.fetch.spellings import spellings

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
EVERY = 23  # one of so many is in every test run

_connected: list[Any] | None = None


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _connected is not None:
        _connected.append(given[1])


sys.addaudithook(_hook)  # cannot be taken out again; idle outside `connections`


@contextmanager
def connections() -> Iterator[list[Any]]:
    """What the process connects to meanwhile."""
    global _connected
    seen: list[Any] = []
    _connected = seen
    try:
        yield seen
    finally:
        _connected = None


@asynccontextmanager
async def inside() -> AsyncIterator[tuple[Server, list[Server]]]:
    """A public site's stand-in at 127.0.0.1, and what listens inside at the same port."""
    async with Server({}) as site:
        traps = [
            Server({"/secret": PAGE}, address=address, port=site.port)
            for address in ("127.0.0.2", "::1")
            if is_ours(address)
        ]
        async with AsyncExitStack() as stack:
            for trap in traps:
                await stack.enter_async_context(trap)
            yield site, traps


def is_ours(address: str) -> bool:
    """Whether this machine has that address: the audit hook sees connections to the others."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as tried:
        try:
            tried.bind((address, 0))
        except OSError:
            return False
    return True


Ask = Callable[[Server, str], Awaitable[Fetched]]


def nothing_is_reached(ask: Ask, *, whole: bool) -> None:
    async def play() -> None:
        async with inside() as (site, traps):
            links = spellings(site.port)
            assert len(links) >= 500
            with connections() as seen:
                for link in links if whole else links[::EVERY]:
                    outcome = await ask(site, link)
                    assert outcome not in (Fetched.OK, Fetched.NOT_MODIFIED), ascii(link)
            assert {address[:2] for address in seen} <= {("127.0.0.1", site.port)}
            assert not any(trap.asked for trap in traps)

    asyncio.run(play())


def halves() -> list[Any]:
    return [pytest.param(False, id="some"), pytest.param(True, id="all", marks=pytest.mark.faults)]


def welcoming(link: str) -> frozenset[str]:
    """Every host is one of ours: only the guard is left to say no."""
    address = urls.absolute(link, "http://127.0.0.1/")
    return frozenset({urls.host(address)} if address else ())


@pytest.mark.parametrize("whole", halves())
def test_asked_for_outright(whole: bool) -> None:
    async def ask(site: Server, link: str) -> Fetched:
        async with Fetcher(settings()) as fetcher:
            return (await fetcher.get(Request(url=link))).outcome

    nothing_is_reached(ask, whole=whole)


@pytest.mark.parametrize("whole", halves())
def test_by_a_redirect(whole: bool) -> None:
    async def ask(site: Server, link: str) -> Fetched:
        site.scripts = {"/a": moved(link)}
        async with Fetcher(settings(hosts=welcoming(link))) as fetcher:
            return (await fetcher.get(Request(url=site.url("/a")))).outcome

    nothing_is_reached(ask, whole=whole)


@pytest.mark.parametrize("whole", halves())
def test_by_a_redirect_of_robots_txt(whole: bool) -> None:
    async def ask(site: Server, link: str) -> Fetched:
        site.scripts = {"/robots.txt": moved(link)}
        async with Fetcher(settings()) as fetcher:
            return (await fetcher.get(Request(url=site.url("/a")))).outcome

    nothing_is_reached(ask, whole=whole)


@pytest.mark.parametrize("whole", halves())
def test_by_a_proxy(whole: bool) -> None:
    """The proxy judges names; what needs no look-up never gets to it."""

    async def ask(site: Server, link: str) -> Fetched:
        address = urls.absolute(link, "http://127.0.0.1/")
        host = urls.host(address).rpartition(":")[0] if address else ""
        async with Fetcher(settings(proxy=site.url(""), allow_private=())) as fetcher:
            outcome = (await fetcher.get(Request(url=link))).outcome
        assert site.asked == [] or host.startswith("ip6-"), ascii(link)
        site.asked.clear()
        return outcome

    nothing_is_reached(ask, whole=whole)


@pytest.mark.parametrize("whole", halves())
def test_by_a_webhook(whole: bool) -> None:
    """Its own list vouches: what the crawler may reach does not count."""
    channels = Channels(webhook=WebhookSettings(secret="c2VjcmV0IG9mIHR3ZW50eS1mb3VyIGJ5dGVz", timeout=5))

    async def ask(site: Server, link: str) -> Fetched:
        ended = await asyncio.to_thread(deliver, LETTER, f"webhook+{link}", channels)
        assert ended.outcome in (Delivered.LATER, Delivered.NEVER), ascii(link)
        return Fetched.FORBIDDEN

    nothing_is_reached(ask, whole=whole)


LETTER = Letter(
    digest="daily",
    message_id="<one@desk.example>",
    created_at=NOW,
    subject="One",
    text="One",
    html="<title>One</title>",
    events=(),
)


def moved(link: str) -> bytes:
    plain = link.encode("utf-8").replace(b"\r", b"").replace(b"\n", b"")  # else it is another header
    return answer("302 Found", b"moved", f"Location: {plain.decode('latin-1')}")


# ── what documents name, through a whole round ──────────────────────────────────────────────────


def release(number: int, link: str) -> bytes:
    """A release whose every address is the link."""
    to = escape(link, quote=True)
    text = f"<p>Paragraph {number} tells of 1,200 families who moved on {number} March.</p>" * 5
    page = (
        f'<!doctype html><html lang=en><head><title>Release {number}</title><base href="{to}">'
        f'<link rel=canonical href="{to}"><link rel=alternate hreflang=fr href="{to}">'
        f'<link rel=amphtml href="{to}"><link rel=next href="{to}"><meta property="og:url" content="{to}">'
        f'<meta property="og:image" content="{to}"><meta http-equiv=refresh content="0; url={to}"></head>'
        f'<body><main><article><h1>Release {number}</h1>{text}<a href="{to}">more</a>'
        f'<a href="{to}.pdf">PDF</a><img src="{to}"></article></main></body></html>'
    )
    return answer(body=page.encode("utf-8", "replace"))


def site_naming(links: list[str], base: str) -> dict[str, Script | list[Script]]:
    as_xml = [escape(link.replace("\x01", ""), quote=True) for link in links]
    locs = "".join(f"<url><loc>{link}</loc></url>" for link in as_xml)
    maps = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in as_xml)
    items = "".join(f"<item><title>x</title><link>{link}</link><guid>{link}</guid></item>" for link in as_xml)
    anchors = "".join(f'<a href="{link}">release</a>' for link in as_xml)
    own = "".join(f"<url><loc>{base}/news/{number}</loc></url>" for number in range(len(links)))
    schema = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    named = "".join(f"Sitemap: {link}\n" for link in links if "\n" not in link)

    def xml(text: str) -> bytes:
        return answer(body=f'<?xml version="1.0"?>{text}'.encode(), content_type="application/xml")

    documents: dict[str, Script | list[Script]] = {
        "/sitemap.xml": xml(f"<urlset {schema}>{locs}{own}</urlset>"),
        "/index.xml": xml(f"<sitemapindex {schema}>{maps}</sitemapindex>"),
        "/rss.xml": xml(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"),
        "/list": answer(body=f"<!doctype html><html><body>{anchors}</body></html>".encode()),
        "/robots.txt": answer(body=named.encode(), content_type="text/plain"),
    }
    pages = {f"/news/{number}": release(number, link) for number, link in enumerate(links)}
    return documents | pages


@pytest.mark.parametrize("whole", halves())
def test_by_what_pages_sitemaps_feeds_and_listings_name(whole: bool, tmp_path: Path) -> None:
    async def play(store: Store) -> int:
        async with inside() as (site, traps):
            links = spellings(site.port)[:: 1 if whole else 3 * EVERY]
            base = site.url("")
            site.scripts = site_naming(links, base)
            config = parse(CONFIG.replace("BASE", base), root=tmp_path)
            async with Fetcher(fetch_settings(config)) as fetcher:
                tools = Tools(
                    store=store,
                    fetcher=fetcher,
                    clock=lambda: NOW,
                    progress=Silence(),
                    watched=Watched(sites=config.site),
                )
                with connections() as seen:
                    looked = await look(tools, config, config.site, everything=True)
            assert {address[:2] for address in seen} == {("127.0.0.1", site.port)}
            assert not any(trap.asked for trap in traps)
            assert {"/sitemap.xml", "/index.xml", "/rss.xml", "/list"} <= set(site.paths())
            assert looked.sites[0].read >= len(links) * 0.9
            return len(links)

    with Store.open(f"sqlite:///{tmp_path}/iomwatch.db", create=True) as store:
        assert asyncio.run(play(store)) >= (500 if whole else 10)


CONFIG = """
[fetch]
min_delay = 0
allow_private = ["127.0.0.1"]
[[site]]
name = "site"
base_url = "BASE"
sources = ["/sitemap.xml", "/index.xml", "/rss.xml", "/list"]
include = ["/**"]
"""
