"""Texts that attack, through every channel: nothing leaves its line, header, attribute or element."""

from __future__ import annotations

import email
import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

import feedparser
from lxml import etree

from crawler.deliver import Channels, deliver
from crawler.deliver.message import compose
from crawler.deliver.webhook import body
from crawler.digest import brief, letter
from crawler.values import Delivered
from tests.deliver.test_folder import ATOM
from tests.digest.referee import faults, unprintable
from tests.digest.samples import SEEN
from tests.digest.test_hostile import OWN, everywhere, shared

AT_ONCE = 20


def test_hostile_texts_of_our_own(tmp_path: Path) -> None:
    check(OWN, tmp_path)


def test_collected_hostile_texts(tmp_path: Path) -> None:
    texts = json.loads(shared("blns.json").read_text("utf-8"))
    texts += [case["payload"] for case in json.loads(shared("dompurify-payloads.json").read_text("utf-8"))]
    for start in range(0, len(texts), AT_ONCE):
        folder = tmp_path / str(start)
        folder.mkdir()
        check(texts[start : start + AT_ONCE], folder)


def check(texts: list[str], folder: Path) -> None:
    """One letter that holds each text in every field of an event, through every channel."""
    told = everywhere(*texts)
    frozen = letter(told, created_at=SEEN + timedelta(hours=1), message_id="<hostile@desk.example>")
    frozen = replace(frozen, events=told.events)

    assert deliver(frozen, "file:.", Channels(root=folder)).outcome is Delivered.SENT
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert [fault for fault in faults(index) if not _our_own(fault)] == []
    atom = (folder / "atom.xml").read_bytes()
    ATOM.assertValid(etree.fromstring(atom))
    assert not feedparser.parse(atom).bozo
    items = json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"]
    assert len(items) == len({event.id for event in told.events})
    for item in items:
        assert faults(item["content_html"]) == []
        assert unprintable(item["title"]) == set()
    assert all(path.name.isascii() for path in folder.iterdir())

    parsed = email.message_from_bytes(
        compose(frozen, from_="watch@desk.example", to="desk@example.org"), policy=policy.default
    )
    assert isinstance(parsed, EmailMessage)
    assert "Bcc" not in parsed
    assert parsed["Message-ID"] == "<hostile@desk.example>"

    said = body(frozen)
    assert said.isascii()
    assert [event["kind"] for event in json.loads(said)["events"]] == [event.kind for event in told.events]

    short = brief(frozen, lambda title, text: len(title) <= 250 and len(text) <= 100_000)
    assert short is not None
    assert unprintable(short[0]) == set()
    assert unprintable(short[1]) == set()

    with redirect_stdout(io.StringIO()) as out:
        assert deliver(frozen, "stdout:", Channels()).outcome is Delivered.SENT
    assert unprintable(out.getvalue()) == set()


def _our_own(fault: str) -> bool:
    """What the index holds and a letter does not: relative links, feeds named in its head."""
    return fault in {"<link>", "link rel=", "link type=", "link title=", "<small>", "a rel="} or (
        fault.startswith("href=") and ":" not in fault and "//" not in fault
    )
