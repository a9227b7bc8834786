"""Whether a site that used to publish has fallen silent: too long for its own habit to be chance.

It cannot tell why: nothing may have been published, or its sources may no longer name what is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

HABIT: Final = timedelta(days=60)  # in which a site's habit is seen
_ENOUGH = 10  # releases that make a habit
_EXPECTED = 7.0  # releases expected in the silence: by chance it is one in a thousand (Poisson, e^-7)
_LEAST: Final = timedelta(days=3)  # a long week-end


def silent_since(found: Sequence[datetime], now: datetime) -> datetime | None:
    """Since when nothing new was found, where that is too long for chance; None where it is not.

    `found`: when new releases were found, those of the last `HABIT` before the silence at least, in order.
    """
    recent = [at for at in found if found[-1] - at <= HABIT]
    if len(recent) < _ENOUGH:
        return None
    silence, habit = now - recent[-1], recent[-1] - recent[0]
    if silence < _LEAST or habit <= timedelta(0):
        return None
    return recent[-1] if silence * (len(recent) - 1) >= _EXPECTED * habit else None
