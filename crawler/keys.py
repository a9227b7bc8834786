"""What the keys of config.toml may hold: each type refuses what it is not, saying how it is written.

It reads the system's time zones and no file of ours, and knows one key at a time.
"""

from __future__ import annotations

import base64
import dataclasses
import ipaddress
import re
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from crawler import countries, recipients, schedule, urls
from crawler.choice import FIGURE
from crawler.values import Kind
from crawler.weights import Weights

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


def _sender(value: str) -> str:
    recipients.sender(value)
    return value


def _schedule(value: str) -> str:
    schedule.schedule(value)
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('write a time zone by its IANA name, as "Africa/Cairo"') from None
    return value


def _quiet_hours(value: str) -> str:
    if value:
        schedule.quiet_hours(value)
    return value


def _country(value: str) -> str:
    code = countries.code(value)
    if code is None:
        raise ValueError('write a country by its ISO 3166 code or its name, as "EG" or "Egypt"')
    return code


def _kind(value: str) -> str:
    known = [kind.value for kind in Kind] + [FIGURE]
    if value not in known:
        raise ValueError(f"write one of {', '.join(known)}")
    return value


def _keyword(value: str) -> str:
    if not any(char.isalnum() for char in value):
        raise ValueError('write a word or a phrase, as "cholera", or "-football" for what is not wanted')
    return value


Schedule = Annotated[str, AfterValidator(_schedule)]
Timezone = Annotated[str, AfterValidator(_timezone)]
QuietHours = Annotated[str, AfterValidator(_quiet_hours)]
Country = Annotated[str, AfterValidator(_country)]  # becomes the code
EventKind = Annotated[str, AfterValidator(_kind)]
Keyword = Annotated[str, AfterValidator(_keyword)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]
SecureOrigin = Annotated[str, AfterValidator(_secure_origin)]
Source = Annotated[str, AfterValidator(_source)]
Pattern = Annotated[str, AfterValidator(_path_pattern)]
Network = Annotated[str, AfterValidator(_network)]
Listen = Annotated[str, AfterValidator(_listen)]
Heartbeat = Annotated[str, AfterValidator(_heartbeat)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
SomeTime = Annotated[Duration, AfterValidator(_some_time)]
AnHourAtLeast = Annotated[Duration, AfterValidator(_an_hour_at_least)]
Expression = Annotated[str, AfterValidator(_expression)]
Selector = Annotated[str, AfterValidator(_selector)]
Finding = Annotated[str, AfterValidator(_finding)]
Sender = Annotated[str, AfterValidator(_sender)]
Unsubscribe = Annotated[str, AfterValidator(_unsubscribe)]
Secret = Annotated[str, AfterValidator(_secret)]
