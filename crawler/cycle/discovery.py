"""A site's sources, read: which pages there are, and which are new. Decides by rules of config and store.

It looks at no release itself. A source is read whole once, then for what is new: a listing is followed
by its pager until a page of it names nothing that this listing did not name before. What could not be
read is gone on with in the next round.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice

from crawler import urls
from crawler.compare.site_wide import left_behind
from crawler.config import SiteConfig
from crawler.cycle.hosts import keep_hosts
from crawler.cycle.pacing import Pacer
from crawler.cycle.scope import rescope
from crawler.cycle.tools import Tools
from crawler.discover.traps import Budget, Intake
from crawler.values import Crowd, Fetched, Found, Request, SourceKind, SourceRead
from storage.rows import DocumentRow, SiteRow, SourceRow
from storage.store import Session

MOST_DOCUMENTS = 1000  # child sitemaps of one source
DEPTH = 5  # of sitemap indexes in sitemap indexes
MOST_NESTED = 100  # sitemap indexes in a sitemap index: the protocol allows none
MOST_COPIES = 20  # documents of one source that are byte for byte another one of it
AT_ONCE = 500  # pages whose rows are read in one go
_LONGEST_REST = timedelta(hours=6)  # of a source in trouble
# sources that name all there is; a feed names what is new
WHOLE = frozenset({SourceKind.SITEMAP, SourceKind.SITEMAP_INDEX, SourceKind.LISTING})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One document to read."""

    url: str
    depth: int = 0
    old: bool = False  # what it names was there when the first reading began, and could not be read then


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One source, while it is being read."""

    kind: SourceKind | None = None
    pages: dict[str, Found] = field(default_factory=dict)  # canonical address → what was said of it
    old: set[str] = field(default_factory=set)  # of these, named by documents of the first reading
    seen: set[str] = field(default_factory=set)
    unread: list[_Task] = field(default_factory=list)  # to go on with next time
    trouble: str | None = None  # what kept it from being read, or is wrong with it
    answered: bool = False  # the source itself, whatever came of its further documents
    ended: bool = True  # read to its end, as far as is known
    intake: Intake | None = None  # which new addresses are taken, from the first one on
    bodies: set[bytes] = field(default_factory=set)  # their hashes
    copies: int = 0
    nested: int = 0
    circle: Crowd | None = None  # documents that were not read, for they lead in circles

    @property
    def crowds(self) -> tuple[Crowd, ...]:
        """What was left out."""
        return (*(self.intake.crowds if self.intake else ()), *((self.circle,) if self.circle else ()))


def enrol(session: Session, site: SiteConfig, now: datetime) -> SiteRow:
    """The site's row and its sources' rows, made where they are new; a new one starts a baseline."""
    row = session.sources.site(site.name)
    known: dict[str, SourceRow] = {}
    if row is None:
        row = session.sources.add_site(site.name, now)
        baseline = session.sources.add_baseline(row.id, now, None)
    else:
        known = {source.url: source for source in session.sources.of_site(row.id)}
        baseline = None
    wanted = [site.absolute(source) for source in site.sources]
    for url in wanted:
        if url not in known:
            session.sources.add(row.id, url, baseline or session.sources.add_baseline(row.id, now, url))
    for url, source in known.items():
        if url not in wanted:
            session.sources.drop(source.id)
    watched = [urls.canonical(site.absolute(address), site.base_url) for address in site.watch]
    fresh = set(watched) - session.pages.ids(row.id, watched).keys()
    for url in dict.fromkeys(watched):
        if url in fresh:
            baseline = baseline or session.sources.add_baseline(row.id, now, "watch")
            session.pages.add(row.id, url, since=now, baseline_id=baseline, due_at=now)
    rescope(session, site, row, now)
    return row


async def discover(
    tools: Tools, site: SiteConfig, row: SiteRow, pacer: Pacer, *, everything: bool = False
) -> int:
    """Read the sources of a site that are due, or all; each fails alone. Returns how many of them answered,
    or did when they were asked last."""
    with tools.store.read() as session:
        sources = session.sources.of_site(row.id)
    answered = 0
    for source in sources:
        if tools.stop.is_set():
            break
        if not everything and rests(source, tools.clock()):
            answered += _answered(source)
            continue
        reading = await _read(tools, site, source, pacer)
        with tools.store.write() as session:
            _record(session, site, row, source, reading, tools.clock(), pacer)
        if reading.trouble:
            tools.progress.note(site.name, f"source {source.url}: {reading.trouble}")
        answered += reading.answered
    return answered


def rests(source: SourceRow, now: datetime) -> bool:
    """Whether a source need not be asked yet: there is no more of it to read, and it is not due."""
    if source.due_at is None or source.due_at <= now or (source.read_at is not None and source.read_at > now):
        return False
    return not source.unread and source.recount_since is None


def _backoff(lasts: timedelta) -> timedelta:
    """How long a source is left alone whose trouble lasts so long: what ends is seen within half of that."""
    return min(lasts / 2, _LONGEST_REST)


def _answered(source: SourceRow) -> bool:
    """Whether a source could be read when it was asked last, whatever is wrong with it."""
    since = source.trouble_since
    return since is None or (source.read_at is not None and source.read_at >= since)


async def _read(tools: Tools, site: SiteConfig, source: SourceRow, pacer: Pacer) -> _Reading:
    with tools.store.read() as session:
        claimed = session.pages.lastmods(source.id).keys()
    everything = source.scope != _scope(site) or source.recount_since is not None
    reading = _Reading()
    queue = deque([_Task(url=source.url), *(_Task(url=url, old=old) for url, old in source.unread)])
    listing_pages = 0
    while queue:
        task = queue.popleft()
        if task.url in reading.seen:
            continue
        if tools.stop.is_set():
            reading.unread += [task, *queue]
            break
        reading.seen.add(task.url)
        read = await _document(tools, source, task, reading, pacer)
        if read is None:
            continue
        reading.answered |= task.url == source.url
        reading.kind = reading.kind or read.kind
        reading.nested += task.depth > 0 and read.kind is SourceKind.SITEMAP_INDEX
        goes_on = _take(tools, site, source, read, reading, task, claimed if not everything else set())
        elsewhere = [child for child in read.documents if not urls.same_site(child, site.base_url)]
        if elsewhere:
            words = f"names {len(elsewhere)} sitemaps on other hosts, as {elsewhere[0]}: not read"
            reading.trouble = reading.trouble or words
        queue.extend(
            _Task(url=child, depth=task.depth + 1, old=task.old)
            for child in read.documents
            if task.depth < DEPTH and len(reading.seen) + len(queue) < MOST_DOCUMENTS
            if urls.same_site(child, site.base_url)
        )
        if read.next_page and urls.same_site(read.next_page, site.base_url):
            listing_pages += 1
            if goes_on and listing_pages < site.max_pages:
                queue.append(_Task(url=read.next_page, old=task.old))
            else:
                reading.ended = False
        if _is_trap(site, reading, left=queue):
            reading.ended = False
            break
    if reading.answered and not reading.pages and reading.kind is SourceKind.LISTING:
        reading.answered = False  # an error page, or a redesign
        reading.trouble = "names no address that an include takes in"
    return reading


def _is_trap(site: SiteConfig, reading: _Reading, *, left: Collection[_Task]) -> bool:
    """Whether it is no use to read on: a source that leads in circles, or makes addresses without end."""
    if left and (reading.copies > MOST_COPIES or reading.nested > MOST_NESTED):
        pattern = "sitemaps that lead in circles"
        reading.circle = Crowd(pattern=pattern, refused=len(left), example=next(iter(left)).url)
        return True
    return reading.intake is not None and reading.intake.refused > site.max_addresses


async def _document(
    tools: Tools, source: SourceRow, task: _Task, reading: _Reading, pacer: Pacer
) -> SourceRead | None:
    """One document of a source, read; on a 304 the one kept. None, and the reading's trouble, otherwise."""
    url = task.url
    with tools.store.read() as session:
        kept = session.sources.document(source.id, url)
    request = Request(
        url=url, etag=kept.etag if kept else None, last_modified=kept.last_modified if kept else None
    )
    response = await tools.fetcher.get(request)
    pacer.spend(response)
    keep_hosts(tools)
    if response.outcome is Fetched.NOT_MODIFIED and kept is not None:
        return _read_body(tools, reading, kept.body, url=url, content_type=kept.content_type)
    if response.outcome is not Fetched.OK:
        words = response.detail or response.outcome.value
        reading.trouble = reading.trouble or (words if len(reading.seen) == 1 else f"{url}: {words}")
        if task.old or task.depth or response.outcome is not Fetched.GONE:
            reading.unread.append(task)
        return None
    content_type = response.header("content-type")
    read = _read_body(tools, reading, response.body, url=response.final_url, content_type=content_type)
    if read.kind is SourceKind.UNKNOWN:
        reading.trouble = reading.trouble or (read.trouble or "is no sitemap, feed or listing")
        return None
    if read.trouble:
        reading.trouble = reading.trouble or read.trouble
    document = DocumentRow(
        url=url,
        etag=response.header("etag"),
        last_modified=response.header("last-modified"),
        content_type=content_type,
        body=response.body,
    )
    with tools.store.write(durable=False) as session:  # at once: a source may have a thousand
        session.sources.keep_document(source.id, document, tools.clock())
    return read


