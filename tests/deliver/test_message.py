"""A letter as a message: no header but ours, whatever a subject or a name may hold."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.deliver.message import MessageError, compose, printable
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
