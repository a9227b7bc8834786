"""The facts inside an event in words: quotes, names, links, documents and contacts; corrections; silence.

Draws nothing and escapes nothing; texts of pages come out clean and short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crawler.digest.visible import line
from crawler.values import Edit, EditKind, Event

MOST = 8
_LONGEST = 240
SILENT: Final = "Changed in silence: neither the page’s own date nor the sitemap says that the text changed"
_NOUNS: Final = {
    EditKind.QUOTE: "Quote",
    EditKind.NAME: "Name",
    EditKind.LINK: "Link",
    EditKind.DOCUMENT: "Document",
    EditKind.CONTACT: "Contact",
}
_REPLACED: Final = frozenset({EditKind.LINK, EditKind.DOCUMENT})
_TOLD_BY: Final = {
    EditKind.QUOTE: "quote",
    EditKind.NAME: "name",
    EditKind.LINK: "links",
    EditKind.DOCUMENT: "document",
    EditKind.CONTACT: "contact",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """One edit: `label` in our words, the others as the page wrote them; "" where there is nothing."""

    label: str  # "Quote changed", "Contact changed (telephone)"
    before: str
    after: str
    detail: str  # the words of a link, the title of a document


def lines(event: Event) -> tuple[EditLine, ...]:
    """All edits of an event, in its order."""
    return tuple(_line(edit) for edit in event.edits)


def shown_anyway(event: Event) -> tuple[str, ...]:
    """The words of reasons that the edits and the notice shown make needless."""
    said = tuple(_TOLD_BY[kind] for kind in EditKind if any(edit.kind is kind for edit in event.edits))
    return (*said, "correction notice") if event.correction else said


def _line(edit: Edit) -> EditLine:
    before, after = line(edit.before, _LONGEST), line(edit.after, _LONGEST)
    happened = "replaced" if edit.kind in _REPLACED else "changed"
    if not before or not after:
        happened = "taken out" if before else "added"
    label = f"{_NOUNS[edit.kind]} {happened}"
    detail = line(edit.detail, 120)
    if edit.kind is EditKind.CONTACT and detail:
        label, detail = f"{label} ({detail})", ""
    return EditLine(label=label, before=before, after=after, detail=detail)
