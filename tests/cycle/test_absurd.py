"""Pages that say what cannot be: a round reads them, tells them and looks again, whatever the clock says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.demo import Answer
from tests.cycle.watch import HOUR, T0, release, watching

DATES = [
    "0001-01-01T00:00:00+14:00",
    "0001-01-01",
    "9999-12-31T23:59:59-14:00",
    "10000-01-01",
    "2024-02-30T25:61:61Z",
    "99999999999999999999",
]
SCRIPTS = {
    "nested": "[" * 100_000 + "]" * 100_000,
    "nested objects": '{"a":' * 50_000,
    "a long number": '{"@type": "NewsArticle", "datePublished": ' + "9" * 5_000 + "}",
    "a long exponent": '{"@type": "NewsArticle", "datePublished": 1e99999, "wordCount": -1e-99999}',
    "a lone surrogate": r'{"@type": "NewsArticle", "headline": "Bridge \ud800 Reopens", "author": "\udfff"}',
    "NUL": r'{"@type": "NewsArticle", "headline": "Bridge \u0000 Reopens"}',
    "not a number": '{"@type": "NewsArticle", "datePublished": NaN, "dateModified": -Infinity}',
}


@pytest.mark.parametrize("date", DATES)
def test_dates_out_of_range(tmp_path: Path, date: str) -> None:
    lastmod = f"<lastmod>{date}</lastmod>"
    with watching(tmp_path, {"/news/school": release("School Opens")}) as watch:
        watch.run(T0, tell=True)
        for number, text in enumerate(("Some 12,400 people crossed it.", "Some 21,400 people crossed it.")):
            page = release("Bridge Reopens", f"Geneva, {date} – {text}", "It is open again.", published=date)
            watch.put("/news/bridge", page)
            entries = f"<url><loc>/news/bridge</loc>{lastmod}</url><url><loc>/news/school</loc></url>"
            watch.put("/sitemap.xml", Answer(body=f"<urlset>{entries}</urlset>".encode()))
            watch.run(T0 + (1 + number) * HOUR, tell=True)
        assert watch.kinds() == [("new", "/news/bridge"), ("changed", "/news/bridge")]
        with watch.store.read() as session:
            assert session.pages.find(1, f"{watch.server.base_url}/news/bridge") is not None
        assert len(list((tmp_path / "digests").glob("*.html"))) >= 2


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_scripts_that_no_reader_likes(tmp_path: Path, script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    with watching(tmp_path, {"/news/school": release("School Opens")}) as watch:
        watch.run(T0)
        for number, count in enumerate(("12,400", "21,400")):
            watch.put(
                "/news/bridge", release("Bridge Reopens", f"Some {count} people.", "It is open.", head=head)
            )
            watch.name("/news/school", "/news/bridge")
            watch.run(T0 + (1 + number) * HOUR, tell=True)
        assert watch.kinds() == [("new", "/news/bridge"), ("changed", "/news/bridge")]
        for event in watch.events():
            json.dumps(event, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    "clock",
    [
        datetime(1970, 1, 2, tzinfo=UTC),
        datetime(2099, 12, 31, 23, 59, tzinfo=UTC),
        datetime(9000, 1, 1, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_clock_that_is_far_off(tmp_path: Path, clock: datetime) -> None:
    with watching(tmp_path, {"/news/school": release("School Opens")}) as watch:
        watch.run(T0)
        watch.put("/news/bridge", release("Bridge Reopens"))
        watch.name("/news/school", "/news/bridge")
        watch.run(clock, tell=True)
        watch.run(clock + timedelta(hours=2), tell=True)
        watch.run(T0 + HOUR, tell=True)
        assert watch.kinds() == [("new", "/news/bridge")]
