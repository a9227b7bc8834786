"""What differs between two renderings of a page although its release does not: noise, kind by kind.

Each kind takes a page and gives it back written otherwise; no reader of the release would notice.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.told.pages import token
from tests.extract import noisy

UTF8 = "text/html; charset=utf-8"
Change = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A page as it comes over the wire."""

    body: bytes
    content_type: str = UTF8


_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_MAIN_ENDS = re.compile(r"</main>", re.IGNORECASE)


def _after_body(page: str, piece: str) -> str:
    return _BODY.sub(lambda found: found.group() + piece, page, count=1)


def _before_end(page: str, piece: str) -> str:
    return page.replace("</body>", piece + "</body>", 1)


def _after_main(page: str, piece: str) -> str:
    return _MAIN_ENDS.sub(lambda found: found.group() + piece, page, count=1)


def _in_head(page: str, piece: str) -> str:
    return page.replace("</head>", piece + "</head>", 1)


# ── the frame ───────────────────────────────────────────────────────────────────────────────────


def menu_text(page: str, chance: random.Random) -> str:
    entry = chance.choice(("Highlights", "Global Appeal 2027", "Nouveautés", "مستجدات", "Datos abiertos"))
    return re.sub(
        r"(<(?:nav|ul)\b[^>]*menu[^>]*>(?:\s*<ul[^>]*>)?)",
        rf'\1<li><a href="/n">{entry}</a></li>',
        page,
        count=1,
    )


def menu_numbers(page: str, chance: random.Random) -> str:
    """The menu's boast of members and countries."""
    count = str(chance.randint(172, 199))
    return re.sub(r"\b17[0-9]\b(?= (?:countries|pays|países|membe|Etats|states|دولة|بلد))", count, page)


def related_items(page: str, chance: random.Random) -> str:
    cards = "".join(
        f'<div class="views-row"><h5><a href="/news/{token(chance)}">Story {token(chance)}</a></h5>'
        f"<p>They opened {chance.randint(2, 900)} shops along the road that the flood had taken.</p></div>"
        for _ in range(chance.randint(1, 4))
    )
    return _after_main(page, f'<div class="view view-related-news"><h2>Related news</h2>{cards}</div>')


def related_languages(page: str, chance: random.Random) -> str:
    titles = [
        "Un puits pour la ville",
        "Un pozo para la ciudad",
        "بئر جديدة للمدينة",
        "Новый колодец для города",
    ]
    cards = "".join(
        f'<li><a hreflang="{code}" href="/{code}/news/{token(chance)}">{title}</a></li>'
        for code, title in chance.sample(list(zip(("fr", "es", "ar", "ru"), titles, strict=True)), 2)
    )
    return _after_main(page, f'<aside class="related"><ul>{cards}</ul></aside>')


def ticker(page: str, chance: random.Random) -> str:
    piece = f"<span>USD 1 = CHF 0.{chance.randint(70, 99)}</span> <span>{chance.randint(0, 23)}:05 GMT</span>"
    return _after_body(page, f'<div class="ticker-bar" role="banner">{piece}</div>')


_AGO = (
    "Updated {} hours ago",
    "Il y a {} heures",
    "hace {} horas",
    "قبل {} ساعات",
    "{} minutes ago",
    "vor {} Tagen",
)


def relative_time(page: str, chance: random.Random) -> str:
    said = chance.choice(_AGO).format(chance.randint(2, 23))
    return page.replace("</h1>", f'</h1><div class="submitted">{said}</div>', 1)


def view_counter(page: str, chance: random.Random) -> str:
    said = chance.choice(("{} views", "{} vues", "{} visitas", "{} مشاهدة")).format(chance.randint(2, 9_999))
    return page.replace("</h1>", f"</h1><p>{said}</p>", 1)


def listing_counter(page: str, chance: random.Random) -> str:
    total = chance.randint(20_000, 21_000)
    return _after_main(page, f'<div class="pager"><p>Displaying 721 - 732 of {total}</p></div>')


