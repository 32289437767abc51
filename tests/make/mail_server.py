"""A mail server on this machine's own address that keeps what it was given, and misbehaves where a test says so."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

VERBS = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY", "DOT", "RSET")
"""Where it may misbehave: at the greeting, at each command, in the middle of a mail, and at its end."""


@dataclass
class MailServer:
    """`answers[verb]` replaces the usual answer: a line, "" to hang up, None to say nothing any more (`drips`: to say
    it byte by byte). `keeps_anyway`: a mail is kept although its dot is answered otherwise."""

    port: int
    answers: dict[str, str | None] = field(default_factory=dict)
    keeps_anyway: bool = False
    extensions: tuple[str, ...] = ("8BITMIME",)
    drips: bool = False
    received: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    said: list[bytes] = field(default_factory=list)


USUAL = {
    "CONNECT": "220 here",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "DOT": "250 ok",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


class Hung(Exception):
    """The conversation is over."""


class Conversation:
    def __init__(self, server: MailServer, line: socket.socket, stop: threading.Event) -> None:
        self.server, self.line, self.stop = server, line, stop
        self.reader = line.makefile("rb")
        self.recipient = ""

    def run(self) -> None:
        with contextlib.suppress(Hung, OSError), self.line:
            self.answer("CONNECT")
            while command := self.reader.readline():
                self.server.said.append(command)
                verb = command.split(b" ")[0].strip().upper().decode()
                if verb == "RCPT":
                    self.recipient = command.split(b"<")[1].split(b">")[0].decode()
                self.answer(verb)
                if verb == "DATA" and "DATA" not in self.server.answers:
                    self.take_mail()
                if verb == "QUIT":
                    return

    def answer(self, verb: str) -> None:
        usual = "\r\n".join(["250-here", *(f"250-{e}" for e in self.server.extensions), "250 HELP"])
        said = self.server.answers.get(verb, usual if verb == "EHLO" else USUAL.get(verb, "500 what?"))
        if said is None:
            while not self.stop.wait(0.05):
                if self.server.drips:
                    self.line.sendall(b"2")
            raise Hung
        if not said:
            raise Hung
        self.line.sendall(said.encode() + b"\r\n")

    def take_mail(self) -> None:
        lines = []
        while (line := self.reader.readline()) not in (b".\r\n", b""):
            lines.append(line)
            if "BODY" in self.server.answers:
                self.answer("BODY")
        if not line:
            raise Hung
        if "DOT" not in self.server.answers or self.server.keeps_anyway:
            content = b"".join(piece[1:] if piece.startswith(b".") else piece for piece in lines)
            self.server.received.append((self.recipient, content))
        self.answer("DOT")


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    stop, threads = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = MailServer(listening.getsockname()[1])

        def serve() -> None:
            while True:
                try:
                    line, _address = listening.accept()
                except OSError:
                    return
                if stop.is_set():
                    line.close()
                    return
                server.connections += 1
                thread = threading.Thread(target=Conversation(server, line, stop).run, daemon=True)
                threads.append(thread)
                thread.start()

        accepting = threading.Thread(target=serve, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            stop.set()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
                pass
            accepting.join(timeout=2)
