"""Names what came, went or was replaced beside the text: links, documents, contacts; each as written.

It compares addresses and lines; what a document holds is `documents`' affair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from posixpath import basename
from urllib.parse import unquote

from rapidfuzz.distance import Indel

from crawler.compare.same import address
from crawler.text import fold
from crawler.values import Article, Contact, Edit, EditKind, Link

MOST = 20  # of one kind that are told
_NAMED_ALIKE = 0.6  # share of letters by which the file names of a document and its successor are one
_MANY = 50  # links whose partners are sought
_PHONE = re.compile(r"(?:\+|\(\+?|00)?\d[\d\s().\-/\u00a0\u2010-\u2013]{4,24}\d")
_LAST = 7  # digits that tell a telephone number from another, however its beginning is written


def links(before: Article, after: Article) -> Iterator[Edit]:
    """Links of the body that came, went or lead elsewhere: the words stayed, the address did not."""
    gone, come = _differing(before.links, after.links)
    for was, now in _paired(gone, come, _same_words):
        words = next((link.text for link in (now, was) if link is not None), "")
        yield Edit(kind=EditKind.LINK, before=_url(was), after=_url(now), detail=words)


def documents(before: Article, after: Article) -> Iterator[Edit]:
    """Documents that came, went, or have another address: replaced where their words or names are alike,
    or where one took the place of one."""
    gone, come = _differing(before.attachments, after.attachments)
    if len(gone) == len(come) == 1:
        pairs: list[tuple[Link | None, Link | None]] = [(gone[0], come[0])]
    else:
        pairs = list(_paired(gone, come, _same_document))
    for was, now in pairs:
        words = next((link.text for link in (now, was) if link is not None), "")
        detail = f"another document: {words}" if was and now else words
        yield Edit(kind=EditKind.DOCUMENT, before=_url(was), after=_url(now), detail=detail)


def _url(link: Link | None) -> str | None:
    return None if link is None else link.url


def _differing(before: Sequence[Link], after: Sequence[Link]) -> tuple[list[Link], list[Link]]:
    """Links whose address only one side has, each address once."""
    was, now = ({address(link.url): link for link in reversed(side)} for side in (before, after))
    gone = [link for key, link in reversed(was.items()) if key and key not in now]
    return gone, [link for key, link in reversed(now.items()) if key and key not in was]


def _paired(
    gone: list[Link], come: list[Link], partners: Callable[[Link, Link], bool]
) -> Iterator[tuple[Link | None, Link | None]]:
    """Each link that went with the one that took its place, if any; then those that only came."""
    left = list(come)
    for was in gone:
        now = next((link for link in left[:_MANY] if partners(was, link)), None)
        if now is not None:
            left.remove(now)
        yield was, now
    for now in left:
        yield None, now


def _same_words(was: Link, now: Link) -> bool:
    return bool(was.text) and fold(was.text) == fold(now.text)


def _same_document(was: Link, now: Link) -> bool:
    return _same_words(was, now) or Indel.normalized_similarity(_file(was), _file(now)) >= _NAMED_ALIKE


def _file(link: Link) -> str:
    return unquote(basename(address(link.url)))[:200]


# ── contacts ────────────────────────────────────────────────────────────────────────────────────

_FIELDS = ("name", "role", "office", "telephone", "mail")


@dataclass(frozen=True, kw_only=True)
class _Side:
    """One side's contacts, and all that its page says, to know what is merely read as another field."""

    article: Article
    told: str  # the whole text, folded

    @cached_property
    def digits(self) -> str:
        return _digits(self.told)

    def says(self, field: str, value: str) -> bool:
        if field == "telephone":
            return _digits(value)[-_LAST:] in self.digits
        return fold(value) in self.told

    def written(self, field: str, value: str) -> str:
        """A telephone number as the page writes it; anything else is as written already."""
        if field != "telephone":
            return value
        lines = "\n".join(self.article.contact_text)
        tail = _digits(value)[-_LAST:]
        return next((m[0] for m in _PHONE.finditer(lines) if _digits(m[0]).endswith(tail)), value)


def contacts(before: Article, after: Article, told_before: str, told_after: str) -> Iterator[Edit]:
    """Names, telephone numbers and mail addresses of the contact block that changed; where none of
    them did, its lines. What stands elsewhere on the other page is no change."""
    if before.contacts == after.contacts and before.contact_text == after.contact_text:
        return
    was, now = _Side(article=before, told=told_before), _Side(article=after, told=told_after)
    found = False
    for one, other in _people(before.contacts, after.contacts):
        for field in _FIELDS:
            before_values, after_values = _values(one, field), _values(other, field)
            gone = [v for v in before_values if v not in after_values and not now.says(field, v)]
            come = [v for v in after_values if v not in before_values and not was.says(field, v)]
            for old, new in zip_longest(gone, come):
                found = True
                yield Edit(
                    kind=EditKind.CONTACT,
                    before=old and was.written(field, old),
                    after=new and now.written(field, new),
                    detail=field,
                )
    if not found:
        gone = [line for line in before.contact_text if fold(line) not in told_after]
        come = [line for line in after.contact_text if fold(line) not in told_before]
        for old, new in zip_longest(gone, come):
            yield Edit(kind=EditKind.CONTACT, before=old, after=new)


def _values(contact: Contact | None, field: str) -> tuple[str, ...]:
    if contact is None:
        return ()
    if field == "telephone":
        return contact.phones
    if field == "mail":
        return contact.emails
    value: str | None = getattr(contact, field)
    return (value,) if value else ()


def _people(
    before: Sequence[Contact], after: Sequence[Contact]
) -> Iterator[tuple[Contact | None, Contact | None]]:
    """Who is who: those that share a name, a number or an address; the others in order."""
    left, alone = list(after), []
    for one in before:
        marks = _marks(one)
        other = next((contact for contact in left if not marks.isdisjoint(_marks(contact))), None)
        if other is None:
            alone.append(one)
        else:
            left.remove(other)
            yield one, other
    yield from zip_longest(alone, left)


def _marks(contact: Contact) -> set[str]:
    return {fold(value) for field in ("name", "telephone", "mail") for value in _values(contact, field)}


def _digits(text: str) -> str:
    found = "".join(re.findall(r"\d+", text))
    return found if found.isascii() else "".join([str(int(digit)) for digit in found])
