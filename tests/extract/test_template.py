"""What a site's other pages know of a page: on made-up hard sites, on the simulated one, and by laws."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo import ROUNDS
from crawler.demo.site import Site
from crawler.extract import Learned, Template, extract, pack, unpack
from crawler.extract.template import MOST_PAGES, MOST_TEXTS, fingerprint
from crawler.values import Extraction, Marks
from tests.extract.hosts import DESIGNS, LANGUAGES, Design, HostPage, Tongue, pages

URL = "https://site.example/news/a"
FROM = 2  # pages before the one from which on a template must help
_TOKENS = re.compile(r"[\u2e80-\ud7ff]|\w+")


def tokens(texts: Iterable[str]) -> Counter[str]:
    return Counter(token for text in texts for token in _TOKENS.findall(text))


def errors(page: HostPage, found: Extraction) -> int:
    """Tokens too many and too few."""
    ours = tokens(passage.text for passage in found.article.body) if found.article else Counter[str]()
    gold = tokens(page.passages)
    return ((ours - gold) + (gold - ours)).total()


def reads(host: Iterable[HostPage]) -> list[tuple[HostPage, Extraction, Extraction]]:
    """Each page read alone, and with what the pages before it taught."""
    learned = Learned()
    rows = []
    for key, page in enumerate(host):
        with_template = extract(page.html, url=URL, template=learned.without(key))
        assert with_template.marks is not None
        learned.learn(key, with_template.marks)
        rows.append((page, extract(page.html, url=URL), with_template))
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.__name__.strip("_"))
def test_errors_are_at_most_half_from_the_third_page_on(design: Design, language: str) -> None:
    rows = reads(pages(design, language))
    alone = sum(errors(page, found) for page, found, _ in rows[FROM:])
    taught = sum(errors(page, found) for page, _, found in rows[FROM:])
    assert taught <= alone / 2
    assert all(found.article == first.article for _, first, found in rows[:FROM])  # nothing is known yet


def test_the_made_up_sites_are_hard() -> None:
    """Read one page at a time, most of them are read wrong: otherwise the test above shows nothing."""
    rows = [row for design in DESIGNS for row in reads(pages(design, "en", count=3))]
    assert sum(errors(page, alone) > 0 for page, alone, _ in rows) > 0.8 * len(rows)


def blocks(found: Extraction, role: str) -> list[str]:
    return [block.text for block in found.blocks if block.role == role]


def html(*paragraphs: str, title: str, before: str = "", after: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<title>{title}</title>{before}<div><h1>{title}</h1><div>{body}</div>{after}</div>".encode()


def taught(*others: bytes) -> Learned:
    """What these pages teach, by their order."""
    learned = Learned()
    for key, page in enumerate(others):
        marks = extract(page, url=URL, template=learned.without(key)).marks
        assert marks is not None
        learned.learn(key, marks)
    return learned


def sentences(*numbers: int) -> tuple[str, ...]:
    """Paragraphs, a number each: the same for the same number, and for no other."""
    return tuple(Tongue("en", number).prose(2) for number in numbers)


STANDING = (
    "Founded in 1951, the agency works with states and with migrants themselves, so that migration is humane"
    " and orderly, in more than a hundred countries."
)


def test_a_standing_paragraph_inside_an_article_is_kept_and_marked() -> None:
    """One after the article is not: nothing tells it from an invitation to subscribe."""
    inside = [html(*sentences(n), STANDING, *sentences(n + 1), title=f"Tale {'x' * n}") for n in (1, 3, 5)]
    found = extract(html(*sentences(7), STANDING, *sentences(8), title="New"), url=URL,
                    template=taught(*inside).without(None), explain=True)  # fmt: skip
    assert found.article is not None
    assert STANDING in found.article.text
    assert any(
        block.text == STANDING and block.why.startswith("recurring, on 3 of") for block in found.blocks
    )
    after = html(*sentences(11, 12, 13), STANDING, title="Newer")
    found = extract(after, url=URL, template=taught(*inside).without(None), explain=True)
    assert blocks(found, "body") == [*sentences(11, 12, 13)]
    assert STANDING in blocks(found, "boilerplate")


def test_a_release_at_several_addresses_keeps_its_text() -> None:
    others = [html(*sentences(n, n + 1, n + 2), title=f"Tale {'x' * n}") for n in (20, 24, 28)]
    twin = html(*sentences(1, 2, 3), title="Said Thrice")
    learned = taught(twin, twin, *others, twin)
    alone = extract(twin, url=URL)
    assert alone.article is not None
    assert extract(twin, url=URL, template=learned.without(None)).article == alone.article


def test_an_article_of_its_own_is_not_taken_for_an_earlier_copy() -> None:
    page = html(*sentences(1, 2, 3), title="Read Daily")
    other = html(*sentences(4, 5), title="Another")
    learned = taught(page, other)
    for _ in range(5):
        found = extract(page, url=URL, template=learned.without(0), explain=True)
        assert blocks(found, "body") == [*sentences(1, 2, 3)]
        assert not any("recurring" in block.why for block in found.blocks)
        assert found.marks is not None
        learned.learn(0, found.marks)


def test_an_officer_who_signs_every_release_is_still_its_contact() -> None:
    contact = "For more information, please contact: Mary Lado, IOM South Sudan, Tel: +211 912 379 900"
    others = [html(*sentences(n, n + 1), contact, title=f"Tale {'x' * n}") for n in range(1, 11, 2)]
    found = extract(others[0], url=URL, template=taught(*others).without(0))
    assert found.article is not None
    assert found.article.contact_text == (contact,)


def test_a_figure_corrected_in_a_sentence_is_another_text() -> None:
    """A label may count ("News (12)"); a sentence with another number says another thing."""
    sentence = "Since January, {} people have been displaced in the district, most of them from two valleys."
    before, after = (
        extract(html(*sentences(1, 2), sentence.format(number), title="Count"), url=URL, template=Template())
        for number in ("12,400", "21,400")
    )
    assert before.marks is not None
    assert after.marks is not None
    assert len({*before.marks.inside} ^ {*after.marks.inside}) == 2


MENU = "".join(f"<p><a href='/{n}'>{name} (12)</a></p>" for n, name in enumerate(
    ("Who we are", "Our work", "Where we work", "Take action", "Data", "Newsroom")))  # fmt: skip


def test_a_page_without_the_sites_frame_is_a_stranger() -> None:
    framed = [html(*sentences(n, n + 1), title=f"Tale {'x' * n}", before=MENU) for n in (1, 3, 5)]
    challenge = html("Please wait while we look at your browser.", title="Just a moment")
    for known in (framed[:1], framed):
        template = taught(*known).without(0)
        same = html(*sentences(7), title="New", before=MENU.replace("12", "97"))
        assert not extract(same, url=URL, template=template).stranger
        assert extract(challenge, url=URL, template=template).stranger
    unframed = taught(*(html(*sentences(n), title=f"Tale {n}") for n in (1, 2, 3)))
    assert not extract(challenge, url=URL, template=unframed.without(None)).stranger  # nothing to go by


def test_an_article_that_moves_within_its_page_is_said() -> None:
    """The region is pinned: a box that grows beside it does not win; one that outgrows it by far is said."""

    def page(number: int, aside: int) -> bytes:
        story, more = (
            f"<div class='{name}'>{''.join(f'<p>{text}</p>' for text in sentences(*range(start, end)))}</div>"
            for name, start, end in (
                ("story", number, number + 3),
                ("more", number * 99, number * 99 + aside),
            )
        )
        return f"<h1>Tale {'x' * number}</h1>{story}{more}".encode()

    learned = taught(*(page(number, 0) for number in (1, 4, 7, 10)))
    assert blocks(extract(page(13, 2), url=URL, explain=True), "body") != [*sentences(13, 14, 15)]
    wider = extract(page(13, 2), url=URL, template=learned.without(None), explain=True)
    assert blocks(wider, "body") == [*sentences(13, 14, 15)]
    assert not wider.disagreement
    other = extract(page(16, 14), url=URL, template=learned.without(None))
    assert "where 4 other pages have their article" in other.disagreement
    assert not extract(page(16, 14), url=URL).disagreement


def test_a_layout_that_no_longer_fits_is_said() -> None:
    def fitted(number: int, name: str) -> bytes:
        text = "".join(f"<p>{text}</p>" for text in sentences(number, number + 1))
        return f"<article><h1>Tale {'x' * number}</h1><div class='{name}'>{text}</div></article>".encode()

    learned = taught(*(fitted(number, "field--name-body") for number in (1, 3, 5)))
    assert learned.layouts == {"drupal body": 3}
    assert not extract(fitted(7, "field--name-body"), url=URL, template=learned.without(None)).unfitted
    anew = extract(fitted(7, "text"), url=URL, template=learned.without(None))
    assert anew.unfitted == 'no layout fits; the layout "drupal body" does on 3 of the 3 other pages'
    assert "did before" in extract(fitted(1, "text"), url=URL, template=learned.without(0)).unfitted


def test_the_simulated_sites_releases_are_read_the_same() -> None:
    """Layouts find them exactly; what their site's other pages know takes nothing away and adds nothing."""
    base = "https://agency.example"
    site, now = Site(base_url=base), ROUNDS[-1]
    by_language: dict[str, Learned] = defaultdict(Learned)
    for number, (path, release) in enumerate(site.releases(now).items()):
        body, learned = site.answer(path, now=now).body, by_language[release.language]
        taught = extract(body, url=base + path, template=learned.without(number))
        assert taught.article == extract(body, url=base + path).article
        assert (taught.stranger, taught.disagreement, taught.unfitted) == (False, "", "")
        assert taught.marks is not None
        learned.learn(number, taught.marks)
    assert max(len(learned.pages) for learned in by_language.values()) > 10


