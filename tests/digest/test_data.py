"""JSON, CSV, Atom and JSON Feed: what programs read, held against schemas of their own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from crawler import values
from crawler.digest import Format, render
from crawler.digest.table import COLUMNS, defused
from crawler.values import Baseline, Digest, Disagreement, Edit, EditKind, Evidence, Kind, Undelivered
from tests.digest.samples import BEGINNING, FIGURES, REALISTIC, SEEN, UNTIL, digest, event, figure

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "digest.schema.json").read_text(encoding="utf-8"))
ATOM = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
EVIDENCE = Evidence(hash="ab", status=200, time=SEEN)
FULL = digest(
    replace(
        FIGURES, before=EVIDENCE, after=EVIDENCE, back_to=EVIDENCE, homes=("https://a.example/",),
        type="News",
        edits=(Edit(kind=EditKind.NAME, before=None, after="Amina"),), published_before="2026-03-01",
        disagreements=(Disagreement(language=None, url="https://a.example/fr", figure=figure("x", 1, 2)),),
    ),
    *(event(kind, path=f"/news/{kind.value}") for kind in Kind),
    event(Kind.BLOCKED, url=None, canonical_url=None, language=None, title="", dateline=None, published=None),
    baselines=(Baseline(site="iom", since=SEEN, found=3, read=2, source="/ar/**"),),
    undelivered=(
        Undelivered(digest="daily", recipient="file:x", subject="1 new", composed_at=SEEN, detail="full"),
    ),
    late_since=SEEN, missed=2, next_check=UNTIL + timedelta(hours=1), next_letter=UNTIL + timedelta(days=1),
)  # fmt: skip


@pytest.mark.parametrize(
    "told", [REALISTIC, BEGINNING, FULL, digest()], ids=["realistic", "beginning", "full", "empty"]
)
def test_json_is_what_its_schema_says(told: Digest) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(render(told, Format.JSON)))


def test_the_schema_describes_every_field() -> None:
    """A field that is added to what a digest holds is described in docs/digest.schema.json too."""
    assert set(SCHEMA["properties"]) == {"format", "version"} | {field.name for field in fields(Digest)}
    named = {"coverage": values.SiteCoverage}
    for name, described in SCHEMA["$defs"].items():
        if described.get("type") == "object":
            described_class: Any = named.get(name) or getattr(values, name.capitalize())
            assert set(described["properties"]) == {field.name for field in fields(described_class)}, name


def rows(told: Digest) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(told, Format.CSV), newline="")))


def test_csv_is_a_row_an_event() -> None:
    found = rows(REALISTIC)
    assert tuple(found[0]) == COLUMNS
    assert [row["title"] for row in found] == [told.title for told in REALISTIC.events]
    assert (
        found[0]["figures"] == "displaced people: 12,400 → 21,400; people in collective sites: 3,100 → 5,150"
    )
    assert found[0]["countries"] == ""
    assert found[2]["countries"] == "AR"
    assert found[5]["address_before"] == "https://www.iom.int/news/health-teams-cross-lake"
    assert render(REALISTIC, Format.CSV).count("\r\n") == 7


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =", "\u200b="])
def test_no_cell_begins_a_formula(start: str) -> None:
    text = start + 'HYPERLINK("http://evil.example";"x")'
    told = event(
        Kind.CHANGED, id=text, site=text, language=text, title=text, title_before=text + "!", published=text,
        published_before=text, dateline=text, summary=text, reasons=(text,), url=text,
        figures=(replace(figure(text, 1, 2), before_text=text),),
    )  # fmt: skip
    for row in rows(digest(told)):
        for name, cell in row.items():
            assert not cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r＝＋－＠")), name
    assert defused("12") == "12"


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), min_size=1, max_size=4))
def test_no_text_leaves_its_cell(texts: list[str]) -> None:
    told = digest(*(event(title=text, dateline=text, id=str(n)) for n, text in enumerate(texts)))
    found = list(csv.reader(io.StringIO(render(told, Format.CSV), newline="")))
    assert [len(row) for row in found] == [len(COLUMNS)] * (len(texts) + 1)
    assert [row[-1] for row in found[1:]] == [str(n) for n in range(len(texts))]


AGAIN = replace(
    FIGURES, id="another-visit", seen_at=SEEN + timedelta(minutes=15), figures=(figure("people", 1, 2),)
)


@pytest.mark.parametrize(
    "told", [REALISTIC, BEGINNING, FULL, digest()], ids=["realistic", "beginning", "full", "empty"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_atom_keeps_to_the_schema(told: Digest, language: str) -> None:
    written = render(replace(told, language=language), Format.ATOM).encode()
    assert ATOM.validate(etree.fromstring(written)), ATOM.error_log
    feed = feedparser.parse(written)
    assert feed.bozo == 0
    assert feed.feed.language == language


def test_the_schema_refuses_what_is_no_feed() -> None:
    good = render(REALISTIC, Format.ATOM)
    for wrong in (
        good.replace("<id>", "<guid>", 1).replace("</id>", "</guid>", 1),
        good.replace("<updated>2026", "<updated>26", 1),
        good.replace("<title>", "<title/><title>", 1),
        good.replace('type="html"', 'type="markdown"', 1),
        good.replace("<name>iomwatch</name>", "", 1),
    ):
        assert wrong != good
        assert not ATOM.validate(etree.fromstring(wrong.encode()))


def test_a_changed_release_is_a_second_entry_in_both_feeds() -> None:
    told = digest(AGAIN, FIGURES)
    feed = feedparser.parse(render(told, Format.ATOM))
    assert len({entry.id for entry in feed.entries}) == 2
    assert len({entry.link for entry in feed.entries}) == 1
    assert feed.entries[0].updated > feed.entries[1].updated
    items = json.loads(render(told, Format.JSON_FEED))["items"]
    assert [item["id"] for item in items] == [entry.id for entry in feed.entries]
    assert items[0]["date_published"] > items[1]["date_published"]


@pytest.mark.parametrize(
    "told", [REALISTIC, BEGINNING, FULL, digest()], ids=["realistic", "beginning", "full", "empty"]
)
def test_json_feed_has_what_version_1_1_asks_for(told: Digest) -> None:
    feed = json.loads(render(told, Format.JSON_FEED))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "iomwatch: daily"
    assert feed["language"] == "en"
    assert len(feed["items"]) == len(told.events)
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"].startswith("tag:iomwatch.invalid,2026:event:")
        assert isinstance(item["content_html"], str)
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert set(item) <= {"id", "url", "title", "content_html", "date_published", "tags"}
