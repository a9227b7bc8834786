"""The tables. Each is described once, here; `migrations/` holds how a database gets there.

A test builds one database from this page and one by the migrations, and compares them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. A naive one is refused: its zone would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[Any]:
    return Column("id", Integer, primary_key=True)


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Integer, ForeignKey(target), nullable=nullable)


def _few(name: str) -> Index:
    """An index on a column that few pages have a value in: of these alone. In PostgreSQL too, where the
    migration says so; to say it here would load that dialect at each start."""
    has = text(f"{name} IS NOT NULL")
    return Index(f"ix_page_site_id_{name}", "site_id", name, sqlite_where=has)


site = Table(
    "site",
    metadata,
    _id(),
    Column("name", String(64), nullable=False, unique=True),
    Column("since", Utc, nullable=False),  # its first round
    Column("refused_since", Utc),  # since when most of what is asked is refused; null: it is read
    Column("blocked_since", Utc),  # the same, once it was told
    Column("redesigned_at", Utc),  # when the first page came in the template of the last redesign told
    Column("scope", JSON(none_as_null=True)),  # what decided last which pages are watched; null: nothing yet
)

baseline = Table(  # what was there when watching of a site, a source or an include began
    "baseline",
    metadata,
    _id(),
    _ref("site_id", "site.id"),
    Column("since", Utc, nullable=False),
    Column("source", Text),  # the source or include that was added; null: the site's first
)

source = Table(
    "source",
    metadata,
    _id(),
    _ref("site_id", "site.id"),
    Column("url", Text, nullable=False),
    Column("kind", String(32)),  # what it answered last
    _ref("baseline_id", "baseline.id", nullable=True),  # for what it adds until it was read whole once
    Column("scope", JSON(none_as_null=True)),  # [include, exclude] when it was last read whole; null: never
    Column("unread", JSON, nullable=False),  # documents to go on with: [address, of the first reading?]
    Column("read_at", Utc),  # last success
    Column("trouble", Text),  # why the last attempt failed; null: it did not
    Column("trouble_since", Utc),
    Column("due_at", Utc),  # when to ask it again; null: at once
    Column("learned", JSON(none_as_null=True)),  # how often it had news, how often its signals were true
    Column("recount_since", Utc),  # it is to be read to its end, for another source dropped what it names
    UniqueConstraint("site_id", "url"),
)

document = Table(  # the last answer of a source's document, so that a 304 can be read again
    "document",
    metadata,
    _id(),
    _ref("source_id", "source.id"),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_type", Text),
    Column("body", LargeBinary, nullable=False),  # zstd
    Column("read_at", Utc, nullable=False),
    UniqueConstraint("source_id", "url"),
)

crowd = Table(  # addresses made without end, of which a source's last reading left some out
    "crowd",
    metadata,
    Column("source_id", Integer, ForeignKey("source.id"), primary_key=True),
    Column("pattern", Text, primary_key=True),
    Column("refused", Integer, nullable=False),
    Column("example", Text, nullable=False),
    Column("since", Utc, nullable=False),
)

page = Table(
    "page",
    metadata,
    _id(),
    _ref("site_id", "site.id"),
    Column("url", Text, nullable=False),  # canonical
    Column("state", String(16), nullable=False),  # crawler's PageState
    Column("since", Utc, nullable=False),  # discovered
    _ref("baseline_id", "baseline.id", nullable=True),  # it was there when watching began
    Column("language", String(16)),
    Column("published", String(32)),  # ISO 8601 date or datetime
    Column("title", Text, nullable=False, server_default=""),
    Column("family", Integer),  # the first page of its family: editions in several languages; null: alone
    Column("home", Integer),  # the page that told this text first, at another address; null: itself
    Column("etag", Text),
    Column("last_modified", Text),
    Column("due_at", Utc, nullable=False),  # when to look again
    Column("asked_at", Utc),
    Column("read_at", Utc),  # last seen as it stands in its version
    Column("missing_since", Utc),
    Column("trouble", Text),  # why it is blocked, in words
    Column("trouble_since", Utc),
    Column("version_id", Integer),  # today's
    Column("node", String(64)),  # the site's own number of the release, where the page shows one
    Column("unlisted_since", Utc),  # no source that names everything names it any more; null: one does
    Column("unlisted_told_at", Utc),
    Column("learned", JSON(none_as_null=True)),  # what its visits taught of how often it is edited
    Column("left_out_since", Utc),  # no include takes it in: it is neither asked nor counted; null: watched
    UniqueConstraint("site_id", "url"),
    Index("ix_page_site_id_state", "site_id", "state"),
    Index("ix_page_site_id_due_at", "site_id", "due_at", sqlite_where=text("left_out_since IS NULL")),
    Index("ix_page_baseline_id", "baseline_id"),
    Index("ix_page_family", "family"),
    Index("ix_page_home", "home"),
    Index("ix_page_site_id_node", "site_id", "node"),
    Index("ix_page_site_id_asked_at", "site_id", "asked_at"),
    _few("trouble"),
    _few("unlisted_since"),
    _few("left_out_since"),
)

alias = Table(  # other addresses of a page
    "alias",
    metadata,
    _id(),
    _ref("site_id", "site.id"),
    Column("url", Text, nullable=False),
    _ref("page_id", "page.id"),
    UniqueConstraint("site_id", "url"),
)

listed = Table(  # which sources know a page
    "listed",
    metadata,
    Column("page_id", Integer, ForeignKey("page.id"), primary_key=True),
    Column("source_id", Integer, ForeignKey("source.id"), primary_key=True),
    Column("seen_at", Utc, nullable=False),  # when it was first named so
    Column("lastmod", Utc),  # the source's own claim
    Index("ix_listed_source_id", "source_id"),
)

alternate = Table(  # translations that a page names (hreflang)
    "alternate",
    metadata,
    Column("page_id", Integer, ForeignKey("page.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("language", String(16)),
    Index("ix_alternate_url", "url"),
)

attachment = Table(  # the documents of a page's version today, each watched by its own validators
    "attachment",
    metadata,
    Column("page_id", Integer, ForeignKey("page.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("size", Integer),  # bytes
    Column("hash", String(64)),  # SHA-256; "": another file at each request; null: never read whole
    Column("asked_at", Utc),
    Column("due_at", Utc, nullable=False),
    Index("ix_attachment_due_at", "due_at"),
)

trait = Table(  # what tells a release apart in any language: figures, names, images, links, hashed
    "trait",
    metadata,
    Column("page_id", Integer, ForeignKey("page.id"), primary_key=True),
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_trait_value", "value"),
)

hazard = Table(  # how often pages of a class are edited at an age, learned from all visits
    "hazard",
    metadata,
    Column("kind", String(16), primary_key=True),  # the class of page, as pace names it
    Column("bin", Integer, primary_key=True, autoincrement=False),  # of age; -1: living pages, at any age
    Column("found", Float, nullable=False),  # edits
    Column("watched", Float, nullable=False),  # hours
)

site_pace = Table(  # a site's budget and what it learned of itself
    "site_pace",
    metadata,
    Column("site_id", Integer, ForeignKey("site.id"), primary_key=True),
    Column("price", Float, nullable=False),  # what a request must be worth
    Column("priced_at", Utc, nullable=False),
    Column("wanted", Float, nullable=False),  # requests asked for or waited since then
    Column("purse", Float, nullable=False),  # requests that may be made now
    Column("filled_at", Utc, nullable=False),
    Column("found", Float, nullable=False),  # edits, and how many were expected of its pages
    Column("expected", Float, nullable=False),
    Column("covered", Float),  # share of its pages that usually stands as read; null: not known yet
)

template = Table(  # what each page tells of its site's template: the pages read last, in one language
    "template",
    metadata,
    Column("page_id", Integer, ForeignKey("page.id"), primary_key=True),
    _ref("site_id", "site.id"),
    Column("language", String(16), nullable=False),  # of the menus
    Column("marks", LargeBinary, nullable=False),  # fingerprints of its texts, and of where its article stood
    Column("layout", String(32)),  # the layout that fits
    Column("fitted", String(32)),  # the last one that did
    Column("seen_at", Utc, nullable=False),  # when it began to be as it is
    Column("restyled_at", Utc),  # when it last came in another template
    Column("redesigned_at", Utc),  # the same, where no redesign that was told before explains it
    Index("ix_template_site_id_language", "site_id", "language", "seen_at"),
)

round_ = Table(
    "round",
    metadata,
    _id(),
    Column("started_at", Utc, nullable=False),
    Column("ended_at", Utc),  # null: running, or killed
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("read", Integer, nullable=False, server_default="0"),
    Column("events", Integer, nullable=False, server_default="0"),
)

visit = Table(  # one look at a page, whatever came of it
    "visit",
    metadata,
    _id(),
    _ref("page_id", "page.id"),
    _ref("round_id", "round.id"),
    Column("at", Utc, nullable=False),
    Column("url", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("status", Integer),
    Column("headers", JSON, nullable=False),
    Column("hash", String(64)),  # of the body; the body itself is kept only where it is evidence
    Column("wire_bytes", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("hops", JSON(none_as_null=True)),  # redirects that were followed: [address, status, location]
    Index("ix_visit_page_id_at", "page_id", "at"),
)

host = Table(  # a host that asked for a pause (Retry-After), or is in trouble
    "host",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("paused_until", Utc, nullable=False),
    Column("reason", Text, nullable=False, server_default="asked an earlier run for a pause"),
    Column("rests", Integer, nullable=False, server_default="0"),  # left alone after trouble, in a row
    Column("trouble_since", Utc),  # its first rest; null: it answers
)

robots = Table(  # the answer for robots.txt, for a day
    "robots",
    metadata,
    Column("origin", String(300), primary_key=True),
    Column("url", Text, nullable=False),  # where it came from, after redirects
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zstd
    Column("read_at", Utc, nullable=False),
)

body = Table(  # raw, content-addressed
    "body",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the decoded bytes
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # zstd
)

quarantine = Table(  # damaged bodies as they were found: what a repair replaces or gives up is kept here
    "quarantine",
    metadata,
    Column("hash", String(64), primary_key=True),  # that it should have
    Column("found_at", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    Column("data", LargeBinary),  # null: it was missing
)

version = Table(
    "version",
    metadata,
    _id(),
    _ref("page_id", "page.id"),
    Column("number", Integer, nullable=False),  # from 1
    _ref("visit_id", "visit.id"),
    Column("hash", String(64), ForeignKey("body.hash"), nullable=False),
    Column("content_type", Text),
    Column("url", Text, nullable=False),  # the address the body came from: links are relative to it
    Column("seen_at", Utc, nullable=False),
    Column("status", Integer),
    Column("title", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of all that is compared
    Column("text_fingerprint", String(64), nullable=False),  # of the body's text alone
    UniqueConstraint("page_id", "number"),
    Index("ix_version_text_fingerprint", "text_fingerprint"),
)

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),  # the order of the ledger
    Column("id", String(64), nullable=False, unique=True),
    _ref("site_id", "site.id"),
    _ref("page_id", "page.id", nullable=True),  # null: of the site
    Column("kind", String(16), nullable=False),
    Column("language", String(16)),
    Column("seen_at", Utc, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("payload", JSON, nullable=False),  # the event whole, frozen
    Column("part_of", Integer),  # the site's event that tells it too; null: it is told on its own
    Index("ix_event_seen_at", "seen_at"),
    sqlite_autoincrement=True,  # a number is never used twice: letters stop at one
)

subscription = Table(  # how far a digest has been told
    "subscription",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("since", Utc, nullable=False),
    Column("after_seq", Integer, nullable=False),  # events up to this one are told or not for it
    Column("after_baseline", Integer, nullable=False),
    Column("told_until", Utc, nullable=False),
    Column("slot", String(16)),  # the last slot of its schedule that came, told or not; null: none yet
)

letter = Table(
    "letter",
    metadata,
    _id(),
    Column("digest", String(64), nullable=False),
    Column("message_id", String(255), nullable=False, unique=True),
    Column("created_at", Utc, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("period", String(16)),  # local date and time of its slot; null: told at once
    Column("language", String(8), nullable=False, server_default="en"),
    Column("page", Text, nullable=False, server_default=""),  # whole, where html leaves something out
    Index("ix_letter_digest_period", "digest", "period", unique=True),  # each period once
)

told = Table(  # an event is in at most one letter of a digest
    "told",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("event_seq", Integer, ForeignKey("event.seq"), primary_key=True),
    _ref("letter_id", "letter.id"),
    Column("said", JSON),  # what the letter told otherwise than the event was stored: of other pages
    Index("ix_told_letter_id", "letter_id"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _ref("letter_id", "letter.id"),
    Column("recipient", Text, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, unsure, sent, failed, dropped
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("detail", Text, nullable=False, server_default=""),
    UniqueConstraint("letter_id", "recipient"),
    Index("ix_outbox_state_next_at", "state", "next_at"),
)

condition = Table(  # what needs the operator: told once when it begins and once when it ends
    "condition",
    metadata,
    _id(),
    Column("kind", String(32), nullable=False),
    Column("about", Text, nullable=False),  # the site, source or recipient; one open row of a kind
    Column("words", Text, nullable=False),
    Column("began_at", Utc, nullable=False),
    Column("ended_at", Utc),  # null: it lasts
    Index("ix_condition_ended_at", "ended_at"),
)
