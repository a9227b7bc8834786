"""Which pages the configuration still asks for: only those speak as homes and editions of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler.config import SiteConfig
from crawler.cycle.scope import wanted_by
from storage.rows import PageRow, SiteRow
from storage.store import Session


@dataclass(slots=True, kw_only=True)
class Watched:
    """The configured sites, all of them, whichever a round looks at. Of one store."""

    sites: tuple[SiteConfig, ...]
    _wanted: dict[int, Callable[[str], bool]] = field(default_factory=dict)

    def asks(self, session: Session, page: PageRow) -> bool:
        """Whether a page is of a configured site that still takes it in."""
        if page.site_id not in self._wanted:
            known = {site.name: site for site in self.sites}
            rows = session.sources.sites()
            self._wanted = {row.id: wanted_by(known[row.name]) for row in rows if row.name in known}
        wanted = self._wanted.get(page.site_id)
        return wanted is not None and any(map(wanted, (page.url, *session.pages.aliases(page.id))))

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
