"""A page written otherwise gives the same article, every field of it."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.demo.site import Site
from crawler.extract import extract
from crawler.values import Article
from tests.extract.noisy import KINDS
from tests.extract.pages import LAYOUTS, RELEASES, page

ROOT = "https://www.iom.int"
END = datetime(2026, 6, 1, tzinfo=UTC)


def article(markup: str, url: str = ROOT + "/news/x") -> Article | None:
    return extract(markup.encode(), url=url, content_type="text/html; charset=utf-8").article


@cache
def site_pages() -> dict[str, str]:
    """The simulated site's releases as they stand at the end of its story, by address."""
    site = Site(base_url=ROOT)
    paths = site.releases(END)
    answers = {path: site.answer(path, now=END) for path in paths}
    return {ROOT + path: answer.body.decode() for path, answer in answers.items() if answer.status == 200}


@cache
def plain_readings() -> dict[str, Article | None]:
    return {url: article(markup, url) for url, markup in site_pages().items()}


def test_there_are_pages_and_each_is_an_article() -> None:
    assert len(site_pages()) >= 24
    assert all(plain_readings().values())


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_of_the_simulated_site(kind: str) -> None:
    differing, changed = [], 0
    for url, markup in site_pages().items():
        noisy = KINDS[kind](markup, random.Random(url))
        changed += noisy != markup
        if article(noisy, url) != plain_readings()[url]:
            differing.append(url)
    assert differing == []
    assert changed == len(site_pages())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(RELEASES),
    st.sampled_from(LAYOUTS),
    st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=4, unique=True),
    st.integers(0, 999),
)
def test_any_noise_on_any_layout(release, layout, kinds, seed) -> None:  # type: ignore[no-untyped-def]
    markup = page(release, layout).decode()
    noisy = markup
    for kind in kinds:
        noisy = KINDS[kind](noisy, random.Random(seed))
    assert article(noisy) == article(markup)
