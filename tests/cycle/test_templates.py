"""The template over rounds: learned with the visits, kept in the store, and no news in itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cycle.coverage import layouts_of
from crawler.cycle.templates import template_of
from tests.cycle.watch import HOUR, T0, Watch, release, started, three, watching
from tests.extract.hosts import DESIGNS, Design, HostPage, Tongue, pages


def site_of(host: list[HostPage], noise: str = "") -> dict[str, str]:
    return {
        f"/news/{number}": page.html.decode() + f"<!-- {noise} --></html>" for number, page in enumerate(host)
    }


def known(watch: Watch, path: str) -> int:
    """How many other pages the page at `path` can be read with, by the store."""
    with watch.store.read() as session:
        page = session.pages.find(session.sources.sites()[0].id, watch.server.base_url + path)
        assert page is not None
        return template_of(session, page).pages


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.__name__.strip("_"))
def test_what_is_learned_meanwhile_is_no_news(tmp_path: Path, design: Design) -> None:
    """The first pages are read without their site's template, and with it in the next round."""
    host = list(pages(design, "en", count=7))
    with watching(tmp_path, site_of(host[:6]), etags=False) as watch:
        watch.run(T0)
        assert known(watch, "/news/3") == 5
        for hours in (1, 2):
            for path, page in site_of(host[:6], noise=str(hours)).items():
                watch.put(path, page)
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []
        watch.put("/news/6", host[6].html.decode())
        watch.name(*site_of(host))
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds() == [("new", "/news/6")]
        assert known(watch, "/news/6") == 6


def test_a_move_is_seen_of_a_page_read_before_its_site_was_known(tmp_path: Path) -> None:
    """Its text was kept with the boilerplate in it, and a 304 never had it read again."""
    host = list(pages(DESIGNS[0], "en", count=6))
    with watching(tmp_path, site_of(host)) as watch:
        watch.run(T0)
        watch.run(T0 + HOUR)
        watch.put("/news/0", None)
        watch.put("/news/elsewhere", host[0].html.decode() + "<!--  --></html>")
        watch.name("/news/elsewhere", *(f"/news/{number}" for number in range(6)))
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("moved", "/news/0")]


def test_an_edit_is_told_without_the_boilerplate_beside_it(tmp_path: Path) -> None:
    host = list(pages(DESIGNS[0], "en", count=6))
    with watching(tmp_path, site_of(host), etags=False) as watch:
        watch.run(T0)
        anew = Tongue("en", 99).prose(2)
        watch.put("/news/4", host[4].html.decode().replace(host[4].passages[2], anew))
        watch.run(T0 + HOUR)
        assert watch.kinds() == [("changed", "/news/4")]
        redline = watch.events()[0]["redline"]
        after = "".join(segment["text"] for segment in redline if segment["op"] != "delete")
        assert anew in after
        assert pages_share(host) not in after


def pages_share(host: list[HostPage]) -> str:
    """The longest text that every page of the site carries."""
    texts = [{*page.html.decode().replace("</p>", "<p>").split("<p>")} for page in host]
    return max((text for text in set.intersection(*texts) if "<" not in text), key=len)


def _story(number: int, beside: int = 0, name: str = "story") -> str:
    text, more = (
        "".join(f"<p>{Tongue('en', seed).prose(2)}</p>" for seed in seeds)
        for seeds in (range(number, number + 3), range(number * 99, number * 99 + beside))
    )
    head = f"<title>Tale {'x' * number}</title></head><body><article><h1>Tale {'x' * number}</h1>"
    boxes = f"<div class='{name}'>{text}</div><div class='more'>{more}</div>"
    return f"<html><head>{head}{boxes}</article></body></html>"


def test_another_part_of_the_page_is_believed_when_it_stays(tmp_path: Path) -> None:
    """A box that outgrows the article is not taken for an edit of it at once."""
    site = {f"/news/{number}": _story(number) for number in (1, 4, 7, 10, 13)}
    with watching(tmp_path, site, etags=False) as watch:
        watch.run(T0)
        watch.put("/news/4", _story(4, beside=14))
        watch.run(T0 + HOUR)
        state, trouble = watch.state("/news/4")
        assert state == "blocked"
        assert trouble is not None
        assert "where 4 other pages have their article" in trouble
        assert watch.kinds() == []
        watch.put("/news/4", _story(4))
        watch.run(T0 + 2 * HOUR)
        assert (watch.state("/news/4"), watch.kinds()) == (("read", None), [])
        watch.put("/news/4", _story(4, beside=14))
        watch.run(T0 + 3 * HOUR)
        watch.run(T0 + 3 * HOUR + watch.config.site[0].removal_after + timedelta(seconds=1))
        assert watch.kinds() == [("changed", "/news/4")]


