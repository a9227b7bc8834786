"""What in the body is none after all: the contact block, teasers of other pages, labels, headings of nothing.

It looks at roles already given, and changes them; it finds no article.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.extract import contacts, content, copies, dates, endings, labels, layouts
from crawler.extract.blocks import Box, Run
from crawler.extract.reading import Reading
from crawler.text import words
from crawler.urls import absolute, bare, host

_LINKS = 0.7  # of a line: so much makes it a list of links
_AFTER = 12  # blocks after the body in which a contact block may stand
_HALF = 0.5  # of its characters: an item with fewer in links says something of its own
_DEEP = 5  # boxes around a link among which its card is looked for
_CARDS = 3  # so many alike are cards
_CARD = 350  # characters a card's text has at most
_OWN = 0.4  # teasers with more of the body's prose are the page's own
_PASSAGE = 80.0  # prose: so much is a passage of the text
_ENDING = 40  # letters by which the end of a passage is told
_LEAST_SAID = 400  # letters: a shorter text is a summary
_NOTES = 3  # so many passages may follow a text
_REST = 0.02  # of the text: the metadata may go on for so much, as a source or a sign
_ALIKE = 0.25  # two texts whose lengths differ by less may be the same
_TAG = re.compile(r"<[^<>]{1,500}>")
_NO_LETTERS = re.compile(r"[\W_]+")
_WRITTEN = words("p li td dd blockquote")  # where sites put what is written
_KEPT = _WRITTEN | words("pre dt th summary text")
_LISTS = words("ul ol li dl dt dd table thead tbody tfoot tr td th blockquote")
_NEARLY = 0.7  # of the prose: the box with so much of it is the text's
_ANNEXES = words(
    "accordion accordions answer answers appendix endnotes faq faqs footnote footnotes note notes question"
    " questions quote references sources"
)
_MOSTLY = 0.6  # of the prose
_LABEL = 80  # characters: less is a label, where it ends in no full stop
_FEW_LABELS = 0.1  # of the text; where there are more they are its own
_CLOSED = content.ENDS | frozenset(":：")
_UNDER, _TEASER = 3, 200  # a teaser's link has so many lines under it, none longer


def _beside_region(reading: Reading) -> set[int]:
    """Places of the runs right after the body that a contact block may stand in: in the boxes around the
    region (two levels, not beyond <article> or <main>), before anything that is furniture or a link."""
    last = max((run.place for run in reading.runs("body")), default=None)
    holder = reading.region[-1] if reading.region else None
    for _ in range(2):
        if holder is not None and holder.parent is not None and holder.tag not in ("article", "main", "body"):
            holder = holder.parent
    if last is None or holder is None or holder.tag in ("body", "text"):
        return set()
    places: set[int] = set()
    for run in reading.page.runs[last + 1 : last + 1 + _AFTER]:
        role = reading.roles[run.place][0]
        if run.box.furniture or role in ("links", "menu") or not run.box.within(holder):
            break
        if run.link_share > _LINKS and not contacts.reachable(run.text):
            break
        if role == "boilerplate":
            places.add(run.place)
    return places


def contact(reading: Reading) -> None:
    """Turn the trailing contact passages of the body (and right after it) into contacts."""
    places: list[int] = []
    separators: set[int] = set()
    after_rule = False
    beside = _beside_region(reading)
    for run, (role, _) in zip(reading.page.runs, reading.roles, strict=True):
        if role == "separator":
            after_rule = True
        elif role in ("body", "links") or run.place in beside:
            if after_rule:
                separators.add(len(places))
            after_rule = False
            places.append(run.place)
    texts = [reading.page.runs[place].text for place in places]
    span = contacts.start(texts, separators)
    if span is None:
        return
    for place in places[span[0] : span[1]]:
        reading.roles[place] = ("contact", "the contact block")


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _after_said(reading: Reading) -> None:
    """Drop the few passages after the one that the metadata end with, where these give the article's
    text: an author's portrait, a call to subscribe. A text that is cut, or much shorter, is no witness."""
    claim = reading.head.article.get("articleBody")
    if not isinstance(claim, str) or len(claim) < _LEAST_SAID:
        return
    body = reading.runs("body")
    ending = _letters(body[-1].text)[-_ENDING:] if body else ""
    if len(ending) == _ENDING and ending in _letters(claim[-4 * _ENDING :].rpartition(">")[2]):
        return  # most texts end where the metadata do
    said = _letters(_TAG.sub(" ", claim))
    if len(said) < _LEAST_SAID:
        return
    keys = [_letters(run.text) for run in body]
    for last in range(len(keys) - 1, max(-1, len(keys) - _NOTES - 2), -1):
        key = keys[last]
        if len(key) >= _ENDING and key[-_ENDING:] in said:
            break
    else:
        return
    rest = len(said) - said.rfind(key[-_ENDING:]) - _ENDING
    before = sum(map(len, keys[: last + 1]))
    if rest > _REST * len(said) or abs(before - len(said)) > _ALIKE * len(said):
        return
    for run in body[last + 1 :]:
        reading.roles[run.place] = ("boilerplate", "after the end that the metadata give")


