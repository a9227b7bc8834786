"""What the store hands out: rows as frozen values. Columns are described in schema.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    id: int
    name: str
    since: datetime
    refused_since: datetime | None
    blocked_since: datetime | None
    redesigned_at: datetime | None
    scope: list[Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    id: int
    site_id: int
    url: str
    kind: str | None
    baseline_id: int | None
    scope: list[list[str]] | None
    unread: list[tuple[str, bool]]
    read_at: datetime | None
    trouble: str | None
    trouble_since: datetime | None
    due_at: datetime | None
    learned: list[float] | None
    recount_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdRow:
    pattern: str
    refused: int
    example: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePaceRow:
    site_id: int
    price: float
    priced_at: datetime
    wanted: float
    purse: float
    filled_at: datetime
    found: float
    expected: float
    covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRow:
    kind: str
    bin: int
    found: float
    watched: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    url: str
    etag: str | None
    last_modified: str | None
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRow:
    name: str
    paused_until: datetime
    reason: str
    rests: int
    trouble_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRow:
    origin: str
    url: str
    status: int
    body: bytes
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    id: int
    site_id: int
    url: str
    state: str
    since: datetime
    baseline_id: int | None
    language: str | None
    published: str | None
    title: str
    family: int | None
    home: int | None
    etag: str | None
    last_modified: str | None
    due_at: datetime
    asked_at: datetime | None
    read_at: datetime | None
    missing_since: datetime | None
    trouble: str | None
    trouble_since: datetime | None
    version_id: int | None
    node: str | None
    unlisted_since: datetime | None
    unlisted_told_at: datetime | None
    learned: list[float] | None
    left_out_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    id: int
    page_id: int
    number: int
    hash: str
    content_type: str | None
    url: str
    seen_at: datetime
    status: int | None
    title: str
    fingerprint: str
    text_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    at: datetime
    url: str
    final_url: str
    outcome: str
    verdict: str
    status: int | None
    headers: list[list[str]]
    hash: str | None
    wire_bytes: int
    detail: str
    hops: list[list[str | int]] | None = None  # [address, status, location] each; null: not kept then


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A visit with where it belongs: the ledger is built again from these."""

    id: int
    site_id: int
    page_id: int
    round_id: int
    visit: VisitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    seq: int
    id: str
    site_id: int
    page_id: int | None
    kind: str
    language: str | None
    seen_at: datetime
    weight: int
    payload: dict[str, Any]
    part_of: int | None
    page_url: str | None = None  # today's
    homes: tuple[str, ...] = ()  # today's other addresses of the release


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRow:
    id: int
    site: str
    since: datetime
    source: str | None
    found: int
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    id: int
    started_at: datetime
    ended_at: datetime | None
    asked: int
    read: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRow:
    digest: str
    since: datetime
    after_seq: int
    after_baseline: int
    told_until: datetime
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A letter on its way to one recipient, with the letter itself."""

    id: int
    letter_id: int
    recipient: str
    state: str
    attempts: int
    next_at: datetime
    sent_at: datetime | None
    detail: str
    digest: str
    message_id: str
    created_at: datetime
    subject: str
    text: str
    html: str
    page: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """Something that needs the operator."""

    id: int
    kind: str
    about: str
    words: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """How many pages of a site stand in a state, and since when the oldest of them is in trouble."""

    state: str
    pages: int
    unasked: int  # of these, not asked lately: the host asked for a pause
    trouble_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleRow:
    """Pages of a site that are blocked for the same reason."""

    detail: str
    pages: int
    since: datetime
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """What a page tells of its site's template."""

    page_id: int
    marks: bytes
    layout: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """A document that a page offers, and its file as it was last read."""

    page_id: int
    url: str
    etag: str | None
    last_modified: str | None
    size: int | None  # bytes
    hash: str | None  # SHA-256; "" where it is another file at each request
    asked_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutCount:
    """Pages of a site whose article a layout finds, or found."""

    layout: str | None  # the one that fits; None: none does
    fitted: str | None  # the last one that did
    pages: int
    since: datetime  # when the first of them began to be so


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """Something that is wrong with the store."""

    kind: str  # of what: database, body, reference, ledger, outbox
    about: str  # the body's hash, the page's address, the row
    words: str
    settled: bool = False  # a repair gave it up: nothing is left to be done
