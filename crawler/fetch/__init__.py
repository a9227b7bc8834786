"""The door to the network: asks for pages politely and says how each request ended.

Does not know what a page means, and keeps nothing beyond its own lifetime.
"""

import sys

# httpcore asks four times a request which event loop runs, by importing sniffio. Where that is not there,
# each time is a search of all of sys.path: a quarter of what a request costs. None answers at once.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]  # "None: the import fails" (import system, 5.3.1)

from crawler.fetch.beat import beat  # noqa: E402 - imports httpcore
from crawler.fetch.fetcher import Fetcher  # noqa: E402 - imports httpcore
from crawler.fetch.guard import unresolved  # noqa: E402 - imports httpcore
from crawler.fetch.post import Posted, post  # noqa: E402
from crawler.fetch.settings import Credential, FetchSettings  # noqa: E402

__all__ = ["Credential", "FetchSettings", "Fetcher", "Posted", "beat", "post", "unresolved"]
