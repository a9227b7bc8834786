"""What a round did, in numbers: for a person and for the exit status. It does nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLooked:
    """What a round did at one site."""

    site: str
    asked: int
    read: int
    events: int
    blocked: int
    missing: int  # of them, that were not removed already
    resting: int  # due, and not asked: the host asked for a pause
    sources_answered: int
    sources: int

    @classmethod
    def at_rest(cls, site: str, sources: int) -> Self:
        """Nothing was due there: all its sources answered when they were asked last."""
        return cls(
            site=site,
            asked=0,
            read=0,
            events=0,
            blocked=0,
            missing=0,
            resting=0,
            sources_answered=sources,
            sources=sources,
        )

    @property
    def needs_a_person(self) -> bool:
        """Blocked or unreachable as a whole: nothing answered, or most pages were not to be had."""
        silent = self.sources_answered == 0 and self.read == 0 and (self.sources > 0 or self.asked > 0)
        wanted = self.asked + self.resting
        return silent or 2 * (self.blocked + self.resting) > wanted or 1 < wanted == self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    round_id: int
    sites: tuple[SiteLooked, ...]
    whole: bool  # False: it was stopped before everything due was reached

    @property
    def events(self) -> int:
        return sum(site.events for site in self.sites)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of the outbox in a run: recipients by state, and why some were not reached."""

    sent: int
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did, for a person and for the exit status."""

    looked: Looked
    told: Told | None  # None: nothing was told, for a signal came
    letters: int

    @property
    def needs_a_person(self) -> bool:
        return any(site.needs_a_person for site in self.looked.sites) or bool(
            self.told and self.told.troubles
        )
