"""What a digest of 1,000 events costs: composed and rendered in every format. CPU time and peak memory.

    python -m benchmarks.letters

The bound that it is held to is 2 s of CPU and 150 MB; no test measures time. The events are made here:
a third new, a third changed with figures and redlines of twenty paragraphs, the rest of six kinds.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from crawler.digest import Format, letter, render
from crawler.values import Digest, Event, Figure, Kind, Letter, Op, Segment, SiteCoverage

EVENTS = 1_000
NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
PLACES = ("Port Sudan, Sudan", "N'Djamena, Tchad", "La Paz, Bolivia", "Geneva", "القاهرة، مصر", "Cox's Bazar")
SENTENCE = (
    "Teams on the ground have registered families who left three districts after the rains of last week. "
)
T = TypeVar("T")
EDITED = ((Op.KEEP, SENTENCE), (Op.DELETE, "12,400"), (Op.INSERT, "21,400"), (Op.KEEP, " people."))
KINDS = (Kind.NEW, Kind.CHANGED, Kind.REMOVED, Kind.TRANSLATION, Kind.RETITLED, Kind.MOVED)


def event(number: int) -> Event:
    kind = (Kind.NEW, Kind.CHANGED, KINDS[number // 3 % len(KINDS)])[number % 3]
    changed = kind is Kind.CHANGED
    url = f"https://www.iom.int/news/release-number-{number}-with-a-slug-of-usual-length"
    return Event(
        id=f"{number:024x}", kind=kind, facts=(kind,), site="iom", url=url, canonical_url=url,
        language="ar" if number % 7 == 0 else "en", direction="rtl" if number % 7 == 0 else "ltr",
        title=f"Release {number}: Families Reach Safety as the Rains Go On",
        title_before=f"Release {number}" if kind is Kind.RETITLED else None,
        published="2026-03-03", published_before=None, dateline=PLACES[number % len(PLACES)],
        summary=SENTENCE * 5, seen_at=NOW - timedelta(minutes=number), between=(NOW - timedelta(days=1), NOW),
        figures=tuple(
            Figure(what="displaced people", before=12_400 + n, after=21_400 + n, unit="")
            for n in range(3 if changed else 0)
        ),
        redline=tuple(
            Segment(op=op, text=text, paragraph=paragraph)
            for paragraph in range(20 if changed else 0)
            for op, text in EDITED
        ),
        weight=100 - number % 100, reasons=("a quote changed", "14 words changed"), before=None, after=None,
    )  # fmt: skip


def digest() -> Digest:
    site = SiteCoverage(
        site="iom", known=1210, read=1204, waiting=0, blocked=6, missing=0, blocked_since=NOW,
        troubles=(), disagreements=(),
    )  # fmt: skip
    events = tuple(sorted(map(event, range(EVENTS)), key=lambda told: -told.weight))
    return Digest(name="bench", since=NOW - timedelta(days=7), until=NOW, events=events, coverage=(site,))


def timed(make: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    made = make()
    return made, time.process_time() - start


def main() -> None:
    told = digest()
    written, total = timed(lambda: letter(told, created_at=NOW, message_id="<bench@localhost>"))
    assert isinstance(written, Letter)
    print(f"{'letter':10} {total:6.2f} s  {(len(written.html) + len(written.page)) / 1e3:9,.0f} kB")
    for format_ in Format:
        text, spent = timed(partial(render, told, format_))
        total += spent
        print(f"{format_.value:10} {spent:6.2f} s  {len(text.encode()) / 1e3:9,.0f} kB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(f"{'all':10} {total:6.2f} s  peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
