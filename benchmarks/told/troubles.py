"""What stands where a release should and is none: outages, challenges, walls, absences; in six languages.

The wordings are other ones than the product's phrase lists have. It plays nothing (`rounds` does).
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.told.pages import framed, token
from crawler.demo import Answer, html_answer

LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru")

# By what is said, in the order of LANGUAGES: headline, then sentences.
_SAID: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "absent": (
        ("We looked everywhere", "There is nothing at this address any more.", "Try the search instead."),
        ("Rien par ici", "Cette adresse ne mène plus nulle part.", "Essayez plutôt la recherche."),
        ("Aquí no hay nada", "Esta dirección ya no lleva a ninguna parte.", "Pruebe con el buscador."),
        ("لا شيء هنا", "هذا العنوان لم يعد يؤدي إلى أي مكان.", "جرب البحث بدلا من ذلك."),
        ("Nada por aqui", "Este endereço já não leva a lugar nenhum.", "Experimente a pesquisa."),
        ("Здесь пусто", "Этот адрес больше никуда не ведёт.", "Попробуйте воспользоваться поиском."),
    ),
    "login": (
        (
            "Members’ area",
            "Enter your staff number and your password to read on.",
            "Forgotten your password?",
        ),
        ("Espace réservé", "Saisissez votre matricule et votre mot de passe pour lire la suite.", "Oublié ?"),
        (
            "Zona reservada",
            "Introduzca su número y su contraseña para seguir leyendo.",
            "¿Olvidó la contraseña?",
        ),
        ("منطقة الأعضاء", "أدخل رقمك وكلمة المرور لمتابعة القراءة.", "هل نسيت كلمة المرور؟"),
        (
            "Área reservada",
            "Introduza o seu número e a sua palavra-passe para continuar.",
            "Esqueceu-se dela?",
        ),
        ("Служебный раздел", "Введите табельный номер и пароль, чтобы читать дальше.", "Забыли пароль?"),
    ),
    "consent": (
        (
            "Your privacy matters to us",
            "We and our 412 partners store information on your device and read it there.",
            "Choose Accept all or Manage options; you can come back to this choice whenever you like.",
        ),
        (
            "Votre vie privée compte",
            "Nos 412 partenaires et nous-mêmes conservons des informations sur votre appareil.",
            "Choisissez Tout accepter ou Gérer les options ; vous pourrez y revenir quand vous voudrez.",
        ),
        (
            "Su privacidad nos importa",
            "Nosotros y nuestros 412 socios guardamos información en su dispositivo.",
            "Elija Aceptar todo o Gestionar opciones; podrá volver a esta elección cuando quiera.",
        ),
        (
            "خصوصيتك تهمنا",
            "نقوم نحن وشركاؤنا البالغ عددهم 412 بتخزين معلومات على جهازك وقراءتها.",
            "اختر قبول الكل أو إدارة الخيارات، ويمكنك العودة إلى هذا الاختيار متى شئت.",
        ),
        (
            "A sua privacidade importa",
            "Nós e os nossos 412 parceiros guardamos informação no seu dispositivo.",
            "Escolha Aceitar tudo ou Gerir opções; pode voltar a esta escolha quando quiser.",
        ),
        (
            "Ваша приватность важна",
            "Мы и 412 наших партнёров храним сведения на вашем устройстве.",
            "Выберите «Принять всё» или «Настроить»; к этому выбору можно вернуться в любое время.",
        ),
    ),
    "maintenance": (
        (
            "Back after a short break",
            "We are moving to new machines tonight.",
            "Please look in again tomorrow.",
        ),
        ("De retour sous peu", "Nous déménageons cette nuit sur de nouvelles machines.", "Revenez demain."),
        ("Volvemos enseguida", "Esta noche nos mudamos a máquinas nuevas.", "Vuelva a mirar mañana."),
        ("سنعود بعد قليل", "ننتقل هذه الليلة إلى خوادم جديدة.", "يرجى المحاولة غدا."),
        ("Voltamos já", "Esta noite mudamos para máquinas novas.", "Volte amanhã, por favor."),
        ("Скоро вернёмся", "Сегодня ночью мы переезжаем на новые серверы.", "Загляните завтра."),
    ),
    "challenge": (
        (
            "Hold on",
            "We are making sure that your connection is a safe one.",
            "You will be taken on by itself.",
        ),
        ("Patientez", "Nous vérifions que votre connexion est sûre.", "La suite s’affichera d’elle-même."),
        ("Espere", "Comprobamos que su conexión es segura.", "Continuará por sí solo."),
        ("مهلا", "نتأكد من أن اتصالك آمن.", "سيتم نقلك تلقائيا."),
        ("Aguarde", "Verificamos se a sua ligação é segura.", "Seguirá sozinho."),
        ("Минутку", "Мы проверяем, безопасно ли ваше соединение.", "Переход произойдёт сам."),
    ),
    "error": (
        ("That did not work", "A part of our system gave up while it made this page.", "We have been told."),
        ("Cela n’a pas marché", "Une pièce de notre système a lâché en préparant cette page.", "Prévenus."),
        ("Eso no funcionó", "Una pieza de nuestro sistema falló al preparar esta página.", "Ya lo sabemos."),
        ("لم ينجح ذلك", "تعطل جزء من نظامنا أثناء إعداد هذه الصفحة.", "تم إبلاغنا بذلك."),
        ("Não resultou", "Uma peça do nosso sistema falhou ao preparar esta página.", "Já fomos avisados."),
        ("Не получилось", "Часть нашей системы отказала при подготовке этой страницы.", "Нам уже сообщили."),
    ),
    "queue": (
        ("You are in line", "Many readers are here today. Your number is {}.", "Keep this window open."),
        (
            "Vous êtes dans la file",
            "Les lecteurs sont nombreux. Votre numéro : {}.",
            "Gardez la fenêtre ouverte.",
        ),
        ("Está en la cola", "Hoy hay muchos lectores. Su número es {}.", "Deje abierta esta ventana."),
        ("أنت في قائمة الانتظار", "القراء كثيرون اليوم. رقمك هو {}.", "أبق هذه النافذة مفتوحة."),
        ("Está na fila", "Hoje há muitos leitores. O seu número é {}.", "Mantenha esta janela aberta."),
        ("Вы в очереди", "Сегодня много читателей. Ваш номер {}.", "Не закрывайте это окно."),
    ),
    "region": (
        ("Not in your region", "This service cannot be used from where you are.", "Reference {}."),
        ("Hors de votre région", "Ce service ne peut être utilisé de là où vous êtes.", "Référence {}."),
        ("Fuera de su región", "Este servicio no se puede usar desde donde está.", "Referencia {}."),
        ("ليس في منطقتك", "لا يمكن استخدام هذه الخدمة من مكان وجودك.", "المرجع {}."),
        ("Fora da sua região", "Este serviço não pode ser usado de onde está.", "Referência {}."),
        ("Не в вашем регионе", "Этой службой нельзя пользоваться там, где вы находитесь.", "Код {}."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the trouble is met."""

    language: str  # of the words
    path: str  # of the release
    page: str  # the release's page as it was
    other: str  # a page of another release of the site
    design: str
    chance: random.Random


