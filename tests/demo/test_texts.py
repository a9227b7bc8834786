"""The releases as data: every shape that the IOM's pages show is among them, in real prose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.demo.release import Release, french, inline, plain, prose
from crawler.demo.texts_fr import GULF_MEETING
from crawler.demo.timeline import STANDING, TIMELINE

ALL = [*STANDING, *(line.release for line in TIMELINE if line.release is not None)]


def test_every_shape_is_among_the_releases() -> None:
    kinds = {piece.kind for release in ALL for piece in release.pieces}
    assert kinds == {"paragraph", "heading", "item", "quote", "row", "leftover", "stars", "contact"}
    assert any(release.title_repeated for release in ALL)
    assert any(
        len(piece.lines) > 2 for release in ALL for piece in release.pieces if piece.kind == "paragraph"
    )
    assert any(release.attachment for release in ALL)
    assert any(release.caption for release in ALL)
    assert any(piece.ordered for release in ALL for piece in release.pieces)
    assert {release.type for release in ALL} == {"news", "statement", "speech", "story", "blog"}
    assert any(len(release.body) == 1 and release.type == "statement" for release in ALL)


def test_paths_and_editions_are_unique() -> None:
    assert len({release.path for release in ALL}) == len(ALL)
    assert len({(release.node, release.language) for release in ALL}) == len(ALL)


@pytest.mark.parametrize("release", ALL, ids=lambda release: release.path[-30:])
def test_no_markup_is_left_in_what_a_reader_sees(release: Release) -> None:
    for unit in (*release.body, *release.contact):
        assert unit.strip() == unit
        assert "**" not in unit
        assert "files:" not in unit
        assert not unit.startswith(("#", "-", ">", "|", "~", "@"))
        assert "\n" not in unit


def test_every_contact_can_be_reached_at_a_reserved_domain_only() -> None:
    for release in ALL:
        for unit in release.contact:
            assert unit.count("@") == unit.count("@iom.example")


def test_french_is_set_with_no_break_spaces() -> None:
    assert french("Il dit : « oui » ; et toi ?") == ("Il dit\u00a0: «\u00a0oui\u00a0»\u00a0; et toi\u00a0?")


def test_markup_is_unwrapped_where_line_ends_mean_nothing() -> None:
    assert prose("\none\ntwo\n\n- a\n  b\n- c\n\n~x\ny\n") == "one two\n\n- a b\n- c\n\n~x\ny"


def test_inline_marks_are_runs() -> None:
    assert list(inline("a **b** [c](/d) [block:e]")) == [
        ("a ", None),
        ("b", "strong"),
        (" ", None),
        ("c", "/d"),
        (" [block:e]", None),
    ]
    assert plain("a **b** [c](/d)") == "a b c"


def test_the_french_release_has_the_seed_pages_shape_and_none_of_its_words() -> None:
    shared = os.environ.get("IOMWATCH_SHARED")
    if shared is None:
        pytest.skip("IOMWATCH_SHARED names no folder with the seed page")
    seed = (Path(shared) / "iom" / "seed-page-fr.txt").read_text(encoding="utf-8").splitlines()
    start = next(at for at, line in enumerate(seed) if line.startswith("Argentine - "))
    article = [line for line in seed[start:] if line.strip()]
    assert len(GULF_MEETING.body) == len(article) - 1
    assert GULF_MEETING.body[0].startswith("Bénin - ")
    assert len(GULF_MEETING.contact) == 1
    assert GULF_MEETING.contact[0].startswith("Pour plus d’informations, veuillez contacter")
    own = sum(len(unit) for unit in GULF_MEETING.body)
    theirs = sum(len(line) for line in article[:-1])
    assert 0.8 < own / theirs < 1.4
    sentences = {part.strip() for line in article[:-1] for part in line.split(". ")}
    assert not [part for unit in GULF_MEETING.body for part in unit.split(". ") if part.strip() in sentences]
