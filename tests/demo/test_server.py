"""The server: real requests over loopback, a settable clock, a log, scripted sites."""

from __future__ import annotations

import gzip
import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from crawler.demo import START, Answer, Scripted, Server, html_answer, simple_site
from crawler.demo.timeline import TIMELINE
from crawler.values import Kind

PATH = "/statements/iom-statement-ferry-accident-lake-mweru"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as served:
        yield served


def connect(server: Server) -> http.client.HTTPConnection:
    parts = urlsplit(server.base_url)
    return http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)


def get(
    connection: http.client.HTTPConnection, path: str, *, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    return response, response.read()


def test_one_connection_carries_many_requests_and_the_log_keeps_them(server: Server) -> None:
    with closing(connect(server)) as connection:
        first, body = get(connection, PATH, user_agent="tester")
        socket = connection.sock
        etag = str(first.headers["ETag"])
        second, nothing = get(connection, PATH, if_none_match=etag)
        third, _ = get(connection, "/nowhere?x=1")
        assert connection.sock is socket
    assert (first.status, second.status, third.status) == (200, 304, 404)
    assert b"Lake Mweru" in body
    assert nothing == b""
    assert [(line.method, line.path, line.status) for line in server.log] == [
        ("GET", PATH, 200),
        ("GET", PATH, 304),
        ("GET", "/nowhere?x=1", 404),
    ]
    assert server.log[0].headers["user-agent"] == "tester"
    assert server.log[1].headers["if-none-match"] == etag
    assert (server.log[0].sent, server.log[1].sent) == (len(body), 0)


def test_gzip_is_used_where_the_client_takes_it_and_its_etag_is_weak(server: Server) -> None:
    with closing(connect(server)) as connection:
        plain, body = get(connection, PATH)
        packed, wire = get(connection, PATH, accept_encoding="br, gzip;q=0.8")
        refused, again = get(connection, PATH, accept_encoding="gzip;q=0")
        held, _ = get(connection, PATH, accept_encoding="gzip", if_none_match=str(packed.headers["ETag"]))
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(wire) == body == again
    assert len(wire) < len(body) / 2
    assert refused.headers["Content-Encoding"] is None
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert held.status == 304


def test_head_has_the_headers_and_no_body(server: Server) -> None:
    with closing(connect(server)) as connection:
        response, body = get(connection, PATH, method="HEAD")
        length = int(str(response.headers["Content-Length"]))
        _, whole = get(connection, PATH)
    assert body == b""
    assert length == len(whole)


def test_the_clock_is_set_by_hand_and_must_have_a_zone(server: Server) -> None:
    removal = next(line for line in TIMELINE if line.kind is Kind.REMOVED)
    with closing(connect(server)) as connection:
        before, _ = get(connection, removal.path)
        server.now = removal.at
        after, _ = get(connection, removal.path)
    assert (before.status, after.status) == (200, 404)
    assert before.headers["Date"] == "Mon, 02 Mar 2026 06:00:00 GMT"
    assert after.headers["Date"] == "Tue, 03 Mar 2026 08:05:00 GMT"
    assert [line.now for line in server.log] == [START, removal.at]
    with pytest.raises(ValueError, match="no time zone"):
        server.now = datetime(2026, 3, 2)  # noqa: DTZ001 - the point of the test


def test_an_override_answers_before_the_site(server: Server) -> None:
    seen: list[tuple[str, str]] = []

    def refuse(path: str, headers: Mapping[str, str]) -> Answer:
        seen.append((path, headers["host"]))
        return Answer(status=429, headers={"retry-after": "7"}, body=b"slow down")

    server.override[PATH] = refuse
    server.override["/search?page=1"] = html_answer("<p>odd</p>", status=403)
    with closing(connect(server)) as connection:
        first, body = get(connection, f"{PATH}?s=1")
        second, _ = get(connection, "/search?page=1")
        third, _ = get(connection, "/search?page=0")
    assert (first.status, first.headers["Retry-After"], body) == (429, "7", b"slow down")
    assert (second.status, third.status) == (403, 200)
    assert seen == [(f"{PATH}?s=1", urlsplit(server.base_url).netloc)]


def test_a_stated_length_that_is_wrong_is_sent_and_the_connection_closed(server: Server) -> None:
    server.override["/cut"] = Answer(headers={"content-length": "1000"}, body=b"only this")
    with closing(connect(server)) as connection:
        connection.request("GET", "/cut")
        response = connection.getresponse()
        with pytest.raises(http.client.IncompleteRead):
            response.read()


def test_a_scripted_site_is_a_few_lines() -> None:
    pages: dict[str, Scripted] = {
        "/news/a": "<html><h1>A</h1><a href='{base_url}/news/b'>B</a></html>",
        "/robots.txt": Answer(headers={"content-type": "text/plain"}, body=b"User-agent: *\nDisallow:\n"),
        "/news/b": lambda path, headers: html_answer(f"<p>{path} {headers.get('x-it')}</p>"),
    }
    with Server(simple_site(pages, etags=True)) as server, closing(connect(server)) as connection:
        first, body = get(connection, "/news/a")
        held, _ = get(connection, "/news/a", if_none_match=str(first.headers["ETag"]))
        _, called = get(connection, "/news/b?q=1", x_it="yes")
        missing, _ = get(connection, "/")
    assert f"{server.base_url}/news/b".encode() in body
    assert (first.status, held.status, missing.status) == (200, 304, 404)
    assert called == b"<p>/news/b?q=1 yes</p>"


def test_a_scripted_site_has_no_validators_unless_asked_for() -> None:
    with Server(simple_site({"/": "<h1>A</h1>"})) as server, closing(connect(server)) as connection:
        response, _ = get(connection, "/")
    assert response.headers["ETag"] is None


def test_closing_ends_idle_connections_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    with Server() as server:
        connections = [connect(server) for _ in range(3)]
        for connection in connections:
            get(connection, "/robots.txt")
        assert set(threading.enumerate()) - before
    assert set(threading.enumerate()) == before
    for connection in connections:
        with closing(connection), pytest.raises((ConnectionError, http.client.HTTPException)):
            get(connection, "/robots.txt")


def test_many_clients_at_once_are_all_answered(server: Server) -> None:
    server.now = START + timedelta(hours=1)
    statuses: list[int] = []

    def ask() -> None:
        with closing(connect(server)) as connection:
            for _ in range(5):
                statuses.append(get(connection, PATH)[0].status)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 30
    assert len(server.log) == 30
