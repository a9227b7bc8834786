"""The situations a monitor meets, each with what should be told of it, played on a site of eight.

Each has a name, what happens, and the events: no more and no less.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.told.edits import Edit, Subject, figure_in_prose, headline_typo, quote
from benchmarks.told.noise import mixed
from benchmarks.told.pages import DESIGNS
from benchmarks.told.rounds import kinds
from benchmarks.told.stage import Stage, staged
from benchmarks.told.tally import Tally
from benchmarks.told.texts import LANGUAGES, facts, text
from benchmarks.told.troubles import ABSENT, BLOCKED
from crawler.demo import Answer, html_answer

Situation = Callable[[Stage, str], None]
_CORRECTED = {
    "en": "Correction: an earlier version of this release gave a wrong figure.",
    "fr": "Rectificatif : une version antérieure de ce communiqué donnait un chiffre erroné.",
    "es": "Fe de erratas: una versión anterior de este comunicado daba una cifra equivocada.",
    "ar": "تصحيح: تضمنت نسخة سابقة من هذا البيان رقما خاطئا.",
}


def _edit(stage: Stage, path: str, **values: object) -> None:
    stage.put(replace(stage.texts[path], **values))  # type: ignore[arg-type]  # fields of Text by name


def _figure(stage: Stage, path: str) -> None:
    """Another first digit in the second paragraph."""
    paragraphs = stage.texts[path].paragraphs
    at = next(n for n, letter in enumerate(paragraphs[1]) if letter.isdigit())
    digit = "9" if paragraphs[1][at] != "9" else "8"
    changed = paragraphs[1][:at] + digit + paragraphs[1][at + 1 :]
    _edit(stage, path, paragraphs=(paragraphs[0], changed, *paragraphs[2:]))


def soft_404(stage: Stage, path: str) -> None:
    stage.unknown = ABSENT["soft 404 in the frame"]
    stage.trouble(path, ABSENT["soft 404 in the frame"])
    for hours in (2, 3.5, 5):
        stage.run(hours)


def soft_404_once(stage: Stage, path: str) -> None:
    stage.trouble(path, ABSENT["soft 404 in the frame"])
    stage.run(2)
    stage.mend(path)
    stage.run(4)


def removed(stage: Stage, path: str) -> None:
    stage.trouble(path, ABSENT["404"])
    stage.run(2)
    stage.run(4)


def returned(stage: Stage, path: str) -> None:
    removed(stage, path)
    stage.mend(path)
    stage.run(6)


def moved(stage: Stage, path: str) -> None:
    _move(stage, path, f"{path}-new")
    stage.run(2)
    stage.run(4)


def _move(stage: Stage, path: str, to: str) -> None:
    stage.put(replace(stage.texts[path], path=to))
    stage.watch.put(path, Answer(status=301, headers={"location": to}))
    stage.watch.name(*(path for path in stage.watch.pages if "/news/" in path))


def redesigned(stage: Stage, path: str) -> None:
    stage.design = DESIGNS[(DESIGNS.index(stage.design) + 2) % len(DESIGNS)]
    for hours in (2, 4, 6):
        stage.run(hours)


def flapping(stage: Stage, path: str) -> None:
    """Two caches, A B A B within a day; whichever text is asked for again is the other one."""
    kept = stage.texts[path]
    _figure(stage, path)
    changed = stage.texts[path]
    stage.run(2)
    for hours in range(3, 12):
        stage.put(kept if hours % 2 else changed)
        stage.run(hours)


def cookie_wall(stage: Stage, path: str) -> None:
    for release in list(stage.texts):
        stage.trouble(release, BLOCKED["consent wall in the frame"])
    for hours in (2, 4):
        stage.run(hours)
    for release in list(stage.texts):
        stage.mend(release)
    stage.run(6)


def _trouble(kind: str) -> Situation:
    def play(stage: Stage, path: str) -> None:
        stage.trouble(path, BLOCKED[kind])
        for hours in (2, 4, 6):
            stage.run(hours)
        stage.mend(path)
        stage.run(8)

    return play


def re_encoded(stage: Stage, path: str) -> None:
    page = stage.rendered(stage.texts[path]).replace('<meta charset="utf-8">', "")
    body = b"\xff\xfe" + page.encode("utf-16-le")
    stage.watch.put(path, Answer(headers={"content-type": "text/html"}, body=body))
    stage.run(2)
    stage.run(4)


def noise(stage: Stage, path: str) -> None:
    for hours in (2, 3, 4):
        page = mixed(stage.rendered(stage.texts[path]), random.Random(f"{stage.seed} {hours}"), 6)
        stage.watch.put(path, html_answer(page))
        stage.run(hours)


def document(stage: Stage, path: str) -> None:
    """Another file under the same address, seen when the document is asked for again: weekly by then."""
    stage.files[stage.texts[path].document] = b"%PDF-1.4 second edition\n%%EOF\n"
    for hours in (200, 376, 552):
        stage.run(hours)


def correction(stage: Stage, path: str) -> None:
    _figure(stage, path)
    paragraphs = stage.texts[path].paragraphs
    _edit(stage, path, paragraphs=(*paragraphs, _CORRECTED[stage.language]))
    stage.run(2)
    stage.run(4)


def translated(stage: Stage, path: str) -> None:
    other = "fr" if stage.language != "fr" else "en"
    new = f"{'' if other == 'en' else '/fr'}/news/translated"
    release = text(facts(other, stage.chance), language=other, path=new)
    stage.heads[new] = "".join(
        f'<link rel="alternate" hreflang="{code}" href="{stage.watch.server.base_url}{to}">'
        for code, to in ((stage.language, path), (other, new))
    )
    stage.put(release)
    stage.watch.name(*(path for path in stage.watch.pages if "/news/" in path))
    stage.run(2)
    stage.run(4)


def home(stage: Stage, path: str) -> None:
    stage.trouble(path, ABSENT["redirect to the home page"])
    for hours in (2, 4):
        stage.run(hours)


def unlisted(stage: Stage, path: str) -> None:
    """Gone from every source, for long, while it answers."""
    stage.watch.name(*(other for other in stage.texts if other != path))
    for hours in (2, 26, 50, 74, 98):
        stage.run(hours)


def blocked_site(stage: Stage, path: str) -> None:
    """A challenge before the whole site, for a day."""
    for release in list(stage.texts):
        stage.trouble(release, BLOCKED["challenge unsaid, no script"])
    for hours in (2, 4, 8, 14, 20, 26):
        stage.run(hours)
    for release in list(stage.texts):
        stage.mend(release)
    for hours in (28, 30):
        stage.run(hours)


def boilerplate(stage: Stage, path: str) -> None:
    """The same new passage under every release."""
    line = {
        "en": "This work was made possible by the generous support of the people of Halwan and of Dorsa.",
        "fr": "Ce travail a été rendu possible par le généreux soutien des habitants de Gorom et de Dioura.",
        "es": "Este trabajo fue posible gracias al apoyo de los habitantes de Caldera y Puerto Nieva.",
        "ar": "أصبح هذا العمل ممكنا بفضل الدعم السخي من أهالي باب الرمل وأهالي دير الساقية.",
    }[stage.language]
    for release, kept in list(stage.texts.items()):
        stage.put(replace(stage.texts[release], paragraphs=(*kept.paragraphs, line)))
    for hours in (2, 4):
        stage.run(hours)


def contact(stage: Stage, path: str) -> None:
    kept = stage.texts[path]
    _edit(stage, path, contact=kept.contact.replace("+41 22 717", "+41 22 799"))
    stage.run(2)
    stage.run(4)


def _edited(make: Callable[[Subject], Edit]) -> Situation:
    """The release as it was is published and read first."""

    def play(stage: Stage, path: str) -> None:
        chance = random.Random(f"{stage.seed} edited")
        drawn = facts(stage.language, chance)
        edit = make(Subject(facts=drawn, language=stage.language, path=f"{path}-edited", chance=chance))
        stage.put(edit.before)
        stage.watch.name(*(path for path in stage.watch.pages if "/news/" in path))
        stage.run(2)
        stage.put(edit.after)
        stage.run(4)
        stage.run(6)

    return play


# name → (what happens, what should be told: of the page, or of the site; by comma, where two are right)
SITUATIONS: dict[str, tuple[Situation, str]] = {
    "a soft 404, seen twice": (soft_404, "removed"),
    "a soft 404, seen once": (soft_404_once, "nothing"),
    "a removal": (removed, "removed"),
    "a return": (returned, "removed + restored"),
    "a move": (moved, "moved"),
    "a redesign": (redesigned, "redesigned"),
    "two caches by turns": (flapping, "changed, changed + reverted"),
    "a cookie wall": (cookie_wall, "nothing, blocked + recovered"),
    "half a page": (_trouble("half a page, its length right"), "nothing"),
    "an outage (503)": (_trouble("503 with Retry-After"), "nothing"),
    "a page cut on the way": (_trouble("cut on the way"), "nothing"),
    "a page re-encoded": (re_encoded, "nothing"),
    "another rendering": (noise, "nothing"),
    "a document replaced": (document, "changed"),
    "a correction with its notice": (correction, "changed"),
    "a typo in the headline": (_edited(headline_typo), "new + retitled"),
    "a figure": (_edited(figure_in_prose), "new + changed"),
    "a quote": (_edited(quote), "new + changed"),
    "a translation": (translated, "translation"),
    "a redirect to the home page": (home, "removed"),
    "a release no source names": (unlisted, "unlisted"),
    "a challenge before the whole site": (blocked_site, "blocked + recovered"),
    "a line on all pages": (boilerplate, "boilerplate"),
    "a contact": (contact, "changed"),
}


def play(tally: Tally, folder: Path, number: int, seed: int) -> None:
    """One situation in one language."""
    name = list(SITUATIONS)[number % len(SITUATIONS)]
    language = LANGUAGES[(number // len(SITUATIONS)) % len(LANGUAGES)]
    happen, expected = SITUATIONS[name]
    design = DESIGNS[(number + number // len(SITUATIONS)) % len(DESIGNS)]
    seeded = f"{seed} situation {number}"
    with staged(folder, language=language, seed=seeded, count=8, design=design) as stage:
        path = next(iter(stage.texts))
        stage.run(0)
        stage.run(1)
        happen(stage, path)
        rows = [row for rows in stage.told().values() for row in rows]
        rows.sort(key=lambda row: row["seen_at"])
        said = kinds(rows)
        right = said in expected.split(", ")
        tally.note("situations", name, said, right=right, where=f"{design}, {language}")
