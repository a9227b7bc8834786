"""Sorts the edits of rows by what they do to a reader: form, wording, a quote, a passage that came or went.

It gives no weight; numbers that are told as figures are passed over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from crawler.compare.alignment import Run
from crawler.compare.lexicon import NEGATIONS, bare
from crawler.compare.redline import ENDS, Row, Words
from crawler.text import fold
from crawler.values import PassageKind

_PASSAGE = 5  # words: a sentence or paragraph from this length on is a passage
_QUOTE = 4  # words: shorter quotation marks hold a name or a term
_CLOSE = 4  # letters: one letter more or less in a longer word is a correction
_LOOKED_UP = 100  # passages that are sought elsewhere in the release; a rewritten text has more


class Wording:
    """Counts of what the edits of some rows do.

    `words` reworded; `corrected` words put right; `marks` edits of punctuation; passages `added` and
    `taken_out`; whether any passage `moved`, a quote's words changed (`quoted`), a negation came or went
    (`negated`), or a `number` changed that is no quantity (a time of day, a session's number).
    """

    def __init__(
        self,
        rows: Sequence[Row],
        told_before: str,
        told_after: str,
        figured: frozenset[str],
        restated: frozenset[str],
    ) -> None:
        """`told_…` are the whole texts, folded: what stands elsewhere in them moved. `figured` are the
        words of the figures told, `restated` those of numbers that are only written otherwise."""
        self._restated = restated
        self._told_before, self._told_after, self._figured = told_before, told_after, figured
        self.words = self.corrected = self.marks = self.added = self.taken_out = 0
        self.moved = self.quoted = self.negated = self.number = False
        for row in rows:
            if row.words_before is not None and row.words_after is not None:
                self._pair(row.kind, row.words_before, row.words_after, row.runs)
            elif not row.same:
                text = (row.before if row.after is None else row.after) or ""
                words = row.words_before or row.words_after or Words(text)
                self._passage(_lettered(words.keys), fold(text), gone=row.after is None)

    @property
    def form_only(self) -> bool:
        """Whether letters and marks were put right and nothing else was done."""
        facts = self.words or self.added or self.taken_out or self.quoted or self.negated or self.number
        return bool(self.corrected or self.marks) and not facts

    def _pair(self, kind: PassageKind, before: Words, after: Words, runs: Sequence[Run]) -> None:
        quotes_before, quotes_after = _quotes(before.keys), _quotes(after.keys)
        for run in runs:
            if run.same:
                continue
            gone, come = before.keys[run.b0 : run.b1], after.keys[run.a0 : run.a1]
            words_gone, words_come = self._news(gone), self._news(come)
            if not (words_gone or words_come) and (_lettered(gone) or _lettered(come)):
                continue
            if self._form(words_gone, words_come):
                continue
            if kind is PassageKind.QUOTE or _inside(quotes_before, run.b0) or _inside(quotes_after, run.a0):
                self.quoted = True
            if not words_come and _sentence(before.keys, run.b0, run.b1):
                self._passage(words_gone, fold(before.written(run.b0, run.b1)), gone=True)
            elif not words_gone and _sentence(after.keys, run.a0, run.a1):
                self._passage(words_come, fold(after.written(run.a0, run.a1)), gone=False)
            else:
                self._reworded(words_gone, words_come)

    def _news(self, keys: Sequence[str]) -> list[str]:
        return [word for word in _lettered(keys) if word not in self._restated]

    def _form(self, gone: list[str], come: list[str]) -> bool:
        if not gone and not come:
            self.marks += 1
        elif _letters(gone) == _letters(come):
            self.corrected += max(len(gone), len(come))
        elif len(gone) == len(come) and all(map(_correction, gone, come)):
            self.corrected += sum(map(str.__ne__, gone, come))
        else:
            return False
        return True

    def _passage(self, words: list[str], text: str, *, gone: bool) -> None:
        if len(words) < _PASSAGE:
            self.words += len(words)
        elif self.added + self.taken_out < _LOOKED_UP and text in (
            self._told_after if gone else self._told_before
        ):
            self.moved = True
        elif gone:
            self.taken_out += 1
        else:
            self.added += 1

    def _reworded(self, gone: list[str], come: list[str]) -> None:
        gone = [word for word in gone if word not in self._figured]
        come = [word for word in come if word not in self._figured]
        plain_gone = [word for word in gone if not _numeric(word)]
        plain_come = [word for word in come if not _numeric(word)]
        if not self._figured and len(plain_gone) + len(plain_come) < len(gone) + len(come):
            self.number = True
        self.words += max(len(plain_gone), len(plain_come))
        if _denials(plain_gone) != _denials(plain_come):
            self.negated = True


def _lettered(keys: Sequence[str]) -> list[str]:
    return [key for key in keys if key.isalnum() or any(map(str.isalnum, key))]


def _letters(words: Sequence[str]) -> str:
    """Letters and digits alone, without case and accents."""
    joined = bare("".join(words))
    return joined if joined.isalnum() else "".join(filter(str.isalnum, joined))


def _correction(gone: str, come: str) -> bool:
    """Whether one word is the other with a letter put right. A number never is."""
    first, second = bare(gone), bare(come)
    if first == second:
        return True
    if min(len(first), len(second)) < _CLOSE or _numeric(first + second):
        return False
    return OSA.distance(first, second, score_cutoff=1) <= 1


def _numeric(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdecimal, word))


def _denials(words: Sequence[str]) -> int:
    return sum(word.lower() in NEGATIONS for word in words)


def _sentence(keys: Sequence[str], start: int, end: int) -> bool:
    """Whether keys[start:end] are whole sentences."""
    return (start == 0 or keys[start - 1] in ENDS) and (end == len(keys) or keys[end - 1] in ENDS)


def _quotes(keys: Sequence[str]) -> list[int]:
    """Where quotations begin and end, by turns, those of a term left out; folded marks all look alike,
    so the first opens, the second closes. An unclosed one lasts to the end, as in a quote of several
    paragraphs."""
    marks = [index for index, key in enumerate(keys) if key == '"']
    if len(marks) % 2:
        marks.append(len(keys))
    spans = zip(marks[::2], marks[1::2], strict=True)
    return [bound for start, end in spans if end - start > _QUOTE for bound in (start, end)]


def _inside(quotes: list[int], at: int) -> bool:
    return bisect_left(quotes, at) % 2 == 1
