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
_HEADER = """\
# What a digest says in its own words.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def place(language: str, kind: str) -> Path:
    return DIGEST / "locale" / language / "LC_MESSAGES" / f"iomwatch.{kind}"


def shipped(language: str) -> Catalog:
    with place(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def extracted() -> Catalog:
    """What the modules and templates say."""
    found = Catalog()
    methods = [("templates/**.html", "jinja2"), ("**.py", "python")]
    for _, _, message, _, _ in extract_from_dir(str(DIGEST), methods, keywords=_KEYWORDS):
        found.add(message)
    return found


def written(catalogue: Catalog, language: str) -> str:
    """The .po file, in the order of its messages."""
    out = io.BytesIO()
    write_po(
        out, catalogue, width=0, sort_output=True, no_location=True, omit_header=True, ignore_obsolete=True
    )
    header = _HEADER.format(language=language, plurals=Catalog(locale=language).plural_forms)
    return header + out.getvalue().decode("utf-8").strip() + "\n"


def compiled(language: str) -> bytes:
    """The .mo file of the shipped .po file."""
    out = io.BytesIO()
    catalogue = shipped(language)
    catalogue.fuzzy = False
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    said = extracted()
    for language in LANGUAGES:
        catalogue = shipped(language)
        catalogue.update(said, no_fuzzy_matching=True)
        place(language, "po").write_text(written(catalogue, language), encoding="utf-8")
        place(language, "mo").write_bytes(compiled(language))


if __name__ == "__main__":
    main()
