"""Asks for pages: robots.txt first, one request at a time and host, redirects by hand, one gentle retry.

Does not raise for anything a network or a site does: how a request ended is a value. Does not know which
pages to ask for, or what to make of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from types import TracebackType

from crawler.fetch.body import Limits
from crawler.fetch.exchange import Answer, Exchange
from crawler.fetch.guard import Resolve, system_resolver
from crawler.fetch.politeness import Host, retry_after
from crawler.fetch.robots import MOST, Robots, product_token
from crawler.fetch.rulings import MOST_HOPS, Rulings
from crawler.fetch.settings import FetchSettings
from crawler.urls import absolute, bare, host, same_site
from crawler.values import Fetched, Hop, HostMemory, Request, Response, RobotsMemory

_RETRIED_STATUS = frozenset({502, 503, 504})
_HOST_TROUBLE = frozenset({Fetched.UNREACHABLE, Fetched.TIMEOUT, Fetched.SERVER_ERROR})
_NEVER_SENT = frozenset({Fetched.RESTING, Fetched.FORBIDDEN})

Validators = list[tuple[bytes, bytes]]


class Fetcher:
    """One run's requests. An async context manager, used within one event loop.

    `get` may be called for many pages at once; those of one host wait for each other.
    """

    def __init__(self, settings: FetchSettings, resolve: Resolve = system_resolver) -> None:
        """Raises ConfigError where a setting cannot be used (addresses, proxy, CA bundle)."""
        self._settings = settings
        self._exchange = Exchange(settings, resolve)
        self._limits = Limits(most=settings.max_body)
        self._hosts: dict[str, Host] = {}
        self._rulings = Rulings(product_token(settings.user_agent), self._ask_for_robots)
        self._welcome = frozenset(bare(key) for key in settings.hosts)

    async def __aenter__(self) -> Fetcher:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.__aexit__(kind, error, trace)

    async def get(self, request: Request) -> Response:
        """The page at `request.url`, redirects followed, robots.txt of every host on the way obeyed."""
        start = absolute(request.url, request.url)
        if start is None:
            detail = "not an http(s) address without user information, backslash and control characters"
            return Response(url=request.url, final_url=request.url, outcome=Fetched.FORBIDDEN, detail=detail)
        url, validators, hops = start, _validators(request), list[Hop]()
        while True:
            answer = await self._admitted(url) or await self._ask(url, validators, self._limits)
            if not answer.redirects:
                return _response(request, url, hops, answer)
            following, refused = self._follow(start, url, answer, hops)
            if refused is not None:
                return _response(request, following or url, hops, refused)
            hops.append(Hop(url=url, status=answer.status or 0, location=answer.location or ""))
            url, validators = following or url, []

    def remember(self, hosts: Iterable[HostMemory], robots: Iterable[RobotsMemory]) -> None:
        """What earlier runs learned: pauses that hosts asked for, those in trouble, robots.txt as read."""
        for known in hosts:
            self._place(known.name).remember(known)
        self._rulings.remember(robots)

    def learned(self) -> tuple[tuple[HostMemory, ...], tuple[RobotsMemory, ...]]:
        """What later runs must know, and was not handed out yet."""
        memories = (place.memory() for place in self._hosts.values())
        return tuple(known for known in memories if known is not None), self._rulings.learned()

    async def allowed(self, url: str) -> bool:
        """Whether robots.txt lets us ask for `url`; False for what is no address of ours."""
        address = absolute(url, url)
        return address is not None and await self._admitted(address) is None

    async def robots_sitemaps(self, host_url: str) -> tuple[str, ...]:
        """The sitemaps that the host's robots.txt names, absolute; they may lie on other hosts."""
        address = absolute(host_url, host_url)
        return () if address is None else (await self._robots_of(address)).sitemaps

    # ── one request ─────────────────────────────────────────────────────────────────────────────

    async def _ask(self, url: str, validators: Validators, limits: Limits) -> Answer:
        """One request and, where trouble may be passing, one more after a pause."""
        place = self._host(url)
        gently = place.on_trial
        answer = await self._attempt(place, url, validators, limits)
        if _may_pass(answer) and not gently:
            place.back_off(times=2)
            again = await self._attempt(place, url, validators, limits)
            if again.outcome not in _NEVER_SENT:
                answer = again
        if answer.outcome not in _NEVER_SENT:
            in_trouble = answer.outcome in _HOST_TROUBLE or answer.status == 429
            place.settle(answer.detail if in_trouble else None)
        return answer

    async def _attempt(self, place: Host, url: str, validators: Validators, limits: Limits) -> Answer:
        async with place.turn:
            why_not = await place.ready()
            if why_not is not None:
                return Answer(outcome=Fetched.RESTING, detail=why_not)
            begun_at = asyncio.get_running_loop().time()
            answer = await self._exchange.ask(url, validators, limits)
            if answer.outcome is not Fetched.FORBIDDEN:
                place.spent(begun_at, answer.answered_at)
            asked = _asked_pause(answer)
            if asked is not None:
                place.pause(asked, f"asked for a pause of {asked:.0f} s (status {answer.status})")
            elif answer.status == 429:
                place.back_off(times=10)
            return answer

    def _host(self, url: str) -> Host:
        return self._place(host(url))

    def _place(self, key: str) -> Host:
        place = self._hosts.get(key)
        if place is None:
            place = self._hosts[key] = Host(
                key,
                delay=self._settings.min_delay,
                longest_wait=self._settings.longest_wait,
                budget=self._settings.host_budget,
            )
        return place

    # ── redirects ───────────────────────────────────────────────────────────────────────────────

    def _follow(
        self, start: str, url: str, answer: Answer, hops: list[Hop]
    ) -> tuple[str | None, Answer | None]:
        """Where the redirect leads, and the answer to give where it is not followed."""
        following = absolute(answer.location or "", url)
        if following is None:
            return None, _refused(answer, Fetched.FORBIDDEN, "redirects to what is no http(s) address")
        if following == url or any(hop.url == following for hop in hops):
            return following, _refused(answer, Fetched.OFF_SITE, "redirects in a loop")
        if len(hops) >= MOST_HOPS:
            return following, _refused(answer, Fetched.OFF_SITE, f"more than {MOST_HOPS} redirects")
        if not same_site(following, start) and bare(host(following)) not in self._welcome:
            detail = f"redirects to {host(following)}, which is not a configured host"
            return following, _refused(answer, Fetched.OFF_SITE, detail)
        return following, None

    # ── robots.txt ──────────────────────────────────────────────────────────────────────────────

    async def _admitted(self, url: str) -> Answer | None:
        """None where robots.txt lets us ask; else the answer to give instead."""
        robots = await self._robots_of(url)
        why = robots.refusal(url)
        if why is None:
            return None
        return Answer(outcome=robots.outcome if robots.closed else Fetched.DISALLOWED, detail=why)

    async def _robots_of(self, url: str) -> Robots:
        robots, new = await self._rulings.of(url)
        if new:
            self._host(url).slow_down(robots.crawl_delay)
        return robots

    async def _ask_for_robots(self, url: str) -> Answer:
        return await self._ask(url, [], Limits(most=MOST, lenient=True))


