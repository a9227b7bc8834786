"""Politeness, redirects and robots.txt, judged by what the server saw and when."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from crawler.fetch import Fetcher
from crawler.fetch.politeness import Host
from crawler.values import Fetched, Request, Response
from tests.fetch.asking import one, played, settings
from tests.fetch.server import MISSING, PAGE, Asked, Script, Server, answer

OUTAGE = answer("503 Service Unavailable", b"maintenance")
Scripts = dict[str, Script | list[Script]]


def robots(text: str, *headers: str, status: str = "200 OK") -> bytes:
    return answer(status, text.encode(), *headers, content_type="text/plain")


def moved(location: str, status: str = "301 Moved Permanently") -> bytes:
    return answer(status, b"moved", f"Location: {location}")


async def get(fetcher: Fetcher, server: Server, path: str) -> Response:
    return await fetcher.get(Request(url=server.url(path)))


def gaps(server: Server) -> list[float]:
    times = [asked.at for asked in server.asked]
    return [after - before for before, after in pairwise(times)]


# ── one host ────────────────────────────────────────────────────────────────────────────────────


def test_one_request_at_a_time_and_the_delay_between() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        await asyncio.gather(*(get(fetcher, server, f"/{number}") for number in range(5)))

    server = played({f"/{number}": PAGE for number in range(5)}, ask, min_delay=0.1)
    assert len(server.asked) == 6  # robots.txt counts
    assert {asked.connection for asked in server.asked} == {1}
    assert min(gaps(server)) >= 0.099
    assert sum(gaps(server)) < 1.5


def test_a_longer_crawl_delay_wins() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        await asyncio.gather(*(get(fetcher, server, f"/{number}") for number in range(3)))

    server = played({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.2")}, ask, min_delay=0.05)
    assert min(gaps(server)) >= 0.199
    server = played({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.01")}, ask, min_delay=0.05)
    assert min(gaps(server)) >= 0.049


def test_an_absurd_crawl_delay_is_not_waited_for() -> None:
    response, server = one({"/robots.txt": robots("User-agent: *\nCrawl-delay: 90000"), "/a": PAGE})
    assert response.outcome is Fetched.RESTING
    assert "90000 s" in response.detail
    assert server.paths() == []


def test_hosts_side_by_side() -> None:
    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4)
        writer.write(PAGE)

    async def play() -> float:
        async with (
            Server({"/a": slow}) as one_host,
            Server({"/a": slow}) as other,
            Fetcher(settings()) as fetcher,
        ):
            start = time.monotonic()
            await asyncio.gather(get(fetcher, one_host, "/a"), get(fetcher, other, "/a"))
            return time.monotonic() - start

    assert asyncio.run(play()) < 0.75


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_pauses_the_whole_host(status: str) -> None:
    got: list[Response] = []

    async def ask(fetcher: Fetcher, server: Server) -> None:
        got.append(await get(fetcher, server, "/a"))
        got.append(await get(fetcher, server, "/b"))

    server = played({"/a": answer(status, b"", "Retry-After: 1"), "/b": PAGE}, ask)
    assert got[0].retry_after == 1.0
    assert got[0].outcome is (Fetched.REFUSED if status.startswith("429") else Fetched.SERVER_ERROR)
    assert got[1].outcome is Fetched.OK
    assert server.paths() == ["/a", "/b"]
    assert gaps(server)[-1] >= 0.99


def test_a_long_pause_is_not_waited_for() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        first = await get(fetcher, server, "/a")
        assert first.retry_after == 86_400
        second = await get(fetcher, server, "/b")
        assert second.outcome is Fetched.RESTING
        assert "pause" in second.detail
        assert second.status is None

    server = played({"/a": answer("429 Too Many", b"", "Retry-After: 1000000000"), "/b": PAGE}, ask)
    assert server.paths() == ["/a"]


def test_passing_trouble_gets_one_more_try() -> None:
    cut = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9000\r\n\r\n<html>"
    for trouble in (OUTAGE, answer("502 Bad Gateway"), cut):
        response, server = one({"/a": [trouble, PAGE]})
        assert response.outcome is Fetched.OK
        assert server.paths() == ["/a", "/a"]
        assert gaps(server)[-1] >= 0.19


@pytest.mark.parametrize(
    ("script", "times"),
    [
        (OUTAGE, 2),
        (answer("500 Internal Server Error"), 1),
        (answer("503 Service Unavailable", b"", "Retry-After: 1"), 1),
        (answer("403 Forbidden"), 1),
        (MISSING, 1),
    ],
)
def test_and_no_more(script: Script, times: int) -> None:
    _, server = one({"/a": script})
    assert server.paths() == ["/a"] * times


def test_a_host_in_trouble_is_left_alone() -> None:
    got: list[Response] = []

    async def ask(fetcher: Fetcher, server: Server) -> None:
        for number in range(8):
            got.append(await get(fetcher, server, f"/{number}"))  # one after the other

    broken = answer("500 Internal Server Error", b"oops")
    server = played({f"/{number}": broken for number in range(8)}, ask)
    assert [response.outcome for response in got] == [Fetched.SERVER_ERROR] * 5 + [Fetched.RESTING] * 3
    assert len(server.paths()) == 5
    assert "status 500" in got[-1].detail


def test_a_host_has_one_budget_and_others_theirs() -> None:
    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(PAGE)

    async def play() -> None:
        async with (
            Server({"/a": slow}) as one_host,
            Server({"/a": PAGE}) as other,
            Fetcher(settings(host_budget=0.5)) as fetcher,
        ):
            got = [await get(fetcher, one_host, "/a") for _ in range(5)]
            assert [response.outcome for response in got] == [Fetched.OK] * 2 + [Fetched.RESTING] * 3
            assert "had the time that one run has" in got[-1].detail
            assert one_host.paths() == ["/a"] * 2
            for _ in range(5):
                assert (await get(fetcher, other, "/a")).outcome is Fetched.OK

    asyncio.run(play())


def test_what_was_learned_is_handed_out_once_and_taken_back() -> None:
    async def play() -> None:
        broken = answer("500 Internal Server Error", b"oops")
        scripts: Scripts = {"/robots.txt": robots(CLOSED)}
        scripts |= {f"/{number}": broken for number in range(9)}
        async with Server(scripts) as server, Fetcher(settings()) as fetcher:
            for number in range(5):
                await get(fetcher, server, f"/{number}")
            (known,), (rules,) = fetcher.learned()
            assert fetcher.learned() == ((), ())
            assert (known.name, known.rests) == (server.host, 1)
            assert 290 < known.paused_for <= 300
            assert (rules.origin, rules.status, rules.body) == (
                server.url(""),
                200,
                CLOSED.encode(),
            )
            server.asked.clear()
            async with Fetcher(settings(longest_wait=5)) as later:
                later.remember([replace(known, paused_for=0.2)], [replace(rules, age=3_600.0)])
                response = await get(later, server, "/7")
                assert response.outcome is Fetched.SERVER_ERROR
                assert (await get(later, server, "/8")).outcome is Fetched.RESTING
                assert (await get(later, server, "/a")).outcome is Fetched.DISALLOWED
                assert [asked.path for asked in server.asked] == ["/7"]
                assert later.learned()[0][0].rests == 2

    asyncio.run(play())


def test_why_a_host_is_left_alone_is_true_whenever_it_is_read() -> None:
    """It stands in letters for days: no time from now, and no full stop before what follows it."""

    async def play() -> str | None:
        host = Host("a.example", delay=0, longest_wait=60, budget=60)
        host.pause(600, "is left alone, the last: Server disconnected without sending a response.")
        return await host.ready()

    assert asyncio.run(play()) == (
        "a.example is left alone, the last: Server disconnected without sending a response"
    )


def test_rules_are_those_of_scheme_host_and_port() -> None:
    """One name, two doors: what http allows says nothing of https."""

    async def ask(fetcher: Fetcher, server: Server) -> None:
        assert (await get(fetcher, server, "/b")).outcome is Fetched.OK
        response = await fetcher.get(Request(url=server.url("/b").replace("http:", "https:")))
        assert response.outcome is Fetched.DISALLOWED
        assert "could not be read" in response.detail

    played({"/robots.txt": robots(CLOSED), "/b": PAGE}, ask, timeout=0.5)


def test_trouble_between_good_answers_does_not_add_up() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        for number in range(16):
            response = await get(fetcher, server, f"/{number}")
            assert response.outcome is not Fetched.RESTING

    broken = answer("500 Internal Server Error", b"oops")
    played({f"/{number}": broken for number in range(16) if number % 4}, ask)


# ── redirects ───────────────────────────────────────────────────────────────────────────────────


def test_a_redirect_is_followed_and_told() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        request = Request(url=server.url("/a"), etag='"x"')
        response = await fetcher.get(request)
        assert response.outcome is Fetched.OK
        assert response.url == server.url("/a")
        assert response.final_url == server.url("/fr/caf%C3%A9")
        assert [(hop.url, hop.status) for hop in response.hops] == [
            (server.url("/a"), 301),
            (server.url("/b"), 302),
        ]
        assert response.hops[0].location == "b#part"

    scripts: Scripts = {
        "/a": moved("b#part"),
        "/b": moved("/fr/café".encode().decode("latin-1"), "302 Found"),
    }
    server = played(scripts | {"/fr/caf%C3%A9": PAGE}, ask)
    assert server.paths() == ["/a", "/b", "/fr/caf%C3%A9"]
    assert [("if-none-match" in asked.headers) for asked in server.asked] == [False, True, False, False]


def test_five_hops_and_no_more() -> None:
    chain: Scripts = {f"/{number}": moved(f"/{number + 1}", "308 Permanent Redirect") for number in range(9)}
    response, server = one(chain | {"/5": PAGE}, "/0")
    assert (response.outcome, len(response.hops)) == (Fetched.OK, 5)
    response, server = one(chain, "/0")
    assert (response.outcome, len(response.hops), response.status) == (Fetched.OFF_SITE, 5, 308)
    assert server.paths() == ["/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize("scripts", [{"/a": moved("/a")}, {"/a": moved("/b"), "/b": moved("/a")}])
def test_loops(scripts: Scripts) -> None:
    response, server = one(scripts)
    assert response.outcome is Fetched.OFF_SITE
    assert "loop" in response.detail
    assert len(server.paths()) == len(scripts)


def test_a_redirect_off_the_site_is_not_followed() -> None:
    async def play() -> None:
        async with Server({"/x": PAGE}) as other:
            scripts: Scripts = {"/a": answer("302 Found", b"", f"Location: {other.url('/x')}", "X-Kept: yes")}
            async with Server(scripts) as server, Fetcher(settings()) as fetcher:
                response = await get(fetcher, server, "/a")
            assert other.asked == []
            assert (response.outcome, response.status) == (Fetched.OFF_SITE, 302)
            assert response.final_url == other.url("/x")
            assert response.header("x-kept") == "yes"
            assert response.hops == ()
            async with Server(scripts) as server, Fetcher(settings(hosts=frozenset({other.host}))) as fetcher:
                response = await get(fetcher, server, "/a")
            assert (response.outcome, response.final_url) == (Fetched.OK, other.url("/x"))
            assert [asked.path for asked in other.asked] == ["/robots.txt", "/x"]

    asyncio.run(play())


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://x@127.0.0.1/", "http://[", "\\\\x"]
)
def test_a_redirect_to_what_is_no_web_address(location: str) -> None:
    response, server = one({"/a": moved(location)})
    assert response.outcome is Fetched.FORBIDDEN
    assert server.paths() == ["/a"]


def test_a_redirect_to_a_private_address_is_refused() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        response = await get(fetcher, server, "/a")
        assert response.outcome is Fetched.FORBIDDEN
        assert "127.0.0.2" in response.detail
        assert len(response.hops) == 1

    played({"/a": moved("http://127.0.0.2:1/")}, ask, hosts=frozenset({"127.0.0.2:1"}))


# ── robots.txt ──────────────────────────────────────────────────────────────────────────────────

CLOSED = "User-agent: *\nDisallow: /a\nSitemap: /map.xml"


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (robots(CLOSED), Fetched.DISALLOWED),
        (robots("User-agent: *\nDisallow: /b"), Fetched.OK),
        (robots("User-agent: iomwatch\nDisallow: /\n\nUser-agent: *\nAllow: /"), Fetched.DISALLOWED),
        (robots(""), Fetched.OK),
        (answer(body=b"<html>\n" + CLOSED.encode() + b"</html>", length=False), Fetched.DISALLOWED),
        (robots("#" * 511_900 + "\n" + CLOSED + "\n" + "#" * 600_000), Fetched.DISALLOWED),
        (robots("#" * 600_000 + "\n" + CLOSED), Fetched.OK),
        (MISSING, Fetched.OK),
        (answer("410 Gone"), Fetched.OK),
        (answer("400 Bad Request"), Fetched.OK),
        (answer("401 Unauthorized"), Fetched.DISALLOWED),
        (answer("403 Forbidden"), Fetched.DISALLOWED),
        (answer("429 Too Many Requests"), Fetched.DISALLOWED),
        (answer("500 Internal Server Error"), Fetched.DISALLOWED),
        (OUTAGE, Fetched.DISALLOWED),
        ([OUTAGE, MISSING], Fetched.OK),
        (answer("200 OK", b"x", "Content-Encoding: br"), Fetched.DISALLOWED),
        (answer("200 OK", b"x", "cf-mitigated: challenge"), Fetched.DISALLOWED),
        (
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 900\r\n\r\nUser-agent: *\n",
            Fetched.DISALLOWED,
        ),
        (b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", Fetched.OK),
        (moved("/robots.txt"), Fetched.OK),
    ],
)
def test_what_an_answer_for_robots_txt_allows(script: Script | list[Script], outcome: Fetched) -> None:
    response, server = one({"/robots.txt": script, "/a": PAGE})
    assert response.outcome is outcome, response.detail
    assert server.paths() == (["/a"] if outcome is Fetched.OK else [])
    if outcome is Fetched.DISALLOWED:
        assert f"robots.txt of {server.host}" in response.detail


def test_robots_txt_behind_redirects() -> None:
    near: Scripts = {"/robots.txt": moved("/r1")}
    near |= {f"/r{number}": moved(f"/r{number + 1}") for number in range(1, 9)}
    response, _ = one(near | {"/r5": robots(CLOSED), "/a": PAGE})
    assert response.outcome is Fetched.DISALLOWED
    response, server = one(near | {"/r6": robots(CLOSED), "/a": PAGE})
    assert response.outcome is Fetched.OK  # RFC 9309, 2.3.1.2: more than five count as unavailable
    assert "/r6" not in server.paths()


def test_robots_txt_is_asked_for_once_also_by_many_at_once() -> None:
    async def ask(fetcher: Fetcher, server: Server) -> None:
        assert not await fetcher.allowed(server.url("/a"))
        assert await fetcher.allowed(server.url("/b"))
        await asyncio.gather(*(get(fetcher, server, "/b") for _ in range(4)))
        assert await fetcher.robots_sitemaps(server.url("/")) == (server.url("/map.xml"),)

    server = played({"/robots.txt": robots(CLOSED), "/b": PAGE}, ask)
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/b", "/b", "/b", "/b"]


def test_a_redirect_into_a_disallowed_part_is_not_followed() -> None:
    response, server = one(
        {"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/a": moved("/b"), "/b": PAGE}
    )
    assert response.outcome is Fetched.DISALLOWED
    assert response.final_url == server.url("/b")
    assert len(response.hops) == 1
    assert server.paths() == ["/a"]


def test_robots_txt_that_hangs_disallows() -> None:
    async def hang(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    response, server = one({"/robots.txt": hang, "/a": PAGE}, timeout=0.4)
    assert response.outcome is Fetched.DISALLOWED
    assert "could not be read" in response.detail
    assert server.paths() == []
