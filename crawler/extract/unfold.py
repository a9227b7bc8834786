"""Furniture that was read as one run, read anew as what it consists of.

It does not judge what is to be read anew, and reads the rest of the page no second time.
"""

from __future__ import annotations

from crawler.extract import walk
from crawler.extract.blocks import Box, Met, Page


class _Kept:
    """Takes over a page's runs and pictures, as far as they are not in what is read anew."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.inside: set[Box | None] = set()  # what is read anew
        self._runs, self._pictures = page.runs, page.pictures
        self._run = self._picture = 0  # how many were looked at
        page.runs, page.pictures = [], []

    def take(self, run: int | None = None, picture: int | None = None) -> None:
        """Take over those before a run and a picture."""
        for shown in self._pictures[self._picture : picture]:
            if shown.box not in self.inside:
                self._take_runs(shown.after)
                shown.after = len(self.page.runs)
                self.page.pictures.append(shown)
        self._picture = len(self._pictures) if picture is None else picture
        self._take_runs(len(self._runs) if run is None else run)

    def _take_runs(self, before: int) -> None:
        for run in self._runs[self._run : before]:
            if run.box not in self.inside:
                run.place = len(self.page.runs)
                self.page.runs.append(run)
        self._run = before


def unfold(page: Page, spared: frozenset[str]) -> None:
    """Read what is furniture for a reason that is `spared` anew. The rest stays, in its place."""
    kept = _Kept(page)
    boxes, page.boxes = page.boxes, []
    reader = walk.Walk(page, spared)
    for box in boxes:  # parents come before their children
        if box.parent in kept.inside:
            kept.inside.add(box)
            continue
        page.boxes.append(box)
        if box.met is None:
            continue
        kept.take(box.met.run, box.met.picture)
        box.met = Met(len(page.runs), len(page.pictures), box.met.link)
        if box.furniture in spared and box.node is not None:
            kept.inside.add(box)
            walk.fill(reader, box, box.met.link)
    kept.take()
