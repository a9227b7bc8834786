"""What a site's other pages know of a page: on made-up hard sites, on the simulated one, and by laws."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest

from crawler.extract import Learned, Template, extract
from crawler.values import Extraction, Marks
from tests.extract.hosts import DESIGNS, LANGUAGES, Design, HostPage, pages

URL = "https://site.example/news/a"
FROM = 2  # pages before the one from which on a template must help
_TOKENS = re.compile(r"[\u2e80-\ud7ff]|\w+")


def tokens(texts: Iterable[str]) -> Counter[str]:
    return Counter(token for text in texts for token in _TOKENS.findall(text))


def errors(page: HostPage, found: Extraction) -> int:
    """Tokens too many and too few."""
    ours = tokens(passage.text for passage in found.article.body) if found.article else Counter[str]()
    gold = tokens(page.passages)
    return ((ours - gold) + (gold - ours)).total()


def reads(host: Iterable[HostPage]) -> list[tuple[HostPage, Extraction, Extraction]]:
    """Each page read alone, and with what the pages before it taught."""
    learned = Learned()
    rows = []
    for key, page in enumerate(host):
        with_template = extract(page.html, url=URL, template=learned.without(key))
        assert with_template.marks is not None
        learned.learn(key, with_template.marks)
        rows.append((page, extract(page.html, url=URL), with_template))
    return rows
