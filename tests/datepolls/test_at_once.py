"""What happens in the same instant: on a database of its own, where commits are real."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.datepolls import services
from app.datepolls.models import DatePoll, DatePollAnswer
from app.datepolls.services import AlreadyChosen
from app.extensions import db
from app.sessions.services import Plan
from app.workinggroups.models import GroupMeeting
from tests.conftest import START
from tests.make.datepolls import NO, YES, make_asked_group, make_date_poll, said_of
from tests.people.test_races import at_once


@pytest.fixture
def held(own_app):
    """The id of a date poll, who leads and who answers; made and committed."""
    with own_app.app_context():
        group = make_asked_group(1)
        poll = make_date_poll(group.owner, group.leader)
        found = {"poll": poll.id, "leader": group.lead(), "actor": group.actor(0)}
        db.session.commit()
        yield found


def poll_of(held: dict[str, Any]) -> DatePoll:
    return db.session.get_one(DatePoll, held["poll"])


def test_two_who_choose_at_once_plan_one_meeting(own_app, held):
    def choose(place: int) -> Any:
        poll = poll_of(held)
        services.choose(held["leader"], poll, poll.options[place], names={"en": "x"}, plan=Plan(), now=START)
        return True

    answers = at_once(own_app, *[lambda place=place: choose(place) for place in (0, 1, 2, 0)])
    assert sorted(isinstance(one, AlreadyChosen) for one in answers) == [False, True, True, True]
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(GroupMeeting)) == 1
        assert poll_of(held).gathering_id is not None


def test_two_answers_of_one_person_at_once_are_one_row_for_each_hour(own_app, held):
    def answer(says: Any) -> Any:
        poll = poll_of(held)
        services.answer(held["actor"], poll, said_of(poll, says, says, says), now=START)
        return True

    assert at_once(own_app, *[lambda says=says: answer(says) for says in (YES, NO, YES, NO)]) == [True] * 4
    with own_app.app_context():
        rows = db.session.scalars(sa.select(DatePollAnswer.says)).all()
        assert (len(rows), len(set(rows))) == (3, 1)
