"""The store: pages, versions, bodies, events, letters, outbox; SQLite, or PostgreSQL by its URL.

It keeps rows and answers questions about them. It decides nothing, and knows nothing of the crawler.
Begin at `storage.store.Store`; this page imports nothing, so that a failure can be named without a database.
"""
