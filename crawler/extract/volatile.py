"""Lines in which a site counts or tells the time: how long ago, how many views, how long to read.

They differ at each rendering and are no words of a release. It judges a line as a whole, and no place.
"""

from __future__ import annotations

import re

from crawler.text import fold

LONGEST = 60  # characters

_COUNT = (
    r"(?:\d[\d.,']*(?: \d{3})*[km]?"
    r"|an?|one|une?|una?|unas?|unos|uma?|несколько|several|quelques|about|environ)"
)
_COUNTS = rf"(?:{_COUNT} ){{0,2}}"  # "about 3 ": twice at most, since a number may be read in two ways
_LABELS = (
    r"(?:(?:last )?(?:updated?|modified)|published|posted|added|first published|page last updated"
    r"|(?:derniere )?mise? a jour|modifiee?|publiee?|ajoutee?"
    r"|(?:ultima )?actualiza(?:do|da|cion)|publicad[oa]|modificad[oa]|(?:ultima )?atualiza(?:do|da|cao)"
    r"|aktualisiert|zuletzt aktualisiert|veroffentlicht|обновлено|опубликовано|изменено"
    r"|(?:اخر )?تحديث|تم التحديث|نشر|تم النشر|更新于?|最后更新|发布于?|发表于?)"
)
_AGO = (
    rf"{_COUNTS}(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)\.? ago"
    rf"|il y a {_COUNTS}(?:sec(?:onde)?s?|min(?:ute)?s?|h(?:eures?)?|jours?|semaines?|mois|ans?)"
    r"|just now|a l'instant"
    rf"|ha(?:ce)? {_COUNTS}(?:seg(?:undo)?s?|min(?:uto)?s?|h(?:oras?)?|dias?|semanas?|mes(?:es)?|anos?)"
    rf"|vor (?:{_COUNT}|einer|einem)"
    r" (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)"
    r"|(?:\d+ )?(?:секунд|минут|час|дн|день|недел|месяц|год|лет)\w{0,3} назад|только что"
    r"|(?:قبل|منذ) (?:\d+ )?(?:ثانيه|ثوان|ثواني|دقيقه|دقيقتين|دقائق|ساعه|ساعتين|ساعات"
    r"|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر|سنه|سنتين|سنوات)|الان"
    r"|\d+ ?(?:秒|分钟|小时|天|周|个月|年)前|刚刚"
)
_COUNTED = (
    r"(?:page )?views?|reads?|shares?|comments?|likes?|visits?|downloads?"
    r"|min(?:ute)?s?(?: to)? read(?:ing)?(?: time)?"
    r"|vues?|lectures?|partages?|commentaires?|visites?|min(?:utes?)? de lecture"
    r"|vistas?|visitas?|lecturas?|compartid[oa]s?|comentarios?|min(?:utos?)? de lectura"
    r"|visualizacoes|leituras?|compartilhamentos?|просмотр\w{0,2}|комментари\w{0,2}"
    r"|مشاهده|مشاهدات|مشاركه|مشاركات|تعليق|تعليقات|قراءه|دقائق قراءه|دقيقه قراءه"
    r"|次浏览|次阅读|次分享|条评论"
)
_LABELLED = (
    r"(?:views?|shares?|comments?|vues|partages|visitas|lecturas"
    r"|просмотров|просмотры|المشاهدات|浏览次数|阅读量)"
)
_TO_READ = (
    r"(?:(?:estimated |average )?read(?:ing)? time|(?:temps|duree) de lecture|lecture"
    r"|(?:tiempo|tempo)(?: estimado)? de l(?:ectura|eitura)|lesezeit|время чтения|(?:وقت|مده|زمن) القراءه)"
    rf" ?:? ?{_COUNTS}(?:min(?:ut[eo])?n?s?\.?|мин\w{{0,3}}|دقيقه|دقيقتان|دقائق)"
)
_LINE = re.compile(
    rf"(?:{_LABELS}[:،,]? ?)?(?:{_AGO})|{_COUNTS}{_COUNT} ?(?:{_COUNTED})|{_LABELLED} ?:? ?\d[\d.,' ]*"
    rf"|{_TO_READ}"
)
_PLAIN = str.maketrans(
    "éèêàâîïôûùçáíóúãõñüöäأإآةى٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "eeeaaiiouucaiouaonuoaاااهي01234567890123456789"
)


def is_volatile(text: str) -> bool:
    """Whether `text` is such a line and no more: "Updated 3 hours ago", "1,204 views", "il y a 2 jours"."""
    if len(text) > LONGEST:
        return False
    plain = fold(text).lower()
    if not plain.isascii():
        plain = plain.translate(_PLAIN)
    return _LINE.fullmatch(plain) is not None
