"""The formats of a digest, and the letter: its subject, text and HTML, frozen for delivery.

Sends nothing and keeps nothing; the same digest gives the same output.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from crawler.digest.atom import atom, json_feed_of
from crawler.digest.essence import subject
from crawler.digest.html import html
from crawler.digest.markdown import markdown
from crawler.digest.once import once
from crawler.digest.table import table
from crawler.digest.text import text
from crawler.digest.tongue import speaking
from crawler.values import Digest, Letter, plain

_JSON_VERSION: Final = 1  # docs/digest.schema.json describes it
# Valid in JSON, but not in a terminal, a line of a log or UTF-8: written as escapes.
_UNSAFE: Final = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"
    ATOM = "atom"
    JSON_FEED = "jsonfeed"


def render(digest: Digest, format: Format) -> str:  # noqa: A002 - the option's name, as a reader types it
    """The digest in that format, whole, in its language. Raises nothing for any text that a page may hold."""
    with speaking(digest.language):
        return _WRITERS[format](digest)


def letter(digest: Digest, *, created_at: datetime, message_id: str) -> Letter:
    """The digest as a letter; `message_id` is "<…@…>" and stays the same at each attempt."""
    with speaking(digest.language):
        shown = once(digest)
        mail, whole = html(shown)
        return Letter(
            digest=digest.name,
            message_id=message_id,
            created_at=created_at,
            subject=subject(digest),
            text=text(shown),
            html=mail,
            page=whole,
            language=digest.language,
        )


def _text(digest: Digest) -> str:
    return text(once(digest))


def _markdown(digest: Digest) -> str:
    return markdown(once(digest))


def _html(digest: Digest) -> str:
    mail, whole = html(once(digest))
    return whole or mail


def _json(digest: Digest) -> str:
    model = {"format": "iomwatch digest", "version": _JSON_VERSION, **plain(digest)}
    written = json.dumps(_numbers(model), ensure_ascii=False, indent=2, allow_nan=False)
    return _UNSAFE.sub(_escaped, written) + "\n"


def _numbers(value: Any) -> Any:
    """`value` with the numbers that JSON cannot carry as text: infinities, NaN, integers without end."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and value.bit_length() > 10_000:  # Python refuses to print those
        return hex(value)
    return value


def _escaped(match: re.Match[str]) -> str:
    """The character as JSON escapes it: UTF-16 units (RFC 8259, section 7)."""
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


_WRITERS: Final[dict[Format, Callable[[Digest], str]]] = {
    Format.TEXT: _text,
    Format.HTML: _html,
    Format.MARKDOWN: _markdown,
    Format.JSON: _json,
    Format.CSV: table,
    Format.ATOM: atom,
    Format.JSON_FEED: json_feed_of,
}
