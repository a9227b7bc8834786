"""What the mail channel must be told: the server, how to speak to it, and who the sender is.

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
