"""Letters to their recipients: mail (`mailto:`), a folder (`file:`), the terminal (`stdout:`).

DOOR: the only room that names an SMTP client and writes letters. Composes nothing and remembers nothing:
what was tried, and what to try again, is the outbox's to know.
"""

from __future__ import annotations

from crawler.deliver.channels import deliver, probe
from crawler.deliver.settings import SmtpSettings

__all__ = ["SmtpSettings", "deliver", "probe"]
