"""Laws of the simulated site: noise never touches an article, and all sources tell the truth."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.demo import ROUNDS, START, Happening, Release, Site, Trouble
from crawler.demo.timeline import TIMELINE, troubles
from crawler.demo.tongues import TONGUES
from tests.demo.reading import BASE, body, headline, in_feed, in_sitemap, listed, page

END = ROUNDS[-1] + timedelta(hours=1)
HAPPENED = [START, *(line.at for line in TIMELINE), END]
LATER = timedelta(hours=6)


def site() -> Site:
    return Site(base_url=BASE)


def said(release: Release) -> list[str]:
    """What a page shows of a release's text, in order."""
    title = [release.headline] if release.title_repeated else []
    return [*title, *(piece.text.replace("\u00a0", " ") for piece in release.pieces)]


@pytest.mark.parametrize(("now", "then"), [(START, ROUNDS[2]), (ROUNDS[6], ROUNDS[9]), (END, END + LATER)])
def test_each_release_is_served_whole_and_a_later_copy_differs_in_noise_only(
    now: datetime, then: datetime
) -> None:
    served = site()
    both = [path for path in served.releases(now) if path in served.releases(then)]
    assert len(both) >= 18
    for path in both:
        first, second = served.answer(path, now=now), served.answer(path, now=then)
        assert first.body != second.body
        for moment, answer in ((now, first), (then, second)):
            release = served.releases(moment)[path]
            assert answer.status == 200
            tree = LexborHTMLParser(answer.body.decode())
            assert headline(tree) == release.headline
            assert body(tree) == said(release)


@pytest.mark.parametrize("now", [START, END])
def test_pages_have_the_weight_of_real_ones(now: datetime) -> None:
    served = site()
    for path in served.releases(now):
        assert 38_000 < len(served.answer(path, now=now).body) < 60_000


def test_a_conditional_request_within_a_copys_life_costs_no_body() -> None:
    served = site()
    for path, release in served.releases(START).items():
        if not release.cached:
            continue
        first = served.answer(path, now=START)
        again = served.answer(path, now=START)
        assert again.body == first.body
        for asked in (
            {"if-none-match": first.headers["etag"]},
            {"if-none-match": f'"other", W/{first.headers["etag"]}'},
            {"if-modified-since": first.headers["last-modified"]},
        ):
            held = served.answer(path, now=START, headers=asked)
            assert (held.status, held.body) == (304, b"")
            assert held.headers["etag"] == first.headers["etag"]
        expired = served.answer(path, now=START + LATER, headers={"if-none-match": first.headers["etag"]})
        assert expired.status == 200
        assert expired.headers["etag"] != first.headers["etag"]


def test_an_edit_ends_a_copys_life_at_once() -> None:
    served = site()
    for line in TIMELINE:
        if not line.swaps:
            continue
        before = served.answer(line.path, now=line.at - timedelta(seconds=1))
        after = served.answer(line.path, now=line.at, headers={"if-none-match": before.headers["etag"]})
        assert after.status == 200


def test_a_page_that_no_cache_holds_has_no_validators_and_is_always_fresh() -> None:
    served = site()
    uncached = [path for path, release in served.releases(START).items() if not release.cached]
    assert uncached
    for path in [*uncached, "/search"]:
        first, second = served.answer(path, now=START), served.answer(path, now=START)
        assert first.body != second.body
        assert not {"etag", "last-modified"} & set(first.headers)


def test_one_seed_gives_the_same_bytes_and_another_gives_others() -> None:
    asked = ["/search", *site().releases(START), "/nowhere", "/"]
    first = [Site(seed=7, base_url=BASE).answer(path, now=START).body for path in asked]
    assert first == [Site(seed=7, base_url=BASE).answer(path, now=START).body for path in asked]
    other = [Site(seed=8, base_url=BASE).answer(path, now=START).body for path in asked]
    assert all(one != two for one, two in zip(first, other, strict=True))


