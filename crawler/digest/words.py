"""The digest's own words: kinds, weights, languages, dates, coverage and baseline.

Arranges nothing and escapes nothing; every format speaks through these.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from crawler.digest import interpret, tongue
from crawler.digest.tongue import day_of_month, noted, say, says
from crawler.digest.visible import line, unbroken
from crawler.values import Baseline, Digest, Event, Figure, Kind, SiteCoverage, Undelivered, utc

_MONTHS: Final = (
    noted("January"), noted("February"), noted("March"), noted("April"), noted("May"), noted("June"),
    noted("July"), noted("August"), noted("September"), noted("October"), noted("November"),
    noted("December"),
)  # fmt: skip
_DAYS: Final = (
    noted("Monday"), noted("Tuesday"), noted("Wednesday"), noted("Thursday"), noted("Friday"),
    noted("Saturday"), noted("Sunday"),
)  # fmt: skip
_LANGUAGES: Final = {
    "am": noted("Amharic"), "ar": noted("Arabic"), "bn": noted("Bengali"), "de": noted("German"),
    "el": noted("Greek"), "en": noted("English"), "es": noted("Spanish"), "fa": noted("Persian"),
    "fr": noted("French"), "hi": noted("Hindi"), "it": noted("Italian"), "ja": noted("Japanese"),
    "ko": noted("Korean"), "my": noted("Burmese"), "nl": noted("Dutch"), "pl": noted("Polish"),
    "ps": noted("Pashto"), "pt": noted("Portuguese"), "ro": noted("Romanian"), "ru": noted("Russian"),
    "so": noted("Somali"), "sw": noted("Swahili"), "th": noted("Thai"), "tr": noted("Turkish"),
    "uk": noted("Ukrainian"), "ur": noted("Urdu"), "vi": noted("Vietnamese"), "zh": noted("Chinese"),
}  # fmt: skip
# What one event is called.
_LABELS: Final = {
    "new": noted("new"),
    "removed": noted("removed"),
    "withdrawn": noted("withdrawn"),
    "changed": noted("changed"),
    "restored": noted("restored"),
    "reverted": noted("reverted"),
    "retitled": noted("retitled"),
    "redated": noted("redated"),
    "moved": noted("moved"),
    "translation": noted("translation"),
    "redesigned": noted("redesigned"),
    "boilerplate": noted("standing text changed"),
    "blocked": noted("blocked"),
    "recovered": noted("recovered"),
    "unlisted": noted("unlisted"),
}
_MOST_BLOCKED = 3  # sites named in the line over all of them


def counted_as(event: Event) -> str:
    """What the event counts as: its kind's word, or "figure" for a change of figures, whatever its kind."""
    announced = event.kind in (Kind.NEW, Kind.TRANSLATION)
    return "figure" if event.figures and not announced else event.kind.value


def label(event: Event) -> str:
    """What the event is called, lower case: "new", "moved", "figure changed, moved"."""
    kind = say(_LABELS[event.kind.value])
    if counted_as(event) != "figure":
        return kind
    said = say("figures changed") if len(event.figures) > 1 else say("figure changed")
    return said if event.kind is Kind.CHANGED else say(", ").join((said, kind))


def weight(value: int) -> str:
    """A weight of 0-100 in words: below 40 low, from 70 high."""
    return say("high weight") if value >= 70 else say("medium weight") if value >= 40 else say("low weight")


def language(tag: str | None) -> str:
    """The language's name, the tag itself where it has none here, or ""."""
    shown = line(tag, 20)
    name = _LANGUAGES.get(shown.partition("-")[0].lower())
    return say(name) if name else shown


