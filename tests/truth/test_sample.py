"""A fiftieth of `benchmarks/truth.py`: what happened beside what was told."""

from __future__ import annotations

import pytest

from benchmarks.told.noise import KINDS
from benchmarks.told.tally import Tally
from benchmarks.told.troubles import ABSENT, BLOCKED
from benchmarks.truth import SITES, jobs, played

SHARE, SEED = 0.02, 1
SECTIONS = ("noise", *SITES)


@pytest.mark.parametrize("section", SECTIONS)
def test_what_happened_is_told_and_nothing_else(section: str) -> None:
    tally = played(SHARE, SEED, only=frozenset({section}))
    assert tally.holds, "\n".join(tally.lines(failures_only=True))


def test_the_whole_is_as_large_as_it_says() -> None:
    todo = list(jobs(1.0, SEED, frozenset()))
    assert sum(count for section, count in todo if section == "noise") == 10_000
    assert len(KINDS) >= 40
    assert len(BLOCKED) + len(ABSENT) >= 25
    assert sum(section == "troubles" for section, _ in todo) == 200
    assert sum(section == "redesigns" for section, _ in todo) == 100
    assert list(jobs(SHARE, SEED, frozenset())) == list(jobs(SHARE, SEED, frozenset()))


def test_a_table_says_what_is_wrong_with_it() -> None:
    tally = Tally()
    assert [tally.holds] == [False]  # nothing was played
    tally.note("edits", "figure", "changed", right=True)
    assert [tally.holds] == [True]
    tally.note("edits", "figure", "nothing", right=False, where="site 7")
    assert tally.sections() == {"edits": (1, 2)}
    assert [tally.holds] == [False]
    assert [line.strip() for line in tally.lines()] == [
        "edits: 1 of 2 right",
        "figure                                            2   changed 1, nothing ✗ 1",
        "✗ site 7: nothing",
    ]
