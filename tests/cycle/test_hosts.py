"""What a host asked for, and how it fares, outlives the run: robots.txt, pauses, rests after trouble."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli import status
from crawler.demo import Answer
from storage.letters import WAITING
from tests.cycle.watch import HOUR, T0, Watch, release, started, three, watching

MINUTE = timedelta(minutes=1)
ALERTS = '[alerts]\nto = ["file:alerts/"]\n'


def robots(text: str, status: int = 200, **headers: str) -> Answer:
    return Answer(status=status, headers={"content-type": "text/plain", **headers}, body=text.encode())


def paths(watch: Watch) -> list[str]:
    return [exchange.path for exchange in watch.asked()]


def broken(watch: Watch, *, status: int = 500) -> None:
    for path in list(watch.pages):
        watch.pages[path] = Answer(status=status, body=b"oops")


# ── robots.txt ──────────────────────────────────────────────────────────────────────────────────


def test_robots_txt_is_asked_for_once_a_day(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), "/robots.txt": robots("User-agent: *\nDisallow: /search")}) as watch:
        started(watch)
        watch.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /")
        watch.run(T0 + 23 * HOUR)
        assert "/robots.txt" not in paths(watch)
        assert watch.state("/news/bridge") == ("read", None)
        watch.run(T0 + 25 * HOUR)
        assert paths(watch) == ["/robots.txt"]
        assert watch.events() == []
        watch.run(T0 + 26 * HOUR)
        assert paths(watch) == []


@pytest.mark.parametrize("later", [-HOUR, timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_was_wrong_makes_it_asked_again(tmp_path: Path, later: timedelta) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.run(T0 + later)
        assert paths(watch)[0] == "/robots.txt"


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 503])
def test_trouble_with_robots_txt_is_asked_about_by_each_run(tmp_path: Path, status: int) -> None:
    with watching(tmp_path, {**three(), "/robots.txt": robots("", status)}) as watch:
        watch.run(T0)
        assert (set(paths(watch)) == {"/robots.txt"}) is (status != 400)  # RFC 9309, 2.3.1.3: it allows
        watch.pages["/robots.txt"] = robots("User-agent: *\nDisallow:\n")
        watch.run(T0 + HOUR)
        assert "/robots.txt" in paths(watch)
        assert watch.state("/news/bridge") == ("read", None)


def test_a_pause_that_robots_txt_asks_for_is_kept_too(tmp_path: Path) -> None:
    busy = robots("", 503, **{"retry-after": "7200"})
    with watching(tmp_path, {**three(), "/robots.txt": busy}) as watch:
        watch.run(T0)
        assert paths(watch) == ["/robots.txt"]
        watch.run(T0 + HOUR)
        assert paths(watch) == []
        watch.run(T0 + 2 * HOUR)
        assert "/robots.txt" in paths(watch)


# ── rests ───────────────────────────────────────────────────────────────────────────────────────


def requests_over(watch: Watch, start: datetime, minutes: range) -> dict[int, int]:
    """How many requests each round made that made any, by its minute."""
    made = {}
    for minute in minutes:
        watch.run(start + minute * MINUTE, everything=True)
        if asked := len(paths(watch)):
            made[minute] = asked
    return made


def test_a_host_in_trouble_is_tried_gently_and_ever_less_up_to_an_hour(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), "/news/market": release("Market Day")}) as watch:
        started(watch)
        pages = dict(watch.pages)
        broken(watch)
        made = requests_over(watch, T0 + HOUR, range(0, 290, 5))
        assert made == {0: 5, 5: 1, 15: 1, 35: 1, 75: 1, 135: 1, 195: 1, 255: 1}
        watch.pages.update(pages)
        back = requests_over(watch, T0 + HOUR, range(290, 320, 5))
        assert min(back) == 315
        assert back[315] == 5
        assert {kind for kind, _ in watch.kinds()} == {"blocked", "recovered"}  # of the site as a whole
        broken(watch)  # its next rest is a short one again
        assert requests_over(watch, T0 + HOUR, range(320, 330, 5)) == {320: 5, 325: 1}


def test_a_rest_is_told_the_operator_once_and_its_end(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), "/news/market": release("Market Day")}, extra=ALERTS) as watch:
        started(watch)
        pages = dict(watch.pages)
        broken(watch)
        for minute in range(0, 60, 5):
            watch.run(T0 + HOUR + minute * MINUTE, tell=True)
        letters = sorted((tmp_path / "alerts").glob("*.txt"))
        told = [text for path in letters if "is left alone" in (text := path.read_text(encoding="utf-8"))]
        assert len(told) == 1
        assert "the last: status 500" in " ".join(told[0].split())
        shown = CliRunner().invoke(status.command, obj=tmp_path / "config.toml", catch_exceptions=False)
        host = watch.server.base_url.removeprefix("http://")
        assert f"{host}: in trouble since 2026-03-02T07:00:00Z, not asked before" in shown.output
        watch.pages.update(pages)
        watch.run(T0 + 5 * HOUR, tell=True)
        ended = [path for path in (tmp_path / "alerts").glob("*.txt") if path not in letters]
        assert any("host answers again" in path.read_text(encoding="utf-8") for path in ended)
        with watch.store.read() as session:
            assert session.letters.outbox(states=(WAITING,)) == []
