"""One conversation with a mail server (RFC 5321), step by step, so that each way to fail is told apart.

Composes nothing and tries nothing twice. Its certificate checks are the system's; a server that offers
no STARTTLS where it is asked for gets nothing.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from crawler.deliver.message import printable
from crawler.deliver.settings import SmtpSettings
from crawler.values import Delivered, Delivery

_WHOLE = 4  # a conversation may take this many times the time-out for one answer
_GOODBYE = 2.0  # seconds
_CONFIGURATION = {530, 534, 535, 538}  # RFC 4954: log in first, or otherwise: ours to mend, then to try again
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z")


class Stopped(Exception):  # noqa: N818 - an ending, expected and stored, not an error
    """The conversation ended without the letter being accepted."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.detail)
        self.delivery = delivery


def send(message: bytes, *, sender: str, recipient: str, smtp: SmtpSettings) -> Delivery:
    """Hands `message` to the server for one recipient. Raises nothing for trouble on the network.

    UNSURE from the moment the server asked for the message until it answered to it.
    """
    try:
        with _conversation(smtp) as client:
            size = [f"size={len(message)}"] if client.has_extn("size") else []
            _accepted(client.mail(sender, size), "the sender", smtp)
            _accepted(client.rcpt(recipient), "the recipient", smtp)
            _accepted(client.docmd("DATA"), "the letter", smtp, good=(354,))
            return _hand_over(client, message, smtp)
    except Stopped as stopped:
        return stopped.delivery


def probe(smtp: SmtpSettings) -> str | None:
    """None when the server would take a letter from us, as far as can be told without sending one."""
    if smtp.user and smtp.security == "none" and not _is_here(smtp.host):
        why = f"the password would cross the network to {smtp.host} unprotected"
        return f'{why}: set [smtp] security = "starttls"'
    try:
        with _conversation(smtp):
            return None
    except Stopped as stopped:
        return stopped.delivery.detail


def _hand_over(client: smtplib.SMTP, message: bytes, smtp: SmtpSettings) -> Delivery:
    lines = message.replace(b"\r\n.", b"\r\n..")  # RFC 5321, section 4.5.2; a message never begins with a dot
    try:
        client.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")
        client.send(b".\r\n")
        code, said = client.getreply()
    except (smtplib.SMTPException, OSError) as error:
        why = f"{_place(smtp)} may have the letter: no answer to it came through ({_said(error)})"
        return Delivery(outcome=Delivered.UNSURE, detail=why)
    answer = f"{code} {printable(said.decode('utf-8', 'replace'))}"
    if 200 <= code < 300:
        return Delivery(outcome=Delivered.SENT, detail=answer)
    if 400 <= code < 500:
        return Delivery(outcome=Delivered.LATER, detail=f"{_place(smtp)} deferred the letter: {answer}")
    if 500 <= code < 600:
        return Delivery(outcome=Delivered.NEVER, detail=f"{_place(smtp)} refused the letter: {answer}")
    return Delivery(
        outcome=Delivered.UNSURE, detail=f"{_place(smtp)} gave no answer that can be read: {answer}"
    )


@contextmanager
def _conversation(smtp: SmtpSettings) -> Iterator[smtplib.SMTP]:
    """A greeted, secured, logged-in client; whatever fails on the way or within is raised as Stopped.

    UnicodeError: a host that is no name. OverflowError: a port beyond 65535.
    """
    client = smtplib.SMTP(local_hostname=_own_name(), timeout=smtp.timeout)
    watch = threading.Timer(smtp.timeout * _WHOLE, _cut, [client])
    watch.daemon = True
    try:
        client.sock = socket.create_connection((smtp.host, smtp.port), timeout=smtp.timeout)
        watch.start()
        if smtp.security == "tls":
            _secure(client, smtp)
        _accepted(client.getreply(), "a connection", smtp, settings=True)
        _greet(client, smtp)
        if smtp.security == "starttls":
            _start_tls(client, smtp)
        _log_in(client, smtp)
        yield client
        _farewell(client)
    except (smtplib.SMTPException, OSError, UnicodeError, OverflowError) as error:
        why = f"no mail could be handed to {_place(smtp)}: {_said(error)}"
        raise Stopped(Delivery(outcome=Delivered.LATER, detail=_without_secrets(why, smtp))) from error
    finally:
        watch.cancel()
        client.close()


