"""A letter as a signed HTTP POST: JSON, by the Standard Webhooks specification, version 1.

Opens no connection itself: `fetch` does, behind its address guard. docs/WEBHOOK.md is its contract.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any, Final

from crawler import urls
from crawler.deliver.settings import WebhookSettings
from crawler.fetch import FetchSettings, Posted, post
from crawler.values import Delivered, Delivery, Event, Letter, iso, plain

VERSION: Final = 1
_PASSING: Final = frozenset({408, 425, 429})  # of 4xx: try again


def send(letter: Letter, address: str, settings: WebhookSettings) -> Delivery:
    """POSTs the letter. SENT on 2xx; NEVER on 4xx that will not pass; raises nothing for the network.

    UNSURE where the request left and no answer came. The same id goes with each attempt.
    """
    if not settings.secret:
        return Delivery(outcome=Delivered.NEVER, detail='[webhook] has no "secret" to sign with')
    url = urls.absolute(address, address)
    if url is None:
        why = "its address is no http(s) address without user information, backslash and control characters"
        return Delivery(outcome=Delivered.NEVER, detail=why)
    message = body(letter)
    headers = signed(letter.message_id.strip("<>"), int(time.time()), message, settings.secret)
    posted = post(url, message, {"Content-Type": "application/json", **headers}, _fetch(settings))
    return _outcome(posted)


def body(letter: Letter) -> bytes:
    """The letter as JSON; the same bytes each time."""
    content: dict[str, Any] = {
        "format": "iomwatch letter",
        "version": VERSION,
        "id": letter.message_id.strip("<>"),
        "test": letter.test,
        "digest": letter.digest,
        "created_at": iso(letter.created_at),
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "events": [_event(event) for event in letter.events],
    }
    finite = json.loads(json.dumps(content), parse_constant=str)  # JSON has no NaN and no infinity
    return json.dumps(finite, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _event(event: Event) -> dict[str, Any]:
    """As `iomwatch events --json` prints it."""
    data: dict[str, Any] = plain(event)
    evidence = {"before": data.pop("before"), "after": data.pop("after")}
    return data | {"evidence": evidence}


def signed(identity: str, at: int, message: bytes, secret: str) -> dict[str, str]:
    """The headers that prove who sent `message`, and when: HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{identity}.{at}.".encode("ascii") + message, hashlib.sha256).digest()
    return {
        "Webhook-Id": identity,
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": f"v1,{base64.b64encode(digest).decode('ascii')}",
    }


def _outcome(posted: Posted) -> Delivery:
    status = posted.status
    if status is None:
        if posted.refused:
            why = f'{posted.detail}: vouch for it in [webhook] "allow_private"'
            return Delivery(outcome=Delivered.LATER, detail=why)
        if posted.left:
            why = f"the receiver may have the letter: no answer came ({posted.detail})"
            return Delivery(outcome=Delivered.UNSURE, detail=why)
        return Delivery(outcome=Delivered.LATER, detail=posted.detail)
    if 200 <= status < 300:
        return Delivery(outcome=Delivered.SENT, detail=f"status {status}")
    if 300 <= status < 400:
        why = f"status {status}: redirects are not followed; write the address it leads to"
        return Delivery(outcome=Delivered.LATER, detail=why)
    if 400 <= status < 500 and status not in _PASSING:
        return Delivery(outcome=Delivered.NEVER, detail=f"the receiver refused the letter: status {status}")
    return Delivery(outcome=Delivered.LATER, detail=f"status {status}", retry_after=posted.retry_after)


def _fetch(settings: WebhookSettings) -> FetchSettings:
    return FetchSettings(
        user_agent=settings.user_agent,
        timeout=settings.timeout,
        allow_private=settings.allow_private,
        proxy=settings.proxy,
        ca_bundle=settings.ca_bundle,
    )
