"""What several commands share: times, the opened store, output that is safe on a terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.config import Config, SiteConfig, load
from crawler.errors import UsageError
from crawler.keys import duration

if TYPE_CHECKING:
    from storage.store import Store

FIRST_YEAR, LAST_YEAR = 1990, 2200


class Moment(click.ParamType[datetime]):
    """An ISO 8601 date or datetime; UTC where no zone is given."""

    name = "ISO8601"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 time, as 2026-03-02 or 2026-03-02T06:00:00Z", param, ctx)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail(
                f"{value!r} is no time of IOM's web sites: from {FIRST_YEAR} to {LAST_YEAR}", param, ctx
            )
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)


class Duration(click.ParamType[timedelta]):
    name = "DURATION"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        try:
            found = duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        assert isinstance(found, timedelta)
        if found < timedelta(seconds=1):
            self.fail("a second at least", param, ctx)
        return found


MOMENT = Moment()
DURATION = Duration()
json_option = click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")


def config_of(ctx: click.Context) -> Config:
    """The configuration named by --config. Raises ConfigError."""
    path: Path = ctx.obj
    return load(path)


def open_store(config: Config) -> Store:
    """The store, to be read. Raises StoreError where there is none."""
    from storage.store import Store

    return Store.open(config.store_url())


def sites_named(config: Config, names: tuple[str, ...]) -> tuple[SiteConfig, ...]:
    """The sites of these names, or all. Raises UsageError for a name that is not configured."""
    known = {site.name: site for site in config.site}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f'no [[site]] is named "{unknown[0]}"; there are: {", ".join(known) or "none"}')
    return tuple(known[name] for name in names) if names else config.site


def print_json(data: Any) -> None:
    """Indented JSON on standard output; non-ASCII text as it is, control characters escaped."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_json_line(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
