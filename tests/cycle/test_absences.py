"""Soft 404s: known by what the page says in six languages, or by what the site answers for nonsense."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.demo import Answer, html_answer
from crawler.demo.server import Scripted
from tests.cycle.watch import HOUR, T0, Watch, release, started, three, watching

SORRY = "There is nothing under this address. Use the search, or begin at the first page of this site."
SAID = {
    "en": "Page not found",
    "fr": "Page introuvable",
    "es": "Página no encontrada",
    "ar": "الصفحة غير موجودة",
    "ru": "Страница не найдена",
    "pt": "Página não encontrada",
}
LOST = "Den här sidan har gått vilse"  # no phrase list knows it


def lost(path: str, _headers: Mapping[str, str] | None = None) -> Answer:
    text = (
        f"Vi hittade inget på {path}. Kanske har sidan flyttats, kanske har den aldrig funnits här hos oss."
    )
    return html_answer(release(LOST, text, text.upper(), published=None, language="sv"))


class Everywhere(dict[str, Scripted]):
    """Answers `lost` wherever the site has nothing to say."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def get(self, path: str, default: Any = None) -> Any:
        served = path in self.watch.pages or not path.startswith("/news/")
        return default if served else lost(path)


def gone_softly(watch: Watch, page: Answer | str) -> None:
    """One release of three shows this page with 200 for two rounds, then is there again."""
    kept = watch.pages["/news/bridge"]
    watch.put("/news/bridge", page)
    watch.run(T0 + HOUR)
    assert watch.state("/news/bridge")[0] == "missing"
    assert watch.events() == []
    watch.run(T0 + 3 * HOUR)
    assert watch.kinds() == [("removed", "/news/bridge")]
    watch.run(T0 + 5 * HOUR)
    watch.put("/news/bridge", kept)
    watch.run(T0 + 7 * HOUR)
    assert [kind for kind, _ in watch.kinds()] == ["removed", "restored"]


@pytest.mark.parametrize("language", SAID)
def test_a_page_that_says_it_is_not_there_is_missing(tmp_path: Path, language: str) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        gone_softly(watch, release(SAID[language], SORRY, published=None, language=language))


def test_a_page_that_shows_what_any_address_shows_is_missing(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.server.override = Everywhere(watch)
        gone_softly(watch, lost("/news/bridge"))


def test_a_wholly_new_text_is_no_absence_where_nonsense_answers_404(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/bridge", lost("/news/bridge"))
        watch.run(T0 + HOUR)
        assert watch.state("/news/bridge")[0] == "blocked"


def test_absences_everywhere_are_no_removals(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        for path in three():
            watch.put(path, release(SAID["en"], SORRY, published=None))
        for hours in (1, 3, 5):
            watch.run(T0 + hours * HOUR)
        assert watch.events() == []


def test_a_new_address_that_shows_what_any_address_shows_is_no_news(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.server.override = Everywhere(watch)
        watch.name(*three(), "/news/typo")
        watch.run(T0 + HOUR)
        assert watch.events() == []
        watch.put("/news/typo", release("Typo Mended", published=None))
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds() == [("new", "/news/typo")]
