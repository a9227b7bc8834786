"""`iomwatch extract --jsonl`: a page a line in, an article a line out, in the same order, in bounded memory.

Nothing is fetched, and nothing learned from one page for another unless asked for (`extract_learning`). A
line that cannot be read is answered with an `error`; a process that dies ends the whole, with words and a
status.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, BinaryIO, NoReturn

from crawler.cli.extract_formats import fields
from crawler.cli.extract_learning import Pupil
from crawler.errors import CrashError
from crawler.extract import extract

LONGEST = 64 * 1024 * 1024  # bytes of a line; no page comes near
NOWHERE = "https://page.invalid/"  # what links are relative to, where a line names no address
_AHEAD = 8  # answers a process may be ahead of the one that is waited for
_BOM = b"\xef\xbb\xbf"  # says UTF-8 before any <meta> can say otherwise (WHATWG HTML, 13.2.3.2)


class _BadLineError(Exception):
    """A line that holds no page; carries what it can be answered with."""

    def __init__(self, reason: str, identity: str | int | None = None) -> None:
        super().__init__(reason)
        self.identity = identity


def lines(stream: BinaryIO, longest: int = LONGEST) -> Iterator[bytes | None]:
    """The lines of `stream` without their ends, empty ones left out; None for one that is too long."""
    while line := stream.readline(longest + 1):
        if len(line) > longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(longest)
            yield None
        elif line := line.strip(b" \t\r\n"):
            yield line


def answer(line: bytes | None, pupil: Pupil | None = None) -> bytes:
    """What is written for a line of `lines`: one line of JSON in UTF-8. A pupil learns from page to page."""
    try:
        identity, url, html = _page(line)
    except _BadLineError as bad:
        return _line({"id": bad.identity, "error": f"no page: {bad}"})
    body = _BOM + html if html else b""
    reading = extract(body, url=url or NOWHERE) if pupil is None else pupil.read(body, url, NOWHERE)
    if reading.article is None:
        return _line({"id": identity, "error": f"unreadable: {reading.unreadable}"})
    return _line({"id": identity, **fields(reading)})


def answers(stream: BinaryIO, jobs: int, *, learn: bool = False) -> Generator[bytes, None, None]:
    """An answer for each line of `stream`, in order. `jobs`: how many processes, 0 for one a core; what
    learns is one process, for which page comes before which must not depend on who is quicker."""
    jobs = jobs or cores()
    if learn or jobs == 1:
        pupil = Pupil() if learn else None
        yield from (answer(line, pupil) for line in lines(stream))
    else:
        yield from _in_processes(lines(stream), jobs)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _page(line: bytes | None) -> tuple[str | int | None, str | None, bytes]:
    """A line's id, address and HTML. Raises _BadLineError."""
    if line is None:
        raise _BadLineError(f"a line of more than {LONGEST} bytes")
    data = _object(line)
    identity, url, html = data.get("id"), data.get("url"), data.get("html")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        raise _BadLineError("`id` is no string and no whole number")
    if not isinstance(html, str):
        raise _BadLineError("`html` is no string" if "html" in data else "`html` is missing", identity)
    if not isinstance(url, str | None):
        raise _BadLineError("`url` is no string", identity)
    return identity, _well_formed(url).decode() if url else None, _well_formed(html)


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.removeprefix(_BOM).decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        raise _BadLineError("not in UTF-8") from None
    except RecursionError:
        raise _BadLineError("nested too deep") from None
    except ValueError as error:  # no JSON, or a number longer than Python reads
        raise _BadLineError(f"no JSON: {str(error)[:200]}") from None
    if not isinstance(data, dict):
        raise _BadLineError("no JSON object")
    return data


def _well_formed(text: str) -> bytes:
    """`text` in UTF-8; halves of surrogate pairs are joined, and lone ones replaced."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _line(data: dict[str, object]) -> bytes:
    return _well_formed(json.dumps(data, ensure_ascii=False, separators=(",", ":"))) + b"\n"


# ── many processes ──────────────────────────────────────────────────────────────────────────────


def _in_processes(pages: Iterable[bytes | None], jobs: int) -> Iterator[bytes]:
    """As `map(answer, pages)`, by `jobs` processes that hold one line each. Raises CrashError when one dies.

    Each process has a pipe of its own and is written to only while it waits, so that no two ever wait for
    each other; a pipe that closes says that its process is dead.
    """
    workers = _start(jobs)
    idle, busy = [pipe for _, pipe in workers], dict[Any, int]()
    done: dict[int, bytes] = {}
    told = 0
    try:
        for number, page in enumerate(pages):
            while not idle or number - told >= _AHEAD * jobs:
                _collect(busy, idle, done)
                while told in done:
                    yield done.pop(told)
                    told += 1
            if page is None:
                done[number] = answer(page)
                continue
            pipe = idle.pop()
            _send(pipe, page)
            busy[pipe] = number
        while busy or done:
            while told in done:
                yield done.pop(told)
                told += 1
            if busy:
                _collect(busy, idle, done)
    finally:
        for process, pipe in workers:
            pipe.close()
            process.terminate()
            process.join()


def _start(jobs: int) -> list[tuple[BaseProcess, Connection]]:
    """Processes that wait for lines. They are deaf to Ctrl-C from the first instant: the caller ends them."""
    context = multiprocessing.get_context("spawn")  # the same on all systems; inherits no open file
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        started: list[tuple[BaseProcess, Connection]] = []
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            started.append((process, ours))
        return started
    finally:
        signal.signal(signal.SIGINT, before)


def _work(pipe: Connection) -> None:
    """Answer lines until there are no more."""
    while True:
        try:
            line = pipe.recv_bytes()
        except EOFError:
            return
        pipe.send_bytes(answer(line))


def _send(pipe: Connection, line: bytes) -> None:
    try:
        pipe.send_bytes(line)
    except OSError:
        _crashed()


def _collect(busy: dict[Any, int], idle: list[Connection], done: dict[int, bytes]) -> None:
    """Wait for at least one answer, and take those that are there."""
    for pipe in wait(list(busy)):
        assert isinstance(pipe, Connection)
        try:
            done[busy[pipe]] = pipe.recv_bytes()
        except (EOFError, OSError):
            _crashed()
        del busy[pipe]
        idle.append(pipe)


def _crashed() -> NoReturn:
    raise CrashError("a process that reads pages died: it was killed, or there was not memory enough for it")
