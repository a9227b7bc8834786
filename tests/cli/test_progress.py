"""How long work is shown: a bar on a terminal, lines elsewhere, records in a log."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr
from pathlib import Path

from crawler.cli.progress import progress
from tests.cli.command import iomwatch
from tests.cycle.watch import three, watching

URL = "https://www.iom.int/news/bridge"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(to: io.StringIO, *, quiet: bool = False) -> str:
    with redirect_stderr(to), progress(quiet=quiet) as drawn:
        drawn.expect("iom", 2)
        drawn.step("iom", URL, "same")
        drawn.step("iom", URL + "\x1b[2J", "changed")
        drawn.note("iom", "quiet hours")
    return to.getvalue()


def test_on_a_terminal_there_is_a_bar_with_what_is_done() -> None:
    drawn = shown(Terminal())
    assert "looking" in drawn
    assert "50%" in drawn
    assert URL in drawn
    assert "\x1b[2J" not in drawn


def test_elsewhere_there_are_lines_and_none_for_what_stayed() -> None:
    lines = shown(io.StringIO())
    assert lines.splitlines()[0] == "iom: 2 pages to look at"
    assert "changed" in lines.splitlines()[1]
    assert lines.splitlines()[2] == "iom: quiet hours"
    assert not set(lines) & {"\r", "\x1b"}


def test_quiet_shows_nothing() -> None:
    assert shown(Terminal(), quiet=True) == ""


def test_a_log_ends_with_a_summary_of_the_round(tmp_path: Path) -> None:
    with watching(tmp_path, three()):
        first = iomwatch("run", "--now", "2026-03-02T06:00:00Z", "--log", "json", folder=tmp_path)
        idle = iomwatch("run", "--now", "2026-03-02T06:03:00Z", "--log", "text", folder=tmp_path)
    assert (first.status, first.out) == (0, "")
    records = [json.loads(line) for line in first.err.splitlines()]
    assert records[0]["words"] == "3 pages to look at"
    summary = {key: records[-1][key] for key in ("subject", "words", "asked", "read", "letters")}
    assert summary == {"subject": "round", "words": "whole", "asked": 3, "read": 3, "letters": 1}
    (line,) = idle.err.splitlines()
    assert " round: whole round=2 asked=0 read=0 " in line
