"""Sentences in four languages, from which `editions` makes releases by the hundred.

Invented throughout: events, people and figures. No text is taken from anywhere. `{n}`, `{m}`, `{k}` are
counts, `{p}` a share, `{place}`, `{person}`, `{partner}` names.
"""

from __future__ import annotations

LANGUAGES = ("en", "fr", "es", "ar")

# Headline and opening of what a release is about.
THEMES: dict[str, dict[str, tuple[str, str]]] = {
    "flood": {
        "en": (
            "Floods Displace Thousands in {place}",
            "High water has driven {n} people from their homes in and around {place}"
            " since Monday, according to a count by the International Organization for"
            " Migration (IOM) and {partner}.",
        ),
        "fr": (
            "Les inondations chassent des milliers de personnes à {place}",
            "La crue a contraint {n} personnes à quitter leur domicile à {place} et"
            " aux alentours depuis lundi, d’après un décompte de l’Organisation"
            " internationale pour les migrations (OIM) et de {partner}.",
        ),
        "es": (
            "Las inundaciones desplazan a miles de personas en {place}",
            "La crecida ha obligado a {n} personas a abandonar sus hogares en {place}"
            " y sus alrededores desde el lunes, según un recuento de la Organización"
            " Internacional para las Migraciones (OIM) y {partner}.",
        ),
        "ar": (
            "الفيضانات تهجّر الآلاف في {place}",
            "أجبرت المياه {n} شخص على مغادرة منازلهم في {place} ومحيطها منذ يوم"
            " الاثنين، وفق إحصاء أجرته المنظمة الدولية للهجرة و{partner}.",
        ),
    },
    "return": {
        "en": (
            "Families Return to {place} After Years Away",
            "The first {n} people who fled {place} have come back this month, and"
            " most of them found their houses without roofs, the International"
            " Organization for Migration (IOM) and {partner} report.",
        ),
        "fr": (
            "Des familles rentrent à {place} après des années d’absence",
            "Les {n} premières personnes qui avaient fui {place} sont rentrées ce"
            " mois-ci, et la plupart ont retrouvé leur maison sans toit, rapportent"
            " l’Organisation internationale pour les migrations (OIM) et {partner}.",
        ),
        "es": (
            "Las familias regresan a {place} tras años de ausencia",
            "Las primeras {n} personas que habían huido de {place} han vuelto este"
            " mes, y la mayoría encontró su casa sin techo, informan la Organización"
            " Internacional para las Migraciones (OIM) y {partner}.",
        ),
        "ar": (
            "عائلات تعود إلى {place} بعد سنوات من الغياب",
            "عاد هذا الشهر أول {n} شخص ممن فرّوا من {place}، ووجد معظمهم منازلهم بلا"
            " سقوف، بحسب ما أفادت به المنظمة الدولية للهجرة و{partner}.",
        ),
    },
    "training": {
        "en": (
            "Young People in {place} Learn a Trade and Stay",
            "A workshop in {place} has trained {n} young people as electricians and"
            " welders since it opened, and most of them now work near home, say the"
            " International Organization for Migration (IOM) and {partner}.",
        ),
        "fr": (
            "À {place}, des jeunes apprennent un métier et restent",
            "Un atelier de {place} a formé {n} jeunes à l’électricité et à la soudure"
            " depuis son ouverture, et la plupart travaillent aujourd’hui près de chez"
            " eux, indiquent l’Organisation internationale pour les migrations (OIM)"
            " et {partner}.",
        ),
        "es": (
            "Jóvenes de {place} aprenden un oficio y se quedan",
            "Un taller de {place} ha formado a {n} jóvenes como electricistas y"
            " soldadores desde su apertura, y la mayoría trabaja hoy cerca de casa,"
            " señalan la Organización Internacional para las Migraciones (OIM) y"
            " {partner}.",
        ),
        "ar": (
            "شبان في {place} يتعلمون حرفة ويبقون",
            "درّبت ورشة في {place} منذ افتتاحها {n} شاب وشابة على أعمال الكهرباء"
            " واللحام، ويعمل معظمهم اليوم قرب بيوتهم، كما تقول المنظمة الدولية للهجرة"
            " و{partner}.",
        ),
    },
    "health": {
        "en": (
            "A Clinic on Wheels Reaches {place}",
            "Doctors of the International Organization for Migration (IOM) and"
            " {partner} have examined {n} people in {place} in a clinic that fits on a"
            " lorry.",
        ),
        "fr": (
            "Un dispensaire sur roues arrive à {place}",
            "Des médecins de l’Organisation internationale pour les migrations (OIM)"
            " et de {partner} ont examiné {n} personnes à {place} dans un dispensaire"
            " qui tient sur un camion.",
        ),
        "es": (
            "Una clínica sobre ruedas llega a {place}",
            "Médicos de la Organización Internacional para las Migraciones (OIM) y de"
            " {partner} han examinado a {n} personas en {place} en una clínica que"
            " cabe en un camión.",
        ),
        "ar": (
            "عيادة على عجلات تصل إلى {place}",
            "فحص أطباء المنظمة الدولية للهجرة و{partner} {n} شخص في {place} داخل عيادة تتسع لها شاحنة واحدة.",
        ),
    },
}

