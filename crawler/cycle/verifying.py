"""Whether what is stored is what was told, and its repair: it adds, asks anew or gives up, and never deletes.

What the store can say of itself is `storage.soundness`'s; here is what takes knowing what an event is.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.config import Config
from crawler.cycle.events import event_from, event_id
from crawler.cycle.rounds import fetch_settings
from crawler.fetch import Fetcher
from crawler.values import EditKind, Event, Evidence, Fetched, Request, iso
from storage.errors import DamagedError
from storage.rows import EventRow, FaultRow
from storage.soundness import BODY, DATABASE, REFERENCE
from storage.store import Session, Store

LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What a repair did about one fault."""

    about: str
    words: str
    whole: bool  # False: what was lost is not to be had; it was given up


def faults(session: Session, *, read_data: bool) -> list[FaultRow]:
    """All that is wrong with the store; with `read_data` every body is read and hashed."""
    found = list(session.soundness.faults(read_data=read_data))
    if any(fault.kind == DATABASE for fault in found):
        return found  # what a broken file says of events is not to be relied on
    return [*found, *_ledger(session)]


# ── ledger and versions ─────────────────────────────────────────────────────────────────────────


def _ledger(session: Session) -> Iterator[FaultRow]:
    """Events that do not say what their row says, or that rest on what is not there."""
    for row in session.ledger.events():
        words = _wrong(session, row)
        if words is not None:
            yield FaultRow(kind=LEDGER, about=row.id, words=f"{row.kind}, event {row.seq}: {words}")


def _wrong(session: Session, row: EventRow) -> str | None:
    try:
        event = event_from(row.payload)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return f"cannot be read: {error!r}"
    written = event.id, event.kind.value, event.language, event.weight, iso(event.seen_at)
    if written != (row.id, row.kind, row.language, row.weight, iso(row.seen_at)):
        return "its row and its text differ"
    if row.id not in _ids(event):
        return "its evidence is not what its id was made of"
    if row.page_id is None:
        return None
    kept = {version.hash for version in session.pages.versions(row.page_id)}
    lacking = [side for side in _sides(event) if side not in kept]
    return f"rests on {lacking[0]}, which is no version of its page" if lacking else None


def _ids(event: Event) -> set[str]:
    """What the id may be: of the address, or of the kind for an event of a whole site."""
    names = (event.canonical_url or "", event.kind.value)
    return {event_id(event.site, named, event.before, event.after) for named in names}


def _sides(event: Event) -> list[str]:
    """The bodies that the event of a page rests on; a document's file is not kept."""
    if len(event.edits) == 1 and event.edits[0].kind is EditKind.DOCUMENT:
        return []
    sides: list[Evidence | None] = [event.before, event.after]
    return [side.hash for side in sides if side is not None and side.hash is not None]


# ── repair ──────────────────────────────────────────────────────────────────────────────────────


def repair(store: Store, config: Config, clock: Callable[[], datetime], other: Store | None) -> list[Mended]:
    """Mend what can be mended: indices first; then, in one transaction, versions of today, and bodies from
    another copy of the store or from their addresses. What is not to be had is given up. Call it under the
    lock."""
    done = _reindexed(store)
    with store.read() as session:
        found = list(session.soundness.faults(read_data=True))
        lost = [fault.about for fault in found if fault.kind == BODY]
        uses = {digest: session.soundness.uses(digest) for digest in lost}
    bodies = _from_other(other, lost)
    sought = {digest: urls[0][0] for digest, urls in uses.items() if urls and digest not in bodies}
    bodies |= asyncio.run(_asked_anew(config, sought))
    with store.write() as session:
        if any(fault.kind == REFERENCE for fault in found):
            done += [
                Mended(about=url, words="stands at its newest version again", whole=True)
                for url in session.soundness.point_at_newest()
            ]
        for digest in lost:
            done.append(_mend(session, digest, bodies.get(digest), uses[digest], clock()))
    return done


def _reindexed(store: Store) -> list[Mended]:
    """A broken file with its indices built anew; what is broken beside them takes a backup."""
    if not _broken(store):
        return []
    with store.write() as session:
        session.soundness.reindex()
    left = _broken(store)
    words = "indices built anew" + (f"; not enough: {left[0]}: restore a backup" if left else "")
    return [Mended(about="sqlite", words=words, whole=not left)]


def _broken(store: Store) -> list[str]:
    with store.read() as session:
        return [fault.words for fault in session.soundness.faults(read_data=False) if fault.kind == DATABASE]


def _mend(
    session: Session, digest: str, body: bytes | None, uses: list[tuple[str, str, int]], now: datetime
) -> Mended:
    if body is not None:
        session.bodies.mend(body, now)
        return Mended(about=digest, words="a whole copy is in its place", whole=True)
    session.bodies.set_aside(digest, "no whole copy was found", now)
    words = "given up: no whole copy was found"
    if uses:
        _, page, number = uses[0]
        words += f"; version {number} of {page} is lost, and what changes against it goes untold"
    return Mended(about=digest, words=words, whole=False)


def _from_other(other: Store | None, lost: list[str]) -> dict[str, bytes]:
    """Those of the bodies that another copy of the store has whole."""
    found: dict[str, bytes] = {}
    if other is not None:
        with other.read() as session:
            for digest in lost:
                try:
                    found[digest] = session.bodies.get(digest)
                except DamagedError:
                    continue
    return found


async def _asked_anew(config: Config, sought: dict[str, str]) -> dict[str, bytes]:
    """Those that their address still answers with, to the byte: by hash and address."""
    found: dict[str, bytes] = {}
    wanted = {digest: url for digest, url in sought.items() if config.site_of(url) is not None}
    if not wanted:
        return found
    async with Fetcher(fetch_settings(config)) as fetcher:
        for digest, url in wanted.items():
            response = await fetcher.get(Request(url=url))
            if response.outcome is Fetched.OK and hashlib.sha256(response.body).hexdigest() == digest:
                found[digest] = response.body
    return found
