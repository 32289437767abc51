"""Who is reminded of what: one table of kinds of dates and of whom a plan names, and exactly these persons.

The town of these tests:

* Jo leads a track; Amina and Sami take part in it. It has a session, a time in which it takes people, and two things
  that its session agreed on: one that an organisation takes on, one that nobody does.
* Nadia has run a group longest, and Mona runs it with her; Fatou and Sami belong to it. It has a meeting, a forum of
  others that it wrote down, a task that Fatou has for an organisation, a task that nobody has, and a day of review.
* A body has a session and three deadlines. Mona planned what her group prepares for each of them; Dele goes to the
  session. Rosa has run longest, with Awa, a group that follows the body; Ines belongs to it.
* Sami and Otto speak for the organisation. Otto belongs to no track and to no group: what only these see, he does not.
* Olga runs a group that is closed, which had as much of its own, prepared the same and followed the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.advocacy.models import FollowedSpace, Occurrence, StepCode
from app.advocacy.services.dates import Dated, move_occurrence
from app.core.actors import job
from app.core.notices import Notice
from app.core.registries import actor_at, still_wanted
from app.extensions import db
from app.moments.models import Certainty, Moment, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from app.people.models import Person, Role
from app.reminders.jobs import remind
from app.reminders.kinds import DAY, OFFERED, Kind, Scope, Whom
from app.reminders.models import OwnPlan, OwnRule
from app.reminders.things.bodies import codes_of
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupState, WorkingGroup
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.decisions import Circle, make_decision
from tests.make.engagements import make_delegate, make_engagement, make_signatory
from tests.make.events import make_event
from tests.make.outcomes import make_outcome
from tests.make.people import make_member, make_organisation, make_role, make_secretary
from tests.make.reminders import plan_all, planned, told
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place

Told = dict[str, str]
OURS = "Fatou Mona Nadia Sami"
"""Everybody in the group."""

TABLE: dict[tuple[Kind, Whom], Told] = {
    (Kind.SESSION, Whom.PARTICIPANTS): {"session": "Amina Jo Sami"},
    (Kind.SESSION, Whom.FACILITATORS): {"session": "Jo"},
    (Kind.JOINING, Whom.FACILITATORS): {"window": "Jo"},
    (Kind.MEETING, Whom.GROUP): {"meeting": OURS, "forum": OURS},
    (Kind.MEETING, Whom.COORDINATORS): {"meeting": "Mona Nadia", "forum": "Mona Nadia"},
    (Kind.TASK, Whom.RESPONSIBLE): {
        "task": "Fatou", "task of nobody": "Mona Nadia", "agreed": "Sami", "agreed by nobody": "Jo",
    },
    (Kind.TASK, Whom.COORDINATORS): {
        "task": "Mona Nadia", "task of nobody": "Mona Nadia", "agreed": "Jo", "agreed by nobody": "Jo",
    },
    (Kind.TASK, Whom.ORGANISATION): {"task": "Sami", "agreed": "Sami"},
    (Kind.REVIEW, Whom.COORDINATORS): {"review": "Mona Nadia"},
    (Kind.REVIEW, Whom.GROUP): {"review": OURS},
    (Kind.OCCURRENCE, Whom.RESPONSIBLE): {"session of the body": "Dele Mona"},
    (Kind.OCCURRENCE, Whom.FOLLOWERS): {"session of the body": "Rosa"},
    (Kind.OCCURRENCE, Whom.COORDINATORS): {"session of the body": "Awa Mona Nadia Rosa"},
    (Kind.OCCURRENCE, Whom.ORGANISATION): {"session of the body": "Otto Sami"},
} | {
    (kind, whom): {name: who}
    for kind, name in ((Kind.TEXT, "report"), (Kind.EVENT, "side event"), (Kind.REGISTRATION, "registration"))
    for whom, who in (
        (Whom.RESPONSIBLE, "Mona"),
        (Whom.FOLLOWERS, "Rosa"),
        (Whom.COORDINATORS, "Awa Mona Nadia Rosa"),
        (Whom.GROUP, OURS),
        (Whom.ORGANISATION, "Otto Sami"),
    )
}  # fmt: skip
"""By a plan that names these alone: of which things there is a reminder, and whom it reaches."""

ON = date(2027, 2, 13)
BY = Timing.days(ON)


@dataclass
class Town:
    people: dict[str, Person] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        """Somebody, made where they are first named."""
        return self.people.get(name) or self.people.setdefault(name, make_member(name))

    def told(self, notices: list[Notice]) -> Told:
        """Who was told of what."""
        things = {str(moment.id): name for name, moment in self.moments.items()}
        names = {person.id: name for name, person in self.people.items()}
        found: dict[str, set[str]] = {}
        for notice in notices:
            found.setdefault(things[notice.parameters["moment"]], set()).add(names[notice.person_id])
        return {thing: " ".join(sorted(who)) for thing, who in found.items()}


@pytest.fixture
def town(app: Flask) -> Town:
    town, organisation = Town(), make_organisation()
    for name in ("Otto", "Sami"):
        make_role(town[name], Role.MANDATED, organisation.id)
    ours, theirs, closed = make_group("Ours"), make_group("Theirs"), make_group("Closed")
    running = ((ours, "Nadia"), (ours, "Mona"), (theirs, "Rosa"), (theirs, "Awa"), (closed, "Olga"))
    for months, (group, name) in enumerate(running):
        make_coordinator(group, town[name], appointed_at=START - timedelta(days=900 - 30 * months))
    for group, name in ((ours, "Fatou"), (ours, "Sami"), (theirs, "Ines")):
        make_place(group, town[name])
    _add_track(town, organisation)
    _add_group(town, ours, "Mona", "", organisation_id=organisation.id)
    _add_group(town, closed, "Olga", "closed ", organisation_id=organisation.id)
    _add_body(town, ours, theirs, closed, organisation)
    closed.state = GroupState.CLOSED
    return town


def _add_track(town: Town, organisation) -> None:
    track = make_track()
    make_facilitator(track, town["Jo"])
    for name in ("Amina", "Sami"):
        make_membership(track, town[name])
    session = make_session(track)
    window = Timing.minutes(datetime(2026, 11, 1, 9), datetime(2027, 2, 13, 17), "Africa/Nairobi", may_be_long=True)
    town.moments |= {
        "session": session.moment,
        "window": _moment("intake", track.id, track.audience, window),
        "agreed": make_outcome(session, by=BY, organisation_id=organisation.id).moment,
        "agreed by nobody": make_outcome(session, by=BY).moment,
    }


def _add_group(town: Town, group: WorkingGroup, runs: str, which: str, *, organisation_id) -> None:
    has_it = town["Fatou" if runs == "Mona" else runs]
    decision = make_decision(Circle(group, town[runs]))
    decision.review = _moment("decision", decision.id, group_key(group.id), BY)
    town.moments |= {
        f"{which}forum": make_event(group=group).moment,
        f"{which}task": make_task(group, owner=has_it, organisation_id=organisation_id, by=BY).moment,
        f"{which}task of nobody": make_task(group, by=BY).moment,
        f"{which}review": decision.review,
    }
    if not which:
        town.moments["meeting"] = make_meeting(group).moment


def _add_body(town: Town, ours: WorkingGroup, theirs: WorkingGroup, closed: WorkingGroup, organisation) -> None:
    space = make_space()
    occurrence = make_occurrence(space)
    town.moments["session of the body"] = occurrence.moment
    plans = [(make_engagement(space, ours, made_by=town["Mona"].id, occurrence=occurrence))]
    make_delegate(plans[0], town["Dele"])
    for name, code in (
        ("report", StepCode.PARALLEL_REPORT),
        ("side event", StepCode.SIDE_EVENT_APPLICATION),
        ("registration", StepCode.REGISTRATION),
    ):
        step = make_step(occurrence, ON, code, certainty=Certainty.VERIFIED)
        town.moments[name] = step.moment
        plans.append(make_engagement(space, ours, made_by=town["Mona"].id, occurrence=occurrence, step=step))
        make_engagement(space, closed, made_by=town["Olga"].id, occurrence=occurrence, step=step)
    for plan in plans:
        make_signatory(plan, organisation)
    for group in (theirs, closed):
        db.session.add(FollowedSpace(group_id=group.id, space_id=space.id, since=START))


def _moment(kind: str, subject_id, audience: str, timing: Timing) -> Moment:
    return create_moment(
        job("test"),
        subject_kind=kind,
        subject_id=subject_id,
        audience=audience,
        timing=timing,
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=START,
    )


def plan_alone(kind: Kind, whom: Whom) -> None:
    """The house reminds of one kind alone, a week before, and these persons alone."""
    for other in Kind:
        plan = OwnPlan(scope=Scope.HOUSE, kind=other, changed_at=START)
        if other is kind:
            plan.rules = [OwnRule(minutes=-7 * DAY, to_whom=[whom.value], can_wait=True)]
        db.session.add(plan)
    plan_all()


def test_the_table_has_whatever_a_plan_can_be_made_of():
    assert set(TABLE) == {(kind, whom) for kind, offered in OFFERED.items() for whom in offered.whom}


@pytest.mark.parametrize(("kind", "whom"), TABLE, ids=[f"{kind} {whom}" for kind, whom in TABLE])
def test_of_each_kind_those_are_told_whom_its_plan_names_and_nobody_else(town: Town, kind: Kind, whom: Whom):
    plan_alone(kind, whom)
    for at in sorted({at for moment in town.moments.values() for _minutes, at in planned(moment)}):
        remind(at)
    notices = told()
    assert town.told(notices) == TABLE[kind, whom]
    assert len(notices) == sum(len(who.split()) for who in TABLE[kind, whom].values()), "each of them once"
    assert all(still_wanted(notice.kind, notice, notice.created_at) for notice in notices)


def test_each_deadline_has_the_plan_of_what_is_to_be_done_by_it():
    of_events = {"side_event_application", "parallel_event_application", "event_application"}
    of_registration = {
        "registration",
        "reviewer_registration",
        "admission_application",
        "nomination",
        "oral_statement_request",
        "other_deadline",
    }
    of_texts = {
        "written_submission",
        "parallel_report",
        "list_of_issues",
        "call_for_input",
        "written_statement",
        "position_paper",
        "status_report",
    }
    assert set(codes_of(Kind.EVENT)) == of_events
    assert set(codes_of(Kind.REGISTRATION)) == of_registration
    assert set(codes_of(Kind.TEXT)) == of_texts


def test_a_session_of_a_body_that_moves_is_told_to_whoever_runs_a_group_signs_or_goes_there(town: Town, now):
    occurrence = db.session.scalars(db.select(Occurrence)).unique().one()
    dated = Dated(Timing.days(date(2027, 4, 5), date(2027, 4, 16), "Europe/Zurich"), source="ohchr.org")
    move_occurrence(actor_at(make_secretary().id, now), occurrence, dated, reason="No money", now=now)
    notices = told("reminders.date_changed")
    assert town.told(notices) == {"session of the body": "Awa Dele Mona Nadia Otto Rosa Sami"}
    assert all(still_wanted(notice.kind, notice, now) for notice in notices)
