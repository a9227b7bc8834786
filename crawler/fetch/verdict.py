"""Says what an answer's status and headers mean.

Does not look at the body, which has its own judge; a status table and the headers of challenges are here.
"""

from __future__ import annotations

from crawler.values import Fetched

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_GONE = frozenset({404, 410})
_NAMES = {
    401: "asks for a login",
    403: "forbidden",
    407: "a proxy asks for a login",
    429: "too many requests",
    451: "withheld for legal reasons",
}


def verdict(status: int, headers: dict[str, str], *, conditional: bool) -> tuple[Fetched, str]:
    """The outcome by status and headers, and why in words. OK: now the body decides.

    `conditional` says whether validators were sent: without them a 304 answers nothing we asked.
    """
    challenge = _challenge(headers)
    if challenge is not None:
        return Fetched.REFUSED, challenge
    if status == 200:
        return Fetched.OK, ""
    if status == 304 and conditional:
        return Fetched.NOT_MODIFIED, ""
    if status in _GONE:
        return Fetched.GONE, f"status {status}"
    if 400 <= status < 500:
        return Fetched.REFUSED, f"status {status}" + (f", {_NAMES[status]}" if status in _NAMES else "")
    if status >= 500:
        return Fetched.SERVER_ERROR, f"status {status}"
    return Fetched.UNSUPPORTED, f"status {status}, which is no answer to what was asked"


def _challenge(headers: dict[str, str]) -> str | None:
    """A page that a firewall put before the real one, told by the header it marks it with."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "a challenge page (cf-mitigated)"
    for name in ("x-amzn-waf-action", "x-vercel-mitigated"):
        if action := headers.get(name, "").lower():
            return f"a challenge page ({name}: {action[:40]})"
    return None
