"""Who speaks beside a page: homes and editions that are still asked, and what they said when last read."""

from __future__ import annotations

from pathlib import Path

from crawler.config import Config
from crawler.cycle.coverage import strangers_of
from crawler.cycle.watched import Watched
from tests.compare.releases import EN
from tests.cycle.test_families import CRUES, FLOOD, began, english, french, put, two_hosts
from tests.cycle.test_replay import replayed, to
from tests.cycle.watch import HOUR, T0, Watch, release, started, three, watching


def renamed(config: Config) -> Config:
    """The first site under another name."""
    first, *others = config.site
    return config.model_copy(update={"site": (first.model_copy(update={"name": "renamed"}), *others)})


def without_the_second(config: Config) -> Config:
    return config.model_copy(update={"site": config.site[:1]})


def leaving_out_the_second(config: Config) -> Config:
    first, second = config.site
    second = second.model_copy(update={"include": ("/elsewhere/**",)})
    return config.model_copy(update={"site": (first, second)})


def agrees(watch: Watch, folder: Path) -> None:
    found = replayed(watch, folder / "scratch")
    assert found.differences == ()


# ── who speaks ──────────────────────────────────────────────────────────────────────────────────


def test_a_renamed_site_is_no_home_of_itself(tmp_path: Path) -> None:
    pages = {**three(), FLOOD: english(), "/news/moving": release("Moving", *EN[1:])}
    with watching(tmp_path, pages) as watch:
        started(watch)
        watch.config = renamed(watch.config)
        watch.run(T0 + HOUR)
        assert watch.events() == []
        watch.put("/news/bridge", release("Bridge Reopens at Last"))
        watch.put(FLOOD, None)
        watch.put("/news/moved", pages["/news/moving"])
        watch.put("/news/moving", to("/news/moved"))
        for hour in (2, 4):
            watch.run(T0 + hour * HOUR)
        told = {event["kind"]: event for event in watch.events()}
        assert set(told) == {"retitled", "removed", "moved"}
        for event in told.values():
            assert (event["site"], event["homes"], event["still_at"]) == ("renamed", [], [])
            assert not any("still" in reason for reason in event["reasons"])
        agrees(watch, tmp_path)


def test_a_renamed_site_knows_its_editions_by_what_they_say(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), FLOOD: english()}) as watch:
        started(watch)
        watch.config = renamed(watch.config)
        watch.run(T0 + HOUR)
        watch.put(CRUES, french())
        watch.name(*three(), FLOOD, CRUES)
        watch.run(T0 + 2 * HOUR)
        (event,) = watch.events()
        assert (event["kind"], event["editions"]) == ("translation", [watch.server.base_url + FLOOD])
        agrees(watch, tmp_path)


def test_a_site_that_was_dropped_speaks_no_more(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        watch.config = without_the_second(watch.config)
        put(watch, other, None, english())
        for hour in (3, 5):
            watch.run(T0 + hour * HOUR)
        *_, removed = watch.events()
        assert (removed["kind"], removed["homes"], removed["still_at"]) == ("removed", [], [])
        agrees(watch, tmp_path)


def test_a_page_that_no_include_takes_in_speaks_no_more(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        watch.config = leaving_out_the_second(watch.config)
        put(watch, other, english(("12,400", "21,400")), english())
        watch.run(T0 + 3 * HOUR)
        *_, changed = watch.events()
        assert (changed["kind"], changed["homes"], changed["still_at"]) == ("changed", [], [])
        agrees(watch, tmp_path)


def test_pages_of_a_site_that_is_configured_no_more_are_counted(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        with watch.store.read() as session:
            assert strangers_of(session, Watched(sites=watch.config.site)) == []
            (found,) = strangers_of(session, Watched(sites=renamed(watch.config).site))
        assert (found.site, found.pages) == ("test", 3)
