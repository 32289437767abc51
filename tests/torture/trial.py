"""One trial: a house, its web processes and workers, and what is done to them until enough was done; then a calm end,
in which everything that is under way must come to one."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import Cluster
from tests.torture.facilitators import facilitate
from tests.torture.house import House, build_house
from tests.torture.mail_server import MailServer, mail_server
from tests.torture.points import POINTS, RARE, Doom
from tests.torture.processes import Worker, watch, work
from tests.torture.reckoning import Reckoning, left, reckon
from tests.torture.trials import Done, Trial
from tests.torture.webs import WebServer

PAUSED_FOR = 2.4
"""Seconds; a lease is over after two."""
CALM_WITHIN = 180.0


@dataclass
class Conductor:
    """Does to the web processes and workers of a house what its trial says."""

    trial: Trial
    house: House
    server: MailServer
    cluster: Cluster | None
    lot: random.Random
    webs: list[WebServer] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    done: Done = field(default_factory=Done)
    dooms: int = 0
    stopped: int = 0
    webs_struck: int = 0
    """At any moment, both; those at points stand in their logs."""
    next_at: float = 0.0
    next_database_at: float = 0.0

    def torture(self) -> None:
        """Do it all, while people write, until it is enough or takes too long."""
        until = time.monotonic() + self.trial.within
        self.next_database_at = time.monotonic() + 2
        self.server.share.value = self.trial.smtp
        self.house.may_write.set()
        self.webs = [WebServer(self.house, self.lot) for _track in self.house.tracks]
        writers = [self.house.fork(facilitate, number, web.address) for number, web in enumerate(self.webs)]
        writers.append(self.house.fork(watch))
        while not self.is_enough() and time.monotonic() < until:
            self._keep_workers(is_doomed=True)
            self._keep_webs(is_doomed=self._may_kill_webs())
            self._strike()
            time.sleep(0.02)
        self.house.may_write.clear()
        while any(process.is_alive() for process in writers):  # a worker that stands still may hold what they wait for
            self._keep_workers(is_doomed=False)
            self._keep_webs(is_doomed=False)
            time.sleep(0.02)
        for web in self.webs:
            web.close()

    def calm_down(self) -> bool:
        """Let everything come to its end with workers that nobody harms any more; False when it does not."""
        self.server.share.value = 0.0
        for worker in self.workers:
            self.house.kill(worker.process)
        self.workers.clear()
        until = time.monotonic() + CALM_WITHIN
        while time.monotonic() < until:
            self._keep_workers(is_doomed=False)
            time.sleep(0.2)
            state = self.house.ask(left)
            if state.is_nothing:
                break
            if not state.under_way and state.next_at is not None:
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
            and done.webs >= trial.webs
            and self.server.is_enough(trial.misbehaved)
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

    def _may_kill_webs(self) -> bool:
        """Not while people sign in: who has to guess a password often has to wait."""
        are_all_in = len(self.house.lines("signed_in.log")) == len(self.webs)
        return are_all_in and self.done.webs < self.trial.webs

    def _keep_webs(self, *, is_doomed: bool) -> None:
        """Kill those whose hour has come, and start others for all that died."""
        for web in self.webs:
            if is_doomed and web.is_over:
                web.kill()
                self.webs_struck += 1
            web.keep(is_doomed=is_doomed)
        self.done.webs = self.webs_struck + len(self.house.lines("webs.log"))

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
        walking = [worker for worker in self.workers if not worker.stopped_at and worker.process.is_alive()]
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
            conductor.done.smtp, conductor.done.cut = server.misbehaved, len(house.lines("cut.log"))
            found = reckon(house)
        finally:
            house.end()
    database = "PostgreSQL" if cluster is not None else "SQLite"
    return Result(trial, database, conductor.done, found, time.monotonic() - begun, is_at_rest, is_enough)
