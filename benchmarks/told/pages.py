"""Draws a release as a page of a site, in one of six designs; what surrounds it differs at each rendering.

It holds no release (`texts` does) and serves nothing.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Mapping

from benchmarks.told.texts import Text

_MENUS: Mapping[str, str] = {
    "en": "Who we are|Our Work|Where we work|Take Action|Data and Research|2030 Agenda|Newsroom|Careers",
    "fr": "Qui sommes nous|Notre travail|Où travaillons-nous|Agir|Données et recherche|2030 AGENDA|Presse",
    "es": "Quiénes somos|Nuestro trabajo|Dónde operamos|Actúa|Datos e investigación|2030 AGENDA|Prensa",
    "ar": "من نحن|عملنا|أين نعمل؟|شارك بعمل شيء|البيانات والمصادر|2030 Agenda|غرفة الأخبار",
    "pt": "Quem somos|Nosso trabalho|Onde atuamos|Contribua|Dados e Informações|2030 Agenda|Imprensa",
    "ru": "Кто мы|Наша работа|Где мы работаем|Участвуйте|Данные и исследования|Повестка 2030|Пресс-центр",
}
_FOOT: Mapping[str, str] = {
    "en": "Privacy notice|Terms of use|Transparency portal|Contact us|All rights reserved",
    "fr": "Confidentialité|Conditions d’utilisation|Transparence|Nous contacter|Tous droits réservés",
    "es": "Aviso de privacidad|Condiciones de uso|Transparencia|Contáctenos|Todos los derechos reservados",
    "ar": "إشعار الخصوصية|شروط الاستخدام|بوابة الشفافية|اتصل بنا|جميع الحقوق محفوظة للمنظمة",
    "pt": "Aviso de privacidade|Termos de uso|Transparência|Fale conosco|Todos os direitos reservados",
    "ru": "Конфиденциальность|Условия использования|Прозрачность|Связаться с нами|Все права защищены",
}
_RELATED: Mapping[str, str] = {
    "en": "Related news|New Well for {} Homes|Teachers Return to {} Schools|Fair Draws {} Visitors",
    "fr": "À lire aussi|Un puits pour {} foyers|Des maîtres dans {} écoles|La foire attire {} curieux",
    "es": "Noticias relacionadas|Un pozo para {} hogares|Maestros para {} escuelas|La feria atrae a {}",
    "ar": "أخبار ذات صلة|بئر جديدة لصالح {} أسرة|المعلمون يعودون إلى {} مدرسة|معرض الحصاد يستقبل {} زائر",
    "pt": "Notícias relacionadas|Um poço para {} famílias|Mestres em {} escolas|A feira atrai {} pessoas",
    "ru": "Читайте также|Колодец для {} семей|Учителя для {} школ|Ярмарка собрала {} гостей",
}
DESIGNS = ("current", "seven", "plain", "columns", "blocks", "article")
_LINK = re.compile(r'(<a href="[^"]*">|</a>)')


def token(chance: random.Random, length: int = 12) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))


def words(text: str) -> str:
    """Text as HTML, its links kept."""
    pieces = _LINK.split(text)
    return "".join(piece if _LINK.fullmatch(piece) else html.escape(piece, quote=False) for piece in pieces)


def body(text: Text) -> str:
    """The release's own HTML, as its editor wrote it."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in text.table
    )
    paragraphs = [f"<p>{words(paragraph)}</p>" for paragraph in text.paragraphs]
    document = f'<p><a href="{text.document}">PDF</a></p>' if text.document else ""
    table = f"<table><tbody>{rows}</tbody></table>" if rows else ""
    contact = f"<p>***</p><p>{words(text.contact)}</p>" if text.contact else ""
    return "\n".join([*paragraphs, table, document, contact])


def page(text: Text, design: str, chance: random.Random, *, base: str = "", head: str = "") -> str:
    """The release's page. Head and chrome are the design's; tokens, counts and teasers are drawn."""
    title = html.escape(text.headline)
    if text.published:
        head += f'<meta property="article:published_time" content="{text.published}T09:00:00Z">'
    inner = _inner(text, design, chance, title)
    return framed(
        inner, language=text.language, design=design, chance=chance, title=title, head=head, base=base
    )


def _inner(text: Text, design: str, chance: random.Random, title: str) -> str:
    written = body(text)
    if design == "current":
        return (
            f'<article class="node node--type-press-release"><div class="content-header">'
            f'<h1 class="page-title"><span>{title}</span></h1></div>'
            f'<div class="narrow-content"><div class="clearfix text-formatted '
            f'field field--type-text-with-summary">{written}</div></div></article>'
        )
    if design == "seven":
        return (
            f'<h1 id="page-title" class="title">{title}</h1><div id="block-system-main"><div class="field '
            f'field-name-body">{written}</div></div>'
        )
    if design == "plain":
        return f"<div><h1>{title}</h1><div><div>{written}</div></div></div>"
    if design == "columns":
        return (
            f'<div class="row"><div class="col-md-8"><div class="heading"><h1>{title}</h1></div>'
            f'<div class="copy">{written}</div></div><div class="col-md-4">{_related(text.language, chance)}'
            "</div></div>"
        )
    if design == "blocks":
        return f'<section class="hero"><h1>{title}</h1></section><section class="prose">{written}</section>'
    return f'<article><header><h1>{title}</h1></header><div class="entry">{written}</div></article>'


def _related(language: str, chance: random.Random) -> str:
    label, *teasers = _RELATED[language].split("|")
    cards = "".join(
        f'<li><a href="/news/{token(chance)}">{teaser.format(chance.randint(3, 999))}</a></li>'
        for teaser in chance.sample(teasers, 3)
    )
    return f'<aside class="related view-dom-id-{token(chance, 20)}"><h2>{label}</h2><ul>{cards}</ul></aside>'


def framed(
    inner: str,
    *,
    language: str,
    design: str,
    chance: random.Random,
    title: str,
    head: str = "",
    base: str = "",
) -> str:
    """Any content in the site's frame."""
    entries = [
        f'<li><a href="{base}/{index}">{label}</a></li>'
        for index, label in enumerate(_MENUS[language].split("|"))
    ]
    if design in ("columns", "blocks"):
        entries.reverse()
    tag, name = ("nav", "menu") if design in ("current", "plain", "article") else ("div", "navbar menu")
    foot = " ".join(f'<a href="/foot/{n}">{label}</a>' for n, label in enumerate(_FOOT[language].split("|")))
    direction = ' dir="rtl"' if language == "ar" else ""
    settings = json.dumps({"hash": token(chance), "user": {"uid": 0, "permissionsHash": token(chance, 40)}})
    related = "" if design == "columns" else _related(language, chance)
    return (
        f'<!DOCTYPE html><html lang="{language}"{direction}><head><meta charset="utf-8">'
        f"<title>{title} | International Organization for Migration</title>{head}"
        f'<link rel="stylesheet" href="/css/{design}/css_{token(chance, 30)}.css">'
        f'<script type="application/json" data-drupal-selector="drupal-settings-json">'
        f"{settings}</script></head>"
        f'<body class="{design}"><header class="site-header">'
        f'<{tag} class="{name}"><ul>{"".join(entries)}</ul>'
        f'</{tag}><form action="/search">'
        f'<input type="hidden" name="form_build_id" value="form-{token(chance)}">'
        f'</form></header><main class="{design}-main">{inner}</main>{related}'
        f'<footer class="site-footer"><p>{foot}</p></footer></body></html>'
    )
