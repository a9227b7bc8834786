"""Families and homes through whole rounds: paired, told once, figures that disagree, killed anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.demo import Answer, Server, simple_site
from storage.rows import PageRow
from tests.compare.releases import EN, FR
from tests.cycle.watch import HOUR, T0, Watch, release, sitemap, started, three, watching

FLOOD, CRUES = "/news/flood", "/fr/news/crues"


def english(*swaps: tuple[str, str], head: str = "") -> str:
    return release("Rivers Rise in the Valley", *_swapped(EN, swaps), head=head)


def french(*swaps: tuple[str, str], head: str = "", title: str = "La vallée sous les eaux") -> str:
    return release(title, *_swapped(FR, swaps), language="fr", head=head)


def _swapped(texts: tuple[str, ...], swaps: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    for before, after in swaps:
        texts = tuple(text.replace(before, after) for text in texts)
    return texts


def page_of(watch: Watch, path: str, site: int = 0) -> PageRow:
    with watch.store.read() as session:
        row = session.sources.sites()[site]
        page = session.pages.find(row.id, watch.config.site[site].base_url + path)
    assert page is not None
    return page


def family(watch: Watch, *paths: str) -> bool:
    """Whether the pages are one family, and one at all."""
    families = {page_of(watch, path).family for path in paths}
    return len(families) == 1 and None not in families


def test_an_edition_that_nothing_links_is_known_by_what_it_says(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), FLOOD: english()}) as watch:
        started(watch)
        watch.put(CRUES, french())
        watch.name(*three(), FLOOD, CRUES)
        watch.run(T0 + HOUR)
        assert watch.kinds() == [("translation", CRUES)]
        assert watch.events()[0]["disagreements"] == []
        assert family(watch, FLOOD, CRUES)
        assert page_of(watch, "/news/bridge").family is None


@pytest.mark.parametrize("shown", ["shortlink", "settings", "body"])
def test_an_edition_with_the_same_node_is_known(tmp_path: Path, shown: str) -> None:
    head = {
        "shortlink": '<link rel="shortlink" href="/node/7001">',
        "settings": '<script type="application/json" data-drupal-selector="drupal-settings-json">'
        '{"path":{"currentPath":"node\\/7001"}}</script>',
        "body": "",
    }[shown]

    def page(text: str) -> str:
        return text.replace("<body>", '<body class="page-node-7001">') if shown == "body" else text

    short = ("Le pont de la vallée a rouvert lundi matin, après trois semaines de travaux menés à la main.",)
    with watching(
        tmp_path, {**three(), "/news/span": page(release("A Span for the Valley", head=head))}
    ) as watch:
        started(watch)
        watch.put("/fr/news/pont", page(release("Un pont", *short, language="fr", head=head)))
        watch.name(*three(), "/news/span", "/fr/news/pont")
        watch.run(T0 + HOUR)
        assert watch.kinds() == [("translation", "/fr/news/pont")]
        assert page_of(watch, "/news/span").node == "7001"


def test_a_switcher_that_sends_every_page_to_one_translation_pairs_none(tmp_path: Path) -> None:
    switch = '<nav><a hreflang="fr" href="/fr/news/accueil">Français</a></nav>'
    pages = {
        f"/news/{name}": release(f"A Release on {name}").replace("<body>", f"<body>{switch}")
        for name in ("wells", "roads", "boats")
    }
    with watching(tmp_path, pages) as watch:
        started(watch)
        text = (
            "Nos bureaux vous accueillent du lundi au vendredi, dans toutes les villes de la région côtière."
        )
        watch.put("/fr/news/accueil", release("Bienvenue", text, text[::-1], language="fr"))
        watch.name(*pages, "/fr/news/accueil")
        watch.run(T0 + HOUR)
        assert [kind for kind, _ in watch.kinds()] == ["new"]


def test_editions_that_were_read_apart_are_linked_without_an_event(tmp_path: Path) -> None:
    pages = {**three(), "/fr/news/pont": release("Le pont", "Le pont est rouvert. " * 6, language="fr")}
    with watching(tmp_path, pages) as watch:
        started(watch)
        assert not family(watch, "/news/bridge", "/fr/news/pont")
        base = watch.server.base_url
        link = f'<link rel="alternate" hreflang="fr" href="{base}/fr/news/pont">'
        watch.put("/news/bridge", release("Bridge Reopens", head=link))
        watch.run(T0 + HOUR)
        assert watch.events() == []
        assert family(watch, "/news/bridge", "/fr/news/pont")


def test_a_page_that_carried_another_editions_text_becomes_a_translation(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), FLOOD: english()}) as watch:
        started(watch)
        watch.put(CRUES, english())
        watch.name(*three(), FLOOD, CRUES)
        watch.run(T0 + HOUR)
        assert watch.events() == []
        assert page_of(watch, CRUES).home == page_of(watch, FLOOD).id
        watch.put(CRUES, french())
        for hours in (2, 4):
            watch.run(T0 + hours * HOUR)
        assert watch.kinds() == [("translation", CRUES)]
        assert page_of(watch, CRUES).home is None
        assert family(watch, FLOOD, CRUES)


# ── disagreements ───────────────────────────────────────────────────────────────────────────────


def test_a_translation_with_another_figure_says_so(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), FLOOD: english()}) as watch:
        started(watch)
        watch.put(CRUES, french(("12 400", "14 200")))
        watch.name(*three(), FLOOD, CRUES)
        watch.run(T0 + HOUR)
        (event,) = watch.events()
        (found,) = event["disagreements"]
        assert event["kind"] == "translation"
        assert (found["language"], found["url"]) == ("en", watch.server.base_url + FLOOD)
        assert (found["figure"]["before"], found["figure"]["after"]) == (12400, 14200)


def test_a_correction_in_one_language_names_the_edition_that_was_not_corrected(tmp_path: Path) -> None:
    with watching(tmp_path, {**three(), FLOOD: english(), CRUES: french()}) as watch:
        started(watch)
        assert family(watch, FLOOD, CRUES)
        watch.put(FLOOD, english(("12,400", "21,400")))
        watch.run(T0 + HOUR)
        watch.put(CRUES, french(("12 400", "21 400")))
        watch.run(T0 + 2 * HOUR)
        first, second = watch.events()
        assert [each["figure"]["before_text"] for each in first["disagreements"]] == ["12 400"]
        assert first["disagreements"][0]["language"] == "fr"
        assert second["disagreements"] == []


# ── homes ───────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def two_hosts(folder: Path) -> Iterator[tuple[Watch, dict[str, Any]]]:
    """A watch over two hosts: the first as ever, and the pages of the second."""
    with Server(simple_site({}, etags=True)) as other:
        site = f'[[site]]\nname = "country"\nbase_url = "{other.base_url}"\nsources = ["/sitemap.xml"]\n'
        site += 'include = ["/news/**"]\n[[digest]]\nname = "daily"\nto = ["file:digests/"]\n'
        with watching(folder, three(), extra=site) as watch:
            pages: dict[str, Any] = other.site.pages  # type: ignore[attr-defined]  # `Pages`, made by simple_site
            pages |= {
                "/robots.txt": Answer(status=404),
                "/news/own": release("A Release of Its Own", *FR[:2]),
            }
            name(other, "/news/own")
            watch.run(T0)
            assert watch.events() == []
            yield watch, pages | {"server": other}


def name(server: Server, *paths: str) -> None:
    named = sitemap(*paths)
    body = named.body.replace(b"{base}", server.base_url.encode())
    server.site.pages["/sitemap.xml"] = Answer(headers=named.headers, body=body)  # type: ignore[attr-defined]


def put(watch: Watch, other: dict[str, Any], here: str | None, there: str | None) -> None:
    """What both hosts serve under FLOOD from now on."""
    watch.put(FLOOD, here)
    server: Server = other["server"]
    if there is None:
        server.site.pages.pop(FLOOD, None)  # type: ignore[attr-defined]
    else:
        server.site.pages[FLOOD] = there  # type: ignore[attr-defined]


def hosts_of(watch: Watch, event: dict[str, Any]) -> tuple[int, list[int], list[int]]:
    """On which host (0, 1) an event was told, its homes, and where it still is as it was."""
    bases = [site.base_url for site in watch.config.site]

    def host(url: str) -> int:
        return next(at for at, base in enumerate(bases) if url.startswith(base))

    return host(event["url"]), [host(url) for url in event["homes"]], [host(url) for url in event["still_at"]]


def began(watch: Watch, other: dict[str, Any], *, here: int, there: int) -> None:
    """The release appears here and there, after so many hours."""
    watch.name(*three(), FLOOD)
    name(other["server"], "/news/own", FLOOD)
    for hour in range(1, 3):
        put(
            watch,
            other,
            english() if hour >= here else None,
            english() if hour >= there else None,
        )
        watch.run(T0 + hour * HOUR)


@pytest.mark.parametrize(("here", "there"), [(1, 2), (2, 1), (1, 1)])
def test_one_release_on_two_hosts_is_told_once_with_its_homes(tmp_path: Path, here: int, there: int) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=here, there=there)
        (event,) = watch.events()
        told, homes, _ = hosts_of(watch, event)
        assert event["kind"] == "new"
        assert homes == [1 - told]
        if here != there:
            assert told == (there < here)


def test_a_change_at_all_homes_is_told_once(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        put(watch, other, english(("12,400", "21,400")), english(("12,400", "21,400")))
        watch.run(T0 + 3 * HOUR)
        assert [event["kind"] for event in watch.events()] == ["new", "changed"]
        put(watch, other, english(("12,400", "22,400")), english(("12,400", "21,400")))
        watch.run(T0 + 4 * HOUR)
        put(watch, other, english(("12,400", "22,400")), english(("12,400", "22,400")))
        watch.run(T0 + 5 * HOUR)
        *_, event = watch.events()
        assert len(watch.events()) == 3
        assert hosts_of(watch, event) == (0, [1], [1])
        assert "still as it was at" in event["reasons"][-1]


def test_a_document_replaced_at_all_homes_is_told_once(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        link = '<a href="/files/report.pdf">The report (PDF)</a>'
        page = release("Rivers Rise in the Valley", *EN, f"{EN[0]} {link}")
        watch.name(*three(), FLOOD)
        name(other["server"], "/news/own", FLOOD)
        put(watch, other, page, page)
        for hour, words in ((1, "first"), (49, "second, corrected"), (97, "second, corrected")):
            file = Answer(headers={"content-type": "application/pdf"}, body=b"%PDF-1.4 " + words.encode())
            watch.put("/files/report.pdf", file)
            other["server"].site.pages["/files/report.pdf"] = file
            watch.run(T0 + hour * HOUR)
        assert [event["kind"] for event in watch.events()] == ["new", "changed"]


def test_a_removal_at_one_home_says_where_it_still_is(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        put(watch, other, None, english())
        for hour in (3, 5):
            watch.run(T0 + hour * HOUR)
        *_, event = watch.events()
        assert event["kind"] == "removed"
        assert hosts_of(watch, event) == (0, [1], [1])
        put(watch, other, None, None)
        for hour in (6, 8):
            watch.run(T0 + hour * HOUR)
        *_, event = watch.events()
        assert (event["kind"], *hosts_of(watch, event)) == ("removed", 1, [], [])


def test_a_removal_everywhere_and_the_return_are_told_once(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        began(watch, other, here=1, there=2)
        put(watch, other, None, None)
        for hour in (3, 5):
            watch.run(T0 + hour * HOUR)
        assert [event["kind"] for event in watch.events()] == ["new", "removed"]
        put(watch, other, english(), english())
        for hour in (6, 8):
            watch.run(T0 + hour * HOUR)
        assert [event["kind"] for event in watch.events()] == ["new", "removed", "restored"]


def test_the_same_headline_with_another_text_is_another_release(tmp_path: Path) -> None:
    with two_hosts(tmp_path) as (watch, other):
        watch.name(*three(), FLOOD)
        name(other["server"], "/news/own", FLOOD)
        put(watch, other, english(), english(("Blantyre", "Zomba")))
        watch.run(T0 + HOUR)
        assert [event["kind"] for event in watch.events()] == ["new", "new"]
