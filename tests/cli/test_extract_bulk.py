"""`iomwatch extract --jsonl`: a line for a line, in order, whatever the line holds and however it ends."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.cli.extract_bulk import answer, answers, lines
from tests.cli.command import iomwatch
from tests.cycle.watch import release

ENOUGH = 24  # pages after which two processes must have given the first answer, however slowly one began
TITLES = ["Bridge Reopens", "School Opens Its Doors", "Clinic Moves to Higher Ground", "Well Runs Again"]


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def page(number: int) -> bytes:
    title = TITLES[number % len(TITLES)]
    return line(id=number, url=f"https://iom.example/news/{number}", html=release(title))


def read(out: bytes | str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in out.strip().splitlines()]


@pytest.mark.parametrize("jobs", ["1", "2", "0"])
def test_a_line_out_for_a_line_in_in_the_same_order(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b"".join(map(page, range(24))))
    done = iomwatch("extract", "--jsonl", "pages.jsonl", "--jobs", jobs, folder=tmp_path)
    assert (done.status, done.err) == (0, "")
    told = read(done.out)
    assert [each["id"] for each in told] == list(range(24))
    assert [each["title"] for each in told] == [TITLES[number % len(TITLES)] for number in range(24)]


def test_the_fields_are_those_of_one_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(release("Bridge Reopens"), encoding="utf-8")
    one = json.loads(iomwatch("extract", "page.html", "--json", folder=tmp_path).out)
    done = iomwatch("extract", "--jsonl", "-", folder=tmp_path, stdin=line(id="a", html=release(TITLES[0])))
    assert read(done.out) == [{"id": "a"} | one]
    assert one["text"].startswith("Blantyre") or one["text"]


def test_notes_and_sources_of_dates_are_told_in_json_and_never_within_the_text(tmp_path: Path) -> None:
    html = release("Bridge Reopens").replace("<p>", "<p>RÃ©fugiÃ©s, â€œdit-ilâ€\x9d. ", 1)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    told = read(answer(line(id="a", html=html)))[0]
    assert [note[:30] for note in told["notes"]] == ["the text looks wrongly encoded"]
    assert {"published_source", "modified_source"} <= set(told)
    alone = iomwatch("extract", "page.html", folder=tmp_path)
    assert told["notes"][0] in alone.err
    assert told["notes"][0] not in alone.out


BAD = {
    b"nonsense": (None, "no JSON"),
    b"[1, 2]": (None, "no JSON object"),
    b"{}": (None, "`html` is missing"),
    b'{"id": 7, "html": null}': (7, "`html` is no string"),
    b'{"id": "x", "html": "<p>", "url": 5}': ("x", "`url` is no string"),
    b'{"id": [1], "html": "<p>"}': (None, "`id`"),
    b'{"id": true, "html": "<p>"}': (None, "`id`"),
    b'{"id": "\xff", "html": ""}': (None, "not in UTF-8"),
    b'{"id": "e", "html": ""}': ("e", "empty"),
    b'{"id": "t", "html": "<title>Page not found</title><h1>Page not found</h1>"}': ("t", "unreadable"),
    b'{"id": "d", "html": "' + b"<div>" * 50_000 + b'"}': ("d", "unreadable"),
    b"[" * 200_000: (None, "too deep"),
    b'{"id": ' + b"9" * 5_000 + b"}": (None, "no JSON"),
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_cannot_be_read_is_an_answer_too_and_the_stream_goes_on(tmp_path: Path, jobs: str) -> None:
    given_lines = b"\r\n".join([*BAD, b"", page(1)])
    done = iomwatch("extract", "--jsonl", "-", "--jobs", jobs, folder=tmp_path, stdin=given_lines)
    assert (done.status, done.err) == (0, "")
    *bad, good = read(done.out)
    assert good["title"] == TITLES[1]
    for each, (identity, reason) in zip(bad, BAD.values(), strict=True):
        assert set(each) == {"id", "error"}
        assert each["id"] == identity
        assert reason in each["error"]


def test_a_line_that_is_too_long_is_left_out_whole() -> None:
    stream = io.BytesIO(b"12345678\n" + b"x" * 30 + b"\n\n123456789\n" + b"y" * 40)
    assert list(lines(stream, longest=8)) == [b"12345678", None, None, None]
    assert b"a line of more than" in answer(None)


def test_surrogates_are_joined_or_replaced() -> None:
    html = release("Bridge \ud83d\ude00 \ud800 Reopens")
    told = answer(json.dumps({"id": "\udfff", "html": html}).encode()).decode("utf-8")
    assert json.loads(told)["title"] == "Bridge \N{GRINNING FACE} \N{REPLACEMENT CHARACTER} Reopens"


def test_no_claim_of_an_encoding_is_believed_for_what_is_text_already() -> None:
    html = release("Überfahrt").replace("<head>", '<head><meta charset="iso-2022-jp">')
    assert "iso-2022-jp" in html
    assert read(answer(line(id=1, html=html)))[0]["title"] == "Überfahrt"


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none()
        | st.booleans()
        | st.floats()
        | st.integers()
        | st.text(st.characters(exclude_categories=())),
        lambda inner: st.dictionaries(st.sampled_from(["id", "url", "html", "x"]), inner, max_size=4),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_line_has_one_answer(given_line: bytes) -> None:
    told = answer(given_line)
    assert told.count(b"\n") == 1
    data = json.loads(told)
    assert "id" in data
    assert "error" in data or isinstance(data["text"], str)


class Endless:
    """A stream of pages that never ends; says how many were read."""

    def __init__(self) -> None:
        self.read = 0

    def readline(self, size: int) -> bytes:
        self.read += 1
        return page(self.read)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stream_without_end_is_read_no_further_than_it_is_answered(jobs: int) -> None:
    stream = Endless()
    told = answers(cast(BinaryIO, stream), jobs)
    assert [json.loads(each)["id"] for each in islice(told, 50)] == list(range(1, 51))
    told.close()
    assert 50 <= stream.read <= 50 + 8 * jobs + 1


# ── learning ────────────────────────────────────────────────────────────────────────────────────

STANDING = "Give us your view: the city asks its readers which of the old bridges should be lit at night."


def sibling(number: int) -> bytes:
    """A page of one site; the same passage stands before the text of each, in no box that tells it apart."""
    said = " ".join(f"On day {number} the crews of team {number} cleared road {number}{n}." for n in range(9))
    own = "".join(f"<p>{said} This is passage {n} of report {number}.</p>" for n in range(4))
    html = f"<title>Report {number}</title><body><div><h1>Report {number}</h1><p>{STANDING}</p>{own}</div>"
    return line(id=number, url=f"https://city.example/news/{number}", html=html)


def texts(*, learn: bool, numbers: range) -> list[str]:
    stream = io.BytesIO(b"".join(map(sibling, numbers)))
    return [json.loads(told).get("text", "") for told in answers(stream, 1, learn=learn)]


def test_pages_are_read_alone_unless_learning_is_asked_for() -> None:
    assert texts(learn=False, numbers=range(8))[7:] == texts(learn=False, numbers=range(7, 8))


def test_the_first_page_is_read_as_if_alone_and_later_ones_know_their_site() -> None:
    alone, learning = (texts(learn=learn, numbers=range(8)) for learn in (False, True))
    assert learning[0] == alone[0]
    assert [text.count("This is passage") for text in learning] == [4] * 8
    assert [STANDING in text for text in alone] == [True] * 8
    assert STANDING not in learning[7]


# ── how it ends ─────────────────────────────────────────────────────────────────────────────────


class Running:
    """`iomwatch extract --jsonl -` at work, with its standard input held open."""

    def __init__(self, jobs: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", "extract", "--jsonl", "-", "--jobs", str(jobs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin, self.stdout = self.process.stdin, self.process.stdout

    def send(self, count: int) -> None:
        with suppress(BrokenPipeError):
            for number in range(count):
                self.stdin.write(page(number))
            self.stdin.flush()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.stdin, self.stdout, self.process.stderr):
            with suppress(BrokenPipeError):
                if stream is not None:
                    stream.close()

    def end(self) -> tuple[int, str]:
        """Exit status and standard error."""
        with suppress(BrokenPipeError):
            self.stdin.close()
        assert self.process.stderr is not None
        errors = self.process.stderr.read().decode()
        return self.process.wait(60), errors

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        found = [int(child) for child in children.read_text().split()]
        return [pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture(params=[1, 2])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    with closing(Running(request.param)) as started:
        yield started


def test_one_process_answers_each_line_as_it_comes() -> None:
    with closing(Running(1)) as running:
        for number in range(3):
            running.stdin.write(page(number))
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == number
        assert running.end() == (0, "")


def test_a_closed_pipe_ends_it_quietly(running: Running) -> None:
    running.send(ENOUGH)
    running.stdout.readline()
    running.stdout.close()
    running.send(400)
    status, errors = running.end()
    assert (status, errors) == (0, "")


def test_ctrl_c_ends_it_cleanly(running: Running) -> None:
    running.send(ENOUGH)
    running.stdout.readline()
    workers = running.workers()
    os.killpg(running.process.pid, signal.SIGINT)
    status, errors = running.end()
    assert status == 1
    assert errors.strip() == "Aborted!"
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="the system does not tell a process's children"
)
def test_a_process_that_dies_is_told_and_ends_it() -> None:
    with closing(Running(2)) as running:
        running.send(ENOUGH)
        running.stdout.readline()
        os.kill(running.workers()[0], signal.SIGKILL)
        running.send(40)
        status, errors = running.end()
        assert status == 70
        assert "died" in errors
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    "arguments",
    [
        ("--jsonl", "none.jsonl"),
        ("--jsonl", "."),
        ("--jsonl", "https://iom.example/"),
        ("--jsonl", "-", "--explain"),
        ("--jsonl", "-", "--format", "html"),
        ("--jobs", "2", "-"),
        ("--learn", "-"),
        ("--jsonl", "-", "--learn", "--jobs", "2"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = iomwatch("extract", *arguments, folder=tmp_path)
    assert done.status == 2
    assert "Traceback" not in done.err
