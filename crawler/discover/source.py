"""Tells sitemap, feed, URL list and listing apart by what they answer, and has each read.

Does not believe names or content types further than it must: a sitemap's address may answer with a page.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import replace

from crawler.discover.feed import read_feed
from crawler.discover.listing import read_listing
from crawler.discover.sitemap import MOST_ENTRIES, read_sitemap
from crawler.discover.xml import without_declaration
from crawler.urls import absolute
from crawler.values import Found, SourceKind, SourceRead

MOST_PLAIN = 50_000_000  # bytes, unpacked: the limit of the sitemap protocol
_GZIP = 31
_WHITE = b" \t\r\n\x0b\x0c\0"
_NAME = re.compile(r"<([A-Za-z_][^\s/>]{0,80})")
_FEEDS = frozenset({"rss", "feed", "rdf"})
_ROOTS = dict.fromkeys(("urlset", "sitemapindex"), SourceKind.SITEMAP) | dict.fromkeys(
    _FEEDS, SourceKind.FEED
)


def read_source(body: bytes, *, url: str, content_type: str | None = None) -> SourceRead:
    """One document of a source, whatever it turns out to be. Never raises.

    `url` is where it was found (relative addresses are resolved against it), `content_type` the header.
    """
    body, trouble = _unpacked(body)
    read = _read(_as_utf8(body), url, content_type)
    if trouble is not None:
        read = replace(read, trouble=f"{trouble}; {read.trouble}" if read.trouble else trouble)
    return read


def _read(body: bytes, url: str, content_type: str | None) -> SourceRead:
    start = body.lstrip(_WHITE)
    if not start:
        return SourceRead(kind=SourceKind.UNKNOWN, trouble="it is empty")
    if not start.startswith(b"<"):
        cut = _markup_after_noise(start)
        if cut is None:
            return _read_lines(start, url)
        start = start[cut:]
    root = _root(start[:65_536].decode("latin-1"))
    if b"<!DOCTYPE" in start and b"<!ENTITY" in start and root != "html":  # wherever: it may be hidden
        words = "it declares entities, which a source has no use for; not read"
        return SourceRead(kind=_ROOTS.get(root, SourceKind.UNKNOWN), trouble=words)
    if root in _ROOTS:
        return read_feed(start, url=url) if root in _FEEDS else read_sitemap(start, url=url)
    if start.startswith(b"<?xml") and root != "html":
        return SourceRead(kind=SourceKind.UNKNOWN, trouble=f"XML that lists nothing known: <{root[:40]}>")
    if b"\0" in start[:1_024]:
        return SourceRead(kind=SourceKind.UNKNOWN, trouble="it is binary")
    return read_listing(start, url=url, content_type=content_type)


def _unpacked(body: bytes) -> tuple[bytes, str | None]:
    """`body` without its gzip wrapper, and what was wrong with that. A wrapper in a wrapper stays."""
    if not body.startswith(b"\x1f\x8b"):
        return body[:MOST_PLAIN], None
    decoder = zlib.decompressobj(_GZIP)
    try:
        plain = decoder.decompress(body, MOST_PLAIN)
    except zlib.error:
        return _salvaged(body), "its gzip stream is damaged"
    if decoder.unconsumed_tail:
        return plain, f"it unpacks to more than {MOST_PLAIN:,} bytes; the rest was not read"
    return plain, None if decoder.eof else "its gzip stream ends early"


def _salvaged(body: bytes) -> bytes:
    """What a damaged stream gives before the damage."""
    decoder = zlib.decompressobj(_GZIP)
    plain = bytearray()
    for start in range(0, len(body), 512):
        try:
            plain += decoder.decompress(body[start : start + 512], MOST_PLAIN - len(plain) or 1)
        except zlib.error:
            break
        if len(plain) >= MOST_PLAIN:
            break
    return bytes(plain)


def _as_utf8(body: bytes) -> bytes:
    """`body` without a byte order mark; UTF-16 with one is turned into UTF-8."""
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :]
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return without_declaration(body.decode("utf-16", "replace")).encode("utf-8", "replace")
    return body


def _markup_after_noise(start: bytes) -> int | None:
    """Where XML begins after a line that a server put before it by mistake."""
    at = start[:4_096].find(b"<?xml")
    return at if at > 0 else None


def _root(text: str) -> str:
    """The local name of the first element, in lower case."""
    at = 0
    while (at := text.find("<", at)) != -1:
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
        elif text.startswith("<?", at):
            end = text.find("?>", at)
        elif text.startswith("<!", at):
            end = at + 1  # a DOCTYPE's inner declarations come next
        else:
            match = _NAME.match(text, at)
            if match is not None:
                return match[1].rpartition(":")[2].lower()
            end = at + 1
        if end == -1:
            break
        at = end
    return ""


def _read_lines(start: bytes, url: str) -> SourceRead:
    """A plain-text sitemap: one address a line, and hardly anything else."""
    text = start.decode("utf-8", "replace").replace("\r", "\n")
    lines = [line for raw in text.split("\n", 2 * MOST_ENTRIES) if (line := raw.strip())]
    lines = lines[: MOST_ENTRIES + 1]
    addresses = [
        address
        for line in lines
        if line.lower().startswith(("http://", "https://")) and (address := absolute(line, url))
    ]
    if not addresses or len(addresses) * 2 < len(lines):
        return SourceRead(kind=SourceKind.UNKNOWN, trouble="it lists no addresses")
    trouble = None
    if len(lines) > MOST_ENTRIES:
        trouble = f"more than {MOST_ENTRIES:,} entries; the rest was not read"
    elif len(addresses) < len(lines):
        trouble = f"{len(lines) - len(addresses)} lines are no addresses"
    found = tuple(Found(url=address) for address in dict.fromkeys(addresses[:MOST_ENTRIES]))
    return SourceRead(kind=SourceKind.SITEMAP, found=found, trouble=trouble)
