from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings

from crawler.compare.redline import align, redline
from crawler.compare.words import Words
from crawler.text import fold
from crawler.values import Op, Passage, Segment
from tests.compare.releases import APPEAL, BODY, CENTRE, OPENING, QUOTE, bodies, passages, texts


def line(before: list[str], after: list[str]) -> tuple[Segment, ...]:
    return redline(passages(*before), passages(*after))


def edits(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    return [(s.op.value, s.text.strip()) for s in line(before, after) if s.op is not Op.KEEP]


def joined(segments: tuple[Segment, ...], left_out: Op) -> dict[int, str]:
    texts: dict[int, str] = {}
    for segment in segments:
        if segment.op is not left_out:
            texts[segment.paragraph] = texts.get(segment.paragraph, "") + segment.text
    return texts


def letters(texts: Iterable[str]) -> list[str]:
    return sorted(sign for text in texts for sign in fold(text) if sign.isalnum())


@settings(max_examples=150, deadline=None)
@given(bodies, bodies)
def test_kept_and_inserted_words_are_the_text_after_and_kept_and_deleted_the_text_before(
    before: tuple[Passage, ...], after: tuple[Passage, ...]
) -> None:
    rows = align(before, after).rows
    segments = redline(before, after)
    was, now = joined(segments, Op.INSERT), joined(segments, Op.DELETE)
    for index, row in enumerate(rows):
        assert now.get(index, "") == (row.after or "")
        if row.before is not None:
            assert fold(was.get(index, "")) == fold(row.before)
    assert [text for _, text in sorted(now.items()) if text] == [p.text for p in after if p.text]


@settings(max_examples=150, deadline=None)
@given(bodies, bodies)
def test_every_paragraph_before_is_accounted_for(
    before: tuple[Passage, ...], after: tuple[Passage, ...]
) -> None:
    was = joined(redline(before, after), Op.INSERT).values()
    assert letters(was) == letters(passage.text for passage in before)


@given(bodies)
def test_a_body_compared_with_itself_is_only_kept(body: tuple[Passage, ...]) -> None:
    assert all(segment.op is Op.KEEP for segment in redline(body, body))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "About 12,400 people fled.",
            "About 21,400 people fled.",
            [("delete", "12,400"), ("insert", "21,400")],
        ),
        ("a b", "b", [("delete", "a")]),
        ("b", "a b", [("insert", "a")]),
        ("the town fell", "the small town fell", [("insert", "small")]),
        ("L’eau manque ici.", "L'eau manque là.", [("delete", "ici"), ("insert", "là")]),
        ("« Oui » dit-il hier soir", "“Oui” dit-il ce soir", [("delete", "hier"), ("insert", "ce")]),
        ("نزح ١٢٬٤٠٠ شخص أمس", "نزح ٢١٬٤٠٠ شخص أمس", [("delete", "١٢٬٤٠٠"), ("insert", "٢١٬٤٠٠")]),
        ("联合国移民组织说", "联合国难民组织说", [("delete", "移"), ("insert", "难")]),
    ],
)
def test_only_the_words_that_changed_are_marked(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    marked = edits([before], [after])
    if before.startswith("联"):  # the two names share their second sign
        assert "".join(text for _, text in marked) in ("移民难民", "移难")
    else:
        assert marked == expected


@settings(max_examples=300, deadline=None)
@given(texts)
@example(
    '12,400 people fled, l’OIM said: « 3.5 % », al-Bashir’s… "so" 道人 5-Star e\u0301t\u0301 C$5 a\ufe00'
)
def test_words_between_single_blanks_are_those_of_a_text_set_anyhow(text: str) -> None:
    short, wide = Words(text), Words(text + "  ")
    assert (short.keys, short.texts, short.spaced, short.marked) == (
        wide.keys,
        wide.texts,
        wide.spaced,
        wide.marked,
    )
    count = len(short.keys)
    assert [short.written(at, at + 1) for at in range(count)] == [
        wide.written(at, at + 1) for at in range(count)
    ]
    assert short.written(0, count) + short.tail() == text
    assert all(short.written(at, at + 1) == short.lead(at) + short.texts[at] for at in range(count))


def test_a_changed_word_between_two_changed_words_keeps_its_neighbours() -> None:
    assert edits(["12 men and 15 boys came"], ["13 men and 16 boys came"]) == [
        ("delete", "12"),
        ("insert", "13"),
        ("delete", "15"),
        ("insert", "16"),
    ]


def test_a_rewritten_sentence_is_not_cut_to_scraps() -> None:
    before = "On that night the old red house of tall grey stone burned down to the ground."
    after = "On that night a small blue hut of rough dark brick burned down to the ground."
    assert edits([before], [after]) == [
        ("delete", "the old red house of tall grey stone"),
        ("insert", "a small blue hut of rough dark brick"),
    ]


def test_a_rewritten_paragraph_is_read_whole_unless_a_part_of_it_was_kept() -> None:
    words = [f"word{number}" for number in range(60)]
    other = [word if number % 2 == 0 else f"new{number}" for number, word in enumerate(words)]
    before, after = " ".join(words), " ".join(other)
    assert edits([before], [after]) == [("delete", before), ("insert", after)]
    stayed = " ".join([*words[:13], *other[13:]])
    assert line([before], [stayed])[0] == Segment(op=Op.KEEP, text=" ".join(words[:13]) + " ", paragraph=0)
    assert len(edits([" ".join(words[:24])], [" ".join(other[:24])])) > 2  # a short one word by word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12 400", "12 900"),
        ("3 700", "4 700"),
        ("1 234 567", "1 934 567"),
        ("12\u202f400", "12\u202f900"),
        ("12\u00a0400 300", "13\u00a0400 300"),
    ],
)
def test_no_edit_cuts_a_number_whose_groups_stand_apart(before: str, after: str) -> None:
    texts = [f"Some {number} people left the town." for number in (before, after)]
    assert edits([texts[0]], [texts[1]]) == [("delete", before), ("insert", after)]
    years = edits(["In 2018 300 people left."], ["In 2019 300 people left."])
    assert years == [("delete", "2018"), ("insert", "2019")]


