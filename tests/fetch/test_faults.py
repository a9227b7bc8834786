"""What sites do wrong, played by a server that does it: each ends as its own value, none raises."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import resource
import socket
import threading
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from crawler import urls
from crawler.errors import ConfigError
from crawler.fetch import Fetcher
from crawler.fetch.body import Limits
from crawler.fetch.exchange import Answer, Exchange
from crawler.values import Fetched, Request, Response
from tests.fetch.asking import one, played, settings
from tests.fetch.server import MISSING, PAGE, Asked, Script, Server, answer

BODY = b"<!doctype html><html><body>" + b"<p>Word after word.</p>" * 300 + b"</body></html>"
PACKED = gzip.compress(BODY)
GZIP = "Content-Encoding: gzip"


async def vanish(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def drip_head(asked: Asked, writer: asyncio.StreamWriter) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100_000:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.02)


async def drip_body(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html>")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def drip_missing(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        await writer.drain()


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    head += b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


FAULTS: list[tuple[str, Script, Fetched]] = [
    ("whole", answer(body=BODY), Fetched.OK),
    ("whole gzip", answer("200 OK", PACKED, GZIP), Fetched.OK),
    ("whole chunked", chunked(BODY[:50], BODY[50:]), Fetched.OK),
    ("whole, ended by the connection", answer(body=BODY, length=False), Fetched.OK),
    ("cut gzip, length right for the cut", answer("200 OK", PACKED[:-20], GZIP), Fetched.TRUNCATED),
    (
        "cut gzip, ended by the connection",
        answer("200 OK", PACKED[:-20], GZIP, length=False),
        Fetched.TRUNCATED,
    ),
    ("cut page, ended by the connection", answer(body=BODY[:900], length=False), Fetched.TRUNCATED),
    (
        "short of its length",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9000\r\n\r\n" + BODY[:99],
        Fetched.TRUNCATED,
    ),
    ("chunks without an end", chunked(BODY, end=b""), Fetched.TRUNCATED),
    ("a chunk that lies", chunked(BODY, end=b"zz\r\n"), Fetched.TRUNCATED),
    ("empty body", answer(body=b""), Fetched.TRUNCATED),
    ("brotli", answer("200 OK", b"\x0b\x02", "Content-Encoding: br"), Fetched.UNSUPPORTED),
    (
        "gzip twice",
        answer("200 OK", gzip.compress(PACKED), "Content-Encoding: gzip, gzip"),
        Fetched.UNSUPPORTED,
    ),
    ("says gzip and is not", answer("200 OK", BODY, GZIP), Fetched.UNSUPPORTED),
    ("two lengths", answer("200 OK", BODY, "Content-Length: 5"), Fetched.UNREACHABLE),
    ("no answer", vanish, Fetched.UNREACHABLE),
    ("garbage", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Fetched.UNREACHABLE),
    ("200 kB of headers", answer("200 OK", BODY, "X-Long: " + "x" * 200_000), Fetched.UNREACHABLE),
    ("header dripping", drip_head, Fetched.TIMEOUT),
    ("body dripping", drip_body, Fetched.TIMEOUT),
    ("404 dripping", drip_missing, Fetched.GONE),
    ("endless", endless, Fetched.TOO_LARGE),
    (
        "too long by its header",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20000000\r\n\r\n",
        Fetched.TOO_LARGE,
    ),
    ("204", b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", Fetched.UNSUPPORTED),
    ("206", answer("206 Partial Content", BODY), Fetched.UNSUPPORTED),
    ("202", answer("202 Accepted", BODY), Fetched.UNSUPPORTED),
    ("300", answer("300 Multiple Choices", BODY), Fetched.UNSUPPORTED),
    ("301 to nowhere", answer("301 Moved Permanently"), Fetched.UNSUPPORTED),
    ("304 that was not asked for", answer("304 Not Modified"), Fetched.UNSUPPORTED),
    ("404", MISSING, Fetched.GONE),
    ("410", answer("410 Gone"), Fetched.GONE),
    ("401", answer("401 Unauthorized"), Fetched.REFUSED),
    ("403", answer("403 Forbidden", BODY), Fetched.REFUSED),
    ("418", answer("418 I'm a teapot"), Fetched.REFUSED),
    ("451", answer("451 Unavailable For Legal Reasons"), Fetched.REFUSED),
    ("500", answer("500 Internal Server Error", BODY), Fetched.SERVER_ERROR),
    ("503", answer("503 Service Unavailable", BODY), Fetched.SERVER_ERROR),
    ("challenge with 200", answer("200 OK", BODY, "CF-Mitigated: challenge"), Fetched.REFUSED),
    ("challenge with 202", answer("202 Accepted", b"", "X-Amzn-Waf-Action: challenge"), Fetched.REFUSED),
    ("captcha with 405", answer("405 Not Allowed", b"", "x-amzn-waf-action: captcha"), Fetched.REFUSED),
]


@pytest.mark.parametrize(
    ("script", "outcome"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_each_fault_is_its_own_value(script: Script, outcome: Fetched) -> None:
    start = time.monotonic()
    response, _ = one({"/a": script}, timeout=0.8, max_body=1_000_000)
    assert response.outcome is outcome, response.detail
    assert time.monotonic() - start < 4
    assert (response.body == BODY) == (outcome is Fetched.OK)
    assert bool(response.detail) == (outcome is not Fetched.OK)


def test_a_good_answer_is_told_in_full() -> None:
    page = answer(
        "200 OK",
        PACKED,
        GZIP,
        'ETag: "x1"',
        "X-Odd: caf\xe9\x07\x9b!",
        "Set-Cookie: a=b",
        "Vary: A",
        "Vary: B",
    )
    response, server = one({"/a?type[0]=x&b=%7E": page}, "/a?type[0]=x&b=%7E")
    assert (response.outcome, response.status, response.body) == (Fetched.OK, 200, BODY)
    assert response.url == response.final_url == server.url("/a?type[0]=x&b=%7E")
    assert response.wire_bytes == len(PACKED)
    assert response.header("etag") == '"x1"'
    assert response.header("x-odd") == "caf\xe9!"
    assert [value for name, value in response.headers if name == "vary"] == ["A", "B"]
    assert server.paths() == ["/a?type[0]=x&b=%7E"]
    asked = server.asked[-1].headers
    assert asked["user-agent"].startswith("iomwatch/0.1")
    assert asked["accept-encoding"] == "gzip"


def test_no_cookie_is_kept_and_connections_are() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        for path in ("/a", "/missing", "/a", "/a"):
            await fetcher.get(Request(url=server.url(path)))

    server = played({"/a": answer("200 OK", BODY, "Set-Cookie: id=1; Path=/")}, ask)
    assert not any("cookie" in asked.headers for asked in server.asked)
    assert {asked.connection for asked in server.asked} == {1}


def test_a_bomb_of_a_gigabyte_costs_little() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    response, _ = one({"/a": answer("200 OK", first + again * 1_000, GZIP)})
    assert response.outcome is Fetched.TOO_LARGE
    assert time.process_time() - start < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


@pytest.mark.parametrize(
    "more",
    [PAGE, MISSING, answer("304 No"), b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html", b"<p>more</p>"],
)
@pytest.mark.parametrize("first", [PAGE, MISSING, answer("304 Not Modified"), answer("301 Moved")])
def test_what_a_server_says_too_much_is_not_the_next_pages(first: bytes, more: bytes) -> None:
    """Two answers to one request: the second would be believed to be the next page, a change of all of it."""
    got: list[Response] = []

    async def ask(fetcher: Fetcher, server: Server) -> None:
        await fetcher.get(Request(url=server.url("/a"), etag='"x"'))
        got.append(await fetcher.get(Request(url=server.url("/b"))))

    server = played({"/a": first + more, "/b": answer(body=BODY)}, ask)
    assert (got[0].outcome, got[0].body) == (Fetched.OK, BODY)
    assert len({asked.connection for asked in server.asked}) == 2


@pytest.mark.parametrize("etag", ['"x1"', 'W/"caf\xe9"'])
def test_conditional_requests(etag: str) -> None:
    got: list[Response] = []

    async def ask(fetcher: Fetcher, server: Server) -> None:
        request = Request(url=server.url("/a"), etag=etag, last_modified="Tue, 14 Nov 2023 22:13:20 GMT")
        got.append(await fetcher.get(request))

    unchanged = answer("304 Not Modified", b"", "Cache-Control: no-store", "ETag: new")
    server = played({"/a": unchanged}, ask)
    assert (got[0].outcome, got[0].status, got[0].header("etag")) == (Fetched.NOT_MODIFIED, 304, "new")
    assert server.asked[-1].headers["if-none-match"] == etag.lower()
    assert server.asked[-1].headers["if-modified-since"] == "tue, 14 nov 2023 22:13:20 gmt"
    assert "if-none-match" not in server.asked[0].headers  # robots.txt


@pytest.mark.parametrize("validator", ["x\r\nX-Injected: 1", "\u0434", "\x00", ""])
def test_a_validator_no_header_can_carry_is_left_out(validator: str) -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        response = await fetcher.get(Request(url=server.url("/a"), etag=validator))
        assert response.outcome is Fetched.OK

    server = played({"/a": PAGE}, ask)
    assert "if-none-match" not in server.asked[-1].headers
    assert "x-injected" not in server.asked[-1].headers


# ── the address guard ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "localhost",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "[::]",
    ],
)
def test_loopback_in_any_spelling_is_not_reached(host: str) -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        response = await fetcher.get(Request(url=f"http://{host}:{server.port}/a"))
        assert response.outcome is Fetched.FORBIDDEN, response.detail
        assert response.detail

    assert played({"/a": PAGE}, ask, allow_private=()).asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "ftp://127.0.0.1/",
        "http://user@127.0.0.1/",
        "http://a\\@b/",
        "",
        "x",
    ],
)
def test_other_schemes_and_disguises_are_not_asked(url: str) -> None:
    """changedetection.io CVE-2024-51998, CVE-2024-51483, CVE-2024-56509; CVE-2011-1521."""

    async def ask(fetcher: Fetcher, server: Server) -> None:
        response = await fetcher.get(Request(url=url))
        assert (response.outcome, response.final_url) == (Fetched.FORBIDDEN, url)
        assert not await fetcher.allowed(url)
        assert await fetcher.robots_sitemaps(url) == ()

    played({}, ask)


def test_a_name_is_resolved_once_and_every_address_checked() -> None:
    """The system's resolver is given a second answer that would lead inside: it is never asked for."""
    answers = [["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]]

    def resolve(host: str, port: int) -> list[tuple[object, ...]]:
        addresses = answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    async def ask() -> Response:
        async with Server({"/a": PAGE}) as server, Fetcher(settings(allow_private=()), resolve) as fetcher:
            response = await fetcher.get(Request(url=f"http://rebinding.example:{server.port}/a"))
            assert server.asked == []
            return response

    response = asyncio.run(ask())
    assert response.outcome is Fetched.FORBIDDEN
    assert "127.0.0.1" in response.detail
    assert len(answers) == 1


def test_a_name_server_that_is_silent_holds_nothing_up() -> None:
    """The deadline holds, and the loop ends at once, although the look-up goes on in its thread."""
    over = threading.Event()

    def resolve(host: str, port: int) -> list[tuple[object, ...]]:
        over.wait(20)
        return []

    response: list[Response] = []

    async def ask() -> None:
        async with Fetcher(settings(timeout=0.2), resolve) as fetcher:
            response.append(await fetcher.get(Request(url="http://silent.example/a")))

    start = time.monotonic()
    asyncio.run(ask())
    over.set()
    assert time.monotonic() - start < 2
    assert response[0].outcome is Fetched.DISALLOWED
    assert "no whole answer within 0.2 s" in response[0].detail


def test_a_name_that_does_not_exist_is_unreachable_and_disallows() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        for host, words in (("nothing.invalid", "does not resolve"), ("a" * 64 + ".example", "is no name")):
            response = await fetcher.get(Request(url=f"http://{host}/a"))
            assert response.outcome is Fetched.DISALLOWED
            assert words in response.detail

    played({}, ask)


@pytest.mark.parametrize(
    "trouble",
    [
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure in name resolution"),
        socket.gaierror(socket.EAI_NODATA, "No address associated with hostname"),
        OSError(24, "Too many open files"),
        None,
    ],
    ids=str,
)
def test_trouble_with_names_is_told(trouble: OSError | None) -> None:
    def resolve(host: str, port: int) -> list[tuple[object, ...]]:
        if trouble is not None:
            raise trouble
        return []  # an empty answer

    async def ask() -> Answer:
        async with Exchange(settings(), resolve) as exchange:
            return await exchange.ask("http://www.iom.int/a", [], Limits(most=9))

    answered = asyncio.run(ask())
    assert answered.outcome is Fetched.UNREACHABLE
    assert ("does not resolve" in answered.detail) or ("has no address" in answered.detail)


def test_what_was_decided_on_is_what_is_connected_to() -> None:
    """One parser: for all that the web platform's tests and odd names lead to."""
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[tuple[object, ...]]:
        asked.append((host, port))
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    odd = ["http://☃.net/", "http://a..b/", "https://.a/", "http://a_b!$&'()*+,;=\"{}`~/", "http://ß.de:81/"]
    odd += [f"http://{'a' * 64}.int/", f"http://{'a.' * 150}int/", "http://a./", "https://a:0/"]
    found = [
        (urls.absolute(link, base) or "", link) for link, base in [(link, link) for link in odd] + cases()
    ]

    async def ask() -> None:
        async with Exchange(settings(allow_private=()), resolve) as exchange:
            for address, link in found:
                if not address:
                    continue
                asked.clear()
                answered = await exchange.ask(address, [], Limits(most=9))
                scheme, _, host, port, *_ = split(address)
                assert answered.outcome in (Fetched.UNREACHABLE, Fetched.FORBIDDEN), link
                assert asked in ([], [(host, int(port or {"http": 80, "https": 443}[scheme]))]), link
                assert asked or answered.outcome is Fetched.FORBIDDEN or "no name a host" in answered.detail

    asyncio.run(ask())


def cases() -> list[tuple[str, str]]:
    """Links and bases of the web platform's tests, where this machine has a copy."""
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        return []
    listed = json.loads((Path(shared) / "data/urls/urltestdata.json").read_text(encoding="utf-8"))
    return [(each["input"], each.get("base") or "about:blank") for each in listed if isinstance(each, dict)]


def split(address: str) -> tuple[str, ...]:
    """Scheme and authority of a normal address, taken apart by RFC 3986's own expression."""
    scheme, authority = re.fullmatch(r"(https?)://([^/]*)/.*", address).groups()  # type: ignore[union-attr]
    host, port = re.fullmatch(r"(\[[^]]*\]|[^:]*)(?::([0-9]*))?", authority).groups()  # type: ignore[union-attr]
    return scheme, authority, host.strip("[]"), port or ""


def test_robots_txt_that_moves_to_an_odd_name_stops_nothing() -> None:
    odd = answer("301 Moved", b"", "Location: http://☃.net/robots.txt".encode().decode("latin-1"))
    response, _ = one({"/robots.txt": odd, "/a": PAGE})
    assert response.outcome is Fetched.DISALLOWED
    assert "does not resolve" in response.detail


def test_a_drip_is_known_before_the_deadline() -> None:
    start = time.monotonic()
    response, _ = one({"/a": drip_body}, timeout=3.0)
    assert response.outcome is Fetched.TIMEOUT
    assert response.detail == "it drips: less than 1,000 bytes in 1 s"
    assert time.monotonic() - start < 2.5


HEADS = st.sampled_from([b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 301 \r\nLocation: ", b"HTTP/1.1 1", b"\r\n\r\n"])
LINES = st.sampled_from(
    [
        *(b"Content-Length: ", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"\r\n"),
        *(b"\n", b"0\r\n\r\n", b"5\r\n<html\r\n", b"\xff\x00", b"Location: http://[", b"Retry-After: "),
        *(b"Connection: close\r\n", PACKED[:40], b" ", b"9" * 30),
    ]
)


@given(head=HEADS, lines=st.lists(LINES | st.binary(max_size=20), max_size=12))
@hypothesis_settings(max_examples=60, deadline=None)
def test_whatever_a_server_sends_ends_as_a_value(head: bytes, lines: list[bytes]) -> None:
    async def play() -> Answer:
        async with (
            Server({}, greeting=head + b"".join(lines)) as server,
            Exchange(settings(timeout=2)) as exchange,
        ):
            return await exchange.ask(server.url("/a"), [], Limits(most=1_000))

    answered = asyncio.run(play())
    assert answered.outcome is Fetched.OK or answered.detail


def test_a_closed_port_is_told() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        response = await fetcher.get(Request(url=f"http://127.0.0.1:{port}/a"))
        assert response.outcome is Fetched.DISALLOWED
        assert "could not be read" in response.detail

    played({}, ask)


def test_a_proxy_is_asked_with_whole_addresses() -> None:
    asked: list[str] = []

    async def ask() -> Response:
        scripts: dict[str, Script | list[Script]] = {"http://www.example.org/a?b[0]=c": PAGE}
        async with Server(scripts) as proxy:
            through = settings(proxy=f"http://{proxy.host}", allow_private=())
            async with Fetcher(through) as fetcher:
                response = await fetcher.get(Request(url="http://www.example.org/a?b[0]=c"))
            asked.extend(entry.path for entry in proxy.asked)
            return response

    assert asyncio.run(ask()).outcome is Fetched.OK
    assert asked == ["http://www.example.org/robots.txt", "http://www.example.org/a?b[0]=c"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"allow_private": ("10.0.0.0/40",)}, "allow_private"),
        ({"ca_bundle": "/nonexistent.pem"}, "ca_bundle"),
        ({"proxy": "gopher://x"}, "proxy"),
    ],
)
def test_settings_that_cannot_be_used_are_named(changed: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Fetcher(settings(**changed))


def test_cancelling_passes_through() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        task = asyncio.create_task(fetcher.get(Request(url=server.url("/a"))))
        while len(server.asked) < 2:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await fetcher.get(Request(url=server.url("/b")))).outcome is Fetched.OK

    played({"/a": drip_body, "/b": PAGE}, ask)
