"""`iomwatch ignore`: the rules for what is not told, and what they would have hidden."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from crawler.cli.common import MOMENT, config_of, json_option, open_store, print_json
from crawler.compare.ignored import Rule
from crawler.cycle.events import as_json as event_json
from crawler.cycle.ignoring import rules_of, sift
from crawler.errors import UsageError
from crawler.terminal import printable
from crawler.values import plain


@click.command("ignore", epilog="Example: iomwatch ignore --try --since 2026-03-01")
@click.option("--try", "trying", is_flag=True, help="Show the past events that each rule would have hidden.")
@click.option("--since", type=MOMENT, help="With --try: events seen at this time or later.")
@json_option
@click.pass_context
def command(ctx: click.Context, trying: bool, since: datetime | None, as_json: bool) -> None:
    """The [[ignore]] rules. They hide events from letters; the ledger keeps them all.

    With --try each rule is tried alone, as if it had no last day.
    """
    if since is not None and not trying:
        raise UsageError("--since goes with --try: iomwatch ignore --try --since 2026-03-01")
    config = config_of(ctx)
    today = datetime.now(UTC).date()
    rules = rules_of(config)
    found: list[dict[str, Any]] = [{"rule": plain(rule), "expired": rule.expired(today)} for rule in rules]
    if trying and rules:
        with open_store(config) as store, store.read() as session:
            rows = session.ledger.events(since=since, alone=True)
            for rule, entry in zip(rules, found, strict=True):
                lasting = Rule(**{**_given(rule), "until": None})
                hidden = sift(session, [lasting], rows).hidden
                entry["hides"] = [event_json(row) for row, _ in hidden]
                entry["of"] = len(rows)
    if as_json:
        print_json(found)
        return
    if not rules:
        click.echo("no [[ignore]] in the configuration: everything is told")
    for rule, entry in zip(rules, found, strict=True):
        click.echo(printable(_words(rule, entry)))


def _given(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in Rule.__dataclass_fields__}


def _words(rule: Rule, entry: dict[str, Any]) -> str:
    named = [f"{name} {value}" for name, value in _given(rule).items() if value and name != "reason"]
    lines = [f"{rule.reason}: {', '.join(named)}" + (" (expired)" if entry["expired"] else "")]
    if "hides" in entry:
        lines.append(f"  would have hidden {len(entry['hides'])} of {entry['of']} events")
        lines += [
            f"  {event['seen_at']}  {event['kind']:<11}  {event['title']}  {event['canonical_url'] or ''}"
            for event in entry["hides"]
        ]
    return "\n".join(lines)
