"""A release comes out of its page whole, alone, and the same at every rendering."""

from __future__ import annotations

import html
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.values import Article, PassageKind
from tests.extract.pages import AR, EN, ES, FR, LAYOUTS, MENUS, RELEASES, Noise, Release, menu, page

ROOT = "https://www.iom.int"


def article(body: bytes | str, url: str = ROOT + "/news/x", content_type: str | None = None) -> Article:
    found = extract(body.encode() if isinstance(body, str) else body, url=url, content_type=content_type)
    assert found.article is not None, found.unreadable
    return found.article


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("tag", ["nav", "div"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.lang)
def test_a_release_in_each_layout_and_language(release: Release, layout: str, tag: str) -> None:
    found = article(page(release, layout, tag=tag), ROOT + release.path)
    assert found.title == release.title
    assert [passage.text for passage in found.body] == [squeezed(text) for text in release.paragraphs]
    assert found.contact_text == (release.contact,)
    assert found.dateline is not None
    assert found.dateline.text == release.dateline
    assert found.language == release.lang
    assert found.direction == ("rtl" if release is AR else "ltr")
    assert found.subtitle is None
    if layout != "drupal 7":
        assert (found.type, found.scope) == (release.type, release.scope)
        assert found.captions == ("The embankment at dawn. Photo: IOM/Peter Deng",)
        assert found.images == ("/sites/g/files/tmzbdl/files/styles/wide/flood.jpg",)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_renderings_of_one_release_are_equal(layout: str) -> None:
    readings = {article(page(FR, layout, seed), ROOT + FR.path) for seed in range(12)}
    assert len(readings) == 1


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.lang)
def test_an_edit_shows_as_this_edit_alone(release: Release) -> None:
    edited = replace(release, paragraphs=(*release.paragraphs[:-1], release.paragraphs[-1] + " 21 400."))
    before, after = article(page(release, seed=1)), article(page(edited, seed=2))
    assert replace(after, body=before.body) == before
    assert after.body[:-1] == before.body[:-1]
    assert after.body[-1].text == before.body[-1].text + " 21 400."


@pytest.mark.parametrize("lang", MENUS)
def test_no_menu_entry_leaks_into_plain_text(lang: str) -> None:
    lines = []
    for label, description, links in MENUS[lang]:
        lines += ["-", label, label + description] + [line for link in links for line in (link, link)]
    release = {"es": ES, "ar": AR, "fr": FR}.get(lang, EN)
    text = "\n".join([*lines, release.title, *release.paragraphs, release.contact])
    found = article(text, content_type="text/plain; charset=utf-8")
    assert found.title == release.title
    assert [passage.text for passage in found.body] == [squeezed(text) for text in release.paragraphs]
    assert found.contact_text == (release.contact,)


def test_hard_wrapped_text_is_joined() -> None:
    text = """Second flood in one season leaves river towns without clean water

Juba, 14 October 2025 - More than 12,400 people have left their homes
along the Sobat since Sunday, when the river rose for the second time
this season, according to figures gathered by teams in four counties.

Families who had only just rebuilt their shelters are sleeping on the
road embankment, and two boreholes have to be repaired before the end
of the month.
"""
    found = article(text, content_type="text/plain")
    assert found.title == "Second flood in one season leaves river towns without clean water"
    assert [passage.text[:20] for passage in found.body] == ["Juba, 14 October 202", "Families who had onl"]
    assert found.published is not None
    assert (found.published.day, found.published.source) == (date(2025, 10, 14), "dateline")


def seed() -> tuple[list[str], list[str]]:
    """(menu lines, article lines) of the captured French page."""
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        pytest.skip("IOMWATCH_SHARED is unset: the captured French page is not here")
    lines = (Path(shared) / "iom" / "seed-page-fr.txt").read_text(encoding="utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Les Etats"))
    return lines[:start], [line for line in lines[start:] if line.strip()]


