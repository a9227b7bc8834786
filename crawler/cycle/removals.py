"""Removals: pages missed twice, far enough apart, in a round in which most of their site answered.

It asks for nothing but a few other pages, where too few were due to see whether the site is alive.
"""

from __future__ import annotations

from crawler.compare.happening import gone
from crawler.compare.verdict import site_is_alive
from crawler.cycle.families import gone_from
from crawler.cycle.looks import reread
from crawler.cycle.templates import template_in
from crawler.cycle.visits import SiteVisits, evidence_of
from crawler.pace import next_due
from crawler.values import Evidence, Kind, PageState
from storage.rows import PageRow


async def confirm(visits: SiteVisits) -> None:
    """Write the removals of a round; where its own pages do not show whether the site is alive, after a few
    others were asked."""
    if not _waiting(visits):
        return
    wanted = len(visits.asked) - 2 * visits.read
    if wanted > 0:
        with visits.tools.store.read() as session:
            controls = session.pages.controls(visits.row.id, visits.asked, wanted)
        for page in controls:
            if visits.tools.stop.is_set():
                return
            await visits.visit(page)
    write_confirmed(visits)


def write_confirmed(visits: SiteVisits) -> None:
    """Write the removals that the round's answers confirm."""
    waiting = _waiting(visits)
    if waiting and not site_is_alive(asked=len(visits.asked), read=visits.read):
        words = f"{len(waiting)} pages missing, not believed: most of the site did not answer"
        visits.tools.progress.note(visits.site.name, words)
        return
    for page in waiting:
        _remove(visits, page, visits.absences[page.id])


def _waiting(visits: SiteVisits) -> list[PageRow]:
    """Pages missed again in this round, far enough from the first time."""
    until = visits.tools.clock() - visits.site.removal_after
    with visits.tools.store.read() as session:
        missing = session.pages.missing(visits.row.id, until)
    return [page for page in missing if page.id in visits.absences]


def _remove(visits: SiteVisits, page: PageRow, absence: Evidence) -> None:
    tools, now = visits.tools, visits.tools.clock()
    with tools.store.write() as session:
        if page.version_id is not None:
            version = session.pages.version(page.version_id)
            article = reread(session, version, template_in(tools, session, page))
            told = gone_from(tools, session, page, gone(article, tools.weights))
            if told is not None:
                visits.write_event(
                    session,
                    page,
                    told,
                    article=article,
                    before=evidence_of(version),
                    after=absence,
                    known_as=page.url,
                    between=(page.read_at, page.missing_since or now),
                    now=now,
                )
                visits.events += 1
            tools.progress.step(visits.site.name, page.url, Kind.REMOVED.value)
        due = next_due(state=PageState.REMOVED, now=now, removal_after=visits.site.removal_after)
        session.pages.update(page.id, state=PageState.REMOVED.value, due_at=due)
