"""Texts that come back: a revert is told by its name, two caches by turns are not told on and on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from crawler.demo import Answer, html_answer
from tests.cycle.watch import HOUR, T0, Watch, started, three, watching

DAY = timedelta(days=1)
TYPO = "21,400"


def edited(watch: Watch) -> tuple[str, str]:
    """The page as it stands, and with one figure changed."""
    old = str(watch.pages["/news/bridge"])
    return old, old.replace("12,400", TYPO)


def test_an_edit_that_is_taken_back_is_reverted_and_names_the_version(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        watch.put("/news/bridge", new)
        watch.run(T0 + HOUR)
        watch.put("/news/bridge", old)
        watch.run(T0 + 3 * DAY)
        assert watch.kinds() == [("changed", "/news/bridge"), ("reverted", "/news/bridge")]
        changed, reverted = watch.events()
        assert reverted["facts"] == ["reverted", "changed"]
        assert reverted["back_to"] == changed["evidence"]["before"]
        assert [(f["before"], f["after"]) for f in reverted["figures"]] == [(21400, 12400)]
        watch.asked()
        watch.run(T0 + 4 * DAY)
        assert {e.status for e in watch.asked() if "/news/" in e.path} == {304}
        assert len(watch.events()) == 2


def test_an_edit_taken_back_at_once_is_asked_for_again_before_it_is_told(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        watch.put("/news/bridge", new)
        watch.run(T0 + HOUR)
        watch.asked()
        watch.put("/news/bridge", old)
        watch.run(T0 + 2 * HOUR)
        assert [e.status for e in watch.asked() if e.path == "/news/bridge"] == [200, 200]
        assert watch.kinds() == [("changed", "/news/bridge"), ("reverted", "/news/bridge")]


def test_a_cache_that_shows_the_old_text_once_is_not_believed(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        watch.put("/news/bridge", new)
        watch.run(T0 + HOUR)
        answers = iter([old, new])
        watch.put("/news/bridge", lambda _path, _headers: html_answer(next(answers)))
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("changed", "/news/bridge")]
        state, trouble = watch.state("/news/bridge")
        assert state == "blocked"
        assert "two texts by turns" in str(trouble)
        watch.put("/news/bridge", new)
        watch.run(T0 + 3 * HOUR)
        assert watch.state("/news/bridge") == ("read", None)
        assert len(watch.events()) == 1


def test_two_caches_that_never_agree_are_told_reverted_once(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        for hours in range(1, 200, 9):
            watch.put("/news/bridge", new if hours % 2 else old)
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("changed", "/news/bridge"), ("reverted", "/news/bridge")]


def test_a_text_that_stands_for_a_day_ends_the_turns(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        for hours, page in ((1, new), (2, old), (3, new), (20, new)):
            watch.put("/news/bridge", page)
            watch.run(T0 + hours * HOUR)
        assert [kind for kind, _ in watch.kinds()] == ["changed", "reverted"]
        watch.run(T0 + 28 * HOUR)
        assert [kind for kind, _ in watch.kinds()] == ["changed", "reverted", "reverted"]
        assert watch.events()[-1]["figures"][0]["after"] == 21400


def test_a_third_text_is_told_at_once_amid_the_turns(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        third = old.replace("12,400", "31,000")
        for hours, page in ((1, new), (2, old), (3, new), (4, third)):
            watch.put("/news/bridge", page)
            watch.run(T0 + hours * HOUR)
        assert watch.events()[-1]["figures"][0]["after"] == 31000
        assert [kind for kind, _ in watch.kinds()] == ["changed", "reverted", "changed"]


def test_a_doubtful_page_that_does_not_answer_again_is_not_believed(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old, new = edited(watch)
        watch.put("/news/bridge", new)
        watch.run(T0 + HOUR)
        answers = iter([html_answer(old), Answer(status=404), html_answer(new)])
        watch.put("/news/bridge", lambda _path, _headers: next(answers))
        watch.run(T0 + 2 * HOUR)
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds() == [("changed", "/news/bridge")]
