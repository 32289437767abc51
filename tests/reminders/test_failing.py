"""One broken row keeps nobody waiting: it is tried again a little later, and the others go before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.jobs import TRY_AGAIN
from app.datepolls import telling as datepolls_telling
from app.datepolls.jobs import remind_silent
from app.extensions import db
from app.reminders import services, telling
from app.reminders.jobs import look_again, remind
from app.reminders.models import Care
from app.reminders.services import caring, sending
from tests.make.datepolls import make_asked_group, make_date_poll
from tests.make.moments import hours
from tests.make.reminders import plan_all, told
from tests.make.workinggroups import make_meeting
from tests.reminders.conftest import CLOSES, Cast

FIRST = CLOSES - timedelta(days=30)


@pytest.fixture
def broken(monkeypatch):
    """Break one function of a module for as long as the answer is used."""

    def breaks(module: object, name: str):
        def fail(*_things: object, **_more: object) -> None:
            raise ValueError("broken")

        whole = getattr(module, name)
        monkeypatch.setattr(module, name, fail)
        return lambda: monkeypatch.setattr(module, name, whole)

    return breaks


def test_a_reminder_that_fails_lets_others_go_before_it_and_is_sent_once_it_can(cast: Cast, broken):
    mend = broken(telling, "tell")
    assert remind(FIRST) == 0
    assert services.list_due(FIRST) == []
    assert remind(FIRST + timedelta(seconds=20)) == 0
    look_again(FIRST + timedelta(seconds=30))
    mend()
    assert remind(FIRST + TRY_AGAIN) == 1
    assert [notice.person_id for notice in told("reminders.deadline")] == [cast.first.id]


def test_a_row_that_always_fails_does_not_stop_what_is_due_after_it(cast: Cast, monkeypatch):
    meeting = make_meeting(cast.group, timing=hours("2027-01-03 20:30", "2027-01-03 22:00"))
    plan_all()
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 1)
    whole = telling.tell

    def only_meetings(thing, *things, **more):
        if thing.moment.id == cast.step.moment_id:
            raise ValueError("broken")
        return whole(thing, *things, **more)

    monkeypatch.setattr(telling, "tell", only_meetings)
    later = FIRST + timedelta(minutes=30)
    assert [remind(later) for _time in range(3)] == [1, 0, 1], "what was overtaken, the broken one, the meeting"
    assert {notice.parameters["moment"] for notice in told()} == {str(meeting.moment_id)}


def test_a_deadline_that_cannot_be_passed_on_is_tried_a_little_later(cast: Cast, broken):
    remind(FIRST)
    at = CLOSES - timedelta(days=2)
    mend = broken(telling, "tell_unanswered")
    remind(at)
    [care] = db.session.scalars(db.select(Care))
    assert (care.escalates_at, care.escalated_at) == (at + TRY_AGAIN, None)
    assert caring.list_unanswered(at) == []
    mend()
    remind(at + TRY_AGAIN)
    assert [notice.person_id for notice in told("reminders.unanswered")] == [cast.second.id]


def test_a_window_whose_reminder_fails_is_tried_a_little_later(app, broken):
    group = make_asked_group(1)
    poll = make_date_poll(group.owner, group.leader)
    db.session.commit()
    at = poll.remind_at
    mend = broken(datepolls_telling, "tell_closing")
    assert remind_silent(at) == 0
    assert poll.remind_at == at + TRY_AGAIN
    assert remind_silent(at) == 0
    mend()
    assert [remind_silent(at + TRY_AGAIN), remind_silent(at + TRY_AGAIN)] == [1, 0]