def assert_seed(found: Article, lines: list[str]) -> None:
    assert found.title == squeezed(lines[0])
    assert [passage.text for passage in found.body] == [squeezed(line) for line in lines[1:9]]
    assert found.dateline is not None
    assert found.dateline.text == "Argentine"
    assert found.contact_text == (squeezed(lines[9]),)
    (contact,) = found.contacts
    assert (contact.name, contact.emails) == ("Juliana Quintero", ("juquintero@iom.int",))
    assert contact.phones == ("+541152192033",)
    assert (found.language, found.subtitle, found.captions) == ("fr", None, ())


@pytest.mark.parametrize("content_type", ["text/plain; charset=utf-8", None])
def test_the_captured_page_as_text(content_type: str | None) -> None:
    menu_lines, lines = seed()
    assert_seed(article("\n".join([*menu_lines, *lines]), ROOT + "/fr/news/x", content_type), lines)


@pytest.mark.parametrize("menu_tag", ["nav", "div"])
@pytest.mark.parametrize("body", ["press release", "flat", "drupal 7", "line breaks"])
def test_the_captured_page_as_html(menu_tag: str, body: str) -> None:
    menu_lines, lines = seed()
    entries = "".join(f"<div>{html.escape(line.lstrip('- '))}</div>" for line in menu_lines)
    title, paragraphs = f"<h1>{lines[0]}</h1>", "".join(f"<p>{line}</p>" for line in lines[1:])
    field = f'<div class="field--type-text-with-summary">{paragraphs}</div>'
    content = {
        "press release": f'<div class="tag">Communiqué</div><div class="narrow-content">{title}{field}</div>',
        "flat": title + paragraphs,
        "drupal 7": f'<div id="block-system-main">{title}{paragraphs}</div>',
        "line breaks": title + "<div>" + "<br/>\n<br/>".join(lines[1:]) + "</div>",
    }[body]
    text = f"<title>{lines[0]} | OIM</title><{menu_tag}>{entries}</{menu_tag}>{content}<footer>OIM</footer>"
    assert_seed(article(text, ROOT + "/fr/news/x"), lines)


SPEECH = """<html lang="en"><head><title>Remarks at the Forum | IOM</title>
<link rel="canonical" href="/speeches/remarks-forum"><link rel="alternate" hreflang="fr"
href="/fr/speeches/discours">
<link rel="alternate" hreflang="en" href="/speeches/remarks-forum"><link rel="alternate" hreflang="es"
href="/es">
</head><body><main><h1>Remarks at the Forum</h1><div class="date">27 Nov 2023</div>
<div class="field--name-body"><h2>Remarks at the Forum</h2><p>[block:views=dg_speech_slides-block]</p>
<p>It is a pleasure to be with you today to speak about the future of human mobility in our region.</p>
<blockquote><p>To move is the oldest answer to hardship.</p></blockquote><h3>Antecedentes</h3>
<ul><li>First point about rights</li><li>Second<ul><li>a nested point</li></ul></li></ul>
<table><tr><th>Country</th><th>People</th></tr><tr><td>Peru</td><td>12,000</td></tr></table>
<p hidden>A note for editors that readers never see on the page.</p><p style="display:none">Nor this one
here.</p>
<details><summary>Background</summary><p>The Forum has met every second year since it was founded in
1999.</p></details>
<p>Read <a href="/files/r.pdf?x=1">the report</a> and <a href="/news/y#a">the news</a>.</p>
<p>***</p><p>For more information:<br>Jane Doe, Spokesperson, +41 79 403 5526, jdoe@iom.int</p>
</div></main></body></html>"""


