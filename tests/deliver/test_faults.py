"""The outbox against servers that misbehave, once and for ever, with kill -9 at every step in between.

Nothing is lost: a letter ends as sent, and was taken, or as failed, and is shown. Nothing is repeated but
for the window from the end of SMTP's DATA (of a webhook's body) to our own commit, under the same id.
The whole matrix runs with `make faults`; a sample of it with every run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from storage.letters import DROPPED, FAILED, SENT, STATES, UNSURE, WAITING
from storage.store import Store
from tests.deliver.stages import CUT, DRIP, RESET, SILENT, Action, Stage, http, playing, smtp
from tests.processes import forkserver

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
ID = "one.letter@desk.example"
SECRET = "c2VjcmV0IG9mIHR3ZW50eS1mb3VyIGJ5dGVz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What a server does. `final`: a refusal for good. `harmless`: the letter is sent all the same."""

    name: str
    script: dict[str, Action]
    final: bool = False
    harmless: bool = False
    keeps: bool = False  # it has the letter, and we cannot know


def _b(name: str, step: str, action: Action, **given: bool) -> Behaviour:
    return Behaviour(name=name, script={step: action}, **given)


SMTP = [
    Behaviour(name="takes it", script={}, harmless=True),
    _b("hangs up at once", "connect", CUT),
    _b("resets the connection", "connect", RESET),
    _b("is silent", "connect", SILENT),
    _b("drips", "connect", DRIP),
    _b("greets with garbage", "connect", b"HTTP/1.1 400\r\n\r\n"),
    _b("is busy at the door", "connect", b"421 too many connections\r\n"),
    _b("refuses at the door", "connect", b"554 no\r\n"),
    _b("knows no EHLO", "EHLO", b"502 what?\r\n", harmless=True),
    _b("hangs up at EHLO", "EHLO", CUT),
    _b("is silent at EHLO", "EHLO", SILENT),
    _b("answers EHLO without end", "EHLO", b"250-x\r\n" * 20_000),
    _b("defers the sender", "MAIL", b"451 later\r\n"),
    _b("refuses the sender", "MAIL", b"550 no\r\n", final=True),
    _b("wants a login", "MAIL", b"530 log in first\r\n"),
    _b("hangs up at MAIL", "MAIL", CUT),
    _b("defers the recipient", "RCPT", b"450 greylisted\r\n"),
    _b("refuses the recipient", "RCPT", b"550 unknown\r\n", final=True),
    _b("closes at RCPT", "RCPT", b"421 closing\r\n"),
    _b("hangs up at RCPT", "RCPT", CUT),
    _b("is silent at RCPT", "RCPT", SILENT),
    _b("defers DATA", "DATA", b"451 later\r\n"),
    _b("refuses DATA", "DATA", b"554 no\r\n", final=True),
    _b("hangs up at DATA", "DATA", CUT),
    _b("is silent at DATA", "DATA", SILENT),
    _b("defers the letter", "END", b"452 disk full\r\n"),
    _b("refuses the letter", "END", b"554 spam\r\n", final=True),
    _b("hangs up after the letter", "END", CUT),
    _b("takes the letter and hangs up", "END", CUT, keeps=True),
    _b("takes the letter and resets", "END", RESET, keeps=True),
    _b("takes the letter and is silent", "END", SILENT, keeps=True),
    _b("takes the letter and answers garbage", "END", b"thanks\r\n", keeps=True),
    _b("hangs up at QUIT", "QUIT", CUT, harmless=True),
    _b("is silent at QUIT", "QUIT", SILENT, harmless=True),
]
SMTP_STEPS = [
    "", "before connect", "after connect", "before EHLO", "after EHLO", "before MAIL", "after MAIL",
    "before RCPT", "after RCPT", "before DATA", "after DATA", "inside DATA",
    "after END", "before QUIT", "closed",
]  # fmt: skip


def _answer(status: str, *lines: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (*lines, "Content-Length: 0", "Connection: close"))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode()


