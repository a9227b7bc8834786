"""The contact block: where it begins and ends, and who is in it."""

# ruff: noqa: E501 - lines as they were written

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import contacts, people
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
    assert people.e164(written) == number


# Lines of a block, parted by " // ", and who is in them: name | role | office | phones | e-mail addresses
PEOPLE = """
For more information, please contact: // Jane Doe // Spokesperson, IOM Kenya // Tel: +254 20 422 1000 // Email: jdoe@iom.int
    Jane Doe | Spokesperson | IOM Kenya | +254204221000 | jdoe@iom.int
For more information, please contact Jane Doe, Media Officer, IOM Kenya, at jdoe [at] iom.int or +254 20 422 1000
    Jane Doe | Media Officer | IOM Kenya | +254204221000 | jdoe@iom.int
For more information contact Jane Doe (jdoe@iom.int, +254 20 422 1000) or John Roe (jroe@iom.int).
    Jane Doe | | | +254204221000 | jdoe@iom.int
    John Roe | | | | jroe@iom.int
Media contacts: Jane Doe, Spokesperson, +41 79 403 55 26, jdoe@iom.int; John Roe, Press Officer, +41 79 403 55 27, jroe@iom.int
    Jane Doe | Spokesperson | | +41794035526 | jdoe@iom.int
    John Roe | Press Officer | | +41794035527 | jroe@iom.int
For more information: In Geneva: Safa M., safa@iom.int, +41 79 403 5526. In Cairo: Tamim E., tamim@iom.int, +20 2 2736 5140
    Safa M | | Geneva | +41794035526 | safa@iom.int
    Tamim E | | Cairo | +20227365140 | tamim@iom.int
For further information, please contact IOM’s Jane Doe in Nairobi, Tel: +254 20 422 1000/1001, Email: jdoe@iom.int
    Jane Doe | | Nairobi | +254204221000 | jdoe@iom.int
For more information, please contact Dr. Jane van der Doe, Head of Programmes, IOM Iraq. Tel: +964 771 234 5678. Email: jdoe@iom.int. Or Mr. John Roe, Chief of Mission. Email: jroe@iom.int.
    Dr. Jane van der Doe | Head of Programmes | IOM Iraq | +9647712345678 | jdoe@iom.int
    Mr. John Roe | Chief of Mission | | | jroe@iom.int
For more information, contact Jane Doe jdoe@iom.int +41 22 717 9111, John Roe jroe@iom.int +41 22 717 9112
    Jane Doe | | | +41227179111 | jdoe@iom.int
    John Roe | | | +41227179112 | jroe@iom.int
Contact: // IOM Media Division // Tel: +41.22.717.9111 // Mobile: +41-79-403-5526 // media(at)iom(dot)int
    | | IOM Media Division | +41227179111; +41794035526 | media@iom.int
For more information, please contact Jane Doe, Email: jdoe at iom dot int
    Jane Doe | | | | jdoe@iom.int
Name: Jane Doe // Title: Press Officer // Phone: +41 22 717 9111 // Mobile: 079 403 55 26 // E-mail: jdoe@iom.int
    Jane Doe | Press Officer | | +41227179111; +41794035526 | jdoe@iom.int
Editor’s contacts: // Jane Doe, 022 717 91 11
    Jane Doe | | | 022 717 91 11 |
Media contact // Jane Doe, Public Information Officer at IOM Headquarters, jdoe@iom.int (2020-2023)
    Jane Doe | Public Information Officer | IOM Headquarters | | jdoe@iom.int
Pour plus d’informations, veuillez contacter : // Awa Diallo, Chargée de communication, OIM Niger, Tél. : +227 20 75 20 20, Courriel : awa@iom.int // Paul D. au siège de l’OIM à Genève, pd@iom.int
    Awa Diallo | Chargée de communication | OIM Niger | +22720752020 | awa@iom.int
    Paul D | | siège de l’OIM à Genève | | pd@iom.int
Para más información, por favor contactar a Juana Ríos en la OIM Perú, Tel: +51 1 633 0000 ext. 112, Correo electrónico: jrios@iom.int
    Juana Ríos | | OIM Perú | +5116330000 | jrios@iom.int
Para más información, póngase en contacto con: // Juana Ríos | Oficial de Comunicación | OIM Perú // jrios@iom.int | +51 999 888 777
    Juana Ríos | Oficial de Comunicación | OIM Perú | +51999888777 | jrios@iom.int
Para mais informações, contate: Ana Lima, Assessora de Comunicação da OIM Brasil, tel.: +55 61 3771 3772, e-mail: alima@iom.int
    Ana Lima | Assessora de Comunicação | OIM Brasil | +556137713772 | alima@iom.int
Weitere Informationen: Eva Lang, Pressesprecherin, IOM Deutschland, Tel.: +49 (0)30 278 778 0, E-Mail: elang@iom.int
    Eva Lang | Pressesprecherin | IOM Deutschland | +49302787780 | elang@iom.int
للمزيد من المعلومات، يرجى الاتصال بـ: // سارة حسن، مسؤولة الإعلام، مكتب المنظمة في العراق // هاتف: 5678 234 771 964+ // shasan@iom.int
    سارة حسن | مسؤولة الإعلام | مكتب المنظمة في العراق | +9647712345678 | shasan@iom.int
للمزيد من المعلومات، يرجى التواصل مع أحمد علي، المتحدث باسم المنظمة في القاهرة، هاتف: ٠٠٢٠ ٢ ٢٧٣٦ ٥١٤٠، البريد الإلكتروني: aali@iom.int
    أحمد علي | المتحدث باسم المنظمة | القاهرة | +20227365140 | aali@iom.int
"""


def test_a_sentence_of_the_text_that_names_an_address_is_no_contact_block() -> None:
    pointer = (
        "For more on the survey see the annex, or write to dtm@iom.int, the team that made it this year."
    )
    assert contacts.start([PROSE, pointer, PROSE], set()) is None


def cards(table: str) -> list[tuple[list[str], list[str]]]:
    found: list[tuple[list[str], list[str]]] = []
    for line in table.strip().splitlines():
        if line.startswith(" "):
            found[-1][1].append(line)
        else:
            found.append((line.split(" // "), []))
    return found


def contact(row: str) -> Contact:
    name, role, office, phones, emails = (cell.strip() for cell in f"{row} ".split("| "))
    many = [tuple(filter(None, cell.split("; "))) for cell in (phones, emails)]
    return Contact(
        name=name or None, role=role or None, office=office or None, phones=many[0], emails=many[1]
    )


@pytest.mark.parametrize(("lines", "expected"), cards(PEOPLE), ids=lambda value: value[0][:60])
def test_who_is_in_a_block(lines: list[str], expected: list[str]) -> None:
    assert contacts.parse(lines) == tuple(map(contact, expected))


@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_lines_make_it_raise(lines: list[str]) -> None:
    for found in contacts.parse(lines):
        assert found.phones or found.emails or found.name or found.office


def test_thousands_of_lines_that_open_a_block_do_not_hide_the_one_that_says_how_to_reach_somebody() -> None:
    pointers = [f"For more details, see annex {number}" for number in range(5_000)]
    assert contacts.start([PROSE, *pointers, PROSE], set()) is None
    assert contacts.start([PROSE, *pointers, "Contact: press@iom.int", PROSE], set()) == (1, 5_002)
    assert contacts.start([PROSE, *pointers, PROSE, "Contact: press@iom.int", PROSE], set()) == (5_002, 5_003)
