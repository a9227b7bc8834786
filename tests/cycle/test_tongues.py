"""What rounds write of a site in words of ours, and what a letter in another language makes of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.compare.site_wide import REASONS
from crawler.cycle.coverage import coverage_of
from crawler.cycle.events import event_from
from crawler.digest import interpret
from crawler.digest.tongue import LANGUAGES, speaking
from crawler.values import Event
from tests.cycle.test_site_wide import CHALLENGE, NOTICE, in_another_design, page, put_all, site
from tests.cycle.watch import HOUR, T0, Watch, started, watching


def told(watch: Watch) -> list[Event]:
    return [event for event in map(event_from, watch.events()) if event.kind in REASONS]


def refused(folder: Path) -> list[Event]:
    with watching(folder, site()) as watch:
        started(watch)
        good = dict(watch.pages)
        put_all(watch, dict.fromkeys(site(), CHALLENGE))
        for hours in (2, 3, 4):
            watch.run(T0 + hours * HOUR)
        put_all(watch, {path: good[path] for path in site()})
        for hours in (5, 6):
            watch.run(T0 + hours * HOUR)
        return told(watch)


def redesigned(folder: Path) -> list[Event]:
    with watching(folder, site()) as watch:
        started(watch)
        put_all(watch, {path: in_another_design(html) for path, html in site().items()})
        watch.run(T0 + HOUR)
        return told(watch)


def noticed(folder: Path) -> list[Event]:
    """A passage comes, is another, and goes."""
    with watching(folder, site(30)) as watch:
        started(watch)
        for day, notice in enumerate((NOTICE, NOTICE.replace("Northern", "Southern"), "")):
            for number in range(5):
                watch.put(f"/news/{number}", page(number, notice=notice))
            watch.run(T0 + timedelta(days=2 * day, hours=1))
            watch.run(T0 + timedelta(days=2 * day + 1))
        return told(watch)


def unlisted(folder: Path) -> list[Event]:
    with watching(folder, site(20)) as watch:
        started(watch)
        watch.name(*[path for path in site(20) if not path.endswith(("1", "2", "3"))])
        for hours in (1, 2, 3, 4):
            watch.run(T0 + hours * HOUR)
        return told(watch)


def test_every_event_of_a_site_is_said_in_each_language(tmp_path: Path) -> None:
    """Where this fails: a round words it anew; `interpret` is to know it."""
    events = []
    for play in (refused, redesigned, noticed, unlisted):
        folder = tmp_path / play.__name__
        folder.mkdir()
        events += play(folder)
    assert {event.kind for event in events} == REASONS.keys()
    assert {event.title.split()[3] for event in events if event.title.startswith("The same")} == {
        "came", "changed", "went",
    }  # fmt: skip
    for event in events:
        ours = ((event.title, interpret.title), (event.summary, interpret.summary))
        for words, said in ours:
            assert said(event) == words
            for language in set(LANGUAGES) - {"en"} if words else ():
                with speaking(language):
                    assert said(event) != words
        for language in set(LANGUAGES) - {"en"}:
            with speaking(language):
                assert [reason for reason in event.reasons if interpret.reason(reason) == reason] == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_what_sources_do_not_agree_on_is_said_in_each_language(tmp_path: Path, language: str) -> None:
    listing = "".join(f'<li><a href="{path}">{path} and more</a></li>' for path in site())
    pages = {**site(), "/list": f"<html><body><main><ul>{listing}</ul></main></body></html>"}
    extra = 'sources = ["/sitemap.xml", "/list"]'
    with watching(tmp_path, pages, site=extra, sources=False) as watch:
        watch.name("/news/0", "/news/1")
        started(watch)
        with watch.store.read() as session:
            (words,) = coverage_of(session, watch.config.site[0]).disagreements
    with speaking(language):
        assert interpret.disagreement(words) != words
