"""New rules of clocks: told once, in time, and not again by "your hour changes"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.actors import job
from app.core.notices import Notice
from app.core.registries import still_wanted
from app.extensions import db
from app.moments.zone_data import recompute
from app.people.models import Person
from app.sessions import jobs, telling
from app.sessions.models import Gathering
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import told
from tests.make.sessions import make_membership, make_session, make_track
from tests.make.workinggroups import make_group, make_meeting, make_place

HOUSE = job("moments.recompute")
NEW_RULES = datetime(2027, 3, 29, 9, tzinfo=UTC)


@pytest.fixture
def away(app: Flask) -> Person:
    """On Lord Howe, whose clocks go back by half an hour on 4 April."""
    return make_member("Away Example", zone="Australia/Lord_Howe")


def series(kind: str, person: Person, *days: datetime, was_later: timedelta = timedelta(hours=1)) -> list[Gathering]:
    """Gatherings in Zurich, of which those from 28 March on stand at the hours of a year without summer time."""
    group, track = make_group("Tenure group"), make_track("Land rights")
    make_place(group, person)
    make_membership(track, person)
    rows: list[Gathering] = []
    for day in days:
        if kind == "meeting":
            timing = hours(f"{day:%Y-%m-%d} 18:00", f"{day:%Y-%m-%d} 20:00", "Europe/Zurich")
            rows.append(make_meeting(group, timing=timing))
        else:
            rows.append(make_session(track, wall_start=day, zone="Europe/Zurich"))
    for row in rows:
        if row.moment.starts_at > NEW_RULES:
            row.moment.starts_at += was_later
            row.moment.until += was_later
    db.session.commit()
    return rows


BEFORE, AFTER = datetime(2027, 3, 27, 18), datetime(2027, 4, 10, 18)
"""16:00 UTC after, and 17:00 UTC as it stood before the new rules, as it was before."""


def told_of_hours() -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == telling.hours.CHANGED)))


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_who_was_told_of_new_clocks_is_not_told_of_the_hour_too(away: Person, kind: str):
    series(kind, away, BEFORE, AFTER)
    recompute(HOUSE, now=NEW_RULES, apply=True)
    db.session.commit()
    assert jobs.tell_hour_changes(datetime(2027, 4, 5, 9, tzinfo=UTC)) == 1
    assert [notice.person_id for notice in told("reminders.clocks_changed")] == [away.id]
    assert told_of_hours() == []


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_a_mail_about_the_hour_that_waits_when_the_clocks_change_does_not_leave(away: Person, kind: str):
    series(kind, away, BEFORE, AFTER)
    at = datetime(2027, 4, 5, 9, tzinfo=UTC)
    jobs.tell_hour_changes(at)
    [notice] = told_of_hours()
    assert still_wanted(notice.kind, notice, at)
    recompute(HOUSE, now=at, apply=True)
    assert not still_wanted(notice.kind, notice, at)
    assert len(told("reminders.clocks_changed")) == 1


def test_what_the_clocks_moved_from_an_hour_that_is_past_waits_for_its_new_one(away: Person):
    """By the old rules it began at 15:00 UTC, by the new ones it begins in half an hour."""
    series("session", away, AFTER, was_later=-timedelta(hours=1))
    recompute(HOUSE, now=datetime(2027, 4, 10, 15, 30, tzinfo=UTC), apply=True)
    [notice] = told("reminders.clocks_changed")
    assert notice.happens_at == datetime(2027, 4, 10, 16, tzinfo=UTC)


def test_of_many_that_moved_the_soonest_says_by_when_it_must_be_known(away: Person):
    series("session", away, *(AFTER + timedelta(days=days) for days in range(6)))
    recompute(HOUSE, now=NEW_RULES, apply=True)
    [notice] = told("reminders.clocks_changed")
    assert notice.happens_at == datetime(2027, 4, 10, 16, tzinfo=UTC)