def test_the_structure_of_a_body_is_kept() -> None:
    found = article(SPEECH, ROOT + "/speeches/remarks-forum")
    kinds = PassageKind
    assert [(passage.kind, passage.level, passage.text) for passage in found.body[1:]] == [
        (kinds.QUOTE, 0, "To move is the oldest answer to hardship."),
        (kinds.HEADING, 3, "Antecedentes"),
        (kinds.ITEM, 1, "First point about rights"),
        (kinds.ITEM, 1, "Second"),
        (kinds.ITEM, 2, "a nested point"),
        (kinds.ROW, 0, "Country | People"),
        (kinds.ROW, 0, "Peru | 12,000"),
        (kinds.PARAGRAPH, 0, "Background"),
        (kinds.PARAGRAPH, 0, "The Forum has met every second year since it was founded in 1999."),
        (kinds.PARAGRAPH, 0, "Read the report and the news."),
    ]
    assert found.contact_text == (
        "For more information:",
        "Jane Doe, Spokesperson, +41 79 403 5526, jdoe@iom.int",
    )
    assert [link.url for link in found.links] == [ROOT + "/news/y"]
    assert [link.url for link in found.attachments] == [ROOT + "/files/r.pdf?x=1"]
    assert [(link.language, link.url) for link in found.translations] == [
        ("fr", ROOT + "/fr/speeches/discours")
    ]
    assert found.canonical == ROOT + "/speeches/remarks-forum"
    assert found.published is not None
    assert (found.published.day, found.published.source) == (date(2023, 11, 27), "visible date")


def test_a_language_switcher_counts_and_a_headline_with_hreflang_does_not() -> None:
    links = (
        "<a hreflang='fr' href='/fr/news/autre'>Français</a><a hreflang='en' href='/news/x'>English</a>"
        "<a hreflang='ar' href='/ar'>العربية</a>"
        "<a hreflang='es' href='/es/news/otro'>Una noticia del mismo país</a>"
    )
    found = article(f"<html lang='en'><nav>{links}</nav><h1>{EN.title}</h1><p>{EN.paragraphs[0]}</p></html>")
    assert [(link.language, link.url) for link in found.translations] == [("fr", ROOT + "/fr/news/autre")]


LATEST = """<div class="box"><h3>Latest</h3><a href="/reports/z"><time datetime="2025-11-20T10:00:00Z">20 Nov
2025</time> Yemen flash update</a></div>"""
REPORT = """<h1>Mobility Tracking Round 15</h1>{date}<p>This report presents the findings of the fifteenth
round of
data collection, which covered 2,900 locations across all counties of the country.</p>"""


def test_the_first_time_of_a_page_is_not_its_date() -> None:
    assert article(f"<main>{LATEST}{REPORT.format(date='')}</main>").published is None
    dated = REPORT.format(date='<div><time datetime="2024-05-03T08:00:00Z">3 May 2024</time></div>')
    found = article(f"<main>{LATEST}{dated}</main>").published
    assert found is not None
    assert (str(found), found.source) == ("2024-05-03T08:00:00Z", "time")


@pytest.mark.parametrize(
    ("claim", "day", "source"),
    [
        ('<meta property="article:published_time" content="2025-10-15T07:00:00+0200">', date(2025, 10, 15),
        "meta"),
        ('<meta name="dcterms.date" content="2025-10-16">', date(2025, 10, 16), "meta"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x",'
         '"datePublished":"2025-10-17T00:00:00Z","author":{"name":"Ann B."}}]}</script>', date(2025, 10,
         17), "JSON-LD"),
        ('<script type="application/ld+json">{"@type":"ItemList","datePublished":"2020-01-01"}</script>'
         '<script type="application/ld+json">{"broken":</script>', date(2025, 10, 14), "dateline"),
    ],
)  # fmt: skip
def test_the_best_witness_of_the_date_is_believed(claim: str, day: date, source: str) -> None:
    found = article(page(EN, head=claim)).published
    assert found is not None
    assert (found.day, found.source) == (day, source)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>IOM condemns attack on convoy</h1><p>IOM condemns the attack on a convoy near Zalingei this "
        "morning. Two "
        "colleagues were hurt and are receiving care.</p>",
        "<h1>Statement on the earthquake</h1><p>Our thoughts are with all affected.</p><p>IOM teams are on "
        "the ground.</p>",
    ],
)
def test_a_short_statement_is_an_article(body: str) -> None:
    assert article(f"<title>x | IOM</title><nav><a href='/'>Home</a></nav><main>{body}</main>").body


