"""Who came to the meetings of a group: people, and each one's marks and words, for whoever runs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.permissions import require
from app.extensions import db
from app.people.models import Person
from app.sessions.models import Attendance, AttendanceClaim
from app.workinggroups.models import GroupCoordinator, GroupMeeting, GroupMembership, Standing, WorkingGroup
from app.workinggroups.queries.meetings import list_held


@dataclass(frozen=True, slots=True)
class Participation:
    """One person and the meetings that were held. `standing` is that of the place they have, or had last; None: a
    coordinator without a place, or somebody who walked in. `held` counts the meetings while they belonged to the group,
    `came` those at which they were marked, `says_so` those at which only they themselves say that they were there:
    never added up."""

    person: Person
    standing: Standing | None
    is_inside: bool
    runs: bool
    organisation_id: UUID | None
    held: int
    came: int
    says_so: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Stay:
    """From when to when somebody belonged to the group."""

    since: datetime
    until: datetime | None
    standing: Standing | None
    organisation_id: UUID | None


def list_participation(actor: Actor, group: WorkingGroup, *, now: datetime) -> list[Participation]:
    """Return everybody who belongs or belonged to a group or came to its meetings, by name; six queries, however many
    people and meetings."""
    require(actor, "workinggroups.run", group)
    meetings = list_held(actor, group, now=now)
    ids = [meeting.id for meeting in meetings]
    stays, marks, said = _stays(group), _marks(ids), _said(ids)
    persons = db.session.scalars(
        sa.select(Person)
        .where(Person.id.in_({*stays, *marks, *said}), Person.erased_at.is_(None))
        .order_by(Person.name_fold, Person.id)
    )
    return [_of(row, meetings, stays[row.id], marks[row.id], said[row.id]) for row in persons]


def _of(
    person: Person, meetings: Sequence[GroupMeeting], stays: list[_Stay], marks: dict[UUID, Any], said: set[UUID]
) -> Participation:
    places = [stay for stay in stays if stay.standing is not None]
    last = places[-1] if places else None
    came = [meeting for meeting in meetings if meeting.id in marks]
    came_for = [marks[meeting.id] for meeting in came if marks[meeting.id] is not None]
    return Participation(
        person=person,
        standing=last.standing if last is not None else None,
        is_inside=any(stay.until is None for stay in stays),
        runs=any(stay.until is None and stay.standing is None for stay in stays),
        organisation_id=(last.organisation_id if last is not None else None) or (came_for[-1] if came_for else None),
        held=sum(any(_was_there(stay, meeting) for stay in stays) for meeting in meetings),
        came=len(came),
        says_so=len(said - marks.keys()),
        last_at=came[-1].moment.starts_at if came else None,
    )


def _was_there(stay: _Stay, meeting: GroupMeeting) -> bool:
    """Whether somebody belonged to the group when it met: as on the sheet, who left only after it began."""
    moment = meeting.moment
    return stay.since <= moment.until and (stay.until is None or stay.until > moment.starts_at)


def _stays(group: WorkingGroup) -> dict[UUID, list[_Stay]]:
    found: dict[UUID, list[_Stay]] = defaultdict(list)
    places = sa.select(
        GroupMembership.person_id,
        GroupMembership.joined_at,
        GroupMembership.left_at,
        GroupMembership.standing,
        GroupMembership.organisation_id,
    ).where(GroupMembership.group_id == group.id)
    for row in db.session.execute(places.order_by(GroupMembership.joined_at)):
        found[row.person_id].append(_Stay(row.joined_at, row.left_at, row.standing, row.organisation_id))
    running = sa.select(GroupCoordinator.person_id, GroupCoordinator.appointed_at, GroupCoordinator.ended_at).where(
        GroupCoordinator.group_id == group.id
    )
    for person_id, since, until in db.session.execute(running):
        found[person_id].append(_Stay(since, until, None, None))
    return found


def _marks(ids: list[UUID]) -> dict[UUID, dict[UUID, UUID | None]]:
    """Return for whom each person came to which meeting."""
    found: dict[UUID, dict[UUID, UUID | None]] = defaultdict(dict)
    rows = sa.select(Attendance.person_id, Attendance.gathering_id, Attendance.attended_for_organisation_id).where(
        Attendance.gathering_id.in_(ids), Attendance.unmarked_at.is_(None)
    )
    for person_id, meeting_id, organisation_id in db.session.execute(rows):
        found[person_id][meeting_id] = organisation_id
    return found


def _said(ids: list[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = sa.select(AttendanceClaim.person_id, AttendanceClaim.gathering_id).where(
        AttendanceClaim.gathering_id.in_(ids), AttendanceClaim.withdrawn_at.is_(None)
    )
    for person_id, meeting_id in db.session.execute(rows):
        found[person_id].add(meeting_id)
    return found
