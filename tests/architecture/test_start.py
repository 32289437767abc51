"""`make run` as a stranger meets it: what stands in the way is one line; what works is quick."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(instance: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"MALOCA_INSTANCE": str(instance), "PORT": str(free_port()), "PYTHONDONTWRITEBYTECODE": "1"} | more


def start(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.start"], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60
    )


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 1
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Maloca cannot start: ")
    return lines[0]


def test_a_taken_port_is_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port} cannot be used" in one_line(start(environment(tmp_path, PORT=str(port))))


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_one_line(tmp_path, port):
    assert "PORT" in one_line(start(environment(tmp_path, PORT=port)))


def test_an_unreachable_database_is_one_line_without_its_password(tmp_path):
    address = f"postgresql://maloca:hidden-word@127.0.0.1:{free_port()}/maloca"
    line = one_line(start(environment(tmp_path, DATABASE_URL=address)))
    assert "database cannot be reached" in line
    assert "hidden-word" not in line


@pytest.mark.parametrize("address", ["not an address", "mysql://root@localhost/x", "sqlite://", "postgresql:/x"])
def test_an_address_that_is_no_database_is_one_line(tmp_path, address):
    assert "DATABASE_URL" in one_line(start(environment(tmp_path, DATABASE_URL=address)))


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert "cannot be written" in one_line(start(environment(tmp_path / "file" / "instance")))


def test_a_database_of_a_newer_version_is_one_line(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'maloca.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('29991231_tomorrow')"))
    engine.dispose()
    assert "newer version" in one_line(start(environment(tmp_path)))


@contextlib.contextmanager
def running(given: dict[str, str]):
    process = subprocess.Popen(
        [sys.executable, "-m", "app.start"],
        cwd=ROOT,
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        printed = []
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line)
            if " is open at " in line:
                break
        yield process, "".join(printed)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def get(port: str, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read()


def wait_for(is_so: Callable[[], bool], within: float = 60) -> None:
    until = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.1)


def ask_for_new_password(port: str, email: str) -> None:
    address = f"http://127.0.0.1:{port}/reset"
    with requests.Session() as browser:
        browser.trust_env = False
        page = BeautifulSoup(browser.get(address, timeout=10).text, "html.parser")
        form = next(form for form in page.select("form") if form.select("[name=email]"))
        hidden = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden][value]")}
        sent = browser.post(address, data=hidden | {"email": email}, timeout=10, allow_redirects=False)
    assert sent.status_code == 303


def written_to(mails: Path, email: str) -> int:
    return sum(f"\r\nTo: {email}\r\n".encode() in b"\r\n" + file.read_bytes() for file in mails.glob("*.eml"))


def it_works_by_itself(port: str, mails: Path) -> None:
    """A worker is there, and does what pages leave to it: who asks for a new password gets a mail."""
    asking = "secretariat@example.org"
    wait_for(lambda: b"\nworker seen " in get(port, "/readyz"))
    before = written_to(mails, asking)
    ask_for_new_password(port, asking)
    wait_for(lambda: written_to(mails, asking) > before)


def count_persons(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM person").fetchone()[0]


def test_an_empty_folder_becomes_a_house_that_works_by_itself_and_a_second_start_adds_nobody(tmp_path):
    given = environment(tmp_path / "instance", MALOCA_EXAMPLE_PASSWORD="an example only")
    database = tmp_path / "instance" / "maloca.sqlite3"
    with running(given) as (first, printed):
        assert "secretariat@example.org" in printed
        assert "an example only" in printed
        assert get(given["PORT"], "/readyz").splitlines()[0] == b"ready"
        assert b"example" in get(given["PORT"], "/tracks/").lower()
        it_works_by_itself(given["PORT"], tmp_path / "instance" / "mails")
    assert first.returncode == 0
    persons = count_persons(database)
    assert persons > 81
    begun = time.monotonic()
    with running(given) as (_second, printed):
        elapsed = time.monotonic() - begun
        assert "an example only" in printed  # an example house says again how to enter it
        assert get(given["PORT"], "/healthz") == b"ok\n"
    assert count_persons(database) == persons
    print(f"second start: {elapsed:.1f} s")


def test_four_upgrades_at_once_on_an_empty_folder_make_one_database(tmp_path):
    given = environment(tmp_path) | {"FLASK_APP": "wsgi"}
    processes = [
        subprocess.Popen([sys.executable, "-m", "flask", "db", "upgrade"], cwd=ROOT, env=given, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    results = [(process.communicate(timeout=90)[1], process.returncode) for process in processes]
    assert [code for _, code in results] == [0, 0, 0, 0], results


def test_a_worker_refuses_a_database_that_was_not_upgraded(tmp_path):
    given = environment(tmp_path) | {"FLASK_APP": "wsgi"}
    result = subprocess.run(
        [sys.executable, "-m", "flask", "worker"], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 1
    assert "flask db upgrade" in result.stderr
