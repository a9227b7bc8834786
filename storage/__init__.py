"""The store: pages, versions, bodies, events, letters, outbox; SQLite, or PostgreSQL by its URL.

It keeps rows and answers questions about them. It decides nothing, and knows nothing of the crawler.
"""

from storage.errors import ForeignStoreError, StoreBusyError, StoreError, StoreFullError
from storage.store import Store

__all__ = ["ForeignStoreError", "Store", "StoreBusyError", "StoreError", "StoreFullError"]
