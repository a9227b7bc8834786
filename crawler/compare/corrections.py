"""Finds a page's own notice that it was corrected, as written, in en, fr, es, pt, ar and more.

It does not say what was corrected.
"""

from __future__ import annotations

from collections.abc import Callable

from crawler import corrections
from crawler.text import fold
from crawler.values import Article

_LONGEST = 400  # characters of a notice that are shown


def notice(before: Article, after: Article, folded: Callable[[str], str] = fold) -> str | None:
    """The first notice of `after`, as written, that `before` does not have."""
    known = dict.fromkeys(map(folded, lines(before)))
    texts = lines(after)
    for at, text in enumerate(texts):
        if folded(text) in known:
            continue
        for start, end in corrections.places(text):
            said = text[start:].strip()
            if end == len(text) and at + 1 < len(texts):  # a label on a line of its own
                said = f"{said} {texts[at + 1]}"
            if not any(fold(said) in line for line in known):
                return said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"
    return None


def lines(article: Article) -> list[str]:
    """All that a page tells, passage by passage."""
    body = (passage.text for passage in article.body)
    return [article.title, article.subtitle or "", *body, *article.contact_text]
