"""The architecture's laws that no linter knows: pure rooms read no clock; what travels is frozen."""

from __future__ import annotations

import ast
import dataclasses
import enum
import inspect
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import values
from storage import rows

ROOT = Path(__file__).parents[1]
PURE = {
    "discover",
    "extract",
    "compare",
    "digest",
    "pace",
    "schedule.py",
    "bounds.py",
    "choice.py",
    "weights.py",
    "urls.py",
    "text.py",
    "terminal.py",
    "recipients.py",
    "values.py",
}
CODE = sorted(
    path.relative_to(ROOT) for room in ("crawler", "storage") for path in (ROOT / room).rglob("*.py")
)
MODULES = [path for path in CODE if path.parts[0] == "crawler" and path.parts[1] in PURE]
FORBIDDEN_CALLS = {
    ".now",
    ".today",
    ".utcnow",
    ".monotonic",
    ".read_bytes",
    ".read_text",
    ".write_text",
    "open",
}
FORBIDDEN_NAMES = {"random", "secrets", "socket", "os", "subprocess", "asyncio", "sqlite3"}


def called(tree: ast.AST) -> set[str]:
    """The names of what is called: `open`, and `.now` for a call of something's `now`."""
    targets = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    attributes = {f".{target.attr}" for target in targets if isinstance(target, ast.Attribute)}
    return attributes | {target.id for target in targets if isinstance(target, ast.Name)}


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_pure_room_has_no_clock_no_chance_and_no_door(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert called(tree) & FORBIDDEN_CALLS == set()
    assert imported(tree) & FORBIDDEN_NAMES == set()


def travelling() -> list[type]:
    found = []
    for module in (values, rows):
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if thing.__module__ == module.__name__ and not issubclass(thing, enum.Enum):
                found.append(thing)
    return found


@pytest.mark.parametrize("thing", travelling(), ids=lambda thing: thing.__name__)
def test_what_travels_is_frozen_slotted_and_by_keyword(thing: type) -> None:
    assert dataclasses.is_dataclass(thing)
    assert thing.__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclasses' own record
    assert hasattr(thing, "__slots__")
    kinds = {parameter.kind for parameter in inspect.signature(thing).parameters.values()}
    assert kinds <= {inspect.Parameter.KEYWORD_ONLY}


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        values.iso(datetime(2026, 3, 2))  # noqa: DTZ001 - that is the case
    assert values.iso(datetime(2026, 3, 2, 6, tzinfo=UTC)) == "2026-03-02T06:00:00Z"


@pytest.mark.parametrize("path", CODE, ids=str)
def test_no_exception_is_swallowed(path: Path) -> None:
    """No bare or broad `except` goes on; the last door, `crawler.cli.main`, ends the program."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            name = node.type.id if isinstance(node.type, ast.Name) else ""
            broad = node.type is None or name in {"Exception", "BaseException"}
            assert not broad or path.parts[-2:] == ("cli", "__init__.py"), f"{path}:{node.lineno}"
