"""The commands' contract: output, JSON, exit status."""

from __future__ import annotations

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import COMMANDS
from crawler.demo import Answer, html_answer
from tests.cli.command import ROOT, iomwatch
from tests.cycle.watch import T0, Watch, release, watching

NOW = f"{T0:%Y-%m-%dT%H:%M:%SZ}"
LATER = "2026-03-02T09:00:00Z"


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    pages = {"/news/bridge": release("Bridge Reopens"), "/news/school": release("School Opens Its Doors")}
    with watching(tmp_path, pages) as watch:
        yield watch


def changed(watch: Watch) -> None:
    """A baseline, then one edit that a second round has seen; in this process, which is sooner done."""
    watch.run(T0, tell=True)
    watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
    watch.run(datetime.fromisoformat(LATER), tell=True)


def changed_by_commands(watch: Watch) -> None:
    """The same by two runs of the program."""
    assert iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder).status == 0
    watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
    assert iomwatch("run", "--all", "--now", LATER, "--quiet", folder=watch.folder).status == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(tmp_path: Path, name: str) -> None:
    done = iomwatch(name, "--help", folder=tmp_path)
    assert done.status == 0
    assert "Example: " in done.out
    assert f"iomwatch {name}" in done.out


def test_the_program_lists_its_commands_and_completes_in_a_shell(tmp_path: Path) -> None:
    out = iomwatch("--help", folder=tmp_path).out
    assert all(name in out for name in COMMANDS)
    script = iomwatch(folder=tmp_path, _IOMWATCH_COMPLETE="bash_source").out
    assert "complete" in script
    words = iomwatch(
        folder=tmp_path, _IOMWATCH_COMPLETE="bash_complete", COMP_WORDS="iomwatch e", COMP_CWORD="1"
    )
    assert {"plain,events", "plain,extract"} <= set(words.out.split())


def test_a_run_says_what_it_did_and_a_quiet_one_nothing(watch: Watch) -> None:
    first = iomwatch("run", "--now", NOW, folder=watch.folder)
    assert first.status == 0
    assert "test: asked 2, read 2, events 0" in first.out
    assert "letters: 1 composed, 1 delivered" in first.out
    quiet = iomwatch("run", "--now", LATER, "--quiet", folder=watch.folder)
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    data = json.loads(iomwatch("run", "--now", LATER, "--json", folder=watch.folder).out)
    assert data["looked"]["sites"][0]["site"] == "test"
    assert data["needs_a_person"] is False


def test_show_prints_the_evidence_of_each_event(watch: Watch) -> None:
    changed(watch)
    event = json.loads(iomwatch("events", "--json", folder=watch.folder).out)
    before, after = event["evidence"]["before"], event["evidence"]["after"]
    assert ["content-type", "text/html; charset=UTF-8"] in after["headers"]
    out = iomwatch("show", event["url"], folder=watch.folder).out
    for shown in (
        event["id"],
        f"between  {NOW} and {LATER}",
        f"before   {NOW}  200  {before['hash']}",
        f"after    {LATER}  200  {after['hash']}",
        "content-type: text/html; charset=UTF-8",
        "[-12,400-]{+21,400+} people",
    ):
        assert shown in out
    show = json.loads(iomwatch("show", event["url"], "--json", folder=watch.folder).out)
    assert show["events"] == [event]


def test_a_replay_says_whether_the_ledger_is_the_same(watch: Watch) -> None:
    changed(watch)
    done = iomwatch("replay", folder=watch.folder)
    assert (done.status, done.out.partition(":")[0]) == (0, "same ledger")
    with closing(sqlite3.connect(watch.folder / "iomwatch.db")) as database, database:
        database.execute("UPDATE event SET payload = replace(payload, '12,400', '12,500')")
    database.close()
    done = iomwatch("replay", folder=watch.folder)
    assert done.status == 1
    assert "differs in figures, redline, reasons" in done.out
    assert "1 difference: 1 event derived again" in done.out
    data = json.loads(iomwatch("replay", "--json", folder=watch.folder).out)
    assert [difference["kind"] for difference in data["differences"]] == ["changed"]


