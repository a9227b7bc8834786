"""The script: what it says happens is what the site serves, from that second on."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from crawler.demo import DAYS, ROUNDS, START, TIMELINE, Happening, Site, Trouble, expected, rounds
from crawler.demo.timeline import STANDING, troubles
from crawler.demo.tongues import TONGUES
from crawler.values import Kind
from tests.demo.reading import BASE, body, headline, listed, page

EVENTS = [line for line in TIMELINE if line.kind is not None]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("line", EVENTS, ids=lambda line: f"{line.kind}-{line.path[-20:]}")
def test_a_happening_is_served_from_its_second_on_and_not_before(line: Happening) -> None:
    site = Site(base_url=BASE)
    before, after = site.answer(line.path, now=line.at - SECOND), site.answer(line.path, now=line.at)
    match line.kind:
        case Kind.NEW | Kind.TRANSLATION:
            assert (before.status, after.status) == (404, 200)
        case Kind.REMOVED:
            assert (before.status, after.status) == (200, line.status)
        case Kind.RESTORED:
            assert (before.status, after.status) == (404, 200)
        case Kind.MOVED:
            assert line.old_path is not None
            assert (before.status, after.status) == (404, 200)
            left = site.answer(line.old_path, now=line.at)
            assert (left.status, left.headers["location"]) == (301, BASE + line.path)
            assert body(page(site, line.old_path, line.at - SECOND)) == body(page(site, line.path, line.at))
        case Kind.RETITLED:
            assert headline(page(site, line.path, line.at - SECOND)) == line.title_before
            assert body(page(site, line.path, line.at - SECOND)) == body(page(site, line.path, line.at))
        case Kind.REDATED:
            assert line.published is not None
            assert line.published_before is not None
            for now, date in ((line.at - SECOND, line.published_before), (line.at, line.published)):
                html = site.answer(line.path, now=now).body.decode()
                for where in ('article:published_time" content="', '"datePublished": "', '<time datetime="'):
                    assert where + date.isoformat() in html
                day = TONGUES["en"].day(date)
                assert f">{day}<" in html
                assert (line.path, line.title, day) in listed(site, now)
            assert body(page(site, line.path, line.at - SECOND)) == body(page(site, line.path, line.at))
        case Kind.CHANGED:
            ((old, new),) = line.swaps
            was, became = ("\n".join(body(page(site, line.path, at))) for at in (line.at - SECOND, line.at))
            assert was.replace(old, new) == became != was
        case _:
            raise AssertionError(f"no test for {line.kind}")
    if after.status == 200:
        assert headline(page(site, line.path, line.at)) == line.title


def test_every_event_is_served_at_the_hour_that_no_trouble_hides_it() -> None:
    for line in EVENTS:
        assert not [trouble for trouble in troubles(line.at) if trouble.path in ("", line.path)]


def test_three_days_have_at_least_four_events_each_and_every_event_its_day() -> None:
    days = [expected(day) for day in range(1, DAYS + 1)]
    assert [len(day) >= 4 for day in days] == [True] * DAYS
    assert [line for day in days for line in day] == EVENTS
    assert expected(DAYS + 1) == ()


def test_the_script_is_in_order_and_begins_after_the_baseline() -> None:
    moments = [line.at for line in TIMELINE]
    assert sorted(line.at for line in EVENTS) == [line.at for line in EVENTS]
    assert min(moments) > START == ROUNDS[0]
    assert len({(line.at, line.path) for line in TIMELINE}) == len(TIMELINE)


def test_the_script_holds_what_it_promises() -> None:
    kinds = Counter(line.kind for line in EVENTS)
    assert kinds == {
        Kind.NEW: 4,
        Kind.TRANSLATION: 2,
        Kind.CHANGED: 4,
        Kind.REMOVED: 2,
        Kind.RETITLED: 1,
        Kind.REDATED: 1,
        Kind.MOVED: 1,
        Kind.RESTORED: 1,
    }
    assert {line.language for line in EVENTS if line.kind is Kind.NEW} == {"en", "fr", "ar"}
    assert {line.status for line in EVENTS if line.kind is Kind.REMOVED} == {404, 410}
    assert {line.trouble for line in TIMELINE if line.trouble} == set(Trouble)
    assert [line.figures for line in EVENTS if line.figures] == [((12400, 21400),), ((12400, 14200),)]
    assert {release.language for release in STANDING} == {"en", "fr", "es", "ar"}
    assert {release.layout for release in STANDING} == {"current", "seven", "story", "blog"}


def test_a_round_falls_into_each_trouble_and_the_last_rounds_of_days_see_the_site() -> None:
    for line in TIMELINE:
        if line.until is not None:
            assert [moment for moment in ROUNDS if line.at <= moment < line.until]
    for moment in ROUNDS[4::5]:
        assert not [line for line in troubles(moment) if not line.path]


@pytest.mark.parametrize(
    "line", [line for line in EVENTS if line.kind is Kind.REMOVED], ids=lambda line: line.path
)
def test_a_removal_is_read_twice_more_than_an_hour_apart_on_its_day(line: Happening) -> None:
    same_day = [
        moment
        for moment in ROUNDS
        if moment >= line.at and moment.date() == line.at.date() and not troubles(moment)
    ]
    seen = [
        moment
        for moment in same_day
        if Site(base_url=BASE).answer(line.path, now=moment).status in (404, 410)
    ]
    assert len(seen) >= 2
    assert seen[1] - seen[0] > timedelta(hours=1)


def test_no_two_events_of_a_page_fall_between_two_readings() -> None:
    for earlier, later in (
        (a, b) for a in EVENTS for b in EVENTS if a.at < b.at and b.path in (a.path, a.old_path)
    ):
        assert [moment for moment in ROUNDS if earlier.at <= moment < later.at and not troubles(moment)]


def test_a_publication_says_when_it_is_published_and_joins_a_family_only_as_a_translation() -> None:
    nodes = {release.node for release in STANDING}
    for line in EVENTS:
        if line.release is None:
            continue
        assert line.release.published == line.at
        assert (line.release.node in nodes) == (line.kind is Kind.TRANSLATION)
        nodes.add(line.release.node)


def test_rounds_go_on_after_the_script() -> None:
    assert rounds() == ROUNDS
    assert len(rounds(5)) == 25
    assert rounds(5)[:15] == ROUNDS
    assert ROUNDS[0] == START
