"""Sites that make addresses without end: a round stops at its budget, says so, and goes on there next time.

The large ones (a million addresses, sitemaps of two and a half million) run with `make faults`.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from crawler.demo import Answer, html_answer
from tests.cli.command import iomwatch
from tests.cycle.test_discovery import listing, many, sources
from tests.cycle.watch import HOUR, T0, Watch, release, watching

XML = {"content-type": "application/xml"}
TIGHT = "max_addresses = 50\nmax_alike = 10\nmax_queries = 3"


def urlset(watch: Watch, paths: list[str]) -> Answer:
    base = watch.server.base_url
    entries = "".join(f"<url><loc>{base}{path}</loc></url>" for path in paths)
    return Answer(headers=XML, body=f"<urlset>{entries}</urlset>".encode())


def index(watch: Watch, paths: list[str]) -> Answer:
    base = watch.server.base_url
    entries = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in paths)
    return Answer(headers=XML, body=f"<sitemapindex>{entries}</sitemapindex>".encode())


def crowds(watch: Watch) -> list[tuple[str, int]]:
    with watch.store.read() as session:
        return [
            (row.pattern, row.refused) for row in session.crowds.of_source(session.sources.of_site(1)[0].id)
        ]


def known(watch: Watch) -> int:
    with watch.store.read() as session:
        return sum(count.pages for count in session.pages.states(1))


def words(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


@pytest.mark.parametrize(
    ("paths", "taken", "pattern"),
    [
        ([f"/news/item-{number}" for number in range(40)], 10, "/news/item-0"),
        ([f"/news/x?sid={number:08x}" for number in range(40)], 3, "/news/x?sid=*"),
        ([f"/news/calendar/{2000 + number}/01" for number in range(40)], 10, "/news/calendar/0/0"),
        ([f"/news{'/a' * number}" for number in range(1, 41)], 2, "repeats its path 3 times"),
        ([f"/news/{words(number)}" for number in range(90)], 50, "all addresses"),
    ],
    ids=["numbers", "session ids", "calendar", "path", "words"],
)  # fmt: skip
def test_a_site_without_end_stops_at_its_budget(
    tmp_path: Path, paths: list[str], taken: int, pattern: str
) -> None:
    with watching(tmp_path, {}, site=TIGHT) as watch:
        watch.pages["/sitemap.xml"] = urlset(watch, paths)
        watch.run(T0, everything=False)
        assert known(watch) == taken
        assert pattern in dict(crowds(watch))
        first = crowds(watch)
        watch.run(T0 + HOUR, everything=True)  # a later run does not begin to count anew
        assert known(watch) == taken
        assert crowds(watch) == first


def test_news_is_found_beside_a_trap_and_status_says_what_was_left_out(tmp_path: Path) -> None:
    trap = [f"/news/item-{number}" for number in range(40)]
    with watching(tmp_path, {"/news/bridge": release("Bridge Reopens")}, site=TIGHT) as watch:
        watch.pages["/sitemap.xml"] = urlset(watch, [*trap, "/news/bridge"])
        watch.run(T0, everything=False)
        watch.put("/news/school", release("School Opens Its Doors"))
        watch.pages["/sitemap.xml"] = urlset(watch, [*trap, "/news/bridge", "/news/school"])
        watch.run(T0 + HOUR, everything=True)
        assert watch.kinds() == [("new", "/news/school")]
        assert "30 addresses were not taken in (/news/item-0)" in iomwatch("status", folder=tmp_path).out
        said = iomwatch("status", "--json", folder=tmp_path).out
        (source,) = json.loads(said)["sites"][0]["sources"]
        assert source["trouble"] is None
        (crowd,) = source["traps"]
        assert (crowd["pattern"], crowd["refused"]) == ("/news/item-0", 30)
        watch.pages["/sitemap.xml"] = urlset(watch, ["/news/bridge", "/news/school"])
        watch.run(T0 + 2 * HOUR, everything=True)
        assert crowds(watch) == []


def test_a_listing_that_always_names_more_is_left_at_the_budget(tmp_path: Path) -> None:
    def endless(path: str, headers: Mapping[str, str]) -> Answer:
        page = int(path.partition("page=")[2] or 0)
        return html_answer(listing([f"/news/item-{5 * page + each}" for each in range(5)], page, 10**6))

    with watching(tmp_path, {"/all": endless}, site=TIGHT) as watch:
        sources(watch, "/all")
        watch.run(T0, everything=False)
        assert known(watch) == 10
        assert len([e for e in watch.asked() if e.path.startswith("/all")]) == 3


def test_a_source_in_which_nothing_is_left_out_is_read_to_its_end(tmp_path: Path) -> None:
    """Of known pages beyond the budget none is dropped: what is known stays known."""
    with watching(tmp_path, many(12), site="max_alike = 12") as watch:
        watch.run(T0)
        (tmp_path / "config.toml").write_text(
            (tmp_path / "config.toml").read_text().replace("max_alike = 12", "max_alike = 5")
        )
        sources(watch, "/sitemap.xml")
        watch.run(T0 + HOUR)
        assert known(watch) == 12
        assert crowds(watch) == []


def circling(watch: Watch, children: int) -> Callable[[str, Mapping[str, str]], Answer]:
    """Each of its children is the index again."""
    answer = index(watch, [f"/sitemap.xml?{number}" for number in range(children)])
    return lambda path, headers: answer


def test_an_index_of_copies_of_itself_ends(tmp_path: Path) -> None:
    with watching(tmp_path, {}) as watch:
        answer = circling(watch, 2_000)("", {})
        watch.pages |= {f"/sitemap.xml?{number}": answer for number in range(2_000)}
        watch.pages["/sitemap.xml"] = answer
        started = time.process_time()
        watch.run(T0)
        assert time.process_time() - started < 15
        assert len([e for e in watch.asked() if e.path.startswith("/sitemap")]) == 22
        assert [pattern for pattern, _ in crowds(watch)] == ["sitemaps that lead in circles"]


def test_indexes_of_ever_other_indexes_end(tmp_path: Path) -> None:
    with watching(tmp_path, {}) as watch:
        for number in range(400):
            paths = [f"/sitemap.xml?{other}" for other in range(400) if other % 7 != number % 5]
            watch.pages[f"/sitemap.xml?{number}"] = index(watch, [*paths, f"/x{number}"])
        watch.pages["/sitemap.xml"] = index(watch, [f"/sitemap.xml?{number}" for number in range(400)])
        watch.run(T0)
        assert len([e for e in watch.asked() if e.path.startswith("/sitemap")]) == 102
        assert [pattern for pattern, _ in crowds(watch)] == ["sitemaps that lead in circles"]


def test_a_sitemap_of_two_that_name_each_other_ends(tmp_path: Path) -> None:
    with watching(tmp_path, many(2)) as watch:
        watch.pages["/sitemap.xml"] = index(watch, ["/b.xml", "/sitemap.xml"])
        watch.pages["/b.xml"] = index(watch, ["/sitemap.xml", "/b.xml", "/c.xml"])
        watch.pages["/c.xml"] = urlset(watch, ["/news/item-0", "/news/item-1"])
        watch.run(T0)
        assert known(watch) == 2
        assert crowds(watch) == []


# ── the large ones, each in a process of its own: what it takes at its peak is the proof ────────────


def _streamed(connection: Connection, folder: str, documents: int, site: str, path: str) -> None:
    with watching(Path(folder), {}, site=site) as watch:

        def child(asked: str, headers: Mapping[str, str]) -> Answer:
            start = 50_000 * int(asked.partition("?")[2])
            return urlset(watch, [path.format(number) for number in range(start, start + 50_000)])

        children = [f"/sitemap.xml?{number}" for number in range(documents)]
        watch.pages |= dict.fromkeys(children, child)
        watch.pages["/sitemap.xml"] = index(watch, children)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        watch.run(T0, everything=False)
        asked = len([e for e in watch.asked() if e.path.startswith("/sitemap")])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        connection.send((known(watch), asked, crowds(watch), before // 1_024, peak // 1_024))


def streamed(
    folder: Path, documents: int, site: str, path: str
) -> tuple[int, int, list[tuple[str, int]], int]:
    """(pages known, documents asked for, crowds, MB at the peak); a document has 50,000 addresses."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_streamed, args=(there, str(folder), documents, site, path)
    )
    process.start()
    there.close()
    pages, asked, left_out, before, peak = here.recv()
    process.join()
    print(f"{pages} pages, {asked} documents, {left_out}, {before} MB before, {peak} MB at the peak")
    return pages, asked, left_out, peak


@pytest.mark.faults
def test_a_million_addresses_stop_at_the_budget(tmp_path: Path) -> None:
    pages, asked, left_out, peak = streamed(tmp_path, 20, "max_pages = 1", "/news/item-{}")
    assert pages == 10_000
    assert asked <= 5
    assert [pattern for pattern, _ in left_out] == ["/news/item-0"]
    assert peak < 300


@pytest.mark.faults
@pytest.mark.parametrize("path", ["/other/item-{}", "/news/item-{}"])
def test_a_sitemap_of_two_and_a_half_million_addresses(tmp_path: Path, path: str) -> None:
    """Of which none is a release, or all are; the pages of the second are not asked for here."""
    pages, _, _, peak = streamed(tmp_path, 50, 'quiet_hours = ""', path)
    assert pages == (10_000 if path.startswith("/news") else 0)
    assert peak < 300
