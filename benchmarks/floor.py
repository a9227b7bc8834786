"""The floor of a round: one httpx client, ETags and hashes in SQLite, nothing understood.

python -m benchmarks.floor BASE_URL PAGES DATABASE
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import sys

import httpx


async def main() -> None:
    base, count, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, etag TEXT, hash TEXT)")
    async with httpx.AsyncClient() as client:
        for number in range(count):
            url = f"{base}/news/{number}"
            known = database.execute("SELECT etag FROM page WHERE url = ?", (url,)).fetchone()
            response = await client.get(url, headers={"If-None-Match": known[0]} if known else {})
            if response.status_code == 200:
                digest = hashlib.sha256(response.content).hexdigest()
                database.execute(
                    "INSERT OR REPLACE INTO page VALUES (?, ?, ?)", (url, response.headers["etag"], digest)
                )
                database.commit()
    database.close()


if __name__ == "__main__":
    asyncio.run(main())
