"""What needs no network: the address table, Retry-After, robots.txt, a body's wholeness."""

from __future__ import annotations

import gzip
import json
import os
import re
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.addresses import networks, refusal
from crawler.fetch.body import BodyReader, Limits
from crawler.fetch.politeness import DAY, retry_after
from crawler.fetch.robots import product_token, read_robots
from crawler.values import Fetched

PRIVATE = """
127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.31.255.255 192.168.0.1 169.254.169.254
100.64.0.1 192.0.0.8 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.255
224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1
::127.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 ff0e::1 64:ff9b::7f00:1
64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001:0:a00:1::1
2001:0:4136:e378:8000:63bf:f5ff:fffe 2001:db8::1 3fff::1 2001:2::1 2001:10::1 100::1
5f00::1 4000::1 localhost
"""

PUBLIC = """
8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 192.0.1.1 223.255.255.255 2606:4700::1111
2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
"""


@pytest.mark.parametrize(
    "address",
    PRIVATE.split(),
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    ("address", "allowed", "is_refused"),
    [
        ("2001:0:7f00:1:0:0:f5ff:fffe", ["127.0.0.1"], True),  # Teredo: our server, a client in 10.0.0.1
        ("2001:0:7f00:1:0:0:80ff:fffe", ["127.0.0.1"], False),
        ("2001:0:7f00:1:0:0:f5ff:fffe", ["2001::/32"], False),
        ("64:ff9b::7f00:1", ["127.0.0.1"], False),
        ("64:ff9b::7f00:2", ["127.0.0.1"], True),
    ],
)
def test_who_is_vouched_for_speaks_for_no_other(address: str, allowed: list[str], is_refused: bool) -> None:
    assert (refusal(address, networks(allowed)) is not None) is is_refused


@pytest.mark.parametrize(
    "address",
    PUBLIC.split(),
)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(address) is None


def test_what_the_operator_allows_is_exempt() -> None:
    allowed = networks(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "10.9.9.9", "fd12::1"):
        assert refusal(address, allowed) is None
    for address in ("127.0.0.2", "192.168.0.1", "::1", "fe80::1"):
        assert refusal(address, allowed)
    with pytest.raises(ValueError, match="localhost"):
        networks(["localhost"])


NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("0", None),
        ("-5", None),
        ("1e9", None),
        ("1000000000", DAY),
        ("9" * 5_000, DAY),
        ("soon", None),
        ("", None),
        ("٥", None),
        ("nan", None),
        ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0),
        ("Tue, 14 Nov 2023 22:13:00 GMT", None),
        ("Wed, 14 Nov 2029 22:13:00 GMT", DAY),
        ("Tue, 99 Nov 2023 22:13:50 GMT", None),
        ("Tue, 14 Nov 99999 22:13:50 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, date=None, wall_clock=NOW) == seconds


def test_retry_after_is_read_by_the_servers_own_clock() -> None:
    ahead, until = "Tue, 14 Nov 2023 23:13:20 GMT", "Tue, 14 Nov 2023 23:13:50 GMT"
    assert retry_after(until, date=ahead, wall_clock=NOW) == 30.0
    assert retry_after(until, date="garbage", wall_clock=NOW) == 3630.0


@given(st.text())
def test_no_retry_after_raises(value: str) -> None:
    seconds = retry_after(value, date=value, wall_clock=NOW)
    assert seconds is None or 0 < seconds <= DAY


# ── robots.txt ──────────────────────────────────────────────────────────────────────────────────

URL = "https://www.iom.int/news/x"


def refused(text: str | bytes, url: str = URL, agent: str = "iomwatch/1.0 (+mailto:x@example.org)") -> bool:
    body = text if isinstance(text, bytes) else text.encode()
    robots = read_robots(body, url=url, token=product_token(agent), source="robots.txt")
    return robots.refusal(url) is not None


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("", False),
        ("User-agent: *\nDisallow: /news", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/x", False),
        ("User-agent: *\nDisallow:\n", False),
        ("User-agent: other\nDisallow: /", False),
        ("User-agent: iom\nDisallow: /", False),
        ("User-agent: iomwatchers\nDisallow: /", False),
        ("User-agent: IOMWatch\nDisallow: /", True),
        ("User-agent: iomwatch/2.0 # old\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nUser-agent: iomwatch\nAllow: /", False),
        ("User-agent: iomwatch\nUser-agent: other\nDisallow: /news/*$", True),
        ("User-agent: iomwatch\nClean-param: s\nUser-agent: other\nDisallow: /", True),
        ("\ufeffUser-agent: *\nDisallow: /", True),
        ("user-agent:*\r\rdisallow:/news\r", True),
        ("<html><body>User-agent: *<br>Disallow: /</body></html>", False),
        ("Disallow: /", False),
    ],
)
def test_groups_and_rules(text: str, is_refused: bool) -> None:
    assert refused(text) is is_refused


