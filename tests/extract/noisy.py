"""The same page written otherwise: markup changed in ways that no reader sees.

It parses with the standard library, not with what is tested; a page in, a page out, by a random generator.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from html.parser import HTMLParser

from crawler.text import words

BLOCKS = words(
    "html body main header footer nav section article aside div p ul ol li h1 h2 h3 h4 h5 h6"
    " table tbody thead tr td th figure figcaption blockquote form details summary hr"
)
INLINE = words("a span em strong b i small sup sub time")
# Start tags that end an open <p>, and end tags that do (WHATWG HTML, 13.1.2.4).
ENDS_P = words("p div ul ol h1 h2 h3 h4 h5 h6 table section article blockquote figure hr nav form")
Token = tuple[str, str, list[tuple[str, str | None]]]  # kind, tag or text, attributes


class _Tokens(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(("start", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(("start", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("end", tag, []))

    def handle_data(self, data: str) -> None:
        raw = bool(self.tokens) and self.tokens[-1][:2] in (("start", "script"), ("start", "style"))
        self.tokens.append(("raw" if raw else "text", data, []))

    def handle_entityref(self, name: str) -> None:
        self.tokens.append(("raw", f"&{name};", []))

    def handle_charref(self, name: str) -> None:
        self.tokens.append(("raw", f"&#{name};", []))

    def handle_comment(self, data: str) -> None:
        self.tokens.append(("raw", f"<!--{data}-->", []))

    def handle_decl(self, decl: str) -> None:
        self.tokens.append(("raw", f"<!{decl}>", []))


def tokens(page: str) -> list[Token]:
    parser = _Tokens()
    parser.feed(page)
    parser.close()
    return parser.tokens


def written(found: list[Token], name: Callable[[str], str] = str) -> str:
    pieces = []
    for kind, text, attributes in found:
        if kind == "start":
            given = "".join(
                f" {name(key)}" if value is None else f' {name(key)}="{html.escape(value)}"'
                for key, value in attributes
            )
            pieces.append(f"<{name(text)}{given}>")
        else:
            pieces.append(f"</{name(text)}>" if kind == "end" else text)
    return "".join(pieces)


def _token(chance: random.Random) -> str:
    return "x" + "".join(chance.choices("bcdfghjklmnpqrstvwxz0123456789", k=9))


def reordered(page: str, chance: random.Random) -> str:
    """Attributes in another order; of two with one name, the first is the one that counts."""
    found = []
    for kind, text, given in tokens(page):
        single = list(dict(reversed(given)).items())
        found.append((kind, text, chance.sample(single, len(single))))
    return written(found)


def uppercase(page: str, chance: random.Random) -> str:
    return written(tokens(page), str.upper)


def with_data(page: str, chance: random.Random) -> str:
    return written(
        [
            (kind, text, [*given, (f"data-{_token(chance)}", _token(chance))] if kind == "start" else given)
            for kind, text, given in tokens(page)
        ]
    )


def renamed_inline(page: str, chance: random.Random) -> str:
    """Random ids and classes on inline elements that have none."""
    found = []
    for kind, text, given in tokens(page):
        if kind == "start" and text in INLINE and not {"id", "class"} & {name for name, _ in given}:
            given = [*given, ("id", _token(chance)), ("class", _token(chance))]
        found.append((kind, text, given))
    return written(found)


def _is_block(token: Token) -> bool:
    return token[0] in ("start", "end") and token[1] in BLOCKS


def _between_blocks(page: str, chance: random.Random, pieces: list[str]) -> str:
    found: list[Token] = []
    for token in tokens(page):
        if found and _is_block(token) and _is_block(found[-1]) and chance.random() < 0.5:
            found.append(("raw", chance.choice(pieces), []))
        found.append(token)
    return written(found)


def spaced(page: str, chance: random.Random) -> str:
    return _between_blocks(page, chance, [" ", "\n\n", "\t\r\n  "])


def commented(page: str, chance: random.Random) -> str:
    return _between_blocks(
        page, chance, ["<!-- x -->", "<!-- <p>More text, and more still.</p> -->", "<!---->"]
    )


def wrapped(page: str, chance: random.Random) -> str:
    """A <div> around some of the <div>s."""
    found: list[Token] = []
    extra: list[bool] = []
    for token in tokens(page):
        kind, text, _ = token
        if text == "div" and kind == "start":
            extra.append(chance.random() < 0.3)
            found += [("start", "div", [])] * extra[-1]
        found.append(token)
        if text == "div" and kind == "end" and extra:
            found += [("end", "div", [])] * extra.pop()
    return written(found)


def _texts(page: str, chance: random.Random, change: Callable[[str], str]) -> str:
    """Each character of the texts of <body> may be changed."""
    found, inside = [], False
    for kind, text, given in tokens(page):
        inside = inside or (kind, text) == ("start", "body")
        if inside and kind == "text" and text.strip():
            text = "".join(change(letter) if chance.random() < 0.3 else letter for letter in text)
        found.append((kind, text, given))
    return written(found)


def escaped(page: str, chance: random.Random) -> str:
    return _texts(page, chance, lambda letter: letter if letter.isspace() else f"&#x{ord(letter):x};")


def no_break(page: str, chance: random.Random) -> str:
    return _texts(page, chance, lambda letter: "&nbsp;" if letter == " " else letter)


def folded(page: str, chance: random.Random) -> str:
    return _texts(page, chance, lambda letter: "\r\n\t " if letter == " " else letter)


def interrupted(page: str, chance: random.Random) -> str:
    """Comments, empty elements and spans around single letters, inside words."""
    pieces = ("<!-- x -->{0}", "<span>{0}</span>", "<span></span>{0}", "{0}<wbr>", "{0}&shy;", "<b></b>{0}")
    return _texts(
        page, chance, lambda letter: chance.choice(pieces).format(letter) if letter.isalpha() else letter
    )


def unclosed(page: str, chance: random.Random) -> str:
    """Without the end tags that may be left out: of <p> and <li>."""
    found = tokens(page)
    kept: list[Token] = []
    for place, token in enumerate(found):
        kind, text, _ = token
        rest = (other for other in found[place + 1 :] if other[0] != "text" or other[1].strip())
        following = next(rest, ("end", "", []))
        opens, closes = (following[1] if following[0] == side else "" for side in ("start", "end"))
        if kind == "end" and text == "p" and (opens in ENDS_P or closes in BLOCKS - {"p"}):
            continue
        if kind == "end" and text == "li" and (opens == "li" or closes in ("ul", "ol")):
            continue
        kept.append(token)
    return written(kept)


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    change.__name__: change
    for change in (
        *(reordered, uppercase, with_data, renamed_inline, spaced, commented),
        *(wrapped, escaped, no_break, folded, interrupted, unclosed),
    )
}
