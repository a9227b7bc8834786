"""Which blocks are the article, on made-up pages: rules, each with a page it must not touch."""

from __future__ import annotations

import json

import pytest

from crawler.extract import extract

SENTENCES = [
    "The river rose for the second time this season, and the town behind the dam was left without water.",
    "Families that had only just rebuilt their shelters were sleeping on the embankment by Tuesday evening.",
    "Two boreholes have to be repaired before the end of the month, according to the teams in four counties.",
    "The road to the north is open again, but lorries wait for up to nine hours where the bridge has gone.",
]
TITLE = "Second flood in one season leaves river towns without water"
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
AGAIN = [f"A week later: {sentence}" for sentence in SENTENCES]
OTHER = "".join(
    f"<p>Elsewhere, number {n}: a market was opened by the mayor, who said that it had taken nine years.</p>"
    for n in range(9)
)


def body(inner: str, head: str = "") -> list[str]:
    markup = f"<html><head><title>{TITLE}</title>{head}</head><body>{inner}</body></html>"
    found = extract(
        markup.encode(), url="https://example.org/news/1", content_type="text/html; charset=utf-8"
    )
    assert found.article is not None, found.unreadable
    return [passage.text for passage in found.article.body]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="widget"><div class="share-post">{}</div></div>',  # names in names
        '<div class="has-background-overlay">{}</div>',
        '<div class="with-sidebar">{}</div>',
        '<div class="block ad6ed79d-88fd-4c8e-a27a-ff8349c9446f">{}</div>',
        '<div class="paywall-content">{}</div>',
        '<div role="tablist">{}</div>',
        '<div hidden id="S:0">{}</div>',
        '<form action="/">{}</form>',
        '<div class="map-and-related">{}</div>',
        '<div class="node--promoted">{}</div>',
    ],
)
def test_a_name_that_holds_the_text_is_no_name_of_furniture(box: str) -> None:
    assert body(f"<h1>{TITLE}</h1>" + box.format(PROSE)) == SENTENCES


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-bio">{}</div>',
        '<div class="factbox">{}</div>',
        '<blockquote class="embedded-tweet">{}</blockquote>',
        '<div class="comments">{}</div>',
        '<div hidden id="later">{}</div>',
        '<div class="text w-condition-invisible">{}</div>',
        "<form>{}</form>",
        "<figure><div>{}</div></figure>",
    ],
)
def test_a_box_beside_the_text_is_furniture_by_its_name(box: str) -> None:
    aside = "She has written about rivers for nine years, and lives beside one of them."
    assert body(f"<article><h1>{TITLE}</h1>{PROSE}{box.format(f'<p>{aside}</p>')}</article>") == SENTENCES


def test_of_several_articles_the_one_with_the_headline_is_read() -> None:
    several = f"<article><h1>{TITLE}</h1>{PROSE}</article><article><h2>A market</h2>{OTHER}</article>"
    assert body(f"<div><div>{several}</div></div>") == SENTENCES


def test_parts_of_one_story_are_all_read() -> None:
    parts = "".join(f"<article><p>{sentence}</p></article>" for sentence in SENTENCES)
    assert body(f"<main><h1>{TITLE}</h1>{parts}</main>") == SENTENCES


def test_what_stands_beside_the_main_part_is_not_read() -> None:
    assert body(f"<div><main><h1>{TITLE}</h1>{PROSE}</main><div>{OTHER[:300]}</p></div></div>") == SENTENCES


@pytest.mark.parametrize("box", ["<header><h1>{}</h1>{}</header>", "<h1>{}</h1><div>{}</div>"])
def test_a_paragraph_under_the_headline_is_the_first_of_the_text(box: str) -> None:
    page = "<article>" + box.format(TITLE, f"<p>{SENTENCES[0]}</p>") + "<div>{}</div></article>"
    rest = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[1:])
    assert body(page.format(rest)) == SENTENCES


def test_a_line_under_the_headline_is_a_subtitle() -> None:
    page = f"<article><header><h1>{TITLE}</h1><p>A town cut off</p></header><div>{PROSE}</div></article>"
    assert body(page) == SENTENCES


def cards(count: int) -> str:
    return "".join(
        f'<div class="card"><h3><a href="/{n}">Market number {n} was opened on Friday</a></h3>'
        f"<div>3 May</div><p>The mayor said that it had taken nine years and two more.</p></div>"
        for n in range(count)
    )


def test_cards_after_the_text_lead_to_other_pages() -> None:
    assert body(f"<article><h1>{TITLE}</h1><div>{PROSE}<div>{cards(4)}</div></div></article>") == SENTENCES


