"""The values that travel between rooms: frozen, slotted, keyword-only; sequences are tuples.

Nothing here decides, reads or writes. A datetime is aware and in UTC, or it is refused at the door
(`utc`). Expected trouble (a refusal, a truncated body, a page without an article) is a value too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any


def utc(moment: datetime) -> datetime:
    """`moment` in UTC. Raises ValueError for a naive datetime: its zone would be a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


def iso(moment: datetime) -> str:
    """RFC 3339, UTC, to the second, with a final Z: 2026-03-01T06:00:00Z."""
    return utc(moment).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


# ── discover ────────────────────────────────────────────────────────────────────────────────────


class SourceKind(StrEnum):
    """What a source turned out to be, told from what it answers."""

    SITEMAP_INDEX = "sitemap index"
    SITEMAP = "sitemap"
    FEED = "feed"
    LISTING = "listing"
    UNKNOWN = "unknown"  # answered, but nothing that lists addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a source names, with what the source says of it. Hints, never facts."""

    url: str  # absolute, as `urls.absolute` gives it; not yet canonical
    title: str | None = None
    lastmod: datetime | None = None  # the source's own claim
    published: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRead:
    """One document of a source, read."""

    kind: SourceKind
    found: tuple[Found, ...] = ()
    documents: tuple[str, ...] = ()  # further documents of this source: child sitemaps
    next_page: str | None = None  # a listing's next page
    trouble: str | None = None  # what was wrong with it, in words; what was readable is still in `found`


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Addresses made without end, of which some were not taken."""

    pattern: str  # what they have in common
    refused: int
    example: str


# ── fetch ───────────────────────────────────────────────────────────────────────────────────────


class Fetched(StrEnum):
    """How one request ended. Only OK has a body worth reading."""

    OK = "ok"  # 200, whole
    NOT_MODIFIED = "not modified"  # 304
    GONE = "gone"  # 404, 410
    REFUSED = "refused"  # 401, 403, 407, 429, 451 and other 4xx; a challenge said by headers
    DISALLOWED = "disallowed"  # robots.txt says no, or could not be read
    SERVER_ERROR = "server error"  # 5xx
    TRUNCATED = "truncated"  # the body ended before its end
    TOO_LARGE = "too large"
    UNREACHABLE = "unreachable"  # DNS, connection, TLS, protocol
    TIMEOUT = "timeout"
    FORBIDDEN = "forbidden"  # the address guard or the scheme rule refused it
    OFF_SITE = "off site"  # a redirect leaves the configured hosts, loops, or has more than 5 hops
    UNSUPPORTED = "unsupported"  # an encoding or a status we cannot read
    RESTING = "resting"  # not asked: the host asked for a pause (Retry-After) or is in trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A GET, conditional where validators are given (RFC 9110, section 13)."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect that was followed."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How one request ended, redirects included."""

    url: str  # as asked
    final_url: str  # after redirects; equal to `url` without any
    outcome: Fetched
    status: int | None = None  # of the last answer; None when there was none
    headers: tuple[tuple[str, str], ...] = ()  # of the last answer; names in lower case
    body: bytes = b""  # decoded from gzip; empty unless outcome is OK
    hops: tuple[Hop, ...] = ()
    wire_bytes: int = 0  # body bytes as they came, before decoding
    detail: str = ""  # why, in words, when outcome is not OK or NOT_MODIFIED
    retry_after: float | None = None  # seconds the host asked for

    def header(self, name: str) -> str | None:
        """The first header of that name (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostMemory:
    """What a later run must know of a host."""

    name: str  # `urls.host`
    paused_for: float  # seconds from now in which nothing is asked
    reason: str  # in words that follow the name
    rests: int  # times in a row that it was left alone after trouble; 0: it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsMemory:
    """An answer for robots.txt that a later run may use instead of asking again."""

    origin: str  # whose it is
    url: str  # where it came from, after redirects
    status: int
    body: bytes
    age: float  # seconds


# ── extract ─────────────────────────────────────────────────────────────────────────────────────


class PassageKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"  # of a list
    QUOTE = "quote"
    ROW = "row"  # of a table; cells joined by " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One unit of the body, in reading order."""

    kind: PassageKind
    text: str  # one line, white space collapsed, no markup
    level: int = 0  # of a heading: 1-6; of a list item: its depth from 1; else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place and date a release opens with; `text` is exactly as written, without the dash."""

    text: str
    places: tuple[str, ...] = ()
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date with where it came from; `at` where the source gives a time of day."""

    day: date
    source: str  # "JSON-LD", "meta", "microdata", "time", "visible date", "dateline", "title", "URL"
    at: datetime | None = None

    def __str__(self) -> str:
        return iso(self.at) if self.at else self.day.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One person or office of the contact block."""

    name: str | None = None
    role: str | None = None
    office: str | None = None
    phones: tuple[str, ...] = ()  # E.164 where they parse, else as written
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    url: str  # absolute
    text: str
    language: str | None = None  # of a translation: its hreflang
    size: int | None = None  # of an attachment: bytes, where the page states it


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A release as its reader sees it, separated from its page. Text is NFC, one line a field."""

    title: str
    subtitle: str | None = None
    dateline: Dateline | None = None
    published: Dated | None = None
    modified: Dated | None = None
    language: str | None = None  # BCP 47 primary subtag, detected on the body
    direction: str = "ltr"  # or "rtl"
    type: str | None = None  # the page's own label: "News", "Communiqué"
    scope: str | None = None  # "Global", "Local"
    body: tuple[Passage, ...] = ()
    contact_text: tuple[str, ...] = ()  # the contact block's lines, as written
    contacts: tuple[Contact, ...] = ()
    authors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()  # inside the body
    attachments: tuple[Link, ...] = ()  # PDF and the like
    captions: tuple[str, ...] = ()
    images: tuple[str, ...] = ()  # paths, without itok and the like
    translations: tuple[Link, ...] = ()  # hreflang, this page itself left out
    canonical: str | None = None  # rel=canonical, absolute
    node: str | None = None  # the site's own number of the release, the same for its editions

    @property
    def text(self) -> str:
        """The body alone: its passages, one a line, a blank line between."""
        return "\n\n".join(passage.text for passage in self.body)

    @property
    def summary(self) -> str:
        """The first paragraph, or nothing."""
        return next((p.text for p in self.body if p.kind is PassageKind.PARAGRAPH), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a page and what was decided of it (`extract --explain`)."""

    text: str  # of furniture that is read as one block: a text of the page a line
    tag: str  # the path of tags above it, nearest last: "main>article>div>p"
    kept: bool
    role: str  # title, subtitle, body, caption, contact, type, date, menu, hidden, boilerplate, …
    why: str  # in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What one page tells of its site's template: fingerprints of its texts, and where its article stood."""

    around: tuple[int, ...] = ()  # of the texts around the article (menus, footer)
    inside: tuple[int, ...] = ()  # of those of the article
    region: int = 0  # of the place of the box that held the article; 0: not known
    layout: str | None = None  # the layout that fitted


