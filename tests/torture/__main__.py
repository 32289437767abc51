"""`python -m tests.torture`: all trials on both databases; `--quick`: a tenth of them. Ends with 1 when a mail was
lost, came twice, was called something else than it was, or did not come to an end."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Cluster, NoPostgreSQL
from tests.torture.trial import Result, run
from tests.torture.trials import TRIALS, Trial, scaled

DATABASES = ("sqlite", "postgresql")
ROW = "{:26} {:11} {:>6} {:>9}  {:66} {:>5} {:>5} {:>5} {:>9} {:>9} {:>9} {:>7} {:>5}"


@contextmanager
def durable_cluster(databases: list[str]) -> Iterator[Cluster | None]:
    """A PostgreSQL that forces what it commits to the disk, as in earnest."""
    if "postgresql" not in databases:
        yield None
        return
    cluster = Cluster(is_durable=True)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def run_all(trials: list[Trial], databases: list[str], seed: int) -> bool:
    """Run and print; return whether all is well. The folders of trials that went wrong stay."""
    print(ROW.format("trial", "database", "mails", "reminders", "faults", "lost", "twice", "wrong", "replaced",
                     "presumed", "not taken", "failed", "s"), flush=True)  # fmt: skip
    is_good = True
    with durable_cluster(databases) as cluster:
        for database in databases:
            for number, trial in enumerate(trials):
                if trial.databases and database == "sqlite":
                    continue
                result = _run_one(trial, database, cluster, seed + number)
                is_good = is_good and result
    return is_good


def _run_one(trial: Trial, database: str, cluster: Cluster | None, seed: int) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="maloca-torture-"))
    if database == "sqlite":
        result = run(trial, f"sqlite:///{folder / 'house.sqlite3'}", folder, None, seed)
    else:
        assert cluster is not None
        result = run(trial, cluster.create_database(folder.name), folder, cluster, seed)
    _print(result)
    if result.is_good:
        shutil.rmtree(folder)
    else:
        print(f"  seed {seed}; everything it left is in {folder}", flush=True)
    return result.is_good


def _print(result: Result) -> None:
    found = result.found
    print(
        ROW.format(
            result.trial.name, result.database, found.mails, found.reminders, str(result.done), len(found.lost),
            len(found.twice), len(found.wrong), found.replaced, found.presumed, found.not_taken, found.failed,
            f"{result.seconds:.0f}",
        ),
        flush=True,
    )  # fmt: skip
    for what, which in (("lost", found.lost), ("twice", found.twice), ("wrong", found.wrong)):
        for line in which[:10]:
            print(f"  {what}: {line}")
    if not result.is_at_rest:
        print("  not everything came to an end")
    if not result.is_enough:
        print("  not everything was done in time")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--part", type=float, default=1.0, help="how much of everything, 1 being all")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    parser.add_argument("--trial", action="append", help="only trials whose name contains this")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_caught: sys.exit(143))  # so that nothing goes on without this process
    part = 0.1 if given.quick else given.part
    trials = [
        scaled(trial, part) for trial in TRIALS if not given.trial or any(word in trial.name for word in given.trial)
    ]
    try:
        return 0 if run_all(trials, given.database or list(DATABASES), given.seed) else 1
    except NoPostgreSQL as missing:
        print(missing)
        return 3


if __name__ == "__main__":
    sys.exit(main())
