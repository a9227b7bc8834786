"""What a page's markup claims: metas, JSON-LD however broken, canonical addresses, language editions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import head, jsonld, language
from crawler.extract.walk import read_html

URL = "https://www.example.org/news/x"


def read(markup: str, url: str = URL) -> head.Head:
    return head.read(read_html(markup.encode()), url)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = '{"@type":"NewsArticle","headline":"A","datePublished":"2024-05-03"}'


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        '{"@graph":[{"@type":"Organization"},' + ARTICLE + "]}",
        '{"@type":"WebPage","mainEntity":' + ARTICLE + "}",
        "<!-- " + ARTICLE + " -->",
        "//<![CDATA[\n" + ARTICLE + "\n//]]>",
        "/* made by hand */ " + ARTICLE,
        ARTICLE.replace("}", ",}"),
        ARTICLE.replace('"A",', '"A", // the headline\n'),
        ARTICLE[:-1] + ',"description":"one\n\ttwo"}',
        ARTICLE.replace('"', "&quot;"),
        '{"@type":"Organization"}\n' + ARTICLE,
        '{"@type":"Organization"};' + ARTICLE + ";",
        ARTICLE[:-1] + ',"description":"He said "no" to them"}',
        ARTICLE.replace('"NewsArticle"', '["Thing","https://schema.org/NewsArticle"]'),
        ARTICLE.replace('"2024-05-03"', '["2024-05-03"]'),
        ARTICLE.replace('"2024-05-03"', '{"@value":"2024-05-03"}'),
    ],
)
def test_json_ld_is_read_however_it_is_written(text: str) -> None:
    found = read(script(text)).article
    assert (jsonld.text(found.get("headline")), jsonld.text(found.get("datePublished"))) == (
        "A",
        "2024-05-03",
    )


@pytest.mark.parametrize(
    ("things", "day"),
    [
        ([{"headline": "Other"}, {"url": URL + "?from=feed"}], "2"),
        ([{"url": "https://www.example.org/y"}, {"headline": "The road"}], "2"),
        ([{"headline": "Other"}, {"mainEntityOfPage": {"@id": URL}}], "2"),
        ([{"headline": "Other"}, {"headline": "Another"}], "1"),
    ],
)
def test_of_several_articles_the_pages_own_is_taken(things: list[dict[str, Any]], day: str) -> None:
    dated = [
        {"@type": "Article", "datePublished": str(at), **thing} for at, thing in enumerate(things, start=1)
    ]
    found = read("<title>The road</title>" + "".join(script(json.dumps(thing)) for thing in dated))
    assert found.article["datePublished"] == day


def test_articles_in_lists_are_of_other_pages() -> None:
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": json.loads(ARTICLE)}]}
    assert read(script(json.dumps(listed))).article == {}


def test_values_that_a_script_beyond_repair_gives_twice_are_not_taken() -> None:
    assert jsonld.parse(f"{ARTICLE} x {ARTICLE.replace('2024', '2023')}") == []


@pytest.mark.parametrize(
    "text",
    ["[" * 300_000, '{"a":' * 100_000, "/*" * 200_000, '"' * 400_000, "," * 400_000, '{"@graph":[' * 90_000],
)
def test_hostile_json_ld_says_nothing(text: str) -> None:
    assert read(script(text)).article == {}


@given(st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["@type", "@graph", "@id", "headline", "datePublished", "mainEntity",
    "mainEntityOfPage", "url", "author", "@value"]), inner, max_size=4), max_leaves=20))  # fmt: skip
def test_no_json_ld_makes_it_raise(value: Any) -> None:
    things = jsonld.read([json.dumps(value)])
    found = jsonld.article(things, {URL}, {"a"})
    jsonld.text(found.get("datePublished"))


@pytest.mark.parametrize(
    ("hrefs", "expected"),
    [
        (["/news/y"], "https://www.example.org/news/y"),
        (["https://other.org/y"], "https://other.org/y"),
        (["https://other.org/y", "/news/y"], "https://www.example.org/news/y"),
        (["https://other.org/y", "https://third.org/y"], None),
        (["", "javascript:x"], None),
    ],
)
def test_of_several_canonical_addresses_the_sites_own_is_believed(
    hrefs: list[str], expected: str | None
) -> None:
    links = "".join(f'<link rel="canonical" href="{href}">' for href in hrefs)
    assert read(links).canonical == expected


@pytest.mark.parametrize(
    "tag", ["fr", "pt-br", "zh-hans", "es-419", "zh-cmn-hans-cn", "sr-latn-rs", "de-x-a"]
)
def test_language_tags(tag: str) -> None:
    assert language.tag(f" {tag.upper()} ") == tag


@pytest.mark.parametrize("tag", ["", "x-default", "fr_FR", "english", "e", "fr-", "12", "a" * 90, "fr fr"])
def test_what_is_no_language_tag(tag: str) -> None:
    assert language.tag(tag) is None


def test_editions_without_a_language_are_left_out() -> None:
    editions = {"fr": "/fr/x", "x-default": "/x", "fr_FR": "/fr2/x", "": "/y", "ES": "/es/x"}
    links = "".join(f'<link rel="alternate" hreflang="{tag}" href="{to}">' for tag, to in editions.items())
    assert [link.language for link in read(links).translations] == ["fr", "es"]


def test_microdata_and_metas_are_kept_by_name() -> None:
    found = read(
        '<meta property="OG:Title" content=" A  b ">'
        '<meta name="author" content=""><meta name="author" content="C">'
        '<body><span itemprop="datePublished" content="2024-05-03">x</span>'
        '<time property="schema:dateModified" datetime="2024-05-04">y</time></body>'
    )
    assert (found.meta("og:title"), found.meta("dc.x", "author")) == ("A b", "C")
    assert found.marked == {"datepublished": ["2024-05-03"], "datemodified": ["2024-05-04"]}


SETTINGS = '<script type="application/json" data-drupal-selector="drupal-settings-json">{}</script>'


@pytest.mark.parametrize(
    ("markup", "url", "node"),
    [
        ('<link rel="shortlink" href="https://www.example.org/fr/node/110461">', URL, "110461"),
        ('<link rel="shortlink" href="/node/110461/">', URL, "110461"),
        ('<body class="html page-node page-node-7 page-node-type-story">', URL, "7"),
        (SETTINGS.format('{"path":{"baseUrl":"\\/","currentPath":"node\\/110461"}}'), URL, "110461"),
        (SETTINGS.format('{"path": {"currentPath": "node/110461"}}'), URL, "110461"),
        ("<div data-history-node-id=5>", URL, "5"),
        ("", "https://www.example.org/es/node/111731", "111731"),
        ('<link rel="canonical" href="/node/9">', URL, "9"),
        # of several that are drawn, the one in full
        (
            '<article data-history-node-id=5 class="node node--view-mode-full"><a data-history-node-id=6>',
            URL,
            "5",
        ),
        # nothing is said, or not with one voice
        ('<body class="page-node-type-story page-node-add">', URL, None),
        ("<div data-history-node-id=5></div><div data-history-node-id=6></div>", URL, None),
        ('<link rel="shortlink" href="/node/4"><div data-history-node-id=5>', URL, None),
        ('<link rel="shortlink" href="/?p=4"><div data-history-node-id=x>', URL, None),
        (SETTINGS.format('{"path":{"currentPath":"search"}}'), URL, None),
        ('<a href="/node/12">More</a>', URL, None),
    ],
)
def test_the_number_of_a_node(markup: str, url: str, node: str | None) -> None:
    assert read(f"<html>{markup}<h1>The road</h1></html>", url).node == node


@pytest.mark.parametrize(
    ("link", "languages"),
    [
        ('<a lang="fr" href="/fr/x">Français</a>', ["fr"]),
        ('<li lang="fr"><a href="/fr/x">FR</a></li>', ["fr"]),
        ('<li hreflang="pt-br"><a href="/pt-br/x">Português, Brasil</a></li>', ["pt-br"]),
        ('<a hreflang="ar" href="/ar/x">العربية</a>', ["ar"]),
        ('<a hreflang="fr" href="/fr/x">Le pont rouvre</a>', []),  # a short headline
        ('<a hreflang="fr" href="/fr/x"><img src="/y.jpg"></a>', []),
        ('<p lang="fr">« <a href="/fr/x">Un mot</a> »</p>', []),
    ],
)
def test_a_switcher_is_told_from_links_to_other_releases(link: str, languages: list[str]) -> None:
    found = read(f'<html lang="en"><nav>{link}</nav><h1>The road</h1></html>')
    assert [each.language for each in found.translations] == languages
