"""The catalogues of the letter's own words, kept with Babel: `make words` runs this.

Messages follow the modules and templates of `crawler/digest`; what is new there is left empty here, for a
person to translate, and the tests say which.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("fr", "es", "ar")
DIGEST = Path(__file__).parents[2] / "crawler" / "digest"
_KEYWORDS = {"say": None, "noted": None, "says": (1, 2), "counted": (1, 2)}


class Shipped(Catalog):
    """A catalogue whose header tells no time and no version: compiled anew it is the same."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def place(language: str, kind: str) -> Path:
    return DIGEST / "locale" / language / "LC_MESSAGES" / f"iomwatch.{kind}"


def shipped(language: str) -> Shipped:
    catalogue = Shipped(locale=language, fuzzy=False, header_comment="# What a digest says in its own words.")
    with place(language, "po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                catalogue[message.id] = message
    return catalogue


def extracted() -> Catalog:
    """What the modules and templates say."""
    found = Catalog()
    methods = [("templates/**.html", "jinja2"), ("**.py", "python")]
    for _, _, message, _, _ in extract_from_dir(str(DIGEST), methods, keywords=_KEYWORDS):
        found.add(message)
    return found


def written(catalogue: Catalog) -> str:
    """The .po file, in the order of its messages."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, no_location=True, ignore_obsolete=True)
    return out.getvalue().decode("utf-8").strip() + "\n"


def compiled(language: str) -> bytes:
    """The .mo file of the shipped .po file."""
    out = io.BytesIO()
    write_mo(out, shipped(language))
    return out.getvalue()


def main() -> None:
    said = extracted()
    for language in LANGUAGES:
        catalogue = shipped(language)
        catalogue.update(said, no_fuzzy_matching=True)
        place(language, "po").write_text(written(catalogue), encoding="utf-8")
        place(language, "mo").write_bytes(compiled(language))


if __name__ == "__main__":
    main()
