"""A dateline is told by its form, in many languages, and prose with an early dash is none."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import datelines
from crawler.values import Dateline

# opening | the dateline as written | its places, joined by "; " | its date where a year is given
POSITIVE = """
Geneva – The International Organization for Migration has | Geneva | Geneva |
GENEVA — More than 400 people reached the coast on Sunday | GENEVA | GENEVA |
Geneva - IOM teams have reached | Geneva | Geneva |
Geneva-- IOM teams have reached | Geneva | Geneva |
Geneva –The teams have reached | Geneva | Geneva |
Geneva—The teams have reached | Geneva | Geneva |
Addis Ababa- The mission has opened | Addis Ababa | Addis Ababa |
Cairo, 4 May 2020 – The Ministry hosted | Cairo, 4 May 2020 | Cairo | 2020-05-04
Cairo, 4 May 2020 – the Ministry hosted | Cairo, 4 May 2020 | Cairo | 2020-05-04
Cairo (4 May 2020) – The Ministry hosted | Cairo (4 May 2020) | Cairo | 2020-05-04
CAIRO, May 4, 2020 – The Ministry hosted | CAIRO, May 4, 2020 | CAIRO | 2020-05-04
Cairo, Egypt, 4th May 2020 - The Ministry hosted | Cairo, Egypt, 4th May 2020 | Cairo; Egypt | 2020-05-04
Cairo, 18 December - The Ministry hosted | Cairo, 18 December | Cairo |
Cairo, Monday 4 May 2020 – The Ministry hosted | Cairo, Monday 4 May 2020 | Cairo | 2020-05-04
Cairo, Monday, 4 May 2020 – The Ministry hosted | Cairo, Monday, 4 May 2020 | Cairo | 2020-05-04
Cairo, 04/05/2020 – The Ministry hosted | Cairo, 04/05/2020 | Cairo | 2020-05-04
Cairo, 4 May 2020. The Ministry hosted a round table | Cairo, 4 May 2020 | Cairo | 2020-05-04
Cairo, 4 May 2020: The Ministry hosted a round table | Cairo, 4 May 2020 | Cairo | 2020-05-04
4 May 2020, Cairo – The Ministry hosted | 4 May 2020, Cairo | Cairo | 2020-05-04
4 May 2020 – The Ministry hosted | 4 May 2020 | | 2020-05-04
Cairo – 4 May 2020 – The Ministry hosted | Cairo – 4 May 2020 | Cairo | 2020-05-04
Cairo, 4 May 2020 (IOM) – The Ministry hosted | Cairo, 4 May 2020 (IOM) | Cairo | 2020-05-04
Geneva (IOM) – The flights resumed | Geneva (IOM) | Geneva |
LA CROSSE, Wis. (AP) — The bridge is closed | LA CROSSE, Wis. (AP) | LA CROSSE; Wis |
New York/Geneva – The first dialogue | New York/Geneva | New York; Geneva |
New York / Geneva, 3 June 2019 – The first dialogue | New York / Geneva, 3 June 2019 | New York; Geneva | 2019-06-03
Nairobi, Kampala – A bus service | Nairobi, Kampala | Nairobi; Kampala |
Washington, D.C. – The talks ended | Washington, D.C. | Washington; D.C. |
Washington D.C., 3 June 2019 – The talks ended | Washington D.C., 3 June 2019 | Washington D.C. | 2019-06-03
St. John’s – Divers found the boat | St. John’s | St. John’s |
N’Djamena – Trucks left on Monday | N’Djamena | N’Djamena |
Cox’s Bazar, Bangladesh – Rain fell for a week | Cox’s Bazar, Bangladesh | Cox’s Bazar; Bangladesh |
Port-au-Prince – Rain fell for a week | Port-au-Prince | Port-au-Prince |
Mazar-e-Sharif – Rain fell for a week | Mazar-e-Sharif | Mazar-e-Sharif |
Bosnia and Herzegovina – Rain fell for a week | Bosnia and Herzegovina | Bosnia and Herzegovina |
Trinidad & Tobago – Rain fell for a week | Trinidad & Tobago | Trinidad & Tobago |
The Hague – Judges heard the case | The Hague | The Hague |
South Sudan – “We walked for two days,” said Nyakim | South Sudan | South Sudan |
Juba – 12,400 people have left their homes | Juba | Juba |
Geneva – IOM – the UN Migration Agency – has asked for USD 3 million | Geneva | Geneva |
Geneva – The organization – 70 years old – has asked for funds | Geneva | Geneva |
Genève – L’Organisation internationale pour les migrations | Genève | Genève |
Genève, le 16 octobre 2024 – Des milliers de familles | Genève, le 16 octobre 2024 | Genève | 2024-10-16
Bangui, République centrafricaine (16 octobre 2024) – Le pont | Bangui, République centrafricaine (16 octobre 2024) | Bangui; République centrafricaine | 2024-10-16
République démocratique du Congo – Le pont a cédé | République démocratique du Congo | République démocratique du Congo |
Côte d’Ivoire - Le pont a cédé | Côte d’Ivoire | Côte d’Ivoire |
Niamey, 1er mars 2023 – Le pont a cédé | Niamey, 1er mars 2023 | Niamey | 2023-03-01
Île-de-France – Le pont a cédé | Île-de-France | Île-de-France |
Lima, 15 de julio de 2016.-  En la sede del Ministerio | Lima, 15 de julio de 2016 | Lima | 2016-07-15
Lima, 15 de julio de 2016. En la sede del Ministerio | Lima, 15 de julio de 2016 | Lima | 2016-07-15
Tapachula (México) / Tecún Umán (Guatemala). - Representantes | Tapachula (México) / Tecún Umán (Guatemala) | Tapachula (México); Tecún Umán (Guatemala) |
Ciudad de México – La OIM abrió | Ciudad de México | Ciudad de México |
CIUDAD DE PANAMÁ, 3 de mayo – La OIM abrió | CIUDAD DE PANAMÁ, 3 de mayo | CIUDAD DE PANAMÁ |
Guinea Ecuatorial – La OIM abrió | Guinea Ecuatorial | Guinea Ecuatorial |
San Pedro Sula, Honduras – ¿Quién vuelve a casa? | San Pedro Sula, Honduras | San Pedro Sula; Honduras |
Brasília, 12 de abril de 2022 – A Diretora-Geral | Brasília, 12 de abril de 2022 | Brasília | 2022-04-12
São Paulo – A OIM abriu um escritório | São Paulo | São Paulo |
Rio de Janeiro — A OIM abriu um escritório | Rio de Janeiro | Rio de Janeiro |
Berlin – Die Organisation eröffnet ein Büro | Berlin | Berlin |
Frankfurt am Main, 3. März 2021 – Die Organisation | Frankfurt am Main, 3. März 2021 | Frankfurt am Main | 2021-03-03
Reggio nell’Emilia, 3 marzo 2021 – Le famiglie | Reggio nell’Emilia, 3 marzo 2021 | Reggio nell’Emilia | 2021-03-03
İstanbul – Göçmenler için yeni bir merkez | İstanbul | İstanbul |
Çeşme, Western Turkey – “I saw some light of hope | Çeşme, Western Turkey | Çeşme; Western Turkey |
Женева – Международная организация по миграции сообщила | Женева | Женева |
Нур-Султан – Международная организация открыла | Нур-Султан | Нур-Султан |
Київ — Міжнародна організація з міграції | Київ | Київ |
Αθήνα – Ο Διεθνής Οργανισμός Μετανάστευσης | Αθήνα | Αθήνα |
جنيف – أعلنت المنظمة الدولية للهجرة | جنيف | جنيف |
القاهرة - وصلت الطائرة الأولى صباح اليوم | القاهرة | القاهرة |
أنقرة، 5 فبراير - بعد مرور عام على الزلزال | أنقرة، 5 فبراير | أنقرة |
بغداد، 14 تشرين الأول/أكتوبر 2025 – غادر | بغداد، 14 تشرين الأول/أكتوبر 2025 | بغداد | 2025-10-14
عمّان، الأردن – وصلت الطائرة الأولى | عمّان، الأردن | عمّان; الأردن |
طرابلس - 17 مارس 2022 | طرابلس - 17 مارس 2022 | طرابلس | 2022-03-17
القاهرة (3 مايو 2024) - وصلت الطائرة | القاهرة (3 مايو 2024) | القاهرة | 2024-05-03
日内瓦 – 国际移民组织今天宣布 | 日内瓦 | 日内瓦 |
日内瓦——国际移民组织今天宣布 | 日内瓦 | 日内瓦 |
ジュネーブ – 国際移住機関は本日 | ジュネーブ | ジュネーブ |
"""

NEGATIVE = """
Migration – the movement of people – is as old as humankind.
Migration – The movement of people – is as old as humankind.
IOM – UN Migration – said on Monday that the flights resumed.
UNICEF – The Children’s Fund – said on Monday that schools reopened.
WFP – The World Food Programme said on Monday that food arrived.
After two years of war – and a winter without power – people return.
In 2023 – the deadliest year – more than 8,000 people died.
In May 2023 – the deadliest month – more than 800 people died.
On 3 May 2024 – World Press Freedom Day – reporters met in Accra.
Since 3 May 2024 – The day the road closed – no truck has passed.
By 3 May 2024 – IOM had reached nine towns.
Between January and 3 May 2024 – IOM reached nine towns.
Women and girls - who make up half of the displaced – need safe places.
Women and Girls – Half of all the displaced – need safe places.
Refugees – Syrians, Afghans and Iraqis – were among those on board.
Maria – Not her real name – fled in March.
Mary Lado – IOM’s Chief of Mission – said that roads were cut.
Thousands – 12,400 by Sunday – have left their homes.
Food, water and medicine – all were missing.
They fled in April – The rains had come – and walked for nine days.
Ten years ago – On a cold day in May – the first boat left.
World Refugee Day, 20 June 2024 – The world looks at those who fled.
Ahead of World Refugee Day, 20 June 2024 – IOM asks for more.
Background – The flood of last year destroyed nine bridges.
Update – The road is open again.
Note to Editors – Photos can be downloaded here.
Yesterday – The first bus left.
Monday – The first bus left.
Q – How did you get here?
A – By bus, and then on foot.
Editor’s Note, December 19, 2025: We have added figures.
Updated February 12, 2026 – The road is open again.
How To Replace Brake Pads – From a Mechanic
Press Release – The road is open again.
Photo – The road is open again.
A well-known story - And a sad one at that.
Asia- and Africa-based networks – of every kind – are involved.
She said – Nobody listened – that the bridge would fall.
La migration – ce mouvement des personnes – est ancienne.
Migration – Mouvement des personnes – le mot est ancien.
Après deux ans de guerre – et un hiver sans courant – les gens rentrent.
En 2023 – Année la plus meurtrière – plus de 8 000 personnes sont mortes.
Le 3 mai 2024 – Journée de la presse – des journalistes se sont réunis.
Depuis le 3 mai 2024 – IOM a atteint neuf villes.
Les femmes et les filles – La moitié des déplacés – ont besoin d’abris.
L’OIM – Agence des Nations Unies – a dit lundi que les vols reprenaient.
Hier – Le premier bus est parti.
Contexte – Le pont a cédé l’an dernier.
La migración – el movimiento de personas – es antigua.
Migrantes – Mujeres, hombres y niños – llegaron el lunes.
Tras dos años de guerra – Y un invierno sin luz – la gente vuelve.
En 2023 – El año más mortífero – murieron más de 8.000 personas.
El 3 de mayo de 2024 – Día de la Prensa – se reunieron periodistas.
Desde el 3 de mayo de 2024 – OIM llegó a nueve ciudades.
La OIM – Organismo de las Naciones Unidas – dijo el lunes que sí.
Ayer – El primer autobús salió.
Contexto – El puente cayó el año pasado.
Mulheres e meninas – Metade dos deslocados – precisam de abrigo.
A OIM – Agência da ONU para as Migrações – disse que sim.
Após dois anos de guerra – e um inverno sem luz – as pessoas voltam.
Migration – das heißt Bewegung – ist so alt wie die Menschheit.
Frauen und Mädchen – Die Hälfte aller Vertriebenen – brauchen Schutz.
Millionen Menschen – Frauen, Männer und Kinder – fliehen.
Am 3. Mai 2024 – Tag der Pressefreiheit – trafen sich Reporter.
Seit dem 3. Mai 2024 – IOM hat neun Städte erreicht.
Gestern – Der erste Bus fuhr ab.
Миграция – это движение людей, старое как мир.
Миграция – движение людей – стара как мир.
Женщины и девочки – половина всех перемещённых лиц – нуждаются в защите.
После двух лет войны – и зимы без света – люди возвращаются.
МОМ – Агентство ООН по миграции – сообщила в понедельник.
В 2023 году – Самом смертоносном – погибли 8000 человек.
الهجرة – حركة الناس – قديمة قدم البشر.
النساء والفتيات - اللواتي يشكلن نصف النازحين - بحاجة إلى مأوى.
النساء والفتيات - وهن نصف النازحين بحاجة إلى مأوى.
بعد عامين من الحرب – وشتاء بلا كهرباء – يعود الناس.
في عام 2023 – العام الأكثر دموية – مات أكثر من ثمانية آلاف.
المنظمة الدولية للهجرة – وكالة الأمم المتحدة – قالت يوم الاثنين.
المهاجرون – الذين وصلوا يوم الاثنين إلى المدينة.
منذ 3 مايو 2024 – لم تمر أي شاحنة.
移民——人员的流动——自古就有。
移民 – 人员的流动 – 自古就有。
2023年——最致命的一年——有八千多人死亡。
妇女和女童——占流离失所者的一半，需要住所。
经过两年的战争——人们正在返回家园。
国际移民组织——联合国移民机构——星期一说。
移住 – 人の移動 – は昔からある。
"""


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" |")] for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", _rows(POSITIVE), ids=lambda row: row[0])
def test_a_dateline_is_read_with_its_places_and_date(row: list[str]) -> None:
    opening, text, places, day = row
    assert datelines.read(opening) == Dateline(
        text=text,
        places=tuple(filter(None, places.split("; "))),
        date=date.fromisoformat(day) if day else None,
    )


@pytest.mark.parametrize("opening", NEGATIVE.strip().splitlines())
def test_prose_with_an_early_dash_has_no_dateline(opening: str) -> None:
    assert datelines.read(opening) is None


def test_each_observed_opening_is_read_right() -> None:
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        pytest.skip("IOMWATCH_SHARED is unset: the observed openings are not here")
    with (Path(shared) / "iom" / "datelines.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) >= 26
    for row in rows:
        found = datelines.read(row["opening"])
        assert (found.text if found else "") == row["expected_dateline"], row["opening"]


LOWER = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@given(st.lists(LOWER, min_size=1, max_size=8), st.sampled_from(["–", "-", "—", "--"]), LOWER)
def test_words_in_small_letters_are_no_dateline(before: list[str], dash: str, after: str) -> None:
    assert datelines.read(f"{' '.join(before)} {dash} {after} happened in the town.") is None


@given(st.text(max_size=160))
def test_a_dateline_is_the_beginning_of_its_text(text: str) -> None:
    found = datelines.read(text)
    assert found is None or text.startswith(found.text)
