"""Plain text → a page of blocks: lines joined where they were wrapped, menus told from prose by their form.

It reads no markup. What a text capture of a page shows of its menu: labels doubled, labels glued to their
descriptions, lone dashes, runs of short lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.bounds import MOST_TEXT
from crawler.extract import contacts, datelines, dates, labels
from crawler.extract.blocks import Around, Box, Page, Run
from crawler.extract.content import prose
from crawler.text import tidy

_ITEM = re.compile(r"^[-–•*·▪◦‣]\s+")
_SENTENCE_END = '.!?…:;。！？؟।"”»)'
_WRAP = 100  # hard-wrapped lines are at most this long
_CONTACT_LINES = 8
_LONGEST_HEADLINE, _LONGEST_SENTENCE = 250, 120  # characters; a headline that is a sentence is shorter
_MENU_COST, _LABEL_COST, _SENTENCE_GAIN = -400.0, -20.0, 1.0
_LABELS_COST = -60.0  # of each label that follows two others: buttons, a breadcrumb, a footer
_MOST_COST = -300.0  # of a run of labels: a table written cell by cell looks the same
_LONGEST_LABEL = 40
_SURE = 80  # characters: a line as long is running text, whatever it ends with
_FULL_STOP = ".!?؟。！？"


def _wrapped(lines: list[str]) -> bool:
    """Whether `lines` look like prose broken at a fixed width: all but a few about as long."""
    longest = max(map(len, lines))
    if not 30 <= longest <= _WRAP or len(lines) < 2:
        return False
    full = sum(1 for line in lines[:-1] if len(line) >= 0.6 * longest)
    return full >= 0.7 * (len(lines) - 1)


def _joined(lines: list[str]) -> list[str]:
    """The paragraphs of a group of lines between blank lines."""
    if not _wrapped(lines):
        return lines
    longest = max(map(len, lines))
    paragraphs: list[str] = []
    current = ""
    for line in lines:
        if _ITEM.match(line) and current:
            paragraphs.append(current)
            current = ""
        current = f"{current} {line}" if current else line
        if len(line) < 0.7 * longest and line[-1:] in _SENTENCE_END:
            paragraphs.append(current)
            current = ""
    return [*paragraphs, current] if current else paragraphs


def _paragraphs(text: str) -> list[str]:
    groups: list[list[str]] = [[]]
    for raw in text.splitlines():
        line = tidy(raw[:MOST_TEXT])
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [paragraph for group in groups if group for paragraph in _joined(group)]


def menu_marks(texts: list[str]) -> set[int]:
    """Indices of texts that a menu leaves behind: a short label said twice in a row, or said again glued
    to its description ("Our Work", "Our WorkAs the leading …"), and lone dashes between them."""
    marks: set[int] = set()
    for index, text in enumerate(texts):
        previous = texts[index - 1] if index else ""
        label = bool(previous) and len(previous) <= 60 and previous[-1] not in ".!:;,"
        if label and text == previous:
            marks |= {index - 1, index}
        elif label and text.startswith(previous) and len(text) > len(previous):
            following = text[len(previous)]
            if following.isalpha() and (not following.islower() or not previous[-1].isalpha()):
                marks |= {index - 1, index}
        if text in ("-", "–", "•", "*"):
            marks.add(index)
    return marks


def _scores(runs: list[Run], marks: set[int]) -> Iterator[float]:
    """How much each run speaks for an article around it."""
    labels_cost, in_a_row = 0.0, 0
    for index, run in enumerate(runs):
        ended = run.text[-1] in _FULL_STOP
        gain = prose(run) if ended or run.box.depth or len(run.text) >= _SURE else 0.0
        if index in marks:
            yield _MENU_COST
        elif gain or (ended and " " in run.text):
            labels_cost, in_a_row = 0.0, 0
            yield gain or _SENTENCE_GAIN
        else:
            in_a_row += len(run.text) <= _LONGEST_LABEL
            cost = max(_LABELS_COST if in_a_row > 2 else _LABEL_COST, _MOST_COST - labels_cost)
            labels_cost += cost
            yield cost


def _article(runs: list[Run], marks: set[int]) -> tuple[int, int]:
    """[first, end) of the runs with the most prose and the least menu between them (Kadane's algorithm)."""
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, score in enumerate(_scores(runs, marks)):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, best_span = total, (start, index + 1)
    return best_span


def read_text(text: str) -> Page:
    """The page of a plain text. Its first box is the root; blocks outside the article are furniture."""
    root, menu = Box("text", None, Around()), Box("menu", None, Around())
    menu.parent, menu.furniture = root, "around the article"
    page = Page(boxes=[root, menu])
    for paragraph in _paragraphs(text):
        body = _ITEM.sub("", paragraph)
        is_item = body != paragraph
        box = Box("li" if is_item else "p", root, Around(depth=int(is_item)))
        page.boxes.append(box)
        run = Run(body, box, (body,))
        run.place = len(page.runs)
        page.runs.append(run)
    texts = [run.text for run in page.runs]
    marks = menu_marks(texts)
    first, end = _article(page.runs, marks)
    headline = _headline(page.runs, marks, first, end)
    end = _with_contacts(texts, end)
    for index, run in enumerate(page.runs):
        if index == headline:
            run.box.tag, run.box.around = "h1", Around(level=1)
        elif not (first if headline is None else headline) <= index < end:
            run.box.parent, run.box.furniture = menu, menu.furniture
    return page


def _headline(runs: list[Run], marks: set[int], first: int, end: int) -> int | None:
    """Where the headline is: the article's first line where it is no sentence, or a line shortly before."""
    if end - first > 1 and _heads(runs[first].text, runs[first + 1].text):
        return first
    for index in range(first - 1, max(-1, first - 4), -1):
        run = runs[index]
        if index in marks or run.box.depth or not any(map(str.isalnum, run.text)):
            return None
        if not (labels.is_label(run.text) or dates.date_line(run.text)):
            return index
    return None


def _heads(text: str, following: str) -> bool:
    """Whether `text` is a headline over `following`."""
    if len(text) > _LONGEST_HEADLINE or datelines.read(text):
        return False
    if text[-1] not in _SENTENCE_END:
        return True
    return len(text) <= _LONGEST_SENTENCE and datelines.read(following) is not None


def _with_contacts(texts: list[str], end: int) -> int:
    """The end of the article with the contact lines that follow it."""
    near = range(end, min(len(texts), end + _CONTACT_LINES))
    return max((index + 1 for index in near if contacts.reachable(texts[index])), default=end)
