"""The torture itself runs for a quarter of an hour (`make torture`); here a small part of it, so that it stays true."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOUND = 300
"""Seconds; it takes about twenty where nothing else runs."""


def test_a_few_workers_and_web_processes_die_or_stand_still_and_no_mail_or_reminder_is_lost_or_comes_twice(
    database_kind,
):
    given = ["--database", database_kind, "--trial", "all at once", "--part", "0.03"]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.torture", *given], cwd=ROOT, capture_output=True, text=True, timeout=BOUND
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search("all at once +[A-Za-z]+ +[0-9]+ +[1-9][0-9]* .* [1-9][0-9]* web", ended.stdout)
