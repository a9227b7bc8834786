"""A folder as a static site: its feeds hold each event as an entry, a changed release as a second one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from crawler.deliver import Channels, deliver
from crawler.deliver.folder import file_name
from crawler.digest import atom_feed, feed_items, json_feed
from crawler.values import Delivered, Event, Kind, Letter
from tests.deliver.test_mail import LETTER
from tests.digest.samples import event, figure

ATOM = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "digest" / "atom.rng"))
FIRST = replace(LETTER, events=(event(), event(Kind.REMOVED, path="/news/gone", weight=80)))
SECOND = replace(
    LETTER,
    message_id="<2@x>",
    created_at=LETTER.created_at + timedelta(days=1),
    events=(event(Kind.CHANGED, id="second", figures=(figure("people", 12_400, 21_400),)),),
)


def give(folder: Path, *letters: Letter) -> None:
    for letter in letters:
        assert deliver(letter, "file:.", Channels(root=folder)).outcome is Delivered.SENT


def feeds(folder: Path) -> tuple[Any, dict[str, Any]]:
    ATOM.assertValid(etree.fromstring((folder / "atom.xml").read_bytes()))
    atom = feedparser.parse((folder / "atom.xml").read_bytes())
    assert not atom.bozo, atom.bozo_exception
    return atom, json.loads((folder / "feed.json").read_text(encoding="utf-8"))


def test_a_changed_release_is_a_second_entry_in_both_feeds(tmp_path: Path) -> None:
    give(tmp_path, FIRST, SECOND)
    atom, items = feeds(tmp_path)
    assert [entry.title.partition(":")[0] for entry in atom.entries] == ["Figure changed", "Removed", "New"]
    assert [item["id"] for item in items["items"]] == [entry.id for entry in atom.entries]
    assert len({entry.id for entry in atom.entries}) == 3
    assert all(entry.id.startswith("tag:iomwatch.invalid,2026:event:") for entry in atom.entries)
    changed, new = items["items"][0], items["items"][2]
    assert changed["url"] == new["url"]
    assert "21,400" in changed["content_html"]


def test_the_json_feed_has_what_version_1_1_requires(tmp_path: Path) -> None:
    give(tmp_path, FIRST, replace(LETTER, message_id="<3@x>"))
    _, feed = feeds(tmp_path)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert ("content_html" in item) != ("content_text" in item)
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert all(isinstance(tag, str) for tag in item["tags"])


def test_the_same_letter_again_changes_no_file(tmp_path: Path) -> None:
    give(tmp_path, FIRST, SECOND)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    give(tmp_path, SECOND, FIRST)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_an_event_that_two_digests_tell_is_one_entry(tmp_path: Path) -> None:
    give(tmp_path, FIRST, replace(FIRST, digest="other", message_id="<other@x>"))
    atom, _ = feeds(tmp_path)
    assert len(atom.entries) == 2


def test_entries_speak_their_letters_language_and_say_which(tmp_path: Path) -> None:
    give(tmp_path, replace(FIRST, language="fr"), replace(SECOND, language="ar"))
    atom, feed = feeds(tmp_path)
    assert [entry.title.partition(":")[0].strip() for entry in atom.entries] == [
        "رقم معدّل",
        "Supprimé",
        "Nouveau",
    ]
    assert "importance élevée" in atom.entries[1].content[0].value
    assert feed["items"][0]["content_html"].startswith('<div lang="ar" dir="rtl">')
    assert "dir=" not in feed["items"][1]["content_html"]
    assert [item["language"] for item in feed["items"]] == ["ar", "fr", "fr"]
    assert [entry.content[0].language for entry in atom.entries] == ["ar", "fr", "fr"]


def test_a_letter_without_events_is_one_entry(tmp_path: Path) -> None:
    give(tmp_path, LETTER)
    atom, _ = feeds(tmp_path)
    assert [entry.title for entry in atom.entries] == [LETTER.subject]
    assert "Córdoba" in atom.entries[0].content[0].value


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"items": 3}', b'{"items": [3]}', b"\xff", b"[" * 200_000]
)
def test_an_old_letter_that_is_damaged_holds_up_no_new_one(tmp_path: Path, damage: bytes) -> None:
    give(tmp_path, FIRST)
    (tmp_path / f"{file_name(FIRST)}.json").write_bytes(damage)
    give(tmp_path, SECOND)
    atom, _ = feeds(tmp_path)
    assert len(atom.entries) == 1


def test_the_page_is_the_whole_letter(tmp_path: Path) -> None:
    give(tmp_path, replace(FIRST, page="<title>whole</title>"))
    (page,) = tmp_path.glob("2*.html")
    assert page.read_text(encoding="utf-8") == "<title>whole</title>"


def test_the_newest_letter_is_in_the_feeds_whole(tmp_path: Path) -> None:
    many: tuple[Event, ...] = tuple(event(path=f"/news/{number}") for number in range(450))
    give(tmp_path, FIRST, replace(SECOND, events=many))
    atom, feed = feeds(tmp_path)
    assert len(atom.entries) == len(feed["items"]) == 450


def test_a_test_letter_is_in_no_index_and_no_feed(tmp_path: Path) -> None:
    give(tmp_path, FIRST)
    before = {name: (tmp_path / name).read_bytes() for name in ("index.html", "atom.xml", "feed.json")}
    give(tmp_path, replace(SECOND, test=True))
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert (tmp_path / "test.html").read_text(encoding="utf-8") == SECOND.html
    assert len(list(tmp_path.glob("2*.html"))) == 1


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_any_text_of_a_page_gives_whole_feeds(title: str, summary: str) -> None:
    hostile = event(title=title, summary=summary, id=title, site=summary)
    for letter in (replace(LETTER, events=(hostile,)), replace(LETTER, subject=title, text=summary)):
        items = feed_items(letter)
        parsed = feedparser.parse(atom_feed(items, "t", updated="2026-03-04T06:00:00Z").encode())
        assert not parsed.bozo, parsed.bozo_exception
        assert len(parsed.entries) == 1
        assert len(json.loads(json_feed(items, "t"))["items"]) == 1
