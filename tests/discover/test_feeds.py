"""Feeds: RSS, Atom and RDF, as written and as broken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover import read_source
from crawler.values import Found, SourceKind

URL = "https://www.iom.int/rss.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xml:base="https://www.iom.int/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>OIM</title><link>https://www.iom.int/</link><language>fr</language>
<atom:link rel="self" href="https://www.iom.int/rss.xml"/>
<item><title>L&#039;OIM &amp;amp; ses partenaires lancent un &lt;em&gt;appel&lt;/em&gt;</title>
  <link>https://www.iom.int/fr/news/appel</link>
  <description>&lt;p&gt;Un texte &lt;br&gt; qui ne compte pas.&lt;/p&gt;</description>
  <pubDate>Tue, 27 Nov 2023 10:00:00 +0100</pubDate><dc:language>fr-CH</dc:language></item>
<item><title><![CDATA[Abris & eau]]></title><guid isPermaLink="true">https://www.iom.int/fr/news/abris</guid></item>
<item><title>Sans adresse</title><guid isPermaLink="false">110461</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>OIM</title>
<link href="https://www.iom.int/"/>
<entry><title type="html">Miles de personas cruzan el r&amp;iacute;o</title>
 <link rel="enclosure" href="/foto.jpg"/><link href="/es/node/1"/><link rel="alternate" href="/es/news/rio"/>
 <published>2024-02-03T04:05:06Z</published><updated>2024-02-04T00:00:00-05:00</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>
<item rdf:about="https://www.iom.int/news/old"><title>Old</title><dc:date>2004-05-06</dc:date></item></rdf:RDF>"""


def test_rss() -> None:
    read = read_source(RSS.encode(), url=URL, content_type="text/html")
    assert read.kind is SourceKind.FEED
    assert read.trouble is None
    assert read.found == (
        Found(
            url="https://www.iom.int/fr/news/appel",
            title="L'OIM & ses partenaires lancent un appel",
            published=datetime(2023, 11, 27, 9, tzinfo=UTC),
            language="fr-CH",
        ),
        Found(url="https://www.iom.int/fr/news/abris", title="Abris & eau", language="fr"),
    )


def test_atom() -> None:
    assert read_source(ATOM.encode(), url=URL).found == (
        Found(
            url="https://www.iom.int/es/news/rio",
            title="Miles de personas cruzan el río",
            published=datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
            lastmod=datetime(2024, 2, 4, 5, tzinfo=UTC),
            language="es",
        ),
    )


def test_rdf() -> None:
    read = read_source(RDF.encode(), url=URL)
    assert read.kind is SourceKind.FEED
    assert read.found == (
        Found(url="https://www.iom.int/news/old", title="Old", published=datetime(2004, 5, 6, tzinfo=UTC)),
    )


def test_a_cut_feed_gives_its_whole_items() -> None:
    read = read_source(RSS[: RSS.index("Abris")].encode(), url=URL)
    assert [found.url for found in read.found] == ["https://www.iom.int/fr/news/appel"]
    assert read.trouble == "it ends early"


@pytest.mark.parametrize(
    "flaw", ["&#x110000;", "&#xD800;", "&nbsp;", "&nonsense;", "&", "\x01", "<br>", "&#99999999999;"]
)
def test_one_flaw_does_not_cost_the_feed(flaw: str) -> None:
    body = RSS.replace("Abris", f"Abris {flaw}").replace("Un texte", f"Un {flaw} texte")
    found = read_source(body.encode(), url=URL).found
    assert [entry.url for entry in found] == [
        "https://www.iom.int/fr/news/appel",
        "https://www.iom.int/fr/news/abris",
    ]


def test_entities_in_a_feed_are_refused() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
    read = read_source(body, url=URL)
    assert read.kind is SourceKind.FEED
    assert "entities" in (read.trouble or "")


@given(
    st.sampled_from([RSS, ATOM, RDF]),
    st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 60), st.binary(max_size=12)), max_size=6),
)
def test_no_damage_raises(feed: str, edits: list[tuple[int, int, bytes]]) -> None:
    body = feed.encode()
    for at, removed, put in edits:
        body = body[:at] + put + body[at + removed :]
    for found in read_source(body, url=URL).found:
        assert found.url.startswith(("http://", "https://"))


@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    for start in (b"", b"<rss>", b"<urlset><url>", b"<html>", b"\x1f\x8b\x08", b"\xff\xfe", b"<?xml "):
        read_source(start + body, url=URL, content_type="text/html; charset=utf-7")


@pytest.mark.parametrize(
    ("outer", "inner", "href", "address"),
    [
        ("/news/", "", "a", "https://www.iom.int/news/a"),
        ("https://weblog.iom.int/", "stories/", "a", "https://weblog.iom.int/stories/a"),
        ("/news/", "", "/fr/a", "https://www.iom.int/fr/a"),
        ("/news/", "", "https://www.iom.int/b", "https://www.iom.int/b"),
        ("http://[", "", "/a", "https://www.iom.int/a"),
        ("javascript:alert(1)", "", "a", "https://www.iom.int/a"),
        ("/" * 9000, "", "a", "https://www.iom.int/a"),
    ],
)
def test_relative_links_start_from_xml_base(outer: str, inner: str, href: str, address: str) -> None:
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{outer}"><title>IOM</title>'
        f'<entry xml:base="{inner}"><title>A</title><link rel="alternate" href="{href}"/></entry></feed>'
    )
    assert [found.url for found in read_source(feed.encode(), url=URL).found] == [address]
