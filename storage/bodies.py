"""Raw bodies by their SHA-256, compressed with zstd (RFC 8878).

They are evidence: a body is never changed and never dropped, and a damaged one is never handed out.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.compression import zstd
from storage.errors import DamagedError
from storage.schema import body, quarantine

_KNOWN = sa.select(body.c.hash).where(body.c.hash == sa.bindparam("wanted"))
_BODY = sa.select(body.c.size, body.c.data).where(body.c.hash == sa.bindparam("wanted"))
_ADD = body.insert()
LEVEL = 6  # 9 takes half as long again for a fiftieth less; 19 a hundred times as long for a tenth less
_COMPRESSOR = zstd.ZstdCompressor(LEVEL)  # one for all: to make its tables anew takes a third of the time
_SEAL = struct.Struct("<III")  # a skippable frame (RFC 8878, 3.1.2), which holds the CRC-32 of all before it
_SKIPPABLE = 0x184D2A5E
_MOST = 1 << 28  # bytes of one body, whatever a damaged row claims


def pack(data: bytes) -> bytes:
    """Compressed, and sealed: a frame has bits that mean nothing, and a seal notices those too."""
    frame = _COMPRESSOR.compress(data, zstd.ZstdCompressor.FLUSH_FRAME)
    return frame + _seal(frame)


def unpack(packed: bytes, most: int = _MOST) -> bytes:
    """The data, of at most so many bytes. Raises DamagedError for what `pack` did not make."""
    reader = zstd.ZstdDecompressor()
    try:
        data = reader.decompress(packed, max_length=most + 1)
    except zstd.ZstdError as error:
        raise DamagedError(f"damaged: {error}") from error
    if len(data) > most:
        raise DamagedError("damaged: it is longer than it was")
    if not reader.eof:
        raise DamagedError("damaged: its end is missing")
    seal = reader.unused_data
    if seal and seal != _seal(packed[: -len(seal)]):  # none: it was stored before there were seals
        raise DamagedError("damaged: it does not match its seal")
    return data


def _seal(frame: bytes) -> bytes:
    return _SEAL.pack(_SKIPPABLE, 4, zlib.crc32(frame))


class Bodies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, data: bytes) -> str:
        """Keep a body; returns its hash. The same body is kept once."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.has(digest):
            self._connection.execute(_ADD, {"hash": digest, "size": len(data), "data": pack(data)})
        return digest

    def has(self, digest: str) -> bool:
        """Whether the body of that hash is kept."""
        return self._connection.execute(_KNOWN, {"wanted": digest}).first() is not None

    def get(self, digest: str) -> bytes:
        """The body of that hash. Raises DamagedError where it is missing or damaged."""
        row = self._connection.execute(_BODY, {"wanted": digest}).first()
        if row is None:
            raise DamagedError(f"the body {digest} is missing from the store; see `iomwatch verify`")
        try:
            data = unpack(row.data, min(row.size, _MOST))
        except DamagedError as error:
            raise DamagedError(f"the body {digest} is {error}; see `iomwatch verify`") from error
        if len(data) != row.size or hashlib.sha256(data).hexdigest() != digest:
            raise DamagedError(f"the body {digest} does not match its hash; see `iomwatch verify`")
        return data

    def hashes(self) -> list[str]:
        return list(self._connection.execute(sa.select(body.c.hash).order_by(body.c.hash)).scalars())

    # ── damaged ones ────────────────────────────────────────────────────────────────────────────

    def set_aside(self, digest: str, reason: str, now: datetime) -> None:
        """Keep a damaged body as it was found, and note that it is no longer to be had."""
        if self.is_set_aside(digest):
            return
        found = self._connection.execute(sa.select(body.c.data).where(body.c.hash == digest)).scalar()
        row = {"hash": digest, "found_at": now, "reason": reason, "data": found}
        self._connection.execute(quarantine.insert(), row)

    def is_set_aside(self, digest: str) -> bool:
        query = sa.select(quarantine.c.hash).where(quarantine.c.hash == digest)
        return self._connection.execute(query).first() is not None

    def mend(self, data: bytes, now: datetime) -> None:
        """Put a whole body in the place of a damaged or missing one, which is set aside first."""
        digest = hashlib.sha256(data).hexdigest()
        if self.has(digest):
            self.set_aside(digest, "a whole copy was found", now)
            values = {"size": len(data), "data": pack(data)}
            self._connection.execute(body.update().where(body.c.hash == digest), values)
        else:
            self.put(data)