def share_box(page: str, chance: random.Random) -> str:
    names = chance.sample(["Facebook", "X", "LinkedIn", "WhatsApp", "Telegram"], 3)
    links = "".join(f'<a href="https://social.example/{token(chance)}">{name}</a>' for name in names)
    return page.replace("</h1>", f'</h1><div class="share-buttons"><span>Share</span>{links}</div>', 1)


def share_box_after(page: str, chance: random.Random) -> str:
    links = "".join(
        f'<li><a href="https://social.example/{n}?u={token(chance)}">{n}</a></li>' for n in "fxlw"
    )
    return _after_main(page, f'<ul class="social-share">{links}</ul>')


def cookie_banner(page: str, chance: random.Random) -> str:
    text = (
        "We use cookies on this site to enhance your user experience. By clicking any link you agree to it. "
        "You may withdraw your consent at any time in the settings of your profile."
    )
    box = f'<div id="sliding-popup-{token(chance)}" class="eu-cookie-compliance-banner"><p>{text}</p></div>'
    return _after_body(page, box) if chance.random() < 0.5 else _before_end(page, box)


def consent_dialog(page: str, chance: random.Random) -> str:
    text = (
        "Nous utilisons des traceurs afin de mesurer la fréquentation. Vous pouvez les refuser à tout moment."
    )
    return _before_end(
        page, f'<div role="dialog" aria-modal="true" id="d{token(chance)}"><p>{text}</p></div>'
    )


def newsletter(page: str, chance: random.Random) -> str:
    text = f"Subscribe to receive stories from the field every month; {chance.randint(100, 999)} readers do."
    return _after_main(page, f'<section class="newsletter"><h2>Newsletter</h2><p>{text}</p></section>')


def print_link(page: str, chance: random.Random) -> str:
    return page.replace("</h1>", f'</h1><a class="print" href="/print/{chance.randint(1, 99)}">Print</a>', 1)


def language_switcher(page: str, chance: random.Random) -> str:
    codes = chance.sample(["English", "Français", "Español", "العربية", "Português"], 4)
    items = "".join(f'<li><a href="/{n}/x">{name}</a></li>' for n, name in enumerate(codes))
    return _after_body(page, f'<ul class="language-switcher links">{items}</ul>')


def skip_link(page: str, chance: random.Random) -> str:
    said = chance.choice(
        ("Skip to main content", "Aller au contenu principal", "Pasar al contenido principal")
    )
    return _after_body(page, f'<a href="#main" class="visually-hidden focusable skip-link">{said}</a>')


def footer_year(page: str, chance: random.Random) -> str:
    return re.sub(r"(<footer\b[^>]*>)", rf"\1<p>© IOM {chance.randint(2026, 2040)}</p>", page, count=1)


def accordion_outside(page: str, chance: random.Random) -> str:
    text = f"Offices are open from {chance.randint(7, 9)} to five, and answer letters within two weeks."
    piece = f'<button aria-expanded="false">Where to find us</button><div hidden><p>{text}</p></div>'
    return re.sub(r"(<footer\b[^>]*>)", lambda found: found.group() + piece, page, count=1)


def alert_banner(page: str, chance: random.Random) -> str:
    text = f"Fraud alert no. {chance.randint(1, 99)}: the Organization never asks applicants for money."
    return _after_body(page, f'<div role="alert" class="site-alert"><p>{text}</p></div>')


# ── tokens ──────────────────────────────────────────────────────────────────────────────────────


def form_tokens(page: str, chance: random.Random) -> str:
    piece = f'<input type="hidden" name="form_build_id" value="form-{token(chance, 43)}">'
    piece += f'<input type="hidden" name="form_token" value="{token(chance, 43)}">'
    return _after_body(page, f'<form action="/search" class="search">{piece}<input name="q"></form>')