@pytest.mark.parametrize("now", [moment for moment in HAPPENED if not troubles(moment)])
def test_listing_sitemap_and_feed_agree_with_the_truth(now: datetime) -> None:
    served = site()
    truth = served.releases(now)
    cards = listed(served, now)
    assert [path for path, _, _ in cards] == list(truth)
    assert [title for _, title, _ in cards] == [release.headline for release in truth.values()]
    assert [date for _, _, date in cards] == [
        TONGUES[release.language].day(release.published) for release in truth.values()
    ]
    named = in_sitemap(served, now)
    assert {path: named[path] for path in truth} == {
        path: release.lastmod.isoformat() for path, release in truth.items()
    }
    assert not [
        path
        for path in named
        if re.search("/(news|stories|speeches|statements|blogs)/", path) and path not in truth
    ]
    assert in_feed(served, now) == [(path, r.headline, r.published) for path, r in list(truth.items())[:10]]


@pytest.mark.parametrize("front", ["/", "/fr", "/es", "/ar", "/fr/search"])
def test_every_link_of_the_chrome_leads_to_a_page(front: str) -> None:
    served = site()
    links = {str(link.attributes.get("href")) for link in page(served, front, START).css("a[href^='/']")}
    assert len(links) > 100
    assert {served.answer(link, now=START).status for link in links} == {200}


def test_every_address_of_the_sitemap_answers() -> None:
    served = site()
    assert {served.answer(path, now=START).status for path in in_sitemap(served, START)} == {200}


def test_the_listing_pages_by_twelve_and_its_last_page_has_no_next() -> None:
    served = site()
    total = len(served.releases(START))
    assert 12 < total <= 24
    first, last, beyond = (page(served, f"/search?page={number}", START) for number in (0, 1, 2))
    assert f"Displaying 1 - 12 of {total}" in (first.html or "")
    assert f"Displaying 13 - {total} of {total}" in (last.html or "")
    assert len(first.css("div.article-detail")) == 12
    assert first.css_first(".pager a[rel=next]") is not None
    assert last.css_first(".pager a[rel=next]") is None
    assert not beyond.css("div.article-detail")
    assert beyond.css_first(".pager") is None


def test_a_listing_shows_the_types_it_was_asked_for() -> None:
    served = site()
    speeches = page(served, "/search?type%5B0%5D=speech&page=0", START)
    assert [str(a.attributes["href"]) for a in speeches.css(".article-detail h5 a")] == [
        path for path, release in served.releases(START).items() if release.type == "speech"
    ]
    arabic = page(served, "/ar/search", START)
    assert {str(a.attributes["href"])[:4] for a in arabic.css(".article-detail h5 a")} == {"/ar/"}


def test_one_page_has_many_addresses_and_names_the_one_that_counts() -> None:
    served = site()
    for path, release in served.releases(START).items():
        node = f"{TONGUES[release.language].prefix}/node/{release.node}"
        for address in (path, node, f"{path}?s=08%C2%A0", f"{path}/"):
            tree = page(served, address, START)
            canonical = tree.css_first("link[rel=canonical]")
            assert canonical is not None
            assert canonical.attributes["href"] == BASE + path
            assert body(tree) == said(release)


def test_translations_are_linked_both_ways_where_the_site_links_them() -> None:
    served = site()
    linked = 0
    for path, release in served.releases(END).items():
        family = {r.language: r.path for r in served.releases(END).values() if r.node == release.node}
        links = {
            str(link.attributes["hreflang"]): str(link.attributes["href"]).removeprefix(BASE)
            for link in page(served, path, END).css("link[hreflang]")
        }
        assert links == (family if len(family) > 1 else {})
        linked += len(family) > 1
    assert linked >= 7


def test_pages_say_their_dates_in_different_ways_and_one_says_it_wrongly() -> None:
    served = site()
    ways: dict[str, int] = {}
    for path, release in served.releases(START).items():
        tree = page(served, path, START)
        scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')]
        for script in scripts:
            if release.structured == "broken":
                with pytest.raises(json.JSONDecodeError):
                    json.loads(script)
            else:
                assert json.loads(script)["@graph"][0]["datePublished"] == release.published.isoformat()
        assert bool(scripts) == (release.structured in ("json-ld", "both", "broken"))
        ways[release.structured] = ways.get(release.structured, 0) + 1
    assert set(ways) == {"json-ld", "meta", "both", "none", "broken"}


def test_menu_labels_are_doubled_and_glued_to_their_descriptions() -> None:
    tree = page(site(), "/", START)
    assert "Our WorkAs a leading organization" in (tree.body.text() if tree.body else "")


