"""A quantity as read in a text, and the words that it counts.

It finds none; `numbers` does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.compare.lexicon import BRIDGES, STOPS, VERBS

RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"  # of a note or a power
HYPHENS = ("-", "‐", "‑")

_WHAT_WORDS = 4
_LABEL = 80  # characters looked at for the words a number counts


class Quantity(NamedTuple):
    """A quantity as read in a `source`. `value` of a date is ISO 8601, cut where the text says less
    ("2016-11", "2016"); a day without a year is "--11-03" (XML Schema gMonthDay)."""

    value: int | float | str
    unit: str  # "", "%", an ISO 4217 code, "date"
    start: int
    end: int
    source: str
    scale: int = 1
    spelled: bool = False  # written as a word: "three"
    noun: str | None = None  # what it counts, where the words beside it do not say it

    @property
    def text(self) -> str:
        """As written, unit and scale included."""
        return self.source[self.start : self.end]

    @property
    def what(self) -> str:
        """The words it counts, as written. Read when asked for: most numbers stayed as they are."""
        return _what(self.source, self.start, self.end) if self.noun is None else self.noun


# ── what is counted ─────────────────────────────────────────────────────────────────────────────

_TOKEN = re.compile(r"\S++")
_EDGES = '.,;:!?()[]{}«»“”„"…،؛؟|*'


def _what(text: str, start: int, end: int) -> str:
    """The one to four words after a number up to the first mark or function word; else its label:
    what stands before a colon, or in the first cell of its table row."""
    first = last = -1
    count = 0
    window = text[end : end + _LABEL]
    for match in _TOKEN.finditer(window):
        token, at = match.group(), match.start()
        if token[:2].lower() in BRIDGES and not count and token[1:2] in "'’":
            token, at = token[2:], at + 2
        elif not at and token in RAISED:
            continue
        elif not at and token[0] in HYPHENS:  # "25-year-old"
            token, at = token[1:], 1
        core = token.strip(_EDGES)
        cut = match.end() == len(window) and end + len(window) < len(text)
        if not core or not token.startswith(core) or cut or len(core) > 30:
            break
        if not count and core.lower() in BRIDGES and token == core:
            continue
        if core.lower() in STOPS or (count and core.lower() in VERBS):
            break
        if not core.isalpha() and (any(map(str.isdecimal, core)) or not any(map(str.isalpha, core))):
            break
        first = at if first < 0 else first
        last = at + len(core)
        count += 1
        if token != core or count == _WHAT_WORDS:
            break
    return window[first:last] if count else _label(text, start)


def _label(text: str, start: int) -> str:
    before = text[max(0, start - _LABEL) : start].rstrip()
    if before.endswith((":", "：")):
        label = re.split(r"[.;!?|،؛]", before[:-1])[-1]
    elif "|" in before:
        label = text[: text.index("|")][:_LABEL]
    else:
        return ""
    return "" if any(sign.isdecimal() for sign in label) else " ".join(label.split()[-_WHAT_WORDS:])
