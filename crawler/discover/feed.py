"""Reads RSS, Atom and RDF feeds.

Does not sanitise or keep what entries contain: only addresses, titles and times are taken.
"""

from __future__ import annotations

import calendar
import io
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from crawler.discover.charset import decoded
from crawler.discover.sitemap import MOST_ENTRIES
from crawler.urls import absolute
from crawler.values import Found, SourceKind, SourceRead

_DECLARED = re.compile(rb"""<\?xml[^<>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_-]{1,40})""")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,200}\?>")
_REFERENCE = re.compile(r"&#([xX][0-9A-Fa-f]+|[0-9]+);?")


def read_feed(body: bytes, *, url: str) -> SourceRead:
    """The entries of a feed, in its order; `trouble` where it is not well-formed."""
    import feedparser  # slow to import, and most runs read no feed

    try:
        # As a stream: bytes and strings feedparser would first try to open as a file.
        feed = feedparser.parse(io.BytesIO(_clean(body)), sanitize_html=False, resolve_relative_uris=False)
    except ValueError as error:  # what it is known to leak, by fuzzing: malformed addresses and namespaces
        return SourceRead(kind=SourceKind.FEED, trouble=f"the feed cannot be read ({error})")
    language = _string(feed.feed, "language")
    found: dict[str, Found] = {}
    for entry in feed.entries[:MOST_ENTRIES]:
        link = _string(entry, "link")
        address = absolute(link, url) if link else None
        if address is not None and address not in found:
            found[address] = Found(
                url=address,
                title=_title(entry),
                lastmod=_moment(entry, "updated_parsed"),
                published=_moment(entry, "published_parsed"),
                language=language or None,
            )
    trouble = None
    if len(feed.entries) > MOST_ENTRIES:
        trouble = f"more than {MOST_ENTRIES:,} entries; the rest was not read"
    elif feed.bozo:
        trouble = f"the feed is not well-formed ({str(feed.get('bozo_exception', ''))[:120]})"
    return SourceRead(kind=SourceKind.FEED, found=tuple(found.values()), trouble=trouble)


def _clean(body: bytes) -> bytes:
    """The feed as UTF-8 without the character references that make feedparser give up a whole feed."""
    declared = _DECLARED.search(body[:200])
    text = _DECLARATION.sub("", decoded(body, declared[1].decode("ascii") if declared else ""), count=1)
    return _REFERENCE.sub(_valid_reference, text).encode("utf-8", "replace")


def _valid_reference(match: re.Match[str]) -> str:
    digits = match[1].lower()
    if len(digits) > 8:
        return "\ufffd"
    number = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return match[0] if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _string(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _title(entry: Mapping[str, Any]) -> str | None:
    return " ".join(_string(entry, "title").split()) or None


def _moment(entry: Mapping[str, Any], key: str) -> datetime | None:
    """feedparser gives times as UTC struct_time. `in` first: its .get would pass off another field."""
    parsed = entry.get(key) if key in entry else None
    if not isinstance(parsed, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):  # a year that no calendar holds
        return None