def test_which_paragraphs_are_one_does_not_hang_on_the_order_of_a_set() -> None:
    program = """if True:
        from crawler.compare.redline import redline
        from tests.compare.releases import passages
        common = [f"common{number}" for number in range(10)]
        rare = [f"rare{number}" for number in range(5)]
        before = [" ".join([*common, *rare])]
        after = [" ".join([*common, rare[at], f"new{at}"]) for at in range(5)]
        print(redline(passages(*before), passages(*after)))
    """
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(1, 6)
    }
    assert len(said) == 1


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (CENTRE, CENTRE.replace(" It receives people from three districts.", ""), "delete"),
        (CENTRE.replace(" It receives people from three districts.", ""), CENTRE, "insert"),
    ],
)
def test_a_sentence_that_went_or_came_is_marked_as_that_sentence(
    before: str, after: str, sentence: str
) -> None:
    assert edits([before], [after]) == [(sentence, "It receives people from three districts.")]


def test_paragraphs_that_came_and_went_stand_whole_in_their_place() -> None:
    new = "More than forty partners now support the response in the whole region."
    segments = line([OPENING, CENTRE, APPEAL], [OPENING, new, APPEAL])
    assert [(s.op, s.text) for s in segments] == [
        (Op.KEEP, OPENING),
        (Op.DELETE, CENTRE),
        (Op.INSERT, new),
        (Op.KEEP, APPEAL),
    ]


def test_moved_paragraphs_are_kept_and_reported_as_another_order() -> None:
    assert edits(list(BODY), [OPENING, CENTRE, QUOTE, APPEAL]) == []
    assert align(passages(*BODY), passages(OPENING, CENTRE, QUOTE, APPEAL)).reordered
    assert not align(passages(*BODY), passages(OPENING, QUOTE, APPEAL)).reordered


def test_a_moved_paragraph_that_was_edited_is_still_found() -> None:
    assert edits(list(BODY), [APPEAL.replace("8.5", "9.5"), OPENING, QUOTE, CENTRE]) == [
        ("delete", "8.5"),
        ("insert", "9.5"),
    ]


def test_a_paragraph_broken_in_two_is_kept() -> None:
    first, second = QUOTE.split(" Families")
    assert edits([OPENING, QUOTE, APPEAL], [OPENING, first, "Families" + second, APPEAL]) == []
    assert edits([OPENING, first, "Families" + second, APPEAL], [OPENING, QUOTE, APPEAL]) == []


def test_what_a_reader_cannot_see_is_kept_in_the_writing_of_today() -> None:
    before = "L'eau\u00a0manque -- dit-elle \"ici\" et au\u00adjourd'hui."
    after = "L’eau manque – dit-elle “ici” et aujourd’hui."
    assert line([before], [after]) == (Segment(op=Op.KEEP, text=after, paragraph=0),)


def test_a_very_long_paragraph_is_still_marked_word_by_word() -> None:
    sentences = [f"Group {number} of the convoy left the camp before noon." for number in range(1500)]
    edited = [*sentences]
    edited[10] = edited[10].replace("camp", "town")
    edited[1400] = edited[1400].replace("noon", "dawn")
    assert edits([" ".join(sentences)], [" ".join(edited)]) == [
        ("delete", "camp"),
        ("insert", "town"),
        ("delete", "noon"),
        ("insert", "dawn"),
    ]