def test_utf16_and_binary_rules_do_no_harm() -> None:
    assert refused("User-agent: *\nDisallow: /".encode("utf-16"))
    assert not refused(bytes(range(256)) * 50)


def test_delay_and_sitemaps() -> None:
    text = b"Sitemap: /sitemap.xml\nSitemap: https://x.example/s.xml\nUser-agent: *\nCrawl-delay: 7.5\n"
    text += b"Sitemap: ftp://x/"
    robots = read_robots(text, url="https://www.iom.int/robots.txt", token="iomwatch", source="robots.txt")
    assert robots.sitemaps == ("https://www.iom.int/sitemap.xml", "https://x.example/s.xml")
    assert robots.crawl_delay == 7.5
    for delay in (b"-1", b"nan", b"inf", b"x", b""):
        body = b"User-agent: *\nCrawl-delay: " + delay
        assert read_robots(body, url=URL, token="iomwatch", source="").crawl_delay is None


@given(st.binary(max_size=300))
def test_no_robots_raise(noise: bytes) -> None:
    refused(b"User-agent: *\nDisallow: /" + noise + b"\nCrawl-delay: " + noise + b"\nRequest-rate: " + noise)


@pytest.mark.parametrize(
    ("text", "url", "is_refused"),
    [
        # RFC 9309, 2.2.2 reads %62%61%7A as baz, Google's parser does not: both must allow.
        ("Disallow: /\nAllow: /foo/%62%61%7A", "/foo/baz", True),
        ("Disallow: /\nAllow: /foo/%62%61%7A", "/foo/%62%61%7A", False),
        ("Disallow: /\nAllow: /foo/baz", "/foo/%62%61%7A", True),
        ("Disallow: /foo/%62%61%7A", "/foo/baz", True),
        ("Disallow: /foo/baz", "/foo/%62%61%7A", True),
        ("Disallow: /foo/%2Fbaz", "/foo/%2fbaz", True),
        ("Disallow: /foo/%62", "/foo/%63", False),
    ],
)
def test_escapes_that_nobody_needed(text: str, url: str, is_refused: bool) -> None:
    assert refused(f"User-agent: *\n{text}", f"https://www.iom.int{url}") is is_refused


def shared(folder: str) -> Path:
    place = os.environ.get("IOMWATCH_SHARED")
    if not place:
        pytest.skip("IOMWATCH_SHARED is not set: it names the folder of third-party test data")
    return Path(place) / "data" / folder


