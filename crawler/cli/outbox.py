"""`iomwatch outbox`: letters on their way to their recipients, and those that have arrived."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from crawler.cli.common import config_of, json_option, open_store, print_json
from crawler.config import Config
from crawler.cycle.letters import stranded, tried
from crawler.errors import UsageError
from crawler.recipients import shown
from crawler.terminal import printable
from crawler.values import iso
from storage.letters import DROPPED, SENT, STATES, UNDELIVERED, WAITING
from storage.rows import OutboxRow
from storage.store import Session

_IDS = click.argument("ids", nargs=-1, required=True, type=click.IntRange(min=1), metavar="ID...")


@click.group("outbox", epilog="Example: iomwatch outbox list --json")
def command() -> None:
    """Letters on their way, one row a recipient: list them, show one, try again, let go."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what was sent or dropped.")
@json_option
@click.pass_context
def list_(ctx: click.Context, everything: bool, as_json: bool) -> None:
    """What is not delivered, and why; secrets in recipients are masked."""
    config = config_of(ctx)
    with open_store(config) as store, store.read() as session:
        rows = session.letters.outbox(states=STATES if everything else UNDELIVERED)
    _print(rows, as_json=as_json)
    for group in stranded([row for row in rows if row.state in UNDELIVERED], config):
        click.echo(printable(group.words), err=True)
    if not rows and not as_json:
        click.echo("nothing waits" if not everything else "no letters", err=True)


@command.command("show")
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.option("--html", "as_html", is_flag=True, help="The HTML instead of the text.")
@json_option
@click.pass_context
def show(ctx: click.Context, number: int, as_html: bool, as_json: bool) -> None:
    """A letter as it was frozen, byte for byte."""
    with open_store(config_of(ctx)) as store, store.read() as session:
        row = _rows(session, [number])[0]
    if as_json:
        print_json({**_data(row), "text": row.text, "html": row.html})
    elif sys.stdout.isatty():
        click.echo(printable(row.html if as_html else row.text), nl=False)
    else:
        sys.stdout.buffer.write((row.html if as_html else row.text).encode("utf-8", "replace"))


@command.command("retry")
@_IDS
@click.option(
    "--to", metavar="RECIPIENT", help="Hand them on to this recipient, as the configuration has it."
)
@json_option
@click.pass_context
def retry(ctx: click.Context, ids: tuple[int, ...], to: str | None, as_json: bool) -> None:
    """Try these at the next run, and for a while from then on. What was sent is not sent again.

    With --to another recipient gets them, in the place of the one they have; never twice the same letter.
    """
    config, now = config_of(ctx), datetime.now(UTC)

    def tried_anew(session: Session, row: OutboxRow) -> int:
        recipient = _taker(config, row, to)
        (new,) = _rows(session, [session.letters.row_for(row.letter_id, recipient, now)])
        if new.state == SENT:
            words = f"{shown(recipient)} has this letter since {iso(new.sent_at or new.created_at)}"
            raise UsageError(f"{row.id}: {words}; `iomwatch outbox drop {row.id}` lets this one go")
        if new.id != row.id:
            session.letters.mark(row.id, state=DROPPED, detail=f"handed on to {shown(recipient)}")
        session.letters.mark(new.id, state=WAITING, attempts=0, next_at=now)
        return new.id

    _settle(ctx, ids, tried_anew, as_json=as_json)


@command.command("drop")
@_IDS
@json_option
@click.pass_context
def drop(ctx: click.Context, ids: tuple[int, ...], as_json: bool) -> None:
    """Let these go: they are not tried again, and nobody is told of them any more."""

    def let_go(session: Session, row: OutboxRow) -> int:
        session.letters.mark(row.id, state=DROPPED, detail="let go by hand")
        return row.id

    _settle(ctx, ids, let_go, as_json=as_json)


def _taker(config: Config, row: OutboxRow, to: str | None) -> str:
    """The recipient that a letter is to be tried for: `to`, as it is written or shown, or its own."""
    takers = sorted(config.takers(row.digest))
    found = [taker for taker in takers if (row.recipient if to is None else to) in (taker, shown(taker))]
    if found:
        return found[0]
    there = ", ".join(map(shown, takers)) or "none"
    if to is None:
        words = f"{shown(row.recipient)} is no longer in the configuration"
        retry = f"`iomwatch outbox retry {row.id} --to RECIPIENT`"
        raise UsageError(f"{row.id}: {words}; {retry} hands it on to one that is: {there}")
    raise UsageError(f"{row.id}: --to: the configuration has no such recipient for it; there are: {there}")


def _settle(
    ctx: click.Context, ids: Sequence[int], act: Callable[[Session, OutboxRow], int], *, as_json: bool
) -> None:
    """All of them or none, while no run is at work. `act` returns the row that is to be shown."""
    with open_store(config_of(ctx)) as store, store.lock(), store.write() as session:
        for row in _rows(session, ids):
            if row.state == SENT:
                raise UsageError(f"{row.id}: was sent at {iso(row.sent_at or row.created_at)}")
        rows = _rows(session, list(dict.fromkeys([act(session, row) for row in _rows(session, ids)])))
    _print(rows, as_json=as_json)


def _rows(session: Session, ids: Sequence[int]) -> list[OutboxRow]:
    rows = session.letters.outbox(ids=ids)
    lacking = sorted(set(ids) - {row.id for row in rows})
    if lacking:
        raise UsageError(f"{lacking[0]}: no such id; `iomwatch outbox list --all` lists them")
    return rows


def _print(rows: Sequence[OutboxRow], *, as_json: bool) -> None:
    if as_json:
        print_json([_data(row) for row in rows])
        return
    for row in rows:
        when = f"sent {iso(row.sent_at)}" if row.sent_at else tried(row.attempts)
        words = f"{row.id:>5}  {row.state:<8}{row.digest}: {row.subject} to {shown(row.recipient)}, {when}"
        click.echo(printable(words + (f": {row.detail}" if row.detail else "")))


def _data(row: OutboxRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "digest": row.digest,
        "subject": row.subject,
        "message_id": row.message_id,
        "created_at": iso(row.created_at),
        "recipient": shown(row.recipient),
        "state": row.state,
        "attempts": row.attempts,
        "next_at": iso(row.next_at) if row.state in UNDELIVERED else None,
        "sent_at": iso(row.sent_at) if row.sent_at else None,
        "detail": row.detail,
    }
