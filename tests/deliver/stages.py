"""Servers on loopback that misbehave by a script, remember what they accepted, and kill who talks to them.

An SMTP server and a receiver of webhooks. Each calls `reached` at every step of a conversation; at the step
it is told, it kills the client's process with SIGKILL, so that a kill hits the same place each time.
"""

from __future__ import annotations

import email
import os
import re
import signal
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

CUT, RESET, SILENT, DRIP = "cut", "reset", "silent", "drip"
Action = bytes | str


class KilledError(Exception):
    """The client is dead; the conversation is over."""


@dataclass(slots=True, kw_only=True)
class Stage:
    """What a server is to do, and what came of it. `script` says what is not as usual, by step."""

    script: Mapping[str, Action] = field(default_factory=dict)
    for_ever: bool = True  # else the script holds for the first conversation alone
    kill_at: str = ""
    keeps: bool = False  # accepts the letter before the scripted end
    accepted: list[str] = field(default_factory=list)  # the ids of what was taken
    steps: list[str] = field(default_factory=list)
    conversations: int = 0
    pid: int = 0
    killed: bool = False
    known: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self, pid: int) -> None:
        """The process to kill."""
        self.pid = pid
        self.known.set()

    def reached(self, step: str) -> None:
        self.steps.append(step)
        if step == self.kill_at and not self.killed:
            self.known.wait(10)
            self.killed = True
            os.kill(self.pid, signal.SIGKILL)
            raise KilledError

    def action(self, step: str, usual: Action) -> Action:
        scripted = self.for_ever or self.conversations == 1
        return self.script.get(step, usual) if scripted else usual


def give(client: socket.socket, action: Action, stage: Stage) -> bool:
    """Does what the script says. False when the conversation is over."""
    if isinstance(action, bytes):
        client.sendall(action)
        return True
    if action == RESET:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if action == SILENT:
        client.settimeout(20)
        while client.recv(4_096):
            pass
    if action == DRIP:
        while not stage.ended.wait(0.02):
            client.sendall(b"2")
    return False


def smtp(client: socket.socket, stage: Stage) -> None:
    """One conversation by RFC 5321, but for the script."""
    usual: dict[str, Action] = {
        "connect": b"220 ready\r\n", "EHLO": b"250 hello\r\n", "HELO": b"250 hello\r\n",
        "MAIL": b"250 ok\r\n", "RCPT": b"250 ok\r\n", "DATA": b"354 go on\r\n",
        "END": b"250 queued\r\n", "QUIT": b"221 bye\r\n",
    }  # fmt: skip
    with client, client.makefile("rb") as heard:
        step = "connect"
        while True:
            stage.reached(f"before {step}")
            action = stage.action(step, usual.get(step, b"502 what?\r\n"))
            whole = b""
            if step == "END":
                good = isinstance(action, bytes) and action.startswith(b"250")
                whole = _letter(heard)
                if not whole:
                    return
                stage.reached("inside DATA")
                if good or stage.keeps:
                    stage.accepted.append(str(email.message_from_bytes(whole)["Message-ID"]).strip("<>"))
            if not give(client, action, stage):
                return
            stage.reached(f"after {step}")
            if step == "DATA" and isinstance(action, bytes) and action.startswith(b"354"):
                step = "END"
                continue
            line = heard.readline()
            if not line:
                stage.reached("closed")
                return
            step = line[:4].decode("ascii", "replace").strip().upper()


def _letter(heard: object) -> bytes:
    whole = b""
    while not whole.endswith(b"\r\n.\r\n"):
        line = heard.readline()  # type: ignore[attr-defined]  # a socket's file
        if not line:
            return b""
        whole += line
    return whole


def http(client: socket.socket, stage: Stage) -> None:
    """One request and its answer, but for the script."""
    with client, client.makefile("rb") as heard:
        stage.reached("before connect")
        action = stage.action("connect", b"")
        if not give(client, action, stage):
            return
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = heard.readline()
            if not line:
                return
            head += line
        stage.reached("after head")
        if not give(client, stage.action("head", b""), stage):
            return
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        assert length is not None
        heard.read(int(length[1]))
        stage.reached("after body")
        action = stage.action("answer", b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        if stage.keeps or (isinstance(action, bytes) and action.startswith(b"HTTP/1.1 2")):
            identity = re.search(rb"webhook-id: (\S+)", head, re.IGNORECASE)
            assert identity is not None
            stage.accepted.append(identity[1].decode("ascii"))
        if not give(client, action, stage):
            return
        stage.reached("after answer")
        heard.read()
        stage.reached("closed")


@contextmanager
def playing(play: object, stage: Stage) -> Iterator[int]:
    """The stage's server for the time of the block: its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def converse(client: socket.socket) -> None:
        try:
            play(client, stage)  # type: ignore[operator]  # smtp or http
        except (OSError, KilledError):
            client.close()

    def serve() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            stage.conversations += 1
            threading.Thread(target=converse, args=(client,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        stage.ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
