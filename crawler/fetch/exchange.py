"""One request and its answer over HTTP/1.1: limits, deadline, and every failure as a value.

Does not wait, retry, follow redirects or read robots.txt. Only it, guard and transport know the HTTP client.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from types import TracebackType

import httpcore
import httpx

from crawler.fetch.body import BodyReader, Limits
from crawler.fetch.guard import AddressRefusedError, Resolve, system_resolver
from crawler.fetch.settings import FetchSettings
from crawler.fetch.transport import PLACE, Transport
from crawler.fetch.verdict import REDIRECTS, verdict
from crawler.urls import host, origin
from crawler.values import Fetched

_ACCEPT = b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NETWORK_TROUBLE = (  # httpcore has no common ancestor; OSError is what TLS may leak
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    OSError,
)
_LEAST = 1_000  # bytes of a body in a third of the deadline; less is a drip, and never was a page
_DRAINED = 65_536  # bytes of an unwanted body that are read to keep its connection
_DRAIN_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How one request ended, redirects not followed."""

    outcome: Fetched
    detail: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    wire_bytes: int = 0
    location: str | None = None  # as the server wrote it
    answered_at: float | None = None  # the loop's time when the headers were there

    @property
    def redirects(self) -> bool:
        judged = self.outcome is Fetched.UNSUPPORTED  # a challenge may come with any status
        return judged and self.status in REDIRECTS and self.location is not None


class Exchange:
    """The connections of one run. An async context manager."""

    def __init__(self, settings: FetchSettings, resolve: Resolve = system_resolver) -> None:
        self._settings = settings
        self._secrets = {known.origin: known.authorization() for known in settings.credentials}
        self._headers = [
            (b"User-Agent", settings.user_agent.encode("latin-1", "replace")),
            (b"Accept", _ACCEPT),
            (b"Accept-Encoding", b"gzip"),
        ]
        # Of httpx's client everything would be turned off (redirects, cookies, decoding, time-outs, the
        # environment's proxies): a request goes to its transport as it is.
        self._transport = Transport(settings, resolve)

    async def __aenter__(self) -> Exchange:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def ask(self, url: str, validators: list[tuple[bytes, bytes]], limits: Limits) -> Answer:
        """One GET of an absolute address, as `urls.absolute` gives it."""
        return await self._sent(self._request(url, validators), limits, conditional=bool(validators))

    async def post(self, url: str, headers: list[tuple[bytes, bytes]], body: bytes) -> tuple[Answer, bool]:
        """One POST; the answer's body is not kept. Whether any of the request may have left this machine."""
        left = False

        async def trace(name: str, _: dict[str, object]) -> None:
            nonlocal left
            left = left or name.endswith("send_request_headers.started")

        request = self._request(url, headers, method="POST", body=body)
        request.extensions["trace"] = trace
        return await self._sent(request, Limits(most=_DRAINED, lenient=True), conditional=False), left

    async def _sent(self, request: httpx.Request, limits: Limits, *, conditional: bool) -> Answer:
        seen = Answer(outcome=Fetched.TIMEOUT, detail=f"no whole answer within {self._settings.timeout:g} s")
        try:
            async with asyncio.timeout(self._settings.timeout):
                response = await self._transport.handle_async_request(request)
                try:
                    head = _head(response)
                    seen = replace(seen, status=head.status, headers=head.headers)
                    return await self._read(response, head, limits, conditional=conditional)
                finally:
                    await response.aclose()
        except (TimeoutError, httpcore.TimeoutException):
            return seen
        except AddressRefusedError as error:
            return Answer(outcome=Fetched.FORBIDDEN, detail=_words(error))
        except _NETWORK_TROUBLE as error:
            where = host(request.extensions["url"])
            return Answer(outcome=Fetched.UNREACHABLE, detail=f"{where}: {_words(error)}")

    async def _read(
        self, response: httpx.Response, head: Answer, limits: Limits, *, conditional: bool
    ) -> Answer:
        headers = _joined(head.headers)
        outcome, detail = verdict(response.status_code, headers, conditional=conditional)
        if outcome is not Fetched.OK:
            patience = min(_DRAIN_SECONDS, self._settings.timeout / 4)
            wire_bytes = await _drain(response, patience)
            return replace(head, outcome=outcome, detail=detail, wire_bytes=wire_bytes)
        reader = BodyReader(headers, limits)
        body, trouble = await _take(response, reader, self._settings.timeout / 3)
        outcome, detail = trouble or (outcome, detail)
        return replace(head, outcome=outcome, detail=detail, body=body, wire_bytes=reader.wire_bytes)

    def _request(
        self, url: str, headers: list[tuple[bytes, bytes]], *, method: str = "GET", body: bytes | None = None
    ) -> httpx.Request:
        site = origin(url)
        # The address goes past httpx.URL, a second parser that escapes anew and raises on http://☃.net/.
        extensions = {"url": url}
        lines = [(b"Host", host(url).encode("ascii")), *self._headers, *headers]
        secret = self._secrets.get(site)  # by request, so that none follows a redirect elsewhere
        if secret is not None and site.startswith("https://"):
            lines.append((b"Authorization", secret))
        return httpx.Request(method, PLACE, headers=lines, content=body, extensions=extensions)


def _head(response: httpx.Response) -> Answer:
    raw = response.headers.raw
    return Answer(
        outcome=Fetched.UNSUPPORTED,  # until it is judged
        status=response.status_code,
        headers=tuple((_text(name).lower(), _text(value)) for name, value in raw),
        location=next((_location(value) for name, value in raw if name.lower() == b"location"), None),
        answered_at=asyncio.get_running_loop().time(),
    )


def _joined(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Header fields by name; several of one name make one value (RFC 9110, 5.3)."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


async def _take(
    response: httpx.Response, reader: BodyReader, patience: float
) -> tuple[bytes, tuple[Fetched, str] | None]:
    """The body and what is wrong with it; each `patience` seconds must bring `_LEAST` bytes."""
    if reader.enough():
        return reader.end()
    now, counted = asyncio.get_running_loop().time, 0
    try:
        async with asyncio.timeout(patience) as limit:
            async for piece in response.aiter_raw():
                reader.feed(piece)
                if reader.enough():
                    break
                if reader.wire_bytes - counted >= _LEAST:
                    counted = reader.wire_bytes
                    limit.reschedule(now() + patience)
    except TimeoutError:
        return b"", (Fetched.TIMEOUT, f"it drips: less than {_LEAST:,} bytes in {patience:g} s")
    except _NETWORK_TROUBLE as error:
        return reader.end(cut=f"the connection ended early ({_words(error)})")
    return reader.end()


async def _drain(response: httpx.Response, patience: float) -> int:
    """Reads a body nobody wants, so that its connection can be used again; gives up early."""
    taken = 0
    try:
        async with asyncio.timeout(patience):
            async for piece in response.aiter_raw():
                taken += len(piece)
                if taken > _DRAINED:
                    break
    except (TimeoutError, *_NETWORK_TROUBLE):
        return taken  # the status has been said; the connection is closed with the response
    return taken


def _text(raw: bytes) -> str:
    text = raw.decode("latin-1")
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def _location(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _words(error: BaseException) -> str:
    return _CONTROL.sub(" ", str(error))[:300] or type(error).__name__
