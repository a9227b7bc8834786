"""Pacing beside other rules: how long edits stand unseen at the same number of requests.

python -m benchmarks.pacing [--seed N] [--budget N] [--days N] [--only WORDS]

A made-up world of 150 sites, the same for every rule: which pages are published when, and when each is
edited, is drawn before any rule runs. It measures no real site: its parameters are assumptions, stated
below; and it times nothing. A rule sees of a page when it was published and, at each visit, whether it
changed since the last.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import sys
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crawler.pace.hazard import Hazard, History, Lesson, Rate, Tally, learn, rate, taught
from crawler.pace.looking import LEAST_PRICE, audit, next_price, wait
from crawler.pace.signals import Trust

SITES = 150
OLD_PAGES = 8_500  # known when watching begins
NEW_A_DAY = 60.0
YEARS = 5.0  # the age of the oldest
LIVING_SHARE = 0.02
LIVING_RATE = 0.12 / 24  # edits an hour of a living page
EARLY = 0.5 / 12  # edits an hour right after publication: half an edit a release in all ...
HALVING = 6.0  # ... falling as (1 + age / 6 h)^-1.5
LATE = 0.06 / 8760  # edits an hour of any page for ever
AGAIN = 0.25  # an edit is followed by another, an hour and a half later on average, so often
SITES_DIFFER = 0.5  # sigma of the logarithm of a site's factor
PAGES_DIFFER = 4.0  # shape of a page's Gamma factor
LEARNING = 30 * 24.0  # hours at the beginning that are not judged
TICK = 1 / 6  # hours between two rounds
A_HOST = 10  # requests to one host in a round
POLL = 6.0  # hours between two looks at a site's sitemap
BOUND = 30 * 24.0  # hours that no page may go unseen
AUDIT = 0.05  # of the budget
YOUNG = 72.0  # hours
START = 24.0  # hours: the adaptive rules' first interval


# ── the world ───────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True, kw_only=True)
class Page:
    number: int
    site: int
    born: float  # hours from the beginning; negative for what was there
    factor: float
    living: bool
    edits: list[float] = field(default_factory=list)
    stamps: list[float] = field(default_factory=list)  # when its lastmod changes, true or not

    def intensity(self, at: float) -> float:
        """Edits an hour, those that follow others left out."""
        early: float = EARLY * (1 + (at - self.born) / HALVING) ** -1.5
        return (early + LATE) * self.factor + self.living * LIVING_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    hours: float
    pages: list[Page]


def world(seed: int, days: int) -> World:
    """Pages and their edits, drawn once."""
    chance = random.Random(seed)
    shares = [chance.lognormvariate(0, 1) for _ in range(SITES)]
    hours, pages = days * 24.0, list[Page]()
    for site, share in enumerate(shares):
        part = share / sum(shares)
        factor = chance.lognormvariate(0, SITES_DIFFER)
        births = [-(chance.random() ** 2) * YEARS * 8760 for _ in range(round(OLD_PAGES * part))]
        births += [_in_office_hours(chance, hours) for _ in range(round(NEW_A_DAY * days * part))]
        recall, false_rate = _sitemap(chance)
        for born in births:
            page = Page(
                number=len(pages),
                site=site,
                born=born,
                factor=factor * chance.gammavariate(PAGES_DIFFER, 1 / PAGES_DIFFER),
                living=chance.random() < LIVING_SHARE,
            )
            page.edits = sorted(_edits(chance, page, hours))
            page.stamps = sorted(
                [edit for edit in page.edits if chance.random() < recall]
                + list(_poisson(chance, false_rate, max(0.0, born), hours))
            )
            pages.append(page)
    return World(hours=hours, pages=pages)


def _sitemap(chance: random.Random) -> tuple[float, float]:
    """Recall and false signals an hour of a site's lastmod: good, half-hearted, absent, or all anew each
    day."""
    drawn = chance.random()
    if drawn < 0.70:
        return 0.95, 1e-5
    if drawn < 0.80:
        return 0.5, 1e-4
    return (0.0, 0.0) if drawn < 0.90 else (1.0, 1 / 24)


def _in_office_hours(chance: random.Random, hours: float) -> float:
    while True:
        at = chance.random() * hours
        if 7 <= at % 24 < 18 and (at // 24 % 7 < 5 or chance.random() < 0.15):
            return at


def _poisson(chance: random.Random, each: float, start: float, end: float) -> Iterator[float]:
    at = start
    while each > 0 and (at := at + chance.expovariate(each)) < end:
        yield at


def _edits(chance: random.Random, page: Page, hours: float) -> Iterator[float]:
    """A Poisson process of falling rate, by thinning stretch by stretch (Lewis and Shedler 1979), with
    bursts."""
    at, end = max(0.0, page.born), hours
    while at < end:
        stretch = min(end, at + max(1.0, (at - page.born) / 4))
        most = page.intensity(at)
        for edit in _poisson(chance, most, at, stretch):
            if chance.random() * most < page.intensity(edit):
                yield edit
                after = edit
                while chance.random() < AGAIN:
                    after += chance.expovariate(1 / 1.5)
                    if after < end:
                        yield after
        at = stretch


# ── rules ───────────────────────────────────────────────────────────────────────────────────────


class Rule(ABC):
    """When each page is due. Every rule fits itself to the budget, so that all spend the same."""

    name: str
    polls = False  # its requests for sitemaps are paid from the same budget

    @abstractmethod
    def due(self, page: Page, now: float) -> float:
        """When the page, seen just now, is due again."""

    def seen(self, page: Page, last: float, now: float, *, changed: bool) -> None:  # noqa: B027 - most learn nothing
        """Learn from a visit."""

    def signalled(self, page: Page, last: float, now: float) -> float | None:
        """When a page whose lastmod changed is due; None: as before."""
        return None

    @abstractmethod
    def fit(self, pages: list[Page], now: float, *, wanted: float, budget: float) -> None:
        """A quarter of a day is over, in which so many requests were asked for or waited, and so many
        allowed; `pages` are known by now."""


class Interval(Rule):
    """A rule that names an interval; all are stretched alike, as the budget asks for."""

    stretch = 1.0

    @abstractmethod
    def gap(self, page: Page, now: float) -> float:
        """Hours between two visits."""

    def due(self, page: Page, now: float) -> float:
        return now + self.stretch * self.gap(page, now)

    def fit(self, pages: list[Page], now: float, *, wanted: float, budget: float) -> None:
        self.stretch = sum(1 / self.gap(page, now) for page in pages) * 6 / budget


class Uniform(Interval):
    name = "uniform"

    def gap(self, page: Page, now: float) -> float:
        return 72


class Tiers(Interval):
    name = "fixed tiers of age"

    def gap(self, page: Page, now: float) -> float:
        age = now - page.born
        tiers = ((72, 1), (14 * 24, 6), (90 * 24, 24))
        return next((gap for limit, gap in tiers if age < limit), 7 * 24)


class Adaptive(Interval):
    """An interval a page that shrinks by a change and grows without one, between two bounds."""

    def __init__(self, name: str, *, start: float, grows: float, shrinks: float, least: float, most: float):
        self.name, self.start = name, start
        self.grows, self.shrinks, self.least, self.most = grows, shrinks, least, most
        self.gaps: dict[int, float] = {}

    def seen(self, page: Page, last: float, now: float, *, changed: bool) -> None:
        gap = self.gap(page, now) * (self.shrinks if changed else self.grows)
        self.gaps[page.number] = max(self.least, min(self.most, gap))

    def gap(self, page: Page, now: float) -> float:
        return self.gaps.get(page.number, self.start)


class Proportional(Interval):
    """Visits in proportion to the rate of changes seen (one in a fortnight assumed)."""

    name = "proportional to the rate seen"

    def __init__(self) -> None:
        self.tallies: dict[int, tuple[int, float]] = {}

    def seen(self, page: Page, last: float, now: float, *, changed: bool) -> None:
        found, hours = self.tallies.get(page.number, (0, 0.0))
        self.tallies[page.number] = found + changed, hours + now - last

    def gap(self, page: Page, now: float) -> float:
        found, hours = self.tallies.get(page.number, (0, 0.0))
        return (hours + 14 * 24) / (found + 1) / 10


class Priced(Rule):
    """A rule by the index, with a price that follows the budget."""

    price = LEAST_PRICE

    def fit(self, pages: list[Page], now: float, *, wanted: float, budget: float) -> None:
        self.price = next_price(self.price, wanted=wanted, budget=budget)


class Oracle(Priced):
    """Knows each page's true intensity; only not when the next edit comes."""

    name = "oracle: true rates"

    def due(self, page: Page, now: float) -> float:
        unseen, at, more = 0.0, now, 1 / (1 - AGAIN)
        while at < now + 10_000:
            step = max(0.25, min(48.0, (at - page.born) / 16))
            each = more * page.intensity(at + step / 2)
            left = math.sqrt(2 * self.price * each) - unseen
            if left <= each * step:
                return at + max(0.0, left / each)
            unseen, at = unseen + each * step, at + step
        return at


