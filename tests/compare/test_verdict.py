"""What one look means, and where it leaves a page: the two tables, by values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from crawler.compare.happening import Standing, gone, happening, published_after
from crawler.compare.verdict import (
    STATES,
    Verdict,
    alike,
    another,
    judge,
    next_state,
    site_is_alive,
)
from crawler.values import (
    Article,
    Change,
    Dated,
    Extraction,
    Fetched,
    Hop,
    Kind,
    Notice,
    PageState,
    Passage,
    PassageKind,
    Response,
)

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
WORDS = "The bridge over the river was opened again on Monday by the people who had rebuilt it by hand"


def article(title: str = "Bridge Reopens", text: str = WORDS, published: Dated | None = None) -> Article:
    body = (Passage(kind=PassageKind.PARAGRAPH, text=text),)
    return Article(title=title, body=body, language="en", published=published)


def reading(of: Article | None, *, stranger: bool = False, disagreement: str = "") -> Extraction:
    return Extraction(
        article=of, unreadable=None if of else "empty", stranger=stranger, disagreement=disagreement
    )


def response(outcome: Fetched = Fetched.OK, status: int = 200, hops: int = 0) -> Response:
    hop = Hop(url="https://x/news/a", status=301, location="/")
    return Response(
        url="https://x/news/a", final_url="https://x/", outcome=outcome, status=status, hops=(hop,) * hops
    )


def verdict(
    answer: Response, read: Extraction | None, before: Article | None = None, *, at_home: bool = False
) -> Verdict:
    return judge(answer, read, before=before, at_home=at_home).verdict


@pytest.mark.parametrize(
    ("outcome", "meaning"),
    [
        (Fetched.NOT_MODIFIED, Verdict.SAME),
        (Fetched.GONE, Verdict.MISSING),
        *(
            (outcome, Verdict.BLOCKED)
            for outcome in Fetched
            if outcome.name not in {"OK", "NOT_MODIFIED", "GONE"}
        ),
    ],
)
def test_what_each_outcome_means(outcome: Fetched, meaning: Verdict) -> None:
    judged = judge(response(outcome, 404), None, before=None, at_home=False)
    assert judged.verdict is meaning
    assert bool(judged.reason) == (meaning is not Verdict.SAME)


def test_what_a_page_that_came_means() -> None:
    stranger = reading(article("Just a moment", "Please wait."), stranger=True)
    long_stranger = reading(
        article("A New Design", "Quite another text about the harbour. " * 30), stranger=True
    )
    assert verdict(response(), reading(article())) is Verdict.ARTICLE
    assert verdict(response(), reading(None)) is Verdict.BLOCKED
    assert verdict(response(hops=1), reading(article()), at_home=True) is Verdict.MISSING
    assert verdict(response(), stranger) is Verdict.BLOCKED
    assert verdict(response(), long_stranger) is Verdict.ARTICLE  # a page of a new design, never read before
    assert verdict(response(), long_stranger, article()) is Verdict.BLOCKED
    assert verdict(response(), reading(article(), stranger=True), article()) is Verdict.ARTICLE  # redesigned
    oops = judge(response(), reading(article("Oops", "Not here.")), before=article(), at_home=False)
    assert (oops.verdict, oops.again) == (Verdict.BLOCKED, True)
    assert verdict(response(hops=1), reading(article("Other", "Wholly other")), article()) is Verdict.MISSING
    assert verdict(response(hops=1), reading(None), article()) is Verdict.MISSING  # leads to a PDF, say


def test_the_same_text_wrongly_decoded_is_no_version_and_an_edit_of_it_is() -> None:
    before = article(text=f"“{WORDS}”, they said in Bogotá")
    garbled = before.text.encode().decode("cp1252", "replace")
    noted = replace(reading(article(text=garbled)), notes=("the text looks wrongly encoded (â€œ)",))
    assert verdict(response(), noted, before) is Verdict.BLOCKED
    assert verdict(response(), replace(noted, notes=()), before) is Verdict.ARTICLE
    edited = replace(noted, article=article(text=garbled.replace("Monday", "Tuesday")))
    assert verdict(response(), edited, before) is Verdict.ARTICLE
    assert verdict(response(), noted) is Verdict.ARTICLE  # never read otherwise
    assert verdict(response(), noted, article(text=garbled)) is Verdict.ARTICLE


def test_a_short_statement_in_the_sites_own_frame_is_an_article() -> None:
    statement = article("Statement", "IOM welcomes the release of four colleagues.")
    assert verdict(response(), reading(statement)) is Verdict.ARTICLE


def test_likeness_is_a_share() -> None:
    assert alike(article(), article()) == 1.0
    assert alike(article(), article("Other", "nothing common")) == 0.0
    assert 0.5 < alike(article(), article(text=WORDS.replace("Monday", "Tuesday"))) < 1.0


def test_a_jump_to_another_part_of_the_page_is_no_change_at_once() -> None:
    elsewhere = reading(article(text=f"{WORDS}. " * 3), disagreement="the text is elsewhere")
    judged = judge(response(), elsewhere, before=article(), at_home=False)
    assert (judged.verdict, judged.again) == (Verdict.BLOCKED, True)
    assert "the text is elsewhere" in judged.reason
    assert verdict(response(), elsewhere) is Verdict.ARTICLE  # nothing was known of the page
    edited = reading(article(text=f"{WORDS} again"), disagreement="the text is elsewhere")
    assert verdict(response(), edited, article()) is Verdict.ARTICLE  # no jump


def test_the_table_of_states_is_whole() -> None:
    """A page that is missing or removed is not blocked by a bad day; only an article brings it back."""
    for state, seen in product(PageState, Verdict):
        after = next_state(state, seen)
        assert after is STATES.get((state, seen), state)
        assert (after is PageState.REMOVED) <= (state is PageState.REMOVED)  # only the round's end removes
    assert next_state(PageState.MISSING, Verdict.BLOCKED) is PageState.MISSING
    assert next_state(PageState.REMOVED, Verdict.SAME) is PageState.REMOVED
    assert next_state(PageState.REMOVED, Verdict.ARTICLE) is PageState.READ


@pytest.mark.parametrize(
    ("asked", "read", "alive"), [(0, 0, True), (2, 1, True), (3, 1, False), (10, 5, True)]
)
def test_half_the_site_must_answer(asked: int, read: int, alive: bool) -> None:
    assert site_is_alive(asked=asked, read=read) is alive


def standing(
    state: PageState = PageState.READ,
    *,
    read_before: bool = True,
    baseline: datetime | None = None,
    family: bool = False,
    moved: bool = False,
) -> Standing:
    return Standing(state=state, read_before=read_before, baseline=baseline, family=family, moved=moved)


CHANGE = Change(kind=Kind.CHANGED, facts=(Kind.CHANGED,), weight=71, reasons=("a figure changed",))


def kind(told: Change | None) -> Kind | None:
    return told.kind if told else None


def test_what_a_look_is_told_as() -> None:
    unread = standing(PageState.LISTED, read_before=False)
    assert kind(happening(unread, article(), None)) is Kind.NEW
    assert kind(happening(standing(read_before=False, family=True), article(), None)) is Kind.TRANSLATION
    assert happening(standing(read_before=False, baseline=NOW), article(), None) is None
    assert happening(standing(), article(), None) is None
    assert kind(happening(standing(), article(), CHANGE)) is Kind.CHANGED
    moved = happening(standing(moved=True), article(), CHANGE)
    assert moved is not None
    assert moved.facts == (Kind.MOVED, Kind.CHANGED)
    assert moved.weight == 71
    assert "a figure changed" in moved.reasons
    assert kind(happening(standing(PageState.REMOVED), article(), None)) is Kind.RESTORED
    assert gone(article()).kind is Kind.REMOVED


def test_news_of_a_source_that_was_down_is_told_by_its_own_date() -> None:
    later = Dated(day=date(2026, 3, 3), source="meta")
    same_day = Dated(day=NOW.date(), source="meta")
    same_day_later = Dated(day=NOW.date(), source="meta", at=NOW + timedelta(minutes=1))
    tomorrow = NOW + timedelta(days=1)
    assert published_after(article(published=later), NOW, tomorrow)
    assert not published_after(article(published=later), NOW, NOW)  # of the future: a date to come, no news
    assert published_after(article(published=same_day_later), NOW, tomorrow)
    assert not published_after(article(published=same_day), NOW, tomorrow)
    assert not published_after(article(), NOW, tomorrow)


OTHER_WORDS = "Nothing is kept under this address any more; begin again with what the menu has to offer"


def hinted(of: Article | None, hint: Notice | None, *, stranger: bool = False) -> Extraction:
    return Extraction(article=of, unreadable=None if of else "short", hint=hint, stranger=stranger)


def test_a_text_in_anothers_place_that_says_nothing_is_there_is_an_absence() -> None:
    before = article(published=Dated(day=date(2026, 3, 1), source="meta"))
    lost = article("Somewhere else", OTHER_WORDS)
    assert verdict(response(), hinted(lost, Notice.ABSENT), before) is Verdict.MISSING
    sent_on = replace(response(), hops=(Hop(url="https://x/news/a", status=302, location="/lost"),))
    assert verdict(sent_on, hinted(lost, Notice.ABSENT), before) is Verdict.MISSING
    assert verdict(sent_on, hinted(lost, None), before) is Verdict.BLOCKED
    assert verdict(response(), hinted(None, Notice.ABSENT), before) is Verdict.MISSING
    assert verdict(response(), hinted(None, Notice.ABSENT, stranger=True), before) is Verdict.BLOCKED
    assert verdict(response(), hinted(lost, Notice.OTHER), before) is Verdict.BLOCKED
    dated = article("Somewhere else", OTHER_WORDS, Dated(day=date(2026, 3, 2), source="meta"))
    assert verdict(response(), hinted(dated, Notice.ABSENT), before) is Verdict.BLOCKED
    assert verdict(response(), hinted(lost, Notice.ABSENT)) is Verdict.ARTICLE  # at its first sight


def test_a_door_that_is_shut_under_the_releases_own_headline_is_no_version() -> None:
    shut = article(text="Enter your password to go on reading what follows.")
    assert verdict(response(), hinted(shut, Notice.OTHER), article()) is Verdict.BLOCKED
    assert verdict(response(), hinted(shut, None), article()) is Verdict.ARTICLE


@pytest.mark.parametrize(
    ("url", "was", "is_now", "expected"),
    [
        ("https://x/news/a", "ar", "en", Verdict.BLOCKED),
        ("https://x/ar/news/a", "ar", "en", Verdict.BLOCKED),
        ("https://x/fr/news/a", "en", "fr", Verdict.ARTICLE),  # translated where the original stood
        ("https://x/pt-br/news/a", "en", "pt", Verdict.ARTICLE),
    ],
)
def test_another_language_is_a_version_where_the_address_says_so(
    url: str, was: str, is_now: str, expected: Verdict
) -> None:
    before = replace(article("Bridge", WORDS), language=was)
    after = replace(article("Bridge", OTHER_WORDS), language=is_now)
    answer = Response(url=url, final_url=url, outcome=Fetched.OK, status=200)
    assert verdict(answer, reading(after), before) is expected


def test_a_text_that_ends_within_a_sentence_where_it_went_on_is_half_of_it() -> None:
    first, second = (
        Passage(kind=PassageKind.PARAGRAPH, text=text) for text in (WORDS + ".", OTHER_WORDS + ".")
    )
    before = Article(title="Bridge", body=(first, second), language="en")
    cut = replace(second, text=OTHER_WORDS[:40])
    for body, expected in (
        ((first, cut), Verdict.BLOCKED),
        ((first,), Verdict.ARTICLE),  # a passage was withdrawn
        ((cut, first), Verdict.ARTICLE),
        ((first, replace(second, text=OTHER_WORDS[:40] + ".")), Verdict.ARTICLE),
    ):
        assert verdict(response(), reading(replace(before, body=body)), before) is expected


def test_the_same_notice_is_known_again_though_it_names_its_address_or_a_number() -> None:
    texts = [f"We found nothing at /news/{path}. Your number in the line is {number}." for path, number in
             (("bridge-7", "412"), ("school", "9,113"))]  # fmt: skip
    one, other = (article("You are in line", text) for text in texts)
    assert another(one) == another(other)
    assert another(one) != another(article("You are in line", "We found something else. Your turn is next."))
