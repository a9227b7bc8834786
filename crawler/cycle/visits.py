"""Visits to a site's pages: ask, read, judge, compare, and write all that one visit learned at once.

The decisions are `compare`'s (verdict, happening) and `pace`'s; the asking is `fetch`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from crawler import compare, urls
from crawler.compare.documents import offered
from crawler.compare.families import traits
from crawler.compare.happening import Standing, happening
from crawler.compare.site_wide import Sight, another_template
from crawler.compare.verdict import Verdict, next_state
from crawler.config import SiteConfig
from crawler.cycle.absences import Absences
from crawler.cycle.addresses import Settling
from crawler.cycle.events import event_id, payload
from crawler.cycle.families import Kin, join, kin_of, told_of
from crawler.cycle.gains import Gains
from crawler.cycle.hosts import keep_hosts
from crawler.cycle.looks import Look, request_for, understand
from crawler.cycle.outcome import SiteLooked
from crawler.cycle.pacing import Pacer
from crawler.cycle.returns import confirmed, returning
from crawler.cycle.templates import learn
from crawler.cycle.tools import Tools
from crawler.values import (
    Article,
    Change,
    Event,
    Evidence,
    Fetched,
    Kind,
    Marks,
    PageState,
    Request,
    Response,
)
from storage.rows import PageRow, SiteRow, VersionRow, VisitRow
from storage.store import Session

MOST_DEPTH = 5  # visits that wait for each other
UNASKED = "not asked: its host asked for a pause, or fails"


@dataclass(slots=True, kw_only=True)
class SiteVisits:
    """The visits of one round to one site, and their count."""

    tools: Tools
    site: SiteConfig
    row: SiteRow
    round_id: int
    started_at: datetime
    pacer: Pacer
    sources: int = 0
    sources_answered: int = 0
    asked: set[int] = field(default_factory=set)
    read: int = 0
    blocked: int = 0
    missing: int = 0
    resting: int = 0  # not asked: the host asked for a pause, or is in trouble
    depth: int = 0  # of visits that wait for another visit
    events: int = 0
    absences: dict[int, Evidence] = field(default_factory=dict)
    sights: list[Sight] = field(default_factory=list)  # what each page answered
    gains: Gains = field(default_factory=Gains)
    refusal: Look | None = None  # one that was refused: the evidence
    baselines: dict[int, datetime] = field(default_factory=dict)  # since when they stand, as asked for
    absent: Absences = field(init=False)

    def __post_init__(self) -> None:
        self.absent = Absences(tools=self.tools)

    def summary(self) -> SiteLooked:
        return SiteLooked(
            site=self.site.name,
            asked=len(self.asked),
            read=self.read,
            events=self.events,
            blocked=self.blocked,
            missing=self.missing,
            resting=self.resting,
            sources_answered=self.sources_answered,
            sources=self.sources,
        )

    async def visit(self, page: PageRow) -> None:
        """Look at a page, once in a round."""
        if page.id in self.asked:
            return
        if page.version_id is None:  # it may have been folded into another page since its row was read
            with self.tools.store.read() as session:
                now = session.pages.get(page.id)
            if now is None:
                return
            page = now
        response = await self.tools.fetcher.get(request_for(page))
        self.pacer.spend(response)
        if response.outcome is Fetched.RESTING:
            self._rest(page, response)
            return
        self.asked.add(page.id)
        keep_hosts(self.tools)
        settling = Settling(
            tools=self.tools, site=self.site, started_at=self.started_at, visit=self._visit_first
        )
        seen = await self.absent.settled(understand(self.tools, self.site, page, response))
        look = await settling.settle(seen)
        if look is not None:
            self.record(await self._once_more(look))

    async def _once_more(self, look: Look) -> Look:
        """The look; where it shows an earlier version again, with a second look to confirm it."""
        if look.version is None or look.article is None or look.moved:
            return look
        with self.tools.store.read() as session:
            look = returning(session, look)
        if not look.doubtful:
            return look
        response = await self.tools.fetcher.get(Request(url=look.page.url))
        keep_hosts(self.tools)
        return confirmed(look, understand(self.tools, self.site, look.page, response))

    async def _visit_first(self, page: PageRow) -> None:
        """A visit that another one waits for; pages that point to each other without end are cut short."""
        if self.depth < MOST_DEPTH:
            self.depth += 1
            await self.visit(page)
            self.depth -= 1

    def _rest(self, page: PageRow, response: Response) -> None:
        """The page could not be asked: it stands as it stood, and that is said."""
        self.resting += 1
        reason = f"not asked: {response.detail}"
        with self.tools.store.write(durable=False) as session:
            since = page.trouble_since or self.tools.clock()
            session.pages.update(page.id, trouble=UNASKED, trouble_since=since)
        self.tools.progress.step(self.site.name, page.url, reason)
        self.sights.append(_sight(page, None, reason))

    def record(self, look: Look) -> None:
        """Write what the look learned: visit, state, version, event; one transaction."""
        page, verdict = look.page, look.judgement.verdict
        state = next_state(PageState(page.state), verdict)
        told = None
        with self.tools.store.write(durable=look.article is not None) as session:
            if look.absorbed is not None:
                session.pages.absorb(look.absorbed, page)
            if look.stored_url != page.url:
                session.pages.rename(replace(page, url=look.stored_url), page.url)
            visit_id = session.ledger.add_visit(page.id, self.round_id, _visit_row(look))
            values = _state_values(look, state)
            if look.article is not None:
                told, learned = self._record_article(session, look, look.article, visit_id)
                values |= learned
            elif look.judgement.elsewhere:
                self._learn_around(session, look)
            published = values.get("published", page.published)
            values["due_at"], values["learned"] = self.pacer.due(
                page,
                state=state,
                published=published if isinstance(published, str) else None,
                now=look.at,
                changed=_edited(page, verdict, told),
            )
            session.pages.update(page.id, **values)
        self._count(look, told)

    def _count(self, look: Look, told: Kind | None) -> None:
        verdict = look.judgement.verdict
        self.read += verdict in _READS
        self.blocked += verdict is Verdict.BLOCKED
        self.events += told is not None
        if verdict is Verdict.MISSING:
            self.missing += look.page.state != PageState.REMOVED
            hops = look.response.hops
            status = hops[0].status if hops else look.response.status
            self.absences[look.page.id] = Evidence(hash=None, status=status, time=look.at)
        self.sights.append(
            replace(
                _sight(look.page, verdict, look.judgement.reason),
                status=look.response.status,
                hash=look.hash,
                doubted=look.judgement.again,
            )
        )
        if verdict is Verdict.BLOCKED and (self.refusal is None or self.refusal.response.status is None):
            self.refusal = look
        what = told.value if told else look.judgement.reason or verdict.value
        self.tools.progress.step(self.site.name, look.page.url, what)

    def _record_article(
        self, session: Session, look: Look, article: Article, visit_id: int
    ) -> tuple[Kind | None, dict[str, object]]:
        """What a look that showed an article writes; the kind it is told as, and the page's new values."""
        page, version = look.page, look.version
        told_apart = cache(lambda: {trait.hash: trait for trait in traits(article)})
        alternates = self._alternates(page, article)
        offers = offered(article, self.site.base_url) if self.site.attachments else []
        # of a page never read nothing is kept yet that could be others than these
        linked_anew = bool(alternates or version) and session.families.keep_alternates(page.id, alternates)
        if self.site.attachments and (offers or version):
            session.attachments.keep(page.id, offers, look.at)
        marks = look.reading.marks if look.reading is not None else None
        marks_before = learn(self.tools, session, page, marks, look.at) if marks is not None else None
        values: dict[str, object] = {
            "etag": look.response.header("etag"),
            "last_modified": look.response.header("last-modified"),
            "language": article.language or page.language,
            "title": article.title,
            "published": str(article.published) if article.published else page.published,
        }
        weights = self.tools.weights
        change = None
        if look.before is not None:
            claimed = session.pages.claimed_since(page.id, page.read_at) if page.read_at else None
            change = compare.compare(look.before, article, claimed=claimed, weights=weights)
        if marks_before is not None and marks is not None:
            gained = self.gains.note(page.url, marks_before, marks)
            restyled = self._note_template(session, look, marks_before, marks)
            if restyled or gained:  # an event of the site may rest on it
                session.bodies.put(look.response.body)
        kin = Kin()
        if version is None or change is not None or linked_anew:
            kin = kin_of(self.tools, session, look, article, alternates, told_apart)
            values |= join(session, page, article, kin)
            if version is not None and change is None:  # what it names now may decide what others are told as
                session.bodies.put(look.response.body)
        standing = self._standing(session, look, kin)
        happened = happening(standing, article, change, weights)
        told = told_of(self.tools, session, look, article, happened, kin) if happened else None
        if version is None or happened is not None or look.before is None:
            values["version_id"] = self._add_version(session, look, article, visit_id)
            if told_apart() or version:
                session.families.keep_traits(page.id, told_apart())
        else:
            prints = compare.fingerprint(article), compare.text_fingerprint(article)
            if prints != (version.fingerprint, version.text_fingerprint):
                session.pages.restate_version(version.id, *prints)
        if told is not None:
            self.gains.tell(told.redline)
            self._add_event(session, look, article, told)
        return told.kind if told else None, values

    def _learn_around(self, session: Session, look: Look) -> None:
        """The site's template from a page whose article was not found: all it shows may stand around one, so
        that what other pages show too is known when it is read again."""
        marks = look.reading.marks if look.reading is not None else None
        if marks is None:
            return
        around = replace(marks, around=(*marks.around, *marks.inside), inside=(), region=0)
        before = learn(self.tools, session, look.page, around, look.at)
        if before is not None and self._note_template(session, look, before, around):
            session.bodies.put(look.response.body)

    def _note_template(self, session: Session, look: Look, before: Marks, after: Marks) -> bool:
        """Whether a page came in another template than at its last reading; written, and whether a redesign
        that was told since then explains it."""
        if look.version is None or not another_template(before, after):
            return False
        told, read_at = self.row.redesigned_at, look.page.read_at
        explained = told is not None and (read_at is None or read_at < told)
        session.templates.restyle(look.page.id, look.at, explained=explained)
        return True

    def _standing(self, session: Session, look: Look, kin: Kin) -> Standing:
        page = look.page
        return Standing(
            state=PageState(page.state),
            read_before=page.version_id is not None,
            baseline=self._baseline_since(session, page),
            family=bool(kin.editions),
            moved=look.moved,
            copy=look.copy or kin.home is not None,
            translated=kin.translated,
            back_to=evidence_of(look.back_to),
            now=look.at,
        )

    def _baseline_since(self, session: Session, page: PageRow) -> datetime | None:
        key = page.baseline_id
        if key is None:
            return None
        if key not in self.baselines:
            self.baselines[key] = session.sources.baseline_since(key)
        return self.baselines[key]

    def _alternates(self, page: PageRow, article: Article) -> dict[str, str | None]:
        """The translations a page names within its site, by canonical address."""
        named = {
            urls.canonical(link.url, self.site.base_url): link.language
            for link in article.translations
            if urls.same_site(link.url, self.site.base_url)
            if (link.language or "").partition("-")[0] != article.language
        }
        return {url: language for url, language in named.items() if url != page.url}

    def _add_version(self, session: Session, look: Look, article: Article, visit_id: int) -> int:
        return session.pages.add_version(
            look.page.id,
            number=look.version.number + 1 if look.version else 1,
            visit_id=visit_id,
            hash=session.bodies.put(look.response.body),
            content_type=look.response.header("content-type"),
            url=look.response.final_url,
            seen_at=look.at,
            status=look.response.status,
            title=article.title,
            fingerprint=compare.fingerprint(article),
            text_fingerprint=compare.text_fingerprint(article),
        )

    def _add_event(self, session: Session, look: Look, article: Article, told: Change) -> None:
        after = Evidence(hash=look.hash, status=look.response.status, time=look.at)
        self.write_event(
            session,
            look.page,
            told,
            article=article,
            before=evidence_of(look.version),
            after=after,
            known_as=look.stored_url if look.moved else look.page.url,
            between=(self._seen_before(session, look, told), look.at),
            now=look.at,
        )

    def _seen_before(self, session: Session, look: Look, told: Change) -> datetime | None:
        """When the release was last seen as it was before: for one that is back, when it was last gone."""
        if told.kind is Kind.RESTORED:
            return session.ledger.last_visit(look.page.id, Verdict.MISSING.value)
        return look.page.read_at

    def write_event(
        self,
        session: Session,
        page: PageRow,
        told: Change,
        *,
        article: Article | None,
        before: Evidence | None,
        after: Evidence,
        known_as: str,
        between: tuple[datetime | None, datetime],
        now: datetime,
    ) -> None:
        language = (article.language if article else None) or page.language
        event = Event(
            id=event_id(self.site.name, page.url, before, after),
            kind=told.kind,
            facts=told.facts,
            site=self.site.name,
            url=known_as,
            canonical_url=page.url,
            language=language,
            direction=article.direction if article else "ltr",
            title=article.title if article else page.title,
            title_before=told.title_before,
            published=(str(article.published) if article and article.published else page.published),
            published_before=told.published_before,
            dateline=article.dateline.text if article and article.dateline else None,
            summary=article.summary if article else "",
            seen_at=now,
            between=between,
            figures=told.figures,
            redline=told.redline,
            weight=told.weight,
            reasons=told.reasons,
            before=before,
            after=after,
            edits=told.edits,
            correction=told.correction,
            silent=told.silent,
            back_to=told.back_to,
            type=article.type if article else None,
            disagreements=told.disagreements,
            homes=told.homes,
            still_at=told.still_at,
            editions=told.editions,
        )
        session.ledger.add_event(
            id=event.id,
            site_id=page.site_id,
            page_id=page.id,
            kind=event.kind.value,
            language=language,
            seen_at=now,
            weight=event.weight,
            payload=payload(event),
        )