def _teasers(reading: Reading) -> None:
    """Drop teasers of other pages after the article: at least two links on lines of their own, each with
    a short text, a label or a date under it."""
    inside = [
        run for run in reading.page.runs if reading.roles[run.place][0] in ("body", "links", "type", "date")
    ]
    cut = len(inside)
    links = pending = 0
    for index in range(len(inside) - 1, 0, -1):
        run = inside[index]
        if reading.roles[run.place][0] == "links" and len(run.text) > 12:
            links, pending, cut = links + 1, 0, index
        elif pending >= _UNDER or content.size(run.text) > _TEASER:
            break
        else:
            pending += 1
    if links < 2 or not any(reading.roles[run.place][0] == "body" for run in inside[cut:]):
        return
    while cut > 1 and (labels.is_label(inside[cut - 1].text) or dates.date_line(inside[cut - 1].text)):
        cut -= 1
    teasers = [run for run in inside[cut:] if reading.roles[run.place][0] == "body"]
    if sum(run.prose for run in teasers) > _OWN * sum(run.prose for run in reading.runs("body")):
        return  # a page of such is a list, which is its text
    for run in teasers:
        reading.roles[run.place] = ("boilerplate", "a teaser of another page")


def _groups(reading: Reading) -> dict[tuple[int, str, str], dict[int, Box]]:
    """Boxes of one parent, tag and class name that hold a line that is nothing but a link, by these three."""
    inside = {id(box) for box in reading.region}
    groups: dict[tuple[int, str, str], dict[int, Box]] = {}
    for run in reading.runs("links"):
        box: Box | None = run.box
        for _ in range(_DEEP):
            if box is None or box.parent is None or id(box) in inside:
                break
            if box.label or box.tag == "article":
                group = groups.setdefault((id(box.parent), box.tag, box.label), {})
                group[id(box)] = box
            box = box.parent
    return groups


def _cards(reading: Reading) -> None:
    """Drop cards after the text: at least three boxes side by side, alike by their names, each with a link on
    a line of its own and a few short lines. Lists of things with links, inside a text, are its own."""
    owners = {key for group in _groups(reading).values() if len(group) >= _CARDS for key in group}
    if not owners:
        return
    cards: dict[int, list[Run]] = {}
    others: list[Run] = []
    apart: set[int] = set()
    for run in reading.runs("body"):
        box: Box | None = run.box
        while box is not None and id(box) not in owners:
            box = box.parent
        if box is None:
            others.append(run)
            apart.add(run.place)
        else:
            cards.setdefault(id(box), []).append(run)
    long = [runs for runs in cards.values() if sum(content.size(run.text) for run in runs) > _CARD]
    text = others + [run for runs in long for run in runs]
    end = max((run.place for run in text if run.prose >= _PASSAGE), default=None)
    for run in reading.runs("body") if end is not None else ():
        if end is not None and run.place > end and run.place not in apart:
            reading.roles[run.place] = ("boilerplate", "a card that leads to another page")


def _holder(run: Run) -> Box | None:
    """The box that `run` is a passage of, alone or in a list or table."""
    box = run.box.parent
    while box is not None and box.tag in _LISTS:
        box = box.parent
    return box


def _is_apart(run: Run, main: Box) -> bool:
    """Whether `run` lies in a box inside `main` that is not named as a part of texts."""
    box: Box | None = run.box
    while box is not None and box is not main:
        if not _ANNEXES.isdisjoint(box.words):
            return False
        box = box.parent
    return box is main


def _boxed(reading: Reading) -> None:
    """Drop boxes after the last passage, inside the box that holds nearly all of the text: an author's
    portrait, an advertisement, a survey. A layout's exact boxes have none, and a box like those that hold
    passages before is a passage's."""
    if layouts.is_exact(reading.layout):
        return
    body = reading.runs("body")
    holders = [_holder(run) for run in body]
    masses: dict[Box, float] = {}
    for run, holder in zip(body, holders, strict=True):
        if holder is not None and run.prose:
            masses[holder] = masses.get(holder, 0.0) + run.prose
    if not masses:
        return
    main = max(masses, key=lambda box: masses[box])
    if masses[main] < _NEARLY * sum(masses.values()):
        return
    last = max(run.place for run, holder in zip(body, holders, strict=True) if holder is main)
    shapes = {
        (holder.tag, holder.label)
        for run, holder in zip(body, holders, strict=True)
        if holder is not None and holder.parent is main and run.place < last
    }
    for run, holder in zip(reversed(body), reversed(holders), strict=True):
        if holder is not None and (holder.tag, holder.label) in shapes:
            return
        if holder is main or run.box is main or run.box.cell or not _is_apart(run, main):
            return
        reading.roles[run.place] = ("boilerplate", "in a box of its own after the text")


