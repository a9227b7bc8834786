"""A letter through Apprise: Teams, Slack, Telegram, ntfy and a hundred other services.

Knows none of them: their limits are Apprise's to say, and the message is composed to fit them.
"""

from __future__ import annotations

import html
import re
import threading
from functools import partial
from types import ModuleType
from typing import Any, Final

from crawler.deliver.message import MessageError, printable
from crawler.digest import brief
from crawler.recipients import shown
from crawler.values import Delivered, Delivery, Letter

_WHOLE: Final = 60.0  # seconds for one message
_CALLS: Final = re.compile(r"@(?=everyone|here|channel|all\b)|<(?=[!@#])", re.IGNORECASE)  # that ring bells
_PARTS: Final = re.compile(r"[^/:@?&=#,]{5,}")


def send(letter: Letter, recipient: str) -> Delivery:
    """Hands a short form of the letter to the service that `recipient` names. SENT only when it says so."""
    try:
        service = _service(recipient)
    except MessageError as error:
        return Delivery(outcome=Delivered.NEVER, detail=str(error))
    fitting = brief(letter, partial(_fits, service))
    if fitting is None:
        why = f"{service.service_name} takes {service.body_maxlen} characters: not even a subject fits"
        return Delivery(outcome=Delivered.NEVER, detail=why)
    title, body = map(_defused, fitting)
    return _notify(service, title, body, recipient)


def probe(recipient: str) -> str | None:
    """None where Apprise knows the service and its address is complete. Speaks to nobody."""
    try:
        _service(recipient)
    except MessageError as error:
        return str(error)
    return None


def _apprise() -> ModuleType:
    try:
        import apprise
    except ImportError:
        raise MessageError("Apprise is not installed: pip install 'iomwatch[apprise]'") from None
    module: ModuleType = apprise
    return module


def _service(recipient: str) -> Any:
    """Apprise's object for the service. Raises MessageError in words that show no secret."""
    apprise = _apprise()
    with apprise.LogCapture():  # it would print the address
        service = apprise.Apprise.instantiate(recipient.partition(":")[2], suppress_exceptions=True)
    if service is None:
        raise MessageError(f"{printable(shown(recipient), 120)}: Apprise does not take this address")
    if len(service) > 1:  # where one of several fails, a second attempt would repeat the others
        raise MessageError(
            f"{printable(shown(recipient), 120)}: names {len(service)} targets; write one each"
        )
    return service


def _fits(service: Any, title: str, body: str) -> bool:
    """By the longest of the ways in which services count: UTF-16 units, after escaping."""
    if title and service.title_maxlen <= 0:
        return False  # Apprise would put it before the body
    both = service.overflow_amalgamate_title
    room = service.body_maxlen - service.overflow_buffer - (_length(title) + 2 if both else 0)
    lines = service.body_max_line_count
    return bool(
        _length(title) <= max(0, service.title_maxlen)
        and _length(body) <= room
        and (lines <= 0 or body.count("\n") < lines)
    )


def _length(text: str) -> int:
    text = _defused(text)
    written = html.escape(text).replace("\n", "<br/>")
    return max(len(written), len(text.encode("utf-16-le", "replace")) // 2)


def _defused(text: str) -> str:
    """`text` in which nothing calls a whole channel together: a space without width stands in between."""
    return _CALLS.sub(lambda found: f"{found[0]}\u200b", text)


def _notify(service: Any, title: str, body: str, recipient: str) -> Delivery:
    """In a thread, because a service that drips would hold us for ever."""
    apprise = _apprise()
    said: list[str] = []
    accepted = threading.Event()

    def work() -> None:
        box = apprise.Apprise()
        box.add(service)
        with apprise.LogCapture(level=apprise.logging.WARNING, fmt="%(message)s") as log:
            if box.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
                accepted.set()
            said.append(log.getvalue())

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(_WHOLE)
    name = str(service.service_name)
    if thread.is_alive():
        why = f"{name} may have the letter: no end within {_WHOLE:.0f} s"
        return Delivery(outcome=Delivered.UNSURE, detail=why)
    if accepted.is_set():
        return Delivery(outcome=Delivered.SENT, detail=f"handed to {name}")
    words = printable(_without_secrets(" ".join(said), recipient), 200)
    return Delivery(outcome=Delivered.LATER, detail=f"{name} did not take the letter: {words or 'no reason'}")


def _without_secrets(text: str, recipient: str) -> str:
    for part in sorted(_PARTS.findall(recipient.partition("://")[2]), key=len, reverse=True):
        text = text.replace(part, "***")
    return text
