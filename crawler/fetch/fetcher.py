"""Asks for pages: robots.txt first, one request at a time and host, redirects by hand, one gentle retry.

Does not raise for anything a network or a site does: how a request ended is a value. Does not know which
pages to ask for, or what to make of them.
"""

from __future__ import annotations

import time
from types import TracebackType

from crawler.fetch.body import Limits
from crawler.fetch.exchange import Answer, Exchange
from crawler.fetch.politeness import Host, retry_after
from crawler.fetch.robots import MOST, Robots, judge_robots, product_token
from crawler.fetch.settings import FetchSettings
from crawler.fetch.verdict import REDIRECTS
from crawler.urls import absolute, bare, host, origin, same_site
from crawler.values import Fetched, Hop, Request, Response

MOST_HOPS = 5
_RETRIED_STATUS = frozenset({502, 503, 504})
_HOST_TROUBLE = frozenset({Fetched.UNREACHABLE, Fetched.TIMEOUT, Fetched.SERVER_ERROR})
_NEVER_SENT = frozenset({Fetched.RESTING, Fetched.FORBIDDEN})

Validators = list[tuple[bytes, bytes]]


class Fetcher:
    """One run's requests. An async context manager, used within one event loop.

    `get` may be called for many pages at once; those of one host wait for each other.
    """

    def __init__(self, settings: FetchSettings) -> None:
        """Raises ConfigError where a setting cannot be used (addresses, proxy, CA bundle)."""
        self._settings = settings
        self._exchange = Exchange(settings)
        self._limits = Limits(most=settings.max_body)
        self._token = product_token(settings.user_agent)
        self._hosts: dict[str, Host] = {}
        self._robots: dict[str, Robots] = {}
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
            if not _is_redirect(answer):
                return _response(request, url, hops, answer)
            following, refused = self._follow(start, url, answer, hops)
            if refused is not None:
                return _response(request, following or url, hops, refused)
            hops.append(Hop(url=url, status=answer.status or 0, location=answer.location or ""))
            url, validators = following or url, []

    def pause(self, host_key: str, seconds: float, reason: str) -> None:
        """Ask nothing of a host (`urls.host`) for so long, as it asked of an earlier run."""
        self._place(host_key).pause(seconds, reason)

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
        answer = await self._attempt(place, url, validators, limits)
        if _may_pass(answer):
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
            answer = await self._exchange.ask(url, validators, limits)
            if answer.outcome is not Fetched.FORBIDDEN:
                place.spent(answer.answered_at)
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
                key, delay=self._settings.min_delay, longest_wait=self._settings.longest_wait
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
        robots = self._robots.get(host(url)) or await self._robots_of(url)
        why = robots.refusal(url)
        if why is None:
            return None
        return Answer(outcome=robots.outcome if robots.closed else Fetched.DISALLOWED, detail=why)

    async def _robots_of(self, url: str) -> Robots:
        key = host(url)
        place = self._host(url)
        async with place.robots_turn:
            robots = self._robots.get(key)
            if robots is None:
                robots = await self._read_robots(f"{origin(url)}/robots.txt", f"robots.txt of {key}")
                place.slow_down(robots.crawl_delay)
                if robots.outcome is not Fetched.RESTING:  # not asked yet: the next page may ask
                    self._robots[key] = robots
            return robots

    async def _read_robots(self, url: str, source: str) -> Robots:
        """Redirects are followed to any host, as RFC 9309, 2.3.1.2 wants, and behind the same guard;
        after too many of them the file counts as unavailable, which allows everything."""
        seen = [url]
        while True:
            answer = await self._ask(url, [], Limits(most=MOST, lenient=True))
            if not _is_redirect(answer):
                return judge_robots(answer, url=url, token=self._token, source=source, moved=len(seen) > 1)
            following = absolute(answer.location or "", url)
            if following is None or following in seen or len(seen) > MOST_HOPS:
                return Robots(source=source, token=self._token)
            seen.append(following)
            url = following


def _validators(request: Request) -> Validators:
    """Conditional headers. A validator that no header can carry is left out: asking in full is safe."""
    pairs = ((b"If-None-Match", request.etag), (b"If-Modified-Since", request.last_modified))
    return [
        (name, value.encode("latin-1"))
        for name, value in pairs
        if value and all(" " <= character <= "ÿ" and character != "\x7f" for character in value)
    ]


def _is_redirect(answer: Answer) -> bool:
    return (
        answer.outcome is Fetched.UNSUPPORTED and answer.status in REDIRECTS and answer.location is not None
    )


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
