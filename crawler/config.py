"""config.toml → frozen settings; every mistake at once, by file, key and line.

It reads the file, the environment it is given and the system's time zones: no store, no network, no clock.
"""

from __future__ import annotations

import errno
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawler import recipients, urls
from crawler.choice import Choice, Keywords
from crawler.consistency import ALERTS, Mistake, mistakes_of_the_whole
from crawler.errors import ConfigError
from crawler.keys import (
    AnHourAtLeast,
    Country,
    Duration,
    EventKind,
    Expression,
    Finding,
    Heartbeat,
    Keyword,
    Listen,
    Name,
    Network,
    Pattern,
    QuietHours,
    Schedule,
    Secret,
    SecureOrigin,
    Selector,
    Sender,
    SomeTime,
    Source,
    Timezone,
    Unsubscribe,
    WebAddress,
)
from crawler.presets import PRESETS
from crawler.schedule import Plan, quiet_hours, schedule
from crawler.text import fold
from crawler.toml_lines import line_of
from crawler.values import Kind
from crawler.weights import Weights

DEFAULT_USER_AGENT = "iomwatch/0.1 (+contact)"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


Strings = tuple[str, ...]


class StoreConfig(_Table):
    url: str = "sqlite:///iomwatch.db"


class FetchConfig(_Table):
    user_agent: Annotated[str, Field(min_length=1, pattern=r"^[\x20-\x7e]+$")] = DEFAULT_USER_AGENT
    min_delay: Annotated[float, Field(ge=0, le=3600)] = 2.0
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    allow_private: tuple[Network, ...] = ()
    proxy: str = ""
    ca_bundle: str = ""
    host_budget: SomeTime = timedelta(hours=1)
    run_budget: SomeTime = timedelta(hours=6)

    @property
    def contact(self) -> str | None:
        """The e-mail or web address in the user agent, or None while it is missing."""
        found = re.search(r"[^\s(+;,]+@[^\s);,]+|https?://[^\s);,]+", self.user_agent)
        return found[0] if found else None


