"""Which links lead to documents (PDF and the like), and how large the page says these are.

It asks nobody: a link without a telling suffix, type or note is an ordinary link; a size not said is none.
"""

from __future__ import annotations

import re

from crawler.extract.blocks import Anchor, Run

_SUFFIXES = "pdf docx? xlsx? xlsm pptx? odt ods odp rtf csv zip epub kmz geojson".replace(" ", "|")
_SUFFIX = re.compile(rf"\.(?:{_SUFFIXES})$", re.IGNORECASE)
_TYPE = re.compile(
    r"application/(?:pdf|msword|rtf|zip|epub|vnd\.(?:ms-|openxmlformats|oasis|google-earth))|text/csv",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"length=\"?(\d{1,15})(?!\d)")
_UNITS = {
    0: "b bytes byte octets octet o بايت байт",
    1: "kb kib ko kio к кб кбайт كيلوبايت كب ك.ب",
    2: "mb mib mo mio мб мбайт ميغابايت ميجابايت مب م.ب",
    3: "gb gib go gio гб غيغابايت جيجابايت",
}
_POWER = {unit: power for power, units in _UNITS.items() for unit in units.split()}
_NAMES = "|".join(re.escape(unit) for unit in sorted(_POWER, key=len, reverse=True))
_SIZE = re.compile(
    rf"(?<![\d.,])(?P<whole>\d{{1,9}})(?:(?P<mark>[.,])(?P<rest>\d{{1,3}}))?\s?(?P<unit>{_NAMES})(?!\w)",
    re.IGNORECASE,
)
_KIND = re.compile(rf"(?<!\w)(?:{_SUFFIXES}|excel|word)(?!\w)", re.IGNORECASE)
_NEAR = 40  # characters after a link in which its size stands


def leads_to_document(anchor: Anchor) -> bool:
    """Whether the link is to a document: by its address, its type, or a note of kind and size in it."""
    path = anchor.href.partition("#")[0].partition("?")[0].rstrip()
    if _SUFFIX.search(path) or (anchor.media and _TYPE.match(anchor.media)):
        return True
    return _KIND.search(anchor.text) is not None and read_size(anchor.text) is not None


def read_size(text: str) -> int | None:
    """The first size in `text`, in bytes: "1.2 MB", "(350 ko)", "2,4 Mo". As Drupal counts, a kilobyte
    has 1024 bytes; what is stated is rounded anyway."""
    match = _SIZE.search(text)
    if match is None:
        return None
    power, rest = _POWER[match["unit"].lower()], match["rest"] or ""
    if len(rest) == 3 and power < 2:  # "1,234 KB"
        return int(match["whole"] + rest) << 10 * power
    return round(float(f"{match['whole']}.{rest or 0}") * (1 << 10 * power))


def stated_size(anchor: Anchor, run: Run, following: Run | None) -> int | None:
    """The size that the page states for the document behind `anchor`, a link in `run`: in its type, in
    its text, right after it, or alone in the passage that follows."""
    if (length := _LENGTH.search(anchor.media)) is not None:
        return int(length[1])
    if (size := read_size(anchor.text)) is not None:
        return size
    after = run.text.partition(anchor.text)[2] if anchor.text else ""
    others = [other.text for other in run.anchors if other is not anchor and other.text]
    ends = [at for text in others if (at := after.find(text)) >= 0]
    if (size := read_size(after[: min([_NEAR, *ends])])) is not None:
        return size
    alone = following is not None and not following.anchors and _is_size(following.text)
    return read_size(following.text) if following is not None and alone else None


def _is_size(text: str) -> bool:
    """Whether `text` says a size and no more than the kind of file: "(PDF, 1.2 MB)"."""
    return len(text) <= _NEAR and not any(map(str.isalnum, _KIND.sub("", _SIZE.sub("", text, count=1))))
