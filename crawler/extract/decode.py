"""Bytes → text: which encoding a page is in, by the order of the WHATWG standard.

It never fails: what is invalid becomes U+FFFD. It does not repair text that was broken before it was sent.
"""

from __future__ import annotations

import codecs
import re

from crawler.bounds import ATTRIBUTE, tags

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PRESCAN = 16_384  # bytes; more than the standard's 1024, as a parser would meet a later <meta> anyway
_CHARSET = re.compile(r"charset\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s;\"']++))", re.IGNORECASE)

# Python's codec → the encoding browsers use under that label (WHATWG Encoding, section 4.2).
_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_SINGLE_BYTE = frozenset(
    ["cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"]
    + [f"cp{number}" for number in range(1250, 1259)]
    + [f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
)
_MULTI_BYTE = frozenset(
    ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp"]
)
# Labels that Python does not know, or knows as something else.
_LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-cp1252": "cp1252",
    "x-user-defined": "cp1252",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16-le",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-x-big5": "big5hkscs",
    "iso-8859-8-i": "iso8859-8",
}


def codec(label: str | None) -> str | None:
    """The Python codec for an encoding label, as browsers understand it; None for an unknown one.

    Codecs that read no text of the web (base64, idna, UTF-7, …) are unknown on purpose.
    """
    if not label or not label.isascii():
        return None
    label = label.strip().lower()
    name = _LABELS.get(label)
    if name is None:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            return None
        name = _BROWSERS.get(name, name)
    return name if name in _SINGLE_BYTE or name in _MULTI_BYTE else None


def _charset_of(text: str) -> str | None:
    match = _CHARSET.search(text)
    return codec(next(filter(None, match.groups()), None)) if match else None


# What is said of a page's encoding, wherever: where all of it is UTF-8, no tag need be read.
_SAID = re.compile(rb"charset\s*+=\s*+[\"']?\s*+([^\s\"'/>;]++)")


def _is_said_to_be_utf8(body: bytes) -> bool:
    return set(_SAID.findall(body[:_PRESCAN].lower())) == {b"utf-8"}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _declared(body: bytes) -> str | None:
    """What the first <meta> with an encoding says (WHATWG HTML, 13.2.3.2)."""
    for is_end, name, attributes in tags(body[:_PRESCAN], raw_text=False):
        if is_end or name != b"meta":
            continue
        fields: dict[str, str] = {}
        for attribute in ATTRIBUTE.findall(attributes):
            key, _, value = attribute.decode("latin-1").partition("=")
            fields.setdefault(key.strip().lower(), _unquoted(value.strip()))
        found = codec(fields.get("charset"))
        if found is None and fields.get("http-equiv", "").lower() == "content-type":
            found = _charset_of(fields.get("content", ""))
        if found:
            return "utf-8" if found.startswith("utf-16") else found
    return None


def encoding(body: bytes, content_type: str | None = None) -> str:
    """The codec to read `body` with: byte order mark, Content-Type, <meta>, UTF-8 where valid, windows-1252.

    One step away from the standard: bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever one-byte
    encoding is claimed. Text in such an encoding is practically never valid UTF-8, and claims come and go
    with a proxy's configuration.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name
    declared = (_charset_of(content_type) if content_type else None) or _declared(body)
    if declared in _MULTI_BYTE:
        return declared
    if declared and body.isascii():
        return declared
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A body cut inside its last character is still UTF-8.
        cut = error.reason == "unexpected end of data" and not body[: error.start].isascii()
        return declared or ("utf-8" if cut else "cp1252")
    return "utf-8" if not body.isascii() or declared is None else declared


def decode(body: bytes, content_type: str | None = None) -> str:
    """`body` as text, without its byte order mark. Never raises."""
    return body.decode(encoding(body, content_type), "replace").removeprefix("\ufeff")


def utf8(body: bytes, content_type: str | None = None) -> bytes:
    """`body` in UTF-8, without its byte order mark: itself where it is valid UTF-8 already."""
    if not body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sure = _charset_of(content_type) == "utf-8" if content_type and "=" in content_type else None
        if sure or (sure is None and _is_said_to_be_utf8(body)):
            if body.isascii():
                return body
            try:
                body.decode()
            except UnicodeDecodeError:
                pass
            else:
                return body
    return decode(body, content_type).encode("utf-8", "replace")