def test_googles_cases() -> None:
    """All that follow the RFC by their name. Of those that are Google's alone most hold, none need to."""
    lines = (shared("robots") / "google-cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = list(map(json.loads, lines))
    assert len(cases) == 145
    unlike = [
        case
        for case in cases
        if refused(case["robots_latin1"].encode("latin-1"), case["url"], case["agent"]) is case["allowed"]
    ]
    assert [case for case in unlike if case["test"].startswith("ID_")] == []
    assert sum(case["test"].startswith("ID_") for case in cases) > 70


@pytest.mark.parametrize(
    ("name", "agent", "path", "is_refused"),
    [
        ("simple", "unknown", "/cat.gif", True),
        ("simple", "unknown", "/example/", True),
        ("simple", "unknown", "/publications/x", False),
        ("simple", "FooBot/2.1", "/publications/", True),
        ("simple", "foobot", "/example/page.html", False),
        ("simple", "foobot", "/example/allowed.gif", False),
        ("simple", "bazbot", "/example/page.html", True),
        ("simple", "BarBot", "/", False),
        ("simple", "quxbot", "/example/", False),
        ("longest-match", "foobot", "/example/page/", False),
        ("longest-match", "foobot", "/example/page/disallowed.gif", True),
        ("rule-group-merging", "ExampleBot", "/foo", True),
        ("rule-group-merging", "examplebot", "/baz", True),
        ("rule-group-merging", "BazBot", "/baz", True),
        ("rule-group-merging", "BazBot", "/foo", False),
        ("rule-group-merging", "other", "/bar", True),
        ("rule-group-merging", "other", "/baz", False),
    ],
)
def test_the_examples_of_rfc_9309(name: str, agent: str, path: str, is_refused: bool) -> None:
    (example,) = shared("robots").glob(f"rfc9309-example-{name}*.txt")
    body = example.read_bytes()
    assert refused(body, f"https://www.iom.int{path}", agent) is is_refused


@pytest.mark.parametrize("mark", ["utf8", "utf16le", "utf16be"])
def test_a_byte_order_mark_hides_no_rule(mark: str) -> None:
    body = (shared("robots") / f"robots-with-{mark}-bom.txt").read_bytes()
    plain = (shared("robots") / "robots-with-utf8-bom.txt").read_bytes().removeprefix(b"\xef\xbb\xbf")
    paths = ["/", "/x", "/index.html", *re.findall(r"(?i)allow:\s*(/[^\s*$#]*)", plain.decode())]
    for path in paths:
        for agent in ("iomwatch", "foobot"):
            url = f"https://www.iom.int{path}"
            assert refused(body, url, agent) is refused(plain, url, agent)


@pytest.mark.parametrize(
    "text",
    [
        "Disallow: /" + "*a" * 30_000 + "$",
        "Disallow: /" + "a*" * 2_000 + "b\n" + "Disallow: /*b*" * 2_000,
        "\n".join(f"Disallow: /{number}*$" for number in range(5_000)),
        "User-agent: iomwatch\n" * 20_000 + "Disallow: /x\n" * 20_000,
        "Disallow: /" + "%" * 500_000,
        "Disallow: /" + "%41" * 50_000,
    ],
)
def test_rules_made_to_cost_much_cost_little(text: str) -> None:
    start = time.process_time()
    refused(f"User-agent: *\n{text}", "https://www.iom.int/" + "a" * 8_000 + "c")
    assert time.process_time() - start < 5


# ── a body ──────────────────────────────────────────────────────────────────────────────────────

Read = tuple[bytes, tuple[Fetched, str] | None]


def take(body: bytes, most: int = 100_000, step: int = 1_000, lenient: bool = False, **headers: str) -> Read:
    return taken(body, headers, most, step, lenient)


def taken(
    body: bytes, headers: dict[str, str], most: int = 100_000, step: int = 1_000, lenient: bool = False
) -> Read:
    hyphened = {name.replace("_", "-"): value for name, value in headers.items()}
    reader = BodyReader(hyphened, Limits(most=most, lenient=lenient))
    for start in range(0, len(body), step):
        if reader.enough():
            break
        reader.feed(body[start : start + step])
    return reader.end()


def outcome(read: Read) -> Fetched:
    return read[1][0] if read[1] else Fetched.OK


PAGE = b"<html><body>" + b"The same words again. " * 200 + b"</body></html>"


@given(st.binary(min_size=1, max_size=5_000), st.integers(1, 700), st.booleans())
def test_gzip_comes_out_as_it_went_in(body: bytes, step: int, in_members: bool) -> None:
    half = len(body) // 2
    packed = gzip.compress(body[:half]) + gzip.compress(body[half:]) if in_members else gzip.compress(body)
    assert take(packed, step=step, content_encoding="gzip", content_length=str(len(packed))) == (body, None)


@given(st.integers(1, 200))
def test_gzip_cut_anywhere_is_truncated(cut: int) -> None:
    packed = gzip.compress(PAGE)[: -min(cut, len(gzip.compress(PAGE)) - 1)]
    assert outcome(take(packed, content_encoding="gzip", content_length="5")) is Fetched.TRUNCATED


def test_what_says_gzip_and_is_not() -> None:
    assert outcome(take(PAGE, content_encoding="gzip")) is Fetched.UNSUPPORTED
    packed = bytearray(gzip.compress(os.urandom(5_000)))
    packed[3_000] ^= 0xFF
    assert outcome(take(bytes(packed), content_encoding="gzip")) is Fetched.TRUNCATED


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "deflate", "zstd", "gzip, br", "aes128gcm"])
def test_other_encodings_are_not_guessed(encoding: str) -> None:
    assert outcome(take(gzip.compress(PAGE), content_encoding=encoding)) is Fetched.UNSUPPORTED


