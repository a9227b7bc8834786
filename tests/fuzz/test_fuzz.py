"""Whatever strangers send, nothing escapes as an exception: each target with bytes at random, pieces of what
it is made for, and all that ever made one fail."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.pieces import PIECES
from tests.fuzz.targets import TARGETS

# How many inputs each target is given; the whole by `make faults`, more by IOMWATCH_FUZZ=….
SAMPLE = 25
WHOLE = int(os.environ.get("IOMWATCH_FUZZ", "1500"))


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Pieces of what the target is made for, text, and bytes at random, mixed."""
    piece = st.sampled_from([each.encode("utf-8", "surrogatepass") for each in PIECES[name]])
    text = st.text(max_size=20).map(lambda written: written.encode("utf-8", "surrogatepass"))
    part = st.one_of(piece, piece, piece, text, st.binary(max_size=12))
    return st.lists(part, max_size=25).map(b"".join)


def tried(name: str, most: int) -> None:
    target: Callable[[bytes], None] = TARGETS[name]

    @settings(
        max_examples=most,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(name))
    def try_it(data: bytes) -> None:
        target(data)

    try_it()


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_escapes(name: str) -> None:
    tried(name, SAMPLE)


@pytest.mark.faults
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_escapes_from_many(name: str) -> None:
    tried(name, WHOLE)


FOUND = [  # by whichever fuzzer: (target, input)
    ("url", b"//\xed\xa0\x80:99999"),
    ("url", "/é".encode() * 2_000),  # escaped, it is longer than an address may be
]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_once_failed(name: str, data: bytes) -> None:
    TARGETS[name](data)