def _read_body(
    tools: Tools, reading: _Reading, body: bytes, *, url: str, content_type: str | None
) -> SourceRead:
    digest = sha256(body).digest()
    reading.copies += digest in reading.bodies
    reading.bodies.add(digest)
    return tools.reader.source(body, url=url, content_type=content_type)


def _take(
    tools: Tools,
    site: SiteConfig,
    source: SourceRow,
    read: SourceRead,
    reading: _Reading,
    task: _Task,
    claimed: Collection[int],
) -> bool:
    """Add what a document names to the reading; whether a listing's next page is worth asking for.

    It is where something is named that this source did not name before (`claimed`), whoever else did.
    """
    named = {
        urls.canonical(found.url, site.base_url): found for found in read.found if site.includes(found.url)
    }
    unseen = [url for url in named if url not in reading.pages]
    with tools.store.read() as session:
        known = session.pages.ids(source.site_id, unseen)
        if reading.intake is None and len(known) < len(unseen):
            budget = Budget(addresses=site.max_addresses, alike=site.max_alike, queries=site.max_queries)
            reading.intake = Intake(budget=budget, known=session.pages.addresses(source.site_id))
    unseen = [url for url in unseen if url in known or (reading.intake and reading.intake.takes(url))]
    for url in unseen:
        reading.pages[url] = named[url]
    if task.old:
        reading.old.update(unseen)
    if not claimed:  # a first reading: to the end
        return bool(unseen) or not named
    return any(known.get(url) not in claimed for url in unseen)