class Notice(StrEnum):
    """What a page that is no release says of itself."""

    CHALLENGE = "challenge page"
    ABSENT = "page that says it is not there"  # a soft 404
    MAINTENANCE = "maintenance notice"
    OTHER = "notice, no release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A page, read: its article, or why there is none; and every block with its verdict."""

    article: Article | None
    unreadable: str | None = None  # why there is no article, in words
    notice: Notice | None = None  # what it says of itself, where that is why
    hint: Notice | None = None  # what the words and forms of a short one suggest, article or not
    layout: str | None = None  # the layout that fitted
    notes: tuple[str, ...] = ()  # what a reader should know of the text, in words
    marks: Marks | None = None  # what the page tells of its site's template; None unless asked for
    recurring: tuple[tuple[int, bool], ...] = ()  # texts of the body that recur on other pages: left out?
    stranger: bool = False  # it carries next to nothing of what surrounds the site's other articles
    disagreement: str = ""  # the article is not where the site's other pages have it, in words
    unfitted: str = ""  # no layout fits, though one did on the site's other pages, in words
    blocks: tuple[Block, ...] = ()  # empty unless asked for


# ── compare ─────────────────────────────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What can happen; the closed list. The order is their rank when facts coincide."""

    NEW = "new"
    TRANSLATION = "translation"
    REMOVED = "removed"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"
    REVERTED = "reverted"
    MOVED = "moved"
    RETITLED = "retitled"
    CHANGED = "changed"
    REDATED = "redated"
    REDESIGNED = "redesigned"
    BOILERPLATE = "boilerplate"
    BLOCKED = "blocked"
    RECOVERED = "recovered"
    UNLISTED = "unlisted"


