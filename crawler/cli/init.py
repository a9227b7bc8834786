"""`iomwatch init`: a configuration to start from."""

from __future__ import annotations

import re
import sys
from importlib import resources
from pathlib import Path

import click

from crawler.cli import FULL
from crawler.errors import UsageError

_CONTACT = re.compile(r"[^\s@()\"\\]{1,64}@[^\s@()\"\\]{1,255}|https?://[^\s()\"\\]{1,300}")


@click.command("init", epilog="Example: iomwatch init watch --contact desk@example.org")
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--contact", help="Your e-mail or web address, for the user agent; asked for on a terminal.")
def command(folder: Path, contact: str | None) -> None:
    """Write a commented config.toml into DIR (here when left out). An existing one is never overwritten."""
    if contact is None and sys.stdin.isatty():
        contact = click.prompt("Your e-mail or web address, so that sites' owners can reach you", default="")
    if contact and not (contact.isascii() and contact.isprintable() and _CONTACT.fullmatch(contact)):
        raise UsageError(f"--contact {contact}: write an e-mail address or an http(s) address, in ASCII")
    text = resources.files("crawler").joinpath("default_config.toml").read_text(encoding="utf-8")
    if contact:
        text = text.replace("(+contact)", f"(+{contact})", 1)
    path = folder / "config.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path}: exists already, and was left as it is") from None
    except OSError as error:
        if error.errno in FULL:
            raise
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
    click.echo(f"wrote {path}")
    if not contact:
        click.echo(f"next: put your contact into fetch.user_agent, then `iomwatch --config {path} check`")
    else:
        click.echo(f"next: iomwatch --config {path} check")
