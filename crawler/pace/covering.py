"""Whether clearly less of a site is read than usual: the share of its pages that stand as they were read.

It cannot tell why: pages refused or missing, a host that rests, a budget that is too small.
"""

from __future__ import annotations

from typing import Final

_FADES: Final = 14 * 24.0  # hours in which a share that was usual once counts half
_LESS: Final = 0.1  # a tenth of the pages less is clearly less
_ENOUGH: Final = 5  # pages: a few of a small site are no share
_NEAR: Final = 0.5  # of these: back within so much, it is as usual again


def usual(before: float | None, share: float, hours: float) -> float:
    """The usual share after a time at `share`: a better one is usual at once, a worse one slowly."""
    if before is None or share >= before:
        return share
    return float(share + (before - share) * 0.5 ** (max(0.0, hours) / _FADES))


def is_less(before: float | None, *, read: int, pages: int, lasting: bool = False) -> bool:
    """Whether `read` of `pages` is clearly less than usual. `lasting`: it was, and ends only well above: it
    must not begin and end by turns."""
    if before is None or pages <= 0:
        return False
    lack, times = before * pages - read, _NEAR if lasting else 1.0
    return lack >= _LESS * pages * times and lack >= _ENOUGH * times
