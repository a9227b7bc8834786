"""Mail servers on loopback: aiosmtpd for the honest ones, a scripted socket for the others."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

CERTIFICATE = Path(__file__).with_name("loopback.pem")  # for localhost, self-signed, with its key


class Mailbox:
    """An SMTP handler that keeps what it accepts and answers as it is told."""

    def __init__(self, *, rcpt: str = "250 OK", data: str = "250 2.0.0 queued as 7", mail: str = "") -> None:
        self.envelopes: list[Envelope] = []
        self.rcpt, self.data, self.mail = rcpt, data, mail

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        envelope.mail_from = address
        return self.mail or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.data == "cut":
            self.envelopes.append(envelope)
            server.transport.abort()
            return "250 never seen"
        if self.data.startswith("2"):
            self.envelopes.append(envelope)
        return self.data


def tls() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


def knows(server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
    right = isinstance(login, LoginPassword) and (login.login, login.password) == (b"desk", b"open sesame")
    return AuthResult(success=right, handled=False)


@contextmanager
def server(mailbox: Mailbox, **options: Any) -> Iterator[int]:
    """An SMTP server on loopback for the time of the block: its port."""
    controller = Controller(mailbox, hostname="127.0.0.1", **{"port": free_port(), **options})
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def scripted(*answers: bytes | None, drip: float = 0) -> Iterator[int]:
    """A server that greets with the first answer, gives one more for each line it hears, then hangs up.

    `None` stays silent until the other side goes; `drip` sends a byte at a time, so many seconds apart.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client, client.makefile("rb") as heard:
            try:
                for answer in answers:
                    if answer is None:
                        client.settimeout(20)
                        while heard.readline():
                            pass
                        return
                    for at in range(len(answer)) if drip else ():
                        client.sendall(answer[at : at + 1])
                        if ended.wait(drip):
                            return
                    if not drip:
                        client.sendall(answer)
                    if not heard.readline():
                        return
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        ended.set()
        try:
            listening.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        listening.close()
        thread.join(5)
