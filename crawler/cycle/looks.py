"""One look at a page: the response read, judged, and set beside what was known. Writes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler import compare, urls
from crawler.compare.verdict import Judgement, Verdict, another, is_release, judge, whole
from crawler.config import SiteConfig
from crawler.cycle.apart import FATAL, Reader
from crawler.cycle.templates import template_in
from crawler.cycle.tools import Tools
from crawler.extract import Template, extract, stands_elsewhere
from crawler.text import fold
from crawler.values import Article, Extraction, Fetched, PageState, Request, Response
from storage.errors import DamagedError
from storage.rows import PageRow, VersionRow
from storage.store import Session

UNLIKE = timedelta(days=7)  # that a text must stand which shows nothing of what releases have


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at a page, understood but not yet written."""

    page: PageRow
    response: Response
    judgement: Judgement
    at: datetime
    reading: Extraction | None = None
    version: VersionRow | None = None  # what is known of the page so far
    before: Article | None = None  # that version, read by today's rules
    stored_url: str  # the address the page still has in the store; `page.url` is the one it gets
    absorbed: PageRow | None = None  # a page, never read, that turned out to be this one
    moved: bool = False  # the release was known under `stored_url`
    copy: bool = False  # another address, told already, carries this text
    back_to: VersionRow | None = None  # the earlier version that it shows again
    doubtful: bool = False  # to be asked once more before it is believed
    hash: str | None  # of the response's body

    @property
    def article(self) -> Article | None:
        return self.reading.article if self.reading and self.judgement.verdict is Verdict.ARTICLE else None


def request_for(page: PageRow) -> Request:
    """Conditional where a copy is known; a removed page is asked for its body: that is the evidence."""
    if page.version_id is None or page.state == PageState.REMOVED:
        return Request(url=page.url)
    return Request(url=page.url, etag=page.etag, last_modified=page.last_modified)


def understand(tools: Tools, site: SiteConfig, page: PageRow, response: Response) -> Look:
    """What the response means for the page."""
    reading = version = before = damage = None
    now = tools.clock()
    if response.outcome is not Fetched.OK:
        judgement = judge(response, None, before=None, at_home=False)
    else:
        with tools.store.read() as session:
            template = template_in(tools, session, page)
            content_type = response.header("content-type")
            url = response.final_url
            wary = FATAL in (page.trouble or "")
            reading = tools.reader.page(
                response.body, url=url, content_type=content_type, template=template, wary=wary
            )
            if page.version_id is not None:
                version = session.pages.version(page.version_id)
                before, damage = _earlier_or_damage(session, version, reading, template, tools.reader)
            at_home = _is_home(arrival_of(site, response))
            article, marks = reading.article, reading.marks
            elsewhere = bool(before and article and marks and stands_elsewhere(before, article, marks))
            judgement = judge(response, reading, before=before, at_home=at_home, elsewhere=elsewhere)
            judgement = _second_thoughts(session, site, page, reading, judgement, now)
            if damage is not None:
                judgement = Judgement(verdict=Verdict.BLOCKED, reason=damage)
            if (
                version is not None
                and judgement.verdict is Verdict.ARTICLE
                and not whole(response.body)
                and _was_whole(session, version)
            ):
                judgement = Judgement(verdict=Verdict.BLOCKED, reason="truncated: it ends before </html>")
    return Look(
        page=page,
        stored_url=page.url,
        response=response,
        judgement=judgement,
        at=now,
        reading=reading,
        version=version,
        before=before,
        hash=hashlib.sha256(response.body).hexdigest() if response.body else None,
    )


def _second_thoughts(
    session: Session,
    site: SiteConfig,
    page: PageRow,
    reading: Extraction,
    judgement: Judgement,
    now: datetime,
) -> Judgement:
    """A wholly different text is believed when it still stands later, and at no other address: much later
    where neither its headline nor its form says that it is a release."""
    article = reading.article
    if article is None or (judgement.verdict is not Verdict.ARTICLE and not judgement.again):
        return judgement
    if judgement.again:
        reason = judgement.reason
        stood = page.trouble == reason and page.trouble_since is not None
        own = is_release(article) or fold(article.title) == fold(page.title)
        patience = site.removal_after if own else max(site.removal_after, UNLIKE)
        late = stood and page.trouble_since is not None and now - page.trouble_since >= patience
        if late and not session.pages.sharing(page, compare.text_fingerprint(article), reason):
            return Judgement(verdict=Verdict.ARTICLE)
    elif page.version_id is None and session.pages.in_trouble(page):
        reason = another(article)
        if session.pages.sharing(page, "none", reason):
            # a new page with a notice known elsewhere
            return Judgement(verdict=Verdict.BLOCKED, reason=reason)
    return judgement


def arrival_of(site: SiteConfig, response: Response) -> str:
    """The canonical address a response came from, after redirects."""
    return urls.canonical(response.final_url, site.base_url)


def _is_home(url: str) -> bool:
    """The root, or a language's root: /fr, /pt-br/."""
    path = urls.target(url).partition("?")[0].strip("/")
    return not path or (urls.language_prefix(url) or "").casefold() == path.casefold()


def _earlier_or_damage(
    session: Session, version: VersionRow, today: Extraction, template: Template, reader: Reader
) -> tuple[Article | None, str | None]:
    """The earlier version; or why a change cannot be told: silence would lose it, so a person is asked."""
    try:
        return earlier(session, version, today, template, reader), None
    except DamagedError:
        return None, "what it said before is damaged in the store: `iomwatch verify --repair`"


def _was_whole(session: Session, version: VersionRow) -> bool:
    try:
        return whole(session.bodies.get(version.hash))
    except DamagedError:
        return False


def reread(
    session: Session, version: VersionRow, template: Template, reader: Reader | None = None
) -> Article | None:
    """A stored version by today's rules; None where it cannot be read, for its body is damaged too."""
    try:
        body = session.bodies.get(version.hash)
    except DamagedError:
        return None
    read = reader.page if reader is not None else extract
    return read(body, url=version.url, content_type=version.content_type, template=template).article


def earlier(
    session: Session,
    version: VersionRow,
    today: Extraction,
    template: Template,
    reader: Reader | None = None,
) -> Article | None:
    """The earlier version by today's rules, what recurs treated as in `today`; today's article itself where
    the fingerprints agree. None where its body was given up; raises DamagedError where it is damaged."""
    if today.article is not None and compare.fingerprint(today.article) == version.fingerprint:
        return today.article
    before = reread(session, version, template.as_in(today.recurring), reader)
    if before is None and not session.bodies.is_set_aside(version.hash):
        session.bodies.get(version.hash)  # says so where it is damaged, and not merely unreadable
    return before
