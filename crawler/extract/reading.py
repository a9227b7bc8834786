"""A page with a role for each of its runs: what the rooms that judge hand to each other.

It judges nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extract.blocks import Box, Page, Run
from crawler.extract.head import Head

LEAD = "a paragraph between headline and body"  # the reason of a passage that stands apart from the text


@dataclass(slots=True)
class Reading:
    """A page with a role for each of its runs."""

    page: Page
    head: Head
    title: str = ""
    headline: int | None = None  # the run that shows the title
    layout: str | None = None
    region: tuple[Box, ...] = ()
    recurring: dict[int, bool] = field(default_factory=dict)  # texts of the body that recur: left out?
    disagreement: str = ""  # the site's other pages have their article elsewhere, in words
    roles: list[tuple[str, str]] = field(default_factory=list)  # (role, why) by run

    def runs(self, *roles: str) -> list[Run]:
        if len(roles) == 1:
            wanted = roles[0]
            return [run for run, (role, _) in zip(self.page.runs, self.roles, strict=True) if role == wanted]
        return [run for run, (role, _) in zip(self.page.runs, self.roles, strict=True) if role in roles]

    def holders(self) -> list[Box]:
        """The innermost <article> or <main> around the region and around the headline."""
        starts = [*self.region[:1], *([] if self.headline is None else [self.page.runs[self.headline].box])]
        return [holder for box in starts if (holder := _holder(box)) is not None]


def _holder(box: Box | None) -> Box | None:
    while box is not None and box.tag not in ("article", "main") and box.role != "main":
        box = box.parent
    return box
