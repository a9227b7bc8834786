"""Which events a reader wants: by language, country, type, kind, weight and words.

Pure; it selects, and orders nothing. What cannot be known of a release is not held against it where
silence would lose news: an unknown language passes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from crawler import countries, urls
from crawler.text import fold
from crawler.values import Event, Kind, Op

FIGURE: Final = "figure"  # stands beside the kinds: a change of figures, whatever its kind
# Vowel signs and the stroke that stretches words: written or not, it is the same Arabic word.
_ARABIC_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640]")
# Scripts that part no words: a keyword may stand anywhere in them.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True)  # no slots: the pattern is made once
class Keywords:
    """Words and phrases, any of which must stand in a text, and others ("-word") none of which may."""

    written: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.written)

    def match(self, text: str) -> bool:
        """Whether `text` has one of the words, as whole words in any case, and none of the unwanted."""
        folded = _folded(text)
        wanted, unwanted = self._patterns
        if unwanted is not None and unwanted.search(folded):
            return False
        return wanted is None or wanted.search(folded) is not None

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        wanted = [word for word in self.written if not word.startswith("-")]
        return _pattern(wanted), _pattern([word[1:] for word in self.written if word.startswith("-")])


def _pattern(words: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(_whole, words))) if words else None


def _whole(word: str) -> str:
    """The pattern of `word` as a whole: no letter, digit or mark beside it, where its script parts words."""
    folded, beside = _folded(word), rf"[\w{_marks()}]"
    start = "" if _UNSPACED.match(folded) else f"(?<!{beside})"
    end = "" if _UNSPACED.match(folded[-1:]) else f"(?!{beside})"
    return start + r"\s+".join(map(re.escape, folded.split())) + end


def _folded(text: str) -> str:
    """`text` without case and Arabic vowel signs."""
    return _ARABIC_MARKS.sub("", fold(text)).casefold()


@cache
def _marks() -> str:
    """Combining marks, as ranges of a character class: letters to who reads, none to `\\w`."""
    codes = [code for code in range(0x300, 0x12000) if unicodedata.category(chr(code)).startswith("M")]
    runs = [[codes[0], codes[0]]]
    for code in codes[1:]:
        if code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a digest is about. Empty means: any."""

    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166 codes
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    keywords: Keywords = Keywords()
    min_weight: int = 0

    def takes(self, event: Event, *, text: str = "") -> bool:
        """Whether the event is wanted; `text` is the release as it stands, where it is at hand.

        What happens to a site is asked only for its kind and weight: it bears on every release.
        """
        if event.weight < self.min_weight or not self._kind(event):
            return False
        if event.canonical_url is None and event.url is None:
            return True
        return (
            self._language(event)
            and (not self.countries or not set(self.countries).isdisjoint(countries_of(event)))
            and (not self.types or not set(self.types).isdisjoint(types_of(event)))
            and (not self.keywords or self.keywords.match(f"{_told(event)}\n{text}"))
        )

    def _kind(self, event: Event) -> bool:
        if not self.kinds:
            return True
        facts = {event.kind.value, *(fact.value for fact in event.facts)}
        if event.figures and event.kind is not Kind.NEW:
            facts.add(FIGURE)
        return not facts.isdisjoint(self.kinds)

    def _language(self, event: Event) -> bool:
        wanted = {language.partition("-")[0] for language in self.languages}
        return not wanted or event.language is None or event.language.partition("-")[0] in wanted


def countries_of(event: Event) -> tuple[str, ...]:
    """The countries a release is about, the likeliest first: that of its site, then those that dateline,
    headline and opening name."""
    told = (event.site.replace("-", " "), event.dateline or "", event.title, event.summary)
    return tuple(dict.fromkeys(code for text in told for code in countries.named_in(text)))


def types_of(event: Event) -> tuple[str, ...]:
    """What a release is called: the first part of its address ("news", "statements") and its own label."""
    found = []
    if url := event.canonical_url or event.url:
        path = urls.target(url).partition("?")[0].strip("/")
        prefix = (urls.language_prefix(url) or "").casefold()
        parts = path.casefold().split("/")
        found += parts[1:2] if prefix and parts[0] == prefix else parts[:1]
    if event.type:
        found.append(fold(event.type).casefold())
    return tuple(found)


def _told(event: Event) -> str:
    """All that an event says of its release, old words too."""
    told = [event.title, event.title_before or "", event.dateline or "", event.summary]
    told += [
        "".join(segment.text for segment in event.redline if segment.op is not other)
        for other in (Op.INSERT, Op.DELETE)
    ]
    told += [f"{figure.what} {figure.before_text} {figure.after_text}" for figure in event.figures]
    told += [f"{edit.before or ''} {edit.after or ''}" for edit in event.edits]
    return "\n".join(told)
