"""Pages that answer with 200 and are no release: challenges, maintenance, "not found", bare lists.

It looks at short pages only; a real release is never refused for a word in it.
"""

from __future__ import annotations

import re

from crawler.extract import content, titles
from crawler.extract.blocks import Run
from crawler.extract.refusals import is_notice
from crawler.extract.roles import Reading
from crawler.values import Article

_SHORT = 900  # characters of body: a notice has no more
_TEASER = 350  # characters: longer pieces, on average, are sections of an article
_WORDY = 13  # characters
_SENTENCE = re.compile(r"[^.!?؟。]*")
_LEAST = 60  # characters of prose: an article has more

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
_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|access denied|verif(?:y|ying) you are human"
    r"|are you (?:a )?(?:human|robot)|pardon our interruption|request (?:unsuccessful|rejected)"
    r"|(?:403 |access )?forbidden|security check|please wait|accès refusé|acceso denegado|un instant\b[ .…]*$"
    r"|un momento\b[ .…]*$",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"maintenance|temporarily unavailable|service unavailable|be (?:right )?back soon|under construction"
    r"|mantenimiento|manutenção|wartung|صيانة|unexpected error|internal server error",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"(?:page|content|site) (?:was |could )?not (?:be )?found|404|page (?:introuvable|non trouvée)"
    r"|page doesn.t exist|página no (?:encontrada|existe)|página não encontrada|seite nicht gefunden"
    r"|الصفحة غير موجودة|لم يتم العثور على الصفحة",
    re.IGNORECASE,
)


def _gatekeeper(body: bytes) -> str | None:
    low = body[:200_000].lower()
    return next((name for name, marks in _GATEKEEPERS if any(mark in low for mark in marks)), None)


def _notice(reading: Reading, body: bytes, article: Article | None, length: int) -> str | None:
    """What the short page is a notice of. One that bears a date of publication is a short release."""
    dated = article is not None and (article.published or (article.dateline and article.dateline.date))
    if length > _SHORT or dated:
        return None
    gatekeeper = _gatekeeper(body)
    if gatekeeper and (length < _SHORT // 3 or _CHALLENGE.search(reading.title)):
        return f"a challenge page ({gatekeeper})"
    for title in (reading.title, reading.head.title[:120]):
        if len(title) > 80:
            continue
        if _CHALLENGE.match(title):
            return f'a challenge page ("{title}")'
        if _ABSENT.search(title):
            return f'a page that says it is not there ("{title}")'
        if _MAINTENANCE.search(title) and len(title) <= 50:
            return f'a maintenance notice ("{title}")'
    said = next(filter(is_notice, [reading.title, *titles.claims(reading.head), _opening(reading)]), None)
    return f'a notice, no release ("{said}")' if said else None


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


def trouble(reading: Reading, body: bytes, article: Article | None) -> str | None:
    """Why the page holds no article, in words; None where it does."""
    runs = reading.runs("body")
    length = sum(content.size(run.text) for run in runs)
    amount = sum(run.prose for run in runs)
    if notice := _notice(reading, body, article, length):
        return notice
    if not reading.page.runs:
        gatekeeper = _gatekeeper(body)
        return f"a challenge page ({gatekeeper})" if gatekeeper else "empty: no text at all"
    if not runs or amount < _LEAST:
        return "no paragraph of text outside menus"
    linked = sum(run.linked for run in reading.runs("body", "links"))
    if linked > 0.6 * sum(len(run.text) for run in reading.runs("body", "links")) or _listing(runs, reading):
        return "a list of links, no article"
    return None
