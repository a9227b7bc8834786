"""Addresses: resolve them, give each page one, ask whose they are and whether a pattern covers them.

Does not ask the network: whether an address answers, or may be asked, is the fetch room's to say.
Parsing is that of the WHATWG URL standard, by one parser (ada) for the whole program.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import quote

from ada_url import URL

LONGEST = 8_192  # characters; servers refuse more, and no page needs it
_TRIM = " \t\n\r\f"
_REFUSED = re.compile(r"[\\\x00-\x1f\x7f-\x9f]")
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONE_STAR = re.compile(r"(?<=/)\\\*(?=/|$)")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3

# Parameters that say where a reader came from, never which page it is.
_TRACKING_PREFIXES = ("utm_", "mc_", "pk_", "mtm_", "hsa_", "_hs")
_TRACKING = frozenset(
    {"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid"}
    | {"igshid", "igsh", "li_fat_id", "mkt_tok", "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id"}
    | {"wickedid", "__s", "_ga", "_gl"}
)
_STRAYS = frozenset({"s", "close", "itok", "h"})  # seen on IOM's sites; the page is the same without

_LANGUAGES = frozenset(  # ISO 639-1: the first letter, then the second letters it goes with
    first + second
    for first, seconds in {
        "a": "abefkmnrsvyz",
        "b": "aeghimnors",
        "c": "aehorsuvy",
        "d": "aevz",
        "e": "elnostu",
        "f": "afijory",
        "g": "adlnuv",
        "h": "aeiortuyz",
        "i": "adegikostu",
        "j": "av",
        "k": "agijklmnorsuvwy",
        "l": "abginotuv",
        "m": "ghiklnrsty",
        "n": "abdeglnorvy",
        "o": "cjmrs",
        "p": "ailst",
        "q": "u",
        "r": "mnouw",
        "s": "acdegiklmnoqrstuvw",
        "t": "aeghiklnorstwy",
        "u": "gkrz",
        "v": "eio",
        "w": "ao",
        "x": "h",
        "y": "io",
        "z": "ahu",
    }.items()
    for second in seconds
)
_PREFIX = re.compile(r"/([a-z]{2})(-[a-z]{2}|-[a-z]{4}|-[0-9]{3})?(?:/|$)", re.IGNORECASE)


def absolute(href: str, base: str) -> str | None:
    """`href`, found in the document at `base`, as an absolute http(s) address without fragment.

    None where it is anything else, carries user information, a backslash or control characters
    (parsers disagree on those), is longer than `LONGEST` as written or with its escapes, or does not parse.
    """
    href = href.strip(_TRIM)
    if len(href) > LONGEST or _REFUSED.search(href):
        return None
    found = _parse(href, base)
    return found if found is None or len(found) <= LONGEST else None


def canonical(url: str, base_url: str) -> str:
    """The one address of a page of the site at `base_url`; `url` itself where it is no address.

    Idempotent. The edits: no fragment, no tracking parameter, no stray of IOM's, no empty query; percent
    triplets in upper case, those of unreserved characters decoded; on the site itself, or its twin with
    or without "www.", scheme and host are the base's. Everything else stays as the server wrote it.
    """
    clean = absolute(url, base_url)
    if clean is None:
        return url
    origin_, rest = _split(clean)
    base_origin = origin(base_url)
    if base_origin and same_site(clean, base_url):
        origin_ = base_origin
    path, _, query = rest.partition("?")
    query = "&".join(part for part in _normal(query).split("&") if not _is_noise(part)) if query else ""
    return f"{origin_}{_normal(path)}" + (f"?{query}" if query else "")


def same_site(url: str, base_url: str) -> bool:
    """Whether both lie on one host, "www." or not; ports must be equal unless they are the defaults."""
    ours = host(base_url)
    return ours != "" and bare(host(url)) == bare(ours)


def host(url: str) -> str:
    """The host's key: its name, with the port where it is not the scheme's default; "" for no address."""
    href = _parse(url, None)
    return "" if href is None else _split(href)[0].partition("://")[2]


def bare(host_key: str) -> str:
    """`host_key` without "www."."""
    return host_key.removeprefix("www.")


def origin(url: str) -> str:
    """Scheme, host and port, as in "https://www.iom.int"; "" for no address."""
    href = _parse(url, None)
    return "" if href is None else _split(href)[0]


def endpoint(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port to connect to, of an absolute address: an IPv6 address without its brackets,
    None for the scheme's own port."""
    parts = URL(url)
    port = int(parts.port) if parts.port else None
    return parts.protocol.removesuffix(":"), parts.hostname.strip("[]"), port


