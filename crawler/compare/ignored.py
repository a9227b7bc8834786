"""What a desk does not want told, by its own rules: whether a rule hides an event, by the event alone.

What a selector hides is not decided here: for that the bodies are read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from crawler.compare.standing import altered
from crawler.values import Event, Kind

OF_TEXT = frozenset({Kind.CHANGED, Kind.WITHDRAWN, Kind.REVERTED, Kind.BOILERPLATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One [[ignore]]: all that it names must hold of an event."""

    reason: str
    site: str | None = None
    kind: Kind | None = None
    text: str | None = None  # a regular expression, upper and lower case alike
    selector: str | None = None
    until: date | None = None  # its last day

    def expired(self, today: date) -> bool:
        return self.until is not None and today > self.until


def hides(rule: Rule, event: Event) -> bool:
    """Whether the rule hides the event, as far as site, kind, day and text say."""
    if rule.site is not None and event.site != rule.site:
        return False
    if rule.kind is not None and event.kind is not rule.kind:
        return False
    if rule.expired(event.seen_at.date()):
        return False
    return rule.text is None or _all_match(re.compile(rule.text, re.IGNORECASE), event)


def _all_match(pattern: re.Pattern[str], event: Event) -> bool:
    """Whether each passage, link, document and contact that changed matches, before or after, and nothing
    else changed."""
    if not set(event.facts) <= OF_TEXT or event.title_before is not None:
        return False
    pieces = altered(0, event).pieces
    return bool(pieces) and all(
        not piece.unshown and (pattern.search(piece.before) or pattern.search(piece.after))
        for piece in pieces
    )
