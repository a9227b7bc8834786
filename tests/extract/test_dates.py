"""Dates and datelines as people write them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import datelines, dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27 Nov 2023", date(2023, 11, 27)),
        ("November 27, 2023", date(2023, 11, 27)),
        ("the 1st of May 2020", date(2020, 5, 1)),
        ("1er février 2019", date(2019, 2, 1)),
        ("15 de julio de 2016", date(2016, 7, 15)),
        ("12 de março de 2021", date(2021, 3, 12)),
        ("3. März 2021", date(2021, 3, 3)),
        ("5 فبراير 2023", date(2023, 2, 5)),
        ("12 تشرين الثاني/نوفمبر 2019", date(2019, 11, 12)),
        ("٣ كانون الأول ٢٠٢٤", date(2024, 12, 3)),
        ("2024-05-03", date(2024, 5, 3)),
        ("16/10/2024", date(2024, 10, 16)),
        ("10/16/2024", date(2024, 10, 16)),
        ("12.04.2016", date(2016, 4, 12)),
        ("3 mei 2024", date(2024, 5, 3)),
        ("den 3 maj 2024", date(2024, 5, 3)),
        ("3. toukokuuta 2024", date(2024, 5, 3)),
        ("3 maja 2024 r.", date(2024, 5, 3)),
        ("3. května 2024", date(2024, 5, 3)),
        ("2024. május 3.", date(2024, 5, 3)),
        ("3 мая 2024 г.", date(2024, 5, 3)),
        ("3 травня 2024 р.", date(2024, 5, 3)),
        ("3 Μαΐου 2024", date(2024, 5, 3)),
        ("3 במאי 2024", date(2024, 5, 3)),
        ("5 EKİM 2024", date(2024, 10, 5)),
        ("2024年5月3日", date(2024, 5, 3)),
        ("2024년 5월 3일", date(2024, 5, 3)),
        ("3 พฤษภาคม 2567", date(2024, 5, 3)),
        ("ngày 3 tháng 5 năm 2024", date(2024, 5, 3)),
        ("3 Mei 2024", date(2024, 5, 3)),
        ("3 मई 2024", date(2024, 5, 3)),
        ("১৯ মে ২০২৪", date(2024, 5, 19)),
        ("3 مئی 2024", date(2024, 5, 3)),
        ("2024. 05. 03.", date(2024, 5, 3)),
        ("2024/5/3", date(2024, 5, 3)),
    ],
)
def test_a_written_date_is_read(text: str, day: date) -> None:
    found = dates.find(f"x {text} y")
    assert found is not None
    assert found.value == day


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2020",
        "(09/04)",
        "4 May",
        "mayor 2020",
        "171 countries",
        "2 hours ago",
        "20 des pays",
        "3 auguſt 2024",
    ],
)
def test_what_is_no_whole_date_has_no_value(text: str) -> None:
    found = dates.find(text)
    assert found is None or found.value is None


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Published 27 Nov 2023, 10:00", False),
        ("Publié le 27 novembre 2023", False),
        ("Updated: 27 November 2023", True),
        ("Mis à jour le 27 novembre 2023", True),
    ],
)
def test_a_line_that_says_a_date_and_of_what(text: str, changed: bool) -> None:
    line = dates.date_line(text)
    assert line is not None
    assert (line.day, line.changed) == (date(2023, 11, 27), changed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By A. Writer · Dec 20, 2025 at 3:00 am · Letters", [(date(2025, 12, 20), False)]),
        ("27. Januar 2026 • A. Writer • 3 Minuten", [(date(2026, 1, 27), False)]),
        (
            "A. Yazar | 05.04.2025 - Güncelleme : 06.04.2025",
            [(date(2025, 4, 5), False), (date(2025, 4, 6), True)],
        ),
        ("Published 3 May 2024, updated 4 May 2024", [(date(2024, 5, 3), False), (date(2024, 5, 4), True)]),
        ("Posted on the 15/12/2025 at 19:00 by A. Writer", [(date(2025, 12, 15), False)]),
        ("06.01.2026, Lesezeit 5 Min.", [(date(2026, 1, 6), False)]),
        ("Do 25.04.24 | 14:07 Uhr | Von A. Writer", [(date(2024, 4, 25), False)]),
        ("2024年04月24日23:52 | 来源：新华网", [(date(2024, 4, 24), False)]),
        ("On 27 November 2023 the delegates of the council met in Geneva", []),
        ("Three of 12 towns | 99.99.99", []),
        ("5 min read · " * 30 + "3 May 2024", []),
    ],
)
def test_dates_set_apart_in_a_line_of_particulars(text: str, found: list[tuple[date, bool]]) -> None:
    assert [(stamp.day, stamp.changed) for stamp in dates.stamps(text)] == found


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert dates.date_line("On 27 November 2023 the delegates met in Geneva") is None


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2024-05-03T08:00:00Z", date(2024, 5, 3), datetime(2024, 5, 3, 8, tzinfo=UTC)),
        ("2024-05-03T23:30:00-0500", date(2024, 5, 3), datetime(2024, 5, 4, 4, 30, tzinfo=UTC)),
        ("2024-05-03 08:00", date(2024, 5, 3), None),
        ("20240503T080000", date(2024, 5, 3), None),
        ("Fri May 3 08:00:00 CEST 2024", date(2024, 5, 3), None),
        ("Fri, 03 May 2024 08:00:00 +0200", date(2024, 5, 3), datetime(2024, 5, 3, 6, tzinfo=UTC)),
    ],
)
def test_machine_dates_keep_the_writers_day(text: str, day: date, at: datetime | None) -> None:
    assert dates.moment(text) == (day, at)


@given(st.text(max_size=80))
def test_no_text_makes_the_date_readers_raise(text: str) -> None:
    dates.moment(text)
    dates.date_line(text)
    dates.stamps(text)
    datelines.read(text)


@pytest.mark.parametrize(
    ("opening", "text", "places", "day"),
    [
        ("GENEVA—The agency", "GENEVA", ("GENEVA",), None),
        ("Port-au-Prince, Haiti, 3 May 2021 -- Over", "Port-au-Prince, Haiti, 3 May 2021", (
        "Port-au-Prince", "Haiti"), date(2021, 5, 3)),
        ("Dar es Salaam – Nearly", "Dar es Salaam", ("Dar es Salaam",), None),
        ("Democratic Republic of the Congo - Nearly", "Democratic Republic of the Congo", (
        "Democratic Republic of the Congo",), None),
        ("N'Djamena – Le gouvernement", "N'Djamena", ("N'Djamena",), None),
        ("Genève, Suisse (16 octobre 2024) – Les", "Genève, Suisse (16 octobre 2024)", ("Genève",
        "Suisse"), date(2024, 10, 16)),
        ("Rome, Tuesday 3 May 2022 – The", "Rome, Tuesday 3 May 2022", ("Rome",), date(2022, 5, 3)),
        ("Geneva – 20 June 2020 – The", "Geneva – 20 June 2020", ("Geneva",), date(2020, 6, 20)),
        ("18 December 2023 – On this day", "18 December 2023", (), date(2023, 12, 18)),
        ("القاهرة، 5 فبراير 2023", "القاهرة، 5 فبراير 2023", ("القاهرة",), date(2023, 2, 5)),
    ],
)  # fmt: skip
def test_a_dateline_is_told_by_its_form(
    opening: str, text: str, places: tuple[str, ...], day: date | None
) -> None:
    dateline = datelines.read(opening)
    assert dateline is not None
    assert (dateline.text, dateline.places, dateline.date) == (text, places, day)


@pytest.mark.parametrize(
    "opening",
    [
        "Migrants – many of them children – were rescued on Monday.",
        "The crisis - Which began in May - continues.",
        "Geneva The promotion of safe migration",
        "IOM – The UN agency for migration",
        "2030 Agenda – The member states",
        "المهاجرون – ومعظمهم من الأطفال – وصلوا إلى الميناء",
        "Port-Soudan accueille",
        "",
        "–",
    ],
)
def test_prose_with_an_early_dash_is_no_dateline(opening: str) -> None:
    assert datelines.read(opening) is None


def test_every_observed_opening_is_read_right() -> None:
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        pytest.skip("IOMWATCH_SHARED is unset: the table of observed datelines is not here")
    table = (Path(shared) / "iom" / "datelines.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.split("\n")[1:] if line]
    read = {opening: (found.text if (found := datelines.read(opening)) else "") for _, _, opening, _ in rows}
    assert read == {opening: expected for _, _, opening, expected in rows}
