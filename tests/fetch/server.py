"""A raw HTTP/1.1 server on loopback that answers exactly the bytes a test gives it, and remembers.

Does not mend anything: a short body, a lie about a length, a drip go out as they are written.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

Handler = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]
Script = bytes | Handler


@dataclass(slots=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    at: float  # monotonic seconds
    connection: int
    protocol: str | None = None  # what TLS agreed on (ALPN)


def answer(
    status: str = "200 OK",
    body: bytes = b"",
    *headers: str,
    length: bool = True,
    content_type: str = "text/html; charset=utf-8",
) -> bytes:
    """A whole answer. `length=False`: the connection's end is the body's end."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers]
    lines.append(f"Content-Length: {len(body)}" if length else "Connection: close")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


PAGE = answer(body=b"<!doctype html><html><title>A page</title><body><p>Text.</p></body></html>")
MISSING = answer("404 Not Found", b"nothing here")


@dataclass(slots=True)
class Server:
    """Paths and what each answers; what is not named is a 404. An async context manager."""

    scripts: Mapping[str, Script | list[Script]]
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    address: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    greeting: bytes | None = None  # instead of any conversation
    _server: asyncio.Server | None = None
    _connections: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _turn: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, self.address, self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def host(self) -> str:
        return f"{self.address}:{self.port}"

    def url(self, path: str) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._connections += 1
        try:
            await self._converse(reader, writer, self._connections)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int
    ) -> None:
        if self.greeting is not None:
            writer.write(self.greeting)
            await writer.drain()
            return
        over = writer.get_extra_info("ssl_object")
        protocol = over.selected_alpn_protocol() if over else None
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            asked = Asked(head[0].split(" ")[1], headers, time.monotonic(), connection, protocol)
            self.asked.append(asked)
            script = self._script(asked.path)
            if isinstance(script, bytes):
                writer.write(script)
                await writer.drain()
            else:
                await script(asked, writer)
                return
            if (
                b"\r\nConnection: close\r\n" in script
                or b"Content-Length: " not in script.partition(b"\r\n\r\n")[0]
            ):
                return

    def _script(self, path: str) -> Script:
        script = self.scripts.get(path, MISSING)
        if not isinstance(script, list):
            return script
        turn = self._turn.get(path, 0)
        self._turn[path] = turn + 1
        return script[min(turn, len(script) - 1)]