def _scope(site: SiteConfig) -> list[list[str]]:
    return [list(site.include), list(site.exclude)]


def _record(
    session: Session,
    site: SiteConfig,
    row: SiteRow,
    source: SourceRow,
    reading: _Reading,
    now: datetime,
    pacer: Pacer,
) -> None:
    """Write what a source named, and how it fared."""
    crowds = [(crowd.pattern, crowd.refused, crowd.example) for crowd in reading.crowds]
    if reading.answered:
        session.crowds.replace(source.id, crowds, now)
    known = session.pages.ids(row.id, reading.pages)
    claimed = session.pages.lastmods(source.id)
    listed: dict[int, datetime | None] = {}
    for url, found in reading.pages.items():
        page_id = known.get(url)
        if page_id is None:
            old = url in reading.old
            baseline = source.baseline_id if old else _baseline_for(session, site, row, source, url, now)
            page_id = session.pages.add(row.id, url, since=now, baseline_id=baseline, due_at=now)
        listed[page_id] = found.lastmod
    touched = {page for page, lastmod in listed.items() if page in claimed and claimed[page] != lastmod}
    session.pages.due_now(_heeded(session, source, touched, now, pacer), now)
    news = {page: lastmod for page, lastmod in listed.items() if page not in claimed or page in touched}
    session.pages.list_by(source.id, news, now)
    first = source.scope is None
    since = (source.trouble_since or now) if reading.trouble else None
    values: dict[str, object] = {
        "kind": reading.kind.value if reading.kind else source.kind,
        "trouble": reading.trouble,
        "trouble_since": since,
    }
    if since is not None:
        values["due_at"] = now + _backoff(now - since)
    if reading.answered:
        values |= {"read_at": now, "scope": _scope(site)}
        fresh = 0 if first else len(reading.pages.keys() - known.keys())
        due = pacer.source_due(source, news=fresh, requests=len(reading.seen), now=now)
        values["due_at"] = due if since is None else min(due, now + _backoff(now - since))
        values["unread"] = [
            [task.url, task.old or first] for task in reading.unread if task.url != source.url
        ]
        if reading.kind in WHOLE and not reading.unread:
            if source.recount_since is not None:
                values["recount_since"] = None
            gone = [page for page in claimed if page not in listed]
            if gone and reading.ended and not reading.trouble:
                lost = _drop(session, source, gone, listed, now)
                if lost and reading.kind is SourceKind.LISTING:
                    values["recount_since"] = now  # its pages may have shifted while it was read
            if reading.kind is not SourceKind.LISTING:
                session.sources.forget_documents(source.id, keep=reading.seen)
    session.sources.update(source.id, **values)


def _heeded(
    session: Session, source: SourceRow, touched: Collection[int], now: datetime, pacer: Pacer
) -> Iterator[int]:
    """Of the pages for which the source claims another date, those worth a look for that."""
    rest = iter(touched)
    while chunk := list(islice(rest, AT_ONCE)):
        yield from (page.id for page in session.pages.get_many(chunk) if pacer.heed(page, source.id, now))


def _drop(
    session: Session, source: SourceRow, gone: list[int], named: Collection[int], now: datetime
) -> list[int]:
    """A source that names everything names these pages no more. Those that did not merely leave its window
    are looked for in the listings that named them: these are read to their end the next time."""
    session.pages.unlist(source.id, gone)
    dates = session.listings.published([*gone, *named])
    days = [dates[page] for page in named if page in dates]
    lost = [page for page in gone if not left_behind(dates.get(page), days)]
    session.listings.dropped(lost, WHOLE, now)
    session.listings.recount(lost, SourceKind.LISTING.value, now)
    return lost


def _baseline_for(
    session: Session, site: SiteConfig, row: SiteRow, source: SourceRow, url: str, now: datetime
) -> int | None:
    """The baseline a newly found page belongs to; None when it is news.

    What a source names before it was read whole once was there already; so is what only an include
    takes in that was added since.
    """
    if source.scope is None:
        return source.baseline_id
    include, exclude = source.scope
    if SiteConfig.model_construct(base_url=site.base_url, include=include, exclude=exclude).includes(url):
        return None
    return session.sources.baseline_of(row.id, now, f"include {site.rule(url)}")
