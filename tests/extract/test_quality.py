"""How good extraction is: exact on the simulated site, and no worse than it was on other people's pages.

A quick sample; `make bench` measures everything. The floors stand a little below what is measured: raise them
with the extraction, never lower them to make a change pass.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from benchmarks import corpora, hosts
from benchmarks.corpora import Overlap, Page
from crawler.demo import ROUNDS, START, Release, Site
from crawler.extract import extract
from crawler.text import tidy
from crawler.values import Article

EVERY = 8  # of a corpus's pages one in eight
TEXT_FLOORS = {"wcxb": 0.951, "fundus": 0.970}  # F1 of the sample's texts
TITLE_FLOORS = {"wcxb": 0.966, "fundus": 0.985}  # F1 of the sample's titles, by words
DAY_FLOORS = {"wcxb": 0.98, "fundus": 0.99}  # share of the days given that are right
SITES = 5  # made of a corpus's pages
BASE = "https://iom.example"


# ── the simulated site ──────────────────────────────────────────────────────────────────────────

SITE = Site(base_url=BASE)
MOMENTS = (START, ROUNDS[len(ROUNDS) // 2], ROUNDS[-1])  # each with noise of its own


def served(now: datetime) -> list[tuple[Release, Article | None]]:
    """Every release as the site tells it, and as it is read from the page that is served."""
    return [
        (release, extract(SITE.answer(path, now=now).body, url=BASE + path).article)
        for path, release in SITE.releases(now).items()
    ]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_every_page_of_the_simulated_site_is_read_exactly(now: datetime) -> None:
    pages = served(now)
    assert {release.language for release, _ in pages} >= {"en", "fr", "es", "ar"}
    assert {release.layout for release, _ in pages} == {"current", "seven", "story", "blog"}
    for release, article in pages:
        assert article is not None, release.path
        assert article.title == tidy(release.headline)
        assert article.subtitle == (release.subtitle and tidy(release.subtitle))
        assert [passage.text for passage in article.body] == [tidy(unit) for unit in release.body]
        assert article.contact_text == tuple(map(tidy, release.contact))
        assert article.captions == ((tidy(release.caption),) if release.caption else ())
        assert article.language == release.language
        assert article.direction == ("rtl" if release.language == "ar" else "ltr")
        if release.structured != "none":  # else its date stands nowhere but in the dateline
            assert article.published is not None
            assert article.published.day == release.published.date()


# ── other people's pages ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module", params=corpora.CORPORA)
def sample(request: pytest.FixtureRequest) -> tuple[str, list[tuple[Page, Article | None]]]:
    """A corpus's name, and its sampled pages with what is read of them."""
    file = corpora.path(request.param)
    if file is None:
        pytest.skip("IOMWATCH_SHARED is unset: the corpora are not here")
    html = "text/html; charset=utf-8"  # what the pages are in, whatever they claim
    read = [
        (page, extract(page.body, url=page.url, content_type=html).article)
        for page in corpora.pages(file, EVERY)
    ]
    return request.param, read


def test_texts(sample: tuple[str, list[tuple[Page, Article | None]]]) -> None:
    name, read = sample
    overlaps = [corpora.overlap(article.text if article else "", page.gold) for page, article in read]
    assert corpora.score(overlaps).f1 >= TEXT_FLOORS[name]


def test_titles(sample: tuple[str, list[tuple[Page, Article | None]]]) -> None:
    name, read = sample
    overlaps: list[Overlap] = []
    for page, article in read:
        overlaps.append(corpora.word_overlap(article.title if article else "", page.title or ""))
    assert corpora.score(overlaps).f1 >= TITLE_FLOORS[name]


def test_days(sample: tuple[str, list[tuple[Page, Article | None]]]) -> None:
    name, read = sample
    given = [(page.day, article.published.day) for page, article in read if article and article.published]
    right = [day.isoformat() == gold for gold, day in given if gold]
    assert len(right) > len(read) / 3
    assert sum(right) / len(right) >= DAY_FLOORS[name]


@pytest.mark.parametrize("name", corpora.CORPORA)
def test_a_template_halves_the_errors(name: str) -> None:
    file = corpora.path(name)
    if file is None:
        pytest.skip("IOMWATCH_SHARED is unset: the corpora are not here")
    both = hosts.measured(file, SITES, EVERY)
    assert both.hosts >= SITES
    assert both.alone.f1 < 1
    assert both.left <= 0.5
