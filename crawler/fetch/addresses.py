"""Which IP addresses a crawler of public pages may connect to.

Does not resolve names. The table is our own: `ipaddress.is_global` calls multicast, NAT64 of loopback and
6to4 of loopback global. Sources: IANA's special-purpose registries (RFC 6890), RFC 6052, 3056, 4380.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_SPECIAL_V4 = tuple(
    (IPv4Network(network), name)
    for network, name in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "reserved (6to4 relay)"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # all that IANA has given out for global unicast; the rest is special
_SPECIAL_V6 = tuple(
    (IPv6Network(network), name)
    for network, name in (
        ("2001::/23", "reserved (protocol assignments)"),
        ("2001:db8::/32", "documentation"),
        ("3fff::/20", "documentation"),
    )
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as an operator writes them. ValueError names the one that is neither."""
    return tuple(ip_network(text.strip(), strict=False) for text in written)


def refusal(address: str, allowed: tuple[Network, ...] = ()) -> str | None:
    """Why `address` may not be connected to, in words; None where it may.

    An IPv6 address that carries IPv4 ones is judged by those; an address in `allowed` is exempt.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return "not an IP address"
    if any(_within(ip, network) for network in allowed):
        return None
    if carried := _carried(ip):
        return next((why for inner in carried if (why := refusal(str(inner), allowed))), None)
    return _special(ip)


def spelled_out(host: str, allowed: tuple[Network, ...] = ()) -> str | None:
    """The same of a host that needs no look-up: an IP address, or a name of this machine (RFC 6761, 6.3).

    None for any other name: whoever resolves it must judge.
    """
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return refusal("127.0.0.1", allowed)
    try:
        ip_address(name)
    except ValueError:
        return None
    return refusal(name, allowed)


def _special(ip: Address) -> str | None:
    if isinstance(ip, IPv4Address):
        return next((name for network, name in _SPECIAL_V4 if ip in network), None)
    if ip not in _GLOBAL_V6:
        return _name_v6(ip)
    return next((name for network, name in _SPECIAL_V6 if ip in network), None)


def _name_v6(ip: IPv6Address) -> str:
    for holds, name in (
        (ip.is_loopback, "loopback"),
        (ip.is_unspecified, "unspecified"),
        (ip.is_link_local, "link-local"),
        (ip.is_multicast, "multicast"),
    ):
        if holds:
            return name
    return "private or reserved"


def _carried(ip: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that traffic to `ip` may end at."""
    if isinstance(ip, IPv4Address):
        return ()
    bits = int(ip)
    if ip in _MAPPED or ip in _NAT64:
        return (IPv4Address(bits & 0xFFFFFFFF),)
    if ip in _SIX_TO_FOUR:
        return (IPv4Address(bits >> 80 & 0xFFFFFFFF),)
    if ip in _TEREDO:  # the server, and the client with its bits turned round
        return (IPv4Address(bits >> 64 & 0xFFFFFFFF), IPv4Address(~bits & 0xFFFFFFFF))
    return ()


def _within(ip: Address, network: Network) -> bool:
    return ip.version == network.version and ip in network
