"""Which page a look belongs to: redirects, rel=canonical, and the same text at another address.

A release has one canonical address. It is decided here and written with the visit; only a page that turns
out to be another one, known already, is folded into it at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from crawler import compare, urls
from crawler.compare.verdict import Judgement, Verdict
from crawler.config import SiteConfig
from crawler.cycle.looks import Look, arrival_of, understand
from crawler.cycle.tools import Tools
from crawler.text import fold
from crawler.values import Article, PageState
from storage.rows import PageRow

TELLING = 200  # characters of text, from which on an equal text means the same release
PERMANENT = {301, 308}


async def settle(
    tools: Tools, site: SiteConfig, look: Look, *, visit: Callable[[PageRow], Awaitable[None]]
) -> Look | None:
    """The look with the page it belongs to; None when that page is another one, visited on its own.

    `visit` looks at a page once in the round: a known page with the same text is asked first, since
    it may have moved here.
    """
    article = look.article
    if article is None:
        return look
    arrival = arrival_of(site, look.response)
    if look.page.version_id is not None:
        return _moved(tools, site, look, arrival) if arrival != look.page.url else look
    if arrival != look.page.url and not urls.same_site(arrival, site.base_url):
        return _blocked(look, f"redirects to another site: {arrival}")
    renamed = _named(tools, site, look, article, arrival)
    return await _without_twin(tools, site, renamed, article, visit) if renamed else None


def _blocked(look: Look, reason: str) -> Look:
    return replace(look, judgement=Judgement(verdict=Verdict.BLOCKED, reason=reason))


def _moved(tools: Tools, site: SiteConfig, look: Look, arrival: str) -> Look | None:
    """A release read before that is now found by a redirect."""
    if not urls.same_site(arrival, site.base_url):
        return _blocked(look, f"redirects to another site: {arrival}")
    if not all(hop.status in PERMANENT for hop in look.response.hops):
        return look
    with tools.store.read() as session:
        there = session.pages.find(look.page.site_id, arrival)
    if there is None or there.id == look.page.id:
        return replace(look, page=replace(look.page, url=arrival), moved=True)
    if there.version_id is not None:  # both were told: this one now only leads to the other
        return _blocked(look, f"redirects to another release: {arrival}")
    return replace(look, page=replace(look.page, url=arrival), moved=True, absorbed=there)


def _named(tools: Tools, site: SiteConfig, look: Look, article: Article, arrival: str) -> Look | None:
    """A release read for the first time, under its canonical address; None when that is another page's."""
    page = look.page
    address = arrival
    if article.canonical and urls.same_site(article.canonical, site.base_url):
        claimed = urls.canonical(article.canonical, site.base_url)
        address = claimed if site.includes(claimed) else arrival
    if address == page.url:
        return look
    with tools.store.write() as session:
        there = session.pages.find(page.site_id, address)
        if there is None:
            return replace(look, page=replace(page, url=address))
        if there.id == page.id:
            return look
        if there.version_id is not None and address != arrival:
            known = session.pages.version(there.version_id).text_fingerprint
            if known != compare.text_fingerprint(article):  # a rel=canonical that is not true
                return look
        session.pages.absorb(page, there)
    return None


async def _without_twin(
    tools: Tools, site: SiteConfig, look: Look, article: Article, visit: Callable[[PageRow], Awaitable[None]]
) -> Look | None:
    """A new address whose text is known: a move without a redirect, a second address, or a coincidence."""
    twin = _twin(tools, site, look.page, article)
    if twin is None:
        return look
    await visit(twin)
    with tools.store.write() as session:
        page, twin = session.pages.get(look.page.id), session.pages.get(twin.id)
        if page is None or twin is None:  # the known page was found to have moved here
            return None
        if twin.state in {PageState.MISSING, PageState.REMOVED}:
            here = replace(twin, url=look.page.url)
        elif page.url.partition("?")[0] == twin.url.partition("?")[0]:
            session.pages.absorb(page, twin)
            return None
        else:
            return _blocked(replace(look, page=page), f"carries the text of {twin.url}")
    moved = understand(tools, site, here, look.response)
    return replace(moved, stored_url=twin.url, moved=True, absorbed=page)


def _twin(tools: Tools, site: SiteConfig, page: PageRow, article: Article) -> PageRow | None:
    if len(article.text) < TELLING:
        return None
    with tools.store.read() as session:
        editions = [urls.canonical(link.url, site.base_url) for link in article.translations]
        if session.pages.relative(page, editions, article.language) is not None:
            return None
        twin = session.pages.twin(page, compare.text_fingerprint(article))
    return twin if twin is not None and fold(twin.title) == fold(article.title) else None
