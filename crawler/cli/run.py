"""`iomwatch run`: one round, as cron calls it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from crawler.cli.common import MOMENT, config_of, json_option, print_json, sites_named
from crawler.config import Config, SiteConfig
from crawler.cycle.idle import idle_round
from crawler.cycle.outcome import Round
from crawler.errors import UsageError
from crawler.terminal import printable
from crawler.values import plain

if TYPE_CHECKING:
    from crawler.cli.logs import Log


@click.command("run", epilog="Example: iomwatch run --site iom --max-seconds 600 --quiet")
@click.option("--site", "names", multiple=True, metavar="NAME", help="Only this site; may be repeated.")
@click.option(
    "--all", "everything", is_flag=True, help="Look at every known page, due or not, in quiet hours too."
)
@click.option("--now", type=MOMENT, help="Run as if at that time: the clock of everything stored.")
@click.option(
    "--max-seconds", type=click.FloatRange(min=0), help="Stop looking after so long, not after run_budget."
)
@click.option("--quiet", is_flag=True, help="Print only what needs a person.")
@click.option(
    "--log",
    "form",
    type=click.Choice(["text", "json"]),
    help="Write lines for a log instead.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be asked and told; do neither.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    everything: bool,
    now: datetime | None,
    max_seconds: float | None,
    quiet: bool,
    form: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """One round: look at what is due, then compose the digests that are due and deliver them.

    Exit status 1: something needs a person: a site is blocked or unreachable, or a letter is still
    undelivered. 75: another run is at work.
    """
    config = config_of(ctx)
    sites = sites_named(config, names)
    if not sites:
        raise UsageError(f"{ctx.obj}: no [[site]] is configured; `iomwatch init` shows how")
    clock = _clock(now)
    if dry_run:
        _say_what_would_be(config, sites, clock(), everything=everything, as_json=as_json)
        return
    log = _log(form) if form is not None else None
    done = None if everything else idle_round(config, sites, clock())
    failures: tuple[str, ...] = ()
    if done is None:
        done = _round(
            config,
            sites,
            clock,
            log,
            quiet=quiet or as_json,
            everything=everything,
            max_seconds=max_seconds,
        )
        failures = _told_outside(config, done)
    if as_json:
        print_json({**plain(done), "needs_a_person": done.needs_a_person})
    elif log is not None:
        log.round(done)
    else:
        _report(done, quiet=quiet)
    for failure in failures:
        click.echo(f"iomwatch: {printable(failure)}", err=True)
    sys.exit(1 if done.needs_a_person else 0)


def _round(
    config: Config,
    sites: tuple[SiteConfig, ...],
    clock: Callable[[], datetime],
    log: Log | None,
    *,
    quiet: bool,
    everything: bool,
    max_seconds: float | None,
) -> Round:
    """A whole round. What it needs is loaded here: most rounds have nothing to do."""
    gc.disable()  # what is loaded stays: looking for garbage among it took a tenth of a round's time
    from crawler.cli.progress import progress
    from crawler.cycle.rounds import run_round
    from storage.store import Store

    gc.enable()
    gc.freeze()
    with Store.open(config.store_url(), create=True) as store, log or progress(quiet=quiet) as shown:
        return run_round(
            config,
            store,
            sites=sites,
            clock=clock,
            progress=shown,
            everything=everything,
            max_seconds=max_seconds,
        )


def _log(form: str) -> Log:
    from crawler.cli.logs import logged

    return logged(form)


def _told_outside(config: Config, done: Round) -> tuple[str, ...]:
    from crawler.cycle.alive import told_outside

    return told_outside(config, done)


def _clock(now: datetime | None) -> Callable[[], datetime]:
    if now is None:
        return lambda: datetime.now(UTC)
    return lambda: now


def _report(done: Round, *, quiet: bool) -> None:
    for site in done.looked.sites:
        if quiet and not site.needs_a_person:
            continue
        words = f"{site.site}: asked {site.asked}, read {site.read}, events {site.events}"
        if site.blocked:
            words += f", blocked {site.blocked}"
        if site.sources_answered < site.sources:
            words += f", sources {site.sources_answered} of {site.sources}"
        click.echo(words + ("; needs a person: see `iomwatch status`" if site.needs_a_person else ""))
    if done.told is None:
        click.echo("stopped by a signal: what was read is kept; letters wait for the next run", err=True)
        return
    if not quiet:
        if not done.looked.whole:
            click.echo("time was up: what was not reached comes first next time")
        click.echo(f"letters: {done.letters} composed, {done.told.sent} delivered")
    for trouble in done.told.troubles:
        click.echo(printable(trouble), err=True)


def _say_what_would_be(
    config: Config, sites: tuple[SiteConfig, ...], now: datetime, *, everything: bool, as_json: bool
) -> None:
    """The dry run. It asks nothing of the network and writes nothing."""
    from crawler.cycle.composing import sites_of, untold
    from crawler.cycle.discovery import rests
    from crawler.cycle.look import due_pages
    from crawler.cycle.pacing import is_quiet
    from storage.errors import NoStoreError
    from storage.store import Store

    asked = [site for site in sites if everything or not is_quiet(site, now)]
    sources: dict[str, list[str]] = {site.name: [] for site in sites}
    sources |= {site.name: [site.absolute(source) for source in site.sources] for site in asked}
    pages: dict[str, list[str]] = {site.name: [] for site in sites}
    letters: dict[str, int] = {}
    try:
        with Store.open(config.store_url()) as store, store.read() as session:
            for site in asked:
                row = session.sources.site(site.name)
                if row is not None:
                    known = () if everything else session.sources.of_site(row.id)
                    resting = {source.url for source in known if rests(source, now)}
                    sources[site.name] = [url for url in sources[site.name] if url not in resting]
                    due = due_pages(session, site, row, None if everything else now)
                    found = [session.pages.get(page_id) for page_id in due]
                    pages[site.name] = [page.url for page in found if page is not None]
            for digest in config.digest:
                if session.letters.subscription(digest.name) and sites_of(config, digest):
                    letters[digest.name] = len(untold(session, config, digest, now).rows)
    except NoStoreError:
        pass  # nothing is known yet: the first round reads the sources and all they name
    if as_json:
        print_json({"sources": sources, "pages": pages, "untold": letters})
        return
    for site in sites:
        click.echo(f"{site.name}: would ask {len(sources[site.name])} sources, {len(pages[site.name])} pages")
        for url in [*sources[site.name], *pages[site.name]]:
            click.echo(f"  {printable(url)}")
    for name, count in letters.items():
        click.echo(f"digest {name}: would tell {count} events, and what the round finds")
