"""The journal of a machine: what mail servers answered, written down before the database hears of it.

Between the answer to a mail and the row that says `sent` a process may die. Whoever finds the row looks here, so that
the mail is neither sent twice nor called doubtful. One line per answer, appended and forced to the disk; a file per day
in the instance folder; identifiers only. What a worker of another machine held is settled by that machine's journal.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from uuid import UUID

import structlog

KEPT = timedelta(days=7)


class Verdict(StrEnum):
    """What is known of a handing over: the server took the mail, or it certainly has not."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a worker holds between its short transactions: a mail, and the token that is new with every lease."""

    mail_id: UUID
    token: UUID


@dataclass(frozen=True, slots=True)
class Entry:
    verdict: Verdict
    at: datetime


class Journal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def note(self, claimed: Claimed, verdict: Verdict, at: datetime, *, waits: bool = True) -> None:
        """Write one answer down; it is on the disk when this returns. Raises OSError when it is not. Who does not wait
        has it with the system, where no end of this process reaches it, and on the disk some milliseconds later.

        The line begins with a line break: what a power cut left unfinished before it spoils nothing."""
        path = self.folder / f"{at:%Y%m%d}.journal"
        is_new = not path.exists()
        if is_new:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = f"\n{claimed.mail_id} {claimed.token} {verdict.value} {at.isoformat()}\n".encode("ascii")
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(file, line) != len(line):
                raise OSError("the journal could not be written")
            if not waits:
                beside = os.dup(file)
                _forcing().submit(_force_and_close, beside)
            else:
                os.fsync(file)
        finally:
            os.close(file)
        if is_new:
            _keep_name(self.folder)

    def find(self, wanted: Iterable[Claimed]) -> dict[Claimed, Entry]:
        """Return what was written down of these; where two answers stand, that the mail was taken counts."""
        looked_for, found = set(wanted), dict[Claimed, Entry]()
        for path in sorted(self.folder.glob("*.journal")) if looked_for else ():
            for line in path.read_bytes().decode("ascii", "replace").splitlines():
                read = _read(line)
                if read is None or read[0] not in looked_for:
                    continue
                claimed, entry = read
                if found.get(claimed, entry).verdict is not Verdict.TAKEN or claimed not in found:
                    found[claimed] = entry
        return found

    def prune(self, now: datetime) -> int:
        """Remove the files of days that no lease can reach back to. Returns how many."""
        oldest = f"{now - KEPT:%Y%m%d}"
        gone = [path for path in self.folder.glob("*.journal") if path.stem < oldest]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


def _read(line: str) -> tuple[Claimed, Entry] | None:
    parts = line.split(" ")
    try:
        mail_id, token, verdict, at = parts
        return Claimed(UUID(mail_id), UUID(token)), Entry(Verdict(verdict), datetime.fromisoformat(at))
    except ValueError:
        return None


@cache
def _forcing() -> ThreadPoolExecutor:
    """The thread that forces lines to the disk while the next mail is on its way."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")


os.register_at_fork(after_in_child=_forcing.cache_clear)


def _force_and_close(file: int) -> None:
    try:
        os.fsync(file)
    except OSError as fault:
        structlog.get_logger().error("outbox.no_journal", kind=type(fault).__name__)
    finally:
        os.close(file)


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
