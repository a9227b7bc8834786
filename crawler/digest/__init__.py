"""A digest in words: subject line, plain text, HTML mail, Markdown, JSON, Atom; and the letter made of it.

Pure: reads no clock and no store, sends nothing. What a page says is shown, never obeyed.
"""

from __future__ import annotations

from crawler.digest.brief import brief
from crawler.digest.essence import subject
from crawler.digest.feeds import atom_feed, feed_items, json_feed
from crawler.digest.notice import notice
from crawler.digest.render import Format, letter, render

__all__ = ["Format", "atom_feed", "brief", "feed_items", "json_feed", "letter", "notice", "render", "subject"]
