"""Backup and restore: the same store to the byte, or a refusal that changes nothing."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import struct
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup import back_up, restore
from storage.compression import zstd
from storage.errors import BackupError, ForeignStoreError, StoreBusyError, StoreError
from storage.store import Store

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)


def url_of(folder: Path, name: str = "iomwatch.db") -> str:
    return f"sqlite:///{folder}/{name}"


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection, connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.fixture
def stored(tmp_path: Path) -> str:
    """A store with a few rows and bodies."""
    with Store.open(url_of(tmp_path), create=True) as store, store.write() as session:
        session.sources.add_site("iom", NOW)
        for number in range(20):
            session.bodies.put(random.Random(number).randbytes(3_000))
    return url_of(tmp_path)


@pytest.fixture
def backup(stored: str, tmp_path: Path) -> Path:
    target = tmp_path / "store.backup"
    assert back_up(stored, target) == target.stat().st_size
    return target


def test_what_is_restored_is_what_was_backed_up(stored: str, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    done = restore(backup, url_of(tmp_path / "new"), NOW, overwrite=False)
    assert (done.aside, done.faults) == (None, ())
    assert dump(done.path) == dump(tmp_path / "iomwatch.db")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["iomwatch.db", "iomwatch.db.lock"]
    with Store.open(url_of(tmp_path / "new")) as store, store.lock(), store.write() as session:
        session.sources.add_site("another", NOW)


def test_a_backup_is_one_moment_while_runs_go_on(stored: str, tmp_path: Path) -> None:
    done = threading.Event()

    def writing() -> None:
        with Store.open(stored) as store:
            number = 0
            while not done.is_set():
                with store.write(durable=False) as session:
                    session.sources.add_site(f"a{number}", NOW)
                    session.sources.add_site(f"b{number}", NOW)
                number += 1

    writer = threading.Thread(target=writing)
    writer.start()
    try:
        for number in range(5):
            back_up(stored, tmp_path / f"{number}.backup")
    finally:
        done.set()
        writer.join()
    for number in range(5):
        url = url_of(tmp_path, f"{number}.db")
        assert restore(tmp_path / f"{number}.backup", url, NOW, overwrite=False).faults == ()
        with Store.open(url) as store, store.read() as session:
            assert len(session.sources.sites()) % 2 == 1  # "iom", and each pair whole


def test_a_restore_overwrites_nothing_unless_told(stored: str, backup: Path, tmp_path: Path) -> None:
    with Store.open(stored) as store, store.write() as session:
        session.sources.add_site("later", NOW)
    later = dump(tmp_path / "iomwatch.db")
    with pytest.raises(BackupError, match="--overwrite"):
        restore(backup, stored, NOW, overwrite=False)
    assert dump(tmp_path / "iomwatch.db") == later
    done = restore(backup, stored, NOW, overwrite=True)
    assert done.aside is not None
    assert dump(done.aside) == later
    with Store.open(stored) as store, store.read() as session:
        assert [site.name for site in session.sources.sites()] == ["iom"]


def test_what_a_killed_run_left_in_its_log_is_set_aside_with_the_store(
    stored: str, backup: Path, tmp_path: Path
) -> None:
    child = os.fork()
    if not child:
        with Store.open(stored).write() as session:
            session.sources.add_site("late", NOW)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert (tmp_path / "iomwatch.db-wal").stat().st_size > 0
    done = restore(backup, stored, NOW, overwrite=True)
    assert done.aside is not None
    assert any("'late'" in line for line in dump(done.aside))
    assert not any("'late'" in line for line in dump(done.path))


def test_a_store_that_is_no_database_any_more_can_be_replaced(
    stored: str, backup: Path, tmp_path: Path
) -> None:
    path = tmp_path / "iomwatch.db"
    whole = dump(path)
    path.write_bytes(b"\0" * 5_000)
    with pytest.raises(ForeignStoreError):
        Store.open(stored)
    done = restore(backup, stored, NOW, overwrite=True)
    assert dump(path) == whole
    assert done.aside is not None
    assert done.aside.read_bytes() == b"\0" * 5_000


def test_a_store_in_use_is_not_replaced(stored: str, backup: Path) -> None:
    with Store.open(stored) as store:
        with store.lock(), pytest.raises(StoreBusyError):
            restore(backup, stored, NOW, overwrite=True)
        with store.read() as session:
            session.sources.sites()
            with Store.open(stored) as other, other.write() as writing:
                writing.sources.add_site("x", NOW)
            with pytest.raises(StoreBusyError, match="using it"):
                restore(backup, stored, NOW, overwrite=True)


def test_another_programs_database_is_not_replaced(backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(ForeignStoreError):
        restore(backup, url_of(tmp_path, "other.db"), NOW, overwrite=True)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def longer(data: bytes) -> bytes:
    return data + b"\0"


def without_end(data: bytes) -> bytes:
    return data[:-1]


def swapped(data: bytes) -> bytes:
    """Another database under this one's seal."""
    length = struct.unpack("<II", data[:8])[1]
    return data[: 8 + length] + zstd.compress(b"SQLite format 3\0" + bytes(4_080))


