"""Rows of working groups for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from app.core.names import set_name
from app.extensions import db
from app.moments.models import Status
from app.moments.timing import Timing
from app.people.models import Organisation, Person
from app.sessions.services import Plan, add_gathering
from app.workinggroups.keys import group_key
from app.workinggroups.models import (
    GroupBlock,
    GroupCoordinator,
    GroupExport,
    GroupInvitation,
    GroupKind,
    GroupMeeting,
    GroupMembership,
    GroupState,
    GroupText,
    ObserverRequest,
    Standing,
    WorkingGroup,
)
from tests.conftest import START
from tests.make.moments import HOUSE, hours

_numbers = count(1)


def make_group(name: str = "Example group", *, origins: tuple[Any, ...] = (), **overrides: Any) -> WorkingGroup:
    """An active interregional group that everybody knows of, open to Members and Allies; `audience="inside"` is one
    that only its own people know of."""
    values = {
        "slug": f"example-group-{next(_numbers)}",
        "kind": GroupKind.INTERREGIONAL,
        "state": GroupState.ACTIVE,
        "audience": "public",
        "eligible": ["member", "ally"],
        "created_at": START,
    } | overrides
    is_secret = values["audience"] == "inside"
    group = WorkingGroup(**values | {"origins": list(origins)})
    db.session.add(group)
    db.session.flush()
    if is_secret:
        group.audience = group_key(group.id)
    set_name("group", group.id, "en", name)
    objectives = GroupText(group_id=group.id, block=GroupBlock.OBJECTIVES, language="en", body="Coordinate and learn.")
    db.session.add(objectives)
    db.session.flush()
    return group


def make_place(
    group: WorkingGroup,
    person: Person,
    organisation: Organisation | None = None,
    *,
    standing: Standing = Standing.MEMBER,
    **overrides: Any,
) -> GroupMembership:
    values = {
        "group_id": group.id,
        "person_id": person.id,
        "organisation_id": organisation.id if organisation is not None else None,
        "standing": standing,
        "joined_at": START,
    }
    if standing is Standing.MEMBER:
        values |= {"acknowledged_at": START, "acknowledged_edition": 1}
    place = GroupMembership(**values | overrides)
    db.session.add(place)
    db.session.flush()
    return place


def make_meeting(
    group: WorkingGroup, name: str = "Example meeting", timing: Timing | None = None, **said: Any
) -> GroupMeeting:
    """A confirmed meeting of two hours in Nairobi, of which nobody is told."""
    meeting = GroupMeeting(group_id=group.id)
    return add_gathering(
        HOUSE,
        meeting,
        number_it=lambda: setattr(meeting, "number", next(_numbers)),
        audience=group_key(group.id),
        names={"en": name},
        timing=timing or hours("2027-02-13 17:00", "2027-02-13 19:00"),
        plan=Plan(**{"status": Status.CONFIRMED} | said),
        now=START,
    )


def make_coordinator(group: WorkingGroup, person: Person, **overrides: Any) -> GroupCoordinator:
    row = GroupCoordinator(**{"group_id": group.id, "person_id": person.id, "appointed_at": START} | overrides)
    db.session.add(row)
    db.session.flush()
    return row


def make_invitation(group: WorkingGroup, person: Person | None = None, **overrides: Any) -> GroupInvitation:
    values = {
        "group_id": group.id,
        "person_id": person.id if person is not None else None,
        "standing": Standing.MEMBER,
        "invited_at": START,
    }
    invitation = GroupInvitation(**values | overrides)
    db.session.add(invitation)
    db.session.flush()
    return invitation


def make_observer_request(group: WorkingGroup, person: Person, **overrides: Any) -> ObserverRequest:
    values = {"group_id": group.id, "person_id": person.id, "words": "May I listen?", "asked_at": START}
    request = ObserverRequest(**values | overrides)
    db.session.add(request)
    db.session.flush()
    return request


def make_export(group: WorkingGroup, person: Person, **overrides: Any) -> GroupExport:
    """An export that waits for the worker."""
    values = {"group_id": group.id, "asked_by": person.id, "asked_at": START, "language": "en"}
    export = GroupExport(**values | overrides)
    db.session.add(export)
    db.session.flush()
    return export
