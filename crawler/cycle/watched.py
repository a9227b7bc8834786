"""Which pages the configuration still asks for: only those speak as homes and editions of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler import urls
from crawler.config import SiteConfig
from storage.rows import PageRow, SiteRow
from storage.store import Session


def wanted_by(site: SiteConfig) -> Callable[[Session, int, str], bool]:
    """Whether a site's configuration takes in a page (its id and address). A page that moved is watched
    while any of its addresses is taken in."""
    watched = {urls.canonical(site.absolute(address), site.base_url) for address in site.watch}

    def wanted(url: str) -> bool:
        return url in watched or site.includes(url)

    def asks(session: Session, page_id: int, url: str) -> bool:
        return wanted(url) or any(wanted(alias) for alias in session.pages.aliases(page_id))

    return asks


@dataclass(slots=True, kw_only=True)
class Watched:
    """The configured sites, all of them, whichever a round looks at. Of one store."""

    sites: tuple[SiteConfig, ...]
    _asks: dict[int, Callable[[Session, int, str], bool]] = field(default_factory=dict)

    def asks(self, session: Session, page: PageRow) -> bool:
        """Whether a page is of a configured site that still takes it in."""
        if page.site_id not in self._asks:
            known = {site.name: site for site in self.sites}
            rows = session.sources.sites()
            self._asks = {row.id: wanted_by(known[row.name]) for row in rows if row.name in known}
        asks = self._asks.get(page.site_id)
        return asks is not None and asks(session, page.id, page.url)

    def others(self, session: Session, page: PageRow, found: Iterable[PageRow]) -> list[PageRow]:
        """Of these pages, those that may speak beside `page`; never its own address."""
        return [
            other
            for other in found
            if other.id != page.id and other.url != page.url and self.asks(session, other)
        ]

    def strangers(self, session: Session) -> list[SiteRow]:
        """Sites of the store that the configuration does not name any more."""
        names = {site.name for site in self.sites}
        return [row for row in session.sources.sites() if row.name not in names]