def target(url: str) -> str:
    """Path and query of an absolute address, as a request line carries them."""
    return _split(url)[1]


def path_matches(pattern: str, url: str) -> bool:
    """Whether the path of `url` is covered by `pattern`; the query is not looked at.

    `**` stands for one or more characters, `*` for any within a segment (at least one where it is the
    whole segment): "/news/**" covers "/news/x" and "/news/a/b", not "/news" nor "/news/".
    """
    clean = absolute(url, url)
    if clean is None:
        return False
    path = _normal(target(clean).partition("?")[0])
    return _compiled(pattern).fullmatch(path) is not None


def language_prefix(url: str) -> str | None:
    """The language a path begins with: "fr" of /fr/news/x, "pt-br" of /pt-br/news/x. A hint, no more."""
    clean = absolute(url, url)
    match = _PREFIX.match(target(clean)) if clean else None
    if match is None or match[1].lower() not in _LANGUAGES:
        return None
    return (match[1] + (match[2] or "")).lower()


@lru_cache(maxsize=4096)
def _parse(url: str, base: str | None) -> str | None:
    """The WHATWG href without its fragment, where it is an http(s) address without user information."""
    try:
        href: str = (URL(url, base) if base is not None else URL(url)).href
    except ValueError:  # also what a lone surrogate raises
        return None
    href = href.partition("#")[0]
    if not href.startswith(("http://", "https://")):
        return None
    authority = _split(href)[0]
    if "@" in authority or ("xn--" in authority and not _is_idna(authority)):
        return None
    return href


def _is_idna(authority: str) -> bool:
    """Whether each "xn--" label decodes to something that needed encoding (ada does not look)."""
    for label in authority.partition("://")[2].partition(":")[0].split("."):
        if label.startswith("xn--"):
            try:
                decoded = label[4:].encode("ascii").decode("punycode")
            except UnicodeError:
                return False
            if decoded.isascii() or not decoded.isprintable() or normalize("NFKC", decoded) != decoded:
                return False
    return True


def _split(href: str) -> tuple[str, str]:
    """An ada href, cut before its path."""
    cut = href.index("/", href.index("://") + 3)
    return href[:cut], href[cut:]


def _normal(text: str) -> str:
    """Percent triplets in upper case, the needless ones decoded.

    Beside a stray "%" nothing is decoded: "%%34%31" would become a triplet that nobody wrote.
    """
    if "%" not in text:
        return text
    if _STRAY_PERCENT.search(text):
        return _TRIPLET.sub(lambda match: match[0].upper(), text)
    return _TRIPLET.sub(_decode, text)


def _decode(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _is_noise(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _STRAYS or name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


@lru_cache(maxsize=1_024)
def _compiled(pattern: str) -> re.Pattern[str]:
    path = _normal(quote("/" + pattern.removeprefix("/"), safe="/*%!$&'()+,;=:@~[]|^", errors="replace"))
    pieces = re.split(r"(\*\*+)", path)
    return re.compile(
        "".join(".+" if piece.startswith("**") else _within_segments(piece) for piece in pieces)
    )


def _within_segments(piece: str) -> str:
    escaped = re.escape(piece)
    return _LONE_STAR.sub("[^/]+", escaped).replace(r"\*", "[^/]*")