def test_the_clock_given_is_the_clock_of_everything_stored(watch: Watch) -> None:
    changed_by_commands(watch)
    event = json.loads(iomwatch("events", "--json", folder=watch.folder).out)
    assert event["seen_at"] == LATER
    assert event["between"] == [NOW, LATER]
    assert event["evidence"]["before"]["time"] == NOW
    assert event["evidence"]["after"]["time"] == LATER
    show = json.loads(iomwatch("show", event["url"], "--json", folder=watch.folder).out)
    assert {visit["at"] for visit in show["visits"]} == {NOW, LATER}
    assert show["since"] == NOW


def test_an_event_has_the_keys_of_the_contract(watch: Watch) -> None:
    changed(watch)
    event = json.loads(iomwatch("events", "--json", folder=watch.folder).out)
    assert set(event) >= {
        "id",
        "kind",
        "url",
        "canonical_url",
        "site",
        "language",
        "title",
        "published",
        "seen_at",
        "between",
        "figures",
        "redline",
        "weight",
        "reasons",
        "evidence",
    }
    assert event["kind"] == "changed"
    assert set(event["figures"][0]) >= {"what", "before", "after", "unit"}
    assert {segment["op"] for segment in event["redline"]} == {"keep", "insert", "delete"}
    assert 0 <= event["weight"] <= 100
    assert set(event["evidence"]["before"]) == {"hash", "status", "time", "headers"}


def test_events_are_filtered(watch: Watch) -> None:
    changed(watch)

    def count(*arguments: str) -> int:
        return len(iomwatch("events", "--json", *arguments, folder=watch.folder).out.splitlines())

    assert count() == 1
    assert count("--since", LATER) == 1
    assert count("--until", LATER) == 0
    assert count("--since", "2026-03-03") == 0
    assert count("--kind", "new") == 0
    assert count("--kind", "new", "--kind", "changed", "--site", "test") == 1
    assert "12,400 → 21,400" in iomwatch("events", folder=watch.folder).out


def test_show_says_which_version_stands_again(watch: Watch) -> None:
    first = watch.pages["/news/bridge"]
    changed(watch)
    watch.put("/news/bridge", first)
    iomwatch("run", "--all", "--now", "2026-03-05T09:00:00Z", "--quiet", folder=watch.folder)
    url = f"{watch.server.base_url}/news/bridge"
    assert f"back to  version 1, first seen {NOW}" in iomwatch("show", url, folder=watch.folder).out


def test_events_are_found_by_any_of_their_facts(watch: Watch) -> None:
    iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder)
    bridge = watch.pages["/news/bridge"]
    watch.put("/news/bridge", Answer(status=301, headers={"location": "/news/new-bridge"}))
    watch.put(
        "/news/new-bridge", bridge.replace("12,400", "21,400").replace("Bridge Reopens", "Bridge Is Open")
    )
    iomwatch("run", "--all", "--now", LATER, "--quiet", folder=watch.folder)
    for kind, count in (("moved", 1), ("retitled", 1), ("changed", 1), ("withdrawn", 0)):
        found = iomwatch("events", "--json", "--kind", kind, folder=watch.folder).out.splitlines()
        assert [json.loads(event)["kind"] for event in found] == ["moved"] * count


@pytest.mark.parametrize("form", ["text", "html", "md", "json", "csv", "atom", "jsonfeed"])
def test_a_digest_in_every_format(watch: Watch, form: str) -> None:
    changed(watch)
    shown = iomwatch("digest", "--format", form, folder=watch.folder)
    assert shown.status == 0
    assert "Bridge Reopens" in shown.out
    assert "21,400" in shown.out
    written = iomwatch("digest", "--format", form, "--out", "out/../digest", folder=watch.folder)
    assert written.status == 2  # the folder is not there
    assert iomwatch("digest", "--format", form, "--out", "digest", folder=watch.folder).status == 0
    assert "21,400" in (watch.folder / "digest").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "html", "md", "json"])
