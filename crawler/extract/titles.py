"""The title of a page, and the block that shows it.

The headline a reader sees wins over what the head claims; the head says which of several it is, and where
a kicker, a subtitle or the site's name is written into it.
"""

from __future__ import annotations

from html import unescape

from crawler.extract import jsonld
from crawler.extract.blocks import Page, Run
from crawler.extract.head import Head
from crawler.text import fold, tidy
from crawler.urls import host

_SEPARATORS = (" | ", " :: ", " » ", " « ", " · ", " • ", " – ", " — ", " - ", " / ", " < ")
_LONGEST = 400
_TELLING = 15  # characters: a shorter part of a headline may be a part of any other
_ADDED = 80  # characters that a kicker, a subtitle or a site's name adds to a headline
_LONG = 200
_FEW = 2  # so many main headings may be headlines; more are a list of them
_SITE = 4  # letters of a site's name that are found in its address
_NEIGHBOURS = 3  # blocks around a kicker in which the headline itself stands
_UNLIKE = 0.1  # a main heading with a smaller share of the claimed title's words is not the title


def _key(text: str) -> str:
    return fold(text).casefold()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


class _Site:
    """What a site is called: by its own word, and by its address."""

    def __init__(self, head: Head) -> None:
        name = head.meta("og:site_name", "application-name")
        self._names = {_letters(_key(part)) for part in (name, *name.split(" | "))}
        self._host = _letters(host(head.base).removeprefix("www."))

    def named(self, text: str) -> bool:
        """Whether `text` is the site's name."""
        letters = _letters(text)
        if not letters:
            return False
        return letters in self._names or (len(letters) >= _SITE and self._host.startswith(letters))

    def cut(self, title: str) -> str:
        """`title` without the site's name at either end; what follows a bar is never the headline's."""
        for separator in _SEPARATORS:
            front, found, tail = title.rpartition(separator)
            if not found or not front:
                continue
            if separator == " | ":
                first, _, rest = title.partition(separator)
                return rest.partition(separator)[0] if self.named(first) and rest else first
            if self.named(tail):
                return front
            front, _, tail = title.partition(separator)
            if self.named(front) and tail:
                return tail
        return title


def _claims(head: Head, site: _Site) -> list[str]:
    found = [
        head.meta("og:title", "twitter:title", "dcterms.title"),
        tidy(jsonld.text(head.article.get("headline"))[:_LONGEST]),
        head.title,
    ]
    clean = (site.cut(unescape(title) if "&" in title else title).strip() for title in found if title)
    return [title for title in clean if title and not site.named(title)]


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
    if len(claim) < _TELLING or len(key) <= len(claim):
        return False
    return _ends(key, claim) or key.startswith(claim)


def _begins(key: str, claim: str) -> bool:
    """Whether a block shows the beginning of a title, as a kicker or a title cut short does."""
    return len(key) >= _TELLING and claim.startswith(key)


def _said(run: Run, claimed: list[str], runs: list[Run]) -> str:
    """The title that `run` shows: its text, or the part of it that the head claims."""
    key = _key(run.text)
    keys = {_key(claim): claim for claim in reversed(claimed)}
    if key in keys:
        return run.text
    for claim, text in keys.items():
        if len(claim) < _TELLING:
            continue
        if _ends(key, claim):
            return text
        rest = key[len(claim) :] if key.startswith(claim) else ""
        if rest.startswith(_SEPARATORS):
            return text
        rest = claim[len(key) :] if claim.startswith(key) else ""
        if rest.startswith((":", " / ")) and _letters(rest) in _beside(run, runs):
            return text  # a kicker, and the headline in a block beside it
    return run.text


def _beside(run: Run, runs: list[Run]) -> set[str]:
    near = runs[max(0, run.place - _NEIGHBOURS) : run.place + _NEIGHBOURS + 1]
    return {
        _letters(_key(other.text)) for other in near if not other.lump and len(other.text) <= _LONGEST
    } - {""}


def _matching(shown: list[Run], claimed: list[str], first: int) -> Run | None:
    """The block that shows one of the claimed titles: main headings before others, whole before cut."""
    keys = [_key(claim) for claim in claimed]
    longest = max(map(len, keys), default=0) + _ADDED
    headings = [(run, _key(run.text)) for run in shown if run.box.level]
    main = [pair for pair in headings if pair[0].box.level == 1]
    for candidates, matches in (main, _shows), (headings, _shows), (main, _begins), (headings, _begins):
        found = [run for run, key in candidates if any(matches(key, claim) for claim in keys)]
        if (best := _nearest(found, first)) is not None:
            return best
    others = [(run, _key(run.text)) for run in shown if 4 <= len(run.text) <= longest]
    for matches in (_shows, _begins):
        found = [run for run, key in others if any(matches(key, claim) for claim in keys)]
        if (best := _nearest(found, first)) is not None:
            return best
    return None


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
    shown = [run for run in page.runs if not run.lump and len(run.text) <= _LONGEST and not run.box.hidden]
    claimed = _claims(head, site)
    if (best := _matching(shown, claimed, first)) is not None:
        return _said(best, claimed, page.runs), best.place
    seen = [run for run in shown if run.box.level == 1 and not run.box.furniture and not site.named(run.text)]
    others = {_key(part) for part in _other_parts(head, claimed)}
    if (best := _nearest([run for run in seen if _key(run.text) in others], first)) is not None:
        return best.text, best.place
    if (best := _likest(seen, claimed, first)) is not None:
        return best.text, best.place
    if claimed:
        return claimed[0], None
    headings = [run for run in shown if run.box.level and run.place <= first and not run.box.furniture]
    if (best := _nearest(headings, first)) is not None:
        return best.text, best.place
    return "", None


def _nearest(runs: list[Run], first: int) -> Run | None:
    """The last of `runs` before `first`, else the first after it."""
    before = [run for run in runs if run.place <= first]
    return before[-1] if before else (runs[0] if runs else None)
