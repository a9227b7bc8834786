"""A small watch over a scripted site: a server, a configuration, a store, and rounds at given times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.cli.progress import Silence
from crawler.config import Config, parse
from crawler.cycle.events import as_json
from crawler.cycle.outcome import Round
from crawler.cycle.rounds import run_round
from crawler.demo import Answer, Exchange, Server, simple_site
from storage.store import Store

T0 = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
MENU = (
    "Who we are",
    "Our Work",
    "Where we work",
    "Take Action",
    "Data and Research",
    "2030 Agenda",
    "Newsroom",
)
FOOTER = ("Privacy notice", "Terms of use", "Transparency portal", "Vacancies")

PAGES = Mapping[str, str | Answer | Callable[[str, Mapping[str, str]], Answer]]


def release(
    title: str,
    *paragraphs: str,
    language: str = "en",
    published: str | None = "2026-02-20T09:00:00Z",
    head: str = "",
) -> str:
    """A page of the site: chrome, headline, paragraphs (a few sober ones where none are given)."""
    body = paragraphs or (
        f"{title}, in short: the teams on the ground have begun to work with the families concerned.",
        "Since January, 12,400 people have been displaced in the district, most of them from two valleys.",
        "The governor thanked the volunteers and asked partners to keep the road to the clinic open.",
    )
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    menu = "".join(f'<li><a href="/{index}">{label}</a></li>' for index, label in enumerate(MENU))
    foot = "".join(f'<a href="/foot/{index}">{label}</a> ' for index, label in enumerate(FOOTER))
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | Agency</title>'
        f"{meta}{head}</head><body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>"
        f'<div class="field--type-text-with-summary">{text}</div></article></main>'
        f"<footer>{foot}</footer></body></html>"
    )


def sitemap(*paths: str) -> Answer:
    entries = "".join(f"<url><loc>{{base}}{path}</loc></url>" for path in paths)
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    return Answer(headers={"content-type": "application/xml"}, body=body.encode())


@dataclass(slots=True, kw_only=True)
class Watch:
    """A site under watch. Change `pages` between rounds; paths that are not there answer 404."""

    server: Server
    folder: Path
    config: Config
    store: Store
    pages: dict[str, Any] = field(default_factory=dict)

    def put(self, path: str, page: str | Answer | Callable[[str, Mapping[str, str]], Answer] | None) -> None:
        """Serve this under the path from now on; None: nothing any more. The sitemap follows."""
        if page is None:
            self.pages.pop(path, None)
        else:
            self.pages[path] = page

    def name(self, *paths: str) -> None:
        """What the sitemap names."""
        named = sitemap(*paths)
        self.pages["/sitemap.xml"] = Answer(
            headers=named.headers, body=named.body.replace(b"{base}", self.server.base_url.encode())
        )

    def run(self, at: datetime, *, everything: bool = True, tell: bool = False) -> Round:
        self.server.now = at
        return run_round(
            self.config,
            self.store,
            sites=self.config.site,
            clock=lambda: at,
            progress=Silence(),
            everything=everything,
            tell=tell,
        )

    def events(self) -> list[dict[str, Any]]:
        with self.store.read() as session:
            return [as_json(row) for row in session.ledger.events()]

    def kinds(self) -> list[tuple[str, str]]:
        """(kind, path) of the whole ledger."""
        return [(event["kind"], event["url"].removeprefix(self.server.base_url)) for event in self.events()]

    def asked(self) -> list[Exchange]:
        """The requests since the last call."""
        log = list(self.server.log)
        self.server.log.clear()
        return log

    def state(self, path: str) -> tuple[str, str | None]:
        """Where a page stands, and its trouble."""
        with self.store.read() as session:
            site = session.sources.sites()[0]
            page = session.pages.find(site.id, self.server.base_url + path)
            assert page is not None
            return page.state, page.trouble


@contextmanager
def watching(
    folder: Path,
    pages: PAGES,
    *,
    etags: bool = True,
    extra: str = "",
    site: str = "",
    sources: bool = True,
) -> Iterator[Watch]:
    """A watch over these pages, all named by the sitemap. `site` adds keys to [[site]] (its
    sources, where `sources` is false), `extra` tables."""
    with Server(simple_site(pages, etags=etags)) as server:
        text = f"""
[fetch]
user_agent = "iomwatch/0.1 (+test@localhost.invalid)"
min_delay = 0.0
timeout = 5
allow_private = ["127.0.0.1"]
[[site]]
name = "test"
base_url = "{server.base_url}"
{'sources = ["/sitemap.xml"]' if sources else ""}
include = ["/news/**", "/fr/news/**"]
{site}
{extra or "[[digest]]" + chr(10) + 'name = "daily"' + chr(10) + 'to = ["file:digests/"]'}
"""
        (folder / "config.toml").write_text(text, encoding="utf-8")
        config = parse(text, root=folder, environment={})
        with Store.open(config.store_url(), create=True) as store:
            served = server.site.pages  # type: ignore[attr-defined]  # `Pages`, made by simple_site
            watch = Watch(server=server, folder=folder, config=config, store=store, pages=served)
            if "/sitemap.xml" not in pages:
                watch.name(*(path for path in pages if "/news/" in path))
            yield watch


def three() -> dict[str, str]:
    return {
        "/news/bridge": release("Bridge Reopens"),
        "/news/school": release("School Opens Its Doors"),
        "/news/clinic": release("Clinic Reaches the Hills"),
    }


def started(watch: Watch) -> None:
    """The baseline is read, and the log begins."""
    watch.run(T0)
    watch.asked()
    assert watch.events() == []
