"""`iomwatch check`: is all well set up? Each finding says what to do."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from crawler import urls
from crawler.cli.common import config_of, json_option, print_json
from crawler.config import Config, SiteConfig
from crawler.consistency import ALERTS
from crawler.cycle.coverage import strangers_of
from crawler.cycle.ignoring import rules_of
from crawler.cycle.letters import channels_of, stranded
from crawler.cycle.rounds import fetch_settings
from crawler.cycle.trial import send_test
from crawler.cycle.watched import Watched
from crawler.deliver import probe
from crawler.discover import read_source
from crawler.errors import UsageError
from crawler.fetch import Fetcher, unresolved
from crawler.recipients import shown
from crawler.terminal import printable
from crawler.values import Delivered, Fetched, Found, Request, SourceKind, plain
from storage.engine import check_makeable, sqlite_path
from storage.errors import NoStoreError, StoreError
from storage.store import Store

MOST_OFFERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    about: str
    fine: bool
    words: str  # what was found, and what to do where it is not fine


@click.command("check", epilog="Example: iomwatch check --match https://www.iom.int/fr/news/…")
@click.option("--match", is_flag=True, help="Say of each URL which site and rule takes it in.")
@click.option(
    "--send-test", "digest", metavar="DIGEST", help="Send one test letter to each of its recipients."
)
@click.argument("addresses", nargs=-1, metavar="[URL]...")
@json_option
@click.pass_context
def command(
    ctx: click.Context, match: bool, digest: str | None, addresses: tuple[str, ...], as_json: bool
) -> None:
    """Validate the configuration, the store, the sources' reachability and each delivery channel.

    Lists what the sources offer that no rule includes. Delivers nothing, but for the letter that
    --send-test asks for ("alerts" names the operator's); of it no trace is stored. Exit status 1: something
    needs a person.
    """
    config = config_of(ctx)
    if match and digest is not None:
        raise UsageError("--match and --send-test do not go together")
    if match != bool(addresses):
        raise UsageError("addresses go with --match: iomwatch check --match URL…")
    if match:
        findings = [_match(config, address) for address in addresses]
    elif digest is not None:
        findings = [
            Finding(
                about=f"test letter to {recipient}",
                fine=delivery.outcome is Delivered.SENT,
                words=f"{delivery.outcome.value}: {delivery.detail}",
            )
            for recipient, delivery in send_test(config, digest, datetime.now(UTC))
        ]
    else:
        findings = [*_settings(config), _store(config)]
        findings += asyncio.run(_sources(config))
        findings += [*_channels(config), *_stranded(config)]
    if as_json:
        print_json(plain(findings))
    else:
        for finding in findings:
            mark = "ok     " if finding.fine else "PROBLEM"
            click.echo(printable(f"{mark} {finding.about}: {finding.words}"))
    sys.exit(0 if all(finding.fine for finding in findings) else 1)


def _match(config: Config, address: str) -> Finding:
    parsed = urls.absolute(address, address)
    if parsed is None:
        return Finding(about=address, fine=False, words="no http(s) address")
    site = config.site_of(parsed)
    if site is None:
        return Finding(about=address, fine=False, words="belongs to no [[site]]; add one with its base_url")
    known = urls.canonical(parsed, site.base_url)
    if known in {urls.canonical(site.absolute(watched), site.base_url) for watched in site.watch}:
        return Finding(about=address, fine=True, words=f'site "{site.name}", watch; known as {known}')
    rule = site.rule(parsed)
    if rule is not None:
        return Finding(
            about=address, fine=True, words=f'site "{site.name}", include "{rule}"; known as {known}'
        )
    excluded = next((pattern for pattern in site.exclude if urls.path_matches(pattern, parsed)), None)
    why = f'exclude "{excluded}"' if excluded else "no include takes it in; add one, or name it in watch"
    return Finding(about=address, fine=False, words=f'site "{site.name}": {why}')


def _settings(config: Config) -> list[Finding]:
    findings = []
    if config.fetch.contact is None:
        words = "names no contact: put your e-mail or web address into it"
        findings.append(Finding(about="fetch.user_agent", fine=False, words=words))
    for table, rows in (("site", config.site), ("digest", config.digest)):
        if not rows:
            words = "none is configured; `iomwatch init` shows how"
            findings.append(Finding(about=f"[[{table}]]", fine=False, words=words))
    today = datetime.now(UTC).date()
    findings += [
        Finding(about="[[ignore]]", fine=False, words=f'"{rule.reason}" expired on {rule.until}: take it out')
        for rule in rules_of(config)
        if rule.expired(today)
    ]
    if not findings:
        findings.append(Finding(about="configuration", fine=True, words="valid"))
    return findings


def _store(config: Config) -> Finding:
    try:
        with Store.open(config.store_url()) as store:
            with store.lock(), store.write() as session:
                seq = session.ledger.last_seq()
                strangers = strangers_of(session, Watched(sites=config.site))
            words = [f"opens and can be written; {seq} events", *(each.words for each in strangers)]
            return Finding(about="store", fine=True, words="; ".join(words))
    except NoStoreError:
        return _store_to_be(config.store_url())
    except StoreError as error:
        return Finding(about="store", fine=False, words=str(error))


def _store_to_be(url: str) -> Finding:
    path = sqlite_path(url)
    try:
        if path is not None:
            check_makeable(path)
    except StoreError as error:
        return Finding(about="store", fine=False, words=str(error))
    where = f"none yet: {path}; " if path is not None else "none yet; "
    return Finding(about="store", fine=True, words=f"{where}the first run makes it")


def _stranded(config: Config) -> list[Finding]:
    """Letters that wait for recipients which are not in the configuration."""
    try:
        with Store.open(config.store_url()) as store, store.read() as session:
            groups = stranded(session.letters.outbox(), config)
    except StoreError:
        return []  # `_store` says why
    return [Finding(about="outbox", fine=False, words=group.words) for group in groups]


async def _sources(config: Config) -> list[Finding]:
    nameless: set[str] = set()
    async with Fetcher(fetch_settings(config)) as fetcher:
        sites = await asyncio.gather(*(_site_sources(fetcher, site, nameless) for site in config.site))
    findings = [finding for findings in sites for finding in findings]
    if nameless:
        words = f"{', '.join(sorted(nameless))} cannot be resolved: "
        right = "others can: are these names right? If so, look at " if findings else "look at "
        words += f"{right}the network and this machine's resolver"
        findings.insert(0, Finding(about="name resolution", fine=False, words=words))
    return findings


async def _site_sources(fetcher: Fetcher, site: SiteConfig, nameless: set[str]) -> list[Finding]:
    """What each source brings. A name that is not resolved goes into `nameless`: no fault of a source."""
    findings, offered = [], list[Found]()
    for source in site.sources:
        url = site.absolute(source)
        response = await fetcher.get(Request(url=url))
        if (name := unresolved(response.detail)) is not None:
            nameless.add(name)
            continue
        if response.outcome is not Fetched.OK:
            words = f"{response.outcome.value}: {response.detail}; mend or drop it in [[site]] {site.name}"
            findings.append(Finding(about=url, fine=False, words=words))
            continue
        read = read_source(
            response.body, url=response.final_url, content_type=response.header("content-type")
        )
        offered += read.found
        taken = sum(site.includes(found.url) for found in read.found)
        words = f"{read.kind.value}, {len(read.found)} addresses, {taken} taken in by include"
        if read.documents:
            words += f", {len(read.documents)} further documents"
        fine = read.kind is not SourceKind.UNKNOWN and (taken > 0 or bool(read.documents))
        findings.append(
            Finding(about=url, fine=fine, words=words + (f"; {read.trouble}" if read.trouble else ""))
        )
    findings += _offers(site, offered)
    return findings


def _offers(site: SiteConfig, offered: list[Found]) -> list[Finding]:
    """What the sources name on this site and no rule includes, by first part of the path."""
    left = {
        found.url
        for found in offered
        if urls.same_site(found.url, site.base_url) and not site.includes(found.url)
    }
    groups = Counter("/" + urls.target(url).partition("?")[0].strip("/").partition("/")[0] for url in left)
    return [
        Finding(
            about=f"{site.name} offers", fine=True, words=f"{count} × {start}/…, which no include takes in"
        )
        for start, count in groups.most_common(MOST_OFFERS)
    ]


def _channels(config: Config) -> list[Finding]:
    findings = []
    for name, recipient in sorted(config.recipients()):
        wrong = probe(config.filled(recipient), channels_of(config))
        about = f"{name} to {shown(recipient)}" if name == ALERTS else f"digest {name} to {shown(recipient)}"
        findings.append(Finding(about=about, fine=wrong is None, words=wrong or "can be reached"))
    return findings
