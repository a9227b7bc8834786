"""zstd: the standard library's where it has one (Python 3.14), its backport before. Nothing else."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]
