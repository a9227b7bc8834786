"""One page read: its blocks, their roles, the article's fields, and what is to be said of them.

It is what `crawler.extract` gives; the rooms beside it judge.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.bounds import MAX_BYTES, MAX_CHARACTERS, TOO_DEEP, html_only, too_much
from crawler.extract import fields, head, mojibake, notices, recurring, roles
from crawler.extract.decode import decode, utf8
from crawler.extract.plain import read_text
from crawler.extract.template import Template
from crawler.extract.walk import read_html
from crawler.values import Article, Block, Extraction

_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|script|div|p|h[1-6]|article|section|main|table|ul|a|br)[\s/>]",
    re.IGNORECASE,
)
_MAX_LINES = 20_000
# Comparing two versions takes time that grows faster than their length; no release comes near these.
_MAX_PASSAGES = 5_000


def _is_plain(body: bytes, content_type: str | None) -> bool:
    """Whether `body` is plain text: said to be, or without any tag of HTML."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return True
    return not (
        kind.endswith(("html", "xml")) or _MARKUP.search(body) or _MARKUP.search(body.replace(b"\0", b""))
    )


def _blocks(reading: roles.Reading) -> tuple[Block, ...]:
    kept = ("title", "subtitle", "body", "caption", "contact", "type", "date")
    return tuple(
        Block(
            text="\n".join(run.lines) if run.lump else run.text,
            tag=run.box.path(),
            kept=role in kept,
            role=role,
            why=why,
        )
        for run, (role, why) in zip(reading.page.runs, reading.roles, strict=True)
    )


def _notes(article: Article | None) -> tuple[str, ...]:
    said = mojibake.notice(f"{article.title}\n{article.text}") if article else None
    return (said,) if said else ()


def _too_long(article: Article) -> notices.Trouble | None:
    if len(article.body) > _MAX_PASSAGES:
        return notices.Trouble(f"too long: more than {_MAX_PASSAGES} passages")
    if sum(len(passage.text) for passage in article.body) > MAX_CHARACTERS:
        return notices.Trouble(f"too long: more than {MAX_CHARACTERS} characters")
    return None


def _separated(
    body: bytes, url: str, content_type: str | None, template: Template | None = None
) -> roles.Reading | str:
    """The page with a role for each of its runs, or why it cannot be read."""
    if len(body) > MAX_BYTES:
        return f"too large: more than {MAX_BYTES} bytes"
    if not body.strip(b" \t\r\n\0"):
        return "empty"
    if _is_plain(body, content_type):
        text = decode(body, content_type)
        if text.count("\n") > _MAX_LINES:
            return f"too many lines: more than {_MAX_LINES}"
        page = read_text(text)
    else:
        markup = html_only(utf8(body, content_type))
        if reason := too_much(markup):
            return reason
        page = read_html(markup)
        if page.too_deep:
            return TOO_DEEP
    return roles.read(page, head.read(page, url), template)


def extract(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    explain: bool = False,
    template: Template | None = None,
) -> Extraction:
    """See `crawler.extract.extract`."""
    reading = _separated(body, url, content_type, template)
    if isinstance(reading, str):
        return Extraction(article=None, unreadable=reading)
    blocks = _blocks(reading) if explain else ()
    article = fields.article(reading, url) if reading.runs("body") else None
    trouble = notices.trouble(reading, body, article) or (_too_long(article) if article else None)
    found = Extraction(
        article=None if trouble else article,
        unreadable=trouble.words if trouble else None,
        notice=trouble.notice if trouble else None,
        hint=notices.hint(reading),
        layout=reading.layout,
        notes=_notes(article),
        blocks=blocks,
    )
    return found if template is None else _with_template(found, reading, template)


def _with_template(found: Extraction, reading: roles.Reading, template: Template) -> Extraction:
    """The extraction, with what the page tells of its site's template and the template of the page."""
    marks = recurring.marks(reading, readable=found.article is not None)
    return replace(
        found,
        marks=marks,
        recurring=tuple(reading.recurring.items()),
        stranger=template.is_strange(marks),
        disagreement=reading.disagreement,
        unfitted=template.unfitted(reading.layout) if found.article is not None else "",
    )


def text(body: bytes, *, url: str, content_type: str | None = None) -> str:
    """See `crawler.extract.text`."""
    reading = _separated(body, url, content_type)
    if isinstance(reading, str):
        return ""
    return fields.text(reading.runs("body"))
