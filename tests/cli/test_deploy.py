"""What is given for deployment calls what there is: units, the timer, the Dockerfile."""

from __future__ import annotations

import re
import shlex
from configparser import RawConfigParser

import pytest

from crawler.cli import COMMANDS
from tests.cli.command import ROOT, iomwatch

FOLDER = ROOT / "docs" / "deploy"
UNITS = sorted(path.name for path in FOLDER.glob("*.service"))


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    parser.read(FOLDER / name)
    return parser


def accepted(arguments: list[str]) -> bool:
    """Whether the command line takes these options."""
    helped = iomwatch(arguments[0], "--help", folder=ROOT).out
    return arguments[0] in COMMANDS and all(
        option in helped for option in arguments if option.startswith("--")
    )


@pytest.mark.parametrize("name", UNITS)
def test_units_call_commands_that_there_are(name: str) -> None:
    service = unit(name)["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program.endswith("/iomwatch")
    assert accepted(arguments)
    assert service["NoNewPrivileges"] == "yes"
    assert service["User"] == "iomwatch"
    assert service["ProtectSystem"] == "strict"  # which a metrics file outside must be let through
    assert re.search(r"^# ReadWritePaths=/", (FOLDER / name).read_text(), re.MULTILINE)


def test_the_daemons_unit_waits_for_its_word_and_its_watchdog() -> None:
    service = unit("iomwatch.service")["Service"]
    assert service["Type"] == "notify"
    assert "WatchdogSec" in service
    assert "HUP" in service["ExecReload"]


def test_the_timer_runs_its_service_and_makes_up_for_what_was_missed() -> None:
    timer = unit("iomwatch-run.timer")["Timer"]
    assert timer["Persistent"] == "true"
    assert "iomwatch-run.service" in UNITS


def test_the_image_runs_as_nobody_special_and_says_whether_it_lives() -> None:
    lines = (FOLDER / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    instructions = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    last = {name: value for name, value in instructions if name not in ("COPY", "RUN")}
    assert last["USER"] == "iomwatch"
    assert accepted([*re.findall(r'"([^"]+)"', last["CMD"])])
    health = re.findall(r'"([^"]+)"', last["HEALTHCHECK"])
    assert health[0] == "iomwatch"
    assert accepted(health[1:])
    for source in [
        value.split()[0] for name, value in instructions if name == "COPY" and "--from" not in value
    ]:
        assert (ROOT / source).exists()
