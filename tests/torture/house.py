"""A house under torture: one database, one journal, a clock that hurries, and what its processes count together.

Processes are forks of one that has loaded everything: a worker that was killed is back within milliseconds.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path
from traceback import format_exception
from typing import Any
from uuid import UUID

from flask import Flask

from app.core import clock, mails
from app.extensions import db
from tests.conftest import build_app
from tests.make.people import make_account, make_person

FORKS = get_context("fork")
KIND = "torture.hello"
PEOPLE = 40
SPEED = 60
"""A minute passes in a second: a lease of two minutes is over after two seconds, a new try comes after one."""
BEGIN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Clock:
    """The same for all processes of a house. `jump` lets it go on later: nobody waits an hour for a new try."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.ahead: Synchronized[float] = FORKS.Value("d", 0.0, lock=False)  # type: ignore[assignment]

    def __call__(self) -> datetime:
        return BEGIN + timedelta(seconds=(time.monotonic() - self.begun) * SPEED + self.ahead.value)

    def jump(self, to: datetime) -> None:
        self.ahead.value += max(0.0, (to - self()).total_seconds())


@dataclass
class House:
    app: Flask
    folder: Path
    clock: Clock
    people: list[UUID]
    written: Synchronized[int]
    """Notices whose commit was confirmed; their keys stand in `written.log`."""
    may_write: Event
    has_room: Event
    """Writers rest while too much waits: what tortures the workers is not their load."""
    children: list[ForkProcess] = field(default_factory=list)

    def fork(self, work: Callable[..., None], *given: Any) -> ForkProcess:
        """Start a process of this house; what it logs goes to a file in its folder."""
        child = FORKS.Process(target=_begin, args=(self, work, *given), daemon=True)
        child.start()
        self.children = [one for one in self.children if one.is_alive()] + [child]
        return child

    def end(self) -> None:
        """Kill whatever still runs: who stands still would hear nothing else."""
        for child in self.children:
            child.kill()
            child.join()

    def ask(self, question: Callable[[House], Any]) -> Any:
        """Return what a process of its own reads in the database: the one that forks keeps no connection."""
        here, there = FORKS.Pipe()
        child = self.fork(_answer, question, there)
        there.close()
        try:
            answer = here.recv()
        finally:
            child.join()
            here.close()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def lines(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text(encoding="ascii").splitlines() if path.exists() else []


def _begin(house: House, work: Callable[..., None], *given: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    log = os.open(house.folder / "processes.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 2)
    clock.now = house.clock
    clock.running_from = lambda _instant: house.clock
    work(house, *given)


def _answer(house: House, question: Callable[[House], Any], there: Any) -> None:
    with house.app.app_context():
        try:
            there.send(question(house))
        except Exception as error:
            there.send(RuntimeError("".join(format_exception(error))))


def note(path: Path, line: str) -> None:
    """Append one line to a file that several processes share, and force it to the disk."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, f"{line}\n".encode("ascii"))
    os.fsync(file)
    os.close(file)


def build_house(address: str, folder: Path, mail_port: int) -> House:
    mails.register(KIND, lambda _parameters, contact: mails.letter("Hello", f"Dear {contact.name}, here are words."))
    app = build_app(address, folder, mail_url=f"smtp://127.0.0.1:{mail_port}", pseudo_language=False)
    with app.app_context():
        people = [make_person(f"Person {number}") for number in range(PEOPLE)]
        for person in people:
            make_account(person)
        ids = [person.id for person in people]
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return House(app, folder, Clock(), ids, FORKS.Value("i", 0), FORKS.Event(), FORKS.Event())
