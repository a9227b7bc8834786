from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings

from crawler.compare import compare, fingerprint, text_fingerprint
from crawler.compare.weight import weight_of
from crawler.values import Article, Change, Dated, Dateline, Kind, Link, Op
from tests.compare.releases import APPEAL, BODY, CENTRE, OPENING, QUOTE, articles, edited, release

LOW, HIGH = 40, 70


def told(before: Article, after: Article) -> Change:
    change = compare(before, after)
    assert change is not None
    return change


def link(url: str) -> Link:
    return Link(url=url, text="here")


def dated(day: int, source: str = "JSON-LD") -> Dated:
    return Dated(day=date(2024, 5, day), source=source)


@settings(max_examples=150, deadline=None)
@given(articles, articles)
def test_any_two_articles_are_compared_and_what_is_told_is_consistent(
    before: Article, after: Article
) -> None:
    change = compare(before, after)
    if fingerprint(before) == fingerprint(after):
        assert change is None
    if change is not None:
        assert change.kind is change.facts[0]
        assert list(change.facts) == [kind for kind in Kind if kind in change.facts]
        assert 0 <= change.weight <= 100
        assert change.reasons
        assert (change.title_before is not None) == (Kind.RETITLED in change.facts)
        assert (change.published_before is not None) == (Kind.REDATED in change.facts)


@given(articles)
def test_an_article_is_the_same_as_itself(article: Article) -> None:
    assert compare(article, article) is None


@pytest.mark.parametrize(
    "after",
    [
        edited("Some 12,400", "Some\u00a012,400"),
        edited("week, the", "week,  the"),
        edited("“We will", '"We will'),
        edited(" – Some", " — Some"),
        edited("emergency", "emer\u00adgency"),
        release(OPENING, *QUOTE.replace(" Families", "|Families").split("|"), CENTRE, APPEAL),
        release(*BODY[:3], contact_text=(APPEAL,)),
        release(*BODY[1:], subtitle=OPENING),
        release(images=("/x.jpg",), translations=(link("https://www.iom.int/fr/x"),), authors=("A. B.",)),
        release(language=None, type="News", scope="Global", captions=("A boat",), modified=dated(9)),
        release(published=dated(3)),
    ],
)
def test_what_a_reader_cannot_see_or_is_not_told_is_no_change(after: Article) -> None:
    assert compare(release(), after) is None


def test_a_text_edit_is_a_change_with_its_redline_and_figure() -> None:
    change = told(release(), edited("12,400", "21,400"))
    assert change.facts == (Kind.CHANGED,)
    assert [(s.op, s.text) for s in change.redline if s.op is not Op.KEEP] == [
        (Op.DELETE, "12,400"),
        (Op.INSERT, "21,400"),
    ]
    assert [(f.what, f.before, f.after) for f in change.figures] == [("displaced people", 12400, 21400)]
    assert change.weight >= HIGH
    assert change.reasons == ("a figure changed: displaced people 12,400 → 21,400",)


def test_a_retitling_with_other_facts_is_one_happening_with_all_of_them() -> None:
    before = release(published=dated(3))
    after = release(
        *(text.replace("12,400", "21,400") for text in BODY),
        title="Thousands flee to Ngala",
        published=dated(4),
    )
    change = told(before, after)
    assert change.kind is Kind.RETITLED
    assert change.facts == (Kind.RETITLED, Kind.CHANGED, Kind.REDATED)
    assert change.title_before == "Displaced families reach Ngala"
    assert change.published_before == "2024-05-03"
    assert [figure.after for figure in change.figures] == [21400]


def test_a_figure_in_the_headline_is_a_figure() -> None:
    change = told(release(title="12,400 people reach Ngala"), release(title="21,400 people reach Ngala"))
    assert change.kind is Kind.RETITLED
    assert [(f.before, f.after) for f in change.figures] == [(12400, 21400)]
    assert change.redline == ()


def test_a_headline_that_was_not_found_is_no_retitling() -> None:
    assert compare(release(), release(title="")) is None
    assert compare(release(title=""), release()) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, dated(4)),  # appeared
        (dated(3), None),  # lost
        (dated(3), dated(3, "visible date")),  # another source, the same day
        (dated(3), dated(2, "visible date")),  # another source: it may always have differed
        (dated(3), Dated(day=date(2024, 5, 3), source="JSON-LD", at=datetime(2024, 5, 3, 9, tzinfo=UTC))),
    ],
)
def test_only_another_day_of_the_same_source_is_a_redating(before: Dated | None, after: Dated | None) -> None:
    assert compare(release(published=before), release(published=after)) is None


