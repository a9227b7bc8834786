"""What the channels must be told: mail its server and sender, webhooks their key and limits.

Reads no file and checks no server; `probe` does that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The configuration's `[smtp]`."""

    host: str = "localhost"
    port: int = 25
    security: Security = "none"  # starttls and tls are kept: there is no way back to plain
    user: str = ""  # empty: no login
    password: str = field(default="", repr=False)
    from_: str = "iomwatch@localhost"  # an address, or "Name <address>"
    timeout: float = 60.0  # seconds to wait for one answer; a whole conversation may take four times that
    ca_bundle: Path | None = None  # certificates to trust instead of the system's
    unsubscribe: str = ""  # "mailto:…" or "https://…" for List-Unsubscribe; empty: none


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """The configuration's `[webhook]`, and what it shares with the crawler."""

    secret: str = field(default="", repr=False)  # base64, "whsec_" before it or not
    user_agent: str = "iomwatch"
    timeout: float = 30.0  # seconds for one message as a whole
    allow_private: tuple[str, ...] = ()  # addresses or networks that may be reached although private
    proxy: str = ""
    ca_bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """All that channels must be told."""

    root: Path = Path()  # the folder that relative folders start from
    smtp: SmtpSettings = SmtpSettings()
    webhook: WebhookSettings = WebhookSettings()