@pytest.mark.parametrize("encoding", ["identity", "", "Identity, "])
def test_identity_is_plain(encoding: str) -> None:
    assert take(PAGE, content_encoding=encoding) == (PAGE, None)


def test_padding_after_gzip_is_left_out() -> None:
    assert take(gzip.compress(PAGE) + bytes(3_000), content_encoding="x-gzip") == (PAGE, None)


def test_limits_hold_on_the_wire_and_behind_it() -> None:
    assert outcome(take(PAGE, most=len(PAGE), content_type="text/html")) is Fetched.OK
    assert outcome(take(PAGE, most=len(PAGE) - 1, content_type="text/html")) is Fetched.TOO_LARGE
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = bomb.compress(bytes(50_000_000)) + bomb.flush()
    assert outcome(take(packed, content_encoding="gzip")) is Fetched.TOO_LARGE
    assert outcome(take(b"", content_length="100001")) is Fetched.TOO_LARGE


def test_lenient_reading_keeps_what_came() -> None:
    assert take(b"x" * 5_000, most=1_500, lenient=True, content_length="5000") == (b"x" * 1_500, None)
    assert take(b"x" * 5_000, most=1_500, lenient=True) == (b"x" * 1_500, None)
    assert (
        take(gzip.compress(b"x" * 5_000), most=1_500, lenient=True, content_encoding="gzip")[0]
        == b"x" * 1_500
    )
    assert take(b"", lenient=True) == (b"", None)


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"", {"content_length": "0"}, Fetched.TRUNCATED),
        (PAGE[:900], {"content_type": "text/html"}, Fetched.TRUNCATED),
        (PAGE[:900], {}, Fetched.TRUNCATED),
        (PAGE, {"content_type": "text/html"}, Fetched.OK),
        (PAGE.decode().encode("utf-16"), {"content_type": "text/html"}, Fetched.OK),
        (PAGE[:900], {"content_type": "text/html", "transfer_encoding": "chunked"}, Fetched.OK),
        (PAGE[:900], {"content_type": "text/html", "content_length": "900"}, Fetched.OK),
        (b"<rss/>", {"content_type": "application/rss+xml"}, Fetched.OK),
        (b"<!-- x --><rss version='2.0'><channel/>", {"content_type": "text/xml"}, Fetched.TRUNCATED),
        (b"<?xml version='1.0'?><a:urlset x='y'><url></url>", {}, Fetched.TRUNCATED),
        (b"<?xml version='1.0'?><a:urlset x='y'><url/></a:urlset>\n", {}, Fetched.OK),
        ("\ufeff<?xml version='1.0'?><rss><a/></rss>".encode("utf-16-le"), {}, Fetched.OK),
        ("\ufeff<?xml version='1.0'?><rss><a/>".encode("utf-16-le"), {}, Fetched.TRUNCATED),
        (b"<rss><item/>", {"content_type": "text/xml", "content_length": "12"}, Fetched.OK),
        (b"%PDF-1.7 ...", {"content_type": "application/pdf"}, Fetched.TRUNCATED),
        (b"%PDF-1.7 ...\n%%EOF\n", {"content_type": "application/pdf"}, Fetched.OK),
        (b"https://www.iom.int/a\n", {"content_type": "text/plain"}, Fetched.OK),
    ],
)
def test_a_page_that_only_stops_is_not_whole(body: bytes, headers: dict[str, str], expected: Fetched) -> None:
    assert outcome(taken(body, headers)) is expected
