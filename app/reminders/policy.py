"""Who may say when people are reminded, and who may say that they take care of a deadline. Pure: nothing is queried."""

from __future__ import annotations

from dataclasses import dataclass

from app.advocacy.models import AdvocacySpace
from app.advocacy.policy import can_keep_dates
from app.core import permissions
from app.core.actors import Actor
from app.reminders.kinds import Scope
from app.sessions.models import Track
from app.sessions.policy import can_lead_track
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import can_run


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan of reminders stands: the house, or the track, group or space it is of."""

    scope: Scope
    row: Track | WorkingGroup | AdvocacySpace | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """A group that is asked whether somebody takes care of a deadline, and whether it is its business at all."""

    group: WorkingGroup
    is_concerned: bool


def can_plan(actor: Actor, place: Place) -> bool:
    """Facilitators for their track, coordinators for their group, whoever keeps dates for a space; the secretariat for
    the house, and for all of these."""
    if place.scope is Scope.TRACK and isinstance(place.row, Track):
        return can_lead_track(actor, place.row)
    if place.scope is Scope.GROUP and isinstance(place.row, WorkingGroup):
        return can_run(actor, place.row)
    if place.scope is Scope.SPACE:
        return can_keep_dates(actor, place.row)
    return actor.is_secretariat


def can_acknowledge(actor: Actor, answering: Answering) -> bool:
    """Whoever runs a group that works towards the deadline or follows its space; the secretariat where nobody does."""
    return answering.is_concerned and can_run(actor, answering.group)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    permissions.register("reminders.plan", can_plan, "Say when and whom the house reminds of dates")
    permissions.register("reminders.acknowledge", can_acknowledge, "Say that one takes care of a deadline")
