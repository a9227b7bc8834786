"""Takes a text apart into words and marks, as a redline compares them.

It compares nothing; what two spellings of a sign have in common is `fold`'s to say.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress
from operator import add

from crawler.text import fold

# A word is letters, digits and marks, with an apostrophe, a hyphen or a decimal sign inside; a script
# without spaces (Thai to Khmer, kana, Han) is taken sign by sign; a mark is one token, repeated or not.
_MARKS = r"!-/:-@\[-`{-~¡§«»¿·،؛؟٪٫٬\u2010-\u205e\u2e00-\u2e7f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"[^\s{_MARKS}{_UNSPACED}]+(?:(?:['’ʼ@/_]|[.,٫٬](?=\d)|[-‐‑](?![\W\d]))[^\s{_MARKS}{_UNSPACED}]+)*"
    rf"|[{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*|(\S)\1*"
)
# Letters and digits that are not taken by the word: where there are none, what str.isalnum knows is one.
_SIGN_BY_SIGN = re.compile(rf"[{_UNSPACED}\u3000-\u303f]")
_CLOSERS = frozenset(".,;:!?")


class Folded(dict[str, str]):
    """Token → the same, folded; remembers."""

    def __missing__(self, token: str) -> str:
        plain = token.isascii() and token.isalnum()
        key = self[token] = token if plain else fold(token)
        return key


class Words:
    """The tokens of one text: `keys` folded, `texts` as written, `spaced` whether white space stands before
    each (the first has none to a reader); `marked` where any is a quotation mark."""

    __slots__ = ("_ends", "_text", "keys", "marked", "spaced", "texts")

    def __init__(self, text: str, folded: Folded | None = None) -> None:
        """`folded` remembers folded tokens, where many texts share their words (`Folded`)."""
        folded = Folded() if folded is None else folded
        self._text = text
        self._ends: list[int] | None = None
        self.texts: list[str] = []
        self.spaced: list[bool] = []
        tidy = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
        if tidy and (text.isascii() or _SIGN_BY_SIGN.search(text) is None):
            self._read_chunks(text)
        else:
            self._search(text)
        self.keys: list[str] = self.texts
        if not (tidy and text.isascii() and "--" not in text):  # else each token is its own key
            self.keys = list(map(folded.__getitem__, self.texts))
            if not all(self.keys):
                self._join_unseen()
            if "«" in text or "»" in text or "‹" in text or "›" in text:
                self._close_guillemets()
        marks = '"' in text or "'" in text or not text.isascii()
        self.marked: bool = marks and ('"' in self.keys or "'" in self.keys)

    def _read_chunks(self, text: str) -> None:
        """Between single blanks: what is nothing but letters and digits is a token, and needs no search."""
        texts = self.texts
        glued = [0]  # tokens without a blank before them
        for chunk in text.split(" ") if text else ():
            if chunk.isalnum():
                texts.append(chunk)
            elif chunk[-1] in _CLOSERS and chunk[:-1].isalnum():
                glued.append(len(texts) + 1)
                texts += (chunk[:-1], chunk[-1])
            else:
                start = len(texts)
                texts += [match.group() for match in _TOKEN.finditer(chunk)]
                glued += range(start + 1, len(texts))
        self.spaced = [True] * len(texts)
        for at in glued[not texts :]:
            self.spaced[at] = False

    def _search(self, text: str) -> None:
        self._ends = ends = []
        end = 0
        for match in _TOKEN.finditer(text):
            self.texts.append(match.group())
            self.spaced.append(end > 0 and match.start() > end)
            end = match.end()
            ends.append(end)

    def _join_unseen(self) -> None:
        """What is invisible on its own belongs to the space before the next word."""
        self._ends = list(compress(self._bounds(), self.keys))
        self.texts = list(compress(self.texts, self.keys))
        spaces, self.spaced = self.spaced, []
        spaced = False
        for key, space in zip(self.keys, spaces, strict=True):
            spaced = spaced or space
            if key:
                self.spaced.append(spaced and bool(self.spaced))
                spaced = False
        self.keys = list(filter(None, self.keys))

    def _close_guillemets(self) -> None:
        """The space inside French guillemets is part of the sign, as `fold` has it: « x » is “x”."""
        self._bounds()  # while `spaced` still says where blanks stand
        for at, text in enumerate(self.texts):
            last = at + 1 == len(self.texts)
            opens = at == 0 or self.spaced[at] or self.texts[at - 1] in "(["
            if text in "«‹" and opens and not last:
                self.spaced[at + 1] = False
            elif text in "»›" and (last or self.spaced[at + 1] or self.texts[at + 1] in ".,;:!?)]"):
                self.spaced[at] = False

    def _bounds(self) -> list[int]:
        """Where each token ends in the text."""
        if self._ends is None:
            self._ends = list(accumulate(map(add, map(len, self.texts), self.spaced)))
        return self._ends

    def tail(self) -> str:
        """What follows the last token."""
        return self._text[self._bounds()[-1] :] if self.texts else self._text

    def lead(self, at: int) -> str:
        """What stands between a token and the one before it."""
        ends = self._ends or self._bounds()
        return self._text[ends[at - 1] if at else 0 : ends[at] - len(self.texts[at])]

    def written(self, start: int, end: int) -> str:
        """Tokens from `start` up to `end` as they stand, the white space before them included."""
        if start == end:
            return ""
        ends = self._ends or self._bounds()
        return self._text[ends[start - 1] if start else 0 : ends[end - 1]]

    def inner(self, start: int, end: int) -> str:
        """The same without the white space before them."""
        ends = self._ends or self._bounds()
        return self._text[ends[start] - len(self.texts[start]) : ends[end - 1]]
