"""Captures of pages as plain text: the release alone comes out, whole, in each of these."""

# ruff: noqa: E501 - captures keep their lines

from __future__ import annotations

from dataclasses import dataclass

import pytest

from crawler.extract import extract


@dataclass(frozen=True)
class Capture:
    """A text as a capture has it; lines of the release are marked: "=" title, ">" body, "@" contact."""

    name: str
    text: str


MENU_EN = """-
Who we are
Who we areThe International Organization for Migration (IOM) is part of the United Nations System as the leading inter-governmental organization promoting since 1951 humane and orderly migration for the benefit of all, with 175 member states and a presence in over 100 countries.
About
About
- Director General
- Governance
-
Our Work
Our WorkAs the leading inter-governmental organization promoting since 1951 humane and orderly migration, IOM plays a key role to support the achievement of the 2030 Agenda through different areas of intervention that connect both humanitarian assistance and sustainable development.
What We Do
What We Do
Partnerships
Partnerships
- Where we work
-
Take Action
Take Action
Work with us
Work with us
Get involved
Get involved
- Data and Research
- 2030 Agenda
"""
MENU_ES = """-
Quiénes somos
Quiénes somosLa Organización Internacional para las Migraciones (OIM) forma parte del Sistema de las Naciones Unidas y es la principal organización intergubernamental que promueve desde 1951 una migración humana y ordenada en beneficio de todos, con 175 Estados miembros.
Sobre nosotros
Sobre nosotros
- Directora General
-
Nuestro trabajo
Nuestro trabajoComo principal organización intergubernamental que promueve desde 1951 una migración humana y ordenada, la OIM desempeña un papel clave para apoyar el logro de la Agenda 2030.
- Dónde operamos
- 2030 AGENDA
"""
MENU_AR = """-
من نحن
من نحنالمنظمة الدولية للهجرة جزء من منظومة الأمم المتحدة وهي المنظمة الحكومية الدولية الرائدة التي تعمل منذ عام 1951 على تعزيز الهجرة الإنسانية والمنظمة لما فيه مصلحة الجميع، وتضم 175 دولة عضوا.
معلومات عن
معلومات عن
-
عملنا
عملنابصفتها المنظمة الحكومية الدولية الرائدة في مجال الهجرة، تؤدي المنظمة دورا رئيسيا في دعم تحقيق خطة عام 2030 من خلال مجالات عمل مختلفة.
ماذا نفعل
ماذا نفعل
- أين نعمل؟
- البيانات والمصادر
"""
FOOTER_EN = """Related News
Staff move into the building that the city lent
New boats for the river patrol
Share
Print
Newsletter
Subscribe
Terms of use
© International Organization for Migration 2025
"""

