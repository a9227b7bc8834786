"""How a round is shown: a progress bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Protocol, Self

import click

from crawler.cycle.tools import Progress
from crawler.terminal import printable


class ShownProgress(Progress, Protocol):
    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def progress(*, quiet: bool) -> ShownProgress:
    """The progress that fits where standard error leads."""
    if quiet:
        return Silence()
    return Bar() if sys.stderr.isatty() else Lines()


class Silence:
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def expect(self, site: str, pages: int) -> None:
        pass

    def step(self, site: str, url: str, what: str) -> None:
        pass

    def note(self, site: str, words: str) -> None:
        pass


class Lines(Silence):
    """A line for what is worth a log's while: not for each page that stayed as it was."""

    USUAL = frozenset({"same", "article"})

    def expect(self, site: str, pages: int) -> None:
        click.echo(f"{site}: {pages} pages to look at", err=True)

    def step(self, site: str, url: str, what: str) -> None:
        if what not in self.USUAL:
            click.echo(printable(f"{site}: {what}: {url}"), err=True)

    def note(self, site: str, words: str) -> None:
        click.echo(printable(f"{site}: {words}"), err=True)


class Bar(Silence):
    """A bar over all pages of the round, with the address being looked at."""

    def __init__(self) -> None:
        self._bar = click.progressbar(
            length=0, label="looking", file=sys.stderr, item_show_func=lambda item: item or ""
        )

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._bar.render_finish()

    def expect(self, site: str, pages: int) -> None:  # noqa: ARG002 - one bar for all sites
        self._bar.length = (self._bar.length or 0) + pages
        self._bar.update(0)

    def step(self, site: str, url: str, what: str) -> None:  # noqa: ARG002 - outcomes are told at the end
        self._bar.update(1, printable(url)[:60])

    def note(self, site: str, words: str) -> None:
        click.echo("\n" + printable(f"{site}: {words}"), err=True)
