"""What an event names: quotes, names, links, documents, contacts; the page's own correction; silence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from crawler.compare import compare
from crawler.values import (
    Article,
    Change,
    Contact,
    Dated,
    Dateline,
    EditKind,
    Link,
    Passage,
    PassageKind,
)
from tests.compare.releases import BODY, CENTRE, OPENING, QUOTE, release

PROSE = (
    "We met the governor of Borno on Monday. He was glad. The roads to Maiduguri are open, and trucks pass"
    " without an escort. The people of Borno wait."
)


def told(before: Article, after: Article) -> Change:
    change = compare(before, after)
    assert change is not None
    return change


def named(before: Article, after: Article, kind: EditKind) -> list[tuple[str | None, str | None]]:
    return [(edit.before, edit.after) for edit in told(before, after).edits if edit.kind is kind]


def in_text(old: str, new: str, text: str, kind: EditKind, language: str = "en") -> list[object]:
    before, after = (release(t, language=language) for t in (text, text.replace(old, new)))
    return list(named(before, after, kind))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("“We need [water|tents] and food,” said the man.", "en", "We need [] and food,"),
        ('"We need [water|tents] and food," said the man.', "en", "We need [] and food,"),
        ("He said: ‘We need [water|tents] and food’ and left.", "en", "We need [] and food"),
        ("« Nous avons besoin [d’eau|de tout] », a dit Fatou.", "fr", "Nous avons besoin []"),
        ("«Necesitamos [agua|techo] y comida», dijo Ana.", "es", "Necesitamos [] y comida"),
        ("قالت السيدة: «نحن بحاجة إلى [الماء|المأوى] والغذاء الآن».", "ar", "نحن بحاجة إلى [] والغذاء الآن"),
        ("Er sagte: „Wir brauchen [Wasser|Hilfe] und Brot“ und ging.", "de", "Wir brauchen [] und Brot"),
        ("They call it “the [gate|wall]” here.", "en", "the []"),
        ("他说：“我们需要[水|饭]和食物，很多，”三十岁的人说。他走了。", "zh", "我们需要[]和食物，很多，"),
        ("“We saw [smoke|fire] and ran. Nobody came to help us then.", "en", None),
    ],
)
def test_a_quote_that_changed_is_named_in_any_style_of_marks(
    text: str, language: str, expected: str | None
) -> None:
    old, new = text[text.index("[") + 1 : text.index("]")].split("|")
    slot = f"[{old}|{new}]"
    before, after = (release(text.replace(slot, word), language=language) for word in (old, new))
    pairs = named(before, after, EditKind.QUOTE)
    if expected is None:  # never closed: it lasts to the end of the paragraph
        assert [quote.startswith(f"We saw {old} and ran.") for quote, _ in pairs if quote] == [True]
    else:
        assert pairs == [(expected.replace("[]", old), expected.replace("[]", new))]


def test_a_block_quote_is_a_quote() -> None:
    quote = Passage(kind=PassageKind.QUOTE, text="We were there when the bridge fell.")
    other = Passage(kind=PassageKind.QUOTE, text="We were far when the bridge fell.")
    before, after = (
        Article(title="Bridge", body=(release(CENTRE).body[0], passage)) for passage in (quote, other)
    )
    assert named(before, after, EditKind.QUOTE) == [(quote.text, other.text)]
    gone = told(before, Article(title="Bridge", body=before.body[:1]))
    assert [(edit.before, edit.after) for edit in gone.edits] == [(quote.text, None)]
    assert gone.weight >= 70


def test_words_beside_a_quote_are_none_of_it() -> None:
    assert in_text("said Amina Bello", "added Amina Bello", QUOTE, EditKind.QUOTE) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("[Maiduguri|Dikwa]", "en", ("Maiduguri", "Dikwa")),
        ("the [governor|head] of", "en", None),
        ("on [Monday|Tuesday]", "en", None),
        ("people of [Borno|Yobe]", "en", ("Borno", "Yobe")),
        ("governor of [Borno|Amina Bello of Yobe]", "en", ("Borno", "Amina Bello of Yobe")),
    ],
)
def test_a_name_in_running_text_is_known_by_its_capital(
    text: str, language: str, expected: tuple[str, str] | None
) -> None:
    old, new = text[text.index("[") + 1 : text.index("]")].split("|")
    start = text.partition("[")[0] + old
    pairs = in_text(start, start.replace(old, new), PROSE, EditKind.NAME, language)
    assert pairs == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("before", "after", "language", "expected"),
    [
        (
            "The visit was led by Amina Bello of the office.",
            "The visit was led by Amina Musa of the office.",
            "en",
            ("Amina Bello", "Amina Musa"),
        ),
        ("Families left Iran for the north.", "Families left Iraq for the north.", "en", ("Iran", "Iraq")),
        (
            "Selon l’OIM, les familles attendent.",
            "Selon l’ONU, les familles attendent.",
            "fr",
            ("OIM", "ONU"),
        ),
        (
            "Le centre de la ville de Gao est ouvert.",
            "Le centre de la ville de Mopti est ouvert.",
            "fr",
            ("Gao", "Mopti"),
        ),
        (
            "Los vecinos de Tapachula esperan.",
            "Los vecinos de Necoclí esperan.",
            "es",
            ("Tapachula", "Necoclí"),
        ),
        ("Aid came with Mrs. Smith today.", "Aid came with Mrs. Jones today.", "en", ("Smith", "Jones")),
        ("It was J. Smith of Gao.", "It was J. Jones of Gao.", "en", ("Smith of Gao", "Jones of Gao")),
        (
            "IOM's Chief of Mission, John Doe, thanked donors.",
            "IOM's Chief of Mission, Jane Roe, thanked donors.",
            "en",
            ("John Doe", "Jane Roe"),
        ),
        ("Вчера в Киеве открыли центр.", "Вчера в Львове открыли центр.", "uk", ("Киеве", "Львове")),
    ],
)
def test_names_of_persons_places_and_bodies(
    before: str, after: str, language: str, expected: tuple[str, str]
) -> None:
    one, other = (release(text, language=language) for text in (before, after))
    assert named(one, other, EditKind.NAME) == [expected]


def test_a_word_is_no_name_because_a_sentence_begins_with_it() -> None:
    assert in_text("He was", "She was", PROSE, EditKind.NAME) == []


@pytest.mark.parametrize(
    ("opening", "language"),
    [
        ("So I", "en"),
        ("Today I", "en"),
        ("However Sudan", "en"),
        ("Honestly IOM", "en"),
        ("Cependant Gao", "fr"),
        ("Ayer Tapachula", "es"),
    ],
)
def test_nor_because_a_name_follows_it(opening: str, language: str) -> None:
    name = opening.split()[1]
    texts = (f"It rained. {start} waited for the boats all night." for start in (opening, name))
    before, after = (release(text, language=language) for text in texts)
    assert named(before, after, EditKind.NAME) == []


def test_another_country_is_no_typo_and_a_typo_in_a_name_is_one() -> None:
    iran = "Families left Iran for the north."
    assert told(release(iran), release(iran.replace("Iran", "Iraq"))).weight > 50
    twice = "The people of Badakhshan wait. Aid reached Badakhshen today."
    change = told(release(twice), release(twice.replace("Badakhshen", "Badakhshan")))
    assert change.weight < 40


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("Geneva", "GENEVA", False),
        ("Bogota", "Bogotá", False),
        ("Tehran", "Teheran", False),
        ("Niger", "Nigeria", True),
        ("Iran", "Iraq", True),
    ],
)
def test_a_place_of_the_dateline_that_is_put_right_is_no_other_name(
    before: str, after: str, named: bool
) -> None:
    one, other = (
        release(
            f"{place}, 3 May 2024 – {OPENING}",
            dateline=Dateline(text=f"{place}, 3 May 2024 –", places=(place,)),
        )
        for place in (before, after)
    )
    expected = [(before, after)] if named else []
    assert [(e.before, e.after) for e in told(one, other).edits if e.kind is EditKind.NAME] == expected


def test_headlines_in_capitals_name_nobody() -> None:
    before, after = release(title="Aid Reaches the Coast Today"), release(title="Help Reaches the Coast Now")
    assert named(before, after, EditKind.NAME) == []
    short = "Why We Publish Our Errors"
    assert named(release(title=short), release(title=short.replace("Our", "All Our")), EditKind.NAME) == []


def test_arabic_names_are_those_that_the_page_gives() -> None:
    contacts = (Contact(name="ليلى حداد"), Contact(name="سارة يوسف"))
    before, after = (
        release(f"قالت {name} إن الأسر تحتاج إلى الماء.", language="ar", contacts=contacts)
        for name in ("ليلى حداد", "سارة يوسف")
    )
    assert named(before, after, EditKind.NAME) == [("ليلى حداد", "سارة يوسف")]
    before, after = (
        release(f"{place} – وصلت الأسر.", language="ar", dateline=Dateline(text=place, places=(place,)))
        for place in ("بغداد", "البصرة")
    )
    assert named(before, after, EditKind.NAME) == [("بغداد", "البصرة")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأشارت [سلمى الخطيب|هدى العلي] من المجلس المحلي إلى أن العمل مستمر.", ("سلمى الخطيب", "هدى العلي")),
        ("قالت ليلى [الشامي|حداد] إن الأسر تحتاج إلى الماء.", ("ليلى الشامي", "ليلى حداد")),
        ("ويحتاج المخيم، كما أضاف [كريم بن صالح|طارق الحداد]، إلى الماء.", ("كريم بن صالح", "طارق الحداد")),
        ("وزارت الدكتورة [سلمى|هدى] المخيم يوم الأحد.", ("سلمى", "هدى")),
        ("وقالت [المنظمة|الوكالة] إن الأسر تحتاج إلى الماء.", None),
        ("وقال [مدير المكتب|رئيس البعثة] إن الأسر تحتاج إلى الماء.", None),
        ("وأكدت [في بيان لها|خلال مؤتمر صحفي] أن الأسر تحتاج إلى الماء.", None),
        ("تحتاج الأسر إلى [الماء|الغذاء] في المخيم.", None),
    ],
)
def test_an_arabic_name_stands_behind_a_verb_of_saying_or_a_form_of_address(
    text: str, expected: tuple[str, str] | None
) -> None:
    found = re.search(r"\[(.+?)\|(.+?)\]", text)
    assert found is not None
    before, after = (text.replace(found[0], found[side]) for side in (1, 2))
    names = named(release(before, language="ar"), release(after, language="ar"), EditKind.NAME)
    assert names == ([expected] if expected else [])


def link(url: str, text: str = "here") -> Link:
    return Link(url=url, text=text)


def test_links_and_documents_come_go_and_are_replaced() -> None:
    old, new, other = (link(f"https://www.iom.int/{name}") for name in ("a", "b", "c"))
    assert named(release(links=(old,)), release(links=(new,)), EditKind.LINK) == [(old.url, new.url)]
    assert named(release(links=(old,)), release(), EditKind.LINK) == [(old.url, None)]
    assert named(release(), release(links=(other,)), EditKind.LINK) == [(None, other.url)]
    paper, revised = (link(f"https://www.iom.int/files/{name}.pdf", name) for name in ("report", "report-1"))
    change = told(release(attachments=(paper,)), release(attachments=(revised,)))
    assert [(edit.kind, edit.before, edit.after) for edit in change.edits] == [
        (EditKind.DOCUMENT, paper.url, revised.url)
    ]
    assert change.reasons == ("a document was replaced",)
    annex = link("https://www.iom.int/files/annex.pdf", "annex")
    change = told(release(attachments=(paper, annex)), release(attachments=(annex,)))
    assert [(edit.before, edit.after) for edit in change.edits] == [(paper.url, None)]


def contact(name: str, phone: str, written: str, mail: str) -> Article:
    return release(
        contact_text=(f"{name}, Tel: {written}, {mail}",),
        contacts=(Contact(name=name, phones=(phone,), emails=(mail,)),),
    )


def test_contacts_change_field_by_field_as_written() -> None:
    before = contact("Ann Example", "+41227179111", "+41 22 717 91 11", "ann@example.org")
    after = contact("Cy Example", "+41227986150", "+41 22 798 61 50", "ann@example.org")
    change = told(before, after)
    assert [(edit.before, edit.after, edit.detail) for edit in change.edits] == [
        ("Ann Example", "Cy Example", "name"),
        ("+41 22 717 91 11", "+41 22 798 61 50", "telephone"),
    ]
    assert change.weight < 40


def test_contact_details_in_the_text_are_contact_details() -> None:
    line = "For more information, write to Ann Example at ann@example.org."
    edited = release(*BODY, line.replace("Ann", "Cy").replace("ann@", "cy@"))
    for after in (edited, release()):
        change = told(release(*BODY, line), after)
        assert {edit.kind for edit in change.edits} == {EditKind.CONTACT}
        assert change.weight < 40


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version of this release named another town.",
        "CORRECTION (4 May 2024): the figure was 12,400.",
        "Corrected on 4 May 2024",
        "Editor’s note: the figure was corrected.",
        "This press release was updated on 3 May.",
        "An earlier version of this story misstated the date.",
        "Erratum",
        "Corrigendum: the figure was 12,400.",
        "Rectificatif : le chiffre était de 12 400.",
        "Mise à jour du 4 mai 2024 : le chiffre a changé.",
        "Ce communiqué a été corrigé le 4 mai.",
        "Fe de erratas: donde dice 12.400, debe decir 21.400.",
        "Actualización: la cifra es otra.",
        "Este comunicado ha sido corregido.",
        "Ce communiqué a été modifié le 4 mai.",
        "Este comunicado foi corrigido em 4 de maio.",
        "تصحيح: ورد رقم آخر في نسخة سابقة.",
        "تم تحديث هذا البيان.",
    ],
)
def test_the_pages_own_correction_is_told_as_written(notice: str) -> None:
    change = told(release(), release(*BODY, notice))
    assert change.correction == notice
    assert told(release(*BODY, notice), release(*BODY[1:], notice)).correction is None


def test_a_notice_behind_a_sentence_and_a_label_on_its_own_line() -> None:
    assert told(release(), release(*BODY, "That is all. (Corrected on 4 May 2024)")).correction == (
        "(Corrected on 4 May 2024)"
    )
    after = release(*BODY, "Correction", "The figure was 12,400.")
    assert told(release(), after).correction == "Correction The figure was 12,400."


@pytest.mark.parametrize(
    "text",
    [
        "Correction officers visited the site with the families.",
        "The strategy was revised in May.",
        "Update on the situation in the north",
        "La mise à jour des données prendra un mois.",
        "تحديث بشأن الوضع في الشمال",
    ],
)
def test_what_only_speaks_of_corrections_is_no_notice(text: str) -> None:
    assert told(release(), release(*BODY, text)).correction is None


@pytest.mark.parametrize(
    ("before", "after", "claimed", "silent"),
    [
        (3, 3, None, True),
        (3, 3, False, True),
        (3, 3, True, False),
        (3, 4, False, False),
        (None, None, False, True),
        (None, None, True, False),
        (None, None, None, False),  # nothing on the page or in the lists claims a day
        (None, 4, None, False),
    ],
)
def test_a_change_is_silent_when_a_day_is_claimed_and_none_moved(
    before: int | None, after: int | None, claimed: bool | None, silent: bool
) -> None:
    one, other = (
        None
        if day is None
        else Dated(day=date(2024, 5, day), source="meta", at=datetime(2024, 5, day, tzinfo=UTC))
        for day in (before, after)
    )
    change = compare(release(modified=one), release(*BODY[:3], modified=other), claimed=claimed)
    assert change is not None
    assert change.silent is silent


def test_links_alone_are_no_silent_change_of_the_text() -> None:
    modified = Dated(day=date(2024, 5, 3), source="meta")
    after = release(modified=modified, links=(link("https://www.iom.int/a"),))
    assert not told(release(modified=modified), after).silent
