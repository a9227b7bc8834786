"""Lines that a site counts or tells the time by are no words of a release; lines that resemble them are."""

from __future__ import annotations

import pytest

from crawler.extract import extract
from crawler.extract.volatile import is_volatile


@pytest.mark.parametrize(
    "line",
    [
        *("3 hours ago", "Updated 3 hours ago", "Last updated: 5 min ago", "just now", "an hour ago"),
        *("12,345 views", "5 min read", "Views: 1,204", "2.4k shares", "about 12 000 views"),
        *("Mis à jour il y a 4 heures", "il y a 2 jours", "1 204 vues", "3 min de lecture"),
        *("Actualizado hace 3 horas", "hace un día", "128 visitas", "обновлено 3 часа назад", "5 просмотров"),
        *("Reading time: 3 minutes", "Temps de lecture : 3 min", "Tiempo de lectura: 3 minutos"),
        *("Tempo de leitura: 1 minuto", "وقت القراءة: 3 دقائق", "Estimated reading time 4 mins"),
        *("آخر تحديث: قبل ٣ ساعات", "منذ يومين", "1,204 مشاهدة", "3小时前", "更新于5分钟前"),
    ],
)
def test_a_count_or_a_clock(line: str) -> None:
    assert is_volatile(line)


@pytest.mark.parametrize(
    "line",
    [
        *("Peace was signed 10 years ago", "Three years ago, the river rose", "12,345 people"),
        *("12,345 views on peace", "Il y a dix ans, la paix", "Hace tres años la guerra llegó"),
        *("Updated figures", "قبل الحرب", "5 readers said so", "Reading time: a poem"),
    ],
)
def test_words_of_a_release(line: str) -> None:
    assert not is_volatile(line)


def test_a_line_of_numbers_is_told_at_once() -> None:
    assert not is_volatile("1 " * 29)  # split in every way, this would take minutes
    assert not is_volatile("ha " + "111 " * 14)


def page(under: str) -> bytes:
    text = "".join(
        f"<p>Paragraph {n}: the teams on the ground have begun to work with the families concerned.</p>"
        for n in range(4)
    )
    article = f"<article><h1>The Bridge Reopens</h1>{under}{text}</article>"
    return f"<html><body><main>{article}</main></body></html>".encode()


@pytest.mark.parametrize("tag", ["p", "div", "span", "small"])
def test_such_a_line_under_the_headline_is_no_subtitle(tag: str) -> None:
    plain = extract(page(""), url="https://example.org/news/x").article
    noisy = extract(page(f"<{tag}>Updated 3 hours ago</{tag}>"), url="https://example.org/news/x").article
    assert plain is not None
    assert noisy == plain
