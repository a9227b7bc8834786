"""When a site's pages and sources are due again: what `pace` decides, with what the store learned.

It loads what was learned when a site's round begins, and keeps what the round taught when it ends: a round
that is killed has learned nothing of rates, and lost nothing else.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler import pace, schedule
from crawler.config import Config, SiteConfig
from crawler.pace.hazard import BINS, Hazard, History, Lesson, Rate, Tally, learn, rate
from crawler.pace.looking import LEAST_PRICE, audit, next_price, wait
from crawler.pace.signals import Trust
from crawler.values import Fetched, PageState, Response
from storage.rows import HazardRow, PageRow, SitePaceRow, SourceRow
from storage.store import Session

LIVING = -1  # the bin of living pages in the store
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PRICED = timedelta(hours=6)  # how often the price follows what is wanted
NEW = 10.0  # edits that a release unseen is worth
SOURCES_SHARE = 0.2  # of the budget
ENOUGH = 4.0  # looks by chance at each page within the bound: a small site needs no more
LONGEST = 24.0  # hours between two looks at a source


def is_quiet(site: SiteConfig, now: datetime) -> bool:
    """Whether the site's host is not to be asked at this hour."""
    if not site.quiet_hours:
        return False
    return schedule.quiet_hours(site.quiet_hours).holds(now.astimezone(ZoneInfo(site.timezone)).time())


