"""A mail server in a process of its own (aiosmtpd, by others) that misbehaves at every verb and writes down, forced to
the disk, what it took and what it refused for good: the only witness that counts."""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized, SynchronizedArray
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.torture.house import FORKS, die_with_parent, note

DROP, STALL = "drop", "stall"
FAULTS: dict[str, tuple[str, ...]] = {
    "EHLO": ("421 4.3.2 not now", "451 4.3.0 later", "550 5.7.1 no", STALL, DROP),
    "MAIL": ("421 4.3.2 not now", "451 4.3.0 later", "550 5.7.1 no", STALL, DROP),
    "RCPT": ("421 4.3.2 not now", "451 4.2.1 later", "550 5.7.1 no", STALL, DROP),
    "DATA": ("421 4.3.2 not now", "451 4.3.0 later", "550 5.7.1 no", STALL, DROP),
    "DOT": ("421 4.3.2 not now", "451 4.3.0 later", "550 5.7.1 no", STALL, DROP),
    "AFTER": (STALL, DROP),
}
"""Answers instead of the usual one; AFTER: the mail was taken, and nobody hears of it."""
VERBS = tuple(FAULTS)
LONG = 30.0
_NAME = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


class Gone(Exception):
    """The line was dropped by this side."""


@dataclass
class Mailbox:
    """What the server is told and what it tells: how often it misbehaves, and how often it did at each verb."""

    folder: Path
    share: Synchronized[float]
    faults: SynchronizedArray[int]
    lot: random.Random

    def fault_at(self, verb: str) -> str | None:
        if self.lot.random() >= self.share.value:
            return None
        with self.faults.get_lock():
            self.faults[VERBS.index(verb)] += 1
        return self.lot.choice(FAULTS[verb])

    async def handle_DATA(self, server: Line, _session: Session, envelope: Envelope) -> str:
        found = _NAME.search(envelope.original_content or b"")
        name = found[1].decode("ascii") if found else "nameless"
        fault = await server.falter("DOT")
        if fault:
            if fault.startswith("5"):
                note(self.folder / "refused.log", envelope.rcpt_tos[0])
            return fault
        note(self.folder / "taken.log", f"{name} {json.dumps(_words(envelope))}")
        await server.falter("AFTER")
        return "250 ok"


def _words(envelope: Envelope) -> str:
    message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
    return " ".join(message.get_content().split())


class Line(SMTP):
    async def falter(self, verb: str) -> str:
        """Return what to answer instead of the usual; "" to go on. Raises ConnectionResetError where it hung up."""
        mailbox: Mailbox = self.event_handler
        fault = mailbox.fault_at(verb)
        if fault is None:
            return ""
        if fault == STALL:
            await asyncio.sleep(LONG)
        if fault in (STALL, DROP):
            if self.transport is not None:
                self.transport.abort()
            raise ConnectionResetError
        return fault

    async def _or_falter(self, verb: str, arg: str) -> None:
        fault = await self.falter(verb)
        if not fault:
            await getattr(super(), f"smtp_{verb}")(arg)
            return
        if fault.startswith("5") and self.envelope is not None:
            for address in [*self.envelope.rcpt_tos, *re.findall(r"<(.*?)>", arg or "")]:
                note(self.event_handler.folder / "refused.log", address)
        await self.push(fault)

    async def smtp_EHLO(self, hostname: str) -> None:
        await self._or_falter("EHLO", hostname)

    async def smtp_MAIL(self, arg: str) -> None:
        await self._or_falter("MAIL", arg)

    async def smtp_RCPT(self, arg: str) -> None:
        await self._or_falter("RCPT", arg)

    async def smtp_DATA(self, arg: str) -> None:
        await self._or_falter("DATA", arg)


def _serve(mailbox: Mailbox, there: Any) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Line(mailbox, enable_SMTPUTF8=False), "127.0.0.1", 0)
        there.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    die_with_parent()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())


@dataclass
class MailServer:
    port: int
    share: Synchronized[float]
    """How often, of all chances, it misbehaves; 0 and it is a good server."""
    faults: SynchronizedArray[int]
    """At each of `VERBS`."""

    @property
    def misbehaved(self) -> int:
        return sum(self.faults)

    def is_enough(self, times: int) -> bool:
        """Whether it misbehaved so often, and at every verb at least once."""
        return not times or (self.misbehaved >= times and all(self.faults))


@contextlib.contextmanager
def mail_server(folder: Path, seed: int) -> Iterator[MailServer]:
    here, there = FORKS.Pipe()
    share: Any = FORKS.Value("d", 0.0, lock=False)
    faults = FORKS.Array("i", len(VERBS))
    process = FORKS.Process(
        target=_serve, args=(Mailbox(folder, share, faults, random.Random(seed)), there), daemon=True
    )
    process.start()
    try:
        yield MailServer(here.recv(), share, faults)
    finally:
        process.kill()
        process.join()
