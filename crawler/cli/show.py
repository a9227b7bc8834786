"""`iomwatch show`: one release, its versions and what changed between them."""

from __future__ import annotations

import sys
from typing import Any

import click

from crawler import urls
from crawler.cli.common import config_of, json_option, open_store, print_json
from crawler.compare import compare
from crawler.compare.redline import redline
from crawler.config import Config
from crawler.cycle.events import event_from
from crawler.cycle.evidence import with_evidence
from crawler.cycle.looks import reread
from crawler.cycle.telling import Telling
from crawler.cycle.templates import template_of
from crawler.cycle.watched import Watched
from crawler.digest.editions import notes
from crawler.errors import UsageError
from crawler.extract import Template
from crawler.terminal import printable
from crawler.values import Article, EditKind, Op, Passage, PassageKind, Segment, iso, plain
from storage.rows import PageRow, VersionRow
from storage.store import Session

MOST_VISITS = 20
_BESIDE = (EditKind.CONTACT, EditKind.LINK, EditKind.DOCUMENT)  # which no redline shows
_MARKS = {Op.KEEP: "{}", Op.INSERT: "{{+{}+}}", Op.DELETE: "[-{}-]"}


@click.command("show", epilog="Example: iomwatch show https://www.iom.int/news/… --diff 1 2")
@click.argument("url")
@click.option(
    "--version", "number", type=click.IntRange(min=1), help="That version; the latest when left out."
)
@click.option("--diff", "pair", nargs=2, type=click.IntRange(min=1), help="The redline between two versions.")
@click.option("--raw", is_flag=True, help="The stored body, byte for byte.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    url: str,
    number: int | None,
    pair: tuple[int, int] | None,
    raw: bool,
    as_json: bool,
) -> None:
    """A release: its fields, versions, events, redline or stored body. Read by today's rules."""
    config = config_of(ctx)
    with open_store(config) as store, store.read() as session:
        page = _find(session, config, url)
        versions = {version.number: version for version in session.pages.versions(page.id)}
        if raw:
            sys.stdout.buffer.write(session.bodies.get(_pick(versions, number, url).hash))
            return
        if pair:
            template = template_of(session, page)
            before, after = (
                _article(session, template, _pick(versions, number, url), url) for number in pair
            )
            segments = redline(_passages(before), _passages(after))
            if as_json:
                print_json(plain(segments))
            else:
                click.echo(printable(_marked(before, after, segments)))
            return
        data = _data(session, config, page, versions, number, url)
    if as_json:
        print_json(data)
    else:
        click.echo(printable(_words(data)))


def _find(session: Session, config: Config, url: str) -> PageRow:
    for site in config.site:
        row = session.sources.site(site.name)
        address = urls.absolute(url, site.base_url)
        if row is None or address is None or not urls.same_site(address, site.base_url):
            continue
        page = session.pages.find(row.id, urls.canonical(address, site.base_url))
        if page is not None:
            return page
    raise UsageError(f"{url}: not known; `iomwatch check --match {url}` says whether it would be watched")


def _pick(versions: dict[int, VersionRow], number: int | None, url: str) -> VersionRow:
    if not versions:
        raise UsageError(f"{url}: was never read")
    chosen = versions.get(max(versions) if number is None else number)
    if chosen is None:
        raise UsageError(f"{url}: has no version {number}; it has 1 to {max(versions)}")
    return chosen


def _article(session: Session, template: Template, version: VersionRow, url: str) -> Article:
    article = reread(session, version, template)
    if article is None:
        raise UsageError(f"{url}: version {version.number} is unreadable by today's rules; see --raw")
    return article


def _data(
    session: Session,
    config: Config,
    page: PageRow,
    versions: dict[int, VersionRow],
    number: int | None,
    url: str,
) -> dict[str, Any]:
    watched = Watched(sites=config.site)
    telling = Telling(session=session, watched=watched)
    family = session.families.editions(page.family) if page.family is not None else []
    template = template_of(session, page)
    article = _article(session, template, _pick(versions, number, url), url) if versions else None
    return {
        "url": page.url,
        "state": page.state,
        "trouble": page.trouble,
        "since": iso(page.since),
        "read_at": iso(page.read_at) if page.read_at else None,
        "due_at": iso(page.due_at) if page.left_out_since is None else None,
        "article": plain(article) if article else None,
        "text": article.text if article else None,
        "versions": [
            {
                "number": version.number,
                "seen_at": iso(version.seen_at),
                "hash": version.hash,
                "title": version.title,
            }
            for version in versions.values()
        ],
        "editions": [
            {"url": other.url, "language": other.language, "state": other.state}
            for other in watched.others(session, page, family)
        ],
        "homes": [
            {"url": other.url, "state": other.state, "same": _same_text(session, page, other)}
            for other in watched.others(session, page, session.families.other_homes(page))
        ],
        "events": [
            with_evidence(session, telling.told(row)) for row in session.ledger.events(page_id=page.id)
        ],
        "visits": [plain(visit) for visit in session.ledger.visits(page.id, most=MOST_VISITS)],
    }


def _same_text(session: Session, page: PageRow, other: PageRow) -> bool:
    texts = [
        session.pages.version(each.version_id).text_fingerprint if each.version_id is not None else ""
        for each in (page, other)
    ]
    return texts[0] == texts[1] != ""


