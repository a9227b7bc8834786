"""When a page is worth a request: the index of its expected unseen edits, against the price of a request.

It learns nothing and reads no clock: times are hours from the last visit. Chance is an argument.

Each hour that an edit stands unseen costs one. With λ edits an hour now and Λ expected since the last visit,
a visit is worth Λ² / 2λ: at a steady rate, visits at that index keep the cost of waiting and the cost of
asking in balance (the square-root law; for a rate that falls with age, Λ is its integral). The price is
what a request must be worth; it rises while more is wanted than the budget allows, and falls again.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Final

from crawler.pace.hazard import EDGES, Rate

YOUNG: Final = 72.0  # hours: an age at which readers still look
FOR_YOUNG: Final = 1.5  # an unseen edit of such a page costs so many times as much
LEAST_PRICE: Final = 0.02  # hours of delay that a request must save, however large the budget is
MOST_PRICE: Final = 1e6
_STEP = 2.0  # the price moves by at most this factor at a time


def wait(rate: Rate, *, age: float, price: float, recall: float = 0.0) -> float:
    """Hours until a page just seen, `age` hours old, is worth `price`; infinite where it never is.

    `recall`: the share of edits that a signal tells of, so that only the others are waited for.
    """
    unseen, now = 0.0, max(0.0, age)
    number = bisect_right(EDGES, now)
    share = 1 - recall
    while True:
        stop = EDGES[number] if number < len(EDGES) else math.inf
        if now < YOUNG < stop:
            stop = YOUNG
        each = share * (rate.by_age[number] * rate.factor + rate.steady)
        worth = FOR_YOUNG if now < YOUNG else 1.0
        if each > 0:
            left = math.sqrt(2 * price * each / worth) - unseen
            if left <= 0:
                return now - max(0.0, age)
            if left <= each * (stop - now):
                return now + left / each - max(0.0, age)
            unseen += each * (stop - now)
        if stop == math.inf:
            return math.inf
        now, number = stop, number + (stop == EDGES[number])


def audit(*, pages: int, requests: float, chance: float) -> float:
    """Hours until a page is looked at for its own sake: `requests` an hour are spent on `pages` pages, each
    as likely as the others. `chance`: uniform in [0, 1)."""
    return -math.log(1 - chance) * pages / requests if requests > 0 and chance < 1 else math.inf


def next_price(price: float, *, wanted: float, budget: float) -> float:
    """The price after a time in which `wanted` requests were asked for or waited, and `budget` were allowed.

    Visits go with the inverse square root of the price; half of that correction is taken at a time, so that
    the price does not swing.
    """
    step = math.sqrt(wanted / budget) if budget > 0 else _STEP
    return max(LEAST_PRICE, min(MOST_PRICE, price * max(1 / _STEP, min(_STEP, step))))
