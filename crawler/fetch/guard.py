"""Connects to a host only where every address of its name is one we may reach.

Does not look at URLs: whatever asks for a connection (a page, a redirect, robots.txt) comes through here,
and the address that was checked is the address that is connected to, so a second lookup cannot differ.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from crawler.fetch.addresses import Network, refusal

_NEXT_ADDRESS_AFTER = 5.0  # seconds for one address while there is another to try


# (name, port) → what `socket.getaddrinfo` gives; it may raise OSError, and take its time.
Resolve = Callable[[str, int], Sequence[tuple[Any, ...]]]


_UNRESOLVED = re.compile(r"the name (\S{1,300}) does not resolve")


def unresolved(detail: str) -> str | None:
    """The name that a response's detail says has no address to be found; None where it says none."""
    found = _UNRESOLVED.search(detail)
    return found[1] if found else None


def system_resolver(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class AddressRefusedError(httpcore.ConnectError):
    """The name leads to an address that is not public."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's own sockets behind the address check. TLS and the Host header keep the name."""

    def __init__(self, allowed: tuple[Network, ...], resolve: Resolve = system_resolver) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._checked(host, port)
        for address in addresses[:-1]:
            patience = _NEXT_ADDRESS_AFTER if timeout is None else min(timeout, _NEXT_ADDRESS_AFTER)
            try:
                return Stream(
                    await self._sockets.connect_tcp(address, port, patience, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # a name may list an address family this machine has no route to
        return Stream(
            await self._sockets.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)
        )

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[str]:
        addresses = await _looked_up(host, port, self._resolve)
        if not addresses:
            raise httpcore.ConnectError(f"the name {host} has no address")
        refused = {address: why for address in addresses if (why := refusal(address, self._allowed))}
        exempted = [a for a in addresses if a not in refused and refusal(a) is not None]
        if refused and not exempted:  # one bad address spoils a name, unless the operator vouched for another
            address, why = next(iter(refused.items()))
            raise AddressRefusedError(f"{host} leads to {address}, which is {why}")
        return [address for address in addresses if address not in refused]


class Stream(httpcore.AsyncNetworkStream):
    """httpcore's own, with two mends.

    It is closed where its TLS handshake is cancelled: httpcore closes it on errors alone, and each deadline
    that passed in a handshake left a socket behind. And it knows whether anything was read since something
    was written: an answer that was there before would be the rest of what another request brought.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self.heard = False
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.heard = True
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.heard = False
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        over = None
        try:
            over = await self._inner.start_tls(ssl_context, server_hostname, timeout)
            return Stream(over)
        finally:
            if over is None:
                await self._inner.aclose()

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


async def _looked_up(host: str, port: int, resolve: Resolve) -> list[str]:
    """The addresses of a name, in the resolver's order.

    In a thread that nobody waits for: the resolver knows no deadline, and the loop's own threads hold up
    its end (asyncio.run joins them) for as long as a name server is silent.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str], error: BaseException | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(addresses)
        else:
            found.set_exception(error)

    def look_up() -> None:
        addresses: list[str] = []
        trouble: BaseException | None = None
        try:
            entries = resolve(host, port)
            addresses = list(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of more than 63 characters
            trouble = error
        try:
            loop.call_soon_threadsafe(settle, addresses, trouble)
        except RuntimeError:
            pass  # the loop is closed: nobody asks any more

    threading.Thread(target=look_up, daemon=True, name="resolver").start()
    try:
        return await found
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} does not resolve ({error})") from error
