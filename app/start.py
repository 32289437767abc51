"""`make run`: bring a house up on this machine, from nothing, with one command.

Checks what can be checked, upgrades the database, loads the programme, makes example people in an empty house, then
runs a web server and a worker as child processes until Ctrl-C. Whatever stands in the way is one line and a
non-zero exit.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from flask import Flask
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError

from app import create_app
from app.cli import NEWER, UNREACHABLE, shown_address
from app.core import catalogues, clock
from app.core.upgrade import DatabaseIsNewer, upgrade_database
from app.examples import ExampleSummary, make_examples
from app.extensions import db
from config import ROOT, Settings

HOST = "127.0.0.1"
READY_WITHIN_SECONDS = 30


class CannotStart(Exception):
    """Something stands in the way; the message is the one line to print."""


def main() -> int:
    try:
        settings = _read_settings()
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
    catalogues.compile_stale()
    try:
        app = create_app(settings)
        upgrade_database(app)
    except DatabaseIsNewer:
        raise CannotStart(NEWER) from None
    except ArgumentError:
        raise CannotStart("DATABASE_URL is not a database address (postgresql://… or sqlite:///…).") from None
    except OperationalError:
        raise CannotStart(UNREACHABLE.format(address=shown_address(settings.database))) from None
    with app.app_context():
        _say_examples(make_examples(settings, now=clock.now()))
        db.session.commit()
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
    """Run web and worker as children; when one ends or a signal comes, end both."""
    children = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | {"FLASK_APP": "wsgi"})  # noqa: S603 - our own two commands
        for command in (_web_command(settings), [sys.executable, "-m", "flask", "worker"])
    ]
    stopping = False

    def stop(*_caught: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if _answers(settings.port, children):
        sys.stdout.write(f"{app.extensions['maloca'].house_name} is open at {settings.address}  (Ctrl-C stops it)\n")
        sys.stdout.flush()
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    codes = [child.wait(timeout=60) for child in children]
    return 0 if stopping else max(1, *(abs(code) for code in codes))


def _web_command(settings: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{HOST}:{settings.port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--max-requests", "2000", "--max-requests-jitter", "200", "--no-control-socket"),
        *("--log-level", "warning", "--graceful-timeout", "20"),
    ]


def _answers(port: int, children: list[subprocess.Popen[bytes]]) -> bool:
    """Wait until the house answers; False when a child ended before."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2):
                return True
        except OSError:
            time.sleep(0.1)
    return False


if __name__ == "__main__":
    sys.exit(main())
