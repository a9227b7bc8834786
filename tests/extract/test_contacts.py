"""The contact block: where it begins and ends, and who is in it."""

from __future__ import annotations

import pytest

from crawler.extract import contacts
from crawler.values import Contact

PROSE = (
    "The teams reached the town on Monday and found that most of the houses near the river had been damaged."
)


@pytest.mark.parametrize(
    "line",
    [
        "For more information, please contact Jane Doe, IOM Kenya, Tel: +254 20 422 1000, Email: "
        "jdoe@iom.int",
        "For further information please contact IOM Iraq, Email:",
        "Pour plus d’informations, veuillez contacter Awa Diallo, Tél. +227 20 75 20 20",
        "Para más información, se ruega ponerse en contacto con Juana Ríos, Correo electrónico: "
        "jrios@iom.int",
        "Para mais informações, contate a OIM Brasil, E-mail: imprensa@iom.int",
        "للمزيد من المعلومات، يرجى الاتصال بـ سارة حسن، هاتف: +964 771 234 5678",
        "Weitere Informationen: Eva Lang, IOM Deutschland, E-Mail: elang@iom.int",
    ],
)
def test_an_opening_starts_the_block_in_each_language(line: str) -> None:
    assert contacts.start([PROSE, PROSE, line], set()) == (2, 3)


def test_a_block_without_an_opening_is_told_by_its_cards() -> None:
    lines = [
        PROSE,
        PROSE,
        "Jane Doe, Spokesperson, +41 22 717 91 11, jdoe@iom.int",
        "John Roe, IOM HQ, jroe@iom.int",
    ]
    assert contacts.start(lines, {2}) == (2, 4)
    assert contacts.start(lines, set()) == (2, 4)


def test_prose_after_the_block_stays_in_the_body() -> None:
    lines = [PROSE, "For media enquiries: Jane Doe, jdoe@iom.int", PROSE * 3]
    assert contacts.start(lines, set()) == (1, 2)


@pytest.mark.parametrize(
    "last",
    [
        "For more information on the plan, visit the page of the programme.",
        "Anyone who has seen the boat is asked to write to the coast guard at watch@coast.example as soon "
        "as they can.",
        "The report was published in Geneva on 3 May 2022 and covers 1,200 4,500 households.",
    ],
)
def test_a_pointer_or_a_sentence_is_no_contact(last: str) -> None:
    assert contacts.start([PROSE, PROSE, last], set()) is None


def test_people_in_one_line() -> None:
    line = (
        "For more information, please contact Jane Doe at IOM Kenya, Tel: +254 20 422 1000, Email: "
        "jdoe@iom.int "
        "or John Roe at IOM HQ in Geneva, Tel: + (41) 22 717 9111, Email: jroe@iom.int."
    )
    assert contacts.parse([line]) == (
        Contact(name="Jane Doe", office="IOM Kenya", phones=("+254204221000",), emails=("jdoe@iom.int",)),
        Contact(
            name="John Roe", office="IOM HQ in Geneva", phones=("+41227179111",), emails=("jroe@iom.int",)
        ),
    )


def test_people_on_lines_of_their_own() -> None:
    lines = [
        "For more information:",
        "Safa M., Spokesperson, +41 79 403 55 26, safa@iom.int",
        "In Cairo: Tamim E., tamim@iom.int",
    ]
    assert contacts.parse(lines) == (
        Contact(name="Safa M", role="Spokesperson", phones=("+41794035526",), emails=("safa@iom.int",)),
        Contact(name="Tamim E", office="Cairo", emails=("tamim@iom.int",)),
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+ (54) 11 5219 2033", "+541152192033"),
        ("0041 22 717 91 11", "+41227179111"),
        ("+41 (0)22 717 9111", "+41227179111"),
        ("022 717 91 11", "022 717 91 11"),
        ("+999 12", "+999 12"),
    ],
)
def test_numbers_are_e164_where_they_can_be(written: str, number: str) -> None:
    assert contacts.e164(written) == number
