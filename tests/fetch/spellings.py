"""Private addresses in every spelling that once fooled a fetcher: over 600 links to what must not be reached.

Asks nothing. Sources: the advisories that tests/fetch/test_private.py names, WHATWG's host parser, RFC 4291,
6052, 3056 and 4380.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

# This machine, the private networks, clouds' metadata services, carriers, multicast, reserved.
V4 = (
    "127.0.0.2", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1",
    "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
V6 = (
    "::1", "::", "fe80::1", "fe80::a9fe:a9fe", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1",
    "2001:db8::1", "3fff::1", "100::1", "2001:2::1", "5f00::1",
)  # fmt: skip
NAMES = (
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "LocalHost.", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "loca%6Chost",
    "local\u00adhost", "ip6-localhost", "ip6-loopback",
)  # fmt: skip
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
_WIDE = "０１２３４５６７８９"
_MATHEMATICAL = "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"


def spellings(port: int) -> list[str]:
    """Links to all of them at `port`."""
    hosts = [
        host for address in V4 for host in (*_numbers(address), *_look_alikes(address), *_carried(address))
    ]
    hosts += [host for address in V6 for host in _long_and_short(address)]
    hosts += NAMES
    links = [f"http://{host}:{port}/secret" for host in hosts]
    links += [f"https://{host}:{port}/secret" for host in (*V4, *(f"[{address}]" for address in V6))]
    links += [link for address in V4 for link in _disguised(address, port)]
    return list(dict.fromkeys(links))


def _numbers(address: str) -> Iterator[str]:
    a, b, c, d = (int(part) for part in address.split("."))
    whole = int(IPv4Address(address))
    yield address
    yield f"{address}."
    yield str(whole)
    yield hex(whole)
    yield f"0X{whole:X}"
    yield f"0{whole:o}"
    yield f"{a}.{b}.{c << 8 | d}"
    yield f"{a}.{b << 16 | c << 8 | d}"
    yield f"{a:#x}.{b:#x}.{c:#x}.{d:#x}"
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"000000{a:o}.0{b:o}.{c}.{d}"
    yield f"{a:#x}.{b}.0{c:o}.{d}"
    yield f"{a}.0x{b << 16 | c << 8 | d:06x}"
    yield f"0x000000000{whole:x}"


def _look_alikes(address: str) -> Iterator[str]:
    for digits in (_CIRCLED, _WIDE, _MATHEMATICAL):
        yield address.translate({ord("0") + value: digit for value, digit in enumerate(digits)})
    for dot in "。．｡":
        yield address.replace(".", dot)
    yield "".join(f"%{ord(character):02X}" for character in address)
    yield address.replace(".", "%2e")
    yield address.replace(".", "\u00ad.")  # a soft hyphen, which IDNA drops
    yield address.replace(".", "\u200b.")


def _carried(address: str) -> Iterator[str]:
    """IPv6 addresses whose traffic ends at an IPv4 one."""
    bits = int(IPv4Address(address))
    for prefix in ("::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::", "::ffff:0:0:0"):
        yield f"[{IPv6Address(int(IPv6Address(prefix)) | bits)}]"
    yield f"[::ffff:{address}]"
    yield f"[0:0:0:0:0:FFFF:{bits >> 16:X}:{bits & 0xFFFF:04X}]"
    yield f"[64:ff9b::{address}]"
    yield f"[{IPv6Address(0x2002 << 112 | bits << 80)}]"
    yield f"[{IPv6Address(0x2002 << 112 | bits << 80 | 1)}]"
    yield f"[{IPv6Address(0x20010000 << 96 | bits << 64 | 0xF7F7F7F7)}]"  # Teredo: server
    yield f"[{IPv6Address(0x20010000 << 96 | 0x08080808 << 64 | (~bits & 0xFFFFFFFF))}]"  # and client


def _long_and_short(address: str) -> Iterator[str]:
    whole = IPv6Address(address)
    yield f"[{address}]"
    yield f"[{whole.exploded.upper()}]"
    yield f"[{whole.exploded.rpartition(':')[0].rpartition(':')[0]}:{IPv4Address(int(whole) & 0xFFFFFFFF)}]"
    yield f"[{address}%25lo]"


def _disguised(address: str, port: int) -> Iterator[str]:
    """Where parsers disagree on which part is the host (GHSA-rph4-96w6-q594, CVE-2023-24329)."""
    inner, public = f"{address}:{port}", "www.iom.int"
    yield f"http://{public}@{inner}/secret"
    yield f"http://{public}:80@{inner}/secret"
    yield f"http://{public}%2F@{inner}/secret"
    yield f"http://{inner}\\@{public}/secret"
    yield f"http://{public}#@{inner}/secret\\"
    yield f"http:\\\\{inner}\\secret"
    yield f"http:{inner}/secret"
    yield f"http:////{inner}/secret"
    yield f"\x01 http://{inner}/secret"
    yield f"http://{public}\r\nHost: {inner}/secret"
    yield f"ht\ttp://{inner}/secret"
    yield f"//{inner}/secret"
    yield f"\\/\\/{inner}/secret"
    for scheme in ("gopher", "ftp", "ws", "file", "FILE", "dict", "view-source:http", "jar:http"):
        yield f"{scheme}://{inner}/secret"
