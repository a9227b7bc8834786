"""A store: opened, locked by one run, read and written in sessions. A session is one transaction.

The tables' own questions live beside it: sources.py, crowds.py, pages.py, pacing.py, families.py,
templates.py, listings.py, attachments.py, ledger.py, history.py, letters.py, bodies.py, soundness.py; copies
in backup.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from storage import schema
from storage.attachments import Attachments
from storage.bodies import Bodies
from storage.crowds import Crowds
from storage.engine import connect, failures, run_lock
from storage.families import Families
from storage.history import History
from storage.hosts import Hosts
from storage.ledger import Ledger
from storage.letters import Letters
from storage.listings import Listings
from storage.pacing import Pacing
from storage.pages import Pages
from storage.rows import RoundRow
from storage.soundness import Soundness
from storage.sources import Sources
from storage.templates import Templates


class Session:
    """A transaction's view of the store, by subject. It keeps nothing: the next one may use it too."""

    def __init__(self, connection: Connection) -> None:
        self.sources = Sources(connection)
        self.hosts = Hosts(connection)
        self.crowds = Crowds(connection)
        self.pages = Pages(connection)
        self.pacing = Pacing(connection)
        self.families = Families(connection)
        self.bodies = Bodies(connection)
        self.ledger = Ledger(connection)
        self.letters = Letters(connection)
        self.templates = Templates(connection)
        self.attachments = Attachments(connection)
        self.listings = Listings(connection)
        self.history = History(connection)
        self.soundness = Soundness(connection)
        self.connection = connection

    def begin_round(self, now: datetime) -> int:
        return int(
            self.connection.execute(
                schema.round_.insert().returning(schema.round_.c.id), {"started_at": now}
            ).scalar_one()
        )

    def end_round(self, round_id: int, now: datetime, *, asked: int, read: int, events: int) -> None:
        self.connection.execute(
            schema.round_.update().where(schema.round_.c.id == round_id),
            {"ended_at": now, "asked": asked, "read": read, "events": events},
        )

    def unended_rounds(self) -> int:
        """How many rounds were killed in a row, or crashed, up to the last one."""
        round_ = schema.round_
        ended = sa.select(sa.func.max(round_.c.id)).where(round_.c.ended_at.is_not(None)).scalar_subquery()
        query = sa.select(sa.func.count()).where(round_.c.id > sa.func.coalesce(ended, 0))
        return int(self.connection.execute(query).scalar_one())

    def last_round(self) -> RoundRow | None:
        row = self.connection.execute(
            sa.select(schema.round_).order_by(schema.round_.c.id.desc()).limit(1)
        ).first()
        return RoundRow(**row._mapping) if row else None


class Store:
    """An open store. Use it as a context manager."""

    def __init__(self, engine: Engine, url: str) -> None:
        self._engine = engine
        self._url = url
        self._idle: list[Session] = []  # for the next transaction: the pool's own turn costs twice as much

    @classmethod
    def open(cls, url: str, *, create: bool = False) -> Self:
        """Open a store; `create` makes or migrates it. Raises StoreError and its kin."""
        return cls(connect(url, create=create), url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._let_go()
        self._engine.dispose()

    def lock(self) -> AbstractContextManager[None]:
        """The lock of a run. Raises StoreBusyError when another run holds it."""
        self._let_go()  # a file that was opened before may be replaced by `restore` until then
        return run_lock(self._engine, self._url)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One moment of the store. It ends by a rollback: of a broken file nothing else is to be had."""
        with failures(self._url), self._taken() as session:
            transaction = session.connection.execution_options(writes=False).begin()
            try:
                yield session
            finally:
                transaction.rollback()

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Session]:
        """One transaction: whole when the block ends, absent when it raises.

        `durable` waits until it is on the disk. Without, a power cut (no crash of ours) may undo the
        latest ones: for what would merely be asked again.
        """
        with (
            failures(self._url),
            self._taken() as session,
            session.connection.execution_options(writes=True, durable=durable).begin(),
        ):
            yield session

    @contextmanager
    def _taken(self) -> Iterator[Session]:
        """A session that nobody else has; after a failure it is not used again."""
        session = self._idle.pop() if self._idle else Session(self._engine.connect())
        whole = False
        try:
            yield session
            whole = True
        finally:
            if whole:
                self._idle.append(session)
            else:
                session.connection.close()

    def _let_go(self) -> None:
        while self._idle:
            self._idle.pop().connection.close()
