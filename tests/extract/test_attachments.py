"""Documents are told from links, with the size the page states."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from crawler.extract import extract
from crawler.extract.attachments import read_size
from crawler.values import Link

SENTENCE = (
    "<p>The report counts 12,400 people who left their homes along the river since the rains began.</p>"
)


def attachments(markup: str) -> tuple[Link, ...]:
    page = f"<main><h1>A report on the river towns</h1>{SENTENCE}{markup}</main>"
    found = extract(page.encode(), url="https://www.iom.int/news/x").article
    assert found is not None
    return found.attachments


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1.2 MB", 1_258_291),
        ("(350 ko)", 358_400),
        ("PDF, 2,4 Mo", 2_516_582),
        ("Download (1.3 MB)", 1_363_149),
        ("1,234 KB", 1_263_616),
        ("987 bytes", 987),
        ("512\u00a0KB", 524_288),
        ("3 ميغابايت", 3_145_728),
        ("1,5 МБ", 1_572_864),
        ("12,400 people", None),
        ("5 more", None),
        ("3 bodies", None),
        ("MB 3", None),
    ],
)
def test_a_size_is_read_in_bytes(text: str, size: int | None) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        ('<p><a href="/r.pdf">Report</a></p>', None),
        ('<p><a href="/r.pdf">Report (PDF, 1.5 MB)</a></p>', 1_572_864),
        ('<p><a href="/r.pdf">Report</a> (1.5 MB)</p>', 1_572_864),
        ('<span><a href="/r.pdf" type="application/pdf; length=1500000">Report</a></span>', 1_500_000),
        ('<div><a href="/r.pdf">Report</a></div><div>1.5 MB</div>', 1_572_864),
        ("<table><tr><td><a href='/r.pdf'>Report</a></td><td>1.5 MB</td></tr></table>", 1_572_864),
        ('<p><a href="/r.pdf">Report</a> and <a href="/s.pdf">annex</a> (1.5 MB)</p>', None),
        ('<p>Report upon Report: the <a href="/r.pdf">Report</a> (1.5 MB)</p>', 1_572_864),
        ('<p><a href="/r.pdf">Report</a>, <a href="/s.pdf">Report annex</a> (1.5 MB)</p>', None),
        ('<p><a href="/a.html">Report annex</a> (2.5 MB), <a href="/r.pdf">Report</a> (1.5 MB)</p>', 1_572_864),
        ('<p><a href="/r.pdf">Report</a> and a note on 1.5 MB files that are sent by telephone here.</p>', 1_572_864),
    ],
)  # fmt: skip
def test_the_size_beside_a_link_is_its_own(markup: str, size: int | None) -> None:
    first = attachments(markup)[0]
    assert (first.url, first.size) == ("https://www.iom.int/r.pdf", size)


def test_the_text_of_a_link_is_whole() -> None:
    (link,) = attachments('<p><a href="/r.pdf">Re<b>po</b>rt<br>in full</a></p>')
    assert link.text == "Report in full"


def test_a_document_is_told_by_its_type_or_its_note() -> None:
    markup = (
        '<p><a href="/media/7/download" type="application/pdf">Report</a></p>'
        '<p><a href="/media/8/download">Annex (XLSX, 20 KB)</a></p><p><a href="/media/9">PDF library</a></p>'
    )
    assert [link.url.rpartition("media/")[2] for link in attachments(markup)] == ["7/download", "8/download"]


def test_a_passage_of_nothing_but_documents_has_them_all_each_with_its_own_size() -> None:
    markup = ", ".join(
        f'<a href="/{n}.pdf">document {n}</a> ({n} kB) and the words that go with it' for n in range(90)
    )
    assert [link.size for link in attachments(f"<p>{markup}</p>")] == [n << 10 for n in range(90)]


def test_a_link_that_goes_on_over_many_passages_is_one() -> None:
    markup = f"{SENTENCE * 9}<a href='/r.pdf'>{SENTENCE * 4}</a>{SENTENCE}"
    assert [link.url for link in attachments(markup)] == ["https://www.iom.int/r.pdf"]


def test_documents_beside_the_body_count_though_the_body_links_one_too() -> None:
    body = "".join(f"<p>{'The teams have begun to work with the families. ' * 3}{n}.</p>" for n in range(4))
    page = (
        f'<html><body><article><h1>Bridge</h1><div class="field--name-body">{body}'
        '<p>It is <a href="/files/a.pdf">already there</a>, said the office on Monday.</p></div>'
        '<div class="files"><a href="/files/b.pdf">Report</a></div></article></body></html>'
    )
    article = extract(page.encode(), url="https://example.org/news/x").article
    assert article is not None
    assert [link.url.rpartition("/")[2] for link in article.attachments] == ["a.pdf", "b.pdf"]