def test_a_digest_of_a_past_period_claims_nothing_of_today(watch: Watch, form: str) -> None:
    changed(watch)
    today = iomwatch("digest", "--format", form, folder=watch.folder).out
    past = iomwatch("digest", "--format", form, "--until", "2026-03-02T09:00:01Z", folder=watch.folder).out
    before = iomwatch("digest", "--format", form, "--until", "2020-01-01", folder=watch.folder).out
    assert "21,400" in past
    assert "21,400" not in before
    if form == "json":
        said = json.loads(past)
        assert (said["past"], said["coverage"], said["next_check"]) == (True, [], None)
        assert json.loads(today)["coverage"][0]["read"] == 2
        return
    assert "Read 2 of 2 known pages" in today
    assert "Next check" in today
    for said in (past, before):
        assert "known page" not in said
        assert "Next check" not in said
        assert "No site was read" not in said


def test_what_is_hidden_from_a_past_period_is_said_beside_it(watch: Watch) -> None:
    changed(watch)
    with (watch.folder / "config.toml").open("a", encoding="utf-8") as config:
        config.write('\n[[ignore]]\nkind = "changed"\nreason = "known"\n')
    done = iomwatch("digest", "--until", "2026-03-03", folder=watch.folder)
    assert "21,400" not in done.out
    assert "1 of the period's events hidden by your rules" in done.err


def test_a_digest_tells_nothing_away(watch: Watch) -> None:
    iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder)
    watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
    watch.run(T0.replace(hour=9))
    iomwatch("digest", folder=watch.folder)
    assert "1 composed" in iomwatch("run", "--now", "2026-03-02T10:00:00Z", folder=watch.folder).out


def test_the_difference_names_what_no_redline_shows(watch: Watch) -> None:
    page = release("Bridge Reopens").replace("the clinic", '<a href="https://www.iom.int/old">the clinic</a>')
    watch.put("/news/bridge", page)
    assert iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder).status == 0
    watch.put("/news/bridge", page.replace("/old", "/new"))
    assert iomwatch("run", "--all", "--now", LATER, "--quiet", folder=watch.folder).status == 0
    url = watch.server.base_url + "/news/bridge"
    out = iomwatch("show", url, "--diff", "1", "2", folder=watch.folder).out
    assert "link" in out
    assert "[-https://www.iom.int/old-] {+https://www.iom.int/new+}" in out


def test_show_a_release_its_versions_and_their_difference(watch: Watch) -> None:
    changed(watch)
    url = watch.server.base_url + "/news/bridge"
    out = iomwatch("show", url, folder=watch.folder).out
    assert "headline   Bridge Reopens" in out
    assert "21,400" in out
    assert "12,400" in iomwatch("show", url, "--version", "1", folder=watch.folder).out
    assert "[-12,400-]{+21,400+}" in iomwatch("show", url, "--diff", "1", "2", folder=watch.folder).out
    raw = iomwatch("show", url, "--raw", "--version", "1", folder=watch.folder).out
    assert raw == release("Bridge Reopens")
    assert iomwatch("show", url, "--version", "7", folder=watch.folder).status == 2
    assert iomwatch("show", "https://example.org/x", folder=watch.folder).status == 2


def test_status_in_words_and_as_data(watch: Watch) -> None:
    assert iomwatch("status", folder=watch.folder).status == 0
    watch.put("/news/school", html_answer("<h1>Forbidden</h1>", status=403))
    iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder)
    out = iomwatch("status", folder=watch.folder).out
    assert "known 2, read 1, waiting 0, blocked 1, missing 0; next due 2026-03-02T07:00:00Z" in out
    data = json.loads(iomwatch("status", "--json", folder=watch.folder).out)
    assert data["sites"][0]["blocked"] == 1
    assert data["sites"][0]["sources"][0]["kind"] == "sitemap"
    assert data["last_round"]["started_at"] == NOW
    assert data["left_out"] == []


