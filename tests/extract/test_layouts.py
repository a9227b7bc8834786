"""Each known layout has a page that it fits, and its article is read from there exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.extract.layouts import LAYOUTS, Layout
from crawler.text import fold

PAGES = Path(__file__).with_name("layouts")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_fits_its_page(layout: Layout) -> None:
    page = PAGES / layout.fixture
    found = extract(page.read_bytes(), url="https://agency.example/news/a")
    assert found.layout == layout.name
    assert found.article is not None
    assert fold(found.article.text) == fold(" ".join(page.with_suffix(".txt").read_text("utf-8").split()))
    assert not layout.seen or layout.seen[0] <= layout.seen[1]


def test_each_page_is_a_layouts() -> None:
    assert {path.name for path in PAGES.glob("*.html")} == {layout.fixture for layout in LAYOUTS}
