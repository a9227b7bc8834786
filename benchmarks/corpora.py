"""The corpora extraction is measured on, and the metric of article-extraction-benchmark: 4-token shingles.

It runs no extractor. The pages are not part of the project: the variable IOMWATCH_SHARED names the folder
that holds them.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CORPORA = {
    "wcxb": (
        "wcxb-dev-article.jsonl.zst",
        "articles of the Web Content Extraction Benchmark, development split",
    ),
    "fundus": ("fundus-tests.jsonl.zst", "news pages of the fundus tests, 24 languages"),
}
NOWHERE = "https://page.invalid/"  # the address of a page that came without one
_DENSE = "\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # Thai, Burmese, kana, Han
_ANY_DENSE = re.compile(f"[{_DENSE}]")
_WORD = re.compile(r"\w+")
_DENSE_WORD = re.compile(f"[{_DENSE}]|[^\\W{_DENSE}]+")
_LOOKED_AT = 2_000  # characters of the gold by which its script is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with what is known to be its article."""

    id: str
    url: str
    html: str  # lone surrogates replaced
    body: bytes  # the same in UTF-8
    gold: str
    title: str | None
    day: str | None  # ISO 8601, as written: the writer's day


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How much of a prediction is right: shingles in both, in the prediction, in the gold."""

    both: int
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """Of this page alone."""
        whole = self.predicted + self.gold
        return 2 * self.both / whole if whole else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    f1: float
    precision: float
    recall: float


def path(name: str) -> Path | None:
    """Where a corpus lies, or None where it is not at hand."""
    shared = os.environ.get("IOMWATCH_SHARED")
    found = Path(shared) / "data" / "extraction" / CORPORA[name][0] if shared else None
    return found if found is not None and found.is_file() else None


def _lines(file: Path) -> Iterator[bytes]:
    with zstd.open(file, "rb") as raw, io.BufferedReader(raw) as stream:
        yield from filter(bytes.strip, stream)


def count(file: Path) -> int:
    """How many pages a corpus has."""
    return sum(1 for _ in _lines(file))


def pages(file: Path, every: int = 1) -> Iterator[Page]:
    """Each `every`-th page of a corpus, one at a time in memory."""
    for line in islice(_lines(file), 0, None, every):
        yield _page(json.loads(line.decode("utf-8", "surrogatepass")))


def _page(data: dict[str, Any]) -> Page:
    meta = data.get("meta") or {}
    html = data["html"].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Page(
        id=data["id"],
        url=data.get("url") or NOWHERE,
        html=html,
        body=html.encode(),
        gold=data["gold"],
        title=meta.get("title"),
        day=str(meta["date"])[:10] if meta.get("date") else None,
    )


def tokens(text: str, *, dense: bool) -> list[str]:
    """The words of `text`; with `dense` each character of a script without spaces is one."""
    return (_DENSE_WORD if dense else _WORD).findall(text)


def is_dense(gold: str) -> bool:
    """Whether more than a fifth of the text's beginning is in scripts without spaces."""
    start = gold[:_LOOKED_AT]
    return len(_ANY_DENSE.findall(start)) > len(start) / 5


def _shingles(text: str, *, dense: bool) -> Counter[tuple[str, ...]]:
    words = tokens(text, dense=dense)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def overlap(predicted: str, gold: str) -> Overlap:
    dense = is_dense(gold)
    found, true = _shingles(predicted, dense=dense), _shingles(gold, dense=dense)
    return Overlap(both=(found & true).total(), predicted=found.total(), gold=true.total())


def word_overlap(predicted: str, gold: str) -> Overlap:
    """The same for a short text, a title: by single words, without regard to capitals."""
    dense = is_dense(gold)
    found, true = (Counter(tokens(text.casefold(), dense=dense)) for text in (predicted, gold))
    return Overlap(both=(found & true).total(), predicted=found.total(), gold=true.total())


def difference(predicted: str, gold: str) -> tuple[int, int]:
    """Tokens of the gold that are missing, and tokens that are too much."""
    dense = is_dense(gold)
    found, true = Counter(tokens(predicted, dense=dense)), Counter(tokens(gold, dense=dense))
    return (true - found).total(), (found - true).total()


def score(overlaps: Iterable[Overlap]) -> Score:
    """Precision averaged over pages with a prediction, recall over pages with gold, F1 from the two."""
    all_ = tuple(overlaps)
    precisions = [each.both / each.predicted for each in all_ if each.predicted]
    recalls = [each.both / each.gold for each in all_ if each.gold]
    precision, recall = _mean(precisions), _mean(recalls)
    return Score(f1=harmonic(precision, recall), precision=precision, recall=recall)


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
