"""`make run`: bring a house up on this machine, from nothing, with one command.

Checks what can be checked, upgrades the database, loads the programme, makes example people in an empty house, then
runs a web server and a worker as child processes until Ctrl-C. Whatever stands in the way is one line and a
non-zero exit.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError

from app import create_app
from app.cli import NEWER, UNREACHABLE, shown_address
from app.core import catalogues, worker
from app.core.upgrade import DatabaseIsNewer, upgrade_database
from app.examples import ExampleSummary, furnish
from app.extensions import db
from config import Settings

HOST = "127.0.0.1"
NO_ADDRESS = "DATABASE_URL is not a database address this house knows (postgresql://… or sqlite:///…)."
READY_WITHIN_SECONDS = 30


class CannotStart(Exception):
    """Something stands in the way; the message is the one line to print."""


def main() -> int:
    try:
        settings = _read_settings()
        _check_address(settings.database)
        _check_folder(settings.instance)
        _check_port(settings.port)
        app = _prepare(settings)
    except CannotStart as obstacle:
        sys.stderr.write(f"Maloca cannot start: {obstacle}\n")
        return 1
    return _serve(app, settings)


def _read_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise CannotStart(f"the setting {name} is wrong: {first['msg']}.") from None


def _check_address(address: str) -> None:
    if not address.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise CannotStart(NO_ADDRESS)


def _check_folder(folder: Path) -> None:
    probe = folder / f".write-test-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(f"the folder {folder} cannot be written ({error.strerror}). Set MALOCA_INSTANCE.") from None


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CannotStart(
                f"port {port} cannot be used ({error.strerror}). Choose another: PORT=8080 make run"
            ) from None


def _prepare(settings: Settings) -> Flask:
    try:
        app = create_app(settings)
        upgrade_database(app)
    except DatabaseIsNewer:
        raise CannotStart(NEWER) from None
    except ArgumentError:
        raise CannotStart(NO_ADDRESS) from None
    except OperationalError:
        raise CannotStart(UNREACHABLE.format(address=shown_address(settings.database))) from None
    if settings.pseudo_language:
        catalogues.write_pseudo()
    with app.app_context():
        _say_examples(furnish())
        db.session.remove()
        db.engine.dispose()
    return app


def _say_examples(summary: ExampleSummary) -> None:
    if not summary.emails:
        return
    sys.stdout.write(f"Example people, password {summary.password}\n")
    for email in summary.emails:
        sys.stdout.write(f"  {email}\n")


def _serve(app: Flask, settings: Settings) -> int:
    """Run web and worker as forks of this process, which has loaded everything already. A worker that dies is started
    again; when the web server ends or a signal comes, both end."""
    web, worker_process = _fork(_run_web, app, settings), _fork(_run_worker, app, settings)
    stopping = False

    def stop(*_caught: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if _answers(settings.port, web):
        sys.stdout.write(f"{settings.house_name} is open at {settings.address}  (Ctrl-C stops it)\n")
        sys.stdout.flush()
    while not stopping and web.is_alive():
        time.sleep(0.2)
        if not worker_process.is_alive() and not stopping:
            worker_process = _fork(_run_worker, app, settings)
    for child in (web, worker_process):
        child.terminate()
    for child in (web, worker_process):
        child.join(timeout=60)
    return 0 if stopping else 1


def _fork(target: Callable[[Flask, Settings], None], app: Flask, settings: Settings) -> ForkProcess:
    child = get_context("fork").Process(target=target, args=(app, settings))
    child.start()
    return child


def _run_worker(app: Flask, _settings: Settings) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        worker.serve(app)


def _run_web(app: Flask, settings: Settings) -> None:
    """Serve with gunicorn: one process of eight threads is plenty on one's own machine."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Web(app, settings).run()


class Web(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around an application that is already there."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"{HOST}:{self.settings.port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": 8,
            "max_requests": 2000,
            "max_requests_jitter": 200,
            "control_socket_disable": True,
            "loglevel": "warning",
            "graceful_timeout": 20,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def _answers(port: int, web: ForkProcess) -> bool:
    """Wait until the house answers; False when the web server ended before."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and web.is_alive():
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2):
                return True
        except OSError:
            time.sleep(0.05)
    return False


if __name__ == "__main__":
    sys.exit(main())
