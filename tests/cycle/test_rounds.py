"""Rounds over a scripted site: what is told, what is not, and what is asked of the site."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.cli.progress import Silence
from crawler.cycle.rounds import Switch, run_round
from crawler.demo import Answer, html_answer
from tests.cycle.watch import HOUR, T0, Watch, release, sitemap, started, three, watching

EDITED = (
    "Bridge Reopens, in short: the teams on the ground have begun to work with the families concerned.",
    "Since January, 21,400 people have been displaced in the district, most of them from two valleys.",
    "The governor thanked the volunteers and asked partners to keep the road to the clinic open.",
)


def test_what_was_there_is_told_as_one_line_and_then_nothing(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        assert watch.run(T0, tell=True).letters == 1
        letters = list((tmp_path / "digests").glob("*.txt"))
        assert len(letters) == 1
        assert "3 releases of test were already there" in letters[0].read_text(encoding="utf-8")
        watch.asked()
        second = watch.run(T0 + HOUR, tell=True)
        assert (second.letters, second.looked.events) == (0, 0)
        asked = watch.asked()
        pages = [exchange.path for exchange in asked if "/news/" in exchange.path]
        assert sorted(pages) == ["/news/bridge", "/news/clinic", "/news/school"]
        assert {exchange.status for exchange in asked if exchange.path != "/robots.txt"} == {304}
        assert sum(exchange.sent for exchange in asked if exchange.path != "/robots.txt") == 0
        assert watch.events() == []


def test_a_page_that_is_not_due_is_not_asked(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.run(T0 + HOUR / 2, everything=False)
        assert [exchange.path for exchange in watch.asked()] == ["/sitemap.xml"]


def test_a_lastmod_that_changed_makes_a_page_due(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        named = watch.pages["/sitemap.xml"].body.decode()
        entry = f"<loc>{watch.server.base_url}/news/bridge</loc>"
        touched = named.replace(entry, entry + "<lastmod>2026-03-02T06:10:00Z</lastmod>")
        watch.pages["/sitemap.xml"] = Answer(
            headers={"content-type": "application/xml"}, body=touched.encode()
        )
        watch.run(T0 + HOUR / 4, everything=False)
        assert "/news/bridge" in [exchange.path for exchange in watch.asked()]


def test_new_changed_retitled(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/market", release("Market Day Returns"))
        watch.name("/news/bridge", "/news/school", "/news/clinic", "/news/market")
        watch.put("/news/bridge", release("Bridge Reopens", *EDITED))
        watch.put("/news/school", release("School Opens Its Gates", *_body("School Opens Its Doors")))
        watch.run(T0 + HOUR)
        assert sorted(watch.kinds()) == [
            ("changed", "/news/bridge"),
            ("new", "/news/market"),
            ("retitled", "/news/school"),
        ]
        changed = next(event for event in watch.events() if event["kind"] == "changed")
        assert changed["figures"][0]["before"] == 12400
        assert changed["figures"][0]["after"] == 21400
        assert changed["between"] == ["2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"]
        texts = {
            op: "".join(s["text"] for s in changed["redline"] if s["op"] == op) for op in ("insert", "delete")
        }
        assert ("21,400" in texts["insert"], "12,400" in texts["delete"]) == (True, True)
        watch.run(T0 + 2 * HOUR)
        assert len(watch.events()) == 3


def _body(title: str) -> tuple[str, str, str]:
    return (
        f"{title}, in short: the teams on the ground have begun to work with the families concerned.",
        "Since January, 12,400 people have been displaced in the district, most of them from two valleys.",
        "The governor thanked the volunteers and asked partners to keep the road to the clinic open.",
    )


def test_gone_twice_far_enough_apart_is_removed_and_back_is_restored(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        page = watch.pages["/news/bridge"]
        watch.put("/news/bridge", None)
        watch.run(T0 + HOUR)
        assert watch.state("/news/bridge") == ("missing", None)
        watch.run(T0 + HOUR + timedelta(minutes=59))
        assert watch.events() == []
        watch.run(T0 + 2 * HOUR)
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds() == [("removed", "/news/bridge")]
        removed = watch.events()[0]
        assert removed["title"] == "Bridge Reopens"
        assert removed["evidence"]["after"] == {"hash": None, "status": 404, "time": "2026-03-02T08:00:00Z"}
        assert removed["between"] == ["2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z"]
        watch.put("/news/bridge", page)
        watch.run(T0 + 4 * HOUR)
        assert watch.kinds()[1:] == [("restored", "/news/bridge")]
        assert watch.events()[1]["between"] == ["2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"]


def test_gone_once_is_nothing(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        page = watch.pages["/news/bridge"]
        watch.put("/news/bridge", None)
        watch.run(T0 + HOUR)
        watch.put("/news/bridge", page)
        watch.run(T0 + 3 * HOUR)
        watch.run(T0 + 5 * HOUR)
        assert watch.events() == []
        assert watch.state("/news/bridge") == ("read", None)


def test_a_removal_is_confirmed_although_nothing_else_was_due(tmp_path: Path) -> None:
    old = "2026-01-02T09:00:00Z"  # looked at daily
    pages = {path: release(path[6:].title(), published=old) for path in three()}
    with watching(tmp_path, pages) as watch:
        started(watch)
        watch.put("/news/bridge", None)
        watch.run(T0 + 24 * HOUR, everything=False)
        watch.asked()
        watch.run(T0 + 25 * HOUR, everything=False)
        assert watch.kinds() == [("removed", "/news/bridge")]
        pages_asked = [exchange.path for exchange in watch.asked() if "/news/" in exchange.path]
        assert len(pages_asked) == 2  # the missing one, and one to see that the site is alive


def test_absences_are_not_believed_while_most_of_the_site_fails(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/bridge", None)
        for path in ("/news/school", "/news/clinic"):
            watch.put(path, html_answer("<h1>Service unavailable</h1>", status=503))
        for hours in (1, 3, 5):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("blocked", "")]


TROUBLES = {
    "server error": html_answer("<h1>Error</h1>", status=500),
    "refused": html_answer("<h1>Access denied</h1><p>You have no permission to see this.</p>", status=403),
    "too many": html_answer("<h1>Slow down</h1>", status=429, retry_after="120"),
    "empty": html_answer(""),
    "cut": Answer(headers={"content-type": "text/html", "content-length": "9000"}, body=b"<html><h1>Bridge"),
    "challenge said": html_answer(release("Just a moment"), cf_mitigated="challenge"),
    "challenge": html_answer(
        "<!doctype html><html lang=en><head><title>Just a moment...</title></head><body><main>"
        "<h1>Checking your browser</h1><p>This process is automatic. Your browser will be sent on to what "
        "you asked for shortly, please allow up to five seconds for it.</p></main></body></html>"
    ),
    "maintenance": html_answer(
        "<!doctype html><html lang=en><head><title>Site under maintenance</title></head><body><main>"
        "<h1>Site under maintenance</h1><p>We should be back shortly. Thank you for your patience while we "
        "look after our servers; nothing of what you know is lost.</p></main></body></html>"
    ),
    "shell": html_answer(
        "<!doctype html><html><body><div id=app></div><script>start()</script></body></html>"
    ),
    "loop": Answer(status=302, headers={"location": "/news/bridge"}),
    "off site": Answer(status=302, headers={"location": "https://example.org/"}),
    "inward": Answer(status=302, headers={"location": "http://169.254.169.254/latest/meta-data/"}),
    "no address": Answer(status=302, headers={"location": "http://[::1"}),
    "no port": Answer(status=301, headers={"location": "http://x.test:99999999/"}),
    "brotli": Answer(
        headers={"content-type": "text/html", "content-encoding": "br"}, body=b"\x8b\x03\x80abc\x03"
    ),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_is_said_and_never_an_event(tmp_path: Path, name: str) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        page = watch.pages["/news/bridge"]
        watch.put("/news/bridge", TROUBLES[name])
        watch.run(T0 + HOUR)
        watch.run(T0 + 3 * HOUR)
        state, trouble = watch.state("/news/bridge")
        assert state == "blocked"
        assert trouble
        watch.put("/news/bridge", page)
        watch.run(T0 + 5 * HOUR)
        assert watch.state("/news/bridge") == ("read", None)
        assert watch.events() == []


def test_trouble_at_the_first_sight_only_delays_the_news(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/market", TROUBLES["challenge"])
        watch.name("/news/bridge", "/news/school", "/news/clinic", "/news/market")
        watch.run(T0 + HOUR)
        assert watch.state("/news/market")[0] == "blocked"
        assert watch.events() == []
        watch.put("/news/market", release("Market Day Returns"))
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("new", "/news/market")]


def test_sent_to_the_home_page_counts_as_missing(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), "/": release("Home of the Agency")}) as watch:
        started(watch)
        watch.put("/news/bridge", Answer(status=302, headers={"location": "/"}))
        watch.run(T0 + HOUR)
        assert watch.state("/news/bridge")[0] == "missing"
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds() == [("removed", "/news/bridge")]


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_to_the_same_text_is_a_move(tmp_path: Path, status: int, listed: bool) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/new-bridge", watch.pages["/news/bridge"])
        watch.put("/news/bridge", Answer(status=status, headers={"location": "/news/new-bridge"}))
        if listed:
            watch.name("/news/school", "/news/clinic", "/news/new-bridge")
        watch.run(T0 + HOUR)
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("moved", "/news/bridge")]
        assert watch.events()[0]["canonical_url"].endswith("/news/new-bridge")
        watch.put("/news/new-bridge", release("Bridge Reopens", *EDITED))
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds()[1:] == [("changed", "/news/new-bridge")]


def test_a_move_is_seen_although_the_old_address_was_not_due(tmp_path: Path) -> None:
    pages = {path: release(path[6:].title(), published="2025-01-02T09:00:00Z") for path in three()}
    with watching(tmp_path, pages) as watch:
        started(watch)
        watch.put("/news/new-bridge", watch.pages["/news/bridge"])
        watch.put("/news/bridge", Answer(status=301, headers={"location": "/news/new-bridge"}))
        watch.name("/news/school", "/news/clinic", "/news/new-bridge")
        watch.run(T0 + HOUR, everything=False)
        assert watch.kinds() == [("moved", "/news/bridge")]


def test_the_same_text_at_a_new_address_with_the_old_gone_is_a_move(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/new-bridge", watch.pages["/news/bridge"])
        watch.put("/news/bridge", None)
        watch.name("/news/school", "/news/clinic", "/news/new-bridge")
        for hours in (1, 3, 5):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("moved", "/news/bridge")]


def test_a_temporary_redirect_moves_nothing(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/elsewhere/bridge", watch.pages["/news/bridge"])
        watch.put("/news/bridge", Answer(status=302, headers={"location": "/elsewhere/bridge"}))
        watch.run(T0 + HOUR)
        assert watch.events() == []
        assert watch.state("/news/bridge") == ("read", None)


def test_a_redirect_to_another_release_is_no_move_but_an_absence(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/bridge", Answer(status=301, headers={"location": "/news/school"}))
        watch.run(T0 + HOUR)
        assert watch.state("/news/bridge")[0] == "missing"
        watch.run(T0 + 3 * HOUR)
        assert watch.kinds() == [("removed", "/news/bridge")]
        assert watch.events()[0]["evidence"]["after"]["status"] == 301


def test_a_temporary_redirect_elsewhere_is_trouble(tmp_path: Path) -> None:
    with watching(
        tmp_path, {**three(), "/login": release("Sign In to Go On", "Staff may sign in here. " * 4)}
    ) as watch:
        started(watch)
        watch.put("/news/bridge", Answer(status=302, headers={"location": "/login"}))
        for hours in (1, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.state("/news/bridge")[0] == "blocked"
        assert watch.events() == []


def test_one_page_under_many_addresses_is_one_release(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        base = watch.server.base_url
        page = release("Market Day Returns", head=f'<link rel="canonical" href="{base}/news/market">')
        for path in ("/news/market", "/news/node-17", "/news/market?utm_source=x"):
            watch.put(path, page)
        watch.name(
            "/news/bridge", "/news/school", "/news/clinic", "/news/node-17", "/news/market?utm_source=x"
        )
        watch.run(T0 + HOUR)
        assert [kind for kind, _ in watch.kinds()] == ["new"]
        assert watch.events()[0]["canonical_url"] == f"{base}/news/market"


def test_a_canonical_that_lies_swallows_nothing(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        base = watch.server.base_url
        lie = f'<link rel="canonical" href="{base}/news/bridge">'
        watch.put("/news/market", release("Market Day Returns", head=lie))
        watch.put(
            "/news/far", release("Far Away", head='<link rel="canonical" href="https://example.org/x">')
        )
        watch.name("/news/bridge", "/news/school", "/news/clinic", "/news/market", "/news/far")
        watch.run(T0 + HOUR)
        assert sorted(watch.kinds()) == [("new", "/news/far"), ("new", "/news/market")]


FRENCH = (
    "Le pont de la vallée a rouvert lundi matin, après trois semaines de travaux menés par les habitants.",
    "Depuis janvier, 12 400 personnes ont été déplacées dans le district, la plupart venant de deux vallées.",
)


@pytest.mark.parametrize("names", ["the new one", "the known one"])
def test_an_edition_of_a_known_release_is_a_translation(tmp_path: Path, names: str) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        base = watch.server.base_url
        to_english = f'<link rel="alternate" hreflang="en" href="{base}/news/bridge">'
        to_french = f'<link rel="alternate" hreflang="fr" href="{base}/fr/news/pont">'
        if names == "the known one":
            watch.put("/news/bridge", release("Bridge Reopens", head=to_french))
        head = to_english if names == "the new one" else ""
        watch.put("/fr/news/pont", release("Le pont rouvre", *FRENCH, language="fr", head=head))
        watch.name("/news/bridge", "/news/school", "/news/clinic", "/fr/news/pont")
        watch.run(T0 + HOUR)
        assert watch.kinds() == [("translation", "/fr/news/pont")]
        assert watch.events()[0]["language"] == "fr"


def test_noise_on_every_render_is_silence(tmp_path: Path) -> None:
    renders = iter(range(10_000))

    def page(title: str) -> object:
        def render(path: str, headers: object) -> Answer:
            number = next(renders)
            noise = (
                f'<div class="view js-view-dom-id-{number:032x}"><p>Updated {number} minutes ago</p></div>'
                f'<input type="hidden" name="form_build_id" value="form-{number}">'
            )
            text = (
                release(title)
                .replace("<footer>", noise + "<footer>")
                .replace("Newsroom", f"Newsroom {number}")
            )
            return html_answer(text)

        return render

    with watching(tmp_path, {path: page(path[6:].title()) for path in three()}) as watch:  # type: ignore[misc]  # callables
        started(watch)
        for hours in range(1, 6):
            watch.run(T0 + hours * HOUR)
        assert watch.events() == []


def test_a_change_of_our_own_rules_is_no_news(tmp_path: Path) -> None:
    with watching(tmp_path, three(), etags=False) as watch:
        started(watch)
        with watch.store.write() as session:  # as if older rules had read other fingerprints
            for number in (1, 2, 3):
                session.pages.restate_version(number, "older rules", "older rules")
        watch.run(T0 + HOUR)
        assert watch.events() == []
        with watch.store.read() as session:
            assert session.pages.version(1).fingerprint != "older rules"


def test_an_interrupted_round_goes_on_where_it_was(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.server.now = T0
        done = run_round(
            watch.config,
            watch.store,
            sites=watch.config.site,
            clock=lambda: T0,
            progress=Silence(),
            max_seconds=0.0,
        )
        assert not done.looked.whole
        assert done.letters == 0
        whole = watch.run(T0 + HOUR, everything=False, tell=True)
        assert whole.looked.whole
        assert whole.looked.sites[0].read == 3
        assert watch.events() == []
        assert whole.letters == 1


def test_a_round_ends_by_its_budget_and_the_next_goes_on(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        fetch = watch.config.fetch.model_copy(update={"run_budget": timedelta(milliseconds=1)})
        hurried = watch.config.model_copy(update={"fetch": fetch})
        sites = watch.config.site
        done = run_round(hurried, watch.store, sites=sites, clock=lambda: T0, progress=Silence())
        assert not done.looked.whole
        assert watch.run(T0 + HOUR, everything=False).looked.whole


class Stopping(Silence):
    """Stops each round after a few pages, as a limit of time does, and keeps what was looked at."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.switch = Switch()

    def step(self, site: str, url: str, what: str) -> None:
        self.seen.append(url)
        if len(self.seen) % 4 == 0:
            self.switch.turn_off()


