"""A test letter to each recipient of a digest, marked as one. Nothing of it is stored or told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from crawler.config import Config
from crawler.cycle.composing import message_id
from crawler.cycle.letters import channels_of
from crawler.deliver import deliver
from crawler.digest import notice
from crawler.errors import UsageError
from crawler.recipients import shown
from crawler.values import Delivery, Letter, iso


def send_test(config: Config, digest: str, now: datetime) -> Iterator[tuple[str, Delivery]]:
    """(recipient as it may be shown, how it ended), one by one. Raises UsageError for an unknown digest."""
    there = sorted({name for name, _ in config.recipients()})
    recipients = [to for name, to in sorted(config.recipients()) if name == digest]
    if not recipients:
        raise UsageError(f'no [[digest]] is named "{digest}"; there are: {", ".join(there) or "none"}')
    letter = test_letter(config, digest, now)
    channels = channels_of(config)
    for recipient in recipients:
        yield shown(recipient), deliver(letter, config.filled(recipient), channels)


def test_letter(config: Config, digest: str, now: datetime) -> Letter:
    subject = f"[Test] iomwatch: a test letter of the digest {digest}"
    said = [
        "This is a test: nothing was published, changed or removed.",
        "Letters of this digest will arrive as this one did.",
        f"Sent on {iso(now)} by `iomwatch check --send-test {digest}`.",
    ]
    text, html = notice(subject, {"": said})
    return Letter(
        digest=digest,
        message_id=message_id(config, ["test", digest, now.isoformat()]),
        created_at=now,
        subject=subject,
        text=text,
        html=html,
        test=True,
    )
