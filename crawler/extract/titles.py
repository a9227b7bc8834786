"""The title of a page, and the block that shows it.

The headline a reader sees wins over what the head claims, even where all of the head agrees against it; the
head says which of several it is, and where a kicker, a subtitle or the site's name is written into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape

from crawler.extract import jsonld
from crawler.extract.blocks import Box, Page, Run
from crawler.extract.head import Head
from crawler.text import fold, tidy
from crawler.urls import host

_SEPARATORS = (" | ", " :: ", " » ", " « ", " · ", " • ", " – ", " — ", " - ", " / ", " < ")
_KICKED = (": ", " / ")
_LONGEST = 400
_TELLING = 15  # characters: a shorter part of a headline may be a part of any other
_ADDED = 80  # characters that a kicker, a subtitle or a site's name adds to a headline
_LONG = 200
_FEW = 2  # so many main headings may be headlines; more are a list of them
_SITE = 4  # letters of a site's name that are found in its address
_NEIGHBOURS = 3  # blocks around a kicker in which the headline itself stands
_MARKS = 8  # characters by which two spellings of a headline differ: blanks, dashes, quotation marks
_SENTENCE = 3  # words of the shortest headline that is known by some of them
_ALIKE = 0.5  # a heading with this share of its words in a claimed title is that title in other words
_PROSE = 100  # characters of prose in the head of an article
_UNLIKE = 0.1  # a main heading with a smaller share of the claimed title's words is not the title


def _key(text: str) -> str:
    return fold(text).casefold()


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


class _Site:
    """What a site is called: by its own word, and by its address."""

    def __init__(self, head: Head) -> None:
        labels = host(head.base).removeprefix("www.").split(".")
        self._hosts = tuple(_letters("".join(labels[at:])) for at in range(len(labels)))
        self._names: set[str] = set()
        name = head.meta("og:site_name", "application-name")
        headline = self.cut(head.title)
        if name in (headline, head.title) and self.named(head.title.replace(headline, "", 1)):
            return  # it says the headline: what is left of <title> is the site's name in its address
        self._names = {_letters(_key(part)) for part in (name, *name.split(" | "))}

    def named(self, text: str) -> bool:
        """Whether `text` is the site's name."""
        letters = _letters(text)
        if not letters:
            return False
        if letters in self._names:
            return True
        return len(letters) >= _SITE and any(name.startswith(letters) for name in self._hosts)

    def cut(self, title: str) -> str:
        """`title` without the site's name at either end; what follows a bar is never the headline's."""
        for separator in _SEPARATORS:
            front, found, tail = title.rpartition(separator)
            if not found or not front:
                continue
            if separator == " | ":
                first, _, rest = title.partition(separator)
                title = rest.partition(separator)[0] if self.named(first) and rest else first
                continue
            if self.named(tail):
                return front
            front, _, tail = title.partition(separator)
            if self.named(front) and tail:
                return tail
        return title


def _claims(head: Head, site: _Site) -> list[str]:
    found = [
        head.meta("og:title"),
        head.meta("twitter:title", "dcterms.title"),
        tidy(jsonld.text(head.article.get("headline"))[:_LONGEST]),
        head.title,
    ]
    clean = (site.cut(unescape(title) if "&" in title else title).strip() for title in found if title)
    return list(dict.fromkeys(title for title in clean if title and not site.named(title)))


def _other_parts(head: Head, claimed: list[str]) -> list[str]:
    """What else stands between the bars of <title> and og:title: "Section | Headline | Site"."""
    titles = [head.meta("og:title"), head.title]
    parts = (part.strip() for title in titles if " | " in title for part in title.split(" | "))
    return [part for part in dict.fromkeys(parts) if len(part) >= _TELLING and part not in claimed]


def claims(head: Head) -> list[str]:
    """What the head says the title is, most trusted first."""
    return _claims(head, _Site(head))


def _ends(key: str, claim: str) -> bool:
    """Whether `claim` is the end of the longer `key`, from the beginning of a word on."""
    return len(key) > len(claim) and key.endswith(claim) and not key[-len(claim) - 1].isalnum()


def _shows(key: str, claim: str) -> bool:
    """Whether a block with `key` shows the title `claim`, alone or after a kicker, or before a subtitle that
    is set apart. What is short must stand alone."""
    if key == claim:
        return len(claim) >= 4
    if abs(len(key) - len(claim)) <= _MARKS and _letters(key) == _letters(claim):
        return len(claim) >= _TELLING
    if len(claim) < _TELLING or len(key) <= len(claim):
        return False
    return _ends(key, claim) or key.startswith(claim)


def _begins(key: str, claim: str) -> bool:
    """Whether a block shows the beginning of a title, as a kicker or a title cut short does."""
    return len(key) >= _TELLING and claim.startswith(key)


def _is_part(key: str, claim: str) -> bool:
    """Whether a block shows a title without what is set apart: a site's name after it, a kicker before it."""
    if len(key) < _TELLING or len(key) >= len(claim):
        return False
    if claim.startswith(key):
        return claim[len(key) :].startswith(_SEPARATORS)
    return claim.endswith(key) and claim[: -len(key)].endswith(_KICKED)


def _is_alike(key: str, claim: str) -> bool:
    """Whether a heading says the title in other words."""
    own = set(key.split())
    return len(own) >= _SENTENCE and len(own & set(claim.split())) >= _ALIKE * len(own)


