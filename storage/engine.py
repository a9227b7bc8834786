"""Opens a database: pragmas, the schema's version, the lock of a run. The one place that knows dialects.

It reads and writes no rows of ours; those are `store.py`'s and its neighbours'.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy import event as hooks
from sqlalchemy.engine import Connection, Engine

from storage import permissions
from storage.errors import ForeignStoreError, NoStoreError, StoreBusyError, StoreError, StoreFullError
from storage.mark import APPLICATION_ID, HEAD

ADVISORY_LOCK = APPLICATION_ID  # PostgreSQL's pg_advisory_lock


def connect(url: str, *, create: bool) -> Engine:
    """An engine on a store of today's schema; made or migrated first where `create` allows it.

    Raises NoStoreError, ForeignStoreError, StoreDeniedError, StoreFullError, StoreError.
    """
    path = sqlite_path(url)
    if path is not None:
        permissions.check_reachable(path)
        if not path.exists():
            if not create:
                raise NoStoreError(f"{path}: no store yet; `iomwatch run` makes it")
            check_makeable(path)
    if path is not None and path.is_dir():
        raise StoreError(f"{path}: is a folder; store.url names a file")
    try:
        engine = _engine(url, path, still=path is not None and not create and permissions.is_still(path))
        with ExitStack() as refused, failures(url):
            refused.callback(engine.dispose)
            revision = _revision(engine, path)
            if revision != HEAD:
                _migrate(engine, revision, create=create, where=str(path or _named(url)))
            refused.pop_all()
    except ImportError as error:
        raise StoreError(f"{_named(url)}: {error}; install iomwatch[postgresql]") from None
    return engine


def check_makeable(path: Path) -> None:
    """Raises StoreError for what keeps a run from making the store."""
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist; make it, or mend store.url")
    permissions.check_writable(path)
    _refuse_orphan(path)


def _refuse_orphan(path: Path) -> None:
    """A log whose database is gone holds what was written last: a new database would destroy it."""
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(
            f"{path}: is gone, and {log.name} is still there: put the database back beside it, or move "
            "the log away and `iomwatch restore` a backup"
        )


def _engine(url: str, path: Path | None, *, still: bool) -> Engine:
    if path is None:
        return sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    address = sa.URL.create("sqlite", database=str(path))
    if (
        still
    ):  # SQLite would make a log beside it even to read it (sqlite.org/wal.html, "Read-Only Databases")
        query = {"mode": "ro", "immutable": "1", "uri": "true"}
        address = sa.URL.create("sqlite", database=path.absolute().as_uri(), query=query)
    engine = sa.create_engine(address, connect_args={"timeout": 10.0})
    if still:
        unchanged = permissions.still(path)
        hooks.listen(engine, "rollback", lambda _: unchanged())
    hooks.listen(engine, "connect", _on_connect)
    hooks.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ARG001 - SQLAlchemy's signature
    connection.isolation_level = None  # transactions are begun by _on_begin, not by the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-8000")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writes", False):
        _begin(connection, "BEGIN")
        return
    # in WAL, NORMAL may lose the last commits to a power cut, never to a crash, and is never corrupt;
    # what others rely on (events, letters, deliveries) waits for the disk, with all that came before it
    level = "FULL" if options.get("durable", True) else "NORMAL"
    if connection.info.get("synchronous") != level:
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
        connection.info["synchronous"] = level
    # a reader that turns writer in one deferred transaction fails at once, whatever the busy timeout
    _begin(connection, "BEGIN IMMEDIATE")


def _begin(connection: Connection, words: str) -> None:
    """By way of SQLAlchemy it would take three times as long (5 µs). Raises what SQLAlchemy would."""
    try:
        connection.connection.cursor().execute(words)
    except sqlite3.OperationalError as error:
        raise sa.exc.OperationalError(words, None, error) from error
    except sqlite3.DatabaseError as error:
        raise sa.exc.DatabaseError(words, None, error) from error


def sqlite_path(url: str) -> Path | None:
    prefix = "sqlite:///"
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None


def _named(url: str) -> str:
    """The URL without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def _revision(engine: Engine, path: Path | None) -> str | None:
    """The schema's revision; None for an empty database. Raises ForeignStoreError."""
    with engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        if path is not None and tables:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
            if mark != APPLICATION_ID:
                raise ForeignStoreError(
                    f"{path}: is another program's database; it was not touched. Mend store.url"
                )
        if not tables:
            return None
        if "alembic_version" not in tables or "page" not in tables:
            where = path or _named(str(engine.url))
            raise ForeignStoreError(f"{where}: is another program's database; it was not touched")
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(engine: Engine, revision: str | None, *, create: bool, where: str) -> None:
    from alembic import command
    from alembic.config import Config as AlembicConfig
    from alembic.script import ScriptDirectory

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if revision is not None and revision not in known:
        raise ForeignStoreError(
            f"{where}: has schema {revision}, newer than this program's {HEAD}; it was not touched. "
            "Install the newer iomwatch"
        )
    if not create and revision is None:
        raise NoStoreError(f"{where}: no store yet; `iomwatch run` makes it")
    if sqlite_path(f"sqlite:///{where}") is not None and engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]  # sqlite3's own connection
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


@contextmanager
def failures(url: str) -> Iterator[None]:
    """The database's own failures as ours: full disk, damaged file, locked, unreachable."""
    try:
        yield
    except sa.exc.DatabaseError as error:
        where = sqlite_path(url) or _named(url)
        words = str(error.orig).strip()
        code = getattr(error.orig, "sqlite_errorname", "")
        if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) and isinstance(where, Path):
            permissions.check_writable(where)
        if code.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise StoreFullError(f"{where}: {words}; free or mend the disk, then run again") from error
        if code.startswith("SQLITE_BUSY"):
            raise StoreBusyError(f"{where}: {words}; another program is writing to it") from error
        if code == "SQLITE_NOTADB":
            raise ForeignStoreError(f"{where}: {words}; it was not touched") from error
        if code.startswith("SQLITE_CORRUPT"):
            raise StoreError(
                f"{where}: {words}; `iomwatch verify` says what, `iomwatch restore` puts a backup there"
            ) from error
        if isinstance(error, sa.exc.OperationalError):
            raise StoreError(f"{where}: {words}") from error
        raise  # a bug of ours: crash with its cause


@contextmanager
def run_lock(engine: Engine, url: str) -> Iterator[None]:
    """Held by one run at a time; freed by the system when its process dies. Raises StoreBusyError,
    StoreDeniedError, StoreFullError."""
    path = sqlite_path(url)
    if path is None:
        key = {"key": ADVISORY_LOCK}
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), key).scalar():
                raise StoreBusyError("another run is at work on this store; try later")
            try:
                yield
            finally:  # the connection goes back to the pool, and would keep the lock
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), key)
        return
    permissions.check_writable(path)  # SQLite begins to write to a file that it may only read, and then fails
    with file_lock(path):
        engine.dispose()  # a file that was opened before may have been replaced by `restore` meanwhile
        yield


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """The lock of an SQLite store, there or not. Raises StoreBusyError, StoreDeniedError, StoreFullError."""
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusyError(f"{path}: another run is at work; try later") from None
    except OSError as error:
        permissions.check_writable(path)
        raise StoreFullError(f"{path}.lock: {error.strerror}; free or mend the disk") from error
    try:
        yield
    finally:
        lock.release()