class CredentialConfig(_Table):
    """What one host asks for before it answers: user and password, or a token."""

    origin: SecureOrigin
    user: Annotated[str, Field(pattern=r"^[^:\x00-\x1f\x7f]*$")] = ""
    password: Annotated[str, Field(repr=False, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    token: Annotated[str, Field(repr=False, pattern=r"^[\x21-\x7e]*$")] = ""


class PaceConfig(_Table):
    requests_per_day: Annotated[int, Field(ge=24, le=1_000_000)] = 20_000  # to one host
    audit: Annotated[float, Field(ge=0, le=0.5)] = 0.05  # of them, to pages by chance
    max_unseen: AnHourAtLeast = timedelta(days=30)
    sources: Duration = timedelta(minutes=10)  # a source is asked no more often


class SiteConfig(_Table):
    name: Name
    base_url: WebAddress
    sources: tuple[Source, ...] = ()
    include: tuple[Pattern, ...] = ()
    watch: tuple[Source, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    max_pages: Annotated[int, Field(ge=1, le=100_000)] = 200
    max_addresses: Annotated[int, Field(ge=1, le=10_000_000)] = 100_000
    max_alike: Annotated[int, Field(ge=1, le=10_000_000)] = 10_000  # that differ in numbers and ids alone
    max_queries: Annotated[int, Field(ge=1, le=10_000_000)] = 100  # of one path
    removal_after: Duration = timedelta(hours=1)
    attachments: bool = True
    requests_per_day: Annotated[int, Field(ge=24, le=1_000_000)] | None = None  # None: as [pace] says
    quiet_hours: QuietHours = ""  # of its host: nothing is asked then
    timezone: Timezone = "UTC"  # of its quiet hours
    preset: str | None = None

    def absolute(self, address: str) -> str:
        """An address of `sources` or `watch`, made absolute by `base_url`."""
        return urls.absolute(address, self.base_url) or address

    def includes(self, url: str) -> bool:
        """Whether the address is a release by `include` and `exclude`."""
        return self.rule(url) is not None

    @property
    def scope(self) -> list[object]:
        """What decides which pages are watched, as JSON has it."""
        return [self.base_url, list(self.include), list(self.exclude), list(self.watch)]

    def rule(self, url: str) -> str | None:
        """The include pattern that takes the address in, or None."""
        if not urls.same_site(url, self.base_url):
            return None
        if any(urls.path_matches(pattern, url) for pattern in self.exclude):
            return None
        return next((pattern for pattern in self.include if urls.path_matches(pattern, url)), None)


class DigestConfig(_Table):
    """Who is told what, when, in which language. Empty means any."""

    name: Name
    to: Strings  # as written, references and all: `Config.filled` puts secrets in
    sites: Strings = ()
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")], ...] = ()
    countries: tuple[Country, ...] = ()
    types: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    kinds: tuple[EventKind, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    min_weight: Annotated[int, Field(ge=0, le=100)] = 0
    schedule: Schedule = "at once"
    timezone: Timezone = "UTC"
    quiet_hours: QuietHours = ""
    empty: Literal["send", "skip"] = "skip"
    language: Literal["en", "fr", "es", "ar"] = "en"
    max_items: Annotated[int, Field(ge=1, le=1000)] = 100

    @property
    def plan(self) -> Plan:
        """When it is due."""
        return Plan(
            schedule=schedule(self.schedule),
            zone=ZoneInfo(self.timezone),
            quiet=quiet_hours(self.quiet_hours) if self.quiet_hours else None,
        )

    @property
    def choice(self) -> Choice:
        """Which events it is about, its sites apart."""
        return Choice(
            languages=self.languages,
            countries=self.countries,
            types=tuple(fold(word).casefold() for word in self.types),
            kinds=self.kinds,
            keywords=Keywords(self.keywords),
            min_weight=self.min_weight,
        )


class IgnoreConfig(_Table):
    """What is not told: an event of which all holds that is named here."""

    reason: Annotated[str, Field(min_length=1)]
    site: str | None = None
    kind: Kind | None = None
    text: Expression | None = None
    selector: Selector | None = None
    until: date | None = None


class SmtpConfig(_Table):
    host: Annotated[str, Field(min_length=1)] = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: Annotated[str, Field(repr=False)] = ""
    from_: Annotated[Sender, Field(alias="from", pattern=r"^[^\r\n]+$")] = "iomwatch@localhost"
    timeout: Annotated[float, Field(gt=0, le=600)] = 60.0
    unsubscribe: Unsubscribe = ""


class WebhookConfig(_Table):
    secret: Annotated[Secret, Field(repr=False)] = ""
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    allow_private: tuple[Network, ...] = ()


class AlertsConfig(_Table):
    to: Strings = ()


class MetricsConfig(_Table):
    textfile: str = ""
    listen: Listen = ""
    heartbeat: Annotated[Heartbeat, Field(repr=False)] = ""


class Config(_Table):
    store: StoreConfig = StoreConfig()
    fetch: FetchConfig = FetchConfig()
    site: tuple[SiteConfig, ...] = ()
    credentials: tuple[CredentialConfig, ...] = ()
    digest: tuple[DigestConfig, ...] = ()
    ignore: tuple[IgnoreConfig, ...] = ()
    smtp: SmtpConfig = SmtpConfig()
    pace: PaceConfig = PaceConfig()
    webhook: WebhookConfig = WebhookConfig()
    alerts: AlertsConfig = AlertsConfig()
    metrics: MetricsConfig = MetricsConfig()
    environment: Annotated[dict[str, str], Field(exclude=True, repr=False)] = {}  # what recipients refer to
    weights: dict[Finding, Annotated[int, Field(ge=0, le=100)]] = {}
    root: Annotated[Path, Field(exclude=True)] = Path()  # the folder that relative paths start from

    def site_of(self, url: str) -> SiteConfig | None:
        """The site that an address belongs to by its host."""
        return next((site for site in self.site if urls.same_site(url, site.base_url)), None)

    def filled(self, recipient: str) -> str:
        """A recipient with its secrets in: for the door alone, never to be stored or printed."""
        return recipients.filled(recipient, self.environment)

    def recipients(self) -> frozenset[tuple[str, str]]:
        """(digest, recipient as written) of all that letters go to; "alerts" is the operator's."""
        readers = {(digest.name, to) for digest in self.digest for to in digest.to}
        return frozenset(readers | {(ALERTS, to) for to in self.alerts.to})

    def takers(self, digest: str) -> frozenset[str]:
        """The recipients that letters of a digest may go to: its own; where it is no more (it has another
        name), those of all digests."""
        own = [known for known in self.digest if known.name == digest] or self.digest
        return frozenset(self.alerts.to if digest == ALERTS else (to for known in own for to in known.to))

    def hosts(self) -> frozenset[str]:
        """The hosts that redirects may lead to."""
        return frozenset(urls.host(site.base_url) for site in self.site)

    def weighed(self) -> Weights:
        """What each finding weighs: the defaults, with what [weights] changes."""
        return Weights(**self.weights)

    def store_url(self) -> str:
        """The store's URL, with an SQLite path made absolute."""
        prefix = "sqlite:///"
        if self.store.url.startswith(prefix):
            return prefix + str(self.root / self.store.url.removeprefix(prefix))
        return self.store.url


_PASSING = {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}  # of the system: another time it may be read


def load(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Read and validate a configuration. Raises ConfigError with all its mistakes."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors on Windows begin with a mark
    except FileNotFoundError:
        raise ConfigError([f"{path}: not found; `iomwatch init` writes one to start from"]) from None
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno in _PASSING:
            raise  # no fault of the configuration
        raise ConfigError([f"{path}: cannot be read: {error}"]) from None
    return parse(text, name=str(path), root=path.parent, environment=environment)


def parse(
    text: str, *, name: str = "config.toml", root: Path = Path(), environment: Mapping[str, str] | None = None
) -> Config:
    """Validate a configuration's text. Raises ConfigError with all its mistakes."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{name}: not valid TOML: {error}"]) from None
    mistakes: list[Mistake] = []
    known = os.environ if environment is None else environment
    secrets = _recipients(data, known, mistakes)
    data = _with_environment(data, known, mistakes)
    mistakes += [((key,), "unknown key") for key in ("root", "environment") if key in data]
    _apply_presets(data, mistakes)
    config = None
    try:
        config = Config.model_validate_json(
            _json({**data, "root": str(root.resolve()), "environment": secrets})
        )
    except ValidationError as error:
        named = {where for where, _ in mistakes}  # what follows from a mistake is not told beside it
        found = [(_where(item["loc"]), _words(dict(item))) for item in error.errors(include_input=False)]
        mistakes += [(where, words) for where, words in found if where not in named]
    mistakes += mistakes_of_the_whole(data)
    if mistakes or config is None:
        lines = [(line_of(text, where), where, words) for where, words in mistakes]
        raise ConfigError([f"{name}:{line}: {_key(where)}: {words}" for line, where, words in sorted(lines)])
    return config


def _json(data: dict[str, Any]) -> str:
    """TOML data as JSON: strict models take JSON arrays for tuples. The one date is ignore's `until`."""
    import json

    rules = data.get("ignore")
    if isinstance(rules, list):
        data = {**data, "ignore": [_dated(rule) if isinstance(rule, dict) else rule for rule in rules]}
    return json.dumps(data, default=lambda value: {"a TOML date or time": str(value)})


def _dated(rule: dict[str, Any]) -> dict[str, Any]:
    until = rule.get("until")
    if isinstance(until, date) and not isinstance(until, datetime):
        return {**rule, "until": until.isoformat()}
    return rule


def _with_environment(value: Any, environment: Mapping[str, str], mistakes: list[Mistake]) -> Any:
    """`value` with each ${NAME} in its strings taken from the environment."""

    def walk(item: Any, where: tuple[str | int, ...]) -> Any:
        if where[-1:] == ("to",):  # stays as it is written
            return item
        if isinstance(item, dict):
            return {key: walk(inner, (*where, key)) for key, inner in item.items()}
        if isinstance(item, list):
            return [walk(inner, (*where, index)) for index, inner in enumerate(item)]
        if isinstance(item, str):
            mistakes.extend(
                (where, f"the environment has no variable {name}")
                for name in recipients.VARIABLE.findall(item)
                if name not in environment
            )
            return recipients.VARIABLE.sub(lambda found: environment.get(found[1], found[0]), item)
        return item

    return walk(value, ())


def _recipients(
    data: dict[str, Any], environment: Mapping[str, str], mistakes: list[Mistake]
) -> dict[str, str]:
    """Checks each `to`; the variables that recipients refer to, with their values."""
    digests = data.get("digest")
    tables: list[tuple[tuple[str | int, ...], Any]] = [(("alerts",), data.get("alerts"))]
    tables += [
        (("digest", at), table) for at, table in enumerate(digests if isinstance(digests, list) else ())
    ]
    used: dict[str, str] = {}
    for where, table in tables:
        written = table.get("to") if isinstance(table, dict) else None
        for at, recipient in enumerate(written if isinstance(written, list) else ()):
            if not isinstance(recipient, str):
                continue
            names = recipients.VARIABLE.findall(recipient)
            used |= {name: environment[name] for name in names if name in environment}
            lacking = [f"the environment has no variable {name}" for name in names if name not in environment]
            wrong = None if lacking else recipients.mistake(recipients.filled(recipient, environment))
            mistakes.extend(((*where, "to", at), words) for words in (*lacking, wrong) if words)
    return used


def _apply_presets(data: dict[str, Any], mistakes: list[Mistake]) -> None:
    sites = data.get("site")
    if not isinstance(sites, list):
        return
    for index, site in enumerate(sites):
        if not isinstance(site, dict) or not isinstance(site.get("preset"), str):
            continue
        preset = PRESETS.get(site["preset"])
        if preset is None:
            mistakes.append((("site", index, "preset"), f"unknown; known are {', '.join(sorted(PRESETS))}"))
            site.setdefault("name", "unknown")
            site.setdefault("base_url", "https://preset.invalid")
            site.setdefault("watch", ["/"])  # the one mistake is told, not what follows from it
            continue
        sites[index] = {**preset.keys(), **site}


def _where(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Pydantic marks a key that is wrong itself by "[key]" behind it."""
    return place[:-1] if place[-1:] == ("[key]",) else place


def _key(where: tuple[str | int, ...]) -> str:
    """("site", 1, "include", 0) → site[1].include[0], counted from 0 as TOML libraries do."""
    words = ""
    for part in where:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else str(part)
    return words or "(file)"


def _words(item: dict[str, Any]) -> str:
    """A validation error in a person's words; never the value itself, which may be a secret."""
    if item["type"] == "extra_forbidden":
        return "unknown key"
    if item["type"] == "missing":
        return "missing"
    message = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "string_pattern_mismatch":
        return "has characters or a form that is not allowed here"
    return message[:1].lower() + message[1:]