def dom_ids(page: str, chance: random.Random) -> str:
    page = re.sub(r"view-dom-id-\w+", lambda _: f"view-dom-id-{chance.getrandbits(256):064x}", page)
    return page.replace("<main", f'<main id="m-{token(chance)}"', 1)


def image_tokens(page: str, chance: random.Random) -> str:
    page = re.sub(r"itok=[\w-]+", lambda _: f"itok={token(chance, 8)}", page)
    return re.sub(r"([?;])h=\w+", lambda found: f"{found[1]}h={chance.getrandbits(32):08x}", page)


def files_folder(page: str, chance: random.Random) -> str:
    return re.sub(r"/tmzbdl\d+/", f"/tmzbdl{chance.randint(100, 9999)}/", page)


def aggregates(page: str, chance: random.Random) -> str:
    piece = f'<link rel="stylesheet" href="/css/css_{token(chance, 43)}.css">'
    return _in_head(page, piece + f'<script src="/js/js_{token(chance, 43)}.js"></script>')


def settings(page: str, chance: random.Random) -> str:
    piece = (
        f'{{"path":{{"currentPath":"node/{chance.randint(1, 99999)}"}},"ajaxTrustedUrl":"{token(chance)}"}}'
    )
    return _before_end(page, f'<script type="application/json">{piece}</script>')


def nonces(page: str, chance: random.Random) -> str:
    return page.replace("<script", f'<script nonce="{token(chance)}"')


def tracking(page: str, chance: random.Random) -> str:
    pixel = f'<img src="https://count.example/p?r={token(chance)}" width="1" height="1" alt="">'
    return _before_end(page, f"<noscript>{pixel}</noscript><iframe src='about:blank' hidden></iframe>")


# ── the head ────────────────────────────────────────────────────────────────────────────────────


def json_ld_broken(page: str, chance: random.Random) -> str:
    return _in_head(
        page, f'<script type="application/ld+json">{{"@type": "NewsArticle", "{token(chance)}</script>'
    )


def json_ld_added(page: str, chance: random.Random) -> str:
    data = f'{{"@context":"https://schema.org","@type":"Organization","name":"IOM","url":"/{token(chance)}"}}'
    return _in_head(page, f'<script type="application/ld+json">{data}</script>')


_META = re.compile(r"<meta\b[^>]*>")


def meta_order(page: str, chance: random.Random) -> str:
    found = _META.findall(page)
    mixed = iter(chance.sample(found, len(found)))
    return _META.sub(lambda _: next(mixed), page)


_HEAD = re.compile(r"(<head\b[^>]*>)(.*?)(</head>)", re.DOTALL | re.IGNORECASE)
_IN_HEAD = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<title\b.*?</title>|<(?:meta|link)\b[^>]*>", re.DOTALL
)


def head_reshuffled(page: str, chance: random.Random) -> str:
    def mixed(found: re.Match[str]) -> str:
        pieces = _IN_HEAD.findall(found[2])
        return found[1] + "\n".join(chance.sample(pieces, len(pieces))) + found[3]

    return _HEAD.sub(mixed, page, count=1)


def meta_added(page: str, chance: random.Random) -> str:
    return _in_head(
        page, f'<meta name="twitter:card" content="summary"><meta name="x" content="{token(chance)}">'
    )


# ── markup ──────────────────────────────────────────────────────────────────────────────────────


def strong_for_b(page: str, chance: random.Random) -> str:
    pairs = [("strong", "b"), ("em", "i")]
    for long, short in pairs:
        one, other = (long, short) if chance.random() < 0.7 else (short, long)
        page = re.sub(rf"<(/?){one}(?=[\s>])", rf"<\1{other}", page)
    tag = chance.choice(("b", "strong", "em", "span"))
    return re.sub(r"<p>(\w+ \w+)", rf"<p><{tag}>\1</{tag}>", page)


