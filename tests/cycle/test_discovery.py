"""Sources: sitemaps, feeds, listings; each alone; baselines of what was there when watching of it began."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from crawler.config import parse
from crawler.demo import Answer, html_answer
from tests.cycle.watch import HOUR, T0, Watch, release, sitemap, watching


def many(count: int, start: int = 0) -> dict[str, str]:
    return {
        f"/news/item-{number}": release(f"Item Number {number}") for number in range(start, start + count)
    }


def listing(paths: list[str], page: int, pages: int) -> str:
    cards = "".join(
        f'<div><a href="{path}"></a><div class="article-detail"><h5 class="title">{path}</h5></div></div>'
        for path in paths
    )
    pager = (
        f'<nav class="pager"><a rel="next" href="?page={page + 1}">Next</a></nav>' if page + 1 < pages else ""
    )
    return f"<!doctype html><html lang=en><body><main>{cards}{pager}</main></body></html>"


def put_listing(watch: Watch, paths: list[str], size: int = 4) -> None:
    pages = [paths[at : at + size] for at in range(0, len(paths), size)] or [[]]
    for number, page in enumerate(pages):
        watch.pages[f"/all?page={number}"] = html_answer(listing(page, number, len(pages)))
    watch.pages["/all"] = watch.pages["/all?page=0"]


def sources(watch: Watch, *names: str, include: tuple[str, ...] = ("/news/**", "/fr/news/**")) -> None:
    """Configure these sources and includes from now on."""
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if line.startswith("sources"):
            line = f"sources = [{', '.join(repr(name) for name in names)}]"
        if line.startswith("include"):
            line = f"include = [{', '.join(repr(name) for name in include)}]"
        lines.append(line)
    (watch.folder / "config.toml").write_text("\n".join(lines), encoding="utf-8")
    watch.config = parse("\n".join(lines), root=watch.folder, environment={})


def listed_pages(watch: Watch) -> int:
    with watch.store.read() as session:
        return sum(count.pages for count in session.pages.states(1))


def test_a_listing_is_followed_to_its_end_once_then_to_what_is_known(tmp_path: Path) -> None:
    with watching(tmp_path, many(10)) as watch:
        sources(watch, "/all")
        put_listing(watch, list(many(10)))
        watch.run(T0)
        assert listed_pages(watch) == 10
        assert [e.path for e in watch.asked() if e.path.startswith("/all")] == [
            "/all",
            "/all?page=1",
            "/all?page=2",
        ]
        watch.run(T0 + HOUR)
        assert [e.path for e in watch.asked() if e.path.startswith("/all")] == ["/all"]
        for path, page in many(6, start=10).items():
            watch.put(path, page)
        put_listing(watch, [*many(6, start=10), *many(10)])
        watch.run(T0 + 2 * HOUR)
        assert [e.path for e in watch.asked() if e.path.startswith("/all")] == [
            "/all",
            "/all?page=1",
            "/all?page=2",
        ]
        assert sorted(watch.kinds()) == sorted(("new", path) for path in many(6, start=10))


def test_a_pager_without_end_ends(tmp_path: Path) -> None:
    def endless(path: str, headers: object) -> Answer:
        page = int(path.partition("page=")[2] or 0)
        return html_answer(listing(list(many(3)), page, 10**6))

    with watching(tmp_path, {**many(3), "/all": endless}) as watch:
        sources(watch, "/all")
        watch.run(T0)
        assert len([e for e in watch.asked() if e.path.startswith("/all")]) == 2
        assert listed_pages(watch) == 3


def test_a_listing_is_followed_no_further_than_max_pages(tmp_path: Path) -> None:
    with watching(tmp_path, many(40), site="max_pages = 3") as watch:
        sources(watch, "/all")
        put_listing(watch, list(many(40)))
        watch.run(T0)
        assert len([e for e in watch.asked() if e.path.startswith("/all")]) == 3


def test_a_sitemap_index_is_followed_and_its_loops_are_not(tmp_path: Path) -> None:
    with watching(tmp_path, many(6)) as watch:
        base = watch.server.base_url
        children = "".join(
            f"<sitemap><loc>{base}/sitemap.xml{end}</loc></sitemap>" for end in ("", "?page=1", "?page=2")
        )
        index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'
        watch.pages["/sitemap.xml"] = Answer(headers={"content-type": "text/xml"}, body=index.encode())
        for page, paths in ((1, list(many(3))), (2, list(many(3, start=3)))):
            body = sitemap(*paths).body.replace(b"{base}", base.encode())
            watch.pages[f"/sitemap.xml?page={page}"] = Answer(headers={"content-type": "text/xml"}, body=body)
        watch.run(T0)
        assert listed_pages(watch) == 6
        asked = [e.path for e in watch.asked() if e.path.startswith("/sitemap")]
        assert sorted(asked) == ["/sitemap.xml", "/sitemap.xml?page=1", "/sitemap.xml?page=2"]
        watch.run(T0 + HOUR)
        assert {e.status for e in watch.asked() if e.path.startswith("/sitemap")} == {304}
        assert watch.events() == []


def test_each_source_may_be_absent_and_fails_alone(tmp_path: Path) -> None:
    with watching(tmp_path, many(2)) as watch:
        sources(watch, "/rss.xml", "/all", "/sitemap.xml")
        watch.pages["/all"] = html_answer("<h1>Error</h1>", status=500)
        done = watch.run(T0)
        assert done.looked.sites[0].sources_answered == 1
        assert not done.needs_a_person
        assert listed_pages(watch) == 2


def test_a_source_that_fails_is_asked_again_after_half_the_time_that_it_fails(tmp_path: Path) -> None:
    with watching(tmp_path, many(2)) as watch:
        sources(watch, "/all", "/sitemap.xml")
        asked = []
        for minutes in (*range(0, 60, 5), *range(60, 24 * 60, 60)):
            watch.run(T0 + timedelta(minutes=minutes), everything=False)
            if "/all" in [exchange.path for exchange in watch.asked()]:
                asked.append(minutes)
        assert asked[:4] == [0, 5, 10, 15]
        assert 8 <= len(asked) <= 16
        assert max(later - sooner for sooner, later in pairwise(asked)) <= 7 * 60
        put_listing(watch, ["/news/late", *many(2)])
        watch.put("/news/late", release("Late News"))
        watch.run(T0 + timedelta(hours=31), everything=False)
        assert "/all" in [exchange.path for exchange in watch.asked()]


def test_a_source_added_later_starts_a_baseline_for_what_it_adds(tmp_path: Path) -> None:
    with watching(tmp_path, many(8)) as watch:
        watch.name(*many(3))
        watch.run(T0, tell=True)
        put_listing(watch, list(many(8)))
        sources(watch, "/sitemap.xml", "/all")
        done = watch.run(T0 + HOUR, tell=True)
        assert watch.events() == []
        assert done.letters == 1
        newest = max((tmp_path / "digests").glob("*.txt")).read_text(encoding="utf-8")
        assert "5 releases" in newest
        watch.put("/news/item-8", release("Item Number 8"))
        put_listing(watch, ["/news/item-8", *many(8)])
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("new", "/news/item-8")]


def test_an_include_added_later_starts_a_baseline_for_what_it_takes_in(tmp_path: Path) -> None:
    stories = {f"/stories/{number}": release(f"Story Number {number}") for number in range(5)}
    with watching(tmp_path, {**many(6), **stories}) as watch:
        sources(watch, "/all")
        put_listing(watch, [*many(6), *stories])
        watch.run(T0)
        sources(watch, "/all", include=("/news/**", "/stories/**"))
        watch.put("/news/item-6", release("Item Number 6"))
        put_listing(watch, ["/news/item-6", *many(6), *stories])
        watch.run(T0 + HOUR)
        assert listed_pages(watch) == 12
        assert watch.kinds() == [("new", "/news/item-6")]


def test_a_source_that_was_down_at_first_brings_no_flood_and_hides_no_news(tmp_path: Path) -> None:
    with watching(tmp_path, many(5)) as watch:
        sources(watch, "/sitemap.xml", "/all")
        watch.name(*many(2))
        watch.pages["/all"] = html_answer("<h1>Error</h1>", status=503)
        watch.run(T0)
        fresh = release("Published Since", published="2026-03-03T05:00:00Z")
        watch.put("/news/since", fresh)
        put_listing(watch, ["/news/since", *many(5)])
        watch.run(T0 + 24 * HOUR)
        assert watch.kinds() == [("new", "/news/since")]


def test_an_error_page_in_a_sources_place_ends_no_baseline(tmp_path: Path) -> None:
    with watching(tmp_path, many(5)) as watch:
        good = watch.pages["/sitemap.xml"]
        watch.pages["/sitemap.xml"] = html_answer(release("Please Stand By"))
        assert watch.run(T0).needs_a_person
        watch.pages["/sitemap.xml"] = good
        watch.run(T0 + HOUR)
        assert watch.events() == []
        assert listed_pages(watch) == 5


def test_watched_addresses_need_no_source(tmp_path: Path) -> None:
    with watching(tmp_path, {"/about/us": release("About Us")}, site='watch = ["/about/us"]') as watch:
        watch.name()
        watch.run(T0)
        assert watch.state("/about/us") == ("read", None)
        watch.put("/about/us", release("About Us All"))
        watch.run(T0 + HOUR)
        assert watch.kinds() == [("retitled", "/about/us")] or watch.kinds() == [("changed", "/about/us")]


def test_other_hosts_in_a_sitemap_are_not_asked(tmp_path: Path) -> None:
    with watching(tmp_path, many(1)) as watch:
        body = (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<url><loc>{watch.server.base_url}/news/item-0</loc></url>"
            "<url><loc>http://169.254.169.254/news/x</loc></url><url><loc>file:///news/passwd</loc></url>"
            "<url><loc>https://example.org/news/y</loc></url></urlset>"
        )
        watch.pages["/sitemap.xml"] = Answer(headers={"content-type": "text/xml"}, body=body.encode())
        watch.run(T0)
        assert listed_pages(watch) == 1


def test_a_listing_page_that_failed_is_gone_on_with(tmp_path: Path) -> None:
    with watching(tmp_path, many(4)) as watch:
        sources(watch, "/all")
        put_listing(watch, list(many(4)))
        watch.run(T0)
        fresh = many(12, start=4)
        for path, page in fresh.items():
            watch.put(path, page)
        put_listing(watch, [*fresh, *many(4)])
        good = watch.pages["/all?page=1"]
        watch.pages["/all?page=1"] = html_answer("<h1>Error</h1>", status=500)
        watch.run(T0 + HOUR)
        assert len(watch.events()) == 4
        watch.pages["/all?page=1"] = good
        watch.run(T0 + 2 * HOUR)
        assert sorted(watch.kinds()) == sorted(("new", path) for path in fresh)


def test_a_feed_read_first_does_not_stop_a_listing(tmp_path: Path) -> None:
    with watching(tmp_path, many(4)) as watch:
        sources(watch, "/sitemap.xml", "/all")
        watch.name(*many(4))
        put_listing(watch, list(many(4)))
        watch.run(T0)
        fresh = many(12, start=4)
        for path, page in fresh.items():
            watch.put(path, page)
        watch.name(*list(fresh)[:6], *many(4))  # lags behind the listing
        put_listing(watch, [*fresh, *many(4)])
        watch.run(T0 + HOUR)
        assert len(watch.events()) == 12


def test_a_lasting_flaw_of_a_source_makes_no_lasting_baseline(tmp_path: Path) -> None:
    with watching(tmp_path, many(3)) as watch:
        base = watch.server.base_url
        children = "".join(f"<sitemap><loc>{base}/{name}.xml</loc></sitemap>" for name in ("good", "dead"))
        index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'
        watch.pages["/sitemap.xml"] = Answer(headers={"content-type": "text/xml"}, body=index.encode())
        xml = {"content-type": "text/xml"}
        watch.pages["/good.xml"] = Answer(
            headers=xml, body=sitemap(*many(3)).body.replace(b"{base}", base.encode())
        )
        watch.run(T0)
        watch.put("/news/undated", release("Undated Release", published=None))
        body = sitemap("/news/undated", *many(3)).body.replace(b"{base}", base.encode())
        watch.pages["/good.xml"] = Answer(headers=xml, body=body)
        watch.run(T0 + HOUR)
        assert watch.kinds() == [("new", "/news/undated")]
        late = sitemap(*many(4, start=10)).body.replace(b"{base}", base.encode())
        for path, page in many(4, start=10).items():
            watch.put(path, page)
        watch.pages["/dead.xml"] = Answer(headers=xml, body=late)  # what it names was there all along
        watch.run(T0 + 2 * HOUR)
        assert len(watch.events()) == 1


def test_sitemaps_on_other_hosts_are_not_read_and_that_is_said(tmp_path: Path) -> None:
    with watching(tmp_path, many(1)) as watch:
        children = "".join(
            f"<sitemap><loc>{loc}</loc></sitemap>"
            for loc in ("http://169.254.169.254/x.xml", "https://example.org/y.xml")
        )
        index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'
        watch.pages["/sitemap.xml"] = Answer(headers={"content-type": "text/xml"}, body=index.encode())
        watch.run(T0)
        with watch.store.read() as session:
            assert "2 sitemaps on other hosts" in (session.sources.of_site(1)[0].trouble or "")
