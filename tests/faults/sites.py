"""Watches whose next round has something to tell: a round of three pages, and larger ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.demo import Answer
from tests.cycle.test_site_wide import NOTICE, in_another_design, page, put_all, site
from tests.cycle.watch import HOUR, T0, Watch, release, three, watching

FRENCH = (
    "Le marché de la vallée a rouvert lundi matin, après trois semaines de travaux menés par les habitants.",
    "Depuis janvier, 12 400 personnes ont été déplacées dans le district, la plupart de deux vallées.",
)
TITLES = ("Bridge Reopens", "School Opens", "Clinic Arrives", "Market Returns", "Ferry Sails", "Well Is Dug")


@contextmanager
def small(folder: Path) -> Iterator[Watch]:
    """Three pages: one changes its figure, one its headline, the third is new."""
    folder.mkdir()
    pages = dict(list(three().items())[:2])
    with watching(folder, pages) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        watch.put("/news/school", release("School Closes Its Doors"))
        watch.put("/news/road", release("Road Is Mended"))
        watch.name(*pages, "/news/road")
        watch.store.__exit__()
        yield watch


@contextmanager
def eventful(folder: Path) -> Iterator[Watch]:
    """A site with a baseline and an absence read, in which the next round finds one event of each kind."""
    folder.mkdir()
    pages = {f"/news/{title.split()[0].lower()}": release(title) for title in TITLES}
    with watching(folder, pages) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/ferry", None)
        watch.run(T0 + HOUR, tell=True)
        watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
        watch.put("/news/school", watch.pages["/news/school"].replace("School Opens", "School Closes", 2))
        watch.put("/news/deep-well", watch.pages["/news/well"])
        watch.put("/news/well", Answer(status=301, headers={"location": "/news/deep-well"}))
        watch.put("/news/road", release("Road Is Mended"))
        english = f'<link rel="alternate" hreflang="en" href="{watch.server.base_url}/news/market">'
        watch.put("/fr/news/marche", release("Le marché", *FRENCH, language="fr", head=english))
        watch.put("/news/copy", watch.pages["/news/clinic"])
        watch.name(*pages, "/news/road", "/fr/news/marche", "/news/copy")
        watch.store.__exit__()
        yield watch


@contextmanager
def site_wide(folder: Path) -> Iterator[Watch]:
    """A site in another design, with a notice on the pages in the old one, and one page unlisted."""
    folder.mkdir()
    with watching(folder, site(12), etags=False) as watch:
        watch.run(T0, tell=True)
        watch.name(*(path for path in site(12) if path != "/news/7"))
        watch.run(T0 + HOUR, tell=True)
        put_all(watch, {path: in_another_design(html) for path, html in site(12).items()})
        put_all(watch, {f"/news/{number}": page(number, notice=NOTICE) for number in range(4)})
        watch.store.__exit__()
        yield watch
