"""Sorts the edits of rows by what they do to a reader: form, wording, a quote, a passage that came or went.

It gives no weight; numbers that are told as figures are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from crawler.compare.alignment import Run
from crawler.compare.lexicon import ELIDED_NEGATION, NEGATIONS, bare
from crawler.compare.passages import Gap, absorbed, gaps, lettered, weighty
from crawler.compare.quotes import SPOKEN, Span, meet, quoted
from crawler.compare.redline import ENDS, Row
from crawler.compare.words import Words
from crawler.text import fold
from crawler.values import PassageKind

_CONTACT = 300  # characters of a line of contact details
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+\.\w")
_CLOSE = 4  # letters: one letter more or less in a longer word is a correction
_KNOWN = 6  # letters of a name that is put right after another place that has it
_SENTENCE = 5  # words: shorter ones stand elsewhere by chance
_LONGEST = 400  # words: longer ones are not sought elsewhere
_LOOKED_UP = 100  # passages that are sought elsewhere in the release; a rewritten text has more


class Wording:
    """Counts of what the edits of some rows do.

    `words` reworded; `corrected` words put right; `marks` edits of punctuation; passages `added`,
    `replaced` and `taken_out`; whether any passage `moved`, a quote's words changed (`quoted`), a
    negation came or went (`negated`), a `number` changed that is no quantity (a time of day, a
    session's number), or one is only written otherwise (`rewritten`). `touched` has the rows of both
    sides with the runs that are more than form, `contacts` the rows that are contact details.
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
        self.words = self.corrected = self.marks = self.added = self.replaced = self.taken_out = 0
        self.moved = self.quoted = self.negated = self.number = self.rewritten = False
        self._sought = 0
        self.touched: list[tuple[Row, list[Run]]] = []
        self.contacts: list[Row] = []
        found, beside = gaps(rows)
        for row, around in zip(rows, beside, strict=True):
            if row.words_before is not None and row.words_after is not None:
                self._pair(row, row.words_before, row.words_after, around)
        for gap in found:
            self._gap(gap)

    @property
    def contact(self) -> bool:
        return bool(self.contacts)

    @property
    def form_only(self) -> bool:
        """Whether letters and marks were put right and nothing else was done."""
        passages = self.added or self.replaced or self.taken_out
        facts = self.words or passages or self.quoted or self.negated or self.number
        return bool(self.corrected or self.marks or self.rewritten) and not facts

    def _pair(self, row: Row, before: Words, after: Words, around: Sequence[Gap]) -> None:
        contact = _is_contact(row)
        quotes_before, quotes_after = _spoken(row, before), _spoken(row, after)
        spoken = bool(quotes_before or quotes_after)
        touched: list[Run] = []
        for run in row.runs:
            if run.same:
                continue
            gone, come = before.keys[run.b0 : run.b1], after.keys[run.a0 : run.a1]
            words_gone, words_come = lettered(gone), lettered(come)
            if self._restated:
                words_gone, words_come = self._news(words_gone), self._news(words_come)
            if not (words_gone or words_come) and (lettered(gone) or lettered(come)):
                self.rewritten = True
                continue
            if self._form(words_gone, words_come):
                continue
            if contact:
                self.contacts.append(row)
                return
            touched.append(run)
            if spoken and (meet(quotes_before, run.b0, run.b1) or meet(quotes_after, run.a0, run.a1)):
                self.quoted = True
            if not words_come and _sentence(before.keys, run.b0, run.b1):
                text = fold(before.written(run.b0, run.b1))
                moved = any(absorbed(words_gone, gap.given) for gap in around) or self._stands(
                    text, gone=True
                )
                self._sentence(row.kind, words_gone, moved=moved, gone=True)
            elif not words_gone and _sentence(after.keys, run.a0, run.a1):
                text = fold(after.written(run.a0, run.a1))
                moved = any(absorbed(words_come, gap.taken) for gap in around) or self._stands(
                    text, gone=False
                )
                self._sentence(row.kind, words_come, moved=moved, gone=False)
            elif self._swapped(run, before, after, len(words_gone), len(words_come)):
                self.moved = True
            else:
                self._reworded(words_gone, words_come)
        if touched:
            self.touched.append((row, touched))

    def _swapped(self, run: Run, before: Words, after: Words, gone: int, come: int) -> bool:
        """Whether an edit of so many words is of sentences that both stand elsewhere on the other side."""
        return (
            min(gone, come) >= _SENTENCE
            and max(gone, come) <= _LONGEST
            and self._stands(fold(before.written(run.b0, run.b1)), gone=True)
            and self._stands(fold(after.written(run.a0, run.a1)), gone=False)
        )

    def _sentence(self, kind: PassageKind, words: list[str], *, moved: bool, gone: bool) -> None:
        """Whole sentences that came or went inside a paragraph, and nothing took their place."""
        if not weighty(kind, words):
            self.words += len(words)
        elif moved:
            self.moved = True
        elif gone:
            self.taken_out += 1
        else:
            self.added += 1

    def _gap(self, gap: Gap) -> None:
        """Whole passages that came or went at one place."""
        come = self._settled(gap.come, gap, gone=False)
        gone = self._settled(gap.gone, gap, gone=True)
        replaced = gap.replaced([len(words) for words in gone], sum(map(len, come)))
        self.replaced += replaced
        self.taken_out += len(gone) - replaced
        self.added += max(0, len(come) - replaced)

    def _settled(self, rows: list[Row], gap: Gap, *, gone: bool) -> list[list[str]]:
        """The words of each passage that did not move, was not merged or split, and is one at all."""
        left = []
        for row in rows:
            text = (row.before if gone else row.after) or ""
            tokens = row.words_before or row.words_after or Words(text)
            words = lettered(tokens.keys)
            if _is_contact(row) and not self._stands(fold(text), gone=gone):
                self.contacts.append(row)
            elif not weighty(row.kind, words):
                self.words += len(words)
            elif self._stands(fold(text), gone=gone) or absorbed(
                words, gap.given_beside if gone else gap.taken_beside
            ):
                self.moved = True
            else:
                left.append(words)
        return left

    def _stands(self, text: str, *, gone: bool) -> bool:
        """Whether a passage stands elsewhere on the other side."""
        self._sought += 1
        if self._sought > _LOOKED_UP:
            return False
        return text in (self._told_after if gone else self._told_before)

    def _news(self, words: list[str]) -> list[str]:
        return [word for word in words if word not in self._restated]

    def _form(self, gone: list[str], come: list[str]) -> bool:
        if not gone and not come:
            self.marks += 1
        elif _begin_alike(gone, come) and _letters(gone) == _letters(come):
            self.corrected += max(len(gone), len(come))
        elif len(gone) == len(come) and all(map(self._correction, gone, come)):
            self.corrected += sum(map(str.__ne__, gone, come))
        else:
            return False
        return True

    def _correction(self, gone: str, come: str) -> bool:
        return corrected(gone, come, self._told_before, self._told_after)

    def _reworded(self, gone: list[str], come: list[str]) -> None:
        plain_gone, plain_come = self._plain(gone), self._plain(come)
        if not self._figured and len(plain_gone) + len(plain_come) < len(gone) + len(come):
            self.number = True
        self.words += max(len(plain_gone), len(plain_come))
        if not self.negated:
            self.negated = _denials(plain_gone) != _denials(plain_come)

    def _plain(self, words: Sequence[str]) -> list[str]:
        """Those that are no number, nor in a figure that is told."""
        return [
            word for word in words if word not in self._figured and (word.isalpha() or not _numeric(word))
        ]


def corrected(gone: str, come: str, told_before: str, told_after: str) -> bool:
    """Whether one word is the other with a letter put right. A number never is; nor is a name with
    another letter (Iran, Iraq), unless the text had it right elsewhere."""
    first, second = bare(gone), bare(come)
    if first == second:
        return True
    if abs(len(first) - len(second)) > 1:
        return False
    swapped = sorted(first) == sorted(second)
    if min(len(first), len(second)) < _CLOSE - swapped or _numeric(first + second):
        return False
    if first[0] != second[0] and not swapped:  # where, here: typos begin later
        return False
    if OSA.distance(first, second, score_cutoff=1) > 1:
        return False
    other = gone[0].isupper() and come[0].isupper()
    if swapped or not other or len(first) != len(second):
        return True
    return len(first) >= _KNOWN and come in told_before and gone not in told_after


def _is_contact(row: Row) -> bool:
    """Whether a row is a line of contact details that stands in the text: short, with a mail address."""
    texts = (row.before or "", row.after or "")
    return any(len(text) <= _CONTACT and "@" in text and _MAIL.search(text) is not None for text in texts)


def _begin_alike(gone: list[str], come: list[str]) -> bool:
    """Whether the first letters are one, so that all may be."""
    first, second = "".join(gone[:1])[:1], "".join(come[:1])[:1]
    return first == second or not (first.isalnum() and second.isalnum()) or bare(first) == bare(second)


def _letters(words: Sequence[str]) -> str:
    """Letters and digits alone, without case and accents."""
    joined = bare(words[0] if len(words) == 1 else "".join(words))
    return joined if joined.isalnum() else "".join(filter(str.isalnum, joined))


def _numeric(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdecimal, word))


def _denials(words: Sequence[str]) -> int:
    text = " ".join(words)
    plain = text.lower().split(" ")
    count = 0 if NEGATIONS.isdisjoint(plain) else sum(map(NEGATIONS.__contains__, plain))
    return count + ("'" in text and sum(word.startswith(ELIDED_NEGATION) for word in words))


def _sentence(keys: Sequence[str], start: int, end: int) -> bool:
    """Whether keys[start:end] are whole sentences."""
    return (start == 0 or keys[start - 1] in ENDS) and (end == len(keys) or keys[end - 1] in ENDS)


def _spoken(row: Row, words: Words) -> list[Span]:
    """Quotations, those of a term left out."""
    return [(start, end) for start, end in quoted(row, words) if end - start >= SPOKEN]