def number(value: float | int | str | None) -> str:
    """A number with its thousands apart; "—" for None; anything else as it stands."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return day(value)
    if value != value:
        return say("not a number")
    # an int of thousands of digits has no short form
    return tongue.number(value) if abs(value) < 1e15 else say("a very large number")


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
    sign = "+" if percent > 0 else "−"
    return f"{sign}{tongue.number(abs(percent))} %" if percent and abs(percent) <= 1_000 else ""


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
    if parsed.tzinfo:
        return moment(parsed)
    return say("{day}, {time}", day=_day(parsed.date()), time=f"{parsed:%H:%M}")


def moment(at: datetime) -> str:
    """An aware datetime as "2 March 2026, 06:00 UTC"."""
    try:
        at = utc(at)
    except OverflowError:  # year 1 or 9999 at the edge of its zone
        at = at.replace(tzinfo=UTC)
    return say("{day}, {time} UTC", day=_day(at.date()), time=f"{at:%H:%M}")


def _day(value: date) -> str:
    return say(
        "{day} {month} {year}",
        day=day_of_month(value.day),
        month=say(_MONTHS[value.month - 1]),
        year=value.year,
    )


def period(digest: Digest) -> str:
    until = moment(digest.until)
    if digest.since is None:
        return say("from the beginning to {until}", until=until)
    return say("{since} to {until}", since=moment(digest.since), until=until)


def lateness(digest: Digest) -> str:
    """That the letter is late, or tells what earlier ones should have; "" where neither is so."""
    said = []
    if digest.late_since is not None:
        said.append(say("Late: this letter was due {moment}.", moment=moment(digest.late_since)))
    if digest.missed:
        said.append(
            says(
                "It stands for {n} earlier letter too, which was missed.",
                "It stands for {n} earlier letters too, which were missed.",
                digest.missed,
            )
        )
    return " ".join(said)


def total(digest: Digest) -> str:
    """What was read of all sites together; "" where there is only one."""
    sites = digest.coverage
    if len(sites) < 2:
        return ""
    read, known = sum(site.read for site in sites), sum(site.known for site in sites)
    parts = [_read(read, known)]
    parts += [_blocked(site, digest.until, where=True) for site in sites if site.blocked]
    if len(parts) > _MOST_BLOCKED + 1:
        blocked, shut = sum(site.blocked for site in sites), sum(site.blocked > 0 for site in sites)
        parts[1:] = [
            says(
                "{blocked} blocked on {n} site",
                "{blocked} blocked on {n} sites",
                shut,
                blocked=number(blocked),
            )
        ]
    split = sum(bool(site.disagreements) for site in sites)
    if split:
        parts.append(says("the sources of {n} site disagree", "the sources of {n} sites disagree", split))
    return say("; ").join(parts) + "."


def _read(read: int, known: int, site: str = "") -> str:
    """ "Read 24 of 25 known pages", and of which site."""
    said = says("Read {read} of {n} known page", "Read {read} of {n} known pages", known, read=number(read))
    return say("{read} of {site}", read=said, site=site) if site else said


def _blocked(site: SiteCoverage, until: datetime, *, where: bool = False) -> str:
    said = says("{n} blocked", "{n} blocked", site.blocked)
    if where:
        said = say("{blocked} on {site}", blocked=said, site=line(site.site, 60))
    return (
        say("{blocked} since {day}", blocked=said, day=_since(site.blocked_since, until))
        if site.blocked_since
        else said
    )


def coverage(site: SiteCoverage, until: datetime, most: int = 10) -> str:
    """What was read of a site: "Read 24 of 25 known pages of iom; 1 blocked since Sunday; …."."""
    parts = [_read(site.read, site.known, line(site.site, 60))]
    if site.blocked:
        parts.append(_blocked(site, until))
    if site.missing:
        parts.append(says("{n} missing", "{n} missing", site.missing))
    if site.waiting:
        parts.append(says("{n} not read yet", "{n} not read yet", site.waiting))
    if site.hidden:
        parts.append(says("{n} event hidden by your rules", "{n} events hidden by your rules", site.hidden))
    remarks = (*site.troubles, *map(interpret.disagreement, site.disagreements))
    said = [unbroken(text, 240).rstrip(".") for text in remarks]
    parts += [text for text in said[:most] if text]
    if len(said) > most:
        parts.append(says("{n} more remark", "{n} more remarks", len(said) - most))
    return say("; ").join(parts) + "."


def _since(at: datetime, until: datetime) -> str:
    """ "Monday" within the week, else the day; with its year where that is another."""
    at, until = utc(at), utc(until)
    if timedelta(0) <= until.date() - at.date() < timedelta(days=7):
        return say(_DAYS[at.weekday()])
    if at.year == until.year:
        return say("{day} {month}", day=day_of_month(at.day), month=say(_MONTHS[at.month - 1]))
    return _day(at.date())


def baseline(begun: Baseline) -> str:
    """What was there before: "Watching began: 24 releases of iom were already there; they are not news."."""
    site = line(begun.site, 60)
    were = says(
        "{n} release of {site} was already there; it is not news.",
        "{n} releases of {site} were already there; they are not news.",
        begun.found,
        site=site,
    )
    if begun.source:
        said = say("Watching of {source} began: {were}", source=line(begun.source, 200), were=were)
    else:
        said = say("Watching began: {were}", were=were)
    unread = begun.found - begun.read
    if unread <= 0:
        return said
    return f"{said} " + says("{n} still to be read.", "{n} still to be read.", unread)


def coming(digest: Digest) -> str:
    """What comes next: the next check, and the next letter where a schedule says when."""
    said = []
    if digest.next_check is not None and digest.next_check > digest.until:
        due = moment(digest.next_check)
        said.append(
            say(
                "Next check: each run reads the sources again; known pages are due from {moment} on.",
                moment=due,
            )
        )
    elif digest.next_check is not None:
        said.append(say("Next check: the next run reads the sources again; known pages are due."))
    if digest.next_letter is not None:
        said.append(say("Next letter: {moment}.", moment=moment(digest.next_letter)))
    return " ".join(said)


def undelivered(letter: Undelivered) -> str:
    """An earlier letter that a person must see to: "Undelivered: "IOM: 3 new" of 1 March 2026 to …."."""
    return say(
        "Undelivered and no longer tried: “{subject}” of {day} to {recipient}: {why}.",
        subject=line(letter.subject, 120),
        day=_day(utc(letter.composed_at).date()),
        recipient=line(letter.recipient, 120),
        why=line(letter.detail, 240).rstrip("."),
    )
