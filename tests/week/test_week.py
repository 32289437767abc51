"""The week itself takes minutes (`make week`); here its first days with few people, and that it would say what is
wrong."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.week.faults import Left, Told, faults_of

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""In Nairobi."""

NIGHT = NOON + timedelta(hours=11)
"""23:00 in Nairobi."""

FINE = Left(NOON, uuid4(), "Africa/Nairobi", "test.hello", (Told("a", NOON + timedelta(days=3)),))


def test_three_days_of_a_network_go_by_and_nothing_happens_that_must_not(database_kind):
    given = ["--database", database_kind, "--people", "90", "--days", "3", "--tick", "30", "--of", "7"]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.week", *given], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-4000:]
    assert "What must not be: 0." in ended.stdout


def test_a_mail_by_day_is_as_it_should_be():
    assert faults_of([FINE, replace(FINE, person_id=uuid4())]) == []


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (replace(FINE, at=NIGHT), "in quiet hours"),
        (replace(FINE, told=(Told("a", expires_at=NOON),)), "of what was over"),
        (replace(FINE, told=(Told("a"), Told("a"))), "2 times to one person"),
    ],
)
def test_one_that_is_not_is_named(mail: Left, words: str):
    [fault] = faults_of([mail])
    assert words in fault


def test_two_digests_on_one_day_are_one_too_many():
    first = replace(FINE, is_digest=True)
    [fault] = faults_of([first, replace(first, at=NOON + timedelta(hours=2), told=(Told("b"),))])
    assert fault == "2 digests to one person on 2026-11-24"
    assert faults_of([first, replace(first, at=NOON + timedelta(days=1), told=(Told("b"),))]) == []


def test_what_cannot_wait_for_the_morning_leaves_in_the_night_and_so_does_what_its_reader_asked_for():
    near = replace(FINE, at=NIGHT, told=(Told("a", NIGHT + timedelta(hours=2)),))
    asked_for = replace(FINE, at=NIGHT, person_id=uuid4(), is_optional=False)
    assert faults_of([near, asked_for]) == []
