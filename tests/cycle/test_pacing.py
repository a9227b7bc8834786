"""Rounds ask what is due, within a budget; what visits teach is kept; a clock that jumps silences nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.cycle.pacing import history_of
from crawler.demo import Answer
from crawler.values import iso
from storage.rows import PageRow
from tests.cycle.watch import HOUR, T0, Watch, release, watching

DAY = 24 * HOUR
NAMES = ("one", "two", "three", "four", "five", "six")
LONG_AGO = "2021-03-01T09:00:00Z"


def pages(*, published: str = LONG_AGO) -> dict[str, str]:
    return {f"/news/{name}": release(f"Release {name} of the day", published=published) for name in NAMES}


def paths(watch: Watch) -> list[str]:
    """The pages asked for since the last call, sources and robots.txt left out."""
    return [exchange.path for exchange in watch.asked() if exchange.path.startswith("/news/")]


def row(watch: Watch, path: str) -> PageRow:
    with watch.store.read() as session:
        page = session.pages.find(session.sources.sites()[0].id, watch.server.base_url + path)
    assert page is not None
    return page


def sitemap(watch: Watch, lastmods: dict[str, datetime]) -> None:
    """What the sitemap claims."""
    entries = "".join(
        f"<url><loc>{watch.server.base_url}{path}</loc><lastmod>{iso(at)}</lastmod></url>"
        for path, at in lastmods.items()
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    watch.pages["/sitemap.xml"] = Answer(headers={"content-type": "application/xml"}, body=body.encode())


def test_young_pages_are_asked_within_hours_and_old_ones_within_days(tmp_path: Path) -> None:
    young = {"/news/new": release("New today", published=iso(T0 - HOUR))}
    with watching(tmp_path, pages() | young) as watch:
        watch.run(T0, everything=False)
        assert len(paths(watch)) == 7
        asked: dict[str, int] = dict.fromkeys([*pages(), *young], 0)
        for hours in range(1, 97, 1):
            watch.run(T0 + hours * HOUR, everything=False)
            for path in paths(watch):
                asked[path] += 1
        assert asked["/news/new"] >= 20
        assert all(1 <= asked[path] <= 8 for path in pages()), asked


def test_no_page_goes_unseen_beyond_the_bound(tmp_path: Path) -> None:
    extra = '[pace]\nmax_unseen = "2d"\naudit = 0.0\n'
    with watching(tmp_path, pages(), extra=extra) as watch:
        watch.run(T0, everything=False)
        for hours in range(6, 241, 6):
            now = T0 + hours * HOUR
            watch.run(now, everything=False)
            assert all((read := row(watch, path).read_at) and now - read <= 2 * DAY for path in pages())


def test_what_the_budget_does_not_allow_is_carried_over_and_news_come_first(tmp_path: Path) -> None:
    with watching(tmp_path, pages(), site="requests_per_day = 24") as watch:
        watch.run(T0)
        watch.asked()
        with watch.store.write() as session:  # the day's requests are made; one more is allowed each hour
            site = session.sources.sites()[0].id
            paced = session.pacing.of_site(site)
            assert paced is not None
            values = {name: getattr(paced, name) for name in type(paced).__dataclass_fields__}
            session.pacing.keep_site(type(paced)(**values | {"purse": 0.0}))
            session.pages.due_now([row(watch, path).id for path in pages()], T0)
        watch.put("/news/seven", release("Seven is new"))
        watch.name(*pages(), "/news/seven")
        watch.run(T0 + 6 * HOUR, everything=False)
        first = paths(watch)
        assert len(first) == 5  # of six requests, one went to the sitemap
        assert first[0] == "/news/seven"
        watch.run(T0 + 9 * HOUR, everything=False)
        assert {*first, *paths(watch)} == {*pages(), "/news/seven"}


def test_quiet_hours_are_kept_and_nobody_is_alarmed(tmp_path: Path) -> None:
    site = 'quiet_hours = "22:00-06:00"\ntimezone = "Africa/Cairo"'  # UTC+2 in March
    with watching(tmp_path, pages(), site=site) as watch:
        quiet = watch.run(T0.replace(hour=21), everything=False)
        assert watch.asked() == []
        assert not quiet.needs_a_person
        watch.run(T0.replace(hour=21) + 8 * HOUR, everything=False)
        assert len(paths(watch)) == 6


def test_a_page_that_is_edited_again_and_again_is_asked_more_often(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        watch.run(T0, everything=False)
        for number in range(1, 9):
            now = T0 + number * 12 * HOUR
            watch.put(
                "/news/one",
                release("Release one of the day", f"So far {number} boats came.", published=LONG_AGO),
            )
            watch.run(now)
        assert history_of(row(watch, "/news/one")).share > 0.9
        assert history_of(row(watch, "/news/two")).share < 0.02
        now = T0 + 4 * DAY
        assert row(watch, "/news/one").due_at - now < (row(watch, "/news/two").due_at - now) / 2


def test_a_date_that_a_source_claims_anew_makes_a_page_due_while_it_is_believed(tmp_path: Path) -> None:
    # no audits: by chance, one would fall on the last hour
    with watching(tmp_path, pages(), extra="[pace]\naudit = 0.0") as watch:
        sitemap(watch, dict.fromkeys(pages(), T0))
        watch.run(T0, everything=False)
        watch.asked()
        sitemap(watch, dict.fromkeys(pages(), T0) | {"/news/one": T0 + HOUR})
        watch.run(T0 + 2 * HOUR, everything=False)
        assert paths(watch) == ["/news/one"]
        for day in range(1, 41):  # every day all dates are new, and no page is
            sitemap(watch, dict.fromkeys(pages(), T0 + day * DAY))
            watch.run(T0 + day * DAY + HOUR)
        watch.asked()
        last = T0 + 40 * DAY + 3 * HOUR
        sitemap(watch, dict.fromkeys(pages(), last - HOUR))
        watch.run(last, everything=False)
        assert paths(watch) == []
        with watch.store.read() as session:
            (source,) = session.sources.of_site(session.sources.sites()[0].id)
        assert source.learned is not None
        assert source.learned[2] > 200  # false signals


def test_a_source_without_news_is_asked_less_often(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        watch.run(T0, everything=False)
        asked = []
        for minutes in range(15, 3 * 24 * 60, 15):
            watch.run(T0 + timedelta(minutes=minutes), everything=False)
            if any(exchange.path == "/sitemap.xml" for exchange in watch.asked()):
                asked.append(minutes)
        gaps = [later - earlier for earlier, later in pairwise(asked)]
        assert gaps[0] <= 60
        assert gaps[-1] > gaps[0]
        assert max(gaps) <= 24 * 60


@pytest.mark.parametrize("jump", [-365 * DAY, 365 * DAY])
def test_a_clock_set_wrong_for_a_round_silences_nothing(tmp_path: Path, jump: timedelta) -> None:
    with watching(tmp_path, pages()) as watch:
        watch.run(T0, everything=False)
        watch.run(T0 + jump, everything=False)
        watch.asked()
        watch.put("/news/seven", release("Seven is new", published=iso(T0 + HOUR)))
        watch.name(*pages(), "/news/seven")
        watch.put("/news/one", pages()["/news/one"].replace("12,400", "21,400"))
        for hours in range(2, 99, 12):
            watch.run(T0 + hours * HOUR, everything=False)
        assert sorted(kind for kind, _ in watch.kinds()) == ["changed", "new"]


def test_a_round_that_is_stopped_keeps_no_page_from_its_turn(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        watch.run(T0, everything=False)
        before = {path: row(watch, path).due_at for path in pages()}
        assert all(due > T0 for due in before.values())
        watch.run(max(before.values()), everything=False)
        assert set(paths(watch)) >= set(pages())