@dataclass(slots=True, kw_only=True)
class Pacer:
    """One site's pacing for the time of a round."""

    site: SiteConfig
    config: Config
    row: SitePaceRow
    hazards: dict[str, Hazard]
    pages: int
    trusts: dict[int, Trust]  # by source
    yields: dict[int, Tally]  # by source: releases that it was first to name, and hours watched
    lessons: dict[str, list[Lesson]] = field(default_factory=dict)
    signalled: dict[int, list[tuple[int, datetime]]] = field(default_factory=dict)  # by page: source, time
    asked: int = 0

    # ── the budget ──────────────────────────────────────────────────────────────────────────────

    @property
    def budget(self) -> int:
        """Requests a day to the site's host."""
        return self.site.requests_per_day or self.config.pace.requests_per_day

    @property
    def allowed(self) -> int:
        """How many requests may be made now."""
        return max(0, math.floor(self.row.purse) - self.asked)

    def fill(self, now: datetime) -> None:
        """Let the purse grow by the time that went by: never above a day's requests, never by a clock set
        back."""
        hours = max(0.0, (now - self.row.filled_at) / HOUR)
        purse = min(float(self.budget), self.row.purse + self.budget / 24 * hours)
        self.row = replace(self.row, purse=purse, filled_at=now)

    def spend(self, response: Response) -> None:
        """Count a request, where one was made: a host that rests was not asked."""
        self.asked += response.outcome is not Fetched.RESTING

    # ── sources ─────────────────────────────────────────────────────────────────────────────────

    def source_due(self, source: SourceRow, *, news: int, requests: int, now: datetime) -> datetime:
        """When a source that was just read is due again: `news` releases were new, `requests` it took.

        A release unseen costs as much as ten edits; all sources together take a fifth of the budget at most.
        """
        found = self.yields.get(source.id, Tally())
        if source.read_at is not None and now > source.read_at:
            found = found + Tally(found=float(news), expected=(now - source.read_at) / HOUR)
            self.yields[source.id] = found
        each = (found.found + 2) / (found.expected + 24)
        hours = math.sqrt(2 * self.row.price / (NEW * each))
        share = max(1, len(self.site.sources)) * requests * 24 / (SOURCES_SHARE * self.budget)
        least = self.config.pace.sources / HOUR
        return now + HOUR * max(least, min(max(hours, share), LONGEST))

    # ── pages ───────────────────────────────────────────────────────────────────────────────────

    def due(
        self,
        page: PageRow,
        *,
        state: PageState,
        published: str | None,
        now: datetime,
        changed: bool | None,
    ) -> tuple[datetime, list[float] | None]:
        """When a page that was just looked at is due again, and what is to be kept of what it taught.

        `changed`: whether it was edited since it was read last; None where that cannot be told.
        """
        if state is not PageState.READ:
            fixed = pace.next_due(state=state, now=now, removal_after=self.site.removal_after)
            return fixed, page.learned
        history, born = history_of(page), pace.born(published, page.since)
        kind = pace.page_class(page.url)
        if changed is not None and page.read_at is not None and now > page.read_at:
            history = self._learn(page, kind, history, born, now, changed=changed)
        found, age = self._rate(kind, history), max(0.0, (now - born) / HOUR)
        hours = wait(found, age=age, price=self.row.price)
        if relied := self._relied(page.id, hours):
            hours = wait(found, age=age, price=self.row.price, recall=relied)
        bound = self.config.pace.max_unseen / HOUR * 0.9  # a round or two may pass before it is its turn
        by_chance = audit(
            pages=self.pages,
            requests=min(self.config.pace.audit * self.budget / 24, ENOUGH * self.pages / bound),
            chance=_chance(page.url, now),
        )
        return now + HOUR * min(hours, by_chance, bound), kept(history)

    def _learn(
        self, page: PageRow, kind: str, history: History, born: datetime, now: datetime, *, changed: bool
    ) -> History:
        assert page.read_at is not None
        start, end = (page.read_at - born) / HOUR, (now - born) / HOUR
        site = Tally(found=self.row.found, expected=self.row.expected)
        after, lesson = learn(self._hazard(kind), site, history, start=start, end=end, changed=changed)
        self.lessons.setdefault(kind, []).append(lesson)
        site = site + lesson.site
        self.row = replace(self.row, found=site.found, expected=site.expected)
        for source, at in self.signalled.get(page.id, ()):
            trust = self.trusts.get(source, Trust())
            self.trusts[source] = trust.learned(
                signal=at > page.read_at, changed=changed, hours=(now - page.read_at) / HOUR
            )
        return after

    def _hazard(self, kind: str) -> Hazard:
        return self.hazards.get(kind, Hazard())

    def _rate(self, kind: str, history: History) -> Rate:
        return rate(self._hazard(kind), Tally(found=self.row.found, expected=self.row.expected), history)

    def _relied(self, page_id: int, hours: float) -> float:
        """How far the best of the page's sources may be relied on for so long."""
        sources = [source for source, _ in self.signalled.get(page_id, ())]
        trusts = [self.trusts[source] for source in sources if source in self.trusts]
        return max((trust.relied(hours) for trust in trusts), default=0.0)

    def heed(self, page: PageRow, source: int, now: datetime) -> bool:
        """Whether a page is worth a look now that a source claims another date for it."""
        if page.read_at is None:
            return True
        trust, kind = self.trusts.get(source, Trust()), pace.page_class(page.url)
        age = (now - pace.born(page.published, page.since)) / HOUR
        each = self._rate(kind, history_of(page)).at(max(0.0, age))
        unseen = trust.tells(each) + (1 - trust.recall) * each * (now - page.read_at) / HOUR
        return unseen * unseen >= 2 * self.row.price * each

    def why(self, page: PageRow, now: datetime) -> tuple[str, ...]:
        """When a page is due and why, in words, by what is known now."""
        if page.state != PageState.READ or page.read_at is None:
            return (f"{page.state}: looked at again after a fixed time",)
        history, kind = history_of(page), pace.page_class(page.url)
        found, age = self._rate(kind, history), (now - pace.born(page.published, page.since)) / HOUR
        each = found.at(max(0.0, age))
        unseen = each * (now - page.read_at) / HOUR
        relied = self._relied(page.id, wait(found, age=max(0.0, age), price=self.row.price))
        by_age = found.at(max(0.0, age)) - found.steady
        words = [
            f"{kind}, {age / 24:.1f} days old: {each * 24:.2g} edits a day expected now "
            f"({by_age * 24:.2g} as a release of its age, {found.steady * 24:.2g} as a page that lives on, "
            f"which it is with probability {history.share:.0%})",
            f"{unseen:.2g} edits expected since it was read; a request is worth {unseen**2 / (2 * each):.2g} "
            f"hours of delay, and the price is {self.row.price:.2g}",
        ]
        if relied:
            words.append(f"its sources will tell of {relied:.0%} of edits, so that it is asked less often")
        words.append(f"asked by chance too, and in any case within {self.config.pace.max_unseen.days} days")
        return tuple(words)

    # ── keeping ─────────────────────────────────────────────────────────────────────────────────

    def keep(self, session: Session, now: datetime, *, waiting: int) -> None:
        """Write what the round taught; `waiting` pages were due and not reached."""
        wanted = self.row.wanted + self.asked + waiting
        row = replace(self.row, purse=max(0.0, self.row.purse - self.asked), wanted=wanted)
        if now - row.priced_at >= PRICED:
            budget = self.budget * min(1.0, (now - row.priced_at) / DAY)
            price = next_price(row.price, wanted=wanted, budget=budget)
            row = replace(row, price=price, priced_at=now, wanted=0.0)
        elif now < row.priced_at:  # the clock was set back
            row = replace(row, priced_at=now)
        if row.covered is None or row.priced_at == now:
            row = replace(row, covered=self._covered(session, now))
        session.pacing.keep_site(row)
        for source in self.trusts.keys() | self.yields.keys():
            session.sources.update(source, learned=self._learned(source))
        session.pacing.add_to_hazards(_rows(self.lessons))
        self.row, self.lessons, self.asked = row, {}, 0

    def _covered(self, session: Session, now: datetime) -> float | None:
        """The share of the site's pages that usually stands as read."""
        read, pages = session.pages.standing(self.row.site_id)
        if not pages:
            return self.row.covered
        return pace.usual(self.row.covered, read / pages, (now - self.row.priced_at) / HOUR)

    def _learned(self, source: int) -> list[float]:
        trust, found = self.trusts.get(source, Trust()), self.yields.get(source, Tally())
        values = (trust.told, trust.untold, trust.false, trust.hours, found.found, found.expected)
        return [float(f"{value:.6g}") for value in values]

    def note_signals(self, session: Session, page_ids: list[int]) -> None:
        """Take up which sources name these pages, and since when as they do now."""
        for page, source, at in session.pacing.signals(page_ids):
            self.signalled.setdefault(page, []).append((source, at))


