"""What this program rests on, held against the faults that are known of it: `make audit`.

It asks nothing of the network; the list is requirements/known-faults.toml.
"""

from __future__ import annotations

import platform
import re
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LIST = ROOT / "requirements" / "known-faults.toml"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def known() -> dict[str, Any]:
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def floors() -> dict[str, Version]:
    """The least version of each package that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    found: dict[str, Version] = {}
    for requirement in map(Requirement, lines):
        least = [
            Version(spec.version) for spec in requirement.specifier if spec.operator in (">=", "==", "~=")
        ]
        found[canonicalize_name(requirement.name)] = max(least, default=Version("0"))
    return found


def pinned(path: Path) -> dict[str, Version]:
    """The pins of a file; of a package that has one for each Python, the oldest."""
    pins = [
        (Version(at), canonicalize_name(name))
        for name, at in PINNED.findall(path.read_text(encoding="utf-8"))
    ]
    return {name: at for at, name in sorted(pins, reverse=True)}


def installed(names: Iterator[str]) -> dict[str, Version]:
    found = {}
    for name in names:
        try:
            found[name] = Version(version(name))
        except PackageNotFoundError:
            continue
    return found


def complaints(table: list[dict[str, Any]], places: Mapping[str, Mapping[str, Version]]) -> list[str]:
    """Where a version with a known fault is allowed, pinned or installed."""
    return [
        f"{row['name']} {versions[row['name']]} ({place}): {', '.join(row['faults'])}; "
        f"{row['least']} is the first without"
        for row in table
        for place, versions in places.items()
        if row["name"] in versions and versions[row["name"]] < Version(row["least"])
    ]


def is_past(at: Version, least: list[str]) -> bool:
    """Whether a version is without a fault that was mended in several branches."""
    branches = [Version(first) for first in least]
    same = [first for first in branches if first.release[:2] == at.release[:2]]
    return at >= same[0] if same else at > max(branches)


def notes(table: list[dict[str, Any]], systems: Mapping[str, str]) -> list[str]:
    """What of the system has a known fault, and why this program is safe all the same."""
    return [
        f"{row['name']} {systems[row['name']]}: {', '.join(row['faults'])}; {row['holds']}"
        for row in table
        if not is_past(Version(systems[row["name"]]), row["least"])
    ]


def places() -> dict[str, Mapping[str, Version]]:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    return {
        "pyproject.toml": floors(),
        **{f"requirements/{path.name}": pinned(path) for path in files},
        "installed": installed(row["name"] for row in known()["package"]),
    }


def main() -> int:
    table = known()
    for note in notes(
        table["system"], {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    ):
        print("note   ", note)
    found = complaints(table["package"], places())
    for words in found:
        print("FAULT  ", words)
    print(f"{len(table['package'])} packages held against their known faults: {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
