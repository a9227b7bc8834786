"""[[ignore]]: rules hide events from letters, count what they hide, and never touch the ledger."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import iomwatch
from tests.cycle.watch import HOUR, T0, Watch, release, three, watching

DIGEST = '[[digest]]\nname = "daily"\nto = ["file:digests/"]\n'
TEXT = DIGEST + '[[ignore]]\ntext = "updated at"\nreason = "the clock of the page"\n'
SELECTOR = DIGEST + '[[ignore]]\nselector = ".stamp"\nreason = "the clock of the page"\n'
KIND = DIGEST + '[[ignore]]\nkind = "new"\nuntil = 2026-03-01\nreason = "over by then"\n'


def stamped(title: str, minute: int, more: str = "") -> str:
    page = release(title, *(f"{title}, part {part}, tells of the work in the valley." for part in range(4)))
    stamp = f'<p class="stamp">Updated at 10:{minute} by the web team of the house</p>{more}'
    return page.replace("</div></article>", f"{stamp}</div></article>")


def letters(watch: Watch) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((watch.folder / "digests").glob("*.txt"))]


def play(watch: Watch) -> None:
    """A clock on one page, an edit beside it on another."""
    for path, title in (("/news/a", "Bridge Reopens"), ("/news/b", "School Opens")):
        watch.put(path, stamped(title, 10))
    watch.name("/news/a", "/news/b")
    watch.run(T0, tell=True)
    watch.put("/news/a", stamped("Bridge Reopens", 25))
    watch.run(T0 + HOUR, tell=True)
    assert watch.kinds() == [("changed", "/news/a")]
    assert len(letters(watch)) == 1  # what is hidden alone makes no letter
    more = "<p>The governor asked partners to keep the road open.</p>"
    watch.put("/news/b", stamped("School Opens", 47, more))
    watch.run(T0 + 2 * HOUR, tell=True)


def test_what_a_text_hides_is_counted_in_the_next_letter(tmp_path: Path) -> None:
    with watching(tmp_path, {}, extra=TEXT) as watch:
        play(watch)
        assert watch.kinds() == [("changed", "/news/a"), ("changed", "/news/b")]
        assert "School Opens" in letters(watch)[-1]
        assert "Bridge Reopens" not in letters(watch)[-1]
        assert "1 event hidden by your rules" in letters(watch)[-1]


def test_what_a_selector_hides_is_read_from_both_bodies(tmp_path: Path) -> None:
    with watching(tmp_path, {}, extra=SELECTOR) as watch:
        play(watch)
        assert "School Opens" in letters(watch)[-1]
        assert "Bridge Reopens" not in letters(watch)[-1]
        assert "1 event hidden by your rules" in letters(watch)[-1]
        tried = iomwatch("ignore", "--try", folder=tmp_path)
        assert "would have hidden 1 of 2 events" in tried.out
        assert "Bridge Reopens" in tried.out
        found = json.loads(iomwatch("ignore", "--try", "--json", folder=tmp_path).out)
        assert [event["title"] for event in found[0]["hides"]] == ["Bridge Reopens"]


def test_a_rule_that_is_over_hides_nothing_and_is_said(tmp_path: Path) -> None:
    with watching(tmp_path, three(), extra=KIND) as watch:
        watch.run(T0, tell=True)
        watch.put("/news/road", release("Road Is Mended"))
        watch.name(*three(), "/news/road")
        watch.run(T0 + HOUR, tell=True)
        assert "Road Is Mended" in letters(watch)[-1]
        checked = iomwatch("check", folder=tmp_path)
        assert checked.status == 1
        assert 'PROBLEM [[ignore]]: "over by then" expired on 2026-03-01: take it out' in checked.out
        assert "would have hidden 1 of 1 events" in iomwatch("ignore", "--try", folder=tmp_path).out
        assert "(expired)" in iomwatch("ignore", folder=tmp_path).out


def test_since_goes_with_try(tmp_path: Path) -> None:
    with watching(tmp_path, three()):
        assert iomwatch("ignore", "--since", "2026-03-01", folder=tmp_path).status == 2
        assert "everything is told" in iomwatch("ignore", folder=tmp_path).out
