"""Extraction beside today's libraries: F1, pages per CPU second and peak memory, all measured in one run.

python -m benchmarks.extraction [--corpus NAME] [--sample N] [--worst K] [--repeat R] [--only WORDS]
    [--sites N]

It tunes nothing and keeps nothing. Each extractor runs in a process of its own, one after another, over the
same pages; what is not at hand (a library, a corpus) is said. Compare within one run alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from benchmarks.corpora import (
    CORPORA,
    Overlap,
    Page,
    count,
    difference,
    harmonic,
    overlap,
    pages,
    path,
    score,
    word_overlap,
)
from benchmarks.peers import BASE, EXTRACTORS, Answer, Extractor

ROOT = Path(__file__).parents[1]
WARM_UP = 5  # pages read before the clock starts
SITES = 40  # made of a corpus's pages
MISSING = 3  # exit status of a measuring process whose library is not installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an extractor made of one page."""

    id: str
    url: str
    cpu: float  # seconds
    failed: bool  # it raised; counted as an empty prediction
    overlap: Overlap | None  # None: it gives no text
    missing: int
    extra: int
    title: Overlap | None  # None: it gives no title, or the gold has none
    day: bool | None  # right, wrong; None: none given
    has_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    name: str
    reads: tuple[Read, ...]
    peak: float  # MB, resident

    @property
    def speed(self) -> float:
        """Pages per CPU second."""
        return len(self.reads) / (sum(read.cpu for read in self.reads) or 1e-9)


# ── in the measuring process ────────────────────────────────────────────────────────────────────


def measure(extractor: Extractor, corpus: Path, every: int, repeat: int) -> None:
    """Print what the extractor makes of each page, a line of JSON a page, then the peak of memory.

    A page's cost is the least of `repeat` readings: what neighbours on the machine add is no part of it.
    """
    try:
        reader = extractor.reader()
    except ImportError:
        sys.exit(MISSING)
    logging.disable()  # what a peer has to say of a page is counted, not shown
    for page in islice(pages(corpus), WARM_UP):
        _answer(extractor, reader, page)
    for page in pages(corpus, every):
        readings = [_answer(extractor, reader, page) for _ in range(repeat)]
        print(json.dumps(asdict(_judged(page, readings[0][0], min(cpu for _, cpu in readings)))))
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _answer(extractor: Extractor, reader: object, page: Page) -> tuple[Answer | None, float]:
    """What the extractor says of a page, None when it raises, and its CPU seconds."""
    assert callable(reader)
    begun = time.process_time()
    try:
        given = reader(page)
        cpu = time.process_time() - begun
        return extractor.answer(given), cpu
    except Exception:  # noqa: BLE001 - a peer that raises has no prediction
        return None, time.process_time() - begun


def _judged(page: Page, answer: Answer | None, cpu: float) -> Read:
    said = answer or Answer(text="")
    missing, extra = difference(said.text or "", page.gold)
    return Read(
        id=page.id,
        url=page.url,
        cpu=cpu,
        failed=answer is None,
        overlap=None if said.text is None else overlap(said.text, page.gold),
        missing=missing,
        extra=extra,
        title=None if said.title is None or not page.title else word_overlap(said.title, page.title),
        day=said.day == page.day if said.day else None,
        has_day=page.day is not None,
    )


# ── in the process that tells ───────────────────────────────────────────────────────────────────


def measured(extractor: Extractor, corpus: str, every: int, repeat: int) -> Measured | None:
    """What a fresh process measures; None where the library is missing. Raises when the process fails."""
    settings = {"--measure": extractor.name, "--corpus": corpus, "--every": every, "--repeat": repeat}
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.extraction",
        *(str(part) for pair in settings.items() for part in pair),
    ]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode == MISSING:
        return None
    done.check_returncode()
    *lines, peak = done.stdout.splitlines()
    return Measured(name=extractor.name, reads=tuple(map(_read, lines)), peak=float(peak))


def _read(line: str) -> Read:
    data = json.loads(line)
    overlaps = {name: Overlap(**data[name]) if data[name] else None for name in ("overlap", "title")}
    return Read(**data | overlaps)


def table(rows: list[Measured]) -> Iterator[str]:
    """Text, speed and memory, an extractor a line."""
    base = next((row.speed for row in rows if row.name == BASE), None)
    yield (
        f"{'':<28}{'F1':>7}{'prec.':>8}{'recall':>8}{'raised':>8}"
        f"{'pages/CPU s':>13}{'ms/page':>9}{'× ' + BASE:>15}{'peak MB':>9}"
    )
    for row in rows:
        overlaps = [read.overlap for read in row.reads if read.overlap is not None]
        reached = score(overlaps)
        figures = (reached.f1, reached.precision, reached.recall)
        words = "".join(f"{figure:>8.4f}" if overlaps else f"{'–':>8}" for figure in figures)[1:]
        ratio = f"{row.speed / base:>15.2f}" if base else f"{'–':>15}"
        failed = sum(read.failed for read in row.reads)
        cost = f"{row.speed:>13.0f}{1000 / row.speed:>9.2f}{ratio}{row.peak:>9.0f}"
        yield f"{row.name:<28}{words}{failed:>8}{cost}"