def pacer(session: Session, config: Config, site: SiteConfig, site_id: int, now: datetime) -> Pacer:
    """A site's pacing, as the store knows it."""
    sources = session.sources.of_site(site_id)
    row = session.pacing.of_site(site_id) or SitePaceRow(
        site_id=site_id,
        price=LEAST_PRICE,
        priced_at=now,
        wanted=0.0,
        purse=float(site.requests_per_day or config.pace.requests_per_day),
        filled_at=now,
        found=0.0,
        expected=0.0,
        covered=None,
    )
    made = Pacer(
        site=site,
        config=config,
        row=row,
        hazards=_hazards(session.pacing.hazards()),
        pages=session.pacing.pages(site_id),
        trusts={source.id: trust_of(source.learned) for source in sources if source.learned},
        yields={
            source.id: Tally(found=source.learned[4], expected=source.learned[5])
            for source in sources
            if source.learned
        },
    )
    made.fill(now)
    return made


def forgive(session: Session, site_id: int, now: datetime) -> None:
    """After a clock that went ahead and was set back: what it put off is due now."""
    row = session.pacing.of_site(site_id)
    ahead = row is not None and row.filled_at > now
    if ahead or session.pacing.asked_tomorrow(site_id, now):  # a killed round asked, and filled no purse
        session.pacing.forget_tomorrow(site_id, now)


def history_of(page: PageRow) -> History:
    """What a page's visits taught, from its row."""
    if not page.learned:
        return History()
    found, expected, odds, living, hours = page.learned
    return History(
        tally=Tally(found=found, expected=expected), odds=odds, living=Tally(found=living, expected=hours)
    )


def kept(history: History) -> list[float]:
    """The same as the row keeps it."""
    tally, living = history.tally, history.living
    values = (tally.found, tally.expected, history.odds, living.found, living.expected)
    return [float(f"{value:.6g}") for value in values]


def trust_of(learned: list[float]) -> Trust:
    told, untold, false, hours = learned[:4]
    return Trust(told=told, untold=untold, false=false, hours=hours)


def _hazards(rows: Iterable[HazardRow]) -> dict[str, Hazard]:
    found: dict[str, list[float]] = {}
    watched: dict[str, list[float]] = {}
    living: dict[str, Tally] = {}
    for row in rows:
        ages = found.setdefault(row.kind, [0.0] * BINS), watched.setdefault(row.kind, [0.0] * BINS)
        if row.bin == LIVING:
            living[row.kind] = Tally(found=row.found, expected=row.watched)
        elif 0 <= row.bin < BINS:
            ages[0][row.bin], ages[1][row.bin] = row.found, row.watched
    return {
        kind: Hazard(found=tuple(found[kind]), watched=tuple(watched[kind]), living=living.get(kind, Tally()))
        for kind in found
    }


def _rows(lessons: dict[str, list[Lesson]]) -> list[HazardRow]:
    """The lessons of a round, summed: one row for each bin that learned."""
    rows = []
    for kind, each in lessons.items():
        sums: dict[int, tuple[float, float]] = {}
        for lesson in each:
            living = (LIVING, lesson.living.expected, lesson.living.found)
            for number, hours, edits in (*lesson.spans, living):
                found, watched = sums.get(number, (0.0, 0.0))
                sums[number] = found + edits, watched + hours
        rows += [
            HazardRow(kind=kind, bin=number, found=found, watched=watched)
            for number, (found, watched) in sums.items()
        ]
    return rows


def _chance(url: str, now: datetime) -> float:
    """Uniform in [0, 1), the same for the same page and time: a round can be played again."""
    digest = hashlib.blake2b(f"{url} {now.timestamp()}".encode(), digest_size=7).digest()
    return int.from_bytes(digest) / 2**56
