"""A letter in a few lines, for channels with little room: the subject, an item a line, a count of the rest.

Cuts nothing in the middle: an item is there with its address, or it is counted.
"""

from __future__ import annotations

from collections.abc import Callable

from crawler.digest.arrange import item
from crawler.digest.tongue import label, says, speaking
from crawler.digest.visible import clip, line
from crawler.values import Event, Letter

_LONGEST_TITLE = 200


def brief(letter: Letter, fits: Callable[[str, str], bool]) -> tuple[str, str] | None:
    """(title, body) with as many items as fit, weightiest first; None where not even the subject does.

    `fits` says whether the channel takes a title and a body. A subject too long for a title opens the body.
    """
    with speaking(letter.language):
        return _brief(letter, fits)


def _brief(letter: Letter, fits: Callable[[str, str], bool]) -> tuple[str, str] | None:
    subject = line(letter.subject, 400)
    items = [_item(event) for event in sorted(letter.events, key=lambda event: -event.weight)]
    if not items:
        whole = letter.text.partition("\n\n")[2].strip() or letter.text.strip()
        for title, body in ((subject, whole), ("", f"{subject}\n{whole}"), (subject, subject), ("", subject)):
            if fits(title, body):
                return title, body
        return None
    found = ("", subject) if fits("", subject) else None
    low, high = 0, len(items)
    while low <= high:  # more items never fit where fewer do not
        shown = (low + high) // 2
        rest = len(items) - shown
        lines = [*items[:shown], *([_counted(rest, after=bool(shown))] if rest else [])]
        forms = ((subject, "\n".join(lines)), ("", "\n".join([subject, *lines])))
        fitting = next((form for form in forms if fits(*form)), None)
        if fitting is None:
            high = shown - 1
        else:
            found, low = fitting, shown + 1
    return found


def _counted(rest: int, *, after: bool) -> str:
    if after:
        return says("and {n} more", "and {n} more", rest)
    return says("{n} in all", "{n} in all", rest)


def _item(event: Event) -> str:
    told = item(event)
    kind = label(told.label[:1].upper() + told.label[1:])
    figure = told.figures[0] if told.figures else None
    step = f" ({figure.before} → {figure.after})" if figure else ""
    where = f"\n  {told.address.text}" if told.address else ""
    return f"• {kind} {clip(told.title, _LONGEST_TITLE)}{step}{where}"