class Ours(Priced):
    name = "ours"

    def __init__(self, budget: float, seed: int) -> None:
        self.chance, self.budget = random.Random(seed), budget
        self.hazard = Hazard()
        self.sites: dict[int, Tally] = {}
        self.histories: dict[int, History] = {}
        self.lessons: list[Lesson] = []
        self.known: set[int] = set()

    def _rate(self, page: Page) -> Rate:
        site = self.sites.get(page.site, Tally())
        return rate(self.hazard, site, self.histories.get(page.number, History()))

    def seen(self, page: Page, last: float, now: float, *, changed: bool) -> None:
        self.known.add(page.number)
        site, history = self.sites.get(page.site, Tally()), self.histories.get(page.number, History())
        after, lesson = learn(
            self.hazard, site, history, start=last - page.born, end=now - page.born, changed=changed
        )
        self.histories[page.number] = after
        self.sites[page.site] = site + lesson.site
        self.lessons.append(lesson)

    def due(self, page: Page, now: float) -> float:
        found, age = self._rate(page), now - page.born
        hours = wait(found, age=age, price=self.price)
        if relied := self._relied(page, hours):
            hours = wait(found, age=age, price=self.price, recall=relied)
        by_chance = audit(
            pages=len(self.known), requests=AUDIT * self.budget / 24, chance=self.chance.random()
        )
        return now + min(hours, by_chance, 0.9 * BOUND)

    def _relied(self, page: Page, hours: float) -> float:
        return 0.0

    def fit(self, pages: list[Page], now: float, *, wanted: float, budget: float) -> None:
        super().fit(pages, now, wanted=wanted, budget=budget)
        self.hazard, self.lessons = taught(self.hazard, self.lessons), []