def test_a_new_date_in_the_dateline_alone_is_a_redating_and_shows_in_the_redline() -> None:
    before = release(
        published=dated(3, "dateline"), dateline=Dateline(text="Ngala, 3 May 2024", places=("Ngala",))
    )
    after = release(
        OPENING.replace("3 May", "4 May"),
        *BODY[1:],
        published=dated(4, "dateline"),
        dateline=Dateline(text="Ngala, 4 May 2024", places=("Ngala",)),
    )
    change = told(before, after)
    assert change.facts == (Kind.REDATED,)
    assert [s.text for s in change.redline if s.op is Op.INSERT] == ["4"]
    assert change.figures == ()


HEAVY = [
    (edited("8.5 million", "9.5 million"), "a figure changed: USD 8.5 million → USD 9.5 million"),
    (edited("three districts", "four districts"), "a figure changed: districts three → four"),
    (edited("in December", "on 3 December"), "was added"),
    (edited("leave anybody behind", "abandon those who stay"), "a quote changed"),
    (release(OPENING, QUOTE, APPEAL), "a passage was taken out"),
    (edited(" It receives people from three districts.", ""), "a passage was taken out"),
    (release(title="Thousands flee to Ngala"), "headline changed"),
]
LIGHT = [
    (edited("reached", "reachd"), "1 word corrected"),
    (edited("shelter before", "Shelter before"), "1 word corrected"),
    (edited("week, the", "week the"), "punctuation"),
    (release(title="Displaced families reach Ngalla"), "headline corrected"),
    (release(OPENING, CENTRE, QUOTE, APPEAL), "text moved within the release"),
    (
        release(
            OPENING, QUOTE.split(" Families")[0], CENTRE, APPEAL, "Families" + QUOTE.split(" Families")[1]
        ),
        "text moved",
    ),
    (release(links=(link("https://www.iom.int/a"),)), "links changed"),
    (release(contact_text=("Ann Example, +41 22 717 91 11",)), "contact details changed"),
]


@pytest.mark.parametrize(("after", "reason"), HEAVY, ids=[reason for _, reason in HEAVY])
def test_facts_weigh_more_than_wording(after: Article, reason: str) -> None:
    change = told(release(), after)
    assert any(reason in given for given in change.reasons)
    wording = told(release(), edited("to go on with its work", "to continue what it does"))
    assert change.weight > wording.weight
    assert LOW <= wording.weight < HIGH


@pytest.mark.parametrize(("after", "reason"), LIGHT, ids=[reason for _, reason in LIGHT])
def test_form_is_low(after: Article, reason: str) -> None:
    change = told(release(), after)
    assert any(reason in given for given in change.reasons)
    assert change.weight < LOW


def test_a_figure_a_quote_a_passage_and_a_headline_are_high() -> None:
    for after, reason in HEAVY:
        if "was added" not in reason:
            assert told(release(), after).weight >= HIGH, reason


def test_a_word_that_turns_the_sense_is_no_correction() -> None:
    change = told(release(), edited("will close", "will not close"))
    assert "a negation came or went" in change.reasons
    assert change.weight > LOW


def test_weight_does_not_grow_with_length() -> None:
    longer = tuple(f"{text} {CENTRE}" for text in BODY)
    one = told(release(), edited("12,400", "21,400"))
    other = told(release(*longer), release(*(text.replace("12,400", "21,400") for text in longer)))
    assert one.weight == other.weight


def test_a_line_read_as_another_field_is_not_taken_out() -> None:
    before = release(*BODY, "Ann Example of the Ngala office can be asked for more.")
    after = release(
        *(text.replace("12,400", "21,400") for text in BODY),
        contact_text=("Ann Example of the Ngala office can be asked for more.",),
    )
    assert not any("taken out" in reason for reason in told(before, after).reasons)


def test_a_subtitle_that_changed_is_shown_and_weighed_as_words() -> None:
    before = "Some 3,200 families shelter in schools there."
    after = "Some 9,200 families do not shelter in schools there."
    change = told(release(subtitle=before), release(subtitle=after))
    assert "".join(segment.text for segment in change.redline if segment.op is not Op.DELETE) == after
    assert "".join(segment.text for segment in change.redline if segment.op is not Op.INSERT) == before
    assert {"subtitle changed", "a negation came or went"} < set(change.reasons)
    with_body = told(release(subtitle=before), edited("12,400", "21,400"))
    assert {segment.paragraph for segment in with_body.redline} == set(range(len(BODY) + 1))


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("Das ist nicht gut für alle hier.", "Das ist gut für alle hier.", "de"),
        ("La strada non è aperta a tutti.", "La strada è aperta a tutti.", "it"),
        ("Il n’est plus possible de passer ici.", "Il est plus possible de passer ici.", "fr"),
        ("Tampoco hay agua en el pueblo.", "También hay agua en el pueblo.", "es"),
        ("ولم تصل القافلة إلى القرية هنا.", "وصلت القافلة إلى القرية هنا.", "ar"),
        ("Nobody may pass the bridge here.", "Anybody may pass the bridge here.", "en"),
    ],
)
def test_a_negation_is_one_in_other_languages_too(before: str, after: str, language: str) -> None:
    one, other = (release(text, language=language) for text in (before, after))
    assert "a negation came or went" in told(one, other).reasons


