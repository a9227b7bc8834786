"""Who speaks beside a page: homes and editions that are still asked, and what they said when last read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli.progress import Silence
from crawler.config import Config
from crawler.cycle.coverage import strangers_of
from crawler.cycle.events import event_of
from crawler.cycle.letters import letter_of
from crawler.cycle.rounds import run_round
from crawler.cycle.telling import Telling
from crawler.cycle.watched import Watched
from crawler.demo import Answer
from storage.letters import STATES
from tests.compare.releases import EN
from tests.cycle.test_families import (
    CRUES,
    FLOOD,
    began,
    english,
    family,
    french,
    name,
    page_of,
    put,
    two_hosts,
)
from tests.cycle.test_replay import replayed, to
from tests.cycle.watch import HOUR, T0, Watch, release, started, three, watching


def renamed(config: Config) -> Config:
    """The first site under another name."""
    first, *others = config.site
    return config.model_copy(update={"site": (first.model_copy(update={"name": "renamed"}), *others)})


def without_the_second(config: Config) -> Config:
    return config.model_copy(update={"site": config.site[:1]})


def leaving_out_the_second(config: Config) -> Config:
    first, second = config.site
    second = second.model_copy(update={"include": ("/elsewhere/**",)})
    return config.model_copy(update={"site": (first, second)})


def agrees(watch: Watch, folder: Path) -> None:
    found = replayed(watch, folder / "scratch")
    assert found.differences == ()


# ── who speaks ──────────────────────────────────────────────────────────────────────────────────


def test_a_renamed_site_is_no_home_of_itself(tmp_path: Path) -> None:
    pages = {**three(), FLOOD: english(), "/news/moving": release("Moving", *EN[1:])}
    with watching(tmp_path, pages) as watch:
        started(watch)
        watch.config = renamed(watch.config)
        watch.run(T0 + HOUR)
        assert watch.events() == []
        watch.put("/news/bridge", release("Bridge Reopens at Last"))
        watch.put(FLOOD, None)
        watch.put("/news/moved", pages["/news/moving"])
        watch.put("/news/moving", to("/news/moved"))
        for hour in (2, 4):
            watch.run(T0 + hour * HOUR)
        told = {event["kind"]: event for event in watch.events()}
        assert set(told) == {"retitled", "removed", "moved"}
        for event in told.values():
            assert (event["site"], event["homes"], event["still_at"]) == ("renamed", [], [])
            assert not any("still" in reason for reason in event["reasons"])
        agrees(watch, tmp_path)


def test_a_renamed_site_knows_its_editions_by_what_they_say(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), FLOOD: english()}) as watch:
        started(watch)
        watch.config = renamed(watch.config)
        watch.run(T0 + HOUR)
        watch.put(CRUES, french())
        watch.name(*three(), FLOOD, CRUES)
        watch.run(T0 + 2 * HOUR)
        (event,) = watch.events()
        assert (event["kind"], event["editions"]) == ("translation", [watch.server.base_url + FLOOD])
        agrees(watch, tmp_path)


def test_a_site_that_was_dropped_speaks_no_more(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        watch.config = without_the_second(watch.config)
        put(watch, other, None, english())
        for hour in (3, 5):
            watch.run(T0 + hour * HOUR)
        *_, removed = watch.events()
        assert (removed["kind"], removed["homes"], removed["still_at"]) == ("removed", [], [])
        agrees(watch, tmp_path)


@pytest.mark.parametrize("both", [True, False])
def test_the_editions_of_its_own_host_speak_beside_a_page(tmp_path: Path, both: bool) -> None:
    """Also where the other host, which told the release first, left the configuration."""
    with two_hosts(tmp_path) as (watch, other):
        first, second = watch.config.site
        second = second.model_copy(update={"include": first.include})
        watch.config = watch.config.model_copy(update={"site": (first, second)})
        pages = with_one_node()
        watch.name(*pages)
        name(other["server"], "/news/own", FLOOD, CRUES)
        for hour, host in enumerate((watch.pages, other["server"].site.pages), 1):
            host |= {FLOOD: pages[FLOOD], CRUES: pages[CRUES]}
            watch.run(T0 + hour * HOUR)
        assert page_of(watch, CRUES, 1).home == page_of(watch, CRUES).id
        if not both:
            watch.config = watch.config.model_copy(update={"site": (second,)})
        other["server"].site.pages[FLOOD] = corrected(pages[FLOOD])
        watch.run(T0 + 3 * HOUR)
        *_, event = watch.events()
        (found,) = event["disagreements"]
        assert found["url"] == second.base_url + CRUES
        assert event["editions"] == [second.base_url + CRUES]
        assert event["still_at"] == ([first.base_url + FLOOD] if both else [])
        agrees(watch, tmp_path)


def test_a_page_that_no_include_takes_in_speaks_no_more(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        watch.config = leaving_out_the_second(watch.config)
        put(watch, other, english(("12,400", "21,400")), english())
        watch.run(T0 + 3 * HOUR)
        *_, changed = watch.events()
        assert (changed["kind"], changed["homes"], changed["still_at"]) == ("changed", [], [])
        agrees(watch, tmp_path)


def test_pages_of_a_site_that_is_configured_no_more_are_counted(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        with watch.store.read() as session:
            assert strangers_of(session, Watched(sites=watch.config.site)) == []
            (found,) = strangers_of(session, Watched(sites=renamed(watch.config).site))
        assert (found.site, found.pages) == ("test", 3)


# ── what they still say ─────────────────────────────────────────────────────────────────────────

SPANISH = "/es/news/lluvias"
ES = (
    "Blantyre, 3 de mayo de 2024 – Más de 12.400 personas fueron desplazadas por la crecida de los ríos.",
    "El gobernador agradeció a los voluntarios y pidió a los socios que mantengan abierto el camino.",
)


def letter(watch: Watch) -> str:
    """The newest letter, on one line; the ledger's words agree with it."""
    with watch.store.read() as session:
        *_, row = session.letters.outbox(states=STATES)
        events = letter_of(session, row).events
        told = Telling(session=session, watched=Watched(sites=watch.config.site))
        by_now = {row.id: event_of(told.told(row)) for row in session.ledger.events()}
    for event in events:
        for said in ("still_at", "disagreements", "reasons", "last_read"):
            assert getattr(event, said) == getattr(by_now[event.id], said)
    return " ".join(row.text.split())