def test_what_a_stopped_round_leaves_over_comes_first_in_the_next(tmp_path: Path) -> None:
    pages = {f"/news/{number}": release(f"Release of the Day {number}") for number in range(9)}
    with watching(tmp_path, pages) as watch:
        watch.run(T0)
        shown = Stopping()
        for hours in range(1, 7):
            at = T0 + hours * HOUR
            shown.switch = Switch()
            done = run_round(
                watch.config,
                watch.store,
                sites=watch.config.site,
                clock=partial(max, at, at),
                progress=shown,
                everything=True,
                switch=shown.switch,
            )
            assert not done.looked.whole
            times = Counter({path: shown.seen.count(watch.server.base_url + path) for path in pages})
            assert max(times.values()) - min(times.values()) <= 1  # none twice before each came once
        assert min(Counter(shown.seen).values()) >= 2


def test_a_site_that_answers_nothing_needs_a_person(tmp_path: Path) -> None:
    down = html_answer("<h1>Down</h1>", status=503)
    with watching(tmp_path, {**three(), "/sitemap.xml": down}) as watch:
        assert watch.run(T0).needs_a_person
        watch.pages["/sitemap.xml"] = sitemap()
        watch.name(*three())
        assert not watch.run(T0 + HOUR).needs_a_person
        assert watch.events() == []


