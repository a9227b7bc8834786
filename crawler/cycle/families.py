"""The family of a release and its homes: found in the store with a visit, and what they mean for its event.

It asks for no page. What it decides is `compare`'s (families, editions, homes); what it reads and writes
belongs to the visit's own transaction, so that a kill loses both or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler import compare
from crawler.compare.editions import disagreements, still_says
from crawler.compare.families import COMMON, DAYS, Likeness, Trait, chosen, joinable, likeness, promise
from crawler.compare.homes import (
    TEXT,
    Home,
    change_at,
    removed_at,
    restored_at,
    told_at,
)
from crawler.cycle.looks import Look, reread
from crawler.cycle.templates import template_in
from crawler.cycle.tools import Tools
from crawler.cycle.watched import Watched
from crawler.text import fold
from crawler.values import Article, Change, Disagreement, Kind, PageState
from storage.rows import PageRow
from storage.store import Session

MOST_READ = 3  # candidates whose stored pages are read to see whether they are editions
MOST_CANDIDATES = 12  # whose rows are looked at
MOST_EDITIONS = 8  # of a family, that a figure is looked up in
GONE = (PageState.MISSING, PageState.REMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What a page turned out to belong to; None and empty where it stands alone, or as it did before."""

    home: PageRow | None = None  # a page with this text, told before
    editions: tuple[PageRow, ...] = ()  # in other languages
    translated: bool = False  # it carried the text of another edition until now


def kin_of(
    tools: Tools,
    session: Session,
    look: Look,
    article: Article,
    alternates: Mapping[str, str | None],
    told_apart: Callable[[], dict[int, Trait]],
) -> Kin:
    """Home and editions of a page that is read for the first time, or reads otherwise than before.

    `told_apart` gives the article's traits by hash, where they are asked for.
    """
    page = look.page
    home = _home(tools, session, look, article) if page.version_id is None else None
    copied = session.pages.get(page.home) if page.home is not None else None
    if copied is not None and article.language == page.language:
        return Kin()
    claims: tuple[Callable[[], list[PageRow]], ...] = (
        lambda: [copied] if copied is not None else [],
        lambda: _named(session, page, article, alternates),
        lambda: session.families.numbered(page, article.node) if article.node else [],
        lambda: (
            _alike(tools, session, page, article, told_apart) if page.family is None and home is None else []
        ),
    )
    mine = _languages(session, home or page, article)
    for claim in claims:
        for found in tools.watched.others(session, page, claim()):
            editions = _editions(session, found)
            if joinable(mine, [each.language for each in editions]):
                return Kin(home=home, editions=editions, translated=copied is not None)
    return Kin(home=home)


def join(session: Session, page: PageRow, article: Article, kin: Kin) -> dict[str, object]:
    """Write that the page and its editions are one family; the page's new values."""
    values: dict[str, object] = {"node": article.node or page.node}
    if kin.home is not None:
        values["home"] = kin.home.id
    elif kin.translated:
        values["home"] = None
    if kin.editions:
        joined = kin.home or page
        session.families.join(kin.editions[0].family or kin.editions[0].id, joined.family or joined.id)
    return values


def _languages(session: Session, page: PageRow, article: Article) -> list[str | None]:
    """The languages that the page's family has already, its own among them."""
    others = session.families.editions(page.family) if page.family is not None else []
    return [article.language, *(each.language for each in others if each.id != page.id)]


def _editions(session: Session, found: PageRow) -> tuple[PageRow, ...]:
    first = session.pages.get(found.home) if found.home is not None else found
    return tuple(session.families.editions((first or found).family or (first or found).id))


