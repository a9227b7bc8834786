"""The words of the simulated site's chrome in its four languages: menus, labels, banners, footer.

Holds no release and no markup. Menu labels are those seen on the IOM's sites; descriptions are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Entry = tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]  # label, description, columns of links


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language of the site."""

    code: str
    name: str
    direction: str = "ltr"
    site: str
    menu: tuple[Entry, ...]  # descriptions may say {countries}
    over: str
    types: Mapping[str, str]
    scopes: Mapping[str, str]
    months: tuple[str, ...]
    home: str
    skip: str
    search: str
    share: str
    related: str
    latest: str
    hours_ago: str  # with {hours}
    more: str
    documents: str
    displaying: str  # with {first}, {last}, {total}
    nothing: str
    previous: str
    following: str
    newsletter: tuple[str, str, str]  # heading, text, button
    cookies: tuple[str, str, str]  # text, accept, decline
    footer: tuple[str, ...]
    simulated: str
    missing: tuple[str, str]  # heading and text of a 404

    @property
    def prefix(self) -> str:
        return "" if self.code == "en" else f"/{self.code}"

    def day(self, moment: datetime) -> str:
        return f"{moment.day} {self.months[moment.month - 1]} {moment.year}"


_EN = Tongue(
    code="en",
    name="English",
    site="International Organization for Migration",
    menu=(
        (
            "Who we are",
            "Founded in 1951, IOM works with governments and with people on the move, from offices in "
            "{countries} countries.",
            (
                ("About", ("Organizational structure", "Director General", "Member States", "History")),
                ("Governance", ("Council", "Evaluation", "Audit and oversight", "Funding")),
            ),
        ),
        (
            "Our Work",
            "As a leading organization in its field, IOM joins humanitarian help with "
            "longer-term development.",
            (
                (
                    "What We Do",
                    ("Protection", "Labour mobility", "Health", "Resettlement", "Climate and migration"),
                ),
                ("Partnerships", ("Civil society", "Private sector", "Diaspora", "Donors")),
                ("Highlights", ("World Migration Report", "Migrants' Day", "Appeals")),
            ),
        ),
        ("Where we work", "Regional offices and country missions.", ()),
        (
            "Take Action",
            "There are many ways to stand with people who move.",
            (
                ("Work with us", ("Vacancies", "Internships", "Procurement")),
                ("Get involved", ("Donate", "Volunteer", "Campaigns")),
            ),
        ),
        ("Data and Research", "Numbers and studies to decide by.", ()),
        ("2030 Agenda", "Migration and the Sustainable Development Goals.", ()),
    ),
    over="over",
    types={"news": "News", "statement": "Statement", "speech": "Speech", "story": "Story", "blog": "Blog"},
    scopes={"global": "Global", "local": "Local"},
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    home="Home",
    skip="Skip to main content",
    search="Search",
    share="Share this page",
    related="Related news",
    latest="Latest",
    hours_ago="{hours} hours ago",
    more="Read more",
    documents="Documents",
    displaying="Displaying {first} - {last} of {total}",
    nothing="No results match your search.",
    previous="Previous",
    following="Next",
    newsletter=("Stay informed", "Receive our newsletter once a month.", "Subscribe"),
    cookies=(
        "This site uses cookies to remember your language and to count visits. You may decline them.",
        "Accept all",
        "Decline",
    ),
    footer=("Contact us", "Privacy notice", "Terms and conditions", "We are against scams", "Accessibility"),
    simulated="A simulated site: everything written here is invented.",
    missing=("Page not found", "The page you asked for does not exist, or no longer does. Try the search."),
)

