"""The fixed waits: of pages that are blocked, missing or removed, and of documents; what class a page is of.

It learns nothing. Pure: the time is an argument.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from crawler import urls
from crawler.text import words
from crawler.values import PageState

BLOCKED: Final = timedelta(hours=1)
REMOVED: Final = timedelta(days=7)
# A document is replaced more seldom than a page is edited, and costs more to ask for.
DOCUMENT_AGES: Final = ((timedelta(days=14), timedelta(days=1)), (timedelta(days=90), timedelta(days=7)))
OLD_DOCUMENT: Final = timedelta(days=30)

_CLASSES: Final = words(
    "news press-releases speeches statements stories blogs blog reports datasets articles press-release"
)
OTHER: Final = "other"


def page_class(url: str) -> str:
    """The class of page an address speaks of: "news", "statements", "reports", …, or "other"."""
    segments = urls.target(url).partition("?")[0].split("/")[1:3]  # the first may be a language
    return next((segment for segment in segments if segment in _CLASSES), OTHER)


def next_due(*, state: PageState, now: datetime, removal_after: timedelta) -> datetime:
    """When a page that could not be read is due again."""
    if state is PageState.MISSING:
        return now + removal_after
    return now + (REMOVED if state is PageState.REMOVED else BLOCKED)


def attachment_due(*, published: str | None, since: datetime, now: datetime) -> datetime:
    """When a document of a page, just asked for, is due again."""
    age = now.date() - (date.fromisoformat(published[:10]) if published else since.date())
    return now + next((wait for limit, wait in DOCUMENT_AGES if age < limit), OLD_DOCUMENT)


def born(published: str | None, since: datetime) -> datetime:
    """When a page's age begins: at its publication (ISO 8601; of a mere day, at noon), or where it names
    none, or one to come, when it was discovered."""
    if not published:
        return since
    if len(published) <= len("2026-03-01"):
        found = datetime.fromisoformat(published).replace(hour=12, tzinfo=UTC)
    else:
        found = datetime.fromisoformat(published)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
    return min(found, since)