SENTENCES: tuple[dict[str, str], ...] = (
    {
        "en": "Of the people counted, {m} sleep in schools and churches, and the others"
        " have found room with relatives who had little to spare themselves.",
        "fr": "Parmi les personnes recensées, {m} dorment dans des écoles et des églises ;"
        " les autres ont trouvé place chez des proches qui n’avaient eux-mêmes pas"
        " grand-chose.",
        "es": "De las personas contadas, {m} duermen en escuelas e iglesias, y las demás"
        " han encontrado sitio con parientes a quienes tampoco les sobraba nada.",
        "ar": "ومن بين من شملهم الإحصاء ينام {m} في المدارس والكنائس، فيما وجد الآخرون"
        " مكاناً لدى أقارب لم يكن لديهم الكثير أصلاً.",
    },
    {
        "en": "The road to the market is open again, but the bridge carries only one lorry"
        " at a time, and drivers wait for hours.",
        "fr": "La route du marché est rouverte, mais le pont ne supporte qu’un camion à la"
        " fois, et les chauffeurs attendent des heures.",
        "es": "El camino al mercado está abierto de nuevo, pero el puente solo soporta un"
        " camión a la vez y los conductores esperan durante horas.",
        "ar": "وقد أعيد فتح الطريق إلى السوق، لكن الجسر لا يحتمل سوى شاحنة واحدة في كل مرة،"
        " وينتظر السائقون ساعات.",
    },
    {
        "en": "Teams have handed out {k} kits of blankets, lamps and soap, and a second"
        " delivery is on its way from the regional warehouse.",
        "fr": "Les équipes ont distribué {k} lots de couvertures, de lampes et de savon, et"
        " une seconde livraison est en route depuis l’entrepôt régional.",
        "es": "Los equipos han repartido {k} paquetes con mantas, lámparas y jabón, y una"
        " segunda entrega viene en camino desde el almacén regional.",
        "ar": "ووزعت الفرق {k} طرد من البطانيات والمصابيح والصابون، فيما تتجه شحنة ثانية من"
        " المستودع الإقليمي إلى المنطقة.",
    },
    {
        "en": "In a survey, {p}% of the households said that clean water was what they"
        " needed first; many walk for an hour to fetch it.",
        "fr": "Lors d’une enquête, {p} % des ménages ont répondu que l’eau potable était"
        " leur premier besoin ; beaucoup marchent une heure pour en trouver.",
        "es": "En una encuesta, el {p} % de los hogares respondió que el agua limpia era lo"
        " primero que necesitaba; muchos caminan una hora para buscarla.",
        "ar": "وفي استطلاع للرأي قالت {p}% من الأسر إن المياه النظيفة هي أول ما تحتاج إليه،"
        " ويمشي كثيرون ساعة كاملة لجلبها.",
    },
    {
        "en": "The school will open its doors again next week. Two classrooms are still"
        " used as a shelter, and lessons will be given in turns.",
        "fr": "L’école rouvrira ses portes la semaine prochaine. Deux salles de classe"
        " servent encore d’abri, et les cours seront donnés à tour de rôle.",
        "es": "La escuela volverá a abrir la semana próxima. Dos aulas se usan todavía como"
        " refugio, y las clases se darán por turnos.",
        "ar": "وستفتح المدرسة أبوابها من جديد في الأسبوع المقبل. ولا يزال صفّان يُستخدمان"
        " مأوى، ولذلك ستُعطى الدروس بالتناوب.",
    },
    {
        "en": "Women ask for lighting above all. “We do not go out after dark,” one of them"
        " told the surveyors, “and the well is far.”",
        "fr": "Les femmes réclament avant tout de l’éclairage. « Nous ne sortons pas à la"
        " nuit tombée », a dit l’une d’elles aux enquêteurs, « et le puits est loin. »",
        "es": "Las mujeres piden sobre todo iluminación. «No salimos cuando oscurece», dijo"
        " una de ellas a los encuestadores, «y el pozo queda lejos».",
        "ar": "وتطلب النساء الإنارة قبل كل شيء. قالت إحداهن لفريق الاستطلاع: «لا نخرج بعد"
        " حلول الظلام، والبئر بعيدة».",
    },
    {
        "en": "The work costs USD {k},000 this year and is paid for by the municipality and"
        " by donors who have asked not to be named.",
        "fr": "Les travaux coûtent {k} 000 USD cette année ; ils sont payés par la commune"
        " et par des donateurs qui ont souhaité rester anonymes.",
        "es": "Las obras cuestan {k}.000 USD este año y las pagan el municipio y unos"
        " donantes que han pedido no ser nombrados.",
        "ar": "وتبلغ كلفة الأعمال هذا العام {k},000 دولار، تدفعها البلدية ومانحون طلبوا عدم ذكر أسمائهم.",
    },
    {
        "en": "Interpreters are needed for the languages of the hills; the office is"
        " training volunteers, among them teachers who have retired.",
        "fr": "Il faut des interprètes pour les langues des collines ; le bureau forme des"
        " bénévoles, parmi lesquels des enseignants à la retraite.",
        "es": "Hacen falta intérpretes para las lenguas de las colinas; la oficina forma a"
        " voluntarios, entre ellos maestros jubilados.",
        "ar": "وهناك حاجة إلى مترجمين للغات التلال، ويدرّب المكتب متطوعين من بينهم معلمون متقاعدون.",
    },
    {
        "en": "Seed and tools for {m} farms should arrive before the rains, so that one"
        " harvest at least is not lost.",
        "fr": "Des semences et des outils pour {m} exploitations devraient arriver avant"
        " les pluies, afin qu’une récolte au moins ne soit pas perdue.",
        "es": "Las semillas y herramientas para {m} fincas deberían llegar antes de las"
        " lluvias, para que al menos una cosecha no se pierda.",
        "ar": "ومن المنتظر أن تصل البذور والأدوات اللازمة لعدد {m} من المزارع قبل موسم"
        " الأمطار، كي لا يضيع محصول واحد على الأقل.",
    },
    {
        "en": "A hotline answers day and night. It received {k} calls in its first week,"
        " most of them from people who were looking for a child or a parent.",
        "fr": "Une ligne d’écoute répond jour et nuit. Elle a reçu {k} appels la première"
        " semaine, la plupart de personnes qui cherchaient un enfant ou un parent.",
        "es": "Una línea telefónica atiende de día y de noche. Recibió {k} llamadas en su"
        " primera semana, la mayoría de personas que buscaban a un hijo o a un padre.",
        "ar": "ويعمل خط ساخن ليلاً ونهاراً، وقد تلقى {k} مكالمة في أسبوعه الأول، معظمها من"
        " أشخاص يبحثون عن طفل أو عن أحد الوالدين.",
    },
    {
        "en": "Not every question has an answer yet. Where the land belongs to nobody, the"
        " council must decide who may build on it, and that takes time.",
        "fr": "Toutes les questions n’ont pas encore de réponse. Là où la terre n’est à"
        " personne, le conseil doit décider qui peut y bâtir, et cela prend du temps.",
        "es": "No todas las preguntas tienen respuesta todavía. Donde la tierra no es de"
        " nadie, el concejo debe decidir quién puede construir en ella, y eso lleva"
        " tiempo.",
        "ar": "ولم تجد كل الأسئلة جواباً بعد. فحيث لا مالك للأرض يتعين على المجلس أن يقرر"
        " من يحق له البناء عليها، وهذا يستغرق وقتاً.",
    },
    {
        "en": "The next count will be published at the end of the month.",
        "fr": "Le prochain décompte sera publié à la fin du mois.",
        "es": "El próximo recuento se publicará a finales de mes.",
        "ar": "وسيُنشر الإحصاء المقبل في نهاية الشهر.",
    },
)

