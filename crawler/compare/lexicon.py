"""The words of figures: months, scales, currencies, per cent, and the words that end a noun.

Data only, for English, French, Spanish, Portuguese and Arabic; `numbers` reads with it.
"""

from __future__ import annotations

import unicodedata


def _split(words: str) -> list[str]:
    return words.split()


# Letters that Arabic writes one for the other at the end of a word.
_ENDINGS = str.maketrans("ىة", "يه")


def bare(text: str) -> str:
    """`text` in lower case without accents: "Décembre" and "decembre" are one word, "إلى" and "الي" too."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower()).translate(_ENDINGS)
    return "".join([sign for sign in decomposed if not unicodedata.combining(sign)])


LANGUAGES = ("en", "fr", "es", "pt", "ar")

# January to December, all spellings of each. Arabic has three series: Egypt, the Levant, the Maghreb.
MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        *("January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul"),
        *("August Aug", "September Sept Sep", "October Oct", "November Nov", "December Dec"),
    ),
    "fr": (
        *("janvier janv", "février févr fév", "mars", "avril avr", "mai", "juin", "juillet juil"),
        *("août", "septembre sept", "octobre oct", "novembre nov", "décembre déc"),
    ),
    "es": (
        *("enero ene", "febrero feb", "marzo", "abril abr", "mayo", "junio jun", "julio jul"),
        *("agosto", "septiembre setiembre sept", "octubre oct", "noviembre nov", "diciembre dic"),
    ),
    "pt": (
        *("janeiro jan", "fevereiro fev", "março", "abril abr", "maio", "junho jun", "julho jul"),
        *("agosto", "setembro", "outubro", "novembro nov", "dezembro dez"),
    ),
    "ar": (
        *("كانون_الثاني يناير جانفي", "شباط فبراير فيفري", "آذار مارس", "نيسان أبريل ابريل إبريل أفريل"),
        *("أيار مايو ماي", "حزيران يونيو يونيه جوان", "تموز يوليو يوليه جويلية", "آب أغسطس اغسطس أوت"),
        *("أيلول سبتمبر", "تشرين_الأول أكتوبر اكتوبر", "تشرين_الثاني نوفمبر", "كانون_الأول ديسمبر"),
    ),
}

SCALES: dict[str, int] = {
    **dict.fromkeys(_split("thousand thousands mille mil ألف آلاف الف ألفا ألفاً"), 10**3),
    **dict.fromkeys(_split("million millions millón millon millones milhão milhao milhões milhoes"), 10**6),
    **dict.fromkeys(_split("مليون ملايين مليونا مليوناً"), 10**6),
    **dict.fromkeys(_split("billion billions milliard milliards bilhão bilhao bilhões bilhoes"), 10**9),
    **dict.fromkeys(_split("مليار مليارات بليون"), 10**9),
    **dict.fromkeys(_split("trillion trillions billón billon billones تريليون"), 10**12),
}
LONG_SCALE = {"billion": 10**12, "billions": 10**12}  # French
SHORT_FORMS = {
    "K": 10**3,
    "k": 10**3,
    "M": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "B": 10**9,
    "Md": 10**9,
}
SHORT_FORMS |= {"Mds": 10**9}

PER_CENT = (
    *("%", "٪", "per cent", "percent", "pour cent", "por ciento", "por cento"),
    *("في المئة", "في المائة", "بالمئة", "بالمائة"),
    *("في المئه", "في المائه", "بالمئه", "بالمائه"),
)

CODES = (
    *(
        "USD",
        "EUR",
        "GBP",
        "CHF",
        "CAD",
        "AUD",
        "NZD",
        "JPY",
        "CNY",
        "INR",
        "SEK",
        "NOK",
        "DKK",
        "XAF",
        "XOF",
    ),
    *(
        "ZAR",
        "KES",
        "ETB",
        "NGN",
        "EGP",
        "TRY",
        "UAH",
        "AED",
        "SAR",
        "QAR",
        "KWD",
        "COP",
        "MXN",
        "BRL",
        "PEN",
    ),
)
# A bare dollar is the United States' in what IOM writes.
SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₦": "NGN", "₺": "TRY", "₴": "UAH"}
SIGNS |= {"US$": "USD", "US $": "USD", "$US": "USD", "$": "USD", "C$": "CAD", "CA$": "CAD"}
SIGNS |= {"A$": "AUD", "AU$": "AUD", "R$": "BRL"}
CURRENCY_WORDS = {
    **dict.fromkeys(("US dollars", "US dollar", "United States dollars", "dollars américains"), "USD"),
    **dict.fromkeys(("dollars des États-Unis", "dollars US", "dollars", "dollar"), "USD"),
    **dict.fromkeys(("dólares estadounidenses", "dólares americanos", "dólares", "dólar"), "USD"),
    **dict.fromkeys(("دولار أمريكي", "دولار أميركي", "دولارات", "دولار"), "USD"),
    **dict.fromkeys(("Canadian dollars", "dollars canadiens", "dólares canadienses"), "CAD"),
    **dict.fromkeys(("Australian dollars", "dollars australiens"), "AUD"),
    **dict.fromkeys(("euros", "euro", "يورو"), "EUR"),
    **dict.fromkeys(("pounds sterling", "pounds", "livres sterling", "libras esterlinas"), "GBP"),
    **dict.fromkeys(("Swiss francs", "francs suisses", "francos suizos", "francos suíços"), "CHF"),
    **dict.fromkeys(("francs CFA", "FCFA"), "XOF"),
    **dict.fromkeys(("yen", "yens"), "JPY"),
}

# Words between a number and what it counts: "12,400 of the displaced people", "8 millions de personnes".
BRIDGES = frozenset(_split("of the these those de des du del do da d' d’ l' l’ les los las dos das من"))

# Words with which the noun after a number is over.
STOPS = frozenset(
    _split("""
    a about after all also although among an and are as at be been before being between but by can could
    during each every for from had has have he if in including into is it its last like may more nearly near
    next many most not now of on or out over per she since so than that the their them then there these they
    this to today under until up was were what when where which while who whose will with within without would
    yet ont sont est était étaient a à au aux en dans sur sous pour par depuis qui que dont où et ou mais
    avec sans selon entre vers chez ce ces cette son sa ses leur leurs il elle ils elles sera seront avait
    avaient ayant pendant afin ainsi plus moins comme de du des la le les
    es son fue fueron era eran ha han había habían será serán está están estaban con sin según sobre hasta
    desde para por y o u pero donde cuando como más menos lo los las el su sus del al se entre durante tras
    foi foram são é era eram tem têm com sem segundo até para pelo pela pelos pelas e ou mas onde quando
    mais menos no na nos nas do da dos das ao aos em seu sua seus suas entre após
    في من على إلى الى عن مع بعد قبل منذ خلال الذين التي الذي ما لا لم قد كان كانت أن إن أو و بين حتى
    """)
)

NEGATIONS = frozenset(
    _split(
        "not no never nor neither without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't"
        " couldn't wouldn't shouldn't hasn't haven't hadn't nobody nothing none nowhere"
        " ne pas jamais aucun aucune sans ni rien nunca jamás sin ningún ninguna nadie nada não nem sem"
        " nenhum nenhuma ninguém nicht nichts kein keine keinen keinem keiner keines nie niemals niemand ohne"
        " weder non nessuno nessuna nessun niente senza"
        " tampoco tampouco"
    )
) | {f"{prefix}{word}" for prefix in ("", "و", "ف", "ب") for word in _split("لا لم لن ليس ليست دون غير عدم")}
ELIDED_NEGATION = "n'"  # French, before a vowel: n'est, n'a

# Words that often begin a sentence before a name ("However Sudan …"), in languages that give no capital to a
# noun. STOPS do as well.
OPENERS = STOPS | frozenset(
    _split("""
    so today yesterday tomorrow tonight then thus hence yet but however although though because if
    unless once here meanwhile moreover furthermore instead still also even just only despite besides
    together earlier later recently currently i we you our my your her we're it's what why how whose
    both each all some many several few such another other others no not nothing nobody never always
    often sometimes perhaps through across along against toward towards upon within beyond near above
    below behind beside like unlike given according thanks due following speaking asked let please dear
    le un une ces cet notre nos votre vos nous vous je tu on si car donc ainsi alors puis enfin
    cependant toutefois néanmoins aujourd'hui hier demain lorsque quand après avant depuis malgré grâce
    parmi outre tous toutes tout toute chaque plusieurs certains certaines beaucoup ici là aussi même
    jamais toujours souvent un una unos unas este esta estos estas ese esa esos esas nuestro nuestra
    nuestros nuestras mi mis tu tus yo nosotros ellos ellas ella él si porque pues así entonces luego
    sin embargo hoy ayer mañana después antes aún también además mientras aunque gracias todos todas
    todo toda cada varios varias muchos muchas algunos algunas aquí allí siempre nunca nadie nada quien
    quienes qué cómo cuándo dónde os as um uma uns umas este esta estes estas esse essa nosso nossa
    nossos nossas eu nós eles elas ele ela se porque pois assim então depois antes hoje ontem amanhã
    também além enquanto embora graças todos todas todo toda cada vários várias muitos muitas alguns
    algumas aqui ali sempre ninguém quem
    """)
)
# What stands before a name and ends with a full stop.
STYLES = frozenset(
    _split("""
    mr mrs ms dr drs prof st ste rev hon gen col capt lt sgt maj amb pres sen rep gov fr sr sra srta dra
    mme mmes mlle mm m me pr d dna da eng ing lic
    """)
)

# Verbs that often follow a noun: "12,400 people fled" counts people.
VERBS = frozenset(
    _split("""
    arrived attended began came crossed died drowned face faced fled go joined left live lived lost made met
    moved need needed now participated reached received remain remained returned said saw sought stay stayed
    took travelled use used want went
    arrivés ayant bénéficient bénéficié fui vivent vivaient viven vivían huyeron llegaron murieron necesitan
    participaron recibieron vivem fugiram chegaram morreram precisam receberam participaram
    """)
)

# Words that tie two numbers into a range, and into a list of days of one month.
RANGES = frozenset(["-", "‐", "‑", "–", "—", "to", "à", "a", "al", "إلى", "الى"])
LISTS = RANGES | frozenset(["and", "et", "y", "e", "au", "و", "&", ",", "or", "ou", "o"])

# Words that have capitals in some languages, and name no person, place or body.
_WEEK = "monday tuesday wednesday thursday friday saturday sunday"
CALENDAR = frozenset(_WEEK.split()) | {form.lower() for forms in MONTHS["en"] for form in forms.split()}

# Words without a capital that may stand inside a name.
PARTICLES = frozenset(_split("of de la le du des del dos da do di al el y bin ibn bint van von der den ter"))
