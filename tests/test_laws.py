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


# Whatever can open a connection, by what it is imported as.
CONNECTING = (
    {"socket", "ssl", "http", "smtplib", "ftplib", "poplib", "imaplib", "telnetlib", "xmlrpc", "socketserver"}
    | {"httpx", "httpcore", "h11", "h2", "anyio", "requests", "urllib3", "aiohttp", "websockets", "pycurl"}
    | {"urllib.request", "apprise", "subprocess"}
)
CONNECTING_CALLS = {
    *(".open_connection", ".open_unix_connection", ".create_connection", ".create_datagram_endpoint"),
    *(".sock_connect", ".getaddrinfo", ".urlopen", ".urlretrieve", ".create_subprocess_exec", ".system"),
    *(".create_subprocess_shell", ".popen"),
}
DOORS = {
    "crawler/fetch": "the crawler's door, behind the address guard; a webhook's too",
    "crawler/deliver": "mail and Apprise: servers that the operator names",
    "crawler/demo/server.py": "listens",
    "crawler/timetable.py": "tells the service manager, at the socket it named",
}


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if not {path.as_posix(), path.parent.as_posix()} & DOORS.keys()],
    ids=str,
)
def test_nothing_but_the_doors_opens_a_connection(path: Path) -> None:
    """changedetection.io GHSA-56fq-63vj-9992, GHSA-hm22-wg2m-35v4: a second way out, past the guard."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert (imported(tree) | dotted(tree)) & CONNECTING == set()
    assert called(tree) & CONNECTING_CALLS == set()


def dotted(tree: ast.AST) -> set[str]:
    """What is imported by its whole name: `urllib.request`, however it is written."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_inside_the_door_one_module_opens_connections_and_it_has_the_guard() -> None:
    connecting = {
        path.name
        for path in (ROOT / "crawler" / "fetch").glob("*.py")
        if (tree := ast.parse(path.read_text(encoding="utf-8")))
        if "socket" in imported(tree) or "AnyIOBackend" in ast.dump(tree)
    }
    assert connecting == {"guard.py"}


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
