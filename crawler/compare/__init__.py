"""Two readings of a release → what changed: kind, redline, figures, weight. Pure: values in, values out.

It reads no page and keeps nothing.
"""

from crawler.compare.change import compare
from crawler.compare.figures import figures
from crawler.compare.redline import align, redline
from crawler.compare.same import fingerprint, text_fingerprint
from crawler.compare.weight import weigh, weight_of

__all__ = [
    "align",
    "compare",
    "figures",
    "fingerprint",
    "redline",
    "text_fingerprint",
    "weigh",
    "weight_of",
]
