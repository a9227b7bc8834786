"""A digest as CSV (RFC 4180): one row an event, for a spreadsheet that must not take a text for a formula.

Holds no coverage and no redline: the letter and the JSON do. The header is English whatever the language.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from crawler.choice import countries_of
from crawler.digest import edits, words
from crawler.digest.arrange import item
from crawler.digest.tongue import label
from crawler.digest.visible import line
from crawler.values import Digest, Event, iso

COLUMNS: Final = (
    "seen", "kind", "weight", "site", "countries", "language", "title", "title_before", "dateline",
    "published", "published_before", "address", "address_before", "figures", "edits", "correction", "silent",
    "why", "opening", "id",
)  # fmt: skip
# What begins a formula in Excel, LibreOffice or Google Sheets, also in full width (OWASP, "CSV injection").
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def table(digest: Digest) -> str:
    """A header, then a row an event, weightiest first; lines end with CR LF."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, digest.events))
    return out.getvalue()


def _row(event: Event) -> list[str]:
    told = item(event)
    figures = (words.figure(figure) for figure in event.figures)
    cells = (
        iso(event.seen_at),
        event.kind.value,
        str(event.weight),
        told.site,
        " ".join(countries_of(event)),
        line(event.language, 40),
        told.title,
        told.title_before,
        told.dateline,
        line(event.published, 40),
        line(event.published_before, 40),
        told.address.text if told.address else "",
        told.old_address.text if told.old_address else "",
        "; ".join(
            f"{what}: {before} → {after}" if what else f"{before} → {after}"
            for what, before, after, _ in figures
        ),
        "; ".join(map(_edit, edits.lines(event))),
        told.correction,
        told.silent,
        told.reasons,
        told.summary,
        line(event.id, 100),
    )
    return [defused(cell) for cell in cells]


def _edit(edit: edits.EditLine) -> str:
    pieces = (f"[-{edit.before}-]" if edit.before else "", f"{{+{edit.after}+}}" if edit.after else "")
    return " ".join(filter(None, (label(edit.label), *pieces, f"({edit.detail})" if edit.detail else "")))


def defused(cell: str) -> str:
    """`cell` so that a spreadsheet shows it and computes nothing: an apostrophe before a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
