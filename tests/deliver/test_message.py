"""A letter as a message: no header but ours, whatever a subject or a name may hold."""

from __future__ import annotations

import email
import json
import os
import re
from dataclasses import replace
from email import errors, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.deliver.message import MessageError, compose, printable, prove
from crawler.values import Letter
from tests.deliver.test_mail import LETTER

NAMES = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "List-Id",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
]
FORGED = [
    "x\r\nBcc: i@evil.example",
    "x\n\nbody",
    "=?utf-8?q?x=0D=0ABcc:_i@evil.example?=",
    "=?utf-8?b?eA0KQmNjOiBpQGV2aWwuZXhhbXBsZQ==?=",
    "=?utf-8?q?=0A?=é",
    "x\u2028Bcc: i@evil.example\u2029",
    "x\x85Bcc: i@evil.example\x0b\x0c\x1c",
    "trailing\n",
    "\ud800 lone",
    "é" * 500,
    "word " * 200,
    "x" * 2_000,
    "",
]


def headers(
    subject: str = "plain", *, from_: str = "watch@desk.example", digest: str = "daily"
) -> list[tuple[str, str]]:
    raw = compose(replace(LETTER, subject=subject, digest=digest), from_=from_, to="desk@example.org")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return [
        (name, str(value)) for name, value in email.message_from_bytes(raw, policy=policy.default).items()
    ]


@pytest.mark.parametrize("text", FORGED)
def test_forged_text_makes_no_header(text: str) -> None:
    assert [name for name, _ in headers(text)] == NAMES
    assert [name for name, _ in headers(digest=text)] == NAMES
    name = text.replace("<", "").replace(">", "")
    assert [n for n, _ in headers(from_=f'"{name}" <watch@desk.example>')] == NAMES


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_subject_is_one_header(subject: str) -> None:
    assert [name for name, _ in headers(subject)] == NAMES


def test_a_subject_arrives_as_it_was_written() -> None:
    said = "IOM : 3 nouvelles, 1 chiffre modifié — المنظمة الدولية للهجرة — 国际移民组织 and more to fold"
    assert dict(headers(said))["Subject"] == said


def test_a_sender_with_a_name() -> None:
    assert (
        dict(headers(from_="Veille OIM é <watch@desk.example>"))["From"]
        == "Veille OIM é <watch@desk.example>"
    )


@pytest.mark.parametrize(
    "message_id", ["", "a@b", "<a>", "<a@b>\r\nBcc: x@y.z", "<a b@c>", "<é@b>", "<a@b>\n"]
)
def test_a_malformed_message_id_is_refused(message_id: str) -> None:
    with pytest.raises(MessageError, match="no Message-ID"):
        compose(replace(LETTER, message_id=message_id), from_="watch@desk.example", to="desk@example.org")


@pytest.mark.parametrize("from_", ["", "iomwatch", "a@b\r\nBcc: x@y.z", "Name <>", "x@", "a@b, c@d"])
def test_a_malformed_sender_is_refused(from_: str) -> None:
    with pytest.raises(MessageError, match="no mail address"):
        compose(LETTER, from_=from_, to="desk@example.org")


@given(st.text(st.characters(exclude_categories=()), max_size=900))
def test_what_a_server_says_is_printable(said: str) -> None:
    shown = printable(said)
    assert len(shown) <= 300
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in shown)
    shown.encode()


NAUGHTY = Path(os.environ.get("IOMWATCH_SHARED", "/nonexistent")) / "data" / "naughty"
SHORT = replace(LETTER, text="x", html="x")


def naughty() -> list[str]:
    """Lines that are known to break programs, where this machine has them; at the least our own."""
    path = NAUGHTY / "blns.json"
    return FORGED + (json.loads(path.read_text(encoding="utf-8")) if path.is_file() else [])


def test_naughty_strings_in_every_field_make_no_header() -> None:
    """As subject, digest and sender's name each goes out as one header, or is refused; elsewhere too."""
    sent = 0
    for text in naughty():
        raw = compose(replace(SHORT, subject=text, digest=text), from_="a@b.c", to="d@e.f")
        assert [name for name, _ in headers_of(raw)] == NAMES
        for field in ("message_id", "from_", "to", "unsubscribe"):
            value = f"{text} <watch@desk.example>" if field == "from_" else text
            found = names_where(**{field: value})
            assert found is None or [name for name in found if not name.startswith("List-Unsub")] == NAMES
            sent += found is not None
    assert sent


