"""Recipients as the configuration writes them: which channel, what is wrong with one, what may be shown.

Delivers nothing. A secret is written as ${NAME} and put in only at the door; the store keeps what is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from crawler import urls

CHANNELS: Final = ("mailto", "file", "stdout", "webhook+https", "webhook+http", "apprise")
VARIABLE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}", re.ASCII)

_LOCAL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}\Z")  # RFC 5321: an unquoted local part
_DOMAIN: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z")
_OPEN: Final = ("mailto", "file", "stdout")  # nothing in them is secret
_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"\\]{1,64}@[^@\s<>,;:\"\\]{1,255}")
_SERVICE: Final = re.compile(r"[a-z][a-z0-9+.-]*://")
_HOST: Final = re.compile(r"//(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?(?:/|\Z)", re.ASCII)
_ONLY_REFERENCES: Final = re.compile(r"(?:\$\{[A-Za-z0-9_]+\}|[/:@?&=#])*")


def channel(recipient: str) -> str:
    """What stands before the first colon, lower case; "" without one."""
    scheme, colon, _ = recipient.partition(":")
    return scheme.lower() if colon else ""


def filled(recipient: str, environment: Mapping[str, str]) -> str:
    """`recipient` with each ${NAME} taken from the environment; one that is not there stays."""
    return VARIABLE.sub(lambda found: environment.get(found[1], found[0]), recipient)


def shown(recipient: str) -> str:
    """`recipient` as it may be printed: a chat service's and a webhook's address can be its key.

    References stay, for they are no secrets; the rest is masked, with four digits to tell two apart.
    """
    scheme, colon, rest = recipient.partition(":")
    if not colon or channel(recipient) in _OPEN:
        return recipient
    known = (_HOST if channel(recipient).startswith("webhook") else _SERVICE).match(rest)
    kept = known[0] if known else ""
    if _ONLY_REFERENCES.fullmatch(rest[len(kept) :]):
        return recipient
    return f"{scheme}:{kept}***~{hashlib.sha256(recipient.encode('utf-8', 'replace')).hexdigest()[:4]}"


def web_address(recipient: str) -> str:
    """The http(s) address of a webhook: "webhook+https://x/y" → "https://x/y"."""
    return recipient.partition("+")[2]


def mistake(recipient: str) -> str | None:
    """What is wrong with a recipient, its references filled in; None where nothing is. Never shows it."""
    name, rest = channel(recipient), recipient.partition(":")[2]
    if name not in CHANNELS:
        return f"write one of {', '.join(known + ':…' for known in CHANNELS)}"
    if name == "mailto" and not _ADDRESS.fullmatch(rest):
        return 'write one address, as "mailto:desk@example.org"'
    if name == "file" and not rest:
        return 'name a folder, as "file:digests/"'
    if name.startswith("webhook") and not _is_web_address(web_address(recipient)):
        return 'write an address without user name, as "webhook+https://example.org/hook"'
    if name == "apprise" and not _SERVICE.match(rest):
        return 'write a service as Apprise does, as "apprise:ntfy://topic"'
    return None


def mailbox(written: str) -> str:
    """The bare address in `written`, its domain in ASCII. Raises ValueError for anything else."""
    local, at, domain = written.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            raise ValueError("has a domain that is no host name") from None
    if not (at and _LOCAL.match(local) and _DOMAIN.match(domain)) or ".." in written:
        raise ValueError("is no mail address such as desk@example.org")
    return f"{local}@{domain}"


def sender(written: str) -> tuple[str, str]:
    """(name, bare address) of a sender: an address, or "Name <address>". Raises ValueError."""
    name, bracket, bare = written.strip().removesuffix(">").rpartition("<")
    if bool(bracket) != written.rstrip().endswith(">"):
        raise ValueError("is no mail address such as desk@example.org")
    return name.strip().strip('"'), mailbox(bare)


def _is_web_address(address: str) -> bool:
    try:
        fragment = urlsplit(address).fragment
    except ValueError:
        return False
    return not fragment and urls.absolute(address, address) is not None