def _validators(request: Request) -> Validators:
    """Conditional headers. A validator that no header can carry is left out: asking in full is safe."""
    pairs = ((b"If-None-Match", request.etag), (b"If-Modified-Since", request.last_modified))
    return [
        (name, value.encode("latin-1"))
        for name, value in pairs
        if value and all(" " <= character <= "ÿ" and character != "\x7f" for character in value)
    ]


def _may_pass(answer: Answer) -> bool:
    if answer.outcome is Fetched.SERVER_ERROR:
        return answer.status in _RETRIED_STATUS and _asked_pause(answer) is None
    return answer.outcome in (Fetched.UNREACHABLE, Fetched.TRUNCATED)


def _asked_pause(answer: Answer) -> float | None:
    if answer.status not in (429, 503):
        return None
    headers = dict(answer.headers)
    return retry_after(headers.get("retry-after"), date=headers.get("date"), wall_clock=time.time())


def _refused(answer: Answer, outcome: Fetched, detail: str) -> Answer:
    return Answer(
        outcome=outcome,
        detail=detail,
        status=answer.status,
        headers=answer.headers,
        wire_bytes=answer.wire_bytes,
    )


def _response(request: Request, final_url: str, hops: list[Hop], answer: Answer) -> Response:
    moved = bool(hops) or answer.outcome is Fetched.OFF_SITE
    return Response(
        url=request.url,
        final_url=final_url if moved else request.url,
        outcome=answer.outcome,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        hops=tuple(hops),
        wire_bytes=answer.wire_bytes,
        detail=answer.detail,
        retry_after=_asked_pause(answer),
    )
