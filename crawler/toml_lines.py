"""The line that a key of a TOML file stands on, for error messages.

It does not validate: `tomllib` has read the text already. TOML readers give no positions, so this one
follows table headers and keys, and skips what stands inside multi-line strings and arrays.
"""

from __future__ import annotations

Where = tuple[str | int, ...]


def line_of(text: str, where: Where) -> int:
    """The line (from 1) of the key `where` points to, or of the nearest table above it; 1 failing all.

    `where` is a path as ("site", 1, "include", 0): arrays of tables are counted from 0.
    """
    positions = _positions(text)
    for length in range(len(where), 0, -1):
        if where[:length] in positions:
            return positions[where[:length]]
    return 1


def _positions(text: str) -> dict[Where, int]:
    found: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    open_value: Where | None = None  # the key whose value spans lines
    items = 0
    scanner = _Scanner()
    for number, line in enumerate(text.splitlines(), start=1):
        if open_value is not None:
            if scanner.depth and not scanner.quote and line.strip() and line.strip()[0] not in "#],":
                found.setdefault((*open_value, items), number)
                items += 1
            scanner.feed(line)
            if scanner.closed:
                open_value = None
            continue
        stripped = line.strip()
        if stripped.startswith("["):
            table = _header(stripped, counts)
            found.setdefault(table, number)
            continue
        key, equals, value = stripped.partition("=")
        if not equals or stripped.startswith("#"):
            continue
        open_value = (*table, *_names(key))
        found.setdefault(open_value, number)
        items = 0
        scanner = _Scanner()
        scanner.feed(value)
        if scanner.closed:
            open_value = None
    return found


def _header(line: str, counts: dict[Where, int]) -> Where:
    """[a.b] → ("a", "b"); the second [[a]] → ("a", 1)."""
    names = _names(line.strip("[] \t").partition("]")[0])
    if not line.startswith("[["):
        return names
    index = counts.get(names, -1) + 1
    counts[names] = index
    return (*names, index)


def _names(key: str) -> Where:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


class _Scanner:
    """Follows strings and brackets, to know whether a value goes on in the next line."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""

    @property
    def closed(self) -> bool:
        return self.depth == 0 and not self.quote

    def feed(self, line: str) -> None:
        at = 0
        while at < len(line):
            rest = line[at:]
            if self.quote:
                if rest[0] == "\\" and self.quote[0] == '"':
                    at += 2
                    continue
                if rest.startswith(self.quote):
                    at += len(self.quote)
                    self.quote = ""
                    continue
            elif rest[0] == "#":
                break
            elif rest[0] in "\"'":
                self.quote = rest[:3] if rest[:3] in ('"""', "'''") else rest[0]
                at += len(self.quote)
                continue
            else:
                self.depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(rest[0], 0)
            at += 1
        if len(self.quote) == 1:  # a one-line string cannot go on: tomllib would have refused it
            self.quote = ""
