"""What is alike on several pages, by their events alone; and which events a desk's rules hide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crawler.compare.ignored import Rule, hides
from crawler.compare.standing import Altered, altered, known, part_of, pieces_of, standing, suspected
from crawler.values import Edit, EditKind, Event, Kind
from tests.digest.samples import SEEN, event, redline

NOTICE = "Funded by the Humanitarian Trust."
OTHER = "The road is open again."


def inserted(*texts: str) -> Any:
    return tuple(part for at, text in enumerate(texts) for part in redline(("insert", text), paragraph=at))


def changed(number: int, *texts: str, **given: Any) -> Event:
    return event(
        Kind.CHANGED,
        path=f"/news/{number}",
        title=f"Release {number}",
        redline=inserted(*texts),
        **given,
    )


def several(*events: Event) -> list[Altered]:
    return [altered(seq, one) for seq, one in enumerate(events, 1)]


def test_the_same_passage_on_three_pages_is_the_sites() -> None:
    found = several(*(changed(number, NOTICE) for number in range(3)), changed(3, NOTICE, OTHER))
    shared = standing(found, {}, frozenset())
    assert shared is not None
    assert shared.redline == inserted(NOTICE)
    assert shared.parts == (1, 2, 3)
    assert len(shared.pages) == 4
    assert shared.what == "came"


def test_two_pages_are_suspected_and_with_a_silent_third_believed() -> None:
    found = several(changed(0, NOTICE), changed(1, NOTICE))
    assert standing(found, {}, frozenset()) is None
    assert suspected(found, (), SEEN)
    assert not suspected(found, (), SEEN + timedelta(hours=1))
    piece = next(iter(found[0].pieces))
    shared = standing(found, {piece: frozenset({"https://www.iom.int/news/9"})}, frozenset())
    assert shared is not None
    assert shared.parts == (1, 2)
    assert len(shared.pages) == 3


def test_not_where_most_of_what_changed_is_something_else() -> None:
    others = [changed(number, f"{OTHER} {number}") for number in range(10, 14)]
    assert (
        standing(several(*(changed(number, NOTICE) for number in range(3)), *others), {}, frozenset()) is None
    )


def test_copies_count_once() -> None:
    found = several(*(changed(0, NOTICE) for _ in range(3)))
    assert standing(found, {}, frozenset()) is None


def test_what_else_an_event_tells_keeps_it_alone() -> None:
    alike = [changed(number, NOTICE) for number in range(3)]
    edit = Edit(kind=EditKind.LINK, before=None, after="https://www.iom.int/other")
    others = [
        changed(4, NOTICE, title_before="Before"),
        changed(5, NOTICE, edits=(edit,)),
        changed(6, NOTICE, reasons=("contact details changed",)),
        changed(7, NOTICE, facts=(Kind.CHANGED, Kind.REDATED)),
    ]
    shared = standing(several(*alike, *others), {}, frozenset())
    assert shared is not None
    assert shared.parts == (1, 2, 3)


def test_a_link_or_contact_that_is_replaced_everywhere_is_the_sites_too() -> None:
    edit = Edit(kind=EditKind.CONTACT, before="+41 22 717 91 11", after="+41 22 717 92 22")
    found = several(*(changed(number, edits=(edit,)) for number in range(3)))
    shared = standing(found, {}, frozenset())
    assert shared is not None
    assert [segment.text for segment in shared.redline] == ["+41 22 717 91 11", "+41 22 717 92 22"]
    assert (shared.what, shared.parts) == ("changed", (1, 2, 3))


def test_what_is_told_once_is_not_told_again_until_it_goes() -> None:
    came = event(Kind.BOILERPLATE, redline=inserted(NOTICE))
    gone = event(Kind.BOILERPLATE, redline=redline(("delete", NOTICE)))
    later = several(*(changed(number, NOTICE) for number in range(3)))
    told = [(7, pieces_of(came))]
    assert known(later, told) == pieces_of(came)
    assert standing(later, {}, known(later, told)) is None
    assert [part_of(one, told) for one in later] == [7, 7, 7]
    told = [(9, pieces_of(gone)), *told]
    assert known(later, told) == frozenset()
    assert [part_of(one, told) for one in later] == [None, None, None]
    assert part_of(several(changed(1, NOTICE, OTHER))[0], [(7, pieces_of(came))]) is None


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        (Rule(reason="", kind=Kind.CHANGED), True),
        (Rule(reason="", kind=Kind.RETITLED), False),
        (Rule(reason="", kind=Kind.CHANGED, site="iom"), True),
        (Rule(reason="", kind=Kind.CHANGED, site="egypt"), False),
        (Rule(reason="", text="humanitarian trust"), True),
        (Rule(reason="", text="^road"), False),
        (Rule(reason="", text="trust", until=SEEN.date()), True),
        (Rule(reason="", text="trust", until=date(2026, 3, 3)), False),
    ],
)
def test_a_rule_hides_what_it_names(rule: Rule, *, hidden: bool) -> None:
    assert hides(rule, changed(0, NOTICE)) is hidden


def test_a_text_hides_nothing_that_changed_besides() -> None:
    rule = Rule(reason="", text="trust|bridge")
    assert hides(rule, changed(0, NOTICE, "The bridge is open."))
    assert not hides(rule, changed(0, NOTICE, OTHER))
    assert not hides(rule, changed(0, NOTICE, title_before="Before"))
    assert not hides(rule, changed(0, NOTICE, reasons=("links changed",)))
    assert not hides(rule, event(Kind.NEW, title="The trust"))
    assert hides(rule, event(Kind.BOILERPLATE, redline=inserted(NOTICE)))
