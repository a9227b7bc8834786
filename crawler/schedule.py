"""When a digest is due: its schedule, its time zone, its quiet hours, and the slots between two moments.

Pure: the time and the zone are arguments. What was told is not known here: a store keeps each slot's key,
and tells none twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Self

LATE: Final = timedelta(hours=1)  # a round an hour is common: what waits no longer than that is not late
_FURTHEST: Final = 400  # days looked back for slots that were missed: the letter is one all the same

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED: Final = {"daily": frozenset(range(7)), "weekdays": frozenset(range(5)), "weekends": frozenset((5, 6))}
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_CRON: Final = re.compile(r"(@\w+|[\d*/,\-?#lw]+( [\w*/,\-?#]+){4,5})", re.ASCII)
_FORMS: Final = '"weekdays 07:30", "daily 07:30,16:00", "mon,thu 08:00", "hourly" or "at once"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One period of a digest, by the local date and time at which it ends."""

    day: date
    at: time

    @property
    def key(self) -> str:
        """ "2026-03-04 07:30": names the period, whatever the clocks do."""
        return f"{self.day.isoformat()} {self.at:%H:%M}"

    @classmethod
    def of(cls, key: str) -> Self:
        day, _, at = key.partition(" ")
        return cls(day=date.fromisoformat(day), at=time.fromisoformat(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """At these local times on these days of the week (0: Monday). No times: at once."""

    days: frozenset[int] = frozenset(range(7))
    times: tuple[time, ...] = ()

    @property
    def at_once(self) -> bool:
        return not self.times


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The local hours in which nothing is sent: from `start` until before `end`, over midnight too."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a digest is told: schedule and quiet hours, in a zone."""

    schedule: Schedule = Schedule()
    zone: tzinfo = UTC
    quiet: Quiet | None = None

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet is not None and self.quiet.holds(now.astimezone(self.zone).time())

    def begins(self, slot: Slot) -> datetime:
        """The moment of a slot. A local time that the clocks skip is as long after midnight as it says;
        one that they show twice is the first."""
        return datetime.combine(slot.day, slot.at, tzinfo=self.zone).astimezone(UTC)

    def ready(self, slot: Slot) -> datetime:
        """When the slot may be told: its moment, or the end of the quiet hours it falls into."""
        at = self.begins(slot)
        if self.quiet is None or not self.is_quiet(at):
            return at
        local = at.astimezone(self.zone)
        day = local.date() + timedelta(days=self.quiet.end <= local.time())
        end = datetime.combine(day, self.quiet.end, tzinfo=self.zone)
        return max(at, end.astimezone(UTC), end.replace(fold=1).astimezone(UTC))


def schedule(written: str) -> Schedule:
    """The schedule that is written so. Raises ValueError, saying how one is written."""
    words = " ".join(written.casefold().split())
    if words == "at once":
        return Schedule()
    if words == "hourly":
        return Schedule(times=tuple(time(hour) for hour in range(24)))
    named, _, times = words.rpartition(" ")
    days = _NAMED.get(named) or _listed(named)
    found = [clock(at.strip()) for at in times.split(",")]
    if not days or None in found:
        cron = 'cron expressions are not taken ("30 7 * * 1-5" is "weekdays 07:30"); '
        raise ValueError(f"{cron if _CRON.fullmatch(words) else ''}write a schedule as {_FORMS}")
    return Schedule(days=days, times=tuple(sorted({at for at in found if at is not None})))


def _listed(words: str) -> frozenset[int]:
    """ "mon, thu" → {0, 3}; nothing where a word is no day."""
    names = [name.strip() for name in words.split(",")]
    known = {name: index for index, name in enumerate(_DAYS)}
    return frozenset(known[name] for name in names) if all(name in known for name in names) else frozenset()


def clock(written: str) -> time | None:
    found = _TIME.fullmatch(written)
    return time(int(found[1]), int(found[2])) if found else None


def quiet_hours(written: str) -> Quiet:
    """The hours that are written so. Raises ValueError, saying how they are written."""
    first, _, last = written.partition("-")
    start, end = clock(first.strip()), clock(last.strip())
    if start is None or end is None or start == end:
        raise ValueError('write quiet hours as "22:00-07:00"')
    return Quiet(start=start, end=end)


def due(plan: Plan, last: Slot | None, now: datetime) -> tuple[Slot, ...]:
    """The slots that may be told now, oldest first: those after `last` whose time has come.

    None in quiet hours; none without a `last` (the digest begins: see `reached`), and none while the
    clock stands before it: then it was set back, and `reached` is where to go on from.
    """
    if last is None or plan.is_quiet(now):
        return ()
    after = _order(plan, last)
    return tuple(slot for order, slot in _until(plan, now, last.day) if order > after)


def reached(plan: Plan, last: Slot | None, now: datetime) -> Slot | None:
    """How far the slots have come: the latest one whose time has come; `last` where it need not move."""
    if last is not None and plan.begins(last) <= now:
        newer = due(plan, last, now)
        return newer[-1] if newer else last
    slots = _until(plan, now, now.astimezone(plan.zone).date() - timedelta(days=8))
    return slots[-1][1] if slots else None


def next_ready(plan: Plan, now: datetime) -> datetime | None:
    """When the next slot after `now` may be told; None where all is told at once."""
    if plan.schedule.at_once:
        return None
    today = now.astimezone(plan.zone).date()
    coming = (plan.ready(slot) for slot in _slots(plan, today - timedelta(days=1), today + timedelta(days=9)))
    return min((at for at in coming if at > now), default=None)


def is_late(plan: Plan, slot: Slot, now: datetime) -> bool:
    return now - plan.ready(slot) > LATE


def _until(plan: Plan, now: datetime, first: date) -> list[tuple[tuple[datetime, str], Slot]]:
    """The slots from about `first` to `now`, in their order."""
    today = now.astimezone(plan.zone).date()
    day = max(first - timedelta(days=2), today - timedelta(days=_FURTHEST))
    slots = [(_order(plan, slot), slot) for slot in _slots(plan, day, today + timedelta(days=1))]
    return sorted([found for found in slots if found[0][0] <= now], key=lambda found: found[0])


def _order(plan: Plan, slot: Slot) -> tuple[datetime, str]:
    """By moment: where the clocks skip an hour, 02:30 comes after 03:00."""
    return plan.begins(slot), slot.key


def _slots(plan: Plan, day: date, until: date) -> Iterator[Slot]:
    while day <= until:
        if day.weekday() in plan.schedule.days:
            for at in plan.schedule.times:
                yield Slot(day=day, at=at)
        day += timedelta(days=1)
