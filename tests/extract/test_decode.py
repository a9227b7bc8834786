"""Encodings: what a page is read in, whatever it claims."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.decode import codec, decode, encoding

TEXT = "Genève – l’été à Asunción"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), "text/html; charset=windows-1252"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("cp1252"), None),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (TEXT.encode(), 'text/html; charset="ISO-8859-1"'),  # a proxy's claim, and valid UTF-8
        (TEXT.encode(), "text/html; charset=base64"),
        (b"<meta charset=windows-1252>" + TEXT.encode("cp1252"), None),
        (b"<meta charset=utf-16>" + TEXT.encode(), None),
    ],
)
def test_the_text_comes_back(body: bytes, content_type: str | None) -> None:
    assert decode(body, content_type).removeprefix("<meta charset=utf-16>").endswith(TEXT)


def test_the_header_wins_over_the_page() -> None:
    body = b'<meta charset="iso-8859-5">' + "Мир".encode("cp1251")
    assert decode(body, "text/html; charset=windows-1251").endswith("Мир")
    assert encoding(body) == "iso8859-5"


def test_a_body_cut_inside_a_letter_is_still_utf8() -> None:
    assert decode("été à l’étranger é".encode()[:-1]).startswith("été à l’étranger")


@given(st.binary(max_size=200), st.none() | st.text(max_size=60))
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


def test_third_party_cases_of_sniffing() -> None:
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        pytest.skip("IOMWATCH_SHARED is unset: the html5lib encoding cases are not here")
    wrong = []
    for path in sorted((Path(shared) / "data" / "encoding").glob("*.dat")):
        for case in path.read_bytes().split(b"#data\n")[1:]:
            body, _, label = case.partition(b"\n#encoding\n")
            expected, found = codec(label.strip().decode()), encoding(body)
            # Plain ASCII without a claim reads the same in both.
            if found != expected and not (expected == "cp1252" and found == "utf-8" and body.isascii()):
                wrong.append(body)
    # Known: tags that never end, and quotes that are never opened, are read as if they were well-formed.
    assert len(wrong) <= 3, wrong
