"""Hands one message to an address somebody configured, behind the crawler's own address guard.

Follows no redirect, asks no robots.txt, tries nothing twice: a webhook is not a page.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.fetch.exchange import Exchange
from crawler.fetch.politeness import retry_after
from crawler.fetch.settings import FetchSettings
from crawler.values import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """How a POST ended."""

    status: int | None  # None: no answer came
    detail: str  # why, in words, where none came
    left: bool  # some of the request may have reached the other side
    refused: bool  # the address guard said no
    retry_after: float | None  # seconds that the answer asks to wait


def post(url: str, body: bytes, headers: Mapping[str, str], settings: FetchSettings) -> Posted:
    """POSTs `body` to an address, as `urls.absolute` gives it. The whole may take `settings.timeout` seconds.

    Raises nothing for what a network does, ConfigError where a setting cannot be used.
    """
    return asyncio.run(_post(url, body, headers, settings))


async def _post(url: str, body: bytes, headers: Mapping[str, str], settings: FetchSettings) -> Posted:
    lines = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
    async with Exchange(settings) as exchange:
        answer, left = await exchange.post(url, lines, body)
    got = dict(answer.headers)
    asked = retry_after(got.get("retry-after"), date=got.get("date"), wall_clock=time.time())
    return Posted(
        status=answer.status,
        detail=answer.detail,
        left=left,
        refused=answer.outcome is Fetched.FORBIDDEN,
        retry_after=asked,
    )
