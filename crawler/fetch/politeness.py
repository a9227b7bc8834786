"""One host's queue: one request at a time, spaced out, paused when the host asks, left alone when it fails.

Does not make requests. Times are the event loop's monotonic seconds; what a later run must know of a host
is handed out as a value (`memory`) and taken back (`remember`).
"""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime

from crawler.values import HostMemory

DAY = 86_400.0
LONGEST_CRAWL_DELAY = 300.0  # seconds; a host that asks for more is not read at all in this run
TROUBLES_BEFORE_REST = 5
FIRST_REST, LONGEST_REST = 300.0, 3_600.0  # seconds; doubled each time, for a monitor must not go blind
_LEAST_BACKOFF = 0.2


class Host:
    """The state of one host. Hold `turn` around each request."""

    def __init__(self, name: str, *, delay: float, longest_wait: float, budget: float) -> None:
        self.turn = asyncio.Lock()
        self._name = name
        self._delay = delay
        self._longest_wait = longest_wait
        self._next_start = 0.0
        self._paused_until = 0.0
        self._pause_reason = ""
        self._troubles = 0
        self._rests = 0  # in a row
        self._budget = budget  # seconds that requests may still take in this run
        self._closed: str | None = None
        self._news = False

    @property
    def on_trial(self) -> bool:
        """Whether it failed again and again and did not answer since: one more trouble and it rests."""
        return self._rests > 0

    def remember(self, known: HostMemory) -> None:
        """What an earlier run learned."""
        self._rests = known.rests
        self._troubles = TROUBLES_BEFORE_REST - 1 if known.rests else 0
        if known.paused_for > 0:
            self._paused_until, self._pause_reason = _now() + known.paused_for, known.reason

    def memory(self) -> HostMemory | None:
        """What a later run must know, where that is other than when it was asked last."""
        if not self._news:
            return None
        self._news = False
        return HostMemory(
            name=self._name,
            paused_for=max(0.0, self._paused_until - _now()),
            reason=self._pause_reason,
            rests=self._rests,
        )

    async def ready(self) -> str | None:
        """Waits for the next request's time. In words why there will be none, or None: go."""
        if self._closed is not None:
            return self._closed
        if self._budget <= 0:
            return f"{self._name} has had the time that one run has for it; the next goes on"
        now = _now()
        if self._paused_until - now > self._longest_wait:
            return f"{self._name} {self._pause_reason.rstrip('.')}"  # read later: no time from now
        wait = max(self._next_start, self._paused_until) - now
        if wait > 0:
            await asyncio.sleep(wait)
        return None

    def spent(self, begun_at: float, answered_at: float | None) -> None:
        """A request was made. The next is counted from its answer: whatever the network does, the host
        sees at least the delay between two requests."""
        self._budget -= _now() - begun_at
        self._next_start = (_now() if answered_at is None else answered_at) + self._delay

    def slow_down(self, crawl_delay: float | None) -> None:
        """robots.txt asks for `crawl_delay` seconds between requests."""
        if crawl_delay is None or not crawl_delay > self._delay:
            return
        if crawl_delay > LONGEST_CRAWL_DELAY:
            self._closed = (
                f"robots.txt of {self._name} asks for {crawl_delay:.0f} s between requests; "
                f"more than {LONGEST_CRAWL_DELAY:.0f} s is not waited for"
            )
            return
        self._next_start += crawl_delay - self._delay
        self._delay = crawl_delay

    def pause(self, seconds: float, reason: str) -> None:
        """No request for `seconds`, in later runs too."""
        self._news = self._spare(seconds, reason) or self._news

    def back_off(self, *, times: float) -> None:
        """A pause of our own: `times` the delay, never longer than is waited for."""
        seconds = min(max(times * self._delay, _LEAST_BACKOFF), self._longest_wait)
        self._spare(seconds, "is being spared after trouble")

    def _spare(self, seconds: float, reason: str) -> bool:
        until = _now() + seconds
        longer = until > self._paused_until
        if longer:
            self._paused_until, self._pause_reason = until, reason
        return longer

    def settle(self, trouble: str | None) -> None:
        """How a request ended, retries included: `trouble` in words, or None.

        After the fifth in a row the host rests; then one request tries it, and where that fails too it rests
        for twice as long.
        """
        if trouble is None:
            self._news = self._news or self._rests > 0
            self._troubles = self._rests = 0
            return
        self._troubles += 1
        if self._troubles < TROUBLES_BEFORE_REST:
            return
        self._troubles = TROUBLES_BEFORE_REST - 1
        self._rests += 1
        self._news = True
        rest = min(FIRST_REST * 2 ** min(self._rests - 1, 10), LONGEST_REST)
        self.pause(rest, f"is left alone after requests in a row failed, the last: {trouble[:200]}")


def retry_after(value: str | None, *, date: str | None, wall_clock: float) -> float | None:
    """Seconds that a Retry-After header asks for, at most a day; None where it says nothing usable.

    RFC 9110, 10.2.3: seconds, or an HTTP-date, which is read against the answer's own Date header where
    there is one: the server's clock may be wrong, but it is wrong in both.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        seconds = DAY if len(value) > 9 else float(value)
    else:
        until = _moment(value)
        if until is None:
            return None
        since = _moment(date) if date else None
        seconds = until - (wall_clock if since is None else since)
    return min(seconds, DAY) if seconds > 0 else None


def _moment(http_date: str) -> float | None:
    try:
        return parsedate_to_datetime(http_date).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):  # what it is known to raise on garbage
        return None


def _now() -> float:
    return asyncio.get_running_loop().time()