def _named(
    session: Session, page: PageRow, article: Article, alternates: Mapping[str, str | None]
) -> list[PageRow]:
    """Editions by hreflang or the switcher. What each names is believed; what one names alone, unless
    other pages in its language name the same translation: a site that sends all of them to one page."""
    found = session.families.named(page, alternates)
    naming = {other.id for other in found if session.families.names(other.id, page.url)}
    in_language = Counter(other.language for other in found if other.id in naming)
    believed = []
    for other in found:
        if other.id not in naming:
            alone = not session.families.others_naming(page, other.url, article.language or "")
        else:
            alone = other.url in alternates or in_language[other.language] == 1
        if alone:
            believed.append(other)
    return believed


# ── by content ──────────────────────────────────────────────────────────────────────────────────


def _alike(
    tools: Tools,
    session: Session,
    page: PageRow,
    article: Article,
    told_apart: Callable[[], dict[int, Trait]],
) -> list[PageRow]:
    """The one page in another language that is an edition by what it says; at most one."""
    if article.language is None or article.published is None:
        return []
    mine = told_apart()
    if not mine:
        return []
    strangers = [row.id for row in tools.watched.strangers(session)]
    carriers = session.families.carriers(page, mine, COMMON, but=strangers)
    rare = [value for value, count in carriers.items() if 0 < count <= COMMON]
    shared = session.families.sharing(page, rare, but=strangers) if rare else []
    likely = promise(mine, carriers, shared) if rare else []
    candidates = session.pages.get_many(likely[:MOST_CANDIDATES]) if likely else []
    near = [other for other in candidates if _near(other, article)]
    found: list[tuple[int, str | None, Likeness]] = []
    for other in near[:MOST_READ]:
        read = _read(tools, session, other)
        if read is not None:
            found.append((other.id, other.language, likeness(article, read, carriers)))
    best = chosen(found)
    return [other for other in near if other.id == best]


def _near(other: PageRow, article: Article) -> bool:
    """Whether a page may be an edition by its row alone: another language, a day near enough."""
    if article.published is None or not other.published or other.language == article.language:
        return False
    day = date.fromisoformat(other.published[:10])
    return abs((article.published.day - day).days) <= DAYS


def _read(tools: Tools, session: Session, page: PageRow) -> Article | None:
    """A page as it was last read, by today's rules."""
    if page.version_id is None:
        return None
    return reread(session, session.pages.version(page.version_id), template_in(tools, session, page))


# ── homes ───────────────────────────────────────────────────────────────────────────────────────


def _home(tools: Tools, session: Session, look: Look, article: Article) -> PageRow | None:
    """The page that told this text first: at another address of the site, or on another host."""
    if not look.copy and len(article.text) < TEXT:
        return None
    carriers = session.families.with_text(look.page, compare.text_fingerprint(article))
    found = next(iter(tools.watched.others(session, look.page, carriers)), None)
    if found is None or fold(found.title) != fold(article.title):
        return None
    return session.pages.get(found.home) if found.home is not None else found


def homes_of(tools: Tools, session: Session, page: PageRow, *, read: bool) -> list[Home]:
    """The other addresses of a release; `read`: with what they say today, and since when."""
    found = []
    for other in tools.watched.others(session, page, session.families.other_homes(page)):
        there = other.state not in GONE
        article = since = None
        if read and there and other.version_id is not None:
            article = _read(tools, session, other)
            since = session.pages.version(other.version_id).seen_at
        found.append(Home(url=other.url, there=there, article=article, since=since))
    return found


def told_of(
    tools: Tools, session: Session, look: Look, article: Article, happened: Change, kin: Kin
) -> Change | None:
    """What happened as it is told: once for all homes, with what editions in other languages say."""
    page, told = look.page, happened
    if look.before is not None and not kin.translated:
        homes = homes_of(tools, session, page, read=True)
        at_home = _at_homes(session, look, article, happened, homes)
        if at_home is None:
            return None
        told = replace(at_home, homes=tuple(home.url for home in homes if home.there))
    editions = _speaking(tools.watched, session, page, kin.editions or _family_of(session, page))
    standing = [each for each in editions if each.state not in GONE]
    found = _disagreements(tools, session, look, article, told, standing)
    return replace(told, disagreements=found, editions=tuple(each.url for each in standing))


