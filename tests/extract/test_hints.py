"""What the words of a short page suggest, in sentences that no list has; true ones suggest nothing."""

from __future__ import annotations

import pytest

from crawler.extract import extract
from crawler.extract.hints import suggested
from crawler.values import Notice

URL = "https://www.iom.int/news/x"


@pytest.mark.parametrize(
    "said",
    [
        "Hmm. There is nothing at this address.",
        "That link has expired",
        "We could not locate the document you asked for.",
        "Cette adresse ne mène plus nulle part.",
        "Le contenu demandé a été supprimé",
        "La dirección que escribió no existe.",
        "Este contenido ya no está",
        "هذا العنوان لم يعد يؤدي إلى أي مكان.",
        "لا شيء هنا",
        "Este endereço já não existe",
        "По этому адресу ничего нет.",
        "Diese Seite gibt es nicht mehr.",
    ],
)
def test_what_says_that_nothing_is_there(said: str) -> None:
    assert suggested(said) is Notice.ABSENT


@pytest.mark.parametrize(
    "said",
    [
        "This page is no longer open to all: log in with your staff number.",
        "The page could not be found just now. Please try again later.",
        "Saisissez votre mot de passe. Cette page n’existe que pour les membres.",
        "Vuelva más tarde: esta página no está lista.",
        "الموقع قيد الصيانة ولا توجد صفحات الآن.",
        "Страница временно удалена, загляните позже.",
    ],
)
def test_a_door_that_is_shut_for_now_is_no_absence(said: str) -> None:
    assert suggested(said) is Notice.OTHER


@pytest.mark.parametrize(
    "said",
    [
        "Sixty-one people who were aboard have not been found.",
        "Douze pêcheurs restent introuvables un an après la tempête.",
        "Veinte personas siguen sin ser encontradas.",
        "لم يعثر بعد على عشرين شخصا كانوا على متن القارب.",
        "Двадцать человек до сих пор не найдены.",
    ],
)
def test_the_missing_are_no_missing_page(said: str) -> None:
    assert suggested(said) is None


def shown(text: str, title: str = "On the attack in Marivale", more: str = "") -> bytes:
    return (
        f"<html><head><title>{title} | Agency</title></head><body><nav><a href='/'>Home</a></nav><main>"
        f"<h1>{title}</h1><div>{text}</div></main>{more}</body></html>"
    ).encode()


def test_a_statement_of_one_short_sentence_is_read_in_any_markup() -> None:
    found = extract(shown("<p>I am appalled by the attack.</p>"), url=URL)
    assert found.article is not None
    assert [passage.text for passage in found.article.body] == ["I am appalled by the attack."]
    for nothing in (
        "<p>Loading…</p>",
        "<p>Please wait while you log in.</p>",
        "<p><a href='/a'>Read it.</a></p>",
    ):
        assert extract(shown(nothing), url=URL).article is None


def test_an_apology_is_a_release_where_its_text_says_what_for() -> None:
    text = "<p>We are sorry for the harm that was done to the families of Tesso, and we say so today.</p>"
    assert extract(shown(text, "We Are Sorry"), url=URL).article is not None
    text = "<p>We are sorry that the page which you were looking for is no longer here for you to read.</p>"
    assert extract(shown(text, "We Are Sorry"), url=URL).article is None


def test_a_field_for_a_password_in_the_text_is_a_door_but_not_in_the_header() -> None:
    form = "<form><input type=password></form>"
    text = "<p>What follows is kept for the staff of the mission in Marivale and its partners.</p>"
    assert extract(shown(text + form), url=URL).hint is Notice.OTHER
    assert extract(shown(text, more=f"<footer>{form}</footer>"), url=URL).hint is None
