"""What only the whole of a configuration shows: names that are taken or lead nowhere, keys that need another.

It reads the data as TOML gives it, environment and presets put in, so that one wrong value hides no other
mistake; what a key may hold is judged elsewhere, and what is not of its type is passed over here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crawler import recipients, urls
from crawler.presets import PRESETS
from crawler.schedule import schedule

ALERTS = "alerts"  # the digest that is the operator's; no [[digest]] may have its name

_UNSIGNED = (
    "a webhook needs webhook.secret: `openssl rand -base64 32` makes one, "
    '"${WEBHOOK_SECRET}" takes it from the environment'
)

Mistake = tuple[tuple[str | int, ...], str]  # the key's path, and words
Table = dict[str, Any]


def mistakes_of_the_whole(data: Table) -> list[Mistake]:
    """All of them, in no order."""
    return [
        *_taken(data, "site"),
        *_taken(data, "digest"),
        *_sites(data),
        *_digests(data),
        *_unsigned(data),
        *_credentials(data),
        *_ignores(data),
        *_store(data),
    ]


def _tables(data: Table, key: str) -> list[tuple[int, Table]]:
    """The tables of an array, each with its place in it."""
    found = data.get(key)
    return [(at, each) for at, each in enumerate(_list(found)) if isinstance(each, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(table: object, key: str, default: str = "") -> str:
    found = table.get(key, default) if isinstance(table, dict) else default
    return found if isinstance(found, str) else default


def _known_preset(table: Table) -> bool:
    preset = table.get("preset")
    return not isinstance(preset, str) or preset in PRESETS


def _taken(data: Table, key: str) -> Iterator[Mistake]:
    used: set[str] = set()
    for at, table in _tables(data, key):
        name = _text(table, "name")
        if name in used and _known_preset(table):
            yield (key, at, "name"), f'"{name}" is taken by an earlier [[{key}]]'
        elif name:
            used.add(name)


def _sites(data: Table) -> Iterator[Mistake]:
    for at, table in _tables(data, "site"):
        if not table.get("sources") and not table.get("watch"):
            yield ("site", at), "names no sources and no watch: nothing could be found"
        if table.get("sources") and not table.get("include"):
            yield ("site", at, "sources"), "has no include that says which addresses are releases"


def _unknown(data: Table, named: Iterable[tuple[tuple[str | int, ...], object]]) -> Iterator[Mistake]:
    """Those of the names that no site has, unless a site's own name is not to be had."""
    sites = _tables(data, "site")
    names = {_text(table, "name") for _, table in sites}
    if "" in names or not all(_known_preset(table) for _, table in sites):
        return
    for where, name in named:
        if isinstance(name, str) and name not in names:
            yield where, f'no [[site]] is named "{name}"'


def _digests(data: Table) -> Iterator[Mistake]:
    for at, table in _tables(data, "digest"):
        named = enumerate(_list(table.get("sites")))
        yield from _unknown(data, ((("digest", at, "sites", place), name) for place, name in named))
        if table.get("empty") == "send" and _at_once(_text(table, "schedule", "at once")):
            words = "goes with a schedule: told at once, every round without news would be a letter"
            yield ("digest", at, "empty"), words
        if table.get("name") == ALERTS:
            words = f'"{ALERTS}" is the operator\'s own, see [alerts]: take another name'
            yield ("digest", at, "name"), words


def _at_once(written: str) -> bool:
    try:
        return schedule(written).at_once
    except ValueError:
        return False


def _unsigned(data: Table) -> Iterator[Mistake]:
    """A webhook without a secret: told of [webhook], or where there is none, of the first that needs it."""
    if _text(data.get("webhook"), "secret"):
        return
    tables = [(("digest", at), table) for at, table in _tables(data, "digest")]
    readers: list[tuple[tuple[str | int, ...], Any]] = [*tables, (("alerts",), data.get("alerts"))]
    for where, table in readers:
        written = _list(table.get("to")) if isinstance(table, dict) else []
        for at, recipient in enumerate(written):
            if isinstance(recipient, str) and recipients.channel(recipient).startswith("webhook"):
                place = ("webhook", "secret") if "webhook" in data else (*where, "to", at)
                yield place, _UNSIGNED
                return


def _credentials(data: Table) -> Iterator[Mistake]:
    used: set[str] = set()
    for at, table in _tables(data, "credentials"):
        origin = urls.origin(_text(table, "origin"))
        if origin in used:
            yield ("credentials", at, "origin"), "has credentials in an earlier table"
        elif origin:
            used.add(origin)
        if bool(table.get("token")) == bool(table.get("user") or table.get("password")):
            yield ("credentials", at), "write user and password, or a token"


def _ignores(data: Table) -> Iterator[Mistake]:
    for at, table in _tables(data, "ignore"):
        yield from _unknown(data, [(("ignore", at, "site"), table.get("site"))])
        if not table.keys() & {"kind", "text", "selector"}:
            yield ("ignore", at), "names no kind, text or selector: it would hide everything"


def _store(data: Table) -> Iterator[Mistake]:
    url = _text(data.get("store"), "url", "sqlite:///iomwatch.db")
    file = url.startswith("sqlite:///") and len(url) > len("sqlite:///")
    if not file and not url.startswith(("postgresql://", "postgresql+psycopg://")):
        yield ("store", "url"), 'write "sqlite:///FILE" or "postgresql+psycopg://…"'