class OursWithSignals(Ours):
    name = "ours, with sitemaps"
    polls = True

    def __init__(self, budget: float, seed: int) -> None:
        super().__init__(budget, seed)
        self.trust: dict[int, Trust] = {}
        self.signals: dict[int, float] = {}

    def _relied(self, page: Page, hours: float) -> float:
        return self.trust.get(page.site, Trust()).relied(hours)

    def seen(self, page: Page, last: float, now: float, *, changed: bool) -> None:
        super().seen(page, last, now, changed=changed)
        signal = self.signals.pop(page.number, None) is not None
        trust = self.trust.get(page.site, Trust())
        self.trust[page.site] = trust.learned(signal=signal, changed=changed, hours=now - last)

    def signalled(self, page: Page, last: float, now: float) -> float | None:
        self.signals[page.number] = now
        trust, found = self.trust.get(page.site, Trust()), self._rate(page)
        each = found.at(now - page.born)
        unseen = trust.tells(each) + (1 - trust.recall) * each * (now - last)
        return now if unseen * unseen >= 2 * self.price * each else None


# ── the play ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    name: str
    delays: list[tuple[float, float]]  # (hours unseen, age of the page at the edit)
    never: int  # edits not seen at the end
    requests: int
    longest: float  # hours that a page went unseen


