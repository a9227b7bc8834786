"""The words of figures: months, scales, currencies, per cent, number words, and the words that end a noun.

Data only, for English, French, Spanish, Portuguese and Arabic; `numbers` reads with it.
"""

from __future__ import annotations

import unicodedata


def _split(words: str) -> list[str]:
    return words.split()


def bare(text: str) -> str:
    """`text` in lower case without accents: "Décembre" and "decembre" are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
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

_TENS = _split("twenty thirty forty fifty sixty seventy eighty ninety")
_UNITS = _split("one two three four five six seven eight nine")
_COUNTED = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty",
    "fr": "un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize dix-sept dix-huit dix-neuf vingt",
    "es": "un|una|uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte",
    "pt": "um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze treze catorze quinze"
    " dezesseis|dezasseis dezessete|dezassete dezoito dezenove|dezanove vinte",
}
_ROUND = {
    "fr": {"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "mille": 1000},
    "es": {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "cien": 100, "mil": 1000},
    "pt": {"trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "cem": 100, "mil": 1000},
}
# Arabic counts in two genders, and in words of their own from eleven; "one" is also "somebody".
_ARABIC = {
    2: "اثنان|اثنين|اثنتان|اثنتين|إثنان|إثنين",
    3: "ثلاثة|ثلاث",
    4: "أربعة|أربع|اربعة|اربع",
    5: "خمسة|خمس",
    6: "ستة|ست",
    7: "سبعة|سبع",
    8: "ثمانية|ثماني|ثمان",
    9: "تسعة|تسع",
    10: "عشرة|عشر",
    11: "أحد عشر|إحدى عشرة|احد عشر|احدى عشرة",
    12: "اثنا عشر|اثني عشر|اثنتا عشرة|اثنتي عشرة",
    13: "ثلاثة عشر|ثلاث عشرة",
    14: "أربعة عشر|أربع عشرة",
    15: "خمسة عشر|خمس عشرة",
    16: "ستة عشر|ست عشرة",
    17: "سبعة عشر|سبع عشرة",
    18: "ثمانية عشر|ثماني عشرة",
    19: "تسعة عشر|تسع عشرة",
    20: "عشرون|عشرين",
}
_ROUND["ar"] = {form: value for value, forms in _ARABIC.items() for form in forms.split("|")}


def number_words(language: str) -> dict[str, int]:
    """Number words in lower case → their values; none for a language without a table."""
    words = {
        word: value
        for value, forms in enumerate(_COUNTED.get(language, "").split(), 1)
        for word in forms.split("|")
    }
    if language == "en":
        for ten, word in enumerate(_TENS, 2):
            words[word] = 10 * ten
            words.update({f"{word}-{unit}": 10 * ten + one for one, unit in enumerate(_UNITS, 1)})
    return words | _ROUND.get(language, {})


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
        " ne pas jamais aucun aucune sans ni nunca jamás sin ningún ninguna não nem sem"
        " لا لم لن ليس ليست دون غير"
    )
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