def test_subtitles_and_documents_are_told() -> None:
    assert "subtitle was added" in told(release(), release(subtitle="A town without water")).reasons
    assert "subtitle changed" in told(release(subtitle="A town"), release(subtitle="Two new camps")).reasons
    paper = (link("https://www.iom.int/sites/g/files/tmzbdl486/files/report.pdf"),)
    assert "a document was added" in told(release(), release(attachments=paper)).reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://iom.int/a/", "https://www.iom.int/a"),
        ("https://www.iom.int/a#top", "https://www.iom.int/a"),
        (
            "https://www.iom.int/sites/g/files/tmzbdl486/files/a.pdf",
            "https://www.iom.int/sites/g/files/tmzbdl2616/files/a.pdf",
        ),
        ("https://www.iom.int/a.jpg?itok=AbCd&h=1", "https://www.iom.int/a.jpg?itok=EfGh&h=2"),
        ("https://www.iom.int/doc.pdf?v=81", "https://www.iom.int/doc.pdf?v=467"),
        ("https://www.iom.int/node/5?token=9c1e", "https://www.iom.int/node/5"),
        (
            "https://files.example.org/a.pdf?X-Amz-Signature=0f1e&X-Amz-Date=20260301",
            "https://files.example.org/a.pdf?X-Amz-Signature=77aa&X-Amz-Date=20260302",
        ),
        (
            "https://www.iom.int/cdn-cgi/l/email-protection#0123",
            "https://www.iom.int/cdn-cgi/l/email-protection#4567",
        ),
    ],
)
def test_another_spelling_of_an_address_is_no_change(before: str, after: str) -> None:
    assert compare(release(links=(link(before),)), release(links=(link(after),))) is None
    assert compare(release(attachments=(link(before),)), release(attachments=(link(after),))) is None


def test_fingerprints_follow_what_is_told() -> None:
    assert fingerprint(release()) == fingerprint(edited("Some 12,400", "Some\u00a012,400"))
    assert fingerprint(release()) != fingerprint(edited("12,400", "21,400"))
    assert fingerprint(release()) != fingerprint(release(title="Another"))
    assert text_fingerprint(release()) == text_fingerprint(release(title="Another", contact_text=("x",)))
    assert text_fingerprint(release()) != text_fingerprint(edited("12,400", "21,400"))
    assert text_fingerprint(Article(title="Only a headline")) == ""


def test_happenings_to_the_whole_release_have_their_weight() -> None:
    article = release(title="12,400 people reach Ngala")
    new, reasons = weight_of(Kind.NEW, article)
    assert LOW <= new < HIGH
    assert "gives figures: 12,400 people" in " ".join(reasons)
    assert weight_of(Kind.REMOVED, None)[0] >= HIGH
    assert weight_of(Kind.RESTORED, article)[0] >= HIGH
    assert weight_of(Kind.TRANSLATION, article)[0] < LOW
    assert weight_of(Kind.MOVED, article)[0] < LOW
    assert all(weight_of(kind, None)[1] for kind in (Kind.NEW, Kind.REMOVED, Kind.MOVED))


