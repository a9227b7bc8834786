"""Pages for the tests: releases of our own writing in the markups the sites use, with menus and noise around.

Nothing here is extracted or judged. `Noise` makes what differs from one rendering to the next.
"""

from __future__ import annotations

import html
import random
from dataclasses import dataclass

MENUS = {
    "en": [
        ("Who we are", "The International Organization for Migration (IOM) is part of the United Nations "
                       "System and "
         "promotes since 1951 humane and orderly migration, with 175 member states and a presence in 171 "
         "countries.",
         ["Director General", "Structure", "Governance"]),
        ("Our Work", "As the leading intergovernmental organization promoting humane and orderly "
                     "migration, IOM plays "
         "a key role to support the achievement of the 2030 Agenda through different areas of intervention.",
         ["What We Do", "Partnerships", "Highlights"]),
        ("Where we work", "", []),
        ("Take Action", "", ["Work with us", "Get involved"]),
        ("Data and Research", "", []),
        ("2030 Agenda", "", []),
    ],
    "fr": [
        ("Qui sommes nous", "L'Organisation internationale pour les migrations (OIM) fait partie du "
                            "système des Nations "
         "Unies et promeut depuis 1951 une migration humaine et ordonnée qui profite à tous, avec 175 "
         "Etats membres.",
         ["Structure organisationnelle", "Directrice générale"]),
        ("Notre travail", "En tant que principale organisation intergouvernementale de la migration, l'OIM "
                          "joue un rôle "
         "clé pour soutenir la réalisation du Programme 2030 à travers différents domaines d'intervention.",
         ["Ce que nous faisons", "Partenariats"]),
        ("Où travaillons-nous", "", []),
        ("Agir", "", ["Travailler avec nous", "Engagez-vous"]),
        ("Données et recherche", "", []),
        ("2030 AGENDA", "", []),
    ],
    "es": [
        ("Quiénes somos", "La Organización Internacional para las Migraciones forma parte del sistema de "
                          "las Naciones "
         "Unidas y promueve desde 1951 una migración humana y ordenada en beneficio de todos, en 171 países.",
         ["Sobre nosotros"]),
        ("Nuestro trabajo", "Como principal organización intergubernamental en materia de migración, la "
                            "OIM desempeña "
         "un papel clave para apoyar el logro de la Agenda 2030 en diferentes áreas de intervención.",
         ["Qué hacemos", "Partenariados"]),
        ("Dónde operamos", "", []),
        ("Actúa", "", ["Trabaje con nosotros", "Participe"]),
        ("Datos e investigación", "", []),
        ("2030 AGENDA", "", []),
    ],
    "pt": [
        ("Quem somos", "A Organização Internacional para as Migrações faz parte do Sistema das Nações "
                       "Unidas e promove "
         "desde 1951 uma migração humana e ordenada em benefício de todos, com 175 Estados membros.",
         ["Sobre", "OIM Global"]),
        ("Nosso trabalho", "", ["O que fazemos", "Transversal (global)"]),
        ("Dados e Informações", "", []),
        ("Contribua", "", []),
        ("2030 Agenda", "", []),
    ],
    "ar": [
        ("من نحن", "المنظمة الدولية للهجرة جزء من منظومة الأمم المتحدة، وهي تعمل منذ عام 1951 على تعزيز "
                   "الهجرة "
         "الإنسانية والمنظمة لما فيه مصلحة الجميع، وتضم 175 دولة عضوا ولها حضور في 171 بلدا.",
         ["معلومات عن", "المنظمة الدولية للهجرة في العالم"]),
        ("عملنا", "", ["ماذا نفعل", "القضايا العالمية الشاملة"]),
        ("أين نعمل؟", "", []),
        ("شارك بعمل شيء", "", []),
        ("البيانات والمصادر", "", []),
        ("2030 Agenda", "", []),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Release:
    """A release of our own writing: what a reader should get back."""

    lang: str
    path: str
    title: str
    paragraphs: tuple[str, ...]
    contact: str
    type: str
    scope: str
    dateline: str


EN = Release(
    lang="en",
    path="/news/river-towns-count-cost-second-flood",
    title="River Towns Count the Cost of a Second Flood in One Season",
    paragraphs=(
        "Juba, 14 October 2025 – More than 12,400 people have left their homes along the Sobat since "
        "Sunday, when the "
        "river rose for the second time this season, according to figures gathered by IOM teams in four "
        "counties.",
        "Families who had only just rebuilt their shelters are sleeping on the road embankment. “We "
        "carried the roof "
        "twice,” said Nyakim, a mother of five who walked for two days with her neighbours’ children.",
        "IOM is distributing plastic sheeting, soap and water containers from stocks held in Malakal, and "
        "is repairing "
        "two boreholes that serve about 3,000 people. A further USD 2.5 million is needed before December.",
    ),
    contact="For more information, please contact: Mary Lado, IOM South Sudan, Tel: +211 912 379 900, "
    "Email: mlado@iom.int",
    type="News",
    scope="Local",
    dateline="Juba, 14 October 2025",
)
FR = Release(
    lang="fr",
    path="/fr/news/les-villes-du-fleuve-face-une-seconde-crue",
    title="Les villes du fleuve face à une seconde crue en une saison",
    paragraphs=(
        "Niger - Plus de 12 400 personnes ont quitté leur foyer depuis dimanche, lorsque le fleuve a "
        "débordé pour la "
        "deuxième fois de la saison, selon les données recueillies par les équipes de l’OIM dans quatre "
        "départements.",
        "Les familles qui venaient de reconstruire leur abri dorment sur la digue. « Nous avons porté le "
        "toit deux "
        "fois », raconte Hadiza, mère de cinq enfants, qui a marché deux jours avec ceux de ses voisins.",
        "L’OIM distribue des bâches, du savon et des bidons, et répare deux forages qui desservent environ "
        "3 000 "
        "personnes. Il manque encore 2,5 millions de dollars pour tenir jusqu’en décembre.",
    ),
    contact="Pour plus d’informations, veuillez contacter Awa Diallo, Bureau de l’OIM à Niamey, "
    "Tél. +227 20 75 20 20, Email: adiallo@iom.int",
    type="Communiqué",
    scope="Local",
    dateline="Niger",
)
ES = Release(
    lang="es",
    path="/es/news/las-ciudades-del-rio-ante-una-segunda-crecida",
    title="Las ciudades del río ante una segunda crecida en una temporada",
    paragraphs=(
        "Lima, 14 de octubre de 2025.-  Más de 12.400 personas han dejado sus hogares desde el domingo, "
        "cuando el río "
        "se desbordó por segunda vez en la temporada, según los datos que reunieron los equipos de la OIM.",
        "Las familias que acababan de levantar sus refugios duermen sobre el terraplén. “Cargamos el techo "
        "dos veces”, "
        "dijo Rosa, madre de cinco hijos, que caminó dos días junto a los niños de sus vecinos.",
    ),
    contact="Para más información, se ruega ponerse en contacto con Juana Ríos, OIM Perú, "
    "Teléfono móvil: +51 999 888 777, Correo electrónico: jrios@iom.int",
    type="Comunicado",
    scope="Global",
    dateline="Lima, 14 de octubre de 2025",
)
AR = Release(
    lang="ar",
    path="/ar/news/mdn-alnhr-twajh-fydana-thanya",
    title="مدن النهر تواجه فيضانا ثانيا في موسم واحد",
    paragraphs=(
        "بغداد، 14 تشرين الأول/أكتوبر 2025 – غادر أكثر من 12400 شخص منازلهم منذ يوم الأحد عندما فاض النهر "
        "للمرة "
        "الثانية هذا الموسم، وفقا للبيانات التي جمعتها فرق المنظمة الدولية للهجرة في أربع محافظات.",
        "وتنام الأسر التي أعادت بناء مآويها للتو على جانب الطريق المرتفع. وقالت أم لخمسة أطفال سارت يومين "
        "مع أطفال "
        "جيرانها إن العائلة حملت سقف البيت مرتين هذا العام.",
    ),
    contact="للمزيد من المعلومات، يرجى الاتصال بـ سارة حسن، مكتب المنظمة في العراق، هاتف: +964 771 234 5678، "
    "البريد الإلكتروني: shasan@iom.int",
    type="بيان صحفي",
    scope="محلي",
    dateline="بغداد، 14 تشرين الأول/أكتوبر 2025",
)
RELEASES = (EN, FR, ES, AR)


class Noise:
    """What a render changes although the release does not."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)

    def token(self, length: int = 12) -> str:
        return "".join(self._random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def shuffled(self, items: list[str]) -> list[str]:
        return self._random.sample(items, len(items))


def menu(lang: str, noise: Noise, tag: str = "nav") -> str:
    entries = []
    for label, description, links in MENUS[lang]:
        described = f"<p>{label}{html.escape(description)}</p>" if description else ""
        children = "".join(f"<h4>{link}</h4><li><a href='/x'>{link}</a></li>" for link in links)
        entries.append(
            f'<li class="{noise.token()}"><a href="/y">{label}</a>{described}<ul>{children}</ul></li>'
        )
    return f'<{tag} class="main-menu"><ul>{"".join(entries)}</ul></{tag}>'


def attributes(noise: Noise, given: dict[str, str]) -> str:
    """Attributes in random order."""
    return " ".join(noise.shuffled([f'{name}="{value}"' for name, value in given.items()]))


def around(noise: Noise) -> str:
    cards = "".join(
        f'<div class="views-row"><div class="article-detail"><div class="tag">News</div><div class="date">'
        f'{noise.number(1, 28)} May 2024</div><h5 class="title">'
        f'<a hreflang="es" href="/es/news/{noise.token()}">Another '
        f"office opens "
        f"{noise.token()}</a></h5><p>Staff moved into the building that the city lent to the mission in "
        f"spring.</p>"
        f"</div></div>"
        for _ in range(3)
    )
    return (
        f'<div class="view view-related-news view-dom-id-{noise.token(20)}"><h2>Related '
        f"news</h2>{cards}</div>"
        f'<div class="share-buttons"><a href="https://social.example/?u={noise.token()}">Share</a></div>'
        f'<section class="newsletter"><h2>Newsletter</h2><p>Subscribe to receive stories from the field in '
        f"your "
        f"inbox every month, {noise.number(100, 999)} readers already do.</p></section>"
    )


def body(release: Release, layout: str, noise: Noise, *, contact: bool = True) -> str:
    text = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in release.paragraphs)
    if contact:
        text += f"<p>***</p><p>{html.escape(release.contact)}</p>"
    title, image = (
        html.escape(release.title),
        f"/sites/g/files/tmzbdl{noise.number(100, 9999)}/files/styles/wide/flood.jpg",
    )
    lead = (
        f'<div class="tag">{release.type}</div><div class="scope">{release.scope}</div><h1>{title}</h1>'
        f'<figure><img src="{image}?itok={noise.token(8)}&amp;h={noise.token(8)}"/>'
        f"<figcaption>The embankment at dawn. Photo: IOM/Peter Deng</figcaption></figure>"
    )
    names = noise.shuffled(["clearfix", "text-formatted", "field", "field--type-text-with-summary"])
    given = {"class": " ".join(names), "lang": release.lang, "data-quickedit": noise.token()}
    if layout == "press release":
        return (
            f'<article data-history-node-id="110402" class="node"><div '
            f'class="narrow-content">{lead}'
            f"<div {attributes(noise, given)}>{text}</div></div></article>"
        )
    if layout == "blog":
        return (
            f'{lead}<div class="node node--type-blog-list"><div class="field '
            f'field--name-field-contents">{text}</div>'
            f"</div>"
        )
    if layout == "story":
        return f'<div data-history-node-id="110402"><div>{lead}</div><div>{text}</div></div>'
    if layout == "drupal 7":
        return (
            f'<h1 id="page-title" class="title">{title}</h1><div id="block-system-main"><div '
            f'class="submitted">Updated: '
            f"{noise.number(2, 23)} hours ago</div><div class='field-name-body'>{text}</div></div>"
        )
    if layout == "undescribed":
        return f"<div class='c1'><div class='{noise.token()}'>{lead}<div><div>{text}</div></div></div></div>"
    return f"{lead}{text}"


LAYOUTS = ("press release", "blog", "story", "drupal 7", "undescribed", "flat")


def page(
    release: Release,
    layout: str = "press release",
    seed: int = 0,
    *,
    head: str = "",
    contact: bool = True,
    tag: str = "nav",
) -> bytes:
    """The release in a page of that layout, as bytes; `seed` picks the noise."""
    noise = Noise(seed)
    direction = ' dir="rtl"' if release.lang == "ar" else ""
    return f"""<!DOCTYPE html>
<html lang="{release.lang}"{direction}><head><meta charset="utf-8">
<title>{html.escape(release.title)} | International Organization for Migration</title>
<link rel="stylesheet" href="/css/css_{noise.token(30)}.css">{head}
<script type="application/json"
data-drupal-selector="drupal-settings-json">{{"hash":"{noise.token()}"}}</script>
</head><body class="path-node page-node-type-press-release">
<a href="#main" class="visually-hidden focusable">Skip to main content</a>
<div id="cookie-{noise.token()}" class="eu-cookie-compliance-banner" role="alertdialog"><p>We use cookies
on this site
to enhance your user experience. By clicking any link you give your consent.</p></div>
<header role="banner">{menu(release.lang, noise, tag)}</header>
<main role="main">{body(release, layout, noise, contact=contact)}</main>
{around(noise)}
<footer><p>International Organization for Migration, 17 Route des Morillons, Geneva. Tel: +41 22 717 9111,
Email:
hq@iom.int</p><ul><li><a href="/terms">Terms</a></li></ul></footer></body></html>""".encode()
