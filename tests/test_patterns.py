"""Every pattern of the program takes bounded time on hostile text."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import crawler
import storage
from crawler.compare import numbers
from crawler.extract import dates
from crawler.text import _mark_crowds

LENGTH = 50_000
LANGUAGES = ("en", "ar")
# Tried at the beginning alone, never searched for.
MATCHED = frozenset(
    {"crawler.deliver.message._DOMAIN", "crawler.fetch.robots._FIELD", "crawler.recipients._SERVICE"}
)
PARSER: Any = importlib.import_module("re._parser")
CATEGORIES = {
    "CATEGORY_DIGIT": "07٣",
    "CATEGORY_NOT_DIGIT": "a -",
    "CATEGORY_SPACE": " \n\u00a0",
    "CATEGORY_NOT_SPACE": "a.0",
    "CATEGORY_WORD": "aZ0_éا",
    "CATEGORY_NOT_WORD": " .-@\n",
}


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _patterns_in(item)
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _patterns_in(item)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Each pattern of the whole program, by module and name."""
    names = [
        module.name
        for package in (crawler, storage)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not any(
            part in module.name for part in (".__main__", ".migrations", ".demo")
        )  # demo: our own text
    ]
    found: dict[str, re.Pattern[Any]] = {"crawler.text._mark_crowds()": _mark_crowds()}
    found |= {f"crawler.compare.numbers._pattern({name})": numbers._pattern(name) for name in LANGUAGES}
    found |= {f"crawler.extract.dates[{n}]": form for n, form in enumerate(dates._forms_of_a_year())}
    for name in names:
        for key, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(_patterns_in(value)):
                if pattern not in found.values():
                    found[f"{name}.{key}{f'[{number}]' if number else ''}"] = pattern
    return found


def _member(items: Any, chance: random.Random) -> str:
    """A character of a class; of a negated one, a character that is not named in it."""
    chosen: list[str] = []
    negated = False
    for operator, argument in items:
        kind = str(operator)
        if kind == "NEGATE":
            negated = True
        elif kind == "LITERAL":
            chosen.append(chr(argument))
        elif kind == "RANGE":
            chosen += [chr(argument[0]), chr(argument[1])]
        elif kind == "CATEGORY":
            chosen += CATEGORIES[str(argument)]
    if negated:
        chosen = [letter for letter in "aZ0 -.,@<>\"'é\n" if letter not in chosen] or ["a"]
    return chance.choice(chosen)


def sample(parsed: Any, chance: random.Random, letters: list[str]) -> str:
    """A text that the parsed pattern matches, more or less; its single characters are put into `letters`."""
    pieces: list[str] = []
    for operator, argument in parsed:
        kind = str(operator)
        if kind in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            if kind == "IN":
                letter = _member(argument, chance)
            else:
                letter = {"LITERAL": chr(argument or 97), "NOT_LITERAL": "b"}.get(kind, "a")
            letters.append(letter)
            pieces.append(letter)
        elif kind == "BRANCH":
            pieces.append(
                [sample(each, chance, letters) for each in argument[1]][chance.randrange(len(argument[1]))]
            )
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = argument
            pieces += [
                sample(inner, chance, letters)
                for _ in range(min(max(low, 1 + chance.randrange(3)), int(high), 40))
            ]
        elif kind == "SUBPATTERN":
            pieces.append(sample(argument[-1], chance, letters))
        elif kind == "ATOMIC_GROUP":
            pieces.append(sample(argument, chance, letters))
    return "".join(pieces)


def hostile(pattern: re.Pattern[Any]) -> list[str]:
    """Units whose repetition is hostile: each kind of character, pairs of them, matches, and near-misses."""
    chance = random.Random(7)
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    letters: list[str] = []
    flags = pattern.flags & ~re.DEBUG
    parsed = PARSER.parse(source, flags)
    matches = [sample(parsed, chance, letters) for _ in range(4)]
    kinds = list(dict.fromkeys(letters))
    kinds = kinds if len(kinds) <= 8 else chance.sample(kinds, 8)
    pairs = ["".join(chance.choices(kinds, k=2)) for _ in range(6)] if kinds else []
    halves = [text[: len(text) // 2] for text in matches]
    misses = [piece for text in matches[:2] for piece in (text[:-1], text[1:], text[:-1] + "\x01")]
    return [unit for unit in dict.fromkeys([*kinds, *pairs, *matches, *halves, *misses, " ", "a"]) if unit]


def seconds(pattern: re.Pattern[Any], text: Any, *, matched: bool = False) -> float:
    started = time.process_time()
    if matched:
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - started


@pytest.mark.parametrize(("name", "pattern"), patterns().items(), ids=list(patterns()))
def test_hostile_text_takes_bounded_time(name: str, pattern: re.Pattern[Any]) -> None:
    for unit in hostile(pattern):
        text: Any = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
        if isinstance(pattern.pattern, bytes):
            text = text.encode("utf-8")[:LENGTH]
        whole = seconds(pattern, text, matched=name in MATCHED)
        assert whole < 2, (name, unit)
        if whole > 0.3:  # worth asking: twice the text may take three times as long, not four
            half = min(seconds(pattern, text[: LENGTH // 2]) for _ in range(2))
            assert min(whole, seconds(pattern, text)) < 3.2 * half + 0.05, (name, unit)


def test_a_backtracking_pattern_would_be_found() -> None:
    pattern = re.compile(r"(?:a+)+b|\s+$")
    assert any(set(unit) <= {"a"} for unit in hostile(pattern))
    blanks = re.compile(r"\s+$")
    assert " " in hostile(blanks)
    text = " " * 6_000 + "a"
    assert seconds(blanks, text) > 20 * seconds(re.compile(r" [a]"), text)
