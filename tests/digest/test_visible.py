"""Texts and addresses from pages, made fit to be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.digest.visible import address, clean, clip, clip_front, language_tag, line, opening, unbroken
from tests.digest.referee import unprintable

ANY = st.text(st.characters(exclude_categories=()), max_size=400)  # lone surrogates too


@given(ANY)
def test_a_line_is_printable_and_settled(text: str) -> None:
    shown = line(text, 100)
    assert len(shown) <= 100
    assert "\n" not in shown
    assert not unprintable(shown)
    assert line(shown, 100) == shown
    shown.encode()


def test_what_a_terminal_obeys_is_gone() -> None:
    assert clean("a\x1b[31mred\x9b0m\x00\x7f") == "a[31mred0m"
    assert clean("safe\u202etxt.exe\u2066x\u2069\u200f") == "safetxt.exex"
    assert clean("two\r\nlines\u2028here") == "two lines here"
    assert clean("Genève\u00a0: “l’été”") == "Genève\u00a0: “l’été”"
    assert clean("می\u200cخواهم 👩\u200d⚕️") == "می\u200cخواهم 👩\u200d⚕️"  # joiners are spelling


@given(ANY, st.integers(min_value=2, max_value=80))
def test_clipping_keeps_one_end(text: str, limit: int) -> None:
    text = clean(text)
    front, back = clip(text, limit), clip_front(text, limit)
    assert len(front) <= limit
    assert len(back) <= limit
    if len(text) > limit:
        assert text.startswith(front[:-1])
        assert text.endswith(back[1:])


def test_an_opening_ends_with_a_sentence() -> None:
    first = (
        "Geneva, 3 March – The Organization appealed for funds, helped by Mr. Okello and the U.S. mission."
    )
    text = first + " It said that " + "needs were growing " * 40
    assert opening(text, 160) == first
    assert opening("short") == "short"
    assert opening("word " * 200, 100).endswith("…")
    asked = (
        "تحتاج آلاف الأسر إلى مأوى عاجل ومياه نظيفة قبل وصول العاصفة المقبلة إلى الساحل، فهل تصل المساعدة؟"
    )
    assert opening(asked + " نعم" * 99, 150) == asked


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt://x/%0aalert(1)", "vbscript:x", "data:text/html,x", "http:/x",
        "http:x", "//iom.int/x", "/news", "https://", "https://user@iom.int/", "https://iom.int@evil.example/",
        "https://[::1", "ftp://iom.int/", "httpsx://iom.int/", "", None, " https://x/", "https://\x00/",
        "https://iom.int/\u202e", "https://iom.int/\njavascript:x", "https://iom.int/" + "a" * 3000,
        "https://iom.int/a b",
    ],
)  # fmt: skip
def test_addresses_that_are_never_linked(url: str | None) -> None:
    assert address(url) is None


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://www.iom.int/fr/news/x?page=2&a=b#c", "https://www.iom.int/fr/news/x?page=2&a=b#c"),
        ("HTTPS://www.iom.int/", "HTTPS://www.iom.int/"),
        ("https://x.int/خبر", "https://x.int/%D8%AE%D8%A8%D8%B1"),
        ("https://x.int/%D8%AE", "https://x.int/%D8%AE"),
        ('https://x.int/"><script>', "https://x.int/%22%3E%3Cscript%3E"),
        ("https://x.int/\ud800", "https://x.int/?"),
    ],
)
def test_addresses_that_are(url: str, linked: str) -> None:
    assert address(url) == linked


@given(ANY)
def test_no_text_is_a_dangerous_address(text: str) -> None:
    for url in (text, f"https://{text}", f"https://www.iom.int/{text}"):
        linked = address(url)
        assert linked is None or (linked.isascii() and linked.isprintable() and linked[:4].lower() == "http")
        assert linked is None or not set(linked) & set('"<>\\ `')


def test_language_tags() -> None:
    assert [language_tag(tag) for tag in ("fr", "pt-BR", "zh-Hant-TW", "ar\" onload=", "", None, "x")] == [
        "fr", "pt-BR", "zh-Hant-TW", None, None, None, None,
    ]  # fmt: skip


def test_an_address_is_whole_or_not_there() -> None:
    long = "https://a.example/" + "x" * 60
    assert unbroken(f"source {long} fails", 30) == f"source {long} …"
    assert unbroken(f"source {long}", 30) == f"source {long}"
    assert unbroken("word " * 20 + long, 30) == line("word " * 20 + long, 30)
