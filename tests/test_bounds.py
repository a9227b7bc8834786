"""Hostile markup is refused in linear time, in pages and in listings; ordinary markup passes."""

from __future__ import annotations

import gc
import time
import tracemalloc

import pytest

from crawler.bounds import TOO_DEEP, html_only, too_much
from crawler.discover import read_source
from crawler.extract import Template, extract
from tests.extract.pages import EN, LAYOUTS, page

URL = "https://www.iom.int/news/x"


def repeated(piece: bytes, length: int) -> bytes:
    return (piece * (length // len(piece) + 1))[:length]


MEGABYTE = 1_000_000
HOSTILE = {
    "nested": repeated(b"<div>", MEGABYTE),
    "nested, end tags behind a wall": repeated(b"<div>" * 50 + b"<table><td>" + b"</div>" * 50, MEGABYTE),
    "nested, inline ends behind blocks": repeated(b"<span>" * 9 + b"<div>" + b"</span>" * 9, MEGABYTE),
    "attributes": b"<a " + b" ".join(b"a%d=1" % number for number in range(60_000)) + b">",
    "attributes, quoted ends between": b"<a "
    + b" ".join(b'a%d=">"' % number for number in range(60_000))
    + b">",
    "attributes on every tag": repeated(b"<p a b c d e f g h i j k l m n o p q r s t u v w x y z>", MEGABYTE),
    "attributes, in quotes what looks like tags": b"<a "
    + b" ".join(b"""a%d='<b c="x">' b%d="'>" """ % (number, number) for number in range(9_000))
    + b">",
    "nested, behind comments that end at once": b"<!--><!---><!-- --!>" + repeated(b"<div>", MEGABYTE),
    "nested, ends in what counts as comments": repeated(b"<div><!</div><?</div></ </div>", MEGABYTE),
    "unclosed formatting": b"".join(b"<font size=%d><p>" % number for number in range(40_000)),
    "many tags": repeated(b"<p>x", MEGABYTE),
    "many comments": b"<p>" + repeated(b"<!---->", MEGABYTE),
    "many of what counts as comments": b"<p>" + repeated(b"<?x></ x>", MEGABYTE),
    "items of two sorts of lists": b"<p>" + repeated(b"<li><dd>", MEGABYTE),
    "nested, ends of unknown elements behind blocks": repeated(b"<x-a><div></x-a>", MEGABYTE),
    "notes of no word": b"<p>" + repeated(b"<rt>", MEGABYTE),
    "groups of no choice": b"<p>" + repeated(b"<option><optgroup>", MEGABYTE),
    "in UTF-16": repeated("<div>".encode("utf-16-le"), MEGABYTE),
}
ODD = {
    # Tags that never end: what is read from one must not be read again from each of the next.
    "long names in a row": repeated(b"<a" + b"x" * 498, MEGABYTE),
    "names in a row": repeated(b"<aaaa" + b"x" * 44, MEGABYTE // 4),
    "long values in a row": repeated(b"<a x=" + b"y" * 300, MEGABYTE),
    "tags in values": repeated(b'<a x="' + b"<b y=z " * 9 + b"y" * 900 + b'" ', MEGABYTE),
    "tags that never end": repeated(b"<a ", MEGABYTE),
    "comments that never end": repeated(b"<!--", MEGABYTE),
    "quotes": repeated(b"<a b='\"", MEGABYTE),
    "less-than signs": repeated(b"<", MEGABYTE),
    "one long text": b"<p>" + repeated(b"lorem ipsum ", MEGABYTE),
    "combining marks": b"<p>a" + repeated("\u0301\u0316".encode(), MEGABYTE),
    "joiners": b"<p>a" + repeated("\u200d".encode(), MEGABYTE),
    "addresses": b"<p>" + repeated(b"a@b.c aaaa@", MEGABYTE),
    "numbers": b"<p>" + repeated(b"+41 22 ((", MEGABYTE),
    "deep, then wide": b"<div>" * 900
    + repeated(b"<p>Some words that make a sentence, more or less.", MEGABYTE),
    "lines": repeated(b"Our Work\n", MEGABYTE),
    "nested in a drawing's style": b"<svg><style>" + repeated(b"<div>", MEGABYTE),
    "nested in a formula's script": b"<math><script>" + repeated(b"<div>", MEGABYTE),
    "JSON": b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script><p>x",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_refused(body: bytes) -> None:
    started = time.process_time()
    found = extract(b"\xff\xfe" + body if b"\0" in body else body, url=URL)
    assert found.article is None
    assert found.unreadable is not None
    assert found.unreadable.startswith(("too ", "a tag has more"))
    assert time.process_time() - started < 2


def test_what_stands_for_readers_without_scripts_counts_where_it_is_read() -> None:
    body = b"<noscript>" + repeated(b"<div>", MEGABYTE)
    assert read_source(body, url=URL, content_type="text/html").trouble
    hidden = repeated(b"<div><noscript></div></noscript>", MEGABYTE)
    assert extract(hidden, url=URL).unreadable == TOO_DEEP


@pytest.mark.parametrize("encoded", [False, True], ids=["as it is", "in UTF-16 without a mark"])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_no_listing(body: bytes, encoded: bool) -> None:
    if encoded:
        body = body.replace(b"\0", b"").decode().encode("utf-16-le")
    elif b"\0" in body:
        body = b"\xff\xfe" + body
    started = time.process_time()
    read = read_source(body, url=URL, content_type="text/html; charset=utf-16le" if encoded else None)
    assert read.found == ()
    assert read.trouble
    assert time.process_time() - started < 2


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_input_is_read_in_time(body: bytes) -> None:
    started = time.process_time()
    extract(body, url=URL)
    assert time.process_time() - started < 3


def test_long_names_are_not_kept_beyond_their_page() -> None:
    def page_with(number: int) -> bytes:
        return b'<div class="a%d %s"><p>Some words.</p></div>' % (number, b"x" * MEGABYTE)

    extract(page_with(0), url=URL, template=Template())
    tracemalloc.start()
    try:
        for number in range(1, 11):
            extract(page_with(number), url=URL, template=Template())
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ordinary_pages_pass(layout: str) -> None:
    assert too_much(page(EN, layout)) is None


def test_drawings_and_lists_pass() -> None:
    icon = b"<svg viewBox='0 0 9 9'><title>Go</title><style>a{b:c}</style><path d='M0'/></svg>"
    items = (
        b"<ul>" + (b"<li><a href=/x><span>One" + icon + b"</a><dl><dt>a<dd>b<dd>c</dl>") * 2_000 + b"</ul>"
    )
    assert too_much(html_only(items)) is None
    assert too_much(html_only(items), scripting=False) is None
    assert too_much(b"<ul>" + b"<li><p>One <b>two</b><p>Three" * 3_000 + b"</ul>") is None


def test_scripts_full_of_markup_pass() -> None:
    script = (
        b"<script>"
        + b"for(i=0;i<b;i++){x='<div><b><i>'}" * 3000
        + b"</script><!--"
        + b"<div>" * 3000
        + b"-->"
    )
    assert too_much(script) is None


def test_sloppy_markup_passes() -> None:
    assert too_much(b"<ul>" + b"<li><p>one<br>" * 3000 + b"</ul>" + b"<div><span></div>" * 900) is None
