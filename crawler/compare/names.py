"""Finds names of persons, places and bodies by their capitals, and those that an edit changed.

It has no list of names: a script without capitals (Arabic, Thai) shows none (`uncased`), and neither do
headlines and sentences whose every word has a capital.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

from crawler.compare.alignment import Run
from crawler.compare.lexicon import CALENDAR, CODES, OPENERS, PARTICLES, STYLES
from crawler.compare.redline import Row
from crawler.compare.words import Words
from crawler.values import Edit, EditKind

_JOINED = 2  # short words in a row inside a name: "de la"
_TITLED = 0.6  # share of long words with capitals from which a line is set like a headline
_LONG = 4  # letters
_AROUND = 10  # words beside an edit that may be of the same name
_FEWEST = 3  # such words that tell a headline
_SOUGHT = 30  # words that are sought in a whole text, and places that are looked at for each
_WORD = re.compile(r"\w+")
_TOLD = frozenset(",;'’)")  # marks after which a capital is no beginning of a sentence
_CORE = re.compile(r"(?:\w{1,2}['’])?(\w.*?)(?:['’]s)?", re.DOTALL)  # l’OIM, Mali’s
_ADVERB = ("ly", "ment", "mente")  # Honestly, Actuellement, Actualmente
_ENDS = frozenset(".!?…")
_NOUNS_TOO = ("de", "lb")  # languages that write every noun with a capital


class _Told:
    """The words of a whole text: a few are sought where they stand, for more all are gathered."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._asked = 0

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._lines)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text))

    def has(self, word: str) -> bool:
        self._asked += 1
        if self._asked > _SOUGHT:
            return word in self._words
        at = self._text.find(word)
        for _ in range(_SOUGHT):
            if at < 0:
                return False
            around = self._text[at - 1 : at] + self._text[at + len(word) : at + len(word) + 1]
            if _WORD.search(around) is None:
                return True
            at = self._text.find(word, at + 1)
        return word in self._words

    def stands(self, name: str) -> bool:
        """Whether the words of a name stand there, in a row."""
        words = _WORD.findall(name)
        return all(map(self.has, words)) and (" " not in name or any(name in line for line in self._lines))


class Capitals:
    """What two whole texts, folded, say of their words: which are also written without a capital, and
    which have one in mid-sentence."""

    def __init__(self, before: Sequence[str], after: Sequence[str], language: str | None) -> None:
        self._lines = before, after  # folded
        self._told = _Told(before), _Told(after)
        self._seen: dict[str, bool] = {}
        self.speak = language not in _NOUNS_TOO

    def plain(self, word: str) -> bool:
        """Whether a word, given in lower case, is written so anywhere."""
        return any(told.has(word) for told in self._told)

    def proper(self, word: str) -> bool:
        """Whether a word has its capital in mid-sentence anywhere."""
        if word not in self._seen:
            self._seen[word] = any(
                _amid(line, word) for line in chain.from_iterable(self._lines) if word in line
            )
        return self._seen[word]

    def stands(self, name: str, *, before: bool) -> bool:
        """Whether a name still stands in the text before, or after."""
        return self._told[not before].stands(name)


def _amid(line: str, word: str) -> bool:
    at = line.find(f" {word}")
    while at >= 0:
        end = at + 1 + len(word)
        before = line[at - 1 : at]
        if (before.isalnum() or before in _TOLD) and not line[end : end + 1].isalnum():
            return not _titled(line.split())
        at = line.find(f" {word}", end)
    return False


def changed(row: Row, runs: Sequence[Run], capitals: Capitals) -> Iterator[Edit]:
    """The names of an edited row that these of its runs touch, before and after."""
    b, a = row.words_before, row.words_after
    if b is None or a is None or not capitals.speak:
        return
    touched = [run for run in runs if _capital(b.texts[run.b0 : run.b1] + a.texts[run.a0 : run.a1])]
    if not touched:
        return
    titled = _titled(b.keys), _titled(a.keys)
    for run in touched:
        was = names(b, capitals, titled[0], run.b0 - _AROUND, run.b1 + _AROUND)
        now = names(a, capitals, titled[1], run.a0 - _AROUND, run.a1 + _AROUND)
        b0, b1, a0, a1 = _widened(run, row.runs, was, now)
        before = [_text(b, _sure(b, span, run.b0, capitals)) for span in was if span[0] < b1 and span[1] > b0]
        after = [_text(a, _sure(a, span, run.a0, capitals)) for span in now if span[0] < a1 and span[1] > a0]
        if before == after:
            continue
        if not set(before).isdisjoint(after):
            gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
            before, after = [n for n in before if n in gone], [n for n in after if n in come]
        yield from _edits(before, after, capitals)


def one_sided(row: Row, capitals: Capitals) -> Iterator[Edit]:
    """The names of a row that came or went, but for those that the other text has as well."""
    words = row.words_before or row.words_after
    if words is None or not capitals.speak:
        return
    found = [_text(words, span) for span in names(words, capitals, _titled(words.keys))]
    yield from _edits(found, [], capitals) if row.after is None else _edits([], found, capitals)


def _edits(gone: list[str], come: list[str], capitals: Capitals) -> Iterator[Edit]:
    """In order, in pairs where both sides have as many; a name that only came or went is told unless
    the other text has it too."""
    if len(gone) != len(come):
        gone = [name for name in gone if not capitals.stands(name, before=False)]
        come = [name for name in come if not capitals.stands(name, before=True)]
    if len(gone) == len(come):
        pairs: Iterable[tuple[str | None, str | None]] = zip(gone, come, strict=True)
    else:
        pairs = chain(((name, None) for name in gone), ((None, name) for name in come))
    for before, after in pairs:
        yield Edit(kind=EditKind.NAME, before=before, after=after)


