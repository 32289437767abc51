"""`make bench`: how long pages take, as ratios to `/healthz` within one run, what they weigh, how much memory the
export of a group needs with a hundred times as many rows, and how long mails take beside a bare loop of smtplib.

A machine that is twice as slow doubles both sides: ratios can be compared from one day to the next, seconds cannot.
Each figure is the median of several rounds in which all pages take turns, so that a noisy moment meets them all.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.core.registries import actor_at
from app.extensions import db
from app.tasks.models import Task, TaskState
from app.workinggroups.exporting.contents import Contents
from app.workinggroups.exporting.writing import write_archive
from tests import bench_mails
from tests.conftest import START
from tests.make.people import make_secretary
from tests.make.workinggroups import make_group
from tests.weights import browser, example_house, measure, report

ROUNDS = 15
YARDSTICK = "/healthz"
PAGES = ("/", "/tracks/", "/tracks/example-climate-justice", "/reflections/", "/register")
READERS = ("", "facilitator")
EXPORTED = (500, 50_000)
MOST_MEMORY = 80
"""MiB that an export may take, however many rows there are."""


def times(client: FlaskClient, nobody: FlaskClient) -> dict[str, float]:
    """Return the median milliseconds of each page; the yardstick is taken without a sign-in."""
    taken: dict[str, list[float]] = {path: [] for path in (YARDSTICK, *PAGES)}
    for path in taken:
        client.get(path)
    for _round in range(ROUNDS):
        for path, found in taken.items():
            asking = nobody if path == YARDSTICK else client
            began = time.perf_counter()
            asking.get(path, headers={"Accept-Encoding": "gzip, br"})
            found.append(1000 * (time.perf_counter() - began))
    return {path: statistics.median(found) for path, found in taken.items()}


def peak_of_export(app: Flask, rows: int) -> float:
    """Return how many MiB of memory the export of a group with so many tasks takes beside what the house needs."""
    with app.app_context(), tempfile.TemporaryFile() as out:
        group, secretary = make_group(), make_secretary()
        task = {"group_id": group.id, "state": TaskState.OPEN, "language": "en", "noted_at": START}
        db.session.execute(sa.insert(Task), [{"words": f"Do {number}", **task} for number in range(rows)])
        db.session.commit()
        actor = actor_at(secretary.id, START)
        tracemalloc.start()
        write_archive(out, actor=actor, group=group, by="Bench", now=START, contents=Contents())
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        db.session.remove()
    return peak / 2**20


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = example_house(Path(folder))
        for person in READERS:
            medians = times(browser(app, person), app.test_client())
            yardstick = medians.pop(YARDSTICK)
            print(f"As {person or 'a visitor'}: {YARDSTICK} takes {yardstick:.2f} ms here and now")
            for path, median in medians.items():
                print(f"  {path:40} {median / yardstick:6.1f} times that")
        few, many = (peak_of_export(app, rows) for rows in EXPORTED)
        print(
            f"Export of a group: {few:.1f} MiB with {EXPORTED[0]} tasks, {many / few:.1f} times that with {EXPORTED[1]}"
        )
        bench_mails.report()
        over = report(measure(app)) or many > MOST_MEMORY
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
