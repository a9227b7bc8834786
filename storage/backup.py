"""A store as one file and back: SQLite's online copy, compressed and sealed with its size and hash.

It is plain zstd (RFC 8878) with a skippable frame in front, so that `zstd -d` gives the database without this
program. It names no files: what a backup says can lead nowhere. PostgreSQL has its own tools.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from storage import permissions
from storage.bodies import LEVEL
from storage.compression import zstd
from storage.engine import file_lock, sqlite_path
from storage.errors import BackupError, ForeignStoreError, StoreBusyError, StoreError, StoreFullError
from storage.mark import APPLICATION_ID
from storage.rows import FaultRow
from storage.store import Store

_FRAME = struct.Struct("<II")
_SKIPPABLE = 0x184D2A57
_SEAL = re.compile(rb"iomwatch backup 1 (\d{1,15}) ([0-9a-f]{64})\n\Z")
_SEAL_SIZE = 200  # bytes at most
_STEP = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    path: Path
    aside: Path | None  # where the store that stood there is now
    faults: tuple[FaultRow, ...]  # of the store that was backed up


# ── backup ──────────────────────────────────────────────────────────────────────────────────────


def back_up(url: str, target: Path) -> int:
    """Write the store as it stands into `target`, while runs go on; returns its size. The file appears
    whole or not at all. Raises BackupError, StoreError."""
    path = _file_of(url, "pg_dump")
    if target.exists() and not _is_backup(target):
        raise BackupError(f"{target}: is there already and is no backup; it was left as it is")
    copy, unfinished = (target.with_name(f".{target.name}.{os.getpid()}.{end}") for end in ("db", "tmp"))
    try:
        with _disk(target):
            copy_database(path, copy)
            _judge(copy, path)
            _write(copy, unfinished)
            unfinished.replace(target)
            _settle(target.parent)
            return target.stat().st_size
    finally:
        for each in (unfinished, *(Path(f"{copy}{end}") for end in ("", "-wal", "-shm"))):
            each.unlink(missing_ok=True)


def copy_database(path: Path, copy: Path) -> None:
    """One consistent state of an SQLite file, its write-ahead log included; writers are not held up."""
    copy.unlink(missing_ok=True)
    address, unchanged = path.absolute().as_uri(), None
    if permissions.is_still(path):
        address, unchanged = f"{address}?mode=ro&immutable=1", permissions.still(path)
    with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    if unchanged is not None:
        unchanged()
    _sync(copy)


def copy_beside(url: str, now: datetime) -> Path | None:
    """A copy of the store beside it, before something is done to it; None for PostgreSQL."""
    path = sqlite_path(url)
    if path is None:
        return None
    copy = path.with_name(f"{path.name}.before-repair-{now:%Y%m%dT%H%M%SZ}")
    unfinished = copy.with_name(f"{copy.name}.tmp")
    try:
        with _disk(path):
            copy_database(path, unfinished)
            unfinished.replace(copy)
            _settle(copy.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return copy


def _write(copy: Path, target: Path) -> None:
    digest = hashlib.sha256()
    with copy.open("rb") as source:
        while block := source.read(_STEP):
            digest.update(block)
    seal = f"iomwatch backup 1 {copy.stat().st_size} {digest.hexdigest()}\n".encode()
    packer = zstd.ZstdCompressor(LEVEL)
    with copy.open("rb") as source, target.open("wb") as file:
        file.write(_FRAME.pack(_SKIPPABLE, len(seal)) + seal)
        while block := source.read(_STEP):
            file.write(packer.compress(block))
        file.write(packer.flush())
        file.flush()
        os.fsync(file.fileno())


# ── restore ─────────────────────────────────────────────────────────────────────────────────────


def restore(source: Path, url: str, now: datetime, *, overwrite: bool) -> Restored:
    """Put a backup in the store's place. A store that stands there is set aside, and only with `overwrite`.

    Raises BackupError for what is no whole backup of ours, StoreBusyError while the store is in use.
    """
    path = _file_of(url, "pg_restore")
    if not path.parent.is_dir():
        raise BackupError(f"{path}: the folder {path.parent} does not exist; make it, or mend store.url")
    if path.exists() and not overwrite:
        raise BackupError(f"{path}: a store stands there; --overwrite sets it aside and takes its place")
    new = path.with_name(f"{path.name}.restoring")
    with file_lock(path), _disk(path):
        try:
            unpack_backup(source, new)
            faults = _examined(source, new)
            aside = _set_aside(path, now)
            new.replace(path)
            _settle(path.parent)
        finally:
            for end in ("", "-wal", "-shm"):
                Path(f"{new}{end}").unlink(missing_ok=True)
    return Restored(path=path, aside=aside, faults=faults)


def unpack_backup(source: Path, target: Path) -> None:
    """The database of a backup. Raises BackupError unless it is to the byte what was backed up."""
    digest, written, reader = hashlib.sha256(), 0, zstd.ZstdDecompressor()
    try:
        with source.open("rb") as file, target.open("wb") as out:
            size, wanted = _seal_of(source, file)
            while not reader.eof and written <= size:
                block = file.read(_STEP) if reader.needs_input else b""
                if reader.needs_input and not block:
                    raise BackupError(f"{source}: is cut short; it was not restored")
                plain = reader.decompress(block, max_length=_STEP)
                digest.update(plain)
                written += out.write(plain)
            trailing = bool(reader.unused_data or file.read(1)) if reader.eof else False
            out.flush()
            os.fsync(out.fileno())
    except zstd.ZstdError as error:
        raise BackupError(f"{source}: is damaged: {error}; it was not restored") from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise BackupError(f"{error.filename}: {error.strerror}") from error
    if trailing or (written, digest.hexdigest()) != (size, wanted):
        raise BackupError(f"{source}: does not match its seal; it was not restored")


def _seal_of(source: Path, file: BinaryIO) -> tuple[int, str]:
    """Size and hash of the database, as they stand in front of a backup."""
    head = file.read(_FRAME.size)
    if len(head) == _FRAME.size:
        magic, length = _FRAME.unpack(head)
        if magic == _SKIPPABLE and length <= _SEAL_SIZE and (seal := _SEAL.match(file.read(length))):
            return int(seal[1]), seal[2].decode()
    raise BackupError(f"{source}: is no backup of this program; it was not restored")


def _is_backup(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            _seal_of(path, file)
    except (BackupError, OSError):
        return False
    return True


def _examined(source: Path, new: Path) -> tuple[FaultRow, ...]:
    """What is wrong inside a database that matches its seal. Raises BackupError for one of others."""
    _judge(new, source)
    try:
        with Store.open(f"sqlite:///{new}", create=True) as store, store.read() as session:
            foreign = session.soundness.foreign_objects()
            faults = tuple(session.soundness.faults(read_data=True))
    except ForeignStoreError as error:
        raise BackupError(f"{source}: {str(error).removeprefix(f'{new}: ')}") from error
    if foreign:
        raise BackupError(f"{source}: holds what is not of this program: {', '.join(foreign[:3])}")
    _sync(new)
    return faults


def _judge(path: Path, named: Path) -> None:
    """Raises BackupError unless the file is a whole database of ours without code in it."""
    try:
        with closing(sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            kinds = {row[0] for row in connection.execute("SELECT type FROM sqlite_master")}
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{named}: is damaged: {error}; see `iomwatch verify`") from error
    if mark != APPLICATION_ID:
        raise BackupError(f"{named}: is another program's database; nothing was done")
    if not kinds <= {"table", "index"}:
        raise BackupError(
            f"{named}: holds views or triggers, which are not of this program; nothing was done"
        )
    if found != ["ok"]:
        raise BackupError(f"{named}: is damaged: {found[0]}; see `iomwatch verify`")


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Keep what stands at `path` under another name too; its log is folded in, or kept beside it.

    The store itself stays where it is until the new one replaces it in one step.
    """
    if not path.exists() and not Path(f"{path}-wal").exists():
        return None
    aside = path.with_name(f"{path.name}.before-restore-{now:%Y%m%dT%H%M%SZ}")
    if path.exists():
        _fold_log(path)
    for end in ("", "-wal"):
        part = Path(f"{path}{end}")
        if part.exists():
            _name_too(part, Path(f"{aside}{end}"))
    for end in ("-wal", "-shm"):  # of the old one: laid over the new one it would destroy it
        Path(f"{path}{end}").unlink(missing_ok=True)
    _settle(path.parent)
    return aside