def _greet(client: smtplib.SMTP, smtp: SmtpSettings) -> None:
    code, _ = client.ehlo()
    if not 200 <= code < 300:
        _accepted(client.helo(), "our greeting", smtp, settings=True)


def _start_tls(client: smtplib.SMTP, smtp: SmtpSettings) -> None:
    if not client.has_extn("starttls"):
        raise _stopped(
            f'{_place(smtp)} offers no STARTTLS, and nothing is sent unprotected: mend [smtp] "security"'
        )
    _accepted(client.docmd("STARTTLS"), "STARTTLS", smtp, good=(220,), settings=True)
    _secure(client, smtp)
    _greet(client, smtp)  # RFC 3207: what was said before counts for nothing


def _secure(client: smtplib.SMTP, smtp: SmtpSettings) -> None:
    """TLS over the connection, the server's name and certificate checked. Raises OSError (ssl.SSLError)."""
    context = ssl.create_default_context(cafile=smtp.ca_bundle)
    plain = client.sock
    assert plain is not None
    client.sock = context.wrap_socket(plain, server_hostname=smtp.host, do_handshake_on_connect=False)
    client.file = None  # what the server sent before the handshake is forgotten (STARTTLS injection)
    client.esmtp_features = {}
    client.ehlo_resp = client.helo_resp = None
    client.sock.do_handshake()


def _log_in(client: smtplib.SMTP, smtp: SmtpSettings) -> None:
    if not smtp.user:
        return
    try:
        client.login(smtp.user, smtp.password)
    except smtplib.SMTPNotSupportedError:
        raise _stopped(
            f'{_place(smtp)} offers no login: empty [smtp] "user", or use the port for senders'
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        answer = _without_secrets(_said(error), smtp)
        raise _stopped(
            f'{_place(smtp)} refused the login: mend [smtp] "user" and "password" ({answer})'
        ) from None
    except UnicodeEncodeError:
        raise _stopped('[smtp] "user" and "password" must be ASCII') from None


def _farewell(client: smtplib.SMTP) -> None:
    """Politely, and soon: what the server has taken is not marked as sent before this ends."""
    try:
        if client.sock is not None:
            client.sock.settimeout(_GOODBYE)
        client.quit()
    except (smtplib.SMTPException, OSError):
        return  # the letter is settled; RFC 5321 lets either side leave without a word


def _accepted(
    reply: tuple[int, bytes],
    what: str,
    smtp: SmtpSettings,
    *,
    good: tuple[int, ...] = (),
    settings: bool = False,
) -> None:
    """Raises Stopped unless the server said yes; `settings`: a refusal is ours to mend, so try again."""
    code, said = reply
    if code in good or (not good and 200 <= code < 300):
        return
    answer = f"{_place(smtp)} refused {what}: {code} {printable(said.decode('utf-8', 'replace'))}"
    permanent = 500 <= code < 600 and not settings and code not in _CONFIGURATION
    outcome = Delivered.NEVER if permanent else Delivered.LATER
    raise Stopped(Delivery(outcome=outcome, detail=_without_secrets(answer, smtp)))


def _stopped(why: str) -> Stopped:
    return Stopped(Delivery(outcome=Delivered.LATER, detail=why))


def _cut(client: smtplib.SMTP) -> None:
    """Ends a conversation that drags on; the waiting side sees the connection close."""
    if client.sock is not None:
        try:
            socket.socket.shutdown(
                client.sock, socket.SHUT_RDWR
            )  # beneath TLS: its own state stays untouched
        except OSError:
            return  # it ended by itself in this moment


def _said(error: Exception) -> str:
    """What went wrong, in words."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {printable(said)}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {printable(error.verify_message)}"
    if isinstance(error, OSError) and error.strerror:
        return printable(error.strerror)
    return printable(str(error)) or type(error).__name__


def _without_secrets(text: str, smtp: SmtpSettings) -> str:
    return text.replace(smtp.password, "***") if smtp.password else text


def _place(smtp: SmtpSettings) -> str:
    return f"{smtp.host}:{smtp.port}"


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _own_name() -> str:
    """The name to greet with. Not looked up: that can take as long as a broken name server likes."""
    name = socket.gethostname()
    return name if "." in name and _HOST_NAME.match(name) else "[127.0.0.1]"
