"""The processes of a house under torture that remind and deliver, and one that watches how much waits."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core import jobs, smtp
from app.core.database import only_reading
from app.extensions import db
from tests.torture.house import House
from tests.torture.points import Doom
from tests.torture.reckoning import left

PAUSE, LOOK_EVERY = 0.05, 0.3
TICKING = (
    (("core.address_notices",), PAUSE),
    (("core.deliver_mails", "core.tend_journal"), PAUSE),
    (("reminders.remind",), 0.5),
    (("reminders.look_again",), 10.0),
)
"""What a worker does side by side, and the seconds between two ticks."""
MOST_WAITING = 60
SECONDS_FOR_WORDS, SECONDS_FOR_ANSWER, SECONDS_FOR_KEPT = 1.5, 2.0, 0.5


@dataclass
class Worker:
    process: ForkProcess
    doom: Doom | None
    stopped_at: float = 0.0

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def is_stopped(self) -> bool:
        try:
            stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] == "T"


def work(house: House, doom: Doom | None) -> None:
    """Remind, address and deliver as `flask worker` does, each in its own thread, until SIGTERM or until doom comes."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_caught: stop.set())
    smtp.SECONDS_FOR_WORDS = SECONDS_FOR_WORDS
    smtp.SECONDS_FOR_ANSWER = SECONDS_FOR_ANSWER
    smtp.SECONDS_FOR_KEPT = SECONDS_FOR_KEPT
    if doom is not None:
        doom.hang()
    # after the points are hung: what the jobs call is looked up anew
    ticking = [threading.Thread(target=_tick, args=(house, stop, names, pause)) for names, pause in TICKING]
    for thread in ticking:
        thread.start()
    stop.wait()
    jobs.stop_soon()
    for thread in ticking:
        thread.join()


def _tick(house: House, stop: threading.Event, names: tuple[str, ...], pause: float) -> None:
    mine = [job for job in jobs.registered() if job.name in names]
    while not stop.wait(pause):
        for job in mine:
            try:
                jobs.run(house.app, job)
            except Exception as error:  # the scheduler of a worker logs it and ticks on
                structlog.get_logger().exception("torture.tick", job=job.name, kind=type(error).__name__)


def watch(house: House) -> None:
    """Let people do more only while little waits: what tortures the workers is not their load."""
    while house.may_write.is_set():
        with house.app.app_context(), only_reading():
            try:
                state = left(house)
            except SQLAlchemyError:  # the database is down
                db.session.rollback()
            else:
                house.has_room.value = state.under_way < MOST_WAITING
        time.sleep(LOOK_EVERY)
