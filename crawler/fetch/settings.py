"""What an operator may set about fetching.

Does not read the configuration file, and checks nothing: the room that uses a value refuses a bad one.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How requests are made. Times are seconds, sizes bytes."""

    user_agent: str  # its part before "/" is the token that robots.txt rules are matched with
    min_delay: float = 2.0  # between two requests to one host
    timeout: float = 30.0  # for one request as a whole, up to its last byte
    allow_private: tuple[str, ...] = ()  # addresses or networks that may be reached although private
    proxy: str = ""  # http(s)://…; the proxy then does what the address guard would
    ca_bundle: str = ""  # PEM file of the authorities to trust instead of the usual ones
    max_body: int = 10 * MEGABYTE  # as it comes over the wire, and once more when decoded
    hosts: frozenset[str] = frozenset()  # host keys (`urls.host`) that a redirect may lead to
    longest_wait: float = 60.0  # a pause longer than this is not waited for
