"""The facts inside an event in words: quotes, names, links, documents and contacts; corrections; silence.

Draws nothing and escapes nothing; texts of pages come out clean and short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crawler.digest import interpret
from crawler.digest.tongue import noted, say
from crawler.digest.visible import unbroken
from crawler.values import Edit, EditKind, Event

MOST = 8
_LONGEST = 240
_SILENT: Final = noted(
    "Changed in silence: neither the page’s own date nor the sitemap says that the text changed"
)
# By kind: changed or replaced, taken out, added.
_LABELS: Final = {
    EditKind.QUOTE: (noted("Quote changed"), noted("Quote taken out"), noted("Quote added")),
    EditKind.NAME: (noted("Name changed"), noted("Name taken out"), noted("Name added")),
    EditKind.LINK: (noted("Link replaced"), noted("Link taken out"), noted("Link added")),
    EditKind.DOCUMENT: (noted("Document replaced"), noted("Document taken out"), noted("Document added")),
    EditKind.CONTACT: (noted("Contact changed"), noted("Contact taken out"), noted("Contact added")),
}
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


def silence(event: Event) -> str:
    """That nothing says of the text that it changed; "" where something does."""
    return say(_SILENT) if event.silent else ""


def lines(event: Event) -> tuple[EditLine, ...]:
    """All edits of an event, in its order."""
    return tuple(_line(edit) for edit in event.edits)


def shown_anyway(event: Event) -> tuple[str, ...]:
    """The words of reasons that the edits and the notice shown make needless."""
    said = tuple(_TOLD_BY[kind] for kind in EditKind if any(edit.kind is kind for edit in event.edits))
    return (*said, "correction notice") if event.correction else said


def _line(edit: Edit) -> EditLine:
    before, after = unbroken(edit.before, _LONGEST), unbroken(edit.after, _LONGEST)
    changed, taken_out, added = _LABELS[edit.kind]
    label = say(changed if before and after else taken_out if before else added)
    detail = interpret.detail(edit.kind, unbroken(edit.detail, 120))
    if edit.kind is EditKind.CONTACT and detail:
        label, detail = f"{label} ({detail})", ""
    return EditLine(label=label, before=before, after=after, detail=detail)