def test_teasers_of_other_pages_after_the_article_are_left_out() -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in EN.paragraphs)
    card = (
        "<div><h4><a href='/n{0}'>Headline of release {0}</a></h4><p>A text of the other release.</p></div>"
    )
    cards = "".join(card.format(number) for number in range(3))
    found = article(
        f"<div><h1>{EN.title}</h1>{prose}<p>{EN.contact}</p><div><h3>More</h3>{cards}</div></div>"
    )
    assert [passage.text for passage in found.body] == list(EN.paragraphs)
    assert found.contact_text == (EN.contact,)


def test_a_contact_field_beside_the_body_is_found() -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in EN.paragraphs)
    field = f"<div class='field--type-text-with-summary'>{prose}</div>"
    field += "<div><p>Contact</p><p>M. L., ml@iom.int</p></div>"
    found = article(f"<main><div class='narrow-content'><h1>{EN.title}</h1>{field}</div></main>")
    assert len(found.body) == len(EN.paragraphs)
    assert found.contact_text == ("Contact", "M. L., ml@iom.int")


def test_a_subtitle_is_no_body_and_a_submission_line_no_text() -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in ES.paragraphs)
    stamp = "<div>Submitted on Tue, 10/14/2025 - 10:00</div>"
    found = article(
        f"<main><h1>{ES.title}</h1><h2>Las agencias piden fondos</h2><div>{stamp}{prose}</div></main>"
    )
    assert found.subtitle == "Las agencias piden fondos"
    assert len(found.body) == len(ES.paragraphs)
    assert found.published is not None
    assert (found.published.day, found.published.source) == (date(2025, 10, 14), "visible date")


CARD = """<div><div class="article-detail"><div class="tag">News</div><h5 class="title"><a
href="/news/{0}">Headline number
{0} about a town</a></h5><div class="date">12 May 2024</div><p>A teaser that says what has happened there
this week.</p>
</div></div>"""
NO_ARTICLE = {
    "nothing": ("", "empty"),
    "blanks": (" \n\0", "empty"),
    "a menu alone": (f"<html><body>{menu('en', Noise())}</body></html>", "no paragraph"),
    "a listing": ("<main><h1>Newsroom</h1>" + "".join(CARD.format(n) for n in range(12)) + "</main>", ""),
    "a challenge": (
        "<title>Just a moment...</title><h1>www.iom.int</h1><p>Checking if the connection is secure, which "
        "may take a "
        "few seconds.</p><script>window._cf_chl_opt={}</script>",
        "a challenge page (Cloudflare)",
    ),
    "an empty challenge": ('<script src="/_Incapsula_Resource?x"></script>', "a challenge page (Imperva"),
    "maintenance": (
        "<title>Site under maintenance</title><h1>Site under maintenance</h1><p>The site is being serviced "
        "at the "
        "moment. Please come back in an hour, and thank you for waiting.</p>",
        "a maintenance notice",
    ),
    "not found": (
        "<title>Page non trouvée | OIM</title><h1>Page introuvable</h1><p>La page que vous avez demandée "
        "n’existe pas. "
        "Vous pouvez revenir à l’accueil ou faire une recherche.</p>",
        "a page that says it is not there",
    ),
    "a script's shell": (
        "<html><body><div id='app'></div><script src='/a.js'></script></body></html>",
        "empty",
    ),
}


@pytest.mark.parametrize(("body", "reason"), NO_ARTICLE.values(), ids=NO_ARTICLE)
def test_what_is_no_article_is_said_to_be_unreadable(body: str, reason: str) -> None:
    found = extract(body.encode(), url=ROOT + "/news/x")
    assert found.article is None
    assert found.unreadable
    assert found.unreadable.startswith(reason)


def test_an_empty_layout_is_overruled_by_the_content() -> None:
    empty = '<div class="field--type-text-with-summary"><p>Photo gallery of the day.</p></div>'
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in EN.paragraphs)
    body = f"<main><h1>{EN.title}</h1><div class='narrow-content'>{empty}</div><div>{prose}</div></main>"
    found = extract(body.encode(), url=ROOT)
    assert found.layout is None
    assert found.article is not None
    assert len(found.article.body) == len(EN.paragraphs)


