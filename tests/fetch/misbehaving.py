"""What servers do wrong, one behaviour each, and how a request for it must end.

Plays none of them: `server.Server` does, byte for byte. Bombs are those of Scrapy GHSA-7j7m-v7m3-jqm7,
CVE-2025-6176; urllib3 CVE-2025-66418, CVE-2025-66471, CVE-2026-21441.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.values import Fetched
from tests.fetch.server import Asked, Handler, Script, answer

PAGE = b"<!doctype html><html><body>" + b"<p>Word after word.</p>" * 300 + b"</body></html>"
PACKED = gzip.compress(PAGE)
GZIP = "Content-Encoding: gzip"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CLOSE = b"Connection: close\r\n"
EVERY = 0.02  # seconds between the bytes of a drip


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    name: str
    script: Script
    ends: frozenset[Fetched]


def _b(name: str, script: Script, *ends: Fetched) -> Behaviour:
    return Behaviour(name=name, script=script, ends=frozenset(ends))


def length(stated: str, body: bytes = PAGE) -> bytes:
    return HEAD + CLOSE + f"Content-Length: {stated}\r\n\r\n".encode() + body


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n", more: bytes = b"") -> bytes:
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return HEAD + more + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"\r\n" + body + end


def bomb(megabytes: int) -> bytes:
    """Zeros, gzipped: each megabyte a copy of the first one's block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1)


