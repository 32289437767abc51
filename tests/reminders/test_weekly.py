"""Who reads a mail a week is reminded while there is time left: not on the very day, by a mail that says a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.core import outbox
from app.core.outbox import OutboxMail
from app.extensions import db
from app.mailings.models import MailRhythm, Pace
from app.people.models import Person
from app.reminders.jobs import remind
from tests.make.people import make_member
from tests.make.reminders import plan_all
from tests.make.sessions import make_membership, make_session

BEGINS = datetime(2027, 2, 13, 14, tzinfo=UTC)
"""A Saturday, 17:00 in Nairobi."""
A_WEEK_BEFORE = BEGINS - timedelta(days=7)
SATURDAY, WEDNESDAY = 5, 2


def reader_of_the(weekday: int) -> Person:
    """Who gets one mail a week, at eight in Nairobi."""
    person = make_member(zone="Africa/Nairobi", preferred_language="en")
    hours = {"hour": 8, "weekday": weekday, "quiet_from": 21, "quiet_until": 8}
    db.session.add(MailRhythm(person_id=person.id, pace=Pace.WEEKLY, changed_at=A_WEEK_BEFORE, **hours))
    return person


@pytest.mark.parametrize(
    ("weekday", "leaves"),
    [(SATURDAY, A_WEEK_BEFORE), (WEDNESDAY, datetime(2027, 2, 10, 5, tzinfo=UTC))],
)
def test_seven_days_before_does_not_wait_for_a_mail_of_the_very_day(app: Flask, weekday: int, leaves: datetime):
    make_membership(make_session(name="Who pays?").track, reader_of_the(weekday))
    plan_all()
    for now in (A_WEEK_BEFORE, datetime(2027, 2, 10, 5, tzinfo=UTC), BEGINS - timedelta(hours=9)):
        with time_machine.travel(now, tick=False):
            remind(now)
            db.session.commit()
            outbox.address_notices(now)
            outbox.deliver_due(now)
    sent = db.session.scalars(sa.select(OutboxMail.sent_at).order_by(OutboxMail.sent_at)).all()
    assert timedelta() <= sent[0] - leaves < timedelta(minutes=1)
