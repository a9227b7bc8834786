"""Headlines that are nothing but a notice: an error, a log-in form, a closed door, works on the site.

A headline is one of them as a whole or not at all; how long or how dated the page is, is judged elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crawler.values import Notice

_LONGEST = 80  # characters
_STATUS = re.compile(r"(?:http |error )?[45]\d\d", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"\s[-–—|·»:]\s|[|:–—·»]")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}", re.IGNORECASE)
_SITES = frozenset(["iom", "oim", "un migration", "cloudflare", "international organization for migration"])

# One a line; case, accents, digits and marks make no difference.
_CHALLENGES = """
just a moment
just a moment please
one moment please
attention required
attention required cloudflare
checking your browser
checking if the site connection is secure
access denied
forbidden
access forbidden
verify you are human
verifying you are human
are you human
are you a human
are you a robot
are you human or a robot
pardon our interruption
request unsuccessful
request rejected
security check
security check required
security verification
please wait
please wait a moment
ddos protection by cloudflare
un instant
un instant s'il vous plaît
un momento
un momento por favor
um momento
accès refusé
acceso denegado
accès interdit
"""
_ABSENCES = """
not found
page not found
error page not found
content not found
site not found
file not found
page introuvable
page non trouvée
contenu introuvable
página no encontrada
la página no existe
página no existe
no encontrado
página não encontrada
seite nicht gefunden
pagina non trovata
страница не найдена
الصفحة غير موجودة
لم يتم العثور على الصفحة
"""
_WORKS = """
temporarily unavailable
site temporarily unavailable
service unavailable
service temporarily unavailable
be back soon
be right back
we'll be right back
we will be right back
under construction
site under construction
page under construction
this page is under construction
this site is under construction
mantenimiento
sitio web en mantenimiento
manutenção
wartung
wartungsmodus
صيانة
"""
_NOTICES = """
error
http error
server error
error page
application error
database error
fatal error
system error
an error occurred
an error has occurred
an unexpected error occurred
an unexpected error has occurred
unexpected error
the website encountered an unexpected error
the website encountered an unexpected error please try again later
internal server error
bad gateway
bad request
gateway timeout
gateway time-out
too many requests
service unavailable
unauthorized
unauthorised
authorization required
authentication required
oops
oops something went wrong
oops an error occurred
whoops
whoops something went wrong
something went wrong
sorry something went wrong
sorry
we're sorry
we are sorry
page not available
page unavailable
this page is not available
this page isn't available
content not available
content unavailable
this content is not available
the page you requested cannot be found
the page you requested could not be found
the requested page could not be found
sorry the page you requested cannot be found
we are sorry the page you requested cannot be found
page removed
page has moved
log in
login
log on
sign in
sign-in
user login
user log in
user account
sign in to continue
log in to continue
please log in
please sign in
sign in to your account
log in to your account
access denied
access restricted
access forbidden
restricted access
you are not authorized to access this page
you are not authorised to access this page
permission denied
session expired
your session has expired
one more step
before you continue
before you continue to the site
verification required
human verification
request rejected
the requested url was rejected
checking your connection
redirecting
loading
please wait
we are down for maintenance
we'll be back soon
we will be back soon
coming soon
site offline
site off-line
website offline
site under construction
under construction
erreur
erreur serveur
erreur interne
erreur interne du serveur
erreur inattendue
une erreur est survenue
une erreur s'est produite
une erreur inattendue s'est produite
le site a rencontré une erreur inattendue
oups
oups une erreur est survenue
désolé
page non disponible
page indisponible
cette page n'est pas disponible
cette page n'existe pas
la page n'existe pas
page inexistante
page introuvable
contenu non disponible
contenu indisponible
accès restreint
accès refusé
accès interdit
accès non autorisé
connexion
se connecter
connectez-vous
connectez-vous pour continuer
connexion requise
identification
authentification requise
session expirée
service indisponible
service temporairement indisponible
site indisponible
site temporairement indisponible
site en maintenance
site en construction
maintenance en cours
en maintenance
vérification en cours
vérification de votre navigateur
error inesperado
error del servidor
error interno del servidor
error de servidor
se ha producido un error
ha ocurrido un error
ocurrió un error
el sitio web encontró un error inesperado
lo sentimos
vaya
ups
página no disponible
esta página no está disponible
esta página no existe
contenido no disponible
acceso restringido
acceso denegado
acceso prohibido
acceso no autorizado
iniciar sesión
inicie sesión
inicia sesión
inicie sesión para continuar
inicia sesión para continuar
inicio de sesión
sesión expirada
servicio no disponible
servicio temporalmente no disponible
sitio no disponible
sitio en mantenimiento
sitio en construcción
en mantenimiento
estamos en mantenimiento
estamos mejorando el sitio
estamos mejorando nuestro sitio
comprobando su navegador
comprobando tu navegador
verificando su navegador
erro
erro inesperado
erro interno do servidor
ocorreu um erro
página não disponível
página indisponível
conteúdo indisponível
acesso restrito
acesso negado
iniciar sessão
entrar
fazer login
sessão expirada
serviço indisponível
site em manutenção
em manutenção
fehler
ein fehler ist aufgetreten
unerwarteter fehler
seite nicht verfügbar
zugriff verweigert
anmelden
anmeldung
wartungsarbeiten
errore
si è verificato un errore
pagina non disponibile
accesso negato
accedi
sito in manutenzione
ошибка
ошибка сервера
внутренняя ошибка сервера
произошла ошибка
непредвиденная ошибка
страница не найдена
страница недоступна
страница не существует
доступ запрещен
доступ ограничен
вход
войти
авторизация
войдите чтобы продолжить
ведутся технические работы
технические работы
на сайте ведутся технические работы
технические работы на сайте
сайт временно недоступен
сайт недоступен
сайт на обслуживании
сайт на техническом обслуживании
сайт находится на обслуживании
خطأ
خطأ في الخادم
خطأ غير متوقع
حدث خطأ
حدث خطأ ما
حدث خطأ غير متوقع
عذرا
عذرا حدث خطأ
عفوا
الصفحة غير متاحة
الصفحة غير متوفرة
هذه الصفحة غير متاحة
هذه الصفحة غير متوفرة
الصفحة غير موجودة
المحتوى غير متاح
تم رفض الوصول
الوصول مرفوض
الوصول مقيد
الدخول ممنوع
غير مصرح لك بالوصول إلى هذه الصفحة
تسجيل الدخول
سجل الدخول
سجل الدخول للمتابعة
يرجى تسجيل الدخول
انتهت الجلسة
الخدمة غير متاحة
الخدمة غير متوفرة
الموقع غير متاح
الموقع غير متاح حاليا
الموقع قيد الصيانة
الموقع تحت الصيانة
الموقع قيد الصيانة حاليا
الموقع قيد الإنشاء
الموقع متوقف للصيانة
أعمال صيانة
"""


def _key(text: str) -> str:
    """The letters of `text`, word by word, without case, accents and vowel signs."""
    letters = text.casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join([sign for sign in decomposed if not unicodedata.combining(sign)])
    return " ".join(_LETTERS.findall(letters))


def _keys(table: str) -> frozenset[str]:
    return frozenset(map(_key, table.split("\n"))) - {""}


# Turns of phrase with many forms, on keys of at most `_LONGEST` characters.
_KINDS = (
    (
        Notice.CHALLENGE,
        _keys(_CHALLENGES),
        re.compile(
            r"(?:checking your browser before|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not)\b).*"
            r"|(?:please )?(?:confirm|prove) (?:that )?you are (?:a )?(?:human|not a robot)"
        ),
    ),
    (
        Notice.ABSENT,
        _keys(_ABSENCES),
        re.compile(
            r"(?:(?:oops|sorry|we are sorry|error) )?(?:the |this |that |your )?(?:requested )?(?:web ?)?"
            r"(?:page|content|site|resource|url|document)"
            r"(?: (?:that )?you (?:have )?(?:requested|(?:re |are |were )looking for))?"
            r" (?:was |is |could |can)?(?: ?not |n t | t )?(?:be )?"
            r"(?:found|doesn t exist|does not exist|no longer exists|no longer available)"
        ),
    ),
    (
        Notice.MAINTENANCE,
        _keys(_WORKS),
        re.compile(
            r"(?:(?:sorry|oops) )?(?:(?:the|this|our|we) )?(?:(?:web ?site|site|page|service|server) )?"
            r"(?:(?:is|are) )?(?:(?:currently|temporarily) )?(?:(?:down|offline|unavailable|closed) )?"
            r"(?:(?:for|under|undergoing|in|due to) )?(?:(?:scheduled|planned|routine|site|website) )?"
            r"maintenance(?: mode| in progress| page| notice)?"
        ),
    ),
    (Notice.OTHER, _keys(_NOTICES), re.compile(r"(?!)")),
)


@lru_cache(maxsize=1_024)  # a page says its headline several times, and its site's name
def _kind(text: str) -> Notice | None:
    key = _key(text)
    if _STATUS.fullmatch(text.strip()):
        return Notice.ABSENT if "404" in text or "410" in text else Notice.OTHER
    return next((kind for kind, keys, form in _KINDS if key in keys or form.fullmatch(key)), None)


# Apologies head releases as well as notices: the text tells which.
_APOLOGIES = _keys("""
sorry
we're sorry
we are sorry
désolé
nous sommes désolés
lo sentimos
عذرا
عفوا
""")


def is_apology(text: str, site: str = "") -> bool:
    """Whether a headline, less the `site`'s name, says that somebody is sorry, and no more."""
    pieces = _own_pieces(text, site)
    return bool(pieces) and all(_key(piece) in _APOLOGIES for piece in pieces)


def _own_pieces(text: str, site: str) -> list[str]:
    return [piece for piece in _PIECES.split(text) if piece.strip() and not _is_site(piece, site)]


def _is_site(text: str, site: str) -> bool:
    key = _key(text)
    return key in _SITES or key == _key(site) or _HOST.fullmatch(text.strip()) is not None


def notice(text: str, site: str = "") -> Notice | None:
    """What kind of notice a headline, or a sentence, is as a whole, less the `site`'s name; else None."""
    if not 0 < len(text) <= _LONGEST:
        return None
    if (kind := _kind(text)) is not None:
        return kind
    kinds = [_kind(piece) for piece in _own_pieces(text, site)]
    return next(iter(kinds), None) if None not in kinds else None
