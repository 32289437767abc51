"""The processes of a house under torture: workers that deliver, and those that write notices as web processes do."""

from __future__ import annotations

import random
import signal
import threading
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock, jobs, smtp
from app.core.notices import tell
from app.extensions import db
from tests.torture.house import KIND, House, note
from tests.torture.points import Doom

PAUSE = 0.05
SECONDS_FOR_WORDS, SECONDS_FOR_ANSWER, SECONDS_FOR_KEPT = 1.5, 2.0, 0.5


def work(house: House, doom: Doom | None) -> None:
    """Address and deliver as `flask worker` does, each in a thread of its own, until SIGTERM or until doom comes."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_caught: stop.set())
    smtp.SECONDS_FOR_WORDS = SECONDS_FOR_WORDS
    smtp.SECONDS_FOR_ANSWER = SECONDS_FOR_ANSWER
    smtp.SECONDS_FOR_KEPT = SECONDS_FOR_KEPT
    if doom is not None:
        doom.hang()
    # after the points are hung: what the jobs call is looked up anew
    ticking = [
        threading.Thread(target=_tick, args=(house, stop, names))
        for names in (("core.address_notices",), ("core.deliver_mails", "core.tend_journal"))
    ]
    for thread in ticking:
        thread.start()
    stop.wait()
    jobs.stop_soon()
    for thread in ticking:
        thread.join()


def _tick(house: House, stop: threading.Event, names: tuple[str, ...]) -> None:
    mine = [job for job in jobs.registered() if job.name in names]
    while not stop.wait(PAUSE):
        for job in mine:
            try:
                jobs.run(house.app, job)
            except Exception as error:  # the scheduler of a worker logs it and ticks on
                structlog.get_logger().exception("torture.tick", job=job.name, kind=type(error).__name__)


def write(house: House, writer: int, pause: float) -> None:
    """Leave notices, one transaction each, until nobody may write any more. What a broken database did not confirm is
    said again under the same key."""
    lot, number = random.Random(writer), 0
    while house.has_room.wait() and house.may_write.is_set():
        key, person = f"{writer}-{number}", lot.choice(house.people)
        while not _written(house, key, person):
            time.sleep(0.1)
        note(house.folder / "written.log", f"{KIND}:{key}:{person}")
        with house.written.get_lock():
            house.written.value += 1
        number += 1
        time.sleep(lot.uniform(0, 2 * pause))


def _written(house: House, key: str, person: object) -> bool:
    with house.app.app_context():
        try:
            tell(person, KIND, key, {}, now=clock.now())  # type: ignore[arg-type]
            db.session.commit()
        except SQLAlchemyError:
            db.session.rollback()
            return False
    return True
