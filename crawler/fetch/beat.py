"""Asks an address that the operator named, to tell whoever listens there that the watch is alive.

Behind the crawler's own address guard; follows no redirect, asks no robots.txt, keeps nothing of the answer.
"""

from __future__ import annotations

import asyncio

from crawler.fetch.body import Limits
from crawler.fetch.exchange import Exchange
from crawler.fetch.settings import FetchSettings

_MOST = 65_536  # bytes of an answer that nobody reads


def beat(url: str, settings: FetchSettings) -> str:
    """Why the address did not answer well, in words that do not name it (it may hold a secret); "" if it did.

    Raises nothing for what a network does, ConfigError where a setting cannot be used.
    """
    return asyncio.run(_beat(url, settings))


async def _beat(url: str, settings: FetchSettings) -> str:
    async with Exchange(settings) as exchange:
        answer = await exchange.ask(url, [], Limits(most=_MOST, lenient=True))
    if answer.status is not None:
        return "" if 200 <= answer.status < 300 else f"answers {answer.status}"
    return answer.detail
