"""Chat services through Apprise: messages fit by composing, and none calls a whole channel together."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from crawler.deliver import Channels, deliver, probe
from crawler.digest import brief
from crawler.values import Delivered, Event, Kind
from tests.deliver.servers import free_port
from tests.deliver.test_mail import LETTER
from tests.deliver.test_webhook import receiver
from tests.digest.samples import event, figure

# Apprise looks for it on Python 3.11 and 3.12
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
MANY: tuple[Event, ...] = tuple(
    event(path=f"/news/{number}", title=f"Release {number} of the day", weight=100 - number)
    for number in range(80)
)


def within(most: int, title_most: int = 0):  # type: ignore[no-untyped-def]  # a test's own measure
    return lambda title, body: len(title) <= title_most and len(body) <= most


@pytest.mark.parametrize("most", [40, 160, 500, 2_000, 4_096, 7_800, 35_000])
def test_a_brief_keeps_items_whole_and_counts_the_rest(most: int) -> None:
    told = brief(replace(LETTER, events=MANY), within(most))
    assert told is not None
    title, body = told
    assert (title, body.partition("\n")[0]) == ("", LETTER.subject)
    assert len(body) <= most
    items = [line for line in body.splitlines() if line.startswith("• ")]
    assert items == [f"• New: Release {number} of the day" for number in range(len(items))]
    assert body.count("https://www.iom.int/news/") == len(items)
    left = 80 - len(items)
    assert not left or body.endswith((f"and {left} more", "80 in all"))
    if left:  # one more would not have fitted
        assert most - len(body) < 90


def test_a_brief_tells_figures_and_uses_a_title_where_there_is_one() -> None:
    changed = event(Kind.CHANGED, figures=(figure("people", 12_400, 21_400),), title="Floods")
    told = brief(replace(LETTER, events=(changed,)), within(500, 250))
    assert told == (
        LETTER.subject,
        "• Figure changed: Floods (12,400 → 21,400)\n  https://www.iom.int/news/shelter-reaches-coastal-families",
    )


@pytest.mark.parametrize(
    ("language", "label", "rest", "whole"),
    [
        ("fr", "Nouveau", "et 79 autres", "80 en tout"),
        ("es", "Nuevo", "y 79 más", "80 en total"),
        ("ar", "جديد", "غير ذلك: 79", "المجموع: 80"),
    ],
)
def test_a_brief_speaks_the_letters_language(language: str, label: str, rest: str, whole: str) -> None:
    letter = replace(LETTER, events=MANY, language=language)
    told = brief(letter, within(len(LETTER.subject) + 90))
    assert told is not None
    _, first, _, last = told[1].splitlines()
    assert first.startswith(f"• {label}")
    assert last == rest
    assert brief(letter, within(len(LETTER.subject) + 15)) == ("", f"{LETTER.subject}\n{whole}")


def test_a_letter_without_events_is_told_by_its_text_or_its_subject() -> None:
    letter = replace(LETTER, text="IOM\n\nNothing new.\n")
    assert brief(letter, within(500, 250)) == (LETTER.subject, "Nothing new.")
    assert brief(letter, within(30)) == ("", LETTER.subject)
    assert brief(letter, within(5)) is None


def test_through_a_service_on_loopback() -> None:
    pytest.importorskip("apprise", reason="the optional extra `apprise` is not installed")
    calling = event(title="@everyone <!channel> come", path="/news/x")
    with receiver() as (to, given):
        port = to.rpartition(":")[2].partition("/")[0]
        delivery = deliver(
            replace(LETTER, events=(calling,)), f"apprise:json://127.0.0.1:{port}/k3y", Channels()
        )
    assert delivery.outcome is Delivered.SENT, delivery.detail
    said = json.loads(given[0][1])
    assert said["title"] == LETTER.subject
    assert "@\u200beveryone <\u200b!channel> come" in said["message"]


def test_a_service_that_fails_is_tried_later_and_its_key_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise", reason="the optional extra `apprise` is not installed")
    delivery = deliver(
        LETTER, f"apprise:json://desk:T0KENT0KEN@127.0.0.1:{free_port()}/T0KENT0KEN", Channels()
    )
    assert delivery.outcome is Delivered.LATER
    assert "T0KEN" not in delivery.detail
    for wrong, says in (
        ("apprise:tgram://T0KENT0KEN/x", "does not take"),
        ("apprise:bogus://T0KENT0KEN", "does not take"),
        ("apprise:slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#a/#b", "names 2 targets"),
    ):
        refused = deliver(LETTER, wrong, Channels())
        assert refused.outcome is Delivered.NEVER
        assert says in refused.detail
        assert says in (probe(wrong, Channels()) or "")
        assert "T0KEN" not in refused.detail
        assert "TIiaj" not in refused.detail
    assert probe("apprise:ntfy://desk", Channels()) is None
    assert "T0KEN" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("service", "most"),
    [
        ("ntfy://topic", 7_800),
        ("tgram://123456789:abcdefg_hijklmnop/12315544/", 4_096),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", 2_000),
        (f"twilio://AC{'a' * 32}:{'b' * 32}@15555555555/15556666666", 160),
    ],
)
def test_what_is_composed_for_a_service_is_within_its_limit(service: str, most: int) -> None:
    apprise = pytest.importorskip("apprise", reason="the optional extra `apprise` is not installed")
    from functools import partial

    from crawler.deliver.chat import _fits

    known = apprise.Apprise.instantiate(service)
    assert known.body_maxlen == most
    hostile = tuple(replace(item, title=f"<b>&{item.title} 😀" * 3) for item in MANY)
    told = brief(replace(LETTER, events=hostile), partial(_fits, known))
    assert told is not None
    (message,) = known._apply_overflow(told[1], title=told[0], overflow=apprise.OverflowMode.SPLIT)
    assert message["body"].rstrip() == told[1].rstrip()  # Apprise had nothing to cut or to split
