"""Two readings of a release → what changed: kind, redline, figures, weight. Pure: values in, values out.

It reads no page and keeps nothing.
"""

from __future__ import annotations

from crawler.compare.same import fingerprint, text_fingerprint
from crawler.values import Article, Change
from crawler.weights import DEFAULT, Weights

__all__ = ["compare", "fingerprint", "text_fingerprint"]

# What aligns and weighs is loaded where two texts differ: most pages show what they showed.


def compare(
    before: Article, after: Article, *, claimed: bool | None = None, weights: Weights = DEFAULT
) -> Change | None:
    """What a reader would see differ, or None: see `change.compare`."""
    from crawler.compare import change

    return change.compare(before, after, claimed=claimed, weights=weights)
