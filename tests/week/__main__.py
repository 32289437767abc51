"""Play the week, print the mailboxes of a few, and count what must not happen; ends with 1 if anything did."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask

from app.core import jobs
from app.extensions import db
from tests.conftest import build_app
from tests.postgres import Cluster
from tests.week.mailboxes import count_faults, print_mailbox
from tests.week.people import BEGINS, PEOPLE, Cast, make_cast
from tests.week.story import at, story_of

DAYS, TICK = 7, 5
MOST_SECONDS_OF_A_QUEUE = 60
"""Jobs that run this often work queues off; the others look once."""


def play(app: Flask, cast: Cast, *, ends: datetime, tick: timedelta) -> None:
    """Let the hours pass, a tick of the worker after the other, with what people do between them."""
    acts = story_of(cast)
    db.session.commit()  # reading the cast began a transaction, and the jobs have sessions of their own
    with time_machine.travel(BEGINS, tick=False) as clock:
        now = BEGINS
        while now <= ends:
            clock.move_to(now)
            while acts and at(acts[0]) <= now:
                act = acts.pop(0)
                act.do(now)
                db.session.commit()
            _tick(app, now, tick)
            now += tick


def _tick(app: Flask, now: datetime, tick: timedelta) -> None:
    """Run the jobs that are due at this tick, in the order of their names; one that finds more than it takes at once
    goes on, as it would within seconds."""
    for job in jobs.registered():
        if (now - BEGINS).total_seconds() % max(job.every_seconds, tick.total_seconds()):
            continue
        while done := jobs.run(app, job):
            if done == -1:
                raise SystemExit(f"the job {job.name} failed")
            if job.every_seconds > MOST_SECONDS_OF_A_QUEUE:
                break


@contextmanager
def address_of(database: str, folder: str) -> Iterator[str]:
    """Lend the address of an empty database."""
    if database == "sqlite":
        yield f"sqlite:///{folder}/house.sqlite3"
        return
    cluster = Cluster()
    try:
        yield cluster.start()
    finally:
        cluster.stop()


def live(database: str, *, people: int, days: float, tick: timedelta, shown: list[int]) -> int:
    """Play it in a house of its own, print, and return how many things happened that must not."""
    ends = BEGINS + timedelta(days=days)
    with tempfile.TemporaryDirectory() as folder, address_of(database, folder) as address:
        app = build_app(address, Path(folder))
        with app.app_context():
            with time_machine.travel(BEGINS, tick=False):
                cast = make_cast(people)
                db.session.commit()
            play(app, cast, ends=ends, tick=tick)
            for number in shown:
                print_mailbox(cast.people[number])
            faults = count_faults(ends)
            db.session.remove()
            db.engine.dispose()
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--people", type=int, default=PEOPLE, help="at least 90: the story names them")
    parser.add_argument("--days", type=float, default=DAYS)
    parser.add_argument("--tick", type=int, default=TICK, help="minutes between two ticks of the worker")
    parser.add_argument("--of", nargs="*", type=int, default=[7, 1, 4, 20, 9, 2], help="whose mailboxes are printed")
    given = parser.parse_args()
    began = datetime.now().astimezone()  # noqa: TID251 - how long it took, in real time
    tick = timedelta(minutes=given.tick)
    faults = live(given.database, people=given.people, days=given.days, tick=tick, shown=given.of)
    took = datetime.now().astimezone() - began  # noqa: TID251 - the same
    print(f"It took {took.seconds} s, on {given.database}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
