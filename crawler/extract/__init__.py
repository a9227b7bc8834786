"""Page → article: reads HTML or plain text, separates the release from what lies around it.

It fetches nothing, remembers nothing and compares nothing: one page in, one `Extraction` out.
"""

from __future__ import annotations

import re

from crawler.extract import fields, head, mojibake, notices, roles
from crawler.extract.blocks import read_html
from crawler.extract.bounds import too_much
from crawler.extract.decode import decode
from crawler.extract.plain import read_text
from crawler.text import fold
from crawler.values import Article, Block, Extraction

__all__ = ["extract", "fold"]

_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|script|div|p|h[1-6]|article|section|main|table|ul|a|br)[\s/>]",
    re.IGNORECASE,
)
_MAX_LINES = 20_000
_FURNITURE_SHOWN = 400
# Comparing two versions takes time that grows faster than their length; no release comes near these.
_MAX_PASSAGES = 5_000
_MAX_CHARACTERS = 1_000_000


def _is_plain(body: bytes, content_type: str | None) -> bool:
    """Whether `body` is plain text: said to be, or without any tag of HTML."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return True
    return not (kind.endswith(("html", "xml")) or _MARKUP.search(body.replace(b"\0", b"")))


def _blocks(reading: roles.Reading) -> tuple[Block, ...]:
    kept = ("title", "subtitle", "body", "caption", "contact", "type", "date")
    return tuple(
        Block(text=run.text, tag=run.box.path(), kept=role in kept, role=role, why=why)
        for run, (role, why) in zip(reading.page.runs, reading.roles, strict=True)
    )


def _furniture(reading: roles.Reading) -> tuple[str, ...]:
    texts = (fold(run.text) for run in reading.runs("boilerplate", "menu", "links"))
    return tuple(dict.fromkeys(texts))[:_FURNITURE_SHOWN]


def _notes(article: Article | None) -> tuple[str, ...]:
    said = mojibake.notice(f"{article.title}\n{article.text}") if article else None
    return (said,) if said else ()


def _too_long(article: Article) -> str | None:
    if len(article.body) > _MAX_PASSAGES:
        return f"too long: more than {_MAX_PASSAGES} passages"
    if sum(len(passage.text) for passage in article.body) > _MAX_CHARACTERS:
        return f"too long: more than {_MAX_CHARACTERS} characters"
    return None


def extract(body: bytes, *, url: str, content_type: str | None = None, explain: bool = False) -> Extraction:
    """The article of a page, or why there is none.

    `body` is the page as it came, decoded of any Content-Encoding; `url` its address (what relative
    links start from, and a hint of the language); `content_type` the header's value. With `explain`
    every block is given with its verdict. Never raises: what cannot be read is said in `unreadable`.
    """
    if not body.strip(b" \t\r\n\0"):
        return Extraction(article=None, unreadable="empty")
    text = decode(body, content_type)
    if _is_plain(body, content_type):
        if text.count("\n") > _MAX_LINES:
            return Extraction(article=None, unreadable=f"too many lines: more than {_MAX_LINES}")
        page = read_text(text)
    else:
        markup = text.encode("utf-8", "replace")
        if reason := too_much(markup):
            return Extraction(article=None, unreadable=reason)
        page = read_html(markup)
    reading = roles.read(page, head.read(page, url))
    blocks = _blocks(reading) if explain else ()
    article = fields.article(reading, url) if reading.runs("body") else None
    trouble = notices.trouble(reading, body, article) or (_too_long(article) if article else None)
    return Extraction(
        article=None if trouble else article,
        unreadable=trouble,
        layout=reading.layout,
        notes=_notes(article),
        furniture=_furniture(reading),
        blocks=blocks,
    )