def test_boxes_with_links_inside_the_text_are_its_own() -> None:
    found = body(f"<article><h1>{TITLE}</h1><div><p>{SENTENCES[0]}</p>{cards(4)}{PROSE}</div></article>")
    assert sum("nine years and two more" in text for text in found) == 4


def test_a_label_between_paragraphs_is_none_of_them() -> None:
    assert (
        body(f"<article><h1>{TITLE}</h1><div>{PROSE}<div>Print this page</div></div></article>") == SENTENCES
    )


def test_a_list_of_links_that_the_text_announces_is_read() -> None:
    links = (
        "<ul><li><a href='/a'>The plan for the second half</a></li><li><a href='/b'>Its costs</a></li></ul>"
    )
    announced = f"<p>{SENTENCES[0]} The government has published three papers:</p>{links}{PROSE}"
    assert "The plan for the second half" in body(f"<article><h1>{TITLE}</h1>{announced}</article>")
    plain = f"<p>{SENTENCES[0]}</p>{links}{PROSE}"
    assert "The plan for the second half" not in body(f"<article><h1>{TITLE}</h1>{plain}</article>")


@pytest.mark.parametrize(
    ("opener", "read"), [('<button aria-expanded="false">More</button>', True), ("", False)]
)
def test_an_accordions_panel_in_the_text_is_read(opener: str, read: bool) -> None:
    panel = f'<h3>{opener}</h3><div style="display:none"><p>{OTHER[3:98]}</p></div>'
    found = body(f"<article><h1>{TITLE}</h1>{PROSE}{panel}{PROSE.replace('The ', 'A ')}</article>")
    assert any(text.startswith("Elsewhere") for text in found) is read


def test_an_accordion_needs_no_article_around_it() -> None:
    panel = f'<h3><button aria-expanded="false">More</button></h3><div hidden><p>{OTHER[3:98]}</p></div>'
    found = body(f"<div><h1>{TITLE}</h1>{PROSE}{panel}{PROSE.replace('The ', 'A ')}</div>")
    assert any(text.startswith("Elsewhere") for text in found)


@pytest.mark.parametrize(("times", "read"), [(10, True), (2, False)])
def test_a_newsletter_with_much_prose_is_no_box_to_sign_up_in(times: int, read: bool) -> None:
    letter = "".join(f"<p>{n}. {SENTENCES[0]}</p>" for n in range(times * 4))
    found = body(f"<h1>{TITLE}</h1><div class='newsletter'>{letter}</div><div>{PROSE * times * 3}</div>")
    assert any(text.startswith("1. ") for text in found) is read


def test_a_linked_heading_over_a_passage_of_the_text_is_the_texts() -> None:
    linked = f"<h2><a href='/dam'>The dam above the town</a></h2><p>{OTHER[3:98]}</p>"
    assert "The dam above the town" in body(
        f"<article><h1>{TITLE}</h1><div>{PROSE}{linked}{PROSE}</div></article>"
    )
    alone = "<h2><a href='/dam'>The dam above the town</a></h2><div><p>Short.</p></div>"
    assert "The dam above the town" not in body(
        f"<article><h1>{TITLE}</h1><div>{PROSE}{alone}{PROSE}</div></article>"
    )


@pytest.mark.parametrize(
    ("box", "read"),
    [
        ('<div class="portrait">{}</div>', False),
        ('<div class="faq">{}</div>', True),
        ("<div><table><tr><td>{}</td></tr></table></div>", True),
        ("<ul><li>{}</li></ul>", True),
    ],
)
def test_a_box_after_the_last_passage_is_no_part_of_the_text(box: str, read: bool) -> None:
    aside = "She has written about rivers for nine years, and lives beside one of them."
    page = f"<article><h1>{TITLE}</h1><div>{PROSE}{box.format(f'<p>{aside}</p>')}</div></article>"
    assert (aside in body(page)) is read
    inside = f"<article><h1>{TITLE}</h1><div>{box.format(f'<p>{aside}</p>')}{PROSE}</div></article>"
    assert aside in body(inside)


def test_cells_that_say_the_same_are_no_menu() -> None:
    rows = "".join(f"<tr><td>County {n}</td><td>Yes</td></tr>" for n in range(4))
    found = body(f"<article><h1>{TITLE}</h1><div>{PROSE}<table>{rows}</table>{PROSE}</div></article>")
    assert found.count("County 2 | Yes") == 1


def test_a_list_of_headings_at_the_end_is_read() -> None:
    items = "<ul><li><h3>Boreholes</h3></li><li><h3>Embankments</h3></li></ul>"
    assert body(f"<article><h1>{TITLE}</h1>{PROSE}{items}</article>") == [
        *SENTENCES,
        "Boreholes",
        "Embankments",
    ]
    assert body(f"<article><h1>{TITLE}</h1>{PROSE}<h3>Boreholes</h3></article>") == SENTENCES