class Op(StrEnum):
    KEEP = "keep"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of a redline. The KEEP and INSERT texts of a paragraph, joined, are the text after;
    its KEEP and DELETE texts the text before."""

    op: Op
    text: str
    paragraph: int  # counted from 0 over the aligned paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one side of an event rests on."""

    hash: str | None  # SHA-256 of the stored body; None where there was none (a 404)
    status: int | None
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity that changed: values to compare by, and the words as written to show."""

    what: str  # the words it counts, as written: "displaced people"; may be empty
    before: float | int | str | None  # a number, or an ISO date; None where it was not there
    after: float | int | str | None
    unit: str  # "", "%", an ISO 4217 code, "date"
    before_text: str = ""  # as written, "12,400"
    after_text: str = ""


class EditKind(StrEnum):
    """What a fact inside an event is about."""

    QUOTE = "quote"  # words in quotation marks or of a block quote
    NAME = "name"  # of a person, a place or a body
    LINK = "link"
    DOCUMENT = "document"  # an attachment
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A fact inside an event: something that a reader would name, come, gone or replaced."""

    kind: EditKind
    before: str | None  # as written; None where it was not there
    after: str | None
    detail: str = ""  # in words: "another file under the same address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A figure on which two editions of one release differ: `before` is the other edition's."""

    language: str | None  # of the other edition
    url: str  # of the other edition
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """When another page was last read."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different between two readings of one release."""

    kind: Kind  # the first of the facts
    facts: tuple[Kind, ...]  # all kinds that hold, in the order of their rank
    redline: tuple[Segment, ...] = ()
    figures: tuple[Figure, ...] = ()
    weight: int = 0  # 0-100
    reasons: tuple[str, ...] = ()  # the weight in words, weightiest first
    title_before: str | None = None  # where the title changed
    published_before: str | None = None  # where the date changed
    edits: tuple[Edit, ...] = ()  # quotes, names, links, documents, contacts
    correction: str | None = None  # the notice that a correction was made, as written
    silent: bool = False  # the text changed, and neither the page's own date nor the sitemap's says so
    back_to: Evidence | None = None  # the earlier version that is shown again
    disagreements: tuple[Disagreement, ...] = ()  # with earlier editions of the release
    homes: tuple[str, ...] = ()  # other addresses that carry the same release
    still_at: tuple[str, ...] = ()  # of them, those where it is still as it was
    editions: tuple[str, ...] = ()  # the release in other languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the ledger, complete in itself: a letter needs nothing else."""

    id: str  # hash of site, canonical address and evidence; stable when the ledger is rebuilt
    kind: Kind
    facts: tuple[Kind, ...]
    site: str
    url: str | None  # the address it was known by; for MOVED the old one
    canonical_url: str | None  # today's
    language: str | None
    direction: str
    title: str
    title_before: str | None
    published: str | None  # ISO 8601 date or datetime
    published_before: str | None
    dateline: str | None
    summary: str
    seen_at: datetime
    between: tuple[datetime | None, datetime]  # last seen before, first seen after
    figures: tuple[Figure, ...]
    redline: tuple[Segment, ...]
    weight: int
    reasons: tuple[str, ...]
    before: Evidence | None
    after: Evidence | None
    edits: tuple[Edit, ...] = ()
    correction: str | None = None
    silent: bool = False
    back_to: Evidence | None = None
    disagreements: tuple[Disagreement, ...] = ()  # with earlier editions of the release
    homes: tuple[str, ...] = ()  # other addresses that carry the same release
    still_at: tuple[str, ...] = ()  # of them, those where it is still as it was
    editions: tuple[str, ...] = ()  # the release in other languages
    last_read: tuple[Reading, ...] = ()  # of `still_at` and `disagreements`: not since it was seen
    pages: tuple[str, ...] = ()  # of a site's event: the pages it is about
    type: str | None = None  # the page's own label: "News", "Communiqué"


