"""The README's promises: each command in it is executed, against the simulated site."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.cli import COMMANDS
from crawler.config import parse
from crawler.demo import INCLUDE, SOURCES, Server
from crawler.errors import ConfigError
from tests.cli.command import Done, iomwatch
from tests.cli.test_daemon import daemon

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND_LINES = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
RELEASE = "/news/rising-rivers-drive-thousands-homes-lower-shire-valley"


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def workplace(site: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the README leads to it: `iomwatch init watch`, then the simulated site in IOM's place."""
    folder = tmp_path_factory.mktemp("readme")
    done = iomwatch("init", "watch", "--contact", "desk@example.org", folder=folder)
    assert done.status == 0
    path = folder / "watch" / "config.toml"
    text = path.read_text(encoding="utf-8").replace("https://www.iom.int", site.base_url)
    text = text.replace("min_delay = 2.0", "min_delay = 0.0")
    text = text.replace("allow_private = []", 'allow_private = ["127.0.0.1"]')
    text = re.sub(r"sources = \[.*?\]\n(?=include)", f"sources = {list(SOURCES)}\n", text, flags=re.DOTALL)
    text = re.sub(r"include = \[.*?\]\n(?=exclude)", f"include = {list(INCLUDE)}\n", text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")
    assert parse(text, environment={}).site[0].base_url == site.base_url
    page = site.site.answer(RELEASE, now=site.now).body
    (folder / "watch" / "page.html").write_bytes(page)
    (folder / "watch" / "pages.jsonl").write_text(json.dumps({"id": 1, "html": page.decode()}) + "\n")
    return folder


def test_the_readme_shows_every_command() -> None:
    shown = {line.split()[1] for line in COMMAND_LINES if line.startswith("iomwatch ")}
    assert shown | {"demo"} == set(COMMANDS)  # the demo is what `make run` runs


def test_what_the_readme_says_in_order(site: Server, workplace: Path) -> None:
    folder = workplace / "watch"
    ran = 0
    for line in COMMAND_LINES:
        line = line.partition(" > ")[0]  # into a file
        words = shlex.split(line.replace("https://www.iom.int/news/an-address", site.base_url + RELEASE))
        if words[0] != "iomwatch" or words[1] == "init":
            continue
        if "--diff" in words:  # a second version, as time brings it
            site.now = site.now.replace(hour=12)
            assert iomwatch("run", "--all", "--quiet", folder=folder).status == 0
        if words[1] == "daemon":
            with daemon(folder, *words[2:]) as running:
                running.wait_for("round", words="whole")
                assert running.end()[0] == 0
            ran += 1
            continue
        done = iomwatch(*words[1:], folder=folder)
        assert done.status == 0, f"{line}: {done.err}{done.out}"
        assert "Traceback" not in done.err
        assert meant(words, done, folder), f"{line}: {done.out}"
        ran += 1
    assert ran >= 11


def meant(words: list[str], done: Done, folder: Path) -> bool:
    """Whether a command showed what the README says it does."""
    said: dict[str, str] = {
        "check": "ok ",
        "verify": "sound",
        "backup": "wrote iomwatch.backup",
        "restore": "restored ",
        "status": "" if "--alive" in words else "edits" if "--why" in words else "known 19, read 19",
        "show": "[-12,400-]" if "--diff" in words else "headline   Rising Rivers",
        "extract": '"title":"Rising Rivers' if "--jsonl" in words else "dropped",
    }
    if words[1] == "digest":
        return "<html" in (folder / "digest.html").read_text(encoding="utf-8")
    if words[1] == "metrics":
        return "iomwatch_pages{" in (folder / "iomwatch.prom").read_text(encoding="utf-8")
    if words[1] == "run" and "--dry-run" in words:
        return "would ask" in done.out
    return said.get(words[1], "") in done.out


def test_the_cron_line_and_the_timer_call_what_there_is(workplace: Path) -> None:
    for call in re.findall(r"iomwatch (run --quiet --max-seconds \d+)", README):
        done = iomwatch(*call.split(), folder=workplace / "watch")
        assert (done.status, done.out, done.err) == (0, "", "")
    assert len(re.findall(r"iomwatch run --quiet --max-seconds \d+", README)) == 2


def test_make_knows_the_targets_that_are_named() -> None:
    targets = set(re.findall(r"(?:`|\$ )make ([a-z]+)`?", README))
    assert targets == {"run", "test", "check", "audit", "truth", "faults", "bench"}
    for target in targets:
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_make_run_prints_three_digests_and_where_the_html_lies() -> None:
    if not (ROOT / ".venv" / "run.stamp").exists():
        pytest.skip("no environment of make's own here; `make test` makes one")
    done = subprocess.run(["make", "run"], cwd=ROOT, capture_output=True, check=True, timeout=180)
    out = done.stdout.decode()
    assert [f"Day {day}: " in out for day in (1, 2, 3)] == [True] * 3
    assert out.count("\nIOM: ") == 3
    html = Path(out.rpartition("The last digest as HTML: ")[2].partition("\n")[0])
    assert html.is_file()
    shutil.rmtree(html.parents[1])


def test_pip_install_gives_the_program(tmp_path: Path) -> None:
    """`pip install .` is what the README says; the wheel it builds holds all that the program reads."""
    pytest.importorskip("hatchling", reason="the build backend comes with `make test`")
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__"))
    arguments = ["install", "--no-deps", "--no-build-isolation", "--target", str(tmp_path / "site"), "."]
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], cwd=copy, check=True)
    installed = {str(path.relative_to(tmp_path / "site")) for path in (tmp_path / "site").rglob("*")}
    assert {
        "crawler/default_config.toml",
        "crawler/extract/templates/xray.html",
        "storage/migrations/env.py",
        "storage/migrations/versions/0001_first.py",
    } <= installed
    assert any(name.startswith("crawler/digest/templates/") for name in installed)


def test_the_exit_statuses_are_those_of_the_help(tmp_path: Path) -> None:
    helped = iomwatch("--help", folder=tmp_path).out
    for status in re.findall(r"^\| (\d+) \|", README, re.MULTILINE):
        assert re.search(rf"\b{status}\b", helped)


def test_the_systemd_block_has_its_sections() -> None:
    block = re.search(r"```ini\n(.*?)```", README, re.DOTALL)
    assert block is not None
    assert [line for line in block[1].splitlines() if line.startswith("[")] == [
        "[Service]",
        "[Timer]",
        "[Install]",
    ]


def test_the_preset_that_is_named_exists() -> None:
    named = re.findall(r'preset = "([^"]+)"', README)
    assert named
    for name in named:
        try:
            parse(f'[[site]]\npreset = "{name}"', environment={})
        except ConfigError as error:
            pytest.fail(str(error))
