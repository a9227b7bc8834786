"""What is told of a site: from what was found to an event of the ledger.

It judges nothing; an event without a page carries the site's address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crawler import urls
from crawler.compare.site_wide import REASONS
from crawler.cycle.events import event_id, payload
from crawler.cycle.visits import SiteVisits
from crawler.values import Event, Evidence, Figure, Kind, Segment
from storage.store import Session

MOST_PAGES = 500  # that an event names


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to tell of a site."""

    kind: Kind
    title: str
    summary: str
    before: Evidence | None
    after: Evidence
    between: tuple[datetime | None, datetime]
    pages: tuple[str, ...] = ()
    redline: tuple[Segment, ...] = ()
    figures: tuple[Figure, ...] = ()
    reasons: tuple[str, ...] = ()
    url: str | None = None  # of the one page it is about
    language: str | None = None
    direction: str = "ltr"


class Answered(Protocol):
    """A sight, a visit or a version: what answered, and how."""

    @property
    def hash(self) -> str | None: ...

    @property
    def status(self) -> int | None: ...


def evidence(time: datetime, answer: Answered | None = None) -> Evidence:
    return Evidence(hash=answer.hash if answer else None, status=answer.status if answer else None, time=time)


def host(visits: SiteVisits) -> str:
    return urls.host(visits.site.base_url)


def some(count: int, noun: str, nouns: str = "") -> str:
    """ "1 page", "12 pages"."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {nouns or noun + 's'}"


def write(session: Session, visits: SiteVisits, found: Finding) -> int:
    """Write the event; its number in the ledger."""
    weight: int = getattr(visits.tools.weights, found.kind.value)  # each kind has a field of its name
    site = visits.site
    address = found.url or site.base_url
    event = Event(
        id=event_id(site.name, found.url or found.kind.value, found.before, found.after),
        kind=found.kind,
        facts=(found.kind,),
        site=site.name,
        url=address,
        canonical_url=address,
        language=found.language,
        direction=found.direction,
        title=found.title,
        title_before=None,
        published=None,
        published_before=None,
        dateline=None,
        summary=found.summary,
        seen_at=visits.started_at,
        between=found.between,
        figures=found.figures,
        redline=found.redline,
        weight=weight,
        reasons=(REASONS[found.kind], *found.reasons),
        before=found.before,
        after=found.after,
        pages=found.pages[:MOST_PAGES],
    )
    visits.events += 1
    visits.tools.progress.note(site.name, f"{found.kind.value}: {found.title}")
    return session.ledger.add_event(
        id=event.id,
        site_id=visits.row.id,
        page_id=None,
        kind=event.kind.value,
        language=event.language,
        seen_at=event.seen_at,
        weight=event.weight,
        payload=payload(event),
    )
