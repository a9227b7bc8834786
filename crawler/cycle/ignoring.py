"""[[ignore]] applied: which events a desk's rules hide from its letters. The ledger keeps them all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.config import Config
from crawler.cycle.events import event_of
from crawler.values import Article, Event, Evidence, Kind
from storage.errors import DamagedError
from storage.rows import EventRow, PageRow, VersionRow
from storage.store import Session

if TYPE_CHECKING:
    from crawler.compare.ignored import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What is told, and by which rule what is not."""

    told: list[EventRow]
    hidden: list[tuple[EventRow, Rule]]

    def hidden_of(self, site: str) -> int:
        """How many events of a site are hidden."""
        return Counter(row.payload["site"] for row, _ in self.hidden)[site]


def rules_of(config: Config) -> list[Rule]:
    if not config.ignore:
        return []
    from crawler.compare.ignored import Rule

    return [
        Rule(
            reason=item.reason,
            site=item.site,
            kind=Kind(item.kind) if item.kind is not None else None,
            text=item.text,
            selector=item.selector,
            until=item.until,
        )
        for item in config.ignore
    ]


def sift(session: Session, rules: list[Rule], rows: list[EventRow]) -> Sifted:
    """The events, told or hidden by the first rule that hides them."""
    sifting = _Sifting(session=session)
    told: list[EventRow] = []
    hidden: list[tuple[EventRow, Rule]] = []
    for row in rows:
        event = event_of(row) if rules else None
        rule = next((rule for rule in rules if event is not None and sifting.hides(rule, row, event)), None)
        if rule is None:
            told.append(row)
        else:
            hidden.append((row, rule))
    return Sifted(told=told, hidden=hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sifting:
    session: Session
    cut: dict[tuple[str, str], Article | None] = field(default_factory=dict)  # by body and selector

    def hides(self, rule: Rule, row: EventRow, event: Event) -> bool:
        from crawler.compare.ignored import hides

        if not hides(rule, event):
            return False
        return rule.selector is None or self._nothing_left(rule.selector, row, event)

    def _nothing_left(self, selector: str, row: EventRow, event: Event) -> bool:
        """Whether both bodies say the same once what the selector matches is cut out of them."""
        from crawler.compare import compare
        from crawler.compare.ignored import OF_TEXT

        if row.page_id is None or not set(event.facts) <= OF_TEXT | {Kind.RETITLED, Kind.REDATED}:
            return False
        page = self.session.pages.get(row.page_id)
        if page is None:
            return False
        versions = {version.hash: version for version in self.session.pages.versions(page.id)}
        before, after = (self._read(selector, page, versions, side) for side in (event.before, event.after))
        return before is not None and after is not None and compare(before, after) is None

    def _read(
        self, selector: str, page: PageRow, versions: dict[str, VersionRow], side: Evidence | None
    ) -> Article | None:
        """One side's article without what the selector matches; None where its body is not kept."""
        from crawler.cycle.templates import template_of
        from crawler.extract import extract
        from crawler.extract.cutting import CONTENT_TYPE, without

        version = versions.get(side.hash) if side is not None and side.hash is not None else None
        if version is None:
            return None
        key = version.hash, selector
        if key not in self.cut:
            try:
                body = self.session.bodies.get(version.hash)
            except DamagedError:
                return None  # better told than hidden
            rest = without(body, selector, content_type=version.content_type)
            template = template_of(self.session, page)
            self.cut[key] = (
                extract(rest, url=version.url, content_type=CONTENT_TYPE, template=template).article
                if rest is not None
                else None
            )
        return self.cut[key]
