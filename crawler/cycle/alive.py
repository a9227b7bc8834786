"""After a round: what is told outside, for those who watch the watch. A failure is said, and ends nothing.

It judges nothing: the round says how it went.
"""

from __future__ import annotations

from crawler.config import Config
from crawler.cycle.outcome import Round

PATIENCE = 10.0  # seconds that a heartbeat may take


def told_outside(config: Config, done: Round) -> tuple[str, ...]:
    """Write the metrics' file; ask the heartbeat's address where the round was good. What failed."""
    said = (_textfile(config), _heartbeat(config) if is_good(done) else "")
    return tuple(words for words in said if words)


def is_good(done: Round) -> bool:
    """Whether the round did all it had to do, and nothing needs a person."""
    return done.told is not None and done.looked.whole and not done.needs_a_person


def _textfile(config: Config) -> str:
    if not config.metrics.textfile:
        return ""
    from crawler.cycle.metrics import write_metrics

    path = config.root / config.metrics.textfile
    try:
        write_metrics(path, config)
    except OSError as error:
        return f"metrics.textfile: {path} cannot be written: {error.strerror}"
    return ""


def _heartbeat(config: Config) -> str:
    if not config.metrics.heartbeat:
        return ""
    from crawler.fetch import FetchSettings, beat

    settings = FetchSettings(
        user_agent=config.fetch.user_agent,
        timeout=PATIENCE,
        allow_private=config.webhook.allow_private,
        proxy=config.fetch.proxy,
        ca_bundle=str(config.root / config.fetch.ca_bundle) if config.fetch.ca_bundle else "",
    )
    why = beat(config.metrics.heartbeat, settings)
    return f"metrics.heartbeat: {why}" if why else ""
