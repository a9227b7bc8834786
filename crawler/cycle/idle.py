"""A round that has nothing to do, told from one that has without loading what looks, reads or compares.

Where it cannot tell, or anything at all is unusual, there is something to do: the whole round says what.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from crawler import schedule, urls
from crawler.config import Config, DigestConfig, SiteConfig
from crawler.cycle.outcome import Looked, Round, SiteLooked, Told
from crawler.schedule import Slot
from storage.errors import StoreError
from storage.glance import Glance, glance

ALERTS_EVERY = timedelta(hours=1)  # disks fill and sites fall silent by themselves: no longer without a look


def idle_round(config: Config, sites: tuple[SiteConfig, ...], now: datetime) -> Round | None:
    """The round, written, where nothing is due at these sites and for any reader; None otherwise."""
    prefix = "sqlite:///"
    path = Path(config.store_url().removeprefix(prefix))
    told = config.metrics.textfile or config.metrics.heartbeat  # after each round, and by more than is here
    if told or not config.store_url().startswith(prefix):
        return None
    try:
        with glance(path) as seen:
            if not _at_rest(seen, config, sites, now):
                return None
            number = seen.add_round(now)
    except StoreError:
        return None  # the whole round meets it too, and says what is to be done
    looked = tuple(SiteLooked.at_rest(site.name, len(site.sources)) for site in sites)
    return Round(
        looked=Looked(round_id=number, sites=looked, whole=True), told=Told(sent=0, troubles=()), letters=0
    )


def _at_rest(seen: Glance, config: Config, sites: tuple[SiteConfig, ...], now: datetime) -> bool:
    return (
        seen.is_ours()
        and all(_site_rests(seen, site, now) for site in sites)
        and all(_digest_rests(seen, config, digest, now) for digest in config.digest)
        and seen.outbox_rests()
        and (not config.alerts.to or seen.read_lately(now - ALERTS_EVERY))
    )


def _site_rests(seen: Glance, site: SiteConfig, now: datetime) -> bool:
    row = seen.site(site.name, site.scope, now)
    if row is None:
        return False
    watched = {urls.canonical(site.absolute(address), site.base_url) for address in site.watch}
    unlisted = now - site.removal_after
    return (
        seen.sources_rest(row, {site.absolute(source) for source in site.sources}, now)
        and seen.pages_rest(row, now, unlisted=unlisted, attachments=site.attachments)
        and all(seen.knows(row, url) for url in watched)
    )


def _digest_rests(seen: Glance, config: Config, digest: DigestConfig, now: datetime) -> bool:
    """Whether nothing is to be told, or not yet: the digest's slot has not come."""
    sites = digest.sites or tuple(site.name for site in config.site)
    known = seen.subscription(digest.name, sites)
    if known is None:
        return False
    (reached, untold), plan = known, digest.plan
    if plan.schedule.at_once:
        return reached is None and not untold
    last = Slot.of(reached) if reached else None
    return last is not None and schedule.reached(plan, last, now) == last
