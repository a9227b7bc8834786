"""Reads an HTML listing: every link with the title, date and language beside it, and the next page.

Does not know which links are releases: menus and footers are listed too, the caller filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import parse_qsl

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.bounds import html_only, too_much
from crawler.discover.charset import decoded, of_content_type
from crawler.discover.moments import visible, w3c
from crawler.discover.sitemap import MOST_ENTRIES
from crawler.urls import absolute, same_site, target
from crawler.values import Found, SourceKind, SourceRead

_LONGEST_TITLE = 300
_CARD_LEVELS = 5  # how far above a link its card is looked for
_PAGE_PARTS = frozenset({"body", "html", "main"})
_HEADING = "h1, h2, h3, h4, h5, h6, .title"
_NEXT = (
    "link[rel~=next], a[rel~=next], .pager__item--next a, li.pager-next a, li.next a, .pagination-next a, "
    ".pager a[title], .pagination a[title], a.next, a[title*=next]"
)
_NEXT_TITLES = re.compile(
    r"(go to )?next( page)?|(aller à la )?page suivante|(ir a la )?(página siguiente|siguiente página)|"
    r"(ir para a )?(próxima página|página seguinte)"
)
_PAGE_IN_PATH = re.compile(r"/page/([0-9]{1,9})/?$")
_META_CHARSET = re.compile(rb"""<meta\s[^<>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{2,30})""", re.IGNORECASE)


def read_listing(body: bytes, *, url: str, content_type: str | None = None) -> SourceRead:
    """The links of an HTML page in their order, one for each address."""
    meta = _META_CHARSET.search(body[:4_096])
    named = meta[1].decode("ascii") if meta else ""
    markup = html_only(decoded(body, of_content_type(content_type), named).encode("utf-8", "replace"))
    why = too_much(markup, scripting=False)
    if why is not None:
        return SourceRead(kind=SourceKind.LISTING, trouble=f"{why}; not read")
    tree = LexborHTMLParser(markup)
    base_tag = tree.css_first("base[href]")
    base = (absolute(base_tag.attributes.get("href") or "", url) if base_tag else None) or url
    links = list(islice(_links(tree, base), MOST_ENTRIES + 1))
    trouble = None
    if len(links) > MOST_ENTRIES:
        trouble, links = f"more than {MOST_ENTRIES:,} links; the rest was not read", links[:MOST_ENTRIES]
    alone = _addresses_inside(links)
    found: dict[str, tuple[tuple[bool, int], Found]] = {}
    for node, address in links:
        rank, new = _found(node, address, alone)
        old = found.get(address)
        if old is not None:
            keep = old[1] if old[0] >= rank else new
            new = Found(
                url=address,
                title=keep.title,
                published=old[1].published or new.published,
                language=old[1].language or new.language,
            )
            rank = max(rank, old[0])
        found[address] = (rank, new)
    return SourceRead(
        kind=SourceKind.LISTING,
        found=tuple(entry for _, entry in found.values()),
        next_page=_next_page(tree, base, url),
        trouble=trouble,
    )


def _links(tree: LexborHTMLParser, base: str) -> Iterator[tuple[LexborNode, str]]:
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if href and not href.startswith("#"):
            address = absolute(href, base)
            if address is not None:
                yield node, address


# ── a link's card ───────────────────────────────────────────────────────────────────────────────


def _addresses_inside(links: list[tuple[LexborNode, str]]) -> dict[int, str | None]:
    """For the elements above links: the one address all links inside lead to; None for several."""
    alone: dict[int, str | None] = {}
    for node, address in links:
        for above in _above(node):
            if alone.setdefault(above.mem_id, address) != address:
                alone[above.mem_id] = None
    return alone


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    for _ in range(_CARD_LEVELS):
        if above is None or above.tag in _PAGE_PARTS:
            return
        yield above
        above = above.parent


def _found(node: LexborNode, address: str, alone: dict[int, str | None]) -> tuple[tuple[bool, int], Found]:
    """The link with what its card says, and how much its title is worth beside another's."""
    card = node
    for above in _above(node):
        if alone[above.mem_id] != address:
            break
        card = above
    heading = card.css_first(_HEADING)
    title = _text(heading) if heading is not None else ""
    is_heading = bool(title)
    if not title:
        title = _text(node) or " ".join((node.attributes.get("title") or "").split())
    return (is_heading, len(title)), Found(
        url=address,
        title=title[:_LONGEST_TITLE] or None,
        published=_date(card),
        language=(node.attributes.get("hreflang") or "").strip() or None,
    )


def _date(card: LexborNode) -> datetime | None:
    stamped = card.css_first("time[datetime]")
    moment = w3c(stamped.attributes.get("datetime") or "") if stamped is not None else None
    if moment is None:
        shown = card.css_first(".date, time")
        moment = visible(_text(shown)) if shown is not None else None
    return moment


def _text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator=" ").split())


# ── the next page ───────────────────────────────────────────────────────────────────────────────


def _next_page(tree: LexborHTMLParser, base: str, url: str) -> str | None:
    """Where the pager leads on, its query as written; None on the last page, or where it leads back."""
    for node in tree.css(_NEXT):
        address = absolute(node.attributes.get("href") or "", base)
        if address is not None and _says_next(node) and _is_further(address, url):
            return address
    return None


def _says_next(node: LexborNode) -> bool:
    """A title of its own must mean "next page": an article may be called "What next for the displaced"."""
    title = " ".join((node.attributes.get("title") or "").lower().split())
    return not title or _NEXT_TITLES.fullmatch(title) is not None or _is_next_item(node)


def _is_next_item(node: LexborNode) -> bool:
    classes = f"{node.attributes.get('class') or ''}"
    if node.parent is not None:
        classes += f" {node.parent.attributes.get('class') or ''}"
    names = set(classes.lower().split())
    rel = (node.attributes.get("rel") or "").lower().split()
    return "next" in rel or bool(names & {"pager__item--next", "pager-next", "next", "pagination-next"})


def _is_further(address: str, url: str) -> bool:
    here = absolute(url, url) or url
    if address == here or not same_site(address, url):
        return False
    there_path, _, there_query = target(address).partition("?")
    here_path, _, here_query = target(here).partition("?")
    there, now = _page_number(there_path, there_query), _page_number(here_path, here_query)
    if _stem(there_path) != _stem(here_path):
        return False
    return there > now if there or now else True


def _page_number(path: str, query: str) -> tuple[int, ...]:
    """The page that an address names; Drupal counts from 0 and joins several pagers by commas."""
    written = next((value for name, value in parse_qsl(query) if name == "page"), "")
    if not written:
        match = _PAGE_IN_PATH.search(path)
        written = match[1] if match is not None else ""
    numbers = written.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in numbers):
        return ()
    return tuple(int(part) for part in numbers)


def _stem(path: str) -> str:
    return _PAGE_IN_PATH.sub("", path).rstrip("/")
