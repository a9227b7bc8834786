"""Which channel a recipient names, and one letter through it.

Knows no channel's inner workings and decides nothing about trying again.
"""

from __future__ import annotations

import sys

from crawler.deliver import chat, folder, webhook
from crawler.deliver import smtp as mail
from crawler.deliver.message import MessageError, compose, mailbox, printable, sender
from crawler.deliver.settings import Channels, SmtpSettings
from crawler.errors import ConfigError
from crawler.recipients import channel, mistake, shown, web_address
from crawler.values import Delivered, Delivery, Letter


def deliver(letter: Letter, recipient: str, channels: Channels) -> Delivery:
    """The letter to one recipient, and how that ended: SENT, UNSURE, LATER or NEVER, with words.

    `recipient` is "mailto:name@example.org", "file:folder/", "stdout:", "webhook+https://…" or
    "apprise:service://…", its secrets filled in; the words never show them. Raises nothing for trouble
    with the network, the disk or the configuration.
    """
    try:
        match channel(recipient):
            case "mailto":
                return _mail(letter, recipient, channels.smtp)
            case "file":
                return folder.write(letter, folder.place(recipient, channels.root))
            case "stdout":
                return _print(letter.text)
            case "webhook+https" | "webhook+http":
                return webhook.send(letter, web_address(recipient), channels.webhook)
            case "apprise":
                return chat.send(letter, recipient)
            case _:
                raise MessageError(_unknown(recipient))
    except (MessageError, ConfigError) as error:
        return Delivery(outcome=Delivered.NEVER, detail=_mend(str(error), letter.digest))


def probe(recipient: str, channels: Channels) -> str | None:
    """None when a letter to `recipient` would go, as far as can be told without one; else what to mend.

    Makes the folder of a `file:` recipient; speaks to the server of a `mailto:` one, but sends nothing.
    """
    try:
        match channel(recipient):
            case "mailto":
                mailbox(_address(recipient))
                sender(channels.smtp.from_)
                return mail.probe(channels.smtp)
            case "file":
                return folder.probe(folder.place(recipient, channels.root))
            case "stdout":
                return None
            case "webhook+https" | "webhook+http":
                return mistake(recipient)
            case "apprise":
                return chat.probe(recipient)
            case _:
                return _unknown(recipient)
    except MessageError as error:
        return str(error)


def _mail(letter: Letter, recipient: str, smtp: SmtpSettings) -> Delivery:
    to = mailbox(_address(recipient))
    message = compose(letter, from_=smtp.from_, to=to, unsubscribe=smtp.unsubscribe)
    _, from_ = sender(smtp.from_)
    return mail.send(message, sender=from_, recipient=to, smtp=smtp)


def _print(text: str) -> Delivery:
    """The text on standard output, with "?" for what its encoding lacks."""
    out = sys.stdout
    if out is None or out.closed:
        return Delivery(outcome=Delivered.LATER, detail="standard output is closed")
    encoding = out.encoding or "utf-8"
    try:
        out.write(text.encode(encoding, "replace").decode(encoding))
        out.flush()
    except OSError as error:
        return Delivery(outcome=Delivered.LATER, detail=f"standard output: {error.strerror or error}")
    return Delivery(outcome=Delivered.SENT, detail="printed")


def _address(recipient: str) -> str:
    return recipient.partition(":")[2].strip()


def _unknown(recipient: str) -> str:
    return f"{printable(shown(recipient), 80)!r} names no known channel: {mistake(recipient)}"


def _mend(why: str, digest: str) -> str:
    return f'{why} ("to" of the digest {printable(digest, 60)!r})'
