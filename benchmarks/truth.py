"""What happened beside what was told: noise, edits, troubles, removals, redesigns, situations, statements.

python -m benchmarks.truth [--share 0.02] [--seed 1] [--jobs 2] [--only noise,edits]. Deterministic by seed.
It prints a confusion table and ends with status 1 when a bar fails: when anything was told otherwise than
it should be.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.told import quiet, rounds, situations, statements
from benchmarks.told.edits import EDITS
from benchmarks.told.tally import Tally

Play = Callable[[Tally, Path, int, int], None]

NOISE = 10_000  # mutations
_CHUNK = 500  # of them, played at once
_EDITS_A_SITE = len(EDITS) + 9
SITES: dict[str, tuple[int, Play]] = {
    "edits": (-(-2_000 // _EDITS_A_SITE), rounds.edited_site),
    "troubles": (200, rounds.troubled_site),
    "absences": (42, rounds.absent_site),
    "redesigns": (100, rounds.redesigned_site),
    "situations": (4 * len(situations.SITUATIONS), situations.play),
    "statements": (len(statements.STATEMENTS), statements.play),
}


def jobs(share: float, seed: int, only: frozenset[str]) -> Iterator[tuple[str, int]]:
    """(section, number) of all that is to be played; with a `share` below 1, a sample over all of it."""
    if not only or "noise" in only:
        count = max(1, round(NOISE * share))
        yield from (("noise", min(_CHUNK, count - start)) for start in range(0, count, _CHUNK))
    for section, (count, _) in SITES.items():
        if not only or section in only:
            most = min(count, max(1, round(count * share)))
            chosen = sorted(random.Random(f"{seed} {section}").sample(range(count), most))
            yield from ((section, number) for number in chosen)


def play(job: tuple[str, int], number: int, seed: int) -> Tally:
    """One job, in a folder of its own."""
    section, which = job
    if section == "noise":
        return quiet.play(which, seed * 1_000 + number)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        SITES[section][1](tally, Path(folder), which, seed)
    return tally


def played(share: float, seed: int, *, only: frozenset[str] = frozenset(), workers: int = 1) -> Tally:
    """The whole table, the same for the same seed, however many processes play it."""
    todo = list(jobs(share, seed, only))
    tally = Tally()
    if workers == 1:
        for number, job in enumerate(todo):
            tally.add(play(job, number, seed))
        return tally
    with ProcessPoolExecutor(workers) as pool:
        for part in pool.map(play, todo, range(len(todo)), [seed] * len(todo)):
            tally.add(part)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the whole, from 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--only", default="", help="sections, by comma")
    parser.add_argument("--failures", action="store_true", help="show rows that fail only")
    asked = parser.parse_args()
    only = frozenset(filter(None, asked.only.split(",")))
    tally = played(asked.share, asked.seed, only=only, workers=asked.jobs)
    print("\n".join(tally.lines(failures_only=asked.failures)))
    print()
    for section, (right, count) in tally.sections().items():
        print(f"{'holds' if right == count else 'FAILS'}  {section:<20} {right} of {count}")
    return 0 if tally.holds else 1


if __name__ == "__main__":
    sys.exit(main())
