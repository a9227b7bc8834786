"""The rules for what happens to a site, by values alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.compare.site_wide import (
    Condition,
    Sight,
    another_template,
    believed,
    is_redesign,
    left_behind,
    next_condition,
    refusals,
)
from crawler.compare.verdict import Verdict
from crawler.values import Kind, Marks

T0 = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def sights(read: int = 0, refused: int = 0, missing: int = 0, old: int = 0) -> list[Sight]:
    return [
        *(Sight(url=f"/read/{at}", verdict=Verdict.SAME) for at in range(read)),
        *(Sight(url=f"/refused/{at}", verdict=Verdict.BLOCKED) for at in range(refused)),
        *(Sight(url=f"/missing/{at}", verdict=Verdict.MISSING) for at in range(missing)),
        *(Sight(url=f"/old/{at}", verdict=Verdict.BLOCKED, trouble_since=T0 - HOUR) for at in range(old)),
    ]


@pytest.mark.parametrize(
    ("pages", "sources", "refuses"),
    [
        pytest.param({"read": 4, "refused": 6}, {"read": 3}, True, id="most pages, though sources answer"),
        pytest.param({"read": 5, "refused": 5}, {}, False, id="half of the pages is not most"),
        pytest.param({"refused": 1}, {"read": 3}, None, id="one page alone says nothing"),
        pytest.param({"refused": 1}, {"refused": 3}, True, id="one page and the sources"),
        pytest.param({}, {"refused": 2}, True, id="all sources"),
        pytest.param({}, {"refused": 1}, None, id="the one source"),
        pytest.param({"read": 1}, {"refused": 4}, None, id="a page is read, sources are not"),
        pytest.param({"old": 9, "read": 1}, {"read": 2}, False, id="old troubles speak for themselves"),
        pytest.param({"missing": 5}, {"read": 2}, None, id="absences are no refusal while anything is read"),
        pytest.param({"missing": 5}, {"refused": 1}, True, id="nothing at all is there"),
        pytest.param({}, {}, None, id="nothing was asked"),
    ],
)
def test_what_a_round_says_of_a_site(
    pages: dict[str, int], sources: dict[str, int], refuses: bool | None
) -> None:
    assert refusals(sights(**pages), sights(**sources), since=T0, waiting=0).refuses is refuses


def test_a_few_answers_are_no_recovery_while_refused_pages_wait() -> None:
    few, many = sights(read=2), sights(read=3)
    assert refusals(few, [], since=T0, waiting=40).refuses is None
    assert refusals(few, [], since=T0, waiting=0).refuses is False
    assert refusals(many, [], since=T0, waiting=40).refuses is False


def test_a_new_text_of_its_own_is_no_refusal_and_one_text_everywhere_is() -> None:
    own, same = (
        [
            Sight(url=str(at), verdict=Verdict.BLOCKED, reason=f"another text {at * one}", doubted=True)
            for at in range(4)
        ]
        for one in (1, 0)
    )
    assert refusals(own, sights(read=1), since=T0, waiting=4).refuses is None
    assert refusals(same, sights(read=1), since=T0, waiting=0).refuses is True


def test_the_commonest_reason_is_named() -> None:
    pages = [Sight(url=str(at), verdict=Verdict.BLOCKED, reason="403" if at else "500") for at in range(4)]
    assert refusals(pages, [], since=T0, waiting=0).reason == "403"


def test_blocked_and_recovered_are_told_once() -> None:
    condition = Condition(refused_since=None, blocked_since=None)
    told = []
    rounds = [True, True, None, True, True, None, False, False, True, False]
    for at, refuses in enumerate(rounds):
        condition, kind = next_condition(condition, refuses, began=T0 + at * HOUR / 2)
        told.append(kind)
    assert told == [None, None, None, Kind.BLOCKED, None, None, Kind.RECOVERED, None, None, None]
    assert condition == Condition(refused_since=None, blocked_since=None)


def marks(around: range, region: int = 1, layout: str | None = "drupal") -> Marks:
    return Marks(around=tuple(around), region=region, layout=layout)


@pytest.mark.parametrize(
    ("after", "another"),
    [
        (marks(range(20)), False),
        (marks(range(8, 28)), False),  # the links of the day
        (marks(range(15, 35)), True),
        (marks(range(20), region=2), True),
        (marks(range(20), region=0), False),  # not known
        (marks(range(20), layout="story"), True),
        (marks(range(20), layout=None), False),  # a layout that fails is said elsewhere
    ],
)
def test_another_template(after: Marks, *, another: bool) -> None:
    assert another_template(marks(range(20)), after) is another


def test_a_redesign_is_most_of_what_is_read() -> None:
    assert is_redesign(restyled=3, others=2)
    assert not is_redesign(restyled=3, others=3)
    assert not is_redesign(restyled=2, others=0)


def test_what_leaves_a_window_and_what_is_lost_by_its_source() -> None:
    assert left_behind("2026-01-01", ["2026-01-02T10:00:00Z", "2026-02-01"])
    assert not left_behind("2026-01-02", ["2026-01-02T10:00:00Z"])
    assert not left_behind(None, ["2026-01-02"])
    assert not left_behind("2026-01-01", [])
    assert believed(dropped=2, named=2)
    assert not believed(dropped=3, named=2)
    assert not believed(dropped=0, named=2)
