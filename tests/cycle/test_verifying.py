"""Verify finds what is wrong with a store; repair adds, asks anew or gives up, and loses nothing."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import cli
from crawler.cycle.verifying import faults
from crawler.values import Kind
from storage.bodies import pack
from storage.rows import FaultRow
from storage.store import Store
from tests.cli.command import ROOT
from tests.cycle.watch import HOUR, T0, Watch, release, three, watching

FLIPS = 1_000


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Three releases, of which one was changed, and a letter that told it."""
    with watching(tmp_path, three()) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        watch.run(T0 + HOUR, tell=True)
        watch.asked()
        yield watch


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a watch, for what needs no server."""
    folder = tmp_path_factory.mktemp("used")
    with watching(folder, three()) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        watch.run(T0 + HOUR, tell=True)
    return folder


def damage(watch: Watch, statement: str, *values: object) -> None:
    damaged(watch.folder / "iomwatch.db", statement, *values)


def damaged(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement, values)
    connection.close()


def found(path: Path) -> list[FaultRow]:
    with Store.open(f"sqlite:///{path}") as store, store.read() as session:
        return faults(session, read_data=True)


def version_of(watch: Watch, path: str, number: int) -> str:
    """The hash of a version of a page."""
    with watch.store.read() as session:
        page = session.pages.find(1, watch.server.base_url + path)
        assert page is not None
        return session.pages.versions(page.id)[number - 1].hash


def verify(watch: Watch, *arguments: str) -> Result:
    config = str(watch.folder / "config.toml")
    return CliRunner().invoke(cli, ["--config", config, "verify", *arguments])


def test_a_store_that_was_only_used_is_sound(watch: Watch) -> None:
    assert found(watch.folder / "iomwatch.db") == []
    done = verify(watch, "--read-data")
    assert (done.exit_code, done.output) == (0, "sound: every body was read\n")
    assert json.loads(verify(watch, "--json").output) == {"faults": [], "mended": []}


def test_every_flipped_byte_of_a_stored_body_is_found(tmp_path: Path) -> None:
    draw = random.Random(2026)
    with Store.open(f"sqlite:///{tmp_path}/iomwatch.db", create=True) as store:
        with store.write() as session:
            hashes = [
                session.bodies.put(release(f"Release {number} " * draw.randrange(1, 40)).encode())
                for number in range(FLIPS)
            ]
        with closing(sqlite3.connect(tmp_path / "iomwatch.db")) as connection, connection:
            for digest in hashes:
                (packed,) = connection.execute("SELECT data FROM body WHERE hash = ?", (digest,)).fetchone()
                flipped = bytearray(packed)
                flipped[draw.randrange(len(flipped))] ^= draw.randrange(1, 256)
                connection.execute("UPDATE body SET data = ? WHERE hash = ?", (bytes(flipped), digest))
        connection.close()
        with store.read() as session:
            known = [fault.about for fault in faults(session, read_data=True)]
    assert known == sorted(hashes)


@pytest.mark.parametrize(
    ("statement", "kind", "words"),
    [
        ("DELETE FROM body WHERE hash = (SELECT min(hash) FROM version)", "body", "is missing"),
        ("UPDATE body SET size = size + 1 WHERE rowid = 1", "body", "does not match"),
        ("UPDATE page SET version_id = 99 WHERE id = 1", "reference", "is not among its versions"),
        ("UPDATE page SET version_id = (SELECT max(id) FROM version) WHERE id = 3", "reference", "not among"),
        ("UPDATE page SET version_id = NULL WHERE id = 1", "reference", "none is today's"),
        ("UPDATE page SET home = 77 WHERE id = 1", "reference", "home is a page that is not there"),
        ("UPDATE visit SET page_id = 77 WHERE id = 1", "reference", "refers to a page"),
        (
            "DELETE FROM version WHERE number = 1 AND page_id IN (SELECT page_id FROM event)",
            "ledger",
            "rests on",
        ),
        ("UPDATE event SET kind = 'removed'", "ledger", "its row and its text differ"),
        (
            'UPDATE event SET payload = replace(payload, \'"hash": "\', \'"hash": "0\')',
            "ledger",
            "its evidence",
        ),
        ("UPDATE event SET payload = '{}'", "ledger", "cannot be read"),
        ("DELETE FROM outbox", "outbox", "goes to nobody"),
        ("UPDATE outbox SET state = 'lost'", "outbox", "impossible state"),
        ("UPDATE outbox SET sent_at = NULL", "outbox", "impossible state"),
        ("UPDATE letter SET digest = 'other'", "outbox", "another digest's letter"),
        ("UPDATE subscription SET after_seq = 99", "outbox", "beyond the end"),
        ("UPDATE subscription SET after_seq = 0", "outbox", "counts as untold"),
    ],
)
def test_what_is_found(used: Path, tmp_path: Path, statement: str, kind: str, words: str) -> None:
    store = tmp_path / "iomwatch.db"
    shutil.copy(used / "iomwatch.db", store)
    assert found(store) == []
    damaged(store, statement)
    said = found(store)
    assert any(fault.kind == kind and words in fault.words for fault in said), said


def test_a_damaged_page_of_the_file_is_found(watch: Watch) -> None:
    path = watch.folder / "iomwatch.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_visit_page_id_at'"
        (root,) = connection.execute(name).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    watch.store.__exit__()
    with path.open("r+b") as file:
        file.seek((root - 1) * size + size - 40)
        file.write(b"\x01" * 20)
    assert {fault.kind for fault in found(watch.folder / "iomwatch.db")} == {"database"}
    done = verify(watch, "--repair")
    assert "indices built anew" in done.output
    assert found(watch.folder / "iomwatch.db") == []


# ── repair ──────────────────────────────────────────────────────────────────────────────────────


def test_a_body_that_its_address_still_has_is_asked_for(watch: Watch) -> None:
    digest = version_of(watch, "/news/school", 1)
    damage(watch, "UPDATE body SET data = ? WHERE hash = ?", b"rot", digest)
    done = verify(watch, "--repair")
    assert done.exit_code == 0, done.output
    assert f"mended  {digest}: a whole copy is in its place" in done.output
    assert found(watch.folder / "iomwatch.db") == []
    assert sum(exchange.path == "/news/school" for exchange in watch.asked()) == 1
    (copy,) = watch.folder.glob("*.before-repair-*")
    for path in (copy, watch.folder / "iomwatch.db"):  # what was found is kept twice
        with closing(sqlite3.connect(path)) as connection, connection:
            table = "body" if path == copy else "quarantine"
            query = f"SELECT data FROM {table} WHERE hash = ?"
            assert connection.execute(query, (digest,)).fetchone() == (b"rot",)
        connection.close()


def test_a_body_that_is_gone_comes_from_a_backup(watch: Watch) -> None:
    config = str(watch.folder / "config.toml")
    backup = str(watch.folder / "store.backup")
    assert CliRunner().invoke(cli, ["--config", config, "backup", backup]).exit_code == 0
    digest = version_of(watch, "/news/bridge", 1)
    damage(watch, "DELETE FROM body WHERE hash = ?", digest)
    done = verify(watch, "--repair", "--from", backup)
    assert done.exit_code == 0, done.output
    assert found(watch.folder / "iomwatch.db") == []


def test_what_nobody_has_is_given_up_and_said_once(watch: Watch) -> None:
    digest = version_of(watch, "/news/bridge", 1)
    damage(watch, "UPDATE body SET data = ? WHERE hash = ?", pack(b"another"), digest)
    done = verify(watch, "--repair")
    assert done.exit_code == 1
    assert f"GIVEN UP {digest}" in done.output
    assert "/news/bridge is lost" in done.output
    again = verify(watch, "--read-data")
    assert again.exit_code == 0  # nothing is left to be done
    assert f"given up body {digest}" in again.output
    assert verify(watch, "--repair").exit_code == 0
    assert len(list(watch.folder.glob("*.before-repair-*"))) == 1


def test_a_page_stands_at_its_newest_version_again(watch: Watch) -> None:
    damage(watch, "UPDATE page SET version_id = NULL WHERE url LIKE '%bridge'")
    done = verify(watch, "--repair")
    assert done.exit_code == 0, done.output
    assert found(watch.folder / "iomwatch.db") == []
    watch.run(T0 + 2 * HOUR)
    assert [kind for kind, _ in watch.kinds()] == ["changed"]


def test_a_repair_without_faults_copies_nothing(watch: Watch) -> None:
    assert verify(watch, "--repair").exit_code == 0
    assert list(watch.folder.glob("*.before-repair-*")) == []
    assert verify(watch, "--from", str(watch.folder / "config.toml")).exit_code != 0


def test_an_interrupted_repair_changes_nothing(used: Path, tmp_path: Path) -> None:
    """Killed inside its transaction, the store is as it was; the next one mends it."""
    store = tmp_path / "iomwatch.db"
    shutil.copy(used / "iomwatch.db", store)
    damaged(store, "UPDATE body SET data = x'00'")
    before = found(store)
    code = f"""
