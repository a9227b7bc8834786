"""kill -9 at random points of a round: after the next run nothing is lost and nothing told twice."""

from __future__ import annotations

import multiprocessing
import random
import re
import shutil
import time
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from tests.cycle.test_site_wide import NOTICE, in_another_design, page, put_all, site
from tests.cycle.watch import HOUR, T0, Watch, release, watching

POINTS = 20
FRENCH = (
    "Le marché de la vallée a rouvert lundi matin, après trois semaines de travaux menés par les habitants.",
    "Depuis janvier, 12 400 personnes ont été déplacées dans le district, la plupart de deux vallées.",
)
NOW = T0 + 2 * HOUR


def one_round(folder: str) -> None:
    """A whole round with its letters, as cron would run it; in a process of its own."""
    from crawler.cli.progress import Silence
    from crawler.config import load
    from crawler.cycle.rounds import run_round
    from storage.store import Store

    config = load(Path(folder) / "config.toml")
    with Store.open(config.store_url()) as store:
        run_round(
            config,
            store,
            sites=config.site,
            clock=lambda: NOW,
            progress=Silence(),
            everything=True,
        )


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [
            "crawler.cycle.rounds",
            "crawler.config",
            "crawler.cli.progress",
            "crawler.digest.html",
            "lxml.etree",
        ]
    )
    return context


@pytest.fixture
def eventful(tmp_path: Path) -> Iterator[Watch]:
    """A site with a baseline and an absence read, in which the next round finds one event of each kind."""
    folder = tmp_path / "start"
    folder.mkdir()
    titles = (
        "Bridge Reopens",
        "School Opens",
        "Clinic Arrives",
        "Market Returns",
        "Ferry Sails",
        "Well Is Dug",
    )
    pages = {f"/news/{title.split()[0].lower()}": release(title) for title in titles}
    with watching(folder, pages) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/ferry", None)
        watch.run(T0 + HOUR, tell=True)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        watch.put("/news/school", watch.pages["/news/school"].replace("School Opens", "School Closes", 2))
        watch.put("/news/deep-well", watch.pages["/news/well"])
        watch.put("/news/well", _moved("/news/deep-well"))
        watch.put("/news/road", release("Road Is Mended"))
        english = f'<link rel="alternate" hreflang="en" href="{watch.server.base_url}/news/market">'
        watch.put("/fr/news/marche", release("Le marché", *FRENCH, language="fr", head=english))
        watch.put("/news/copy", watch.pages["/news/clinic"])
        watch.name(*pages, "/news/road", "/fr/news/marche", "/news/copy")
        yield watch


def _moved(to: str) -> Any:
    from crawler.demo import Answer

    return Answer(status=301, headers={"location": to})


def ledger(watch: Watch, folder: Path) -> list[tuple[str, str]]:
    from crawler.cycle.events import as_json
    from storage.store import Store

    with Store.open(f"sqlite:///{folder}/iomwatch.db") as store, store.read() as session:
        rows = [as_json(row) for row in session.ledger.events()]
        assert session.letters.outbox() == []
    return sorted((row["id"], row["kind"]) for row in rows)


def families(folder: Path) -> dict[str, tuple[int | None, int | None]]:
    """Family and home of each page."""
    from storage.store import Store

    with Store.open(f"sqlite:///{folder}/iomwatch.db") as store, store.read() as session:
        ids = [page_id for page_id, _ in session.pages.due(1, None)]
        return {page.url: (page.family, page.home) for page in session.pages.get_many(ids)}


def told(folder: Path) -> list[str]:
    """The items of all letters in the folder, as many times as they stand there."""
    lines = [
        line
        for path in (folder / "digests").glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return sorted(line for line in lines if re.match(r"\* ", line))


def start(processes: ForkServerContext, folder: Path) -> BaseProcess:
    process = processes.Process(target=one_round, args=(str(folder),))
    process.start()
    return process


def copy(watch: Watch, folder: Path) -> Path:
    shutil.copytree(watch.folder, folder)
    return folder


@pytest.fixture
def site_wide(tmp_path: Path) -> Iterator[Watch]:
    """A site in another design, with a notice on the pages in the old one, and one page unlisted."""
    folder = tmp_path / "start"
    folder.mkdir()
    with watching(folder, site(12), etags=False) as watch:
        watch.run(T0, tell=True)
        watch.name(*(path for path in site(12) if path != "/news/7"))
        watch.run(T0 + HOUR, tell=True)
        put_all(watch, {path: in_another_design(html) for path, html in site(12).items()})
        put_all(watch, {f"/news/{number}": page(number, notice=NOTICE) for number in range(4)})
        yield watch


def test_killed_anywhere_the_next_run_makes_it_whole(
    eventful: Watch, tmp_path: Path, processes: ForkServerContext
) -> None:
    kinds = killed_anywhere(eventful, tmp_path, processes, points=POINTS, letters_told=6)
    assert kinds == ["changed", "moved", "new", "removed", "retitled", "translation"]
    kin = families(tmp_path / "undisturbed").values()
    assert sum(family is not None for family, _ in kin) == 2
    assert sum(home is not None for _, home in kin) == 1


def test_what_happens_to_the_site_is_told_once_though_the_round_was_killed(
    site_wide: Watch, tmp_path: Path, processes: ForkServerContext
) -> None:
    kinds = killed_anywhere(site_wide, tmp_path, processes, points=POINTS // 2, letters_told=3)
    assert sorted(set(kinds)) == ["boilerplate", "changed", "redesigned", "unlisted"]
    assert [kinds.count(kind) for kind in ("boilerplate", "redesigned", "unlisted")] == [1, 1, 1]


def killed_anywhere(
    eventful: Watch, tmp_path: Path, processes: ForkServerContext, *, points: int, letters_told: int
) -> list[str]:
    """Kill a round at so many points, and run again each time; the kinds that an undisturbed round tells."""
    undisturbed = copy(eventful, tmp_path / "undisturbed")
    eventful.asked()
    process = start(processes, undisturbed)
    process.join(60)
    assert process.exitcode == 0
    requests = len(eventful.asked())
    truth, letters = ledger(eventful, undisturbed), told(undisturbed)
    assert len(letters) == letters_told
    kin = families(undisturbed)
    draw = random.Random(2026)
    killed = 0
    for point in range(points):
        folder = copy(eventful, tmp_path / f"point-{point}")
        process = start(processes, folder)
        after = draw.randint(0, requests + 3)  # beyond the last request lie the letters
        deadline = time.monotonic() + 30
        while len(eventful.server.log) < min(after, requests) and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(draw.uniform(0, 0.03 if after < requests else 0.15))
        process.kill()
        process.join(60)
        killed += process.exitcode == -9
        again = start(processes, folder)
        again.join(60)
        assert again.exitcode == 0
        assert families(folder) == kin, f"point {point}, after {after} requests"
        assert ledger(eventful, folder) == truth, f"point {point}, after {after} requests"
        assert told(folder) == letters, f"point {point}, after {after} requests"
        eventful.asked()
    assert killed >= points // 2
    return sorted(kind for _, kind in truth)