# ── where names stand ───────────────────────────────────────────────────────────────────────────

Span = tuple[int, int]


def names(
    words: Words, capitals: Capitals, titled: bool, first: int = 0, last: int = sys.maxsize
) -> list[Span]:
    """The names of a line from token `first` up to `last`, as spans of tokens: words with capitals, and
    short words between them. In a line `titled` like a headline only names that the text has elsewhere."""
    found: list[Span] = []
    for at in range(max(0, first), min(last, len(words.keys))):
        key = words.keys[at]
        if key.islower() or len(key) == 1 or key.isdecimal():  # most words
            continue
        if not _named(words, at, capitals, strict=titled):
            continue
        start = found[-1][0] if found and _joined(words, found[-1][1], at) else at
        if start == at:
            found.append((at, at + 1))
        else:
            found[-1] = (start, at + 1)
    return found


def _named(words: Words, at: int, capitals: Capitals, *, strict: bool) -> bool:
    key = words.keys[at]
    core = _core(key)
    if len(core) == 1 or not _is_capital(core) or core.lower() in CALENDAR or core in CODES:
        return False
    if strict:
        return capitals.proper(core) and not capitals.plain(core.lower())
    if not _begins(words, at):
        return True
    low = core.lower()
    if low in OPENERS or low.endswith(_ADVERB) or capitals.plain(low):
        return False
    following = _core(words.keys[at + 1]) if at + 1 < len(words.keys) else ""
    return (len(following) > 1 and _is_capital(following)) or capitals.proper(core)


def _begins(words: Words, at: int) -> bool:
    """Whether a sentence may begin here: "Mrs. Jones" and "J. Smith" begin none."""
    if at == 0:
        return True
    before = words.keys[at - 1]
    if before == "." and at > 1 and not words.spaced[at - 1]:
        style = words.keys[at - 2]
        return not (style[0].isupper() and (len(style) == 1 or style.lower() in STYLES))
    return not (before[-1].isalnum() or before in _TOLD)


def _joined(words: Words, end: int, start: int) -> bool:
    """Whether the name that ends at `end` goes on at `start`: nothing between, or short plain words."""
    between = words.keys[end:start]
    return len(between) <= _JOINED and all(key in PARTICLES for key in between)


def _titled(keys: Sequence[str]) -> bool:
    """Whether a line is set like a headline. One that ends as a sentence does is none where any longer word
    has no capital; in one of few long words the short ones count too."""
    ends = keys[-1][-1:] in _ENDS
    opening = list(islice((key for key in keys if len(key) >= _LONG), _FEWEST))
    if ends and len(opening) == _FEWEST and any(map(str.islower, opening)):  # most lines
        return False
    long = [key for key in keys if len(key) >= _LONG]
    if len(long) < _FEWEST:
        long = [key for key in keys if key.isalpha()]
    lower = sum(map(str.islower, long))
    if lower and ends:
        return False
    if (1 - _TITLED) * (
        len(long) - lower
    ) <= _TITLED * lower:  # most lines; no capital is among the lower ones
        return False
    rest = [key for key in long if not key.islower() and key[0].isalpha()]
    count = len(rest) + lower
    return count >= _FEWEST and sum(map(_is_capital, rest)) > _TITLED * count


def _widened(run: Run, runs: Sequence[Run], was: list[Span], now: list[Span]) -> tuple[int, int, int, int]:
    """The run with the kept words that make one name with it on either side."""
    at = runs.index(run)
    left = runs[at - 1].b1 - runs[at - 1].b0 if at else 0
    right = runs[at + 1].b1 - runs[at + 1].b0 if at + 1 < len(runs) else 0
    back = max(_before(was, run.b0, run.b1), _before(now, run.a0, run.a1))
    ahead = max(_behind(was, run.b0, run.b1), _behind(now, run.a0, run.a1))
    back, ahead = min(back, left), min(ahead, right)
    return run.b0 - back, run.b1 + ahead, run.a0 - back, run.a1 + ahead


def _before(spans: list[Span], start: int, end: int) -> int:
    return max((start - s for s, e in spans if s < start and e > start and start < end), default=0)


def _behind(spans: list[Span], start: int, end: int) -> int:
    return max((e - end for s, e in spans if s < end and e > end and start < end), default=0)


def _sure(words: Words, span: Span, changed: int, capitals: Capitals) -> Span:
    """A name without a kept word that begins a sentence before it, and has its capital for that."""
    start, end = span
    if start >= changed or end - start == 1 or not _begins(words, start):
        return span
    return span if capitals.proper(_core(words.keys[start])) else (start + 1, end)


def _capital(texts: Sequence[str]) -> bool:
    return not "".join(texts).islower() and any(map(_is_capital, map(_core, texts)))


def _is_capital(word: str) -> bool:
    """Whether a word has a capital at its beginning, or behind a hyphen: al-Bashir."""
    return word[:1].isupper() or ("-" in word and any(part[:1].isupper() for part in word.split("-")))


def _core(word: str) -> str:
    found = None if word.isalnum() else _CORE.fullmatch(word)
    return found[1] if found else word


def _text(words: Words, span: Span) -> str:
    text = words.written(*span).strip()
    found = _CORE.fullmatch(text)
    return found[1] if found else text