def names_where(*, message_id: str = LETTER.message_id, **given: str) -> list[str] | None:
    """The headers of a message with these fields; None where it is refused."""
    fields = {"from_": "watch@desk.example", "to": "desk@example.org", "unsubscribe": "", **given}
    try:
        raw = compose(replace(SHORT, message_id=message_id), **fields)
    except MessageError:
        return None
    return email.message_from_bytes(raw, policy=policy.default).keys()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (
            "mailto:desk@example.org?subject=stop",
            {"List-Unsubscribe": "<mailto:desk@example.org?subject=stop>"},
        ),
        (
            "https://example.org/stop",
            {
                "List-Unsubscribe": "<https://example.org/stop>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        ),
        ("", {}),
    ],
)
def test_how_to_unsubscribe(address: str, says: dict[str, str]) -> None:
    raw = compose(LETTER, from_="watch@desk.example", to="desk@example.org", unsubscribe=address)
    found = email.message_from_bytes(raw, policy=policy.default)
    assert {name: value for name, value in found.items() if name.startswith("List-Unsub")} == says


@pytest.mark.parametrize("address", ["http://example.org/stop", "mailto:a@b>\r\nBcc: <x@y.z", "mailto:", "é"])
def test_no_other_way_to_unsubscribe(address: str) -> None:
    with pytest.raises(MessageError, match="unsubscribe"):
        compose(LETTER, from_="watch@desk.example", to="desk@example.org", unsubscribe=address)


def test_letters_of_a_digest_are_one_thread_and_each_attempt_the_same_bytes() -> None:
    def sent(letter: Letter) -> bytes:
        return compose(letter, from_="Watch <watch@desk.example>", to="desk@example.org")

    second = replace(LETTER, message_id="<2@x>")
    first, again, other = (
        dict(headers_of(sent(letter))) for letter in (LETTER, second, replace(LETTER, digest="x"))
    )
    assert sent(LETTER) == sent(LETTER)
    assert first["References"] == first["In-Reply-To"] == again["References"] != other["References"]
    assert first["Message-ID"] != again["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}\.thread@desk\.example>", first["References"])
    parts = email.message_from_bytes(sent(LETTER), policy=policy.default)
    assert [part.get_content_type() for part in parts.iter_parts()] == ["text/plain", "text/html"]


def headers_of(raw: bytes) -> list[tuple[str, str]]:
    return [
        (name, str(value)) for name, value in email.message_from_bytes(raw, policy=policy.default).items()
    ]


def test_what_the_mail_leaves_out_is_attached_whole() -> None:
    long = replace(LETTER, digest="IOM é/../x", page="<!DOCTYPE html><title>tout</title>" + "é" * 2_000)
    raw = compose(long, from_="watch@desk.example", to="desk@example.org")
    assert raw == compose(long, from_="watch@desk.example", to="desk@example.org")
    parsed = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert parsed.get_content_type() == "multipart/mixed"
    (attached,) = parsed.iter_attachments()
    assert attached.get_filename() == "iom-x-2026-03-04.html"
    assert attached.get_content_type() == "text/html"
    assert attached.get_content().strip() == long.page
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    assert text is not None
    assert html is not None
    assert html.get_content().strip() == LETTER.html.strip()
    assert [name for name in parsed.keys() if name != "Content-Type"] == NAMES[:-1]  # noqa: SIM118 - a message


# ── headers that the standard library folds into several ────────────────────────────────────────

HEADER_WRITE_ERROR = getattr(errors, "HeaderWriteError", errors.MessageError)  # of patched ones
MEANT = {"From": "watch@desk.example", "Subject": "x"}
INJECTING = "=?utf-8?q?x=0D=0ABcc:_i@evil.example?="


def theirs(subject: str, place: int = 0) -> bytes:
    """The message that the standard library makes; nothing where it is patched, and refuses to."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = MEANT["From"]
    made.set_content("x")
    made.add_alternative("<p>x", subtype="html")
    if isinstance(subject, LiteralHeader):
        made._headers.insert(place, ("Subject", subject))  # type: ignore[attr-defined]  # as the advisory has it
    else:
        made["Subject"] = subject
    try:
        return made.as_bytes()
    except HEADER_WRITE_ERROR:
        return b""


class LiteralHeader(str):
    """A header that folds itself, and badly."""

    __slots__ = ()
    name = "Subject"

    def fold(self, **_: object) -> str:
        return f"Subject: {self}\r\n"


def test_the_proof_takes_what_is_harmless() -> None:
    prove(theirs("x"), MEANT)


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(INJECTING, id="CVE-2024-6923"),
        *(
            pytest.param(LiteralHeader(value), id=f"CVE-2026-1299 {value!r}")
            for value in ("x\r\nBcc: i@evil.example", "x\nBcc: i@evil.example", "x\r\n\r\nbody", "x\n")
        ),
    ],
)
def test_what_the_standard_library_lets_through_is_not_sent(subject: str) -> None:
    """Its own message, on whatever Python this is, does not pass our proof; ours has no further header."""
    with pytest.raises(MessageError):
        prove(theirs(subject), MEANT)
    if "body" in subject:
        with pytest.raises(MessageError):
            prove(
                theirs(subject, place=9), MEANT
            )  # the last header: the parts stand, behind a stranger's text
    assert [name for name, _ in headers(str(subject))] == NAMES
