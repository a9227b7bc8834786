"""Pages that write to us: nothing they say becomes markup, a link, a command or a crash, in any format."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crawler.digest import Format, letter, render, subject
from crawler.digest.table import COLUMNS
from crawler.values import Digest, Edit, EditKind, Evidence, Figure, Kind, Op, Segment
from tests.digest.referee import faults, unprintable
from tests.digest.samples import SEEN, covered, digest, event

OWN = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'onmouseover='alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "]]><x><![CDATA[",
    "</title></style></td></table><b>out</b>",
    "javascript:alert(1)",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\u2066\r\nSubject: forged\u2028next",
    "\ud800 lone \udfff surrogates \ufffe \U0001ffff \x00",
    "Z̸̡͇̠̱͓" * 500,
    "# heading\n\n- list\n\n1. one\n\n> quote\n\n---\n\n```code```\n\n| a | b |\n|---|---|",
    "1. one", "- two", "+ three", "=== four", "    code", "~~gone~~ **bold** __x__ &lt; &copy; \\* @all $x$",
    "A" * 20_000,
    "مرحبا " * 5_000,
    "字" * 10_000,
    " ", "", "\u200b", "\u00a0",
]  # fmt: skip


def everywhere(*texts: str) -> Digest:
    """A digest with one event for each text, which stands in every field a page or a source can fill."""
    events = (
        event(
            Kind.RESTORED,  # of all kinds the one that shows every field
            facts=(Kind.RESTORED, Kind.MOVED), id=f"{n}{text}", site=text, url=text, language=text,
            title=text, title_before=text + "!", published=text, published_before=text + "!",
            canonical_url=text if n % 2 else f"https://www.iom.int/{text}",
            dateline=text, summary=text, reasons=(text, text),
            figures=(
                Figure(what=text, before=text, after=text, unit=text, before_text=text, after_text=text),
                Figure(what=text, before=text, after=None, unit=text),
            ),
            redline=tuple(Segment(op=op, text=text, paragraph=p) for p in range(2) for op in Op),
            edits=tuple(Edit(kind=kind, before=text, after=text + "!", detail=text) for kind in EditKind),
            correction=text, silent=True,
            before=Evidence(hash=text, status=200, time=SEEN),
            direction="rtl" if n % 2 else "ltr",
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    sites = tuple(covered(site=text, troubles=(text,), disagreements=(text,), blocked=1) for text in texts)
    return digest(*events, name=texts[0], coverage=sites)


def check(*texts: str, language: str = "en") -> None:
    shown = replace(everywhere(*texts), language=language)
    mail = letter(shown, created_at=SEEN, message_id="<a@b>")
    assert len(mail.html.encode()) < 100_000
    for html in (mail.html, render(shown, Format.HTML)):
        assert faults(html) == []
    plain_text = render(shown, Format.TEXT)
    assert not unprintable(plain_text)
    assert "\n" not in subject(shown)
    markdown = render(shown, Format.MARKDOWN)
    assert not unprintable(markdown)
    drawn = MarkdownIt("commonmark").enable("strikethrough").enable("table").render(markdown)
    assert set(faults(drawn)) <= {"<hr>", "<s>"}  # drawn by our own "---" and "~~"
    written = render(shown, Format.JSON)
    assert not unprintable(written)
    assert [e["title"] for e in json.loads(written)["events"]] == [e.title for e in shown.events]
    table = render(shown, Format.CSV)
    assert not unprintable(table.replace("\r\n", "\n"))
    cells = list(csv.reader(io.StringIO(table, newline="")))
    assert [len(row) for row in cells] == [len(COLUMNS)] * (len(texts) + 1)
    assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for row in cells for cell in row)
    feed = feedparser.parse(
        render(shown, Format.ATOM).encode(), sanitize_html=False, resolve_relative_uris=False
    )
    assert feed.bozo == 0, feed.get("bozo_exception")
    assert len(feed.entries) == len(texts)
    items = json.loads(render(shown, Format.JSON_FEED))["items"]
    for entry, item_ in zip(feed.entries, items, strict=True):
        assert faults(entry.content[0].value) == []
        assert faults(item_["content_html"]) == []
        assert item_.get("url", "https://").startswith(("http://", "https://"))
        assert all(link.href.startswith("http") for link in entry.get("links", ()))


@pytest.mark.parametrize("text", OWN, ids=range(len(OWN)))
def test_own_hostile_texts(text: str) -> None:
    check(text, text)
    check(text, language="ar")


def shared(name: str) -> Path:
    folder = os.environ.get("IOMWATCH_SHARED")
    if not folder:
        pytest.skip("IOMWATCH_SHARED is unset: the collected hostile strings are not at hand")
    return Path(folder) / "data" / "naughty" / name


def check_all(texts: list[str], batch: int) -> None:
    assert len(texts) > 100
    for start in range(0, len(texts), batch):
        check(*texts[start : start + batch])


def test_the_big_list_of_naughty_strings() -> None:
    check_all(json.loads(shared("blns.json").read_text("utf-8")), batch=6)


def test_script_injection_payloads() -> None:
    payloads = json.loads(shared("dompurify-payloads.json").read_text("utf-8"))
    check_all([case["payload"] for case in payloads], batch=3)


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text(text: str) -> None:
    check(text)


def test_templates_are_not_written_by_pages() -> None:
    for format_ in Format:
        assert "49" not in render(digest(event(title="{{ 7*7 }}", published=None)), format_).replace(
            "#495", ""
        )


def test_numbers_that_json_cannot_hold() -> None:
    figures = (
        Figure(what="a", before=float("inf"), after=float("nan"), unit=""),
        Figure(what="b", before=10**9_000, after=-(10**9_000), unit=""),
    )
    shown = digest(event(Kind.CHANGED, figures=figures))
    for format_ in Format:
        render(shown, format_)
    assert json.loads(render(shown, Format.JSON))["events"][0]["figures"][0]["before"] == "inf"
