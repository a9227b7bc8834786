"""When to look again: pages by the hazard of their age, sources by what they bring, within a budget.

Pure: time and chance are arguments; nothing is kept here. `rules` has the fixed waits (blocked, missing),
`hazard` what is learned, `looking` when a look pays, `signals` whom to believe, `silence` when a site has
stopped to publish, `covering` when less of it is read than usual.
"""

from __future__ import annotations

from crawler.pace.covering import is_less, usual
from crawler.pace.rules import attachment_due, born, next_due, page_class
from crawler.pace.silence import silent_since

__all__ = ["attachment_due", "born", "is_less", "next_due", "page_class", "silent_since", "usual"]
