"""Mail to real servers on loopback: accepted, deferred, refused, cut, silent, unprotected."""

from __future__ import annotations

import email
import time
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from crawler.deliver import Channels, SmtpSettings, deliver, probe
from crawler.values import Delivered, Delivery, Letter
from tests.deliver.servers import CERTIFICATE, Mailbox, free_port, knows, scripted, server, tls

LETTER = Letter(
    digest="daily",
    message_id="<20260304.daily.1@iomwatch.example>",
    created_at=datetime(2026, 3, 4, 6, 0, tzinfo=UTC),
    subject="IOM: 1 new, 1 figure changed",
    text="Réunis à Córdoba\n.\n. a dot begins this line\nالفيضانات تُهجّر الآلاف\n" + "x" * 3_000 + "\n",
    html="<!DOCTYPE html><html lang=\"en\"><title>t</title><p>Réunis à Córdoba</p></html>\n",
)  # fmt: skip
NOWHERE = Path("/nonexistent")


def settings(port: int, **given: object) -> SmtpSettings:
    plain = SmtpSettings(host="127.0.0.1", port=port, from_="IOM watch <watch@desk.example>", timeout=5)
    return replace(plain, **given)  # type: ignore[arg-type] # each test gives fields of the right type


def send(smtp: SmtpSettings, to: str = "mailto:desk@example.org", letter: Letter = LETTER) -> Delivery:
    return deliver(letter, to, Channels(root=NOWHERE, smtp=smtp))


def received(mailbox: Mailbox) -> EmailMessage:
    (envelope,) = mailbox.envelopes
    content = envelope.content
    assert isinstance(content, bytes)
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_arrives_whole() -> None:
    mailbox = Mailbox()
    with server(mailbox) as port:
        assert send(settings(port)) == Delivery(outcome=Delivered.SENT, detail="250 2.0.0 queued as 7")
    message = received(mailbox)
    assert mailbox.envelopes[0].mail_from == "watch@desk.example"
    assert mailbox.envelopes[0].rcpt_tos == ["desk@example.org"]
    assert message["From"] == "IOM watch <watch@desk.example>"
    assert message["To"] == "desk@example.org"
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == LETTER.message_id
    assert message["Date"].datetime == LETTER.created_at
    assert message["List-Id"] == "<daily.iomwatch.desk.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert max(map(len, (mailbox.envelopes[0].original_content or b"").split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("mailbox", "outcome", "says"),
    [
        (Mailbox(rcpt="450 mailbox busy"), Delivered.LATER, "refused the recipient: 450 mailbox busy"),
        (Mailbox(rcpt="550 no such user"), Delivered.NEVER, "refused the recipient: 550 no such user"),
        (Mailbox(data="451 try again"), Delivered.LATER, "deferred the letter: 451 try again"),
        (Mailbox(data="554 looks like spam"), Delivered.NEVER, "refused the letter: 554 looks like spam"),
        (Mailbox(mail="552 too big"), Delivered.NEVER, "refused the sender: 552 too big"),
        (Mailbox(mail="530 log in first"), Delivered.LATER, "refused the sender: 530 log in first"),
        (Mailbox(data="cut"), Delivered.UNSURE, "may have the letter"),
    ],
)
def test_what_a_server_answers_decides(mailbox: Mailbox, outcome: Delivered, says: str) -> None:
    with server(mailbox) as port:
        delivery = send(settings(port))
    assert delivery.outcome is outcome
    assert says in delivery.detail
    assert f"127.0.0.1:{port}" in delivery.detail
    assert len(mailbox.envelopes) == (outcome is Delivered.UNSURE)


HELLO = b"250 hello\r\n"


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((), Delivered.LATER),  # hangs up at once
        ((b"554 go away\r\n",), Delivered.LATER),  # at the door: perhaps our settings, so try again
        ((b"garbage\r\n",), Delivered.LATER),
        ((b"220 hi\r\n",), Delivered.LATER),
        ((b"220 hi\r\n", b"502 no\r\n", b"502 no\r\n"), Delivered.LATER),
        ((b"220 hi\r\n", HELLO, HELLO), Delivered.LATER),  # before DATA
        ((b"220 hi\r\n", HELLO, HELLO, HELLO, b"451 not now\r\n"), Delivered.LATER),
        ((b"220 hi\r\n", HELLO, HELLO, HELLO, b"354 go\r\n"), Delivered.UNSURE),  # inside DATA
        ((b"220 hi\r\n", b"x" * 100_000), Delivered.LATER),  # a line without end
        ((b"220 \x1b[2J\x9b31m\r\n", b"421 \x1b]0;owned\x07 bye\r\n", b"421 bye\r\n"), Delivered.LATER),
    ],
)
def test_servers_that_misbehave(answers: tuple[bytes, ...], outcome: Delivered) -> None:
    with scripted(*answers) as port:
        delivery = send(settings(port))
    assert delivery.outcome is outcome
    assert delivery.detail.isprintable()


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((None,), Delivered.LATER),
        ((b"220 hi\r\n", HELLO, None), Delivered.LATER),
        ((b"220 hi\r\n", HELLO, HELLO, HELLO, b"354 go\r\n", None), Delivered.UNSURE),
    ],
)
def test_silence_is_waited_for_no_longer_than_asked(
    answers: tuple[bytes | None, ...], outcome: Delivered
) -> None:
    with scripted(*answers) as port:
        started = time.monotonic()
        delivery = send(settings(port, timeout=0.3))
    assert delivery.outcome is outcome
    assert "no answer in time" in delivery.detail
    assert time.monotonic() - started < 3


