"""A site to play on: releases drawn anew at each round, under a real watch with its store and its rounds.

It decides nothing of what is right; `rounds` and `situations` do.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.told.pages import page
from benchmarks.told.texts import Text, facts, text
from benchmarks.told.troubles import Place, Trouble, bare, inside
from crawler.config import parse
from crawler.cycle.events import as_json
from crawler.demo import Answer, html_answer
from crawler.demo.server import Scripted, find
from tests.cycle.watch import HOUR, T0, Watch, watching


class _Site(dict[str, Scripted]):
    """Answers before the watch's own pages do: files, and addresses the site does not know."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage

    def get(self, path: str, default: Any = None) -> Any:
        if path.endswith(".pdf"):
            body = self.stage.files.get(path, b"%PDF-1.4\n%%EOF\n")
            return Answer(headers={"content-type": "application/pdf"}, body=body)
        stage = self.stage
        if find(stage.watch.pages, path) is not None or stage.unknown is None or path == "/robots.txt":
            return default
        return stage.unknown(stage.place(path))


@dataclass(slots=True, kw_only=True)
class Stage:
    """A site under watch. `texts` are its releases by path; `played` what stands there instead."""

    watch: Watch
    language: str
    design: str
    chance: random.Random
    texts: dict[str, Text] = field(default_factory=dict)
    unknown: Trouble | None = None  # what an address that does not exist answers; None: 404
    noisy: bool = True  # each round renders each page anew
    round: int = 0
    files: dict[str, bytes] = field(default_factory=dict)  # documents that are not as they were, by path
    heads: dict[str, str] = field(default_factory=dict)  # more of a page's head, by path
    seed: str = ""

    def place(self, path: str, language: str | None = None) -> Place:
        others = [text for other, text in sorted(self.texts.items()) if other != path]
        return Place(
            language=language or self.language,
            path=path,
            page=self.rendered(self.texts[path]) if path in self.texts else f'<html lang="{self.language}"',
            other=self.rendered(self.texts.get("/news/a-english", others[0])) if others else "",
            design=self.design,
            chance=random.Random(f"{self.seed} {path} {self.round}"),
        )

    def rendered(self, text: Text) -> str:
        number = self.round if self.noisy else 0
        return page(
            text,
            self.design,
            random.Random(f"{self.seed} {text.path} {number}"),
            head=self.heads.get(text.path, ""),
        )

    def put(self, text: Text) -> None:
        """Publish, or edit, a release."""
        self.texts[text.path] = text

        def answer(path: str, headers: Mapping[str, str]) -> Answer:
            return html_answer(self.rendered(self.texts[text.path]))

        self.watch.put(text.path, answer)

    def trouble(self, path: str, kind: Trouble, language: str | None = None) -> None:
        """From now on this stands at the path."""
        self.watch.put(path, lambda _path, _headers: kind(self.place(path, language)))

    def mend(self, path: str) -> None:
        self.put(self.texts[path])

    def run(self, hours: float, *, everything: bool = True) -> None:
        self.round += 1
        self.watch.run(T0 + hours * HOUR, everything=everything)

    def told(self) -> dict[str, list[dict[str, Any]]]:
        """What is told on its own, by path; of a site's own events under ""."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        with self.watch.store.read() as session:
            rows = session.ledger.events()
        for event in [as_json(row) for row in rows if row.part_of is None]:
            found[(event["url"] or "").removeprefix(self.watch.server.base_url)].append(event)
        return found


@contextmanager
def staged(
    folder: Path,
    *,
    language: str,
    seed: str,
    count: int,
    design: str,
    make: Callable[[str, random.Random], Text] | None = None,
    site: str = "",
) -> Iterator[Stage]:
    """A site of `count` releases that were read twice: the baseline, and once more for nothing."""
    chance = random.Random(seed)
    prefix = "" if language == "en" else f"/{language}"
    paths = [f"{prefix}/news/release-{number}" for number in range(count)]
    folder.mkdir(parents=True, exist_ok=True)
    with watching(folder, {}, site=site) as watch:
        written = (
            (folder / "config.toml").read_text(encoding="utf-8").replace('"/fr/news/**"', '"/*/news/**"')
        )
        watch.config = parse(written, root=folder, environment={})
        stage = Stage(watch=watch, language=language, design=design, chance=chance, seed=seed)
        watch.server.override = _Site(stage)
        for path in paths:
            stage.put(
                make(path, chance) if make else text(facts(language, chance), language=language, path=path)
            )
        _common(stage)
        watch.name(*paths)
        yield stage


def _common(stage: Stage) -> None:
    """What the troubles lead to, and the site's home."""
    stage.trouble("/login", inside("login"))
    stage.trouble("/consent", bare("consent"))
    stage.trouble("/lost", inside("absent"))
    stage.trouble("/", inside("maintenance"))
