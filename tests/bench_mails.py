"""How long delivering reminders takes, as a ratio to a bare loop of smtplib that hands the very same mails to the same
server on this machine. Part of `make bench`; alone: `python -m tests.bench_mails [how many]`.

What the ratio pays for: words in everybody's language, asking at the last moment whether a mail is still wanted, and
the writes to the disk that let no crash lose a mail or send it twice.
"""

from __future__ import annotations

import contextlib
import smtplib
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.outbox import MailState, OutboxMail, address_notices, deliver_due
from app.extensions import db
from app.reminders.jobs import remind
from tests.conftest import build_app
from tests.make.mail_server import mail_server
from tests.make.people import make_member
from tests.make.reminders import plan_all
from tests.make.sessions import make_membership, make_session, make_track
from tests.postgres import Cluster, NoPostgreSQL

REMINDERS = 10_000
MEMBERS = 200
DAY_BEFORE = datetime.fromisoformat("2027-02-12T14:00+00:00")
"""A day before the sessions of `make_session`, in the afternoon of those who are reminded."""


@contextlib.contextmanager
def served() -> Iterator[tuple[int, Any]]:
    """A mail server in a process of its own: its port, and a line on which it tells how many mails it took."""
    here, there = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv(), here
    finally:
        process.kill()
        process.join()


def _serve(there: Any) -> None:
    with mail_server() as server:
        there.send(server.port)
        while True:
            there.recv()
            there.send(len(server.received))


def make_reminders(wanted: int) -> None:
    """Leave so many reminders of sessions in the outbox, as mails that are due."""
    track = make_track()
    for _member in range(min(MEMBERS, wanted)):
        make_membership(track, make_member())
    for _session in range(-(-wanted // MEMBERS)):
        make_session(track)
    plan_all()
    remind(DAY_BEFORE)
    while address_notices(DAY_BEFORE):
        pass


def deliver_all() -> float:
    """Deliver what is due, as a worker does; return the seconds it took."""
    running, begun = clock.running_from(DAY_BEFORE + timedelta(minutes=1)), time.perf_counter()
    while deliver_due(running()):
        pass
    return time.perf_counter() - begun


def deliver_bare(port: int, mails: list[tuple[str, bytes]]) -> float:
    """Hand the same mails over with nothing but smtplib, on one connection; return the seconds it took."""
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as client:
        for recipient, content in mails:
            client.sendmail("maloca@localhost", [recipient], content)
    return time.perf_counter() - begun


def measure(address: str, folder: Path, wanted: int) -> tuple[int, float, float]:
    """Return how many mails were delivered, and the seconds it took the house and the bare loop."""
    with served() as (port, line):
        app: Flask = build_app(address, folder, mail_url=f"smtp://127.0.0.1:{port}", pseudo_language=False)
        with app.app_context():
            make_reminders(wanted)
            db.session.remove()
            taken = deliver_all()
            sent = sa.select(OutboxMail.recipient, OutboxMail.rendered).where(OutboxMail.state == MailState.SENT)
            mails = [(recipient, rendered or b"") for recipient, rendered in db.session.execute(sent)]
            db.session.remove()
            db.engine.dispose()
        bare = deliver_bare(port, mails)
        line.send(None)
        if line.recv() != 2 * len(mails) or len(mails) < wanted:
            raise RuntimeError(f"{len(mails)} of {wanted} mails were sent")
    return len(mails), taken, bare


def report(wanted: int = REMINDERS) -> None:
    """Print one line per database."""
    with tempfile.TemporaryDirectory() as folder:
        _print("SQLite", *measure(f"sqlite:///{folder}/house.sqlite3", Path(folder), wanted))
    try:
        cluster = Cluster(is_durable=True)
    except NoPostgreSQL as missing:
        print(f"Delivering reminders, PostgreSQL: not measured, {missing}")
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            _print("PostgreSQL", *measure(cluster.start(), Path(folder), wanted))
    finally:
        cluster.stop()


def _print(database: str, mails: int, taken: float, bare: float) -> None:
    print(
        f"Delivering {mails} reminders, {database}: {taken / bare:.1f} times a bare loop of smtplib"
        f" ({mails / taken:.0f} a second beside {mails / bare:.0f})",
        flush=True,
    )


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else REMINDERS)
