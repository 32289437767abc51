"""How a mail leaves: the contract of every transport, and the one that writes files (the embedded default).

`MAIL_URL` is `smtp://user:password@host:587` (STARTTLS when offered), `smtps://…:465`, or `file:` (a folder). A mail is
taken over in two steps: everything but the last word is handed over, `before_dot` is asked, and only its yes sends the
last word (the final dot of SMTP, the rename of a file). A process may die between any two of them.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from email.message import Message
from email.policy import compat32
from pathlib import Path
from typing import Protocol

BeforeDot = Callable[[], bool]
"""Asked when only the last word is missing: whether it may be sent."""

_AS_SENT = compat32.clone(linesep="\r\n")


class Refused(Exception):
    """The other side refused this mail for good (5xx): trying again will not help. `is_address` where it was the
    address that nobody knows, and not the words or the sender."""

    def __init__(self, said: str, *, is_address: bool = False) -> None:
        super().__init__(said)
        self.is_address = is_address


class Passing(OSError):
    """Something that may pass; the mail was not taken. `is_server` where no other mail would fare better just now."""

    def __init__(self, said: str, *, is_server: bool = False) -> None:
        super().__init__(said)
        self.said, self.is_server = said, is_server


class Unanswered(Exception):
    """The last word was on its way and no answer came: nobody here knows whether the mail was taken."""


class Withdrawn(Exception):
    """`before_dot` said no: nothing was sent."""


class Transport(Protocol):
    def send(self, recipient: str, message_id: str, content: bytes, before_dot: BeforeDot) -> None:
        """Hand one mail over; returns when it was taken. Raises `Refused`, `Passing`, `Unanswered`, `Withdrawn`, and
        whatever `before_dot` raises: nothing was sent then."""

    def close(self) -> None:
        """Say goodbye; a later `send` begins anew."""


def as_sent(message: Message, message_id: str) -> bytes:
    """Return a mail as it goes on the line: named, every line ended by CRLF and by nothing else."""
    if "Message-ID" not in message:
        message["Message-ID"] = message_id
    content = re.sub(rb"\r\n|\r|\n", b"\r\n", message.as_bytes(policy=_AS_SENT))
    return content if content.endswith(b"\r\n") else content + b"\r\n"


class FileTransport:
    """Writes each mail as one `.eml` file, complete or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, recipient: str, message_id: str, content: bytes, before_dot: BeforeDot) -> None:
        name = re.sub(r"[^0-9a-f-]", "", message_id.split("@", maxsplit=1)[0]) + ".eml"
        draft = self.folder / f".{name}.part"
        try:
            with _fault_passes():
                self._write(draft, content)
            if not before_dot():
                raise Withdrawn
            with _fault_passes():
                draft.replace(self.folder / name)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        _keep_names(self.folder)

    def _write(self, draft: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Nothing is open between two files."""


@contextlib.contextmanager
def _fault_passes() -> Iterator[None]:
    """A full disk or a folder that is not there passes, and no other mail fares better until then."""
    try:
        yield
    except OSError as fault:
        raise Passing(type(fault).__name__, is_server=True) from None


def _keep_names(folder: Path) -> None:
    """Let what a folder calls its files survive a power cut."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
