"""When to look at a page again: a rule of its age and state. Pure: the time is an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crawler.values import PageState

# (younger than, look again after): a release is corrected in its first hours, and now and then years later
AGES = (
    (timedelta(days=3), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=6)),
    (timedelta(days=90), timedelta(days=1)),
)
OLD = timedelta(days=7)
BLOCKED = timedelta(hours=1)
# the same for its documents, which are replaced more seldom and cost more to ask for
DOCUMENT_AGES = ((timedelta(days=14), timedelta(days=1)), (timedelta(days=90), timedelta(days=7)))
OLD_DOCUMENT = timedelta(days=30)


def next_due(
    *, state: PageState, published: str | None, since: datetime, now: datetime, removal_after: timedelta
) -> datetime:
    """When a page that was just looked at is due again.

    `published` is an ISO 8601 date or datetime, `since` when the page was discovered.
    """
    if state is PageState.MISSING:
        return now + removal_after
    if state is PageState.BLOCKED:
        return now + BLOCKED
    if state is PageState.REMOVED:
        return now + OLD
    age = _age(published, since, now)
    return now + next((wait for limit, wait in AGES if age < limit), OLD)


def attachment_due(*, published: str | None, since: datetime, now: datetime) -> datetime:
    """When a document of a page, just asked for, is due again."""
    age = _age(published, since, now)
    return now + next((wait for limit, wait in DOCUMENT_AGES if age < limit), OLD_DOCUMENT)


def _age(published: str | None, since: datetime, now: datetime) -> timedelta:
    return now.date() - (date.fromisoformat(published[:10]) if published else since.date())