import os
from crawler.config import parse
from crawler.cycle.verifying import repair
from storage.store import Store
with Store.open("sqlite:///{store}") as store:
    repair(store, parse("", environment={{}}), lambda: os.kill(os.getpid(), 9), None)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert found(store) == before
    assert not any(fault.settled for fault in before)


# ── and the watch goes on ───────────────────────────────────────────────────────────────────────


def test_a_damaged_body_stops_no_round_and_hides_no_change(watch: Watch) -> None:
    """Its page is blocked, with the reason, until a person has the store repaired; the others go on."""
    digest = version_of(watch, "/news/school", 1)
    damage(watch, "UPDATE body SET data = ? WHERE hash = ?", b"rot", digest)
    watch.run(T0 + 2 * HOUR)
    assert watch.state("/news/school") == ("read", None)  # unchanged: nothing is missed
    for path in ("/news/school", "/news/clinic"):
        watch.put(path, watch.pages[path].replace("12,400", "31,400"))
    watch.run(T0 + 3 * HOUR)
    assert [(kind, path) for kind, path in watch.kinds()][1:] == [("changed", "/news/clinic")]
    state, trouble = watch.state("/news/school")
    assert state == "blocked"
    assert "iomwatch verify --repair" in (trouble or "")
    assert verify(watch, "--repair").exit_code == 1  # the address has another text by now
    watch.run(T0 + 4 * HOUR)
    assert watch.state("/news/school") == ("read", None)
    watch.put("/news/school", watch.pages["/news/school"].replace("31,400", "41,400"))
    watch.run(T0 + 5 * HOUR)
    assert watch.kinds()[-1] == ("changed", "/news/school")


def test_a_removal_is_told_though_the_body_is_damaged(watch: Watch) -> None:
    damage(watch, "UPDATE body SET data = ? WHERE hash = ?", b"rot", version_of(watch, "/news/school", 1))
    watch.put("/news/school", None)
    watch.run(T0 + 2 * HOUR)
    watch.run(T0 + timedelta(days=2))
    assert watch.kinds()[-1] == (Kind.REMOVED.value, "/news/school")


def test_a_damaged_document_of_a_source_is_read_anew(watch: Watch) -> None:
    damage(watch, "UPDATE document SET body = ?", b"rot")
    watch.put("/news/road", release("Road Is Mended"))
    watch.name(*(path for path in watch.pages if path.startswith("/news/")))
    watch.run(T0 + 2 * HOUR)
    assert watch.kinds()[-1] == ("new", "/news/road")
