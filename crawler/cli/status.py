"""`iomwatch status`: how the watch over each site stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from crawler.cli.common import config_of, json_option, open_store, print_json
from crawler.config import SiteConfig
from crawler.cycle.coverage import coverage_of, layouts_of
from crawler.recipients import shown
from crawler.terminal import printable
from crawler.values import iso, plain
from storage.errors import NoStoreError
from storage.store import Session


@click.command("status", epilog="Example: iomwatch status --json")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Per site: known, read, blocked, missing, last round, next due, where sources disagree."""
    config = config_of(ctx)
    try:
        store = open_store(config)
    except NoStoreError as error:
        if as_json:
            print_json({"sites": [], "last_round": None, "letters": []})
        click.echo(f"iomwatch: {error}", err=True)
        return
    with store, store.read() as session:
        last = session.last_round()
        data = {
            "sites": [_site(session, site) for site in config.site],
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
                for row in session.letters.outbox()
            ],
        }
    if as_json:
        print_json(data)
    else:
        click.echo(printable(_words(data)))


def _site(session: Session, site: SiteConfig) -> dict[str, Any]:
    row = session.sources.site(site.name)
    due = session.pages.next_due(row.id) if row else None
    sources = session.sources.of_site(row.id) if row else []
    return {
        **plain(coverage_of(session, site)),
        "next_due": iso(due) if due else None,
        "layouts": layouts_of(session, site),
        "sources": [
            {
                "url": source.url,
                "kind": source.kind,
                "names": session.sources.named(source.id),
                "read_at": _iso(source.read_at),
                "trouble": source.trouble,
                "trouble_since": _iso(source.trouble_since),
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
        lines += [
            f"  {source['kind'] or 'source'} {source['url']}: names {source['names']}"
            + (f"; {source['trouble']} since {source['trouble_since']}" if source["trouble"] else "")
            for source in site["sources"]
        ]
        lines += [f"  {words}" for words in site["troubles"] if not words.startswith("source ")]
        lines += [f"  {words}" for words in (*site["disagreements"], *site["layouts"])]
    for row in data["letters"]:
        words = f"undelivered ({row['id']}): {row['subject']} to {row['recipient']}: {row['state']}"
        lines += ["", f"{words}, {row['detail']}"]
    return "\n".join(lines).strip()