@pytest.mark.parametrize(("tag", "read"), [("p", True), ("div", False)])
def test_paragraphs_before_the_headline_are_text_and_menus_are_not(tag: str, read: bool) -> None:
    before = f"<{tag}>{SENTENCES[0].replace('river', 'lake')}</{tag}>"
    found = body(f"<article>{before}<h1>{TITLE}</h1>{PROSE}</article>")
    assert any("lake" in text for text in found) is read


def test_a_page_of_short_things_with_links_is_its_list() -> None:
    things = "".join(
        f"<div><p><a href='/{n}'>Borehole {n}, in full</a></p>{''.join(f'<p>{x}</p>' for x in pair)}</div>"
        for n, pair in enumerate((SENTENCES[:2], SENTENCES[2:]))
    )
    found = body(f"<article><h1>{TITLE}</h1><p>{OTHER[3:98]}</p>{things}</article>")
    assert set(found) >= set(SENTENCES)


@pytest.mark.parametrize("rest", [SENTENCES[0], ""])
def test_a_linked_item_is_read_where_its_list_is(rest: str) -> None:
    items = f"<ul><li><a href='/a'>The plan for the second half</a></li><li>{rest}</li></ul>"
    found = body(f"<article><h1>{TITLE}</h1><div><p>{SENTENCES[1]}</p>{items}{PROSE}</div></article>")
    assert ("The plan for the second half" in found) is bool(rest)


def test_an_item_that_is_half_a_link_is_no_text_in_a_list_of_links() -> None:
    half = "<li>Opinion: <a href='/b'>The old wells</a></li>"
    items = f"<ul><li><a href='/a'>The plan for the second half</a></li>{half}</ul>"
    found = body(f"<article><h1>{TITLE}</h1><div><p>{SENTENCES[1]}</p>{items}{PROSE}</div></article>")
    assert not any("old wells" in text for text in found)


def test_a_linked_cell_is_read_where_its_row_is() -> None:
    table = "<table><tr><td><a href='/a'>Lower wells</a></td><td>twelve metres</td></tr></table>"
    found = body(f"<article><h1>{TITLE}</h1><div><p>{SENTENCES[1]}</p>{table}{PROSE}</div></article>")
    assert any("Lower wells" in text for text in found)


@pytest.mark.parametrize("complete", [True, False])
def test_what_follows_the_end_that_the_metadata_give_is_no_text(complete: bool) -> None:
    note = "Our reporter has lived in the river towns for eleven years and writes of little else than water."
    text = " ".join([*SENTENCES, *AGAIN] if complete else SENTENCES[:1])
    claim = {"@type": "Article", "headline": TITLE, "articleBody": text}
    said = f"<script type='application/ld+json'>{json.dumps(claim)}</script>"
    again = "".join(f"<p>{sentence}</p>" for sentence in AGAIN)
    found = body(f"<article><h1>{TITLE}</h1>{PROSE}{again}<p>{note}</p></article>", said)
    assert (note in found) is not complete


@pytest.mark.parametrize("twin", ['<div class="desktop">{}</div>', "<section><h2>Read</h2>{}</section>"])
def test_a_text_that_stands_twice_is_read_once(twin: str) -> None:
    assert body(f"<main><h1>{TITLE}</h1><div>{PROSE}</div>{twin.format(PROSE)}</main>")[:4] == SENTENCES
    assert (
        body(f"<main><h1>{TITLE}</h1><div>{PROSE}</div>{twin.format(PROSE)}</main>").count(SENTENCES[1]) == 1
    )


def test_a_refrain_is_no_copy() -> None:
    refrain = SENTENCES[3]
    verses = "".join(f"<p>{sentence}</p><p>{refrain}</p>" for sentence in SENTENCES[:3])
    assert body(f"<article><h1>{TITLE}</h1>{verses}</article>").count(refrain) == 3


def test_the_one_article_of_a_page_is_its_text() -> None:
    join = (
        "<section><p>Join the many who read these letters each week and never miss one of them.</p></section>"
    )
    found = body(
        f"<main><header><h1>{TITLE}</h1></header><div><article>{PROSE}</article></div>{join * 2}</main>"
    )
    assert found == SENTENCES


