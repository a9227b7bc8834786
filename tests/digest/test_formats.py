"""Each format of one realistic digest: structure, order, bounds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from crawler.digest import Format, letter, render, subject
from crawler.digest.columns import width
from crawler.values import Digest, Edit, EditKind, Evidence, Kind, Letter, plain
from tests.digest.referee import faults, one, unprintable
from tests.digest.samples import (
    ARABIC,
    BEGINNING,
    EDITED,
    FIGURES,
    FRENCH,
    MOVED,
    REALISTIC,
    REMOVED,
    RETITLED,
    UNTIL,
    covered,
    digest,
    event,
    redline,
)

COVERAGE = "Read 24 of 25 known pages of iom; 1 blocked since Sunday; the sitemap does not name 3 releases"


def mail(told: Digest) -> Letter:
    return letter(told, created_at=UNTIL, message_id="<a@b>")


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("format_", Format)
def test_every_format_tells_every_event_and_the_coverage(format_: Format) -> None:
    shown = render(REALISTIC, format_)
    if format_ is Format.JSON_FEED:  # it is in ASCII
        shown = json.dumps(json.loads(shown), ensure_ascii=False)
    for told in REALISTIC.events:
        assert told.title.replace("’", "'") in one_line(shown).replace("’", "'").replace("&#39;", "'")
        assert (told.canonical_url or "") in shown
    if format_ not in (Format.JSON, Format.CSV):
        assert COVERAGE in one_line(shown)


@pytest.mark.parametrize("format_", [Format.TEXT, Format.MARKDOWN, Format.HTML])
def test_figures_and_removals_come_before_news(format_: Format) -> None:
    shown = render(REALISTIC, format_)
    at = [shown.index(told.title[:30]) for told in (FIGURES, REMOVED, FRENCH, RETITLED, MOVED, ARABIC)]
    if format_ is Format.HTML:  # the preview line names the first three
        body = shown[shown.index("<h1") :]
        at = [body.index(told.title[:30]) for told in (FIGURES, REMOVED, FRENCH, RETITLED, MOVED, ARABIC)]
    assert at == sorted(at)


@pytest.mark.parametrize("kind", [Kind.MOVED, Kind.RESTORED, Kind.WITHDRAWN, Kind.REVERTED])
def test_a_figure_stands_with_the_figures_and_says_what_else_happened(kind: Kind) -> None:
    told = replace(FIGURES, kind=kind, facts=(kind, Kind.CHANGED))
    lines = render(digest(told, event()), Format.TEXT).splitlines()
    assert "IOM: 1 new, 1 figure changed" in lines
    at = lines.index("FIGURES CHANGED (1)")
    assert lines[at + 3] == f"* {FIGURES.title}"
    assert f"  figures changed, {kind} · high weight · iom · English" in lines
    assert sum(FIGURES.title in line for line in lines) == 1


def test_text_is_eighty_columns_and_fit_for_a_terminal() -> None:
    shown = render(REALISTIC, Format.TEXT)
    assert all(width(line) <= 80 or line.lstrip("→ ").startswith("http") for line in shown.splitlines())
    assert not unprintable(shown)
    lines = shown.splitlines()
    assert lines[0] == subject(REALISTIC)
    assert "  displaced people: 12,400 → 21,400 (+73 %)" in lines
    assert "  before: New Centre Opens in Agadez" in lines
    old = lines.index("  https://www.iom.int/news/health-teams-cross-lake")
    assert lines[old + 1] == "  → https://www.iom.int/news/health-teams-cross-lake-reach-islands"
    flat = one_line(shown.replace("\n  | ", " "))
    assert "Monday count [-12,400-] {+21,400+} displaced people" in flat
    assert "Nothing was touched" not in flat
    assert "figures changed · high weight · iom · English" in flat
    assert (
        "published 19 February 2026 · seen 4 March 2026, 05:30 UTC · last there 3 March 2026, 18:00 UTC"
        in flat
    )
    assert flat.endswith("that the listing does.")


def test_text_of_a_new_release_opens_with_its_first_sentences() -> None:
    assert "Réunis à Córdoba pendant deux jours" in one_line(render(REALISTIC, Format.TEXT))


def test_a_redated_release_shows_both_dates() -> None:
    told = event(Kind.REDATED, published="2026-03-03", published_before="2026-03-01")
    for format_ in (Format.TEXT, Format.HTML, Format.MARKDOWN):
        assert "published 1 March 2026 → 3 March 2026" in one_line(render(digest(told), format_))


@pytest.mark.parametrize("format_", [Format.TEXT, Format.HTML, Format.MARKDOWN])
def test_an_empty_digest_says_so_and_says_what_it_rests_on(format_: Format) -> None:
    shown = one_line(render(digest(), format_))
    assert "Nothing new." in shown
    assert "Read 24 of 25 known pages of iom." in shown
    assert "No site was read" in one_line(render(digest(coverage=()), format_))


@pytest.mark.parametrize("format_", [Format.TEXT, Format.HTML, Format.MARKDOWN])
def test_a_beginning_is_one_line(format_: Format) -> None:
    shown = one_line(render(BEGINNING, format_))
    assert shown.count("Watching began: 24 releases of iom were already there; they are not news.") == 1
    assert "Nothing new." not in shown


def test_html_is_a_whole_mail_with_inline_styles() -> None:
    shown = render(REALISTIC, Format.HTML)
    tree = LexborHTMLParser(shown)
    assert faults(shown) == []
    assert one(tree, "title").text() == subject(REALISTIC)
    assert one(tree, "html").attributes["lang"] == "en"
    assert one(tree, 'meta[name="color-scheme"]').attributes["content"] == "light dark"
    assert [h.tag for h in tree.css("h1, h2, h3")].count("h1") == 1
    for node in tree.css("h1, h2, h3, p, a, ins, del"):
        assert node.attributes.get("style"), f"<{node.tag}> would look like nothing without <style>"
    assert all(t.attributes.get("role") == "presentation" for t in tree.css("table"))
    assert "underline" in (one(tree, "ins").attributes["style"] or "")
    assert "line-through" in (one(tree, "del").attributes["style"] or "")
    assert "<script" not in shown
    assert len(shown.encode()) < 40_000


def test_html_titles_link_and_foreign_text_says_its_language() -> None:
    tree = LexborHTMLParser(render(REALISTIC, Format.HTML))
    titles = {h.text(strip=True): h for h in tree.css("h3")}
    arabic = titles[ARABIC.title]
    assert (arabic.attributes["lang"], arabic.attributes["dir"]) == ("ar", "rtl")
    assert one(arabic, "a").attributes["href"] == ARABIC.canonical_url
    french = titles[FRENCH.title]
    assert french.attributes["lang"] == "fr"
    assert "dir" not in french.attributes
    assert [n.text() for n in tree.css('p[dir="rtl"][lang="ar"]')] == [ARABIC.summary]


def test_html_shows_old_and_new() -> None:
    tree = LexborHTMLParser(render(REALISTIC, Format.HTML))
    assert [n.text() for n in tree.css("h3 del")] == ["New Centre Opens in Agadez"]
    assert [n.text() for n in tree.css("h3 ins")] == [RETITLED.title]
    assert [n.text() for n in tree.css("p > del")][:2] == ["12,400", "3,100"]
    assert [n.text() for n in tree.css("p > ins")][:2] == ["21,400", "5,150"]
    moved = one(tree, f'span > a[href="{MOVED.canonical_url}"]').parent
    assert moved is not None
    assert one_line(moved.text()) == f"{MOVED.url}→ {MOVED.canonical_url}"


def test_markdown_reads_back_as_it_was_meant() -> None:
    drawn = MarkdownIt("commonmark").enable("strikethrough").render(render(REALISTIC, Format.MARKDOWN))
    tree = LexborHTMLParser(drawn)
    assert one(tree, "h1").text() == subject(REALISTIC)
    assert [h.text() for h in tree.css("h3")] == [
        e.title for e in (FIGURES, REMOVED, FRENCH, RETITLED, MOVED, ARABIC)
    ]  # fmt: skip
    assert [n.text() for n in tree.css("blockquote s")] == ["12,400", "3,100", "shelter and clean water"]
    assert [n.text() for n in tree.css("blockquote strong")][:2] == ["21,400", "5,150"]


def test_json_is_the_whole_model() -> None:
    model = json.loads(render(REALISTIC, Format.JSON))
    assert (model.pop("format"), model.pop("version")) == ("iomwatch digest", 1)
    assert model == plain(REALISTIC)


def test_atom_is_a_valid_feed_with_an_entry_for_each_event() -> None:
    changed_again = replace(FIGURES, id="another-visit", seen_at=datetime(2026, 3, 4, 5, 45, tzinfo=UTC))
    feed = feedparser.parse(
        render(replace(REALISTIC, events=(*REALISTIC.events, changed_again)), Format.ATOM)
    )
    assert feed.bozo == 0
    assert feed.version == "atom10"
    assert feed.feed.updated == "2026-03-04T05:45:00Z"
    assert feed.feed.author == "iomwatch"
    assert len(feed.entries) == 7
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == 7
    assert all(i.startswith("tag:") for i in ids)
    assert [entry.link for entry in feed.entries] == [
        *(e.canonical_url for e in REALISTIC.events),
        FIGURES.canonical_url,
    ]
    assert all(entry.title and entry.updated for entry in feed.entries)
    assert feed.entries[0].content[0].type == "text/html"
    assert "<del>12,400</del> <ins>21,400</ins>" in one_line(feed.entries[0].content[0].value)


def test_an_empty_feed_is_valid() -> None:
    feed = feedparser.parse(render(digest(), Format.ATOM))
    assert (feed.bozo, feed.entries, feed.feed.updated) == (0, [], "2026-03-04T06:00:00Z")


def test_a_site_event_without_an_address() -> None:
    told = event(
        Kind.REDESIGNED, url=None, canonical_url=None, title="", published=None, dateline=None, language=None
    )
    for format_ in Format:
        assert "iom" in render(digest(told), format_)
    assert feedparser.parse(render(digest(told), Format.ATOM)).bozo == 0


def test_a_thousand_events_stay_under_gmails_cut_and_lose_none_in_text() -> None:
    long_change = redline(
        ("keep", "Before it all. "), ("insert", "منظمة الهجرة " * 40), ("keep", " After it all.")
    )

    def path(n: int) -> str:
        return f"/news/{'very-long-slug-' * 8}{n}"

    many = digest(
        *(
            replace(
                event(list(Kind)[n % 15], path=path(n), title=f"Release {n} {'long title ' * 12}"),
                id=f"id{n}",
                weight=100 - n // 10,
                redline=long_change,
                summary="A first sentence that says a good deal. " * 20,
            )
            for n in range(1_000)
        ),
        coverage=tuple(covered(site=f"site{n}", troubles=("a source fails " * 9,) * 20) for n in range(60)),
    )  # fmt: skip
    html = mail(many).html
    assert len(html.encode()) < 100_000
    assert faults(html) == []
    assert "Release 0 " in html
    assert "more; the plain-text part of this letter names every one." in html
    whole = mail(many).page
    assert whole == render(many, Format.HTML)
    assert faults(whole) == []
    assert all(f'{path(n)}"' in whole for n in range(1_000))
    assert "names every one" not in whole
    text = render(many, Format.TEXT)
    assert all(f"{path(n)}\n" in text for n in range(1_000))
    assert len(text.encode()) < 1_000_000
    assert len(render(many, Format.MARKDOWN).encode()) < 1_000_000
    assert len(feedparser.parse(render(many, Format.ATOM)).entries) == 1_000
    assert len(json.loads(render(many, Format.JSON))["events"]) == 1_000


def test_the_weightiest_are_told_in_full_when_room_is_short() -> None:
    crowd = [
        replace(event(path=f"/news/{n}", summary="word " * 60), id=str(n), weight=10) for n in range(200)
    ]
    heavy = replace(FIGURES, title="The One That Matters", weight=99)
    tree = LexborHTMLParser(render(digest(heavy, *crowd), Format.HTML))
    assert any("The One That Matters" in h.text() for h in tree.css("h3"))
    assert len(tree.css("h3")) < 200


def test_a_letter_is_subject_text_and_html_of_one_digest() -> None:
    at = datetime(2026, 3, 4, 6, 1, tzinfo=UTC)
    written = letter(REALISTIC, created_at=at, message_id="<a@b>")
    assert (written.digest, written.message_id, written.created_at) == ("daily", "<a@b>", at)
    assert written.subject == subject(REALISTIC)
    assert written.text == render(REALISTIC, Format.TEXT)
    assert written.html == render(REALISTIC, Format.HTML)
    assert written.page == ""  # the mail holds all


@pytest.mark.parametrize("format_", Format)
def test_edits_a_correction_and_silence_are_told_in_every_format(format_: Format) -> None:
    shown = one_line(render(digest(EDITED), format_))
    assert "<soon>" not in shown or format_ in (Format.TEXT, Format.JSON, Format.CSV)
    for edit in EDITED.edits:
        assert all(text.partition(" <")[0] in shown for text in (edit.before, edit.after) if text)
    assert (EDITED.correction or "") in shown
    if format_ is Format.JSON:
        assert json.loads(shown)["events"][0]["silent"] is True
    else:
        assert "Quote changed" in shown
        assert "Contact taken out (telephone)" in shown
        assert "Changed in silence" in shown


def test_reasons_do_not_repeat_what_the_edits_show() -> None:
    assert "why: a passage was taken out\n" in render(digest(EDITED), Format.TEXT)


def test_from_right_to_left_an_edit_stands_on_lines_of_its_own() -> None:
    told = replace(EDITED, language="ar", direction="rtl", edits=EDITED.edits[:1])
    lines = render(digest(told), Format.TEXT).splitlines()
    at = lines.index("  Quote changed:")
    assert lines[at + 1 : at + 3] == ["  [-We will open the gate-]", "  {+We hope to open the gate <soon>+}"]


def test_no_address_is_broken_in_a_text() -> None:
    """Mail programs link an address up to its blank: broken, or with a mark behind it, it leads nowhere."""
    long = [f"https://a.example/{name}/{'commitments-' * 30}.pdf" for name in "abcdef"]
    edits = (
        Edit(kind=EditKind.DOCUMENT, before=long[0], after=long[1], detail="Report"),
        Edit(kind=EditKind.LINK, before=None, after=long[2]),
        Edit(kind=EditKind.DOCUMENT, before="r.pdf", after="r.pdf", detail=f"another file: {long[3]}"),
    )
    troubles = (f"source {long[4]}: answers 500 " + "again and " * 40, f"{long[5]} fails")
    lines = render(
        digest(event(Kind.CHANGED, edits=edits), coverage=(covered(troubles=troubles),)), Format.TEXT
    ).splitlines()
    for address in long[:3]:
        assert any(line.endswith(f" {address}") for line in lines)
    for address in long[3:]:
        assert any(address in line for line in lines)
    assert all(width(line) <= 80 or "https://" in line for line in lines)


@pytest.mark.parametrize("format_", [Format.TEXT, Format.MARKDOWN, Format.HTML, Format.ATOM])
def test_a_reverted_release_says_which_text_stands_again(format_: Format) -> None:
    then = Evidence(hash="a" * 64, status=200, time=datetime(2024, 5, 3, 6, tzinfo=UTC))
    told = event(Kind.REVERTED, back_to=then)
    assert "back to the text of 3 May 2024, 06:00 UTC" in one_line(render(digest(told), format_))


def test_many_edits_are_counted() -> None:
    told = replace(EDITED, edits=EDITED.edits * 3)
    assert "and 7 more edits" in render(digest(told), Format.TEXT)
