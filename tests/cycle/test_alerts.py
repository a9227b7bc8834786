"""The operator's letters: once when something begins, once when it ends, and no reader's business."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.config import parse
from crawler.cycle.alerts import _of_disk, alert_due
from crawler.demo import Answer
from storage.letters import FAILED
from tests.cycle.watch import HOUR, T0, Watch, release, watching
from tests.processes import forkserver

DAY = timedelta(days=1)
TABLES = """
[[digest]]
name = "daily"
to = ["file:digests/"]
[alerts]
to = ["file:alerts/"]
"""


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    titles = ("Bridge Reopens", "School Opens", "Clinic Arrives", "Market Returns")
    pages = {f"/news/{title.split()[0].lower()}": release(title) for title in titles}
    with watching(tmp_path, pages, extra=TABLES) as watch:
        watch.run(T0, tell=True)
        yield watch


def alerts(watch: Watch) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((watch.folder / "alerts").glob("2*.txt"))]


def test_nothing_to_say_is_not_said(watch: Watch) -> None:
    watch.run(T0 + HOUR, tell=True)
    assert alerts(watch) == []


def test_a_site_that_publishes_no_more_is_told_and_its_next_release_ends_that(watch: Watch) -> None:
    for day in range(1, 13):
        watch.put(f"/news/day-{day}", release(f"Day {day} of the relief"))
        watch.name(*(path for path in watch.pages if path.startswith("/news/")))
        watch.run(T0 + day * DAY, everything=False, tell=True)
    watch.run(T0 + 16 * DAY, everything=False, tell=True)
    assert alerts(watch) == []
    watch.run(T0 + 20 * DAY, everything=False, tell=True)
    (begun,) = alerts(watch)
    assert begun.startswith("iomwatch: fell silent: test\n")
    watch.run(T0 + 21 * DAY, everything=False, tell=True)
    watch.put("/news/late", release("Late News From the Valley"))
    watch.name(*(path for path in watch.pages if path.startswith("/news/")))
    watch.run(T0 + 22 * DAY, everything=False, tell=True)
    assert [said.partition("\n")[0] for said in alerts(watch)] == [
        "iomwatch: fell silent: test",
        "iomwatch: publishes again: test",
    ]


def test_a_site_whose_pages_are_all_missing_is_told_as_that(watch: Watch) -> None:
    watch.pages.clear()
    for hours in (1, 2, 3):
        watch.run(T0 + hours * HOUR, tell=True)
    (begun,) = alerts(watch)
    assert begun.startswith("iomwatch: blocked: test\n")
    assert "0 of 4 known pages are blocked, 4 missing" in " ".join(begun.split())


def test_a_site_that_refuses_us_is_told_once_and_its_return_once(watch: Watch) -> None:
    good = {path: page for path, page in watch.pages.items() if path.startswith("/news/")}
    for path in good:
        watch.put(path, Answer(status=403))
    for hours in (1, 2, 3):
        watch.run(T0 + hours * HOUR, tell=True)
    (begun,) = alerts(watch)
    assert begun.startswith("iomwatch: blocked: test\n")
    assert "4 of 4 known pages are blocked" in " ".join(begun.split())
    for path, page in good.items():
        watch.put(path, page)
    for hours in (4, 5):
        watch.run(T0 + hours * HOUR, tell=True)
    _, ended = alerts(watch)
    assert ended.startswith("iomwatch: recovered: test\n")
    assert "ENDED" in ended


def test_a_site_of_which_less_is_read_than_usual_is_told_once_and_its_return_once(tmp_path: Path) -> None:
    pages = {f"/news/{number}": release(f"Release of the Day {number}") for number in range(20)}
    with watching(tmp_path, pages, extra=TABLES) as watch:
        watch.run(T0, tell=True)
        for number in range(8):
            watch.put(f"/news/{number}", Answer(status=403))
        for hours in (1, 2, 8, 15):
            watch.run(T0 + hours * HOUR, tell=True)
        (begun,) = alerts(watch)
        assert begun.startswith("iomwatch: less is read: test\n")
        said = "less is read than usual: 12 of 20 pages stand as read, usually 100%"
        assert said in " ".join(begun.split())
        watch.put("/news/19", release("Release of the Day 19", "The bridge is open again to all."))
        watch.run(T0 + 16 * HOUR, tell=True)
        letters = sorted((tmp_path / "digests").glob("2*.txt"))
        assert "less is read than usual: 12 of 20" in " ".join(letters[-1].read_text("utf-8").split())
        for number in range(8):
            watch.put(f"/news/{number}", pages[f"/news/{number}"])
        for hours in (17, 18):
            watch.run(T0 + hours * HOUR, tell=True)
        assert [said.partition("\n")[0] for said in alerts(watch)] == [
            "iomwatch: less is read: test",
            "iomwatch: as much is read as usual: test",
        ]


def test_the_subject_names_the_weightiest(tmp_path: Path) -> None:
    pages = {f"/news/{number}": release(f"Release of the Day {number}") for number in range(20)}
    with watching(tmp_path, pages, extra=TABLES) as watch:
        watch.run(T0, tell=True)
        for refused, hours in ((8, (1, 2, 8, 15)), (20, (16, 18)), (0, (19, 20))):
            for number, (path, page) in enumerate(pages.items()):
                watch.put(path, Answer(status=403) if number < refused else page)
            for hour in hours:
                watch.run(T0 + hour * HOUR, tell=True)
        assert [said.partition("\n")[0] for said in alerts(watch)] == [
            "iomwatch: less is read: test",
            "iomwatch: blocked: test",
            "iomwatch: recovered: test and 1 more",
        ]


def test_a_source_that_falls_silent_for_a_day(watch: Watch) -> None:
    whole = watch.pages["/sitemap.xml"]
    watch.put("/sitemap.xml", None)
    watch.run(T0 + HOUR, tell=True)
    watch.run(T0 + 12 * HOUR, tell=True)
    assert alerts(watch) == []
    watch.run(T0 + 26 * HOUR, tell=True)
    watch.run(T0 + 27 * HOUR, tell=True)
    (begun,) = alerts(watch)
    assert "a source does not answer" in begun
    watch.put("/sitemap.xml", whole)
    watch.run(T0 + 28 * HOUR, tell=True)
    assert "the source answers again" in alerts(watch)[-1]


def test_letters_that_do_not_arrive_are_told_once_and_masked(watch: Watch) -> None:
    secret = "webhook+http://127.0.0.1:1/T0KEN"
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    text = text.replace('"file:digests/"', f'"{secret}"') + '[webhook]\nsecret = "' + "A" * 32 + '"\n'
    watch.config = parse(text, root=watch.folder, environment={})
    watch.put("/news/road", release("Road Is Mended"))
    watch.name("/news/road", "/news/bridge", "/news/school", "/news/clinic", "/news/market")
    for hours in (1, 2, 8, 20, 60):
        assert watch.run(T0 + hours * HOUR, tell=True).needs_a_person
    (begun,) = alerts(watch)
    assert "letters undelivered: daily to webhook+http://127.0.0.1:1/***~" in " ".join(begun.split())
    assert "T0KEN" not in begun
    with watch.store.write() as session:
        (row,) = session.letters.outbox()
        session.letters.mark(row.id, state="dropped")
    watch.run(T0 + 61 * HOUR, tell=True)
    assert "letters are delivered again" in " ".join(alerts(watch)[-1].split())


def test_letters_that_lost_their_recipient_are_told_once_and_that_they_are_settled(watch: Watch) -> None:
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    smtp = '[smtp]\nhost = "127.0.0.1"\nport = 1\n'

    def use(recipient: str) -> None:
        watch.config = parse(
            text.replace('"file:digests/"', f'"{recipient}"') + smtp, root=watch.folder, environment={}
        )

    use("mailto:dsek@desk.example")
    watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
    for hours in (1, 8):
        watch.run(T0 + hours * HOUR, tell=True)
    use("file:digests/")
    for hours in (9, 10):
        assert watch.run(T0 + hours * HOUR, tell=True).needs_a_person
    late, lost = (" ".join(said.split()) for said in alerts(watch))
    assert "letters undelivered: daily to mailto:dsek@desk.example" in late
    assert "letters without a recipient: daily to mailto:dsek@desk.example" in lost
    assert "1 letter of daily to mailto:dsek@desk.example, which is no longer in the configuration" in lost
    assert "--to RECIPIENT` hands it on" in lost
    assert "delivered again" not in lost
    with watch.store.write() as session:
        (row,) = session.letters.outbox()
        session.letters.mark(row.id, state="dropped")
    assert not watch.run(T0 + 11 * HOUR, tell=True).needs_a_person
    assert "no letters without a recipient any more" in " ".join(alerts(watch)[-1].split())


def test_a_refusal_for_good_is_in_the_next_letter_of_the_digest_alone(watch: Watch) -> None:
    watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
    watch.run(T0 + HOUR, tell=True)
    with watch.store.write() as session:
        (row,) = [row for row in session.letters.outbox(states=("sent",)) if "figure" in row.subject]
        session.letters.mark(row.id, state=FAILED, detail="550 no such desk")
    watch.put("/news/school", watch.pages["/news/school"].replace("12,400", "13,500"))
    assert watch.run(T0 + 2 * HOUR, tell=True).needs_a_person
    last = max((watch.folder / "digests").glob("2*.txt")).read_text(encoding="utf-8")
    assert "Undelivered and no longer tried: “IOM: 1 figure changed” of 2 March 2026" in " ".join(
        last.split()
    )
    assert "550 no such desk" in " ".join(last.split())


def test_an_alert_that_cannot_be_delivered_makes_no_flood(watch: Watch) -> None:
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    text = (
        text.replace('"file:alerts/"', '"mailto:op@desk.example"') + '[smtp]\nhost = "127.0.0.1"\nport = 1\n'
    )
    watch.config = parse(text, root=watch.folder, environment={})
    for path in [path for path in watch.pages if path.startswith("/news/")]:
        watch.put(path, Answer(status=403))
    for hours in range(1, 40, 3):
        watch.run(T0 + hours * HOUR, tell=True)
    with watch.store.read() as session:
        assert len(session.letters.outbox()) == 2  # the site, and that the operator is not reached


def test_written_twice_at_one_moment_it_is_told_once(watch: Watch) -> None:
    for path in [path for path in watch.pages if path.startswith("/news/")]:
        watch.put(path, Answer(status=403))
    watch.run(T0 + HOUR, tell=False)
    assert alert_due(watch.store, watch.config, T0 + HOUR)
    assert not alert_due(watch.store, watch.config, T0 + HOUR)  # a kill lies before its commit or after it


def test_a_disk_begins_and_ends_to_be_full_with_some_room_between() -> None:
    total = 100_000_000_000
    assert _of_disk((3_000_000_000, total), full=False) == []
    (low,) = _of_disk((1_900_000_000, total), full=False)
    assert low.words == "the store's disk is nearly full: 1.9 GB of 100.0 GB are free"
    assert _of_disk((2_100_000_000, total), full=True)
    assert _of_disk((3_100_000_000, total), full=True) == []
    assert _of_disk((100_000_000, 1_000_000_000), full=False) == []  # small, and a tenth is free


def alerting(folder: str) -> None:
    """What a round does of alerts and deliveries; in a process of its own."""
    from crawler.config import load
    from crawler.cycle.alerts import alert_due
    from crawler.cycle.letters import deliver_due
    from storage.store import Store

    config = load(Path(folder) / "config.toml")
    with Store.open(config.store_url()) as store:
        (Path(folder) / "begun").touch()
        alert_due(store, config, T0 + HOUR)
        deliver_due(store, config, T0 + HOUR)


def test_killed_anywhere_an_alert_is_told_once(watch: Watch, tmp_path: Path) -> None:
    for path in [path for path in watch.pages if path.startswith("/news/")]:
        watch.put(path, Answer(status=403))
    watch.run(T0 + HOUR, tell=False)
    processes = forkserver()
    draw, exits = random.Random(2026), []
    for point in range(12):
        folder = tmp_path / f"point-{point}"
        shutil.copytree(watch.folder, folder, ignore=shutil.ignore_patterns("point-*"))
        process = processes.Process(target=alerting, args=(str(folder),))
        process.start()
        deadline = time.monotonic() + 20
        while not (folder / "begun").exists() and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(draw.uniform(0, 0.04))
        process.kill()
        process.join(60)
        exits.append(process.exitcode)
        again = processes.Process(target=alerting, args=(str(folder),))
        again.start()
        again.join(60)
        assert again.exitcode == 0
        told = [path.read_text(encoding="utf-8") for path in (folder / "alerts").glob("2*.txt")]
        assert [text.partition("\n")[0] for text in told] == ["iomwatch: blocked: test"]
    assert -9 in exits