Trouble = Callable[[Place], Answer]


def _said(what: str, place: Place) -> tuple[str, str]:
    title, *sentences = _SAID[what][LANGUAGES.index(place.language)]
    number = place.chance.randint(1_000, 999_999)
    return title, "".join(f"<p>{html.escape(sentence.format(number))}</p>" for sentence in sentences)


def _bare(what: str, place: Place, *, more: str = "", **sent: object) -> Answer:
    """A page of its own, outside of the site's frame."""
    title, text = _said(what, place)
    page = (
        f'<!DOCTYPE html><html lang="{place.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>"
        f'<div class="box"><h1>{title}</h1>{text}{more}</div></body></html>'
    )
    return html_answer(page, **sent)  # type: ignore[arg-type]  # status and headers by name


def _framed(what: str, place: Place, **sent: object) -> Answer:
    """The same inside the site's own frame."""
    title, text = _said(what, place)
    language = "en" if f'lang="{place.language}"' not in place.page else place.language
    lang = next((code for code in LANGUAGES if f'<html lang="{code}"' in place.page), language)
    page = framed(
        f'<div class="region"><h1>{title}</h1><div>{text}</div></div>',
        language=lang,
        design=place.design,
        chance=place.chance,
        title=title,
    )
    return html_answer(page, **sent)  # type: ignore[arg-type]


