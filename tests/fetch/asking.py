"""Short ways to ask, for the tests of the fetch room.

Does not replace anything of the room: it makes settings that loopback needs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from crawler.fetch import Fetcher, FetchSettings
from crawler.values import Request, Response
from tests.fetch.server import Script, Server

AGENT = "iomwatch/0.1 (+mailto:tests@example.org)"


def settings(**changed: Any) -> FetchSettings:
    values: dict[str, Any] = {
        "user_agent": AGENT,
        "min_delay": 0.0,
        "timeout": 5.0,
        "allow_private": ("127.0.0.1",),
    }
    return FetchSettings(**(values | changed))


def played(
    scripts: dict[str, Script | list[Script]],
    ask: Callable[[Fetcher, Server], Awaitable[None]],
    **changed: Any,
) -> Server:
    """Runs `ask` against a server with these answers; gives the server back with what it was asked."""

    async def play() -> Server:
        async with Server(scripts) as server, Fetcher(settings(**changed)) as fetcher:
            await ask(fetcher, server)
        return server

    return asyncio.run(play())


def one(
    scripts: dict[str, Script | list[Script]], path: str = "/a", **changed: Any
) -> tuple[Response, Server]:
    """One page asked for."""
    got: list[Response] = []

    async def ask(fetcher: Fetcher, server: Server) -> None:
        got.append(await fetcher.get(Request(url=server.url(path))))

    server = played(scripts, ask, **changed)
    return got[0], server
