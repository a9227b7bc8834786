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
_DIGIT = re.compile(r"\d")
_NEAR = 40  # characters after a link in which its size stands
_MOST = 100  # links of one passage beside which a size is looked for
_OFTEN = 4  # times that the words of a link are met again before the next one


def leads_to_document(anchor: Anchor) -> bool:
    """Whether the link is to a document: by its address, its type, or a note of kind and size in it."""
    path = anchor.href.partition("#")[0].partition("?")[0].rstrip()
    if _SUFFIX.search(path) or (anchor.media and _TYPE.match(anchor.media)):
        return True
    text = anchor.text
    return _DIGIT.search(text) is not None and _KIND.search(text) is not None and read_size(text) is not None


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


def stated_size(run: Run, number: int, following: Run | None) -> int | None:
    """The size that the page states for the document behind a link, the one with `number` in `run`: in its
    type, in its text, right after it, or alone in the passage that follows."""
    anchor = run.anchors[number]
    if (length := _LENGTH.search(anchor.media)) is not None:
        return int(length[1])
    if (size := read_size(anchor.text)) is not None:
        return size
    for text in _after(run, number) if number < _MOST else ():
        if (size := read_size(text)) is not None:
            return size
    alone = following is not None and not following.anchors and _is_size(following.text)
    return read_size(following.text) if following is not None and alone else None


def _after(run: Run, number: int) -> list[str]:
    """What stands right after a link, as far as the next one. A passage does not say where its links
    stand: where the words of one are met several times, what stands after each."""
    before, here, beyond = (
        run.anchors[at].text if 0 <= at < len(run.anchors) else "" for at in range(number - 1, number + 2)
    )
    rest = run.text
    if before and before in rest:
        rest = rest.partition(before)[2]
    rest = rest.partition(here)[2] if here else ""
    if beyond:
        rest = rest.partition(beyond)[0]
    return [text[:_NEAR] for text in rest.split(here, _OFTEN)] if rest else []


def _is_size(text: str) -> bool:
    """Whether `text` says a size and no more than the kind of file: "(PDF, 1.2 MB)"."""
    return len(text) <= _NEAR and not any(map(str.isalnum, _KIND.sub("", _SIZE.sub("", text, count=1))))
