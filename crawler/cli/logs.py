"""Logs of rounds on standard error: a line for what is worth one, as text or as JSON, one summary a round.

It keeps no file and rotates none: the service manager does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import click

from crawler.cli.progress import Lines
from crawler.cycle.outcome import Round
from crawler.terminal import printable
from crawler.values import iso

Write = Callable[[dict[str, object]], None]


class Log(Lines):
    """A progress that writes each line as one record: time, subject, words, and what else there is."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def said(self, subject: str, words: str, **more: object) -> None:
        self._write({"time": iso(datetime.now(UTC)), "subject": subject, "words": words, **more})

    def expect(self, site: str, pages: int) -> None:
        if pages:
            self.said(site, f"{pages} pages to look at")

    def step(self, site: str, url: str, what: str) -> None:
        if what not in self.USUAL:
            self.said(site, what, url=url)

    def note(self, site: str, words: str) -> None:
        self.said(site, words)

    def round(self, done: Round) -> None:
        """The one summary line of a round."""
        looked, told = done.looked, done.told
        self.said(
            "round",
            "whole" if looked.whole else "stopped before its end",
            round=looked.round_id,
            asked=sum(site.asked for site in looked.sites),
            read=sum(site.read for site in looked.sites),
            blocked=sum(site.blocked for site in looked.sites),
            missing=sum(site.missing for site in looked.sites),
            events=looked.events,
            letters=done.letters,
            delivered=told.sent if told else 0,
            needs_a_person=done.needs_a_person,
        )


def logged(form: str) -> Log:
    """A log in that form ("text", "json") on standard error."""
    return Log(_json if form == "json" else _text)


def _json(record: dict[str, object]) -> None:
    click.echo(json.dumps(record, ensure_ascii=True), err=True)


def _text(record: dict[str, object]) -> None:
    time, subject, words, *_ = (str(part) for part in record.values())
    more = "".join(f" {key}={value}" for key, value in list(record.items())[3:])
    click.echo(printable(f"{time} {subject}: {words}{more}"), err=True)
