"""What a round writes, in which order and how durably: body, then row, then event, in one transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event as hooks
from sqlalchemy.engine import Connection

from tests.cycle.watch import HOUR, T0, Watch, three, watching

WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)")


@contextmanager
def statements(watch: Watch) -> Iterator[list[str]]:
    """What is sent to the database meanwhile; each transaction of a writer with how durable it is."""
    said: list[str] = []

    def on_execute(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(" ".join(statement.split()))

    def on_begin(connection: Connection) -> None:
        with closing(sqlite3.connect(watch.folder / "iomwatch.db", timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:  # this one has the lock: nobody else may write
                (level,) = connection.connection.cursor().execute("PRAGMA synchronous").fetchone()
                said.extend(("BEGIN IMMEDIATE", {1: "NORMAL", 2: "FULL"}[level]))
            else:
                said.append("BEGIN")

    def on_commit(_connection: object) -> None:
        said.append("COMMIT")

    engine = watch.store._engine
    hooks.listen(engine, "before_cursor_execute", on_execute)
    hooks.listen(engine, "begin", on_begin)
    hooks.listen(engine, "commit", on_commit)
    try:
        yield said
    finally:
        hooks.remove(engine, "begin", on_begin)
        hooks.remove(engine, "before_cursor_execute", on_execute)
        hooks.remove(engine, "commit", on_commit)


@pytest.fixture(scope="module")
def transactions(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Those of a round that finds a change and tells it."""
    with watching(tmp_path_factory.mktemp("writing"), three()) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        with statements(watch) as said:
            watch.run(T0 + HOUR, tell=True)
    found: list[list[str]] = []
    for statement in said:
        if statement.startswith("BEGIN"):
            found.append([])
        if found:
            found[-1].append(statement)
    return found


def written(transaction: list[str]) -> list[str]:
    return [f"{match[1]} {match[2]}" for statement in transaction if (match := WRITES.match(statement))]


def test_whatever_writes_began_as_a_writer(transactions: list[list[str]]) -> None:
    """A reader that turns writer may be refused at once, whatever the patience."""
    assert any(map(written, transactions))
    for transaction in transactions:
        if written(transaction):
            assert transaction[0] == "BEGIN IMMEDIATE"
            assert transaction.count("COMMIT") == 1
            assert written(transaction[transaction.index("COMMIT") :]) == []


def one_with(transactions: list[list[str]], what: str) -> list[str]:
    (found,) = [transaction for transaction in transactions if what in written(transaction)]
    return found


def test_body_row_and_event_are_one_durable_transaction_in_that_order(transactions: list[list[str]]) -> None:
    transaction = one_with(transactions, "INSERT INTO event")
    order = written(transaction)
    places = [order.index(f"INSERT INTO {table}") for table in ("visit", "body", "version", "event")]
    assert places == sorted(places)
    assert transaction[1] == "FULL"


def test_a_letter_its_events_and_its_recipients_are_one_durable_transaction(
    transactions: list[list[str]],
) -> None:
    transaction = one_with(transactions, "INSERT INTO letter")
    assert written(transaction)[-4:] == [
        "INSERT INTO letter", "INSERT INTO told", "INSERT INTO outbox", "UPDATE subscription",
    ]  # fmt: skip
    assert transaction[1] == "FULL"
    assert one_with(transactions, "UPDATE outbox")[1] == "FULL"


def test_a_page_that_says_what_it_said_waits_for_no_disk(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.run(T0)
        with statements(watch) as said:
            watch.run(T0 + HOUR)
        visits = [number for number, words in enumerate(said) if words.startswith("INSERT INTO visit")]
        assert len(visits) == 3
        for number in visits:
            begun = max(place for place in range(number) if said[place] == "BEGIN IMMEDIATE")
            assert said[begun + 1] == "NORMAL"


def test_the_journal_is_a_write_ahead_log(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch, watch.store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
