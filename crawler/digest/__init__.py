"""A digest in words: subject line, plain text, HTML mail, Markdown, JSON, Atom; and the letter made of it.

Pure: reads no clock and no store, sends nothing. What a page says is shown, never obeyed.
"""

from __future__ import annotations

from crawler.digest.render import Format, letter, render
from crawler.digest.words import subject

__all__ = ["Format", "letter", "render", "subject"]
