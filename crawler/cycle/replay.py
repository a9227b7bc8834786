"""The ledger built again from stored visits and bodies, by today's rules, and compared with the one told.

What a visit showed (an article, an absence, a refusal) is taken as it was judged then: most refusals and all
unchanged pages left no body. What an article says, what differs and what it is told as is derived anew.
Events that rest on sources, on documents or on pages that are asked no more are taken over as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from crawler import urls
from crawler.compare.verdict import PERMANENT, Judgement, Verdict
from crawler.config import Config, SiteConfig
from crawler.cycle import removals
from crawler.cycle.addresses import Settling
from crawler.cycle.events import as_json
from crawler.cycle.families import relatives
from crawler.cycle.looks import Look, arrival_of, earlier
from crawler.cycle.pacing import pacer
from crawler.cycle.returns import earlier_version
from crawler.cycle.rounds import fetch_settings
from crawler.cycle.site_wide import judge_pages
from crawler.cycle.templates import template_in
from crawler.cycle.tools import Progress, Tools
from crawler.cycle.visits import SiteVisits
from crawler.cycle.watched import Watched
from crawler.extract import extract
from crawler.fetch import Fetcher
from crawler.values import Article, Fetched, Hop, Kind, PageState, Response
from storage.rows import EventRow, PageRow, PastVisit, SiteRow, VisitRow
from storage.store import Session, Store

TAKEN_OVER = {Kind.BLOCKED, Kind.RECOVERED, Kind.UNLISTED}
# not compared: a removal's second, the address of today, and what a sitemap claimed at the time
_LEFT_OUT = {"seen_at", "canonical_url", "silent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One event on which the two ledgers differ."""

    id: str
    kind: str
    title: str
    url: str | None
    what: str  # in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    compared: int
    taken_over: int
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...]  # sites that the configuration does not name any more


@dataclass(slots=True)
class _Clock:
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def replay_ledger(store: Store, scratch: Store, config: Config, progress: Progress) -> Replayed:
    """Build the ledger again in `scratch`, an empty store, and compare. Changes nothing in `store`."""
    sites = {site.name: site for site in config.site}
    watched = Watched(sites=config.site)
    with store.read() as session:
        outline = session.history.outline()
        with scratch.write() as target:
            target.history.plant(outline)
        rounds = {row["id"]: row for row in outline["round"]}
        for round_id, visits in groupby(session.history.visits(), key=lambda past: past.round_id):
            _Round(session=session, scratch=scratch, config=config, progress=progress, sites=sites).play(
                rounds[round_id], visits
            )
        told = session.ledger.events()
        with scratch.read() as target:
            derived = target.ledger.events()
        strange = _beside_strangers(session, watched, {row.page_id for row in (*told, *derived)})
        kept = {row.seq for row in told if row.page_id not in strange and _rests_on_pages(session, row)}
    derived = [row for row in derived if row.page_id not in strange]
    left_out = [row["name"] for row in outline["site"] if row["name"] not in sites]
    compared = [row for row in told if row.seq in kept and row.payload["site"] in sites]
    return Replayed(
        compared=len(compared),
        taken_over=len(told) - len(kept),
        differences=tuple(_differences(compared, derived)),
        left_out=tuple(left_out),
    )


def _rests_on_pages(session: Session, row: EventRow) -> bool:
    """Whether an event can be derived from pages alone: not from sources, nor from a document's file."""
    if Kind(row.kind) in TAKEN_OVER:
        return False
    after = row.payload["evidence"]["after"]
    digest = after["hash"] if after else None
    return digest is None or session.bodies.has(digest)


def _beside_strangers(session: Session, watched: Watched, page_ids: Iterable[int | None]) -> set[int]:
    """Of these pages, those with a home or an edition that the configuration does not ask any more: what it
    said is not played, and it decided what was told of them."""
    found = set()
    for page_id in page_ids:
        page = session.pages.get(page_id) if page_id is not None else None
        if page is not None and not all(watched.asks(session, other) for other in relatives(session, page)):
            found.add(page.id)
    return found


