"""Releases with known facts, in four languages: what is edited is a field, so that the truth is known.

Invented throughout: places, people and figures. It draws no page (`pages` does).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LANGUAGES = ("en", "fr", "es", "ar")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The slots of a release."""

    place: str
    other: str
    thing: str
    people: int
    families: int
    money: str  # in millions, one decimal: "2.5"
    share: int  # per cent
    wells: int  # in the table
    headline_figure: int
    day: date  # of the dateline
    head_of_office: str
    councillor: str
    press: str
    phone: str
    quote: str
    link: str
    document: str
    extra: tuple[str, ...] = ()  # paragraphs of the pool, their slots open


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A release as its editors hold it. Paragraphs may hold one link, written <a href="…">…</a>."""

    path: str
    language: str
    headline: str
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    contact: str
    document: str
    published: date | None


_EN = {
    "places": "Marivale|Tesso|Okwari|Bandel|Lunsa|Kirowa|Sefid Kuh|Ambari|Dorsa|Halwan",
    "things": "a new clinic|a reading room|a cold store|a ferry landing|a seed bank|a bus depot",
    "other_things": "Its First Maternity Ward|a Night Shelter Downtown|Workshops for Carpenters",
    "names": "Amina Okello|Peter Lindqvist|Rosa Tandogan|Yusuf Marenga|Helen Brandt|Daniel Osei",
    "quotes": "Nobody here asked for more than a roof|We counted the houses twice|The river gave us no time"
    "|People came with their tools and stayed",
    "headline": "{place} Opens {thing} for {headline_figure} Returning Families",
    "first": "{place}, {day} – The International Organization for Migration (IOM) and the district council "
    "have opened {thing} in {place}, where {people} people had been without one since the floods.",
    "figures": "In the first week {families} families registered, and USD {money} million was spent on "
    "repairs to the walls and the roof.",
    "quote": "“{quote},” said {head_of_office}, who heads the IOM office in {place}.",
    "share": "The road to {other} is open again, and {share} per cent of the shops along it have reopened.",
    "council": "{councillor} of the district council said that the work would go on until the rains come.",
    "link": 'The whole assessment of {place} can be read on <a href="{link}">the page of the mission</a>.',
    "contact": "For more information, please contact {press}, IOM {place}, Tel: {phone}, "
    "Email: press@iom.example",
    "standing": "The Organization has worked along this coast since its first office opened.",
    "head": "District|Families|Wells",
    "pool": "Masons from {place} laid the floor of the hall behind the {other} road, working in the cool."
    "|The doors that {councillor} painted are blue, as is the custom between {place} and {other}."
    "|A second building will follow near {other}, {head_of_office} added, when the timber has dried."
    "|Teachers from {other} keep the keys, and the school of {place} lends its benches for meetings."
    "|The seedlings came to {place} from a nursery that {councillor} runs with former fishermen.",
    "rewritten": "Since the bridge was mended, traders from both banks meet on market days, and the ferrymen "
    "have found other work in the quarry behind the hill.",
    "retitled": "{place} Council Thanks Volunteers After a Hard Winter",
}
_FR = {
    "places": "Sambala|Kéroual|Tiékoro|Mandara|Ouassou|Belfontaine|Dioura|Nampala|Gorom|Lésigny",
    "things": "un dispensaire|une salle de lecture|une chambre froide|un embarcadère|une banque de semences",
    "names": "Awa Traoré|Jean Delmas|Mireille Kouassi|Salif Ouédraogo|Claire Fontanel|Idriss Maïga",
    "quotes": "Personne ici ne demandait plus qu’un toit|Nous avons compté les maisons deux fois"
    "|Le fleuve ne nous a pas laissé le temps|Les gens sont venus avec leurs outils",
    "headline": "{place} ouvre {thing} pour {headline_figure} familles de retour",
    "first": "{place}, {day} – L’Organisation internationale pour les migrations (OIM) et la commune ont "
    "ouvert {thing} à {place}, où {people} personnes en étaient privées depuis les inondations.",
    "figures": "La première semaine, {families} familles se sont inscrites et {money} millions de dollars "
    "ont été dépensés pour réparer les murs et la toiture.",
    "quote": "« {quote} », a déclaré {head_of_office}, qui dirige le bureau de l’OIM à {place}.",
    "share": "La route de {other} est rouverte, et {share} % des boutiques qui la bordent ont repris.",
    "council": "{councillor}, de la commune, a indiqué que les travaux dureraient jusqu’aux pluies.",
    "link": 'L’évaluation complète pour {place} se lit sur <a href="{link}">la page de la mission</a>.',
    "contact": "Pour plus d’informations, veuillez contacter {press}, Bureau de l’OIM à {place}, "
    "Tél. {phone}, Email: press@iom.example",
    "standing": "L’Organisation travaille le long de cette côte depuis l’ouverture de son bureau.",
    "head": "District|Familles|Puits",
    "pool": "Les maçons de {place} ont coulé le sol de la salle, derrière la route de {other}, à la fraîche."
    "|Les portes que {councillor} a peintes sont bleues, selon l’usage entre {place} et {other}."
    "|Un autre bâtiment suivra près de {other}, a ajouté {head_of_office}, lorsque le bois aura séché."
    "|Les instituteurs de {other} gardent les clés, et l’école de {place} prête ses bancs."
    "|Les plants de {place} viennent d’une pépinière que {councillor} tient avec d’anciens pêcheurs.",
    "rewritten": "Depuis que le pont est réparé, les marchands des deux rives se retrouvent les jours de "
    "marché, et les passeurs ont trouvé un autre travail dans la carrière.",
    "retitled": "La commune de {place} remercie les bénévoles après un hiver difficile",
}
_ES = {
    "places": "Villarreal Baja|Tocopampa|San Isidro del Mar|Quebrada Honda|Los Álamos|Puerto Nieva|Caldera",
    "things": "un consultorio|una sala de lectura|una cámara fría|un embarcadero|un banco de semillas",
    "names": "Rosa Quispe|Julián Andrade|Marta Belmonte|Óscar Villalobos|Lucía Ferrán|Tomás Arrieta",
    "quotes": "Nadie aquí pedía más que un techo|Contamos las casas dos veces"
    "|El río no nos dio tiempo|La gente vino con sus herramientas",
    "headline": "{place} abre {thing} para {headline_figure} familias que regresan",
    "first": "{place}, {day} – La Organización Internacional para las Migraciones (OIM) y el municipio han "
    "abierto {thing} en {place}, donde {people} personas carecían de ello desde las inundaciones.",
    "figures": "En la primera semana se inscribieron {families} familias y se gastaron {money} millones de "
    "dólares en reparar los muros y el tejado.",
    "quote": "“{quote}”, dijo {head_of_office}, que dirige la oficina de la OIM en {place}.",
    "share": "El camino a {other} está abierto otra vez, y el {share} % de las tiendas ha vuelto a abrir.",
    "council": "{councillor}, del municipio, dijo que las obras seguirían hasta que lleguen las lluvias.",
    "link": 'La evaluación completa de {place} se puede leer en <a href="{link}">la página de la misión</a>.',
    "contact": "Para más información, se ruega ponerse en contacto con {press}, OIM {place}, "
    "Teléfono móvil: {phone}, Correo electrónico: press@iom.example",
    "standing": "La Organización trabaja en esta costa desde que abrió su primera oficina.",
    "head": "Distrito|Familias|Pozos",
    "pool": "Los albañiles de {place} pusieron el suelo de la sala, tras el camino de {other}, con la fresca."
    "|Las puertas que pintó {councillor} son azules, como es costumbre entre {place} y {other}."
    "|Otro edificio vendrá cerca de {other}, añadió {head_of_office}, cuando la madera se haya secado."
    "|Los maestros de {other} guardan las llaves, y la escuela de {place} presta sus bancos."
    "|Las plantas de {place} vienen de un vivero que {councillor} lleva con antiguos pescadores.",
    "rewritten": "Desde que se arregló el puente, los comerciantes de las dos orillas se encuentran los días "
    "de mercado, y los barqueros han hallado otro trabajo en la cantera.",
    "retitled": "El municipio de {place} agradece a los voluntarios tras un invierno duro",
}
_AR = {
    "places": "مرزوقة|تل الزيتون|وادي السدر|عين الحجل|قصر النخيل|باب الرمل|دير الساقية|خان الورد",
    "things": "مستوصفا جديدا|قاعة للمطالعة|مخزنا مبردا|مرسى للعبارات|بنكا للبذور",
    "names": "سلمى الخطيب|يوسف المنصوري|هدى العلي|كريم بن صالح|ليلى الشامي|طارق الحداد",
    "quotes": "لم يطلب أحد هنا أكثر من سقف|أحصينا البيوت مرتين|لم يمهلنا النهر|جاء الناس بأدواتهم وبقوا",
    "headline": "{place} تفتتح {thing} من أجل {headline_figure} أسرة عائدة",
    "first": "{place}، {day} – افتتحت المنظمة الدولية للهجرة والمجلس المحلي {thing} في {place}، حيث ظل "
    "{people} شخص محرومين منه منذ الفيضانات.",
    "figures": "وفي الأسبوع الأول سجلت {families} أسرة أسماءها، وأنفق {money} مليون دولار على ترميم الجدران "
    "والسقف.",
    "quote": "وقالت {head_of_office} التي ترأس مكتب المنظمة في {place}: «{quote}».",
    "share": "وأعيد فتح الطريق إلى {other}، واستأنف {share} في المائة من الدكاكين الواقعة عليه عملها.",
    "council": "وأشار {councillor} من المجلس المحلي إلى أن الأعمال ستتواصل حتى حلول موسم الأمطار.",
    "link": 'ويمكن الاطلاع على التقييم الكامل عن {place} في <a href="{link}">صفحة البعثة</a>.',
    "contact": "للمزيد من المعلومات، يرجى الاتصال بـ {press}، مكتب المنظمة في {place}، هاتف: {phone}، "
    "البريد الإلكتروني: press@iom.example",
    "standing": "وتعمل المنظمة على طول هذا الساحل منذ افتتاح مكتبها الأول.",
    "head": "المنطقة|الأسر|الآبار",
    "pool": "ورصف البناؤون من {place} أرضية القاعة خلف طريق {other} مستفيدين من برودة الصباح."
    "|والأبواب التي طلاها {councillor} زرقاء كما جرت العادة بين {place} و{other}."
    "|وسيليه مبنى آخر قرب {other}، كما أضاف {head_of_office}، عندما يجف الخشب."
    "|ويحتفظ المعلمون من {other} بالمفاتيح، وتعير مدرسة {place} مقاعدها للاجتماعات."
    "|وجاءت الشتلات إلى {place} من مشتل يديره {councillor} مع صيادين سابقين.",
    "rewritten": "ومنذ إصلاح الجسر يلتقي التجار من الضفتين في أيام السوق، ووجد أصحاب القوارب عملا آخر في "
    "المحجر الواقع خلف التل.",
    "retitled": "مجلس {place} يشكر المتطوعين بعد شتاء قاس",
}
WORDS: Mapping[str, Mapping[str, str]] = {"en": _EN, "fr": _FR, "es": _ES, "ar": _AR}


def number(value: int, language: str, *, indic: bool = False) -> str:
    """As the language writes it; `indic`: in Arabic-Indic digits."""
    text = f"{value:,}".replace(",", {"en": ",", "fr": "\u202f", "es": ".", "ar": ","}[language])
    return text.translate(_ARABIC).replace(",", "٬") if indic else text


def written(day: date, language: str) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{day.day} {month} {day.year}"


def facts(language: str, chance: random.Random) -> Facts:
    """A release's facts, drawn; no two figures of it are equal."""
    words = WORDS[language]
    place, other = chance.sample(words["places"].split("|"), 2)
    head, councillor, press = chance.sample(words["names"].split("|"), 3)
    people = chance.randrange(11_000, 98_000, 100)
    return Facts(
        place=place,
        other=other,
        thing=chance.choice(words["things"].split("|")),
        people=people,
        families=chance.randrange(1_100, 9_900),
        money=f"{chance.randint(2, 9)}.{chance.randint(1, 9)}",
        share=chance.randint(21, 89),
        wells=chance.randint(101, 199),
        headline_figure=chance.randint(201, 989),
        day=date(2026, 2, 2) + timedelta(days=chance.randrange(20)),
        head_of_office=head,
        councillor=councillor,
        press=press,
        phone=f"+41 22 717 {chance.randint(10, 99)} {chance.randint(10, 99)}",
        quote=chance.choice(words["quotes"].split("|")),
        link=f"https://example.org/assessments/{chance.randint(1000, 9999)}",
        document=f"/sites/g/files/tmzbdl2616/files/documents/assessment-{chance.randint(1000, 9999)}.pdf",
        extra=tuple(chance.sample(words["pool"].split("|"), 3)),
    )


