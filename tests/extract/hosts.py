"""Made-up sites for the tests, hard to read one page at a time: a design each, no telling class names.

Nothing here is extracted or judged. Each page comes with its exact article.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_WORDS = {
    "en": "river town family road bridge market school water team village winter harbour farmer teacher boat"
    " shelter clinic border night council garden train letter stone field summer captain window season paper"
    " carried opened counted repaired visited promised measured planted crossed gathered returned offered",
    "fr": "rivière ville famille route pont marché école eau équipe village hiver port paysan maîtresse"
    " bateau abri dispensaire frontière nuit conseil jardin train lettre pierre champ été capitaine fenêtre"
    " saison porté ouvert compté réparé visité promis mesuré planté traversé réuni rendu offert",
    "es": "río ciudad familia camino puente mercado escuela agua equipo pueblo invierno puerto campesino"
    " maestra barco refugio clínica frontera noche consejo jardín tren carta piedra campo verano capitán"
    " ventana llevado abierto contado reparado visitado prometido medido plantado cruzado reunido ofrecido",
    "ar": "نهر مدينة عائلة طريق جسر سوق مدرسة ماء فريق قرية شتاء ميناء مزارع معلمة قارب مأوى عيادة حدود ليلة"
    " مجلس حديقة قطار رسالة حجر حقل صيف قبطان نافذة موسم ورقة حملت فتحت أحصت أصلحت زارت وعدت قاست زرعت عبرت",
    "zh": "河流 城镇 家庭 道路 桥梁 市场 学校 饮水 队伍 村庄 冬天 港口 农民 老师 小船 住所"
    " 诊所 边境 夜晚 议会 花园 火车 书信 石头 田野 夏天 船长 窗户 季节 搬运 打开"
    " 清点 修理 探访 承诺 测量 种植 穿过 聚集 归还 提供",
}
_LABELS = ("Read on", "By turns", "More of this", "Elsewhere", "Stay close", "Pass it on", "Who we are")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPage:
    html: bytes
    title: str
    passages: tuple[str, ...]  # the article, in reading order


class Tongue:
    """Sentences of a language, drawn by lot."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.lots = random.Random(f"{language}{seed}")
        self.words = _WORDS[language].split()

    def some(self, low: int, high: int) -> str:
        dense = self.language == "zh"
        chosen = self.lots.choices(self.words, k=self.lots.randint(low, high))
        text = ("" if dense else " ").join(chosen)
        return text if dense else text[:1].upper() + text[1:]

    def prose(self, sentences: int) -> str:
        stop, blank = ("。", "") if self.language == "zh" else (".", " ")
        return blank.join(self.some(9, 16) + stop for _ in range(sentences))

    def article(self) -> list[tuple[str, str]]:
        """Pairs of tag and text: paragraphs, and now and then a heading, a quotation, a list."""
        parts = [("p", self.prose(self.lots.randint(2, 4))) for _ in range(self.lots.randint(4, 8))]
        middle = len(parts) // 2
        if self.lots.random() < 0.6:
            parts.insert(middle, ("h2", self.some(3, 6)))
        if self.lots.random() < 0.5:
            parts.insert(1, ("blockquote", self.prose(1)))
        if self.lots.random() < 0.4:
            parts[middle + 1 : middle + 1] = [("li", self.prose(1)) for _ in range(3)]
        return parts


class Host:
    """What all the pages of a site share, drawn by lot from its seed."""

    def __init__(self, language: str, seed: int) -> None:
        self.tongue = tongue = Tongue(language, seed)
        self.menu = [tongue.some(2, 3) for _ in range(9)]
        self.shares = [tongue.some(1, 2) for _ in range(4)]
        self.labels = tongue.lots.sample(_LABELS, 4) if language == "en" else [
            tongue.some(2, 4) for _ in range(4)
        ]  # fmt: skip
        self.standing = tongue.prose(3)  # "About us", inside the article
        self.newsletter = tongue.prose(2)
        self.contact = [tongue.some(3, 5), tongue.prose(1), tongue.some(4, 6)]
        self.consent = [tongue.prose(4), tongue.prose(3), tongue.prose(3)]
        self.history = [tongue.prose(4) for _ in range(7)]
        self.others = [(tongue.some(5, 8), tongue.prose(1)) for _ in range(6)]  # articles it shows by turns


def _marked(parts: list[tuple[str, str]]) -> str:
    return "".join(
        f"<ul><li>{text}</li></ul>" if tag == "li" else f"<{tag}>{text}</{tag}>" for tag, text in parts
    )


