"""What a simulated site answers: status, headers, body, and the rules of HTTP that shape it.

Knows no page and opens no connection: conditional requests (RFC 9110, section 13) and gzip only.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

HTML = "text/html; charset=UTF-8"
_KEPT_BY_304 = frozenset(
    {"cache-control", "content-location", "date", "etag", "expires", "last-modified", "vary"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. Header names in lower case; no content-length, which whoever sends it adds."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def html_answer(page: str, *, status: int = 200, **headers: str) -> Answer:
    """`page` as UTF-8 HTML; `last_modified="…"` becomes the header last-modified."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers={"content-type": HTML, **named}, body=page.encode())


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def conditional(answer: Answer, asked: Mapping[str, str]) -> Answer:
    """304 without a body where the client holds this very copy, else `answer`.

    If-None-Match is compared weakly and wins over If-Modified-Since (RFC 9110, 13.1.2 and 13.1.3).
    """
    if answer.status != 200 or not _held(answer.headers, asked):
        return answer
    kept = {name: value for name, value in answer.headers.items() if name in _KEPT_BY_304}
    return Answer(status=304, headers=kept)


def encoded(answer: Answer, asked: Mapping[str, str]) -> Answer:
    """`answer` in gzip where the client takes it; a strong ETag becomes weak, as nginx does."""
    if (
        not answer.body
        or "content-encoding" in answer.headers
        or not _takes_gzip(asked.get("accept-encoding", ""))
    ):
        return answer
    headers = {**answer.headers, "content-encoding": "gzip"}
    etag = headers.get("etag", "W/")
    if not etag.startswith("W/"):
        headers["etag"] = f"W/{etag}"
    return replace(answer, headers=headers, body=gzip.compress(answer.body, compresslevel=5, mtime=0))


def _held(headers: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:
        mine = headers.get("etag", "").removeprefix("W/")
        theirs = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(mine) and (mine in theirs or "*" in theirs)
    since, modified = _moment(asked.get("if-modified-since")), _moment(headers.get("last-modified"))
    return since is not None and modified is not None and modified <= since


def _moment(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None  # RFC 9110, 13.1.3: a date that is none is ignored
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _takes_gzip(accept: str) -> bool:
    for part in accept.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
