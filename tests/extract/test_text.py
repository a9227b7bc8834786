"""One line as a reader sees it, and lines that look alike made equal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.text import fold, tidy


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("10\u00a0000 people", "10 000 people"),
        ("10\u202f000 people", "10 000 people"),
        ("the IOM’s “plan”", 'the IOM\'s "plan"'),
        ("« Les délégués »", '"Les délégués"'),
        ("«\u00a0Les délégués\u00a0»", "“Les délégués”"),
        ("Geneva – Today", "Geneva - Today"),
        ("Geneva — Today", "Geneva -- Today"),
        ("coop\u00aderation", "cooperation"),
        ("co\u200bop\ufefferation", "cooperation"),
        ("oﬃce of ﬁnance", "office of finance"),
        ("Espan\u0303a", "España"),
        ("wait…", "wait..."),
        ("  two\n\tlines  ", "two lines"),
        ("ﻣﺼﺮ", "مصر"),
        ("\u200fالقاهرة\u200e", "القاهرة"),
    ],
)
def test_texts_that_look_alike_fold_to_one(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12,400", "21,400"),
        ("IOM", "iom"),
        ("résumé", "resume"),
        ("سوريا", "سورية"),
        ("no one", "noone"),
        ("می\u200cخواهم", "میخواهم"),  # Persian: the joiner parts two letters that would else connect
    ],
)
def test_texts_that_look_different_stay_different(first: str, second: str) -> None:
    assert fold(first) != fold(second)


def test_german_guillemets_keep_their_outer_spaces() -> None:
    assert fold("Er sagte »nein« und ging") == 'Er sagte "nein" und ging'


def test_joiners_between_latin_letters_go_and_inside_an_emoji_stay() -> None:
    assert fold("mi\u200dgra\u200ction") == "migration"
    assert "\u200d" in fold("👩\u200d🌾")


def test_lone_surrogates_become_storable() -> None:
    assert tidy("a\ud800b").encode() == "a\ufffdb".encode()


SEEN_AND_UNSEEN = "a« »‹›-–—\u200c\u200d\u00a0\u0301بي'\"\u00ad."
ANY_TEXT = st.text(st.characters(), max_size=60) | st.text(SEEN_AND_UNSEEN, max_size=30)


@given(ANY_TEXT)
@example("\u2000\u1fef\u200d\u037e")
def test_tidy_and_fold_are_idempotent_and_nfc(text: str) -> None:
    for view in (tidy, fold):
        once = view(text)
        assert view(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert once == " ".join(once.split())
