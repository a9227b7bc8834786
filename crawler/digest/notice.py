"""A plain letter of headings and lines: for the operator, and to try a channel. Tells no event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from crawler.digest.columns import wrap
from crawler.digest.visible import line

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:24px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;">
<h1 style="font-size:22px;line-height:28px;margin:0 0 16px;">{subject}</h1>
{sections}
</body>
</html>
"""


def notice(subject: str, sections: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """(text, HTML) of a letter; a heading "" has none. Texts may come from pages and are made safe."""
    text, drawn = wrap(line(subject, 400)), []
    for heading, said in sections.items():
        lines = [line(words, 600) for words in said]
        text.append("")
        if heading:
            text += [heading.upper(), "=" * len(heading)]
            drawn.append(
                f'<h2 style="font-size:17px;line-height:24px;margin:16px 0 8px;">{escape(heading)}</h2>'
            )
            drawn.append("<ul>" + "".join(f"<li>{escape(words)}</li>" for words in lines) + "</ul>")
        else:
            drawn += [f"<p>{escape(words)}</p>" for words in lines]
        for words in lines:
            text += wrap(words, first="* ", rest="  ") if heading else wrap(words)
    page = _PAGE.format(subject=escape(line(subject, 400)), sections="\n".join(drawn))
    return "\n".join(text) + "\n", page
