"""The host of meetings: they belong to a group, its coordinators lead them, its people are expected."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.names import names_of
from app.extensions import db
from app.people.models import Person
from app.people.policy import appears_to
from app.sessions.hosts import Host, Owner
from app.sessions.wording import MEETINGS
from app.workinggroups import policy, words
from app.workinggroups.addresses import group_path
from app.workinggroups.keys import coordinators_key, group_key
from app.workinggroups.models import GroupCoordinator, GroupMeeting, GroupMembership, Standing
from app.workinggroups.queries.meetings import expected_at_meetings, team_of


def _owner(meeting: GroupMeeting, language: str) -> Owner:
    group = meeting.group
    return Owner(names_of("group", [group.id], language)[group.id], group_path(group.slug), group.slug)


def _siblings(meeting: GroupMeeting) -> sa.Select[UUID]:
    return sa.select(GroupMeeting.id).where(GroupMeeting.group_id == meeting.group_id)


def _hands(actor: Actor, meeting: GroupMeeting, person_ids: Collection[UUID]) -> dict[UUID, Any]:
    """By name, as "a coordinator", else "the secretariat": nobody else changes the meetings of a group."""
    ran = sa.select(GroupCoordinator.person_id).where(GroupCoordinator.group_id == meeting.group_id)
    running, is_inside = set(db.session.scalars(ran)), policy.is_inside(actor, meeting.group)
    shown: dict[UUID, Any] = {}
    for person in db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids))) if person_ids else ():
        runs = person.id in running
        if person.name and appears_to(actor, person, is_mate=runs and is_inside):
            shown[person.id] = person.name
        else:
            # I18N: who changed a meeting of a working group, where the person does not appear by name
            shown[person.id] = _("a coordinator") if runs else _("the secretariat")
    return shown


def _beside(meeting: GroupMeeting, person_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Observers and guests are marked as what they are; of members nothing is said."""
    standings = sa.select(GroupMembership.person_id, GroupMembership.standing).where(
        GroupMembership.group_id == meeting.group_id,
        GroupMembership.person_id.in_(person_ids),
        GroupMembership.joined_at <= meeting.moment.until,
    )
    latest = dict(db.session.execute(standings.order_by(GroupMembership.joined_at)).all())
    return {
        person_id: words.STANDINGS[standing] for person_id, standing in latest.items() if standing != Standing.MEMBER
    }


HOST = Host(
    model=GroupMeeting,
    words=MEETINGS,
    order=25,
    members_key=lambda meeting: group_key(meeting.group_id),
    leaders_key=lambda meeting: coordinators_key(meeting.group_id),
    memberships=lambda meeting: expected_at_meetings(meeting.group_id),
    team=lambda meeting: team_of(meeting.group_id),
    siblings=_siblings,
    owner=_owner,
    part_of=lambda meeting: ("group", meeting.group_id),
    number=lambda meeting: int(meeting.number),
    hands=_hands,
    beside=_beside,
)
