"""What may be claimed of a site: how much of it was read, what stands in the way. Reads the store only."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.config import SiteConfig
from crawler.cycle.watched import Watched
from crawler.pace import is_less, silent_since
from crawler.values import PageState, SiteCoverage, SourceKind, iso
from storage.store import Session

_WHOLE = {SourceKind.SITEMAP.value, SourceKind.SITEMAP_INDEX.value, SourceKind.LISTING.value}
MOST_TROUBLES = 5
MOST_CROWDS = 3  # of a source
MOST_FOUND = 100  # releases in which a habit is seen
LAST_READ = 20  # pages in which a layout's failure on new pages shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A site that the store knows and the configuration does not name."""

    site: str
    pages: int

    @property
    def words(self) -> str:
        held = _pages(self.pages)
        return (
            f"the store holds {held} of {self.site}, which the configuration does not name: "
            "renamed? Under its old name the watch goes on"
        )


def coverage_of(session: Session, site: SiteConfig) -> SiteCoverage:
    """A site's coverage as it stands in the store; all zero before its first round."""
    row = session.sources.site(site.name)
    if row is None:
        return SiteCoverage(
            site=site.name,
            known=0,
            read=0,
            waiting=0,
            blocked=0,
            missing=0,
            blocked_since=None,
            troubles=(),
            disagreements=(),
        )
    states = {PageState(count.state): count for count in session.pages.states(row.id)}
    counts = {state: states[state].pages if state in states else 0 for state in PageState}
    blocked = states.get(PageState.BLOCKED)
    unasked = states[PageState.READ].unasked if PageState.READ in states else 0
    return SiteCoverage(
        site=site.name,
        known=sum(counts.values()) - counts[PageState.REMOVED],
        read=counts[PageState.READ] - unasked,
        waiting=counts[PageState.LISTED],
        blocked=counts[PageState.BLOCKED],
        missing=counts[PageState.MISSING],
        blocked_since=blocked.trouble_since if blocked else None,
        troubles=tuple(_troubles(session, row.id)),
        disagreements=tuple(_disagreements(session, row.id)),
    )


def strangers_of(session: Session, watched: Watched) -> list[Stranger]:
    """Sites that the configuration does not name any more, with the pages that the store still holds."""
    counted = [
        Stranger(site=row.name, pages=sum(count.pages for count in session.pages.states(row.id)))
        for row in watched.strangers(session)
    ]
    return [stranger for stranger in counted if stranger.pages]


def silence_of(session: Session, site_id: int) -> str:
    """That a site which used to publish has fallen silent, as of the last round, in words; "" if not."""
    last = session.last_round()
    found = session.pacing.found(site_id, most=MOST_FOUND)
    since = silent_since(found, last.started_at) if last and found else None
    return f"nothing new since {iso(since)}, against its habit: silent, or its sources fail" if since else ""


def drop_of(session: Session, site_id: int, *, lasting: bool = False) -> str:
    """That clearly less of a site stands as read than usual, in words; "" if not. `lasting`: it was told."""
    paced = session.pacing.of_site(site_id)
    if paced is None or paced.covered is None:
        return ""
    read, pages = session.pages.standing(site_id)
    if not is_less(paced.covered, read=read, pages=pages, lasting=lasting):
        return ""
    return (
        f"less is read than usual: {read} of {pages} pages stand as read, usually {paced.covered:.0%} of them"
    )


def _troubles(session: Session, site_id: int) -> list[str]:
    words = [said for said in (silence_of(session, site_id), drop_of(session, site_id)) if said]
    words += [
        f"source {source.url}: {source.trouble}"
        for source in session.sources.of_site(site_id)
        if source.trouble
    ]
    words += crowds_of(session, site_id)
    for trouble in session.pages.troubles(site_id)[:MOST_TROUBLES]:
        where = trouble.example if trouble.pages == 1 else f"{trouble.pages} pages, as {trouble.example}"
        words.append(f"{where}: {trouble.detail}")
    return words


def crowds_of(session: Session, site_id: int) -> list[str]:
    """Addresses that sources made without end and that were not taken in, in words."""
    words = []
    for source in session.sources.of_site(site_id):
        crowds = session.crowds.of_source(source.id)
        for crowd in crowds[:MOST_CROWDS]:
            what = (
                f"{crowd.refused:,} addresses were not taken in ({crowd.pattern}), as {crowd.example[:200]}"
            )
            words.append(f"{source.url} makes addresses without end: {what}; since {iso(crowd.since)}")
        if len(crowds) > MOST_CROWDS:
            words.append(f"{source.url} makes {len(crowds) - MOST_CROWDS} more patterns without end")
    return words


def _disagreements(session: Session, site_id: int) -> list[str]:
    """Sources that claim to name everything, and do not name what others name."""
    words = []
    for source in session.sources.of_site(site_id):
        if source.kind not in _WHOLE or source.read_at is None:
            continue
        named = session.sources.named(source.id)
        lacking = session.sources.unnamed(site_id, source.id)
        if lacking and named:
            words.append(f"{source.url} names {named} releases, and not {lacking} that other sources name")
    return words


def layouts_of(session: Session, site: SiteConfig) -> list[str]:
    """Where layouts fail that did fit: on pages known by them, and on most of the pages read last."""
    row = session.sources.site(site.name)
    if row is None:
        return []
    counts = session.templates.layouts(row.id)
    words = [
        f'the layout "{count.fitted}" fits no longer on {_pages(count.pages)}, since {iso(count.since)}'
        for count in counts
        if count.layout is None and count.fitted is not None
    ]
    last = session.templates.newest_layouts(row.id, LAST_READ)
    pages = sum(count.pages for count in counts)
    without = sum(count.pages for count in counts if count.layout is None)
    if 2 * last.count(None) > len(last) and 2 * without < pages:
        told = f"{last.count(None)} of the {len(last)} pages read last"
        words.append(f"no layout fits on {told}; one does on {pages - without} of all {pages}")
    return words


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
