"""`iomwatch status`: how the watch over each site stands."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from crawler import urls
from crawler.cli.common import DURATION, config_of, json_option, open_store, print_json
from crawler.config import Config, SiteConfig
from crawler.cycle.coverage import Stranger, coverage_of, layouts_of, strangers_of
from crawler.cycle.letters import stranded
from crawler.cycle.pacing import pacer, trust_of
from crawler.cycle.scope import is_watched
from crawler.cycle.watched import Watched
from crawler.errors import UsageError
from crawler.recipients import shown
from crawler.terminal import printable
from crawler.values import iso, plain
from storage.errors import NoStoreError
from storage.store import Session


@click.command("status", epilog="Example: iomwatch status --why https://www.iom.int/news/an-address")
@click.option("--why", metavar="URL", help="When this page is looked at next, and why then.")
@click.option("--alive", type=DURATION, help="Say nothing; status 1 where no round ended within this time.")
@json_option
@click.pass_context
def command(ctx: click.Context, why: str | None, alive: timedelta | None, as_json: bool) -> None:
    """Per site: known, read, blocked, missing, last round, next due, where sources disagree."""
    config = config_of(ctx)
    if alive is not None:
        sys.exit(0 if _is_alive(config, datetime.now(UTC), alive) else 1)
    if why is not None:
        _say_why(config, why, as_json=as_json)
        return
    try:
        store = open_store(config)
    except NoStoreError as error:
        if as_json:
            empty = ("sites", "left_out", "hosts", "letters", "stranded")
            print_json({**{name: [] for name in empty}, "last_round": None})
        click.echo(f"iomwatch: {error}", err=True)
        return
    with store, store.read() as session:
        last, rows = session.last_round(), session.letters.outbox()
        data = {
            "sites": [_site(session, site) for site in config.site],
            "left_out": plain(strangers_of(session, Watched(sites=config.site))),
            "hosts": [
                {
                    "host": row.name,
                    "paused_until": iso(row.paused_until),
                    "reason": row.reason,
                    "trouble_since": _iso(row.trouble_since),
                }
                for row in session.hosts.all()
                if row.trouble_since or row.paused_until > datetime.now(UTC)
            ],
            "last_round": plain(last) if last else None,
            "letters": [
                {
                    "subject": row.subject,
                    "id": row.id,
                    "recipient": shown(row.recipient),
                    "state": row.state,
                    "attempts": row.attempts,
                    "next_at": iso(row.next_at),
                    "detail": row.detail,
                }
                for row in rows
            ],
            "stranded": [{**plain(group), "words": group.words} for group in stranded(rows, config)],
        }
    if as_json:
        print_json(data)
    else:
        click.echo(printable(_words(data)))


def _is_alive(config: Config, now: datetime, within: timedelta) -> bool:
    """Whether a round ended within this time; one that ended in times to come says nothing."""
    try:
        with open_store(config) as store, store.read() as session:
            last = session.last_round()
    except NoStoreError:
        return False
    return last is not None and last.ended_at is not None and abs(now - last.ended_at) <= within


def _say_why(config: Config, url: str, *, as_json: bool) -> None:
    site = config.site_of(url)
    if site is None:
        raise UsageError(f"{url}: belongs to no configured site")
    with open_store(config) as store, store.read() as session:
        row = session.sources.site(site.name)
        page = session.pages.find(row.id, urls.canonical(url, site.base_url)) if row else None
        if row is None or page is None:
            raise UsageError(f"{url}: is not known; `iomwatch check --match {url}` says whether it would be")
        now, due = datetime.now(UTC), page.due_at if page.left_out_since is None else None
        pacing = pacer(session, config, site, row.id, now)
        pacing.note_signals(session, [page.id])
        words = pacing.why(page, now)
        if not is_watched(session, site, page):
            due, words = None, ("no longer watched: no include takes it in",)
        elif due is None:
            words = ("an include takes it in again: the next run looks at it",)
    if as_json:
        print_json({"url": page.url, "due_at": _iso(due), "read_at": _iso(page.read_at), "why": words})
        return
    click.echo(
        printable(f"{page.url}\ndue {_iso(due) or 'never'}, last read {_iso(page.read_at) or 'never'}")
    )
    click.echo(printable("\n".join(f"  {line}" for line in words)))


def _site(session: Session, site: SiteConfig) -> dict[str, Any]:
    row = session.sources.site(site.name)
    due = session.pages.next_due(row.id) if row else None
    sources = session.sources.of_site(row.id) if row else []
    return {
        **plain(coverage_of(session, site)),
        "next_due": iso(due) if due else None,
        "left_out": session.pages.left_out(row.id) if row else 0,
        "layouts": layouts_of(session, site),
        "sources": [
            {
                "url": source.url,
                "kind": source.kind,
                "names": session.sources.named(source.id),
                "read_at": _iso(source.read_at),
                "trouble": source.trouble,
                "trouble_since": _iso(source.trouble_since),
                "due_at": _iso(source.due_at),
                "traps": [plain(crowd) for crowd in session.crowds.of_source(source.id)],
                "dates": trust_of(source.learned).verdict if source.learned else None,
            }
            for source in sources
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None


def _words(data: dict[str, Any]) -> str:
    lines = []
    last = data["last_round"]
    if last:
        ended = f"ended {last['ended_at']}" if last["ended_at"] else "did not end (running, or killed)"
        lines.append(f"last round {last['started_at']}, {ended}: asked {last['asked']}, read {last['read']}")
    for site in data["sites"]:
        lines += [
            "",
            f"{site['site']}: known {site['known']}, read {site['read']}, waiting {site['waiting']}, "
            f"blocked {site['blocked']}, missing {site['missing']}; next due {site['next_due'] or '-'}",
        ]
        if count := site["left_out"]:
            them = "1 page no longer watched: no include takes it in"
            lines.append(
                f"  {them if count == 1 else f'{count} pages no longer watched: no include takes them in'}"
            )
        lines += [
            f"  {source['kind'] or 'source'} {source['url']}: names {source['names']}"
            + (f"; {source['trouble']} since {source['trouble_since']}" if source["trouble"] else "")
            + (f"; {source['dates']}" if source["dates"] else "")
            for source in site["sources"]
        ]
        lines += [f"  {words}" for words in site["troubles"] if not words.startswith("source ")]
        lines += [f"  {words}" for words in (*site["disagreements"], *site["layouts"])]
    for stranger in data["left_out"]:
        lines += ["", Stranger(**stranger).words]
    for row in data["hosts"]:
        since = f"in trouble since {row['trouble_since']}, " if row["trouble_since"] else ""
        lines += ["", f"{row['host']}: {since}not asked before {row['paused_until']}: it {row['reason']}"]
    lines += [f"\n{group['words']}" for group in data["stranded"]]
    lost = {number for group in data["stranded"] for number in group["ids"]}
    for row in [row for row in data["letters"] if row["id"] not in lost]:
        words = f"undelivered ({row['id']}): {row['subject']} to {row['recipient']}: {row['state']}"
        lines += ["", f"{words}, {row['detail']}"]
    return "\n".join(lines).strip()
