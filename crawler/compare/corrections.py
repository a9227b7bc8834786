"""Finds a page's own notice that it was corrected, as written, in en, fr, es, pt, ar and more.

It does not say what was corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.text import fold
from crawler.values import Article

_LONGEST = 400  # characters of a notice that are shown

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
_SENTENCES = (
    rf"th(?:is|ese|e) (?:[\w-]+ ){{0,2}}(?:{_EN}) (?:[\w-]+ )?"
    r"(?:has been|have been|was|were|is|are) (?:since |later )?(?:corrected|amended|updated|revised)"
    r"|an? (?:earlier|previous|prior) version of (?:this|the)"
    r"|(?:corrected|amended|updated|revised|last updated) on"
    r"|an? (?:correction|clarification) (?:was|has been)"
    r"|une version (?:précédente|antérieure) d"
    rf"|(?:cet?|cette|les?|la) (?:[\w-]+ ){{0,2}}(?:{_FR}) (?:[\w-]+ )?"
    r"(?:a|ont) été (?:corrigée?|rectifiée?|mise? à jour)"
    r"|(?:mise? à jour|corrigée?|rectifiée?|actualisée?) (?:du|le|au)"
    r"|una versión anterior de"
    rf"|(?:est[ea]s?|el|las?) (?:[\w-]+ ){{0,2}}(?:{_ES}) (?:[\w-]+ )?(?:ha sido|han sido|fue|fueron)"
    r" (?:corregid|actualizad|rectificad)[oa]"
    r"|(?:actualizad|corregid|rectificad)[oa] (?:el|al)|actualización (?:del|al)"
    r"|uma versão anterior d|(?:atualizad|corrigid)[oa] em"
    r"|(?:تم|جرى) (?:تصحيح|تحديث|تعديل) (?:هذا|هذه)|نسخة سابقة من هذ"
)
_BEGINS = re.compile(r"[.!?؟…)\]:] ")  # a notice stands behind one of these, or first
_OPENS = r"[\s*(\[\"'#-]{0,4}"
_LABEL = rf"(?:{_LABELS})(?!\w)(?=\s*(?:[:(\[\])*.،,-]|\d|$))"
_NOTICE = re.compile(rf"{_OPENS}(?:{_LABEL}|(?:{_SENTENCES}))", re.IGNORECASE)
_ALIKE = str.maketrans("‘’“”«»‐‑–—−", '\'\'""""-----')  # sign for sign, so that places stay


def notice(before: Article, after: Article, folded: Callable[[str], str] = fold) -> str | None:
    """The first notice of `after`, as written, that `before` does not have."""
    known = dict.fromkeys(map(folded, lines(before)))
    texts = lines(after)
    for at, text in enumerate(texts):
        if folded(text) in known:
            continue
        plain = text if text.isascii() else text.translate(_ALIKE)
        for start in (0, *(end.end() for end in _BEGINS.finditer(plain))):
            match = _NOTICE.match(plain, start)
            if match is None:
                continue
            said = text[start:].strip()
            if match.end() == len(text) and at + 1 < len(texts):  # a label on a line of its own
                said = f"{said} {texts[at + 1]}"
            if not any(fold(said) in line for line in known):
                return said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"
    return None


def lines(article: Article) -> list[str]:
    """All that a page tells, passage by passage."""
    body = (passage.text for passage in article.body)
    return [article.title, article.subtitle or "", *body, *article.contact_text]