def test_every_block_has_a_verdict_when_asked() -> None:
    body = page(EN)
    plain, explained = extract(body, url=ROOT), extract(body, url=ROOT, explain=True)
    assert plain.blocks == ()
    assert explained.article == plain.article
    roles = {block.role for block in explained.blocks}
    assert {"title", "type", "body", "caption", "contact", "boilerplate"} <= roles
    assert all(block.why for block in explained.blocks)
    assert any("Our Work" in block.text and not block.kept for block in explained.blocks)


def test_hidden_text_is_dropped_and_said_to_be_hidden() -> None:
    found = extract(SPEECH.encode(), url=ROOT, explain=True)
    assert [block.text[:6] for block in found.blocks if block.role == "hidden"] == ["A note", "Nor th"]
    assert found.article is not None
    assert "note for editors" not in found.article.text


def test_the_text_decides_the_language_not_the_address() -> None:
    german = (
        "Am Donnerstag begrüßten Mitarbeitende der Organisation die ersten Familien am Flughafen in Hannover."
    )
    found = article(f'<html lang="en"><h1>Ankunft</h1><p>{german}</p></html>', ROOT + "/fr/news/x")
    assert found.language == "de"


@given(
    st.binary(max_size=400), st.sampled_from([None, "text/html", "text/plain", "text/html; charset=utf-16"])
)
def test_no_bytes_make_it_raise(body: bytes, content_type: str | None) -> None:
    found = extract(body, url="not an address", content_type=content_type, explain=True)
    assert (found.article is None) == bool(found.unreadable)