class _Play:
    """One rule under way: what is due, what was asked, what may still be asked."""

    def __init__(self, rule: Rule, known: World, budget: float) -> None:
        self.rule, self.pages, self.budget = rule, known.pages, budget
        chance = random.Random(0)
        self.last = [max(page.born, -chance.random() * 14 * 24) for page in self.pages]
        self.place, self.stamp = [0] * len(self.pages), [0] * len(self.pages)  # edits and stamps gone by
        self.queue: list[tuple[float, int]] = []
        self.newest = [math.inf] * len(self.pages)  # when it is due; else what the queue has is out of date
        self.births = sorted((max(0.0, page.born), page.number) for page in self.pages)
        self.born = 0
        self.by_site: dict[int, list[int]] = {}
        self.delays: list[tuple[float, float]] = []
        self.purse = self.longest = 0.0
        self.requests = self.quarter = 0

    def push(self, number: int, at: float) -> None:
        self.newest[number] = at
        heapq.heappush(self.queue, (at, number))

    def spend(self) -> None:
        self.purse, self.requests, self.quarter = self.purse - 1, self.requests + 1, self.quarter + 1

    def publish(self, now: float) -> None:
        """Take up the pages that are there by now."""
        while self.born < len(self.births) and self.births[self.born][0] <= now:
            page = self.pages[self.births[self.born][1]]
            self.by_site.setdefault(page.site, []).append(page.number)
            self.push(page.number, now if page.born > 0 else self.rule.due(page, self.last[page.number]))
            self.born += 1

    def poll(self, site: int, now: float) -> None:
        """Read a site's sitemap."""
        self.spend()
        for number in self.by_site[site]:
            page, at = self.pages[number], self.stamp[number]
            while at < len(page.stamps) and page.stamps[at] <= now:
                at += 1
            fresh = at > self.stamp[number] and page.stamps[at - 1] > self.last[number]
            self.stamp[number] = at
            if fresh and (due := self.rule.signalled(page, self.last[number], now)) is not None:
                self.push(number, min(due, self.newest[number]))

    def round(self, now: float) -> None:
        """Visit what is due, as far as the purse and the hosts allow."""
        asked: Counter[int] = Counter()
        put_back: list[tuple[float, int]] = []
        while self.queue and self.purse >= 1 and self.queue[0][0] <= now:
            at, number = heapq.heappop(self.queue)
            if at != self.newest[number]:
                continue
            if asked[self.pages[number].site] >= A_HOST:
                put_back.append((at, number))
                continue
            asked[self.pages[number].site] += 1
            self.visit(self.pages[number], now)
        for entry in put_back:
            heapq.heappush(self.queue, entry)

    def visit(self, page: Page, now: float) -> None:
        self.spend()
        number, last, changed = page.number, self.last[page.number], False
        while self.place[number] < len(page.edits) and (edit := page.edits[self.place[number]]) <= now:
            self.place[number] += 1
            if edit > last:
                changed = True
                if edit >= LEARNING:
                    self.delays.append((now - edit, edit - page.born))
        if now >= LEARNING:
            self.longest = max(self.longest, now - last)
        self.rule.seen(page, last, now, changed=changed)
        self.last[number] = now
        self.push(number, self.rule.due(page, now))

    def fit(self, now: float) -> None:
        """A quarter of a day is over."""
        waiting = sum(at <= now and at == self.newest[number] for at, number in self.queue)
        found = [self.pages[number] for _, number in self.births[: self.born]]
        self.rule.fit(found, now, wanted=self.quarter + waiting, budget=self.budget / 4)
        self.quarter = 0

    def ended(self, hours: float) -> Played:
        never = [
            (hours - edit, edit - page.born)
            for page in self.pages
            for edit in page.edits[self.place[page.number] :]
            if edit >= LEARNING
        ]
        unseen = [hours - self.last[page.number] for page in self.pages if page.born < hours - 24]
        return Played(
            name=self.rule.name,
            delays=self.delays + never,
            never=len(never),
            requests=self.requests,
            longest=max(self.longest, *unseen),
        )


