"""What changes when people have to be reminded: each of these leaves a mark in the transaction of the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.advocacy import events as advocacy
from app.advocacy.models import Occurrence, Step
from app.core.actors import Actor
from app.events.events import event_changed
from app.events.models import EVENT, Event
from app.extensions import db
from app.moments.events import moment_changed, moment_created
from app.moments.models import Moment, MomentChange
from app.outcomes import events as outcomes
from app.outcomes.models import Outcome
from app.reminders.services.handing_back import let_go_of
from app.reminders.services.planning import mark
from app.reminders.telling_changes import tell_of_occurrence, tell_of_step
from app.reminders.telling_clocks import tell_clocks_changed
from app.reminders.telling_moved import tell_moved
from app.reminders.things import SUBJECTS
from app.sessions import events as sessions
from app.sessions.models import LearningSession, Track
from app.tasks import events as tasks
from app.tasks.models import Task
from app.workinggroups import events as workinggroups
from app.workinggroups.models import GroupCoordinator


def on_moment(moment: Moment, *, now: datetime, **_more: Any) -> None:
    """A date was given, moved, confirmed, called off, planned again."""
    if moment.subject_kind in SUBJECTS:
        mark([moment.id], now=now)


def on_step(step: Step, *, now: datetime, **_more: Any) -> None:
    """A deadline is done, or was taken up again."""
    mark([step.moment_id], now=now)


def on_deadlines(occurrence: Occurrence, *, now: datetime, **_more: Any) -> None:
    """Steps of a session were made, moved, called off or opened again; so was what follows its seat."""
    mark(db.session.scalars(sa.select(Step.moment_id).where(Step.occurrence_id == occurrence.id)), now=now)


def on_task(task: Task, *, now: datetime, **_more: Any) -> None:
    """A task is done, dropped, or to be done again."""
    if task.moment is not None:
        mark([task.moment.id], now=now)


def on_outcome(outcome: Outcome, *, now: datetime, **_more: Any) -> None:
    """What a session agreed on is done, or open again."""
    if outcome.moment is not None:
        mark([outcome.moment.id], now=now)


def on_event(event: Event, *, now: datetime, **_more: Any) -> None:
    """What others organise was written down for a group, moved, called off, withdrawn."""
    if event.group_id is not None and not event.is_imported:
        mark([event.moment.id], now=now)


def on_track(track: Track, *, now: datetime, **_more: Any) -> None:
    """A track was published, or is a draft again: nobody is reminded of what is not announced."""
    mark(db.session.scalars(sa.select(LearningSession.moment_id).where(LearningSession.track_id == track.id)), now=now)


def on_occurrence(occurrence: Occurrence, *, change: MomentChange, actor: Actor, now: datetime, **_more: Any) -> None:
    """A session of a body moved, was put off, called off, confirmed or planned again; its deadlines stand or wait with
    it, whether or not they move along."""
    on_deadlines(occurrence, now=now)
    tell_of_occurrence(actor, occurrence, change, now=now)


def on_step_date(step: Step, *, change: MomentChange | None, actor: Actor, now: datetime, **_more: Any) -> None:
    """A deadline was confirmed, got another date, or does not apply any more."""
    if change is not None:
        tell_of_step(actor, step, change, now=now)


def on_clocks(moment: Moment, *, change: MomentChange, now: datetime, **_more: Any) -> None:
    """New zone data moved an hour; other changes are told by whoever made them."""
    if "zone_data" not in change.new or moment.subject_kind not in (*SUBJECTS, EVENT):
        return
    tell_clocks_changed(moment, change, now=now)
    if moment.subject_kind == EVENT:
        mark([moment.id], now=now)


def on_moved(moment: Moment, *, change: MomentChange, actor: Actor, now: datetime, **_more: Any) -> None:
    """A date that people were reminded of is another one."""
    tell_moved(actor, moment, change, now=now)


def on_coordinator_ended(row: GroupCoordinator, *, now: datetime, **_more: Any) -> None:
    """Who does not run a group any more takes care of nothing for it."""
    let_go_of(row.person_id, row.group_id, now=now)


def register() -> None:
    moment_created.connect(on_moment)
    moment_changed.connect(on_moment)
    moment_changed.connect(on_clocks)
    moment_changed.connect(on_moved)
    advocacy.occurrence_moved.connect(on_occurrence)
    advocacy.occurrence_cancelled.connect(on_occurrence)
    advocacy.step_confirmed.connect(on_step_date)
    advocacy.step_moved.connect(on_step_date)
    advocacy.step_dropped.connect(on_step_date)
    advocacy.step_done.connect(on_step)
    advocacy.deadlines_changed.connect(on_deadlines)
    workinggroups.coordinator_ended.connect(on_coordinator_ended)
    outcomes.outcome_closed.connect(on_outcome)
    outcomes.outcome_reopened.connect(on_outcome)
    tasks.task_state_changed.connect(on_task)
    event_changed.connect(on_event)
    sessions.track_published.connect(on_track)
    sessions.track_unpublished.connect(on_track)
