"""Compares two readings of one release: what kind of change it is, its redline, figures and weight.

Both readings are made by today's rules. Whether a page is there at all is not decided here.
"""

from __future__ import annotations

from functools import cache

from crawler.compare.figures import Reader, figures, only_rewritten, restated
from crawler.compare.redline import Alignment, Row, align, edited, segments
from crawler.compare.same import addresses, body_text, told
from crawler.compare.weight import Differences, weigh
from crawler.text import fold
from crawler.values import Article, Change, Dated, Figure, Kind

_NOTHING = Alignment(rows=(), reordered=False)


def compare(before: Article, after: Article) -> Change | None:
    """What a reader would see differ, or None. Never raises.

    Facts, weightiest first, in the order of `Kind`: RETITLED where the headline differs, CHANGED where
    subtitle, body, contact block, links or attachments do, REDATED where the published day does. One
    event tells all of them under the first. The redline is of the body, empty where the body stayed.
    """
    folded = cache(fold)
    language = after.language or before.language
    title = _row(before.title, after.title)
    if title is not None and only_rewritten(before.title, after.title, language):
        title = None
    text_before, text_after = told(before, folded), told(after, folded)
    redated = _redated(before.published, after.published)
    documents_before, documents_after = addresses(before.attachments), addresses(after.attachments)
    links = addresses(before.links) != addresses(after.links)
    text = text_before != text_after and not only_rewritten(text_before, text_after, language)
    told_of_text = text and not (redated and _only_dateline(before, after, text_before, text_after))
    facts = [
        kind
        for kind, holds in (
            (Kind.RETITLED, title is not None),
            (Kind.CHANGED, told_of_text or links or documents_before != documents_after),
            (Kind.REDATED, redated),
        )
        if holds
    ]
    if not facts:
        return None
    body = text and body_text(before, folded) != body_text(after, folded)
    alignment = align(before.body, after.body, folded) if body else _NOTHING
    subtitle = _subtitle(before, after, text_before, text_after) if text else None
    judged = alignment if told_of_text else _NOTHING  # a new date in the dateline is told as REDATED
    rows = [row for row in (title, subtitle, *judged.rows) if row is not None]
    read = Reader(language)
    values = figures(rows, language=language, read=read)
    if redated:
        values = tuple(figure for figure in values if not _of_datelines(before, after, figure))
    weight, reasons = weigh(
        Differences(
            told_before=text_before,
            told_after=text_after,
            rows=judged.rows,
            reordered=judged.reordered,
            title=title,
            subtitle=subtitle,
            figures=values,
            restated=restated(rows, read=read),
            contact=text and _contact(before) != _contact(after),
            links=links,
            documents_added=len(documents_after - documents_before),
            documents_removed=len(documents_before - documents_after),
            redated=redated,
        )
    )
    return Change(
        kind=facts[0],
        facts=tuple(facts),
        redline=segments(alignment.rows),
        figures=values,
        weight=weight,
        reasons=reasons,
        title_before=before.title if title is not None else None,
        published_before=str(before.published) if redated else None,
    )


def _row(before: str, after: str) -> Row | None:
    """The row of a field that both readings have and that differs. A field that one reading lacks was
    not found on the page or stands elsewhere on it; where its words are gone, the text tells it."""
    if not fold(before) or not fold(after):
        return None
    row = edited(before, after)
    return None if row.same else row


def _subtitle(before: Article, after: Article, text_before: str, text_after: str) -> Row | None:
    first, second = before.subtitle or "", after.subtitle or ""
    if fold(first) and not fold(second) and fold(first) not in text_after:
        return Row(before=first, after=None)
    if fold(second) and not fold(first) and fold(second) not in text_before:
        return Row(before=None, after=second)
    return _row(first, second)


def _contact(article: Article) -> str:
    return fold(" ".join(article.contact_text))


def _redated(before: Dated | None, after: Dated | None) -> bool:
    """Whether the release now claims another day of publication. A date that appears or is lost is no
    claim withdrawn, and two sources of one page may always have named different days."""
    return (
        before is not None and after is not None and before.source == after.source and before.day != after.day
    )


def _of_datelines(before: Article, after: Article, figure: Figure) -> bool:
    """Whether a date that changed is the dateline's, which is told as REDATED."""
    days = [
        line.date.isoformat() if line and line.date else None for line in (before.dateline, after.dateline)
    ]
    return figure.unit == "date" and None not in days and [figure.before, figure.after] == days


def _only_dateline(before: Article, after: Article, text_before: str, text_after: str) -> bool:
    """Whether the texts differ in the dateline alone: then a new date is the whole story."""
    if before.dateline is None or after.dateline is None:
        return False
    if before.dateline.places != after.dateline.places:
        return False
    first, second = fold(before.dateline.text), fold(after.dateline.text)
    return text_before.replace(first, "", 1) == text_after.replace(second, "", 1)