def test_a_renamed_site_is_named_by_status_and_check(watch: Watch) -> None:
    iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder)
    config = watch.folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('name = "test"', 'name = "renamed"'), encoding="utf-8")
    said = "the store holds 2 pages of test, which the configuration does not name: renamed?"
    assert said in iomwatch("status", folder=watch.folder).out
    left_out = json.loads(iomwatch("status", "--json", folder=watch.folder).out)["left_out"]
    assert left_out == [{"site": "test", "pages": 2}]
    checked = iomwatch("check", folder=watch.folder)
    assert said in checked.out
    assert checked.status == 0


def test_check_finds_what_is_wrong_and_what_no_rule_includes(watch: Watch) -> None:
    fine = iomwatch("check", folder=watch.folder)
    assert fine.status == 0, fine.out
    watch.name("/news/bridge", "/reports/one", "/reports/two")
    assert "2 × /reports/…" in iomwatch("check", folder=watch.folder).out
    watch.put("/sitemap.xml", None)
    config = (watch.folder / "config.toml").read_text(encoding="utf-8")
    text = config.replace("+test@localhost.invalid", "+contact").replace(
        "file:digests/", "mailto:a@b.example"
    )
    (watch.folder / "bad.toml").write_text(text + "[smtp]\nport = 9\n", encoding="utf-8")
    bad = iomwatch("--config", "bad.toml", "check", "--json", folder=watch.folder)
    assert bad.status == 1
    problems = {finding["about"] for finding in json.loads(bad.out) if not finding["fine"]}
    assert problems == {
        "fetch.user_agent",
        watch.server.base_url + "/sitemap.xml",
        "digest daily to mailto:a@b.example",
    }


def test_check_lays_no_fault_of_the_resolver_at_a_source(watch: Watch) -> None:
    config = (watch.folder / "config.toml").read_text(encoding="utf-8")
    apart = config.partition("[[digest]]")[2]
    sites = [
        f'[[site]]\nname = "{name}"\nbase_url = "https://{name}.invalid"\nsources = ["/a", "/b"]\n'
        'include = ["/news/**"]\n'
        for name in ("one", "two")
    ]
    none = f'[fetch]\nuser_agent = "x (+a@b.org)"\nmin_delay = 0\n{"".join(sites)}[[digest]]{apart}'
    for text, words in (
        (
            none,
            "one.invalid, two.invalid cannot be resolved: look at the network and this machine's resolver",
        ),
        (config + sites[0], "one.invalid cannot be resolved: others can: are these names right?"),
    ):
        (watch.folder / "none.toml").write_text(text, encoding="utf-8")
        done = iomwatch("--config", "none.toml", "check", folder=watch.folder)
        assert done.status == 1
        (problem,) = [line for line in done.out.splitlines() if line.startswith("PROBLEM")]
        assert problem.startswith(f"PROBLEM name resolution: {words}")


def test_check_says_which_rule_takes_an_address_in(watch: Watch) -> None:
    base = watch.server.base_url
    done = iomwatch(
        "check", "--match", f"{base}/news/x?utm_source=y", f"{base}/about", "ftp://x", folder=watch.folder
    )
    assert done.status == 1
    lines = done.out.splitlines()
    assert 'include "/news/**"' in lines[0]
    assert lines[0].endswith(f"{base}/news/x")
    assert "no include takes it in" in lines[1]
    assert "no http(s) address" in lines[2]


def test_a_dry_run_asks_and_writes_nothing(watch: Watch) -> None:
    done = iomwatch("run", "--dry-run", folder=watch.folder)
    assert "would ask 1 sources, 0 pages" in done.out
    changed(watch)
    watch.asked()
    before = dump(watch.folder)
    done = iomwatch("run", "--dry-run", "--all", "--now", LATER, folder=watch.folder)
    assert "would ask 1 sources, 2 pages" in done.out
    assert "would tell 0 events" in done.out
    assert watch.asked() == []
    assert dump(watch.folder) == before