def _said(run: Run, claimed: list[str], runs: list[Run]) -> str:
    """The title that `run` shows: its text, or the part of it that the head claims."""
    key = _key(run.text)
    keys = {_key(claim): claim for claim in claimed}
    if key in keys:
        return run.text
    for claim, text in keys.items():
        if len(claim) < _TELLING:
            continue
        if _letters(key) == _letters(claim):
            return max(run.text, text, key=_words)  # a kicker may be glued to the headline's first word
        if _ends(key, claim):
            return text
        rest = key[len(claim) :] if key.startswith(claim) else ""
        if rest.startswith(_SEPARATORS):
            return text
        rest = claim.removeprefix(key) if claim.startswith(key) else claim.removesuffix(key)
        if (rest.startswith(_KICKED) or rest.endswith(_KICKED)) and _letters(rest) in _beside(run, runs):
            return text  # a kicker and the headline, in blocks beside each other
    return run.text


def _beside(run: Run, runs: list[Run]) -> set[str]:
    near = runs[max(0, run.place - _NEIGHBOURS) : run.place + _NEIGHBOURS + 1]
    return {
        _letters(_key(other.text)) for other in near if not other.lump and len(other.text) <= _LONGEST
    } - {""}


_Keyed = list[tuple[Run, str]]


def _tried(shown: list[Run], longest: int, first: int) -> Iterator[tuple[_Keyed, Callable[[str, str], bool]]]:
    """The blocks in which a claimed title is looked for, each with its key, and how they must show it: main
    headings before others, whole before cut. Most titles are found before the many others are folded."""
    headings = [(run, _key(run.text)) for run in shown if run.box.level]
    main = [pair for pair in headings if pair[0].box.level == 1]
    yield main, _shows
    yield headings, _shows
    yield main, _is_part
    yield headings, _is_part
    yield main, _begins
    others = [(run, _key(run.text)) for run in shown if 4 <= len(run.text) <= longest]
    yield others, str.__eq__
    yield [pair for pair in main if pair[0].place <= first], _is_alike
    yield headings, _begins
    yield others, _shows
    yield others, _begins


def _matching(shown: list[Run], claimed: list[str], first: int) -> Run | None:
    """The block that shows one of the claimed titles."""
    keys = [_key(claim) for claim in claimed]
    longest = max(map(len, keys), default=0) + _ADDED
    for candidates, matches in _tried(shown, longest, first) if keys else ():
        found = [run for run, key in candidates if any(matches(key, claim) for claim in keys)]
        if (best := _nearest(found, first)) is not None:
            return best
    return None


def _below(found: Run, shown: list[Run], claimed: list[str], first: int) -> Run:
    """The heading close below a main heading, where it shows another claim: the main one is the last step of
    a path to the page, or written for search engines."""
    if found.box.level != 1:
        return found
    letters = _letters(_key(found.text))
    others = [key for claim in claimed if _letters(key := _key(claim)) != letters]
    return next(
        (
            run
            for run in shown
            if run.box.level > 1
            and found.place < run.place <= min(first, found.place + _NEIGHBOURS)
            and _letters(key := _key(run.text)) != letters
            and any(_shows(key, claim) or _is_part(key, claim) for claim in others)
        ),
        found,
    )


def _over_prose(run: Run) -> bool:
    """Whether a furnishing that holds prose bears the heading `run`: it is the head of the article."""
    box: Box | None = run.box
    while box is not None and box.furniture:
        if box.mass >= _PROSE:
            return True
        box = box.parent
    return False


def _likeness(text: str, claimed: list[str]) -> float:
    """The greatest share of the words of `text` that a claimed title has; 1 where nothing is claimed."""
    own = set(_key(text).split())
    return max((len(own & set(_key(claim).split())) / len(own) for claim in claimed), default=1.0)


def _likest(main: list[Run], claimed: list[str], first: int) -> Run | None:
    """Of main headings that show no claimed title the nearest that shares a word with one; of a crowd of
    them the likest. What a crowd shares nothing with are slogans, sections, names. A single one stands."""
    ranked = [(run, _likeness(run.text, claimed)) for run in main if len(run.text) <= _LONG or not claimed]
    if len(ranked) > 1:
        least = max(share for _, share in ranked) if len(ranked) > _FEW else _UNLIKE
        ranked = [(run, share) for run, share in ranked if share >= least]
    return _nearest([run for run, _ in ranked], first)


def choose(page: Page, head: Head, first: int) -> tuple[str, int | None]:
    """The title, and the place of the run that shows it (None: it is not shown).

    `first` is the place of the first prose of the article.
    """
    site = _Site(head)
    seen_through = first < len(page.runs) and page.runs[first].box.hidden  # a script shows all the article
    shown = [
        run
        for run in page.runs
        if not run.lump and len(run.text) <= _LONGEST and (seen_through or not run.box.hidden)
    ]
    claimed = _claims(head, site)
    if (best := _matching(shown, claimed, first)) is not None:
        best = _below(best, shown, claimed, first)
        return _said(best, claimed, page.runs), best.place
    seen = [run for run in shown if run.box.level == 1 and not run.box.furniture and not site.named(run.text)]
    others = {_key(part) for part in _other_parts(head, claimed)}
    if (best := _nearest([run for run in seen if _key(run.text) in others], first)) is not None:
        return best.text, best.place
    if (best := _likest(seen, claimed, first)) is not None:
        return best.text, best.place
    above = [run for run in shown if run.box.level and run.place <= first and not site.named(run.text)]
    plain = [run for run in above if not run.box.furniture]
    keys = [_key(claim) for claim in claimed]
    for headings in (
        [run for run in above if run.box.level == 1 and _over_prose(run)],
        [run for run in plain if not keys or any(_is_alike(_key(run.text), key) for key in keys)],
    ):
        if (best := _nearest(headings, first)) is not None:
            return best.text, best.place
    return (claimed[0] if claimed else ""), None


def _nearest(runs: list[Run], first: int) -> Run | None:
    """The last of `runs` before `first`, else the first after it."""
    before = [run for run in runs if run.place <= first]
    return before[-1] if before else (runs[0] if runs else None)
