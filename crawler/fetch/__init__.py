"""The door to the network: asks for pages politely and says how each request ended.

Does not know what a page means, and keeps nothing beyond its own lifetime.
"""

from crawler.fetch.fetcher import Fetcher
from crawler.fetch.post import Posted, post
from crawler.fetch.settings import Credential, FetchSettings

__all__ = ["Credential", "FetchSettings", "Fetcher", "Posted", "post"]