def test_a_dry_run_asks_no_source_that_rests_and_nothing_in_quiet_hours(watch: Watch) -> None:
    iomwatch("run", "--now", NOW, folder=watch.folder)
    soon = f"{T0 + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"
    assert (
        "would ask 0 sources, 0 pages" in iomwatch("run", "--dry-run", "--now", soon, folder=watch.folder).out
    )
    config = watch.folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('name = "test"', 'name = "test"\nquiet_hours = "08:00-10:00"'), "utf-8")
    assert (
        "would ask 0 sources, 0 pages"
        in iomwatch("run", "--dry-run", "--now", "2026-03-20T09:00:00Z", folder=watch.folder).out
    )
    assert (
        "would ask 1 sources, 2 pages"
        in iomwatch("run", "--dry-run", "--now", "2026-03-20T11:00:00Z", folder=watch.folder).out
    )


def dump(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "iomwatch.db")
    rows = list(connection.iterdump())
    connection.close()
    return rows


def test_extract_from_a_file_from_standard_input_and_from_the_network(watch: Watch) -> None:
    page = release("Bridge Reopens").encode()
    (watch.folder / "page.html").write_bytes(page)
    from_file = iomwatch("extract", "page.html", "--format", "json", folder=watch.folder)
    from_stdin = iomwatch("extract", "-", "--json", folder=watch.folder, stdin=page)
    from_net = iomwatch("extract", watch.server.base_url + "/news/bridge", "--json", folder=watch.folder)
    texts = {json.loads(done.out)["text"] for done in (from_file, from_stdin, from_net)}
    assert len(texts) == 1
    assert "12,400" in texts.pop()
    plain = iomwatch("extract", "page.html", folder=watch.folder).out
    assert plain.startswith("Bridge Reopens\n\n")
    assert "Who we are" not in plain
    explained = iomwatch("extract", "page.html", "--explain", folder=watch.folder).out
    assert "dropped" in explained
    assert "Who we are" in explained
    assert iomwatch("extract", "page.html", "--format", "markdown", folder=watch.folder).out.startswith(
        "# Bridge"
    )


def test_extract_needs_no_configuration_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    done = iomwatch("extract", "empty.html", folder=tmp_path)
    assert done.status == 1
    assert "unreadable" in done.err
    assert iomwatch("extract", "none.html", folder=tmp_path).status == 2
    other = iomwatch("extract", "ftp://example.org/page", folder=tmp_path)
    assert other.status == 2
    assert "no http(s) address" in other.err
    private = iomwatch("extract", "http://127.0.0.1:9/", folder=tmp_path)
    assert private.status == 1
    assert "forbidden" in private.err or "disallowed" in private.err


def test_init_writes_a_configuration_and_never_over_one(tmp_path: Path) -> None:
    done = iomwatch("init", "watch", "--contact", "desk@example.org", folder=tmp_path)
    assert done.status == 0
    text = (tmp_path / "watch" / "config.toml").read_text(encoding="utf-8")
    assert "(+desk@example.org)" in text
    again = iomwatch("init", "watch", folder=tmp_path)
    assert again.status == 2
    assert (tmp_path / "watch" / "config.toml").read_text(encoding="utf-8") == text
    assert iomwatch("init", "x", "--contact", 'a"b', folder=tmp_path).status == 2
    assert iomwatch("init", "x", "--contact", "évil@example.org", folder=tmp_path).status == 2


