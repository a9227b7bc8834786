"""Wrongly encoded text is noticed, and left as it is; no language is taken for it."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from crawler.extract import extract
from crawler.extract.cloaked import address
from crawler.extract.mojibake import notice
from tests.extract.pages import RELEASES, Release

RIGHT = [
    "A ORGANIZAÇÃO NÃO ESTÁ EM SÃO PAULO – “NÃO”, DISSE; À TARDE, ÀS 5 DA MANHÃ… AMANHÃ”",
    "“AMANHÔ, disse. “AMANHÔ. MAÇÔ e IRMÔ…",
    "Tổ chức Di cư Quốc tế (IOM) hỗ trợ người di cư ở Đà Nẵng, Âu Lạc, Ân Thi.",
    "Ångström, Århus, Ærø, Øresund: på ö är å. „Ålesund“",
    "Între timp, în România, Â și Î sunt litere. Ța„r”",
    "La température est de 12 °C, § 4, ± 2 %, « oui » ½.",
    "Міжнародна організація з міграції № 5 «Київ» — її Європа Їжак ЄС РФ.",
    "Међународна организација за миграције, Љубљана, Њујорк. СССР и РЅ.",
    "العربية: المنظمة الدولية للهجرة ٪ «نعم»",
    "国际移民组织今天宣布。国際移住機関。",
    "Naïve café, piñata, über, Ærodrome, ÄÖÜ, GRÖßE, FRANÇAIS, ÉTÉ, ÇA",
    "Türkiye’de İstanbul ŞİŞLİ’de",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_is_not_noticed(text: str) -> None:
    assert notice(text) is None


@pytest.mark.parametrize("text", [text for text in RIGHT if "Ta" not in text and "“AMANHÔ" not in text])
def test_the_same_text_decoded_wrongly_is_noticed(text: str) -> None:
    said = notice(text.encode().decode("cp1252", "replace").replace("\ufffd", ""))
    assert said is not None
    assert said.startswith("the text looks wrongly encoded (")


def test_cyrillic_read_as_windows_1251_is_noticed() -> None:
    assert notice("Международная организация по миграции".encode().decode("cp1251", "ignore")) is not None


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.lang)
def test_a_page_says_so_and_keeps_its_text(release: Release) -> None:
    wrong = [text.encode().decode("cp1252", "ignore") for text in release.paragraphs]
    markup = "".join(f"<p>{text}</p>" for text in wrong)
    page = f"<html><meta charset=utf-8><h1>A headline of its own</h1>{markup}</html>"
    found = extract(page.encode(), url="https://www.iom.int/news/x")
    assert found.article is not None
    assert [len(found.notes), found.notes[0][:15]] == [1, "the text looks "]
    right = page.replace(markup, "".join(f"<p>{text}</p>" for text in release.paragraphs))
    assert extract(right.encode(), url="https://www.iom.int/news/x").notes == ()


def cloak(plain: str, key: int) -> str:
    return bytes([key, *(byte ^ key for byte in plain.encode())]).hex()


@pytest.mark.parametrize("key", [0, 0x54, 0xFF])
def test_a_cloaked_address_is_read(key: int) -> None:
    code = cloak("mlado@iom.int", key)
    assert address({"data-cfemail": code}) == "mlado@iom.int"
    assert address({"href": f"/cdn-cgi/l/email-protection#{code}"}) == "mlado@iom.int"
    assert address({"href": f"/cdn-cgi/l/email-protection#{cloak('mlado@iom.int?subject=x', key)}"}) == (
        "mlado@iom.int"
    )


@pytest.mark.parametrize(
    "code", ["", "zz", "5", "5454", "00" * 900, cloak("no address", 3), cloak("a@\nb.cd", 3)]
)
def test_what_is_no_cloaked_address_is_none(code: str) -> None:
    assert address({"data-cfemail": code}) is None


def test_renderings_with_other_keys_are_equal() -> None:
    def page(key: int) -> bytes:
        link = (
            f'<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{cloak("mlado@iom.int", key)}">'
            "[email&#160;protected]</a>"
        )
        text = "<p>Teams gave out blankets and stoves in the five villages above the river this week.</p>" * 2
        line = f"<p>For more information, please contact Mary Lado, IOM South Sudan, Email: {link}</p>"
        return f"<main><h1>Blankets for the valley</h1>{text}{line}</main>".encode()

    first, second = (extract(page(key), url="https://www.iom.int/news/x").article for key in (7, 99))
    assert first is not None
    assert first == second
    assert first.contacts[0].emails == ("mlado@iom.int",)
