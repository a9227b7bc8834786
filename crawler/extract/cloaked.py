"""E-mail addresses that Cloudflare hides in a page, made plain.

It reads two attributes (`data-cfemail`, a link to `/cdn-cgi/l/email-protection#`); what stands in the page
instead ("[email protected]") is dropped by the caller.

The address is written in hexadecimal, each byte combined by exclusive or with the first, which is drawn anew
at each rendering ("Email Address Obfuscation", developers.cloudflare.com).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PATH = "/cdn-cgi/l/email-protection#"
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){4,200}")
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{3,190}")


def address(attributes: Mapping[str, str | None]) -> str | None:
    """The address that an element with these attributes hides; None where it hides none."""
    code = attributes.get("data-cfemail")
    if not code:
        href = attributes.get("href")
        if not href or _PATH not in href:
            return None
        code = href.partition(_PATH)[2]
    return _decoded(code)


def _decoded(code: str) -> str | None:
    if not _HEX.fullmatch(code):
        return None
    key, *rest = bytes.fromhex(code)
    plain = bytes(byte ^ key for byte in rest).decode("utf-8", "replace").partition("?")[0]
    return plain if _ADDRESS.fullmatch(plain) and plain.isprintable() else None
