"""One release at several addresses: one of them tells, and says where it still is as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.compare import compare
from crawler.compare.homes import Home, Stand, change_at, removed_at, restored_at, stand, told_at
from crawler.values import Article, Change, Dated, Kind, Link, Passage, PassageKind

OLD = Article(
    title="Bridge Reopens",
    language="en",
    published=Dated(day=date(2026, 2, 20), source="meta"),
    body=(Passage(kind=PassageKind.PARAGRAPH, text="The bridge carries 12,400 people a day."),),
    links=(Link(url="https://www.iom.int/data", text="data"),),
)
NEW = replace(
    OLD, body=(Passage(kind=PassageKind.PARAGRAPH, text="The bridge carries 21,400 people a day."),)
)
ELSEWHERE = (Link(url="https://sudan.iom.int/data", text="data"),)
THERE = "https://sudan.iom.int/news/bridge"


def home(article: Article | None, *, there: bool = True) -> Home:
    return Home(url=THERE, there=there, article=article)


def change(before: Article = OLD, after: Article = NEW) -> Change:
    found = compare(before, after)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "after", "other", "expected"),
    [
        (OLD, NEW, replace(NEW, links=ELSEWHERE), Stand.CHANGED),
        (OLD, NEW, replace(OLD, links=ELSEWHERE), Stand.EARLIER),
        (OLD, NEW, replace(OLD, body=()), Stand.OTHERWISE),
        # what did not change may differ between homes
        (OLD, NEW, replace(NEW, title="Bridge Reopens to All"), Stand.CHANGED),
        (OLD, replace(NEW, title="Bridge Opens"), replace(NEW, title="X"), Stand.OTHERWISE),
        (OLD, replace(OLD, links=()), replace(OLD, links=ELSEWHERE), Stand.EARLIER),
        (OLD, replace(OLD, links=()), replace(NEW, links=()), Stand.CHANGED),
    ],
)
def test_what_another_home_says(before: Article, after: Article, other: Article, expected: Stand) -> None:
    assert stand(before, after, other) is expected


def test_the_first_home_tells_and_names_the_one_that_still_has_the_earlier_text() -> None:
    told = change_at(change(), OLD, NEW, [home(OLD)])
    assert told is not None
    assert told.still_at == (THERE,)
    assert told.reasons[-1] == f"still as it was at {THERE}"


def test_the_second_home_tells_nothing() -> None:
    assert change_at(change(), OLD, NEW, [home(NEW)]) is None


def test_a_home_that_never_changed_did_not_show_it_first() -> None:
    early, late = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    undone = change(NEW, OLD)
    assert change_at(undone, NEW, OLD, [replace(home(OLD), since=early)], since=late) == undone
    assert change_at(undone, NEW, OLD, [replace(home(OLD), since=late)], since=early) is None


@pytest.mark.parametrize(
    "other", [home(None), home(OLD, there=False), home(replace(OLD, title="Other", body=()))]
)
def test_a_home_that_is_gone_or_another_text_says_nothing(other: Home) -> None:
    assert change_at(change(), OLD, NEW, [other]) == change()


def test_a_removal_is_told_of_each_home_until_none_is_left() -> None:
    gone = Change(kind=Kind.REMOVED, facts=(Kind.REMOVED,), weight=88, reasons=("the page is gone",))
    assert told_at(gone, [THERE]).reasons == ("the page is gone", f"still there at {THERE}")
    assert told_at(gone, []) == gone
    assert removed_at([home(None)], told_gone=False)
    assert removed_at([home(None, there=False)], told_gone=False)
    assert not removed_at([home(None, there=False)], told_gone=True)


def test_a_return_is_told_once() -> None:
    assert restored_at([home(None, there=False)], alone=False)
    assert not restored_at([home(None)], alone=False)
    assert restored_at([home(None)], alone=True)
