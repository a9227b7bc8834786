"""Sitemaps, indexes and URL lists: good, broken, hostile."""

from __future__ import annotations

import gzip
import os
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.discover import read_source
from crawler.discover.moments import visible, w3c
from crawler.values import Found, SourceKind

URL = "https://www.iom.int/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str, attributes: str = NS) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {attributes}>{"".join(entries)}</urlset>'.encode()


def entry(path: str, rest: str = "") -> str:
    return f"<url><loc>https://www.iom.int{path}</loc>{rest}</url>"


def addresses(body: bytes) -> list[str]:
    return [found.url for found in read_source(body, url=URL).found]


def test_a_urlset_gives_addresses_and_times() -> None:
    read = read_source(
        urlset(entry("/news/a", "<lastmod>2024-03-01T08:30+02:00</lastmod>"), entry("/b")), url=URL
    )
    assert read.kind is SourceKind.SITEMAP
    assert read.trouble is None
    assert read.found == (
        Found(url="https://www.iom.int/news/a", lastmod=datetime(2024, 3, 1, 6, 30, tzinfo=UTC)),
        Found(url="https://www.iom.int/b"),
    )


def test_an_index_gives_documents_without_itself() -> None:
    body = f"""<sitemapindex {NS}>
      <sitemap><loc>https://www.iom.int/sitemap.xml?page=1</loc></sitemap>
      <sitemap>https://www.iom.int/sitemap.xml?page=2&amp;x=1</sitemap>
      <sitemap><loc>{URL}</loc></sitemap><sitemap><loc></loc></sitemap></sitemapindex>""".encode()
    read = read_source(body, url=URL)
    assert read.kind is SourceKind.SITEMAP_INDEX
    assert read.documents == (
        "https://www.iom.int/sitemap.xml?page=1",
        "https://www.iom.int/sitemap.xml?page=2&x=1",
    )
    assert read.found == ()


def test_a_cut_document_gives_only_whole_entries() -> None:
    whole = urlset(entry("/news/first"), entry("/news/second-with-a-long-name"))
    for cut in range(whole.index(b"</url>") + 6, len(whole) - len("</url></urlset>")):
        read = read_source(whole[:cut], url=URL)
        assert [found.url for found in read.found] == ["https://www.iom.int/news/first"], cut
        assert read.trouble == "it ends early"


@pytest.mark.parametrize(
    "attributes", ["", 'xmlns="http://www.google.com/schemas/sitemap/0.84"', 'xmlns="urn:wrong"', "xmlns=''"]
)
def test_the_namespace_does_not_matter(attributes: str) -> None:
    assert addresses(urlset(entry("/a"), attributes=attributes)) == ["https://www.iom.int/a"]


def test_a_prefixed_namespace() -> None:
    body = f"<s:urlset {NS.replace('xmlns', 'xmlns:s')}><s:url><s:loc>/a</s:loc></s:url></s:urlset>"
    assert addresses(body.encode()) == ["https://www.iom.int/a"]


def test_news_tags_and_alternates() -> None:
    news = """<news:news><news:publication><news:name>OIM</news:name><news:language>fr</news:language>
      </news:publication><news:publication_date>2024-05-02</news:publication_date>
      <news:title>L’OIM lance un appel &amp; agit</news:title></news:news>
      <image:image><image:loc>https://www.iom.int/picture.jpg</image:loc><image:title>No</image:title></image:image>
      <xhtml:link rel="alternate" hreflang="es" href="/es/news/b"/>
      <xhtml:link rel="alternate" hreflang="x-default" href="/news/a"/>"""
    spaces = 'xmlns:news="n" xmlns:image="i" xmlns:xhtml="h"'
    read = read_source(urlset(entry("/fr/news/a", news), entry("/es/news/b"), attributes=spaces), url=URL)
    french = Found(
        url="https://www.iom.int/fr/news/a",
        title="L’OIM lance un appel & agit",
        published=datetime(2024, 5, 2, tzinfo=UTC),
        language="fr",
    )
    spanish = Found(url="https://www.iom.int/es/news/b", language="es")
    assert read.found == (french, spanish, Found(url="https://www.iom.int/news/a"))


def test_bare_ampersands_and_html_entities_do_not_cut_addresses() -> None:
    body = urlset(
        entry("/a?x=1&y=2"),
        entry("/caf&eacute;"),
        entry("/<![CDATA[b?x=1&y=2]]>"),
        entry("/c&LT;&#xD800;&#0;"),
    )
    assert addresses(body)[:3] == [
        "https://www.iom.int/a?x=1&y=2",
        "https://www.iom.int/caf%C3%A9",
        "https://www.iom.int/b?x=1&y=2",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    declared = encoding.replace("-sig", "")
    text = f'<?xml version="1.0" encoding="{declared}"?><urlset><url><loc>/é</loc></url></urlset>'
    assert addresses(text.encode(encoding)) == ["https://www.iom.int/%C3%A9"]


def test_noise_before_the_document() -> None:
    assert addresses(b"\n\nWarning: something in line 3\n" + urlset(entry("/a"))) == ["https://www.iom.int/a"]


def test_addresses_that_are_none_are_left_out() -> None:
    body = urlset(
        "<url><loc></loc></url>",
        "<url/>",
        entry("\\x"),
        "<url><loc>mailto:x@iom.int</loc></url>",
        entry("/a"),
    )
    assert addresses(body) == ["https://www.iom.int/a"]


def test_entities_are_refused_and_cost_nothing() -> None:
    declared = (
        '<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 20}">' for level in range(8))
    )
    body = f"<!DOCTYPE urlset [{declared}]><urlset><url><loc>/&i;</loc></url></urlset>".encode()
    read = read_source(body, url=URL)
    assert read.found == ()
    assert "entities" in (read.trouble or "")