def test_linked_headings_that_lead_away_head_what_the_text_tells_of() -> None:
    items = "".join(
        f"<section><header><h3><a href='https://shop{n}.example/'>Pump number {n}</a></h3></header>"
        f"<div><p>{sentence} {' '.join(AGAIN)}</p></div></section>"
        for n, sentence in enumerate(SENTENCES)
    )
    found = body(f"<article><h1>{TITLE}</h1><p>{SENTENCES[0]} So say all.</p>{items}</article>")
    assert sum(text.startswith("Pump number") for text in found) == len(SENTENCES)
    near = items.replace("https://shop", "https://news.example.org/")
    found = body(f"<article><h1>{TITLE}</h1><p>{SENTENCES[0]} So say all.</p>{near}</article>")
    assert not any(text.startswith("Pump number") for text in found)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("some 12,400<sup>1</sup> people", "some 12,400¹ people"),
        ('in 45 per cent<sup class="n"><a href="#fn12">12</a></sup> of them', "in 45 per cent¹² of them"),
        ("under 30 m<sup>2</sup> of roof", "under 30 m² of roof"),
        ("the 3<sup>rd</sup> year", "the 3rd year"),
        ('a source<sup><a href="/report">4</a></sup> of it', "a source4 of it"),
    ],
)
def test_raised_digits_are_not_read_with_the_number_before_them(markup: str, shown: str) -> None:
    found = body(f"<article><h1>{TITLE}</h1>{PROSE}<p>They live so, {markup}, and say it.</p></article>")
    assert found[-1] == f"They live so, {shown}, and say it."


def test_what_shows_to_who_points_at_a_word_is_none_of_the_text() -> None:
    tip = "the <span>pump<span role='tooltip'>It lifts water.</span></span> by hand"
    found = body(f"<article><h1>{TITLE}</h1>{PROSE}<p>They worked {tip}, and say it.</p></article>")
    assert found[-1] == "They worked the pump by hand, and say it."


def test_a_last_passage_set_in_italics_is_a_note() -> None:
    note = "Mary Lado has written about rivers for nine years and lives in the north."
    article = f"<article><h1>{TITLE}</h1>{PROSE}{{}}</article>"
    assert body(article.format(f"<p><em>{note}</em></p>")) == SENTENCES
    assert body(article.format(f"<p><em>{note}</em> So she says.</p>"))[-1].startswith(note)


@pytest.mark.parametrize(
    "said",
    ["*Note: This release was corrected on 21 February.", "Ce communiqué a été modifié le 21 février."],
)
def test_a_correction_set_in_italics_is_none_and_hides_none(said: str) -> None:
    note = "<p><em>Mary Lado has written about rivers for nine years and lives in the north.</em></p>"
    article = f"<article><h1>{TITLE}</h1>{PROSE}{{}}</article>"
    assert body(article.format(f"<p><em>{said}</em></p>")) == [*SENTENCES, said]
    assert body(article.format(f"{note}<p><em>{said}</em></p>")) == [*SENTENCES, said]
    assert body(article.format(f"<p><em>{said}</em></p>{note}")) == [*SENTENCES, said]


def test_a_text_with_other_passages_in_italics_ends_in_one() -> None:
    quoted = "".join(f"<p><i>{sentence}</i></p><p>{sentence} So she said.</p>" for sentence in SENTENCES)
    found = body(f"<article><h1>{TITLE}</h1>{quoted}<p><i>{SENTENCES[0]} Still.</i></p></article>")
    assert found[-1] == f"{SENTENCES[0]} Still."


def test_an_excerpt_is_another_pages_but_under_the_headline() -> None:
    own = "<p class='post-excerpt'>What two floods in one season have done to the towns, and to us.</p>"
    others = "".join(f"<div><a href='/{n}'>Other {n}</a>{own.replace('two', str(n))}</div>" for n in range(3))
    found = body(f"<article><h1>{TITLE}</h1>{own}<div>{PROSE}{others}</div></article>")
    assert [text for text in found if "in one season have done" not in text] == SENTENCES
    assert sum("in one season have done" in text for text in found) <= 1


def test_a_name_in_brackets_tells_of_other_boxes() -> None:
    box = f"<article class='[&_figcaption]:text-xs [&>aside.related]:hidden'>{PROSE}</article>"
    assert body(f"<h1>{TITLE}</h1>{box}") == SENTENCES


@pytest.mark.parametrize("name", ["b1c2d3e4-88fd-4d66-ad7a-ff8349c9446f", "vpWAad", "text pk pl ad pm jd"])
def test_a_name_that_a_tool_made_up_names_nothing(name: str) -> None:
    more = "A fifth county has asked for help since, and the lorries that carry it are on their way."
    article = f"<article><h1>{TITLE}</h1>{PROSE}<p class='{{}}'>{more}</p></article>"
    assert body(article.format(name)) == [*SENTENCES, more]
    assert body(article.format("top-ad")) == SENTENCES