def editions_of(watch: Watch) -> None:
    started(watch)
    assert family(watch, FLOOD, CRUES)


def with_one_node(spanish: bool = False) -> dict[str, str]:
    node = '<link rel="shortlink" href="/node/7001">'
    pages = {**three(), FLOOD: english(head=node), CRUES: french(head=node)}
    if spanish:
        pages[SPANISH] = release("El valle bajo las aguas", *ES, language="es", head=node)
    return pages


def corrected(page: str) -> str:
    return page.replace("12,400", "21,400").replace("12 400", "21 400").replace("12.400", "21.400")


@pytest.mark.parametrize("order", [(FLOOD, CRUES), (CRUES, FLOOD)])
def test_editions_corrected_in_one_round_do_not_still_say(tmp_path: Path, order: tuple[str, str]) -> None:
    pages = with_one_node()
    first, second = order
    with watching(tmp_path, {first: pages[first], second: pages[second], **three()}) as watch:
        editions_of(watch)
        for path in order:
            watch.put(path, corrected(pages[path]))
        watch.run(T0 + HOUR, tell=True)
        said = letter(watch)
        assert "1 figure changed" in said
        assert "says" not in said
        agrees(watch, tmp_path)


def test_an_edition_corrected_before_the_letter_does_not_still_say(tmp_path: Path) -> None:
    pages = with_one_node()
    with watching(tmp_path, pages) as watch:
        editions_of(watch)
        for hour, path in ((1, FLOOD), (2, CRUES)):
            watch.put(path, corrected(pages[path]))
            watch.run(T0 + hour * HOUR, tell=hour == 2)
        assert "says" not in letter(watch)


def test_an_edition_edited_otherwise_still_says(tmp_path: Path) -> None:
    pages = with_one_node()
    with watching(tmp_path, pages) as watch:
        editions_of(watch)
        watch.put(FLOOD, corrected(pages[FLOOD]))
        watch.run(T0 + HOUR)
        watch.put(CRUES, pages[CRUES].replace("La vallée sous les eaux", "La vallée sous l’eau"))
        watch.run(T0 + 2 * HOUR, tell=True)
        assert letter(watch).count("French still says 12 400, this edition 21,400") == 1


def test_an_edition_corrected_after_the_letter_is_told_by_itself(tmp_path: Path) -> None:
    pages = with_one_node()
    with watching(tmp_path, pages) as watch:
        editions_of(watch)
        watch.put(FLOOD, corrected(pages[FLOOD]))
        watch.run(T0 + HOUR, tell=True)
        before = letter(watch)
        assert before.count("French still says 12 400, this edition 21,400") == 1
        watch.put(CRUES, corrected(pages[CRUES]))
        watch.run(T0 + 2 * HOUR, tell=True)
        assert "says" not in letter(watch)
        with watch.store.read() as session:
            first, *_ = session.letters.outbox(states=STATES)
            (event,) = letter_of(session, first).events
        assert [found.figure.before for found in event.disagreements] == [12400]  # as it was composed


def test_of_three_editions_the_one_left_is_named_once(tmp_path: Path) -> None:
    pages = with_one_node(spanish=True)
    with watching(tmp_path, pages) as watch:
        includes = ("/news/**", "/fr/news/**", "/es/news/**")
        site = watch.config.site[0].model_copy(update={"include": includes})
        watch.config = watch.config.model_copy(update={"site": (site,)})
        editions_of(watch)
        assert family(watch, FLOOD, CRUES, SPANISH)
        for path in (FLOOD, CRUES):
            watch.put(path, corrected(pages[path]))
        watch.run(T0 + HOUR, tell=True)
        said = letter(watch)
        assert said.count("Spanish still says 12.400") == 1
        assert said.count("still says") == 1


