"""Play the week, print the mailboxes of a few, and count what must not happen; ends with 1 if anything did."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask

from app.core import jobs
from app.extensions import db
from tests.conftest import build_app
from tests.week.mailboxes import count_faults, print_mailbox
from tests.week.people import BEGINS, LASTS, Cast, make_cast
from tests.week.story import at, story_of

TICK = timedelta(minutes=5)
MOST_SECONDS_OF_A_QUEUE = 60
"""Jobs that run this often work queues off; the others look once."""


def play(app: Flask, cast: Cast) -> None:
    """Let the hours pass, a tick of the worker after the other, with what people do between them."""
    acts = story_of(cast)
    db.session.commit()  # reading the cast began a transaction, and the jobs have sessions of their own
    with time_machine.travel(BEGINS, tick=False) as clock:
        now = BEGINS
        while now <= BEGINS + LASTS:
            clock.move_to(now)
            while acts and at(acts[0]) <= now:
                act = acts.pop(0)
                act.do(now)
                db.session.commit()
            _tick(app, now)
            now += TICK


def _tick(app: Flask, now: datetime) -> None:
    """Run the jobs that are due at this tick, in the order of their names; one that finds more than it takes at once
    goes on, as it would within seconds."""
    for job in jobs.registered():
        if (now - BEGINS).total_seconds() % max(job.every_seconds, TICK.total_seconds()):
            continue
        while done := jobs.run(app, job):
            if done == -1:
                raise SystemExit(f"the job {job.name} failed")
            if job.every_seconds > MOST_SECONDS_OF_A_QUEUE:
                break


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of", nargs="*", type=int, help="numbers of the people whose mailboxes are printed")
    wanted = parser.parse_args().of
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(f"sqlite:///{folder}/house.sqlite3", Path(folder))
        with app.app_context():
            with time_machine.travel(BEGINS, tick=False):
                cast = make_cast()
                db.session.commit()
            began = datetime.now().astimezone()  # noqa: TID251 - how long it took, in real time
            play(app, cast)
            took = datetime.now().astimezone() - began  # noqa: TID251 - the same
            for number in wanted or (7, 1, 4, 20, 9, 2):
                print_mailbox(cast.people[number])
            faults = count_faults(cast)
        print(f"The week took {took.seconds} s.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
