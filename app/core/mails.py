"""The words of mails: one function per kind of notice, registered by the package that knows the fact.

A writer gets the notice's parameters (identifiers and codes, never a secret) and returns a subject and paragraphs,
without a greeting: one mail may be made of many notices. It runs at sending, in the recipient's language. Links are
absolute.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.masking import is_masked
from app.core.registries import Contact


@dataclass(frozen=True, slots=True)
class Words:
    """What one notice says: a subject (one line), its paragraphs, and when what it is about happens, or closes, where
    that has a date (a digest begins with what is nearest). `name` greets a reader who is no person of the house and
    said what they are called."""

    subject: str
    paragraphs: tuple[str, ...]
    date: datetime | None = None
    name: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


Writer = Callable[[dict[str, Any], Contact], Words | None]
"""Returns None when the thing the mail was about is gone: the mail is then cancelled."""

_writers: dict[str, Writer] = {}
_reader: ContextVar[Contact | None] = ContextVar("reader_of_mail", default=None)
_now: ContextVar[datetime | None] = ContextVar("now_of_mail", default=None)
_repeated: set[str] = set()
_own: set[str] = set()


def register(kind: str, writer: Writer, *, is_repeated: bool = False, is_own: bool = False) -> None:
    """Say who writes a kind of mail. `is_repeated`: somebody waits for it to come in (a reset password, an invitation)
    and would rather get it twice than not at all; so it is sent again when nobody knows whether it arrived, and tried
    even at an address that was refused before. `is_own`: it says what its reader did, or has to do, and is shown as an
    example to nobody else."""
    _writers[kind] = writer
    (_repeated.add if is_repeated else _repeated.discard)(kind)
    (_own.add if is_own else _own.discard)(kind)


def own_kinds() -> set[str]:
    return set(_own)


def is_repeated(kind: str) -> bool:
    return kind in _repeated


def write(kind: str, parameters: dict[str, Any], contact: Contact) -> Words | None:
    """Return the words of a mail to `contact`: its hours are theirs, whoever's request it is written in."""
    token = _reader.set(contact)
    try:
        return _writers[kind](parameters, contact)
    finally:
        _reader.reset(token)


def reader() -> Contact | None:
    """Return to whom the mail goes that is being written; None outside of mails."""
    return _reader.get()


@contextmanager
def written_at(now: datetime) -> Iterator[None]:
    """Let what is written within count from one instant: the one at which whoever sends or looks at mails began."""
    token = _now.set(now)
    try:
        yield
    finally:
        _now.reset(token)


def now() -> datetime:
    """Return the instant from which a writer counts: how long until something begins, whether it has begun."""
    return _now.get() or clock.now()


def letter(subject: str, *paragraphs: str, date: datetime | None = None) -> Words:
    """Return the words of a mail, of those paragraphs that have something to say."""
    return Words(subject, tuple(part for part in paragraphs if part), date)


def greeting(contact: Contact, name: str = "") -> str:
    """Return how a mail begins; `name` is for whom the house knows no name of."""
    called = contact.name or name
    # I18N: how a mail begins
    return str(_("Dear %(name)s,", name=called) if called else _("Hello,"))


def or_helper(
    write: Callable[[Contact], Words | None],
    parameters: dict[str, Any],
    contact: Contact,
    *,
    about: UUID | None,
    name_of: Callable[[UUID], str],
) -> Words | None:
    """Return a mail `about` a person, which goes to them or to whoever helps them. A helper of somebody without e-mail
    gets the same words, and for whom they are; an example of a mail names nobody who is helped."""
    if about is None or is_masked() or parameters.get("person", str(about)) == str(about):
        return write(contact)
    name = name_of(about)
    words = write(replace(contact, name=name))
    if words is None:
        return None
    return letter(
        # I18N: subject of a mail to a helper; %(name)s has no e-mail, %(subject)s is what they would read
        _("For %(name)s: %(subject)s", name=name, subject=words.subject),
        help_words(name),
        *words.paragraphs,
        date=words.date,
    )


def help_words(name: str) -> str:
    """Return what a helper is asked to do for somebody."""
    # I18N: first line of a mail to a helper; below stands what the person without e-mail would read
    return str(_("%(name)s has no e-mail and you help them: please tell them this.", name=name))


def kinds() -> set[str]:
    return set(_writers)


_BREAKS = re.compile("[\\s\u2028\u2029\x00-\x1f\x7f]+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that hold a name apart in a sentence (`core.apart`), which lists of mails show as boxes; and those by which a
name would turn round what stands behind it."""
_PLAIN_LENGTH = 60
_WORD_BYTES = 42
"""Bytes of text in one encoded word: 42 make 56 base64 letters, well under the 75 a header word may have."""


def encode_header(text: str) -> str:
    """Return one header line for any text: plain where it is ASCII, else base64 words cut between characters.

    Python 3.11 folds long French and Arabic headers wrongly and raises on line separators; so the line is made
    here and a test reads it back.
    """
    text = _BREAKS.sub(" ", _TURNS.sub("", text)).strip()
    if text.isascii() and "=?" not in text and len(text) <= _PLAIN_LENGTH:
        return text
    words, current = [], b""
    for character in text:
        piece = character.encode()
        if len(current) + len(piece) > _WORD_BYTES:
            words.append(current)
            current = b""
        current += piece
    words.append(current)
    return " ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words)


def message(subject: str, text: str, *, sender: str, recipient: str, language: str, stop: str = "") -> Message:
    """Return a mail ready for the transport: headers encoded by us, text as base64, language named. `stop` is the
    address by which a mail program stops such mails with one click (RFC 8058)."""
    name, address = parseaddr(sender)
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").rstrip() + "\n"
    mail = Message()
    mail["From"] = f"{encode_header(name)} <{address}>" if name else address
    mail["To"] = _BREAKS.sub("", recipient)
    mail["Subject"] = encode_header(subject)
    mail["Content-Language"] = language
    mail["Auto-Submitted"] = "auto-generated"
    if stop:
        mail["List-Unsubscribe"] = f"<{stop}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["MIME-Version"] = "1.0"
    mail["Content-Type"] = 'text/plain; charset="utf-8"'
    mail["Content-Transfer-Encoding"] = "base64"
    mail.set_payload(base64.encodebytes(text.replace("\n", "\r\n").encode()).decode())
    return mail
