"""Families and homes in letters: one item with badges, figures that disagree, addresses; in every format."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.digest import Format, letter, render, subject, words
from crawler.digest.editions import edition, leads, notes, told_with
from crawler.values import Disagreement, Event, Figure, Kind, Reading
from tests.digest.referee import faults
from tests.digest.samples import ARABIC, SITE, UNTIL, digest, event, figure

NEW = event(path="/news/rains", title="Shelter Reaches Families", weight=60)
SPANISH = event(
    Kind.TRANSLATION,
    path="/es/news/lluvias",
    title="El refugio llega a las familias",
    language="es",
    weight=35,
    editions=(SITE + "/news/rains",),
)
OF_ARABIC = replace(ARABIC, editions=(SITE + "/news/rains", SITE + "/es/news/lluvias"))
DIFFERS = Figure(what="people", before=12400, after=21400, unit="", before_text="12 400", after_text="21,400")
CORRECTED = event(
    Kind.CHANGED,
    path="/news/flood",
    figures=(figure("people", 12400, 21400),),
    weight=76,
    disagreements=(Disagreement(language="fr", url=SITE + "/fr/news/crues", figure=DIFFERS),),
    homes=("https://sudan.iom.int/news/flood", "https://mena.iom.int/news/flood"),
    still_at=("https://sudan.iom.int/news/flood",),
    reasons=("a figure changed", "still as it was at https://sudan.iom.int/news/flood"),
    editions=(SITE + "/fr/news/crues",),
)
IN_FRENCH = replace(
    CORRECTED,
    id="x",
    language="fr",
    canonical_url=SITE + "/fr/news/crues",
    editions=(SITE + "/news/flood",),
)
DRAWN = (Format.TEXT, Format.HTML, Format.MARKDOWN)


def test_a_family_is_one_item() -> None:
    found = told_with([SPANISH, NEW, OF_ARABIC])
    assert {lead: {each.id for each in others} for lead, others in found.items()} == {
        NEW.id: {SPANISH.id, OF_ARABIC.id}
    }
    assert leads([SPANISH, NEW, OF_ARABIC]) == [NEW]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NEW, replace(SPANISH, editions=())),
        (NEW, replace(SPANISH, language="en")),
        (replace(NEW, kind=Kind.REMOVED), SPANISH),
        # an edition that changed otherwise is told in full
        (CORRECTED, replace(CORRECTED, id="x", language="fr", figures=(figure("people", 1, 2),))),
        (replace(CORRECTED, figures=()), replace(CORRECTED, id="x", language="fr", figures=())),
    ],
)
def test_what_is_no_one_story_stays_apart(one: Event, other: Event) -> None:
    assert leads([one, other]) == [one, other]


def test_the_same_correction_in_another_language_is_one_item() -> None:
    assert leads([IN_FRENCH, CORRECTED]) == [CORRECTED]


def test_the_same_correction_on_another_host_in_another_language_is_one_item() -> None:
    french = replace(
        CORRECTED,
        id="x",
        language="fr",
        canonical_url="https://sudan.iom.int/fr/news/crues",
        homes=(),
        still_at=(),
        editions=("https://sudan.iom.int/news/flood",),
    )
    assert leads([CORRECTED, french]) == [CORRECTED]


@pytest.mark.parametrize("format_", DRAWN)
def test_every_edition_is_named_with_its_language(format_: Format) -> None:
    shown = render(digest(SPANISH, NEW, OF_ARABIC), format_)
    for said in ("Spanish", "Arabic", SPANISH.title, SITE + "/es/news/lluvias"):
        assert said in " ".join(shown.split())


@pytest.mark.parametrize(
    ("events", "said", "heading"),
    [
        ((SPANISH, NEW, OF_ARABIC), "IOM: 1 new", "NEW (1)"),
        ((CORRECTED, IN_FRENCH), "IOM: 1 figure changed", "FIGURES CHANGED (1)"),
        ((CORRECTED, IN_FRENCH, SPANISH), "IOM: 1 figure changed, 1 translation", "TRANSLATIONS (1)"),
    ],
)
def test_the_subject_counts_as_the_headings_do(events: tuple[Event, ...], said: str, heading: str) -> None:
    assert subject(digest(*events)) == said
    assert heading in render(digest(*events), Format.TEXT).splitlines()


@pytest.mark.parametrize("format_", [*DRAWN, Format.ATOM])
def test_disagreements_and_homes_are_told_in_words(format_: Format) -> None:
    shown = " ".join(render(digest(CORRECTED), format_).replace("\\", "").split())
    assert "French still says 12 400, this edition 21,400" in shown
    assert "The earlier text still stands at" in shown
    assert shown.count("sudan.iom.int/news/flood") in (1, 2)
    assert "Also at" in shown
    assert "mena.iom.int/news/flood" in shown
    assert "still as it was" not in shown


def test_an_edition_that_never_agreed_says_and_not_still_says() -> None:
    translation = replace(SPANISH, disagreements=CORRECTED.disagreements)
    assert [note.said for note in notes(translation)] == ["French says 12 400, this edition 21,400"]


def test_a_removal_says_where_the_release_still_is() -> None:
    (note,) = notes(event(Kind.REMOVED, homes=(SITE + "/b",), still_at=(SITE + "/b",)))
    assert (note.said, note.addresses) == ("Still there at", (SITE + "/b",))


def test_what_was_not_read_since_was_so_when_last_read() -> None:
    read = tuple(Reading(url=url, at=UNTIL) for url in (*CORRECTED.still_at, CORRECTED.disagreements[0].url))
    moment = words.moment(UNTIL)
    figure, home, other = notes(replace(CORRECTED, last_read=read))
    assert figure.said == f"French said 12 400 when last read on {moment}, this edition says 21,400"
    assert home.said == f"The earlier text stood, when last read on {moment}, at"
    assert (home.addresses, other.said) == (CORRECTED.still_at, "Also at")
    (gone,) = notes(replace(CORRECTED, kind=Kind.REMOVED, disagreements=(), homes=(), last_read=read))
    assert gone.said == f"There, when last read on {moment}, at"


def test_what_the_lead_says_of_an_edition_is_not_said_again() -> None:
    spanish = replace(CORRECTED, language="es", homes=(), still_at=())
    assert edition(spanish, NEW).notes == notes(spanish) != ()
    assert edition(spanish, CORRECTED).notes == ()


def test_many_homes_and_figures_are_counted() -> None:
    homes = tuple(f"{SITE}/{number}" for number in range(9))
    (note,) = notes(event(homes=homes))
    assert note.said == "Also at (4 more not shown)"
    assert len(note.addresses) == 5
    *_, last = notes(event(disagreements=CORRECTED.disagreements * 8))
    assert last.said == "And 2 more figures on which editions differ"


def test_what_pages_say_makes_no_markup() -> None:
    evil = '"><script>alert(1)</script>\u202e[x](javascript:alert(1))'
    told = replace(
        CORRECTED,
        homes=(evil, "javascript:alert(1)"),
        still_at=(evil,),
        disagreements=(
            Disagreement(language=evil, url=evil, figure=replace(DIFFERS, before_text=evil, after_text=evil)),
        ),
    )
    edition = replace(SPANISH, title=evil, language=evil, canonical_url="javascript:alert(1)")
    drawn = digest(told, NEW, edition)
    assert faults(render(drawn, Format.HTML)) == []
    for format_ in Format:
        assert "\u202e" not in render(drawn, format_)
    markdown = render(drawn, Format.MARKDOWN)
    assert not re.search(r"(?<!\\)\]\(javascript", markdown)
    assert "<script" not in markdown
    for node in LexborHTMLParser(render(drawn, Format.HTML)).css("a"):
        assert (node.attributes["href"] or "").startswith("https://")


def test_a_thousand_families_stay_within_bounds_and_none_is_lost_in_text() -> None:
    events = []
    for number in range(300):
        url = f"{SITE}/news/{number}"
        events.append(event(path=f"/news/{number}", title=f"Release {number}"))
        events.append(
            replace(
                SPANISH, id=f"es{number}", title=f"Nota {number}.", canonical_url=url + "-es", editions=(url,)
            )
        )
    mail = letter(digest(*events), created_at=UNTIL, message_id="<a@b>")
    assert len(mail.html.encode()) < 100_000
    assert all(f"Nota {number}." in mail.page for number in range(300))
    text = render(digest(*events), Format.TEXT)
    assert all(f"Nota {number}." in text for number in range(300))