def _family_of(session: Session, page: PageRow) -> tuple[PageRow, ...]:
    """The editions of a page read before; of a copy, those of the page that told its text first."""
    first = session.pages.get(page.home) if page.home is not None else page
    if first is None or first.family is None:
        return ()
    return tuple(each for each in session.families.editions(first.family) if each.id != first.id)


def _speaking(
    watched: Watched, session: Session, page: PageRow, editions: Iterable[PageRow]
) -> list[PageRow]:
    """The editions that may speak beside a page: of each its home on the page's own site, or the first."""
    found: list[PageRow] = []
    for each in editions:
        homes = [each, *session.families.other_homes(each)]
        asked = [home for home in homes if home.state not in GONE and watched.asks(session, home)]
        found += sorted(asked or [each], key=lambda home: home.site_id != page.site_id)[:1]
    return watched.others(session, page, found)


def relatives(session: Session, page: PageRow) -> list[PageRow]:
    """All homes and editions of a page, whoever still asks for them."""
    return [*session.families.other_homes(page), *_family_of(session, page)]


def beside(watched: Watched, session: Session, page: PageRow) -> list[PageRow]:
    """The homes and editions of a page that may speak, at each of their addresses."""
    found = relatives(session, page)
    found += [home for each in _family_of(session, page) for home in session.families.other_homes(each)]
    return watched.others(session, page, found)


def _at_homes(
    session: Session, look: Look, article: Article, happened: Change, homes: list[Home]
) -> Change | None:
    if not homes or happened.kind is Kind.MOVED or look.before is None:
        return happened
    if happened.kind is Kind.RESTORED:
        return happened if restored_at(homes, alone=bool(_still_told(session, look.page))) else None
    since = look.version.seen_at if look.version is not None else None
    return change_at(happened, look.before, article, homes, since=since)


def gone_from(tools: Tools, session: Session, page: PageRow, removal: Change) -> Change | None:
    """The removal as it is told: of this home alone, or of the release; None where that was told."""
    homes = homes_of(tools, session, page, read=False)
    others = tools.watched.others(session, page, session.families.other_homes(page))
    told_gone = any(_still_told(session, other) == [] for other in others if other.state == PageState.REMOVED)
    if not removed_at(homes, told_gone=told_gone):
        return None
    there = [home.url for home in homes if home.there]
    return replace(told_at(removal, there), homes=tuple(there))


def _still_told(session: Session, page: PageRow) -> list[str] | None:
    """Where, by its last event of removal, the release of a page still was; None where none was told."""
    rows = session.ledger.events(page_id=page.id, kinds=(Kind.REMOVED.value,))
    return list(rows[-1].payload.get("still_at", ())) if rows else None


# ── disagreements ───────────────────────────────────────────────────────────────────────────────


def _disagreements(
    tools: Tools,
    session: Session,
    look: Look,
    article: Article,
    told: Change,
    editions: Iterable[PageRow],
) -> tuple[Disagreement, ...]:
    """Where editions in other languages state another figure: all of them at the first sight of an
    edition, of a change those that it changed."""
    if told.kind is not Kind.TRANSLATION and not told.figures:
        return ()
    found: list[Disagreement] = []
    for edition in [each for each in editions if each.language != article.language][:MOST_EDITIONS]:
        other = _read(tools, session, edition)
        if other is None:
            continue
        figures = disagreements(article, other)
        if told.kind is not Kind.TRANSLATION:
            changed = {figure.after for figure in told.figures}
            figures = tuple(figure for figure in figures if figure.after in changed)
            if look.before is not None:
                still = still_says(told.figures, look.before, article, other)
                seen = {(figure.before, figure.after) for figure in figures}
                figures += tuple(f for f in still if (f.before, f.after) not in seen)
        found += [
            Disagreement(language=edition.language, url=edition.url, figure=figure) for figure in figures
        ]
    return tuple(found)
