"""The web processes of a house under torture: gunicorn, as `make run` starts it, behind doors that stay when a web
process dies: who comes meanwhile waits."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
from multiprocessing.context import ForkProcess

from app.extensions import db
from app.start import Web
from tests.torture.house import House
from tests.torture.points import Doom

HOST = "127.0.0.1"
POINTS = ("done, not committed", "committed, not answered")
LONGEST_LIFE = 6.0
"""Seconds; while they are killed, they die at random before."""


class _Web(Web):
    def __init__(self, house: House, door: int) -> None:
        self.door = door
        super().__init__(house.app, house.app.extensions["maloca"])

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("bind", f"fd://{self.door}")


def _serve(house: House, door: int, doom: Doom | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if doom is not None:
        doom.hang_at_commit(db.session, *POINTS)
    _Web(house, os.dup(door)).run()


class WebServer:
    """One web process after the other, at one address."""

    def __init__(self, house: House, lot: random.Random) -> None:
        self.house, self.lot = house, lot
        self.door = socket.create_server((HOST, 0), backlog=64)
        self.address = f"http://{HOST}:{self.door.getsockname()[1]}"
        self.process: ForkProcess | None = None
        self.dies_at = 0.0

    def keep(self, *, is_doomed: bool) -> None:
        """Start it where it does not run; doomed, it dies within a form now and then besides being killed."""
        if self.process is not None and self.process.is_alive():
            return
        doom = None
        if is_doomed:
            log = self.house.folder / "webs.log"
            doom = Doom(self.lot.choice(POINTS), signal.SIGKILL, self.lot.randint(1, 3), log, is_whole=True)
        self.process = self.house.fork(_serve, self.door.fileno(), doom)
        self.dies_at = time.monotonic() + self.lot.uniform(0.5, LONGEST_LIFE)

    @property
    def is_over(self) -> bool:
        return self.process is not None and time.monotonic() > self.dies_at

    def kill(self) -> None:
        """Kill it with all its processes, as a machine does that loses its power."""
        if self.process is not None:
            self.house.kill(self.process)

    def close(self) -> None:
        self.kill()
        self.door.close()
