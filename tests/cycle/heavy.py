"""Pages of any size that are made to be heavy: in bytes, in tags, in whatever a reader might count twice."""

from __future__ import annotations

HEAD = b"<html><head><title>x</title></head><body><h1>A headline of a release</h1>"
PIECES = {
    "one long text": "word and more ",
    "paragraphs": "<p>word and more words in a row, and so on and on</p>",
    "short paragraphs": "<p>ab",
    "links": '<a href="/news/x">abc</a> ',
    "attributes": "<p a b c d e f g h i j k l m n o p q r s t u v w x y z>w</p>",
    "cells": "<table><tr><td>1<td>2",
    "lines": "x<br>",
    "references": "&amp;&eacute;&notit;&#xFFFFFF;",
    "dates": "12 March 2024 ",
    "telephones": "+41 22 717 9111 ",
    "mail addresses": "abc@iom.int ",
    "wrongly decoded": "Ã©Ã¨â€™ ",
    "one word": "x",
    "brackets": "<",
    "blanks": "\u00a0\u200b",
    "marks": "a\u0301\u0316",
    "Arabic": "المنظمة الدولية للهجرة ",
    "Chinese": "难民营",
    "inline": "<span>x</span>",
    "drawings": '<svg><path d="M1"/></svg>',
    "hidden": '<p style="display:none">x</p>',
    "pictures": "<figure><img src=a><figcaption>cap</figcaption></figure>",
    "options": "<select><option>one",
    "templates": "<template>one</template>",
    "deep": "<div>" * 900 + "x" + "</div>" * 900,
    "formatting": "<b><p>x",
    "comments": "<!-- x -->",
    "instructions": "<?x>",
    "end tags": "</x>",
    "tables without cells": "<table>word ",
    "forms": "<form><input>",
    "frames": "<frameset>",
}


def repeated(piece: bytes, size: int) -> bytes:
    return (piece * (size // len(piece) + 1))[:size]


def pages(size: int) -> dict[str, bytes]:
    """Pages of about `size` bytes, by what is heavy about them."""
    found = {name: HEAD + repeated(piece.encode(), size) for name, piece in PIECES.items()}
    for opening, closing in (
        (b"<script>", b"</script>"),
        (b'<script type="application/ld+json">["', b'"]</script>'),
        (b'<script type="application/ld+json">' + b"[" * 5_000, b"</script>"),
        (b'<img src="data:', b'">'),
        (b'<p class="', b'">'),
        (b"<!--", b"-->"),
        (b"<textarea>", b"</textarea>"),
    ):
        found[f"all in {opening[:40].decode()}"] = (
            HEAD + opening + repeated(b"abc 12, ", size) + closing + b"<p>text</p>"
        )
    lines = b"".join(b"Line %d of the text, with words in it.\n" % number for number in range(19_000))
    found["plain text"] = lines + repeated(b"word and more ", size - len(lines))
    found["UTF-16"] = ("\ufeff" + "<p>ab cd" * (size // 16)).encode("utf-16-le")
    found["just readable"] = (
        HEAD
        + b"<p>word and more words, in all 12,400.</p>" * 4_900
        + b"<!--"
        + repeated(b"x", size - 220_000)
        + b"-->"
    )
    return found