def _words(data: dict[str, Any]) -> str:
    article = data["article"]
    lines = [data["url"], f"state      {data['state']}" + (f": {data['trouble']}" if data["trouble"] else "")]
    due = data["due_at"] or "never: no include takes it in"
    lines += [f"known      since {data['since']}, last read {data['read_at']}, next due {due}"]
    if article:
        published = article["published"]
        lines += [
            f"headline   {article['title']}",
            f"language   {article['language']}",
            f"type       {article['type'] or '-'}, {article['scope'] or '-'}",
            f"published  {(published or {}).get('at') or (published or {}).get('day') or '-'}"
            + (f"   from {published['source']}" if published else ""),
            f"dateline   {(article['dateline'] or {}).get('text') or '-'}",
        ]
        lines += [f"attachment {link['url']}" for link in article["attachments"]]
        known = {each["url"] for each in data["editions"]}
        named = [link for link in article["translations"] if link["url"] not in known]
        lines += [f"names      {link['language']} {link['url']}" for link in named]
    lines += [f"edition    {each['language']} {each['url']}" for each in data["editions"]]
    lines += [
        f"also at    {each['url']}: {each['state']}{'' if each['same'] else ', with another text'}"
        for each in data["homes"]
    ]
    lines += ["", "versions"]
    lines += [
        f"  {row['number']}  {row['seen_at']}  {row['hash'][:12]}  {row['title']}" for row in data["versions"]
    ]
    lines += ["", "events"]
    numbers = {(row["hash"], row["seen_at"]): row["number"] for row in data["versions"]}
    lines += [line for row in data["events"] for line in _event(row, numbers)]
    lines += ["", "visits"]
    lines += [
        f"  {row['at']}  {row['outcome']}  {row['status'] or ''}  {row['detail']}" for row in data["visits"]
    ]
    if data["text"]:
        lines += ["", data["text"]]
    return "\n".join(lines)


def _event(row: dict[str, Any], numbers: dict[tuple[str | None, str], int]) -> list[str]:
    """An event with its evidence: both answers, the window in which it happened, the redline. `numbers` are
    those of the versions, by hash and time."""
    first, last = row["between"]
    lines = [f"  {row['seen_at']}  {row['kind']}  {'; '.join(row['reasons'])}", f"    id       {row['id']}"]
    if row["part_of"]:
        lines.append(f"    part of  {row['part_of']}, an event of the site: not told on its own")
    lines.append(f"    between  {first or 'unknown'} and {last}")
    if back := row.get("back_to"):
        number = numbers.get((back["hash"], back["time"]))
        which = "an earlier version" if number is None else f"version {number}"
        lines.append(f"    back to  {which}, first seen {back['time']}")
    for side in ("before", "after"):
        known = row["evidence"][side]
        if known is None:
            continue
        lines.append(f"    {side:<8} {known['time']}  {known['status'] or '-'}  {known['hash'] or 'no body'}")
        lines += [f"             {name}: {value}" for name, value in known["headers"]]
    if row["title_before"]:
        lines.append(f"    headline [-{row['title_before']}-] {{+{row['title']}+}}")
    shown = [
        Segment(op=Op(part["op"]), text=part["text"], paragraph=part["paragraph"]) for part in row["redline"]
    ]
    lines += [f"    | {text}" for text in _changed(shown)]
    lines += _edits(row)
    lines += [f"    {each.said} {' '.join(each.addresses)}".rstrip() for each in notes(event_from(row))]
    return lines


def _edits(row: dict[str, Any]) -> list[str]:
    """What was edited inside an event, and what the page says of it."""
    lines = []
    for edit in row.get("edits", ()):
        pieces = (("[-{}-]", edit["before"]), ("{{+{}+}}", edit["after"]), ("({})", edit["detail"]))
        words = " ".join([form.format(text) for form, text in pieces if text])
        lines.append(f"    {edit['kind']:<8} {words}")
    if row.get("correction"):
        lines.append(f"    the page says: {row['correction']}")
    if row.get("silent"):
        lines.append("    in silence: neither the page's own date nor the sitemap says so")
    return lines


def _changed(segments: list[Segment]) -> list[str]:
    """The changed paragraphs of a redline, marked, a line each."""
    paragraphs: dict[int, list[Segment]] = {}
    for segment in segments:
        paragraphs.setdefault(segment.paragraph, []).append(segment)
    return [
        "".join(_MARKS[segment.op].format(segment.text) for segment in row)
        for row in paragraphs.values()
        if any(segment.op is not Op.KEEP for segment in row)
    ]


def _passages(article: Article) -> tuple[Passage, ...]:
    """The subtitle, where there is one, and the body."""
    kind = PassageKind.PARAGRAPH
    return (*([Passage(kind=kind, text=article.subtitle)] if article.subtitle else []), *article.body)


def _marked(before: Article, after: Article, segments: tuple[Segment, ...]) -> str:
    lines = [f"headline: {after.title}"]
    if before.title != after.title:
        lines = [f"headline: [-{before.title}-] {{+{after.title}+}}"]
    paragraph = -1
    for segment in segments:
        if segment.paragraph != paragraph:
            paragraph = segment.paragraph
            lines += ["", ""]
        lines[-1] += _MARKS[segment.op].format(segment.text)
    change = compare(before, after)
    beside = plain([edit for edit in change.edits if edit.kind in _BESIDE]) if change else []
    return "\n".join([*lines, *([""] if beside else []), *_edits({"edits": beside})])
