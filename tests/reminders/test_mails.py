"""What the mails of reminders say, as they leave."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.advocacy.models import StepCode
from app.core import mails, outbox
from app.core.notices import Notice
from app.core.outbox import OutboxMail
from app.core.registries import contacts, still_wanted
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.timing import Timing
from app.people.models import Person
from app.reminders.jobs import remind
from app.sessions.models import AttendanceIntention, LanguageMode, SessionLanguage
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.engagements import make_engagement
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import plan_all, told
from tests.make.sessions import make_membership, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_place

BEGINS = datetime(2027, 2, 13, 14, tzinfo=UTC)


@pytest.fixture
def aissatou(app: Flask) -> Person:
    return make_member("Aïssatou Example", zone="Africa/Dakar", preferred_language="en")


@pytest.fixture
def read_at(app: Flask) -> Callable[[datetime], tuple[str, str]]:
    """Let the worker work at an instant, and return subject and text of the last mail."""

    def read(now: datetime, kind: str = "reminders.%") -> tuple[str, str]:
        with time_machine.travel(now, tick=False):
            remind(now)
            db.session.commit()
            outbox.address_notices(now)
            db.session.execute(db.update(Notice).values(leaves_at=now, together=""))  # whatever the reader's rhythm
            db.session.commit()
            outbox.address_notices(now)
            outbox.deliver_due(now)
        written = db.select(OutboxMail).where(OutboxMail.rendered.is_not(None), OutboxMail.kind.like(kind))
        newest = written.order_by(OutboxMail.created_at.desc())
        [mail] = db.session.scalars(newest.limit(1))
        message = email.message_from_bytes(mail.rendered, policy=email.policy.default)
        return message["Subject"], message.get_content().replace("\r\n", "\n")

    return read


def test_a_session_says_when_it_is_here_in_which_languages_and_where_the_way_in_stands(aissatou, read_at):
    track = make_track("Right to land")
    make_membership(track, aissatou)
    session = make_session(track, "Who measures the heat?", join_link="https://meet.example.org/secret")
    session.languages = [
        SessionLanguage(language="fr", mode=LanguageMode.SPOKEN, position=0),
        SessionLanguage(language="en", mode=LanguageMode.SPOKEN, position=1),
        SessionLanguage(language="ar", mode=LanguageMode.INTERPRETED, position=2),
    ]
    plan_all()
    subject, text = read_at(BEGINS - timedelta(days=1))
    assert subject == "Tomorrow 14:00 in Dakar: Who measures the heat?"
    assert "Right to land meets: “Who measures the heat?”." in text
    assert "Saturday 13 February 2027, 14:00–16:00 in Dakar (17:00 in Nairobi, 14:00 UTC)" in text
    assert "Spoken: French and English.\nInterpreted into: Arabic." in text
    assert f"The way in stands on its page now: http://127.0.0.1:8000/sessions/{session.id}" in text
    assert "secret" not in text


def test_a_week_before_the_subject_says_the_day_and_an_hour_before_today(aissatou, read_at):
    session = make_session(name="Who measures the heat?", status=Status.PLANNED)
    make_membership(session.track, aissatou)
    plan_all()
    subject, text = read_at(BEGINS - timedelta(days=7))
    assert subject == "Saturday 13 February, 14:00 in Dakar: Who measures the heat?"
    assert "This date is planned and not confirmed yet." in text
    assert "The way in stands on its page, from 24 hours before: " in text
    subject, text = read_at(BEGINS - timedelta(hours=1))
    assert subject == "In 1 hour, 14:00 in Dakar: Who measures the heat?"
    assert "The way in" not in text, "nobody wrote a link down"
    assert "Everything about it: http" in text


def test_shortly_before_it_is_said_that_one_comes_and_that_the_way_in_is_there(aissatou, read_at):
    session = make_session(name="Who measures the heat?", join_link="https://meet.example.org/secret")
    make_membership(session.track, aissatou)
    plan_all()
    at = BEGINS - timedelta(hours=2)
    said = {"comes": True, "for_start": session.moment.starts_at, "said_at": at}
    db.session.add(AttendanceIntention(gathering_id=session.id, person_id=aissatou.id, **said))
    _subject, text = read_at(BEGINS - timedelta(hours=1))
    assert "You said that you come.\nI cannot come: http" in text
    assert "I come: http" not in text
    assert f"The way in stands on its page now: http://127.0.0.1:8000/sessions/{session.id}" in text
    assert "secret" not in text


def deadline(person: Person, **said) -> None:
    space = make_space("Committee on the Elimination of Discrimination against Women", acronym="CEDAW")
    occurrence = make_occurrence(space, date(2027, 10, 9), number=96)
    step = make_step(occurrence, date(2027, 9, 11), StepCode.PARALLEL_REPORT, **said)
    group = make_group("Housing group")
    make_coordinator(group, person)
    make_engagement(space, group, step=step, occurrence=occurrence, made_by=person.id)
    plan_all()


def test_what_is_only_expected_is_never_called_a_deadline(aissatou, read_at):
    deadline(aissatou)
    subject, text = read_at(datetime(2027, 6, 20, 12, tzinfo=UTC))
    assert subject == "Expected around Saturday 11 September 2027: Parallel reports, CEDAW: Session 96"
    assert "is expected to close around this time" in text
    assert "It may come earlier or later" in text
    assert "deadline" not in (subject + text).lower()


def test_what_nobody_confirmed_says_so(aissatou, read_at):
    deadline(aissatou, certainty=Certainty.TYPICAL)
    subject, text = read_at(datetime(2027, 6, 20, 12, tzinfo=UTC))
    assert subject.startswith("Not confirmed, Saturday 11 September 2027: ")
    assert "nobody has confirmed it" in text


def test_what_closes_says_its_hour_here_and_the_way_to_take_care(aissatou, read_at):
    timing = hours("2027-09-11 23:59", None, "Europe/Zurich")
    deadline(aissatou, certainty=Certainty.VERIFIED, timing=timing)
    subject, text = read_at(datetime(2027, 9, 10, 20, tzinfo=UTC), "reminders.deadline")
    assert subject == "Closes tomorrow 21:59 in Dakar: Parallel reports, CEDAW: Session 96"
    assert "Saturday 11 September 2027, 21:59 in Dakar (23:59 in Zurich, 21:59 UTC)" in text
    assert "Your group Housing group is preparing something for it." in text
    assert "Do you take care of it? Say so on its page" in text


def test_a_day_without_hour_says_so(aissatou, read_at):
    deadline(aissatou, certainty=Certainty.VERIFIED)
    subject, text = read_at(datetime(2027, 9, 9, 20, tzinfo=UTC), "reminders.deadline")
    assert subject == "Closes Saturday 11 September 2027: Parallel reports, CEDAW: Session 96"
    assert "The hour is not stated: be done on the day before." in text


def test_a_task_says_its_words_and_by_when(aissatou, read_at):
    group = make_group("Housing group")
    make_place(group, aissatou)
    task = make_task(group, "Measure the heat", owner=aissatou, by=Timing.days(date(2027, 3, 12)))
    plan_all()
    subject, text = read_at(datetime(2027, 3, 11, 12, tzinfo=UTC))
    assert subject == "Due Friday 12 March 2027: a task of Housing group"
    assert "Measure the heat" in text
    [notice] = told("reminders.task", aissatou)
    due = mails.write("reminders.task", notice.parameters, contacts([aissatou.id])[aissatou.id])
    assert due is not None
    assert due.date == task.moment.until, "on its last day it is still on top of a digest"
    subject, text = read_at(datetime(2027, 3, 13, 12, tzinfo=UTC))
    assert subject == "Was due Friday 12 March 2027: a task of Housing group"
    assert "Say there that it is done, choose another day, or hand it back" in text


def test_a_mail_does_not_leave_for_a_date_that_moved_away_nor_to_somebody_who_left(app, aissatou, now):
    session = make_session()
    place = make_membership(session.track, aissatou)
    plan_all()
    at = BEGINS - timedelta(days=7)
    remind(at)
    [notice] = told()
    assert still_wanted(notice.kind, notice, at)
    place.left_at = at
    assert not still_wanted(notice.kind, notice, at)
    place.left_at = None
    session.moment.starts_at += timedelta(hours=1)
    assert not still_wanted(notice.kind, notice, at)
