"""Alive and ready, and what is amiss behind the pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import heartbeat, schema
from app.core.heartbeat import WorkerHeartbeat
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from tests.conftest import START

SEEN = "worker seen 0 seconds ago"


def make_due_mail(**overrides) -> OutboxMail:
    values = {
        "dedupe_key": str(uuid4()),
        "kind": "people.invited",
        "recipient": "gone@example.org",
        "language": "en",
        "not_before": START,
        "state": MailState.PENDING,
        "message_id": f"<{uuid4()}@maloca>",
        "created_at": START,
    } | overrides
    mail = OutboxMail(**values)
    db.session.add(mail)
    db.session.commit()
    return mail


@pytest.fixture
def worker(app, now):
    worker = uuid4()
    heartbeat.beat(worker, version=schema.head(), now=now)
    db.session.commit()
    return worker


def ready(client) -> list[str]:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return answer.text.splitlines()


def test_a_migrated_house_with_a_worker_is_alive_and_ready(client, now, worker):
    assert client.get("/healthz").status_code == 200
    assert ready(client) == ["ready", SEEN]


def test_a_house_is_ready_without_a_worker_and_says_so(client, now):
    assert ready(client) == ["ready", "no worker seen yet"]


def test_a_worker_that_is_gone_is_missed_after_minutes(client, clock, worker):
    clock.shift(timedelta(minutes=4))
    assert ready(client) == ["ready", "worker seen 240 seconds ago"]
    clock.shift(timedelta(minutes=8))
    assert ready(client) == ["ready", "no worker seen for 12 minutes"]


def test_mails_that_wait_for_long_are_told(client, clock, worker):
    make_due_mail()
    assert ready(client) == ["ready", SEEN]
    clock.shift(timedelta(minutes=20))
    heartbeat.beat(worker, version=schema.head(), now=START + timedelta(minutes=20))
    db.session.commit()
    assert ready(client) == ["ready", SEEN, "1 mails wait, the first for 20 minutes"]


def test_a_worker_is_one_row_and_forgotten_after_a_week(app, now, worker):
    heartbeat.beat(worker, version=schema.head(), now=now + timedelta(seconds=20))
    [row] = db.session.scalars(sa.select(WorkerHeartbeat)).all()
    assert (row.started_at, row.seen_at) == (now, now + timedelta(seconds=20))
    heartbeat.beat(uuid4(), version=schema.head(), now=now + timedelta(days=8))
    assert worker not in db.session.scalars(sa.select(WorkerHeartbeat.worker)).all()


def test_metrics_tell_of_mails_and_workers(client, clock, worker):
    make_due_mail()
    make_due_mail(state=MailState.PRESUMED_SENT)
    clock.shift(timedelta(seconds=90))
    figures = client.get("/metrics").text
    for line in (
        'maloca_outbox_mails{state="pending"} 1.0',
        'maloca_outbox_mails{state="presumed_sent"} 1.0',
        "maloca_outbox_due_seconds 90.0",
        "maloca_worker_seen_seconds 90.0",
        "maloca_workers 1.0",
        "maloca_suppressed_addresses 0.0",
    ):
        assert line in figures
