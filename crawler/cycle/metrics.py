"""What Prometheus is told of a watch: read from the store, named and with units as docs/METRICS.md lists
them.

It counts nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest, start_http_server, write_to_textfile
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from crawler.config import Config
from crawler.cycle.coverage import coverage_of
from crawler.errors import ConfigError
from storage.errors import NoStoreError, StoreError
from storage.store import Session, Store


class Watch(Collector):
    """The watch of the configuration that holds, read anew at each collection. A store that is not there yet
    has none; one that cannot be read is said."""

    def __init__(self, config_of: Callable[[], Config]) -> None:
        self.config_of = config_of

    def collect(self) -> Iterator[Metric]:
        config, up, found = self.config_of(), 1.0, list[Metric]()
        try:
            with Store.open(config.store_url()) as store, store.read() as session:
                found = [*_round(session), *_sites(session, config), *_letters(session)]
        except NoStoreError:
            return
        except StoreError:
            up = 0.0
        yield GaugeMetricFamily("iomwatch_store_up", "1: the store could be read.", value=up)
        yield from found


def registry(config_of: Callable[[], Config]) -> CollectorRegistry:
    """A registry with the watch alone in it."""
    made = CollectorRegistry()
    made.register(Watch(config_of))
    return made


def write_metrics(path: Path, config: Config) -> None:
    """Write the text format into a file, whole or not at all; a device or a pipe is written to, not replaced.

    Raises OSError.
    """
    made = registry(lambda: config)
    if path.exists() and not path.is_file():
        path.write_bytes(generate_latest(made))
    else:
        write_to_textfile(str(path.resolve()), made)  # where a link leads, for the link is to stay one


@contextmanager
def endpoint(config_of: Callable[[], Config]) -> Iterator[None]:
    """While it lasts, [metrics] listen answers Prometheus; it stays where it was told first to be.

    Raises ConfigError where it cannot listen there.
    """
    listen = config_of().metrics.listen
    if not listen:
        yield
        return
    host, _, port = listen.rpartition(":")
    try:
        server, thread = start_http_server(int(port), addr=host.strip("[]"), registry=registry(config_of))
    except OSError as error:
        raise ConfigError([f"metrics.listen: {listen}: {error.strerror}"]) from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _gauge(name: str, help_text: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"iomwatch_{name}", help_text, labels=labels)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0


def _round(session: Session) -> Iterator[Metric]:
    last = session.last_round()
    if last is None:
        return
    for name, words, value in (
        ("round_started_timestamp_seconds", "When the last round began.", _seconds(last.started_at)),
        (
            "round_ended_timestamp_seconds",
            "When the last round ended; 0: it did not.",
            _seconds(last.ended_at),
        ),
        ("round_asked_pages", "Pages asked for in the last round.", last.asked),
        ("round_read_pages", "Pages read in the last round.", last.read),
        ("round_events", "Events found in the last round.", last.events),
    ):
        family = _gauge(name, words)
        family.add_metric([], value)
        yield family


def _sites(session: Session, config: Config) -> Iterator[Metric]:
    pages = _gauge("pages", "Known pages by state.", "site", "state")
    troubled = _gauge("blocked_since_timestamp_seconds", "Since when pages are blocked; 0: none is.", "site")
    sources = _gauge("source_up", "1: the source answered when it was asked last.", "site", "source")
    due = _gauge("due_timestamp_seconds", "When the next page is due.", "site")
    share = _gauge("covered_ratio", "Share of the pages asked that stand as read.", "site")
    usual = _gauge("usually_covered_ratio", "The same, as it is usually.", "site")
    price = _gauge("price_hours", "Hours of delay that a request must save.", "site")
    for site in config.site:
        row = session.sources.site(site.name)
        if row is None:
            continue
        coverage = coverage_of(session, site)
        for state in ("read", "waiting", "blocked", "missing"):
            pages.add_metric([site.name, state], getattr(coverage, state))
        troubled.add_metric([site.name], _seconds(coverage.blocked_since))
        for source in session.sources.of_site(row.id):
            sources.add_metric([site.name, source.url], float(source.trouble is None))
        due.add_metric([site.name], _seconds(session.pages.next_due(row.id)))
        paced = session.pacing.of_site(row.id)
        if paced is not None:
            price.add_metric([site.name], paced.price)
        read, asked = session.pages.standing(row.id)
        if paced is not None and paced.covered is not None and asked:
            share.add_metric([site.name], read / asked)
            usual.add_metric([site.name], paced.covered)
    yield from (pages, troubled, sources, due, share, usual, price)


def _letters(session: Session) -> Iterator[Metric]:
    undelivered = _gauge("undelivered_letters", "Letters not delivered yet, by state.", "state")
    states = [row.state for row in session.letters.outbox()]
    for state in ("waiting", "unsure", "failed"):
        undelivered.add_metric([state], states.count(state))
    yield undelivered
