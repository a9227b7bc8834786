"""Plays noise on the bundled pages: read, judged and compared as a visit does it, without a network.

Nothing may be told, and each page must be read: a page that noise makes unreadable is a hole in the coverage.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.told.noise import KINDS, Sent, mixed, sent
from benchmarks.told.tally import Tally
from crawler.compare import compare
from crawler.compare.verdict import Verdict, judge
from crawler.demo.site import Site
from crawler.extract import Learned, Template, extract
from crawler.values import Article, Extraction, Fetched, Response

ROOT = "https://www.iom.int"
END = datetime(2026, 6, 1, tzinfo=UTC)
LAYOUTS = Path(__file__).parents[2] / "tests" / "extract" / "layouts"
SECTION = "noise"
_HEADERS = {"content-type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A bundled page as it was read first, with the template of its site."""

    url: str
    markup: str
    template: Template
    before: Article


def _read(page: Sent, url: str, template: Template) -> Extraction:
    return extract(page.body, url=url, content_type=page.content_type, template=template)


def bundled() -> list[tuple[str, str]]:
    """(address, markup) of the simulated site's releases at the end of its story, and of the layouts."""
    site = Site(base_url=ROOT)
    answers = {path: site.answer(path, now=END) for path in site.releases(END)}
    pages = [(ROOT + path, answer.body.decode()) for path, answer in answers.items() if answer.status == 200]
    layouts = sorted(LAYOUTS.glob("*.html"))
    return pages + [
        (f"https://layouts.invalid/{path.stem}", path.read_text(encoding="utf-8")) for path in layouts
    ]


def known_pages() -> list[Known]:
    """The bundled pages, read twice: once to learn their site's template, once with it."""
    pages = bundled()
    learned: dict[str, Learned] = {}
    for number, (url, markup) in enumerate(pages):
        host = learned.setdefault(_site(url), Learned())
        first = _read(Sent(body=markup.encode()), url, host.without(number))
        assert first.marks is not None
        host.learn(number, first.marks)
    known = []
    for number, (url, markup) in enumerate(pages):
        template = learned[_site(url)].without(number)
        article = _read(Sent(body=markup.encode()), url, template).article
        assert article is not None, url
        known.append(Known(url=url, markup=markup, template=template, before=article))
    return known


def _site(url: str) -> str:
    """Pages of one site and language share a template."""
    host, _, path = url.partition("://")[2].partition("/")
    first = path.partition("/")[0]
    return f"{host}/{first}" if len(first) == 2 else host


def told(page: Known, noisy: Sent) -> str:
    """What a visit would make of the noisy rendering: "nothing" where all is well."""
    reading = _read(noisy, page.url, page.template)
    response = Response(
        url=page.url,
        final_url=page.url,
        outcome=Fetched.OK,
        status=200,
        headers=tuple(_HEADERS.items()),
        body=noisy.body,
    )
    judgement = judge(response, reading, before=page.before, at_home=False)
    if judgement.verdict is not Verdict.ARTICLE or reading.article is None:
        return f"{judgement.verdict.value} ({judgement.reason})"
    change = compare(page.before, reading.article)
    if change is None:
        return "nothing"
    differing = "".join(part.text for part in change.redline if part.op.value != "keep")[:90]
    return f"{change.kind.value} [{differing}]"


def _fits(kind: str, page: Known) -> bool:
    """Arabic does not go into Western Europe's bytes as a webmaster would send it, nor the other way."""
    arabic = page.before.direction == "rtl"
    return not (kind in {"windows-1252", "latin-1"} and arabic) and not (
        kind == "windows-1256" and not arabic
    )


def play(count: int, seed: int) -> Tally:
    """`count` mutations, all kinds by turns, on the bundled pages by turns; each fifth of several kinds."""
    tally = Tally()
    pages = known_pages()
    chance = random.Random(f"{seed} noise")
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        page = chance.choice([page for page in pages if _fits(kind, page)])
        if number % 5 == 4:
            kind, noisy = "several kinds at once", Sent(body=mixed(page.markup, chance, 3).encode())
        else:
            noisy = sent(kind, page.markup, chance)
        said = told(page, noisy)
        what = said.partition(" ")[0]
        where = f"{page.url} {said}" if said != "nothing" else page.url
        tally.note(SECTION, kind, what, right=said == "nothing", where=where)
    return tally
