"""Plain text in columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.digest.columns import width, wrap


def test_width_counts_columns() -> None:
    assert width("Genève") == 6
    assert width("e\u0301") == 1
    assert width("日本語") == 6
    assert width("عربي") == 4


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    lines = wrap("国际移民组织今天宣布。援助已经到达。", columns=20)
    assert lines == ["国际移民组织今天宣", "布。援助已经到达。"]
    assert wrap("国际移民组织今天宣布。", columns=20) == ["国际移民组织今天宣", "布。"]


def test_words_longer_than_a_line_are_cut() -> None:
    assert wrap("x" * 25, first="* ", rest="  ", columns=12) == [
        "* " + "x" * 10,
        "  " + "x" * 10,
        "  " + "x" * 5,
    ]


def test_an_address_is_never_cut() -> None:
    address = "https://a.example/" + "x" * 40
    assert wrap(f"see {address}: it fails", first="* ", rest="  ", columns=20) == [
        "* see",
        f"  {address}:",
        "  it fails",
    ]
    assert wrap(f"参见{address}。", columns=20) == ["参见", address, "。"]


def test_mixed_text_keeps_its_blanks() -> None:
    assert wrap("IOM 日本 Tokyo office") == ["IOM 日本 Tokyo office"]


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300),
    st.integers(min_value=12, max_value=80),
)
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, first="* ", rest="  ", columns=columns)
    assert all(width(line) <= columns or "://" in line for line in lines)
    told = "".join(line[2:] for line in lines)
    assert told.replace(" ", "") == text.replace(" ", "")
