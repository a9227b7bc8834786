"""What a round found of a site as a whole: judged when its pages are done, and written in one transaction.

The rules are `compare`'s (site_wide, standing). All that is needed to judge a site again is in the store, so
that a round which was killed before is made up for by the next.
"""

from __future__ import annotations

from datetime import datetime

from crawler.compare import site_wide, standing
from crawler.compare.site_wide import Condition, Refusals, Sight
from crawler.compare.verdict import Verdict
from crawler.cycle.discovery import WHOLE
from crawler.cycle.events import event_of
from crawler.cycle.site_events import Finding, evidence, host, some, write
from crawler.cycle.visits import SiteVisits
from crawler.values import Kind, PageState
from storage.rows import PageRow, SiteRow
from storage.store import Session

TITLES = 5  # of releases that are named in words
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
ALIKE_IN_TEMPLATE = 2  # pages that came in another template and show the same: the template's
CONTROLS = 5  # pages that are asked besides, where a few show the same passage


async def ask_more(visits: SiteVisits) -> None:
    """Ask for the few pages that a judgement of the site wants, and this round did not ask."""
    with visits.tools.store.read() as session:
        found, told = _altered(session, visits)
        pages = _dropped(session, visits)
        if standing.suspected(found, standing.known(found, told), visits.started_at):
            pages += session.pages.controls(visits.row.id, visits.asked, CONTROLS)
    for page in pages:
        if visits.tools.stop.is_set():
            return
        await visits.visit(page)


def conclude(visits: SiteVisits) -> None:
    """Judge the site, and write what is told of it."""
    with visits.tools.store.write() as session:
        row = session.sources.site(visits.site.name) or visits.row
        _outage(session, visits, row)
        judge_pages(session, visits)
        session.listings.relist(row.id, WHOLE)
        _unlisted(session, visits)


def judge_pages(session: Session, visits: SiteVisits) -> None:
    """What the pages' own readings tell of the site."""
    _redesign(session, visits, session.sources.site(visits.site.name) or visits.row)
    _of_redesign(session, visits)
    _standing(session, visits)


# ── blocked, recovered ──────────────────────────────────────────────────────────────────────────


def _outage(session: Session, visits: SiteVisits, row: SiteRow) -> None:
    began = visits.started_at
    since = row.refused_since or began
    waiting = session.pages.refused_since(row.id, since)
    found = site_wide.refusals(visits.sights, _sources(session, visits), since=since, waiting=waiting)
    before = Condition(refused_since=row.refused_since, blocked_since=row.blocked_since)
    after, told = site_wide.next_condition(before, found.refuses, began=began)
    if after != before:
        values = {"refused_since": after.refused_since, "blocked_since": after.blocked_since}
        session.sources.update_site(row.id, **values)
    if told is Kind.BLOCKED:
        _tell_blocked(session, visits, found, since)
    elif told is Kind.RECOVERED and row.blocked_since is not None:
        read = [sight for sight in visits.sights if sight.read]
        finding = Finding(
            kind=Kind.RECOVERED,
            title=f"{host(visits)} is read again",
            summary=f"Of what was asked for in this round, {some(len(read), 'page')} could be read.",
            before=evidence(row.blocked_since),
            after=evidence(began, next(iter(read), None)),
            between=(row.blocked_since, began),
        )
        write(session, visits, finding)


def _sources(session: Session, visits: SiteVisits) -> list[Sight]:
    """What the sources that were asked in this round answered."""
    sights = []
    for source in session.sources.of_site(visits.row.id):
        read = source.read_at is not None and source.read_at >= visits.started_at
        if read or source.trouble:
            sights.append(
                Sight(
                    url=source.url,
                    verdict=Verdict.SAME if read else None,
                    reason=source.trouble or "",
                    trouble_since=source.trouble_since,
                )
            )
    return sights


