"""What the ledger and the coverage say in English words of ours, in the language that is spoken.

Reasons, details of edits, titles and summaries of a site's events: they are stored as told, and known again
here by their form. What a page says in them stays; what is not known stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from crawler.digest import tongue
from crawler.digest.tongue import counted, noted, say, says
from crawler.values import EditKind, Event, Kind

_NUMBER: Final = r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,3}"
_NUMBERS: Final = {"n", "refused", "came", "lacking"}  # the other places hold words of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Words with places in them; `several` where they follow the number {n}."""

    one: str
    several: str | None
    patterns: tuple[re.Pattern[str], ...]

    def say(self, values: Mapping[str, str]) -> str:
        numbers = {key: int(text.replace(",", "")) for key, text in values.items() if key in _NUMBERS}
        n = numbers.pop("n", None)
        shown = {
            key: tongue.number(numbers[key]) if key in numbers else text
            for key, text in values.items()
            if key != "n"
        }
        if self.several is None or n is None:
            return say(self.one, **shown)
        return says(self.one, self.several, n, **shown)


def _forms(*said: str | tuple[str, str]) -> tuple[_Form, ...]:
    return tuple(map(_form, said))


def _form(said: str | tuple[str, str]) -> _Form:
    one, several = (said, None) if isinstance(said, str) else said
    patterns = tuple(map(_pattern, filter(None, dict.fromkeys((one, several)))))
    return _Form(one=one, several=several, patterns=patterns)


def _pattern(words: str) -> re.Pattern[str]:
    pieces = []
    for literal, place, _, _ in Formatter().parse(words):
        pieces.append(re.escape(literal))
        if place is not None:
            pieces.append(f"(?P<{place}>{_NUMBER if place in _NUMBERS else '.+'})")
    return re.compile("".join(pieces), re.DOTALL)


# Of two that fit, the one with more words stands first.
_REASONS: Final = _forms(
    # of a release as a whole
    noted("a new release"), noted("another language edition"), noted("the page is gone"),
    noted("the page is back"), noted("an earlier text stands again"), noted("the address changed"),
    noted("gives figures: {told}"),
    # of figures
    noted("a figure changed: {told}"), noted("a figure was added: {told}"),
    noted("a figure was taken out: {told}"), noted("a date changed: {told}"),
    noted("a date was added: {told}"), noted("a date was taken out: {told}"),
    noted("a further figure changed"), counted("{n} further figure changed", "{n} further figures changed"),
    # of lines
    noted("headline changed"), noted("headline corrected"), noted("headline was added"),
    noted("headline was taken out"), noted("subtitle changed"), noted("subtitle corrected"),
    noted("subtitle was added"), noted("subtitle was taken out"), noted("the published date changed"),
    # of wording
    noted("a passage was taken out"),
    counted("{n} passage was taken out", "{n} passages were taken out"),
    noted("a passage was replaced"), counted("{n} passage was replaced", "{n} passages were replaced"),
    noted("a passage was added"), counted("{n} passage was added", "{n} passages were added"),
    noted("a quote changed"), noted("a negation came or went"), noted("a number in the text changed"),
    noted("largely rewritten"), counted("{n} word changed", "{n} words changed"),
    counted("{n} word corrected", "{n} words corrected"), noted("punctuation"), noted("spacing"),
    noted("a number is written otherwise"),
    noted("text moved within the release"), noted("a correction notice was added"),
    # of edits
    noted("a name changed: {told}"),
    counted("names changed: {told} and {n} more", "names changed: {told} and {n} more"),
    noted("names changed: {told}"), noted("a document was replaced under its address: {told}"),
    noted("a document was replaced"), counted("{n} document was replaced", "{n} documents were replaced"),
    noted("a document was taken out"),
    counted("{n} document was taken out", "{n} documents were taken out"),
    noted("a document was added"), counted("{n} document was added", "{n} documents were added"),
    noted("links changed"), noted("contact details changed"),
    # of other homes
    noted("still as it was at {told}"), noted("still there at {told}"),
    # of a site
    noted("most of the site cannot be read: silence is no evidence"), noted("the site is read again"),
    noted("another template"), noted("the same passage on several pages"),
    noted("still there, and named by no sitemap or listing any more that named it"),
)  # fmt: skip
_TITLES: Final = {
    Kind.BLOCKED: _forms(noted("{host} cannot be read")),
    Kind.RECOVERED: _forms(noted("{host} is read again")),
    Kind.REDESIGNED: _forms(noted("{host} has another design")),
    Kind.BOILERPLATE: _forms(
        counted(
            "The same passage came on {n} page of {host}", "The same passage came on {n} pages of {host}"
        ),
        counted(
            "The same passage went on {n} page of {host}", "The same passage went on {n} pages of {host}"
        ),
        counted(
            "The same passage changed on {n} page of {host}",
            "The same passage changed on {n} pages of {host}",
        ),
    ),
    Kind.UNLISTED: _forms(
        counted("{n} release of {host} is listed no more", "{n} releases of {host} are listed no more")
    ),
}
_SUMMARIES: Final = {
    Kind.BLOCKED: _forms(
        counted(
            "{refused} of the {n} address asked for were refused or unreadable, most of them so: {why}.",
            "{refused} of the {n} addresses asked for were refused or unreadable, most of them so: {why}.",
        )
    ),
    Kind.RECOVERED: _forms(
        counted(
            "Of what was asked for in this round, {n} page could be read.",
            "Of what was asked for in this round, {n} pages could be read.",
        )
    ),
    Kind.REDESIGNED: _forms(
        counted(
            "{came} of {n} page read since came in another template.",
            "{came} of {n} pages read since came in another template.",
        )
    ),
    Kind.UNLISTED: _forms(counted("{told}; and {n} more.", "{told}; and {n} more.")),
}
_DETAILS: Final = {
    EditKind.CONTACT: _forms(
        noted("name"), noted("role"), noted("office"), noted("telephone"), noted("mail")
    ),
    EditKind.DOCUMENT: _forms(
        noted("another document: {told}"), noted("another file under the same address: {told}")
    ),
}
_DISAGREEMENTS: Final = _forms(
    counted(
        "{told} names {n} release, and not {lacking} that other sources name",
        "{told} names {n} releases, and not {lacking} that other sources name",
    )
)


def reason(told: str) -> str:
    """Why an event weighs what it weighs."""
    return _said(told, _REASONS)


def detail(kind: EditKind, told: str) -> str:
    """What is said beside an edit: which detail of a contact, what became of a document."""
    return _said(told, _DETAILS.get(kind, ()))


def title(event: Event) -> str:
    """The event's title: the page's own, but for what is told of a site."""
    return _said(event.title, _TITLES.get(event.kind, ()) if _of_site(event) else ())


def summary(event: Event) -> str:
    """The event's summary, likewise."""
    return _said(event.summary, _SUMMARIES.get(event.kind, ()) if _of_site(event) else ())


def disagreement(told: str) -> str:
    """What one source of a site names and another does not."""
    return _said(told, _DISAGREEMENTS)


def _of_site(event: Event) -> bool:
    """Whether the words are ours: where one page left every list, its headline is the title."""
    return event.kind is not Kind.UNLISTED or len(event.pages) > 1


def _said(told: str, forms: Iterable[_Form]) -> str:
    for form in forms:
        for pattern in form.patterns:
            if found := pattern.fullmatch(told):
                return form.say(found.groupdict())
    return told
