"""Serves a simulated site on loopback, at a simulated time, and keeps a log of what was asked.

Knows nothing of the site: whatever has `answer` can be served. For demonstrations and tests only.
"""

from __future__ import annotations

import hashlib
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import Protocol

from crawler.demo.answer import Answer, conditional, encoded, html_answer, http_date
from crawler.demo.site import Site
from crawler.demo.timeline import START
from crawler.values import utc

_NONE: Mapping[str, str] = MappingProxyType({})

Scripted = Answer | str | Callable[[str, Mapping[str, str]], Answer]
"""An answer; a page of HTML, in which `{base_url}` stands for the site's; or what makes an answer of the
path with its query and the request's headers (names in lower case)."""


class Answering(Protocol):
    """What a server can serve. `headers`: the request's, names in lower case."""

    def answer(self, path_and_query: str, *, now: datetime, headers: Mapping[str, str] = ...) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and how it was answered."""

    method: str
    path: str  # with its query, as asked
    headers: Mapping[str, str]  # of the request, names in lower case
    status: int
    sent: int  # bytes of the body on the wire
    now: datetime  # simulated


class Pages:
    """A site of a few scripted answers, by path or by path and query; 404 elsewhere.

    With `etags` each page that has no ETag gets one of its content, and conditional requests get their 304.
    """

    def __init__(self, base_url: str, pages: Mapping[str, Scripted], *, etags: bool = False) -> None:
        self.base_url = base_url
        self.pages = dict(pages)  # may be changed while it is served
        self._etags = etags

    def answer(self, path_and_query: str, *, now: datetime, headers: Mapping[str, str] = _NONE) -> Answer:
        """What is scripted, at any time."""
        utc(now)  # a naive clock is refused here as it is by the bundled site
        scripted = find(self.pages, path_and_query)
        if scripted is None:
            return html_answer("<html><title>Not found</title><h1>Not found</h1></html>", status=404)
        answer = played(scripted, path_and_query, headers, self.base_url)
        if self._etags and answer.status == 200 and "etag" not in answer.headers:
            etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
            answer = replace(answer, headers={**answer.headers, "etag": etag})
        return encoded(conditional(answer, headers), headers)


def simple_site(pages: Mapping[str, Scripted], *, etags: bool = False) -> Callable[[str], Pages]:
    """For `Server(simple_site({"/news/a": "<html>…", "/robots.txt": Answer(…)}))`."""
    return lambda base_url: Pages(base_url, pages, etags=etags)


def find(scripted: Mapping[str, Scripted], path_and_query: str) -> Scripted | None:
    """What is scripted for this path and query, else for this path."""
    return scripted.get(path_and_query, scripted.get(path_and_query.partition("?")[0]))


def played(scripted: Scripted, path_and_query: str, headers: Mapping[str, str], base_url: str) -> Answer:
    if isinstance(scripted, Answer):
        return scripted
    if isinstance(scripted, str):
        return html_answer(scripted.replace("{base_url}", base_url))
    return scripted(path_and_query, headers)


class Server:
    """A context manager that serves a site: `with Server() as server: … server.base_url …`.

    `site` makes what is served from the base URL; the bundled site if left out. `now` is the simulated
    clock, `override` answers before the site does (as it stands: no 304, no gzip), `log` grows by one
    exchange a request. An answer whose headers state another content-length than its body has is sent as
    it is and the connection closed: a truncated page.
    """

    def __init__(
        self,
        site: Callable[[str], Answering] | None = None,
        *,
        seed: int = 1,
        now: datetime = START,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._listener = _Listener((host, port), self)
        self.base_url = f"http://{host}:{self._listener.server_address[1]}"
        self.site: Answering = (
            Site(seed=seed, base_url=self.base_url) if site is None else site(self.base_url)
        )
        self.override: dict[str, Scripted] = {}
        self.log: list[Exchange] = []
        self._now = utc(now)
        self._answering = threading.Lock()
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(0.02,), name="simulated site"
        )

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now = utc(moment)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.hang_up()
        self._listener.server_close()  # waits for the threads of the connections
        self._thread.join()

    def exchange(self, method: str, path: str, headers: Mapping[str, str]) -> Answer:
        """Answer one request and log it; one at a time, so that a seed tells the order of the noise."""
        with self._answering:
            now = self._now
            scripted = find(self.override, path)
            if scripted is not None:
                answer = played(scripted, path, headers, self.base_url)
            else:
                answer = self.site.answer(path, now=now, headers=headers)
            sent = 0 if method == "HEAD" else len(answer.body)
            self.log.append(
                Exchange(method=method, path=path, headers=headers, status=answer.status, sent=sent, now=now)
            )
            return answer


class _Listener(ThreadingHTTPServer):
    """A thread a connection; none of them outlives the server."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], owner: Server) -> None:
        super().__init__(address, _Connection)
        self.owner = owner
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        with self._guard:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket):
            with self._guard:
                self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep alive."""
        with self._guard:
            for connection in self._open:
                with suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error; anything else is a bug and is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on as it came


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one piece
    server: _Listener

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        asked = MappingProxyType({name.lower(): value for name, value in self.headers.items()})
        answer = self.server.owner.exchange(self.command, self.path, asked)
        headers = {"server": "nginx", "date": http_date(self.server.owner.now), **answer.headers}
        if answer.status not in (204, 304):
            headers.setdefault("content-length", str(len(answer.body)))
            self.close_connection |= headers["content-length"] != str(len(answer.body))
        self.send_response_only(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Nothing: `Server.log` has it."""