def _tell_blocked(session: Session, visits: SiteVisits, found: Refusals, since: datetime) -> None:
    shown = next((sight for sight in found.refused if sight.reason == found.reason), None)
    refusal = visits.refusal
    if refusal is not None and refusal.response.body and shown is not None:
        session.bodies.put(refusal.response.body)
        shown = next((sight for sight in found.refused if sight.url == refusal.page.url), shown)
    last_read = session.pages.last_read(visits.row.id, since)
    finding = Finding(
        kind=Kind.BLOCKED,
        title=f"{host(visits)} cannot be read",
        summary=f"{len(found.refused)} of the {some(found.asked, 'address', 'addresses')} asked for were "
        f"refused or unreadable, most of them so: {found.reason.rstrip('.')}.",
        before=evidence(last_read) if last_read else None,
        after=evidence(visits.started_at, shown),
        between=(last_read, since),
        pages=tuple(sight.url for sight in found.refused),
    )
    write(session, visits, finding)


# ── redesigned ──────────────────────────────────────────────────────────────────────────────────


def _redesign(session: Session, visits: SiteVisits, row: SiteRow) -> None:
    """Pages in another template, since the last redesign that was told, beside those read since."""
    lately = visits.started_at - site_wide.LATELY
    after = max(row.redesigned_at, lately) if row.redesigned_at else lately
    restyled = session.templates.redesigned(row.id, after)
    if not restyled:
        return
    page_id, began = restyled[0]
    others = {*session.pages.read_since(row.id, began)}.difference(page for page, _ in restyled)
    if not site_wide.is_redesign(restyled=len(restyled), others=len(others)):
        return
    session.sources.update_site(row.id, redesigned_at=began)
    pages = session.pages.get_many([page for page, _ in restyled])
    first = next(page for page in pages if page.id == page_id)
    version = session.pages.version(first.version_id) if first.version_id is not None else None
    seen = next((visit for visit in session.ledger.visits(page_id, most=100) if visit.at == began), None)
    finding = Finding(
        kind=Kind.REDESIGNED,
        title=f"{host(visits)} has another design",
        summary=f"{len(pages)} of {some(len(pages) + len(others), 'page')} read since "
        "came in another template.",
        before=evidence(version.seen_at, version) if version else None,
        after=evidence(began, seen),
        between=(version.seen_at if version else None, began),
        pages=tuple(page.url for page in pages),
    )
    write(session, visits, finding)


# ── boilerplate ─────────────────────────────────────────────────────────────────────────────────


Told = list[tuple[int, frozenset[standing.Piece]]]  # the site's events and what they tell, newest first


def _altered(session: Session, visits: SiteVisits) -> tuple[list[standing.Altered], Told]:
    """The pages' events of late that are told on their own, and the site's events on passages."""
    now, names = visits.started_at, (visits.site.name,)
    rows = session.ledger.events(since=now - standing.WITHIN, sites=names, alone=True)
    found = [standing.altered(row.seq, event_of(row)) for row in rows if row.page_id is not None]
    kinds = (Kind.BOILERPLATE.value,)
    told = session.ledger.events(since=now - standing.KNOWN, sites=names, kinds=kinds)
    return found, [(row.seq, standing.pieces_of(event_of(row))) for row in reversed(told)]


def _of_redesign(session: Session, visits: SiteVisits) -> None:
    """What came or went alike on pages as they came in another template is the template's: the first of them
    are read before it is known. Their events are part of the redesign."""
    now, names = visits.started_at, (visits.site.name,)
    kinds = (Kind.REDESIGNED.value,)
    told = session.ledger.events(since=now - standing.KNOWN, sites=names, kinds=kinds)
    if not told:
        return
    seq = told[-1].seq
    restyled = session.templates.restyled(visits.row.id, now - standing.WITHIN)
    rows = session.ledger.events(since=now - standing.WITHIN, sites=names, alone=True)
    found = [
        standing.altered(row.seq, event_of(row))
        for row in rows
        if row.page_id is not None and restyled.get(row.page_id) == row.seen_at
    ]
    parts = [standing.altered(row.seq, event_of(row)) for row in session.ledger.parts(seq)]
    known = frozenset(piece for one in parts for piece in one.pieces)
    alike = standing.standing(found, _carriers(visits, found), frozenset(), ALIKE_IN_TEMPLATE)
    alone = [one.seq for one in found if standing.part_of(one, [(seq, known)]) is not None]
    session.ledger.make_part([*alone, *(alike.parts if alike else ())], seq)