def test_a_dripping_server_is_cut_off() -> None:
    with scripted(b"220-" + b"x" * 4_000 + b"\r\n", drip=0.1) as port:
        started = time.monotonic()
        delivery = send(settings(port, timeout=0.3))
    assert delivery.outcome is Delivered.LATER
    assert time.monotonic() - started < 4


def test_nobody_listens() -> None:
    delivery = send(settings(free_port()))
    assert delivery.outcome is Delivered.LATER
    assert "Connection refused" in delivery.detail


def test_starttls_is_spoken_with_a_trusted_server() -> None:
    mailbox = Mailbox()
    with server(mailbox, tls_context=tls(), require_starttls=True) as port:
        smtp = settings(port, security="starttls", ca_bundle=CERTIFICATE, host="localhost")
        assert probe("mailto:desk@example.org", Channels(root=NOWHERE, smtp=smtp)) is None
        assert send(smtp).outcome is Delivered.SENT
    assert received(mailbox)["Subject"] == LETTER.subject


def test_tls_from_the_first_byte() -> None:
    mailbox = Mailbox()
    with server(mailbox, ssl_context=tls()) as port:
        smtp = settings(port, security="tls", ca_bundle=CERTIFICATE)
        assert send(smtp).outcome is Delivered.SENT
    assert received(mailbox)["Message-ID"] == LETTER.message_id


def test_no_starttls_offered_nothing_sent() -> None:
    mailbox = Mailbox()
    with server(mailbox) as port:
        smtp = settings(port, security="starttls")
        delivery = send(smtp)
        assert "offers no STARTTLS" in (
            probe("mailto:desk@example.org", Channels(root=NOWHERE, smtp=smtp)) or ""
        )
    assert delivery.outcome is Delivered.LATER
    assert "offers no STARTTLS" in delivery.detail
    assert mailbox.envelopes == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_certificate_is_not_trusted(security: str) -> None:
    mailbox = Mailbox()
    options = {"tls_context": tls()} if security == "starttls" else {"ssl_context": tls()}
    with server(mailbox, **options) as port:
        delivery = send(settings(port, security=security, host="localhost"))
    assert delivery.outcome is Delivered.LATER
    assert "certificate is not to be trusted" in delivery.detail
    assert mailbox.envelopes == []


def test_login() -> None:
    mailbox = Mailbox()
    with server(mailbox, authenticator=knows, auth_require_tls=False) as port:
        right = settings(port, user="desk", password="open sesame")
        assert probe("mailto:desk@example.org", Channels(root=NOWHERE, smtp=right)) is None
        assert send(right).outcome is Delivered.SENT
        wrong = send(replace(right, password="guess"))
        foreign = send(replace(right, password="clé"))
    assert [d.outcome for d in (wrong, foreign)] == [Delivered.LATER] * 2
    assert "refused the login" in wrong.detail
    assert "guess" not in wrong.detail
    assert "ASCII" in foreign.detail
    assert len(mailbox.envelopes) == 1


def test_a_password_is_never_shown() -> None:
    smtp = settings(free_port(), user="desk", password="open sesame")
    assert "sesame" not in repr(smtp)
    with scripted(b"220 hi\r\n", b"250-x\r\n250 AUTH PLAIN\r\n", b"535 no desk/open sesame\r\n") as port:
        delivery = send(replace(smtp, port=port))
    assert "535 no desk/***" in delivery.detail


def test_probe_says_what_to_mend_and_sends_nothing() -> None:
    mailbox = Mailbox()

    def found(to: str = "mailto:desk@example.org", **given: object) -> str:
        return probe(to, Channels(root=NOWHERE, smtp=settings(port, **given))) or ""

    with server(mailbox) as port:
        assert found() == ""
        assert "no mail address" in found("mailto:desk")
        assert "no mail address" in found(from_="iomwatch")
        assert "offers no login" in found(user="desk", password="x")
        assert 'security = "starttls"' in found(user="desk", password="x", host="mail.example.org")
    assert "Connection refused" in found()
    assert mailbox.envelopes == []


@pytest.mark.parametrize(
    "to",
    ["mailto:", "mailto:desk", "mailto:@example.org", "mailto:a@b@c", "mailto:desk@example.org,x@y.z",
     "mailto:a b@c.d", "mailto:desk@example.org\r\nRCPT TO:<evil@example.org>", "mailto:<desk@example.org>",
     "mailto:dé@example.org", "mailto:desk@exa..mple", "mailto:desk@" + "é" * 90 + ".org",
     "mailto:desk@example.org?cc=x@y.z"],
)  # fmt: skip
def test_addresses_that_are_none(to: str) -> None:
    mailbox = Mailbox()
    with server(mailbox) as port:
        delivery = send(settings(port), to)
    assert delivery.outcome is Delivered.NEVER
    assert "\"to\" of the digest 'daily'" in delivery.detail
    assert delivery.detail.isprintable()
    assert mailbox.envelopes == []


def test_an_international_domain_is_sent_in_ascii() -> None:
    mailbox = Mailbox()
    with server(mailbox) as port:
        assert send(settings(port), "mailto:desk@münchen.example").outcome is Delivered.SENT
    assert mailbox.envelopes[0].rcpt_tos == ["desk@xn--mnchen-3ya.example"]
