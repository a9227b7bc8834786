"""Turns the bytes of a page or feed into text by what is declared of them.

Does not fail: unknown names are passed over, bytes that do not fit become U+FFFD.
"""

from __future__ import annotations

import codecs
import re

_TEXT_CHARSET = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|(windows|cp)-?125[0-8]|iso-?8859-[0-9]{1,2}|latin-?1|koi8-[ru]|"
    r"gb18030|gbk|gb2312|big5|shift_jis|euc-(jp|kr)"
)
_LATIN = frozenset({"ascii", "iso8859-1"})  # browsers read windows-1252 for both


def decoded(body: bytes, *declared: str) -> str:
    """`body` by the first declared name that is a charset for text; else UTF-8, else windows-1252."""
    for name in declared:
        codec = _codec(name.strip(" \"'").lower())
        if codec is not None:
            return body.decode("cp1252" if codec in _LATIN else codec, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def of_content_type(content_type: str | None) -> str:
    """The charset parameter of a Content-Type header, or ""."""
    return (content_type or "").lower().partition("charset=")[2].partition(";")[0]


def _codec(name: str) -> str | None:
    """Python's name of a text charset. Only known shapes: Python also has "codecs" that are none."""
    if not _TEXT_CHARSET.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:  # iso-8859-12 and the like
        return None
