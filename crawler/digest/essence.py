"""A digest in one line: what it has, counted by items as its sections are; and the subject made of it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from crawler.digest import editions, words
from crawler.digest.tongue import counted, say, says
from crawler.digest.visible import line
from crawler.values import Digest

# What the subject counts, in its order: one and several.
_COUNTED: Final = {
    "new": counted("{n} new", "{n} new"),
    "figure": counted("{n} figure changed", "{n} figures changed"),
    "removed": counted("{n} removed", "{n} removed"),
    "withdrawn": counted("{n} passage withdrawn", "{n} passages withdrawn"),
    "changed": counted("{n} changed", "{n} changed"),
    "restored": counted("{n} restored", "{n} restored"),
    "reverted": counted("{n} reverted", "{n} reverted"),
    "retitled": counted("{n} retitled", "{n} retitled"),
    "redated": counted("{n} redated", "{n} redated"),
    "moved": counted("{n} moved", "{n} moved"),
    "translation": counted("{n} translation", "{n} translations"),
    "redesigned": counted("{n} site redesigned", "{n} sites redesigned"),
    "boilerplate": counted("{n} standing text changed", "{n} standing texts changed"),
    "blocked": counted("{n} site blocked", "{n} sites blocked"),
    "recovered": counted("{n} site recovered", "{n} sites recovered"),
    "unlisted": counted("{n} unlisted", "{n} unlisted"),
}
_MOST_COUNTS = 6  # counts named before the rest is summed up


def essence(digest: Digest) -> str:
    """What the digest says, in one line, its items counted: "3 new, 1 figure changed, 1 removed"."""
    counts = Counter(words.counted_as(event) for event in editions.leads(digest.events))
    named = [(counts[kind], forms) for kind, forms in _COUNTED.items() if counts[kind]]
    parts = [says(*forms, n) for n, forms in named[:_MOST_COUNTS]]
    if len(named) > _MOST_COUNTS:
        more = sum(n for n, _ in named[_MOST_COUNTS:])
        parts.append(says("{n} more", "{n} more", more))
    found = sum(baseline.found for baseline in digest.baselines)
    if found:
        parts.append(says("watching {n} release", "watching {n} releases", found))
    if parts:
        return say(", ").join(parts)
    if digest.baselines:
        return say("watching began")
    shut = [site.site for site in digest.coverage if site.known and site.blocked * 2 > site.known]
    if len(shut) == 1:  # silence is evidence only with coverage
        return say("nothing new seen, {site} blocked", site=line(shut[0], 40))
    if shut:
        return says("nothing new seen, {n} site blocked", "nothing new seen, {n} sites blocked", len(shut))
    return say("nothing new")


def subject(digest: Digest) -> str:
    """The letter's subject: one printable line, "IOM: 3 new, 1 figure changed, 1 removed"."""
    if digest.late_since is not None:
        return say("IOM (late): {essence}", essence=essence(digest))
    return say("IOM: {essence}", essence=essence(digest))
