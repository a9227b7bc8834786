"""Tells addresses that a site makes without end: what they have in common, and how many of them to take.

Asks nobody, and knows no page: an address beyond a budget may well be a release, and is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import unquote

from crawler.urls import target
from crawler.values import Crowd

LONGEST = 2_000  # characters; an Arabic headline, escaped, takes a thousand
DEEPEST = 20  # segments, as Heritrix has it
REPEATS = 3  # of the same segments in a row: two occur ("/news//"), Heritrix too allows two
ALL = "all addresses"
_MOST_CROWDS = 100  # that are told apart
_SHOWN = 200  # characters of a pattern

_UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
_RUN = re.compile(r"[0-9A-Za-z]+|\d+")
_DIGITS = re.compile(r"\d+")
_LEAST_ID = 8  # characters: letters and digits mixed in a word that long are an id


def pattern(url: str) -> str:
    """What `url` has in common with addresses made as it was: path and query, with "0" for numbers, "*" for
    ids and for whatever a parameter says: "/event/0?month=*"."""
    path, _, query = target(url).partition("?")
    path = _RUN.sub(_general, _UUID.sub("*", unquote(path)))
    names = sorted({_RUN.sub(_general, unquote(part.partition("=")[0])) for part in query.split("&") if part})
    return path + ("?" + "&".join(f"{name}=*" for name in names) if names else "")


def _general(run: re.Match[str]) -> str:
    word = run[0]
    if word.isdigit():
        return "0"
    bare = _DIGITS.sub("0", word)
    return "*" if len(word) >= _LEAST_ID and bare != word else bare


def suspect(url: str) -> str | None:
    """Why an address looks made by a site that leads in circles; None where it does not."""
    if len(url) > LONGEST:
        return f"longer than {LONGEST:,} characters"
    segments = target(url).partition("?")[0].split("/")[1:]
    if len(segments) > DEEPEST:
        return f"more than {DEEPEST} segments deep"
    for period in range(1, len(segments) // REPEATS + 1):
        same = 0
        for here, there in zip(segments, segments[period:], strict=False):
            same = same + 1 if here == there and not here.isdigit() else 0
            if same == period * (REPEATS - 1):
                return f"repeats its path {REPEATS} times"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many addresses a site may have."""

    addresses: int
    alike: int  # of one pattern
    queries: int  # of one path


@dataclass(slots=True, kw_only=True)
class Intake:
    """Which new addresses of a site are taken. Takes as many as are left by those that are `known`."""

    budget: Budget
    known: Iterable[str]
    refused: int = 0
    _addresses: int = 0
    _counts: Counter[int] = field(default_factory=Counter)  # by the hash of the pattern
    _crowds: dict[str, tuple[int, str]] = field(default_factory=dict)  # how many were refused, the first

    def __post_init__(self) -> None:
        for url in self.known:
            self._count(_key(pattern(url)))
        self.known = ()

    def takes(self, url: str) -> bool:
        """Whether this new address is taken; it counts from now on."""
        common = pattern(url)
        key = _key(common)
        most = self.budget.queries if "?" in common else self.budget.alike
        why = suspect(url)
        if why is None and self._counts[key] >= most:
            why = common if len(common) <= _SHOWN else f"{common[:_SHOWN]}…"
        if why is None and self._addresses >= self.budget.addresses:
            why = ALL
        if why is None:
            self._count(key)
            return True
        if why not in self._crowds and len(self._crowds) >= _MOST_CROWDS:
            why = "other patterns"
        count, example = self._crowds.get(why, (0, url))
        self._crowds[why] = count + 1, example
        self.refused += 1
        return False

    @property
    def crowds(self) -> tuple[Crowd, ...]:
        """What was refused, the largest crowd first."""
        found = (
            Crowd(pattern=why, refused=count, example=example)
            for why, (count, example) in self._crowds.items()
        )
        return tuple(sorted(found, key=lambda crowd: -crowd.refused))

    def _count(self, key: int) -> None:
        self._addresses += 1
        self._counts[key] += 1


def _key(common: str) -> int:
    return int.from_bytes(blake2b(common.encode("utf-8", "replace"), digest_size=8).digest())
