"""The simulated site's three days: every happening told once, under its right kind, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from crawler.cli.demo import config_for
from crawler.cli.progress import Silence
from crawler.cycle.events import as_json
from crawler.cycle.rounds import run_round
from crawler.demo import ROUNDS, START, TIMELINE, Happening, Server
from crawler.text import fold
from crawler.values import Kind
from storage.store import Store

WORDS = {  # the label that a page of the site has over its headline
    "news": {"en": "News", "fr": "Communiqué", "es": "Comunicado", "ar": "أخبار"},
    "speeches": {"en": "Speech"},
    "statements": {"en": "Statement"},
}
TOLD = [happening for happening in TIMELINE if happening.kind is not None]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("demo")
    with Server(now=START) as server:
        config = config_for(server, folder)
        with Store.open(config.store_url(), create=True) as store:
            for moment in ROUNDS:
                server.now = moment
                run_round(
                    config,
                    store,
                    sites=config.site,
                    clock=at(moment),
                    progress=Silence(),
                    everything=True,
                    tell=False,
                )
            with store.read() as session:
                rows = [as_json(row) for row in session.ledger.events()]
        for row in rows:
            for key in ("url", "canonical_url"):
                row[key] = row[key].removeprefix(server.base_url)
        yield rows


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def find(ledger: list[dict[str, Any]], happening: Happening) -> dict[str, Any]:
    """The one event of a happening, seen no earlier than it happened."""
    rows = [row for row in ledger if row["kind"] == happening.kind and row["canonical_url"] == happening.path]
    assert len(rows) == 1
    assert rows[0]["seen_at"] >= f"{happening.at:%Y-%m-%dT%H:%M}"
    return rows[0]


def test_every_happening_is_told_once_and_nothing_else(ledger: list[dict[str, Any]]) -> None:
    told = Counter((row["kind"], row["url"]) for row in ledger)
    truth = Counter((str(happening.kind), happening.old_path or happening.path) for happening in TOLD)
    assert told == truth


@pytest.mark.parametrize("happening", TOLD, ids=lambda happening: f"{happening.kind}-{happening.path[-30:]}")
def test_each_event_carries_its_facts(ledger: list[dict[str, Any]], happening: Happening) -> None:
    row = find(ledger, happening)
    assert row["title"] == happening.title
    assert row["language"] == happening.language
    kind = next(part for part in happening.path.split("/") if part in WORDS)
    assert row["type"] == WORDS[kind][happening.language]
    assert [(figure["before"], figure["after"]) for figure in row["figures"]] == list(happening.figures)
    inserted = "".join(segment["text"] for segment in row["redline"] if segment["op"] != "delete")
    for _, after in happening.swaps:
        assert fold(after) in fold(inserted)
    if happening.kind is Kind.MOVED:
        assert row["url"] == happening.old_path
        assert row["canonical_url"] == happening.path
    if happening.kind is Kind.REMOVED:
        assert row["evidence"]["after"]["status"] in {404, 410}
        assert row["evidence"]["after"]["hash"] is None
    if happening.kind in {Kind.CHANGED, Kind.RETITLED, Kind.REDATED}:
        assert row["evidence"]["before"]["hash"] != row["evidence"]["after"]["hash"]
        first, last = row["between"]
        assert first < f"{happening.at:%Y-%m-%dT%H:%M:%S}" <= last


def test_ids_are_all_different(ledger: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in ledger}) == len(ledger)
