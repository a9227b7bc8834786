"""Letters to their recipients: mail, a folder, the terminal, webhooks, chat services (docs in channels.py).

DOOR: the only room that names an SMTP client or Apprise, and writes letters. Composes no digest and
remembers nothing: what was tried, and what to try again, is the outbox's to know.
"""

from __future__ import annotations

from crawler.deliver.channels import deliver, probe
from crawler.deliver.settings import Channels, SmtpSettings, WebhookSettings

__all__ = ["Channels", "SmtpSettings", "WebhookSettings", "deliver", "probe"]
