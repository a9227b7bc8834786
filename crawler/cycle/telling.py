"""An event as it is told: what it says of other pages is judged by what the store knows of them by then.

The event itself is what was known when it was seen, and stays so. Asks for nothing, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from crawler.compare.editions import disagreements, still_says
from crawler.compare.homes import STILL, STILL_THERE, Stand, stand
from crawler.cycle.events import as_json, event_of
from crawler.cycle.families import GONE, beside
from crawler.cycle.looks import reread
from crawler.cycle.templates import menu_language, stored
from crawler.cycle.watched import Watched
from crawler.extract import Learned
from crawler.values import Article, Disagreement, Event, Evidence, Kind, iso
from storage.rows import EventRow, PageRow
from storage.store import Session


@dataclass(slots=True, kw_only=True)
class Telling:
    """What is told in one transaction."""

    session: Session
    watched: Watched
    _templates: dict[tuple[int, str], Learned] = field(default_factory=dict)

    def told(self, row: EventRow) -> EventRow:
        """The event with what it says of homes and editions as far as it still holds."""
        return replace(row, payload={**row.payload, **self.said(row)}, homes=())

    def said(self, row: EventRow) -> dict[str, Any]:
        """Of the stored form, the fields that are to be told otherwise than they were stored."""
        data = as_json(row)
        page = self.session.pages.get(row.page_id) if row.page_id is not None else None
        if page is None or not any(data.get(name) for name in ("homes", "editions", "disagreements")):
            return {}
        known = self._known(page)
        there = {url: other for url, other in known.items() if other.state not in GONE}
        event = event_of(row)
        claims = _Claims(telling=self, event=event, page=page, seen_at=row.seen_at)
        still = [url for url in event.still_at if url in there and claims.stands_at(there[url])]
        differing = [
            (item, there[found.url])
            for item, found in zip(data.get("disagreements", ()), event.disagreements, strict=True)
            if found.url in there and claims.differs(found, there[found.url])
        ]
        gone = [
            f"{words} {url}" for url in set(event.still_at) - set(still) for words in (STILL, STILL_THERE)
        ]
        named = [there[url] for url in still] + [other for _, other in differing]
        today = {
            "homes": _distinct(there[url].url for url in event.homes if url in there),
            "still_at": [there[url].url for url in still],
            "editions": _distinct(known[url].url for url in event.editions if url in known),
            "disagreements": [{**item, "url": other.url} for item, other in differing],
            "reasons": [reason for reason in event.reasons if reason not in gone],
            "last_read": _last_read(named, row.seen_at),
        }
        return {name: value for name, value in today.items() if value != row.payload.get(name, [])}

    def _known(self, page: PageRow) -> Mapping[str, PageRow]:
        """By each of their addresses, the homes and editions that are still asked."""
        others = beside(self.watched, self.session, page)
        found = {url: other for other in others for url in self.session.pages.aliases(other.id)}
        return found | {other.url: other for other in others}

    def today(self, page: PageRow) -> Article | None:
        """A page as it was last read."""
        return self._read(page, page.version_id) if page.version_id is not None else None

    def then(self, page: PageRow, side: Evidence | None) -> Article | None:
        """One side of a page's event."""
        wanted = side.hash if side is not None else None
        versions = self.session.pages.versions(page.id) if wanted else []
        found = next((version.id for version in versions if version.hash == wanted), None)
        return self._read(page, found) if found is not None else None

    def _read(self, page: PageRow, version_id: int) -> Article | None:
        key = page.site_id, menu_language(page.url)
        if key not in self._templates:
            self._templates[key] = stored(self.session, page)
        version = self.session.pages.version(version_id)
        return reread(self.session, version, self._templates[key].without(page.id))

    def since(self, page: PageRow) -> datetime:
        """Since when a page reads as it does."""
        assert page.version_id is not None
        return self.session.pages.version(page.version_id).seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    """What an event says of others: nothing they showed since refutes it, or it is not said."""

    telling: Telling
    event: Event
    page: PageRow
    seen_at: datetime  # as versions have it: the event's own is to the second

    def stands_at(self, home: PageRow) -> bool:
        """Whether a home still has what the event says has changed, or is gone."""
        if self.event.kind is Kind.REMOVED or self.telling.since(home) < self.seen_at:
            return True
        before, after = (self.telling.then(self.page, side) for side in (self.event.before, self.event.after))
        theirs = self.telling.today(home)
        if before is None or after is None or theirs is None:
            return False
        return stand(before, after, theirs) is Stand.EARLIER

    def differs(self, found: Disagreement, edition: PageRow) -> bool:
        """Whether an edition still states the figure that it stated, and this one its own."""
        seen_at = self.seen_at
        if self.telling.since(edition) < seen_at and self.telling.since(self.page) <= seen_at:
            return True
        ours, theirs = self.telling.today(self.page), self.telling.today(edition)
        if ours is None or theirs is None:
            return False
        figures = disagreements(ours, theirs)
        before = self.telling.then(self.page, self.event.before)
        if before is not None:
            figures += still_says(self.event.figures, before, ours, theirs)
        wanted = found.figure.before, found.figure.after
        return any((figure.before, figure.after) == wanted for figure in figures)


def _last_read(pages: list[PageRow], seen_at: datetime) -> list[dict[str, str]]:
    """Of these pages, those that were not read since then, and when they were."""
    found = {page.url: page.read_at for page in pages if page.read_at is not None and page.read_at < seen_at}
    return [{"url": url, "at": iso(at)} for url, at in found.items()]


def _distinct(urls: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(urls))