def test_a_correction_taken_back_does_not_leave_the_other_behind(tmp_path: Path) -> None:
    pages = with_one_node()
    with watching(tmp_path, pages) as watch:
        editions_of(watch)
        watch.put(FLOOD, corrected(pages[FLOOD]))
        watch.run(T0 + HOUR)
        watch.put(FLOOD, pages[FLOOD])
        watch.run(T0 + 30 * HOUR, tell=True)
        assert {event["kind"] for event in watch.events()} == {"changed", "reverted"}
        assert "says" not in letter(watch)


@pytest.mark.parametrize("hours", [(3, 3), (3, 4), (4, 3)])
def test_a_home_that_followed_before_the_letter_has_the_earlier_text_no_more(
    tmp_path: Path, hours: tuple[int, int]
) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        new = english(("12,400", "21,400"))
        for hour in (3, 4):
            put(watch, other, *(new if hour >= since else english() for since in hours))
            watch.run(T0 + hour * HOUR, tell=hour == 4)
        said = letter(watch)
        assert "21,400" in said
        assert "earlier text" not in said
        assert "still" not in said
        assert "Also at" in said
        *_, event = watch.events()
        assert event["kind"] == "changed"
        agrees(watch, tmp_path)


def test_a_home_that_never_follows_is_named_in_one_letter(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        put(watch, other, english(("12,400", "21,400")), english())
        watch.run(T0 + 3 * HOUR, tell=True)
        assert letter(watch).count("The earlier text still stands at") == 1
        watch.put("/news/bridge", release("Bridge Reopens at Last"))
        watch.run(T0 + 4 * HOUR, tell=True)
        assert "earlier text" not in letter(watch)
        put(watch, other, english(("12,400", "21,400")), english(("12,400", "21,400")))
        watch.put("/news/school", release("School Opens Its Doors Again"))
        watch.run(T0 + 5 * HOUR, tell=True)
        assert "earlier text" not in letter(watch)


def test_a_home_that_was_not_read_since_is_told_with_its_day(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        whole = watch.config
        put(watch, other, english(("12,400", "21,400")), english(("12,400", "21,400")))
        at = T0 + timedelta(days=18)
        run_round(
            whole, watch.store, sites=whole.site[:1], clock=lambda: at, progress=Silence(),
            everything=True,
        )  # fmt: skip
        said = letter(watch)
        assert "The earlier text stood, when last read on 2 March 2026, 08:00 UTC, at http" in said
        assert "still" not in said
        (home,) = watch.events()[-1]["still_at"]
        with watch.store.read() as session:
            telling = Telling(session=session, watched=Watched(sites=whole.site))
            *_, row = session.ledger.events()
            assert telling.told(row).payload["last_read"] == [{"url": home, "at": "2026-03-02T08:00:00Z"}]


def test_an_edition_that_was_not_read_since_is_told_with_its_day(tmp_path: Path) -> None:
    pages = with_one_node()
    with watching(tmp_path, pages) as watch:
        editions_of(watch)
        watch.put(FLOOD, corrected(pages[FLOOD]))
        watch.put(CRUES, Answer(status=503))
        watch.run(T0 + 30 * HOUR, tell=True)
        assert (
            "French said 12 400 when last read on 2 March 2026, 06:00 UTC, this edition says 21,400"
            in letter(watch)
        )
        watch.put(CRUES, pages[CRUES])
        watch.run(T0 + 60 * HOUR)
        with watch.store.read() as session:
            (row,) = session.letters.outbox(states=STATES)
            (event,) = letter_of(session, row).events
            telling = Telling(session=session, watched=Watched(sites=watch.config.site))
            (by_now,) = (event_of(telling.told(each)) for each in session.ledger.events())
        assert [found.at for found in event.last_read] == [T0]  # a letter tried again says the same
        assert by_now.last_read == ()


def test_a_home_gone_before_the_letter_is_not_there(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        put(watch, other, None, english())
        for hour in (3, 5):
            watch.run(T0 + hour * HOUR)
        assert watch.events()[-1]["still_at"] != []
        put(watch, other, None, None)
        watch.run(T0 + 6 * HOUR, tell=True)
        said = letter(watch)
        assert "Still there" not in said
        assert "still there" not in said


def test_a_site_dropped_before_the_letter_is_not_named(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        put(watch, other, english(("12,400", "21,400")), english())
        watch.run(T0 + 3 * HOUR)
        assert watch.events()[-1]["still_at"] != []
        watch.config = without_the_second(watch.config)
        watch.run(T0 + 4 * HOUR, tell=True)
        said = letter(watch)
        assert other["server"].base_url not in said
        assert "still" not in said