QUOTES: tuple[dict[str, str], ...] = (
    {
        "en": "“People here do not ask for much,” said {person}, who leads the team. “They"
        " ask us to come back.”",
        "fr": "« Les gens d’ici ne demandent pas grand-chose », a déclaré {person}, qui"
        " dirige l’équipe. « Ils nous demandent de revenir. »",
        "es": "«La gente de aquí no pide mucho», dijo {person}, al frente del equipo. «Nos"
        " pide que volvamos».",
        "ar": "وقال {person} الذي يقود الفريق: «الناس هنا لا يطلبون الكثير، بل يطلبون منا أن نعود».",
    },
    {
        "en": "“A list of names is the beginning of help,” said {person}, the mayor's"
        " deputy. “Nobody should have to stand in line twice.”",
        "fr": "« Une liste de noms, c’est le début de l’aide », a dit {person}, de la"
        " mairie. « Personne ne devrait faire deux fois la queue. »",
        "es": "«Una lista de nombres es el comienzo de la ayuda», afirmó {person}, de la"
        " alcaldía. «Nadie debería hacer cola dos veces».",
        "ar": "وأضاف {person} من مكتب العمدة: «قائمة الأسماء هي بداية المساعدة، ولا ينبغي"
        " لأحد أن يقف في الطابور مرتين».",
    },
)

