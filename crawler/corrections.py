"""Knows a page's own notice that it was corrected, in en, fr, es, pt, ar and more.

It does not say what was corrected, nor whether the notice is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A label counts with a mark, a date or nothing behind it: "Update on Sudan" is a headline.
_LABELS = (
    "correction|corrections|corrected|corrected version|erratum|errata|corrigendum|corrigenda|clarification"
    "|update|updated|editor's note|editors' note"
    "|rectificatif|rectification|correctif|version corrigée|version rectifiée|mise à jour|précision"
    "|fe de erratas|fe de errata|corrección|rectificación|aclaración|actualización|versión corregida"
    "|nota del editor|note de la rédaction"
    "|correção|retificação|atualização|versão corrigida|berichtigung|korrektur|rettifica|исправление"
    "|تصحيح|تصويب|استدراك|تحديث|تنويه"
)
# These say it in words, with whatever follows.
_EN = "release|article|story|statement|page|text|version|headline|figures?|item|post|quote"
_FR = "communiqué|article|page|texte|version|déclaration|publication|titre|chiffres?|nouvelle"
_ES = "comunicado|artículo|nota|página|texto|versión|noticia|declaración|titular|cifras?|publicación"
_PT = "comunicado|artigo|nota|página|texto|versão|notícia|declaração|título|números?|publicação"
_SENTENCES = (
    rf"th(?:is|ese|e) (?:[\w-]+ ){{0,2}}(?:{_EN}) (?:[\w-]+ )?"
    r"(?:has been|have been|was|were|is|are) (?:since |later )?(?:corrected|amended|updated|revised|modified)"
    r"|an? (?:earlier|previous|prior) version of (?:this|the)"
    r"|(?:corrected|amended|updated|revised|last updated) on"
    r"|an? (?:correction|clarification) (?:was|has been)"
    r"|une version (?:précédente|antérieure) d"
    rf"|(?:cet?|cette|les?|la) (?:[\w-]+ ){{0,2}}(?:{_FR}) (?:[\w-]+ )?"
    r"(?:a|ont) été (?:corrigée?|rectifiée?|modifiée?|mise? à jour)"
    r"|(?:mise? à jour|corrigée?|rectifiée?|actualisée?) (?:du|le|au)"
    r"|una versión anterior de"
    rf"|(?:est[ea]s?|el|las?) (?:[\w-]+ ){{0,2}}(?:{_ES}) (?:[\w-]+ )?(?:ha sido|han sido|fue|fueron)"
    r" (?:corregid|actualizad|rectificad|modificad)[oa]"
    r"|(?:actualizad|corregid|rectificad)[oa] (?:el|al)|actualización (?:del|al)"
    r"|uma versão anterior d|(?:atualizad|corrigid)[oa] em"
    rf"|(?:est[ea]s?|[oa]s?) (?:[\w-]+ ){{0,2}}(?:{_PT}) (?:[\w-]+ )?(?:foi|foram)"
    r" (?:corrigid|atualizad|retificad|modificad)[oa]"
    r"|(?:تم|جرى) (?:تصحيح|تحديث|تعديل) (?:هذا|هذه)|نسخة سابقة من هذ"
)
_BEGINS = re.compile(r"[.!?؟…)\]:] ")  # a notice stands behind one of these, or first
_OPENS = r"[\s*(\[\"'#-]{0,4}"
_LABEL = rf"(?:{_LABELS})(?!\w)(?=\s*(?:[:(\[\])*.،,-]|\d|$))"
_NOTICE = re.compile(rf"{_OPENS}(?:{_LABEL}|(?:{_SENTENCES}))", re.IGNORECASE)
_ALIKE = str.maketrans("‘’“”«»‐‑–—−", '\'\'""""-----')  # sign for sign, so that places stay


class Place(NamedTuple):
    """Where a notice stands in a text, as far as its opening words reach."""

    start: int
    end: int


def places(text: str) -> Iterator[Place]:
    """The notices in `text`: one stands first, or behind the end of a sentence."""
    plain = text if text.isascii() else text.translate(_ALIKE)
    for start in (0, *(end.end() for end in _BEGINS.finditer(plain))):
        if match := _NOTICE.match(plain, start):
            yield Place(start, match.end())
