"""Which known pages a site's configuration watches. It is asked of all of them only where that changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from crawler import urls
from crawler.config import SiteConfig
from storage.rows import PageRow, SiteRow
from storage.store import Session


def wanted_by(site: SiteConfig) -> Callable[[str], bool]:
    """Whether the site's `include`, `exclude` and `watch` take in an address."""
    watched = {urls.canonical(site.absolute(address), site.base_url) for address in site.watch}
    return lambda url: url in watched or site.includes(url)


def is_watched(session: Session, site: SiteConfig, page: PageRow) -> bool:
    """Whether the configuration takes in any address of a page."""
    return any(map(wanted_by(site), (page.url, *session.pages.aliases(page.id))))


def rescope(session: Session, site: SiteConfig, row: SiteRow, now: datetime) -> None:
    """Leave out the pages that the configuration takes in no more, and watch those again that it does again.

    A page that moved is watched while any of its addresses is taken in.
    """
    if row.scope == site.scope:
        return
    wanted, back, unwanted = wanted_by(site), list[int](), dict[int, bool]()  # the latter: left out already?
    for page_id, url, out in session.pages.places(row.id):
        if not wanted(url):
            unwanted[page_id] = out
        elif out:
            back.append(page_id)
    for page_id, url in session.pages.other_places(row.id):
        if page_id in unwanted and wanted(url) and unwanted.pop(page_id):
            back.append(page_id)
    session.pages.leave_out([page_id for page_id, out in unwanted.items() if not out], now)
    session.pages.take_in(back, now)
    session.sources.update_site(row.id, scope=site.scope)
