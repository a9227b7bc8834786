"""Reads a body as it arrives, within limits, and says whether it is whole.

Does not touch the network: it is fed the bytes of the wire, after the transfer coding, piece by piece.
A cut gzip stream or a page that ends in the middle looks like any other 200, so wholeness is checked here.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from crawler.values import Fetched

_STEP = 262_144  # bytes decoded at once: what a bomb may cost before it is noticed
_GZIP = 31  # zlib's window bits for a gzip wrapper
_MAGIC = b"\x1f\x8b"
_ROOT = re.compile(
    rb"<([A-Za-z_][\w.:-]*)(?:[^<>]*(/)>)?"
)  # an XML document's first element; closed at once?
_LOOKED_THROUGH = 4_096  # bytes at the start for what it is, and at the end for what ends it


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a body to take. `lenient` is for robots.txt: what came is used, an empty one too."""

    most: int  # bytes, on the wire and decoded
    lenient: bool = False


class BodyReader:
    """One body. Feed it until it says enough, then ask for its end."""

    def __init__(self, headers: dict[str, str], limits: Limits) -> None:
        self.wire_bytes = 0
        self._limits = limits
        self._plain = bytearray()
        self._trouble: tuple[Fetched, str] | None = None
        self._length = headers.get("content-length")
        self._delimited = self._length is not None or "transfer-encoding" in headers
        self._type = headers.get("content-type", "").lower()
        self._gzip = self._decoder(headers.get("content-encoding", ""))
        if not limits.lenient and _number(self._length) > limits.most:
            self._refuse_size()

    def enough(self) -> bool:
        """Whether reading on would change nothing."""
        return self._trouble is not None

    def feed(self, piece: bytes) -> None:
        self.wire_bytes += len(piece)
        if self.wire_bytes > self._limits.most:
            piece = piece[: len(piece) - (self.wire_bytes - self._limits.most)]
        if self._gzip is None:
            self._plain += piece
        else:
            self._inflate(piece)
        if self._trouble is None and self.wire_bytes > self._limits.most:
            self._refuse_size()

    def end(self, *, cut: str | None = None) -> tuple[bytes, tuple[Fetched, str] | None]:
        """The body, and why it is not whole. `cut`: in words, why the wire ended early."""
        if self._trouble is not None:
            keep = self._limits.lenient and self._trouble[0] is Fetched.TOO_LARGE
            return (bytes(self._plain), None) if keep else (b"", self._trouble)
        why = cut or self._incomplete()
        if why is not None:
            return b"", (Fetched.TRUNCATED, why)
        return bytes(self._plain), None

    def _decoder(self, encoding: str) -> zlib._Decompress | None:
        codings = [
            name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")
        ]
        if not codings:
            return None
        if codings not in (["gzip"], ["x-gzip"]):
            self._trouble = (Fetched.UNSUPPORTED, f"its encoding is {encoding[:80]}; only gzip was asked for")
        return zlib.decompressobj(_GZIP)

    def _inflate(self, piece: bytes) -> None:
        while piece and self._trouble is None and self._gzip is not None:
            if self._gzip.eof:
                if not _MAGIC.startswith(piece[:2]):
                    return  # what follows the last member is padding
                self._gzip = zlib.decompressobj(_GZIP)
            try:
                plain = self._gzip.decompress(piece, _STEP)
            except zlib.error as error:
                fresh = not self._plain
                self._trouble = (
                    (Fetched.UNSUPPORTED, "it says gzip and is not")
                    if fresh
                    else (Fetched.TRUNCATED, f"the gzip stream is damaged ({error})")
                )
                return
            self._plain += plain
            if len(self._plain) > self._limits.most:
                del self._plain[self._limits.most :]
                self._refuse_size()
            piece = self._gzip.unconsumed_tail or self._gzip.unused_data

    def _refuse_size(self) -> None:
        if self._trouble is None:
            self._trouble = (Fetched.TOO_LARGE, f"more than {self._limits.most:,} bytes")

    def _incomplete(self) -> str | None:
        if self._gzip is not None and self.wire_bytes and not self._gzip.eof:
            return "the gzip stream ends early"
        if self._limits.lenient:
            return None
        if not self._plain:
            return "empty body"
        if self._delimited or self._gzip is not None:
            return None
        lacking = self._lacking_end()
        return f"no length was given and it has no {lacking}" if lacking else None

    def _lacking_end(self) -> str | None:
        """What would show that a body of unknown length is whole, and is not there. Of other kinds than
        these three nothing can tell."""
        start = bytes(self._plain[:_LOOKED_THROUGH]).replace(b"\0", b"")  # NUL: UTF-16
        if "html" in self._type or (not self._type and b"<html" in start.lower()):
            closed = b"</html" in bytes(self._plain).replace(b"\0", b"").lower()
            return None if closed else "</html>"
        if "xml" in self._type or start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml"):
            return self._lacking_root_end(start)
        if start.startswith(b"%PDF-"):
            return None if b"%%EOF" in self._plain[-_LOOKED_THROUGH:] else "%%EOF"
        return None

    def _lacking_root_end(self, start: bytes) -> str | None:
        root = _ROOT.search(start)
        if root is None or root[2]:
            return None
        end = bytes(self._plain[-_LOOKED_THROUGH:]).replace(b"\0", b"")
        return None if b"</" + root[1] in end else f"</{root[1].decode('ascii', 'replace')}>"


def _number(length: str | None) -> int:
    return int(length[:18]) if length is not None and length.isascii() and length.isdigit() else 0
