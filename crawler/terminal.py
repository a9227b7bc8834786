"""Text from the network made safe for a terminal: no control characters, no escape sequences."""

from __future__ import annotations

import re

# C0 but tab and newline, DEL, C1, the bidirectional overrides, line and paragraph separators
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]")


def printable(text: str) -> str:
    """`text` without what a terminal would obey instead of showing (as in CVE-2020-7694)."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)
