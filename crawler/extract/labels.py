"""The labels beside a headline: what kind of release ("News", "Communiqué"), and its scope ("Global").

It knows the words; whether a block stands where labels stand is judged by others.
"""

from __future__ import annotations

import re

from crawler.text import fold, words

_TYPES = frozenset(
    name.strip()
    for line in """
    news, press release, press releases, news release, media release, statement, statements, speech, speeches
    story, stories, feature story, featured story, feature, blog, blog post, opinion, op-ed, video, interview
    report, update, situation report, press note, press briefing note, press briefing notes, local news
    global news, remarks, notice
    actualité, actualités, communiqué, communiqués, communiqué de presse, nouvelles, déclaration
    déclarations
    discours, histoire, histoires, récit, rapport, entretien, tribune, vidéo
    noticias, noticia, comunicado, comunicados, comunicado de prensa, nota de prensa, declaración
    declaraciones
    discurso, discursos, historia, historias, entrevista, informe, opinión, reportaje
    notícia, notícias, comunicado de imprensa, declaração, história, histórias, relatório, nota à imprensa
    pressemitteilung, pressemitteilungen, nachrichten, meldung, aktuelles, erklärung, rede, bericht
    comunicato stampa, notizie, haber, haberler, basın bülteni
    أخبار, الأخبار, خبر, بيان صحفي, بيانات صحفية, بيان, تصريح, خطاب, كلمة, قصة, قصص, مقال, مدونة, تقرير
    """.splitlines()
    for name in line.split(",")
    if name.strip()
)
_SCOPES = words(
    "global local regional country national worldwide mondial mondiale mundial nacional pays locale régional"
    " weltweit lokal عالمي عالمية محلي محلية إقليمي إقليمية وطني"
)
_PARTS = re.compile(r"\s?[|/·•,،–—:\n]\s?|\s-\s")


def read(text: str) -> tuple[str | None, str | None] | None:
    """(type, scope) as the label `text` gives them, in its own words; None where it is no label."""
    if len(text) > 60:
        return None
    kind = scope = None
    for part in filter(None, _PARTS.split(text)):
        name = fold(part).lower()
        if name in _TYPES and kind is None:
            kind = part
        elif name in _SCOPES and scope is None:
            scope = part
        else:
            head, _, tail = part.rpartition(" ")
            if kind or scope or fold(head).lower() not in _TYPES or fold(tail).lower() not in _SCOPES:
                return None
            kind, scope = head, tail
    return (kind, scope) if kind or scope else None


def is_label(text: str) -> bool:
    """Whether `text` is such a label and no more."""
    return read(text) is not None