THING = '{"@type":"Article","headline":7,"author":[null,{"name":3}],"datePublished":5}'
PIECES = [
    *(
        "<p>",
        "</p>",
        "<div class='menu'>",
        "</div>",
        "<table><tr><td>",
        "</table>",
        "<a href='http://[x'>",
        "</a>",
    ),
    *("<h1>", "</h1>", "<li>", "<br>", "<time datetime='x'>", "<meta name=date content='9999-99-99'>", "***"),
    f'<script type="application/ld+json">{THING}</script>',
    "Geneva, 3 May 2020 – ",
    "For more information, contact x@y.org, +41 ",
    "A sentence of some length, which ends here. ",
    "\u200f\ud83d",
    "&#xD800;&nbsp;",
]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_markup_makes_it_raise(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    found = extract(body, url=ROOT, content_type="text/html", explain=True)
    assert (found.article is None) == bool(found.unreadable)


@pytest.mark.parametrize(
    "title", ["Road Maintenance Brings Villages Closer", "Page Not Found in Any Atlas", "Un instant de répit"]
)
def test_a_short_release_is_not_refused_for_its_headline(title: str) -> None:
    page = (
        f"<html lang=en><head><title>{title} | Agency</title>"
        '<meta property="article:published_time" content="2026-03-02T09:00:00Z"></head><body>'
        f"<main><article><h1>{title}</h1><p>The last kilometre to the five villages was opened on Monday.</p>"
        "<p>People there had asked for it since the autumn rains.</p></article></main></body></html>"
    )
    reading = extract(page.encode(), url="https://www.iom.int/news/road")
    assert reading.unreadable is None
    assert reading.article is not None
    assert reading.article.title == title


TEXT = "<p>Teams gave out blankets and stoves in the five villages above the river, where snow had cut the"
TEXT += " only road for nine days.</p><p>The next convoy leaves as soon as the pass is open again.</p>"
TODAY = [
    '<div class="today">Monday, 2 March 2026</div>',
    "<p>Monday, 2 March 2026</p>",
    '<time datetime="2026-03-02T09:00">2 March 2026</time>',
    '<div class="top"><div><time datetime="2026-03-02T09:00Z">Monday 2 March 2026</time></div></div>',
]
SHELLS = [
    "{today}<main><h1>Blankets for the valley</h1>{text}</main>",
    "<header>{today}</header><main><h1>Blankets for the valley</h1>{text}</main>",
    "<div>{today}<div><article><h1>Blankets for the valley</h1>{text}</article></div></div>",
    "{today}<h1>Blankets for the valley</h1>{text}",
    "<div id=page>{today}<h1>Blankets for the valley</h1><div>{text}</div></div>",
    "<div id=page>{today}<div class=title><h1>Blankets for the valley</h1></div><div>{text}</div></div>",
    "{today}{text}",
    "<main><h1>Blankets for the valley</h1>{text}</main>{today}",
    "<main><h1>Blankets for the valley</h1>{text}</main><footer>{today}</footer>",
    "<h1>Blankets for the valley</h1>{today}<main>{text}</main>",
    '<main><div class="today-date">{today}</div><h1>Blankets for the valley</h1>{text}</main>',
]


@pytest.mark.parametrize("today", TODAY)
@pytest.mark.parametrize("shell", SHELLS)
def test_the_date_of_today_on_a_page_is_not_the_releases(shell: str, today: str) -> None:
    title = "<title>Blankets for the valley | Agency</title>"
    first = article(title + shell.format(today=today, text=TEXT))
    assert first.published is None
    second = article(title + shell.format(today=today.replace("2", "3", 1), text=TEXT))
    assert (second.published, second.body) == (None, first.body)


@pytest.mark.parametrize(
    "shell",
    [
        "<main><div>27 Nov 2023</div><h1>Blankets for the valley</h1>{text}</main>",
        "<main><h1>Blankets for the valley</h1><div>27 Nov 2023</div>{text}</main>",
        "<div class=hero><h1>Blankets for the valley</h1><p>27 Nov 2023</p></div><main>{text}</main>",
        "<article><header><p>27 Nov 2023</p><h1>Blankets for the valley</h1></header>{text}</article>",
        "<h1>Blankets for the valley</h1><p>27 Nov 2023</p>{text}",
        "<div><h1>Blankets for the valley</h1><div><p>27 Nov 2023</p></div><div>{text}</div></div>",
        "<div role=main><p><time datetime=2023-11-27>27 Nov</time> 2023</p><h1>Blankets for the valley</h1>"
        "{text}</div>",
    ],
)
def test_the_date_beside_the_headline_is_the_releases(shell: str) -> None:
    today = '<div class="today">Monday, 2 March 2026</div>'
    found = article(today + shell.format(text=TEXT)).published
    assert found is not None
    assert found.day == date(2023, 11, 27)


NOTICES = (
    "Error",
    "Oops!",
    "Log in",
    "Sign in to continue",
    "Unexpected error",
    "Error 500",
    "503",
    "Page non disponible",
    "Accès restreint",
    "ACCES RESTREINT",
    "Iniciar sesión",
    "Página no disponible",
    "Ведутся технические работы",
    "الموقع قيد الصيانة",
    "عذراً، حدث خطأ",
)


def themed(title: str, text: str, head: str = "") -> bytes:
    return (
        f"<html><head><title>{title} | Agency</title>{head}</head><body><nav><a href='/'>Home</a></nav><main>"
        f"<h1>{title}</h1><div>{text}</div></main><footer>Agency</footer></body></html>"
    ).encode()


@pytest.mark.parametrize("title", NOTICES)
def test_a_headline_that_is_a_notice_alone_is_no_release(title: str) -> None:
    page = themed(title, TEXT)
    assert extract(page, url=ROOT + "/news/x").article is None
    dated = themed(title, TEXT, '<meta property="article:published_time" content="2026-03-02">')
    assert extract(dated, url=ROOT + "/news/x").article is None
    assert extract(themed(title, TEXT * 8), url=ROOT + "/news/x").article is not None


def test_a_notice_in_the_first_sentence_is_one() -> None:
    said = "<p>The website encountered an unexpected error. Please try again later, or go to the start.</p>"
    assert extract(themed("Agency news", said), url=ROOT + "/news/x").article is None


@pytest.mark.parametrize(
    "title",
    [
        "Log in to your future: young people learn to code",
        "Error by error, a map of the missing grows",
        "Iniciar sesión en la escuela: clases en línea para niños desplazados",
        "Accès restreint à l’eau dans la vallée",
        "Oops! A clown's way to teach children",
    ],
)
def test_a_headline_that_begins_like_a_notice_is_a_release(title: str) -> None:
    found = extract(themed(title, TEXT), url=ROOT + "/news/x")
    assert found.article is not None, found.unreadable


def test_lines_that_are_paragraphs_each_are_passages_of_their_own() -> None:
    first = "Teams gave out blankets and stoves in the five villages above the river for nine days in a row."
    second = (
        "The next convoy leaves as soon as the pass is open again, the mayor said on Sunday in the town hall."
    )
    text = f"<div>{first}<br>{second}<br>{first}</div><p>Room 3<br>Main Street</p>"
    found = extract(f"<main><h1>Snow</h1>{text}</main>".encode(), url=ROOT + "/news/x")
    assert found.article is not None
    assert [passage.text for passage in found.article.body][:3] == [first, second, first]


def _wrapped(which: range, after: str = "") -> bytes:
    texts = [
        f"Paragraph {n}: the teams on the ground have begun to work with the families concerned."
        for n in range(6)
    ]
    body = "".join(
        f'<div class="t"><p>{text}</p></div>' if n in which else f"<p>{text}</p>"
        for n, text in enumerate(texts)
    )
    page = f"<html><body><div><h1>The Bridge Reopens</h1>{body}</div>{after}</body></html>"
    return page.encode()


@pytest.mark.parametrize("which", [range(0), range(0, 6, 5), range(1, 6, 2), range(6)])
def test_a_box_around_the_last_paragraph_as_around_others_is_no_other_text(which: range) -> None:
    article = extract(_wrapped(which), url="https://example.org/news/x").article
    assert article is not None
    assert len(article.body) == 6


def test_a_box_of_links_after_the_contact_block_is_no_contact() -> None:
    contact = "<p>For more information, please contact Jun Salcedo, Tel: +63 2 8555 0101, j@iom.example</p>"
    topics = '<div class="topics"><h3>Topics</h3><a href="/a">Data</a> <a href="/b">Contact</a></div>'
    body = "".join(f"<p>{'The teams have begun to work with the families. ' * 3}{n}.</p>" for n in range(4))
    page = f'<article><h1>Bridge</h1><div class="field--name-body">{body}{contact}</div>{topics}</article>'
    article = extract(f"<html><body>{page}</body></html>".encode(), url="https://example.org/news/x").article
    assert article is not None
    assert len(article.contact_text) == 1


TAGGED = """<html lang="en"><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article>
<div class="content-header"><ul class="{name}">{over}</ul><h1>Bridge at Renk carries trucks again</h1></div>
<div class="body"><p>Juba – The bridge over the river carries trucks again after two years of repairs, the
International Organization for Migration said, and the first convoy crossed it on Monday morning.</p>
<p>The convoy brings food, medicine and seed to 12,000 people who were cut off from the market by floods, and
traders in the town expect that prices fall within weeks.</p></div>
<ul class="{name}">{under}</ul></article></body></html>"""


def items(*names: str) -> str:
    return "".join(f'<li class="tag">{name}</li>' for name in names)


@pytest.mark.parametrize("name", ["tags", "taglist"])
@pytest.mark.parametrize(
    ("over", "read"),
    [
        (("News", "Local"), ("News", "Local")),
        (("Global", "Press release"), ("Press release", "Global")),
        (("Statement",), ("Statement", None)),
        (("News", "Shelter"), None),
        (("Flood", "Shelter"), None),
        ((), None),
    ],
)
def test_a_list_over_the_headline_says_the_type_and_one_of_topics_none(
    name: str, over: tuple[str, ...], read: tuple[str, str | None] | None
) -> None:
    found = article(TAGGED.format(name=name, over=items(*over), under=items("News", "Story", "Global")))
    assert (found.type, found.scope) == (read or (None, None))
    assert found.title == "Bridge at Renk carries trucks again"
    assert len(found.body) == 2