def pieces(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


def pouring(first: bytes, again: bytes, *, pause: float = 0.0) -> Handler:
    """`first`, and then `again` without end."""

    async def pour(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(pause)

    return pour


def stopping(first: bytes) -> Handler:
    """`first`, and then nothing more, the connection held open."""

    async def stop(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(3_600)

    return stop


def resetting(first: bytes) -> Handler:
    """`first`, and then a reset instead of an end."""

    async def reset(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(0.05)
        kept = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, kept)
        writer.transport.abort()

    return reset


def _malformed() -> Iterator[Behaviour]:
    broken, cut = Fetched.UNREACHABLE, Fetched.TRUNCATED
    upgraded = b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
    yield _b("shorter than its length", length("90000"), cut)
    yield _b("longer than its length", length("90"), Fetched.OK)  # the rest is no answer to anything
    yield _b("two lengths", answer("200 OK", PAGE, "Content-Length: 5"), broken)
    yield _b("two lengths in one", length(f"{len(PAGE)}, 5"), broken)
    yield _b("a length below nothing", length("-1"), broken)
    yield _b("a length in words", length("many"), broken)
    yield _b("a length of 5,000 digits", length("9" * 5_000), broken, Fetched.TOO_LARGE)
    yield _b("length and chunks", chunked(PAGE, more=b"Content-Length: 5\r\n"), Fetched.OK, broken)
    yield _b("chunks without an end", chunked(PAGE, end=b""), cut)
    yield _b("a chunk cut short", chunked(end=b"1000\r\n" + PAGE[:99]), cut)
    yield _b("a chunk's size in words", chunked(PAGE, end=b"zz\r\n\r\n"), cut)
    yield _b("a chunk's size below nothing", chunked(PAGE, end=b"-5\r\n\r\n"), cut)
    yield _b("a chunk of 2^80 bytes", chunked(PAGE, end=b"f" * 20 + b"\r\n"), cut)
    yield _b("a chunk closed by other bytes", chunked(end=b"5\r\n<htmlXX0\r\n\r\n"), cut)  # CVE-2025-43859
    yield _b("200 kB of chunk extension", chunked(end=b"5;" + b"x" * 200_000), cut)
    yield _b("200 kB of trailers", chunked(PAGE, end=b"0\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"), cut)
    yield _b("gzip in chunks in gzip", chunked(PACKED, more=b"Transfer-Encoding: gzip\r\n"), broken)
    yield _b("no answer", pouring_nothing, broken)
    yield _b("a reset", resetting(b""), broken)
    yield _b("a reset in the head", resetting(b"HTTP/1.1 200 OK\r\nContent-"), broken)
    yield _b("a reset in the body", resetting(HEAD + b"Content-Length: 9000\r\n\r\n" + PAGE[:900]), cut)
    yield _b("an end in the head", b"HTTP/1.1 200 OK\r\nContent-Type: te", broken)
    yield _b("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", broken)
    yield _b("HTTP/2's preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(90), broken)
    yield _b("HTTP/0.9", PAGE, broken)
    yield _b("HTTP/3.1", b"HTTP/3.1 200 OK\r\n\r\n" + PAGE, broken, Fetched.OK)
    yield _b("a status in words", b"HTTP/1.1 OK\r\n\r\n" + PAGE, broken)
    yield _b("status 1", b"HTTP/1.1 1 Odd\r\n\r\n" + PAGE, broken)
    yield _b(
        "status 999",
        b"HTTP/1.1 999 No\r\n" + CLOSE + b"Content-Length: 1\r\n\r\nx",
        broken,
        Fetched.SERVER_ERROR,
    )
    yield _b("200 kB of status", b"HTTP/1.1 200 " + b"x" * 200_000 + b"\r\n\r\n", broken)
    yield _b("200 kB of one header", answer("200 OK", PAGE, "X-Long: " + "x" * 200_000), broken)
    yield _b("20,000 headers", answer("200 OK", PAGE, *["X-Many: x"] * 20_000), broken)
    yield _b("a header without a name", answer("200 OK", PAGE, ": x"), broken)
    yield _b("a header without a colon", answer("200 OK", PAGE, "odd"), broken)
    yield _b("a NUL in a header", answer("200 OK", PAGE, "X-Odd: a\0b"), broken, Fetched.OK)
    yield _b("a lone CR in a header", answer("200 OK", PAGE, "X-Odd: a\rSet-Cookie: b"), broken)
    yield _b("a space before the colon", answer("200 OK", PAGE, "X-Odd : a"), broken)
    yield _b("5,000 early hints", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5_000 + answer(body=PAGE), Fetched.OK)
    yield _b(
        "early hints without end", pouring(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500), Fetched.TIMEOUT
    )
    yield _b("101 that nobody asked for", upgraded, broken, Fetched.UNSUPPORTED)
    yield _b("204 with a body", b"HTTP/1.1 204 No\r\n" + CLOSE + b"\r\n" + PAGE, Fetched.UNSUPPORTED, broken)


async def pouring_nothing(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.close()


def _slow() -> Iterator[Behaviour]:
    late, status = Fetched.TIMEOUT, b"HTTP/1.1 200 OK\r\n"
    packed = HEAD + GZIP.encode() + b"\r\n\r\n" + PACKED[:10]
    yield _b("silent", stopping(b""), late)
    yield _b("silent after the status", stopping(status), late)
    yield _b("silent after the head", stopping(HEAD + b"Content-Length: 9000\r\n\r\n"), late)
    yield _b("silent in the body", stopping(HEAD + b"Content-Length: 90000\r\n\r\n" + PAGE), late)
    yield _b("silent in a chunk", stopping(chunked(PAGE, end=b"500\r\nx")), late)
    yield _b("silent where its end would be", stopping(HEAD + b"\r\n" + PAGE), late)
    yield _b("a head that drips", pouring(status, b"X-A: b\r\n", pause=EVERY), late)
    yield _b("a body that drips", pouring(HEAD + b"Content-Length: 90000\r\n\r\n", b"x", pause=EVERY), late)
    yield _b("chunks that drip", pouring(chunked(end=b""), b"1\r\nx\r\n", pause=EVERY), late)
    yield _b("gzip that drips", pouring(packed, b"\0\0\0\xff\xff", pause=EVERY), late)
    yield _b("a 404 that drips", pouring(b"HTTP/1.1 404 No\r\n\r\n", b"x", pause=EVERY), Fetched.GONE)


def _huge() -> Iterator[Behaviour]:
    in_chunks = chunked(*pieces(bomb(400), 100), more=GZIP.encode() + b"\r\n")
    large, odd, cut = Fetched.TOO_LARGE, Fetched.UNSUPPORTED, Fetched.TRUNCATED
    yield _b("endless", pouring(HEAD + b"\r\n", b"x" * 65_536), large)
    yield _b("endless chunks", pouring(chunked(end=b""), b"10000\r\n" + b"x" * 65_536 + b"\r\n"), large)
    yield _b(
        "endless, of one byte chunks",
        pouring(chunked(end=b""), b"1\r\nx\r\n" * 5_000),
        large,
        Fetched.TIMEOUT,
    )
    yield _b("a terabyte by its header", stopping(HEAD + b"Content-Length: 1000000000000\r\n\r\n"), large)
    yield _b("a bomb of a gigabyte", answer("200 OK", bomb(1_000), GZIP), large)
    yield _b("a bomb in chunks", in_chunks, large)
    yield _b("a bomb of many members", answer("200 OK", gzip.compress(bytes(100_000)) * 3_000, GZIP), large)
    yield _b(
        "a bomb in a bomb", answer("200 OK", gzip.compress(bomb(100)), "Content-Encoding: gzip, gzip"), odd
    )
    yield _b("a bomb twice named", answer("200 OK", bomb(9), GZIP, GZIP), odd)
    yield _b("a bomb in brotli", answer("200 OK", b"\xcf\xff\xff\x7f\xf8\x27", "Content-Encoding: br"), odd)
    yield _b("a bomb in zstd", answer("200 OK", b"(\xb5/\xfd", "Content-Encoding: zstd"), odd)
    yield _b(
        "a bomb in deflate",
        answer("200 OK", zlib.compress(bytes(9_000_000)), "Content-Encoding: deflate"),
        odd,
    )
    yield _b(
        "twenty encodings", answer("200 OK", bomb(2), "Content-Encoding: " + "gzip, " * 20 + "gzip"), odd
    )
    yield _b("a bomb with a 404", answer("404 No", bomb(500), GZIP), Fetched.GONE)
    yield _b("a bomb with a 500", answer("500 No", bomb(500), GZIP), Fetched.SERVER_ERROR)
    yield _b("gzip cut short", answer("200 OK", PACKED[:-20], GZIP), cut)
    yield _b("gzip damaged", answer("200 OK", PACKED[:60] + b"\xff" * 20 + PACKED[80:], GZIP), cut)
    yield _b("says gzip and is not", answer("200 OK", PAGE, GZIP), odd)


def _lying() -> Iterator[Behaviour]:
    cut = Fetched.TRUNCATED
    nameless = b"HTTP/1.1 200 OK\r\n" + CLOSE + b"\r\n" + PAGE[:900]
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n"
    yield _b("half a page, ended by the connection", answer(body=PAGE[:900], length=False), cut)
    yield _b("half a page, of no kind", nameless, cut)
    half = b'<?xml version="1.0"?><urlset><url><loc>http://x/</loc></url>'
    yield _b("half a sitemap", answer(body=half, length=False, content_type="application/xml"), cut)
    yield _b(
        "half a PDF",
        answer(body=b"%PDF-1.7\n" + bytes(5_000), length=False, content_type="application/pdf"),
        cut,
    )
    yield _b("empty", answer(), cut)
    yield _b("206 of its own accord", answer("206 Partial Content", PAGE), Fetched.UNSUPPORTED)
    yield _b("304 that nobody asked for", answer("304 Not Modified"), Fetched.UNSUPPORTED)
    yield _b("200 with a challenge", answer("200 OK", PAGE, "CF-Mitigated: challenge"), Fetched.REFUSED)
    yield _b("a redirect without end", pouring(moved, b"x" * 9_000), Fetched.UNSUPPORTED)


MALFORMED, SLOW, HUGE, LYING = (tuple(make()) for make in (_malformed, _slow, _huge, _lying))
ALL = (*MALFORMED, *SLOW, *HUGE, *LYING)
