"""The client's transport: httpx's calls on httpcore's connections, by their public interfaces.

Does not judge answers. What may be trusted and reached is settled here, once for all connections of a run.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from functools import cache

import httpcore
import httpx

from crawler.errors import ConfigError
from crawler.fetch.addresses import Network, networks, spelled_out
from crawler.fetch.guard import AddressRefusedError, GuardedBackend, Resolve, Stream, system_resolver
from crawler.fetch.settings import FetchSettings
from crawler.urls import endpoint, target

PLACE = httpx.URL("http://as.in.extensions.invalid/")  # what httpx is told; where we connect is in "url"


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


class Transport(httpx.AsyncBaseTransport):
    """Like httpx's own, but behind our guard, and errors stay httpcore's."""

    def __init__(self, settings: FetchSettings, resolve: Resolve = system_resolver) -> None:
        self._allowed = _allowed(settings)
        self._pool = _pool(settings, self._allowed, resolve)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.extensions["url"]
        scheme, host, port = endpoint(url)
        if not _is_name(host) or port == 0:
            raise httpcore.ConnectError(f"{host[:80]} is no name a host can have, or 0 is its port")
        why = spelled_out(host, self._allowed)  # also for a proxy, which resolves names and may judge them
        if why is not None:
            raise AddressRefusedError(f"{host} is {why}")
        address = httpcore.URL(
            scheme=scheme.encode("ascii"),
            host=host.encode("ascii"),
            port=port,
            target=target(url).encode("ascii"),
        )
        extensions = {key: value for key, value in request.extensions.items() if key == "trace"}
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method.encode("ascii"),
                address,
                headers=request.headers.raw,
                content=request.content or None,
                extensions=extensions,
            )
        )
        stream = answer.extensions["network_stream"]
        if isinstance(stream, Stream) and not stream.heard:
            await answer.aclose()
            raise httpcore.RemoteProtocolError("the answer was there before the request: it is another's")
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    async def aclose(self) -> None:
        await self._pool.aclose()


def _is_name(host: str) -> bool:
    """Whether DNS could carry it (RFC 1035, 2.3.4): of what it cannot, resolvers and TLS raise at will."""
    labels = host.removesuffix(".").split(".")
    return len(host) <= 254 and all(0 < len(label) <= 63 for label in labels)


def _allowed(settings: FetchSettings) -> tuple[Network, ...]:
    try:
        return networks(settings.allow_private)
    except ValueError as error:
        raise ConfigError([f"fetch.allow_private: {error}"]) from error


def _pool(
    settings: FetchSettings, allowed: tuple[Network, ...], resolve: Resolve
) -> httpcore.AsyncConnectionPool:
    """HTTP/1.1 alone: httpcore speaks HTTP/2 only where it is asked to, and offers no other by ALPN."""
    context = _trust(settings.ca_bundle)
    if settings.proxy:
        proxy = _proxy(settings.proxy)
        return httpcore.AsyncHTTPProxy(
            proxy_url=str(proxy.url),
            proxy_auth=proxy.raw_auth,
            ssl_context=context,
            proxy_ssl_context=context if proxy.url.scheme == "https" else None,
            max_connections=None,
            keepalive_expiry=30,
            network_backend=GuardedBackend(networks(("0.0.0.0/0", "::/0"))),  # it is the operator's choice
        )
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=None,
        keepalive_expiry=30,
        network_backend=GuardedBackend(allowed, resolve),
    )


def _proxy(address: str) -> httpx.Proxy:
    try:
        return httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL) as error:
        raise ConfigError([f"fetch.proxy: {error}"]) from error


def _trust(ca_bundle: str) -> ssl.SSLContext:
    if not ca_bundle:
        return _usual_trust()
    try:
        return ssl.create_default_context(cafile=ca_bundle)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigError([f"fetch.ca_bundle: {ca_bundle} cannot be used ({error})"]) from error


@cache
def _usual_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
