"""What happened beside what was told: the confusion table, and the bars it is held to.

It plays nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

_SHOWN = 3  # failures of a row that are shown with their details


@dataclass(slots=True)
class Tally:
    """Rows in the order they were first met: section and what happened → what was told, how often."""

    cells: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, section: str, happened: str, told: str, *, right: bool, where: str = "") -> None:
        """One play: what was told of it, in a word or two, and whether that is what should be."""
        row = section, happened
        self.cells[row][told if right else f"{told} ✗"] += 1
        self.right[row] += right
        if not right:
            self.wrong[row].append(f"{where}: {told}" if where else told)

    def add(self, other: Tally) -> None:
        for row, told in other.cells.items():
            self.cells[row].update(told)
        self.right.update(other.right)
        for row, details in other.wrong.items():
            self.wrong[row].extend(details)

    def sections(self) -> dict[str, tuple[int, int]]:
        """Section → (right, played)."""
        found: dict[str, tuple[int, int]] = {}
        for row, told in self.cells.items():
            right, played = found.get(row[0], (0, 0))
            found[row[0]] = right + self.right[row], played + told.total()
        return found

    @property
    def holds(self) -> bool:
        """Whether every bar holds: all that was played was told as it should be."""
        return bool(self.cells) and not any(self.wrong.values())

    def lines(self, *, failures_only: bool = False) -> Iterator[str]:
        """The table: a row for each thing that happened, with all that was told of it."""
        section = ""
        for row in self.cells:
            if failures_only and not self.wrong[row]:
                continue
            if row[0] != section:
                section = row[0]
                right, played = self.sections()[section]
                yield f"\n{section}: {right} of {played} right"
            told = self.cells[row]
            words = ", ".join(f"{what} {count}" for what, count in told.most_common())
            yield f"  {row[1]:<44} {told.total():>6}   {words}"
            for detail in self.wrong[row][:_SHOWN]:
                yield f"      ✗ {detail}"