def bomb(data: bytes) -> bytes:
    length = struct.unpack("<II", data[:8])[1]
    return data[: 8 + length] + zstd.compress(bytes(200_000_000), 19)


def traversal(data: bytes) -> bytes:
    seal = b"iomwatch backup 1 ../../../etc/cron.d/x " + b"0" * 64 + b"\n"
    return struct.pack("<II", 0x184D2A57, len(seal)) + seal + data[100:]


@pytest.mark.parametrize(
    "tampered", [cut, longer, without_end, swapped, bomb, traversal, lambda data: b"", lambda data: b"PK\3\4"]
)
def test_a_backup_that_is_not_whole_is_refused(
    backup: Path, tmp_path: Path, tampered: Callable[[bytes], bytes]
) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(tampered(backup.read_bytes()))
    (tmp_path / "new").mkdir()
    with pytest.raises(BackupError):
        restore(bad, url_of(tmp_path / "new"), NOW, overwrite=True)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["iomwatch.db.lock"]


def test_no_flipped_byte_of_a_backup_restores_another_store(
    stored: str, backup: Path, tmp_path: Path
) -> None:
    data, draw = backup.read_bytes(), random.Random(1)
    truth = dump(tmp_path / "iomwatch.db")
    refused = 0
    for place in [*range(0, 110, 3), *(draw.randrange(len(data)) for _ in range(30))]:
        flipped = bytearray(data)
        flipped[place] ^= draw.randrange(1, 256)
        bad = tmp_path / "bad"
        bad.write_bytes(flipped)
        try:
            restore(bad, url_of(tmp_path, "new.db"), NOW, overwrite=True)
        except BackupError:
            refused += 1
        else:  # bits that mean nothing to zstd: the database is to the byte what it was
            assert dump(tmp_path / "new.db") == truth
    assert refused > 60


def sealed(database: bytes) -> bytes:
    """A backup as a forger makes it, who knows how they are sealed."""
    seal = f"iomwatch backup 1 {len(database)} {hashlib.sha256(database).hexdigest()}\n".encode()
    return struct.pack("<II", 0x184D2A57, len(seal)) + seal + zstd.compress(database)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("CREATE TRIGGER x AFTER INSERT ON page BEGIN DELETE FROM event; END", "triggers"),
        ("CREATE VIEW x AS SELECT 1", "views"),
        ("CREATE TABLE stranger (x)", "stranger"),
        ("PRAGMA application_id=1", "another program"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer"),
    ],
)
def test_a_forged_backup_brings_no_code_and_no_other_program(
    stored: str, tmp_path: Path, statement: str, says: str
) -> None:
    path = tmp_path / "iomwatch.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)
    connection.close()
    forged = tmp_path / "forged"
    forged.write_bytes(sealed(path.read_bytes()))
    with pytest.raises(BackupError, match=says):
        restore(forged, url_of(tmp_path, "new.db"), NOW, overwrite=False)
    assert not (tmp_path / "new.db").exists()


def test_a_backup_of_a_store_with_a_damaged_body_says_so_and_is_restored(stored: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "iomwatch.db")) as connection, connection:
        connection.execute("UPDATE body SET data = x'00' WHERE hash = (SELECT min(hash) FROM body)")
    connection.close()
    back_up(stored, tmp_path / "store.backup")
    done = restore(tmp_path / "store.backup", url_of(tmp_path, "new.db"), NOW, overwrite=False)
    assert [fault.kind for fault in done.faults] == ["body"]


def test_a_backup_takes_the_place_of_a_backup_only(stored: str, backup: Path, tmp_path: Path) -> None:
    back_up(stored, backup)
    assert [path.name for path in backup.parent.glob(f"*{backup.name}*")] == [backup.name]
    mine = tmp_path / "thesis.txt"
    mine.write_text("mine")
    with pytest.raises(BackupError, match="no backup"):
        back_up(stored, mine)
    assert mine.read_text() == "mine"
    left = {path.name for path in tmp_path.iterdir()}
    assert not any(name.endswith((".tmp", ".db")) and name.startswith(".") for name in left)


def test_a_damaged_store_does_not_replace_a_good_backup(stored: str, backup: Path, tmp_path: Path) -> None:
    before, path = backup.read_bytes(), tmp_path / "iomwatch.db"
    data = bytearray(path.read_bytes())
    data[4_096 : 4_096 + 200] = b"\xff" * 200  # the root of a table
    path.write_bytes(data)
    with pytest.raises(StoreError):
        back_up(stored, backup)
    assert backup.read_bytes() == before


def test_a_database_that_is_gone_is_not_made_anew_over_its_log(stored: str, tmp_path: Path) -> None:
    (tmp_path / "iomwatch.db").unlink()
    (tmp_path / "iomwatch.db-wal").write_bytes(b"what was written last")
    with pytest.raises(StoreError, match="is gone"):
        Store.open(stored, create=True)
    assert (tmp_path / "iomwatch.db-wal").read_bytes() == b"what was written last"


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="pg_dump"):
        back_up("postgresql://localhost/x", tmp_path / "x")
    with pytest.raises(BackupError, match="pg_restore"):
        restore(tmp_path / "x", "postgresql://localhost/x", NOW, overwrite=True)