def play(rule: Rule, known: World, budget: float) -> Played:
    """The whole time under one rule, at `budget` requests a day."""
    under_way = _Play(rule, known, budget)
    now, ticks = 0.0, 0
    while now < known.hours:
        now, ticks = now + TICK, ticks + 1
        under_way.publish(now)
        under_way.purse = min(under_way.purse + budget * TICK / 24, budget)
        if rule.polls:
            for site in range(SITES):
                if (ticks + site) % round(POLL / TICK) == 0 and site in under_way.by_site:
                    under_way.poll(site, now)
        under_way.round(now)
        if ticks % round(6 / TICK) == 0:
            under_way.fit(now)
    return under_way.ended(known.hours)


# ── telling ─────────────────────────────────────────────────────────────────────────────────────


def rules(budget: float, seed: int) -> list[Callable[[], Rule]]:
    return [
        Uniform,
        Tiers,
        # AdaptiveFetchSchedule: inc.rate 0.4, dec.rate 0.2, from a minute to a year
        lambda: Adaptive(
            "Nutch's adaptive rule", start=START, grows=1.4, shrinks=0.8, least=1 / 60, most=8760
        ),
        # adaptive scheduler: fetch interval rates 0.5
        lambda: Adaptive("StormCrawler's rule", start=START, grows=1.5, shrinks=0.5, least=1 / 6, most=1440),
        Proportional,
        lambda: Ours(budget, seed),
        lambda: OursWithSignals(budget, seed),
        Oracle,
    ]


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))] if ordered else math.nan


def table(rows: list[Played], days: int) -> Iterator[str]:
    yield (
        f"{'hours until an edit is seen':<30}{'mean':>8}{'median':>8}{'p90':>8}"
        f"{'young: mean':>13}{'median':>8}{'p90':>8}{'old: mean':>11}{'p90':>8}"
        f"{'never':>7}{'longest, d':>12}{'requests/d':>12}"
    )
    for row in rows:
        every = [delay for delay, _ in row.delays]
        young = [delay for delay, age in row.delays if age < YOUNG]
        old = [delay for delay, age in row.delays if age >= YOUNG]
        yield (
            f"{row.name:<30}{mean(every):>8.1f}{quantile(every, 0.5):>8.1f}{quantile(every, 0.9):>8.1f}"
            f"{mean(young):>13.1f}{quantile(young, 0.5):>8.2f}{quantile(young, 0.9):>8.1f}"
            f"{mean(old):>11.1f}{quantile(old, 0.9):>8.1f}"
            f"{row.never:>7}{row.longest / 24:>12.1f}{row.requests / days:>12.0f}"
        )


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=float, default=5000, help="requests a day")
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--only", nargs="+", metavar="WORDS", help="rules whose names hold one of these")
    options = parser.parse_args()
    known = world(options.seed, options.days)
    edits = sum(len(page.edits) for page in known.pages)
    print(f"{SITES} sites, {len(known.pages)} pages, {edits} edits in {options.days} days\n", flush=True)
    rows = []
    for make in rules(options.budget, options.seed):
        rule = make()
        if not options.only or any(word in rule.name for word in options.only):
            rows.append(play(rule, known, options.budget))
            print(f"{rule.name} played", file=sys.stderr, flush=True)
    print("\n".join(table(rows, options.days)))


if __name__ == "__main__":
    main()