def test_a_layout_that_fails_is_reported(tmp_path: Path) -> None:
    numbers = (1, 4, 7, 10)
    site = {f"/news/{number}": _story(number, name="field--name-body") for number in numbers}
    with watching(tmp_path, site, etags=False) as watch:
        watch.run(T0)
        with watch.store.read() as session:
            assert layouts_of(session, watch.config.site[0]) == []
        watch.put("/news/1", _story(1, name="text"))
        watch.run(T0 + HOUR)
        assert watch.kinds() == []
        with watch.store.read() as session:
            assert layouts_of(session, watch.config.site[0]) == [
                'the layout "drupal body" fits no longer on 1 page, since 2026-03-02T07:00:00Z'
            ]


def test_a_new_layout_with_the_same_texts_is_no_change_of_a_release(tmp_path: Path) -> None:
    """A sentence on every page is kept in the field of a known layout, and taken out elsewhere."""
    standing = "The Organization has worked along this coast since its first office opened."
    with watching(tmp_path, {}, etags=False) as watch:
        pages = {path: _fielded(number, standing) for number, path in enumerate(map(_path, range(6)))}
        for path, page in pages.items():
            watch.put(path, page)
        watch.name(*pages)
        watch.run(T0)
        watch.run(T0 + HOUR)
        for path, page in pages.items():
            watch.put(
                path, page.replace("field--type-text-with-summary", "copy").replace("<article>", "<div>")
            )
        for hours in (2, 4):
            watch.run(T0 + hours * HOUR)
        assert [path for _, path in watch.kinds() if path] == []
        edited = pages[_path(2)].replace("12,402", "21,402").replace("field--type-text-with-summary", "copy")
        watch.put(_path(2), edited.replace("<article>", "<div>"))
        watch.run(T0 + 5 * HOUR)
        assert [(kind, path) for kind, path in watch.kinds() if path] == [("changed", _path(2))]


def _path(number: int) -> str:
    return f"/news/story-{number}"


def _fielded(number: int, standing: str) -> str:
    return release(
        f"Story Number {number}",
        f"Ferry {number} carried 12,40{number} people over the lake in spring, and most of them came back.",
        f"The harbour of district {number} was dredged before the rains, with machines lent by fishermen.",
        standing,
    )


def test_a_row_of_a_table_keeps_its_label(tmp_path: Path) -> None:
    """Labels recur from release to release; the figures beside them are this one's."""
    with watching(tmp_path, {}, etags=False) as watch:
        pages = {_path(number): _tabled(number) for number in range(6)}
        for path, page in pages.items():
            watch.put(path, page)
        watch.name(*pages)
        watch.run(T0)
        watch.run(T0 + HOUR)
        watch.put(_path(3), pages[_path(3)].replace("<td>413</td>", "<td>431</td>"))
        watch.run(T0 + 2 * HOUR)
        (event,) = watch.events()
        assert [(f["before"], f["after"]) for f in event["figures"]] == [(413, 431)]
        assert "Wells | 431" in "".join(s["text"] for s in event["redline"] if s["op"] != "delete")


def _tabled(number: int) -> str:
    table = (
        f"<table><tr><td>District</td><td>Count</td></tr><tr><td>Wells</td><td>41{number}</td></tr></table>"
    )
    page = _fielded(number, "").replace("field--type-text-with-summary", "copy")
    return page.replace("<p></p>", table)


def test_a_sentence_that_recurs_is_not_told_as_taken_out_of_the_page_that_is_edited(tmp_path: Path) -> None:
    """Beside the edited passage less is left of what recurs: it stays text where it was text."""
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/bridge", str(watch.pages["/news/bridge"]).replace("12,400", "21,400"))
        watch.run(T0 + HOUR)
        (event,) = watch.events()
        assert event["kind"] == "changed"
        deleted = [segment["text"] for segment in event["redline"] if segment["op"] == "delete"]
        assert deleted == ["12,400"]