CAPTURES = [
    Capture("English, menu, type and scope, separator", MENU_EN + """News
Global
=River Towns Count the Cost of a Second Flood
>Juba, 14 October 2025 – More than 12,400 people have left their homes along the Sobat since Sunday, when the river rose for the second time this season, according to figures gathered by IOM teams.
>Families who had only just rebuilt their shelters are sleeping on the road embankment.
>“We carried the roof twice,” said Nyakim, a mother of five who walked for two days with her neighbours’ children.
>IOM is repairing two boreholes that serve about 3,000 people. A further USD 2.5 million is needed before December.
***
@For more information, please contact:
@Mary Lado, IOM South Sudan, Tel: +211 912 379 900, Email: mlado@iom.int
@John Roe, IOM Geneva, Tel: +41 22 717 91 11, Email: jroe@iom.int
"""),
    Capture("English, footer and related news after it", MENU_EN + """=Two Boreholes Repaired Above the River
>Malakal – Two boreholes that serve about 3,000 people above the river were repaired this week, after nine days in which families drank from puddles on the road.
>The pumps came by barge from Juba, and were put together by a team of six women who had been trained in the spring by a teacher of the town’s school.
>A third borehole will be dug when the rains have passed and the drill can be brought over the ford.
@For more information, please contact Mary Lado, IOM South Sudan, Tel: +211 912 379 900, Email: mlado@iom.int
""" + FOOTER_EN),
    Capture("English, a statement with a list and a heading", MENU_EN + """Statement
=Statement on the Attack on an Aid Convoy
>Geneva – It is with a heavy heart that I confirm the loss of a colleague, who was killed this morning when the convoy that she led was attacked near the ford.
>We call on all parties to do three things:
- >Let the convoys that stand at the ford pass without delay, as was agreed in March
- >Keep the road from the river to the town open by day and by night
- >Bring those who did this before a court
>What comes next
>The work goes on, as she would have wanted it to, and the second convoy leaves on Thursday with food for 4,000 families.
"""),
    Capture("English, hard-wrapped under a menu", MENU_EN + """
=Blankets for the Valley

>Kabul, 3 March 2025 - Teams gave out blankets and stoves in the five villages
>>above the river, where snow had cut the only road for nine days, and the last
>>of the wood had been burnt on Sunday.

>The next convoy leaves as soon as the pass is open again, with seed for spring
>>and with two nurses who will stay until the thaw.

@For more information: Jane Doe, Spokesperson, +41 79 403 55 26, jdoe@iom.int
"""),
    Capture("French, contact on lines of its own", """-
Qui sommes nous
Qui sommes nousL'Organisation internationale pour les migrations (OIM) fait partie du système des Nations Unies et promeut depuis 1951 une migration humaine et ordonnée qui profite à tous, composée de 175 Etats membres.
Structure
Structure
-
Notre travail
Notre travailEn tant que principale organisation intergouvernementale de la migration, l'OIM joue un rôle clé pour soutenir la réalisation du Programme 2030 à travers différents domaines d'intervention.
- Où travaillons-nous
- 2030 AGENDA
Communiqué
Local
=Une crue, deux ponts, trois écoles : la vallée se relève
>Niamey, le 16 octobre 2024 – Trois écoles ont rouvert lundi dans la vallée, cinq semaines après la crue qui avait emporté les deux ponts et noyé les greniers de neuf villages.
>« Nous avons porté les bancs sur la tête », raconte Hadiza, institutrice à Kollo, qui fait classe sous un manguier depuis septembre.
>L’OIM a fourni 400 bâches, du savon et des bidons, et il manque encore 2,5 millions de dollars.
@Pour plus d’informations, veuillez contacter :
@Awa Diallo, Bureau de l’OIM à Niamey
@Tél. +227 20 75 20 20
@Email : adiallo@iom.int
"""),
    Capture("Spanish, a heading of its own and a caption", MENU_ES + """Comunicado
Global
=Las ciudades del río ante una segunda crecida
>Lima, 14 de octubre de 2025.-  Más de 12.400 personas han dejado sus hogares desde el domingo, cuando el río se desbordó por segunda vez en la temporada, según los datos de la OIM.
>“Cargamos el techo dos veces”, dijo Rosa, madre de cinco hijos, que caminó dos días junto a los niños de sus vecinos.
>Antecedentes
>La primera crecida de la temporada dejó sin techo a 3.000 familias en abril, y el puente de la ciudad sigue cerrado desde entonces.
@Para más información, se ruega ponerse en contacto con Juana Ríos, OIM Perú, Teléfono móvil: +51 999 888 777, Correo electrónico: jrios@iom.int
"""),
    Capture("Arabic, menu and contact", MENU_AR + """بيان صحفي
=مدن النهر تواجه فيضانا ثانيا في موسم واحد
>بغداد، 14 تشرين الأول/أكتوبر 2025 – غادر أكثر من 12400 شخص منازلهم منذ يوم الأحد عندما فاض النهر للمرة الثانية هذا الموسم، وفقا للبيانات التي جمعتها فرق المنظمة.
>وتنام الأسر التي أعادت بناء مآويها للتو على جانب الطريق المرتفع، وقالت أم لخمسة أطفال إن العائلة حملت سقف البيت مرتين هذا العام.
@للمزيد من المعلومات، يرجى الاتصال بـ سارة حسن، مكتب المنظمة في العراق، هاتف: +964 771 234 5678، البريد الإلكتروني: shasan@iom.int
"""),
    Capture("A record of a web archive: breadcrumb, buttons, date, cookies", """Skip to main content
We use cookies on this site to enhance your user experience. By clicking any link on this page you are giving your consent.
Accept
Decline
Home
News
27 Nov 2023
=Remarks at the Opening of the River Forum
>Excellencies, colleagues and friends, it is good to be back in this hall, where nine years ago the towns of the river first agreed to count their floods together.
>Since then the count has been made each spring, by teachers and ferrymen and by the women who mend the nets, and it has never once been late.
>What was asked of us then was patience. What is asked of us today is haste, because the water no longer waits for the meeting.
>Thank you.
Share this page
Facebook
Twitter
Contact us
Privacy policy
"""),
]  # fmt: skip


def parted(text: str) -> tuple[str, str, list[str], list[str]]:
    """(the capture without marks, title, body, contact lines)."""
    lines: list[str] = []
    found: dict[str, list[str]] = {"=": [], ">": [], "@": []}
    for line in text.splitlines():
        item = line.startswith("- >")
        mark, rest = (line[2], line[3:]) if item else (line[:1], line[1:])
        if mark not in found:
            lines.append(line)
            continue
        if rest.startswith(">"):
            rest = rest[1:]
            found[mark][-1] += " " + rest
        else:
            found[mark].append(rest)
        lines.append(f"- {rest}" if item else rest)
    body = [" ".join(each.split()) for each in found[">"]]
    return "\n".join(lines), found["="][0], body, found["@"]


def test_preformatted_text_has_its_paragraphs() -> None:
    capture = next(each for each in CAPTURES if "hard-wrapped" in each.name)
    text, title, body, contact = parted(capture.text.removeprefix(MENU_EN))
    text = text.replace(title, "", 1)
    page = f"<html><main><h1>{title}</h1><pre>\n{text}</pre></main></html>"
    found = extract(page.encode(), url="https://www.iom.int/news/x").article
    assert found is not None
    assert [passage.text for passage in found.body] == body
    assert list(found.contact_text) == contact


@pytest.mark.parametrize("content_type", ["text/plain; charset=utf-8", None])
@pytest.mark.parametrize("capture", CAPTURES, ids=lambda capture: capture.name)
def test_the_release_alone_comes_out_of_a_capture(capture: Capture, content_type: str | None) -> None:
    text, title, body, contact = parted(capture.text)
    found = extract(text.encode(), url="https://www.iom.int/news/x", content_type=content_type).article
    assert found is not None
    assert found.title == title
    assert [passage.text for passage in found.body] == body
    assert list(found.contact_text) == contact
    assert all(person.emails for person in found.contacts)