_READS = frozenset({Verdict.SAME, Verdict.ARTICLE})
_EDITS = frozenset({Kind.CHANGED, Kind.RETITLED, Kind.REDATED, Kind.WITHDRAWN, Kind.REVERTED})


def _edited(page: PageRow, verdict: Verdict, told: Kind | None) -> bool | None:
    """Whether the release was edited since it was read last; None where this look does not tell."""
    if page.version_id is None or page.state != PageState.READ or verdict not in _READS:
        return None
    return told in _EDITS if told is not None else False


def evidence_of(version: VersionRow | None) -> Evidence | None:
    """What a version rests on."""
    if version is None:
        return None
    return Evidence(hash=version.hash, status=version.status, time=version.seen_at)


def _sight(page: PageRow, verdict: Verdict | None, reason: str) -> Sight:
    since = page.trouble_since if page.state == PageState.BLOCKED else page.missing_since
    return Sight(url=page.url, verdict=verdict, reason=reason, trouble_since=since)


def _visit_row(look: Look) -> VisitRow:
    response = look.response
    return VisitRow(
        at=look.at,
        url=response.url,
        final_url=response.final_url,
        outcome=response.outcome.value,
        verdict=look.judgement.verdict.value,
        status=response.status,
        headers=[list(pair) for pair in response.headers],
        hash=look.hash,
        wire_bytes=response.wire_bytes,
        detail=look.judgement.reason,
        hops=[[hop.url, hop.status, hop.location] for hop in response.hops],
    )


def _state_values(look: Look, state: PageState) -> dict[str, object]:
    """The page's columns that follow from its state alone."""
    page, verdict = look.page, look.judgement.verdict
    values: dict[str, object] = {"state": state.value, "asked_at": look.at}
    if verdict in _READS:
        values |= {"read_at": look.at, "missing_since": None, "trouble": None, "trouble_since": None}
    elif verdict is Verdict.MISSING:
        values |= {"missing_since": page.missing_since or look.at, "trouble": None, "trouble_since": None}
    else:
        anew = page.trouble_since is None or (look.judgement.again and page.trouble != look.judgement.reason)
        since = look.at if anew else page.trouble_since
        values |= {"trouble": look.judgement.reason, "trouble_since": since}
    return values
