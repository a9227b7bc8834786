"""The digest's own words: subject, weight, figures, dates, coverage, baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.digest import subject, words
from crawler.values import Baseline, Event, Figure, Kind
from tests.digest.referee import unprintable
from tests.digest.samples import BEGINNING, FIGURES, REALISTIC, REMOVED, UNTIL, covered, digest, event, figure

NAN = float("nan")
FALL = "−18 %"
LARGE = "a very large number"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((), "IOM: nothing new"),
        ((event(),), "IOM: 1 new"),
        ((event(), event(), event(), FIGURES, REMOVED), "IOM: 3 new, 1 figure changed, 1 removed"),
        ((FIGURES, FIGURES), "IOM: 2 figures changed"),
        ((event(Kind.CHANGED),), "IOM: 1 changed"),
        ((event(Kind.RETITLED, figures=(figure("people", 1, 2),)),), "IOM: 1 figure changed"),
        ((event(Kind.NEW, figures=(figure("people", 1, 2),)),), "IOM: 1 new"),
        ((event(Kind.MOVED, figures=(figure("people", 1, 2),)),), "IOM: 1 figure changed"),
        ((event(Kind.RESTORED, figures=(figure("people", 1, 2),)),), "IOM: 1 figure changed"),
        ((event(Kind.BOILERPLATE, figures=(figure("people", 1, 2),)),), "IOM: 1 figure changed"),
        ((event(Kind.TRANSLATION), event(Kind.TRANSLATION)), "IOM: 2 translations"),
        ((event(Kind.BLOCKED),), "IOM: 1 site blocked"),
    ],
)
def test_the_subject_says_the_essence(events: tuple[Event, ...], said: str) -> None:
    assert subject(digest(*events)) == said


def test_a_baseline_is_watching_not_news() -> None:
    assert subject(BEGINNING) == "IOM: watching 24 releases"
    begun = Baseline(site="iom", since=UNTIL, found=1, read=1)
    assert subject(digest(event(), baselines=(begun,))) == "IOM: 1 new, watching 1 release"


def test_silence_under_a_block_is_not_called_nothing_new() -> None:
    shut = digest(coverage=(covered(read=0, blocked=25),))
    assert subject(shut) == "IOM: nothing new seen, iom blocked"


def test_a_subject_with_every_kind_stays_short() -> None:
    every = digest(*(event(kind) for kind in Kind))
    assert subject(every).endswith(", 9 more")
    assert len(subject(every)) < 150


@given(st.text(), st.text())
def test_a_subject_is_one_printable_line(name: str, site: str) -> None:
    said = subject(digest(event(title=name), name=name, coverage=(covered(site=site, read=0, blocked=25),)))
    assert "\n" not in said
    assert not unprintable(said)


def test_weight_in_words() -> None:
    said = [words.weight(w).removesuffix(" weight") for w in (0, 39, 40, 69, 70, 100)]
    assert said == ["low", "low", "medium", "medium", "high", "high"]


@pytest.mark.parametrize(
    ("given_figure", "told"),
    [
        (figure("displaced people", 12400, 21400), ("displaced people", "12,400", "21,400", "+73 %")),
        (Figure(what="", before=None, after=7, unit=""), ("", "—", "7", "")),
        (Figure(what="share", before=40, after=55.5, unit="%"), ("share", "40 %", "55.5 %", "")),
        (Figure(what="", before="2026-03-01", after=None, unit="date"), ("", "1 March 2026", "—", "")),
        (Figure(what="", before=8.5e6, after=7e6, unit="USD"), ("", "8,500,000 USD", "7,000,000 USD", FALL)),
        (Figure(what="", before=NAN, after=10**5000, unit=""), ("", "not a number", LARGE, "")),
        (Figure(what="x", before=0, after=3, unit=""), ("x", "0", "3", "")),
    ],
)  # fmt: skip
def test_figures_are_told_as_written_else_by_value(given_figure: Figure, told: tuple[str, ...]) -> None:
    assert words.figure(given_figure) == told


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-03-03", "3 March 2026"),
        ("2026-03-03T09:30:00Z", "3 March 2026, 09:30 UTC"),
        ("2026-03-03T23:30:00-05:00", "4 March 2026, 04:30 UTC"),
        ("2026-03-03T09:30:00", "3 March 2026, 09:30"),
        ("early March", "early March"),
        ("0001-01-01T00:00:00+14:00", "1 January 1, 00:00 UTC"),
        (None, ""),
    ],
)
def test_dates_in_words(iso: str | None, said: str) -> None:
    assert words.day(iso) == said


def test_moments_are_told_in_utc() -> None:
    at = datetime(2026, 3, 4, 1, 5, tzinfo=timezone(timedelta(hours=2)))
    assert words.moment(at) == "3 March 2026, 23:05 UTC"


def test_coverage_says_what_was_read_and_what_was_not() -> None:
    site = covered(
        blocked=1, blocked_since=datetime(2026, 3, 1, tzinfo=UTC), waiting=3, missing=2, known=1200
    )
    said = words.coverage(replace(site, troubles=("the feed answers 500.",)), UNTIL)
    assert said == (
        "Read 24 of 1,200 known pages of iom; 1 blocked since Sunday; 2 missing; 3 not read yet; "
        "the feed answers 500."
    )
    last_year = replace(site, blocked_since=datetime(2025, 12, 30, tzinfo=UTC))
    assert "blocked since 30 December 2025" in words.coverage(last_year, UNTIL)
    assert words.coverage(covered(known=1, read=1), UNTIL) == "Read 1 of 1 known page of iom."


def test_a_site_with_endless_trouble_is_summed_up() -> None:
    said = words.coverage(covered(troubles=tuple(f"trouble {n}" for n in range(50))), UNTIL)
    assert "trouble 9;" in said
    assert said.endswith("40 more remarks.")


def test_a_baseline_in_words() -> None:
    begun = Baseline(site="iom", since=UNTIL, found=24, read=24)
    assert (
        words.baseline(begun) == "Watching began: 24 releases of iom were already there; they are not news."
    )
    assert words.baseline(replace(begun, read=20)).endswith("they are not news. 4 still to be read.")
    added = words.baseline(replace(begun, source="/ar/news/**", found=1, read=1))
    assert added == "Watching of /ar/news/** began: 1 release of iom was already there; it is not news."


def test_the_realistic_digest_in_one_line() -> None:
    assert subject(REALISTIC) == "IOM: 1 new, 1 figure changed, 1 removed, 1 retitled, 1 moved, 1 translation"
