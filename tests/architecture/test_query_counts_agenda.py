"""The agenda asks the database as many questions for 300 dates as for 10, of every kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.extensions import db
from app.moments.timing import Timing
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.agenda import make_link
from tests.make.people import make_member, sign_in
from tests.make.sessions import make_membership, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_group, make_meeting, make_place

ADDRESSES = (
    "/agenda",
    "/agenda?mine=y",
    "/agenda/week?day=2027-02-10",
    "/agenda/month?day=2027-02-10",
    "/agenda/embed",
    "/agenda.ics",
    "/agenda.atom",
    "/agenda/secret.ics",
)


def fill(person, number: int) -> None:
    """Add so many dates of four kinds."""
    track, group, space = make_track(), make_group(), make_space()
    make_membership(track, person)
    make_place(group, person)
    occurrence = make_occurrence(space)
    for n in range(number // 4):
        make_session(track, wall_start=datetime(2027, 2, 8, 8) + timedelta(hours=n % 150))
        make_meeting(group)
        make_task(group, by=Timing.days(date(2027, 2, 8 + n % 7), zone="Africa/Nairobi"))
        make_step(occurrence, date(2027, 2, 8 + n % 7))
    db.session.commit()


@pytest.mark.usefixtures("clock")
def test_more_dates_are_not_more_questions(app, count_queries):
    person = make_member()
    make_link(person, "secret")
    fill(person, 12)

    def asked() -> dict[str, int]:
        found = {}
        for address in ADDRESSES:
            client = sign_in(app.test_client(), person)
            with count_queries() as statements:
                assert client.get(address).status_code == 200
            found[address] = len(statements)
        return found

    few = asked()
    fill(person, 300)
    many = asked()
    assert {address: many[address] for address in ADDRESSES if many[address] > few[address]} == {}
    assert max(few.values()) < 60
