"""Which way mails leave this house: what its settings say."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path

from app.core import registries
from app.core.smtp import SMTPTransport
from app.core.transport import FileTransport, Transport
from config import Settings


def transport_for(settings: Settings) -> Transport | None:
    """Return the transport of these settings. Without `MAIL_URL` mails become files in a house of example data, where
    everybody may read them; in any other house they wait: None."""
    if settings.mail_url.startswith("file:"):
        folder = settings.mail_url.removeprefix("file:")
        return FileTransport(Path(folder) if folder else settings.instance / "mails")
    if settings.mail_url:
        return SMTPTransport(settings.mail_url, sender=parseaddr(settings.mail_from)[1])
    return FileTransport(settings.instance / "mails") if registries.is_example_house() else None