def class_order(page: str, chance: random.Random) -> str:
    def mixed(found: re.Match[str]) -> str:
        names = found[1].split()
        return f'class="{" ".join(chance.sample(names, len(names)))}"'

    return re.sub(r'class="([^"]*)"', mixed, page)


def lazy_images(page: str, chance: random.Random) -> str:
    blank = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    return re.sub(
        r'<img\b([^>]*?)\bsrc="([^"]*)"', rf'<img\1loading="lazy" src="{blank}" data-src="\2"', page
    )


def ab_wrapper(page: str, chance: random.Random) -> str:
    variant = f'data-experiment="{token(chance)}" data-variant="{chance.choice("ab")}"'
    page = re.sub(r"(<main\b[^>]*>)", rf'\1<div class="exp" {variant}>', page, count=1)
    return page.replace("</main>", "</div></main>", 1)


def body_wrapper(page: str, chance: random.Random) -> str:
    page = _after_body(page, f'<div class="off-canvas-{chance.randint(1, 9)}"><div class="layout-container">')
    return _before_end(page, "</div></div>")


_BETWEEN = re.compile(
    r">\s+<(?=/?(?:div|ul|ol|li|p|main|nav|header|footer|article|section|h[1-6]|body|head)\b)"
)


def minified(page: str, chance: random.Random) -> str:
    return re.sub(r"<!--.*?-->", "", _BETWEEN.sub("><", page), flags=re.DOTALL)


def pretty_printed(page: str, chance: random.Random) -> str:
    indent = "\n" + " " * chance.randint(1, 8)
    return re.sub(r"(?=<(?:div|ul|li|p|main|nav|article|section|h[1-6])\b)", indent, page)


def trailing_garbage(page: str, chance: random.Random) -> str:
    return (
        page + f"\n<!-- {token(chance)} served in {chance.random():.3f} s -->\n{' ' * chance.randint(1, 99)}"
    )


def html_attributes(page: str, chance: random.Random) -> str:
    return page.replace("<html", f'<html class="js no-touch {token(chance)}" data-theme="light"', 1)


# ── characters ──────────────────────────────────────────────────────────────────────────────────


def _characters(page: str, chance: random.Random, table: Mapping[str, str], share: float = 0.6) -> str:
    """Characters of the body's texts, some of them as `table` has it."""
    found, inside = [], False
    for kind, text, given in noisy.tokens(page):
        inside = inside or (kind, text) == ("start", "body")
        if inside and kind == "text" and text.strip():
            text = "".join(
                table[letter] if letter in table and chance.random() < share else letter for letter in text
            )
        found.append((kind, text, given))
    return noisy.written(found)


def thin_spaces(page: str, chance: random.Random) -> str:
    return _characters(page, chance, {" ": chance.choice("\u00a0\u2009\u202f\u2007")})


def quote_variants(page: str, chance: random.Random) -> str:
    """Typewriter's and typographers' marks, pair by pair."""
    double, single = chance.choice((("“”", "‘’"), ("„“", "‚‘"), ('""', "''")))
    table = {"“": double[0], "”": double[1], "’": single[1], "‘": single[0]}
    return _characters(page, chance, table, 1.0)


def dash_variants(page: str, chance: random.Random) -> str:
    dash = chance.choice("–—−‒")
    return _characters(page, chance, {"–": dash, "—": dash}, 1.0)


def ligatures(page: str, chance: random.Random) -> str:
    found, inside = [], False
    for kind, text, given in noisy.tokens(page):
        inside = inside or (kind, text) == ("start", "body")
        if inside and kind == "text":
            text = text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")
        found.append((kind, text, given))
    return noisy.written(found)


def soft_hyphens(page: str, chance: random.Random) -> str:
    return _characters(page, chance, {letter: letter + "\u00ad" for letter in "aeioumnrst"}, 0.2)


def zero_width(page: str, chance: random.Random) -> str:
    return _characters(page, chance, {" ": " \u200b", ".": ".\u2060"}, 0.3)


