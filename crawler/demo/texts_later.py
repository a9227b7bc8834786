"""Releases that appear on the simulated site while it is being watched; `timeline` says when.

Invented throughout: events, people and figures. No text is taken from anywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.demo.release import Release, french, prose

CORRIDOR_EN = Release(
    node=110407,
    path="/news/first-convoy-reaches-mountain-villages-after-badakhshan-earthquake",
    headline="First Convoy Reaches Mountain Villages After Badakhshan Earthquake",
    published=datetime(2026, 3, 2, 7, 40, tzinfo=UTC),
    caption="Mules carry stoves along the last six kilometres. Photo: IOM/Farid Rahimi 2026",
    structured="both",
    text=prose("""
Fayzabad, 2 March 2026 – Lorries carrying tents, stoves and quilts reached the end of the road above
Fayzabad on Sunday evening, three days after an earthquake brought down the houses of five villages.
From there mules took the load.

The convoy was arranged by the International Organization for Migration (IOM) with the provincial
authorities and the drivers' guild, whose members cleared two landslides by hand on the way.

“We had tea with people who had not slept since Thursday,” said Zarghuna Haidari, who leads the IOM
team. “They asked for stoves before food. At night it is eleven degrees below zero.”

Women surveyors are going from house to house, so that widows and families without men are counted too.
A second convoy will bring timber and window glass.

***

@ For more information, please contact Farid Rahimi, IOM Afghanistan, Tel: +93 79 955 0132, Email:
frahimi@iom.example
"""),
)

CORRIDOR_FR = Release(
    node=110407,
    path="/fr/news/un-premier-convoi-atteint-les-villages-de-montagne-apres-le-seisme-du-badakhchan",
    language="fr",
    headline="Un premier convoi atteint les villages de montagne après le séisme du Badakhchan",
    published=datetime(2026, 3, 3, 7, 10, tzinfo=UTC),
    caption="Des mulets portent les poêles sur les six derniers kilomètres. Photo : OIM/Farid Rahimi 2026",
    structured="both",
    text=french("""
Fayzabad, 2 mars 2026 – Des camions chargés de tentes, de poêles et de couvertures sont parvenus
dimanche soir au bout de la route qui monte de Fayzabad, trois jours après le séisme qui a renversé les
maisons de cinq villages. Au-delà, des mulets ont pris le relais.

Le convoi a été organisé par l’Organisation internationale pour les migrations (OIM) avec les autorités
de la province et la guilde des chauffeurs, dont les membres ont déblayé à la main deux glissements de
terrain.

« Nous avons pris le thé avec des gens qui n’avaient pas dormi depuis jeudi », a déclaré Zarghuna
Haidari, qui dirige l’équipe de l’OIM. « Ils demandaient des poêles avant de la nourriture. La nuit, il
fait onze degrés au-dessous de zéro. »

Des enquêtrices vont de maison en maison, afin que les veuves et les familles sans hommes soient
comptées elles aussi. Un second convoi apportera du bois de charpente et des vitres.

***

@ Pour plus d’informations, veuillez contacter Farid Rahimi, OIM Afghanistan, Tél : +93 79 955 0132,
Email : frahimi@iom.example
"""),
)

COASTAL_DESK_ES = Release(
    node=110398,
    path="/es/news/los-temporeros-encuentran-una-ventanilla-unica-en-el-puerto-de-algeciras",
    language="es",
    headline="Los temporeros encuentran una ventanilla única en el puerto de Algeciras",
    published=datetime(2026, 3, 2, 11, 30, tzinfo=UTC),
    caption="La ventanilla abrió a tiempo para la cosecha de la fresa. © OIM 2026",
    text=prose("""
Algeciras, 27 de febrero de 2026 – Quienes cruzan el Estrecho para la cosecha de los frutos rojos pueden
comprobar desde esta semana su contrato, su transporte y su fecha de regreso en una sola ventanilla de
la terminal de pasajeros, abierta por la autoridad portuaria con el apoyo de la Organización
Internacional para las Migraciones (OIM).

Hasta ahora, a quien tenía una duda sobre sus papeles lo mandaban de un mostrador a otro, muchas veces
con el autobús esperando en la puerta. La ventanilla reúne a la inspección de trabajo, a la asociación
de empleadores y a la OIM, y responde en árabe, amazig, francés y español.

«Es más difícil engañar a una trabajadora que sabe lo que dice su contrato», afirmó Inmaculada Reyes,
que coordina la ventanilla. «Son diez minutos, y cambian los tres meses siguientes».