@dataclass(slots=True, kw_only=True)
class _Round:
    """One round, played again."""

    session: Session  # of the store that is replayed
    scratch: Store
    config: Config
    progress: Progress
    sites: dict[str, SiteConfig]
    clock: _Clock = field(default_factory=_Clock)

    def play(self, row: dict[str, Any], visits: Iterator[PastVisit]) -> None:
        tools = Tools(
            store=self.scratch,
            fetcher=Fetcher(fetch_settings(self.config)),  # never entered: it opens nothing
            clock=self.clock,
            progress=self.progress,
            watched=Watched(sites=self.config.site),
        )
        with self.scratch.read() as session:
            rows = {site.id: site for site in session.sources.sites()}
        played: dict[int, SiteVisits] = {}
        for past in visits:
            site_row = rows[past.site_id]
            if site_row.name not in self.sites:
                continue
            if past.site_id not in played:
                played[past.site_id] = self._visits(tools, site_row, row)
            self.clock.now = past.visit.at
            self._visit(played[past.site_id], past)
        self.clock.now = max(self.clock.now, row["ended_at"] or self.clock.now)
        for site_visits in played.values():
            removals.write_confirmed(site_visits)
            with self.scratch.write() as session:
                judge_pages(session, site_visits)

    def _visits(self, tools: Tools, site_row: SiteRow, row: dict[str, Any]) -> SiteVisits:
        site, began = self.sites[site_row.name], row["started_at"]
        with self.scratch.read() as session:
            pacing = pacer(session, self.config, site, site_row.id, began)
        return SiteVisits(
            tools=tools, site=site, row=site_row, round_id=row["id"], started_at=began, pacer=pacing
        )

    def _visit(self, visits: SiteVisits, past: PastVisit) -> None:
        visit, site = past.visit, visits.site
        asked = urls.canonical(visit.url, site.base_url)
        with self.scratch.write(durable=False) as session:
            page = session.pages.get(past.page_id)
            if page is None:
                return
            if page.asked_at is None:
                session.pages.update(page.id, url=asked)
                page = session.pages.get(past.page_id) or page
        verdict = Verdict(visit.verdict)
        if page.version_id is not None and verdict is not Verdict.ARTICLE and asked != page.url:
            return  # of another page that was folded into this one later
        visits.asked.add(page.id)
        visits.record(self._look(visits, page, visit, asked))

    def _look(self, visits: SiteVisits, page: PageRow, visit: VisitRow, asked: str) -> Look:
        body = b""
        if visit.verdict == Verdict.ARTICLE and visit.hash and self.session.bodies.has(visit.hash):
            body = self.session.bodies.get(visit.hash)
        response = _response(visit, body)
        verdict, reason = Verdict(visit.verdict), visit.detail
        look = Look(
            page=page,
            stored_url=page.url,
            response=response,
            judgement=Judgement(verdict=verdict, reason=reason),
            at=visit.at,
            hash=visit.hash if body else None,
        )
        if verdict is not Verdict.ARTICLE:
            return look
        if not body:  # a page that said what it had said
            return replace(look, judgement=Judgement(verdict=Verdict.SAME, reason=reason))
        return self._read(visits, look, asked)

    def _read(self, visits: SiteVisits, look: Look, asked: str) -> Look:
        """The look with its article by today's rules, and what was known of the page."""
        tools, page, response = visits.tools, look.page, look.response
        with self.scratch.read() as session:
            template = template_in(tools, session, page)
            reading = extract(
                response.body,
                url=response.final_url,
                content_type=response.header("content-type"),
                template=template,
            )
            article = reading.article
            if article is None:
                judgement = Judgement(verdict=Verdict.BLOCKED, reason=f"unreadable: {reading.unreadable}")
                return replace(look, judgement=judgement)
            version = before = None
            if page.version_id is not None:
                version = session.pages.version(page.version_id)
                before = earlier(session, version, reading, template)
            here = _address(visits.site, page, response, asked)
            moved = version is not None and here != page.url
            look = replace(
                look,
                page=replace(page, url=here),
                reading=reading,
                version=version,
                before=before,
                moved=moved,
            )
            back_to = None if moved else earlier_version(session, look)
        copy = version is None and self._is_copy(visits, look, article)
        return replace(look, back_to=back_to, copy=copy)

    def _is_copy(self, visits: SiteVisits, look: Look, article: Article) -> bool:
        settling = Settling(tools=visits.tools, site=visits.site, started_at=visits.started_at, visit=_never)
        twin = settling.twin(look, article)
        return twin is not None and twin.state not in {PageState.MISSING, PageState.REMOVED}


async def _never(page: PageRow) -> None:
    raise AssertionError(f"a replay asks nothing: {page.url}")


def _address(site: SiteConfig, page: PageRow, response: Response, asked: str) -> str:
    """The address that the release has after the visit: where a permanent redirect led, or the first one."""
    arrival = arrival_of(site, response)
    permanent = all(hop.status in PERMANENT for hop in response.hops)
    if page.version_id is None or (response.hops and permanent):
        return arrival
    return page.url if response.hops else asked


def _response(visit: VisitRow, body: bytes) -> Response:
    return Response(
        url=visit.url,
        final_url=visit.final_url,
        outcome=Fetched(visit.outcome),
        status=visit.status,
        headers=tuple((name, value) for name, value in visit.headers),
        body=body,
        hops=tuple(
            Hop(url=str(url), status=int(status), location=str(location))
            for url, status, location in visit.hops or ()
        ),
        wire_bytes=visit.wire_bytes,
        detail=visit.detail,
    )


# ── comparison ──────────────────────────────────────────────────────────────────────────────────


def _differences(told: list[EventRow], derived: list[EventRow]) -> Iterator[Difference]:
    anew = {row.id: row for row in derived}
    ids = {row.seq: row.id for row in derived}
    told_ids = {row.seq: row.id for row in told}
    for row in told:
        other = anew.pop(row.id, None)
        if other is None:
            yield _difference(row, "told then; by today's rules it is not")
            continue
        before, after = as_json(row), as_json(other)
        fields = [name for name in before if name not in _LEFT_OUT and before[name] != after.get(name)]
        if told_ids.get(row.part_of or 0) != ids.get(other.part_of or 0):
            fields.append("part_of")
        if fields:
            yield _difference(row, f"differs in {', '.join(fields)}")
    for other in anew.values():
        yield _difference(other, "not told then; by today's rules it is")


def _difference(row: EventRow, what: str) -> Difference:
    data = as_json(row)
    return Difference(id=row.id, kind=row.kind, title=data["title"], url=data["canonical_url"], what=what)