CONTACT = {
    "en": "For more information, please contact {person}, Tel: {phone}, Email: {email}",
    "fr": "Pour plus d’informations, veuillez contacter {person}, Tél : {phone}, Email : {email}",
    "es": "Para más información, se ruega ponerse en contacto con {person}, Teléfono móvil:"
    " {phone}, Correo electrónico: {email}",
    "ar": "لمزيد من المعلومات، يرجى الاتصال: {person}، هاتف: {phone}، البريد الإلكتروني: {email}",
}

REPORT = {
    "en": "Situation Report: {place}, {month} {year}",
    "fr": "Rapport de situation : {place}, {month} {year}",
    "es": "Informe de situación: {place}, {month} de {year}",
    "ar": "تقرير عن الحالة: {place}، {month} {year}",
}

# (as Latin script has it, as Arabic has it)
PLACES = (
    ("Melindo", "ميليندو"),
    ("Karabe", "كارابي"),
    ("Tossiga", "توسيغا"),
    ("Oumdala", "أم دالة"),
    ("Barrancal", "بارانكال"),
    ("Suvareni", "سوفاريني"),
    ("Zelima", "زليمة"),
    ("Nakopo", "ناكوبو"),
    ("Foundiou", "فونديو"),
    ("Quirapas", "كيراباس"),
    ("Hadraya", "حضراية"),
    ("Lomvesi", "لومفيسي"),
    ("Serdaba", "سرداب"),
    ("Ituanga", "إيتوانغا"),
    ("Gashara", "غشارة"),
    ("Moravik", "مورافيك"),
)
PEOPLE = (
    ("Teresa Malonga", "تيريزا مالونغا"),
    ("Idris Barkat", "إدريس بركات"),
    ("Ana Vilches", "آنا فيلتشيس"),
    ("Samuel Okpara", "صامويل أوكبارا"),
    ("Nour Haddadin", "نور حدادين"),
    ("Pavel Dorin", "بافل دورين"),
    ("Lucie Fontaneau", "لوسي فونتانو"),
    ("Rosa Quimbaya", "روزا كيمبايا"),
    ("Amadou Sylla", "أمادو سيلا"),
    ("Hana Terziu", "هانا ترزيو"),
    ("Dembo Karangwa", "ديمبو كارانغوا"),
    ("Marta Eloy", "مارتا إيلوي"),
)
PARTNERS = (
    ("Caritas", "كاريتاس"),
    ("Oxfam", "أوكسفام"),
    ("Medair", "ميدير"),
    ("Acted", "أكتد"),
)
