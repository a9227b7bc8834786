"""What one look at a document under a known address means: the same file, or another one. Pure.

It reads no file: validators, size and hash are all that is compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from posixpath import basename
from urllib.parse import unquote, urlsplit

from crawler.urls import same_site
from crawler.values import Article, Change, Edit, EditKind, Fetched, Kind, Response
from crawler.weights import DEFAULT, Weights

DRAWN_ANEW = ""  # the hash of a file that is another one at each request: it proves nothing
_PAGES = ("text/html", "application/xhtml")
_KIB = 1024
MOST = 50  # documents of one release


def offered(article: Article, base_url: str) -> list[str]:
    """The documents of an article that are watched, by address: those on its own site."""
    found = (link.url.partition("#")[0] for link in article.attachments)
    return list(dict.fromkeys(url for url in found if same_site(url, base_url)))[:MOST]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is known of the file behind an address."""

    etag: str | None
    last_modified: str | None
    size: int | None  # bytes
    hash: str | None  # SHA-256 in hex; DRAWN_ANEW; None where it was never read whole


def file_of(response: Response) -> File | None:
    """The file that a response brought; None for an error, a page, a challenge, half a file.

    Of a file too large to be read, what its headers say (RFC 9110, 8.6 and 8.8).
    """
    kind = (response.header("content-type") or "").lower()
    if kind.startswith(_PAGES):
        return None
    validators = response.header("etag"), response.header("last-modified")
    if response.outcome is Fetched.OK and response.body:
        size, digest = len(response.body), hashlib.sha256(response.body).hexdigest()
        return File(etag=validators[0], last_modified=validators[1], size=size, hash=digest)
    length = response.header("content-length") or ""
    if response.outcome is Fetched.TOO_LARGE and length.isascii() and length.isdigit() and len(length) < 16:
        return File(etag=validators[0], last_modified=validators[1], size=int(length), hash=None)
    return None


def replaced(before: File, after: File) -> bool:
    """Whether another file stands under the address. Validators alone prove nothing: servers of one site
    give one file different ones."""
    if before.hash == DRAWN_ANEW:
        return False
    if before.hash and after.hash:
        return before.hash != after.hash
    return before.size is not None and after.size is not None and before.size != after.size


def replacement(url: str, before: File, after: File, weights: Weights = DEFAULT) -> Change:
    """The change of a release whose document was replaced."""
    name = unquote(basename(urlsplit(url).path)) or url
    edit = Edit(
        kind=EditKind.DOCUMENT,
        before=f"{name}{_size(before)}",
        after=f"{name}{_size(after)}",
        detail=f"another file under the same address: {url}",
    )
    return Change(
        kind=Kind.CHANGED,
        facts=(Kind.CHANGED,),
        weight=weights.document_replaced,
        reasons=(f"a document was replaced under its address: {name}",),
        edits=(edit,),
    )


def _size(file: File) -> str:
    if file.size is None:
        return ""
    return f" ({file.size:,} bytes)" if file.size < _KIB else f" ({file.size / _KIB:,.0f} KiB)"
