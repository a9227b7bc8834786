"""The daemon's clock: one tick after the other for as long as the process lives (APScheduler 3), signals,
and what systemd is told.

It does no work of its own: `tick` is the round that cron calls too, and it decides what is due. Schedules
in a reader's time zone are therefore no jobs here; a tick finds them due.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

DRAIN = 10.0  # seconds a tick under way is given to end after a signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a daemon does, as functions; `tick` blocks and runs in a thread of its own, one at a time."""

    tick: Callable[[], None]
    stop: Callable[[], None]  # asks a tick under way to end soon; called from the main thread
    reload: Callable[[], None]  # takes up a changed configuration, or says why not


def serve(work: Work, *, every: timedelta) -> None:
    """Tick now and then every so often, until SIGTERM or SIGINT. SIGHUP reloads.

    While a tick is at work no other begins, and none of those left out is made up for (one instance,
    coalesce); one that comes late is not dropped (no grace time: the default of one second loses runs).
    What a tick raises ends the daemon, with its cause.
    """
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # that a tick is still at work is no warning
    asyncio.run(_serve(work, every))


async def _serve(work: Work, every: timedelta) -> None:
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    idle = asyncio.Event()
    idle.set()
    raised: list[BaseException] = []

    async def tick() -> None:
        idle.clear()
        done = _in_a_thread(work.tick)
        try:
            await asyncio.wait([done])
        finally:
            idle.set()
        if error := done.exception():  # raised below: APScheduler would print it, and go on
            raised.append(error)
            over.set()

    def end() -> None:
        tell_systemd("STOPPING=1")
        work.stop()
        over.set()

    scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": MemoryJobStore()})
    scheduler.add_job(
        tick,
        IntervalTrigger(seconds=every.total_seconds(), timezone=UTC),
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    for number, act in ((signal.SIGTERM, end), (signal.SIGINT, end), (signal.SIGHUP, work.reload)):
        loop.add_signal_handler(number, act)
    scheduler.start()
    watchdog = asyncio.create_task(_watchdog())
    tell_systemd("READY=1")
    try:
        await over.wait()
    finally:
        scheduler.remove_all_jobs()
        try:
            await asyncio.wait_for(idle.wait(), DRAIN)  # shutdown() would cancel it half-way
        except TimeoutError:
            pass  # the store's transactions are whole at any point; the process ends
        watchdog.cancel()
        scheduler.shutdown(wait=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.remove_signal_handler(number)
    if raised:
        raise raised[0]


def _in_a_thread(act: Callable[[], None]) -> asyncio.Future[None]:
    """`act` at work beside the loop. Its thread does not hold up the end of the process, as those of the
    loop's own pool do: a mail server that hangs would."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def run() -> None:
        with _Handed(loop, done):
            act()

    threading.Thread(target=run, name="round", daemon=True).start()
    return done


@dataclass(frozen=True, slots=True)
class _Handed:
    """What a block in a thread comes to, handed to a future of the loop. Without a loop the thread tells."""

    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if self.loop.is_closed():
            return False
        if error is None:
            self.loop.call_soon_threadsafe(self.done.set_result, None)
        else:
            self.loop.call_soon_threadsafe(self.done.set_exception, error)
        return True


async def _watchdog() -> None:
    """Tell systemd, twice in each period that it set, that this loop turns (sd_watchdog_enabled(3))."""
    period = os.environ.get("WATCHDOG_USEC", "")
    if not period.isdecimal() or int(period) == 0:
        return
    while True:
        tell_systemd("WATCHDOG=1")
        await asyncio.sleep(int(period) / 2_000_000)


def tell_systemd(state: str) -> bool:
    """Send a line to the service manager (sd_notify(3)); whether there was one to hear it."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
        try:
            channel.connect("\0" + address[1:] if address.startswith("@") else address)
            channel.sendall(state.encode())
        except OSError:
            return False  # nobody listens: the daemon works without a service manager too
    return True
