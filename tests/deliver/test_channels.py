"""Letters as files, on the terminal, and to channels that do not exist."""

from __future__ import annotations

import errno
import io
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.deliver import Channels, deliver, probe
from crawler.deliver.folder import file_name
from crawler.values import Delivered, Delivery, Letter
from tests.deliver.test_mail import LETTER

NEWER = replace(
    LETTER, message_id="<2@x>", created_at=LETTER.created_at + timedelta(days=1),
    html="<html><head><title>IOM: 1 &lt;b&gt; &amp; more</title></head></html>",
)  # fmt: skip


def give(letter: Letter, to: str, root: Path) -> Delivery:
    return deliver(letter, to, Channels(root=root))


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_letter_becomes_two_files_and_an_index(tmp_path: Path) -> None:
    delivery = give(LETTER, "file:digests/", tmp_path)
    name = file_name(LETTER)
    folder = tmp_path / "digests"
    assert delivery == Delivery(outcome=Delivered.SENT, detail=str(folder / f"{name}.html"))
    assert name.startswith("20260304T060000Z-daily-")
    assert listing(folder) == [
        f"{name}.html", f"{name}.json", f"{name}.txt", "atom.xml", "feed.json", "index.html"
    ]  # fmt: skip
    assert (folder / f"{name}.html").read_text("utf-8") == LETTER.html
    assert (folder / f"{name}.txt").read_text("utf-8") == LETTER.text


def test_the_same_letter_again_is_not_a_second_copy(tmp_path: Path) -> None:
    give(LETTER, "file:digests/", tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "digests").iterdir()}
    assert give(LETTER, "file:digests", tmp_path).outcome is Delivered.SENT
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "digests").iterdir()} == before


def test_a_damaged_copy_is_written_again(tmp_path: Path) -> None:
    give(LETTER, "file:digests/", tmp_path)
    page = tmp_path / "digests" / f"{file_name(LETTER)}.html"
    page.write_text("half")
    give(LETTER, "file:digests/", tmp_path)
    assert page.read_text("utf-8") == LETTER.html


def test_the_index_lists_letters_newest_first_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "notes.html").write_text("<title>mine</title>")
    (folder / f"{file_name(replace(LETTER, message_id='<3@x>'))}.html").mkdir()
    for letter in (NEWER, LETTER):
        give(letter, "file:digests/", tmp_path)
    index = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
    links = [(a.text(), a.attributes["href"]) for a in index.css("li > a")]
    assert links == [("IOM: 1 <b> & more", f"{file_name(NEWER)}.html"), ("t", f"{file_name(LETTER)}.html")]
    assert index.css("li b") == []
    assert (folder / "notes.html").read_text() == "<title>mine</title>"


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_names_of_files_are_safe_whatever_the_digest_is_called(digest: str, message_id: str) -> None:
    name = file_name(replace(LETTER, digest=digest, message_id=message_id))
    assert len(name) < 80
    assert name.replace("-", "").isalnum()
    assert name.isascii()


def test_two_letters_of_one_second_stand_side_by_side(tmp_path: Path) -> None:
    give(LETTER, "file:.", tmp_path)
    give(replace(LETTER, message_id="<other@x>"), "file:.", tmp_path)
    assert len(list(tmp_path.glob("*.txt"))) == 2


@pytest.mark.parametrize("form", ["file:{}", "file://{}", "file://localhost{}", "FILE:{}/"])
def test_absolute_folders(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "a b"
    to = form.format(str(folder).replace(" ", "%20") if "//" in form else folder)
    assert give(LETTER, to, Path("/nonexistent")).outcome is Delivered.SENT
    assert (folder / "index.html").is_file()


@pytest.mark.parametrize(
    "to", ["file:", "file://server/share", "file:a\x00b", "slack:#x", "desk@example.org", "", "\r\n:"]
)
def test_what_is_no_channel_names_the_key_to_mend(tmp_path: Path, to: str) -> None:
    delivery = give(LETTER, to, tmp_path)
    assert delivery.outcome is Delivered.NEVER
    assert "\"to\" of the digest 'daily'" in delivery.detail
    assert probe(to, Channels(root=tmp_path))
    assert listing(tmp_path) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "digests").write_text("in the way")
    delivery = give(LETTER, "file:digests/", tmp_path)
    assert delivery.outcome is Delivered.LATER
    assert str(tmp_path / "digests") in delivery.detail
    assert str(tmp_path / "digests") in (probe("file:digests/", Channels(root=tmp_path)) or "")


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """What a full disk looks like to a writer: EFBIG in place of ENOSPC, at the same call."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 100, 4_000])
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, size: int) -> None:
    with no_file_longer_than(size):
        delivery = give(replace(LETTER, html="<title>long</title>" + "x" * 5_000), "file:digests/", tmp_path)
    assert delivery.outcome is Delivered.LATER
    assert os.strerror(errno.EFBIG) in delivery.detail
    assert str(tmp_path) in delivery.detail
    assert all(not name.endswith((".tmp", ".html")) for name in listing(tmp_path / "digests"))
    assert give(LETTER, "file:digests/", tmp_path).outcome is Delivered.SENT


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write anywhere")
    assert give(LETTER, "file:digests/", tmp_path).outcome is Delivered.LATER
    assert str(folder) in (probe("file:digests/", Channels(root=tmp_path)) or "")


def test_probe_of_a_good_folder_leaves_no_trace_in_it(tmp_path: Path) -> None:
    assert probe("file:digests/", Channels(root=tmp_path)) is None
    assert listing(tmp_path / "digests") == []
    assert probe("stdout:", Channels(root=tmp_path)) is None


def test_standard_output_gets_the_text(tmp_path: Path) -> None:
    with redirect_stdout(io.StringIO()) as out:
        assert give(LETTER, "stdout:", tmp_path).outcome is Delivered.SENT
    assert out.getvalue() == LETTER.text


def test_a_terminal_that_knows_only_ascii_still_gets_it(tmp_path: Path) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    with redirect_stdout(out):
        assert give(replace(LETTER, text="Genève\n"), "stdout:", tmp_path).outcome is Delivered.SENT
    assert raw.getvalue() == b"Gen?ve\n"


class FullDisk(io.StringIO):
    """An output that cannot be written out."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_closed_or_full_output_is_told_later(tmp_path: Path) -> None:
    closed = io.StringIO()
    closed.close()
    with redirect_stdout(closed):
        assert give(LETTER, "stdout:", tmp_path).outcome is Delivered.LATER
    with redirect_stdout(FullDisk()):
        delivery = give(LETTER, "stdout:", tmp_path)
    assert delivery == Delivery(outcome=Delivered.LATER, detail="standard output: No space left on device")
