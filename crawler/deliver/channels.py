"""Which channel a recipient names, and one letter through it.

Knows no channel's inner workings and decides nothing about trying again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crawler.deliver import folder
from crawler.deliver import smtp as mail
from crawler.deliver.message import MessageError, compose, mailbox, printable, sender
from crawler.deliver.settings import SmtpSettings
from crawler.values import Delivered, Delivery, Letter

_SCHEMES = "mailto:name@example.org, file:folder/ or stdout:"


def deliver(letter: Letter, recipient: str, *, smtp: SmtpSettings, root: Path) -> Delivery:
    """The letter to one recipient, and how that ended: SENT, UNSURE, LATER or NEVER, with words.

    `recipient` is "mailto:name@example.org", "file:folder/" (relative to `root`, or absolute) or "stdout:".
    Raises nothing for trouble with the network, the disk or the configuration.
    """
    match _scheme(recipient):
        case "mailto":
            return _mail(letter, recipient, smtp)
        case "file":
            try:
                return folder.write(letter, folder.place(recipient, root))
            except ValueError as error:
                return Delivery(outcome=Delivered.NEVER, detail=_mend(str(error), letter.digest))
        case "stdout":
            return _print(letter.text)
        case _:
            return Delivery(outcome=Delivered.NEVER, detail=_mend(_unknown(recipient), letter.digest))


def probe(recipient: str, *, smtp: SmtpSettings, root: Path) -> str | None:
    """None when a letter to `recipient` would go, as far as can be told without one; else what to mend.

    Makes the folder of a `file:` recipient; speaks to the server of a `mailto:` one, but sends nothing.
    """
    try:
        match _scheme(recipient):
            case "mailto":
                mailbox(_address(recipient))
                sender(smtp.from_)
                return mail.probe(smtp)
            case "file":
                return folder.probe(folder.place(recipient, root))
            case "stdout":
                return None
            case _:
                return _unknown(recipient)
    except (MessageError, ValueError) as error:
        return str(error)


def _mail(letter: Letter, recipient: str, smtp: SmtpSettings) -> Delivery:
    try:
        to = mailbox(_address(recipient))
        message = compose(letter, from_=smtp.from_, to=to)
        _, from_ = sender(smtp.from_)
    except MessageError as error:
        return Delivery(outcome=Delivered.NEVER, detail=_mend(str(error), letter.digest))
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


def _scheme(recipient: str) -> str:
    return recipient.partition(":")[0].lower() if ":" in recipient else ""


def _address(recipient: str) -> str:
    return recipient.partition(":")[2].strip()


def _unknown(recipient: str) -> str:
    return f"{printable(recipient, 80)!r} names no known channel: write {_SCHEMES}"


def _mend(why: str, digest: str) -> str:
    return f'{why} ("to" of the digest {printable(digest, 60)!r})'
