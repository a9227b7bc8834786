"""How far a source's signals are to be trusted: a changed lastmod, an entry that came up again.

It looks at no page. A source is judged by two numbers, learned from visits: how many of the edits it told of
(recall), and how often it cried wolf (false signals an hour and page).

With λ edits an hour, recall r and ν false signals an hour, a page without a signal for τ hours was edited
with (1-r)λτ expected edits, and each signal adds ln(1 + rλ/ν) (Bayes; Poisson streams; after Busa-Fekete et
al., "Web crawling with signals", 2025).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

_EDITS = 2.0  # edits by which a source's recall is doubted
_HOURS = 2000.0  # hours of watching by which a false signal is feared
_MUCH = 20  # edits or signals before a source is called useless
ALWAYS: Final = 0.02  # of signals: a source whose signals are true less often always changes
NEVER: Final = 0.05  # of edits: one that tells of fewer never changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the visits said of one source's signals; the default is a source never tried."""

    told: float = 0.0  # edits that it signalled
    untold: float = 0.0  # edits that it did not
    false: float = 0.0  # signals without an edit
    hours: float = 0.0  # of pages watched

    @property
    def recall(self) -> float:
        """The share of edits it tells of; none before it told of any."""
        return self.told / (self.told + self.untold + _EDITS)

    def relied(self, hours: float) -> float:
        """The share of edits that need not be looked for in so many hours, for the source will tell of them:
        its recall, as far as few false signals are to be expected in that time."""
        return self.recall / (1 + self.false_rate * hours)

    @property
    def false_rate(self) -> float:
        """False signals an hour and page."""
        return (self.false + 1) / (self.hours + _HOURS)

    def learned(self, *, signal: bool, changed: bool, hours: float) -> Trust:
        """With one more visit: whether a signal came since the last, whether the page had changed."""
        return replace(
            self,
            told=self.told + (signal and changed),
            untold=self.untold + (changed and not signal),
            false=self.false + (signal and not changed),
            hours=self.hours + hours,
        )

    def tells(self, rate: float) -> float:
        """Edits to be expected more of a page edited `rate` times an hour, for one signal."""
        recall = (self.told + 1) / (self.told + self.untold + 2)  # untried: as likely as not
        return math.log1p(recall * rate / self.false_rate)

    @property
    def verdict(self) -> str | None:
        """What an operator should know of it, in words; None where it does its work."""
        signals = self.told + self.false
        if signals >= _MUCH and self.told < ALWAYS * signals:
            return f"its dates change though its pages do not: {signals:.0f} signals, {self.told:.0f} true"
        edits = self.told + self.untold
        if edits >= _MUCH and self.told < NEVER * edits:
            return f"its dates do not change though its pages do: {edits:.0f} edits, {self.told:.0f} told of"
        return None
