"""The metric extraction is measured by, on cases that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpora import Overlap, difference, is_dense, overlap, pages, score, tokens, word_overlap


@pytest.mark.parametrize(
    ("predicted", "gold", "both", "shown", "true"),
    [
        ("a b c d e", "a b c d e", 2, 2, 2),
        ("a b c d", "a b c d e", 1, 1, 2),
        ("a b c d x a b c d", "a b c d", 1, 6, 1),  # what is said twice counts once
        ("a, b - c; d!", "a b c d", 1, 1, 1),
        ("a b", "a b", 1, 1, 1),  # too short for a shingle: one of its own
        ("", "a b c d", 0, 0, 1),
        ("中文新闻", "中文新闻稿", 1, 1, 2),
    ],
)
def test_shingles_are_counted_as_a_bag(predicted: str, gold: str, both: int, shown: int, true: int) -> None:
    assert overlap(predicted, gold) == Overlap(both=both, predicted=shown, gold=true)


def test_scripts_without_spaces_are_counted_by_characters_where_the_gold_is_in_one() -> None:
    assert is_dense("ข่าววันนี้")
    assert not is_dense("Seoul, 서울, said on Monday that 10 people")
    assert tokens("東京 2024年 IOM", dense=True) == ["東", "京", "2024", "年", "IOM"]
    assert tokens("東京 2024年 IOM", dense=False) == ["東京", "2024年", "IOM"]


def test_precision_is_over_pages_with_a_prediction_and_recall_over_pages_with_gold() -> None:
    reached = score(
        [
            Overlap(both=1, predicted=2, gold=1),
            Overlap(both=0, predicted=0, gold=4),
            Overlap(both=0, predicted=2, gold=0),
        ]
    )
    assert (reached.precision, reached.recall) == (0.25, 0.5)
    assert reached.f1 == pytest.approx(1 / 3)
    assert score([]).f1 == 0


def test_titles_are_compared_without_capitals_and_differences_by_words() -> None:
    assert word_overlap("BRIDGE Reopens", "Bridge reopens!").f1 == 1
    assert difference("a b x x", "a b c") == (1, 2)


def test_a_corpus_is_read_a_page_at_a_time_whatever_its_letters(tmp_path: Path) -> None:
    zstd = pytest.importorskip("backports.zstd")
    html = b"<p>\\ud800\xe2\x80\xa8</p>"
    line = b'{"id": "%d", "html": "' + html + b'", "gold": "x", "meta": {"date": "2024-05-03 15:47"}}'
    path = tmp_path / "corpus.zst"
    path.write_bytes(zstd.compress(b"\n".join(line % number for number in range(7))))
    read = list(pages(path, every=3))
    assert [page.id for page in read] == ["0", "3", "6"]
    assert read[0].html == "<p>\N{REPLACEMENT CHARACTER}\u2028</p>"
    assert (read[0].day, read[0].title) == ("2024-05-03", None)