def _name_too(path: Path, other: Path) -> None:
    """The same file under another name too; a copy where the file system has no such links."""
    try:
        os.link(path, other)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(path, other)
        _sync(other)


def _fold_log(path: Path) -> None:
    """The write-ahead log into the database; a damaged one is left as it is. Raises StoreBusyError."""
    try:
        with closing(sqlite3.connect(path, timeout=1.0)) as connection:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            busy, mark, tables = 1, APPLICATION_ID, 0
        else:
            return
    if tables and mark != APPLICATION_ID:
        raise ForeignStoreError(f"{path}: is another program's database; it was not touched. Mend store.url")
    if busy:
        raise StoreBusyError(f"{path}: another program is using it; stop it, then restore")


# ── both ────────────────────────────────────────────────────────────────────────────────────────


def _file_of(url: str, tool: str) -> Path:
    path = sqlite_path(url)
    if path is None:
        raise BackupError(f"the store is PostgreSQL's: use its {tool}, which knows it better")
    if tool == "pg_dump" and not path.exists():
        raise BackupError(f"{path}: no store yet; `iomwatch run` makes it")
    return path


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """The system's refusals in our words."""
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError):
            permissions.check_writable(path)
        where = error.filename or path
        raise StoreFullError(f"{where}: {error.strerror or error}; free or mend the disk") from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            permissions.check_writable(path)
        if code.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise StoreFullError(f"{path}: {error}; free or mend the disk") from error
        raise StoreError(f"{path}: {error}; see `iomwatch verify`") from error


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Makes the folder's new entries durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(path: Path) -> str:
    """The path inside an SQLite URI."""
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
