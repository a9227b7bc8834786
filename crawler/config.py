"""config.toml → frozen settings; every mistake at once, by file, key and line.

It reads the file and the environment it is given, and nothing else: no store, no network, no clock.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from crawler import urls
from crawler.errors import ConfigError
from crawler.presets import PRESETS
from crawler.toml_lines import line_of

DEFAULT_USER_AGENT = "iomwatch/0.1 (+contact)"
CHANNELS = ("mailto", "file", "stdout")

_DURATION = re.compile(r"(\d{1,6})\s?([smhd])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}", re.ASCII)


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


def _recipient(value: str) -> str:
    scheme, colon, rest = value.partition(":")
    if not colon or scheme not in CHANNELS:
        raise ValueError(f"write one of {', '.join(name + ':…' for name in CHANNELS)}")
    if scheme == "mailto" and not re.fullmatch(r"[^@\s<>,;:\"\\]{1,64}@[^@\s<>,;:\"\\]{1,255}", rest):
        raise ValueError('write one address, as "mailto:desk@example.org"')
    if scheme == "file" and not rest:
        raise ValueError('name a folder, as "file:digests/"')
    return value


def _source(value: str) -> str:
    if not value.startswith("/") and urls.absolute(value, value) is None:
        raise ValueError('write a path that starts with "/" or an absolute http(s) address')
    return value


def _an_hour_at_least(value: timedelta) -> timedelta:
    if value < timedelta(hours=1):
        raise ValueError('write an hour or more, as "30d"')
    return value


def _hours(value: str) -> str:
    if value and not _HOURS.fullmatch(value):
        raise ValueError('write a stretch of the day, in UTC, as "22:00-06:00"')
    return value


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


WebAddress = Annotated[str, AfterValidator(_web_address)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
Pattern = Annotated[str, AfterValidator(_path_pattern)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
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

    @property
    def contact(self) -> str | None:
        """The e-mail or web address in the user agent, or None while it is missing."""
        found = re.search(r"[^\s(+;,]+@[^\s);,]+|https?://[^\s);,]+", self.user_agent)
        return found[0] if found else None


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
    removal_after: Duration = timedelta(hours=1)
    attachments: bool = True
    requests_per_day: Annotated[int, Field(ge=24, le=1_000_000)] | None = None  # None: as [pace] says
    quiet_hours: Annotated[str, AfterValidator(_hours)] = ""  # UTC: nothing is asked then
    preset: str | None = None

    def absolute(self, address: str) -> str:
        """An address of `sources` or `watch`, made absolute by `base_url`."""
        return urls.absolute(address, self.base_url) or address

    def includes(self, url: str) -> bool:
        """Whether the address is a release by `include` and `exclude`."""
        return self.rule(url) is not None

    def rule(self, url: str) -> str | None:
        """The include pattern that takes the address in, or None."""
        if not urls.same_site(url, self.base_url):
            return None
        if any(urls.path_matches(pattern, url) for pattern in self.exclude):
            return None
        return next((pattern for pattern in self.include if urls.path_matches(pattern, url)), None)


class DigestConfig(_Table):
    name: Name
    to: tuple[Annotated[str, AfterValidator(_recipient)], ...]
    sites: Strings = ()  # empty: all
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")], ...] = ()


class SmtpConfig(_Table):
    host: Annotated[str, Field(min_length=1)] = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: Annotated[str, Field(repr=False)] = ""
    from_: Annotated[str, Field(alias="from", min_length=3, pattern=r"^[^\r\n]+$")] = "iomwatch@localhost"


class Config(_Table):
    store: StoreConfig = StoreConfig()
    fetch: FetchConfig = FetchConfig()
    site: tuple[SiteConfig, ...] = ()
    digest: tuple[DigestConfig, ...] = ()
    smtp: SmtpConfig = SmtpConfig()
    pace: PaceConfig = PaceConfig()
    root: Annotated[Path, Field(exclude=True)] = Path()  # the folder that relative paths start from

    def site_of(self, url: str) -> SiteConfig | None:
        """The site that an address belongs to by its host."""
        return next((site for site in self.site if urls.same_site(url, site.base_url)), None)

    def hosts(self) -> frozenset[str]:
        """The hosts that redirects may lead to."""
        return frozenset(urls.host(site.base_url) for site in self.site)

    def store_url(self) -> str:
        """The store's URL, with an SQLite path made absolute."""
        prefix = "sqlite:///"
        if self.store.url.startswith(prefix):
            return prefix + str(self.root / self.store.url.removeprefix(prefix))
        return self.store.url


def load(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Read and validate a configuration. Raises ConfigError with all its mistakes."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors on Windows begin with a mark
    except FileNotFoundError:
        raise ConfigError([f"{path}: not found; `iomwatch init` writes one to start from"]) from None
    except (OSError, UnicodeDecodeError) as error:
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
    data = _with_environment(data, os.environ if environment is None else environment, mistakes)
    if "root" in data:
        mistakes.append((("root",), "unknown key"))
    _apply_presets(data, mistakes)
    config = None
    try:
        config = Config.model_validate_json(_json({**data, "root": str(root.resolve())}))
    except ValidationError as error:
        mistakes += [(tuple(item["loc"]), _words(dict(item))) for item in error.errors(include_input=False)]
    if config is not None:
        mistakes += _cross_checks(config)
    if mistakes or config is None:
        lines = [(line_of(text, where), where, words) for where, words in mistakes]
        raise ConfigError([f"{name}:{line}: {_key(where)}: {words}" for line, where, words in sorted(lines)])
    return config


def _json(data: dict[str, Any]) -> str:
    """TOML data as JSON: strict models take JSON arrays for tuples. No key is a TOML date or time."""
    import json

    return json.dumps(data, default=lambda value: {"a TOML date or time": str(value)})


def _with_environment(
    value: Any, environment: Mapping[str, str], mistakes: list[tuple[tuple[str | int, ...], str]]
) -> Any:
    """`value` with each ${NAME} in its strings taken from the environment."""

    def walk(item: Any, where: tuple[str | int, ...]) -> Any:
        if isinstance(item, dict):
            return {key: walk(inner, (*where, key)) for key, inner in item.items()}
        if isinstance(item, list):
            return [walk(inner, (*where, index)) for index, inner in enumerate(item)]
        if isinstance(item, str):
            mistakes.extend(
                (where, f"the environment has no variable {name}")
                for name in _VARIABLE.findall(item)
                if name not in environment
            )
            return _VARIABLE.sub(lambda found: environment.get(found[1], found[0]), item)
        return item

    return walk(value, ())


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
    for index, digest in enumerate(config.digest):
        mistakes += [
            (("digest", index, "sites", at), f'no [[site]] is named "{name}"')
            for at, name in enumerate(digest.sites)
            if name not in names
        ]
    if not _known_store(config.store.url):
        mistakes.append((("store", "url"), 'write "sqlite:///FILE" or "postgresql+psycopg://…"'))
    return mistakes


def _known_store(url: str) -> bool:
    return (url.startswith("sqlite:///") and len(url) > len("sqlite:///")) or urlsplit(url).scheme in {
        "postgresql",
        "postgresql+psycopg",
    }


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