def test_robots_are_obeyed_and_said(tmp_path: Path) -> None:
    rules = Answer(headers={"content-type": "text/plain"}, body=b"User-agent: *\nDisallow: /news/clinic\n")
    with watching(tmp_path, {**three(), "/robots.txt": rules}) as watch:
        watch.run(T0)
        assert "/news/clinic" not in [exchange.path for exchange in watch.asked()]
        state, trouble = watch.state("/news/clinic")
        assert state == "blocked"
        assert "robots.txt" in (trouble or "")


def test_a_page_that_claims_a_dead_address_is_kept_where_it_answers(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        base = watch.server.base_url
        draft = f'<link rel="canonical" href="{base}/news/market-draft">'
        watch.put("/news/market", release("Market Day Returns", head=draft))
        watch.name("/news/bridge", "/news/school", "/news/clinic", "/news/market")
        for hours in (1, 2, 4, 6):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("new", "/news/market")]
        assert watch.state("/news/market") == ("read", None)


def test_pages_that_claim_each_others_address_are_all_told(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        base = watch.server.base_url
        paths = [f"/news/ring-{number}" for number in range(12)]
        for number, path in enumerate(paths):
            to = f'<link rel="canonical" href="{base}{paths[(number + 1) % 12]}">'
            watch.put(path, release(f"Ring Number {number}", head=to))
        watch.name("/news/bridge", "/news/school", "/news/clinic", *paths)
        watch.run(T0 + HOUR)
        assert sorted(watch.kinds()) == sorted(("new", path) for path in paths)


def test_one_body_for_every_address_is_never_a_change(tmp_path: Path) -> None:
    portal = release("Welcome to the Portal", *["Please choose where you want to go from the list. " * 6] * 4)
    with watching(tmp_path, three()) as watch:
        started(watch)
        kept = dict(watch.pages)
        for path in three():
            watch.put(path, portal)
        watch.put("/news/market", portal)
        watch.name(*three(), "/news/market")
        for hours in (1, 3, 5):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("blocked", "")]
        for path in three():
            watch.put(path, kept[path])
        watch.put("/news/market", release("Market Day Returns"))
        watch.run(T0 + 7 * HOUR)
        assert sorted(watch.kinds()) == [("blocked", ""), ("new", "/news/market"), ("recovered", "")]


