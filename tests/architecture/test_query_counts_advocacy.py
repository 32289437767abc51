"""The advocacy calendar of 24 spaces asks as many questions for 1,000 sessions as for 10, and so does one space."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.advocacy.models import (
    FollowedSpace,
    Occurrence,
    OccurrenceGoal,
    OccurrenceKind,
    ReviewedState,
    SpaceGoal,
    Step,
    StepCode,
)
from app.core.actors import PUBLIC
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from tests.conftest import START
from tests.make.advocacy import make_mode, make_rule, make_space
from tests.make.moments import HOUSE
from tests.make.people import make_secretary, sign_in
from tests.make.workinggroups import make_group

SPACES = 24

ADDRESSES = (
    "/advocacy/",
    "/advocacy/?goal=11",
    "/advocacy/?year=2027",
    "/advocacy/?list=deadlines",
    "/advocacy/?list=sessions",
    "/advocacy/?list=past",
    "/advocacy/spaces/",
    "/advocacy/spaces/space-0",
)


FILES = ("/advocacy/calendar.ics", "/advocacy/calendar.csv")
"""They hold every date, and read what belongs to their rows in batches of 500."""

MORE_BATCHES = 4


@pytest.fixture
def spaces(client, now):
    sign_in(client, make_secretary())
    group = make_group()
    made = [make_space(f"Space {number}", slug=f"space-{number}") for number in range(SPACES)]
    for space in made:
        space.goals = [SpaceGoal(goal=11)]
        make_mode(space)
        make_rule(space)
        db.session.add(FollowedSpace(group_id=group.id, space_id=space.id, since=START))
    db.session.flush()
    return made


def fill(spaces, first: int, last: int) -> None:
    """Add sessions, half of them over, each with a goal, a State and a deadline."""
    rows = []
    for number in range(first, last):
        space = spaces[number % SPACES]
        day = START.date() + timedelta(days=(number % 350 + 1) * (1 if number // SPACES % 2 else -1))
        occurrence = Occurrence(space_id=space.id, kind=OccurrenceKind.SESSION, number=number + 1, created_at=START)
        occurrence.certainty, occurrence.source = Certainty.VERIFIED, "example.org"
        occurrence.moment = _moment("occurrence", day, Status.CONFIRMED)
        occurrence.goals = [OccurrenceGoal(goal=11)]
        occurrence.states = [ReviewedState(country="LB", certainty=Certainty.VERIFIED)]
        step = Step(occurrence=occurrence, code=StepCode.PARALLEL_REPORT, created_at=START, source="")
        step.certainty, step.moment = Certainty.ESTIMATED, _moment("step", day, Status.PLANNED)
        rows += [occurrence, step]
    db.session.add_all(rows)
    db.session.flush()


def _moment(kind: str, day: date, status: Status):
    return create_moment(
        HOUSE,
        subject_kind=kind,
        subject_id=uuid4(),
        audience=PUBLIC,
        timing=Timing.days(day, zone="Europe/Zurich"),
        status=status,
        certainty=Certainty.VERIFIED,
        now=START,
    )


def test_pages_of_advocacy_ask_as_many_questions_for_1000_sessions_as_for_few(client, spaces, count_queries):
    def counts() -> dict[str, int]:
        asked = {}
        for path in ADDRESSES + FILES:
            client.get(path)  # what is worked out once per process is not counted
            with count_queries() as statements:
                assert client.get(path).status_code == 200, path
            asked[path] = len(statements)
        return asked

    fill(spaces, 0, 48)
    few = counts()
    fill(spaces, 48, 1000)
    many = counts()
    assert {path: many[path] for path in ADDRESSES} == {path: few[path] for path in ADDRESSES}
    assert all(many[path] - few[path] <= MORE_BATCHES for path in FILES), many
    assert max(few.values()) < 60, few
