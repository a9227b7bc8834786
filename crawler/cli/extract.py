"""`iomwatch extract`: one page, separated; with or without a configuration."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import click

from crawler.config import Config, load
from crawler.errors import UnreadableError, UsageError
from crawler.extract import extract
from crawler.terminal import printable
from crawler.values import Article, Block, Extraction, Fetched, PassageKind, Request, plain

LOCAL = "https://page.invalid/"  # what links of a file are relative to, where it names no canonical address
SUFFIXES = {".txt": "text/plain", ".text": "text/plain"}


@click.command(
    "extract", epilog="Example: curl -s https://www.iom.int/news/… | iomwatch extract - --format json"
)
@click.argument("page", metavar="FILE|URL|-")
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--explain", is_flag=True, help="Say of each block whether it was kept or dropped, and why.")
@click.pass_context
def command(ctx: click.Context, page: str, as_format: str, as_json: bool, explain: bool) -> None:
    """Separate one page (HTML or plain text) into its article and what surrounds it.

    Text prints headline, subtitle, body and contact block in reading order; in JSON the field `text` is
    the body alone. Exit status 1: the page is unreadable, or could not be fetched.
    """
    body, url, content_type = _page(ctx, page)
    reading = extract(body, url=url, content_type=content_type, explain=explain)
    if as_json or as_format == "json":
        click.echo(json.dumps(_json(reading, explain=explain), ensure_ascii=False, indent=2))
    elif reading.article is not None:
        render = _markdown if as_format == "markdown" else _text
        click.echo(printable(render(reading.article)))
    if explain and not (as_json or as_format == "json"):
        for block in reading.blocks:
            click.echo(printable(_explained(block)))
        for note in reading.notes:
            click.echo(printable(f"note    {note}"))
    if reading.article is None:
        raise UnreadableError(f"{page}: unreadable: {reading.unreadable}")


def _page(ctx: click.Context, page: str) -> tuple[bytes, str, str | None]:
    """The page's bytes, address and content type, from a file, standard input or the network."""
    if page == "-":
        return sys.stdin.buffer.read(), LOCAL, None
    if page.startswith(("http://", "https://")):
        return asyncio.run(_fetched(_config(ctx), page))
    path = Path(page)
    try:
        return path.read_bytes(), LOCAL, SUFFIXES.get(path.suffix.lower())
    except OSError as error:
        raise UsageError(f"{page}: cannot be read: {error.strerror}") from None


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


def _json(reading: Extraction, *, explain: bool) -> dict[str, object]:
    data: dict[str, object] = {"unreadable": reading.unreadable, "layout": reading.layout}
    data["notes"] = list(reading.notes)
    article = reading.article
    if article is not None:
        fields = plain(article)
        head = {name: fields.pop(name) for name in ("title", "subtitle")}
        data = {**head, "text": article.text, "summary": article.summary, **fields, **data}
        data["published"] = str(article.published) if article.published else None
        data["published_source"] = article.published.source if article.published else None
        data["modified"] = str(article.modified) if article.modified else None
    if explain:
        data["blocks"] = plain(reading.blocks)
    return data


def _text(article: Article) -> str:
    """Headline, subtitle, body and contact block, in reading order, a blank line between."""
    parts = [article.title, article.subtitle or "", article.text, "\n".join(article.contact_text)]
    return "\n\n".join(part for part in parts if part)


_MARKS = {
    PassageKind.PARAGRAPH: "",
    PassageKind.QUOTE: "> ",
    PassageKind.ROW: "| ",
}


def _markdown(article: Article) -> str:
    parts = [f"# {article.title}", f"*{article.subtitle}*" if article.subtitle else ""]
    for passage in article.body:
        if passage.kind is PassageKind.HEADING:
            mark = "#" * max(2, passage.level) + " "
        elif passage.kind is PassageKind.ITEM:
            mark = "  " * (max(1, passage.level) - 1) + "- "
        else:
            mark = _MARKS[passage.kind]
        parts.append(mark + passage.text)
    parts += article.contact_text
    return "\n\n".join(part for part in parts if part)


def _explained(block: Block) -> str:
    verdict = "kept   " if block.kept else "dropped"
    text = block.text if len(block.text) <= 70 else block.text[:69] + "…"
    return f"{verdict} {block.role:<12} {text}\n        {block.tag}: {block.why}"