Cada persona se lleva una tarjeta, impresa en su idioma, con el nombre del empleador, el salario
acordado y un número de teléfono que se atiende de día y de noche.

La ventanilla permanecerá abierta hasta el final de la cosecha, en junio.

***

@ Para más información, se ruega ponerse en contacto con Inmaculada Reyes, OIM España, Teléfono móvil:
+34 91 555 01 36, Correo electrónico: ireyes@iom.example
"""),
)

PEARL_DIVERS_FR = Release(
    node=110411,
    path="/fr/news/a-nosy-be-danciens-plongeurs-forment-les-sauveteurs-de-demain",
    language="fr",
    scope="local",
    headline="À Nosy Be, d’anciens plongeurs forment les sauveteurs de demain",
    published=datetime(2026, 3, 3, 10, 20, tzinfo=UTC),
    text=french("""
Hell-Ville, Madagascar (3 mars 2026) – Ils ont cherché des holothuries pendant vingt ans ; ils
apprennent désormais à des adolescents comment tirer un naufragé hors de l’eau. Sur l’île de Nosy Be,
une école de sauvetage a ouvert lundi dans un hangar à bateaux.

La région voit passer chaque saison des embarcations surchargées à destination de Mayotte. Lorsqu’elles
chavirent, ce sont les pêcheurs qui arrivent les premiers, souvent sans gilet, sans radio et sans
formation.

« Je savais nager avant de savoir lire », confie Jaozandry Velo, instructeur. « Mais porter quelqu’un
qui se débat, cela s’apprend. »

Financée pour deux ans, l’école accueillera soixante élèves par trimestre. L’Organisation internationale
pour les migrations (OIM) fournit les gilets et les radios ; la commune prête le hangar.

***

@ Pour plus d’informations, veuillez contacter Voahangy Rakoto, OIM Madagascar, Tél : +261 20 22 555 42,
Email : vrakoto@iom.example
"""),
)

ADEN_AR = Release(
    node=110415,
    path="/ar/news/qabilat-fy-adn-yusajjiln-alatfal-almawludin-ala-altariq",
    language="ar",
    headline="قابلات في عدن يسجّلن الأطفال المولودين على الطريق",
    published=datetime(2026, 3, 4, 10, 30, tzinfo=UTC),
    caption="سجلّ الولادات في عيادة خور مكسر. تصوير: المنظمة الدولية للهجرة/أروى باسندوة 2026",
    text=prose("""
عدن، 4 آذار/مارس 2026 – بدأت قابلات في مدينة عدن هذا الأسبوع تسجيل الأطفال الذين وُلدوا أثناء رحلة
أمهاتهم، ومنحهم شهادة ميلاد هي في الغالب أول ورقة تحمل أسماءهم.

ويأتي هذا العمل ثمرة اتفاق بين مكتب السجل المدني والمنظمة الدولية للهجرة، يتيح للقابلة أن توثّق الولادة
وإن حدثت قبل أشهر وفي مكان بعيد، بشهادة الأم وامرأة أخرى رافقتها.

وقالت القابلة أروى باسندوة: «سألتني أمٌّ هل يكفي أن تتذكر القمر في تلك الليلة. فتحنا التقويم معاً،
ووجدنا اليوم».

ومن دون شهادة ميلاد لا يستطيع الطفل أن يلتحق بالمدرسة ولا أن يتلقى لقاحاته في موعدها. ومن المقرر أن يمتد
التسجيل إلى ثلاث عيادات أخرى على الساحل قبل حلول الصيف.

***

@ لمزيد من المعلومات، يرجى الاتصال بأروى باسندوة، المنظمة الدولية للهجرة في اليمن، هاتف: +967 1 555 068،
البريد الإلكتروني: abasindwa@iom.example
"""),
)

RANGERS_STATEMENT = Release(
    node=110418,
    path="/statements/iom-statement-release-aid-workers-held-kordofan",
    type="statement",
    headline="IOM Statement on the Release of Aid Workers Held in Kordofan",
    published=datetime(2026, 3, 4, 13, 20, tzinfo=UTC),
    structured="both",
    text=prose("""
The International Organization for Migration (IOM) welcomes the safe return of the four aid workers who
had been held in North Kordofan since January, and thanks the elders who spoke for them. Those who bring
water and medicine to others must be able to travel, work and come home without fear.
"""),
)
