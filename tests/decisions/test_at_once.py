"""What two do in the same instant: on a database of its own, where commits are real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.decisions import jobs, services
from app.decisions.models import Decision, GivenVoice, Proxy, Stage, Stand
from app.decisions.services import Speaking
from app.decisions.services.proxies import HoldsEnough
from app.decisions.services.settling import ClosedAlready
from app.decisions.services.speaking import AlreadySpoken
from app.extensions import db
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.make.decisions import Circle, make_circle, open_decision
from tests.people.test_races import at_once, refusals

AT = VOICES_FROM + timedelta(hours=1)


@pytest.fixture
def held(own_app):
    """Ids of a decision open for voices, and actors, made and committed."""
    with own_app.app_context():
        circle: Circle = make_circle(3)
        decision, _now = open_decision(circle)
        found = {
            "decision": decision.id,
            "organisations": [one.id for one in circle.organisations],
            "lead": circle.lead(AT),
            "speakers": [circle.speaker(number, AT) for number in range(3)],
            "circle": circle,
        }
        db.session.commit()
        yield found


def work(held: dict[str, Any], act: Callable[[Decision], Any]) -> Callable[[], Any]:
    def run() -> Any:
        act(db.session.get_one(Decision, held["decision"]))
        return True

    return run


def how_many(model: Any, *where: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def test_two_coordinators_close_one_decision_once(own_app, held):
    def close(decision: Decision) -> None:
        services.close_window(held["lead"], decision, now=CLOSED_AT)

    with own_app.app_context():
        decision = db.session.get_one(Decision, held["decision"])
        for number in (0, 1):
            speak_for(held, decision, number)
        db.session.commit()
    answers = at_once(own_app, *[work(held, close)] * 4)
    assert [type(answer) for answer in answers if answer is not True] == [ClosedAlready] * 3
    with own_app.app_context():
        decision = db.session.get_one(Decision, held["decision"])
        assert (decision.stage, decision.settled_by) == (Stage.ADOPTED, held["lead"].person_id)


def speak_for(held: dict[str, Any], decision: Decision, number: int, **said: Any) -> GivenVoice:
    speaking = Speaking(held["organisations"][number], said.get("stand", Stand.CONSENT), 1)
    return services.give_voice(held["speakers"][number], decision, speaking, now=said.get("now", AT))


def test_one_organisation_speaking_twice_at_once_has_one_voice(own_app, held):
    answers = at_once(own_app, *[work(held, lambda decision: speak_for(held, decision, 0))] * 4)
    assert refusals(answers) == 3
    assert {type(answer) for answer in answers if answer is not True} == {AlreadySpoken}
    with own_app.app_context():
        assert how_many(GivenVoice) == 1


def test_two_voices_given_to_one_organisation_at_once_leave_one(own_app, held):
    def give(giver: int) -> Callable[[Decision], Any]:
        ids = held["organisations"]
        return lambda decision: services.give_proxy(
            held["speakers"][giver], decision, giver_id=ids[giver], holder_id=ids[2], now=AT
        )

    answers = at_once(own_app, work(held, give(0)), work(held, give(1)))
    assert [type(answer) for answer in answers if answer is not True] == [HoldsEnough]
    with own_app.app_context():
        assert how_many(Proxy, Proxy.revoked_at.is_(None)) == 1


def test_a_voice_in_the_instant_of_closing_is_either_counted_or_late(own_app, held):
    def close(decision: Decision) -> None:
        services.close_window(held["lead"], decision, now=CLOSED_AT)

    at_once(
        own_app,
        work(held, close),
        work(held, lambda decision: speak_for(held, decision, 0, now=CLOSED_AT)),
    )
    with own_app.app_context():
        decision = db.session.get_one(Decision, held["decision"])
        voice = db.session.scalars(sa.select(GivenVoice)).one()
        assert voice.is_late == (decision.window.spoken == 0)


def test_the_house_and_a_coordinator_close_once(own_app, held):
    def close(decision: Decision) -> None:
        services.close_window(held["lead"], decision, now=CLOSED_AT)

    at_once(own_app, work(held, close), lambda: jobs.close_ended(CLOSED_AT))
    with own_app.app_context():
        decision = db.session.get_one(Decision, held["decision"])
        assert (decision.stage, len(decision.windows)) == (Stage.NO_QUORUM, 3)