def text(found: Facts, *, language: str, path: str, dated: bool = True) -> Text:
    """The release of these facts. `dated`: its page says in its head when it was published."""
    words = WORDS[language]
    indic = language == "ar" and found.people % 200 == 0  # half of the Arabic ones
    decimal = found.money if language == "en" else found.money.replace(".", ",")
    slots = {
        "place": found.place,
        "other": found.other,
        "thing": found.thing.title() if language == "en" else found.thing,
        "day": written(found.day, language),
        "people": number(found.people, language, indic=indic),
        "families": number(found.families, language, indic=indic),
        "headline_figure": str(found.headline_figure),
        "money": decimal.translate(_ARABIC).replace(",", "٫") if indic else decimal,
        "share": str(found.share),
        "quote": found.quote,
        "head_of_office": found.head_of_office,
        "councillor": found.councillor,
        "press": found.press,
        "phone": found.phone,
        "link": found.link,
    }
    lower = slots | {"thing": found.thing}
    order = ("first", "figures", "quote", "share", "council", "link", "standing")
    body = [words[part].format_map(lower) for part in order]
    body[4:4] = [part.format_map(lower) for part in found.extra]
    rows = ((found.place, "412", str(found.wells)), (found.other, "388", "77"))
    return Text(
        path=path,
        language=language,
        headline=words["headline"].format_map(slots),
        paragraphs=tuple(body),
        table=(tuple(words["head"].split("|")), *rows),
        contact=words["contact"].format_map(slots),
        document=found.document,
        published=found.day if dated else None,
    )
