"""TLS as it should be, and certificates that are not; credentials go where they belong and nowhere else.

The files in tls/ are of a test authority; its key is not kept. expired.pem ended in 2026, the others last.
"""

from __future__ import annotations

import asyncio
import gc
import ssl
from pathlib import Path
from typing import Any

import pytest

from crawler.fetch import Credential, Fetcher
from crawler.fetch.body import Limits
from crawler.fetch.exchange import Exchange
from crawler.values import Fetched, Request, Response
from tests.fetch.asking import settings
from tests.fetch.server import PAGE, Script, Server, answer

TLS = Path(__file__).parent / "tls"
AUTHORITY = str(TLS / "authority.pem")
DESCRIPTORS = Path("/proc/self/fd")


def context(certificate: str) -> ssl.SSLContext:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(TLS / f"{certificate}.pem")
    serving.set_alpn_protocols(["h2", "http/1.1"])
    return serving


def ask(server: Server, path: str = "/a", **changed: Any) -> Response:
    async def play() -> Response:
        async with server, Fetcher(settings(ca_bundle=AUTHORITY, **changed)) as fetcher:
            return await fetcher.get(Request(url=server.url(path)))

    return asyncio.run(play())


def test_a_good_certificate_is_trusted_and_http_2_is_not_spoken() -> None:
    server = Server({"/a": PAGE}, tls=context("good"))
    assert ask(server).outcome is Fetched.OK
    assert {asked.protocol for asked in server.asked} == {"http/1.1"}  # of the two that were offered


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        ("expired", "certificate has expired"),
        ("other", "IP address mismatch"),
        ("self-signed", "self-signed certificate"),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused(certificate: str, words: str) -> None:
    server = Server({"/a": PAGE}, tls=context(certificate))
    response = ask(server)
    assert response.outcome is Fetched.DISALLOWED  # robots.txt could not be read
    assert words in response.detail
    assert server.asked == []


def test_an_authority_nobody_vouches_for_is_refused() -> None:
    async def play() -> Response:
        async with Server({"/a": PAGE}, tls=context("good")) as server, Fetcher(settings()) as fetcher:
            return await fetcher.get(Request(url=server.url("/a")))

    assert "unable to get local issuer" in asyncio.run(play()).detail


def test_old_tls_is_refused() -> None:
    old = context("good")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    response = ask(Server({"/a": PAGE}, tls=old))
    assert "could not be read" in response.detail


@pytest.mark.parametrize("hello", [b"HTTP/1.1 400 Bad\r\n\r\n", b"", b"\x15\x03\x03\x00\x02\x02\x28"])
def test_what_is_no_tls_is_told(hello: bytes) -> None:
    async def play() -> Response:
        async with Server({}, greeting=hello) as plain, Fetcher(settings(timeout=1)) as fetcher:
            return await fetcher.get(Request(url=plain.url("/a").replace("http:", "https:")))

    response = asyncio.run(play())
    assert response.outcome is Fetched.DISALLOWED
    assert "could not be read" in response.detail


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="this system has no /proc")
def test_a_handshake_that_never_ends_leaves_no_socket_behind() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async def play() -> tuple[int, int]:
        listening = await asyncio.start_server(silent, "127.0.0.1", 0)
        async with listening, Exchange(settings(timeout=0.05)) as exchange:
            url = f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
            before = len(list(DESCRIPTORS.iterdir()))
            for _ in range(10):
                answered = await exchange.ask(url, [], Limits(most=1))
                assert answered.outcome is Fetched.TIMEOUT
            await asyncio.sleep(0.1)
            return before, len(list(DESCRIPTORS.iterdir()))

    gc.disable()  # else it would tidy up for us, now and then
    try:
        before, after = asyncio.run(play())
    finally:
        gc.enable()
    assert after <= before


# ── credentials ─────────────────────────────────────────────────────────────────────────────────
# Scrapy CVE-2021-41125, CVE-2022-0577, GHSA-mfjm-vh54-3f96, GHSA-cw9j-q3vf-hrrv, GHSA-4qqq-9vqf-3h3f;
# requests CVE-2018-18074, CVE-2023-32681; urllib3 CVE-2018-20060, CVE-2023-43804; Twisted CVE-2022-21712.


def moved(url: str) -> bytes:
    return answer("302 Found", b"moved", f"Location: {url}", "Set-Cookie: id=1; Path=/")


def secrets_seen(server: Server) -> set[str]:
    return {
        f"{name}: {value}"
        for asked in server.asked
        for name, value in asked.headers.items()
        if name in ("authorization", "cookie", "proxy-authorization", "referer")
    }


@pytest.mark.parametrize(
    ("given", "header"),
    [
        ({"user": "Aladdin", "password": "open sesame"}, "authorization: basic qwxhzgrpbjpvcgvuihnlc2ftzq=="),
        ({"token": "mF_9.B5f-4.1JqM"}, "authorization: bearer mf_9.b5f-4.1jqm"),
    ],
)
def test_credentials_go_to_their_origin_and_never_follow_a_redirect(
    given: dict[str, str], header: str
) -> None:
    async def play() -> None:
        scripts: dict[str, Script | list[Script]] = {"/c": PAGE}
        async with (
            Server(scripts, tls=context("good")) as other_port,
            Server(scripts) as plain,
            Server(scripts, tls=context("good")) as ours,
        ):
            scripts |= {"/a": moved(other_port.url("/c")), "/b": moved(plain.url("/c")), "/d": moved("/c")}
            other_name = f"https://localhost:{ours.port}/c"
            scripts |= {
                "/e": moved(other_name),
                "/f": moved(other_port.url("/g")),
                "/g": moved(ours.url("/c")),
            }
            known = Credential(origin=ours.url("/").rstrip("/"), **given)
            welcome = frozenset({other_port.host, plain.host, f"localhost:{ours.port}"})
            local = ("127.0.0.0/8", "::1")
            changed = settings(ca_bundle=AUTHORITY, credentials=(known,), hosts=welcome, allow_private=local)
            async with Fetcher(changed) as fetcher:
                for path in "abdef":
                    response = await fetcher.get(Request(url=ours.url(f"/{path}")))
                    assert response.outcome is Fetched.OK, response.detail
            assert secrets_seen(other_port) == secrets_seen(plain) == set()
            assert secrets_seen(ours) == {header}
            names = {asked.headers["host"]: "authorization" in asked.headers for asked in ours.asked}
            assert names == {ours.host: True, f"localhost:{ours.port}": False}
            assert not any(given[name] in repr(changed) for name in given if name != "user")

    asyncio.run(play())


def test_credentials_never_go_over_http() -> None:
    async def play() -> Server:
        async with Server({"/a": PAGE}) as plain:
            known = Credential(origin=plain.url("/").rstrip("/"), token="t")
            async with Fetcher(settings(credentials=(known,))) as fetcher:
                assert (await fetcher.get(Request(url=plain.url("/a")))).outcome is Fetched.OK
        return plain

    assert secrets_seen(asyncio.run(play())) == set()
