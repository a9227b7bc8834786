"""The store: opened, refused, locked; whole transactions or none; bodies that prove themselves."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as hooks

from storage.bodies import LEVEL, pack, unpack
from storage.compression import zstd
from storage.engine import connect
from storage.errors import ForeignStoreError, NoStoreError, StoreBusyError, StoreError
from storage.mark import HEAD
from storage.rows import TemplateRow
from storage.schema import metadata
from storage.store import Store

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder}/iomwatch.db"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(url_of(tmp_path), create=True) as opened:
        yield opened


def test_the_migrations_lead_to_the_schema(tmp_path: Path) -> None:
    engine = connect(url_of(tmp_path), create=True)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert [row for row in differences if "alembic_version" not in str(row)] == []


def test_the_head_that_start_up_expects_is_the_newest_migration() -> None:
    folder = Path(sys.modules["storage"].__file__ or "").parent / "migrations" / "versions"
    assert max(path.name for path in folder.glob("[0-9]*.py")).startswith(HEAD)


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="iomwatch run"):
        Store.open(url_of(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "iomwatch.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ForeignStoreError, match="another program"):
        Store.open(url_of(tmp_path), create=True)
    assert path.read_bytes() == before
    assert str(path) not in {os.path.realpath(each) for each in Path("/proc/self/fd").iterdir()}


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "iomwatch.db"
    path.write_bytes(b"a letter to the editor\n" * 100)
    with pytest.raises(ForeignStoreError):
        Store.open(url_of(tmp_path), create=True)
    assert path.read_bytes() == b"a letter to the editor\n" * 100


def test_a_newer_schema_is_refused(tmp_path: Path, store: Store) -> None:
    with store:
        pass
    with closing(sqlite3.connect(tmp_path / "iomwatch.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ForeignStoreError, match="newer"):
        Store.open(url_of(tmp_path), create=True)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store.open(f"sqlite:///{tmp_path}/none/iomwatch.db", create=True)
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(f"sqlite:///{tmp_path}", create=True)


def test_one_run_at_a_time(tmp_path: Path, store: Store) -> None:
    with store, store.lock():
        with Store.open(url_of(tmp_path)) as other, pytest.raises(StoreBusyError), other.lock():
            pytest.fail("two runs at once")
        code = f"from storage.store import Store\nwith Store.open({url_of(tmp_path)!r}).lock(): pass"
        other_process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert b"StoreBusyError" in other_process.stderr
    with Store.open(url_of(tmp_path)) as again, again.lock():
        pass


def test_a_killed_run_leaves_no_lock(tmp_path: Path, store: Store) -> None:
    code = (
        "import os\nfrom storage.store import Store\n"
        f"lock = Store.open({url_of(tmp_path)!r}).lock()\nlock.__enter__()\nos.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert died.returncode == -9
    with store, store.lock():
        pass


def add_and_fail(store: Store) -> None:
    with store.write() as session:
        session.sources.add_site("iom", NOW)
        raise ZeroDivisionError


def test_a_session_is_whole_or_absent(store: Store) -> None:
    with store:
        with pytest.raises(ZeroDivisionError):
            add_and_fail(store)
        with store.read() as session:
            assert session.sources.sites() == []
        with store.write() as session:
            session.sources.add_site("iom", NOW)
        with store.read() as session:
            assert [row.since for row in session.sources.sites()] == [NOW]


def test_a_naive_time_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with store, pytest.raises(sa.exc.StatementError, match="no time zone"), store.write() as session:
        session.sources.add_site("iom", naive)


def test_bodies_are_kept_once_and_prove_themselves(tmp_path: Path, store: Store) -> None:
    with store:
        with store.write() as session:
            digest = session.bodies.put(b"a page" * 1000)
            assert session.bodies.put(b"a page" * 1000) == digest
        with closing(sqlite3.connect(tmp_path / "iomwatch.db")) as connection, connection:
            assert connection.execute("SELECT count(*) FROM body").fetchone() == (1,)
            connection.execute("UPDATE body SET data = ?", (pack(b"another page"),))
        connection.close()
        with store.read() as session:
            with pytest.raises(StoreError, match="does not match"):
                session.bodies.get(digest)
            with pytest.raises(StoreError, match="missing"):
                session.bodies.get("0" * 64)


@settings(deadline=None)
@given(st.binary())
def test_packing_loses_nothing(data: bytes) -> None:
    assert unpack(pack(data)) == data


@settings(deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=20), st.sampled_from([1, 9, 70_000])), max_size=4))
def test_what_was_packed_before_leaves_no_trace(bodies: list[tuple[bytes, int]]) -> None:
    for some, times in bodies:
        assert pack(some * times).startswith(zstd.compress(some * times, LEVEL))


def test_pages_are_found_by_every_address_they_had(store: Store) -> None:
    with store, store.write() as session:
        site = session.sources.add_site("iom", NOW)
        page_id = session.pages.add(site.id, "https://x/old", since=NOW, due_at=NOW)
        page = session.pages.get(page_id)
        assert page is not None
        session.pages.rename(page, "https://x/new")
        assert session.pages.ids(site.id, ["https://x/old", "https://x/new", "https://x/no"]) == {
            "https://x/old": page_id,
            "https://x/new": page_id,
        }
        moved = session.pages.get(page_id)
        assert moved is not None
        session.pages.rename(moved, "https://x/old")  # and back
        found = session.pages.find(site.id, "https://x/new")
        assert found is not None
        assert found.url == "https://x/old"


def test_a_page_folded_into_another_leaves_nothing_behind(store: Store) -> None:
    with store, store.write() as session:
        site = session.sources.add_site("iom", NOW)
        baseline = session.sources.add_baseline(site.id, NOW, None)
        session.sources.add(site.id, "https://x/rss.xml", baseline)
        source = session.sources.of_site(site.id)[0]
        keep, gone = (
            session.pages.add(site.id, f"https://x/{name}", since=NOW, due_at=NOW) for name in ("a", "node/1")
        )
        session.pages.list_by(source.id, {keep: None, gone: None}, NOW)
        session.families.keep_alternates(gone, {"https://x/fr": "fr"})
        into, folded = session.pages.get(keep), session.pages.get(gone)
        assert into is not None
        assert folded is not None
        session.pages.absorb(folded, into)
        assert session.pages.get(gone) is None
        assert session.pages.ids(site.id, ["https://x/node/1"]) == {"https://x/node/1": keep}
        assert session.sources.named(source.id) == 1


def test_pages_that_carry_a_text_are_found_by_it_and_not_by_walking_over_their_site(store: Store) -> None:
    """Each first read of a page asks so: a walk makes the first reading of a site quadratic."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object
    ) -> None:
        asked.append((statement, values))

    with store, store.write() as session:
        site = session.sources.add_site("iom", NOW)
        page = session.pages.get(session.pages.add(site.id, "https://x/a", since=NOW, due_at=NOW))
        assert page is not None
        hooks.listen(session.connection, "before_cursor_execute", note)
        session.pages.twin(page, "text")
        session.pages.sharing(page, "text", "trouble")
        hooks.remove(session.connection, "before_cursor_execute", note)
        assert len(asked) == 3
        for statement, values in asked:
            plan = session.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            used = [row.detail for row in plan if row.detail.startswith(("SEARCH", "SCAN"))]
            assert "text_fingerprint=?" in used[0] or "trouble=?" in used[0]


