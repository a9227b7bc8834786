"""The same rounds on PostgreSQL. Needs a server: IOMWATCH_TEST_POSTGRESQL names an empty database's URL."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from crawler.cli.demo import config_for
from crawler.cli.progress import Silence
from crawler.config import StoreConfig
from crawler.cycle.rounds import run_round
from crawler.demo import ROUNDS, START, TIMELINE, Server
from storage.errors import StoreBusyError
from storage.store import Store

URL = os.environ.get("IOMWATCH_TEST_POSTGRESQL", "")

pytestmark = pytest.mark.skipif(not URL, reason="IOMWATCH_TEST_POSTGRESQL is unset: no PostgreSQL to test on")


def test_three_days_on_postgresql(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="needs iomwatch[postgresql]")
    with Server(now=START) as server:
        config = config_for(server, tmp_path).model_copy(update={"store": StoreConfig(url=URL)})
        with Store.open(URL, create=True) as store:
            for moment in ROUNDS:
                server.now = moment
                run_round(
                    config,
                    store,
                    sites=config.site,
                    clock=lambda: server.now,
                    progress=Silence(),
                    everything=True,
                )
            with store.read() as session:
                told = Counter(row.kind for row in session.ledger.events())
                assert session.letters.outbox() == []
            assert told == Counter(str(line.kind) for line in TIMELINE if line.kind)
        with (
            Store.open(URL) as one,
            Store.open(URL) as other,
            one.lock(),
            pytest.raises(StoreBusyError),
            other.lock(),
        ):
            pytest.fail("two runs at once")
