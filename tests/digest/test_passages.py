"""A redline cut down to its changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.digest.passages import Run, shown
from crawler.values import Op, Segment
from tests.digest.samples import redline

LONG = "Nobody changed any of these words, however many of them there are. " * 20


def said(passage: tuple[Run, ...]) -> str:
    marks = {Op.KEEP: "{}", Op.DELETE: "-{}-", Op.INSERT: "+{}+"}
    return "".join(marks[run.op].format(run.text) + (" " if run.gap else "") for run in passage).strip()


def test_a_change_keeps_a_little_context() -> None:
    cut = shown(redline(("keep", LONG), ("delete", "old"), ("insert", "new"), ("keep", " " + LONG)))
    (passage,) = cut.passages
    told = said(passage)
    assert "-old- +new+" in told
    assert told.startswith("…")
    assert told.endswith("…")
    assert len(told) < 180
    assert "many of them there are. -old-" in told


def test_blanks_stand_outside_the_marks_and_words_stay_apart() -> None:
    cut = shown(redline(("keep", "about "), ("delete", "12,400 "), ("insert", "21,400 "), ("keep", "people")))
    assert said(cut.passages[0]) == "about -12,400- +21,400+ people"
    glued = shown(redline(("keep", "re"), ("insert", "-"), ("keep", "open")))
    assert said(glued.passages[0]) == "re+-+open"


def test_unchanged_paragraphs_are_not_shown() -> None:
    same = redline(("keep", "untouched"), paragraph=0)
    added = redline(("insert", "A paragraph of its own."), paragraph=1)
    assert [said(p) for p in shown((*same, *added)).passages] == ["+A paragraph of its own.+"]
    assert shown(same).passages == ()
    assert shown(()).passages == ()


def test_changes_nobody_could_see_are_not_shown() -> None:
    assert shown(redline(("keep", "a"), ("insert", "\u200b\u202e"), ("delete", ""))).passages == ()


def test_far_changes_in_one_paragraph_drop_what_lies_between() -> None:
    cut = shown(redline(("delete", "one"), ("keep", f" {LONG} "), ("insert", "two")))
    told = said(cut.passages[0])
    assert told.startswith("-one- Nobody")
    assert told.endswith("there are. +two+")
    assert len(told) < 200


def test_a_rewritten_release_is_bounded() -> None:
    rewritten = tuple(s for n in range(50) for s in redline(("delete", LONG), ("insert", LONG), paragraph=n))
    cut = shown(rewritten)
    assert sum(len(run.text) for passage in cut.passages for run in passage) < 5_000
    assert len(cut.passages) + cut.left_out == 50
    assert cut.left_out > 0


def test_one_endless_paragraph_is_bounded() -> None:
    endless = redline(*[(op, f"word{n} ") for n in range(3_000) for op in ("delete", "insert", "keep")])
    (passage,) = shown(endless).passages
    assert sum(len(run.text) for run in passage) < 5_000
    assert passage[-1].text == "…"


segments = st.lists(
    st.builds(
        lambda op, text, paragraph: Segment(op=op, text=text, paragraph=paragraph),
        st.sampled_from(Op),
        st.text(st.characters(exclude_categories=()), max_size=60),
        st.integers(min_value=0, max_value=5),
    ),
    max_size=30,
)


@given(segments)
def test_every_shown_passage_holds_a_change(drawn: list[Segment]) -> None:
    ordered = sorted(drawn, key=lambda s: s.paragraph)
    cut = shown(ordered)
    touched = {s.paragraph for s in ordered if s.op is not Op.KEEP and s.text.strip()}
    assert len(cut.passages) + cut.left_out <= len({s.paragraph for s in ordered if s.op is not Op.KEEP})
    assert all(run.text == run.text.strip() != "" for passage in cut.passages for run in passage)
    assert touched or all(all(run.op is Op.KEEP for run in p) for p in cut.passages)