def _menu(host: Host) -> str:
    return "".join(f'<p><a href="/{number}">{label}</a></p>' for number, label in enumerate(host.menu))


def _turns(host: Host, lots: random.Random) -> str:
    cards = lots.sample(host.others, 3)
    return f"<h3>{host.labels[0]}</h3>" + "".join(
        f'<div><p><a href="/{title[:4]}">{title}</a></p><p>{text}</p></div>' for title, text in cards
    )


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _flat(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """Everything in one box, a paragraph each."""
    after = [*host.shares, *host.contact, host.newsletter, *host.consent[:1]]
    return f"<div>{_menu(host)}<h1>{title}</h1>{_marked(parts)}{_paragraphs(after)}</div>"


def _turning(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """Other articles by turns, in the article's own box."""
    return (
        f"<div>{_menu(host)}</div><div><h1>{title}</h1>{_marked(parts)}<div>{_turns(host, lots)}</div>"
        f"{_paragraphs(host.shares)}</div><div>{_paragraphs(host.consent)}</div>"
    )


def _standing(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """A newsletter's box in the middle of the article, and a standing paragraph among its own."""
    middle = len(parts) // 2
    parts.insert(middle, ("p", host.standing))
    box = f"<div><p>{host.labels[1]}</p><p>{host.newsletter}</p></div>"
    after = _paragraphs([host.labels[2], *host.contact])
    return (
        f"<div><p>{host.shares[0]}</p></div><div><div><h1>{title}</h1></div>"
        f"<div>{_marked(parts[: middle - 1])}{box}{_marked(parts[middle - 1 :])}{after}</div></div>"
    )


def _columns(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """A table of columns; the one beside the article often holds more than it."""
    side = _paragraphs([*host.history, *host.contact])
    return (
        f"<table><tr><td>{_menu(host)}</td><td><h1>{title}</h1>{_marked(parts)}{_paragraphs(host.shares)}</td>"
        f"<td>{side}</td></tr></table><div>{_paragraphs(host.consent)}</div>"
    )


def _terms(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """Divisions for paragraphs, and a text about the site and its terms longer than the article."""
    body = "".join(
        f"<{'div' if tag == 'p' else tag}>{text}</{'div' if tag == 'p' else tag}>" for tag, text in parts
    )
    about = "".join(f"<div>{text}</div>" for text in [*host.consent, *host.history])
    return (
        f"<div>{_menu(host)}</div><div><h1>{title}</h1>{body}</div>"
        f"<div><h3>{host.labels[3]}</h3>{about}</div>"
    )


def _tail(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """Sections without a name: the article's, then the site's, one after the other."""
    lead = f"<p>{host.contact[1]}</p>"
    return (
        f"<section>{_menu(host)}</section><section>{lead}<h1>{title}</h1>{_marked(parts)}"
        f"<section><h2>{host.labels[0]}</h2><p>{host.newsletter}</p></section>"
        f"<section><h2>{host.labels[1]}</h2>{_paragraphs(host.history[:2])}</section>"
        f"{_paragraphs(host.shares)}</section>"
    )


def _loose(host: Host, title: str, parts: list[tuple[str, str]], lots: random.Random) -> str:
    """Other articles by turns, paragraphs among the article's own; numbers that count each reader."""
    cards = "".join(
        f'<p><a href="/{name[:4]}">{name}</a></p><p>{text}</p>' for name, text in lots.sample(host.others, 3)
    )
    shared = f"<p>{host.shares[0]} ({lots.randint(2, 999)})</p>"
    return (
        f"<div>{_menu(host)}</div><div><div><h1>{title}</h1>{shared}{_marked(parts)}{shared}"
        f"<p>{host.labels[0]}</p>{cards}<p>{host.newsletter}</p></div></div>"
        f"<div>{_paragraphs(host.contact)}</div>"
    )


Design = Callable[[Host, str, list[tuple[str, str]], random.Random], str]
DESIGNS: tuple[Design, ...] = (_flat, _turning, _standing, _columns, _terms, _tail, _loose)
LANGUAGES = tuple(_WORDS)


def pages(design: Design, language: str, *, count: int = 12, seed: int = 0) -> Iterator[HostPage]:
    """The pages of one site, each different, in one design."""
    host = Host(language, seed)
    for _ in range(count):
        title, parts = host.tongue.some(5, 9), host.tongue.article()
        body = design(host, title, parts, host.tongue.lots)
        html = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
            f"</head><body>{body}</body></html>"
        )
        yield HostPage(html=html.encode(), title=title, passages=tuple(text for _, text in parts))
