"""The cast of deadlines: a group that two people run and that prepares something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.advocacy.models import AdvocacySpace, Step, StepCode
from app.engagements.models import Engagement
from app.moments.models import Certainty
from app.people.models import Person
from app.workinggroups.models import WorkingGroup
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.engagements import make_engagement
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import plan_all
from tests.make.workinggroups import make_coordinator, make_group

CLOSES = datetime(2027, 2, 1, 17, tzinfo=UTC)
"""18:00 in Zurich."""

AT = CLOSES - timedelta(days=20)
"""Between two reminders."""


@dataclass
class Cast:
    space: AdvocacySpace
    step: Step
    group: WorkingGroup
    first: Person
    second: Person
    engagement: Engagement


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """A group with two coordinators prepares something for a deadline with an hour; registrations close then."""
    space = make_space()
    step = make_step(
        make_occurrence(space),
        CLOSES.date(),
        StepCode.REGISTRATION,
        timing=hours("2027-02-01 18:00", None, "Europe/Zurich"),
        certainty=Certainty.VERIFIED,
    )
    group = make_group("Housing group")
    first, second = make_member("Huda Example", zone="Africa/Cairo"), make_member("Njeri Example")
    make_coordinator(group, first)
    make_coordinator(group, second, appointed_at=datetime(2026, 11, 1, tzinfo=UTC))
    engagement = make_engagement(space, group, made_by=first.id, step=step, occurrence=step.occurrence)
    plan_all()
    return Cast(space, step, group, first, second, engagement)
