"""Raw bodies by their SHA-256, compressed with zstd (RFC 8878).

They are evidence: a body is never changed and never dropped, and a damaged one is never handed out.
"""

from __future__ import annotations

import hashlib
import sys

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.errors import StoreError
from storage.schema import body

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_KNOWN = sa.select(body.c.hash).where(body.c.hash == sa.bindparam("wanted"))
_ADD = body.insert()
LEVEL = 9  # 0.2 ms a page; 19 takes a hundred times as long for a tenth less


def pack(data: bytes) -> bytes:
    return zstd.compress(data, LEVEL)


def unpack(data: bytes) -> bytes:
    return zstd.decompress(data)


class Bodies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, data: bytes) -> str:
        """Keep a body; returns its hash. The same body is kept once."""
        digest = hashlib.sha256(data).hexdigest()
        known = self._connection.execute(_KNOWN, {"wanted": digest}).first()
        if known is None:
            self._connection.execute(_ADD, {"hash": digest, "size": len(data), "data": pack(data)})
        return digest

    def has(self, digest: str) -> bool:
        """Whether the body of that hash is kept."""
        return (
            self._connection.execute(sa.select(body.c.hash).where(body.c.hash == digest)).first() is not None
        )

    def get(self, digest: str) -> bytes:
        """The body of that hash. Raises StoreError where it is missing or damaged."""
        packed = self._connection.execute(sa.select(body.c.data).where(body.c.hash == digest)).scalar()
        if packed is None:
            raise StoreError(f"the body {digest} is missing from the store; restore a backup")
        try:
            data = unpack(packed)
        except zstd.ZstdError as error:
            raise StoreError(f"the body {digest} is damaged: {error}; restore a backup") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError(f"the body {digest} does not match its hash; restore a backup")
        return data
