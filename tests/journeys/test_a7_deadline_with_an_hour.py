"""A7: a deadline has an hour at the body's seat; each reads it on their own clock, and is reminded outside their quiet
hours, never after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.advocacy.models import FollowedSpace, OccurrenceKind, Step, StepCode
from app.core import outbox
from app.core.notices import Notice
from app.extensions import db
from app.moments.models import Certainty
from app.people.models import Person
from app.reminders.jobs import remind
from tests.journeys.reader import Reader
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import plan_all
from tests.make.workinggroups import make_coordinator, make_group

CLOSES = datetime(2022, 7, 8, 16, tzinfo=UTC)
"""18:00 in Zurich."""

JUNE = datetime(2022, 6, 13, 9, tzinfo=UTC)
ZONES = {
    "America/Mexico_City": "11:00",
    "Africa/Dakar": "16:00",
    "Africa/Nairobi": "19:00",
}


@pytest.fixture
def call(app: Flask) -> Step:
    """A call for input of the Special Rapporteur, of summer 2022."""
    space = make_space("Special Rapporteur on adequate housing", slug="rapporteur", acronym="SR")
    occurrence = make_occurrence(space, date(2022, 7, 8), kind=OccurrenceKind.CALL)
    timing = hours("2022-07-08 18:00", None, "Europe/Zurich", is_deadline=True)
    return make_step(occurrence, CLOSES.date(), StepCode.CALL_FOR_INPUT, timing=timing, certainty=Certainty.VERIFIED)


def follower(step: Step, zone: str) -> Person:
    """Somebody who runs a group that follows the space, and lives by the clock of a zone."""
    person, group = make_member(f"{zone} Example", zone=zone), make_group(zone, slug=zone.replace("/", "-"))
    make_coordinator(group, person)
    db.session.add(FollowedSpace(group_id=group.id, space_id=step.occurrence.space_id, since=JUNE))
    db.session.flush()
    return person


def leaves_at(person: Person, now: datetime) -> datetime | None:
    """Let the worker tick; return when what it tells a person now leaves."""
    with time_machine.travel(now, tick=False):
        remind(now)
        db.session.commit()
        outbox.address_notices(now)
    told = sa.select(Notice.leaves_at).where(Notice.person_id == person.id, Notice.created_at == now)
    return db.session.scalar(told)


def test_each_reads_the_hour_on_their_own_clock(call: Step, reader: Callable[..., Reader]) -> None:
    members = {hour: make_member(f"Member of {zone}", zone=zone) for zone, hour in ZONES.items()}
    db.session.commit()
    with time_machine.travel(JUNE, tick=False):
        for hour, person in members.items():
            member = reader(person)
            member.open(f"/advocacy/occurrences/{call.occurrence_id}")
            assert f"Friday 8 July 2022, {hour}" in member.text
            assert "18:00 in Zurich" in member.text


def test_the_plan_is_chosen_on_the_page_of_the_space_and_holds(call: Step, reader: Callable[..., Reader]) -> None:
    person = follower(call, "Africa/Dakar")
    plan_all(JUNE)
    with time_machine.travel(JUNE, tick=False):
        coordinator = reader(person)
        coordinator.open("/advocacy/spaces/rapporteur")
        coordinator.open(coordinator.page.find("a", string="When and whom we remind")["href"])
        coordinator.open("/reminders/spaces/rapporteur/text")
        coordinator.send(has="when", when=[str(-7 * 24 * 60), str(-2 * 24 * 60)], to_whom=["followers"])
        assert coordinator.status == 200, coordinator.text
        assert "7 days before, 2 days before" in coordinator.text
        assert "Friday 1 July 2022, 16:00 in Dakar" in coordinator.text
        assert "Wednesday 6 July 2022, 16:00 in Dakar" in coordinator.text
    assert leaves_at(person, CLOSES - timedelta(days=2)) == CLOSES - timedelta(days=2)


def test_in_the_night_it_waits_for_the_morning(call: Step) -> None:
    """16:00 UTC is 02:30 on Lord Howe: quiet hours end there at 08:00, which is 21:30 UTC."""
    awake, asleep = follower(call, "Africa/Nairobi"), follower(call, "Australia/Lord_Howe")
    plan_all(JUNE)
    due = CLOSES - timedelta(days=2)
    assert leaves_at(awake, due) == due
    assert leaves_at(asleep, due) == datetime(2022, 7, 6, 21, 30, tzinfo=UTC)


def test_never_after_the_deadline_itself(call: Step) -> None:
    """A worker that stood still wakes in the night of Lord Howe, some hours before it closes."""
    asleep = follower(call, "Australia/Lord_Howe")
    plan_all(JUNE)
    late = CLOSES - timedelta(hours=2)
    leaves = leaves_at(asleep, late)
    assert leaves is not None
    assert late <= leaves < CLOSES
    assert leaves_at(asleep, CLOSES) is None


def test_somebody_takes_care_with_one_click_and_the_group_is_left_in_peace(
    call: Step, reader: Callable[..., Reader]
) -> None:
    person = follower(call, "Africa/Dakar")
    plan_all(JUNE)
    with time_machine.travel(JUNE, tick=False):
        coordinator = reader(person)
        coordinator.open(f"/advocacy/occurrences/{call.occurrence_id}")
        assert "Nobody yet" in coordinator.text
        coordinator.send(action="/Africa-Dakar")
        assert "You take care of it." in coordinator.text
        assert "takes care of it since 13 June 2022" in coordinator.text
    assert leaves_at(person, CLOSES - timedelta(days=2)) is None
