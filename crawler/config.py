"""config.toml → frozen settings; every mistake at once, by file, key and line.

It reads the file, the environment it is given and the system's time zones: no store, no network, no clock.
"""

from __future__ import annotations

import base64
import dataclasses
import errno
import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from crawler import recipients, urls
from crawler.choice import Choice, Keywords
from crawler.errors import ConfigError
from crawler.keys import Country, EventKind, Keyword, QuietHours, Schedule, Timezone
from crawler.presets import PRESETS
from crawler.schedule import Plan, quiet_hours, schedule
from crawler.text import fold
from crawler.toml_lines import line_of
from crawler.values import Kind
from crawler.weights import Weights

ALERTS = "alerts"  # the digest that is the operator's; no [[digest]] may have its name
DEFAULT_USER_AGENT = "iomwatch/0.1 (+contact)"
LEAST_SECRET = 24  # bytes

_DURATION = re.compile(r"(\d{1,6})\s?([smhd])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FINDINGS = frozenset(finding.name for finding in dataclasses.fields(Weights))


def duration(value: object) -> object:
    """ "90s", "30m", "1h", "2d" → timedelta. Raises ValueError for anything else."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError('write a duration as "90s", "30m", "1h" or "2d"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _web_address(value: str) -> str:
    if urls.absolute(value, value) is None:
        raise ValueError("write an absolute http:// or https:// address, without user name or spaces")
    return value


def _secure_origin(value: str) -> str:
    origin = urls.origin(value)
    if not origin.startswith("https://") or urls.absolute(value, value) != f"{origin}/":
        raise ValueError('write scheme and host alone, as "https://intranet.example.org": secrets need https')
    return value


def _network(value: str) -> str:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError('write an IP address or a network, as "127.0.0.1" or "10.0.0.0/8"') from None
    return value


def _path_pattern(value: str) -> str:
    if not value.startswith("/"):
        raise ValueError('a pattern is matched against the path and starts with "/", as "/news/**"')
    return value


def _unsubscribe(value: str) -> str:
    fine = not value or (value.startswith("mailto:") and recipients.mistake(value) is None)
    if not fine and (not value.startswith("https://") or urls.absolute(value, value) is None):
        raise ValueError('write "mailto:…" or "https://…", or leave it empty')
    return value


def _secret(value: str) -> str:
    """Standard Webhooks: base64 of at least 24 bytes, "whsec_" before it or not."""
    try:
        key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if value and len(key) < LEAST_SECRET:
        raise ValueError(f"write base64 of {LEAST_SECRET} bytes or more, as `openssl rand -base64 32` prints")
    return value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    try:
        fine = not value or (bool(ipaddress.ip_address(host.strip("[]"))) and 0 < int(port) < 65536)
    except ValueError:
        fine = False
    if not fine:
        raise ValueError('write an address of this machine and a port, as "127.0.0.1:9464"')
    return value


def _heartbeat(value: str) -> str:
    return _web_address(value) if value else value


def _source(value: str) -> str:
    if not value.startswith("/") and urls.absolute(value, value) is None:
        raise ValueError('write a path that starts with "/" or an absolute http(s) address')
    return value


def _an_hour_at_least(value: timedelta) -> timedelta:
    if value < timedelta(hours=1):
        raise ValueError('write an hour or more, as "30d"')
    return value


def _some_time(value: timedelta) -> timedelta:
    if not value:
        raise ValueError('write more than nothing, as "1h"')
    return value


def _expression(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return value


def _selector(value: str) -> str:
    from crawler.extract.cutting import is_selector  # the parser is loaded only where it is needed

    if not is_selector(value):
        raise ValueError('is no CSS selector, as "div.funding-note"')
    return value


def _finding(value: str) -> str:
    if value not in _FINDINGS:
        raise ValueError("unknown; the table of weights in docs/EVENTS.md has the names")
    return value


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


WebAddress = Annotated[str, AfterValidator(_web_address)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
Pattern = Annotated[str, AfterValidator(_path_pattern)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Finding = Annotated[str, AfterValidator(_finding)]
Strings = tuple[str, ...]


class StoreConfig(_Table):
    url: str = "sqlite:///iomwatch.db"


class FetchConfig(_Table):
    user_agent: Annotated[str, Field(min_length=1, pattern=r"^[\x20-\x7e]+$")] = DEFAULT_USER_AGENT
    min_delay: Annotated[float, Field(ge=0, le=3600)] = 2.0
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    allow_private: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    proxy: str = ""
    ca_bundle: str = ""
    host_budget: Annotated[Duration, AfterValidator(_some_time)] = timedelta(hours=1)
    run_budget: Annotated[Duration, AfterValidator(_some_time)] = timedelta(hours=6)

    @property
    def contact(self) -> str | None:
        """The e-mail or web address in the user agent, or None while it is missing."""
        found = re.search(r"[^\s(+;,]+@[^\s);,]+|https?://[^\s);,]+", self.user_agent)
        return found[0] if found else None


class CredentialConfig(_Table):
    """What one host asks for before it answers: user and password, or a token."""

    origin: Annotated[str, AfterValidator(_secure_origin)]
    user: Annotated[str, Field(pattern=r"^[^:\x00-\x1f\x7f]*$")] = ""
    password: Annotated[str, Field(repr=False, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    token: Annotated[str, Field(repr=False, pattern=r"^[\x21-\x7e]*$")] = ""


class PaceConfig(_Table):
    requests_per_day: Annotated[int, Field(ge=24, le=1_000_000)] = 20_000  # to one host
    audit: Annotated[float, Field(ge=0, le=0.5)] = 0.05  # of them, to pages by chance
    max_unseen: Annotated[Duration, AfterValidator(_an_hour_at_least)] = timedelta(days=30)
    sources: Duration = timedelta(minutes=10)  # a source is asked no more often


class SiteConfig(_Table):
    name: Name
    base_url: WebAddress
    sources: tuple[Annotated[str, AfterValidator(_source)], ...] = ()
    include: tuple[Pattern, ...] = ()
    watch: tuple[Annotated[str, AfterValidator(_source)], ...] = ()
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
    text: Annotated[str, AfterValidator(_expression)] | None = None
    selector: Annotated[str, AfterValidator(_selector)] | None = None
    until: date | None = None


class SmtpConfig(_Table):
    host: Annotated[str, Field(min_length=1)] = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: Annotated[str, Field(repr=False)] = ""
    from_: Annotated[str, Field(alias="from", min_length=3, pattern=r"^[^\r\n]+$")] = "iomwatch@localhost"
    timeout: Annotated[float, Field(gt=0, le=600)] = 60.0
    unsubscribe: Annotated[str, AfterValidator(_unsubscribe)] = ""


class WebhookConfig(_Table):
    secret: Annotated[str, AfterValidator(_secret), Field(repr=False)] = ""
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    allow_private: tuple[Annotated[str, AfterValidator(_network)], ...] = ()


class AlertsConfig(_Table):
    to: Strings = ()


class MetricsConfig(_Table):
    textfile: str = ""
    listen: Annotated[str, AfterValidator(_listen)] = ""
    heartbeat: Annotated[str, AfterValidator(_heartbeat), Field(repr=False)] = ""


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
    mistakes: list[tuple[tuple[str | int, ...], str]] = []
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
        mistakes += [(_where(item["loc"]), _words(dict(item))) for item in error.errors(include_input=False)]
    if config is not None:
        mistakes += _cross_checks(config)
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


def _with_environment(
    value: Any, environment: Mapping[str, str], mistakes: list[tuple[tuple[str | int, ...], str]]
) -> Any:
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
    data: dict[str, Any], environment: Mapping[str, str], mistakes: list[tuple[tuple[str | int, ...], str]]
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


def _apply_presets(data: dict[str, Any], mistakes: list[tuple[tuple[str | int, ...], str]]) -> None:
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


def _cross_checks(config: Config) -> list[tuple[tuple[str | int, ...], str]]:
    mistakes: list[tuple[tuple[str | int, ...], str]] = []
    names = [site.name for site in config.site]
    for table, used in (("site", names), ("digest", [digest.name for digest in config.digest])):
        mistakes += [
            ((table, index, "name"), f'"{name}" is taken by an earlier [[{table}]]')
            for index, name in enumerate(used)
            if name in used[:index]
        ]
    for index, site in enumerate(config.site):
        if not site.sources and not site.watch:
            mistakes.append((("site", index), "names no sources and no watch: nothing could be found"))
        if site.sources and not site.include:
            mistakes.append(
                (("site", index, "sources"), "has no include that says which addresses are releases")
            )
    mistakes += _digest_checks(config, names)
    mistakes += _credential_checks(config)
    for index, rule in enumerate(config.ignore):
        if rule.site is not None and rule.site not in names:
            mistakes.append((("ignore", index, "site"), f'no [[site]] is named "{rule.site}"'))
        if rule.kind is None and rule.text is None and rule.selector is None:
            mistakes.append((("ignore", index), "names no kind, text or selector: it would hide everything"))
    if not _known_store(config.store.url):
        mistakes.append((("store", "url"), 'write "sqlite:///FILE" or "postgresql+psycopg://…"'))
    return mistakes


def _digest_checks(config: Config, sites: list[str]) -> list[tuple[tuple[str | int, ...], str]]:
    mistakes: list[tuple[tuple[str | int, ...], str]] = []
    for index, digest in enumerate(config.digest):
        mistakes += [
            (("digest", index, "sites", at), f'no [[site]] is named "{name}"')
            for at, name in enumerate(digest.sites)
            if name not in sites
        ]
        if digest.empty == "send" and digest.plan.schedule.at_once:
            words = "goes with a schedule: told at once, every round without news would be a letter"
            mistakes.append((("digest", index, "empty"), words))
    if ALERTS in (digest.name for digest in config.digest):
        mistakes.append((("digest",), f'"{ALERTS}" is the operator\'s own, see [alerts]: take another name'))
    hooked = any(recipients.channel(to).startswith("webhook") for _, to in config.recipients())
    if hooked and not config.webhook.secret:
        words = 'a webhook needs one: `openssl rand -base64 32` makes it, "${WEBHOOK_SECRET}" takes it in'
        mistakes.append((("webhook", "secret"), words))
    return mistakes


def _credential_checks(config: Config) -> list[tuple[tuple[str | int, ...], str]]:
    mistakes: list[tuple[tuple[str | int, ...], str]] = []
    origins = [urls.origin(known.origin) for known in config.credentials]
    for index, known in enumerate(config.credentials):
        if origins[index] in origins[:index]:
            mistakes.append((("credentials", index, "origin"), "has credentials in an earlier table"))
        if bool(known.token) == bool(known.user or known.password):
            mistakes.append((("credentials", index), "write user and password, or a token"))
    return mistakes


def _known_store(url: str) -> bool:
    return (url.startswith("sqlite:///") and len(url) > len("sqlite:///")) or urlsplit(url).scheme in {
        "postgresql",
        "postgresql+psycopg",
    }


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
