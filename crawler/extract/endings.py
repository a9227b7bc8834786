"""What a text ends in that is none of it: notes set in italics.

It looks at the last passages alone; boxes after the text are judged elsewhere.
"""

from __future__ import annotations

from crawler import corrections
from crawler.extract import layouts
from crawler.extract.blocks import Run
from crawler.extract.reading import Reading

_NOTES = 3  # so many passages may be notes
_BEFORE = 6  # passages before them of which none is set in italics
_SLANTED = 0.9  # of its letters: so many in <i> or <em> make a passage one in italics


def _slanted(run: Run) -> bool:
    """Whether a passage is set in italics as a whole."""
    node = run.box.node
    if node is None or run.box.tag != "p":
        return False
    inside = (
        each.text(deep=True)
        for each in node.css("i,em")
        if each.parent is None or each.parent.tag not in ("i", "em")
    )
    return sum(len("".join(text.split())) for text in inside) >= _SLANTED * len("".join(run.text.split()))


def notes(reading: Reading) -> None:
    """Drop the last passages where they alone are set in italics: who wrote or translated the text, where it
    came out first, how to subscribe; not that it was corrected. A layout's exact boxes have what they
    have."""
    body = reading.runs("body")
    if len(body) <= _NOTES or layouts.is_exact(reading.layout):
        return
    found: list[Run] = []
    while body and len(found) <= _NOTES and _slanted(body[-1]):
        run = body.pop()
        if not any(corrections.places(run.text)):
            found.append(run)
    if len(found) > _NOTES or any(map(_slanted, body[-_BEFORE:])):
        return
    for run in found:
        reading.roles[run.place] = ("boilerplate", "a note after the text, in italics")
