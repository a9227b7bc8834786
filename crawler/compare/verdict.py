"""What one look at a page means, and what it makes of the page's state. Two tables, no I/O.

It does not compare two readings of an article; `compare` does.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from crawler import urls
from crawler.text import fold
from crawler.values import Article, Extraction, Fetched, Notice, PageState, Response

ALIKE = 0.5  # share of common words above which two texts are the same release
FOREIGN = 0.15  # and below which one has nothing of the other
SHORT = 600  # characters; challenge, maintenance and error pages are shorter than this
PERMANENT = frozenset({301, 308})
LOST = "another text stands in its place, and says that nothing is there"
STRANGER = "looks like no page of this site (a challenge, a maintenance page?)"
JUMP = 2.0  # times as long as before, and elsewhere on the page: another part of the page, no edit


class Verdict(StrEnum):
    """What a look showed."""

    SAME = "same"  # 304: the copy we know
    ARTICLE = "article"
    MISSING = "missing"  # 404, 410, or sent to the home page
    BLOCKED = "blocked"  # anything that is no article and no absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    verdict: Verdict
    reason: str = ""  # in words, for MISSING and BLOCKED
    again: bool = False  # BLOCKED, but to be believed if it still stands at a later look
    elsewhere: bool = False  # so because most of the earlier text stands around what was read


def judge(
    response: Response,
    reading: Extraction | None,
    *,
    before: Article | None,
    at_home: bool,
    elsewhere: bool = False,
) -> Judgement:
    """What a response means for a page.

    `reading` is the extraction of an OK body; `before` the article as last read; `at_home`
    whether the final address is a home page; `elsewhere` whether most of `before` stands on the page still,
    but around what was read as its article.
    """
    if response.outcome is Fetched.NOT_MODIFIED:
        return Judgement(verdict=Verdict.SAME)
    if response.outcome is Fetched.GONE:
        return Judgement(verdict=Verdict.MISSING, reason=f"answers {response.status}")
    if response.outcome is not Fetched.OK or reading is None:
        return Judgement(verdict=Verdict.BLOCKED, reason=response.detail or response.outcome.value)
    if at_home and response.hops:
        return Judgement(verdict=Verdict.MISSING, reason="redirects to the home page")
    leads_away = bool(response.hops) and all(hop.status in PERMANENT for hop in response.hops)
    if reading.article is None:
        return _unreadable(response, reading, known=before is not None, leads_away=leads_away)
    if before is None:
        return _first(reading, reading.article)
    found = _beside(response, reading, before, reading.article, leads_away=leads_away)
    if found.verdict is Verdict.ARTICLE and elsewhere:
        reason = f"{another(reading.article)}; most of the earlier text stands around it"
        return Judgement(verdict=Verdict.BLOCKED, reason=reason, again=True, elsewhere=True)
    return found


def _beside(
    response: Response, reading: Extraction, before: Article, article: Article, *, leads_away: bool
) -> Judgement:
    """What an article means where another was read before: an edit of it, or no version at all."""
    differs = (before.title, before.text) != (article.title, article.text)
    if reading.notes and differs and _skeleton(before) == _skeleton(article):
        return Judgement(verdict=Verdict.BLOCKED, reason=reading.notes[0])
    share = alike(before, article)
    unlike = fold(before.title) != fold(article.title)
    if share < FOREIGN and unlike and reading.hint is Notice.ABSENT and not is_release(article):
        return Judgement(verdict=Verdict.MISSING, reason=f"{LOST}: {article.title[:80]}")
    if response.hops and share < ALIKE:
        verdict = Verdict.MISSING if leads_away else Verdict.BLOCKED
        return Judgement(verdict=verdict, reason=f"redirects to another page: {response.final_url}")
    if share < ALIKE and (reason := _other_language(before, article, response.url)):
        return Judgement(verdict=Verdict.BLOCKED, reason=reason)
    if share < FOREIGN and unlike:
        if reading.stranger:
            return Judgement(verdict=Verdict.BLOCKED, reason=STRANGER)
        return Judgement(verdict=Verdict.BLOCKED, reason=another(article), again=True)
    if share < FOREIGN and reading.hint is Notice.OTHER and not is_release(article):
        return Judgement(
            verdict=Verdict.BLOCKED, reason=f"a door that is shut stands in its place: {another(article)}"
        )
    if _cut(before, article):
        reason = f"truncated, within a sentence? {another(article)}"
        return Judgement(verdict=Verdict.BLOCKED, reason=reason, again=True)
    if reading.disagreement and _jumped(before, article):
        reason = f"{another(article)}; {reading.disagreement}"
        return Judgement(verdict=Verdict.BLOCKED, reason=reason, again=True)
    return Judgement(verdict=Verdict.ARTICLE)


def _skeleton(article: Article) -> str:
    """The signs of ASCII: they stay where a text is decoded wrongly, and any other edit touches them."""
    return "".join(
        [sign for sign in f"{article.title}{article.text}" if sign.isascii() and not sign.isspace()]
    )


def is_release(article: Article) -> bool:
    """Whether a text shows what releases have and notices lack: a date, a dateline, somebody to ask."""
    dated = article.published is not None and article.published.source != "URL"
    return dated or article.dateline is not None or bool(article.contact_text)


def _other_language(before: Article, article: Article, url: str) -> str:
    """That the text is now in another language, in words: one address answers in several, by what the
    client is taken for. "" where the address itself is of the new language: there it was translated."""
    if not before.language or not article.language or before.language == article.language:
        return ""
    if (urls.language_prefix(url) or "").partition("-")[0] == article.language:
        return ""
    return f"answers in another language ({article.language}, not {before.language})"


def _cut(before: Article, after: Article) -> bool:
    """Whether the body is the earlier one up to somewhere within a sentence, and nothing comes after."""
    if not after.body or after.contact_text or len(after.body) > len(before.body):
        return False
    *whole, last = (fold(passage.text) for passage in after.body)
    earlier = [fold(passage.text) for passage in before.body[: len(whole) + 1]]
    rest = earlier[-1].removeprefix(last)
    return whole == earlier[:-1] and rest != earlier[-1] and rest != "" and last[-1:] not in _ENDS


def _unreadable(response: Response, reading: Extraction, *, known: bool, leads_away: bool) -> Judgement:
    if reading.notice is Notice.ABSENT:
        reason = f"answers {response.status}, and is {reading.unreadable}"
        return Judgement(verdict=Verdict.MISSING, reason=reason)
    if known and leads_away:
        return Judgement(verdict=Verdict.MISSING, reason=f"redirects to {response.final_url}")
    if known and reading.hint is Notice.ABSENT and not reading.stranger:
        return Judgement(verdict=Verdict.MISSING, reason=LOST)
    return Judgement(verdict=Verdict.BLOCKED, reason=f"unreadable: {reading.unreadable}")


def _jumped(before: Article, after: Article) -> bool:
    lengths = sorted((len(before.text), len(after.text)))
    return lengths[1] > JUMP * lengths[0]


def _first(reading: Extraction, article: Article) -> Judgement:
    if len(article.text) < SHORT and reading.stranger:
        return Judgement(verdict=Verdict.BLOCKED, reason=STRANGER)
    return Judgement(verdict=Verdict.ARTICLE)


_PLAIN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*[.,:;!?،؛؟。]*")  # a word, not an address, not a token


def another(article: Article) -> str:
    """The reason of a page that shows a wholly different text; the same for the same text elsewhere, though
    it may name the address, a number or a time."""
    words = [word for word in fold(f"{article.title}\n{article.text}").split() if _PLAIN.fullmatch(word)]
    text = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return f"another text stands in its place ({text[:8]}: {article.title[:80]})"


_ENDS = ".!?؟。:;\"')"

_END = b"</html>"
_TAIL = 2_000  # bytes at the end of a page in which its end is looked for


def whole(body: bytes) -> bool:
    """Whether a page ends with </html>, in any encoding: one that did and does not now is half a page."""
    return _END in body[-_TAIL:].replace(b"\0", b"").lower()


_WORDS = re.compile(r"\w+")


def alike(one: Article, other: Article) -> float:
    """The share of words two articles have in common, 0 to 1, by multisets."""
    return alike_texts(*(f"{article.title}\n{article.text}" for article in (one, other)))


def alike_texts(one: str, other: str) -> float:
    """The share of words that two texts have in common, 0 to 1, by multisets."""
    ours, theirs = (Counter(_WORDS.findall(fold(text).casefold())) for text in (one, other))
    return (ours & theirs).total() / max(ours.total(), theirs.total(), 1)


# ── states ──────────────────────────────────────────────────────────────────────────────────────

_S, _V = PageState, Verdict

# (where the page stands, what the look showed) → where it stands then. What is not here stays as it is:
# a page that is missing or removed is not blocked by a bad day of its server. MISSING becomes REMOVED
# by `site_is_alive`, at the round's end.
STATES: dict[tuple[PageState, Verdict], PageState] = {
    **{(state, _V.ARTICLE): _S.READ for state in _S},
    (_S.READ, _V.SAME): _S.READ,
    (_S.BLOCKED, _V.SAME): _S.READ,
    (_S.MISSING, _V.SAME): _S.READ,
    (_S.LISTED, _V.MISSING): _S.MISSING,
    (_S.READ, _V.MISSING): _S.MISSING,
    (_S.BLOCKED, _V.MISSING): _S.MISSING,
    (_S.LISTED, _V.BLOCKED): _S.BLOCKED,
    (_S.READ, _V.BLOCKED): _S.BLOCKED,
}


def next_state(state: PageState, verdict: Verdict) -> PageState:
    """Where a page stands after a look."""
    return STATES.get((state, verdict), state)


def site_is_alive(*, asked: int, read: int) -> bool:
    """Whether absences may be believed: at least half of the pages asked in the round were read."""
    return 2 * read >= asked
