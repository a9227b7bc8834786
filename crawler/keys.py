"""What the keys of a [[digest]] may hold: each type refuses what it is not, saying how it is written.

It reads the system's time zones and no file of ours; what a digest then is, is not known here.
"""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

from crawler import countries, schedule
from crawler.choice import FIGURE
from crawler.values import Kind


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
