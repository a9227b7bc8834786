"""Number words and their values, in English, French, Spanish, Portuguese and Arabic.

It reads no text: `numbers` does.
"""

from __future__ import annotations

from functools import cache

from crawler.compare.lexicon import bare

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
    "en": {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
    "fr": {
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "quatre-vingt": 80,
        "cent": 100,
        "mille": 1000,
    },
    "es": {
        "treinta": 30,
        "cuarenta": 40,
        "cincuenta": 50,
        "sesenta": 60,
        "setenta": 70,
        "ochenta": 80,
        "noventa": 90,
        "cien": 100,
        "mil": 1000,
    },
    "pt": {
        "trinta": 30,
        "quarenta": 40,
        "cinquenta": 50,
        "sessenta": 60,
        "setenta": 70,
        "oitenta": 80,
        "noventa": 90,
        "cem": 100,
        "mil": 1000,
    },
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


# Numbers of several words, and nouns that are numbers.
_PHRASES = {
    "en": "zero=0|a dozen=12|half a dozen=6|a hundred=100|a thousand=1000|a million=1000000"
    "|half a million=500000|a billion=1000000000|half a billion=500000000"
    "|one and a half=1.5|two and a half=2.5|three and a half=3.5",
    "fr": "zéro=0|une dizaine=10|une douzaine=12|une quinzaine=15|une vingtaine=20|une trentaine=30"
    "|une quarantaine=40|une cinquantaine=50|une soixantaine=60|une centaine=100|un millier=1000"
    "|un demi-million=500000|quatre-vingts=80|septante=70|huitante=80|nonante=90",
    "es": "cero=0|una decena=10|una docena=12|media docena=6|una quincena=15|una veintena=20"
    "|un centenar=100|un millar=1000|medio millón=500000|veintiún=21|veintiuno=21|veintiuna=21"
    "|veintidós=22|veintitrés=23|veinticuatro=24|veinticinco=25|veintiséis=26|veintisiete=27"
    "|veintiocho=28|veintinueve=29|ciento=100|doscientos=200|doscientas=200|trescientos=300"
    "|trescientas=300|cuatrocientos=400|cuatrocientas=400|quinientos=500|quinientas=500"
    "|seiscientos=600|seiscientas=600|setecientos=700|setecientas=700|ochocientos=800"
    "|ochocientas=800|novecientos=900|novecientas=900",
    "pt": "zero=0|uma dezena=10|uma dúzia=12|uma centena=100|um milhar=1000|meio milhão=500000|cento=100"
    "|duzentos=200|duzentas=200|trezentos=300|trezentas=300|quatrocentos=400|quatrocentas=400"
    "|quinhentos=500|quinhentas=500|seiscentos=600|seiscentas=600|setecentos=700|setecentas=700"
    "|oitocentos=800|oitocentas=800|novecentos=900|novecentas=900",
    "ar": "مئة=100|مائة=100|مئتان=200|مئتين=200|مئتا=200|مئتي=200|مائتان=200|مائتين=200|مائتا=200|مائتي=200"
    "|ألف=1000|الف=1000|ألفان=2000|ألفين=2000|ألفا=2000|ألفي=2000|مليون=1000000|نصف مليون=500000"
    "|ربع مليون=250000|مليونان=2000000|مليونين=2000000|مليونا=2000000|مليوني=2000000"
    "|مليار=1000000000|نصف مليار=500000000|مليارين=2000000000|ملياري=2000000000",
}
_ARABIC_TENS = str.split("ثلاث أربع خمس ست سبع ثمان تسع")  # stems of 30 to 90, and of 300 to 900
_ARABIC_ONE = ("واحد", "واحدة", "أحد", "إحدى")


def _arabic() -> dict[str, float]:
    """Tens, hundreds, and units with tens ("five and twenty"); each also with "and" written to it."""
    words: dict[str, float] = dict(_ROUND["ar"])
    tens: dict[str, int] = {"عشرون": 20, "عشرين": 20}
    for value, stem in enumerate(_ARABIC_TENS, 3):
        tens |= {f"{stem}ون": 10 * value, f"{stem}ين": 10 * value}
        hundred = "ثماني" if value == 8 else stem
        words |= {f"{hundred}{form}": 100 * value for form in ("مئة", "مائة")}
    units = {form: value for value in range(2, 10) for form in _ARABIC[value].split("|")}
    units |= dict.fromkeys(_ARABIC_ONE, 1)
    words |= {f"{unit} و{ten}": tens[ten] + units[unit] for unit in units for ten in tens}
    words |= tens | _phrases("ar")
    return words | {f"و{word}": value for word, value in words.items()}


def _compounds(language: str, words: dict[str, float]) -> dict[str, float]:
    """21 to 99 of English, French, Spanish and Portuguese, from the words up to twenty and the tens."""
    small = {word: value for word, value in words.items() if value < 20}
    tens = {word: value for word, value in words.items() if value in range(20, 100, 10)}
    joints = {"en": ("-", " "), "fr": ("-", " ", " et ", "-et-"), "es": (" y ",), "pt": (" e ",)}[language]
    most = {"fr": 19}.get(language, 9)
    found: dict[str, float] = {}
    for ten, value in tens.items():
        teens = language == "fr" and value in (60, 80)
        for word, one in small.items():
            if 0 < one <= (most if teens else 9):
                found |= {f"{ten}{joint}{word}": value + one for joint in joints}
    return found


def _phrases(language: str) -> dict[str, float]:
    pairs = (phrase.split("=") for phrase in _PHRASES[language].split("|"))
    return {words: float(value) for words, value in pairs}


@cache
def number_words(language: str) -> dict[str, float]:
    """Number words in lower case → their values; none for a language without a table."""
    if language == "ar":
        return _arabic()
    words: dict[str, float] = {
        word: value
        for value, forms in enumerate(_COUNTED.get(language, "").split(), 1)
        for word in forms.split("|")
    }
    if not words:
        return {}
    words |= _ROUND.get(language, {})
    words |= _compounds(language, words)
    words |= _phrases(language)
    return words | {bare(word): value for word, value in words.items()}


# ── parts of a whole ────────────────────────────────────────────────────────────────────────────

# So many of so many equal parts. Behind the singular stands "of": without it is an ordinal.
_PARTS = {
    "en": {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"},
    "fr": {3: "tiers", 4: "quart", 5: "cinquième", 6: "sixième", 8: "huitième", 10: "dixième"},
    "es": {3: "tercio", 4: "cuarto", 5: "quinto", 6: "sexto", 8: "octavo", 10: "décimo"},
    "pt": {3: "terço", 4: "quarto", 5: "quinto", 6: "sexto", 8: "oitavo", 10: "décimo"},
}
_ONE = {"en": ("a", "one"), "fr": ("un",), "es": ("un",), "pt": ("um",)}
_WHOLE = {
    "fr": {"la moitié": 50.0},
    "es": {"la mitad": 50.0},
    "pt": {"a metade": 50.0},
    "en": {"one half": 50.0},
}


@cache
def shares(language: str) -> tuple[dict[str, float], dict[str, float]]:
    """Parts in words → per cent, to one decimal: those that are whole as they are ("two thirds"), and those
    that are a share only with "of" behind them ("a third")."""
    parts = _PARTS.get(language, {})
    words = {
        value: word for word, value in number_words(language).items() if " " not in word and "-" not in word
    }
    several: dict[str, float] = dict(_WHOLE.get(language, {}))
    single: dict[str, float] = {}
    for whole, part in parts.items():
        plural = part if part.endswith("s") else f"{part}s"
        for count in range(2, whole):
            worth = round(100 * count / whole, 1)
            several |= {f"{words[count]}{joint}{plural}": worth for joint in (" ", "-")}
        single |= {f"{one} {part}": round(100 / whole, 1) for one in _ONE[language]}
    return several, single
