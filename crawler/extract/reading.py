"""A page with a role for each of its runs: what the rooms that judge hand to each other.

It judges nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extract.blocks import Box, Page, Run
from crawler.extract.head import Head


@dataclass(slots=True)
class Reading:
    """A page with a role for each of its runs."""

    page: Page
    head: Head
    title: str = ""
    headline: int | None = None  # the run that shows the title
    layout: str | None = None
    region: tuple[Box, ...] = ()
    disagreement: str = ""  # the site's other pages have their article elsewhere, in words
    roles: list[tuple[str, str]] = field(default_factory=list)  # (role, why) by run

    def runs(self, *roles: str) -> list[Run]:
        return [run for run, (role, _) in zip(self.page.runs, self.roles, strict=True) if role in roles]
