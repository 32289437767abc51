"""A house that comes back from a backup sends nothing again that left after it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine

from app.core import jobs, outbox
from app.core.heartbeat import beat
from app.core.notices import Notice, tell
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.reminders import plan_all
from tests.make.sessions import make_membership, make_session, make_track

BEGINS = datetime(2027, 2, 13, 14, tzinfo=UTC)
WENT_DOWN = BEGINS - timedelta(hours=22)
CAME_BACK = BEGINS - timedelta(hours=20)


@pytest.fixture
def say(app):
    def said(*options):
        db.session.commit()
        with time_machine.travel(CAME_BACK, tick=False):
            return app.test_cli_runner().invoke(args=["mails", "presume-sent", *options])

    return said


def tick(app, now):
    db.session.rollback()  # this session holds no lock
    for _round in range(2):  # what one job tells, another one sends
        for job in jobs.registered():
            if job.name != "calendars.read_due":
                jobs.run(app, job, now=now)


def states():
    return db.session.scalars(sa.select(OutboxMail.state).order_by(OutboxMail.created_at, OutboxMail.id)).all()


def unpresumed():
    return [state for state in states() if state is not MailState.PRESUMED_SENT]


def test_what_waited_is_presumed_sent_and_stands_in_the_log(app, amina, say):
    told_at = WENT_DOWN - timedelta(hours=12)
    tell(amina.id, "test.soon", "mail", {"n": 7}, now=told_at)
    outbox.address_notices(told_at)
    last_sign = WENT_DOWN.replace(hour=5, minute=30)  # half an hour before the mail of the morning, in Cairo
    beat(uuid4(), version="x", now=last_sign)
    tell(amina.id, "test.said", "notice", {"n": 8}, now=last_sign)
    assert say("--until", "2027-02-12T16:00").exit_code == 0
    tick(app, CAME_BACK + timedelta(days=3))
    assert set(states()) == {MailState.PRESUMED_SENT}
    secretary = Reader(sign_in(app.test_client(), make_secretary()))
    secretary.open("/mails/log?state=presumed_sent")
    assert "Send again" in secretary.text


def test_what_is_due_after_it_went_down_is_sent(app, amina, say):
    tell(amina.id, "test.soon", "mail", {"n": 7}, now=WENT_DOWN - timedelta(hours=5), not_before=CAME_BACK)
    assert say("--until", "2027-02-12T17:00+01:00").exit_code == 0
    tick(app, CAME_BACK + timedelta(minutes=1))
    assert states() == [MailState.SENT]


def test_reminders_that_left_after_the_backup_are_not_told_again_and_later_ones_are(app, say):
    person = make_member("Aïssatou Example", zone="Africa/Dakar")
    track = make_track()
    make_membership(track, person)
    make_session(track)
    plan_all(BEGINS - timedelta(days=5))
    beat(uuid4(), version="x", now=BEGINS - timedelta(hours=25))
    assert say("--until", "2027-02-12T16:00").exit_code == 0  # the reminder of a day before left two hours ago
    tick(app, CAME_BACK)
    assert unpresumed() == []
    kinds = db.session.scalars(sa.select(Notice.kind).where(Notice.kind.like("reminders.%"))).all()
    assert len(kinds) == 1
    tick(app, BEGINS - timedelta(minutes=59))
    assert unpresumed() == [MailState.SENT]


def test_twice_is_once(amina, say):
    tell(amina.id, "test.soon", "mail", {"n": 7}, now=WENT_DOWN - timedelta(hours=5))
    assert "Presumed sent: 1." in say("--until", "2027-02-12T16:00").output
    assert "Presumed sent: 0." in say("--until", "2027-02-12T16:00").output


@pytest.mark.parametrize("until", ["yesterday", "2027-02-13T10:00", "2027-02-12T20:00-05:00"])
def test_what_is_no_time_or_still_to_come_is_refused(app, say, until):
    ended = say("--until", until)
    assert ended.exit_code == 2
    assert "--until" in ended.output


def test_a_worker_that_runs_must_be_stopped_first(app, say):
    beat(uuid4(), version="x", now=CAME_BACK - timedelta(minutes=1))
    ended = say("--until", "2027-02-12T16:00")
    assert ended.exit_code == 1
    assert "stop it" in ended.output