def _labels(reading: Reading) -> None:
    """Drop short lines that are neither sentences nor paragraphs, where the text itself is in paragraphs."""
    body = reading.runs("body")
    written = sum(run.prose for run in body)
    if sum(run.prose for run in body if run.box.tag in _WRITTEN) < _MOSTLY * written:
        return
    loose = [
        run
        for run in body
        if run.box.tag not in _KEPT and len(run.text) < _LABEL and run.text[-1] not in _CLOSED
        if not (run.box.level or run.box.depth or run.box.cell)
    ]
    if sum(len(run.text) for run in loose) > _FEW_LABELS * sum(len(run.text) for run in body):
        return
    for run in loose:
        reading.roles[run.place] = ("boilerplate", "a label, no sentence")


def _linked_headings(reading: Reading) -> None:
    """Take up headings that are links, where the text goes on right under them: a list of things, each
    told of; and two or more that lead to other sites or into this page. Teasers and cards are gone by now."""
    body = reading.runs("body")
    last = body[-1].place if body else 0
    linked = [
        run
        for run in reading.runs("links")
        if run.box.level > 1 and body and body[0].place < run.place < last
    ]
    away = {run for run in linked if _stays(reading, run)}
    for run in linked:
        below = reading.page.runs[run.place + 1]
        told = reading.roles[below.place][0] == "body" and below.prose and not below.box.level
        if (told and below.box.parent is run.box.parent) or (run in away and len(away) > 1):
            reading.roles[run.place] = ("body", "a linked heading of what the text goes on with")


def _stays(reading: Reading, run: Run) -> bool:
    """Whether all of the links of `run` lead to other sites or into this page: to none of its neighbours.
    Hosts that share a name ("www.site.com", "shop.site.co.uk") are neighbours."""
    base = reading.head.base
    own = _names(host(base))
    links = (anchor.href for anchor in run.anchors if not anchor.href.startswith("#"))
    return all(own.isdisjoint(_names(host(absolute(href, base) or base))) for href in links)


def _names(name: str) -> set[str]:
    return set(bare(name).split(".")[:-1])


def _linked_items(reading: Reading) -> None:
    """Take up items and cells that are links, in a list or a row with others that are read, in the text; and
    drop what is half a link from lists of links."""
    body = reading.runs("body")
    last = max((run.place for run in body if run.prose and not run.box.depth), default=0)
    links = reading.runs("links")
    if not links:
        return
    items = [(item.parent, run) for run in body if (item := _item(run)) is not None]
    read = Counter(each for each, run in items if run.link_share < _HALF)
    linked = Counter(item.parent for run in links if (item := _item(run)) is not None)
    for each, run in items:
        if linked[each] and not read[each] and not run.prose:
            reading.roles[run.place] = ("links", "an item of a list of links")
    lists = {run.box.parent for run in body if run.box.tag == "li" and run.prose}
    lists |= {each for each in read if read[each] >= linked[each]}
    rows = {run.box.row for run in body if run.box.row is not None and run.link_share < _HALF}
    for run in links:
        if run.place >= last:
            break
        item = _item(run)
        if item is not None and item.parent in lists:
            reading.roles[run.place] = ("body", "a linked item of a list that is read")
        elif run.box.row in rows:
            reading.roles[run.place] = ("body", "a linked cell of a row that is read")


def _item(run: Run) -> Box | None:
    """The item of a list that `run` is, or is a paragraph of."""
    box = run.box
    if box.tag != "li" and box.parent is not None:
        box = box.parent
    return box if box.tag == "li" else None


def _trim(reading: Reading) -> None:
    """Drop headings at the end of the body: they head something that is no article."""
    for run in reversed(reading.runs("body")):
        if not run.box.level or run.box.depth:
            return
        reading.roles[run.place] = ("boilerplate", "a heading with nothing under it")


def _more_subtitles(reading: Reading) -> None:
    """One passage between headline and body is a subtitle; a second is not."""
    for run in reading.runs("subtitle")[1:]:
        reading.roles[run.place] = ("boilerplate", "between headline and body")


def close(reading: Reading) -> None:
    """Take teasers, cards, labels and headings of nothing from the body."""
    copies.drop(reading)
    _after_said(reading)
    _teasers(reading)
    if reading.page.tree is not None:
        _cards(reading)
        _boxed(reading)
        _labels(reading)
        _linked_headings(reading)
        _linked_items(reading)
    _trim(reading)
    endings.notes(reading)
    _more_subtitles(reading)