def test_what_is_unknown_is_a_whole_page_with_404() -> None:
    for path in (
        "/news/never-written",
        "/fr/rien",
        "/sitemap.xml?page=0",
        "/sitemap.xml?page=99",
        "/node/1",
        "/node/",
    ):
        answer = site().answer(path, now=START)
        assert answer.status == 404
        tree = LexborHTMLParser(answer.body.decode())
        assert headline(tree) in {tongue.missing[0] for tongue in TONGUES.values()}
        assert tree.css_first("footer") is not None


def test_robots_allow_releases_and_name_the_sitemap() -> None:
    robots = site().answer("/robots.txt", now=START).body.decode()
    assert "User-agent: *" in robots
    assert f"Sitemap: {BASE}/sitemap.xml" in robots
    assert "Disallow: /news" not in robots
    assert "Crawl-delay" not in robots


def test_file_folders_change_with_the_deployment_but_stay_within_a_copy() -> None:
    served = site()
    for now, folder in ((START, "tmzbdl2616"), (END, "tmzbdl2617")):
        for path in served.releases(now):
            assert set(re.findall("tmzbdl[0-9]+", served.answer(path, now=now).body.decode())) == {folder}


@pytest.mark.parametrize(
    "trouble", [line for line in TIMELINE if line.trouble], ids=lambda line: str(line.trouble)
)
def test_trouble_hides_pages_while_it_lasts_and_not_otherwise(trouble: Happening) -> None:
    assert trouble.until is not None
    served = site()
    path = trouble.path or "/search"
    inside = served.answer(path, now=trouble.at)
    assert inside.status == (503 if trouble.trouble is Trouble.OUTAGE else 200)
    tree = LexborHTMLParser(inside.body.decode())
    assert not tree.css("div.narrow-content, div.article-detail")
    assert ("cf-mitigated" in inside.headers) == (trouble.trouble is Trouble.CHALLENGE)
    for outside in (trouble.at - timedelta(seconds=1), trouble.until):
        tree = LexborHTMLParser(served.answer(path, now=outside).body.decode())
        assert tree.css("div.narrow-content, div.article-detail")


def test_an_outage_takes_robots_down_and_a_maintenance_does_not() -> None:
    statuses = {}
    for line in TIMELINE:
        if line.trouble in (Trouble.OUTAGE, Trouble.MAINTENANCE):
            answer = site().answer("/robots.txt", now=line.at)
            statuses[line.trouble] = (answer.status, answer.headers["content-type"])
    assert statuses == {
        Trouble.OUTAGE: (503, "text/html; charset=UTF-8"),
        Trouble.MAINTENANCE: (200, "text/plain"),
    }


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        site().answer("/", now=datetime(2026, 3, 2, 6, 0))  # noqa: DTZ001 - the point of the test


@settings(max_examples=60, deadline=None)
@given(
    path=st.one_of(
        st.text(max_size=40), st.sampled_from(["/search?page=", "/node/", "/sitemap.xml?page=", "/ar/"])
    ),
    tail=st.text(max_size=12),
    headers=st.dictionaries(
        st.sampled_from(["if-none-match", "if-modified-since", "accept-encoding"]), st.text(max_size=30)
    ),
    hours=st.integers(min_value=-50_000, max_value=50_000),
)
def test_nothing_asked_makes_the_site_raise(
    path: str, tail: str, headers: dict[str, str], hours: int
) -> None:
    answer = site().answer(path + tail, now=START + timedelta(hours=hours), headers=headers)
    assert answer.status in (200, 301, 304, 404, 410, 503)


@given(st.integers(min_value=0, max_value=80 * 3600))
@settings(max_examples=25, deadline=None)
def test_a_304_is_given_only_for_the_very_copy(seconds: int) -> None:
    served, path = site(), "/news/rising-rivers-drive-thousands-homes-lower-shire-valley"
    first = served.answer(path, now=START)
    now = START + timedelta(seconds=seconds)
    later = served.answer(path, now=now, headers={"if-none-match": first.headers["etag"]})
    if later.status == 304:
        assert served.answer(path, now=now).body == first.body
    elif later.status == 200 and "etag" in later.headers:
        assert later.headers["etag"] != first.headers["etag"]


def test_days_after_the_script_bring_noise_only() -> None:
    served = site()
    third, tenth = END, datetime(2026, 3, 12, 12, tzinfo=UTC)
    assert served.releases(third) == served.releases(tenth)
