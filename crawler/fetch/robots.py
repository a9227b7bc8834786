"""What a host's robots.txt says, by RFC 9309.

Does not fetch it. Matching is protego's; before it, lines that cannot matter are taken out and group names
compared here, because protego lets an unknown line end a group and matches the beginning of a name.
Where RFC 9309 and Google's parser differ (escaped letters, as %62 for b), both must allow.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass

from protego import Protego

from crawler.fetch.exchange import Answer
from crawler.urls import absolute
from crawler.values import Fetched

MOST = 512_000  # bytes that are parsed (RFC 9309, 2.5: at least 500 KiB)
_TOKEN = re.compile(r"[^\s/]+")
_FIELD = re.compile(r"\s*([A-Za-z-]+)")
_GROUP_FIELDS = frozenset({"user-agent", "useragent"})
_OTHER_FIELDS = frozenset(
    {"allow", "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "sitemap", "sitemaps"}
    | {"site-map", "crawl-delay", "crawl"}
)
_NOBODY = "!"  # a group name that no product token contains
# The percent sign of an escape that nobody needed: of a letter, a digit, "-", ".", "_" or "~".
_NEEDLESS = re.compile(r"%(?=2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one host for one product token."""

    source: str  # "robots.txt of www.iom.int"
    token: str
    rules: Protego | None = None  # None: everything is allowed, or see `closed`
    literal: Protego | None = None  # the same, "%62" being no "b"
    closed: str | None = None  # why nothing is allowed, in words
    outcome: Fetched = Fetched.DISALLOWED  # what a page that is refused by `closed` ends as
    sitemaps: tuple[str, ...] = ()
    crawl_delay: float | None = None

    def refusal(self, url: str) -> str | None:
        """Why `url` may not be asked for, in words; None where it may."""
        if self.closed is not None:
            return self.closed
        readings = ((self.rules, url), (self.literal, _as_written(url)))
        if all(rules is None or rules.can_fetch(address, self.token) for rules, address in readings):
            return None
        return f"{self.source} disallows it for {self.token}"


def product_token(user_agent: str) -> str:
    """The name that groups are matched with: what stands before "/" and the first space."""
    match = _TOKEN.search(user_agent)
    return match[0] if match else ""


def read_robots(body: bytes, *, url: str, token: str, source: str) -> Robots:
    """The rules in `body`, whatever it is; a page in place of the file has none."""
    text = _relevant(_decode(body[:MOST]), token)
    rules = Protego.parse(text)
    listed = (absolute(line, url) for line in rules.sitemaps)
    delay = rules.crawl_delay(token)
    return Robots(
        source=source,
        token=token,
        rules=rules,
        literal=Protego.parse(_as_written(text)) if _NEEDLESS.search(text) else rules,
        sitemaps=tuple(dict.fromkeys(address for address in listed if address)),
        crawl_delay=delay if delay is not None and math.isfinite(delay) and delay > 0 else None,
    )


def judge_robots(answer: Answer, *, url: str, token: str, source: str, moved: bool = False) -> Robots:
    """What the answer to a request for robots.txt allows (RFC 9309, 2.3.1; stricter for 401 and 403).

    `url` is where the answer came from, `moved` whether a redirect led there.
    """
    status = answer.status
    if answer.outcome is Fetched.OK:
        return read_robots(answer.body, url=url, token=token, source=source)
    if status in (401, 403) or (answer.outcome is Fetched.REFUSED and status is not None and status < 400):
        return Robots(
            source=source, token=token, closed=f"{source} is refused ({answer.detail}): nothing is asked"
        )
    if status == 204 or (status is not None and 400 <= status < 500 and status != 429):
        return Robots(source=source, token=token)
    closed = f"{source} could not be read ({answer.detail}): disallowed for now"
    if answer.outcome is Fetched.RESTING or (answer.outcome is Fetched.FORBIDDEN and not moved):
        return Robots(source=source, token=token, closed=answer.detail, outcome=answer.outcome)
    return Robots(source=source, token=token, closed=closed)


def _relevant(text: str, token: str) -> str:
    """The lines of rules, Crawl-delay and Sitemap; the names of groups that are not ours blotted out."""
    kept = []
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match is None:
            continue
        field = match[1].lower()
        if field in _GROUP_FIELDS:
            kept.append(f"User-agent: {_group(line[match.end() :], token)}")
        elif field in _OTHER_FIELDS:
            kept.append(line)
    return "\n".join(kept)


def _group(rest: str, token: str) -> str:
    """`*`, our token, or nobody. The name is compared whole and without case (RFC 9309, 2.2.1)."""
    match = _TOKEN.search(rest.partition("#")[0].lstrip(" \t:"))
    name = match[0].lower() if match else ""
    if name == "*":
        return "*"
    return token if name and name == token.lower() else _NOBODY


def _as_written(text: str) -> str:
    """`text`, its needless escapes escaped, so that protego's normalising leaves them alone."""
    return _NEEDLESS.sub("%25", text)


def _decode(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")
