"""A passage taken out and nothing in its place; what was replaced, moved, merged or split is none."""

from __future__ import annotations

import pytest

from crawler.compare import compare
from crawler.compare.happening import Standing, happening
from crawler.values import Article, Kind, PageState, Passage, PassageKind
from tests.compare.releases import passages, release

A = "The first paragraph says what happened in the town this week."
B = "The minister promised to open the border before the end of the month for all families."
C = "A third paragraph speaks of water and schools in the north of the district."
D = "The last one thanks the donors who paid for the whole of the work."
NEW = "Officials declined to comment when asked about crossings, and said that talks went on elsewhere."
GATE = B.replace("border", "gate")


def facts(before: Article, after: Article) -> tuple[Kind, ...]:
    change = compare(before, after)
    return change.facts if change else ()


def table(*rows: str) -> tuple[Passage, ...]:
    return tuple(Passage(kind=PassageKind.ROW, text=row) for row in rows)


@pytest.mark.parametrize(
    "after",
    [
        (A, C, D),
        (B, C, D),
        (A, B, C),
        (A, "This was removed.", C, D),  # too little to stand in its place
    ],
)
def test_a_paragraph_with_nothing_in_its_place_is_withdrawn(after: tuple[str, ...]) -> None:
    change = compare(release(A, B, C, D), release(*after))
    assert change is not None
    assert change.facts == (Kind.WITHDRAWN, Kind.CHANGED)
    assert change.weight >= 70
    assert "a passage was taken out" in change.reasons


def test_a_sentence_a_quote_and_a_row_of_a_table_are_passages() -> None:
    assert facts(release(f"{A} {B} {C}"), release(f"{A} {C}"))[0] is Kind.WITHDRAWN
    quote = Passage(kind=PassageKind.QUOTE, text="We were all there.")
    before = Article(title="Bridge", body=(*passages(A, D), quote))
    assert facts(before, Article(title="Bridge", body=passages(A, D)))[0] is Kind.WITHDRAWN
    before, after = (
        Article(title="Bridge", body=(*passages(A), *table(*rows)))
        for rows in (("Chad | 9,100", "Sudan | 12,400"), ("Chad | 9,100",))
    )
    assert facts(before, after)[0] is Kind.WITHDRAWN


@pytest.mark.parametrize(
    "after",
    [
        (A, NEW, C, D),  # replaced
        (A, C, D, B),  # moved
        (A, C, D, GATE),  # moved and edited
        (A, C + " " + B, D),  # moved into another paragraph
        (A + " " + B, C, D),  # merged
        (A + " " + GATE, C, D),  # merged and edited
        (A, B.removesuffix(" for all families.") + ".", C, D),  # edited
    ],
)
def test_what_was_replaced_moved_merged_or_edited_is_not_withdrawn(after: tuple[str, ...]) -> None:
    assert Kind.WITHDRAWN not in facts(release(A, B, C, D), release(*after))


@pytest.mark.parametrize("after", [(A, B, C, D), (A, GATE, C, D), (A, C, B, D)])
def test_what_was_split_is_not_withdrawn(after: tuple[str, ...]) -> None:
    assert Kind.WITHDRAWN not in facts(release(f"{A} {B}", C, D), release(*after))


def test_a_heading_is_no_passage_and_a_contact_line_is_contact() -> None:
    heading = Passage(kind=PassageKind.HEADING, text="What the teams found in the town this week")
    before = Article(title="Bridge", body=(*passages(A), heading, *passages(D)))
    assert Kind.WITHDRAWN not in facts(before, Article(title="Bridge", body=passages(A, D)))
    line = "For more information, please write to the press office at press@example.org."
    assert Kind.WITHDRAWN not in facts(release(A, B, line), release(A, B))


def test_one_event_has_all_facts_and_the_weightiest_is_its_kind() -> None:
    people = "Some 12,400 people came to the town."
    before = release(A, B, C, people)
    after = release(A, C, people.replace("12,400", "21,400"), title="Thousands flee to Ngala")
    change = compare(before, after)
    assert change is not None
    assert change.facts == (Kind.WITHDRAWN, Kind.RETITLED, Kind.CHANGED)
    assert [(figure.before, figure.after) for figure in change.figures] == [(12400, 21400)]
    standing = Standing(state=PageState.READ, read_before=True, baseline=None, family=False, moved=True)
    told = happening(standing, after, change)
    assert told is not None
    assert told.kind is Kind.WITHDRAWN
    assert Kind.MOVED in told.facts
