"""Who is told what they are in a group: let in or refused as an observer, appointed as a coordinator, put out.

Nobody is told what they did themselves, but for one thing: whoever hands a group over gets a receipt. A refusal's
reason stands on the page of the group and in no mail.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.extensions import db
from app.people.queries import helpers_of
from app.workinggroups import events
from app.workinggroups.models import (
    GroupCoordinator,
    GroupMembership,
    ObserverRequest,
    ObserverRequestState,
    WorkingGroup,
)
from app.workinggroups.queries import find_membership

OBSERVES = "workinggroups.observer_accepted"
REFUSED = "workinggroups.observer_refused"
APPOINTED = "workinggroups.coordinator_appointed"
ENDED = "workinggroups.place_ended"
HANDED_OVER = "workinggroups.handed_over"
KINDS = (OBSERVES, REFUSED, APPOINTED, ENDED, HANDED_OVER)


Row = ObserverRequest | GroupCoordinator | GroupMembership


def _tell(kind: str, row: Row, *, actor: Actor, now: datetime) -> None:
    """Tell the person of a row, and who helps them: without e-mail they learn it through their helpers alone."""
    if row.person_id == actor.person_id:
        return
    reached = {row.person_id} | helpers_of([row.person_id])[row.person_id]
    parameters = {"group": str(row.group_id), "row": str(row.id), "about": str(row.person_id)}
    notices.tell_many(reached, kind, str(row.id), parameters, now=now)


def tell_decided(request: ObserverRequest, *, actor: Actor, now: datetime) -> None:
    _tell(OBSERVES if request.state is ObserverRequestState.ACCEPTED else REFUSED, request, actor=actor, now=now)


def tell_appointed(row: GroupCoordinator, *, actor: Actor, now: datetime) -> None:
    _tell(APPOINTED, row, actor=actor, now=now)


def tell_left(place: GroupMembership, *, actor: Actor, now: datetime) -> None:
    """Only who was put out is told: who leaves knows it."""
    _tell(ENDED, place, actor=actor, now=now)


def tell_handed_over(ended: GroupCoordinator, *, actor: Actor, now: datetime, appointed: GroupCoordinator) -> None:
    """Who takes over is told by the appointment; this is the receipt of whoever handed over."""
    parameters = {
        "group": str(ended.group_id),
        "row": str(ended.id),
        "about": str(ended.person_id),
        "to": str(appointed.person_id),
    }
    notices.tell_many({ended.person_id}, HANDED_OVER, str(ended.id), parameters, now=now)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: what it says is still so."""
    if notice.kind == HANDED_OVER:
        return True
    row_id = UUID(notice.parameters["row"])
    if notice.kind == APPOINTED:
        appointment = db.session.get(GroupCoordinator, row_id)
        return appointment is not None and appointment.ended_at is None
    group = db.session.get(WorkingGroup, UUID(notice.parameters["group"]))
    if group is None:
        return False
    is_inside = find_membership(group, UUID(notice.parameters["about"])) is not None
    return is_inside is (notice.kind == OBSERVES)


def connect() -> None:
    events.observer_decided.connect(tell_decided)
    events.coordinator_appointed.connect(tell_appointed)
    events.group_left.connect(tell_left)
    events.group_handed_over.connect(tell_handed_over)
