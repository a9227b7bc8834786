"""A round with nothing to do: told from one that has something, and never when in doubt."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import Config, parse
from crawler.cycle.idle import idle_round
from crawler.cycle.outcome import Round
from tests.cycle.watch import T0, Watch, three, watching

SOON = T0 + timedelta(minutes=3)
SCHEDULED = '[[digest]]\nname = "daily"\nto = ["file:digests/"]\nschedule = "daily 07:00"\n'
BROKEN = '[[digest]]\nname = "daily"\nto = ["webhook+http://127.0.0.1:9/"]\n'
HOOK = '[webhook]\nsecret = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"\ntimeout = 1\n'
ALERTS = '[[digest]]\nname = "daily"\nto = ["file:digests/"]\n[alerts]\nto = ["file:alerts/"]\n'


def idle(watch: Watch, at: datetime, config: Config | None = None) -> Round | None:
    used = config or watch.config
    return idle_round(used, used.site, at)


def rounds(watch: Watch) -> int:
    with watch.store.read() as session:
        last = session.last_round()
        return last.id if last else 0


def begun(watch: Watch) -> None:
    """The baseline is read and told."""
    watch.run(T0, tell=True)
    watch.asked()


def test_a_round_with_nothing_due_is_written_and_asks_nothing(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        begun(watch)
        before = rounds(watch)
        found = idle(watch, SOON)
        assert found is not None
        assert (found.needs_a_person, found.letters, found.looked.sites[0].asked) == (False, 0, 0)
        assert watch.asked() == []
        with watch.store.read() as session:
            last = session.last_round()
        assert last is not None
        assert (last.id, last.started_at, last.ended_at) == (before + 1, SOON, SOON)


@pytest.mark.parametrize("extra", ["", SCHEDULED], ids=["at once", "scheduled"])
def test_what_is_idle_would_ask_nothing_and_tell_nothing(tmp_path: Path, extra: str) -> None:
    """Minute by minute, beside the whole round. Both come up."""
    with watching(tmp_path, three(), extra=extra) as watch:
        begun(watch)
        seen = set()
        for minute in range(1, 90, 4):
            at = T0 + timedelta(minutes=minute)
            found = idle(watch, at)
            whole = watch.run(at, everything=False, tell=True)
            asked = [exchange.path for exchange in watch.asked() if exchange.path != "/robots.txt"]
            seen.add(found is None)
            assert found is None or (asked, whole.letters) == ([], 0)
        assert seen == {True, False}


def sql(statement: str) -> Callable[[Watch], None]:
    def act(watch: Watch) -> None:
        with closing(sqlite3.connect(watch.folder / "iomwatch.db")) as database, database:
            assert database.execute(statement).rowcount > 0
        database.close()

    return act


@pytest.mark.parametrize(
    "meanwhile",
    [
        "UPDATE page SET due_at = '2026-03-02 06:01:00.000000' WHERE id = 1",
        "UPDATE source SET due_at = '2026-03-02 06:01:00.000000'",
        "UPDATE source SET due_at = NULL",
        "UPDATE source SET trouble = 'no answer'",
        "UPDATE source SET unread = '[[\"https://x/\", true]]'",
        "UPDATE source SET recount_since = '2026-03-02 06:01:00.000000'",
        "UPDATE round SET ended_at = NULL",
        "UPDATE page SET unlisted_since = '2026-03-02 04:00:00.000000' WHERE id = 1",
        "UPDATE site_pace SET filled_at = '2026-03-03 04:00:00.000000'",
        "UPDATE page SET asked_at = '2026-03-03 04:00:00.000000' WHERE id = 1",
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE subscription SET after_baseline = 0",
        "UPDATE outbox SET state = 'waiting'",
        "UPDATE outbox SET state = 'failed'",
        "DELETE FROM subscription",
        "INSERT INTO attachment (page_id, url, due_at) VALUES (1, 'x', '2026-03-02 06:00:00.000000')",
    ],
)
def test_whatever_waits_is_work_for_a_whole_round(tmp_path: Path, meanwhile: str) -> None:
    with watching(tmp_path, three()) as watch:
        begun(watch)
        assert idle(watch, SOON) is not None
        sql(meanwhile)(watch)
        before = rounds(watch)
        assert idle(watch, SOON) is None
        assert rounds(watch) == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sources", '["/sitemap.xml", "/more.xml"]'),
        ("watch", '["/about"]'),
        ("name", '"another"'),
    ],
)
def test_a_configuration_with_anything_new_is_work(tmp_path: Path, key: str, value: str) -> None:
    with watching(tmp_path, three()) as watch:
        begun(watch)
        written = (tmp_path / "config.toml").read_text(encoding="utf-8")
        lines = [line for line in written.splitlines() if not line.startswith(f"{key} = ") or "daily" in line]
        at = lines.index("[[site]]") + 1
        text = "\n".join([*lines[:at], f"{key} = {value}", *lines[at:]])
        assert idle(watch, SOON, parse(text, root=tmp_path, environment={})) is None


def test_a_slot_that_came_is_work(tmp_path: Path) -> None:
    with watching(tmp_path, three(), extra=SCHEDULED) as watch:
        begun(watch)
        watch.run(T0 + timedelta(minutes=58), tell=True)
        assert idle(watch, T0 + timedelta(minutes=59)) is not None
        assert idle(watch, T0 + timedelta(minutes=60)) is None


def test_an_undelivered_letter_is_work(tmp_path: Path) -> None:
    with watching(tmp_path, three(), extra=BROKEN + HOOK) as watch:
        assert watch.run(T0, tell=True).needs_a_person
        assert idle(watch, SOON) is None


def test_the_operators_conditions_are_looked_at_each_hour(tmp_path: Path) -> None:
    with watching(tmp_path, three(), extra=ALERTS) as watch:
        begun(watch)
        assert idle(watch, SOON) is not None
        sql("UPDATE source SET due_at = '2026-03-09 06:00:00.000000'")(watch)
        sql("UPDATE page SET due_at = '2026-03-09 06:00:00.000000'")(watch)
        assert idle(watch, T0 + timedelta(minutes=61)) is None


def test_a_store_that_is_not_there_or_no_store_is_not_touched(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        begun(watch)
        elsewhere = Config.model_copy(watch.config, update={"root": tmp_path / "new"})
        assert idle(watch, SOON, elsewhere) is None
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / "iomwatch.db").write_bytes(b"no database" * 100)
        assert idle(watch, SOON, elsewhere) is None
        assert (tmp_path / "new" / "iomwatch.db").read_bytes() == b"no database" * 100