def test_a_release_rewritten_from_head_to_toe_is_believed_at_the_second_look(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        rewritten = release(
            "A Correction", "What stood here was wrong in every word; we regret it and withdraw it."
        )
        watch.put("/news/bridge", rewritten)
        watch.run(T0 + HOUR)
        assert watch.state("/news/bridge")[0] == "blocked"
        watch.run(T0 + 3 * HOUR)
        assert [path for _, path in watch.kinds()] == ["/news/bridge"]


def test_half_a_page_of_full_length_is_no_change(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        page = str(watch.pages["/news/bridge"])
        watch.put("/news/bridge", page[: page.index("The governor")])
        watch.run(T0 + HOUR)
        assert watch.state("/news/bridge")[0] == "blocked"
        watch.put("/news/bridge", page)
        watch.run(T0 + 2 * HOUR)
        assert watch.events() == []


def test_two_caches_by_turns_are_told_twice_at_most(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        old = str(watch.pages["/news/bridge"])
        for hours in range(1, 9):
            watch.put("/news/bridge", old.replace("12,400", "21,400") if hours % 2 else old)
            watch.run(T0 + hours * HOUR)
        assert len(watch.events()) == 2


def test_a_date_to_come_is_no_news_of_a_baseline(tmp_path: Path) -> None:
    pages = {**three(), "/news/fair": release("Fair in May", published="2026-05-01T09:00:00Z")}
    with watching(tmp_path, pages) as watch:
        started(watch)


def test_what_was_absent_when_watching_began_is_news_when_it_appears(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.name(*three(), "/news/late")
        started(watch)
        watch.put("/news/late", release("Late Arrival", published=None))
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("new", "/news/late")]


def test_a_release_that_moved_out_of_the_includes_is_still_watched(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/archive/bridge", watch.pages["/news/bridge"])
        watch.put("/news/bridge", Answer(status=301, headers={"location": "/archive/bridge"}))
        watch.run(T0 + HOUR)
        watch.put("/archive/bridge", str(watch.pages["/archive/bridge"]).replace("12,400", "21,400"))
        watch.run(T0 + 2 * HOUR)
        assert watch.kinds() == [("moved", "/news/bridge"), ("changed", "/archive/bridge")]


def test_a_pause_that_was_asked_for_is_kept_by_later_runs_and_said(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        kept = watch.pages["/news/bridge"]
        watch.put("/news/bridge", html_answer("<h1>Busy</h1>", status=503, retry_after="7200"))
        assert watch.run(T0 + HOUR).needs_a_person
        watch.asked()
        later = watch.run(T0 + HOUR + timedelta(minutes=15), tell=True)
        assert watch.asked() == []
        assert later.needs_a_person
        letter = max((tmp_path / "digests").glob("*.txt")).read_text(encoding="utf-8")
        assert "Read 0 of 3 known pages" in letter
        assert "not asked" in " ".join(letter.split())
        watch.put("/news/bridge", kept)
        watch.run(T0 + 4 * HOUR)
        assert watch.state("/news/school") == ("read", None)
        assert watch.events() == []


def test_a_removed_page_is_in_no_number_of_a_blocked_letter(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/news/bridge", None)
        for hours in (1, 3):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("removed", "/news/bridge")]
        for path in three():
            watch.put(path, Answer(status=403))
        for hours in (4, 6):
            watch.run(T0 + hours * HOUR, tell=True)
        letter = " ".join(max((tmp_path / "digests").glob("*.txt")).read_text(encoding="utf-8").split())
        assert "Read 0 of 2 known pages" in letter
        assert "; 2 pages, as http" in letter


def test_a_text_told_already_is_not_told_again_at_a_second_address(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        started(watch)
        watch.put("/fr/news/bridge", watch.pages["/news/bridge"])  # not translated yet
        watch.name(*three(), "/fr/news/bridge")
        assert not watch.run(T0 + HOUR).needs_a_person
        watch.asked()
        watch.run(T0 + 2 * HOUR)
        assert {e.status for e in watch.asked() if "/news/" in e.path} == {304}
        assert watch.events() == []
        watch.put("/fr/news/bridge", release("Le pont rouvre", *FRENCH, language="fr"))
        for hours in (3, 5):
            watch.run(T0 + hours * HOUR)
        assert [path for _, path in watch.kinds()] == ["/fr/news/bridge"]


def claiming(watch: Watch, lastmod: str) -> None:
    """The sitemap names the page with that lastmod."""
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        f"<loc>{watch.server.base_url}/news/bridge</loc><lastmod>{lastmod}</lastmod></url></urlset>"
    )
    watch.put("/sitemap.xml", Answer(headers={"content-type": "application/xml"}, body=body.encode()))


@pytest.mark.parametrize(("lastmod", "silent"), [("2026-02-20", True), ("2026-03-02", False)])
def test_a_change_that_no_date_admits_is_silent(tmp_path: Path, lastmod: str, silent: bool) -> None:
    with watching(tmp_path, {"/news/bridge": release("Bridge Reopens")}) as watch:
        claiming(watch, "2026-02-20")
        started(watch)
        page = release("Bridge Reopens").replace("12,400", "21,400")
        watch.put("/news/bridge", page)
        claiming(watch, lastmod)
        watch.run(T0 + HOUR)
        (event,) = watch.events()
        assert event["kind"] == "changed"
        assert event["silent"] is silent


def test_weights_of_the_configuration_are_used(tmp_path: Path) -> None:
    extra = "[weights]\nfigure = 31\nfigure_far = 31\n"
    with watching(tmp_path, {"/news/bridge": release("Bridge Reopens")}, extra=extra) as watch:
        started(watch)
        watch.put("/news/bridge", release("Bridge Reopens").replace("12,400", "21,400"))
        watch.run(T0 + HOUR)
        assert [event["weight"] for event in watch.events()] == [31]
