"""What leaves later than it was meant to: no worker was there, a server refused, somebody asked for it again."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core import outbox, registries
from app.core.clock import running_from
from app.core.notices import Notice, tell
from app.core.outbox import MailState, OutboxMail, addressing, wanting
from app.core.outbox.delivering import Run
from app.core.outbox.journal import Journal
from app.core.transport import Passing, Withdrawn
from app.extensions import db

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Twelve in Cairo."""
EVENING, NIGHT, MORNING = NOON + timedelta(hours=8, minutes=50), NOON + timedelta(hours=15), NOON + timedelta(hours=20)
"""Ten to nine, three, and eight in Cairo."""


class Way:
    """Takes mails, refuses once for each of `faults`, and does `meanwhile` before the dot."""

    def __init__(self, *faults, meanwhile=None):
        self.faults, self.meanwhile, self.taken = list(faults), meanwhile, []

    def send(self, recipient, _message_id, content, before_dot):
        if self.faults:
            raise self.faults.pop(0)
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        if not before_dot():
            raise Withdrawn
        self.taken.append((recipient, content))

    def close(self):
        pass


@pytest.fixture
def deliver(tmp_path):
    """A tick of the worker with a way out of one's own."""
    return lambda way, now: Run(way, Journal(tmp_path / "outbox"), running_from(now)).deliver_all()


def the_mail() -> OutboxMail:
    db.session.expire_all()
    return db.session.scalars(sa.select(OutboxMail)).one()


def test_what_no_worker_sent_in_the_evening_waits_for_the_morning(app, amina, deliver):
    tell(amina.id, "test.soon", "k", {"n": 1}, now=EVENING)
    addressing._give_slots(EVENING)  # and the worker is gone
    way = Way()
    for at in (NIGHT, NIGHT + timedelta(seconds=5), MORNING - timedelta(seconds=9)):
        outbox.address_notices(at)
        deliver(way, at)
    assert way.taken == []
    outbox.address_notices(MORNING)
    deliver(way, MORNING)
    assert len(way.taken) == 1


def test_a_mail_that_a_server_refused_in_the_evening_is_not_tried_in_the_night(amina, deliver):
    tell(amina.id, "test.soon", "k", {"n": 1}, now=EVENING)
    outbox.address_notices(EVENING)
    way = Way(Passing("450 4.2.2", is_server=False))
    deliver(way, EVENING)
    deliver(way, NIGHT)
    assert way.taken == []
    assert (the_mail().state, the_mail().not_before) == (MailState.PENDING, MORNING)
    deliver(way, MORNING)
    assert len(way.taken) == 1


def test_what_would_be_too_late_in_the_morning_leaves_in_the_night(amina, deliver):
    tell(amina.id, "test.soon", "k", {"n": 1}, now=EVENING, happens_at=NIGHT + timedelta(hours=1))
    outbox.address_notices(EVENING)
    way = Way(Passing("450 4.2.2", is_server=False))
    deliver(way, EVENING)
    deliver(way, NIGHT)
    assert len(way.taken) == 1


def test_a_key_to_the_door_is_tried_in_the_night(amina, deliver):
    tell(amina.id, "test.key", "k", {"n": 1}, now=EVENING)
    outbox.address_notices(EVENING)
    way = Way(Passing("450 4.2.2", is_server=False))
    deliver(way, EVENING)
    deliver(way, NIGHT)
    assert len(way.taken) == 1


def test_a_mail_of_the_night_does_not_keep_the_others_waiting(amina, deliver, monkeypatch):
    tell(amina.id, "test.soon", "k1", {"n": 1}, now=EVENING)
    outbox.address_notices(EVENING)
    tell(amina.id, "test.key", "k2", {"n": 2}, now=NIGHT)
    outbox.address_notices(NIGHT)
    monkeypatch.setattr("app.core.outbox.claiming.BATCH", 1)
    way = Way()
    deliver(way, NIGHT)
    assert len(way.taken) == 1


def test_what_joins_a_mail_that_waits_keeps_it_worth_sending(amina, deliver):
    soon = MORNING + timedelta(minutes=10)
    tell(amina.id, "test.said", "k1", {"n": 1}, now=NOON, expires_at=soon)
    outbox.address_notices(NOON)
    outbox.address_notices(MORNING)
    assert the_mail().expires_at == soon
    tell(amina.id, "test.said", "k2", {"n": 2}, now=NOON)
    notice = db.session.scalars(sa.select(Notice).where(Notice.key.contains("k2"))).one()
    notice.leaves_at, notice.together = MORNING, the_mail().dedupe_key
    db.session.commit()
    outbox.address_notices(MORNING)
    mail = the_mail()
    assert (mail.expires_at, mail.kind, mail.parameters) == (None, "digest", {})
    way = Way()
    deliver(way, soon)
    assert len(way.taken) == 1


def test_a_mail_that_loses_a_part_before_its_dot_is_written_again(amina, deliver, monkeypatch):
    for number in (1, 2):
        tell(amina.id, "test.said", f"k{number}", {"n": number}, now=NOON)
    outbox.address_notices(NOON)
    outbox.address_notices(MORNING)
    lost = set()
    monkeypatch.setitem(registries._still_wanted, "test.said", lambda notice, _now: notice.parameters["n"] not in lost)
    monkeypatch.setattr(wanting, "STANDS", timedelta(seconds=-1))  # it is asked again before each dot
    way = Way(meanwhile=lambda: lost.add(1))
    assert deliver(way, MORNING) == 2
    [(_recipient, content)] = way.taken
    assert b"Subject: About 2\r\n" in content
    assert the_mail().state is MailState.SENT