def bare(what: str, status: int = 200, **headers: str) -> Trouble:
    return lambda place: _bare(what, place, status=status, **headers)


def inside(what: str, status: int = 200, **headers: str) -> Trouble:
    return lambda place: _framed(what, place, status=status, **headers)


def redirect(to: str, status: int = 302) -> Trouble:
    return lambda place: Answer(status=status, headers={"location": to.format(path=place.path)})


def raw(body: str, kind: str = "text/html; charset=utf-8", status: int = 200) -> Trouble:
    return lambda _place: Answer(status=status, headers={"content-type": kind}, body=body.encode())


def scripted(mark: str) -> Trouble:
    return lambda place: _bare("challenge", place, more=f"<script>{mark}={token(place.chance)!r}</script>")


def half(place: Place) -> Answer:
    """Cut in the middle of the text, its length right."""
    body = place.page.encode()
    return Answer(headers={"content-type": "text/html; charset=utf-8"}, body=body[: int(len(body) * 0.6)])


def cut(place: Place) -> Answer:
    """Cut on the way: less than the length that was said."""
    body = place.page.encode()
    headers = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
    return Answer(headers=headers, body=body[: len(body) // 2])


def other_language(place: Place) -> Answer:
    """The edition of another language, by negotiation."""
    return html_answer(place.other, vary="Accept-Language", content_language="en")


BLOCKED: dict[str, Trouble] = {
    "503 with Retry-After": bare("maintenance", 503, retry_after="3600"),
    "503 in the frame": inside("error", 503),
    "500": bare("error", 500),
    "502 of a proxy": raw("<html><title>502 Bad Gateway</title><center>nginx</center></html>", status=502),
    "429": bare("challenge", 429, retry_after="3600"),
    "403": bare("region", 403),
    "451": bare("region", 451),
    "401": bare("login", 401, www_authenticate='Basic realm="x"'),
    "challenge said by cf-mitigated": bare("challenge", 200, cf_mitigated="challenge"),
    "challenge said by x-amzn-waf-action": bare("challenge", 202, x_amzn_waf_action="challenge"),
    "challenge with status 202": bare("challenge", 202),
    "challenge by a known script": scripted("window._cf_chl_opt"),
    "challenge by an unknown script": scripted("window.qz"),
    "challenge unsaid, no script": bare("challenge"),
    "maintenance outside of the frame": bare("maintenance"),
    "maintenance in the frame": inside("maintenance"),
    "log-in outside of the frame": bare("login"),
    "log-in in the frame": inside("login"),
    "redirect to a log-in page": redirect("/login?destination={path}"),
    "consent wall outside of the frame": bare("consent"),
    "consent wall in the frame": inside("consent"),
    "redirect to a consent wall": redirect("/consent?back={path}"),
    "queue, a number on each page": bare("queue"),
    "queue in the frame, a number on each page": inside("queue"),
    "error in the frame, status 200": inside("error"),
    "not in your region, in the frame": inside("region"),
    "not in your region": bare("region"),
    "empty body": raw(""),
    "white space": raw(" \n \n"),
    "shell of a script": raw(
        "<!doctype html><html><body><div id=app></div><script>go()</script></body></html>"
    ),
    "JSON of an error": raw('{"error": "upstream timed out", "code": 17}', "application/json"),
    "XML of an error": raw(
        "<Error><Code>AccessDenied</Code><Message>no</Message></Error>", "application/xml"
    ),
    "half a page, its length right": half,
    "cut on the way": cut,
    "wrong language served": other_language,
    "redirect to another site": redirect("https://sso.example.org/auth?to={path}"),
    "redirect loop": redirect("{path}"),
}
ABSENT: dict[str, Trouble] = {
    "404": bare("absent", 404),
    "410": bare("absent", 410),
    "404 in the frame": inside("absent", 404),
    "redirect to the home page": redirect("/"),
    "redirect for good to the home page": redirect("/", 301),
    "soft 404 in the frame": inside("absent"),
    "redirect to a soft 404": redirect("/lost?from={path}"),
}
