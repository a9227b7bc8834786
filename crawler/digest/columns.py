"""Plain text set in columns as a terminal counts them: wide characters take two, marks take none.

Knows nothing of digests. Breaks at blanks, between wide characters (with the usual care for closing
marks), and inside a word only where it is longer than a line. An address is never broken: one that is longer
than a line stands on a line of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from crawler.digest.visible import ADDRESS

WIDTH = 80
_NOT_FIRST = "、。，．・：；？！」』）】》〉”’…ー々"  # JIS X 4051 calls them characters not starting a line


def width(text: str) -> int:
    """Columns that `text` takes (UAX 11 wide and full-width: 2; marks and format characters: 0)."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, *, first: str = "", rest: str = "", columns: int = WIDTH) -> list[str]:
    """`text` in lines of at most `columns`, but for addresses; the first after `first`, more after `rest`."""
    lines: list[str] = []
    prefix, current, used = first, "", width(first)
    for gap, piece in _pieces(text, columns - max(width(first), width(rest))):
        size = width(piece)
        if current and used + len(gap) + size > columns:
            lines.append(prefix + current)
            prefix, current, used = rest, piece, width(rest) + size
        else:
            glue = gap if current else ""
            current += glue + piece
            used += len(glue) + size
    return [*lines, prefix + current] if current or not lines else lines


def _pieces(text: str, longest: int) -> Iterator[tuple[str, str]]:
    """The unbreakable pieces of `text`, each with the blank ("" or " ") before it."""
    for word in text.split(" "):
        if not word:
            continue
        gap = " "
        for piece in _parts(word, max(2, longest)):
            yield gap, piece
            gap = ""


def _parts(word: str, longest: int) -> Iterator[str]:
    """A word whole, or cut beside wide characters, addresses, and wherever it would be longer than a line."""
    if word.isascii() and len(word) <= longest:
        if word:
            yield word
        return
    if found := ADDRESS.search(word):
        yield from _parts(word[: found.start()], longest)
        yield found[0]
        yield from _parts(word[found.end() :], longest)
        return
    part, used, breakable = "", 0, False
    for char in word:
        size = _columns(char)
        wide = size == 2
        may_break = (breakable or wide) and size > 0 and char not in _NOT_FIRST
        if part and ((may_break and part[-1] not in "「『（【《〈“‘") or used + size > longest):
            yield part
            part, used = "", 0
        part += char
        used += size
        breakable = wide if size else breakable
    if part:
        yield part
