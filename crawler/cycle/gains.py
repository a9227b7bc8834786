"""Texts that came to pages in a round: told in events, or silently where they recur. It judges nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.compare.standing import Piece, passages
from crawler.extract.template import fingerprint
from crawler.values import Marks, Segment


@dataclass(slots=True, kw_only=True)
class Gains:
    told: set[int] = field(default_factory=set)  # fingerprints of passages that events tell as come
    pages: dict[str, set[int]] = field(default_factory=dict)  # of texts that a page has, and had not before

    def tell(self, redline: Iterable[Segment]) -> None:
        """An event of this round tells these passages."""
        self.told.update(fingerprint(piece.after) for piece, _ in passages(redline) if piece.after)

    def note(self, url: str, before: Marks, after: Marks) -> bool:
        """A page's texts, before and now. Returns whether one came that an event tells of another page."""
        gained = {*after.around, *after.inside}.difference(before.around, before.inside)
        self.pages[url] = gained
        return not gained.isdisjoint(self.told)

    def carriers(self, piece: Piece) -> frozenset[str]:
        """The pages to which a passage came."""
        number = fingerprint(piece.after) if piece.after and not piece.unshown else 0
        return frozenset(url for url, gained in self.pages.items() if number and number in gained)