# ── state ───────────────────────────────────────────────────────────────────────────────────────


class PageState(StrEnum):
    """Where a page stands. Blocked is not changed is not removed.

    listed ──▶ read ◀──▶ blocked            a refusal, an outage, an unreadable page: never an event
                 ◀──▶ missing ──▶ removed   404/410 once ▸ again `removal_after` later, site alive
                 ◀──────────────── removed  an article again: `restored`
    """

    LISTED = "listed"  # known from a source, never read
    READ = "read"
    BLOCKED = "blocked"
    MISSING = "missing"
    REMOVED = "removed"


# ── tell ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCoverage:
    """What a digest may claim of one site: silence is evidence only with coverage."""

    site: str
    known: int  # pages, removed ones not counted
    read: int
    waiting: int  # listed, not read yet
    blocked: int
    missing: int
    blocked_since: datetime | None
    troubles: tuple[str, ...]  # sources and pages in trouble, in words, most important first
    disagreements: tuple[str, ...]  # "the sitemap does not name 3 releases that the listing does"
    hidden: int = 0  # events that the configuration's rules keep from this digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What was there when watching began: told as one line."""

    site: str
    since: datetime
    found: int
    read: int
    source: str | None = None  # the source or include that was added, where not the whole site


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything one letter says; formats are made of this alone."""

    name: str
    since: datetime | None  # the period; None: from the beginning
    until: datetime
    events: tuple[Event, ...]  # weightiest first
    coverage: tuple[SiteCoverage, ...]
    baselines: tuple[Baseline, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()  # earlier letters that did not reach everybody
    language: str = "en"  # of the letter's own words
    most_in_full: int = 100  # events; the rest as one line each
    late_since: datetime | None = None  # when the letter was due, where it comes late
    missed: int = 0  # earlier letters that were missed, told in this one
    next_check: datetime | None = None  # when the next known page is due to be looked at
    next_letter: datetime | None = None  # by the schedule; None: there is none
    past: bool = False  # a period that is over: what was read of the sites then is not known, nor claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A letter that is no longer tried: a person must act."""

    digest: str
    recipient: str  # as it may be shown
    subject: str
    composed_at: datetime
    detail: str  # why, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A digest frozen for delivery."""

    digest: str
    message_id: str  # "<…@…>", the same at each attempt
    created_at: datetime
    subject: str
    text: str
    html: str  # for a mail: under 100,000 bytes
    page: str = ""  # the whole digest as HTML, where `html` had to leave something out
    language: str = "en"
    events: tuple[Event, ...] = ()  # what it tells, for channels that show events one by one
    test: bool = False  # sent to try a channel; tells nothing


class Delivered(StrEnum):
    SENT = "sent"
    UNSURE = "unsure"  # the connection broke inside DATA: the server may have it
    LATER = "later"  # temporary: try again
    NEVER = "never"  # permanent: a person must act


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    outcome: Delivered
    detail: str = ""
    retry_after: float | None = None  # seconds that the other side asked for


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────


def plain(value: Any) -> Any:
    """`value` as dicts, lists, strings and numbers: what `--json` prints.

    Field order is kept; datetimes become RFC 3339, dates ISO 8601.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value
