"""How well editions are paired: precision and recall on simulated sites, page by page through whole rounds.

python -m benchmarks.families [FAMILIES] [SEED]; 120 and 1 by default. Two hosts are served: some releases
stand on both. The truth is the generator's (`crawler/demo/editions.py`).
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from crawler.cli.progress import Silence
from crawler.config import Config, parse
from crawler.cycle.rounds import run_round
from crawler.demo import Answer, Scripted, Server, simple_site
from crawler.demo.article import release_page
from crawler.demo.editions import Edition, Linked, editions
from crawler.demo.noise import Noise
from crawler.values import Kind
from storage.store import Store

NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
SITES = ("one", "two")
CONFIG = """
[fetch]
user_agent = "iomwatch/0.1 (+bench@localhost.invalid)"
min_delay = 0.0
allow_private = ["127.0.0.1"]
"""
SITE = """
[[site]]
name = "{name}"
base_url = "{base}"
sources = ["/sitemap.xml"]
include = ["/**/news/**", "/news/**"]
"""


@dataclass(slots=True, kw_only=True)
class Score:
    """Pairs of editions: those that are, those that were paired, those that were paired rightly."""

    true: int = 0
    paired: int = 0
    right: int = 0

    def row(self, name: str) -> str:
        precision = f"{self.right / self.paired:.3f}" if self.paired else "-"
        recall = f"{self.right / self.true:.3f}" if self.true else "-"
        return f"| {name} | {self.true} | {self.paired} | {precision} | {recall} |"


@dataclass(slots=True, kw_only=True)
class Measured:
    """What the rounds made of the simulated sites."""

    pages: int = 0
    by_link: dict[Linked, Score] = field(default_factory=lambda: {linked: Score() for linked in Linked})
    wrong: Counter[str] = field(default_factory=Counter)  # wrong pairs, by what stands in them
    told: Counter[str] = field(default_factory=Counter)  # events of the second round by kind
    joined: int = 0  # pages of the second round whose edition was known
    homes: int = 0  # releases that came on both hosts
    homes_told: int = 0  # of them, told twice
    differing: int = 0  # translations told, each with each edition known then, that state another figure
    disagreements: int = 0  # claimed
    disagreements_right: int = 0

    @property
    def total(self) -> Score:
        scores = self.by_link.values()
        return Score(
            true=sum(score.true for score in scores),
            paired=sum(score.paired for score in scores) + sum(self.wrong.values()),
            right=sum(score.right for score in scores),
        )


def measure(*, families: int, seed: int) -> Measured:
    """Two rounds: half of the pages stand when watching begins, the others come afterwards."""
    known = editions(seed=seed, families=families)
    choice = random.Random(seed)
    order = choice.sample(known, len(known))
    early = {edition.release.path for edition in order[: len(order) // 2]}
    copies = [edition for edition in known if edition.home]
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(simple_site({}, etags=True)) as one,
        Server(simple_site({}, etags=True)) as two,
    ):
        sites = (one, two)
        config = _config(sites, Path(folder))
        with Store.open(config.store_url(), create=True) as store:
            for at, paths in ((NOW, early), (NOW + timedelta(hours=1), {e.release.path for e in known})):
                _serve(one, [edition for edition in known if edition.release.path in paths], known)
                _serve(two, [edition for edition in copies if edition.release.path in paths], known)
                for server in sites:
                    server.now = at
                run_round(config, store, sites=config.site, clock=_clock(at), progress=Silence(), tell=False)
            return _read(store, one, known, early)


def _clock(at: datetime) -> Callable[[], datetime]:
    return lambda: at


def _config(servers: tuple[Server, ...], folder: Path) -> Config:
    named = zip(SITES, servers, strict=True)
    sites = "".join(SITE.format(name=name, base=server.base_url) for name, server in named)
    return parse(CONFIG + sites, root=folder, environment={})


def _serve(server: Server, standing: list[Edition], known: tuple[Edition, ...]) -> None:
    """The pages of these editions, and a sitemap that names them."""
    pages: dict[str, Scripted] = {"/robots.txt": Answer(status=404)}
    for edition in standing:
        family = [other.release for other in standing if other.family == edition.family]
        pages[edition.release.path] = release_page(
            edition.release,
            family=family if edition.linked is Linked.HREFLANG else (edition.release,),
            others=[each.release for each in known[:6] if each.family != edition.family],
            base_url=server.base_url,
            noise=Noise(random.Random(edition.release.path), folder="tmzbdl2616"),
        )
    entries = "".join(f"<url><loc>{server.base_url}{path}</loc></url>" for path in pages if "/news/" in path)
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    pages["/sitemap.xml"] = Answer(headers={"content-type": "application/xml"}, body=body.encode())
    server.site.pages.clear()  # type: ignore[attr-defined]  # `Pages`, made by simple_site
    server.site.pages.update(pages)  # type: ignore[attr-defined]


def _read(store: Store, one: Server, known: tuple[Edition, ...], early: set[str]) -> Measured:
    found = Measured(pages=len(known))
    with store.read() as session:
        rows = {row.name: row.id for row in session.sources.sites()}
        pages = {
            edition.release.path: page
            for edition in known
            if (page := session.pages.find(rows["one"], one.base_url + edition.release.path)) is not None
        }
        firsts = {path: session.pages.get(page.home) if page.home else page for path, page in pages.items()}
        events = session.ledger.events()
    for first, second in combinations(known, 2):
        one_page, other_page = firsts[first.release.path], firsts[second.release.path]
        true = first.family == second.family
        paired = bool(one_page and other_page and one_page.family and one_page.family == other_page.family)
        if true:
            score = found.by_link[first.linked]
            score.true += 1
            score.paired += paired
            score.right += paired
        elif paired:
            found.wrong[first.group if first.group == second.group else "releases"] += 1
    families = Counter(edition.family for edition in known if edition.release.path in early)
    for edition in known:
        if edition.release.path not in early:
            found.joined += families[edition.family] > 0
            families[edition.family] += 1
    for row in events:
        found.told[row.kind] += 1
        if row.kind == Kind.TRANSLATION:
            _disagreeing(found, row.payload, {_slug(edition.release.path): edition for edition in known})
    copies = [edition.release.path for edition in known if edition.home and edition.release.path not in early]
    found.homes = len(copies)
    announced = Counter(
        _slug(row.payload["url"]) for row in events if row.kind in (Kind.NEW, Kind.TRANSLATION)
    )
    found.homes_told = sum(announced[_slug(path)] - 1 for path in copies)
    return found


def _slug(url: str) -> str:
    """What both hosts call the page."""
    return url.rpartition("/")[2]


def _disagreeing(found: Measured, payload: dict[str, Any], by_slug: dict[str, Edition]) -> None:
    mine = by_slug.get(_slug(payload["canonical_url"]))
    if mine is None:
        return
    others = [by_slug[_slug(url)] for url in payload["editions"]]
    found.differing += sum(other.family == mine.family and other.figure != mine.figure for other in others)
    for claim in payload["disagreements"]:
        other = by_slug.get(_slug(claim["url"]))
        figure = claim["figure"]
        found.disagreements += 1
        found.disagreements_right += (
            other is not None
            and other.family == mine.family
            and other.figure != mine.figure
            and (figure["before"], figure["after"]) == (other.figure, mine.figure)
        )


def table(found: Measured) -> str:
    """What was measured, as Markdown."""
    lines = ["| editions linked by | pairs | paired | precision | recall |", "|---|---|---|---|---|"]
    lines += [score.row(linked.value) for linked, score in found.by_link.items()]
    lines.append(found.total.row("**all, near-twins counted**"))
    wrong = ", ".join(f"{count} of {group}" for group, count in found.wrong.items()) or "none"
    lines += [
        "",
        f"{found.pages} pages; wrong pairs: {wrong}.",
        f"Second round: {found.told[Kind.TRANSLATION.value]} translations told, {found.joined} pages joined a"
        f" known release; {found.told[Kind.NEW.value]} new.",
        f"Releases that came on both hosts: {found.homes}, told twice: {found.homes_told}.",
        f"Figures on which a translation differs: {found.differing}; claimed: {found.disagreements}, of them"
        f" rightly: {found.disagreements_right}.",
    ]
    return "\n".join(lines)


def main() -> None:
    families = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(table(measure(families=families, seed=seed)))


if __name__ == "__main__":
    main()