def _carriers(visits: SiteVisits, found: list[standing.Altered]) -> dict[standing.Piece, frozenset[str]]:
    return {piece: visits.gains.carriers(piece) for one in found for piece in one.pieces}


def _standing(session: Session, visits: SiteVisits) -> None:
    found, told = _altered(session, visits)
    rest = []
    for one in found:
        seq = standing.part_of(one, told)
        if seq is None:
            rest.append(one)
        else:
            session.ledger.make_part([one.seq], seq)
    shared = standing.standing(rest, _carriers(visits, rest), standing.known(rest, told))
    if shared is None:
        return
    first = shared.first
    pages = some(len(shared.pages), "page")
    finding = Finding(
        kind=Kind.BOILERPLATE,
        title=f"The same passage {shared.what} on {pages} of {host(visits)}",
        summary="",
        before=first.before,
        after=first.after or evidence(first.seen_at),
        between=first.between,
        pages=shared.pages,
        redline=shared.redline,
        figures=shared.figures,
        reasons=shared.reasons,
        language=shared.language,
        direction=first.direction,
    )
    session.ledger.make_part(shared.parts, write(session, visits, finding))


# ── unlisted ────────────────────────────────────────────────────────────────────────────────────


def _dropped(session: Session, visits: SiteVisits) -> list[PageRow]:
    """Releases that were named for the last time long enough ago, where that is to be believed."""
    site, row = visits.site, visits.row
    dropped = [
        page
        for page in session.listings.unlisted(row.id, visits.started_at - site.removal_after)
        if any(site.includes(url) for url in (page.url, *session.pages.aliases(page.id)))
    ]
    named = session.listings.named(row.id, WHOLE)
    whole = [source for source in session.sources.of_site(row.id) if source.kind in WHOLE]
    unsure = any(source.trouble or source.unread or source.recount_since for source in whole)
    if unsure or not site_wide.believed(dropped=len(dropped), named=named):
        return []
    return dropped


def _unlisted(session: Session, visits: SiteVisits) -> None:
    now = visits.started_at
    pages = [
        page
        for page in _dropped(session, visits)
        if page.state == PageState.READ and page.trouble is None
        if page.read_at is not None and page.read_at >= now
    ]
    if not pages:
        return
    for page in pages:
        session.pages.update(page.id, unlisted_told_at=now)
    one = pages[0] if len(pages) == 1 else None
    since = min(page.unlisted_since or now for page in pages)
    version = session.pages.version(pages[0].version_id) if pages[0].version_id is not None else None
    finding = Finding(
        kind=Kind.UNLISTED,
        title=one.title if one else f"{some(len(pages), 'release')} of {host(visits)} are listed no more",
        summary=_headlines(pages),
        before=evidence(version.seen_at, version) if version else None,
        after=evidence(since),
        between=(None, since),
        pages=tuple(page.url for page in pages),
        url=one.url if one else None,
        language=one.language if one else None,
        direction="rtl" if one and one.language in RIGHT_TO_LEFT else "ltr",
    )
    write(session, visits, finding)


def _headlines(pages: list[PageRow]) -> str:
    """The headlines of several releases; one stands in the title."""
    if len(pages) == 1:
        return ""
    shown = "; ".join(f"“{page.title}”" for page in pages[:TITLES])
    more = f"; and {len(pages) - TITLES} more" if len(pages) > TITLES else ""
    return f"{shown}{more}."
