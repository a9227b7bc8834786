"""Look: discover, visit what is due, confirm what is gone; site by site, hosts side by side.

It tells nobody. What it saw is in the store when it returns, or when it is killed.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from crawler.config import Config, SiteConfig
from crawler.cycle import removals
from crawler.cycle.attachments import look_at_attachments
from crawler.cycle.discovery import discover, enrol
from crawler.cycle.hosts import keep_hosts, remember_hosts
from crawler.cycle.outcome import Looked
from crawler.cycle.pacing import forgive, is_quiet, pacer
from crawler.cycle.scope import wanted_by
from crawler.cycle.site_wide import ask_more, conclude
from crawler.cycle.tools import Tools
from crawler.cycle.visits import SiteVisits
from storage.rows import SiteRow
from storage.store import Session

AT_ONCE = 100  # pages whose rows are read in one go
GRACE = 5.0  # seconds a request under way may take after a stop was asked for


async def look(
    tools: Tools, config: Config, sites: tuple[SiteConfig, ...], *, everything: bool, subscribe: bool = True
) -> Looked:
    """One look at these sites; `everything` asks every known page, due or not."""
    now = tools.clock()
    with tools.store.write() as session:
        if subscribe:
            for digest in config.digest:
                session.letters.subscribe(digest.name, now)
        rows = [enrol(session, site, now) for site in sites]
        remember_hosts(tools, session, now)
        round_id = session.begin_round(now)
        for row in rows:
            forgive(session, row.id, now)
        paced = [pacer(session, config, site, row.id, now) for site, row in zip(sites, rows, strict=True)]
    visits = [
        SiteVisits(tools=tools, site=site, row=row, round_id=round_id, started_at=now, pacer=pacing)
        for site, row, pacing in zip(sites, rows, paced, strict=True)
    ]
    tasks = [asyncio.create_task(_look_at(tools, visit, everything=everything)) for visit in visits]
    try:
        await _until_stopped(tools.stop, tasks)
    finally:
        keep_hosts(tools)
    for visit in visits:
        conclude(visit)
    looked = Looked(
        round_id=round_id,
        sites=tuple(visit.summary() for visit in visits),
        whole=not tools.stop.is_set(),
    )
    with tools.store.write() as session:
        session.end_round(
            round_id,
            tools.clock(),
            asked=sum(site.asked for site in looked.sites),
            read=sum(site.read for site in looked.sites),
            events=looked.events,
        )
    return looked


async def _until_stopped(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Wait for the tasks; after a stop give requests under way their grace, then cancel them.

    A task that failed ends the others; its exception is the caller's.
    """
    waiter = asyncio.create_task(stop.wait())
    pending: set[asyncio.Task[object]] = {*tasks, waiter}
    try:
        while waiter in pending and len(pending) > 1:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() for task in done if not task.cancelled()):
                break
        else:
            if len(pending) > 0 and waiter not in pending:
                await asyncio.wait(pending, timeout=GRACE)
    finally:
        waiter.cancel()
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError):
            raise result


async def _look_at(tools: Tools, visits: SiteVisits, *, everything: bool) -> None:
    visits.sources = len(visits.site.sources)
    if is_quiet(visits.site, tools.clock()) and not everything:
        visits.sources_answered = visits.sources
        tools.progress.note(visits.site.name, f"quiet hours ({visits.site.quiet_hours}): nothing is asked")
        return
    visits.sources_answered = await discover(
        tools, visits.site, visits.row, visits.pacer, everything=everything
    )
    waiting = await _visit_due(tools, visits, everything=everything)
    if not tools.stop.is_set():
        await look_at_attachments(visits)
        await removals.confirm(visits)
        await ask_more(visits)
    with tools.store.write(durable=False) as session:
        visits.pacer.keep(session, tools.clock(), waiting=waiting)


async def _visit_due(tools: Tools, visits: SiteVisits, *, everything: bool) -> int:
    """Visit what is due and the budget allows; how many pages wait for another round."""
    now = None if everything else tools.clock()
    with tools.store.read() as session:
        due = due_pages(session, visits.site, visits.row, now)
        if now is not None and len(due) > visits.pacer.allowed:
            due = due_pages(session, visits.site, visits.row, now, news_first=True)
            words = (
                f"{len(due)} pages due, requests left for {visits.pacer.allowed}: the rest is carried over"
            )
            tools.progress.note(visits.site.name, words)
    reached = due if now is None else due[: visits.pacer.allowed]
    tools.progress.expect(visits.site.name, len(reached))
    for start in range(0, len(reached), AT_ONCE):
        batch = reached[start : start + AT_ONCE]
        with tools.store.read() as session:
            pages = session.pages.get_many(batch)
            visits.pacer.note_signals(session, batch)
        for page in pages:
            if tools.stop.is_set():
                return sum(page_id not in visits.asked for page_id in due)
            await visits.visit(page)
    return len(due) - len(reached)


def due_pages(
    session: Session, site: SiteConfig, row: SiteRow, now: datetime | None, *, news_first: bool = False
) -> list[int]:
    """The pages to look at, in order; those that the configuration leaves out by now are not.

    A page that moved is watched while any of its addresses is taken in.
    """
    wanted = wanted_by(site)
    return [
        page_id
        for page_id, url in session.pages.due(row.id, now, news_first=news_first)
        if wanted(url) or any(wanted(alias) for alias in session.pages.aliases(page_id))
    ]
