"""What happens in the same instant: on a database of its own, where commits are real."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.polls import jobs, queries, services
from app.polls.models import Poll, PollAnswer, PollChoice, Shows
from app.polls.services import Given
from app.polls.services.locking import PollOver
from tests.make.polls import make_poll, make_round
from tests.people.test_races import at_once
from tests.polls.conftest import LAST_SECOND, TOO_LATE


@pytest.fixture
def held(own_app):
    """Ids of an open poll that shows counts alone, and an actor who answers; made and committed."""
    with own_app.app_context():
        round_ = make_round(2)
        poll = make_poll(round_.group, round_.people[0], shows=Shows.COUNTS)
        found = {"poll": poll.id, "options": [one.id for one in poll.options], "actor": round_.actor(0, LAST_SECOND)}
        db.session.commit()
        yield found


def answer(held: dict[str, Any], place: int) -> Callable[[], Any]:
    def run() -> Any:
        poll = db.session.get_one(Poll, held["poll"])
        services.answer(held["actor"], poll, Given(frozenset({held["options"][place]})), now=LAST_SECOND)
        return True

    return run


def how_many(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_two_answers_of_one_person_at_once_are_one_voice(own_app, held):
    answers = at_once(own_app, *[answer(held, place) for place in (0, 1, 2, 1)])
    assert answers == [True] * 4
    with own_app.app_context():
        assert (how_many(PollAnswer), how_many(PollChoice)) == (1, 1)


def test_an_answer_in_the_instant_of_closing_is_counted_or_refused(own_app, held):
    [said, _closed, _again] = at_once(
        own_app, answer(held, 0), lambda: jobs.close_ended(TOO_LATE), lambda: jobs.close_ended(TOO_LATE)
    )
    with own_app.app_context():
        poll = db.session.get_one(Poll, held["poll"])
        result = queries.results_of(held["actor"], poll, TOO_LATE)
        assert (result.total.persons, how_many(PollAnswer)) == (int(said is True), 0)
        assert said is True or isinstance(said, PollOver)
