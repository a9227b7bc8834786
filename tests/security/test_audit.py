"""No version with a known fault is allowed, pinned or installed; the list names what is really used."""

from __future__ import annotations

import pytest
from packaging.version import Version

from tests.security.audit import complaints, floors, is_past, known, main, notes, places


def test_nothing_with_a_known_fault_is_allowed_pinned_or_installed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main() == 0, capsys.readouterr().out
    assert "0 found" in capsys.readouterr().out


def test_the_list_names_what_is_pinned() -> None:
    used = places()["requirements/run.txt"]
    assert [row["name"] for row in known()["package"] if row["name"] not in used] == []
    assert {"httpx", "lxml", "jinja2"} <= set(floors())


def test_an_old_version_is_found() -> None:
    table = [{"name": "h11", "least": "0.16.0", "faults": ["CVE-2025-43859"]}]
    found = complaints(table, {"installed": {"h11": Version("0.14.0")}, "here": {"h11": Version("0.16.0")}})
    assert found == ["h11 0.14.0 (installed): CVE-2025-43859; 0.16.0 is the first without"]


@pytest.mark.parametrize(
    ("at", "past"),
    [("3.11.7", False), ("3.11.15", True), ("3.13.0", False), ("3.15.0", True), ("3.10.20", False)],
)
def test_a_fault_that_was_mended_in_several_branches(at: str, past: bool) -> None:
    row = next(row for row in known()["system"] if row["name"] == "Python")
    assert is_past(Version(at), row["least"]) is past
    assert bool(notes([row], {"Python": at})) is not past