WEBHOOK = [
    Behaviour(name="takes it", script={}, harmless=True),
    _b("hangs up at once", "connect", CUT),
    _b("resets the connection", "connect", RESET),
    _b("hangs up at the head", "head", CUT),
    _b("is silent", "answer", SILENT),
    _b("drips", "answer", DRIP),
    _b("answers garbage", "answer", b"220 smtp.example ESMTP\r\n"),
    _b("is broken", "answer", _answer("500 Oops")),
    _b("asks for a pause", "answer", _answer("503 Busy", "Retry-After: 7200")),
    _b("asks for less", "answer", _answer("429 Slow", "Retry-After: Wed, 04 Mar 2026 07:00:00 GMT")),
    _b("redirects", "answer", _answer("302 Found", "Location: http://127.0.0.1:1/")),
    _b("times out", "answer", _answer("408 Timeout")),
    _b("refuses it", "answer", _answer("400 Bad"), final=True),
    _b("is gone", "answer", _answer("410 Gone"), final=True),
    _b("takes the letter and hangs up", "answer", CUT, keeps=True),
    _b("takes the letter and is silent", "answer", SILENT, keeps=True),
    _b(
        "takes it and talks without end", "answer", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000, harmless=True
    ),
]
WEBHOOK_STEPS = ["", "before connect", "after head", "after body", "after answer", "closed"]
# From here on the other side may have the letter, and our store does not know it yet.
WINDOW = {"inside DATA", "after END", "before QUIT", "closed", "after body", "after answer"}


def work(folder: str) -> None:
    """Delivers as cron would, run after run, until nothing is left to try; in a process of its own."""
    from crawler.config import load
    from crawler.cycle.letters import deliver_due

    config = load(Path(folder) / "config.toml")
    with Store.open(config.store_url()) as store:
        for _ in range(60):
            with store.read() as session:
                moments = [row.next_at for row in session.letters.outbox(states=(WAITING, UNSURE))]
            if not moments:
                return
            deliver_due(store, config, max(moments))
    raise AssertionError("no end of trying")


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    return forkserver()


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which one letter waits for two recipients of either kind."""
    folder = tmp_path_factory.mktemp("composed")
    for name, recipient in (("smtp", "mailto:desk@example.org"), ("http", "webhook+http://127.0.0.1:1/")):
        (folder / name).mkdir()
        with (
            Store.open(f"sqlite:///{folder}/{name}/iomwatch.db", create=True) as store,
            store.write() as session,
        ):
            session.letters.post(
                {
                    "digest": "daily", "message_id": f"<{ID}>", "created_at": NOW,
                    "subject": "IOM: 1 new", "text": "One.\n", "html": "<title>One</title>",
                },
                [recipient, "file:digests/"], {},
            )  # fmt: skip
    return folder


def settle(
    processes: ForkServerContext, composed: Path, folder: Path, behaviour: Behaviour,
    *, kind: str, for_ever: bool, kill_at: str,
) -> tuple[Stage, dict[str, str]]:  # fmt: skip
    """Plays one case to its end: the stage, and the state of each recipient."""
    stage = Stage(script=behaviour.script, for_ever=for_ever, kill_at=kill_at, keeps=behaviour.keeps)
    shutil.copytree(composed / kind, folder)
    with playing({"smtp": smtp, "http": http}[kind], stage) as port:
        to = "mailto:desk@example.org" if kind == "smtp" else f"webhook+http://127.0.0.1:{port}/"
        (folder / "config.toml").write_text(
            f"""
