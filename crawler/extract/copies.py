"""Text that a page holds twice: the same passages for two sizes of screen, for a guest and for a reader.

A line that recurs on its own (a refrain, a caption under each picture) is no copy; what recurs on other pages
is known to the template, not here.
"""

from __future__ import annotations

from crawler.extract.blocks import Run
from crawler.extract.reading import Reading
from crawler.text import words

_PASSAGE = 60.0  # prose: so much is a passage of the text
_LEAST = 3  # so many passages in a row are a copy
_LISTS = words("li td th dd dt pre")  # what recurs in lists and tables is theirs


def drop(reading: Reading) -> None:
    """Take the second copy from the body."""
    body = reading.runs("body")
    places: dict[str, int] = {}  # of a text, where it stood first
    again = 0
    for run in body:
        again += run.prose >= _PASSAGE and places.setdefault(run.text, run.place) != run.place
    if again < _LEAST:
        return
    for start, end in _stretches(body, places):
        for run in body[start:end]:
            if places.get(run.text, run.place) != run.place or not run.prose:
                reading.roles[run.place] = ("boilerplate", "the text a second time")


def _stretches(body: list[Run], places: dict[str, int]) -> list[tuple[int, int]]:
    """Where passages stand that stood before, in the same order."""
    found: list[tuple[int, int]] = []
    start = end = count = 0
    last = -1
    for index, run in enumerate(body):
        first = places.get(run.text, run.place)
        if run.prose < _PASSAGE or run.box.tag in _LISTS:
            continue
        if first != run.place and first > last:
            if not count:
                start = index
            last, end, count = first, index + 1, count + 1
            continue
        if count >= _LEAST:
            found.append((start, end))
        last, count = -1, 0
    if count >= _LEAST:
        found.append((start, end))
    return found
