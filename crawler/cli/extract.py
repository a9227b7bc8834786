"""`iomwatch extract`: one page, separated, or many of them (`--jsonl`); with or without a configuration.

It judges nothing: that is crawler.extract. How the result is printed is in `extract_formats`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click

from crawler.bounds import MAX_BYTES
from crawler.cli import extract_formats
from crawler.config import Config, load
from crawler.errors import UnreadableError, UsageError
from crawler.extract import extract
from crawler.terminal import printable
from crawler.values import Fetched, Request, plain

LOCAL = "https://page.invalid/"  # what links of a file are relative to, where it names no canonical address
MOST = MAX_BYTES + 1  # what is read of a file: beyond that, a page is refused
SUFFIXES = {".txt": "text/plain", ".text": "text/plain"}


@click.command(
    "extract",
    epilog="""\b
Example: curl -s https://www.iom.int/news/… | iomwatch extract - --format json
         iomwatch extract page.html --format html > xray.html
         iomwatch extract --jsonl pages.jsonl --jobs 0 > articles.jsonl""",
)
@click.argument("page", metavar="FILE|URL|-")
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
    help="html: the page under X-ray, every block with its verdict.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--explain", is_flag=True, help="Say of each block whether it was kept or dropped, and why.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='Many pages: lines of {"id", "url", "html"} in, lines of {"id", "title", "text", …} out.',
)
@click.option(
    "--jobs",
    type=click.IntRange(0, 512),
    default=1,
    show_default=True,
    help="Processes for --jsonl; 0: one a core.",
)
@click.option(
    "--learn", is_flag=True, help="For --jsonl: let each page teach those of its site that come after it."
)
@click.pass_context
def command(
    ctx: click.Context,
    page: str,
    as_format: str,
    as_json: bool,
    explain: bool,
    jsonl: bool,
    jobs: int,
    learn: bool,
) -> None:
    """Separate one page (HTML or plain text) into its article and what surrounds it.

    Text prints headline, subtitle, body and contact block in reading order; in JSON the field `text` is
    the body alone. Exit status 1: the page is unreadable, or could not be fetched. With --jsonl such a page
    is a line with its `error`, and the status is 0.
    """
    if jsonl:
        if explain or as_format != "text":
            raise UsageError(
                "--jsonl writes lines of JSON: it goes with --jobs or --learn, not with --explain or --format"
            )
        if learn and jobs != 1:
            raise UsageError("--learn reads in order, by one process: leave --jobs out")
        _bulk(page, jobs, learn=learn)
        return
    if learn or jobs != 1:
        raise UsageError("--jobs and --learn go with --jsonl: this is one page")
    _one(ctx, page, "json" if as_json else as_format, explain=explain)


def _one(ctx: click.Context, page: str, as_format: str, *, explain: bool) -> None:
    """Print one page. Raises UnreadableError when it has no article; what is known of it is printed first."""
    body, url, content_type = _page(ctx, page)
    reading = extract(body, url=url, content_type=content_type, explain=explain or as_format == "html")
    if as_format == "html":
        from crawler.extract import xray

        click.echo(xray.draw(reading, source=page))
    elif as_format == "json":
        blocks = {"blocks": plain(reading.blocks)} if explain else {}
        click.echo(json.dumps({**extract_formats.fields(reading), **blocks}, ensure_ascii=False, indent=2))
    else:
        if reading.article is not None:
            render = extract_formats.markdown if as_format == "markdown" else extract_formats.text
            click.echo(printable(render(reading.article)))
        for block in reading.blocks:
            click.echo(printable(extract_formats.explained(block)))
        for note in reading.notes:
            click.echo(printable(f"iomwatch: {page}: {note}"), err=True)
    if reading.article is None:
        raise UnreadableError(f"{page}: unreadable: {reading.unreadable}")


def _bulk(page: str, jobs: int, *, learn: bool) -> None:
    from crawler.cli.extract_bulk import answers

    if page.startswith(("http://", "https://")):
        raise UsageError("--jsonl reads a file, or - for standard input")
    try:
        stream = _stdin() if page == "-" else Path(page).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UsageError(f"{page}: cannot be read: {error.strerror}") from None
    with stream, closing(answers(stream, jobs, learn=learn)) as told:
        _write(told)


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # as Python has it where the caller closed it
        raise UsageError("standard input is closed")
    return sys.stdin.buffer


def _write(told: Iterable[bytes]) -> None:
    """Write lines, each as soon as it is known; a reader that has seen enough ends the program quietly."""
    if sys.stdout is None:
        raise UsageError("standard output is closed")
    try:
        for line in told:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered would be flushed, and fail again, at exit (Python's docs, signal, SIGPIPE).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _page(ctx: click.Context, page: str) -> tuple[bytes, str, str | None]:
    """The page's bytes, address and content type, from a file, standard input or the network."""
    if page == "-":
        return _stdin().read(MOST), LOCAL, None
    if page.startswith(("http://", "https://")):
        return asyncio.run(_fetched(_config(ctx), page))
    path = Path(page)
    try:
        with path.open("rb") as file:
            return file.read(MOST), LOCAL, SUFFIXES.get(path.suffix.lower())
    except OSError as error:
        why = "no http(s) address, and no file" if "://" in page else f"cannot be read: {error.strerror}"
        raise UsageError(f"{page}: {why}") from None


def _config(ctx: click.Context) -> Config:
    """The configuration where there is one; the defaults otherwise."""
    path: Path = ctx.obj
    return load(path) if path.exists() else Config()


async def _fetched(config: Config, url: str) -> tuple[bytes, str, str | None]:
    from crawler.cycle.rounds import fetch_settings
    from crawler.fetch import Fetcher

    async with Fetcher(fetch_settings(config)) as fetcher:
        response = await fetcher.get(Request(url=url))
    if response.outcome is not Fetched.OK:
        raise UnreadableError(f"{url}: {response.outcome.value}: {response.detail}")
    return response.body, response.final_url, response.header("content-type")