_FR = Tongue(
    code="fr",
    name="Français",
    site="Organisation internationale pour les migrations",
    menu=(
        (
            "Qui sommes nous",
            "Fondée en 1951, l’OIM travaille avec les gouvernements et les personnes migrantes, grâce à ses "
            "bureaux dans {countries} pays.",
            (
                (
                    "Structure",
                    ("Structure organisationnelle", "Directrice générale", "Etats membres", "Histoire"),
                ),
                ("Gouvernance", ("Conseil", "Evaluation", "Audit et contrôle", "Financement")),
            ),
        ),
        (
            "Notre travail",
            "Principale organisation dans son domaine, l’OIM relie l’aide humanitaire "
            "au développement durable.",
            (
                (
                    "Ce que nous faisons",
                    ("Protection", "Mobilité de la main-d’œuvre", "Santé", "Réinstallation"),
                ),
                ("Partenariats", ("Société civile", "Secteur privé", "Diaspora", "Donateurs")),
            ),
        ),
        ("Où travaillons-nous", "Bureaux régionaux et missions dans les pays.", ()),
        (
            "Agir",
            "Il y a bien des façons de soutenir les personnes migrantes.",
            (
                ("Travailler avec nous", ("Postes vacants", "Stages", "Achats")),
                ("Engagez-vous", ("Faire un don", "Volontariat", "Campagnes")),
            ),
        ),
        ("Données et recherche", "Des chiffres et des études pour décider.", ()),
        ("2030 AGENDA", "La migration et les Objectifs de développement durable.", ()),
    ),
    over="plus de",
    types={
        "news": "Communiqué",
        "statement": "Déclaration",
        "speech": "Discours",
        "story": "Récit",
        "blog": "Blog",
    },
    scopes={"global": "Global", "local": "Local"},
    months=("jan", "fév", "mars", "avr", "mai", "juin", "juil", "août", "sep", "oct", "nov", "déc"),
    home="Accueil",
    skip="Aller au contenu principal",
    search="Rechercher",
    share="Partager cette page",
    related="Sur le même sujet",
    latest="Dernières nouvelles",
    hours_ago="Il y a {hours} heures",
    more="Lire la suite",
    documents="Documents",
    displaying="Résultats {first} - {last} sur {total}",
    nothing="Aucun résultat ne correspond à votre recherche.",
    previous="Précédent",
    following="Suivant",
    newsletter=("Restez informés", "Recevez notre lettre d’information chaque mois.", "S’abonner"),
    cookies=(
        "Ce site utilise des cookies pour retenir votre langue et compter les visites. "
        "Vous pouvez les refuser.",
        "Tout accepter",
        "Refuser",
    ),
    footer=("Nous contacter", "Confidentialité", "Conditions d’utilisation", "Contre les escroqueries"),
    simulated="Site simulé : tout ce qui est écrit ici est inventé.",
    missing=("Page introuvable", "La page demandée n’existe pas, ou n’existe plus. Essayez la recherche."),
)

_ES = Tongue(
    code="es",
    name="Español",
    site="Organización Internacional para las Migraciones",
    menu=(
        (
            "Quiénes somos",
            "Fundada en 1951, la OIM trabaja con los gobiernos y con las personas migrantes "
            "desde sus oficinas "
            "en {countries} países.",
            (
                ("Sobre nosotros", ("Estructura", "Directora General", "Estados miembros", "Historia")),
                ("Gobernanza", ("Consejo", "Evaluación", "Auditoría", "Financiación")),
            ),
        ),
        (
            "Nuestro trabajo",
            "Como principal organización en su ámbito, la OIM une la ayuda humanitaria con el desarrollo.",
            (
                ("Qué hacemos", ("Protección", "Movilidad laboral", "Salud", "Reasentamiento")),
                ("Partenariados", ("Sociedad civil", "Sector privado", "Diáspora", "Donantes")),
            ),
        ),
        ("Dónde operamos", "Oficinas regionales y misiones en los países.", ()),
        (
            "Actúa",
            "Hay muchas maneras de acompañar a quienes migran.",
            (
                ("Trabaje con nosotros", ("Vacantes", "Pasantías", "Compras")),
                ("Participe", ("Done", "Voluntariado", "Campañas")),
            ),
        ),
        ("Datos e investigación", "Cifras y estudios para decidir.", ()),
        ("2030 AGENDA", "La migración y los Objetivos de Desarrollo Sostenible.", ()),
    ),
    over="más de",
    types={
        "news": "Comunicado",
        "statement": "Declaración",
        "speech": "Discurso",
        "story": "Historia",
        "blog": "Blog",
    },
    scopes={"global": "Global", "local": "Local"},
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    home="Inicio",
    skip="Pasar al contenido principal",
    search="Buscar",
    share="Compartir esta página",
    related="Noticias relacionadas",
    latest="Lo último",
    hours_ago="Hace {hours} horas",
    more="Leer más",
    documents="Documentos",
    displaying="Mostrando {first} - {last} de {total}",
    nothing="Ningún resultado corresponde a su búsqueda.",
    previous="Anterior",
    following="Siguiente",
    newsletter=("Manténgase al día", "Reciba nuestro boletín una vez al mes.", "Suscribirse"),
    cookies=(
        "Este sitio usa cookies para recordar su idioma y contar las visitas. Puede rechazarlas.",
        "Aceptar todas",
        "Rechazar",
    ),
    footer=("Contacto", "Aviso de privacidad", "Términos y condiciones", "Contra las estafas"),
    simulated="Sitio simulado: todo lo que aquí se lee es inventado.",
    missing=("Página no encontrada", "La página solicitada no existe o ya no existe. Pruebe la búsqueda."),
)

