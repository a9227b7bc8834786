"""The closed list of kinds: each is documented, has a section in letters, and is worded."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from crawler.digest.arrange import _SECTIONS
from crawler.values import Event, Kind
from crawler.weights import Weights

DOCUMENT = (Path(__file__).parents[2] / "docs" / "EVENTS.md").read_text(encoding="utf-8")


def test_each_kind_is_documented_with_an_example() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\D.*?) \| (.+?) \|$", DOCUMENT, re.MULTILINE)
    assert sorted(kind for kind, _, _ in rows) == sorted(kind.value for kind in Kind)


def test_each_kind_has_one_section_in_a_letter() -> None:
    named = [name for _, names in _SECTIONS for name in names if name != "figure"]
    assert sorted(named) == sorted(kind.value for kind in Kind)


def test_each_weight_is_documented_with_its_default() -> None:
    table = DOCUMENT.partition("## Weight")[2]
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| .+ \|$", table, re.MULTILINE)
    assert {name: int(points) for name, points in rows} == {
        weight.name: weight.default for weight in fields(Weights)
    }


def test_the_fields_that_are_documented_exist() -> None:
    table = DOCUMENT.partition("## Facts inside an event")[2].partition("\n## ")[0]
    told = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (.+?) \|", table, re.MULTILINE)))
    known = {field.name for field in fields(Event)} | {"evidence", "part_of"}  # of the row
    assert set(told) <= known
    assert {"figures", "redline", "edits", "weight", "between", "evidence"} <= set(told)
