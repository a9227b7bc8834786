"""Round after round on loopback: memory and descriptors stay as they are. 2,000 of them by `make faults`."""

from __future__ import annotations

import gc
import os
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.digest import arrange
from tests.cycle.watch import T0, release, watching

SITE = "\n".join(('sources = ["/sitemap.xml", "/all"]', 'quiet_hours = "02:00-02:30"'))
LISTING = '<main><a href="/news/bridge">Bridge</a><a href="/news/school">School</a></main>'


def resident() -> int:
    """KiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_024


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def slope(values: list[int]) -> float:
    """By how much a value grows from one to the next: the least squares' line."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    above = sum((at - middle) * (value - mean) for at, value in enumerate(values))
    return above / sum((at - middle) ** 2 for at in range(len(values)))


def rounds(folder: Path, count: int) -> tuple[list[int], list[int]]:
    """(KiB resident, open descriptors) after each round of a site that edits a page in one round of ten,
    adds one in fifty, and refuses one in twenty."""
    memory, opened = [], []
    first = {"/news/bridge": release("Bridge Reopens"), "/news/school": release("School Opens Its Doors")}
    with watching(folder, {**first, "/all": LISTING}, site=SITE, sources=False) as watch:
        for number in range(count):
            if number % 10 == 0:
                text = f"In week {number}, {number + 2},400 people crossed the river on the new bridge."
                watch.put("/news/bridge", release("Bridge Reopens", text, text.replace("week", "year")))
            if number % 50 == 49:
                watch.put(f"/news/item-{number}", release(f"Item {number} of the Year"))
                watch.name(*(path for path in watch.pages if path.startswith("/news/")))
            watch.put("/news/school", None if number % 20 == 19 else first["/news/school"])
            watch.run(T0 + number * timedelta(minutes=15), everything=number % 5 == 0, tell=True)
            watch.server.log.clear()
            arrange._item.cache_clear()  # the items of 2,048 events at most: they would fill it all the while
            gc.collect()
            memory.append(resident())
            opened.append(descriptors())
    return memory, opened


def test_a_few_rounds_open_nothing_for_good(tmp_path: Path) -> None:
    _, opened = rounds(tmp_path, 20)
    assert max(opened[-5:]) <= min(opened[5:]) + 1  # a socket of the server may close a moment later


@pytest.mark.faults
def test_two_thousand_rounds_are_flat(tmp_path: Path) -> None:
    memory, opened = rounds(tmp_path, 2_000)
    later = memory[1_000:]
    print(f"{memory[10]:,} KiB after 10 rounds, {later[0]:,} after 1,000, {later[-1]:,} after 2,000; ")
    print(f"{slope(later):.3f} KiB a round from 1,000 on; descriptors {min(opened[5:])} to {max(opened[5:])}")
    assert max(opened[5:]) <= min(opened[5:]) + 1
    assert slope(later) < 2.0
