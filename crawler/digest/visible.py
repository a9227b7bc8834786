"""Text and addresses taken from pages, made fit to be shown: one line, printable, of bounded length.

Escapes nothing for a format and decides nothing about news; each format escapes for itself.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

ELLIPSIS = "…"
LONGEST_ADDRESS = 2_000  # characters; longer ones are shown in part and never linked

_SPACE = re.compile("[\t\n\x0b\x0c\r \x1c-\x1f\x85\u2028\u2029]+")
# Never shown: the other C0 and C1 controls (terminals obey them), soft hyphen and invisible marks, all
# direction controls (UAX 9: a page must not reorder our own words), annotation marks, non-characters, tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]+"
)
# Up to a blank, or to a script that parts no words; what of it may be linked is `address`'s to say.
ADDRESS = re.compile("https?://[^\\s\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]+", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}\Z")
_SENTENCE_END = ".!?؟。！？"
_KEPT_IN_ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"  # RFC 3986: reserved, unreserved, and escapes already there


def clean(text: str) -> str:
    """`text` without what cannot or must not be shown, blanks as single spaces; its ends are kept."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return _SURROGATE.sub("\ufffd", _SPACE.sub(" ", _UNSEEN.sub("", text)))


def line(text: str | None, limit: int = 300) -> str:
    """`text` as one shown line of at most `limit` characters; "" for None."""
    return clip(clean((text or "")[: limit * 8]).strip(), limit)


def unbroken(text: str | None, limit: int) -> str:
    """As `line`, but an address that begins within the limit is whole."""
    whole = line(text, limit + LONGEST_ADDRESS)
    for found in ADDRESS.finditer(whole):
        if found.start() < limit < found.end() < len(whole):
            return f"{whole[: found.end()]} {ELLIPSIS}"
        if found.start() < limit < found.end():
            return whole
    return clip(whole, limit)


def clip(text: str, limit: int) -> str:
    """`text`, or its beginning up to a word's end and an ellipsis: at most `limit` characters."""
    if len(text) <= limit:
        return text
    cut = limit - 1
    space = text.rfind(" ", max(0, cut - 30), cut + 1)
    return text[: space if space > 0 else _whole(text, cut)].rstrip() + ELLIPSIS


def clip_front(text: str, limit: int) -> str:
    """`text`, or an ellipsis and its end from a word's start: at most `limit` characters."""
    if len(text) <= limit:
        return text
    start = len(text) - limit + 1
    space = text.find(" ", start - 1, start + 30)
    return ELLIPSIS + text[space + 1 if space >= 0 else start :].lstrip()


def _whole(text: str, cut: int) -> int:
    """`cut`, moved back so that no mark is parted from its letter."""
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return cut


def opening(text: str, limit: int = 320) -> str:
    """The first sentences of `text` that fit in `limit` characters; the first, clipped, if none does."""
    whole = line(text, limit * 2)
    if len(whole) <= limit:
        return whole
    for end in range(limit - 1, 79, -1):
        if whole[end] in _SENTENCE_END and _ends_sentence(whole, end):
            return whole[: end + 1]
    return clip(whole, limit)


def _ends_sentence(text: str, end: int) -> bool:
    if text[end] in "。！？":
        return True
    if not text[end + 1 : end + 2].isspace():
        return False
    word = text[text.rfind(" ", 0, end) + 1 : end]
    return len(word) > 3 or (len(word) > 1 and word.islower())  # not "Mr.", "U.S.", "St."


def address(url: str | None) -> str | None:
    """`url` when it may be linked: http or https, a host, no user information; in ASCII. Else None."""
    if not url or len(url) > LONGEST_ADDRESS or url[:8].lower().partition(":")[0] not in ("http", "https"):
        return None
    if _SPACE.search(url) or _UNSEEN.search(url):
        return None
    ascii_url = quote(url.encode("utf-8", "replace"), safe=_KEPT_IN_ADDRESS)
    try:
        parts = urlsplit(ascii_url)
        host = parts.hostname
    except ValueError:  # a broken IPv6 host
        return None
    if not ascii_url.partition(":")[2].startswith("//") or not host or "@" in parts.netloc:
        return None
    return ascii_url


def language_tag(language: str | None) -> str | None:
    """`language` when it has the form of a BCP 47 tag, for a lang attribute. Else None."""
    return language if language and _LANGUAGE.match(language) else None
