"""Looks at the documents that releases offer, so that one replaced under its address is noticed.

A document is no page: it has no versions, and one that cannot be had changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from crawler.compare.documents import DRAWN_ANEW, File, file_of, replaced, replacement
from crawler.cycle.hosts import keep_hosts
from crawler.cycle.looks import reread
from crawler.cycle.templates import template_in
from crawler.cycle.visits import SiteVisits
from crawler.pace import attachment_due
from crawler.values import Evidence, Fetched, Request, Response
from storage.rows import AttachmentRow
from storage.store import Session

MOST = 20  # documents of a site that are asked in one round


async def look_at_attachments(visits: SiteVisits) -> None:
    """Ask for the documents that are due, conditionally; at most MOST of them in a round."""
    tools = visits.tools
    if not visits.site.attachments:
        return
    with tools.store.read() as session:
        due = session.attachments.due(visits.row.id, tools.clock(), most=MOST)
    for row in due:
        if tools.stop.is_set():
            return
        response = await _ask(visits, row, conditional=True)
        if response.outcome is Fetched.RESTING:
            return
        known = _known(row)
        found = known if response.outcome is Fetched.NOT_MODIFIED else file_of(response)
        told = found is not None and replaced(known, found)
        if told and found is not None and found.hash:
            found = await _confirmed(visits, row, found)
            told = found is not None and found.hash != DRAWN_ANEW
        _record(visits, row, found, told=told)


async def _ask(visits: SiteVisits, row: AttachmentRow, *, conditional: bool) -> Response:
    request = Request(url=row.url)
    if conditional and row.hash:
        request = Request(url=row.url, etag=row.etag, last_modified=row.last_modified)
    response = await visits.tools.fetcher.get(request)
    visits.pacer.spend(response)
    keep_hosts(visits.tools)
    return response


async def _confirmed(visits: SiteVisits, row: AttachmentRow, found: File) -> File | None:
    """Another file, asked for once more: one that differs again is drawn anew at each request."""
    again = file_of(await _ask(visits, row, conditional=False))
    if again is None or again.hash is None:
        return None
    if again.hash == found.hash:
        return again
    return File(etag=None, last_modified=None, size=again.size, hash=DRAWN_ANEW)


def _known(row: AttachmentRow) -> File:
    return File(etag=row.etag, last_modified=row.last_modified, size=row.size, hash=row.hash)


def _record(visits: SiteVisits, row: AttachmentRow, found: File | None, *, told: bool) -> None:
    """Write what was learned of a document, and the event where another file stands there."""
    now = visits.tools.clock()
    with visits.tools.store.write(durable=told) as session:
        page = session.pages.get(row.page_id)
        if page is None:
            return
        values: dict[str, object] = {
            "due_at": attachment_due(published=page.published, since=page.since, now=now)
        }
        if found is not None:
            values |= {"asked_at": now, "etag": found.etag, "last_modified": found.last_modified}
            values |= {"size": found.size, "hash": found.hash if found.hash is not None or told else row.hash}
        session.attachments.update(row, **values)
        if told and found is not None:
            _tell(visits, session, row, found, now)


def _tell(visits: SiteVisits, session: Session, row: AttachmentRow, found: File, now: datetime) -> None:
    page = session.pages.get(row.page_id)
    if page is None or page.version_id is None:
        return
    beside = visits.tools.watched.others(session, page, session.families.other_homes(page))
    homes = [home.id for home in beside]
    if homes and found.hash and session.attachments.holds(homes, found.hash):
        return  # told of the home that showed it first
    version = session.pages.version(page.version_id)
    visits.write_event(
        session,
        page,
        replacement(row.url, _known(row), found, visits.tools.weights),
        article=reread(session, version, template_in(visits.tools, session, page)),
        before=Evidence(hash=row.hash, status=200, time=row.asked_at or now),
        after=Evidence(hash=found.hash, status=200, time=now),
        known_as=page.url,
        between=(row.asked_at, now),
        now=now,
    )
    visits.events += 1
    visits.tools.progress.step(visits.site.name, row.url, "another file under the same address")
