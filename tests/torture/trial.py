"""One trial: a house, writers and workers, and what is done to them until enough was done; then a calm end, in which
everything that is under way must come to one."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from pathlib import Path

from tests.postgres import Cluster
from tests.torture.house import House, build_house
from tests.torture.mail_server import MailServer, mail_server
from tests.torture.points import POINTS, RARE, Doom
from tests.torture.processes import work, write
from tests.torture.reckoning import Reckoning, left, reckon

WRITERS = 4
MOST_WAITING = 150
"""Writers rest while so many mails wait: what tortures the workers is not their load."""
PAUSE = 0.1
"""Seconds between two notices of a writer."""
PAUSED_FOR = 2.4
"""Seconds; a lease is over after two."""
CALM_WITHIN = 90.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What is done to a house: at least so many mails, SIGKILLs at any moment and at points, SIGSTOPs past the lease,
    and databases stopped at once; `smtp` is how often the mail server misbehaves, of all its chances,
    and `misbehaved` how many times it must have been."""

    name: str
    mails: int = 0
    kills: int = 0
    points: int = 0
    stops: int = 0
    databases: int = 0
    smtp: float = 0.0
    misbehaved: int = 0
    workers: int = 3
    within: float = 90.0
    """Seconds after which no more is done, however little it was."""


@dataclass
class Done:
    kills: int = 0
    points: int = 0
    stops: int = 0
    databases: int = 0
    smtp: int = 0

    def __str__(self) -> str:
        said = ((self.kills, "kill"), (self.points, "at points"), (self.stops, "stop"), (self.databases, "database"),
                (self.smtp, "smtp"))  # fmt: skip
        return ", ".join(f"{times} {what}" for times, what in said if times) or "none"


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


@dataclass
class Conductor:
    """Does to the workers of a house what its trial says."""

    trial: Trial
    house: House
    server: MailServer
    cluster: Cluster | None
    lot: random.Random
    workers: list[Worker] = field(default_factory=list)
    done: Done = field(default_factory=Done)
    dooms: int = 0
    stopped: int = 0
    """At any moment; those at points stand in their log."""
    next_at: float = 0.0
    next_database_at: float = 0.0

    def torture(self) -> None:
        """Do it all, while notices are written, until it is enough or takes too long."""
        until = time.monotonic() + self.trial.within
        self.next_database_at = time.monotonic() + 2
        self.server.share.value = self.trial.smtp
        self.house.may_write.set()
        self.house.has_room.set()
        writers = [self.house.fork(write, number, PAUSE) for number in range(WRITERS)]
        while not self.is_enough() and time.monotonic() < until:
            self._keep_workers(is_doomed=True)
            self._strike()
            self._hold_writers_back()
            time.sleep(0.02)
        self.house.may_write.clear()
        self.house.has_room.set()
        while any(process.is_alive() for process in writers):  # a worker that stands still may hold what they wait for
            self._keep_workers(is_doomed=False)
            time.sleep(0.02)

    def calm_down(self) -> bool:
        """Let everything come to its end with workers that nobody harms any more; False when it does not."""
        self.server.share.value = 0.0
        for worker in self.workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.process.join()
        self.workers.clear()
        until = time.monotonic() + CALM_WITHIN
        while time.monotonic() < until:
            self._keep_workers(is_doomed=False)
            time.sleep(0.2)
            state = self.house.ask(left)
            if state.is_nothing:
                break
            if not (state.unaddressed or state.due or state.held) and state.next_at is not None:
                self.house.clock.jump(state.next_at)
        for worker in self.workers:
            worker.process.terminate()
            worker.process.join(timeout=30)
        return bool(self.house.ask(left).is_nothing)

    def is_enough(self) -> bool:
        trial, done = self.trial, self.done
        return (
            self.house.written.value >= trial.mails
            and done.kills >= trial.kills
            and done.points >= trial.points
            and done.stops >= trial.stops
            and done.databases >= trial.databases
            and self.server.faults.value >= trial.misbehaved
        )

    def _keep_workers(self, *, is_doomed: bool) -> None:
        """Start workers for those that died, and let those go on that stood still for longer than their lease."""
        for worker in list(self.workers):
            if not worker.process.is_alive():
                worker.process.join()
                self.workers.remove(worker)
            elif worker.stopped_at and time.monotonic() - worker.stopped_at > PAUSED_FOR:
                worker.stopped_at = 0.0
                os.kill(worker.pid, signal.SIGCONT)
            elif not worker.stopped_at and worker.is_stopped():
                worker.stopped_at = time.monotonic()
        struck = [line.split(" ")[0] for line in self.house.lines("points.log")]
        self.done.points, at_points = struck.count("SIGKILL"), struck.count("SIGSTOP")
        self.done.stops = self.stopped + at_points
        while len(self.workers) < self.trial.workers:
            doom = self._next_doom() if is_doomed else None
            self.workers.append(Worker(self.house.fork(work, doom), doom))

    def _next_doom(self) -> Doom | None:
        """Return the next point at which a worker is to die or to stand still; all points take turns."""
        ways = [signal.SIGKILL] * (self.done.points < self.trial.points)
        ways += [signal.SIGSTOP] * (self.done.stops < self.trial.stops)
        if not ways:
            return None
        point = POINTS[self.dooms % len(POINTS)]
        self.dooms += 1
        times = 1 if point in RARE else self.lot.randint(1, 12)
        return Doom(point, self.lot.choice(ways), times, self.house.folder / "points.log")

    def _strike(self) -> None:
        """Kill or stop a worker at any moment, and the database now and then."""
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + self.lot.uniform(0.1, 0.7)
        walking = [worker for worker in self.workers if not worker.stopped_at]
        ways = [signal.SIGKILL] * (self.done.kills < self.trial.kills)
        ways += [signal.SIGSTOP] * (self.done.stops < self.trial.stops)
        if walking and ways:
            worker, way = self.lot.choice(walking), self.lot.choice(ways)
            os.kill(worker.pid, way)
            self.done.kills += way is signal.SIGKILL
            self.stopped += way is signal.SIGSTOP
        if self.done.databases < self.trial.databases and time.monotonic() > self.next_database_at:
            assert self.cluster is not None
            self.cluster.crash()
            time.sleep(self.lot.uniform(0.1, 1))
            self.cluster.run()
            self.done.databases += 1
            self.next_database_at = time.monotonic() + self.lot.uniform(3, 6)

    def _hold_writers_back(self) -> None:
        waiting = self.house.written.value - len(self.house.lines("taken.log"))
        (self.house.has_room.set if waiting < MOST_WAITING else self.house.has_room.clear)()


@dataclass(frozen=True, slots=True)
class Result:
    trial: Trial
    database: str
    done: Done
    found: Reckoning
    seconds: float
    is_at_rest: bool
    is_enough: bool

    @property
    def is_good(self) -> bool:
        return self.found.is_clean and self.is_at_rest and self.is_enough


def run(trial: Trial, address: str, folder: Path, cluster: Cluster | None, seed: int) -> Result:
    """Torture one house and reckon."""
    begun = time.monotonic()
    with mail_server(folder, seed) as server:
        house = build_house(address, folder, server.port)
        conductor = Conductor(trial, house, server, cluster, random.Random(seed))
        try:
            conductor.torture()
            is_enough, is_at_rest = conductor.is_enough(), conductor.calm_down()
            conductor.done.smtp = server.faults.value
            found = reckon(house)
        finally:
            house.end()
    database = "PostgreSQL" if cluster is not None else "SQLite"
    return Result(trial, database, conductor.done, found, time.monotonic() - begun, is_at_rest, is_enough)
