"""One release at several addresses, told once: which of them tells a change, and what the others still say.

It finds no homes and reads no store: what each home says today is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from crawler.compare.figures import evened
from crawler.compare.same import addresses, told
from crawler.text import fold
from crawler.values import Article, Change, Kind, Link

STILL = "still as it was at"  # how the reasons of an event begin that name a home
STILL_THERE = "still there at"  # of a removal
TEXT = 200  # characters of text from which on equal texts on two hosts are one release


class Stand(StrEnum):
    """What a home says today of what changed at another."""

    CHANGED = "changed"  # the same as the other says now: it told it
    EARLIER = "earlier"  # what the other said before
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Another address of a release."""

    url: str
    there: bool  # it answers with the release, as far as is known
    article: Article | None  # as it was last read; None where that does not matter
    since: datetime | None = None  # when it began to be read so


def stand(before: Article, after: Article, home: Article) -> Stand:
    """What `home` says of that in which `after` differs from `before`. Hosts count for nothing."""
    ways = {_stand(*sides) for sides in _sides(before, after, home) if sides[0] != sides[1]}
    return ways.pop() if len(ways) == 1 else Stand.OTHERWISE


def change_at(
    change: Change, before: Article, after: Article, homes: Sequence[Home], *, since: datetime | None = None
) -> Change | None:
    """The change as it is told of one home; None where another home showed it first. `since`: when this
    home began to show `before`. One that shows `after` for longer did not follow: a change was undone."""
    still = []
    for home in homes:
        if not home.there or home.article is None:
            continue
        found = stand(before, after, home.article)
        if found is Stand.CHANGED and (since is None or home.since is None or home.since > since):
            return None
        if found is Stand.EARLIER:
            still.append(home.url)
    return told_at(change, still)


def told_at(change: Change, still: Sequence[str]) -> Change:
    """The change, saying where the release is still as it was, or of a removal still there."""
    if not still:
        return change
    words = STILL_THERE if change.kind is Kind.REMOVED else STILL
    reasons = (*change.reasons, *(f"{words} {url}" for url in still))
    return replace(change, still_at=tuple(still), reasons=reasons)


def restored_at(homes: Sequence[Home], *, alone: bool) -> bool:
    """Whether a return is told: nowhere else is the release, or it had gone from this home `alone`."""
    return alone or not any(home.there for home in homes)


def removed_at(homes: Sequence[Home], *, told_gone: bool) -> bool:
    """Whether a removal is told: not where it was told of another home that no home has it any more."""
    return not told_gone or any(home.there for home in homes)


def _sides(*articles: Article) -> list[tuple[object, ...]]:
    """What is compared, field by field: each as the articles have it."""
    fields: tuple[Callable[[Article], object], ...] = (
        lambda a: evened(fold(a.title), a.language),
        lambda a: evened(told(a), a.language),
        lambda a: a.published.day if a.published else None,
        lambda a: _places(a.links),
        lambda a: _places(a.attachments),
    )
    return [tuple(field(article) for article in articles) for field in fields]


def _places(links: Sequence[Link]) -> frozenset[str]:
    """What links lead to, whatever the host: each home links to pages of its own."""
    return frozenset(key.partition("/")[2] for key in addresses(links))


def _stand(before: object, after: object, home: object) -> Stand:
    if isinstance(before, frozenset) and isinstance(after, frozenset) and isinstance(home, frozenset):
        came, went = after - before, before - after
        if came <= home and not went & home:
            return Stand.CHANGED
        return Stand.EARLIER if went <= home and not came & home else Stand.OTHERWISE
    if home == after:
        return Stand.CHANGED
    return Stand.EARLIER if home == before else Stand.OTHERWISE
