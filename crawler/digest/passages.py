"""A redline cut down to what a letter shows: the changed passages, with a few words around each change.

Compares nothing and marks nothing up; a format draws deletions and insertions in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.digest.visible import ELLIPSIS, clean, clip, clip_front
from crawler.values import Op, Segment

_CONTEXT = 70  # characters kept beside a change
_LONGEST_RUN = 600  # characters of one insertion or deletion
_MOST_PASSAGES = 6
_MOST_CHARACTERS = 2_400  # of one redline


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Part of a shown passage; `text` has no blank at either end, `gap` says whether one follows."""

    op: Op
    text: str
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The passages a letter shows, in reading order, and how many it leaves out."""

    passages: tuple[tuple[Run, ...], ...] = ()
    left_out: int = 0


def shown(redline: Sequence[Segment]) -> Shown:
    """The changed passages of `redline`, each with a little context, bounded in number and length."""
    passages: list[tuple[Run, ...]] = []
    left_out = spent = 0
    for _, group in groupby(redline, key=lambda segment: segment.paragraph):
        segments = _joined(group)
        if all(op is Op.KEEP for op, _ in segments):
            continue
        if len(passages) == _MOST_PASSAGES or spent >= _MOST_CHARACTERS:
            left_out += 1
            continue
        runs = _runs(segments, _MOST_CHARACTERS - spent)
        if runs:
            passages.append(runs)
            spent += sum(len(run.text) for run in runs)
    return Shown(passages=tuple(passages), left_out=left_out)


def _joined(segments: Iterable[Segment]) -> list[tuple[Op, str]]:
    """The segments as (op, shown text), equal neighbours joined, unseen differences dropped."""
    joined: list[tuple[Op, str]] = []
    for segment in segments:
        text = clean(segment.text)
        if not text:
            continue
        if joined and joined[-1][0] is segment.op:
            joined[-1] = (segment.op, joined[-1][1] + text)
        else:
            joined.append((segment.op, text))
    return joined


def _runs(segments: Sequence[tuple[Op, str]], room: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    last = len(segments) - 1
    for at, (op, text) in enumerate(segments):
        short = _context(text, first=at == 0, last=at == last) if op is Op.KEEP else clip(text, _LONGEST_RUN)
        bare = short.strip()
        if bare:
            if runs and short[0] == " ":
                runs[-1] = Run(op=runs[-1].op, text=runs[-1].text, gap=True)
            runs.append(Run(op=op, text=bare, gap=short[-1] == " "))
        elif runs:  # only a blank: keep the words apart
            runs[-1] = Run(op=runs[-1].op, text=runs[-1].text, gap=True)
        room -= len(short)
        if room < 0 and at != last and op is not Op.DELETE:
            runs.append(Run(op=Op.KEEP, text=ELLIPSIS, gap=False))
            break
    return tuple(_apart(runs))


def _context(text: str, *, first: bool, last: bool) -> str:
    """An unchanged run, cut to what stands beside a change."""
    if first:
        return clip_front(text, _CONTEXT)
    if last:
        return clip(text, _CONTEXT)
    if len(text) <= 2 * _CONTEXT + 20:
        return text
    return f"{clip(text, _CONTEXT)} {clip_front(text, _CONTEXT)}"


def _apart(runs: list[Run]) -> Iterable[Run]:
    """A blank between a deletion and the insertion that replaces it: they are read one after the other."""
    for at, run in enumerate(runs):
        swap = run.op is Op.DELETE and at + 1 < len(runs) and runs[at + 1].op is Op.INSERT
        yield Run(op=run.op, text=run.text, gap=True) if swap else run
