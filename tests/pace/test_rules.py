"""The fixed waits, the class of a page, and when its age begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.pace import attachment_due, born, next_due, page_class
from crawler.pace.rules import BLOCKED, DOCUMENT_AGES, OLD_DOCUMENT, REMOVED
from crawler.values import PageState

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "wait"),
    [(PageState.BLOCKED, BLOCKED), (PageState.MISSING, 2 * HOUR), (PageState.REMOVED, REMOVED)],
)
def test_what_could_not_be_read_is_asked_again_after_a_fixed_time(state: PageState, wait: timedelta) -> None:
    assert next_due(state=state, now=NOW, removal_after=2 * HOUR) == NOW + wait


def test_documents_are_asked_for_more_seldom_with_age() -> None:
    days = [(NOW - timedelta(days=days)).date().isoformat() for days in range(120)]
    waits = [attachment_due(published=day, since=NOW, now=NOW) - NOW for day in days]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (DOCUMENT_AGES[0][1], OLD_DOCUMENT)


@pytest.mark.parametrize(
    ("published", "begins"),
    [
        (None, NOW),
        ("2026-03-01T09:30:00Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("2026-02-20", datetime(2026, 2, 20, 12, tzinfo=UTC)),
        ("2026-02-20T12:00:00", datetime(2026, 2, 20, 12, tzinfo=UTC)),
        ("2031-01-01", NOW),  # a date to come is no reason to look away
    ],
)
def test_age_begins_at_publication(published: str | None, begins: datetime) -> None:
    assert born(published, NOW) == begins


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.iom.int/news/a", "news"),
        ("https://www.iom.int/fr/statements/a?x=1", "statements"),
        ("https://dtm.iom.int/reports/a/b", "reports"),
        ("https://www.iom.int/node/news", "news"),
        ("https://www.iom.int/about-us/our/news", "other"),
        ("https://www.iom.int/", "other"),
    ],
)
def test_the_address_tells_the_class(url: str, kind: str) -> None:
    assert page_class(url) == kind
