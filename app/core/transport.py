"""How a mail leaves: to a folder (the embedded default) or over SMTP. The one module that speaks SMTP.

`MAIL_URL` is `smtp://user:password@host:587` (STARTTLS when offered), `smtps://…:465`, or `file:` (a folder).
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from email.message import Message
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from config import Settings

TIMEOUT_SECONDS = 20


class Permanent(Exception):
    """The other side refused this mail for good (5xx): trying again will not help."""


class Transport(Protocol):
    def send(self, recipient: str, message_id: str, message: Message) -> None:
        """Hand one mail over. Raises `Permanent` for a refusal, OSError for what may pass."""


class FileTransport:
    """Writes each mail as one `.eml` file, complete or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, recipient: str, message_id: str, message: Message) -> None:
        message["Message-ID"] = message_id
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = re.sub(r"[^0-9a-f-]", "", message_id.split("@", maxsplit=1)[0]) + ".eml"
        draft = self.folder / f".{name}.part"
        with draft.open("wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / name)


class SMTPTransport:
    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or "localhost"
        self.is_wrapped = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.is_wrapped else 587)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")

    def _connect(self) -> smtplib.SMTP:
        if self.is_wrapped:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
        client = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        client.ehlo()
        if client.has_extn("starttls"):
            client.starttls(context=ssl.create_default_context())
        elif self.user:
            client.close()
            raise Permanent("the mail server offers no TLS: the password is not sent in clear")
        return client

    def send(self, recipient: str, message_id: str, message: Message) -> None:
        message["Message-ID"] = message_id
        try:
            with self._connect() as client:
                if self.user:
                    client.login(self.user, self.password)
                client.send_message(message, to_addrs=[recipient])
        except smtplib.SMTPResponseException as answer:
            if 500 <= answer.smtp_code < 600:
                raise Permanent(f"{answer.smtp_code}") from None
            raise OSError(f"smtp {answer.smtp_code}") from None
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            if 500 <= code < 600:
                raise Permanent(f"{code}") from None
            raise OSError(f"smtp {code}") from None


def transport_for(settings: Settings) -> Transport:
    """Return the transport of these settings."""
    if not settings.mail_url or settings.mail_url.startswith("file:"):
        folder = settings.mail_url.removeprefix("file:")
        return FileTransport(Path(folder) if folder else settings.instance / "mails")
    return SMTPTransport(settings.mail_url)
