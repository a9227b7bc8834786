"""Heavy pages are read in a process with limits: what ends it makes one page unreadable, and no more."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from crawler.cycle import apart
from crawler.cycle.apart import Reader
from crawler.demo import Answer, html_answer
from crawler.discover import read_source
from crawler.extract import Template, extract
from crawler.values import SourceKind
from tests.cycle.heavy import pages
from tests.cycle.watch import HOUR, T0, Watch, release, watching

URL = "https://www.iom.int/news/x"
PAGE = release("Bridge Reopens").encode()
LIST = b"<urlset>" + b"<url><loc>/news/a</loc></url>" * 30 + b"</urlset>"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One that reads all but the smallest apart, within tight limits: of 150 MB and two seconds."""
    with Reader(heavy=100, memory=150_000_000, seconds=2) as one:
        yield one


def heavy_list(entries: int) -> bytes:
    """A sitemap that takes memory: Chinese, so that a character takes two bytes, with much to mend."""
    return ("<urlset>" + "<url><loc>/news/a</loc>难民&</url>" * entries + "</urlset>").encode()


def test_small_pages_need_no_process() -> None:
    with Reader() as reader:
        assert reader.page(PAGE, url=URL) == extract(PAGE, url=URL)
        assert reader.source(LIST, url=URL, content_type=None) == read_source(LIST, url=URL)
        assert reader.pid is None


def test_what_is_read_apart_is_the_same_and_the_process_is_kept(reader: Reader) -> None:
    template = Template()
    found = reader.page(PAGE, url=URL, content_type="text/html", template=template, explain=True)
    assert found == extract(PAGE, url=URL, content_type="text/html", template=template, explain=True)
    first = reader.pid
    assert first is not None
    assert reader.source(LIST, url=URL, content_type=None) == read_source(LIST, url=URL)
    assert reader.pid == first


def test_too_much_memory_is_said_and_the_next_page_is_read(reader: Reader) -> None:
    read = reader.source(heavy_list(900_000), url=URL, content_type=None)
    assert read.kind is SourceKind.UNKNOWN
    assert read.trouble == "too heavy: reading it takes more than 150 MB; not read"
    assert reader.page(PAGE, url=URL).article is not None


def test_too_much_time_is_said() -> None:
    with Reader(memory=2_000_000_000, seconds=-1) as hasty:  # with what it takes to start, one in all
        found = hasty.page(b"<p>" + "a\u0301\u0316".encode() * 3_000_000, url=URL)
        assert found.unreadable == "too heavy: reading it takes more than -1 seconds of CPU"
        assert hasty.pid is None  # the next page has another


def test_a_process_that_dies_is_replaced(reader: Reader) -> None:
    reader.page(PAGE, url=URL)
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGKILL)
    os.waitid(os.P_PID, reader.pid, os.WEXITED | os.WNOWAIT)
    assert reader.page(PAGE, url=URL).article is not None


def test_signals_that_end_a_round_leave_the_page_to_it(reader: Reader) -> None:
    reader.page(PAGE, url=URL)
    assert reader.pid is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(reader.pid, number)
    assert reader.page(PAGE, url=URL).article is not None


def peak(pid: int) -> int:
    """MB that a process has taken at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1_024


def spent(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.faults
@pytest.mark.parametrize("as_source", [False, True], ids=["page", "source"])
def test_any_page_of_10_mb_takes_little(as_source: bool) -> None:
    most = (0.0, "")
    with Reader() as reader:
        reader.page(b"x" * 2_000_000, url=URL)
        assert reader.pid is not None
        pid = reader.pid
        for name, body in pages(10_000_000).items():
            before = spent(pid)
            if as_source:
                said = reader.source(body, url=URL, content_type="text/html").trouble
            else:
                said = reader.page(body, url=URL, template=Template()).unreadable
            assert reader.pid == pid, (name, said)  # no limit had to end it
            took = spent(pid) - before
            print(f"{name:40} {took:5.2f} s, {peak(pid)} MB so far: {said}")
            most = max(most, (took, name))
            assert took < 10, name
        assert peak(pid) < 250
    print(f"at most {most[0]:.2f} s ({most[1]})")


def test_a_round_with_a_heavy_page_reads_the_others(tmp_path: Path) -> None:
    """Above the bound, and readable; above the bound, and none; and a small one."""
    long = release("Long Report", head=f"<!--{'x' * apart.HEAVY}-->")
    huge = "<html><body>" + "<?x>" * 400_000
    with watching(
        tmp_path, {"/news/a": long, "/news/b": huge, "/news/c": release("Bridge Reopens")}
    ) as watch:
        watch.run(T0)
        assert watch.state("/news/a") == ("read", None)
        assert watch.state("/news/b")[0] == "blocked"
        assert "too many comments" in (watch.state("/news/b")[1] or "")
        assert watch.state("/news/c") == ("read", None)


def seen_apart(folder: Path, before: Callable[[Watch], None]) -> bool:
    """Whether a process that reads apart is there when the second page of a second round is asked for."""
    seen: list[bool] = []
    others = len(multiprocessing.active_children())

    def last(path: str, headers: Mapping[str, str]) -> Answer:
        seen.append(len(multiprocessing.active_children()) > others)
        return html_answer(release("Clinic Reaches the Hills"))

    with watching(folder, {"/news/a": release("Bridge Reopens"), "/news/b": last}) as watch:
        watch.run(T0)
        before(watch)
        watch.run(T0 + HOUR)
        assert watch.state("/news/a") == watch.state("/news/b") == ("read", None)
    assert len(seen) == 2
    assert not seen[0]
    return seen[1]


def unended(watch: Watch, count: int) -> None:
    with watch.store.write() as session:
        for _ in range(count):
            session.begin_round(T0)


def fatal(watch: Watch) -> None:
    with watch.store.write() as session:
        page = session.pages.find(1, f"{watch.server.base_url}/news/a")
        assert page is not None
        session.pages.update(
            page.id, state="blocked", trouble=f"{apart.FATAL} (status 1)", trouble_since=T0, etag=None
        )


def test_all_is_read_apart_after_rounds_that_crashed(tmp_path: Path) -> None:
    """What ended them may have been a page, which would end this one too."""
    assert seen_apart(tmp_path, lambda watch: unended(watch, 2))


def test_one_killed_round_is_no_crash(tmp_path: Path) -> None:
    assert not seen_apart(tmp_path, lambda watch: unended(watch, 1))


def test_a_page_that_ended_the_process_is_read_apart_from_then_on(tmp_path: Path) -> None:
    assert seen_apart(tmp_path, fatal)
