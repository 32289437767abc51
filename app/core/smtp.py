"""The one module that speaks SMTP: a conversation that stops before the final dot, asks, and goes on.

One connection serves many mails. A server that stalls, or drips one byte after the other, meets a deadline for the
whole conversation of a mail, not for each read. Every line ends with CRLF and a dot at its beginning is doubled, so
nothing in a mail can end it early (SMTP smuggling).
"""

from __future__ import annotations

import contextlib
import re
import select
import smtplib
import socket
import ssl
import time
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from app.core.transport import BeforeDot, Passing, Refused, Unanswered, Withdrawn

SECONDS_FOR_WORDS = 45.0
"""For all words of a mail before its dot; of the first one on a connection from the greeting on."""
SECONDS_FOR_KEPT = 10.0
"""For a connection that was kept to say that it still is one. With the words after it this stays below half a lease."""
SECONDS_FOR_ANSWER = 60.0
"""For the answer to the dot: servers look for viruses and spam in between. The lease was renewed before it."""
LONGEST_ANSWER = 64_000

_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>]")
_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_UNKNOWN_ADDRESS = ("5.1.", "5.2.1")
"""Enhanced codes for a mailbox that is not there; others speak of size, space and policy."""


class _Bounded(smtplib.SMTP):
    """smtplib's client with a deadline for everything that is read and written until it is set anew."""

    deadline = 0.0
    _unread = b""

    def begin(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        self.begin(SECONDS_FOR_WORDS)
        try:
            return super().connect(host, port)
        except BaseException:
            self.close()
            raise

    def secure(self, host: str) -> None:
        """Go on inside TLS, with a server whose name is proved."""
        code, said = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, said)
        if self._unread:  # said in clear, to be taken for an answer under TLS
            raise smtplib.SMTPServerDisconnected("words before TLS")
        self.sock = ssl.create_default_context().wrap_socket(self._hurry(), server_hostname=host)
        self.helo_resp = self.ehlo_resp = None
        self.ehlo()

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer of any number of lines, as smtplib does."""
        said: list[bytes] = []
        while True:
            line = self._line()
            said.append(line[4:])
            if not line[:3].isdigit() or sum(map(len, said)) > LONGEST_ANSWER:
                raise smtplib.SMTPServerDisconnected("not an answer")
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(said)

    def send(self, s: Any) -> None:
        self._hurry().sendall(s.encode("ascii") if isinstance(s, str) else s)

    def is_quiet(self) -> bool:
        """Whether the server says nothing, and has not gone, while it is not its turn."""
        if self.sock is None or self._unread:
            return False
        return not select.select([self.sock], [], [], 0)[0]

    def _hurry(self) -> socket.socket:
        """Return the socket, which waits no longer than what is left."""
        left = self.deadline - time.monotonic()
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("closed")
        if left <= 0:
            raise TimeoutError("deadline")
        self.sock.settimeout(left)
        return self.sock

    def _line(self) -> bytes:
        while b"\n" not in self._unread:
            if len(self._unread) > LONGEST_ANSWER:
                raise smtplib.SMTPServerDisconnected("endless answer")
            piece = self._hurry().recv(4096)
            if not piece:
                raise smtplib.SMTPServerDisconnected("closed by the server")
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        return line.rstrip(b"\r")


class _Wrapped(_Bounded, smtplib.SMTP_SSL):
    """The same, inside TLS from the first byte."""


class SMTPTransport:
    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or "localhost"
        self.is_wrapped = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.is_wrapped else 587)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self.sender = sender
        self._client: _Bounded | None = None

    def send(self, recipient: str, message_id: str, content: bytes, before_dot: BeforeDot) -> None:
        if _NOT_IN_ADDRESS.search(recipient) or not recipient.isascii():
            raise Refused("not an address for SMTP", is_address=True)
        client = self._begin()
        self._offer(client, recipient, content)
        is_granted = False
        try:
            is_granted = before_dot()
        finally:
            if not is_granted:  # the only way not to send what the server already has: the dot never comes
                self._hang_up()
        if not is_granted:
            raise Withdrawn
        self._finish(client)

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.begin(2)
            with contextlib.suppress(OSError):
                client.quit()
            client.close()

    def _begin(self) -> _Bounded:
        """Return a connection on which the sender was accepted. One that was kept may have been closed meanwhile, or
        have carried as many mails as the server allows: then a new one is made, once."""
        if self._client is not None:
            self._client.begin(SECONDS_FOR_KEPT)
            with contextlib.suppress(OSError):
                client = _name_sender(self._client, self.sender)
                client.begin(SECONDS_FOR_WORDS)
                return client
            self._hang_up()
        try:
            return _name_sender(self._connect(), self.sender)
        except OSError as fault:
            self._hang_up()
            raise _passing(fault, is_server=True) from None

    def _connect(self) -> _Bounded:
        if self.is_wrapped:
            context = ssl.create_default_context()
            client: _Bounded = _Wrapped(self.host, self.port, timeout=SECONDS_FOR_WORDS, context=context)
        else:
            client = _Bounded(self.host, self.port, timeout=SECONDS_FOR_WORDS)
        self._client = client
        # the dot is a packet of its own, and leaves at once
        cast("socket.socket", client.sock).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.ehlo_or_helo_if_needed()
        if not self.is_wrapped and client.has_extn("starttls"):
            client.secure(self.host)
        elif self.user and not self.is_wrapped:
            raise Passing("the mail server offers no TLS: the password is not sent in clear", is_server=True)
        if self.user:
            client.login(self.user, self.password)
        return client

    def _offer(self, client: _Bounded, recipient: str, content: bytes) -> None:
        """Say everything but the final dot."""
        try:
            code, said = client.docmd("RCPT", f"TO:<{recipient}>")
            if code not in (250, 251):
                raise _told(code, said, is_recipient=True)
            code, said = client.docmd("DATA")
            if code != 354:
                raise _told(code, said)
            client.send(re.sub(rb"(?m)^\.", b"..", content))
        except (Refused, Passing):
            self._reset(client)
            raise
        except OSError as fault:
            self._hang_up()
            raise _passing(fault) from None

    def _finish(self, client: _Bounded) -> None:
        """Send the dot and wait for the answer. Raises `Unanswered` when there is none."""
        if not client.is_quiet():
            self._hang_up()
            raise Passing("closed before the dot")
        client.begin(SECONDS_FOR_ANSWER)
        try:
            client.send(b".\r\n")
            code, said = client.getreply()
        except OSError as fault:
            self._hang_up()
            raise Unanswered(_word(fault)) from None
        if code != 250:
            self._reset(client)
            raise _told(code, said)

    def _reset(self, client: _Bounded) -> None:
        """Ready the connection for the next mail after a refusal."""
        try:
            if client.rset()[0] != 250:
                self._hang_up()
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _name_sender(client: _Bounded, sender: str) -> _Bounded:
    code, said = client.docmd("MAIL", f"FROM:<{sender}>")
    if code != 250:
        raise smtplib.SMTPResponseException(code, said)
    return client


def _code(code: int, said: bytes) -> str:
    """Return what may be kept of an answer: its codes. Servers repeat addresses in their words."""
    found = _ENHANCED.match(said)
    return f"{code} {found[1].decode()}" if found else str(code)


def _told(code: int, said: bytes, *, is_recipient: bool = False) -> Exception:
    """Tell a refusal for good from one that may pass, and one of the address from one of the mail."""
    words = _code(code, said)
    if not 500 <= code < 600:
        return Passing(f"smtp {words}", is_server=code == 421)
    enhanced = words.partition(" ")[2]
    unknown = code in (550, 551, 553) if not enhanced else enhanced.startswith(_UNKNOWN_ADDRESS)
    return Refused(words, is_address=is_recipient and unknown)


def _passing(fault: OSError, *, is_server: bool = False) -> Passing:
    if isinstance(fault, Passing):
        return fault
    return Passing(_word(fault), is_server=is_server)


def _word(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        said = fault.smtp_error
        return f"smtp {_code(fault.smtp_code, said if isinstance(said, bytes) else said.encode())}"
    return type(fault).__name__
