"""What stands on the simulated site at a moment: the releases, the moved, the gone.

Plays the script of `timeline`; renders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType

from crawler.demo.release import Release
from crawler.demo.timeline import STANDING, TIMELINE, Happening, Trouble
from crawler.values import Kind, utc

# The end of the maintenance: every page is rendered afresh, and files lie in another folder.
DEPLOYED = next(line.until for line in TIMELINE if line.trouble is Trouble.MAINTENANCE and line.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The site between two happenings."""

    releases: Mapping[str, Release]  # by path; newest first
    gone: Mapping[str, int]  # path → status
    moved: Mapping[str, str]  # old path → new path
    changed: datetime  # when anything last changed

    def family(self, release: Release) -> tuple[Release, ...]:
        """The editions that share a node, `release` among them."""
        return tuple(other for other in self.releases.values() if other.node == release.node)

    def fresh(self, release: Release) -> datetime:
        """Since when the page of `release` has had its present content, links to translations included."""
        joined = [*(edition.published for edition in self.family(release)), release.lastmod]
        return max(moment for moment in joined if moment <= self.changed)


def world(now: datetime) -> World:
    """The site at `now` (aware). Raises ValueError for a naive datetime."""
    passed = sum(line.kind is not None and line.at <= utc(now) for line in TIMELINE)
    return _after(passed)


@cache
def _after(passed: int) -> World:
    """The site after that many events."""
    releases = {release.path: release for release in STANDING}
    gone: dict[str, int] = {}
    moved: dict[str, str] = {}
    taken_down: dict[str, Release] = {}
    changed = max(release.lastmod for release in STANDING)
    for line in [line for line in TIMELINE if line.kind is not None][:passed]:
        changed = line.at
        if line.kind is Kind.REMOVED and line.status is not None:
            taken_down[line.path] = releases.pop(line.path)
            gone[line.path] = line.status
        elif line.kind is Kind.RESTORED:
            del gone[line.path]
            releases[line.path] = replace(taken_down[line.path], modified=line.at)
        elif line.release is not None:
            releases[line.path] = line.release
        else:
            edited = _edited(releases.pop(line.old_path or line.path), line)
            releases[edited.path] = edited
            if line.old_path is not None:
                moved[line.old_path] = edited.path
    newest_first = sorted(
        releases.values(), key=lambda release: (release.published, release.path), reverse=True
    )
    return World(
        releases=MappingProxyType({release.path: release for release in newest_first}),
        gone=MappingProxyType(gone),
        moved=MappingProxyType(moved),
        changed=changed,
    )


def _edited(release: Release, line: Happening) -> Release:
    """`release` as `line` leaves it. Raises ValueError where the script does not fit the text."""
    text = release.text
    for before, after in line.swaps:
        if text.count(before) != 1:
            raise ValueError(f"{release.path} does not say {before!r} once")
        text = text.replace(before, after)
    return replace(
        release,
        path=line.path,
        headline=line.title,
        published=line.published or release.published,
        text=text,
        modified=line.at,
    )


def rendered_at(now: datetime, *, offset: int, fresh: datetime, lifetime: timedelta) -> datetime:
    """When the copy that a cache holds at `now` was rendered, to the second.

    A copy lives until the content changes, or `lifetime` after the last; pages expire at different
    seconds (`offset`) of the same period.
    """
    period = int(lifetime.total_seconds())
    seconds = int(utc(now).timestamp())
    expired = datetime.fromtimestamp(seconds - (seconds - offset) % period, tz=now.tzinfo)
    deployed = [DEPLOYED] if now >= DEPLOYED else []
    return max(utc(expired), utc(fresh), *deployed)