def decomposed(page: str, chance: random.Random) -> str:
    pairs = {"é": "e\u0301", "è": "e\u0300", "ó": "o\u0301", "í": "i\u0301", "ñ": "n\u0303", "ç": "c\u0327"}
    return _characters(page, chance, pairs)


def named_entities(page: str, chance: random.Random) -> str:
    pairs = {"é": "&eacute;", "’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "–": "&ndash;", "ñ": "&ntilde;"}
    return _characters(page, chance, pairs)


def numeric_entities(page: str, chance: random.Random) -> str:
    return page.encode("ascii", "xmlcharrefreplace").decode()


def emoji_spaces(page: str, chance: random.Random) -> str:
    """White space at the ends of paragraphs, as editors leave it."""
    return page.replace("</p>", f"{chance.choice(('&nbsp;', ' ', '<br>', '<br />&nbsp;'))}</p>")


def empty_paragraphs(page: str, chance: random.Random) -> str:
    return page.replace("</p>", f"</p>{chance.choice(('<p>&nbsp;</p>', '<p></p>', '<p><br></p>'))}")


MARKUP: dict[str, Change] = {
    change.__name__.replace("_", " "): change
    for change in (
        *(menu_text, menu_numbers, related_items, related_languages, ticker, relative_time, view_counter),
        *(listing_counter, share_box, share_box_after, cookie_banner, consent_dialog, newsletter, print_link),
        *(language_switcher, skip_link, footer_year, accordion_outside, alert_banner),
        *(form_tokens, dom_ids, image_tokens, files_folder, aggregates, settings, nonces, tracking),
        *(json_ld_broken, json_ld_added, meta_order, head_reshuffled, meta_added),
        *(strong_for_b, class_order, lazy_images, ab_wrapper, body_wrapper, minified, pretty_printed),
        *(trailing_garbage, html_attributes, thin_spaces, quote_variants, dash_variants, ligatures),
        *(soft_hyphens, zero_width, decomposed, named_entities, numeric_entities, emoji_spaces),
        *(empty_paragraphs,),
    )
} | {f"{name.replace('_', ' ')} (markup)": change for name, change in noisy.KINDS.items()}


# ── encodings ───────────────────────────────────────────────────────────────────────────────────


def _sent(codec: str, content_type: str, mark: bytes = b"") -> Callable[[str], Sent]:
    def send(page: str) -> Sent:
        page = re.sub(r'<meta charset="?utf-8"?\s*/?>', "", page, flags=re.IGNORECASE)
        return Sent(body=mark + page.encode(codec, "xmlcharrefreplace"), content_type=content_type)

    return send


ENCODINGS: dict[str, Callable[[str], Sent]] = {
    "UTF-8 with a byte order mark": _sent("utf-8", "text/html", b"\xef\xbb\xbf"),
    "UTF-16 little endian": _sent("utf-16-le", "text/html", b"\xff\xfe"),
    "UTF-16 big endian": _sent("utf-16-be", "text/html; charset=utf-16", b"\xfe\xff"),
    "windows-1252": _sent("cp1252", "text/html; charset=windows-1252"),
    "windows-1256": _sent("cp1256", "text/html; charset=windows-1256"),
    "latin-1": _sent("latin-1", "text/html; charset=iso-8859-1"),
    "no charset said": _sent("utf-8", "text/html"),
    "a wrong charset said": _sent("utf-8", "text/html; charset=iso-8859-1"),
}
KINDS = (*MARKUP, *ENCODINGS)


def sent(kind: str, page: str, chance: random.Random) -> Sent:
    """The page with noise of that kind."""
    if kind in ENCODINGS:
        return ENCODINGS[kind](page)
    return Sent(body=MARKUP[kind](page, chance).encode("utf-8"))


def mixed(page: str, chance: random.Random, count: int) -> str:
    """The page with noise of several kinds at once."""
    for kind in chance.sample(list(MARKUP), count):
        page = MARKUP[kind](page, chance)
    return page
