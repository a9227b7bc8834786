"""Pages that answer with 200 and are no release: challenges, maintenance, "not found", bare lists.

It looks at short pages only; a real release is never refused for a word in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.extract import content, hints, layouts, refusals, titles
from crawler.extract.blocks import Run
from crawler.extract.reading import Reading
from crawler.text import fold
from crawler.values import Article, Notice

_SHORT = 900  # characters of body: a notice has no more
_TEASER = 350  # characters: longer pieces, on average, are sections of an article
_WORDY = 13  # characters
_SENTENCE = re.compile(r"[^.!?؟。]*")
_LEAST = 60  # characters of prose: an article has more, or is a sentence under a headline of its own
_SENTENCE_LEAST = 16  # characters

# What the scripts of gatekeepers leave in a page's bytes (lower case).
_GATEKEEPERS = (
    ("Cloudflare", (b"cf-chl", b"cf_chl_opt", b"/cdn-cgi/challenge-platform/h/", b"cf-browser-verification")),
    ("Akamai", (b"sec-if-cpt-container", b"bm-verify", b"_sec/cp_challenge", b"ak_bmsc")),
    ("Imperva Incapsula", (b"_incapsula_resource", b"incapsula incident id")),
    ("AWS WAF", (b"awswafcookiedomainlist", b"aws-waf-token", b"awswafintegration", b"gokuprops")),
    ("DataDome", (b"captcha-delivery.com",)),
    ("PerimeterX", (b"px-captcha", b"_pxappid")),
    ("Sucuri", (b"sucuri_cloudproxy_js", b"sucuri website firewall")),
)


class Trouble(NamedTuple):
    """Why a page holds no article."""

    words: str
    notice: Notice | None = None  # what it says of itself


def _challenge(gatekeeper: str) -> Trouble:
    return Trouble(f"a {Notice.CHALLENGE} ({gatekeeper})", Notice.CHALLENGE)


def _gatekeeper(body: bytes) -> str | None:
    low = body[:200_000].lower()
    return next((name for name, marks in _GATEKEEPERS if any(mark in low for mark in marks)), None)


def _notice(reading: Reading, body: bytes, article: Article | None, length: int) -> Trouble | None:
    """What the page is a notice of. Headlines count as a whole alone; a date of publication excuses a short
    page from all but its headline, and nothing excuses a gatekeeper's script under a challenge's headline."""
    site = reading.head.meta("og:site_name")
    claimed = [*titles.claims(reading.head), reading.head.title]
    challenged = any(refusals.notice(title, site) is Notice.CHALLENGE for title in (reading.title, *claimed))
    if length > _SHORT and not challenged:
        return None
    gatekeeper = _gatekeeper(body)
    if gatekeeper and challenged:
        return _challenge(gatekeeper)
    if length > _SHORT:
        return None
    dated = article is not None and (article.published or (article.dateline and article.dateline.date))
    if gatekeeper and not dated and length < _SHORT // 3:
        return _challenge(gatekeeper)
    for said in (reading.title, *(() if dated else (*claimed, _opening(reading)))):
        if kind := refusals.notice(said, site):
            if refusals.is_apology(said, site) and length >= _LEAST and hint(reading) is None:
                continue  # "We are sorry": of what, the text says
            return Trouble(f'a {kind} ("{said}")', kind)
    return None


def hint(reading: Reading) -> Notice | None:
    """What the words and forms of a short page suggest that it is; None of a long one."""
    runs = reading.runs("body")
    if sum(content.size(run.text) for run in runs) > _SHORT:
        return None
    if hints.asks_for_password(reading.page):
        return Notice.OTHER
    return hints.suggested("\n".join([reading.title, *(run.text for run in runs)]))


def _opening(reading: Reading) -> str:
    """The first sentence of the text; empty where it is a mere word or two ("We are sorry.")."""
    first = next((run.text for run in reading.runs("body")), "")
    sentence = _SENTENCE.match(first[:200])
    return sentence.group() if sentence and len(sentence.group()) >= _WORDY else ""


def _listing(body: list[Run], reading: Reading) -> bool:
    """Whether the prose is a list's: short pieces, each under a line that is a link of its own."""
    inside = {id(run) for run in body}
    teasers: list[int] = []
    prose = 0
    leading = False
    for run in reading.page.runs:
        if run.box.furniture:
            continue
        if run.prose and id(run) in inside:
            prose += 1
            if leading:
                teasers.append(content.size(run.text))
            leading = False
        elif run.link_share > 0.8 and len(run.text) > 12:
            leading = True
        elif run.box.level:
            leading = False
    return len(teasers) >= 3 and len(teasers) >= 0.7 * prose and sum(teasers) < _TEASER * len(teasers)


def _is_statement(reading: Reading, runs: list[Run]) -> bool:
    """Whether whole sentences stand under a headline that the page's head names too: "I am appalled." """
    if reading.headline is None or hint(reading) is not None:
        return False
    title = fold(reading.title).casefold()
    named = any(
        title in fold(claim).casefold() for claim in (*titles.claims(reading.head), reading.head.title)
    )
    return named and any(_says(run) for run in runs)


def _says(run: Run) -> bool:
    whole = run.text.rstrip("'\"”’» )").endswith((".", "!", "?", "؟", "。"))
    return whole and len(run.text) >= _SENTENCE_LEAST and not run.linked and run.box.tag == "p"


def trouble(reading: Reading, body: bytes, article: Article | None) -> Trouble | None:
    """Why the page holds no article; None where it does."""
    runs = reading.runs("body")
    length = sum(content.size(run.text) for run in runs)
    amount = sum(run.prose for run in runs)
    if notice := _notice(reading, body, article, length):
        return notice
    if not reading.page.runs:
        gatekeeper = _gatekeeper(body)
        return _challenge(gatekeeper) if gatekeeper else Trouble("empty: no text at all")
    brief = amount < _LEAST and not (
        (layouts.is_exact(reading.layout) or _is_statement(reading, runs))
        and not any(refusals.notice(run.text) for run in runs)
    )
    if not runs or brief:
        return Trouble("no paragraph of text outside menus")
    linked = sum(run.linked for run in reading.runs("body", "links"))
    if linked > 0.6 * sum(len(run.text) for run in reading.runs("body", "links")) or _listing(runs, reading):
        return Trouble("a list of links, no article")
    return None
