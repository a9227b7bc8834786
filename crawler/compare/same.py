"""Says whether two readings are the same to a reader: the text they are told as, and fingerprints of it.

It does not say what is different, and does not judge extraction.

    field                     in `fingerprint`   why
    title                     yes, folded
    subtitle, body, contact   yes, as one text   a line that is read as another field is no news, nor is
                                                 a paragraph broken elsewhere
    published                 the day            the time of day and its source come and go
    links, attachments        addresses          host and path alone: signatures, tokens and versions in
                                                 a query are drawn anew at each rendering
    dateline                  within the body
    modified, language, direction, type, scope, authors, captions, images, translations, canonical, node
                              no                 labels of the page, or volatile, or told otherwise
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

from crawler.text import fold
from crawler.values import Article, Link

# Drupal's file area is numbered per site and renumbered; Cloudflare encrypts an address anew at each
# rendering.
_FILE_AREA = re.compile(r"/tmzbdl\d+/")
_CLOAKED = "/cdn-cgi/l/email-protection"


def told(article: Article, folded: Callable[[str], str] = fold) -> str:
    """Subtitle, body and contact block as one folded text. `folded` is `fold` with a memory, where the
    same passages are folded again and again."""
    parts = [article.subtitle or "", *(passage.text for passage in article.body), *article.contact_text]
    return " ".join(filter(None, map(folded, parts)))


def body_text(article: Article, folded: Callable[[str], str] = fold) -> str:
    """The body alone as one folded text."""
    return " ".join(filter(None, [folded(passage.text) for passage in article.body]))


def addresses(links: Iterable[Link]) -> frozenset[str]:
    """What links point at, so that two spellings of one target are equal. Never raises."""
    return frozenset(key for link in links if (key := address(link.url)))


def address(url: str) -> str:
    """`url` for comparison only; empty for an address that is never the same twice."""
    if _CLOAKED in url:
        return ""
    scheme, mark, rest = fold(url).partition("#")[0].partition("?")[0].partition("://")
    if not mark:
        return scheme  # mailto:, tel:
    host, _, path = rest.partition("/")
    path = _FILE_AREA.sub("/tmzbdl/", "/" + path).rstrip("/")
    return f"{host.lower().removeprefix('www.')}{path}"


def fingerprint(article: Article) -> str:
    """SHA-256, in hex, of all that a change is told of. Equal ones are no change; `compare` also
    passes over numbers written otherwise, which differ here."""
    day = article.published.day.isoformat() if article.published else ""
    links, attachments = sorted(addresses(article.links)), sorted(addresses(article.attachments))
    return _hash([fold(article.title), told(article), day, "\x1e".join(links), "\x1e".join(attachments)])


def text_fingerprint(article: Article) -> str:
    """SHA-256, in hex, of the body alone, to know the same text at another address; "" without a body."""
    text = body_text(article)
    return _hash([text]) if text else ""


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