def test_external_entities_are_not_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://www.iom.int/secret")
    declared = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = f"{declared}<urlset><url><loc>&x;</loc></url></urlset>"
    assert addresses(body.encode()) == []


# A declaration that a look at the beginning takes for the root, and comments that a search for CDATA takes
# for its marks: what stands between them is left as it is.
HIDDEN = ('<!ATTLIST a b CDATA "<urlset "><!-- <![CDATA[ -->', "<!-- ]]> -->")
LAUGHS = '<!ENTITY a "xxxxxxxxxx">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DECLARED = {
    "one entity": ('<!ENTITY x "smuggled">', "&x;"),
    "a billion laughs": (LAUGHS, "&i;"),
    "quadratic": (f'<!ENTITY x "{"y" * 100_000}">', "&x;" * 20_000),
    "external": ('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"),
    "parameter": ('<!ENTITY % p SYSTEM "file:///etc/hostname"> %p; <!ENTITY x "smuggled">', "&x;"),
    "parameters": ("<!ENTITY % p '<!ENTITY x \"smuggled\">'> %p;", "&x;"),
}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"]
)
@pytest.mark.parametrize("hidden", [False, True], ids=["open", "hidden"])
@pytest.mark.parametrize(("declared", "used"), DECLARED.values(), ids=DECLARED)
@pytest.mark.parametrize("root", ["urlset", "rss"])
def test_no_entity_is_ever_expanded(root: str, declared: str, used: str, hidden: bool, encoding: str) -> None:
    before, behind = HIDDEN if hidden else ("", "")
    entry = f"<url><link rel='alternate' hreflang='fr' href='/{used}'/><loc>/{used}</loc></url>"
    if root == "rss":
        entry = f"<item><title>{used}</title><link>/{used}</link></item><entry><link href='/{used}'/></entry>"
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE {root} [{before}{declared}{behind}]>'
        f"<{root}><!-- <![CDATA[ -->{entry}<!-- ]]> --></{root}>"
    )
    started = time.process_time()
    read = read_source(body.encode(encoding), url=URL)
    assert time.process_time() - started < 2
    assert read.found == ()
    assert read.trouble


def test_a_document_type_alone_is_no_harm() -> None:
    body = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd">'
    assert addresses(body + b"<rss><item><link>/a</link></item></rss>") == ["https://www.iom.int/a"]


@pytest.mark.parametrize(
    "declared", ["utf-7", "utf-16", "ebcdic-cp-us", "base64", "idna", "nonsense", "utf-8"]
)
def test_what_encoding_is_declared_changes_no_byte_that_is_plain(declared: str) -> None:
    """UTF-7 is no encoding of the web: what would be markup in it stays text."""
    body = f'<?xml version="1.0" encoding="{declared}"?><urlset><url><loc>/a+ADw-x</loc></url></urlset>'
    assert addresses(body.encode()) == ["https://www.iom.int/a+ADw-x"]


def test_at_most_50_000_entries() -> None:
    read = read_source(urlset(*(entry(f"/{number}") for number in range(50_010))), url=URL)
    assert len(read.found) == 50_000
    assert "50,000" in (read.trouble or "")