# ── laws ────────────────────────────────────────────────────────────────────────────────────────

numbers = st.integers(min_value=1, max_value=2**64 - 1)
some_marks = st.builds(
    Marks,
    around=st.lists(numbers, unique=True, max_size=6).map(tuple),
    inside=st.lists(numbers, unique=True, max_size=6).map(tuple),
    region=st.integers(min_value=0, max_value=2**64 - 1),
    layout=st.sampled_from([None, "press release", "story"]),
)
lessons = st.lists(st.tuples(st.integers(min_value=0, max_value=5), some_marks), max_size=20)


def state(learned: Learned) -> tuple[object, ...]:
    layouts = {name: count for name, count in learned.layouts.items() if count}
    pages = dict(learned.pages)
    return learned.texts, learned.around, learned.carried, learned.regions, layouts, pages


@given(some_marks)
def test_packing_loses_nothing(marks: Marks) -> None:
    assert unpack(pack(marks), marks.layout) == marks


@given(lessons)
def test_a_page_counts_once_as_it_was_read_last(lessons: list[tuple[int, Marks]]) -> None:
    """Learned once or often, in whatever order: what is known is what the pages tell today."""
    learned = Learned(lessons)
    assert state(learned) == state(Learned([*lessons, *learned.pages.items()]))
    assert state(learned) == state(Learned(dict(lessons).items()))
    assert all(0 < count <= len(learned.pages) for count in learned.texts.values())


