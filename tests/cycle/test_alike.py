"""What recurs from page to page goes from both sides of a comparison or from none: an edit beside it is no
reason to see it come or go."""

from __future__ import annotations

from pathlib import Path

from tests.cycle.watch import HOUR, T0, started, three, watching


def test_a_passage_beside_an_edited_one_is_not_withdrawn(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:  # their last two paragraphs are the same
        started(watch)
        watch.put("/news/bridge", three()["/news/bridge"].replace("12,400", "21,400"))
        watch.run(T0 + HOUR)
        (event,) = watch.events()
    assert event["kind"] == "changed"
    assert event["reasons"] == ["a figure changed: people 12,400 → 21,400"]
