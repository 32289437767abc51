"""What others organise is reminded of in the group that wrote it down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask

from app.core.actors import NETWORK
from app.core.registries import actor_at, still_wanted
from app.events.models import Event, EventSource
from app.events.services import cancel_event, change_event, remove_event, write_event
from app.events.services.writing import Planned
from app.extensions import db
from app.people.models import Person
from app.reminders.jobs import remind
from app.reminders.kinds import DAY, HOUR, Kind, Scope, Whom
from app.reminders.policy import Place
from app.reminders.queries import list_coming
from app.reminders.services import Chosen, choose_plan
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.make.acts import words_of_notice
from tests.make.events import make_event
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import plan_all, planned, told
from tests.make.workinggroups import make_coordinator, make_group, make_place

BEGINS = datetime(2026, 12, 5, 12, tzinfo=UTC)
"""15:00 in Nairobi."""


def cast() -> tuple[WorkingGroup, Person, Person]:
    group, mona = make_group("Land group"), make_member("Mona Example", preferred_language="en")
    fatou = make_member("Fatou Exemple", zone="Africa/Dakar", preferred_language="en")
    make_coordinator(group, mona)
    make_place(group, fatou)
    make_member("Njeri Example")
    return group, mona, fatou


def forum(day: int = 5) -> Planned:
    timing = hours(f"2026-12-{day:02} 15:00", f"2026-12-{day:02} 17:00")
    return Planned(
        title="A forum of others", language="en", timing=timing, readers=NETWORK, organiser="Example Tenants"
    )


def write(group: WorkingGroup, mona: Person) -> Event:
    event = write_event(actor_at(mona.id, START), group, forum(), now=START)
    db.session.commit()
    return event


def test_whoever_belongs_to_the_group_is_reminded_of_it_as_of_a_meeting(app: Flask):
    group, mona, fatou = cast()
    event = write(group, mona)
    remind(START)
    assert [minutes for minutes, _at in planned(event.moment)] == [-7 * DAY, -DAY, -HOUR]
    at = BEGINS - timedelta(days=1)
    remind(at)
    assert {notice.person_id for notice in told("reminders.event")} == {mona.id, fatou.id}
    [notice] = told("reminders.event", fatou)
    assert still_wanted(notice.kind, notice, at)
    words = words_of_notice("reminders.event", fatou)
    assert words.subject.endswith("12:00 in Dakar: A forum of others")
    assert "Example Tenants" in words.text
    assert f"/events/{event.id}" in words.text


def test_it_moves_is_called_off_and_is_removed_with_its_reminders(app: Flask):
    group, mona, _fatou = cast()
    event, actor = write(group, mona), actor_at(mona.id, START)
    change_event(actor, event, forum(12), now=START)
    remind(START)
    assert planned(event.moment)[0] == (-7 * DAY, BEGINS)
    cancel_event(actor, event, reason="No hall", now=START)
    remind(START)
    assert planned(event.moment) == []
    remove_event(actor, event, now=START)
    db.session.commit()
    remind(BEGINS)
    assert told() == []


def test_what_came_with_a_calendar_or_belongs_to_no_group_reminds_nobody(app: Flask):
    group, _mona, _fatou = cast()
    brought = make_event(group=group, source=EventSource.CALENDAR, origin="a@example.org")
    lone = make_event()
    plan_all()
    assert (planned(brought.moment), planned(lone.moment)) == ([], [])


def test_the_plan_of_the_groups_meetings_holds_and_shows_what_is_sent_next(app: Flask):
    group, mona, _fatou = cast()
    event, actor = write(group, mona), actor_at(mona.id, START)
    remind(START)
    chosen = Chosen(frozenset({-2 * DAY}), frozenset({Whom.COORDINATORS}))
    choose_plan(actor, Place(Scope.GROUP, group), Kind.MEETING, chosen, now=START)
    db.session.commit()
    remind(START)
    assert [minutes for minutes, _at in planned(event.moment)] == [-2 * DAY]
    [coming] = list_coming(actor, Kind.MEETING, group.id, now=START, most=4)
    assert coming.card.title == "A forum of others"
    remind(BEGINS - timedelta(days=2))
    assert [notice.person_id for notice in told("reminders.event")] == [mona.id]
