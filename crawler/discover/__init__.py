"""Where releases are named: sitemaps, feeds and listings, read from the bytes they answer with.

Does not fetch, and does not decide which of the addresses are releases.
"""

from crawler.discover.source import read_source

__all__ = ["read_source"]
