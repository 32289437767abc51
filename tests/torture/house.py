"""A house under torture: one database, one journal, a clock that hurries, and what its processes count together.

Processes are forks of one that has loaded everything: a worker that was killed is back within milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
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

from app.core import clock
from app.core.database import only_reading
from app.extensions import db
from app.mailings.models import MailRhythm, Pace
from app.people.passwords import hash_password
from app.reminders.kinds import Kind, Scope, Whom
from app.reminders.models import OwnPlan, OwnRule
from tests.conftest import build_app
from tests.make.people import make_account, make_person
from tests.make.sessions import make_facilitator, make_membership, make_track

FORKS = get_context("fork")
TRACKS, MEMBERS = 4, 6
PASSWORD = "an example password"
ZONE = "Africa/Nairobi"
"""Where all live, and by whose clocks sessions are planned."""
SPEED = 60
"""A minute passes in a second: a lease of two minutes is over after two seconds, a new try comes after one."""
BEGIN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
REMINDED_BEFORE = timedelta(days=20)
"""So long before a session everybody of its track is reminded of it, once."""


class Clock:
    """The same for all processes of a house. `jump` lets it go on later: nobody waits an hour for a new try."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.ahead: Synchronized[float] = FORKS.Value("d", 0.0, lock=False)  # type: ignore[assignment]

    def __call__(self) -> datetime:
        return BEGIN + timedelta(seconds=(time.monotonic() - self.begun) * SPEED + self.ahead.value)

    def jump(self, to: datetime) -> None:
        self.ahead.value += max(0.0, (to - self()).total_seconds())


@dataclass(frozen=True, slots=True)
class OneTrack:
    """A track with one facilitator, who signs in as `email`; its members are told of what that one does, and all are
    reminded."""

    slug: str
    email: str
    members: list[UUID]
    facilitator: UUID


@dataclass
class House:
    app: Flask
    folder: Path
    clock: Clock
    tracks: list[OneTrack]
    written: Synchronized[int]
    """Notices of what was answered; it stands in `written.log`."""
    may_write: Event
    has_room: Synchronized[bool]
    """People rest while it is not."""
    children: list[ForkProcess] = field(default_factory=list)

    def fork(self, work: Callable[..., None], *given: Any) -> ForkProcess:
        """Start a process of this house; what it logs goes to a file in its folder."""
        child = FORKS.Process(target=_begin, args=(self, work, *given), daemon=True)
        child.start()
        os.setpgid(child.pid or 0, child.pid or 0)  # here and there: neither knows who comes first
        self.children = [one for one in self.children if one.is_alive()] + [child]
        return child

    @staticmethod
    def kill(child: ForkProcess) -> None:
        """Kill a process with all that it started: who stands still would hear nothing else."""
        with suppress(ProcessLookupError):
            os.killpg(child.pid or 0, signal.SIGKILL)
        child.join()

    def end(self) -> None:
        """Kill whatever still runs."""
        for child in self.children:
            self.kill(child)

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


def die_with_parent() -> None:
    """Ask Linux to kill this process when the one that forked it is gone, however it went."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _begin(house: House, work: Callable[..., None], *given: Any) -> None:
    die_with_parent()
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    log = os.open(house.folder / "processes.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 2)
    clock.now = house.clock
    clock.running_from = lambda _instant: house.clock
    work(house, *given)


def _answer(house: House, question: Callable[[House], Any], there: Any) -> None:
    with house.app.app_context(), only_reading():  # who only looks waits for nobody who writes
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
    mail_url = f"smtp://127.0.0.1:{mail_port}"
    app = build_app(address, folder, mail_url=mail_url, pseudo_language=False, testing=False)
    with app.app_context():
        password = hash_password(PASSWORD)
        tracks = [_make_track(number, password) for number in range(TRACKS)]
        _plan_reminders()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    _read_templates(app)
    has_room: Any = FORKS.Value("b", 1, lock=False)
    return House(app, folder, Clock(), tracks, FORKS.Value("i", 0), FORKS.Event(), has_room)


def _read_templates(app: Flask) -> None:
    """Read once what all processes show: those that are forked know it already."""
    for name in app.jinja_env.list_templates():
        if name.startswith(("core/", "sessions/", "reminders/", "people/sign_in")):
            app.jinja_env.get_template(name)


def _make_track(number: int, password: str) -> OneTrack:
    """A track whose members want every mail at once, by day and by night: all they are told is a mail of its own."""
    track, facilitator = make_track(slug=f"track-{number}"), make_person(f"Facilitator {number}")
    email = make_account(facilitator, password_hash=password).email
    make_facilitator(track, facilitator)
    members = [make_person(f"Person {number}-{place}", zone=ZONE) for place in range(MEMBERS)]
    for person in members:
        make_account(person)
        make_membership(track, person)
    for person in (facilitator, *members):
        db.session.add(MailRhythm(person_id=person.id, pace=Pace.AT_ONCE, hour=8, weekday=0, quiet_from=0,
                                  quiet_until=0, changed_at=BEGIN))  # fmt: skip
    return OneTrack(track.slug, email, [person.id for person in members], facilitator.id)


def _plan_reminders() -> None:
    minutes = -int(REMINDED_BEFORE.total_seconds()) // 60
    rule = OwnRule(minutes=minutes, to_whom=[Whom.PARTICIPANTS.value], can_wait=False)
    db.session.add(OwnPlan(scope=Scope.HOUSE, kind=Kind.SESSION, changed_at=BEGIN, rules=[rule]))
