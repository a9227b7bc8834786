"""Which page a look belongs to: redirects, rel=canonical, and the same text at another address.

A release has one canonical address. It is decided here and written with the visit; only a page that turns
out to be another one, known already, is folded into it at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import compare, urls
from crawler.compare.verdict import PERMANENT, Judgement, Verdict
from crawler.config import SiteConfig
from crawler.cycle.looks import Look, arrival_of, reread, understand
from crawler.cycle.tools import Tools
from crawler.extract import Template
from crawler.text import fold
from crawler.values import Article, PageState
from storage.rows import PageRow
from storage.store import Session

TELLING = 200  # characters of text, from which on an equal text means the same release
MOST_COPIES = 3  # addresses that may carry one text; a text at more of them is no release's


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What it takes to settle an address: `visit` looks at another page first, once in the round."""

    tools: Tools
    site: SiteConfig
    started_at: datetime  # of the round
    visit: Callable[[PageRow], Awaitable[None]]

    async def settle(self, look: Look) -> Look | None:
        """The look with the page it belongs to; None when that page is another one, visited on its own."""
        article = look.article
        if article is None:
            return look
        arrival = arrival_of(self.site, look.response)
        if arrival != look.page.url and not urls.same_site(arrival, self.site.base_url):
            return _judged(look, Verdict.BLOCKED, f"redirects to another site: {arrival}")
        if look.page.version_id is not None:
            return self._moved(look, arrival) if arrival != look.page.url else look
        found = self._arrived(look, arrival)
        found = await self._claimed(found, article) if found else None
        return await self._without_twin(found, article) if found else None

    def _moved(self, look: Look, arrival: str) -> Look:
        """A release read before that is now found by a redirect."""
        if not all(hop.status in PERMANENT for hop in look.response.hops):
            return look
        with self.tools.store.read() as session:
            there = session.pages.find(look.page.site_id, arrival)
        moved = replace(look, page=replace(look.page, url=arrival), moved=True)
        if there is None or there.id == look.page.id:
            return moved
        if there.version_id is None:
            return replace(moved, absorbed=there)
        # both were told: its own page is gone, and only leads to the other
        return _judged(look, Verdict.MISSING, f"redirects to another release: {arrival}")

    def _arrived(self, look: Look, arrival: str) -> Look | None:
        """A release read for the first time, under the address that redirects led to."""
        if arrival == look.page.url:
            return look
        with self.tools.store.write() as session:
            there = session.pages.find(look.page.site_id, arrival)
            if there is None or there.id == look.page.id:
                return replace(look, page=replace(look.page, url=arrival))
            session.pages.absorb(look.page, there)
        return None

    async def _claimed(self, look: Look, article: Article) -> Look | None:
        """A release that names another canonical address: asked there, and believed if the text is there."""
        if not article.canonical or not urls.same_site(article.canonical, self.site.base_url):
            return look
        claimed = urls.canonical(article.canonical, self.site.base_url)
        if claimed == look.page.url or not self.site.includes(claimed):
            return look
        page = look.page
        with self.tools.store.write() as session:
            there = session.pages.find(page.site_id, claimed)
            made = there is None
            if there is None:
                values = {"since": look.at, "baseline_id": page.baseline_id, "due_at": look.at}
                there = session.pages.get(session.pages.add(page.site_id, claimed, **values))
        if there is None or there.id == page.id:
            return look
        if there.version_id is None:
            await self.visit(there)
        with self.tools.store.write() as session:
            there = session.pages.get(there.id)
            if session.pages.get(page.id) is None:
                return None
            if there is not None and there.version_id is not None:
                known = session.pages.version(there.version_id)
                if known.text_fingerprint == compare.text_fingerprint(article):
                    session.pages.absorb(replace(page, url=look.stored_url), there)
                    return None
            elif there is not None and made:
                session.pages.forget(there)
        return look

    async def _without_twin(self, look: Look, article: Article) -> Look | None:
        """A new address whose text is known: a move without a redirect, a second address, a notice."""
        twin = self.twin(look, article)
        if twin is None:
            return look
        await self.visit(twin)
        with self.tools.store.write() as session:
            page, twin = session.pages.get(look.page.id), session.pages.get(twin.id)
            if page is None or twin is None:  # the known page was found to have moved here
                return None
            if twin.version_id is None:
                return look
            if twin.state in {PageState.MISSING, PageState.REMOVED}:
                if len(article.text) < TELLING:
                    return look
                here = replace(twin, url=look.page.url)
            elif page.url.partition("?")[0] == twin.url.partition("?")[0]:
                session.pages.absorb(page, twin)
                return None
            else:
                known = session.pages.version(twin.version_id)
                copies = session.pages.sharing(page, known.text_fingerprint, "")
                if known.seen_at < self.started_at and copies < MOST_COPIES:
                    return replace(look, copy=True)
                return _judged(look, Verdict.BLOCKED, f"carries the text of {twin.url}")
        moved = understand(self.tools, self.site, here, look.response)
        return replace(moved, stored_url=twin.url, moved=True, absorbed=page)

    def twin(self, look: Look, article: Article) -> PageRow | None:
        """Another page of the site with this text and headline, that is no edition of it."""
        with self.tools.store.read() as session:
            twin = session.pages.twin(look.page, compare.text_fingerprint(article))
            if twin is None and look.page.baseline_id is not None:
                return None
            editions = [urls.canonical(link.url, self.site.base_url) for link in article.translations]
            named = session.families.named(look.page, editions)
            if any(other.language != article.language for other in named):
                return None
            if twin is None:
                twin = self._twin_read_alone(session, look, article)
        return twin if twin is not None and fold(twin.title) == fold(article.title) else None

    def _twin_read_alone(self, session: Session, look: Look, article: Article) -> PageRow | None:
        """A page with the same headline whose text is the same once both are read without a template, which
        knew other things of the site when that page was read."""
        alone = _read_alone(self.tools, look)
        if alone is None:
            return None
        text = compare.text_fingerprint(alone)
        if (twin := session.pages.twin(look.page, text)) is not None:
            return twin
        for page in session.pages.titled(look.page, article.title, MOST_COPIES):
            if page.version_id is None:
                continue
            known = reread(session, session.pages.version(page.version_id), Template())
            if known is not None and compare.text_fingerprint(known) == text:
                return page
        return None


def _read_alone(tools: Tools, look: Look) -> Article | None:
    """The article as pages were read before their site's template was known."""
    response = look.response
    return tools.reader.page(
        response.body, url=response.final_url, content_type=response.header("content-type")
    ).article


def _judged(look: Look, verdict: Verdict, reason: str) -> Look:
    """The look judged otherwise; its page keeps the address it has."""
    page = replace(look.page, url=look.stored_url)
    return replace(look, page=page, judgement=Judgement(verdict=verdict, reason=reason))
