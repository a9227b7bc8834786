"""Plays edits, absences, troubles and redesigns on sites under a real watch, and notes what was told.

The chain is whole: server, fetching, reading, comparing, store. What is right is decided here, once.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.told.edits import EDITS, LOW, Edit, Subject
from benchmarks.told.pages import DESIGNS
from benchmarks.told.stage import Stage, staged
from benchmarks.told.tally import Tally
from benchmarks.told.texts import LANGUAGES, Text, facts, text
from benchmarks.told.troubles import ABSENT, BLOCKED, inside
from benchmarks.told.troubles import LANGUAGES as SPOKEN
from crawler.demo import Answer
from crawler.values import Kind

Row = dict[str, Any]
_HIGH = 70
_SITES_OWN = {"redesigned", "boilerplate", "blocked", "recovered", "unlisted"}
_GONE = ("404", "410", "redirect to the home page", "soft 404 in the frame", "redirect to a soft 404")
_QUIET = 6  # releases of each site to which nothing happens
_SOFT = inside("absent")


def kinds(rows: list[Row]) -> str:
    return " + ".join(row["kind"] for row in rows) or "nothing"


# ── edits ───────────────────────────────────────────────────────────────────────────────────────


def _wrong(edit: Edit, rows: list[Row]) -> str:
    """What is wrong with what was told of an edit; "" where nothing is."""
    if [row["kind"] for row in rows] != [edit.kind]:
        return kinds(rows)
    row = rows[0]
    if not edit.facts <= {Kind(fact) for fact in row["facts"]}:
        return f"{edit.kind}, facts {row['facts']}"
    found = {(figure["before"], figure["after"]) for figure in row["figures"]}
    if not edit.figures <= found or any(None not in pair for pair in found - edit.figures):
        return f"{edit.kind}, figures {sorted(map(str, found))} for {sorted(map(str, edit.figures))}"
    if edit.edit is not None and edit.edit not in {named["kind"] for named in row["edits"]}:
        return f"{edit.kind}, no {edit.edit} named"
    if (edit.low and row["weight"] >= LOW) or (edit.high and row["weight"] < _HIGH):
        return f"{edit.kind}, weight {row['weight']} ({row['reasons']})"
    return ""


def _note(tally: Tally, name: str, rows: list[Row], expected: str, where: str) -> None:
    tally.note("edits", name, kinds(rows), right=kinds(rows) == expected, where=where)


def edited_site(tally: Tally, folder: Path, number: int, seed: int) -> None:
    """One site with every edit and every absence of the list, one release each, and some quiet ones."""
    language = LANGUAGES[number % len(LANGUAGES)]
    name = f"{seed} edits {number}"
    chance = random.Random(f"{name}, texts")
    prefix = "" if language == "en" else f"/{language}"
    edits = [
        make(
            Subject(
                facts=facts(language, chance), language=language, path=f"{prefix}/news/e-{n}", chance=chance
            )
        )
        for n, make in enumerate(EDITS)
    ]
    count = len(_GONE) + _QUIET + 4
    with staged(folder, language=language, seed=name, count=count, design=DESIGNS[number % 6]) as stage:
        stage.noisy = number % 2 == 0
        for edit in edits:
            stage.put(edit.before)
        paths = [path for path in stage.watch.pages if "/news/" in path]
        stage.watch.name(*paths)
        if number % 3 == 0:
            stage.unknown = _SOFT  # this site says 200 to everything
        elif number % 3 == 1:
            stage.unknown = ABSENT["redirect to a soft 404"]
        stage.run(0)
        stage.run(1)
        rest = iter([path for path in paths if "/news/release-" in path])
        gone = {kind: next(rest) for kind in _GONE}
        moved, away, back, again = (next(rest) for _ in range(4))
        _happen(stage, edits, gone, moved, away, back, again)
        told = stage.told()
        for edit in edits:
            wrong = _wrong(edit, told[edit.before.path])
            said = wrong or edit.kind.value
            tally.note("edits", edit.name, said.partition(",")[0], right=not wrong, where=f"{name} {said}")
        for kind, path in gone.items():
            _note(tally, f"removed: {kind}", told[path], "removed", name)
        _note(tally, "moved by a redirect", told[moved], "moved", name)
        _note(tally, "moved, the old address gone", told[away], "moved", name)
        _note(tally, "removed and back", told[back], "removed + restored", name)
        _note(tally, "edited and back", told[again], "changed + reverted", name)
        known = {edit.before.path for edit in edits} | {*gone.values(), moved, away, back, again}
        for path in {*told, *rest} - known:
            _note(tally, "nothing", told[path], "nothing", name)


def _happen(
    stage: Stage, edits: list[Edit], gone: Mapping[str, str], moved: str, away: str, back: str, again: str
) -> None:
    """Edits at once; absences looked at twice; what comes back comes later."""
    for edit in edits:
        stage.put(edit.after)
    for kind, path in gone.items():
        stage.trouble(path, ABSENT[kind])
    stage.trouble(back, ABSENT["404"])
    for old, kind in ((moved, "redirect"), (away, "404")):
        new = f"{old}-new"
        stage.put(replace(stage.texts[old], path=new))
        stage.watch.put(old, None if kind == "404" else _redirect(new))
    if stage.unknown is not None:
        stage.trouble(away, ABSENT["404"])
    kept = stage.texts[again]
    figure = kept.paragraphs[1]
    stage.put(replace(kept, paragraphs=(kept.paragraphs[0], _other_figure(figure), *kept.paragraphs[2:])))
    paths = [path for path in stage.watch.pages if "/news/" in path]
    stage.watch.name(*paths)
    stage.run(2)
    stage.run(4)
    stage.mend(back)
    stage.run(6)
    stage.put(kept)
    stage.run(32)
    stage.run(33)


def _other_figure(paragraph: str) -> str:
    """The paragraph with its first digit another one."""
    at = next(n for n, letter in enumerate(paragraph) if letter.isdigit())
    digit = "٣" if paragraph[at] > "9" else "3"
    digit = digit if paragraph[at] != digit else chr(ord(digit) + 1)
    return paragraph[:at] + digit + paragraph[at + 1 :]


def _redirect(to: str) -> Answer:
    return Answer(status=301, headers={"location": to})


# ── troubles ────────────────────────────────────────────────────────────────────────────────────

_PAGES = 8
_SCOPES = ("one page", "three pages", "all pages")


def troubled_site(tally: Tally, folder: Path, number: int, seed: int) -> None:
    """One site with one kind of trouble, over three rounds: nothing of a release may be told. Meanwhile
    another of its pages is really removed, where the site answers."""
    kind = list(BLOCKED)[number % len(BLOCKED)]
    language = SPOKEN[(number // 2) % len(SPOKEN)]
    scope = _SCOPES[(number // len(SPOKEN)) % len(_SCOPES)]
    own = language if language in LANGUAGES else "en"
    if kind == "wrong language served":
        own, scope = ("ar", "fr", "es")[number % 3], _SCOPES[number % 2]
    name = f"{seed} trouble {number}: {kind}, {scope}, {language}"
    with staged(folder, language=own, seed=name, count=_PAGES, design=DESIGNS[number % 6]) as stage:
        paths = list(stage.texts)
        if kind == "wrong language served":
            stage.texts["/news/a-english"] = _english(stage)
        stage.run(0)
        stage.run(1)
        removed = paths[-1] if scope != "all pages" else None
        struck = {"one page": paths[:1], "three pages": paths[:3], "all pages": paths}[scope]
        for path in struck:
            stage.trouble(path, BLOCKED[kind], language)
        if removed:
            stage.watch.put(removed, None)
        for hours in (2, 4, 7, 30):
            stage.run(hours)
        for path in struck:
            stage.mend(path)
        for hours in (32, 34):
            stage.run(hours)
        told = stage.told()
        rows = [
            row for path in told for row in told[path] if path != removed and row["kind"] not in _SITES_OWN
        ]
        tally.note("troubles", kind, kinds(rows), right=not rows, where=name)
        states = {stage.watch.state(path) for path in struck}
        tally.note(
            "troubles",
            "read again afterwards",
            str(sorted(map(str, states)))[:60] if states != {("read", None)} else "read",
            right=states == {("read", None)},
            where=name,
        )
        if removed:
            said = kinds(told[removed])
            tally.note("removals meanwhile", "404", said, right=said == "removed", where=name)


def _english(stage: Stage) -> Text:
    """The edition that negotiation hands out instead."""
    return text(facts("en", stage.chance), language="en", path="/news/a-english")


def absent_site(tally: Tally, folder: Path, number: int, seed: int) -> None:
    """A page gone in one of the ways pages go, in six languages: removed once, restored once."""
    kind = list(ABSENT)[number % len(ABSENT)]
    language = SPOKEN[(number // len(ABSENT)) % len(SPOKEN)]
    own = language if language in LANGUAGES else "en"
    name = f"{seed} absence {number}: {kind}, {language}"
    with staged(folder, language=own, seed=name, count=6, design=DESIGNS[number % 6]) as stage:
        if number % 2 or kind == "redirect to a soft 404":
            stage.unknown = ABSENT[kind]  # it answers so whatever is asked for
        stage.run(0)
        path = next(iter(stage.texts))
        stage.trouble(path, ABSENT[kind], language)
        for hours in (1, 3, 5):
            stage.run(hours)
        stage.mend(path)
        stage.run(7)
        stage.run(8)
        said = kinds([row for rows in stage.told().values() for row in rows])
        tally.note("absences", kind, said, right=said == "removed + restored", where=name)


# ── redesigns ───────────────────────────────────────────────────────────────────────────────────


def redesigned_site(tally: Tally, folder: Path, number: int, seed: int) -> None:
    """A site that changes its template and none of its texts."""
    name = f"{seed} redesign {number}"
    first, second = random.Random(name).sample(DESIGNS, 2)
    language = LANGUAGES[number % len(LANGUAGES)]
    with staged(folder, language=language, seed=name, count=8, design=first) as stage:
        stage.run(0)
        stage.run(1)
        stage.design = second
        for hours in (2, 4, 28):
            stage.run(hours)
        said = kinds([row for rows in stage.told().values() for row in rows])
        where = f"{name}, {first} → {second}, {language}"
        tally.note(
            "redesigns", "another template, the same texts", said, right=said == "redesigned", where=where
        )
