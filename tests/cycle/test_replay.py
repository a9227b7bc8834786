"""The ledger built again from what is stored: the same, with the same ids; and what differs is listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli.progress import Silence
from crawler.cycle.replay import Replayed, replay_ledger
from crawler.demo import Answer
from storage.store import Store
from tests.cycle.test_site_wide import CHALLENGE, MORE, NOTICE, in_another_design, page, prose, put_all, site
from tests.cycle.watch import HOUR, T0, Watch, release, watching

COUNT = 12
FRENCH = "La route qui mène au village a été réparée par les habitants, et les camions y passent de nouveau."
DAY = timedelta(days=1)


def replayed(watch: Watch, folder: Path) -> Replayed:
    folder.mkdir()
    with Store.open(f"sqlite:///{folder}/scratch.db", create=True) as scratch:
        return replay_ledger(watch.store, scratch, watch.config, Silence())


def to(path: str) -> Answer:
    return Answer(status=301, headers={"location": path})


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """A site to which one of everything happens."""
    with watching(tmp_path_factory.mktemp("eventful"), site(COUNT)) as watch:
        watch.run(T0)
        watch.put("/news/0", page(0).replace(prose("0-1"), MORE))  # changed
        watch.put("/news/deep", watch.pages["/news/1"])
        watch.put("/news/1", to("/news/deep"))  # moved, by a redirect
        watch.put("/news/elsewhere", watch.pages["/news/2"])
        watch.put("/news/2", None)  # moved, without
        watch.put("/news/3", None)  # removed
        watch.put("/news/4", to("/"))  # removed: it leads home
        watch.put("/", "<html><body><h1>Home</h1></body></html>")
        watch.put("/news/road", release("Road Is Mended"))  # new
        french = f'<link rel="alternate" hreflang="en" href="{watch.server.base_url}/news/road">'
        watch.put(
            "/fr/news/route", release("La route est réparée", FRENCH, language="fr", head=french)
        )  # translation
        watch.put("/news/copy", watch.pages["/news/5"])  # a copy, not told
        named = ["/news/elsewhere", "/news/road", "/fr/news/route", "/news/copy"]
        watch.name(*site(COUNT), *named)
        for hours in (1, 2, 3):
            watch.run(T0 + hours * HOUR)
        watch.put("/news/3", page(3))  # restored
        watch.run(T0 + DAY)
        watch.put("/news/0", page(0))  # reverted
        watch.run(T0 + 2 * DAY)
        good = dict(watch.pages)
        put_all(watch, dict.fromkeys(site(COUNT), CHALLENGE))  # blocked, recovered
        for hours in (50, 51, 52):
            watch.run(T0 + hours * HOUR)
        put_all(watch, good)
        watch.run(T0 + 53 * HOUR)
        noted = {f"/news/{number}": page(number, notice=NOTICE) for number in range(5, COUNT)}
        put_all(watch, noted)  # boilerplate
        watch.run(T0 + 3 * DAY)
        put_all(watch, {path: in_another_design(html) for path, html in noted.items()})  # redesigned
        for path in ("/news/0", "/news/3", "/news/deep", "/news/elsewhere", "/news/road", "/fr/news/route"):
            watch.put(path, in_another_design(watch.pages[path]))
        watch.run(T0 + 4 * DAY)
        watch.name(*(path for path in site(COUNT) if path != "/news/7"), *named)  # unlisted
        for hours in (98, 99, 100):
            watch.run(T0 + hours * HOUR)
        yield watch


def test_the_same_ledger(eventful: Watch, tmp_path: Path) -> None:
    told = {event["kind"] for event in eventful.events()}
    assert told >= {
        "new", "translation", "removed", "restored", "reverted", "moved", "changed",
        "redesigned", "boilerplate", "blocked", "recovered", "unlisted",
    }  # fmt: skip
    found = replayed(eventful, tmp_path / "scratch")
    assert found.differences == ()
    assert found.taken_over == 3
    assert found.compared == len(eventful.events()) - 3


def test_what_differs_is_listed(eventful: Watch, tmp_path: Path) -> None:
    """A body that would be read otherwise today: as if the store had been told of another text."""
    with eventful.store.read() as session:
        new = next(row for row in session.ledger.events() if row.kind == "new")
    config = eventful.config.model_copy(
        update={"site": (eventful.config.site[0].model_copy(update={"removal_after": 90 * DAY}),)}
    )
    folder = tmp_path / "scratch"
    folder.mkdir()
    with Store.open(f"sqlite:///{folder}/scratch.db", create=True) as scratch:
        found = replay_ledger(eventful.store, scratch, config, Silence())
    kinds = {(difference.kind, difference.what) for difference in found.differences}
    assert ("removed", "told then; by today's rules it is not") in kinds
    assert new.id not in {difference.id for difference in found.differences}


def test_a_site_that_is_watched_no_more_is_left_out(eventful: Watch, tmp_path: Path) -> None:
    config = eventful.config.model_copy(update={"site": ()})
    folder = tmp_path / "scratch"
    folder.mkdir()
    with Store.open(f"sqlite:///{folder}/scratch.db", create=True) as scratch:
        found = replay_ledger(eventful.store, scratch, config, Silence())
    assert (found.left_out, found.compared, found.differences) == (("test",), 0, ())
