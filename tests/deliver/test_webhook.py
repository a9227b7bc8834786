"""Webhooks: what is sent and how it is signed, what each answer means, where nothing may go."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from crawler.deliver import Channels, WebhookSettings, deliver, probe
from crawler.values import Delivered, Delivery, Kind
from tests.deliver.servers import free_port
from tests.deliver.stages import CUT, SILENT, Stage, http, playing
from tests.deliver.test_mail import LETTER
from tests.digest.samples import event, figure

SECRET = "whsec_c2VjcmV0IG9mIHR3ZW50eS1mb3VyIGJ5dGVz"
TOLD = replace(LETTER, events=(event(Kind.CHANGED, figures=(figure("people", 12_400, 21_400),)), event()))
DOCUMENT = Path(__file__).parents[2] / "docs" / "WEBHOOK.md"


def channels(**given: Any) -> Channels:
    usual: dict[str, Any] = {"secret": SECRET, "timeout": 2.0, "allow_private": ("127.0.0.1",)}
    return Channels(webhook=WebhookSettings(**{**usual, **given}))


@contextmanager
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """An honest receiver: its recipient, and what it was given."""
    given: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            given.append((dict(self.headers.items()), body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing to the terminal."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"webhook+http://127.0.0.1:{server.server_port}/hook?to=desk", given
        finally:
            server.shutdown()
            thread.join()


def answered(answer: bytes | str, **given: Any) -> Delivery:
    with playing(http, Stage(script={"answer": answer})) as port:
        return deliver(TOLD, f"webhook+http://127.0.0.1:{port}/hook", channels(**given))


def status(code: str, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {code}", *lines, "Content-Length: 0", "", ""]).encode()


def documented() -> dict[str, Any]:
    """What docs/WEBHOOK.md offers receivers to copy."""
    code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(code[1], names)
    return names


def test_what_is_sent_verifies_as_the_documentation_shows() -> None:
    verified = documented()["verified"]
    with receiver() as (to, given):
        assert deliver(TOLD, to, channels()) == Delivery(outcome=Delivered.SENT, detail="status 204")
        assert deliver(TOLD, to, channels()).outcome is Delivered.SENT
    (headers, body), (again, same) = given
    assert verified(headers, body, SECRET)
    assert verified(headers, body, SECRET.removeprefix("whsec_"))
    assert not verified(headers, body + b" ", SECRET)
    assert not verified({**headers, "Webhook-Id": "other"}, body, SECRET)
    assert not verified(headers, body, "whsec_b3RoZXIgc2VjcmV0IG9mIDI0IGJ5dGVzIQ==")
    assert not verified(headers, body, SECRET, now=time.time() + 400)
    assert body == same
    assert headers["Webhook-Id"] == again["Webhook-Id"] == TOLD.message_id.strip("<>")
    assert headers["Content-Type"] == "application/json"
    assert headers["Host"].startswith("127.0.0.1:")


def test_the_body_is_the_letter_and_its_events() -> None:
    with receiver() as (to, given):
        deliver(TOLD, to, channels())
    said = json.loads(given[0][1])
    assert (said["subject"], said["text"], said["html"]) == (TOLD.subject, TOLD.text, TOLD.html)
    assert said["test"] is False
    assert [item["kind"] for item in said["events"]] == ["changed", "new"]
    assert said["events"][0]["figures"][0]["after"] == 21_400
    assert said["events"][0]["evidence"] == {"before": None, "after": None}
    keys = set(re.findall(r"`([a-z_]+)`", DOCUMENT.read_text(encoding="utf-8").partition("## Verifying")[0]))
    assert said.keys() <= keys


def test_numbers_that_json_lacks_are_words() -> None:
    odd = replace(LETTER, events=(event(figures=(figure("x", float("nan"), float("inf")),)),))
    with receiver() as (to, given):
        assert deliver(odd, to, channels()).outcome is Delivered.SENT
    assert json.loads(given[0][1])["events"][0]["figures"][0]["after"] == "Infinity"


@pytest.mark.parametrize(
    ("answer", "outcome", "pause"),
    [
        (status("200 OK"), Delivered.SENT, None),
        (status("202 Accepted"), Delivered.SENT, None),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000, Delivered.SENT, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut", Delivered.SENT, None),
        (status("400 Bad"), Delivered.NEVER, None),
        (status("401 Who"), Delivered.NEVER, None),
        (status("404 Gone"), Delivered.NEVER, None),
        (status("408 Late"), Delivered.LATER, None),
        (status("425 Early"), Delivered.LATER, None),
        (status("429 Slow", "Retry-After: 120"), Delivered.LATER, 120.0),
        (status("503 Busy", "Retry-After: 999999999999"), Delivered.LATER, 86_400.0),
        (status("503 Busy", "Retry-After: soon"), Delivered.LATER, None),
        (status("500 Oops"), Delivered.LATER, None),
        (b"garbage\r\n\r\n", Delivered.UNSURE, None),
        (CUT, Delivered.UNSURE, None),
    ],
)
def test_what_the_receiver_answers_decides(
    answer: bytes | str, outcome: Delivered, pause: float | None
) -> None:
    delivery = answered(answer)
    assert (delivery.outcome, delivery.retry_after) == (outcome, pause)
    assert delivery.detail.isprintable()


def test_a_redirect_is_not_followed() -> None:
    with receiver() as (to, given):
        answer = status("307 There", f"Location: {to.removeprefix('webhook+')}")
        delivery = answered(answer)
    assert delivery.outcome is Delivered.LATER
    assert "redirects are not followed" in delivery.detail
    assert given == []


def test_silence_is_waited_for_no_longer_than_asked() -> None:
    started = time.monotonic()
    delivery = answered(SILENT, timeout=0.3)
    assert time.monotonic() - started < 3
    assert delivery.outcome is Delivered.UNSURE
    assert "may have the letter" in delivery.detail


@pytest.mark.parametrize(
    "address", ["http://a@b/", "http://a\\@b/", "http://a b/", "http://[::g]/", "https://a:99999/"]
)
def test_an_address_that_parsers_disagree_on_is_not_asked(address: str) -> None:
    ended = deliver(LETTER, f"webhook+{address}", Channels(webhook=WebhookSettings(secret=SECRET)))
    assert ended.outcome is Delivered.NEVER
    assert "no http(s) address" in ended.detail


def test_nobody_listens() -> None:
    delivery = deliver(TOLD, f"webhook+http://127.0.0.1:{free_port()}/", channels())
    assert delivery.outcome is Delivered.LATER


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"]
)
def test_private_addresses_need_their_own_permission(place: str) -> None:
    with receiver() as (to, given):
        port = to.rpartition(":")[2].partition("/")[0]
        delivery = deliver(TOLD, f"webhook+http://{place}:{port}/", channels(allow_private=()))
    assert delivery.outcome is Delivered.LATER
    assert '[webhook] "allow_private"' in delivery.detail
    assert given == []


def test_the_address_is_not_shown_for_it_may_be_a_key() -> None:
    secret = "webhook+http://127.0.0.1:1/T0KEN/x?key=T0KEN"
    for given in ({}, {"allow_private": ()}, {"secret": ""}):
        assert "T0KEN" not in deliver(TOLD, secret, channels(**given)).detail
    assert probe("webhook+https://user:T0KEN@example.org/", channels()) is not None
    assert "T0KEN" not in (probe("webhook+https://user:T0KEN@example.org/", channels()) or "")
    assert probe("webhook+https://example.org/hook", channels()) is None