@pytest.mark.parametrize(
    "text",
    [
        "12,400 " * 20_000,
        "1,1" * 20_000,
        '" ' * 30_000,
        "a. " * 20_000,
        "not " * 30_000,
        "人" * 20_000,
        "3 May/" * 10_000,
        "US$" * 30_000,
        "«»" * 20_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts_are_compared_in_bounded_time(text: str) -> None:
    start = time.process_time()
    compare(release(text), release(text[: len(text) // 2] + "x 7 " + text[len(text) // 2 :]))
    compare(release(text), release(OPENING))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Some 12.4 thousand people fled", "Some 12,400 people fled"),
        ("en", "Some 12,400 people fled", "Some 12 400 people fled"),
        ("en", "asks for USD 8.5M now", "asks for USD 8.5 million now"),
        ("en", "about 8K people fled", "about 8,000 people fled"),
        ("en", "about 2 thousand people fled", "about 2000 people fled"),
        ("fr", "Quelque 12,4 mille personnes", "Quelque 12 400 personnes"),
        ("fr", "besoin de 1,5 million de dollars", "besoin de 1 500 000 dollars"),
        ("es", "Unas 12 mil personas huyeron", "Unas 12.000 personas huyeron"),
        ("es", "Unos 2 millones de personas", "Unos 2.000.000 de personas"),
        ("ar", "نزح 3 آلاف شخص من المدينة", "نزح ٣٠٠٠ شخص من المدينة"),
        ("ar", "نزح 2 مليون شخص من البلاد", "نزح 2,000,000 شخص من البلاد"),
    ],
)
def test_a_number_written_otherwise_is_no_change(language: str, before: str, after: str) -> None:
    assert compare(release(before, language=language), release(after, language=language)) is None
    titles = (release(title=title, language=language) for title in (before, after))
    assert compare(*titles) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Some 12.4 thousand people fled", "Some 12,500 people fled"),
        ("a depth of 1.250 metres there", "a depth of 1,250 metres there"),
        ("asks for USD 8.5 million now", "asks for EUR 8.5 million now"),
        ("The talks began at 10:30 there", "The talks began at 11:30 there"),
    ],
)
def test_a_number_of_another_value_is_a_change(before: str, after: str) -> None:
    assert told(release(before), release(after)).kind is Kind.CHANGED


def test_beside_an_edit_a_number_written_otherwise_is_not_told() -> None:
    before = "Some 12.4 thousand people fled from the valley to the towns in the north on Sunday night"
    after = before.replace("12.4 thousand", "12,400").replace("towns", "villages")
    assert told(release(before), release(after)).reasons == ("1 word changed",)


def test_a_number_written_otherwise_is_said_where_its_sentence_is_too() -> None:
    before = "Three out of four families have no roof over their heads today"
    after = before.replace("Three out of four", "Three quarters of")
    found = told(release(before), release(after))
    assert (found.weight, found.reasons) == (10, ("a number is written otherwise",))
    titles = told(release(title=before), release(title=after))
    assert titles.reasons == ("headline corrected",)


@pytest.mark.parametrize(
    ("before", "after"),
    [("في المنظمة", "فى المنظمة"), ("إلى المدرسة", "الي المدرسه"), ("على المستشفى", "على المستشفي")],
)
def test_letters_that_arabic_writes_for_each_other_are_form(before: str, after: str) -> None:
    text = "وصل الطعام {} قبل حلول الشتاء القادم"
    found = told(*(release(text.format(side), language="ar") for side in (before, after)))
    assert all("corrected" in reason for reason in found.reasons)
    assert found.weight < LOW


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        (CENTRE, CENTRE.upper(), "en"),
        (
            "وصلت المنظمة إلى القرية في الصباح ومعها الطعام",
            "وصلتِ المنظمةُ إلى القريةِ في الصباحِ ومعها الطعامُ",
            "ar",
        ),
    ],
)
def test_a_paragraph_in_other_case_or_with_vowel_signs_is_the_same_one(
    before: str, after: str, language: str
) -> None:
    found = told(*(release(OPENING, side, APPEAL, language=language) for side in (before, after)))
    assert all("corrected" in reason for reason in found.reasons)
    assert found.weight < LOW
    assert not found.edits


def test_a_drawn_out_arabic_word_is_no_change() -> None:
    text = "وصلت القافلة إلى القرية قبل الشتاء"
    before, after = release(text, language="ar"), release(text.replace("القرية", "القريـــة"), language="ar")
    assert compare(before, after) is None


def test_a_negation_with_and_written_to_it_is_the_same_one() -> None:
    before = "لم تصل القافلة إلى القرية قبل الشتاء القادم"
    found = told(release(before, language="ar"), release(f"و{before}", language="ar"))
    assert "a negation came or went" not in found.reasons


def test_a_move_says_nothing_of_the_text() -> None:
    assert weight_of(Kind.MOVED, release())[1] == ("the address changed",)


def test_a_date_in_digits_of_another_script_is_no_change() -> None:
    before = release("بغداد، 14 تشرين الأول 2025 – غادر أكثر من 12400 شخص منازلهم.", language="ar")
    after = release("بغداد، ١٤ تشرين الأول ٢٠٢٥ – غادر أكثر من ١٢٤٠٠ شخص منازلهم.", language="ar")
    assert compare(before, after) is None


def test_a_new_day_in_the_dateline_is_no_figure_beside_another_change() -> None:
    before, after = (
        release(
            OPENING.replace("3 May", f"{day} May"),
            *rest,
            published=Dated(day=date(2024, 5, day), source="meta"),
            dateline=Dateline(text=f"Ngala, {day} May 2024", places=("Ngala",), date=date(2024, 5, day)),
        )
        for day, rest in ((3, BODY[1:]), (4, (QUOTE, CENTRE.replace("2019", "2018"), APPEAL)))
    )
    found = compare(before, after)
    assert found is not None
    assert found.facts == (Kind.CHANGED, Kind.REDATED)
    assert [(figure.before, figure.after) for figure in found.figures] == [("2019", "2018")]
