"""The digest's own words: kinds, weights, languages, dates, the subject line, coverage and baseline.

Arranges nothing and escapes nothing; every format speaks through these.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Final

from crawler.digest.visible import line
from crawler.values import Baseline, Digest, Event, Figure, Kind, SiteCoverage, Undelivered, utc

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LANGUAGES: Final = {
    "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fr": "French", "hi": "Hindi", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "my": "Burmese", "nl": "Dutch", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "so": "Somali", "sw": "Swahili", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
# What the subject counts, in its order: one and several.
_COUNTED: Final = {
    "new": ("new", "new"),
    "figure": ("figure changed", "figures changed"),
    "removed": ("removed", "removed"),
    "withdrawn": ("passage withdrawn", "passages withdrawn"),
    "changed": ("changed", "changed"),
    "restored": ("restored", "restored"),
    "reverted": ("reverted", "reverted"),
    "retitled": ("retitled", "retitled"),
    "redated": ("redated", "redated"),
    "moved": ("moved", "moved"),
    "translation": ("translation", "translations"),
    "redesigned": ("site redesigned", "sites redesigned"),
    "boilerplate": ("standing text changed", "standing texts changed"),
    "blocked": ("site blocked", "sites blocked"),
    "recovered": ("site recovered", "sites recovered"),
    "unlisted": ("unlisted", "unlisted"),
}
_FIGURE_KINDS: Final = {Kind.CHANGED, Kind.RETITLED, Kind.REDATED, Kind.WITHDRAWN, Kind.REVERTED}
_MOST_COUNTS = 6  # counts named before the rest is summed up


def counted_as(event: Event) -> str:
    """What the event counts as: its kind's word, or "figure" for a change of figures."""
    return "figure" if event.figures and event.kind in _FIGURE_KINDS else event.kind.value


def label(event: Event) -> str:
    """The event's kind as a reader meets it, lower case: "figure changed", "new", "moved"."""
    kind = counted_as(event)
    if kind == "figure":
        return _COUNTED[kind][len(event.figures) > 1]
    return "standing text changed" if kind == "boilerplate" else kind


def essence(digest: Digest) -> str:
    """What the digest says, in one line: "3 new, 1 figure changed, 1 removed"."""
    counts = Counter(counted_as(event) for event in digest.events)
    named = [(counts[kind], words) for kind, words in _COUNTED.items() if counts[kind]]
    parts = [f"{number(n)} {words[n > 1]}" for n, words in named[:_MOST_COUNTS]]
    if len(named) > _MOST_COUNTS:
        parts.append(f"{number(sum(n for n, _ in named[_MOST_COUNTS:]))} more")
    found = sum(baseline.found for baseline in digest.baselines)
    if found:
        parts.append(f"watching {count(found, 'release')}")
    if parts:
        return ", ".join(parts)
    if digest.baselines:
        return "watching began"
    shut = [site.site for site in digest.coverage if site.known and site.blocked * 2 > site.known]
    if shut:  # silence is evidence only with coverage
        return f"nothing new seen, {line(shut[0], 40) if len(shut) == 1 else f'{len(shut)} sites'} blocked"
    return "nothing new"


def subject(digest: Digest) -> str:
    """The letter's subject: one printable line, "IOM: 3 new, 1 figure changed, 1 removed"."""
    return f"IOM: {essence(digest)}"


def weight(value: int) -> str:
    """A weight of 0-100 in words: below 40 low, from 70 high."""
    return "high" if value >= 70 else "medium" if value >= 40 else "low"


def language(tag: str | None) -> str:
    """The language's English name, the tag itself where it has none here, or ""."""
    shown = line(tag, 20)
    return _LANGUAGES.get(shown.partition("-")[0].lower(), shown)


def count(n: int, noun: str) -> str:
    return f"{number(n)} {noun}" if n == 1 else f"{number(n)} {noun}s"


