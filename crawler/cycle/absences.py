"""A page that answers 200 and is not there (a soft 404), told by asking for an address that cannot exist.

What a page says of itself is read in `extract`; here no word of any language is known.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from crawler import urls
from crawler.compare.verdict import SHORT, Judgement, Verdict, alike_texts
from crawler.cycle.hosts import keep_hosts
from crawler.cycle.looks import Look
from crawler.cycle.tools import Tools
from crawler.values import Fetched, Request, Response

SAME = 0.9  # share of common words above which two pages are one answer
REASON = "shows what the site answers for an address that does not exist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences:
    """What a site answers for addresses that do not exist: asked for at most once a round and language."""

    tools: Tools
    answers: dict[str, str | None] = field(default_factory=dict)  # by language prefix; None: it says 404

    async def settled(self, look: Look) -> Look:
        """The look; MISSING where the page shows no more than the site's answer for what is not there."""
        if not _doubtful(look):
            return look
        key = urls.language_prefix(look.page.url) or ""
        if key not in self.answers:
            self.answers[key] = await self._answer(look.page.url)
        absent, shown = self.answers[key], _said(self.tools, look.response)
        if absent is None or shown is None or alike_texts(absent, shown) < SAME:
            return look
        return replace(look, judgement=Judgement(verdict=Verdict.MISSING, reason=REASON))

    async def _answer(self, url: str) -> str | None:
        path = urls.target(url).partition("?")[0].rstrip("/")
        stray = f"{urls.origin(url)}{path}-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
        response = await self.tools.fetcher.get(Request(url=stray))
        keep_hosts(self.tools)
        return _said(self.tools, response)


def _doubtful(look: Look) -> bool:
    """Whether the page shows a wholly different text, or a short undated one at its first sight."""
    reading, judgement = look.reading, look.judgement
    if reading is None or look.response.outcome is not Fetched.OK:
        return False
    if reading.stranger:
        return False  # a gatekeeper's page is the same for every address
    if look.version is not None:
        return judgement.again or (judgement.verdict is Verdict.BLOCKED and reading.notice is None)
    article = look.article
    return article is not None and article.published is None and len(article.text) < SHORT


def _said(tools: Tools, response: Response) -> str | None:
    """What a page says apart from menus, its own address left out; None where it did not answer 200."""
    if response.outcome is not Fetched.OK:
        return None
    reading = tools.reader.page(
        response.body, url=response.final_url, content_type=response.header("content-type"), explain=True
    )
    text = "\n".join(block.text for block in reading.blocks if block.kept)
    return text.replace(urls.target(response.final_url), "").replace(urls.target(response.url), "")
