"""Headlines that are nothing but a notice: an error, a log-in form, a closed door, works on the site.

A headline is one of them as a whole or not at all; how long or how dated the page is, is judged elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 80  # characters
_STATUS = re.compile(r"(?:http |error )?[45]\d\d", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")

# One a line; case, accents, digits and marks make no difference.
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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join([sign for sign in decomposed if not unicodedata.combining(sign)])
    return " ".join(_LETTERS.findall(letters))


_KEYS = frozenset(map(_key, _NOTICES.split("\n"))) - {""}


def is_notice(text: str) -> bool:
    """Whether a headline, or a sentence, says nothing but that there is nothing to read here."""
    if len(text) > _LONGEST:
        return False
    return _key(text) in _KEYS or _STATUS.fullmatch(text.strip()) is not None