_AR = Tongue(
    code="ar",
    name="العربية",
    direction="rtl",
    site="المنظمة الدولية للهجرة",
    menu=(
        (
            "من نحن",
            "تعمل المنظمة الدولية للهجرة منذ عام 1951 مع الحكومات ومع المهاجرين، "
            "ولها مكاتب في {countries} بلداً.",
            (
                ("معلومات عن", ("الهيكل التنظيمي", "المديرة العامة", "الدول الأعضاء", "تاريخنا")),
                ("المنظمة الدولية للهجرة في العالم", ("المجلس", "التقييم", "التمويل")),
            ),
        ),
        (
            "عملنا",
            "تربط المنظمة بين العمل الإنساني والتنمية المستدامة.",
            (
                ("ماذا نفعل", ("الحماية", "تنقل اليد العاملة", "الصحة", "إعادة التوطين")),
                ("القضايا العالمية الشاملة", ("المناخ", "النوع الاجتماعي", "الشباب")),
            ),
        ),
        ("أين نعمل؟", "المكاتب الإقليمية والبعثات القطرية.", ()),
        ("شارك بعمل شيء", "طرق كثيرة للوقوف إلى جانب المهاجرين.", (("اعمل معنا", ("الوظائف", "التدريب")),)),
        ("البيانات والمصادر", "أرقام ودراسات لاتخاذ القرار.", ()),
        ("2030 Agenda", "الهجرة وأهداف التنمية المستدامة.", ()),
    ),
    over="أكثر من",
    types={"news": "أخبار", "statement": "بيان", "speech": "خطاب", "story": "قصة", "blog": "مدونة"},
    scopes={"global": "عالمي", "local": "محلي"},
    months=(
        "كانون الثاني/يناير",
        "شباط/فبراير",
        "آذار/مارس",
        "نيسان/أبريل",
        "أيار/مايو",
        "حزيران/يونيو",
        "تموز/يوليو",
        "آب/أغسطس",
        "أيلول/سبتمبر",
        "تشرين الأول/أكتوبر",
        "تشرين الثاني/نوفمبر",
        "كانون الأول/ديسمبر",
    ),
    home="الرئيسية",
    skip="تجاوز إلى المحتوى الرئيسي",
    search="بحث",
    share="شارك هذه الصفحة",
    related="أخبار ذات صلة",
    latest="آخر الأخبار",
    hours_ago="قبل {hours} ساعات",
    more="اقرأ المزيد",
    documents="وثائق",
    displaying="عرض {first} - {last} من {total}",
    nothing="لا توجد نتائج مطابقة لبحثك.",
    previous="السابق",
    following="التالي",
    newsletter=("ابقَ على اطلاع", "تصلك نشرتنا مرة كل شهر.", "اشترك"),
    cookies=(
        "يستخدم هذا الموقع ملفات تعريف الارتباط لتذكّر لغتك وإحصاء الزيارات. ويمكنك رفضها.",
        "قبول الكل",
        "رفض",
    ),
    footer=("اتصل بنا", "إشعار الخصوصية", "الشروط والأحكام", "ضد الاحتيال"),
    simulated="موقع تجريبي: كل ما هو مكتوب هنا من نسج الخيال.",
    missing=("الصفحة غير موجودة", "الصفحة المطلوبة غير موجودة أو لم تعد موجودة. جرّب البحث."),
)

TONGUES: Mapping[str, Tongue] = {tongue.code: tongue for tongue in (_EN, _FR, _ES, _AR)}
