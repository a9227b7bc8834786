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
    born = date.fromisoformat(published[:10]) if published else since.date()
    age = now.date() - born
    return now + next((wait for limit, wait in AGES if age < limit), OLD)
