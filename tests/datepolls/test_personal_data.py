"""A person's traces in date polls: handed out, joined to one voice, taken away."""

from __future__ import annotations

from datetime import timedelta

from app.core import registries
from app.datepolls import queries, services
from app.sessions.services import Plan
from tests.conftest import START
from tests.make.datepolls import IF_NEED, NO, YES, say
from tests.make.people import make_person

LATER = START + timedelta(days=30)


def test_what_somebody_asked_and_answered_is_handed_out(group, poll):
    say(group.actor(0), poll, YES, NO, IF_NEED)
    found = registries.export_person(group.people[0].id)["datepolls"]
    assert [(row["hour"], row["zone"], row["says"]) for row in found["answers"]] == [
        ("2026-12-05T17:00:00", "Africa/Nairobi", "yes"),
        ("2026-12-06T17:00:00", "Africa/Nairobi", "no"),
        ("2026-12-07T09:00:00", "Africa/Nairobi", "if_need"),
    ]
    assert found["date_polls"] == []
    services.choose(group.lead(), poll, poll.options[0], names={"en": "x"}, plan=Plan(), now=START)
    [led] = registries.export_person(group.leader.id)["datepolls"]["date_polls"]
    assert (led["titles"], led["started_at"]) == ({"en": "A first meeting"}, START.isoformat())
    assert led["chosen_at"] == START.isoformat()


def test_two_rows_of_one_person_have_one_voice(group, poll):
    say(group.actor(0), poll, YES, YES, YES)
    say(group.actor(1), poll, NO, NO, NO)
    registries.merge_person(group.people[0].id, group.people[1].id, START)
    assert queries.count_answered([poll]) == {poll.id: 1}
    kept = make_person()
    registries.merge_person(kept.id, group.people[0].id, START)
    assert set(queries.said_by(poll, kept.id).values()) == {YES}


def test_what_somebody_said_goes_with_them_and_what_they_asked_stays_without_them(group, poll):
    say(group.actor(0), poll, YES, YES, YES)
    registries.erase_person(group.people[0].id, LATER)
    registries.erase_person(group.leader.id, LATER)
    assert queries.count_answered([poll])[poll.id] == 0
    assert poll.started_by is None