def fields_table(rows: list[Measured]) -> Iterator[str]:
    """Titles by their words, days of publication as written, for those that give any."""
    yield f"{'':<28}{'title F1':>9}{'same words':>12}{'day F1':>10}{'prec.':>8}{'recall':>8}"
    for row in rows:
        titles = [read.title for read in row.reads if read.title is not None]
        days = [read for read in row.reads if read.has_day]
        given = sum(read.day is not None for read in days)
        if not titles and not given:
            continue
        same = sum(title.f1 == 1 for title in titles) / (len(titles) or 1)
        first = f"{score(titles).f1:>9.4f}{same:>12.4f}" if titles else f"{'–':>9}{'–':>12}"
        right = sum(read.day is True for read in days)
        precision, recall = right / (given or 1), right / (len(days) or 1)
        rest = (
            f"{harmonic(precision, recall):>10.4f}{precision:>8.4f}{recall:>8.4f}" if given else f"{'–':>10}"
        )
        yield f"{row.name:<28}{first}{rest}"


def worst(row: Measured, count: int) -> Iterator[str]:
    """The pages where an extractor is worst, to be read by hand."""
    yield f"{'F1':>7}{'missing':>9}{'extra':>7}  page ({row.name})"
    scored = [(read.overlap.f1, read) for read in row.reads if read.overlap is not None]
    for f1, read in sorted(scored, key=lambda each: each[0])[:count]:
        yield f"{f1:>7.4f}{read.missing:>9}{read.extra:>7}  {read.id} {read.url}"


def sites_table(name: str, corpus: Path, count: int) -> Iterator[str]:
    """Ours on sites made of the corpus: each page alone, and with what ten others of its site taught."""
    from benchmarks import hosts  # loads the program, which a peer's process must not

    both = hosts.measured(corpus, count)
    yield (
        f"{name}: {both.hosts} sites made of it, the frame of a page around the articles of {hosts.LEARNED}"
        f" others to learn from and {hosts.MEASURED} to read"
    )
    yield f"\n{'':<28}{'F1':>7}{'prec.':>8}{'recall':>8}{'errors':>9}"
    for row, reached in (("each page alone", both.alone), ("template learned", both.taught)):
        errors = 1 - reached.f1
        yield f"{row:<28}{reached.f1:>7.4f}{reached.precision:>8.4f}{reached.recall:>8.4f}{errors:>9.4f}"
    yield f"{'errors left':<28}{both.left:>32.0%}"


def report(name: str, options: argparse.Namespace) -> None:
    """Measure every extractor on one corpus, and print."""
    corpus = path(name)
    if corpus is None:
        print(
            f"{name}: not measured: IOMWATCH_SHARED names no folder with data/extraction/{CORPORA[name][0]}"
        )
        return
    total = count(corpus)
    every = max(1, total // options.sample) if options.sample else 1
    print(f"\n{name}: {CORPORA[name][1]}; {-(-total // every)} of {total} pages\n", flush=True)
    chosen = [
        each for each in EXTRACTORS if not options.only or any(word in each.name for word in options.only)
    ]
    rows = []
    for extractor in chosen:
        row = measured(extractor, name, every, options.repeat)
        if row is None:
            print(f"{extractor.name}: not installed; `make bench` installs it")
        else:
            rows.append(row)
    print("\n".join([*table(rows), "", *fields_table(rows)]))
    if options.worst and rows:
        print("\n".join(["", *worst(rows[0], options.worst)]))
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", choices=CORPORA, help="one corpus alone")
    parser.add_argument("--sample", type=int, metavar="N", help="about N pages, spread evenly")
    parser.add_argument("--worst", type=int, default=0, metavar="K", help="list the K pages ours is worst on")
    parser.add_argument("--sites", type=int, default=SITES, metavar="N", help="of about N made-up sites")
    parser.add_argument("--repeat", type=int, default=1, metavar="R", help="the least CPU time of R readings")
    parser.add_argument("--only", nargs="+", metavar="WORDS", help="extractors whose names hold one of these")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--every", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        corpus = path(options.corpus)
        assert corpus is not None
        extractor = next(each for each in EXTRACTORS if each.name == options.measure)
        measure(extractor, corpus, options.every, options.repeat)
        return
    names = [options.corpus] if options.corpus else list(CORPORA)
    for name in names:
        report(name, options)
    for name in names if options.sites else []:  # last: a process begins at its parent's peak of memory
        if (corpus := path(name)) is not None:
            print("\n".join(["", *sites_table(name, corpus, options.sites)]), flush=True)


if __name__ == "__main__":
    main()
