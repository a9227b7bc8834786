"""Letters as files in a folder that a web server can serve: pages, an index, an Atom and a JSON feed.

Each file appears whole or not at all; the same letter gives the same names, so it is there once however
often it is delivered. The index and the feeds are made anew from the letters' own files. Deletes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from crawler.deliver.message import MessageError
from crawler.digest import atom_feed, feed_items, json_feed
from crawler.values import Delivered, Delivery, Letter, iso, utc

_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
_LETTER: Final = re.compile(r"(\d{8}T\d{6}Z)-([a-z0-9-]{1,40})-[0-9a-f]{10}\.html\Z")
_TITLE_WITHIN = 4_096  # bytes of a letter's file that are read for its title
_ENTRIES = 200  # that the feeds hold at least; the newest letters are in them whole
_TITLE = "IOM releases: what is new and what changed"
_REQUIRED: Final = {"id", "title", "date_published", "tags"}
_INDEX = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Digests</title>
<link rel="alternate" type="application/atom+xml" title="Atom" href="atom.xml">
<link rel="alternate" type="application/feed+json" title="JSON Feed" href="feed.json">
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; font: 1rem/1.5 Georgia, serif; }}
h1 {{ font-weight: normal; border-top: 6px solid #0033A0; padding-top: 1.5rem; }}
ul {{ list-style: none; padding: 0; }}
li {{ padding: .6rem 0; border-top: 1px solid #8884; }}
small {{ display: block; font-family: Arial, Helvetica, sans-serif; opacity: .75; }}
</style>
</head>
<body>
<h1>Digests</h1>
<p><a href="atom.xml">Atom</a> · <a href="feed.json">JSON Feed</a></p>
<ul>
{rows}
</ul>
</body>
</html>
"""
_ROW = '<li><small>{when} · {name} · <a href="{text}">plain text</a></small><a href="{page}">{title}</a></li>'


def place(recipient: str, root: Path) -> Path:
    """The folder that `file:…` names: relative to `root`, or absolute. Raises MessageError without one."""
    path = recipient.partition(":")[2]
    if path.startswith("//"):  # RFC 8089: file://host/path, percent-encoded
        parts = urlsplit(f"file:{path}")
        if parts.netloc not in ("", "localhost"):
            raise MessageError(f"{recipient!r} names a folder on another machine: write file:/path")
        path = unquote(parts.path)
    if not path or "\x00" in path:
        raise MessageError(f"{recipient!r} names no folder: write file:digests/")
    return root / path


def write(letter: Letter, folder: Path) -> Delivery:
    """Writes the letter, the index and the feeds. LATER, naming the file, when the system will not let us.

    A test letter is written as test.html and test.txt, and stands in no index and no feed.
    """
    name = "test" if letter.test else file_name(letter)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / f"{name}.txt", letter.text)
        if not letter.test:
            _write_whole(folder / f"{name}.json", json_feed(feed_items(letter), letter.subject))
        _write_whole(
            folder / f"{name}.html", letter.page or letter.html
        )  # the last: what has it is in index and feeds
        if not letter.test:
            _write_whole(folder / "index.html", _index(folder))
            _write_feeds(folder, letter)
    except OSError as error:
        return Delivery(outcome=Delivered.LATER, detail=trouble(error, folder))
    return Delivery(outcome=Delivered.SENT, detail=str(folder / f"{name}.html"))


def probe(folder: Path) -> str | None:
    """None when letters can be written there; the folder is made if need be."""
    trial = folder / f".iomwatch-{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(trial, "trial\n")
        trial.unlink()
    except OSError as error:
        return f'{trouble(error, folder)}: mend it, or name another folder in the digest\'s "to"'
    return None


def trouble(error: OSError, folder: Path) -> str:
    return f"{error.filename or folder}: {error.strerror or error}"


def file_name(letter: Letter) -> str:
    """When, which digest, which letter: "20260304T060000Z-daily-0f3a9c21be"."""
    slug = _UNSAFE.sub("-", letter.digest.lower())[:40].strip("-") or "digest"
    identity = hashlib.sha256(letter.message_id.encode("utf-8", "replace")).hexdigest()[:10]
    return f"{utc(letter.created_at):%Y%m%dT%H%M%SZ}-{slug}-{identity}"


def _write_whole(path: Path, text: str) -> None:
    """The file with that text, durable and never half there; untouched when it says that already."""
    data = text.encode("utf-8", "replace")
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Makes the folder's new entry durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _index(folder: Path) -> str:
    """The page that lists the letters in `folder`, newest first."""
    return _INDEX.format(rows="\n".join(map(_row, _pages(folder))))


def _pages(folder: Path) -> list[Path]:
    """The letters' pages, newest first."""
    return sorted(
        (path for path in folder.iterdir() if _LETTER.match(path.name) and path.is_file()), reverse=True
    )


def _write_feeds(folder: Path, letter: Letter) -> None:
    items: dict[str, dict[str, Any]] = {}
    for page in _pages(folder):
        if len(items) >= _ENTRIES:
            break
        for item in _items(page.with_suffix(".json")):
            items[item["id"]] = item  # told by two digests, it is one entry: the earlier one
    newest = list(items.values())
    _write_whole(folder / "feed.json", json_feed(newest, _TITLE))
    _write_whole(folder / "atom.xml", atom_feed(newest, _TITLE, updated=iso(letter.created_at)))


def _items(path: Path) -> list[dict[str, Any]]:
    """The entries of one letter; none where its file is not there, or is not ours."""
    try:
        found = json.loads(path.read_bytes())["items"]
        return [item for item in found if item.keys() >= _REQUIRED]
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return []  # one old letter that cannot be read must not hold up the new one


def _row(page: Path) -> str:
    match = _LETTER.match(page.name)
    assert match is not None
    when = datetime.strptime(match[1], "%Y%m%dT%H%M%S%z")
    return _ROW.format(
        when=f"{when:%Y-%m-%d %H:%M} UTC",
        name=escape(match[2]),
        text=escape(page.with_suffix(".txt").name),
        page=escape(page.name),
        title=escape(_title(page)),
    )


def _title(page: Path) -> str:
    try:
        with page.open("rb") as file:
            head = file.read(_TITLE_WITHIN).decode("utf-8", "replace")
    except OSError:  # one old letter that cannot be read must not hold up the new one
        return page.stem
    _, found, rest = head.partition("<title>")
    return unescape(rest.partition("</title>")[0]).strip() if found else page.stem
