"""`iomwatch extract --jsonl --learn`: each page is read with what the pages before it taught of its site.

It judges no page (crawler.extract does) and keeps nothing: what was learned ends with the stream.
"""

from __future__ import annotations

from hashlib import blake2b

from crawler import urls
from crawler.extract import Learned, extract
from crawler.values import Extraction

MOST_SITES = 20  # templates held at once, a site and language each: those of the pages read last


class Pupil:
    """Reads pages one after another, and learns from those that hold an article."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Learned] = {}  # the longest unread first

    def read(self, body: bytes, url: str | None, nowhere: str) -> Extraction:
        """The page's extraction; one without a usable address is read on its own."""
        clean = urls.absolute(url, url) if url else None
        if clean is None:
            return extract(body, url=url or nowhere)
        learned = self._site(clean)
        key = int.from_bytes(blake2b(clean.encode(), digest_size=8).digest(), "big")
        reading = extract(body, url=clean, template=learned.without(key))
        if reading.article is not None and reading.marks is not None and not reading.stranger:
            learned.learn(key, reading.marks)
        return reading

    def _site(self, url: str) -> Learned:
        key = urls.host(url), urls.language_prefix(url) or ""
        learned = self._known.pop(key, None) or Learned()
        self._known[key] = learned
        while len(self._known) > MOST_SITES:
            del self._known[next(iter(self._known))]
        return learned
