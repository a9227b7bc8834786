"""One host's queue: one request at a time, spaced out, paused when the host asks, given up when it fails.

Does not make requests. Times are the event loop's monotonic seconds; nothing here outlives a run.
"""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime

DAY = 86_400.0
LONGEST_CRAWL_DELAY = 300.0  # seconds; a host that asks for more is not read at all in this run
TROUBLES_BEFORE_REST = 5
_LEAST_BACKOFF = 0.2


class Host:
    """The state of one host. Hold `turn` around each request."""

    def __init__(self, name: str, *, delay: float, longest_wait: float) -> None:
        self.turn = asyncio.Lock()
        self.robots_turn = asyncio.Lock()
        self._name = name
        self._delay = delay
        self._longest_wait = longest_wait
        self._next_start = 0.0
        self._paused_until = 0.0
        self._pause_reason = ""
        self._troubles = 0
        self._rest: str | None = None

    async def ready(self) -> str | None:
        """Waits for the next request's time. In words why there will be none, or None: go."""
        if self._rest is not None:
            return self._rest
        now = _now()
        if self._paused_until - now > self._longest_wait:
            return f"{self._name} {self._pause_reason}; {self._paused_until - now:.0f} s are left"
        wait = max(self._next_start, self._paused_until) - now
        if wait > 0:
            await asyncio.sleep(wait)
        return None

    def spent(self, answered_at: float | None) -> None:
        """A request was made. The next is counted from its answer: whatever the network does, the host
        sees at least the delay between two requests."""
        self._next_start = (_now() if answered_at is None else answered_at) + self._delay

    def slow_down(self, crawl_delay: float | None) -> None:
        """robots.txt asks for `crawl_delay` seconds between requests."""
        if crawl_delay is None or not crawl_delay > self._delay:
            return
        if crawl_delay > LONGEST_CRAWL_DELAY:
            self._rest = (
                f"robots.txt of {self._name} asks for {crawl_delay:.0f} s between requests; "
                f"more than {LONGEST_CRAWL_DELAY:.0f} s is not waited for"
            )
            return
        self._next_start += crawl_delay - self._delay
        self._delay = crawl_delay

    def pause(self, seconds: float, reason: str) -> None:
        """No request for `seconds`."""
        until = _now() + seconds
        if until > self._paused_until:
            self._paused_until, self._pause_reason = until, reason

    def back_off(self, *, times: float) -> None:
        """A pause of our own: `times` the delay, never longer than is waited for."""
        seconds = min(max(times * self._delay, _LEAST_BACKOFF), self._longest_wait)
        self.pause(seconds, "is being spared after trouble")

    def settle(self, trouble: str | None) -> None:
        """How a request ended, retries included: `trouble` in words, or None."""
        if trouble is None:
            self._troubles = 0
            return
        self._troubles += 1
        if self._troubles >= TROUBLES_BEFORE_REST:
            self._rest = (
                f"{self._name} is left alone for the rest of this run: "
                f"{self._troubles} requests in a row failed, the last: {trouble}"
            )


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
