"""What a reader sees of a text: `tidy` makes one clean line of it, `fold` makes lines that look alike equal.

No words are judged here, nothing is cut: language, dates and figures belong to the rooms that read them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_QUOTES = {
    "'": "‘’‚‛ʼʹʻ′´`＇‹›",
    '"': "“”„‟″〝〞＂«»",
}
_DASHES = "‐‑‒–—―−﹘﹣－⁃"
# Soft hyphen, combining grapheme joiner, Arabic letter mark, Mongolian vowel separator, zero-width space,
# direction marks, word joiner and invisible operators, variation selectors, byte order mark, annotations.
_UNSEEN = [
    *(0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
]
# C0 and C1 controls that str.split does not take for white space.
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]


def _presentation_forms() -> dict[int, str]:
    """Latin ligatures and Arabic letters in their shaped forms → the letters they show (NFKC)."""
    forms = {}
    for code in (*range(0xFB00, 0xFB07), *range(0xFB50, 0xFDF0), *range(0xFE70, 0xFEFD)):
        letters = unicodedata.normalize("NFKC", chr(code))
        if letters != chr(code) and " " not in letters:
            forms[code] = letters
    return forms


_CLEAN: dict[int, str | None] = dict.fromkeys([*_UNSEEN, *_CONTROLS])
_CLEAN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates: no encoding can store them
_ALIKE: dict[int, str] = {ord(mark): plain for plain, marks in _QUOTES.items() for mark in marks}
_ALIKE |= dict.fromkeys(map(ord, _DASHES), "-") | {ord("…"): "..."} | _presentation_forms()
_ALIKE[0x640] = ""  # tatweel: it draws an Arabic word out

# Runs of neighbours as ranges: a character class of single letters beyond the BMP is searched slowly.
_TO_CLEAN = re.compile(
    "["
    + "".join(f"\\U{code:08x}" for code in _CLEAN if code < 0xD800)
    + "\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_TO_FOLD = re.compile(f"[{re.escape(''.join(map(chr, _ALIKE)))}]")
_JOINERS = re.compile("[\u200c\u200d]+")
_DOUBLE_HYPHEN = re.compile(r"(?<!-)--(?!-)")
# French guillemets carry a space inside; German ones (»so«) do not, and keep the spaces outside.
_OPENING = re.compile(r"(?<![^ (\[])([«‹]) ")
_CLOSING = re.compile(r" ([»›])(?![^ .,;:!?)\]])")


def _joined_script(letter: str) -> bool:
    """Whether ZWJ and ZWNJ can change how `letter` is shaped: Arabic, Indic and like scripts, emoji."""
    code = ord(letter)
    return 0x590 <= code < 0x1100 or 0x1780 <= code < 0x1E00 or code in (0x2640, 0x2642) or code >= 0xA840


def _keep_joiner(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    between = start > 0 and end < len(text) and _joined_script(text[start - 1]) and _joined_script(text[end])
    return match.group()[0] if between else ""


@cache
def _mark_crowds() -> re.Pattern[str]:
    marks = "".join(letter for letter in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(letter))
    return re.compile(f"([{re.escape(marks)}]{{30}})[{re.escape(marks)}]+")


def _composed(text: str) -> str:
    """`text` in NFC, in linear time: of a crowd of combining marks the first 30 are kept, as in Unicode's
    stream-safe format (UAX #15, section 13); sorting a longer one takes quadratic time."""
    if unicodedata.is_normalized("NFC", text):
        return text
    if len(text) > 1000:
        text = _mark_crowds().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """`text` as one line: NFC, white space (NBSP and thin spaces too) collapsed to single blanks and
    stripped, what has no appearance removed. ZWJ and ZWNJ stay where they shape a script. Idempotent."""
    if text.isprintable() and "  " not in text:  # of white space only blanks are printable
        text = text.strip()
        if text.isascii():
            return text
    else:
        text = " ".join(text.split())
        if text.isascii() and text.isprintable():
            return text
    text = _composed(text)
    unseen = _TO_CLEAN.search(text) is not None
    if unseen:
        text = text.translate(_CLEAN)
    joined = "\u200c" in text or "\u200d" in text
    if joined:
        text = _JOINERS.sub(_keep_joiner, text)
    return _composed(" ".join(text.split())) if unseen or joined else text


def fold(text: str) -> str:
    """`text` so that two texts which look alike are equal: `tidy`, and quotes, dashes, ellipses,
    ligatures and Arabic presentation forms in one plain form each, no tatweel. Letter case is kept.
    Idempotent."""
    text = tidy(text)
    if not text.isascii() and _TO_FOLD.search(text):
        text = _CLOSING.sub(r"\1", _OPENING.sub(r"\1", text))
        text = tidy(_TO_FOLD.sub(lambda match: _ALIKE[ord(match[0])], text))
    return _DOUBLE_HYPHEN.sub("-", text) if "--" in text else text


def words(text: str) -> frozenset[str]:
    """The blank-separated words of `text`."""
    return frozenset(text.split())
