"""The template of a site and language: from the store once a round, and what a visit adds to it.

What it means for a page is `extract`'s. A visit's marks are written in the visit's own transaction.
"""

from __future__ import annotations

from datetime import datetime

from crawler import urls
from crawler.cycle.tools import Tools
from crawler.extract import Learned, Template, pack, unpack
from crawler.values import Marks
from storage.rows import PageRow, TemplateRow
from storage.store import Session


def menu_language(url: str) -> str:
    return urls.language_prefix(url) or ""


def stored(session: Session, page: PageRow) -> Learned:
    """What the store knows of the template of a page's site and language."""
    rows = session.templates.of_site(page.site_id, menu_language(page.url))
    return Learned((row.page_id, unpack(row.marks, row.layout)) for row in rows)


def template_of(session: Session, page: PageRow) -> Template:
    return stored(session, page).without(page.id)


def _learned(tools: Tools, session: Session, page: PageRow) -> Learned:
    key = page.site_id, menu_language(page.url)
    if key not in tools.templates:
        tools.templates[key] = stored(session, page)
    return tools.templates[key]


def template_in(tools: Tools, session: Session, page: PageRow) -> Template:
    """The template as the page meets it in this round."""
    return _learned(tools, session, page).without(page.id)


def learn(tools: Tools, session: Session, page: PageRow, marks: Marks, now: datetime) -> Marks | None:
    """Keep what a page tells, where it tells anything new. Returns what it told before."""
    learned = _learned(tools, session, page)
    before = learned.pages.get(page.id)
    if before == marks:
        return before
    row = TemplateRow(page_id=page.id, marks=pack(marks), layout=marks.layout)
    session.templates.keep(row, site_id=page.site_id, language=menu_language(page.url), now=now)
    session.templates.forget(learned.learn(page.id, marks))
    return before
