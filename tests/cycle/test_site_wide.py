"""What happens to a site as a whole, played: each told once, when it begins, and never for a single page."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.demo import Answer
from storage.store import Store
from tests.cycle.watch import HOUR, T0, Watch, release, started, watching
from tests.extract.hosts import DESIGNS, pages

PAGES = 8
NOTICE = (
    "This release was made possible by the Humanitarian Trust of the Northern Countries and its partners."
)
MORE = "The trust ends its work in the spring, and its partners look for other means to go on with theirs."
CHALLENGE = Answer(
    status=403,
    headers={"content-type": "text/html", "cf-mitigated": "challenge"},
    body=b"<html><title>Just a moment...</title><body>Checking your browser</body></html>",
)
_TEXT = (
    "river mountain school clinic market ferry bridge road teacher nurse governor valley harvest winter "
    "shelter water tents trucks border village island coast farmer fisher baker driver doctor pupil"
)
_WORDS = _TEXT.split()


def prose(seed: str) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(_WORDS) for _ in range(30)).capitalize() + "."


def page(number: int, *, notice: str = "", language: str = "en") -> str:
    paragraphs = [prose(f"{number}-{part}") for part in range(4)]
    return release(
        f"{prose(f'title {number}')[:40]} {number}", *paragraphs, *filter(None, [notice]), language=language
    )


def site(count: int = PAGES, notice: str = "") -> dict[str, str]:
    return {f"/news/{number}": page(number, notice=notice) for number in range(count)}


def in_another_design(html: str, version: str = "v2") -> str:
    return (
        html.replace("<main><article>", f'<div class="shell-{version}"><section class="story"><header>')
        .replace("</h1>", "</h1></header>")
        .replace("field--type-text-with-summary", f"longread {version}x")
        .replace("</article></main>", "</section></div>")
        .replace("<nav><ul>", '<div class="topbar" role="navigation"><ul>')
        .replace("</ul></nav>", "</ul></div>")
    )


def put_all(watch: Watch, pages: dict[str, str] | dict[str, Answer]) -> None:
    for path, served in pages.items():
        watch.put(path, served)


def told_alone(watch: Watch) -> list[tuple[str, str]]:
    """(kind, path) of what a letter would tell."""
    with watch.store.read() as session:
        rows = session.ledger.events(alone=True)
    base = watch.server.base_url
    return [(row.kind, (row.page_url or "").removeprefix(base)) for row in rows]


def letters(watch: Watch) -> str:
    files = sorted((watch.folder / "digests").glob("*.txt"))
    return " ".join(" ".join(path.read_text(encoding="utf-8").split()).replace("| ", "") for path in files)


# ── blocked, recovered ──────────────────────────────────────────────────────────────────────────


def test_a_challenge_for_hours_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        good = dict(watch.pages)
        put_all(watch, dict.fromkeys(site(), CHALLENGE))
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == []
        for hours in (3, 4, 5, 6):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("blocked", "")]
        put_all(watch, {path: good[path] for path in site()})
        for hours in (7, 8):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("blocked", ""), ("recovered", "")]
        blocked, recovered = watch.events()
        assert blocked["between"] == ["2026-03-02T06:00:00Z", "2026-03-02T08:00:00Z"]
        assert blocked["seen_at"] == "2026-03-02T09:00:00Z"
        assert len(blocked["pages"]) == PAGES
        assert blocked["evidence"]["after"]["status"] == 403
        assert recovered["between"] == ["2026-03-02T08:00:00Z", "2026-03-02T13:00:00Z"]


def test_what_a_sites_event_weighs_is_configured(tmp_path: Path) -> None:
    with watching(tmp_path, site(), extra="[weights]\nblocked = 95\n") as watch:
        started(watch)
        put_all(watch, dict.fromkeys(site(), CHALLENGE))
        for hours in (2, 4):
            watch.run(T0 + hours * HOUR)
        assert [(event["kind"], event["weight"]) for event in watch.events()] == [("blocked", 95)]


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(Answer(status=503), id="outage"),
        pytest.param(Answer(status=403), id="refused"),
        pytest.param(
            Answer(
                body=b"<html><title>Just a moment...</title><body><h1>Just a moment...</h1></body></html>"
            ),
            id="challenge with 200",
        ),
        pytest.param(
            Answer(body=b"<html><body><h1>Site under maintenance</h1><p>Back soon.</p></body></html>"),
            id="maintenance with 200",
        ),
        pytest.param(Answer(status=404), id="nothing is there"),
    ],
)
def test_each_kind_of_refusal_is_told_once(tmp_path: Path, refusal: Answer) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        good = dict(watch.pages)
        put_all(watch, dict.fromkeys(watch.pages, refusal))
        for hours in (2, 3, 4, 5):
            watch.run(T0 + hours * HOUR)
        put_all(watch, good)
        for hours in (6, 7, 8):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("blocked", ""), ("recovered", "")]


def test_one_bad_round_is_no_news(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        good = dict(watch.pages)
        for hours in (2, 4, 6):
            put_all(watch, dict.fromkeys(site(), CHALLENGE))
            watch.run(T0 + hours * HOUR)
            watch.run(T0 + hours * HOUR + timedelta(minutes=20))
            put_all(watch, {path: good[path] for path in site()})
            watch.run(T0 + (hours + 1) * HOUR)
        assert watch.kinds() == []


def test_a_page_alone_never_blocks_its_site(tmp_path: Path) -> None:
    """Its hourly reads are all that is due, and all of them fail; the sitemap answers."""
    with watching(tmp_path, site()) as watch:
        started(watch)
        watch.put("/news/3", CHALLENGE)
        for hours in range(1, 30):
            watch.run(T0 + hours * HOUR, everything=hours == 1)
        assert watch.state("/news/3")[0] == "blocked"
        assert watch.kinds() == []


def test_by_the_pages_that_are_due_alone_too(tmp_path: Path) -> None:
    """As cron runs it: every quarter of an hour, some pages due, the blocked ones hourly."""
    with watching(tmp_path, site()) as watch:
        started(watch)
        good = dict(watch.pages)
        put_all(watch, dict.fromkeys(watch.pages, CHALLENGE))
        start = T0 + timedelta(days=2)
        quarters = [start + quarter * timedelta(minutes=15) for quarter in range(40)]
        for at in quarters[:20]:
            watch.run(at, everything=False)
        assert watch.kinds() == [("blocked", "")]
        put_all(watch, good)
        for at in quarters[20:]:
            watch.run(at, everything=False)
        assert watch.kinds() == [("blocked", ""), ("recovered", "")]


def test_pages_in_lasting_trouble_do_not_block_their_site(tmp_path: Path) -> None:
    with watching(tmp_path, site(6)) as watch:
        started(watch)
        bad = [f"/news/{number}" for number in range(3)]
        for hours, path in enumerate(bad):
            watch.put(path, CHALLENGE)
            watch.run(T0 + hours * HOUR)
        for hours in range(3, 12):  # of what is due, most of the time, they are all
            watch.run(T0 + hours * HOUR, everything=False)
        assert watch.kinds() == []


# ── redesigned ──────────────────────────────────────────────────────────────────────────────────


def test_a_redesign_is_one_event_though_the_pages_are_read_over_days(tmp_path: Path) -> None:
    with watching(tmp_path, site(12), etags=False) as watch:
        started(watch)
        put_all(watch, {path: in_another_design(html) for path, html in site(12).items()})
        for hours in range(1, 24 * 9, 3):
            watch.run(T0 + hours * HOUR, everything=False)
        assert watch.kinds() == [("redesigned", "")]
        event = watch.events()[0]
        assert len(event["pages"]) >= 3
        with watch.store.read() as session:
            for side in ("before", "after"):
                assert session.bodies.get(event["evidence"][side]["hash"])


@pytest.mark.parametrize("paragraphs", [3, 12])
@pytest.mark.parametrize("tag", ["div", "aside"])
def test_a_long_column_beside_the_release_is_no_edit_of_it(tmp_path: Path, tag: str, paragraphs: int) -> None:
    column = "".join(f"<p>{prose(f'column {number}')}</p>" for number in range(paragraphs))
    with watching(tmp_path, site()) as watch:
        started(watch)
        watch.run(T0 + HOUR)
        columns: dict[str, str] = {}
        for path, html in site().items():
            shell = f"<div><{tag}>{column}</{tag}><section><header>"
            html = html.replace("<main><article>", shell).replace("</h1>", "</h1></header>")
            html = html.replace("field--type-text-with-summary", "longread")
            columns[path] = html.replace("</article></main>", "</section></div>")
        put_all(watch, columns)
        for hours in (30, 60, 90):
            watch.run(T0 + hours * HOUR)
        assert told_alone(watch) == [("redesigned", "")]
        watch.put("/news/3", columns["/news/3"].replace(prose("3-1"), prose("another")))
        watch.run(T0 + 120 * HOUR)
        assert told_alone(watch)[1:] == [("changed", "/news/3")]


def test_the_next_redesign_is_told_too(tmp_path: Path) -> None:
    with watching(tmp_path, site(), etags=False) as watch:
        started(watch)
        for days, version in ((1, "a"), (2, "a"), (3, "b"), (4, "b")):
            put_all(watch, {path: in_another_design(html, version) for path, html in site().items()})
            watch.run(T0 + timedelta(days=days))
        assert watch.kinds() == [("redesigned", ""), ("redesigned", "")]


def test_two_pages_of_many_in_another_template_are_no_redesign(tmp_path: Path) -> None:
    with watching(tmp_path, site(), etags=False) as watch:
        started(watch)
        for number in range(3):
            watch.put(f"/news/{number}", in_another_design(page(number)))
        for hours in (1, 2, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []


@pytest.mark.parametrize(("before", "after"), [("_columns", "_flat"), ("_tail", "_flat")])
def test_what_a_new_template_brings_into_articles_is_part_of_it(
    tmp_path: Path, before: str, after: str
) -> None:
    """The first pages are read before the template is known."""
    designs = {design.__name__: design for design in DESIGNS}
    old, new = (
        {f"/news/{at}": one.html.decode() for at, one in enumerate(pages(designs[name], "en", count=10))}
        for name in (before, after)
    )
    with watching(tmp_path, old, etags=False) as watch:
        started(watch)
        watch.run(T0 + HOUR)  # the old template is known
        put_all(watch, new)
        for hours in (2, 3, 4):
            watch.run(T0 + hours * HOUR)
        assert told_alone(watch) == [("redesigned", "")]


def test_an_edit_in_a_redesign_is_told_beside_it(tmp_path: Path) -> None:
    with watching(tmp_path, site(), etags=False) as watch:
        started(watch)
        put_all(watch, {path: in_another_design(html) for path, html in site().items()})
        watch.put("/news/2", in_another_design(page(2, notice=NOTICE)))
        watch.run(T0 + HOUR)
        assert sorted(watch.kinds()) == [("changed", "/news/2"), ("redesigned", "")]


# ── boilerplate ─────────────────────────────────────────────────────────────────────────────────


def test_a_notice_on_all_pages_is_told_once(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        put_all(watch, site(notice=NOTICE))
        watch.run(T0 + HOUR, tell=True)
        assert told_alone(watch) == [("boilerplate", "")]
        event = watch.events()[-1]
        assert [(part["op"], part["text"]) for part in event["redline"]] == [("insert", NOTICE)]
        assert event["pages"] == sorted(watch.server.base_url + path for path in site())
        assert letters(watch).count(NOTICE) == 1
        watch.run(T0 + 2 * HOUR, tell=True)
        assert told_alone(watch) == [("boilerplate", "")]


def test_what_else_a_page_changed_is_told_beside_it(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        put_all(watch, site(notice=NOTICE))
        watch.put("/news/1", page(1, notice=NOTICE).replace(prose("1-2"), MORE))
        watch.run(T0 + HOUR, tell=True)
        assert told_alone(watch) == [("changed", "/news/1"), ("boilerplate", "")]
        assert letters(watch).count(NOTICE) == 1


def test_pages_that_show_it_days_later_are_part_of_it(tmp_path: Path) -> None:
    with watching(tmp_path, site(30)) as watch:
        started(watch)
        for number in range(4):
            watch.put(f"/news/{number}", page(number, notice=NOTICE))
        watch.run(T0 + HOUR)
        assert told_alone(watch) == [("boilerplate", "")]
        for number in range(4, 7):
            watch.put(f"/news/{number}", page(number, notice=NOTICE))
            watch.run(T0 + timedelta(days=number))
        assert told_alone(watch) == [("boilerplate", "")]
        assert [kind for kind, _ in watch.kinds()].count("changed") == 7


def test_where_two_pages_show_the_same_others_are_asked(tmp_path: Path) -> None:
    """Two alone are due in the first hour; the letter must not tell them one by one."""
    with watching(tmp_path, site(12)) as watch:
        started(watch)
        put_all(watch, site(12, notice=NOTICE))
        with watch.store.write() as session:
            for page_id, url in session.pages.due(1, None):
                late = not url.endswith(("/news/4", "/news/9"))
                session.pages.update(page_id, due_at=T0 + timedelta(days=9 if late else 0))
        watch.run(T0 + HOUR, everything=False)
        assert told_alone(watch) == [("boilerplate", "")]


def test_a_notice_that_goes_again_is_told_as_gone(tmp_path: Path) -> None:
    """On a few pages of many: what stands on a third of them is furniture, and its going is silent."""
    with watching(tmp_path, site(30)) as watch:
        started(watch)
        for number in range(5):
            watch.put(f"/news/{number}", page(number, notice=NOTICE))
        watch.run(T0 + HOUR)
        for number in range(5):
            watch.put(f"/news/{number}", page(number))
        watch.run(T0 + timedelta(days=3))
        watch.run(T0 + timedelta(days=4))
        assert told_alone(watch) == [("boilerplate", ""), ("boilerplate", "")]
        assert [part["op"] for part in watch.events()[-1]["redline"]] == ["delete"]


def test_the_same_passage_on_two_pages_stays_theirs(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        for number in (2, 5):
            watch.put(f"/news/{number}", page(number, notice=NOTICE))
        watch.run(T0 + HOUR)
        assert told_alone(watch) == [("changed", "/news/2"), ("changed", "/news/5")]


# ── unlisted ────────────────────────────────────────────────────────────────────────────────────


def test_a_release_dropped_from_its_sitemap_is_told_once(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        watch.name(*[path for path in site() if path != "/news/3"])
        watch.run(T0 + HOUR)
        assert watch.kinds() == []
        for hours in (2, 3, 4):
            watch.run(T0 + hours * HOUR, everything=hours == 4)
        assert watch.kinds() == [("unlisted", "/news/3")]
        event = watch.events()[0]
        assert event["pages"] == [watch.server.base_url + "/news/3"]
        assert event["between"][1] == "2026-03-02T07:00:00Z"
        watch.name(*site())
        watch.run(T0 + 5 * HOUR)
        watch.name(*[path for path in site() if path != "/news/3"])
        for hours in (6, 7, 8):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("unlisted", "/news/3")] * 2


def test_what_is_removed_is_not_unlisted(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        watch.name(*[path for path in site() if path != "/news/3"])
        watch.put("/news/3", None)
        for hours in (1, 2, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("removed", "/news/3")]


def test_a_sitemap_that_loses_most_of_its_names_is_not_believed(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        watch.name("/news/0", "/news/1")
        for hours in (1, 2, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []


def test_what_leaves_a_sitemap_of_the_latest_is_not_unlisted(tmp_path: Path) -> None:
    dated = {
        f"/news/{number}": release(
            f"{prose(f'title {number}')[:40]} {number}",
            *(prose(f"{number}-{part}") for part in range(3)),
            published=f"2026-02-{10 + number}T09:00:00Z",
        )
        for number in range(6)
    }
    with watching(tmp_path, dated) as watch:
        started(watch)
        watch.name(*list(dated)[1:])
        for hours in (1, 2, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []
        watch.name(*(path for path in list(dated)[1:] if path != "/news/3"))
        for hours in (4, 5, 6):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("unlisted", "/news/3")]


def test_not_while_a_source_is_in_trouble(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        watch.name(*[path for path in site() if path != "/news/3"])
        watch.run(T0 + HOUR)
        short = watch.pages["/sitemap.xml"]
        watch.put("/sitemap.xml", Answer(status=503))
        for hours in (2, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []
        watch.put("/sitemap.xml", short)
        watch.run(T0 + 4 * HOUR)
        assert watch.kinds() == [("unlisted", "/news/3")]


def listing(numbers: list[int], at: int, size: int = 4) -> str:
    shown = numbers[at * size : (at + 1) * size]
    rows = "".join(
        f'<article><h3><a href="/news/{number}">{prose(f"title {number}")[:40]} {number}</a></h3></article>'
        for number in shown
    )
    after = f'<a rel="next" href="/list?page={at + 1}">Next</a>' if len(numbers) > (at + 1) * size else ""
    return f"<html><body><main>{rows}<nav>{after}</nav></main></body></html>"


def listed(watch: Watch, numbers: list[int]) -> None:
    for at in range(3):
        watch.put(f"/list?page={at}" if at else "/list", listing(numbers, at))


def test_a_listing_is_read_to_its_end_before_it_speaks(tmp_path: Path) -> None:
    numbers = list(range(12))
    keys = 'sources = ["/sitemap.xml", "/list"]'
    with watching(tmp_path, site(12), site=keys, sources=False) as watch:
        listed(watch, numbers)
        started(watch)
        watch.name(*[path for path in site(12) if path != "/news/9"])
        for hours in (1, 2, 3, 4):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []  # the listing names it on its last page
        listed(watch, [number for number in numbers if number != 6])
        watch.name(*[path for path in site(12) if path not in {"/news/9", "/news/6"}])
        for hours in (5, 6, 7, 8, 9):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("unlisted", "/news/6")]


def test_what_the_configuration_leaves_out_is_not_unlisted(tmp_path: Path) -> None:
    with watching(tmp_path, site()) as watch:
        started(watch)
        narrow = watch.config.site[0].model_copy(update={"exclude": ("/news/3",)})
        watch.config = watch.config.model_copy(update={"site": (narrow,)})
        for hours in (1, 2, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == []


def test_ids_are_stable_and_different(tmp_path: Path) -> None:
    """The same happenings in two stores have the same ids."""
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with watching(tmp_path / name, site(), etags=False) as watch:
            started(watch)
            put_all(watch, {path: in_another_design(html) for path, html in site(notice=NOTICE).items()})
            for hours in (1, 2, 3):
                watch.run(T0 + hours * HOUR)
            with Store.open(watch.config.store_url()) as store, store.read() as session:
                found.append([row.id for row in session.ledger.events() if row.page_id is None])
    assert len(set(found[0])) == len(found[0]) > 0
    assert found[0] == found[1]
