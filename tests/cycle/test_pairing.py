"""Precision and recall of the pairing on a small simulated site; the benchmark measures a large one."""

from __future__ import annotations

from benchmarks.families import measure, table
from crawler.demo.editions import Linked, editions
from crawler.values import Kind


def test_no_near_twin_is_paired_and_most_editions_are() -> None:
    found = measure(families=16, seed=3)
    assert not found.wrong, table(found)
    for linked in (Linked.HREFLANG, Linked.NODE):
        assert found.by_link[linked].right == found.by_link[linked].true > 0
    alone = found.by_link[Linked.NOT]
    assert alone.right >= 0.75 * alone.true > 5, table(found)
    assert found.told[Kind.TRANSLATION.value] <= found.joined
    assert found.homes > found.homes_told == 0
    assert found.disagreements == found.disagreements_right <= found.differing


def test_the_simulation_is_the_same_for_a_seed_and_holds_every_near_twin() -> None:
    known = editions(seed=5, families=20)
    assert known == editions(seed=5, families=20) != editions(seed=6, families=20)
    assert {edition.group for edition in known} == {
        "releases",
        "monthly reports",
        "weekly updates",
        "one office, one day",
        "one event, two texts",
    }
    assert len({edition.release.path for edition in known}) == len(known)