def number(value: float | int | str | None) -> str:
    """A number with its thousands apart; "—" for None; anything else as it stands."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return day(value)
    if not abs(value) < 1e15:  # also NaN; and an int of thousands of digits has no short form
        return "a very large number" if value == value else "not a number"
    return (
        f"{int(value):,}" if value == int(value) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"
    )


def figure(item: Figure) -> tuple[str, str, str, str]:
    """(what, before, after, how far): "displaced people", "12,400", "21,400", "+73 %"."""
    unit = f" {line(item.unit, 10)}" if item.unit not in ("", "date") else ""
    before, after = (
        line(text, 60) or (number(value) + unit if value is not None else "—")
        for text, value in ((item.before_text, item.before), (item.after_text, item.after))
    )
    return line(item.what, 80), before, after, _step(item)


def _step(item: Figure) -> str:
    before, after = item.before, item.after
    if isinstance(before, str) or isinstance(after, str) or before is None or after is None:
        return ""
    if item.unit in ("%", "date") or not 0 < before < 1e15 or not 0 <= after < 1e15:
        return ""
    percent = round((after - before) * 100 / before)
    return f"{percent:+,} %".replace("-", "−") if percent and abs(percent) <= 1_000 else ""


def day(text: str | None) -> str:
    """An ISO date or datetime as "3 March 2026" (with the time where it has one); else as it stands."""
    shown = line(text, 40)
    try:
        return _day(date.fromisoformat(shown))
    except ValueError:
        pass  # not a plain date: perhaps one with a time
    try:
        parsed = datetime.fromisoformat(shown)
    except ValueError:
        return shown
    return moment(parsed) if parsed.tzinfo else f"{_day(parsed.date())}, {parsed:%H:%M}"


def moment(at: datetime) -> str:
    """An aware datetime as "2 March 2026, 06:00 UTC"."""
    try:
        at = utc(at)
    except OverflowError:  # year 1 or 9999 at the edge of its zone
        at = at.replace(tzinfo=UTC)
    return f"{_day(at.date())}, {at:%H:%M} UTC"


def _day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(digest: Digest) -> str:
    until = moment(digest.until)
    return f"{moment(digest.since)} to {until}" if digest.since else f"from the beginning to {until}"


def coverage(site: SiteCoverage, until: datetime, most: int = 10) -> str:
    """What was read of a site: "Read 24 of 25 known pages of iom; 1 blocked since 1 March; …."."""
    parts = [f"Read {number(site.read)} of {count(site.known, 'known page')} of {line(site.site, 60)}"]
    if site.blocked:
        since = f" since {_since(site.blocked_since, until)}" if site.blocked_since else ""
        parts.append(f"{number(site.blocked)} blocked{since}")
    if site.missing:
        parts.append(f"{number(site.missing)} missing")
    if site.waiting:
        parts.append(f"{number(site.waiting)} not read yet")
    said = [line(text, 240).rstrip(".") for text in (*site.troubles, *site.disagreements)]
    parts += [text for text in said[:most] if text]
    if len(said) > most:
        parts.append(f"{number(len(said) - most)} more remarks")
    return "; ".join(parts) + "."


def _since(at: datetime, until: datetime) -> str:
    at, until = utc(at), utc(until)
    same_year = at.year == until.year
    return f"{at.day} {_MONTHS[at.month - 1]}" if same_year else _day(at.date())


def baseline(begun: Baseline) -> str:
    """What was there before: "Watching began: 24 releases of iom were already there; they are not news."."""
    what = f"Watching of {line(begun.source, 200)} began" if begun.source else "Watching began"
    were = "was" if begun.found == 1 else "were"
    said = f"{what}: {count(begun.found, 'release')} of {line(begun.site, 60)} {were} already there; "
    unread = begun.found - begun.read
    end = "it is not news." if begun.found == 1 else "they are not news."
    return said + end + (f" {number(unread)} still to be read." if unread > 0 else "")


def undelivered(letter: Undelivered) -> str:
    """An earlier letter that a person must see to: "Undelivered: "IOM: 3 new" of 1 March 2026 to …."."""
    when = _day(utc(letter.composed_at).date())
    why = line(letter.detail, 240).rstrip(".")
    subject, to = line(letter.subject, 120), line(letter.recipient, 120)
    return f"Undelivered and no longer tried: “{subject}” of {when} to {to}: {why}."