[[digest]]
name = "daily"
to = ["{to}", "file:digests/"]
[smtp]
host = "127.0.0.1"
port = {port}
timeout = 0.2
[webhook]
secret = "{SECRET}"
timeout = 0.4
allow_private = ["127.0.0.1"]
""",
            encoding="utf-8",
        )
        if kind == "http":
            address(folder, to)
        exits = [deliver_on(processes, folder, stage)]
        if stage.killed:
            exits.append(deliver_on(processes, folder, stage))
        assert exits == ([-9, 0] if stage.killed else [0])
    with Store.open(f"sqlite:///{folder}/iomwatch.db") as store, store.read() as session:
        states = {row.recipient.partition(":")[0]: row.state for row in session.letters.outbox(states=STATES)}
    return stage, states


def deliver_on(processes: ForkServerContext, folder: Path, stage: Stage) -> int | None:
    """A process that delivers until it ends or is killed: its exit code."""
    process = processes.Process(target=work, args=(str(folder),))
    process.start()
    stage.watch(process.pid or 0)
    process.join(120)
    return process.exitcode


def address(folder: Path, to: str) -> None:
    """The webhook's port is known only now."""
    import sqlite3

    with closing(sqlite3.connect(folder / "iomwatch.db")) as connection, connection:
        connection.execute("UPDATE outbox SET recipient = ? WHERE recipient LIKE 'webhook%'", (to,))
    connection.close()


def judge(stage: Stage, states: dict[str, str], behaviour: Behaviour, *, for_ever: bool) -> None:
    assert states.pop("file") == SENT  # one dead channel holds up no other
    (state,) = states.values()
    assert state != DROPPED
    assert set(stage.accepted) <= {ID}
    hit = stage.killed and stage.kill_at in WINDOW
    if state == SENT:
        assert stage.accepted, "lost: said to be sent, and nobody has it"
    else:
        assert state == FAILED
    once_more = hit + (behaviour.keeps and not for_ever)
    if behaviour.final:
        assert (state, len(stage.accepted)) == (FAILED, 0) or stage.conversations > 1
    elif for_ever and not behaviour.harmless:
        assert state == FAILED  # shown, and waits for a person
        assert behaviour.keeps or stage.accepted == []
    else:
        assert state == SENT
        assert len(stage.accepted) <= 1 + once_more


def reached(steps: list[str], behaviour: Behaviour, *, for_ever: bool) -> list[str]:
    """The steps at which a kill hits: beyond the scripted one only where it holds once, or does no harm."""
    if behaviour.harmless or not for_ever:
        return steps
    (step,) = behaviour.script
    last = {"END": "inside DATA", "answer": "after body", "head": "after head"}.get(step, f"before {step}")
    return steps[: steps.index(last) + 1]


CASES = [
    (kind, behaviour, for_ever, step)
    for kind, behaviours, steps in (("smtp", SMTP, SMTP_STEPS), ("http", WEBHOOK, WEBHOOK_STEPS))
    for behaviour in behaviours
    for for_ever in (False, True)
    for step in reached(steps, behaviour, for_ever=for_ever)
]
SAMPLE = {
    ("smtp", "takes it"): {"", "before MAIL", "after END", "closed"},
    ("smtp", "defers the recipient"): {"", "after RCPT"},
    ("smtp", "takes the letter and hangs up"): {"inside DATA"},
    ("smtp", "refuses the recipient"): {""},
    ("http", "takes it"): {"", "after body", "closed"},
    ("http", "asks for a pause"): {"after head"},
    ("http", "is gone"): {""},
}


@pytest.mark.parametrize(
    ("kind", "behaviour", "for_ever", "step"),
    [
        pytest.param(
            kind, behaviour, for_ever, step,
            marks=() if step in SAMPLE.get((kind, behaviour.name), set()) else pytest.mark.faults,
            id=f"{kind}: {behaviour.name} {'for ever' if for_ever else 'once'}, killed {step or 'nowhere'}",
        )
        for kind, behaviour, for_ever, step in CASES
    ],
)  # fmt: skip
def test_nothing_is_lost_or_repeated(
    kind: str, behaviour: Behaviour, for_ever: bool, step: str,
    processes: ForkServerContext, composed: Path, tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    stage, states = settle(
        processes, composed, tmp_path / "case", behaviour, kind=kind, for_ever=for_ever, kill_at=step
    )
    judge(stage, states, behaviour, for_ever=for_ever)
    record_property("killed", stage.killed)
    record_property("taken", len(stage.accepted))
    refused = behaviour.final and (not for_ever or not stage.accepted)
    assert stage.killed == bool(step) or refused or "closed" in step
