"""Whether the store is sound: the file, the bodies, what refers to what, letters and outbox.

It finds and names; what is done about it is the caller's. What an event means is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bodies import Bodies
from storage.errors import DamagedError
from storage.letters import SENT, STATES
from storage.rows import FaultRow
from storage.schema import (
    baseline,
    body,
    event,
    letter,
    metadata,
    outbox,
    page,
    quarantine,
    subscription,
    told,
    version,
)

_MOST = 100  # complaints of the database itself
DATABASE, BODY, REFERENCE, OUTBOX = "database", "body", "reference", "outbox"


class Soundness:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def faults(self, *, read_data: bool) -> Iterator[FaultRow]:
        """All that is wrong; with `read_data` every body is read and hashed."""
        try:
            yield from self.database()
            yield from self.bodies(read_data=read_data)
            yield from self._references()
            yield from self._outbox()
        except sa.exc.DatabaseError as error:  # what comes after is behind the broken page
            if not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                raise
            yield FaultRow(kind=DATABASE, about="sqlite", words=str(error.orig))

    # ── the file ────────────────────────────────────────────────────────────────────────────────

    def database(self) -> Iterator[FaultRow]:
        """What SQLite finds in its own pages, indices and foreign keys. PostgreSQL keeps its own."""
        if self._connection.dialect.name != "sqlite":
            return
        for (words,) in self._connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
            if words != "ok":
                for line in str(words).splitlines():
                    yield FaultRow(kind=DATABASE, about="sqlite", words=line)
        rows = self._connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_MOST]
        for table, row, parent, _ in rows:
            if parent != "body":  # those are named by their hash
                words = f"refers to a {parent} that is not there"
                yield FaultRow(kind=REFERENCE, about=f"{table} {row}", words=words)

    def foreign_objects(self) -> list[str]:
        """Tables, indices, views and triggers that are not of this program, nor of SQLite."""
        known = {"alembic_version", *metadata.tables}
        rows = self._connection.exec_driver_sql("SELECT type, name, tbl_name FROM sqlite_master")
        return [
            f"{kind} {name}"
            for kind, name, table in rows
            if table not in known | {"sqlite_sequence"} or kind not in ("table", "index")
        ]

    def reindex(self) -> None:
        """Build the indices anew from the tables."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("REINDEX")

    # ── bodies ──────────────────────────────────────────────────────────────────────────────────

    def bodies(self, *, read_data: bool) -> Iterator[FaultRow]:
        """Bodies that are missing, or (by reading them) not what they were."""
        bodies = Bodies(self._connection)
        here = set(bodies.hashes())
        lacking = sa.select(version.c.hash).where(version.c.hash.not_in(sa.select(body.c.hash))).distinct()
        for digest in self._connection.execute(lacking).scalars():
            yield self._body_fault(bodies, digest, "is missing")
        if not read_data:
            for digest in self._connection.execute(sa.select(quarantine.c.hash)).scalars():
                if digest in here and not self._is_whole(bodies, digest):
                    yield self._body_fault(bodies, digest, "is damaged")
            return
        for digest in sorted(here):
            try:
                bodies.get(digest)
            except (DamagedError, sa.exc.DatabaseError, sa.exc.InterfaceError) as error:
                words = (
                    str(error).removeprefix(f"the body {digest} ").partition("; see")[0].partition("\n")[0]
                )
                yield self._body_fault(bodies, digest, words)

    def _is_whole(self, bodies: Bodies, digest: str) -> bool:
        try:
            bodies.get(digest)
        except DamagedError:
            return False
        return True

    def _body_fault(self, bodies: Bodies, digest: str, words: str) -> FaultRow:
        settled = bodies.is_set_aside(digest)
        return FaultRow(kind=BODY, about=digest, words=words, settled=settled)

    def uses(self, digest: str) -> list[tuple[str, str, int]]:
        """Where a body came from: address, address of the page, number of the version; the newest first."""
        query = (
            sa.select(version.c.url, page.c.url.label("page"), version.c.number)
            .join(page, page.c.id == version.c.page_id)
            .where(version.c.hash == digest)
            .order_by(version.c.id.desc())
        )
        return [(row.url, row.page, row.number) for row in self._connection.execute(query)]

    # ── what refers to what ─────────────────────────────────────────────────────────────────────

    def _references(self) -> Iterator[FaultRow]:
        own = sa.select(version.c.page_id).where(version.c.id == page.c.version_id).scalar_subquery()
        query = sa.select(page.c.id, page.c.url).where(
            page.c.version_id.is_not(None), sa.or_(own.is_(None), own != page.c.id)
        )
        for row in self._connection.execute(query):
            yield FaultRow(
                kind=REFERENCE, about=row.url, words="its version of today is not among its versions"
            )
        idle = sa.select(page.c.url).where(
            page.c.version_id.is_(None), sa.exists().where(version.c.page_id == page.c.id)
        )
        for url in self._connection.execute(idle).scalars():
            yield FaultRow(kind=REFERENCE, about=url, words="has versions, and none is today's")
        for name in ("family", "home"):
            other = page.alias()
            query = sa.select(page.c.url).where(
                page.c[name].is_not(None), ~sa.exists().where(other.c.id == page.c[name])
            )
            for url in self._connection.execute(query).scalars():
                yield FaultRow(kind=REFERENCE, about=url, words=f"its {name} is a page that is not there")
        numbers = (
            sa.select(page.c.url)
            .join(version, version.c.page_id == page.c.id)
            .group_by(page.c.id, page.c.url)
            .having(sa.func.max(version.c.number) != sa.func.count())
        )
        for url in self._connection.execute(numbers).scalars():
            yield FaultRow(
                kind=REFERENCE, about=url, words="a version between its first and its last is lost"
            )

    def point_at_newest(self) -> list[str]:
        """Give the pages without a version of today, or with another page's, their newest; their URLs."""
        newest = (
            sa.select(version.c.id)
            .where(version.c.page_id == page.c.id)
            .order_by(version.c.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        own = sa.select(version.c.page_id).where(version.c.id == page.c.version_id).scalar_subquery()
        wrong = sa.and_(
            sa.or_(page.c.version_id.is_(None), own.is_(None), own != page.c.id),
            sa.exists().where(version.c.page_id == page.c.id),
        )
        found = list(self._connection.execute(sa.select(page.c.url).where(wrong)).scalars())
        if found:
            self._connection.execute(page.update().where(wrong).values(version_id=newest))
        return found

    # ── letters and outbox ──────────────────────────────────────────────────────────────────────

    def _outbox(self) -> Iterator[FaultRow]:
        sent = sa.exists().where(outbox.c.letter_id == letter.c.id)
        for row in self._connection.execute(sa.select(letter.c.id, letter.c.subject).where(~sent)):
            yield FaultRow(kind=OUTBOX, about=f"letter {row.id}", words=f"goes to nobody: {row.subject}")
        odd = sa.or_(
            outbox.c.state.not_in(STATES), sa.and_(outbox.c.state == SENT, outbox.c.sent_at.is_(None))
        )
        for row in self._connection.execute(sa.select(outbox.c.id, outbox.c.state).where(odd)):
            yield FaultRow(
                kind=OUTBOX, about=f"outbox {row.id}", words=f"has an impossible state: {row.state}"
            )
        mixed = (
            sa.select(told.c.digest, told.c.event_seq)
            .join(letter, letter.c.id == told.c.letter_id)
            .where(letter.c.digest != told.c.digest)
        )
        for row in self._connection.execute(mixed):
            words = f"event {row.event_seq} is told by another digest's letter"
            yield FaultRow(kind=OUTBOX, about=f"digest {row.digest}", words=words)
        last = {
            "after_seq": self._connection.execute(sa.select(sa.func.max(event.c.seq))).scalar() or 0,
            "after_baseline": self._connection.execute(sa.select(sa.func.max(baseline.c.id))).scalar() or 0,
        }
        for row in self._connection.execute(sa.select(subscription)):
            late = (
                sa.select(sa.func.count())
                .select_from(told)
                .where(told.c.digest == row.digest, told.c.event_seq > row.after_seq)
            )
            about = f"digest {row.digest}"
            if row.after_seq > last["after_seq"] or row.after_baseline > last["after_baseline"]:
                yield FaultRow(kind=OUTBOX, about=about, words="stands beyond the end of the ledger")
            if self._connection.execute(late).scalar():
                yield FaultRow(kind=OUTBOX, about=about, words="told events that it counts as untold")
