"""Files and folders that may not be written: named for a person to mend, and read where they can be."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.demo import INCLUDE, SOURCES, START, Server
from storage import permissions
from storage.errors import StoreBusyError
from tests.cli.command import Done, bound, iomwatch

READERS = (
    ("status", "--json"),
    ("events", "--json"),
    ("verify", "--read-data"),
    ("replay",),
    ("outbox", "list"),
    ("run", "--dry-run"),
)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a configuration and a store that one round filled."""
    folder = tmp_path_factory.mktemp("watched")
    with Server(now=START) as server:
        configure(folder, server.base_url)
        done = iomwatch("run", "--now", START.isoformat(), folder=folder)
        assert done.status == 0, done.err
        yield folder


def configure(folder: Path, base: str = "") -> None:
    """A watch over the demo's site, or one that has no source to ask."""
    sources, include = (json.dumps(list(each) if base else []) for each in (SOURCES, INCLUDE))
    (folder / "config.toml").write_text(
        f"""\
[store]
url = "sqlite:///data/iomwatch.db"
[fetch]
user_agent = "iomwatch/0.1 (+test@example.org)"
min_delay = 0
allow_private = ["127.0.0.1"]
[[site]]
name = "demo"
base_url = "{base or "http://127.0.0.1:9"}"
watch = ["/"]
sources = {sources}
include = {include}
"""
    )
    (folder / "data").mkdir()


@pytest.fixture
def guarded(watched: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it in which nobody may write to the store."""
    shutil.copytree(watched, tmp_path, dirs_exist_ok=True)
    data = tmp_path / "data"
    for path in data.iterdir():
        path.chmod(0o444)
    data.chmod(0o555)
    yield tmp_path
    data.chmod(0o755)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def of_the_store(done: Done) -> str:
    return next(line for line in done.out.splitlines() if " store: " in line)


def test_a_folder_that_is_not_there_is_no_store_to_be(tmp_path: Path) -> None:
    configure(tmp_path)
    (tmp_path / "data").rmdir()
    told = iomwatch("run", folder=tmp_path)
    found = of_the_store(iomwatch("check", folder=tmp_path))
    assert told.status == 2
    assert found == f"PROBLEM store: {told.err.removeprefix('iomwatch: ').strip()}"
    assert "does not exist; make it" in found


def test_a_folder_that_may_not_be_written_is_said_by_check_as_by_run(tmp_path: Path) -> None:
    configure(tmp_path)
    data = tmp_path / "data"
    before = bound()
    assert of_the_store(iomwatch("check", folder=tmp_path, before=before)).startswith("ok ")
    for mode in (0o555, 0o000):
        data.chmod(mode)
        told = iomwatch("run", folder=tmp_path, before=before)
        found = of_the_store(iomwatch("check", folder=tmp_path, before=before))
        data.chmod(0o755)
        assert told.status == 2
        assert found == f"PROBLEM store: {told.err.removeprefix('iomwatch: ').strip()}"
        assert f"the user {data.owner()} may not enter and write to {data}; give it that right" in found
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("name", ["iomwatch.db", "iomwatch.db.lock"])
def test_a_file_of_the_store_that_may_not_be_written_is_no_matter_of_later(
    watched: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(watched, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "data" / name
    path.touch()
    path.chmod(0o444)
    for command in (("run", "--all"), ("outbox", "drop", "1")):
        done = iomwatch(*command, folder=tmp_path, before=bound())
        assert done.status == 2, done
        assert f"may not read and write {path}; give it that right" in done.err


def test_what_only_reads_reads_a_store_that_may_not_be_written(watched: Path, guarded: Path) -> None:
    left = files(guarded)
    for command in READERS:
        done = iomwatch(*command, folder=guarded, before=bound())
        assert done.status == 0, done
        assert done == iomwatch(*command, folder=watched)
    kept = iomwatch("backup", str(guarded / "kept"), folder=guarded, before=bound())
    assert kept.status == 0, kept.err
    (guarded / "kept").unlink()
    for writer in (["run"], ["outbox", "drop", "1"], ["verify", "--repair"]):
        done = iomwatch(*writer, folder=guarded, before=bound())
        assert done.status == 2, done
        assert f"write to {guarded / 'data'}; give it that right" in done.err
    assert of_the_store(iomwatch("check", folder=guarded, before=bound())).startswith("PROBLEM")
    assert files(guarded) == left


def test_a_log_that_cannot_be_read_in_is_not_passed_over(guarded: Path) -> None:
    data = guarded / "data"
    data.chmod(0o755)
    (data / "iomwatch.db-wal").write_bytes(b"written last")
    data.chmod(0o555)
    done = iomwatch("status", folder=guarded, before=bound())
    assert done.status == 2
    assert f"write to {data}; give it that right" in done.err


def test_a_still_file_that_changes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "iomwatch.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE note (words TEXT)")
        unchanged = permissions.still(path)
        unchanged()
        connection.execute("CREATE TABLE other (words TEXT)")
    with pytest.raises(StoreBusyError, match="while it was read"):
        unchanged()


def test_a_backup_where_nothing_may_be_written_is_no_matter_of_later(watched: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = iomwatch("backup", str(tmp_path / "kept"), folder=watched, before=bound())
    tmp_path.chmod(0o755)
    assert done.status == 2, done
    assert f"write to {tmp_path}; give it that right" in done.err
