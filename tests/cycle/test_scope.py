"""Pages that no include takes in any more: neither asked nor counted, and watched again when one does."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from sqlalchemy import event as hooks

from crawler.config import parse
from crawler.cycle.idle import idle_round
from crawler.cycle.metrics import registry
from crawler.demo import Answer
from tests.cli.command import iomwatch
from tests.cycle.watch import HOUR, T0, Watch, release, three, watching

DAY = timedelta(days=1)
STORY = "/stories/harvest"
BOTH = ("/news/**", "/stories/**")


def pages() -> dict[str, str]:
    return {**three(), STORY: release("Harvest Returns to the Terraces")}


def include(watch: Watch, *patterns: str, more: str = "") -> None:
    """Take in these from now on."""
    lines = (watch.folder / "config.toml").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("watch = ")]
    at = next(number for number, line in enumerate(lines) if line.startswith("include = "))
    lines[at] = f"include = {json.dumps(patterns)}"
    text = "\n".join([*lines[: at + 1], more, *lines[at + 1 :], ""])
    (watch.folder / "config.toml").write_text(text, encoding="utf-8")
    watch.config = parse(text, root=watch.folder, environment={})


def begun(watch: Watch) -> None:
    """A baseline of four pages, one of them a story; then no include takes in stories."""
    include(watch, *BOTH)
    watch.name(*pages())
    watch.run(T0, tell=True)
    include(watch, "/news/**")


def status(watch: Watch) -> dict[str, object]:
    found: dict[str, object] = json.loads(iomwatch("status", "--json", folder=watch.folder).out)["sites"][0]
    return found


def why(watch: Watch) -> str:
    return iomwatch("status", "--why", watch.server.base_url + STORY, folder=watch.folder).out


def letters(watch: Watch) -> list[str]:
    found = sorted((watch.folder / "digests").glob("2*.txt"))
    return [" ".join(path.read_text(encoding="utf-8").split()) for path in found]


def test_a_page_that_no_include_takes_in_is_neither_asked_nor_counted(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        watch.put(STORY, None)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        watch.asked()
        for days in (1, 2, 3):
            watch.run(T0 + days * DAY, tell=True)
        assert STORY not in [exchange.path for exchange in watch.asked()]
        assert watch.kinds() == [("changed", "/news/bridge")]
        assert "Read 3 of 3 known pages" in letters(watch)[-1]
        assert "known pages are due." not in letters(watch)[-1]
        found = status(watch)
        assert (found["known"], found["read"], found["left_out"]) == (3, 3, 1)
        assert str(found["next_due"]) > f"{T0 + 3 * DAY:%Y-%m-%dT%H:%M:%SZ}"
        words = iomwatch("status", folder=watch.folder).out
        assert "  1 page no longer watched: no include takes it in\n" in words
        assert "due never" in why(watch)
        assert "no longer watched: no include takes it in" in why(watch)
        shown = iomwatch("show", watch.server.base_url + STORY, folder=watch.folder).out
        assert "next due never: no include takes it in" in shown
        metrics = generate_latest(registry(lambda: watch.config)).decode()
        assert 'iomwatch_pages{site="test",state="read"} 3.0' in metrics
        assert 'iomwatch_covered_ratio{site="test"} 1.0' in metrics
        assert f"{(T0 + 3 * DAY).timestamp():.0f}" < metrics.partition("iomwatch_due_timestamp_seconds{")[2]


def test_a_page_in_trouble_that_is_watched_no_more_is_no_trouble(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        include(watch, *BOTH)
        watch.name(*pages())
        watch.run(T0)
        watch.put(
            STORY, release("Just a moment...", "Checking your browser before you go on.", published=None)
        )
        watch.run(T0 + HOUR)
        include(watch, "/news/**")
        watch.run(T0 + 2 * HOUR)
        found = status(watch)
        assert (found["known"], found["blocked"], found["troubles"], found["missing"]) == (3, 0, [], 0)


def test_taken_in_again_it_is_compared_with_its_last_version(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        watch.put(STORY, watch.pages[STORY].replace("12,400", "21,400"))
        watch.run(T0 + DAY)
        include(watch, *BOTH)
        assert "the next run looks at it" in why(watch)
        watch.run(T0 + 2 * DAY, everything=False)
        assert watch.kinds() == [("changed", STORY)]
        assert status(watch)["left_out"] == 0
        assert "due 20" in why(watch)


def test_taken_in_again_without_a_change_it_is_no_news(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        watch.run(T0 + DAY)
        include(watch, *BOTH)
        for days in (2, 3, 4):
            watch.run(T0 + days * DAY)
        assert watch.events() == []
        assert status(watch)["known"] == 4


def test_gone_meanwhile_it_is_removed_once_it_is_watched_again(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        watch.put(STORY, None)
        for days in (1, 2):
            watch.run(T0 + days * DAY)
        assert watch.events() == []
        include(watch, *BOTH)
        for days in (3, 4):
            watch.run(T0 + days * DAY)
        assert watch.kinds() == [("removed", STORY)]


@pytest.mark.parametrize("more", ['watch = ["/stories/harvest"]', 'watch = ["/stories/*"]'])
def test_what_watch_names_is_watched_without_an_include(tmp_path: Path, more: str) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        include(watch, "/news/**", more=more)
        watch.asked()
        watch.run(T0 + DAY)
        named = more.endswith('harvest"]')
        assert (STORY in [exchange.path for exchange in watch.asked()]) == named


def test_a_page_that_moved_is_watched_while_its_first_address_is_taken_in(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        watch.run(T0)
        watch.put("/archive/bridge", watch.pages["/news/bridge"])
        watch.put("/news/bridge", Answer(status=301, headers={"location": "/archive/bridge"}))
        watch.run(T0 + HOUR)
        include(watch, "/news/**", "/more/**")
        watch.run(T0 + 2 * HOUR)
        assert (status(watch)["known"], status(watch)["left_out"]) == (3, 0)
        include(watch, "/news/s*", "/news/c*")
        watch.run(T0 + 3 * HOUR)
        assert (status(watch)["known"], status(watch)["left_out"]) == (2, 1)


def test_a_page_that_a_watched_address_leads_to_is_watched_again(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        watch.run(T0 + HOUR)
        assert status(watch)["left_out"] == 1
        watch.put("/news/harvest", Answer(status=301, headers={"location": STORY}))
        watch.name(*three(), "/news/harvest")
        watch.run(T0 + 2 * HOUR)
        assert (status(watch)["known"], status(watch)["left_out"]) == (4, 0)
        watch.put(STORY, watch.pages[STORY].replace("12,400", "21,400"))
        watch.run(T0 + 3 * HOUR)
        assert ("changed", STORY) in watch.kinds()


def test_pages_that_are_not_watched_keep_no_idle_run_busy_and_a_new_include_does(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        assert idle_round(watch.config, watch.config.site, T0 + timedelta(minutes=3)) is None
        watch.run(T0 + timedelta(minutes=3), everything=False, tell=True)
        with watch.store.write() as session:
            page = session.pages.find(1, watch.server.base_url + STORY)
            assert page is not None
            assert page.left_out_since is not None
            session.pages.update(page.id, due_at=T0)
            session.attachments.keep(page.id, [watch.server.base_url + "/a.pdf"], T0)
        soon = T0 + timedelta(minutes=4)
        assert idle_round(watch.config, watch.config.site, soon) is not None
        include(watch, *BOTH)
        assert idle_round(watch.config, watch.config.site, soon) is None


def test_a_site_is_walked_over_when_its_configuration_changes_and_no_more(tmp_path: Path) -> None:
    with watching(tmp_path, pages()) as watch:
        begun(watch)
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            statements.append(" ".join(statement.split()))

        engine = watch.store._engine
        hooks.listen(engine, "before_cursor_execute", note)
        walks = []
        for minutes in (1, 2, 3):
            statements.clear()
            watch.run(T0 + timedelta(minutes=minutes), everything=False)
            walks.append(
                sum(
                    one.startswith("SELECT page.id, page.url, page.left_out_since FROM page")
                    for one in statements
                )
            )
        hooks.remove(engine, "before_cursor_execute", note)
        assert walks == [1, 0, 0]