def test_gzip_whole_and_cut_and_damaged() -> None:
    plain = urlset(*(entry(f"/{number}") for number in range(400)))
    packed = gzip.compress(plain)
    assert len(addresses(packed)) == 400
    cut = read_source(packed[: len(packed) // 2], url=URL)
    assert 0 < len(cut.found) < 400
    assert "gzip stream ends early" in (cut.trouble or "")
    damaged = read_source(packed[:-8] + b"\0\0\0\0" + packed[-4:], url=URL)
    assert "damaged" in (damaged.trouble or "")
    assert len(damaged.found) > 0


def test_a_bomb_is_unpacked_up_to_the_limit() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(b"<urlset>") + b"".join(packer.compress(bytes(1_000_000)) for _ in range(80))
    packed += packer.flush()
    read = read_source(packed, url=URL)
    assert "more than 50,000,000 bytes" in (read.trouble or "")


def test_plain_text_lists() -> None:
    body = b"\xef\xbb\xbfhttps://www.iom.int/a\r\n\r\nhttps://www.iom.int/b\nhttps://www.iom.int/a\n"
    read = read_source(body, url=URL)
    assert read.kind is SourceKind.SITEMAP
    assert addresses(body) == ["https://www.iom.int/a", "https://www.iom.int/b"]
    assert read_source(b"Dear all,\nsee https://iom.int\nthanks\n", url=URL).kind is SourceKind.UNKNOWN


@pytest.mark.parametrize(
    "body", [b"", b"  \n", b'{"loc": "https://iom.int/a"}', b"%PDF-1.7\n\x00\xff", b"\x89PNG\r\n"]
)
def test_what_lists_nothing_is_unknown(body: bytes) -> None:
    read = read_source(body, url=URL)
    assert read.kind is SourceKind.UNKNOWN
    assert read.trouble
    assert read.found == ()


def test_other_xml_is_unknown_and_named() -> None:
    read = read_source(b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', url=URL)
    assert read.kind is SourceKind.UNKNOWN
    assert "<error>" in (read.trouble or "")


def test_a_page_instead_of_a_sitemap_is_a_listing() -> None:
    page = (
        b"<!-- <urlset> --><!DOCTYPE html><html><body>Just a moment... <a href='/help'>help</a></body></html>"
    )
    read = read_source(page, url=URL, content_type="application/xml")
    assert read.kind is SourceKind.LISTING
    assert [found.url for found in read.found] == ["https://www.iom.int/help"]


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset>" + b"<a>" * 300_000,
        b"<urlset " + b" ".join(b"a%d='1'" % number for number in range(20_000)) + b">",
        b"<" * 1_000_000,
        b"<!--" * 300_000,
        b"<?xml" + b" " * 500_000,
        b"<urlset><url><loc>" + b" " * 500_000 + b"x",
        b"<urlset>" + b"&" * 300_000,
        b"<urlset>" + b"<![CDATA[" * 100_000,
    ],
    ids=["deep", "attributes", "brackets", "comments", "spaces", "white", "ampersands", "cdata"],
)
def test_hostile_documents_are_read_in_linear_time(body: bytes) -> None:
    start = time.process_time()
    read_source(body, url=URL)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("2024-05", datetime(2024, 5, 1, tzinfo=UTC)),
        ("2024-05-06", datetime(2024, 5, 6, tzinfo=UTC)),
        ("2024-05-06T07:08Z", datetime(2024, 5, 6, 7, 8, tzinfo=UTC)),
        ("2024-05-06T07:08:09.5-03:00", datetime(2024, 5, 6, 10, 8, 9, 500_000, tzinfo=UTC)),
        ("2024-05-06T07:08:09", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)),
        ("2024-13-01", None),
        ("2024-13", None),
        ("0000", None),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("٢٠٢٤-٠٥-٠٦", None),
    ],
)
def test_w3c_dates(text: str, moment: datetime | None) -> None:
    assert w3c(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("27 Nov 2023", datetime(2023, 11, 27, tzinfo=UTC)),
        ("Global | 1er août 2024", datetime(2024, 8, 1, tzinfo=UTC)),
        ("15 juil. 2024", datetime(2024, 7, 15, tzinfo=UTC)),
        ("3 de mayo de 2024", datetime(2024, 5, 3, tzinfo=UTC)),
        ("12 de outubro de 2022", datetime(2022, 10, 12, tzinfo=UTC)),
        ("October 5, 2021", datetime(2021, 10, 5, tzinfo=UTC)),
        ("5. März 2021", datetime(2021, 3, 5, tzinfo=UTC)),
        ("2024-02-03", datetime(2024, 2, 3, tzinfo=UTC)),
        ("31 Feb 2024", None),
        ("12 people 2024", None),
        ("2 hours ago", None),
    ],
)
def test_visible_dates(text: str, moment: datetime | None) -> None:
    assert visible(text) == moment


@pytest.mark.parametrize(
    ("name", "kind", "found", "documents"),
    [
        ("atom.xml", SourceKind.FEED, 1, 0),
        ("sitemap-links.xml", SourceKind.SITEMAP, 3, 0),
        ("sitemap-news.xml", SourceKind.SITEMAP, 2, 0),
        ("sitemap-with-bom.txt", SourceKind.SITEMAP, 2, 0),
        ("sitemap.badns.xml", SourceKind.SITEMAP, 2, 0),
        ("sitemap.index.xml", SourceKind.SITEMAP_INDEX, 0, 15),
        ("sitemap.ns.xml", SourceKind.SITEMAP, 2, 0),
        ("sitemap.txt", SourceKind.SITEMAP, 2, 0),
        ("sitemap.txt.gz", SourceKind.SITEMAP, 5, 0),
        ("xmlSitemap.gz", SourceKind.SITEMAP, 5, 0),
    ],
)
def test_files_of_crawler_commons(name: str, kind: SourceKind, found: int, documents: int) -> None:
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        pytest.skip("IOMWATCH_SHARED is not set: it names the folder of third-party test data")
    read = read_source((Path(shared) / "data/sitemaps" / name).read_bytes(), url="https://www.example.com/x")
    assert (read.kind, len(read.found), len(read.documents), read.trouble) == (kind, found, documents, None)