@given(lessons, some_marks)
def test_what_a_page_told_itself_is_not_what_others_say(lessons: list[tuple[int, Marks]], own: Marks) -> None:
    learned, without = Learned([*lessons, (9, own)]), Learned(lessons)
    assert learned.without(9).pages == len(without.pages)
    for number in {*own.around, *own.inside, *learned.texts}:
        assert learned.without(9).others(number) == without.without(None).others(number)


def test_a_template_is_bounded() -> None:
    learned = Learned()
    forgotten = [
        gone
        for key in range(MOST_PAGES + 5)
        for gone in learned.learn(
            key, Marks(around=(1, 2), inside=tuple(range(key * 200 + 9, key * 200 + 209)))
        )
    ]
    assert len(learned.texts) <= MOST_TEXTS
    assert len(learned.pages) <= MOST_PAGES
    assert forgotten == list(range(MOST_PAGES + 5 - len(learned.pages)))  # the longest unread first
    assert learned.texts[1] == len(learned.pages)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(DESIGNS),
    st.sampled_from(LANGUAGES),
    st.integers(min_value=0, max_value=99),
    st.sampled_from(["<body>", "</body>"]),
    st.data(),
)
def test_a_sites_own_boilerplate_does_not_move_the_article(
    design: Design, language: str, seed: int, where: str, data: st.DataObject
) -> None:
    """What surrounds the articles of a site's other pages, put on a page once more, is no part of it."""
    host = list(pages(design, language, count=6, seed=seed))
    learned = taught(*(page.html for page in host[:5]))
    other = extract(
        host[data.draw(st.integers(0, 4))].html, url=URL, template=learned.without(None), explain=True
    )
    standing = [
        text for text in blocks(other, "boilerplate") if learned.without(None).others(fingerprint(text)) > 2
    ]
    added = "".join(
        f"<p>{text}</p>" for text in data.draw(st.lists(st.sampled_from(standing), min_size=1, max_size=6))
    )
    box = f"<div>{added}</div>"
    last = host[5]
    grown = last.html.replace(where.encode(), (where + box if where == "<body>" else box + where).encode())
    before, after = (
        extract(markup, url=URL, template=learned.without(None)) for markup in (last.html, grown)
    )
    assert before.article is not None
    assert after.article is not None
    assert after.article.body == before.article.body


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<div>", "</div>", "<p>", "<table><tr><td>", "<h1>", "<a href=/x>", "</a>", "<li>", "<br>"),
                *(MENU, STANDING, "Read on", "12", "\u0600\u202e", *sentences(1, 3, 41)),
            ]
        ),
        max_size=40,
    )
)
def test_whatever_the_page_a_known_site_is_read(pieces: list[str]) -> None:
    """Never raises, keeps its blocks in order, and takes no text from nowhere."""
    markup = "".join(pieces).encode("utf-8", "replace")
    found = extract(markup, url=URL, template=KNOWN.without(None), explain=True)
    assert (found.article is None) == (found.unreadable is not None)
    for passage in found.article.body if found.article else ():
        assert passage.text in " ".join(block.text for block in found.blocks if block.kept)


KNOWN = taught(
    *(html(*sentences(n), STANDING, *sentences(n + 1), title=f"Tale {n}", before=MENU) for n in (1, 3, 5))
)
