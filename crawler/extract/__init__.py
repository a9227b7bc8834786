"""Page → article: reads HTML or plain text, separates the release from what lies around it.

It fetches nothing, remembers nothing and compares nothing: one page in, one `Extraction` out. What a site's
other pages know comes in as a `Template`.
"""

from __future__ import annotations

from crawler.extract.template import Learned, Template, pack, stands_elsewhere, unpack
from crawler.values import Extraction

__all__ = ["Learned", "Template", "extract", "pack", "stands_elsewhere", "text", "unpack"]

# The rules (patterns, names, tables) are loaded when a page is read: most rounds read none.


def extract(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    explain: bool = False,
    template: Template | None = None,
) -> Extraction:
    """The article of a page, or why there is none.

    `body` is the page as it came, decoded of any Content-Encoding; `url` its address (what relative
    links start from, and a hint of the language); `content_type` the header's value. With `explain`
    every block is given with its verdict. With `template`, what is known of the site's other pages is a
    witness, and the page's own marks are given. Never raises: what cannot be read is said in `unreadable`.
    """
    from crawler.extract import extraction

    return extraction.extract(body, url=url, content_type=content_type, explain=explain, template=template)


def text(body: bytes, *, url: str, content_type: str | None = None) -> str:
    """The text of a page's body alone, as `extract` gives it but without any field; empty where there is
    nothing to read. It does not tell notices from articles."""
    from crawler.extract import extraction

    return extraction.text(body, url=url, content_type=content_type)
