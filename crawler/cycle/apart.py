"""Reads what is heavy apart: in a process with limits, so that no page can stop a round or take its memory.

Reads by the same rooms and the same rules; what is not heavy is read here. The process is started when it
is first needed, serves until the round ends, and is replaced when it dies: then that page is unreadable.
"""

from __future__ import annotations

import gc
import resource
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Self

from crawler.discover import read_source
from crawler.extract import Template, extract
from crawler.values import Extraction, SourceKind, SourceRead

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

# Below, the worst page that was found took 2 s and 120 MB; no article of 1,043 saved from news sites of
# 24 languages was larger than 2.3 MB, 24 were larger than this.
HEAVY: Final = 1_000_000  # bytes
_GZIP: Final = b"\x1f\x8b"
_DEFLATED: Final = 1_032  # times as large as it is packed a body can be (zlib's limit)
MEMORY: Final = 450_000_000  # bytes of address space, of which 10 MB take less than half
SECONDS: Final = 30  # of CPU; 10 MB take 1 at most
_NO_MEMORY: Final = 3  # the status that says so
PATIENCE: Final = 120.0  # seconds by the clock, on a machine that does something else

FATAL: Final = "reading it ended the process that reads"

_Read = Callable[..., Extraction | SourceRead]


class Reader:
    """Reads pages and sources. Close it, or use it as a context manager; one thread at a time."""

    def __init__(self, *, heavy: int = HEAVY, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self._heavy = heavy
        self._limits = (memory, seconds)
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that reads apart, where there is one."""
        return self._process.pid if self._process is not None else None

    def page(
        self,
        body: bytes,
        *,
        url: str,
        content_type: str | None = None,
        template: Template | None = None,
        explain: bool = False,
        wary: bool = False,
    ) -> Extraction:
        """As `extract` reads it; apart in any case where `wary`."""
        if len(body) <= self._heavy and not wary:
            return extract(body, url=url, content_type=content_type, template=template, explain=explain)
        given = {"url": url, "content_type": content_type, "template": template, "explain": explain}
        found = self._apart(extract, body, given)
        return found if isinstance(found, Extraction) else Extraction(article=None, unreadable=str(found))

    def source(self, body: bytes, *, url: str, content_type: str | None) -> SourceRead:
        """As `read_source` reads it."""
        plain = len(body) * _DEFLATED if body.startswith(_GZIP) else len(body)
        if plain <= self._heavy:
            return read_source(body, url=url, content_type=content_type)
        found = self._apart(read_source, body, {"url": url, "content_type": content_type})
        if isinstance(found, SourceRead):
            return found
        return SourceRead(kind=SourceKind.UNKNOWN, trouble=f"{found}; not read")

    def close(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._pipe = self._process = None

    def _apart(self, read: _Read, body: bytes, given: dict[str, Any]) -> Extraction | SourceRead | str:
        """What the process makes of it; in words why it did not."""
        if self._process is None or not self._process.is_alive():
            self.close()
            self._start()
        assert self._pipe is not None
        try:
            self._pipe.send((read, body, given))
            if self._pipe.poll(PATIENCE):
                found: Extraction | SourceRead = self._pipe.recv()
                return found
            why = f"too heavy: reading it takes more than {PATIENCE:.0f} seconds"
        except (EOFError, ConnectionError):
            why = self._death()
        self.close()
        return why

    def _start(self) -> None:
        import multiprocessing  # loaded where a page is heavy: few are

        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, *self._limits), daemon=True)
        self._process.start()
        there.close()
        self._pipe = here

    def _death(self) -> str:
        assert self._process is not None
        self._process.join(PATIENCE)
        memory, seconds = self._limits
        if self._process.exitcode == -signal.SIGXCPU:
            return f"too heavy: reading it takes more than {seconds} seconds of CPU"
        if self._process.exitcode == _NO_MEMORY:
            return f"too heavy: reading it takes more than {memory // 1_000_000} MB"
        return f"{FATAL} (status {self._process.exitcode})"


def _serve(pipe: Connection, memory: int, seconds: int) -> None:
    """The process: one task after the other, until the round is over or a limit ends it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # they end the round, which ends this
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            read, body, given = pipe.recv()
        except (EOFError, ConnectionError):
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        allowed = int(used.ru_utime + used.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, most))
        try:
            pipe.send(read(body, **given))
        except MemoryError:
            raise SystemExit(_NO_MEMORY) from None
        del body
        gc.collect()  # a page's tree is a cycle; few objects may hold much
