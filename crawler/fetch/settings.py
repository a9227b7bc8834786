"""What an operator may set about fetching.

Does not read the configuration file, and checks nothing: the room that uses a value refuses a bad one.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What one origin wants to be told, and no other is: a name with its password, or a token."""

    origin: str  # "https://host" or "https://host:port", as `urls.origin` gives it
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def authorization(self) -> bytes:
        """The header's value: Bearer (RFC 6750) or Basic (RFC 7617)."""
        if self.token:
            return b"Bearer " + self.token.encode("ascii")
        return b"Basic " + b64encode(f"{self.user}:{self.password}".encode())


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
    credentials: tuple[Credential, ...] = ()
    hosts: frozenset[str] = frozenset()  # host keys (`urls.host`) that a redirect may lead to
    longest_wait: float = 60.0  # a pause longer than this is not waited for
    host_budget: float = 3_600.0  # that requests to one host may take in one run, all together
