"""A letter as an Internet message (RFC 5322, MIME): its headers are proved safe before it may be sent.

Speaks to no server. The header lines are written here, in ASCII, not by the standard library's folding:
before CVE-2024-6923 was mended, an encoded line feed in a subject could end as a header of its own.
"""

from __future__ import annotations

import hashlib
import re
from email import policy
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime, formataddr
from typing import Final

from crawler import recipients
from crawler.values import Letter, utc

_LONGEST_SUBJECT = 400  # characters
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_MESSAGE_ID: Final = re.compile(
    r"<[\x21-\x3b\x3d\x3f\x41-\x7e]{1,120}@[\x21-\x3b\x3d\x3f\x41-\x7e]{1,120}>\Z"
)
_LABEL: Final = re.compile(r"[^a-z0-9]+")
_UNSUBSCRIBE: Final = re.compile(r"(?:mailto:|https://)[\x21-\x3b\x3d\x3f-\x7e]{1,300}\Z")
_BODY: Final = policy.SMTP.clone(cte_type="7bit")  # every server takes 7 bit


class MessageError(Exception):
    """The letter cannot be made a safe message; says why. A person must act."""


def mailbox(written: str) -> str:
    """The bare address in `written`, its domain in ASCII. Raises MessageError for anything else."""
    try:
        return recipients.mailbox(written)
    except ValueError as error:
        raise MessageError(f"{printable(written)!r} {error}") from error


def sender(written: str) -> tuple[str, str]:
    """(From header, bare address) of a configured sender: an address, or "Name <address>"."""
    try:
        name, address = recipients.sender(written)
    except ValueError as error:
        raise MessageError(f"{printable(written)!r} {error}") from error
    return formataddr((_header_text(name)[:60], address), "utf-8"), address


def printable(text: str, limit: int = 300) -> str:
    """`text` from elsewhere, fit for a log line: one line, no controls, at most `limit` characters."""
    shown = " ".join(_CONTROL.sub(" ", text[: limit * 4]).split())
    shown = shown.encode("utf-8", "replace").decode("utf-8")
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def compose(letter: Letter, *, from_: str, to: str, unsubscribe: str = "") -> bytes:
    """The message, lines ended by CR LF, in 7 bit; the same bytes at each attempt.

    Raises MessageError when an address or the Message-ID is malformed, or when the message, parsed
    again, does not hold exactly the headers that were put in.
    """
    from_header, address = sender(from_)
    if not _MESSAGE_ID.match(letter.message_id):
        raise MessageError(f"{printable(letter.message_id)!r} is no Message-ID")
    subject = _header_text(letter.subject)[:_LONGEST_SUBJECT]
    thread = _thread(letter.digest, address)
    headers = {
        "From": from_header,
        "To": mailbox(to),
        "Subject": _encoded("Subject", subject),
        "Date": format_datetime(utc(letter.created_at)),
        "Message-ID": letter.message_id,
        "In-Reply-To": thread,  # of no letter: what the digest's letters have in common
        "References": thread,
        "List-Id": _list_id(letter.digest, address),
        **_unsubscribing(unsubscribe),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no vacation replies, please
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    raw = head.encode("ascii") + _parts(letter).as_bytes()
    prove(raw, headers | {"Subject": subject})
    return raw


def _parts(letter: Letter) -> EmailMessage:
    parts = EmailMessage(policy=_BODY)
    parts.set_content(_encodable(letter.text), charset="utf-8")
    parts.add_alternative(_encodable(letter.html), subtype="html", charset="utf-8")
    # "=_" stands in no line of base64 or quoted-printable (RFC 2045, 6.7); no random one: a retry is the same
    parts.set_boundary(f"=_{_hash(letter.message_id)}")
    if letter.page:  # what the HTML had to leave out
        name = f"{_label(letter.digest)}-{utc(letter.created_at):%Y-%m-%d}.html"
        parts.add_attachment(_encodable(letter.page), subtype="html", charset="utf-8", filename=name)
        parts.set_boundary(f"=_{_hash(letter.message_id + ' whole')}")
    return parts


def _encodable(text: str) -> str:
    """`text` in lines ended by LF alone, without lone surrogates: UTF-8 has no form for them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _header_text(text: str) -> str:
    """`text` on one line, without controls, and with nothing that reads as an encoded word (RFC 2047)."""
    bare = " ".join(_CONTROL.sub(" ", text[: _LONGEST_SUBJECT * 4]).split())
    return bare.replace("=?", "= ?").encode("utf-8", "replace").decode("utf-8")


def _encoded(name: str, text: str) -> str:
    """`text` as a header value in ASCII, encoded where it must be, folded."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, header_name=name).encode(linesep="\r\n")


def _list_id(digest: str, address: str) -> str:
    """RFC 2919: one list for each digest, under the sender's domain."""
    return f"<{_label(digest)}.iomwatch.{address.rpartition('@')[2].lower()}>"


def _label(digest: str) -> str:
    return _LABEL.sub("-", digest.lower())[:60].strip("-") or "digest"


def _thread(digest: str, address: str) -> str:
    """A Message-ID that all letters of the digest answer to: mail programs show them as one thread."""
    return f"<{_hash(digest)}.thread@{address.rpartition('@')[2].lower()}>"


def _unsubscribing(address: str) -> dict[str, str]:
    """RFC 2369, and RFC 8058 where one click can work. Raises MessageError for no such address."""
    if not address:
        return {}
    if not _UNSUBSCRIBE.match(address):
        raise MessageError(
            f"{printable(address, 80)!r} is no address to unsubscribe at: mend [smtp] unsubscribe"
        )
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def prove(raw: bytes, meant: dict[str, str]) -> None:
    """Raises MessageError unless `raw`, parsed again, says exactly what was meant."""
    parsed = BytesParser(policy=policy.compat32).parsebytes(raw)
    expected = [*meant, "Content-Type", "MIME-Version"]
    if sorted(parsed.keys()) != sorted(expected):
        raise MessageError("the message would not hold the headers that were meant; it was not sent")
    for name, value in meant.items():
        if _words(_decoded(parsed[name])) != _words(_decoded(value)):
            raise MessageError(f"the header {name} would not say what was meant; the letter was not sent")
    readable = next(
        (part for part in parsed.walk() if part.get_content_type() == "multipart/alternative"), None
    )
    if parsed.preamble:
        raise MessageError("the message would say more than was meant; it was not sent")
    if readable is None or parsed.get_content_type() not in ("multipart/alternative", "multipart/mixed"):
        raise MessageError("the message would not have a text and an HTML part; it was not sent")


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, UnicodeError, LookupError) as error:
        raise MessageError("a header would not be readable; the letter was not sent") from error


def _words(text: str) -> list[str]:
    return text.split()