def test_a_wrong_configuration_is_told_whole(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[fetch]\nmin_delay = -1\nx = 2\n[[site]]\n", encoding="utf-8")
    done = iomwatch("run", folder=tmp_path)
    assert done.status == 2
    assert len(done.err.splitlines()) == 5
    assert "config.toml:2: fetch.min_delay" in done.err
    assert iomwatch("run", "--site", "none", folder=tmp_path).status == 2
    assert iomwatch("run", "--nonsense", folder=tmp_path).status == 2
    assert iomwatch("--config", "none.toml", "run", folder=tmp_path).status == 2


def test_an_unknown_site_is_told(watch: Watch) -> None:
    done = iomwatch("run", "--site", "oim", folder=watch.folder)
    assert done.status == 2
    assert "there are: test" in done.err


def test_a_foreign_store_is_refused(watch: Watch) -> None:
    (watch.folder / "bad.toml").write_text(
        (watch.folder / "config.toml").read_text() + '[store]\nurl = "sqlite:///config.toml"\n',
        encoding="utf-8",
    )
    done = iomwatch("--config", "bad.toml", "run", folder=watch.folder)
    assert done.status == 2
    assert "not touched" in done.err
    assert "Traceback" not in done.err


def test_a_blocked_site_and_an_undelivered_letter_need_a_person(watch: Watch) -> None:
    config = watch.folder / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("file:digests/", "mailto:a@b.example")
        + "[smtp]\nport = 9\n",
        encoding="utf-8",
    )
    done = iomwatch("run", "--now", NOW, "--quiet", folder=watch.folder)
    assert done.status == 1
    assert "a@b.example" in done.err
    for path in list(watch.pages):
        watch.put(path, html_answer("<h1>Error</h1>", status=503))
    done = iomwatch("run", "--all", "--now", LATER, "--quiet", folder=watch.folder)
    assert done.status == 1
    assert "test: " in done.out


def test_two_runs_at_once(watch: Watch) -> None:
    with watch.store.lock():
        done = iomwatch("run", folder=watch.folder)
    assert done.status == 75
    assert "another run is at work" in done.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_cleanly(watch: Watch, number: signal.Signals) -> None:
    def slow(path: str, headers: object) -> Answer:
        time.sleep(9)
        return html_answer(release("School Opens Its Doors"))

    watch.put("/news/school", slow)
    config = watch.folder / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("timeout = 5", "timeout = 30"), encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "run", "--now", NOW],
        cwd=watch.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    while "/news/school" not in [exchange.path for exchange in watch.server.log] and not _asked_bridge(watch):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(number)
    started = time.monotonic()
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - started < 10
    assert process.returncode == 0, err
    assert b"stopped by a signal" in err
    assert watch.state("/news/bridge") == ("read", None)
    assert watch.state("/news/school") == ("listed", None)


def _asked_bridge(watch: Watch) -> bool:
    return any(exchange.path == "/news/bridge" for exchange in watch.server.log)


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "yesterday"])
def test_a_time_that_cannot_be_is_refused(watch: Watch, now: str) -> None:
    done = iomwatch("run", "--all", "--now", now, folder=watch.folder)
    assert done.status == 2
    assert "Traceback" not in done.err


def test_a_full_disk_under_the_output_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(release("Bridge Reopens"), encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crawler.cli", "extract", "page.html"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 75, done.stderr
    assert b"Traceback" not in done.stderr


def test_what_is_piped_is_utf_8_and_a_terminal_shows_what_it_can(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(release("Bridge → Córdoba"), encoding="utf-8")
    piped = iomwatch("extract", "page.html", folder=tmp_path, PYTHONIOENCODING="latin-1")
    assert (piped.status, piped.out.splitlines()[0]) == (0, "Bridge → Córdoba")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crawler.cli", "extract", "page.html"],
            cwd=tmp_path,
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"},
        )
        shown = os.read(ours, 4_096)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert shown.startswith("Bridge ? Córdoba".encode("latin-1"))


def test_a_period_that_ends_before_it_begins_is_refused(watch: Watch) -> None:
    changed(watch)
    assert (
        iomwatch("digest", "--since", "2027-01-01", "--until", "2026-01-01", folder=watch.folder).status == 2
    )