def test_what_is_due_comes_in_order(store: Store) -> None:
    with store, store.write() as session:
        site = session.sources.add_site("iom", NOW)
        baseline = session.sources.add_baseline(site.id, NOW, None)
        add = session.pages.add
        old = add(site.id, "https://x/old", since=NOW, due_at=NOW, baseline_id=baseline)
        new = add(site.id, "https://x/new", since=NOW, due_at=NOW)
        late = add(site.id, "https://x/late", since=NOW, due_at=NOW + timedelta(hours=1))
        assert [page for page, _ in session.pages.due(site.id, NOW)] == [new, old]
        assert [page for page, _ in session.pages.due(site.id, None)] == [new, late, old]
        session.pages.due_now([late], NOW)
        assert len(session.pages.due(site.id, NOW)) == 3


def test_what_is_left_out_is_passed_over_by_an_index(store: Store) -> None:
    """However many pages are watched no more, the first page due is found without a walk over them."""
    with store, store.write() as session:
        site = session.sources.add_site("iom", NOW)
        out, kept = (session.pages.add(site.id, f"https://x/{name}", since=NOW, due_at=NOW) for name in "ab")
        session.pages.leave_out([out], NOW)
        assert [page for page, _ in session.pages.due(site.id, NOW)] == [kept]
        assert (session.pages.left_out(site.id), session.pacing.pages(site.id)) == (1, 1)
        if session.connection.dialect.name == "sqlite":
            query = (
                "SELECT 1 FROM page WHERE site_id = 1 AND due_at <= 'x' AND left_out_since IS NULL LIMIT 1"
            )
            (plan,) = session.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")
            assert "ix_page_site_id_due_at" in plan.detail
        session.pages.take_in([out], NOW + timedelta(hours=1))
        assert session.pages.left_out(site.id) == 0
        assert session.pages.next_due(site.id) == NOW


def test_more_addresses_than_a_query_takes(store: Store) -> None:
    with store, store.write() as session:
        site = session.sources.add_site("iom", NOW)
        urls = [f"https://x/{number}" for number in range(1203)]
        for url in urls:
            session.pages.add(site.id, url, since=NOW, due_at=NOW)
        assert len(session.pages.ids(site.id, urls)) == 1203


def test_what_pages_tell_of_their_template_is_kept_one_row_a_page(store: Store) -> None:
    with store.write() as session:
        site_id = session.sources.add_site("a", NOW).id
        first, second = (
            session.pages.add(site_id, f"https://a/{name}", since=NOW, due_at=NOW) for name in "xy"
        )
        for page_id, layout, hours in ((first, "story", 0), (second, None, 1), (first, None, 2)):
            row = TemplateRow(page_id=page_id, marks=bytes([hours]), layout=layout)
            session.templates.keep(row, site_id=site_id, language="fr", now=NOW + timedelta(hours=hours))
    with store.read() as session:
        rows = session.templates.of_site(site_id, "fr")
        assert [(row.page_id, row.marks, row.layout) for row in rows] == [
            (second, bytes([1]), None),
            (first, bytes([2]), None),
        ]
        assert session.templates.of_site(site_id, "") == []
        counts = {(count.layout, count.fitted): count for count in session.templates.layouts(site_id)}
        assert {key: count.pages for key, count in counts.items()} == {(None, None): 1, (None, "story"): 1}
        assert counts[None, "story"].since == NOW + timedelta(hours=2)
        assert session.templates.newest_layouts(site_id, 1) == [None]
    with store.write() as session:
        session.templates.forget([second])
        assert [row.page_id for row in session.templates.of_site(site_id, "fr")] == [first]
