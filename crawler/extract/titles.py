"""The title of a page, and the block that shows it.

The headline a reader sees wins over what the head claims; the head says which of several it is.
"""

from __future__ import annotations

from crawler.extract.blocks import Page, Run
from crawler.extract.head import Head
from crawler.text import fold, tidy

_SEPARATORS = (" | ", " :: ", " » ", " · ", " – ", " — ", " - ")
_LONGEST = 400


def _key(text: str) -> str:
    return fold(text).casefold()


def _without_site(title: str, site: str) -> str:
    """<title> without the site's name after a separator."""
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if not found or not head:
            continue
        if separator == " | ":
            return title.split(separator)[0]
        if site and _key(tail) == _key(site):
            return head
    return title


def claims(head: Head) -> list[str]:
    """What the head says the title is, most trusted first."""
    headline = head.article.get("headline")
    found = [
        head.meta("og:title", "twitter:title", "dcterms.title"),
        tidy(headline) if isinstance(headline, str) else "",
        head.title,
    ]
    site = head.meta("og:site_name")
    return [clean for title in found if title and (clean := _without_site(title, site).strip())]


def _matches(run: Run, keys: list[str]) -> bool:
    """Whether `run` shows one of the claimed titles (which may be cut, or carry the site's name)."""
    text = _key(run.text)
    if len(text) < 4:
        return False
    return any(
        text == key or (len(text) >= 15 and (key.startswith(text) or text.startswith(key)))
        for key in keys
        if len(key) >= 4
    )


def choose(page: Page, head: Head, first: int) -> tuple[str, int | None]:
    """The title, and the place of the run that shows it (None: it is not shown).

    `first` is the place of the first prose of the article.
    """
    shown = [run for run in page.runs if len(run.text) <= _LONGEST and not run.box.hidden]
    main = [run for run in shown if run.box.level == 1]
    claimed = claims(head)
    keys = [_key(title) for title in claimed]
    for candidates in (main, [run for run in shown if run.box.level], shown):
        if (best := _nearest([run for run in candidates if _matches(run, keys)], first)) is not None:
            return best.text, best.place
    site = _key(head.meta("og:site_name"))
    seen = [run for run in main if not run.box.furniture and _key(run.text) != site]
    if (
        best := _nearest([run for run in seen if run.place <= first], first) or _nearest(seen, first)
    ) is not None:
        return best.text, best.place
    if claimed:
        return claimed[0], None
    headings = [run for run in shown if run.box.level and run.place <= first and not run.box.furniture]
    if (best := _nearest(headings, first)) is not None:
        return best.text, best.place
    return "", None


def _nearest(runs: list[Run], first: int) -> Run | None:
    """The last of `runs` before `first`, else the first after it."""
    before = [run for run in runs if run.place <= first]
    return before[-1] if before else (runs[0] if runs else None)
