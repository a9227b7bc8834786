"""What comparing costs, beside difflib and rapidfuzz's bare opcodes on the same words.

python benchmarks/compare.py [--repeat N]

CPU time of this process, the least of some repeats, each case measured in turn with its rivals; peak
memory by tracemalloc in a run of its own. The texts are drawn by seed, so that each run compares the
same. Rivals find words that differ and nothing else: no paragraphs, figures, quotes, names, weight.
"""

from __future__ import annotations

import argparse
import difflib
import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz.distance import Indel

from crawler.compare import compare
from crawler.values import Article, Passage, PassageKind

_LETTERS = "etaoinshrdlucmfwyp"
_DIFFLIB = 2_000  # words up to which difflib is asked: with more it takes minutes

Case = tuple[str, list[str], list[str]]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    print(f"{'case':<44}{'compare':>10}{'rapidfuzz':>11}{'difflib':>11}{'memory':>10}")
    for name, before, after in cases():
        one, other = release(before), release(after)
        words = [word for text in before for word in text.split()]
        others = [word for text in after for word in text.split()]
        ours = least(partial(compare, one, other), repeat)
        theirs = least(partial(Indel.opcodes, words, others), repeat)
        slow = "-"
        if len(words) <= _DIFFLIB:
            slow = f"{least(partial(opcodes, words, others), 1):.1f} ms"
        peak = memory(partial(compare, one, other))
        print(f"{name:<44}{ours:>7.2f} ms{theirs:>8.2f} ms{slow:>11}{peak:>7.1f} MB")
    return 0


def cases() -> Iterator[Case]:
    """Ordinary edits first, then the worst that a page can do."""
    chance = random.Random(4)
    vocabulary = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(3_000)]

    def text(count: int, size: int) -> list[str]:
        return [_paragraph(chance, vocabulary, size) for _ in range(count // size)]

    def edited(texts: list[str], share: float) -> list[str]:
        return [
            " ".join(chance.choice(vocabulary) if chance.random() < share else word for word in line.split())
            for line in texts
        ]

    for count in (1_000, 20_000):
        before = text(count, 60)
        yield f"{count:,} words, the same", before, list(before)
        yield f"{count:,} words, one word more", before, [*before[:-1], before[-1] + " more"]
        yield f"{count:,} words, 1 % of the words", before, edited(before, 0.01)
        yield f"{count:,} words, 5 % of the words", before, edited(before, 0.05)
        yield f"{count:,} words, half of the words", before, edited(before, 0.5)
        yield f"{count:,} words, another text", before, text(count, 60)
        yield f"{count:,} words, shuffled", before, chance.sample(before, len(before))
        yield f"{count:,} words in one paragraph, 5 %", [" ".join(before)], [" ".join(edited(before, 0.05))]
    lines = text(30_000, 6)
    yield "5,000 passages of 6 words, 20 %", lines, edited(lines, 0.2)
    yield "5,000 passages of 6 words, other ones", lines, text(30_000, 6)


def _paragraph(chance: random.Random, vocabulary: list[str], size: int) -> str:
    words = chance.choices(vocabulary, k=size)
    for at in range(size):
        if chance.random() < 0.02:
            words[at] = f"{chance.randint(2, 99_999):,}"
        elif chance.random() < 0.1:
            words[at] = words[at].title()
        if chance.random() < 0.1:
            words[at] += chance.choice(".,")
    return " ".join(words) + "."


def release(texts: list[str]) -> Article:
    body = tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in texts)
    return Article(title="The same headline", language="en", body=body)


def opcodes(before: list[str], after: list[str]) -> object:
    return difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def least(run: Callable[[], object], repeat: int) -> float:
    """Milliseconds of CPU."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best * 1_000


def memory(run: Callable[[], object]) -> float:
    """Peak in MB beyond what stood before."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


if __name__ == "__main__":
    sys.exit(main())
